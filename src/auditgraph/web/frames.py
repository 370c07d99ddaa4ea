"""The frames in which a reader process answers: a letter, four bytes of length, that many bytes.

`D` is a piece of the answer; `E` its end, `X` an error (JSON) in place of it.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

from auditgraph.web.counting import counter

__all__ = ["FRAME", "FrameText", "Frames", "TooMany"]

# The head of a frame, and how much of an answer is sent at once.
FRAME = struct.Struct(">cI")
_PIECE = 1 << 15


class Frames:
    """Standard output as frames; counts the rows of what passes and stops an answer with too many."""

    def __init__(self, out: IO[bytes]) -> None:
        """Write to `out`."""
        self._out = out
        self._held = bytearray()
        self._count: Any = None
        self._rows = 0

    def begin(self, form: str, rows: int) -> None:
        """Make ready for an answer."""
        self._held.clear()
        self._count = counter(form)
        self._rows = rows

    def write(self, data: Any) -> int:
        """Take a piece of the answer. Raises TooMany."""
        self._held += data
        if self._rows and self._count is not None and self._count(bytes(data)) > self._rows:
            raise TooMany
        if len(self._held) >= _PIECE:
            self._send(b"D", bytes(self._held))
            self._held.clear()
        return len(data)

    def flush(self) -> None:
        """Do as a stream does; pieces go out by their size."""

    def end(self) -> None:
        """Send what is left."""
        if self._held:
            self._send(b"D", bytes(self._held))
            self._held.clear()
        self._send(b"E", b"")
        self._out.flush()

    def fail(self, **what: Any) -> None:
        """Send an error."""
        self._send(b"X", json.dumps(what).encode())
        self._out.flush()

    def _send(self, kind: bytes, data: bytes) -> None:
        self._out.write(FRAME.pack(kind, len(data)) + data)


class FrameText:
    """Text that goes into frames; a TextIOWrapper would close them when it goes."""

    def __init__(self, frames: Frames) -> None:
        """Write into frames."""
        self._frames = frames

    def write(self, text: str) -> int:
        """Take a piece of text."""
        self._frames.write(text.encode("utf-8"))
        return len(text)


class TooMany(Exception):
    """An answer with more rows than are allowed."""
