"""Measure the way from text to a store that can be asked, against the engine's bulk load of the same quads alone.

    python -m benchmarks.text_to_store [--reports 200]

The second table asks each named query of the store on disk and of the same quads in rdflib's memory.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib

from auditgraph.loading import load_files, local_executor
from auditgraph.queries.named import named_queries
from auditgraph.queries.runner import run_named
from auditgraph.store import open_store
from benchmarks import generate

_IN_RDFLIB = ("reports", "recommendations", "responsibilities", "mandates")  # what it answers in bearable time


def main(arguments: list[str] | None = None) -> int:
    """Print the ratios of one run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=200)
    count = options.parse_args(arguments).reports
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = sorted(generate.write(folder / "text", count))
        store = open_store(folder / "store", write=True)
        executor = local_executor(len(files))
        whole, _ = _timed(lambda: [*load_files(store, files, executor=executor)])
        store.close()
        dump = folder / "dump.nq"
        ox.Store.read_only(str(folder / "store")).dump(str(dump), format=ox.RdfFormat.N_QUADS)
        bulk, _ = _timed(lambda: ox.Store(str(folder / "bulk")).bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS))
        print(f"{count} reports, text to store: {whole:.1f} s, {whole / bulk:.1f} times the bulk load of their quads")
        _against_rdflib(folder / "store", dump)
    return 0


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
