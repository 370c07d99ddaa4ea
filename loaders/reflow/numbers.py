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


class _Candidates:
    """What may be the number of a paragraph: where a sentence ended before it (sure), or a heading may have."""

    def __init__(self) -> None:
        self.sure: dict[int, list[Numbered]] = defaultdict(list)
        self.maybe: dict[int, list[Numbered]] = defaultdict(list)

    def next(self, number: int, at: int) -> Numbered | None:
        """Return the nearest candidate for a number behind a place."""
        found = filter(None, (_after(self.sure[number], at), _after(self.maybe[number], at)))
        return min(found, key=lambda one: one.start, default=None)

    def lost(self, number: int, at: int) -> Numbered | None:
        """Return the paragraph of a number that is not due yet: after a sentence, or where its successor follows it."""
        nearest = self.next(number, at)
        if nearest is None or nearest in self.sure[number][-1:] or self.next(number + 1, nearest.start):
            return nearest
        return _after(self.sure[number], at)

    def goes_on(self, gap: Numbered, before: Numbered) -> bool:
        """Tell whether the number after a gap comes before what would close the gap."""
        following = self.next(gap.number + 1, gap.start)
        return following is not None and following.start < before.start


def numbered(flat: str, first: int, end: int) -> list[Numbered]:
    """Return the paragraphs whose numbers follow each other from 1 on.

    A number counts where a sentence or a heading ended before it. `Table 3. The` or `to 3. The` is none.
    """
    candidates = _Candidates()
    weak: dict[int, list[Numbered]] = defaultdict(list)
    for match in _CANDIDATE.finditer(flat, first, end):
        before = flat[max(0, match.start() - 160) : match.start()].rstrip()
        found = Numbered(int(match[1]), match.start(), match.end())
        if not before or ends_sentence(before) or _SECTION.search(before):
            candidates.sure[found.number].append(found)
        elif may_end_heading(before):
            candidates.maybe[found.number].append(found)
        elif _HEADING.search(before):
            weak[found.number].append(found)
    opening = _OPENS.search(flat, first, end)
    at = opening.start() if opening else first - 1
    out: list[Numbered] = []
    while True:
        number = out[-1].number + 1 if out else 1
        nearest, sure = candidates.next(number, at), _after(candidates.sure[number], at)
        gap = next((one for n in range(number + 1, number + 1 + _LOST) if (one := candidates.lost(n, at))), None)
        if out and gap and (nearest is None or (nearest.start > gap.start and candidates.goes_on(gap, nearest))):
            nearest = gap
        elif sure and (gap is None or sure.start < gap.start):
            nearest = sure  # `closed 12 of the 15. The` stood in the paragraph before it
        if (out and nearest is None) or nearest is gap:
            # `Standards were complied with 21. The`: what ends so may be a heading where no other number is due
            other = _after(weak[number], at)
            if other and (gap is None or other.start < gap.start) and candidates.next(number + 1, other.start):
                nearest = other
        if nearest is None:
            return out
        out.append(nearest)
        at = nearest.start


def _after(found: list[Numbered], at: int) -> Numbered | None:
    index = bisect_right(found, at, key=lambda one: one.start)
    return found[index] if index < len(found) else None
