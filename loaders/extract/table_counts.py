"""Tables against the sentence that sums them up: "five were implemented" where the table has four."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditgraph.loaders.extract.ratios import Ratio, ratios
from auditgraph.loaders.extract.reading import runs
from auditgraph.loaders.extract.tables import Cell, tables
from auditgraph.model import Discrepancy, Said, Skeleton

__all__ = ["other_categories"]

# "five were found to be implemented", "two partially implemented", "one not implemented": what is said of the count
_SAID = re.compile(
    r"\s+(?:recommendations?\s+)?(?:(?:were|was|had|have|has|been|found|to|be|rated|assessed|classified|considered|as)\s+){0,6}"
    r"(?P<what>[a-z][a-z’' -]{2,40}?)(?=\s*(?:[,.;(]|$|\band\b))"
)
_MOST = 6  # kinds that a column may have


def other_categories(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield where the rows of a table that are of one kind are not as many as its paragraph says, the first of each."""
    by_place: dict[str, list[Ratio]] = {}
    for ratio in ratios(skeleton):
        by_place.setdefault(ratio.run.place, []).append(ratio)
    body = [run for run in runs(skeleton) if run.place in by_place]
    for table in tables(body):
        rows = table.rows[1:]
        told = [r for r in by_place[table.place] if r.number(r.total) == len(rows)]
        kinds = [(match["what"].strip(), r) for r in told if (match := _SAID.match(r.run.text.value, r.count[1]))]
        wrong = _first_wrong(rows, kinds) if kinds else None
        if wrong is not None:
            kind, ratio, cells = wrong
            first = Said(str(ratio.number(ratio.count)), ratio.run.passages(skeleton, *ratio.span))
            evidence = tuple(passage for cell in cells for passage in cell.passages(skeleton))
            name = table.number or "table"
            yield Discrepancy("count", f"paragraph {table.place} and {name}: {kind}", first,
                              Said(str(len(cells)), evidence, True))  # fmt: skip


def _first_wrong(
    rows: Sequence[tuple[Cell, ...]], kinds: Sequence[tuple[str, Ratio]]
) -> tuple[str, Ratio, list[Cell]] | None:
    """Return the first kind that a column has another number of, where the column has nothing but such kinds."""
    names = {kind for kind, _ in kinds}
    for at in range(1, min(len(row) for row in rows)):
        values = [row[at].text.casefold() for row in rows]
        if len(set(values)) > _MOST or not names <= set(values):
            continue
        for kind, ratio in kinds:
            if values.count(kind) != ratio.number(ratio.count) and values.count(kind):
                return kind, ratio, [row[at] for row, value in zip(rows, values, strict=True) if value == kind]
    return None
