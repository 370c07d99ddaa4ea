"""Measure the way from text to a store that can be asked, against the engine's bulk load of the same quads alone.

    python -m benchmarks.text_to_store [--reports 200] [--large 40] [FILE_OR_FOLDER ...]

Small invented reports, as many large ones as real reports are (3,900 quads; small ones make 500), and yours. The load
is that of `auditgraph load` with its own settings, the start of its processes and the merging of the files included.
The second table asks named queries of the store on disk and of the same quads in rdflib's memory.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib

from auditgraph.loaders.source import expand
from auditgraph.loading import Loaded, load_files, local_executor
from auditgraph.queries.named import named_queries
from auditgraph.queries.runner import run_named
from auditgraph.store import open_store
from auditgraph.workers import cores
from benchmarks import generate

_LARGE = 16  # recommendations of an invented report that makes as many quads as a real one
_IN_RDFLIB = ("reports", "recommendations", "responsibilities", "mandates")  # what it answers in bearable time


def main(arguments: list[str] | None = None) -> int:
    """Print the ratios of one run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", help="reports of yours to measure as well")
    options.add_argument("--reports", type=int, default=200, help="small ones")
    options.add_argument("--large", type=int, default=40)
    given = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _ratio("small", sorted(generate.write(folder / "small-text", given.reports)), folder)
        _ratio("large", sorted(generate.write(folder / "large-text", given.large, size=_LARGE)), folder)
        if given.files:
            _ratio("yours", expand(given.files), folder)
        _against_rdflib(folder / "small", folder / "small.nq")
    return 0


def _ratio(name: str, files: Sequence[Path], folder: Path) -> None:
    """Print the time from text to a store, against the bulk load alone, and where it goes."""
    here, readers = _used(resource.RUSAGE_SELF), _used(resource.RUSAGE_CHILDREN)
    whole, loaded = _timed(lambda: _load(folder / name, files))
    here, readers = _used(resource.RUSAGE_SELF) - here, _used(resource.RUSAGE_CHILDREN) - readers
    dump = folder / f"{name}.nq"
    ox.Store.read_only(str(folder / name)).dump(str(dump), format=ox.RdfFormat.N_QUADS)
    engine = ox.Store(str(folder / f"{name}-bulk"))
    bulk, _ = _timed(lambda: engine.bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS))
    quads = sum(one.quads for one in loaded)
    print(
        f"{name}: {len(files)} reports of {quads // max(1, len(files)):,} quads, text to store: {whole:.1f} s, "
        f"{whole / bulk:.1f} times the bulk load of their quads ({bulk:.1f} s)\n"
        f"  processor time: {readers:.1f} s read text in {min(cores(), len(files))} processes, {here:.1f} s wrote; "
        f"{'reading' if readers > here else 'writing'} dominates"
    )


def _load(store: Path, files: Sequence[Path]) -> list[Loaded]:
    with open_store(store, write=True) as opened, local_executor(len(files)) as executor:
        return [*load_files(opened, files, executor=executor)]


def _used(who: int) -> float:
    """Return the seconds of processor time that this process, or those that it has ended, took."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _against_rdflib(store: Path, dump: Path) -> None:
    graph = rdflib.Dataset(default_union=True)
    loading, _ = _timed(lambda: graph.parse(dump, format="nquads"))
    print(f"rdflib reads the quads into memory in {loading:.1f} s; a query over all reports, ours to rdflib's time:")
    opened = open_store(store)
    for name in _IN_RDFLIB:
        query = named_queries()[name]
        ours, rows = _timed(lambda query=query: list(run_named(opened, query).rows))  # type: ignore[misc]
        theirs, _ = _timed(lambda query=query: list(graph.query(query.text)))  # type: ignore[misc]
        print(f"  {name:18} {ours / theirs:6.3f}  ({len(rows)} rows)")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


if __name__ == "__main__":
    raise SystemExit(main())
