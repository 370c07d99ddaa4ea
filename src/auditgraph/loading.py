"""Load files into a store: find them, read them in a pool of workers, write whole reports."""

from __future__ import annotations

import hashlib
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from auditgraph import __version__
from auditgraph.errors import AuditgraphError, SourceError
from auditgraph.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from auditgraph.store import GraphData, LoadRecord, Store

__all__ = ["Loaded", "Outcome", "Prepared", "load_files", "local_executor", "prepare"]

# Reports that go to the store together: enough to spare transactions, few enough to lose little time on an interrupt.
_BATCH = 20
# Fewer files than this are read faster than worker processes start.
_WORTH_A_POOL = 4
# Bytes; readers refuse larger files anyway, so that there is nothing to know them by.
_LARGEST = 2**30


class Outcome(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: `key` its report's number, `error` why it was refused."""

    path: str
    outcome: Outcome
    key: str = ""
    graph: str = ""
    quads: int = 0
    warnings: tuple[str, ...] = ()
    error: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that a worker has read: its graph, or why it has none."""

    path: str
    data: GraphData | None = None
    error: str = ""
    trace: str = ""


Prepare: TypeAlias = Callable[[str, str, str], Prepared]
_Again: TypeAlias = Callable[[], Prepared | Loaded]


def prepare(path: str, sha256: str, base: str = DEFAULT_BASE) -> Prepared:
    """Read a report and make its graph; runs in a worker, so that everything it takes and gives can be pickled."""
    try:
        return Prepared(path, _graph_data(path, sha256, base))
    except SourceError as error:
        return Prepared(path, error=str(error))
    except Exception as error:
        # One file that meets a fault of ours must not end the batch; the trace goes to the log and to --debug.
        import traceback

        why = f"auditgraph failed on it ({type(error).__name__}: {error})"
        return Prepared(path, error=" ".join(why.split()), trace=traceback.format_exc())


def _graph_data(path: str, sha256: str, base: str) -> GraphData:
    import pyoxigraph as ox

    from auditgraph.loaders import parse
    from auditgraph.loaders.mapping import quads
    from auditgraph.loaders.source import read
    from auditgraph.store import GraphData, LoadRecord

    report = parse(read(Path(path)))
    distinct = set(quads(report, base))
    graphs = {quad.graph_name for quad in distinct}
    if len(graphs) != 1:
        raise ValueError(f"a report makes one graph, not {len(graphs)}")
    (graph,) = graphs
    if not isinstance(graph, ox.NamedNode):
        raise ValueError("a report's graph has a name")
    skeleton = report.skeleton
    names = {organisation.key: organisation for organisation in report.organisations}
    entities = tuple(
        (org.acronym or org.name).value if (org := names.get(said.value)) else said.value for said in report.entities
    )
    warnings = dict.fromkeys(
        f"{warn.place}: {warn.message}" if warn.place else warn.message
        for warn in (*skeleton.warnings, *report.warnings)
    )
    record = LoadRecord(
        graph=graph.value, key=report.key, source=Path(path).name, sha256=sha256,
        assignment=skeleton.assignment.value if skeleton.assignment else "",
        title=skeleton.title.value if skeleton.title else "", entities=entities, loader=__version__,
        ontology=ontology_version(), base=base, quads=len(distinct), warnings=tuple(warnings),
    )  # fmt: skip
    return GraphData(record, ox.serialize(distinct, format=ox.RdfFormat.N_QUADS) or b"")


def ontology_version() -> str:
    """Return the version of the ontology that graphs are made with."""
    from auditgraph.ontology.namespaces import VERSION

    return VERSION


def local_executor(files: int, jobs: int | None = None) -> Executor | None:
    """Return a pool of processes for so many files, or None where they are better read in this one."""
    import os

    workers = min(jobs or os.cpu_count() or 1, files)
    if workers < 2 or (jobs is None and files < _WORTH_A_POOL):
        return None
    return ProcessPoolExecutor(workers, mp_context=_spawning(), initializer=_ignore_interrupt)


def _spawning() -> BaseContext:
    import multiprocessing

    # Forking a process that has threads (a progress bar, the store's own) can hang; a spawned one starts clean.
    return multiprocessing.get_context("spawn")


def _ignore_interrupt() -> None:
    """Leave Ctrl-C to the process that writes: it stops the workers."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


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
                yield from writer.take(waiting.popleft().result())
        while waiting:
            yield from writer.take(waiting.popleft().result())
        yield from writer.write()
    except BaseException:
        for step in waiting:
            step.cancel()
        writer.write_quietly()
        raise
    finally:
        store.flush()


class _Step:
    """A file on its way: done already, or in the hands of an executor."""

    def __init__(self, done: Prepared | Loaded | None, future: Future[Prepared] | None, again: _Again) -> None:
        self._done = done
        self._future = future
        self._again = again

    def result(self) -> Prepared | Loaded:
        """Wait for the file; one that may have brought the pool down is read again, alone."""
        if self._future is None:
            return self._done or self._again()
        try:
            return self._future.result()
        except BrokenExecutor:
            return self._again()

    def cancel(self) -> None:
        """Don't read the file if that has not begun."""
        if self._future is not None:
            self._future.cancel()


def _start(path: Path, known: dict[str, LoadRecord], base: str, executor: Executor | None, prepare: Prepare) -> _Step:
    name = str(path)
    sha256 = _hash(path)
    if (record := known.get(sha256)) is not None:
        unchanged = Loaded(name, Outcome.UNCHANGED, record.key, record.graph, record.quads, record.warnings)
        return _Step(unchanged, None, lambda: unchanged)
    if executor is None:
        return _Step(prepare(name, sha256, base), None, lambda: _alone(prepare, name, sha256, base))
    try:
        future = executor.submit(prepare, name, sha256, base)
    except BrokenExecutor:
        future = None
    return _Step(None, future, lambda: _alone(prepare, name, sha256, base))


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
    """Read a file in a process of its own: one of those that were being read has brought the pool down."""
    with ProcessPoolExecutor(1, mp_context=_spawning(), initializer=_ignore_interrupt) as executor:
        try:
            return executor.submit(prepare, path, sha256, base).result()
        except BrokenExecutor:
            return Prepared(path, error=f"{path}: its reader ended without a word, perhaps out of memory")


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
        self._done: dict[str, LoadRecord] = {}

    def take(self, ready: Prepared | Loaded) -> Iterator[Loaded]:
        """Take a file's outcome or graph; yield what is in the store by now."""
        if isinstance(ready, Loaded):
            yield ready
            return
        if ready.data is None:
            yield Loaded(ready.path, Outcome.REFUSED, error=ready.error, trace=ready.trace)
            return
        record = ready.data.record
        if record.graph in self._batch:
            yield from self.write()
        record, notes = self._beside(record)
        data = replace(ready.data, record=record.at(datetime.now(UTC).isoformat(timespec="seconds")))
        self._batch[record.graph] = (
            data,
            Loaded(ready.path, Outcome.LOADED, record.key, record.graph, record.quads, (*record.warnings, *notes)),
        )
        if len(self._batch) >= _BATCH:
            yield from self.write()

    def _beside(self, record: LoadRecord) -> tuple[LoadRecord, tuple[str, ...]]:
        """Note that an earlier file of the same run held the same report."""
        before = self._done.get(record.graph)
        notes: tuple[str, ...] = ()
        if before is not None and before.sha256 != record.sha256:
            record = replace(record, superseded=(*before.superseded, before.sha256))
            notes = (f"takes the place of {before.source}, which is the same report",)
        self._done[record.graph] = record
        return record, notes

    def write(self) -> Iterator[Loaded]:
        """Write what is waiting and yield it."""
        batch, self._batch = self._batch, {}
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
