"""The kinds of things and links that a picture shows, and how each is drawn.

Colours are dark enough for text on paper white (WCAG AA, 4.5:1) and differ in lightness and hue so that no two kinds
that stand beside one another fall together for the colour-blind; a kind's shape tells it apart even in grey.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["KINDS", "RELATIONS", "Kind", "Relation", "relation"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: `glyph` is an SVG path in a box from -10 to 10, `lane` its column from the left.

    Where there is no room for all, names of a lower `rank` are written first, and of each kind as many things are kept
    as its `share` says.
    """

    key: str
    label: str
    plural: str
    colour: str
    glyph: str
    size: int
    lane: int
    rank: int
    share: int


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of link: what it says from its source (`label`) and, read backwards, from its target (`inverse`)."""

    key: str
    label: str
    inverse: str


_CIRCLE = "M-9 0A9 9 0 1 0 9 0A9 9 0 1 0 -9 0Z"
_SQUARE = "M-8 -8H8V8H-8Z"
_SHEET = "M-7.5 -10H3.5L8.5 -5V10H-7.5Z"
_DIAMOND = "M0 -10.5L10.5 0L0 10.5L-10.5 0Z"
_HEXAGON = "M-5.2 -9H5.2L10.4 0L5.2 9H-5.2L-10.4 0Z"
_TRIANGLE = "M0 -10L10 8H-10Z"
_TRIANGLE_DOWN = "M-10 -8H10L0 10Z"
_STAR = "M0 -10.5L3 -3.6L10.4 -3.1L4.7 1.6L6.5 8.9L0 4.9L-6.5 8.9L-4.7 1.6L-10.4 -3.1L-3 -3.6Z"
_PIN = "M0 10.5C-2.5 6 -7.5 2.5 -7.5 -3A7.5 7.5 0 0 1 7.5 -3C7.5 2.5 2.5 6 0 10.5Z"
_DRUM = "M-8 -6.5C-8 -11 8 -11 8 -6.5V6.5C8 11 -8 11 -8 6.5Z"
_PENTAGON = "M0 -10L9.5 -3.1L5.9 8.1H-5.9L-9.5 -3.1Z"

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("report", "Report", "Reports", "#17324d", _SHEET, 17, 1, 0, 8),
        Kind("finding", "Finding", "Findings", "#8f5a00", _DIAMOND, 10, 2, 2, 4),
        Kind("recommendation", "Recommendation", "Recommendations", "#b3401f", _HEXAGON, 12, 3, 1, 6),
        Kind("post", "Post", "Posts", "#00695f", _TRIANGLE, 8, 4, 5, 2),
        Kind("person", "Person", "People", "#9c2f6b", _STAR, 9, 4, 6, 1),
        Kind("organisation", "Organisation", "Organisations", "#2463a8", _CIRCLE, 9, 5, 3, 5),
        Kind("resolution", "Resolution", "Resolutions", "#5b3f9e", _PENTAGON, 9, 0, 4, 2),
        Kind("instrument", "Instrument", "Instruments", "#5c5f66", _SQUARE, 8, 0, 7, 1),
        Kind("location", "Location", "Locations", "#3d6b1f", _PIN, 9, 6, 8, 1),
        Kind("system", "System", "Systems", "#37575f", _DRUM, 9, 6, 9, 1),
        Kind("thing", "Other", "Others", "#6a6a6a", _TRIANGLE_DOWN, 7, 6, 10, 1),
    )
}

RELATIONS: dict[str, Relation] = {
    relation.key: relation
    for relation in (
        Relation("audits", "audits", "audited in"),
        Relation("found", "found", "found in"),
        Relation("led_to", "led to", "follows from"),
        Relation("recommends", "recommends", "recommended in"),
        Relation("addressed_to", "addressed to", "asked to act on"),
        Relation("responsible", "responsible", "answers for"),
        Relation("belongs_to", "in", "has the post"),
        Relation("part_of", "part of", "comprises"),
        Relation("reports_to", "reports to", "receives reports of"),
        Relation("mandates", "mandates", "mandated by"),
        Relation("cites", "cites", "cited in"),
        Relation("names", "names", "named in"),
        Relation("involved", "takes part in", "has part of it"),
    )
}


def relation(key: str) -> Relation:
    """Return a relation by its key; one that a query made up is read by its own name.

    >>> relation("audits").inverse, relation("org:postIn").label
    ('audited in', 'post in')
    """
    if key in RELATIONS:
        return RELATIONS[key]
    name = re.split(r"[/#:]", key.rstrip("/#:"))[-1] or key
    label = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()
    return Relation(key, label, f"{label} (from)")
