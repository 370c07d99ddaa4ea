"""uvicorn, ended without noise."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

__all__ = ["Server"]


class Server(uvicorn.Server):
    """A server whose process goes on after Ctrl-C; uvicorn's own raises the signal again, with a traceback."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End the server in order when it is asked to, however often that is."""

        def end(number: int, frame: FrameType | None) -> None:
            self.should_exit = True

        before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
