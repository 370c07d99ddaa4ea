"""Check a report's structure against itself: what is missing, doubled or less than announced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from auditgraph.model import Skeleton, Warn

__all__ = ["warnings_of"]


def warnings_of(bones: Skeleton) -> tuple[Warn, ...]:
    """Return what a person should look at, each with its place."""
    return tuple(dict.fromkeys([*_cover(bones), *_pages(bones), *_annexes(bones), *_appendices(bones)]))


def _cover(bones: Skeleton) -> Iterator[Warn]:
    for name, value in (("title", bones.title), ("date", bones.issued), ("assignment number", bones.assignment)):
        if value is None:
            yield Warn("cover", f"the cover has no {name} that could be read")


def _pages(bones: Skeleton) -> Iterator[Warn]:
    """Warn of pages without text: scanned ones among others that can be read."""
    starts = (*bones.page_starts, len(bones.source))
    for page, (start, end) in enumerate(pairwise(starts), start=1):
        if not bones.source[start:end].strip():
            yield Warn(
                f"page {page}", f"page {page} has no text; if it is scanned, run OCR over the file, e.g. `ocrmypdf`"
            )


def _annexes(bones: Skeleton) -> Iterator[Warn]:
    body = {r.number for r in bones.recommendations}
    rows = Counter((row.annex, row.number) for row in bones.annex_rows)
    listed = {number for _, number in rows}
    if body and not rows:
        yield Warn("annex I", f"no status annex was found for the {len(body)} recommendations")
    for number in sorted(body - listed, key=int) if rows else ():
        yield Warn(f"rec {number}", f"recommendation {number} has no row in the status annex")
    for number in sorted(listed - body, key=int) if body else ():
        yield Warn(f"annex I rec {number}", f"recommendation {number} of the annex does not stand in the body")
    for (annex, number), count in rows.items():
        if count > 1:
            yield Warn(f"{annex} rec {number}", f"recommendation {number} has {count} rows in {annex}")
    for row in bones.annex_rows:
        missing = [
            name
            for name, said in (("text", row.text), ("importance", row.importance), ("status", row.status))
            if said is None
        ]
        if missing:
            yield Warn(
                f"{row.annex} rec {row.number}",
                f"no {' and no '.join(missing)} could be read in the row of recommendation {row.number}",
            )


def _appendices(bones: Skeleton) -> Iterator[Warn]:
    answered = {row.number for row in bones.appendix_rows}
    if answered:
        for recommendation in bones.recommendations:
            if recommendation.number not in answered:
                yield Warn(
                    f"rec {recommendation.number}",
                    f"recommendation {recommendation.number} has no row in the management response",
                )
