"""Put what several reports say of the same things together, and keep as many things as can be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from auditgraph.naturally import natural_text
from auditgraph.viz.kinds import KINDS
from auditgraph.viz.picture import Fact, Link, Picture, Thing

__all__ = ["around", "budgeted", "merged"]


def merged(parts: Iterable[tuple[list[Thing], list[Link]]], title: str = "", subtitle: str = "") -> Picture:
    """Return one picture of several reports' things; a thing that several name has the lines of all."""
    things: dict[str, list[Thing]] = defaultdict(list)
    links: dict[tuple[str, str, str, str], list[Link]] = defaultdict(list)
    for some_things, some_links in parts:
        for thing in some_things:
            things[thing.iri].append(thing)
        for link in some_links:
            links[link.source, link.target, link.relation, link.label].append(link)
    order = sorted(things, key=natural_text)
    # Links stand in the order of their ends; by number, which takes a tenth of the time that names take.
    place = {iri: at for at, iri in enumerate(order)}
    joined = sorted(links, key=lambda key: (place.get(key[0], -1), place.get(key[1], -1), *key[2:]))
    return Picture(
        title, subtitle, tuple(_one(things[iri]) for iri in order), tuple(_joined(links[key]) for key in joined)
    )


def _one(said: list[Thing]) -> Thing:
    first = said[0]
    if len(said) == 1:
        return first
    lines: dict[tuple[str, str], Fact] = {}
    for fact in (fact for thing in said for fact in thing.facts):
        key = (fact.label, fact.value)
        before = lines.get(key, Fact(*key, derived=True))
        quotes = tuple(dict.fromkeys(before.quotes + fact.quotes))
        lines[key] = Fact(*key, quotes, before.derived and fact.derived)
    marks = frozenset().union(*(thing.marks for thing in said))
    url = next((thing.url for thing in said if thing.url), "")
    # Reports name the same thing more or less fully: the drawing takes the shortest, the panel the fullest.
    label = min((thing.label for thing in said), key=lambda label: (len(label), label))
    title = max((thing.title for thing in said), key=lambda title: (len(title), title))
    return Thing(first.iri, first.kind, label, title, tuple(lines.values()), marks, url)


def _joined(said: list[Link]) -> Link:
    quotes = tuple(dict.fromkeys(quote for link in said for quote in link.quotes))
    first = said[0]
    return Link(first.source, first.target, first.relation, quotes, first.label, all(link.quiet for link in said))


def around(picture: Picture, iri: str, depth: int) -> Picture:
    """Return the things at most `depth` links away from one, whichever way the links point."""
    near = _distances(picture, [iri])
    kept = [thing for thing in picture.things if near.get(thing.iri, depth + 1) <= depth]
    part = picture.kept(thing.iri for thing in kept)
    return Picture(part.title, part.subtitle, part.things, part.links, len(kept), iri)


def budgeted(picture: Picture, limit: int) -> Picture:
    """Return the picture with at most `limit` things: those near the focus, of each kind its share, the most linked."""
    if len(picture.things) <= limit:
        return picture
    kinds = {thing.iri: thing.kind for thing in picture.things}
    # Around a thing, what is near comes first; in a report or a store, nearness says little.
    by_distance = kinds.get(picture.focus, "report") != "report"
    near = _distances(picture, [picture.focus]) if by_distance else {}
    # sorted() is stable: among equals the picture's own order decides.
    linked = sorted(
        picture.things, key=lambda thing: ("critical" not in thing.marks, -picture.degrees.get(thing.iri, 0))
    )
    before: dict[str, int] = defaultdict(int)
    turn: dict[str, float] = {}
    for thing in linked:
        turn[thing.iri] = before[thing.kind] / KINDS[thing.kind].share
        before[thing.kind] += 1
    far = len(picture.things)
    first = sorted(linked, key=lambda thing: (near.get(thing.iri, far), turn[thing.iri], KINDS[thing.kind].rank))
    return picture.kept(thing.iri for thing in first[:limit])


def _distances(picture: Picture, start: Iterable[str]) -> dict[str, int]:
    neighbours: dict[str, list[str]] = defaultdict(list)
    for link in picture.links:
        neighbours[link.source].append(link.target)
        neighbours[link.target].append(link.source)
    found = dict.fromkeys(start, 0)
    edge = list(found)
    while edge:
        following = []
        for iri in edge:
            for other in neighbours[iri]:
                if other not in found:
                    found[other] = found[iri] + 1
                    following.append(other)
        edge = following
    return found
