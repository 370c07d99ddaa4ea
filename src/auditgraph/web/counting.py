"""Count the rows of an answer while its bytes pass, whatever its form."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["counter"]

_ESCAPED = re.compile(rb"\\.", re.DOTALL)


def counter(form: str) -> Callable[[bytes], int] | None:
    r"""Return a function that takes the pieces of an answer in order and returns how many rows began so far.

    >>> count = counter("csv")
    >>> count(b'a\r\n"one\n'), count(b'and more"\r\ntwo\r\n')
    (0, 2)
    """
    made: dict[str, Callable[[], Callable[[bytes], int]]] = {"json": _Json, "xml": _Xml, "csv": _Csv, "tsv": _Tsv}
    return made[form]() if form in made else None


class _Tsv:
    """Line breaks inside of values are escaped: every line but the first is a row."""

    def __init__(self) -> None:
        self._lines = -1

    def __call__(self, data: bytes) -> int:
        self._lines += data.count(b"\n")
        return max(self._lines, 0)


class _Csv:
    """A line break between quotation marks is no end of a row; a doubled one opens and closes again."""

    def __init__(self) -> None:
        self._lines = -1
        self._quoted = False

    def __call__(self, data: bytes) -> int:
        for at, part in enumerate(data.split(b'"')):
            if at:
                self._quoted = not self._quoted
            if not self._quoted:
                self._lines += part.count(b"\n")
        return max(self._lines, 0)


class _Xml:
    """No value can hold `<result>`, but a piece may end within it."""

    def __init__(self) -> None:
        self._rows = 0
        self._tail = b""

    def __call__(self, data: bytes) -> int:
        data = self._tail + data
        self._rows += data.count(b"<result>")
        self._tail = data[-7:]
        return self._rows


class _Json:
    """Rows are parted by `},{` outside of strings."""

    def __init__(self) -> None:
        self._rows = 0
        self._quoted = False
        self._escape = b""
        self._tail = b""

    def __call__(self, data: bytes) -> int:
        data = self._escape + data
        # A backslash that ends a piece belongs to what comes next.
        odd = (len(data) - len(data.rstrip(b"\\"))) % 2
        self._escape = b"\\" if odd else b""
        data = _ESCAPED.sub(b"", data[:-1] if odd else data)
        for at, part in enumerate(data.split(b'"')):
            if at:
                self._quoted = not self._quoted
                self._tail = b""
            if not self._quoted:
                part = self._tail + part
                self._rows += part.count(b"},{") + part.count(b"[{")
                self._tail = b"" if part.endswith(b"{") else part[-2:]
        return self._rows
