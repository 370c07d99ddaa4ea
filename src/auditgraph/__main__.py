"""Run the command line with `python -m auditgraph`."""

import sys

from auditgraph.cli import main

if __name__ == "__main__":
    sys.exit(main())
