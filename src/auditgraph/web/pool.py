"""A pool of reader processes: quick queries are answered at once, long ones beside them, none for ever."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from auditgraph.web.config import Config
from auditgraph.web.live import LiveStore
from auditgraph.web.readers import Failed, Reader, Readers

__all__ = ["Busy", "Failed", "Pool"]

# A long query must not slow down quick ones: its reader gets less of the machine, and is not used again.
_NICE = 10
# A graph to be drawn is no query from outside: its work is bounded, so it gets more of the machine and of time.
_NICE_GRAPH, _PATIENT_GRAPH = 5, 5
# Where there is no room for one more long query, it may still end within so many times of what is quick.
_GRACE = 3
# A query that gets no time of the processor is taken for a quick one for so many times of what is quick.
_STARVED = 10
# An answer may be under way for so many times the seconds that its query may take.
_SENDING = 10


class Busy(Exception):
    """There is no room for a query now; `after` is when to try again, in seconds."""

    def __init__(self, message: str, after: int) -> None:
        super().__init__(message)
        self.after = after


@dataclass(slots=True, eq=False)
class _Run:
    """A query under way; `left` are the seconds that its reader may still take."""

    left: float
    nice: int
    begun: float = field(default_factory=time.monotonic)
    reader: Reader | None = None
    used: float = 0
    quick: bool = True
    sent: bool = False
    whole: bool = False


class Pool:
    """Reader processes of a store. `answer` is all that callers need; `running` keeps the pool alive."""

    def __init__(self, live: LiveStore, config: Config) -> None:
        """Make a pool; nothing starts before `running`."""
        self._config = config
        self._readers = Readers(live, config)
        self._quick = asyncio.Semaphore(config.readers)
        self._long = 0
        self._waiting = 0

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Start readers, and end all of them at the end."""
        async with self._readers.running():
            yield

    async def answer(self, request: dict[str, Any]) -> AsyncGenerator[bytes, None]:
        """Yield the pieces of the answer to a request of the reader.

        Raises Busy before the first piece where there is no room, Failed where there is no answer or no more of it.
        Close the iterator to stop the query.
        """
        await self._enter()
        drawing = "drawing" in request
        run = _Run(self._config.seconds * (_PATIENT_GRAPH if drawing else 1), _NICE_GRAPH if drawing else _NICE)
        try:
            run.reader = await self._readers.take()
            run.used = run.reader.processor_time() or 0
            self._readers.ask(run.reader, request)
            while True:
                kind, data = await self._next(run, run.reader)
                if kind == b"D":
                    run.sent = True
                    yield data
                    continue
                run.whole = True
                if kind == b"X":
                    raise Failed(**json.loads(data))
                return
        finally:
            if run.reader is not None:
                await self._readers.give_back(run.reader, run.whole)
            if run.quick:
                self._quick.release()
            else:
                self._long -= 1

    async def _next(self, run: _Run, reader: Reader) -> tuple[bytes, bytes]:
        """Return the next frame of a reader. Raises Failed and Busy."""
        started = time.monotonic()
        frame = asyncio.ensure_future(reader.frame())
        try:
            while not frame.done():
                now = time.monotonic()
                left = run.left - (now - started)
                if left <= 0:
                    raise Failed(
                        "time", f"the query was stopped after {self._config.seconds:g} seconds", "Ask for less"
                    )
                age = now - run.begun
                # Its client may be slow, and then it is not the engine that takes the time.
                if age > _SENDING * self._config.seconds:
                    raise Failed("time", "the client took too long to read the answer")
                if run.quick and age >= self._config.quick and not run.sent and self._starved(run, reader, age):
                    left = min(left, self._config.quick / 4)
                elif run.quick and age >= self._config.quick and not self._lengthen(run, reader):
                    if age > _GRACE * self._config.quick and not run.sent:
                        raise Busy("this query takes long, and others that take long are running already", 30)
                    left = min(left, self._config.quick)
                elif run.quick:
                    left = min(left, self._config.quick - age)
                await asyncio.wait([frame], timeout=left)
            return frame.result()
        except EOFError as error:
            raise await self._readers.ended(reader) from error
        finally:
            frame.cancel()
            run.left -= time.monotonic() - started

    async def _enter(self) -> None:
        if self._quick.locked() and self._waiting >= self._config.queue:
            raise Busy("too many queries are waiting", 2)
        self._waiting += 1
        try:
            await asyncio.wait_for(self._quick.acquire(), self._config.patience)
        except TimeoutError as error:
            raise Busy("every reader is busy with other queries", 5) from error
        finally:
            self._waiting -= 1

    def _starved(self, run: _Run, reader: Reader, age: float) -> bool:
        """Tell whether a query is not long, but waits for a machine that is busy with other things."""
        used = reader.processor_time()
        return used is not None and used - run.used < self._config.quick / 2 and age < _STARVED * self._config.quick

    def _lengthen(self, run: _Run, reader: Reader) -> bool:
        """Let a query go on as a long one, which gives its place among the quick to another; False: no room."""
        if self._long >= self._config.long:
            return False
        self._long += 1
        run.quick = False
        reader.long = True
        self._quick.release()
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, reader.process.pid, run.nice)
        self._readers.later(self._readers.warm())
        return True
