"""Follow the numbers of the paragraphs through running text, by their succession."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from auditgraph.loaders.reflow.words import SECTION, ends_sentence, may_end_heading

__all__ = ["Numbered", "numbered"]

_CANDIDATE = re.compile(r"(?<=\s)(\d{1,3})\s?\.\s{1,40}(?=[A-Z“\"‘'(])")
_OPENS = re.compile(r"(?:BACKGROUND|INTRODUCTION|Background|Introduction)\s+1\s?\.\s")
# A sentence without figures that goes on, or a heading that ends with a preposition.
_HEADING = re.compile(r"[.?!]\s+[A-Z][^.;:,\d]{8,120}\Z")
_SECTION = re.compile(rf"(?:{SECTION.pattern})\Z")
_LOST = 2  # numbers in a row that a conversion may lose


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered paragraph: its number, where that stands, and where its words begin."""

    number: int
    start: int
    words: int


def numbered(flat: str, first: int, end: int) -> list[Numbered]:
    """Return the paragraphs whose numbers follow each other from 1 on.

    A number counts where a sentence or a heading ended before it. `Table 3. The` or `to 3. The` is none.
    """
    sure: dict[int, list[Numbered]] = defaultdict(list)
    maybe: dict[int, list[Numbered]] = defaultdict(list)
    weak: dict[int, list[Numbered]] = defaultdict(list)
    for match in _CANDIDATE.finditer(flat, first, end):
        before = flat[max(0, match.start() - 160) : match.start()].rstrip()
        found = Numbered(int(match[1]), match.start(), match.end())
        if not before or ends_sentence(before) or _SECTION.search(before):
            sure[found.number].append(found)
        elif may_end_heading(before):
            maybe[found.number].append(found)
        elif _HEADING.search(before):
            weak[found.number].append(found)
    opening = _OPENS.search(flat, first, end)
    at = opening.start() if opening else first - 1
    out: list[Numbered] = []
    while True:
        number = out[-1].number + 1 if out else 1
        following = _after(sure[number], at), _after(maybe[number], at)
        nearest = min((one for one in following if one), key=lambda one: one.start, default=None)
        gap = next((one for n in range(number + 1, number + 1 + _LOST) if (one := _lost(sure, maybe, n, at))), None)
        if out and gap and (nearest is None or (nearest.start > gap.start and _goes_on(sure, maybe, gap, nearest))):
            nearest = gap
        elif following[0] and nearest is following[1] and (gap is None or following[0].start < gap.start):
            nearest = following[0]  # `closed 12 of the 15. The` stood in the paragraph before it
        if (out and nearest is None) or nearest is gap:
            # `Standards were complied with 21. The`: what ends so may be a heading where no other number is due
            other = _after(weak[number], at)
            if (
                other
                and (gap is None or other.start < gap.start)
                and (_after(sure[number + 1], other.start) or _after(maybe[number + 1], other.start))
            ):
                nearest = other
        if nearest is None:
            return out
        out.append(nearest)
        at = nearest.start


def _after(found: list[Numbered], at: int) -> Numbered | None:
    index = bisect_right(found, at, key=lambda one: one.start)
    return found[index] if index < len(found) else None


def _lost(sure: dict[int, list[Numbered]], maybe: dict[int, list[Numbered]], number: int, at: int) -> Numbered | None:
    """Return the paragraph of a number that is not due yet: after a sentence, or where its successor follows it."""
    found = [one for one in (_after(sure[number], at), _after(maybe[number], at)) if one]
    nearest = min(found, key=lambda one: one.start, default=None)
    if nearest is None or nearest in sure[number][-1:]:
        return nearest
    nexts = (_after(kind[number + 1], nearest.start) for kind in (sure, maybe))
    return nearest if any(nexts) else _after(sure[number], at)


def _goes_on(
    sure: dict[int, list[Numbered]], maybe: dict[int, list[Numbered]], gap: Numbered, before: Numbered
) -> bool:
    """Tell whether the number after a gap comes before what would close the gap."""
    nexts = (_after(kind[gap.number + 1], gap.start) for kind in (sure, maybe))
    return any(one is not None and one.start < before.start for one in nexts)
