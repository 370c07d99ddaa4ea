"""Measure loading: `python -m benchmarks.bench_loading [--full]`.

Three tables, each with ratios taken in the same run, so that they mean something on any machine:
- text reports a second on one core and on all (reading, extraction, mapping, writing);
- pages of PDF a second, against what PDFium itself needs to read the words of the same pages;
- how time and memory grow with the number of reports (100 to 1,000; to 10,000 with --full).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium

from auditgraph.loaders import parse
from auditgraph.loaders.mapping import quads
from auditgraph.loaders.source import read
from auditgraph.model import Listing, Report
from auditgraph.workers import cores
from benchmarks.generate import make, write

__all__ = ["main"]

_LOAD = """
import resource, sys
from pathlib import Path
from auditgraph.cli import main
status = main(["load", *sys.argv[1:], "--quiet"])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)
"""


def load(folder: Path, store: Path, jobs: int) -> tuple[float, int, int]:
    """Load a folder by the command line; return seconds, and MB of the writing and of the largest reading process."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", _LOAD, str(folder), "--store", str(store), "--jobs", str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    writing, reading = (int(kilobytes) // 1024 for kilobytes in done.stdout.split()[-2:])
    return time.perf_counter() - begun, writing, reading


def cores_table(folder: Path, count: int) -> None:
    """Print text reports a second on one core and on all."""
    made = list(write(folder / "text", count))
    size = sum(1 for _ in set(quads(parse(read(made[0])))))
    print(f"text reports (about {size} quads each), {count} of them:")
    first = 0.0
    for jobs in sorted({1, 2, cores()}):
        seconds, *_ = load(folder / "text", folder / f"store-{jobs}", jobs)
        first = first or seconds
        print(f"  {jobs} reading: {count / seconds:6.1f} reports a second   x{first / seconds:.2f}")


def _mapped(report: Report | Listing) -> None:
    for _ in quads(report):
        pass


def _each(step: Callable[[], object], times: int = 5) -> float:
    begun = time.process_time()
    for _ in range(times):
        step()
    return (time.process_time() - begun) / times


def parts_table(folder: Path) -> None:
    """Print what the parts of the way take, of a small report and a large one."""
    for size in (1, 20):
        (path,) = write(folder / f"part{size}", 1, size=size)
        report = parse(read(path))  # once for what is loaded lazily
        times = [_each(partial(read, path)), _each(partial(parse, read(path))), _each(partial(_mapped, report))]
        kind = "small" if size == 1 else "large"
        print(f"  {kind} report: reading {times[0]:.3f} s, parsing {times[1]:.3f} s, mapping {times[2]:.3f} s")


def pages_table(folder: Path, count: int) -> None:
    """Print pages of PDF a second: PDFium reading words, our reader, and everything."""
    files = list(write(folder / "pdf", count, size=12, forms=("pdf",)))
    pages, words = 0, 0.0
    for path in files:
        begun = time.process_time()
        document = pdfium.PdfDocument(path)
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_rects()):
                text.get_text_bounded(*text.get_rect(index))
            pages += 1
        words += time.process_time() - begun
    steps = {"PDFium: the words": words}
    begun = time.process_time()
    sources = [read(path) for path in files]
    steps["reading into text"] = time.process_time() - begun
    parse(sources[0])
    begun = time.process_time()
    for source in sources:
        list(quads(parse(source)))
    steps["reading and everything after"] = steps["reading into text"] + time.process_time() - begun
    print(f"PDF, {pages} pages in {len(files)} files, one core:")
    for name, seconds in steps.items():
        print(f"  {name:30} {pages / seconds:7.1f} pages a second   x{seconds / words:.2f} of PDFium's time")


def growth_table(folder: Path, counts: list[int]) -> None:
    """Print how time and memory grow with the number of reports."""
    print("growth with the number of reports, all cores:")
    before = 0.0
    for count in counts:
        place = folder / f"grow-{count}"
        for _ in write(place, count):
            pass
        seconds, writing, reading = load(place, folder / f"grown-{count}", cores())
        each = 1000 * seconds / count
        grown = f"x{each / before:.2f}" if before else ""
        before = each
        print(f"  {count:6} reports: {seconds:7.1f} s, {each:6.1f} ms each {grown:6}", end=" ")
        print(f"writer {writing} MB, reader {reading} MB")
        begun = time.perf_counter()
        load(place, folder / f"grown-{count}", cores())
        print(f"  {'again':>6}: nothing to do: {time.perf_counter() - begun:.1f} s")


def main(arguments: list[str] | None = None) -> int:
    """Print all tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--full", action="store_true", help="grow to 10,000 reports")
    options.add_argument("--reports", type=int, default=100)
    given = options.parse_args(arguments)
    counts = [100, 1_000, 10_000] if given.full else [100, 1_000]
    make(0)
    with tempfile.TemporaryDirectory(prefix="auditgraph-bench-") as name:
        folder = Path(name)
        cores_table(folder, given.reports)
        parts_table(folder)
        pages_table(folder, 10)
        growth_table(folder, counts)
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"(this process: {largest} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
