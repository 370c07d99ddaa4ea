"""Runs of prose in pieces of a bounded length, so that reading takes time in proportion to the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.loaders.extract.reading import Run, runs
from auditgraph.model import Skeleton

__all__ = ["LONGEST", "pieces"]

# Characters; no paragraph of a real report is nearly as long.
LONGEST = 6000
_STOP = re.compile(r"(?<=[a-z0-9)\]])\. (?=[A-Z(])")


def pieces(skeleton: Skeleton) -> Iterator[Run]:
    """Yield the runs of prose in reading order, one that is longer than `LONGEST` cut where sentences end."""
    for run in runs(skeleton):
        start, text = 0, run.text.value
        while len(text) - start > LONGEST:
            stops = [m.end() for m in _STOP.finditer(text, start, start + LONGEST)]
            end = stops[-1] if stops else start + LONGEST
            yield Run(run.place, run.kind, run.text[start:end], run.column)
            start = end
        yield Run(run.place, run.kind, run.text[start:], run.column) if start else run
