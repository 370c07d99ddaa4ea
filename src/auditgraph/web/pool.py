"""A pool of reader processes: quick queries are answered at once, long ones beside them, none for ever."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from auditgraph.store import MEMORY
from auditgraph.web.config import Config
from auditgraph.web.live import LiveStore
from auditgraph.web.reader import FRAME

__all__ = ["Busy", "Failed", "Pool"]

# A reader is made anew after so many answers, should the engine keep memory.
_ANSWERS = 2000
# A long query must not slow down quick ones: its reader gets less of the machine, and is not used again.
_NICE = 10
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


class Failed(Exception):
    """A query that was not answered; `kind` is query, rows, memory, time, store, missing or fault."""

    def __init__(self, kind: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.remedy = remedy


@dataclass(slots=True, eq=False)
class _Reader:
    process: asyncio.subprocess.Process
    answers: int = 0
    long: bool = False


@dataclass(slots=True, eq=False)
class _Run:
    """A query under way; `left` are the seconds that its reader may still take."""

    left: float
    begun: float = field(default_factory=time.monotonic)
    reader: _Reader | None = None
    used: float = 0
    quick: bool = True
    sent: bool = False
    whole: bool = False


class Pool:
    """Reader processes of a store. `answer` is all that callers need; `running` keeps the pool alive."""

    def __init__(self, live: LiveStore, config: Config) -> None:
        """Make a pool; nothing starts before `running`."""
        self._live = live
        self._config = config
        self._idle: deque[_Reader] = deque()
        self._all: set[_Reader] = set()
        self._quick = asyncio.Semaphore(config.readers)
        self._long = 0
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._dump: str | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Start readers, and end all of them at the end."""
        with self._dumped():
            for _ in range(self._config.readers):
                self._later(self._warm())
            try:
                yield
            finally:
                for task in list(self._tasks):
                    task.cancel()
                for reader in list(self._all):
                    await self._end(reader)

    @contextlib.contextmanager
    def _dumped(self) -> Any:
        """Give the readers a file of a store that only this process has in its memory."""
        if self._live.location != MEMORY:
            yield
            return
        with tempfile.NamedTemporaryFile(suffix=".nq") as file:
            store = self._live.store
            for graph in store.graphs():
                ox.serialize(store.quads(graph), file, ox.RdfFormat.N_QUADS)
            file.flush()
            self._dump = file.name
            yield

    async def answer(self, request: dict[str, Any]) -> AsyncGenerator[bytes, None]:
        """Yield the pieces of the answer to a request of the reader.

        Raises Busy before the first piece where there is no room, Failed where there is no answer or no more of it.
        Close the iterator to stop the query.
        """
        await self._enter()
        run = _Run(self._config.seconds)
        try:
            run.reader = await self._take()
            run.used = _processor_time(run.reader.process.pid) or 0
            asked = {"store": self._live.location, "load": self._dump, "version": self._live.version, **request}
            assert run.reader.process.stdin is not None
            run.reader.process.stdin.write(json.dumps(asked).encode() + b"\n")
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
                await self._give_back(run.reader, run.whole)
            if run.quick:
                self._quick.release()
            else:
                self._long -= 1

    async def _next(self, run: _Run, reader: _Reader) -> tuple[bytes, bytes]:
        """Return the next frame of a reader. Raises Failed and Busy."""
        started = time.monotonic()
        frame = asyncio.ensure_future(_frame(reader.process))
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
            raise await self._ended(reader) from error
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

    def _starved(self, run: _Run, reader: _Reader, age: float) -> bool:
        """Tell whether a query is not long, but waits for a machine that is busy with other things."""
        used = _processor_time(reader.process.pid)
        return used is not None and used - run.used < self._config.quick / 2 and age < _STARVED * self._config.quick

    def _lengthen(self, run: _Run, reader: _Reader) -> bool:
        """Let a query go on as a long one, which gives its place among the quick to another; False: no room."""
        if self._long >= self._config.long:
            return False
        self._long += 1
        run.quick = False
        reader.long = True
        self._quick.release()
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, reader.process.pid, _NICE)
        self._later(self._warm())
        return True

    async def _take(self) -> _Reader:
        while self._idle:
            reader = self._idle.popleft()
            if reader.process.returncode is None:
                return reader
            self._all.discard(reader)
        return await self._start()

    async def _start(self) -> _Reader:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "auditgraph.web.reader", str(self._config.memory or -1),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        reader = _Reader(process)
        self._all.add(reader)
        return reader

    async def _warm(self) -> None:
        """Have a reader at hand that has opened the store already."""
        reader = await self._start()
        asked = {"store": self._live.location, "load": self._dump, "version": self._live.version,
                 "form": "csv", "rows": 0, "warm": True}  # fmt: skip
        assert reader.process.stdin is not None
        try:
            reader.process.stdin.write(json.dumps(asked).encode() + b"\n")
            await _frame(reader.process)
        except (EOFError, OSError):
            await self._end(reader)
            return
        self._keep(reader)

    def _keep(self, reader: _Reader) -> None:
        if len(self._idle) < self._config.readers:
            self._idle.append(reader)
        else:
            self._later(self._end(reader))

    async def _give_back(self, reader: _Reader, whole: bool) -> None:
        reader.answers += 1
        if whole and not reader.long and reader.answers < _ANSWERS and reader.process.returncode is None:
            self._keep(reader)
            return
        await self._end(reader)
        if not reader.long and len(self._idle) < self._config.readers:
            self._later(self._warm())

    async def _end(self, reader: _Reader) -> None:
        self._all.discard(reader)
        with contextlib.suppress(ProcessLookupError):
            reader.process.kill()
        # What is left in the pipes would keep them open.
        with contextlib.suppress(Exception):
            await asyncio.shield(reader.process.communicate())

    async def _ended(self, reader: _Reader) -> Failed:
        """Say why a reader ended in the midst of an answer."""
        _, err = await reader.process.communicate()
        said = err.decode("utf-8", "replace").strip()
        if "alloc" in said or "MemoryError" in said or reader.process.returncode in (-6, -9, -11):
            gib = self._config.memory / 1024**3
            return Failed("memory", f"the query needed more memory than its limit of {gib:g} GiB", "Ask for less")
        last = said.splitlines()[-1] if said else f"exit status {reader.process.returncode}"
        return Failed("fault", f"the reader of the query ended early: {last}")

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _processor_time(process: int) -> float | None:
    """Return the seconds of all cores that a process has used; None where the system does not tell (proc(5))."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return None


async def _frame(process: asyncio.subprocess.Process) -> tuple[bytes, bytes]:
    assert process.stdout is not None
    kind, length = FRAME.unpack(await process.stdout.readexactly(FRAME.size))
    return kind, await process.stdout.readexactly(length)
