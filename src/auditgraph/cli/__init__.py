"""The command line: thin commands that parse, open, call and print."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 not understood, 130 interrupted."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["-V"]):
        from auditgraph import __version__

        print(f"auditgraph {__version__}")
        return 0
    from auditgraph.cli.app import run

    status = run(given)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = _pipe_closed()
    return status


def _pipe_closed() -> int:
    # The reader of our output went away; flushing again at exit would print a warning.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
