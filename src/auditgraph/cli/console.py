"""Say things to the user: results to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

__all__ = ["fail", "note", "output", "visible_line", "warn"]


def fail(message: str, more: str = "") -> None:
    """Print why a command failed, on one line, and lines that show the place."""
    _err(f"auditgraph: error: {visible_line(message)}")
    for line in more.splitlines():
        _err(f"  {_visible(line)}")


def warn(message: str) -> None:
    """Print something that a person should look at."""
    _err(f"auditgraph: warning: {visible_line(message)}")


def note(message: str) -> None:
    """Print what the command does, beside its result."""
    _err(visible_line(message))


def visible_line(text: str) -> str:
    """Return text as one line that can't steer a terminal."""
    return _visible(" ".join(text.split()))


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _err(line: str) -> None:
    try:
        print(line, file=sys.stderr)
    except UnicodeEncodeError:
        print(ascii(line)[1:-1], file=sys.stderr)


class _Harmless:
    """A terminal that gets no control characters: the words of a report must not steer it."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        self._out.write("".join(c if c.isprintable() or c in "\n\t" else ascii(c)[1:-1] for c in text))
        return len(text)

    def flush(self) -> None:
        self._out.flush()


@contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """Give the text stream for a result: standard output, or a file that stands only when it is whole."""
    import io

    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # Data is UTF-8 wherever it goes; a terminal is told what it can't show.
            errors = "backslashreplace" if sys.stdout.isatty() else "strict"
            encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
            sys.stdout.reconfigure(encoding=encoding, errors=errors, newline="\n")
        yield cast("TextIO", _Harmless(sys.stdout)) if sys.stdout.isatty() else sys.stdout
        return
    from auditgraph.export import atomic_file

    with atomic_file(path) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="\n", write_through=True)
        yield text
        text.flush()
        text.detach()
