"""The command line: thin commands that parse, open, call and print."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0 done, 1 failed, 2 not understood, 130 interrupted, 141 nobody reads on."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["-V"]):
        from auditgraph import __version__

        print(f"auditgraph {__version__}")
        return 0
    from auditgraph.cli.app import pipe_closed, run

    status = run(given)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = pipe_closed()
    return status
