"""How many recommendations a report announces, against those that were found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.loaders.extract.numbers import COUNT, count
from auditgraph.loaders.extract.reading import Run, runs
from auditgraph.loaders.sought import sought
from auditgraph.model import Discrepancy, ProseKind, Said, Skeleton, Warn

__all__ = ["not_found", "remaining", "warnings"]

# "OIOS made nine important recommendations", "OIOS made 11 recommendations to address"
_MADE = sought(
    rf"\bOIOS\s+(?:has\s+)?(?:made|issued|makes)\s+(?:a\s+total\s+of\s+)?(?P<n>{COUNT})\s+"
    r"(?:(?P<kind>critical|important|high[- ]risk)\s+)?(?:audit\s+)?recommendations?\b(?!\s+(?:in|each|"
    r"that\s+were\s+closed))",
    re.IGNORECASE,
)
# "Implementation of one critical and two important recommendations remains in progress"
_PROGRESS = sought(
    rf"\b[Ii]mplementation\s+of\s+(?:(?P<a>{COUNT})\s+(?P<akind>critical|important)\s+and\s+)?(?P<b>{COUNT})\s+"
    r"(?:(?P<bkind>critical|important)\s+)?recommendations?\s+remains?\s+in\s+progress",
    re.IGNORECASE,
)


def not_found(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield where the number of recommendations announced is not the number found in the body."""
    found = skeleton.recommendations
    evidence = tuple(passage for r in found for passage in r.text.evidence[:1])
    for first in _made(skeleton) if found else ():
        if first.value != str(len(found)):
            yield Discrepancy("announced", "number of recommendations", first, Said(str(len(found)), evidence, True))


def warnings(skeleton: Skeleton) -> Iterator[Warn]:
    """Warn of announced recommendations that were not found: the text may be cut off or badly converted."""
    found = len(skeleton.recommendations)
    for said in _made(skeleton):
        if said.value != str(found):
            yield Warn(said.evidence[0].place, f"{said.value} recommendations are announced, {found} were found")


def remaining(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield where the number of recommendations said to remain in progress is not that of the annex's open ones."""
    rows = skeleton.annex_rows
    if not rows or any(row.status is None for row in rows) or len({row.annex for row in rows}) > 1:
        return
    still = sum(1 for row in rows if row.status and row.status.value == "open")
    evidence = tuple(passage for row in rows if row.status for passage in row.status.evidence[:1])
    for run in _prose(skeleton):
        for match in _PROGRESS.finditer(run.text.value):
            said = sum(count(match[group]) or 0 for group in ("a", "b") if match[group])
            if said != still:
                first = Said(str(said), run.passages(skeleton, *match.span()))
                second = Said(str(still), evidence, True)
                yield Discrepancy("announced", "number of recommendations in progress", first, second)


def _made(skeleton: Skeleton) -> Iterator[Said[str]]:
    """Yield how many recommendations the report says it makes; "one critical recommendation" is not all of them."""
    for run in _prose(skeleton):
        for match in _MADE.finditer(run.text.value):
            number = count(match["n"])
            if number is not None and (match["kind"] or "").lower() != "critical":
                yield Said(str(number), run.passages(skeleton, *match.span()))


def _prose(skeleton: Skeleton) -> Iterator[Run]:
    kinds = {ProseKind.PARAGRAPH, ProseKind.ITEM, ProseKind.HEADLINE}
    return (
        run for run in runs(skeleton) if run.kind in kinds and not run.place.startswith(("rec", "annex", "appendix"))
    )
