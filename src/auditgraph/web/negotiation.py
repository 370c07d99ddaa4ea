"""Content negotiation (RFC 9110, section 12.5.1): what a client asks for against what an answer can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Range", "accepts", "choose", "parse_accept"]

_TOKEN = r"[!#$%&'*+.^_`|~\w-]+"
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*")
_QUALITY = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Range:
    """A media range of an Accept header, with its quality from 0 to 1."""

    kind: str
    subtype: str
    quality: float

    def specificity(self, media: str) -> int:
        """Return how closely the range names a media type: 0 not at all, 1 `*/*`, 2 `text/*`, 3 the type itself."""
        kind, _, subtype = media.partition("/")
        if (self.kind, self.subtype) == (kind, subtype):
            return 3
        if self.subtype == "*":
            return 2 if self.kind == kind else int(self.kind == "*")
        return 0


def parse_accept(header: str | None) -> list[Range]:
    """Return the ranges of an Accept header; an empty header, or one that says nothing, takes anything.

    >>> parse_accept("text/csv;q=0.5, */*;q=0.1")
    [Range(kind='text', subtype='csv', quality=0.5), Range(kind='*', subtype='*', quality=0.1)]
    """
    ranges = []
    for item in (header or "").split(","):
        name, *parameters = item.split(";")
        match = _RANGE.fullmatch(name)
        if match is None:
            continue
        found = [quality for parameter in parameters if (quality := _QUALITY.fullmatch(parameter))]
        ranges.append(Range(match[1].lower(), match[2].lower(), min(float(found[0][1]), 1.0) if found else 1.0))
    return ranges or [Range("*", "*", 1.0)]


def choose(header: str | None, offers: Sequence[str]) -> str | None:
    """Return the offer that a client likes best, of equals the one it names itself, then the first; None: none.

    >>> choose("text/html, application/json;q=0.9", ["application/json", "text/csv"])
    'application/json'
    >>> choose("text/*, text/csv;q=0", ["text/csv"]) is None
    True
    """
    ranges = parse_accept(header)
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for offer in offers:
        # The most specific range that fits an offer tells its quality.
        specificity, quality = max((each.specificity(offer), each.quality) for each in ranges)
        if specificity and quality and (quality, specificity) > best:
            best, chosen = (quality, specificity), offer
    return chosen


def accepts(header: str | None, media: str) -> bool:
    """Tell whether a client names a media type itself, as browsers do with text/html."""
    return any(each.specificity(media) == 3 and each.quality > 0 for each in parse_accept(header))
