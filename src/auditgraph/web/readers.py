"""Reader processes: at hand with the store open, ended when they are long, old or broken."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from auditgraph.store import MEMORY
from auditgraph.web.config import Config
from auditgraph.web.frames import FRAME
from auditgraph.web.live import LiveStore

__all__ = ["Failed", "Reader", "Readers"]

# A reader is made anew after so many answers, should the engine keep memory.
_ANSWERS = 2000


class Failed(Exception):
    """A query that was not answered; `kind` is query, rows, memory, time, store, missing or fault."""

    def __init__(self, kind: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.remedy = remedy


@dataclass(slots=True, eq=False)
class Reader:
    """A reader process, and how many answers it gave; `long` where it runs a long query, its last."""

    process: asyncio.subprocess.Process
    answers: int = 0
    long: bool = False

    async def frame(self) -> tuple[bytes, bytes]:
        """Return the next frame of its answer: letter and data. Raises EOFError where there is none."""
        assert self.process.stdout is not None
        kind, length = FRAME.unpack(await self.process.stdout.readexactly(FRAME.size))
        return kind, await self.process.stdout.readexactly(length)

    def processor_time(self) -> float | None:
        """Return the seconds of all cores that it has used; None where the system does not tell (proc(5))."""
        try:
            with open(f"/proc/{self.process.pid}/stat", encoding="ascii", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError, AttributeError):
            return None


class Readers:
    """The reader processes of a store."""

    def __init__(self, live: LiveStore, config: Config) -> None:
        """Start none before `running`."""
        self._live = live
        self._config = config
        self._idle: deque[Reader] = deque()
        self._all: set[Reader] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._dump: str | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Start readers, and end all of them at the end."""
        with self._dumped():
            for _ in range(self._config.readers):
                self.later(self.warm())
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

    def ask(self, reader: Reader, request: dict[str, Any]) -> None:
        """Send a reader a request, with where the store is."""
        asked = {"store": self._live.location, "load": self._dump, "version": self._live.version, **request}
        assert reader.process.stdin is not None
        reader.process.stdin.write(json.dumps(asked).encode() + b"\n")

    async def take(self) -> Reader:
        """Return a reader that is at hand, else a new one."""
        while self._idle:
            reader = self._idle.popleft()
            if reader.process.returncode is None:
                return reader
            self._all.discard(reader)
        return await self._start()

    async def _start(self) -> Reader:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "auditgraph.web.reader", str(self._config.memory or -1),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        reader = Reader(process)
        self._all.add(reader)
        return reader

    async def warm(self) -> None:
        """Have a reader at hand that has opened the store already."""
        reader = await self._start()
        try:
            self.ask(reader, {"form": "csv", "rows": 0, "warm": True})
            await reader.frame()
        except (EOFError, OSError):
            await self._end(reader)
            return
        self._keep(reader)

    def _keep(self, reader: Reader) -> None:
        if len(self._idle) < self._config.readers:
            self._idle.append(reader)
        else:
            self.later(self._end(reader))

    async def give_back(self, reader: Reader, whole: bool) -> None:
        """Keep a reader that has answered the `whole` of a quick query; end others, and have one in their place."""
        reader.answers += 1
        if whole and not reader.long and reader.answers < _ANSWERS and reader.process.returncode is None:
            self._keep(reader)
            return
        await self._end(reader)
        if not reader.long and len(self._idle) < self._config.readers:
            self.later(self.warm())

    async def _end(self, reader: Reader) -> None:
        self._all.discard(reader)
        with contextlib.suppress(ProcessLookupError):
            reader.process.kill()
        # What is left in the pipes would keep them open.
        with contextlib.suppress(Exception):
            await asyncio.shield(reader.process.communicate())

    async def ended(self, reader: Reader) -> Failed:
        """Say why a reader ended in the midst of an answer."""
        _, err = await reader.process.communicate()
        said = err.decode("utf-8", "replace").strip()
        if "alloc" in said or "MemoryError" in said or reader.process.returncode in (-6, -9, -11):
            gib = self._config.memory / 1024**3
            return Failed("memory", f"the query needed more memory than its limit of {gib:g} GiB", "Ask for less")
        last = said.splitlines()[-1] if said else f"exit status {reader.process.returncode}"
        return Failed("fault", f"the reader of the query ended early: {last}")

    def later(self, work: Any) -> None:
        """Do something beside what is asked."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
