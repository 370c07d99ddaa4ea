"""Load files into a store: find them, read them in a pool of workers, write whole reports."""

from __future__ import annotations

import hashlib
import stat
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from auditgraph import __version__
from auditgraph.errors import AuditgraphError, SourceError
from auditgraph.iris import DEFAULT_BASE
from auditgraph.preparing import graph_data, ontology_version
from auditgraph.workers import MEMORY, SECONDS, OutOfTime, WorkerDied, Workers, cores

if TYPE_CHECKING:
    from auditgraph.store import GraphData, LoadRecord, Store

__all__ = ["Loaded", "Outcome", "Prepared", "in_order", "load_files", "local_executor", "prepare"]

# What goes to the store together: bytes of N-Quads, of which the engine takes many in half the time of few (more gain
# little), or so many reports, or what came in so many seconds: people see it go on, and a sudden end costs little.
_BATCH = 16_000_000
_REPORTS = 200
_SECONDS = 2.0
# Fewer files than this are read by one process faster than others start.
_WORTH_A_POOL = 4
# The formats that tell more of a report come later, so that they stand where two files hold the same one.
_RANKS = {".htm": 1, ".html": 1, ".xhtml": 1, ".mht": 1, ".mhtml": 1, ".docm": 2, ".docx": 2, ".pdf": 3}
# Bytes; readers refuse larger files anyway, so that there is nothing to know them by.
_LARGEST = 2**30


class Outcome(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: `key` its report's number, `error` why it was refused, `seconds` what reading it took."""

    path: str
    outcome: Outcome
    key: str = ""
    graph: str = ""
    quads: int = 0
    warnings: tuple[str, ...] = ()
    error: str = ""
    trace: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that a worker has read: its graph, or why it has none."""

    path: str
    data: GraphData | None = None
    error: str = ""
    trace: str = ""
    seconds: float = 0.0


Prepare: TypeAlias = Callable[[str, str, str], Prepared]


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Return files in the order to load them: where two hold one report, the last stands.

    >>> [str(path) for path in in_order([Path("a.pdf"), Path("b.txt"), Path("a.txt"), Path("b.docx")])]
    ['a.txt', 'b.txt', 'b.docx', 'a.pdf']
    """
    return sorted(paths, key=lambda path: (_RANKS.get(path.suffix.lower(), 0), str(path)))


def prepare(path: str, sha256: str, base: str = DEFAULT_BASE) -> Prepared:
    """Read a report and make its graph; runs in a worker, so that everything it takes and gives can be pickled."""
    begun = time.perf_counter()
    return replace(_prepare(path, base), seconds=round(time.perf_counter() - begun, 3))


def _prepare(path: str, base: str) -> Prepared:
    try:
        return Prepared(path, graph_data(Path(path), base))
    except SourceError as error:
        return Prepared(path, error=str(error))
    except MemoryError:
        return Prepared(path, error=_lost(path, MemoryError()))
    except Exception as error:
        # One file that meets a fault of ours must not end the batch; the trace goes to the log and to --debug.
        import traceback

        why = f"auditgraph failed on it ({type(error).__name__}: {error})"
        return Prepared(path, error=" ".join(why.split()), trace=traceback.format_exc())


def _lost(path: str, error: BaseException) -> str:
    """Say why a file was given up that its reader did not refuse."""
    if isinstance(error, OutOfTime):
        return f"{path}: {error} to read, the limit for one file. Allow more with --timeout, or split it."
    if isinstance(error, MemoryError):
        return f"{path}: needs more memory than one file may take. Allow more with --memory, or split it."
    if isinstance(error, WorkerDied):
        return f"{path}: {error}: it is broken or takes too much memory. Get it again, or convert it to text."
    return f"{path}: the executor gave it up ({type(error).__name__}: {' '.join(str(error).split())[:200]})"


def local_executor(files: int, jobs: int | None = None, *, seconds: float = SECONDS, memory: int = MEMORY) -> Executor:
    """Return processes of this machine for so many files; each file may take `seconds` and `memory` MB."""
    count = jobs or (cores() if files >= _WORTH_A_POOL else 1)
    return Workers(max(1, min(count, files)), seconds=seconds, memory=memory)


def load_files(
    store: Store,
    paths: Iterable[Path],
    *,
    base: str = DEFAULT_BASE,
    force: bool = False,
    executor: Executor | None = None,
    in_flight: int = 64,
    prepare: Prepare = prepare,
) -> Iterator[Loaded]:
    """Load files into a store and yield what became of each, a report only when it is safely in.

    A file whose bytes are already in the store, by the same versions of loader and ontology, is left
    alone unless `force`. `executor` is any Executor (None reads in this process); at most `in_flight`
    files are read ahead. Files that can't be read are yielded as refused; a StoreError ends the run.
    Closing the generator keeps what was yielded.
    """
    known = _known(store, base) if not force else {}
    writer = _Writer(store)
    waiting: deque[_Step] = deque()
    try:
        for path in paths:
            waiting.append(_start(path, known, base, executor, prepare))
            while len(waiting) >= (in_flight if executor else 1):
                yield from writer.take(waiting.popleft())
        while waiting:
            yield from writer.take(waiting.popleft())
        yield from writer.write()
        store.settle()
    except BaseException:
        for step in waiting:
            step.cancel()
        writer.write_quietly()
        raise
    finally:
        store.flush()


class _Step:
    """A file on its way: known already, or in the hands of an executor (None: read here, when it is asked for)."""

    def __init__(self, path: str, sha256: str, base: str, executor: Executor | None, prepare: Prepare) -> None:
        self._path = path
        self._prepare = prepare
        self._given = (path, sha256, base)
        self._executor = executor
        self._future: Future[Prepared] | None = None
        self.known: Loaded | None = None
        self.record: LoadRecord | None = None

    def begin(self) -> _Step:
        """Give the file to the executor."""
        if self._executor is not None:
            with suppress(BrokenExecutor):  # `result` meets it again
                self._future = self._executor.submit(self._prepare, *self._given)
        return self

    def result(self) -> Prepared:
        """Wait for the file, begun or not; one that may have brought the executor down is read again, alone."""
        if self._executor is None:
            return self._prepare(*self._given)
        try:
            future = self._future or self._executor.submit(self._prepare, *self._given)
            return future.result()
        except BrokenExecutor:
            return _alone(self._prepare, *self._given)
        except Exception as error:
            return Prepared(self._path, error=_lost(self._path, error))

    def cancel(self) -> None:
        """Don't read the file if that has not begun."""
        if self._future is not None:
            self._future.cancel()


def _start(path: Path, known: dict[str, LoadRecord], base: str, executor: Executor | None, prepare: Prepare) -> _Step:
    sha256 = _hash(path)
    step = _Step(str(path), sha256, base, executor, prepare)
    if (record := known.get(sha256)) is not None:
        step.record = record
        step.known = Loaded(str(path), Outcome.UNCHANGED, record.key, record.graph, record.quads, record.warnings)
        return step
    return step.begin()


def _hash(path: Path) -> str:
    """Return the SHA-256 of a file, or nothing where its reader will refuse it (no file, a pipe, too large)."""
    try:
        mode = path.stat()
        if not stat.S_ISREG(mode.st_mode) or mode.st_size > _LARGEST:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _alone(prepare: Prepare, path: str, sha256: str, base: str) -> Prepared:
    """Read a file in a process of its own: one of those that were being read has brought the executor down."""
    with Workers(1) as executor:
        try:
            return executor.submit(prepare, path, sha256, base).result()
        except Exception as error:
            return Prepared(path, error=_lost(path, error))


def _known(store: Store, base: str) -> dict[str, LoadRecord]:
    """Return what needs no loading, by hash of the file: made with the versions and the base of today."""
    now = (__version__, ontology_version(), base)
    return {
        sha256: record
        for record in store.records().values()
        if (record.loader, record.ontology, record.base) == now
        for sha256 in (record.sha256, *record.superseded)
        if sha256
    }


class _Writer:
    """Writes graphs in batches and tells of each when it is in."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._batch: dict[str, tuple[GraphData, Loaded]] = {}
        self._bytes = 0
        self._since = 0.0
        self._done: dict[str, LoadRecord] = {}

    def take(self, step: _Step) -> Iterator[Loaded]:
        """Take a file's outcome or graph; yield what is in the store by now."""
        if step.known is not None and not self._replaced(step):
            yield step.known
            return
        ready = step.result()
        if ready.data is None:
            yield Loaded(ready.path, Outcome.REFUSED, error=ready.error, trace=ready.trace, seconds=ready.seconds)
            return
        record = ready.data.record
        if record.graph in self._batch:
            yield from self.write()
        record, notes = self._beside(record)
        data = replace(ready.data, record=record.at(datetime.now(UTC).isoformat(timespec="seconds")))
        warnings = (*record.warnings, *notes)
        self._since = self._since if self._batch else time.monotonic()
        self._batch[record.graph] = (
            data,
            Loaded(ready.path, Outcome.LOADED, record.key, record.graph, record.quads, warnings, seconds=ready.seconds),
        )
        self._bytes += len(data.nquads)
        if self._bytes >= _BATCH or len(self._batch) >= _REPORTS or time.monotonic() - self._since >= _SECONDS:
            yield from self.write()

    def _replaced(self, step: _Step) -> bool:
        """Tell whether another file of this run has taken the place of one that the store had at its beginning."""
        record = step.record
        if record is None:
            return False
        return self._done.setdefault(record.graph, record) is not record

    def _beside(self, record: LoadRecord) -> tuple[LoadRecord, tuple[str, ...]]:
        """Note that an earlier file of the same run held the same report."""
        before = self._done.get(record.graph)
        notes: tuple[str, ...] = ()
        if before is not None and before.sha256 != record.sha256:
            same = before.title.casefold() == record.title.casefold()
            also = "" if same else f', though its title is another ("{before.title}")'
            known = dict.fromkeys((*before.superseded, before.sha256, *record.superseded))
            known.pop(record.sha256, None)
            record = replace(record, superseded=tuple(known))
            notes = (f"takes the place of {before.source}, which is report {before.key} too{also}",)
        self._done[record.graph] = record
        return record, notes

    def write(self) -> Iterator[Loaded]:
        """Write what is waiting and yield it."""
        batch, self._batch, self._bytes = self._batch, {}, 0
        if batch:
            self._store.put([data for data, _ in batch.values()])
            yield from (loaded for _, loaded in batch.values())

    def write_quietly(self) -> None:
        """Write what is waiting when the run was stopped, so that finished work is kept."""
        try:
            for _ in self.write():
                pass
        except AuditgraphError:
            pass  # the error that stopped the run is the one to tell
