"""Sums of money in the numbered paragraphs of a report."""

from __future__ import annotations

from auditgraph.loaders.extract import money
from auditgraph.loaders.extract.reading import merged, numbered
from auditgraph.model import Amount, Said, Skeleton

__all__ = ["amounts"]


def amounts(skeleton: Skeleton) -> tuple[Amount, ...]:
    """Return each sum of money of each numbered paragraph, its bullets included, once.

    The same sum said twice in a paragraph is one amount that rests on both places.
    """
    found: dict[tuple[str, str, str], Amount] = {}
    for run in numbered(skeleton):
        for sum_ in money.find(run.text.value):
            key = (run.place, sum_.amount, sum_.currency)
            passages = run.passages(skeleton, sum_.start, sum_.end)
            if key in found:
                passages = merged(found[key].amount.evidence, passages)
            found[key] = Amount(run.place, Said(sum_.amount, passages), sum_.currency)
    return tuple(found.values())
