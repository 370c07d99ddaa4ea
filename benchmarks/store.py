"""Measure the store: writing against the engine's own bulk load, and every named query as the store grows.

    python benchmarks/store.py [--reports 20 200] [--sample REPORT_FILE]

Copies of one report under new numbers stand for many. Prints ratios of one run on one machine; every figure is the
least of three, but for writing. A query is asked of one report among all, and of all.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from auditgraph.iris import DEFAULT_BASE
from auditgraph.loading import prepare
from auditgraph.queries.named import named_queries
from auditgraph.queries.runner import run_named
from auditgraph.store import GraphData, open_store

ROOT = Path(__file__).parents[1]
BATCH = 20


def copies(sample: GraphData, count: int) -> list[GraphData]:
    """Return a report under so many numbers."""
    record, text = sample.record, sample.nquads.decode()
    old = record.graph.rpartition("/")[2]
    made = []
    for i in range(count):
        key = f"{2000 + i // 1000}/{i % 1000:03}"
        new = key.replace("/", "-")
        nquads = text.replace(f"report/{old}", f"report/{new}").replace(f'"{record.key}"', f'"{key}"').encode()
        graph = f"{DEFAULT_BASE}report/{new}"
        made.append(GraphData(replace(record, graph=graph, key=key, sha256=f"{i:064x}"), nquads))
    return made


def seconds(work: Callable[[], object], times: int = 3) -> float:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took)


def measure(sample: GraphData, count: int, folder: Path) -> dict[str, tuple[float, float, int]]:
    data = copies(sample, count)
    quads = count * sample.record.quads
    with tempfile.TemporaryDirectory(dir=folder) as place:
        whole = b"".join(item.nquads for item in data)
        bulk = seconds(lambda: ox.Store(place).bulk_load(whole, format=ox.RdfFormat.N_QUADS), 1)
    place = folder / f"store-{count}"
    store = open_store(place, write=True)

    def put() -> None:
        for start in range(0, count, BATCH):
            store.put(data[start : start + BATCH])
        store.flush()

    took = seconds(put, 1)
    again = seconds(lambda: store.put([replace(data[0], nquads=data[0].nquads.replace(b"UNITED", b"United"))]), 1)
    store.close()
    disk = sum(file.stat().st_size for file in place.iterdir())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"\n{count} reports, {quads:,} quads: written in {took:.1f} s ({quads / took:,.0f} quads/s), "
        f"{took / bulk:.2f} times the engine's bulk load alone ({bulk:.1f} s); "
        f"a report replaced in {again * 1000:.0f} ms; "
        f"{disk / count / 1000:,.0f} kB of disk a report; {memory} MB of memory at most so far"
    )
    opening = seconds(lambda: open_store(place))
    reader = open_store(place)
    found = seconds(lambda: reader.find(data[-1].record.key))
    print(f"opened in {opening * 1000:.0f} ms; a report found in {found * 1e6:.0f} us")
    graph = data[count // 2].record.graph
    answers = {}
    for name, query in named_queries().items():
        rows = sum(1 for _ in run_named(reader, query).rows)
        one = seconds(lambda query=query: list(run_named(reader, query, report=graph).rows))  # type: ignore[misc]
        everything = seconds(lambda query=query: list(run_named(reader, query).rows), 1)  # type: ignore[misc]
        answers[name] = (one, everything, rows)
    return answers


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--reports", type=int, nargs="+", default=[20, 200])
    cli.add_argument("--sample", type=Path, default=next(iter(sorted((ROOT / "examples").glob("*.txt"))), None))
    args = cli.parse_args()
    sample = prepare(str(args.sample), "0" * 64).data
    if sample is None:
        raise SystemExit(f"{args.sample} is no report")
    with tempfile.TemporaryDirectory() as folder:
        measured = [measure(sample, count, Path(folder)) for count in args.reports]
    print(
        f"\n{'ms':22}"
        + "".join(f"{f'one of {n}':>14}{f'all {n}':>12}{'us/row':>8}" for n in args.reports)
        + "   growth of one"
    )
    for name in measured[0]:
        cells = (m[name] for m in measured)
        line = "".join(
            f"{one * 1e3:14.1f}{every * 1e3:12.1f}{every / max(rows, 1) * 1e6:8.1f}" for one, every, rows in cells
        )
        print(f"{name:22}{line}{measured[-1][name][0] / measured[0][name][0]:14.1f}x")


if __name__ == "__main__":
    main()
