"""Counts out of a total, as in "468 of the 1,496 (30 per cent)", in the numbered paragraphs of a report."""

from __future__ import annotations

import re

from auditgraph.loaders.extract.ratios import Ratio, ratios
from auditgraph.loaders.extract.reading import merged
from auditgraph.model import Figure, Passage, Said, Skeleton

__all__ = ["figures"]


def figures(skeleton: Skeleton) -> tuple[Figure, ...]:
    """Return each count out of a total in numbered paragraphs, once for each place and numbers."""
    found: dict[tuple[str, int, int, str], Figure] = {}
    for ratio in ratios(skeleton):
        evidence = ratio.run.passages(skeleton, *ratio.span)
        numbers = ratio.number(ratio.count), ratio.number(ratio.total)
        key = (ratio.run.place, *numbers, ratio.printed_percent)
        if key in found:
            evidence = merged(found[key].count.evidence, evidence)
        found[key] = Figure(
            ratio.run.place,
            Said(str(numbers[0]), evidence),
            Said(str(numbers[1]), evidence),
            _percent(ratio, evidence),
            _subject(ratio),
        )
    bare = {key[:3] for key in found if key[3]}
    return tuple(figure for key, figure in found.items() if key[3] or key[:3] not in bare)


def _percent(ratio: Ratio, evidence: tuple[Passage, ...]) -> Said[str] | None:
    return Said(ratio.printed_percent, evidence) if ratio.percent else None


def _subject(ratio: Ratio) -> str:
    """Return the noun printed right after the total, or nothing."""
    value = ratio.run.text.value
    match = re.match(r"\s+((?:[a-z][\w'’-]*\s?){1,3})", value[ratio.total[1] :])
    return match[1].strip() if match else ""
