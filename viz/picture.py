"""What a page shows: things, the links between them, and the words that both rest on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

__all__ = ["Fact", "Link", "Picture", "Quote", "Thing", "place_label"]


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words of a report: `report` its number, `place` as the contract names it, `page` from 1 or 0."""

    report: str
    place: str
    text: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the side panel: what is said, and the quotes it rests on; `derived` where it was computed."""

    label: str
    value: str
    quotes: tuple[Quote, ...] = ()
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """A node: `label` short enough for the drawing, `title` in full, `marks` states that change its look."""

    iri: str
    kind: str
    label: str
    title: str
    facts: tuple[Fact, ...] = ()
    marks: frozenset[str] = frozenset()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A directed edge between two things; `relation` is a key of `RELATIONS`.

    `label` is what it says where that is more than the relation's name (`extends`); a `quiet` link is drawn only
    when one of its ends is looked at.
    """

    source: str
    target: str
    relation: str
    quotes: tuple[Quote, ...] = ()
    label: str = ""
    quiet: bool = False

    def aloud(self) -> Link:
        """Return the link as one that is always drawn."""
        return replace(self, quiet=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A graph that is small enough to be looked at; `total` counts the things before any were left out."""

    title: str
    subtitle: str = ""
    things: tuple[Thing, ...] = ()
    links: tuple[Link, ...] = ()
    total: int = 0
    focus: str = ""
    truncated: bool = False
    degrees: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Count the links of each thing; refuse a link that leads nowhere."""
        known = {thing.iri for thing in self.things}
        if len(known) != len(self.things):
            raise ValueError("a picture shows each thing once")
        for link in self.links:
            if link.source not in known or link.target not in known:
                raise ValueError(f"a link of {link.source} leads out of the picture")
        counted = Counter(end for link in self.links for end in (link.source, link.target))
        object.__setattr__(self, "degrees", dict(counted))
        object.__setattr__(self, "total", max(self.total, len(self.things)))

    def kept(self, iris: Iterable[str]) -> Picture:
        """Return the picture with only these things and the links between them; the total stays."""
        keep = set(iris)
        return Picture(
            self.title,
            self.subtitle,
            tuple(t for t in self.things if t.iri in keep),
            tuple(e for e in self.links if e.source in keep and e.target in keep),
            self.total,
            self.focus if self.focus in keep else "",
            self.truncated,
        )


_RECOMMENDATION = re.compile(r"\brec (\S+)")


def place_label(place: str, page: int = 0) -> str:
    """Say a place as people do.

    >>> place_label("25", 7)
    'paragraph 25, page 7'
    >>> place_label("annex I rec 2")
    'Annex I, recommendation 2'
    >>> place_label("rec 3 response")
    'recommendation 3, response'
    """
    if place[:1].isdigit():
        said = f"paragraph {place}"
    else:
        said = _RECOMMENDATION.sub(r"recommendation \1,", place).strip(" ,")
        said = re.sub(r"^(annex|appendix) (\S+)(?= )", lambda m: f"{m[1].capitalize()} {m[2]},", said)
    return f"{said}, page {page}" if page else said
