"""Build a store of many small reports and time every named query on it, each in a process of its own.

    python -m benchmarks.scale [--reports 20000] [--store FOLDER] [--seconds 150]

The reports are those of `benchmarks.generate`, again and again under other numbers and for forty entities. Each query
is asked of one report, of one entity, of one status and over all, and over all as of a date: until its first row and
until its last, in seconds by the clock and of the processor. `benchmarks.twins` asks the same by hand.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from auditgraph.asof import as_of
from auditgraph.iris import DEFAULT_BASE
from auditgraph.loading import prepare
from auditgraph.queries.named import named_queries
from auditgraph.queries.runner import run_named
from auditgraph.store import GraphData, Store, open_store

ENTITIES = 40
BATCH = 50


def build(place: str, count: int, size: int = 1) -> None:
    """Make a store of so many reports with so many recommendations each, and print what it took."""
    from benchmarks.generate import main as generate

    with tempfile.TemporaryDirectory() as folder:
        generate([folder, "--count", "24", "--size", str(size)])
        read = [prepare(str(p), "0" * 64) for p in sorted(Path(folder).glob("*.txt"))]
    samples = [(one.data.record, one.data.nquads.decode()) for one in read if one.data]
    quads, putting, begun = 0, 0.0, time.perf_counter()
    with open_store(place, write=True) as store:
        for start in range(0, count, BATCH):
            batch = [_copy(*samples[i % len(samples)], i) for i in range(start, min(start + BATCH, count))]
            quads += sum(data.record.quads for data in batch)
            at = time.perf_counter()
            store.put(batch)
            putting += time.perf_counter() - at
        store.flush()
        at = time.perf_counter()
        store.settle()
        settling = time.perf_counter() - at
    putting += settling
    disk = sum(file.stat().st_size for file in Path(place).rglob("*") if file.is_file())
    print(
        f"{count:,} reports, {quads:,} quads in {time.perf_counter() - begun:.0f} s, {putting:.0f} s of it the store's "
        f"({quads / putting:,.0f} quads/s, {settling:.0f} s of it to merge its files); "
        f"{disk / count / 1000:,.0f} kB of disk a report; "
        f"{_memory()} MB of memory at most",
        flush=True,
    )


def _copy(record: Any, text: str, i: int) -> GraphData:
    key = f"{2000 + i // 1000}/{i % 1000:03}"
    old, new = record.graph.rpartition("/")[2], key.replace("/", "-")
    text = text.replace(f"report/{old}", f"report/{new}").replace(f'"{record.key}"', f'"{key}"')
    for entity in record.entities:
        text = text.replace(f'"{entity}"', f'"{entity}{i % ENTITIES}"')
    entities = tuple(f"{entity}{i % ENTITIES}" for entity in record.entities)
    about = replace(record, graph=f"{DEFAULT_BASE}report/{new}", key=key, sha256=f"{i:064x}", entities=entities)
    return GraphData(about, text.encode())


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def ask(place: str, name: str) -> None:
    """Print what one named query takes."""
    query, store = named_queries()[name], open_store(place)
    records = list(store.records().values())
    record = records[len(records) // 2]

    def told(what: str, times: int, at: Store = store, **how: Any) -> None:
        took = _timed(lambda: run_named(at, query, **how).rows)
        if took[0] < 5:  # what takes longer is long enough to be told by one turn
            took = min(took, *(_timed(lambda: run_named(at, query, **how).rows) for _ in range(times)))
        wall, processor, first, rows = took
        print(
            f"{name:22}{what:10}{first * 1000:10,.1f} ms to the first row{wall * 1000:12,.1f} ms to the last"
            f"{processor * 1000:12,.1f} ms of the processor{rows:10,} rows{_memory():7,} MB",
            flush=True,
        )

    told("one", 3, report=record.graph)
    if "entity" in query.parameters:
        told("entity", 2, bind={"entity": ox.Literal(record.entities[0])})
    if "status" in query.parameters:
        told("status", 1, bind={"status": ox.Literal("open")})
    told("all", 2)
    with as_of(store, "2019") as then:
        told("as of", 1, at=then)


def _timed(work: Callable[[], Iterable[Any]]) -> tuple[float, float, float, int]:
    """Return seconds until the last row, of the processor, until the first row, and the rows."""
    at, spent, first, rows = time.perf_counter(), time.process_time(), 0.0, 0
    for _ in work():
        first, rows = first or time.perf_counter() - at, rows + 1
    return time.perf_counter() - at, time.process_time() - spent, first, rows


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--reports", type=int, default=20_000)
    cli.add_argument("--store", help="Keep the store here, or ask the one that is there.")
    cli.add_argument("--seconds", type=float, default=150, help="Give a query up after so long.")
    cli.add_argument("--query", help=argparse.SUPPRESS)
    args = cli.parse_args()
    if args.query:
        ask(args.store, args.query)
        return
    with tempfile.TemporaryDirectory() as folder:
        place = args.store or folder
        if not Path(place, "CURRENT").exists():
            build(place, args.reports)
        for name in named_queries():
            command = [sys.executable, "-m", "benchmarks.scale", "--store", place, "--query", name]
            try:
                subprocess.run(command, check=True, timeout=args.seconds)
            except subprocess.TimeoutExpired:
                print(f"{name:22}given up after {args.seconds:g} s", flush=True)


if __name__ == "__main__":
    main()
