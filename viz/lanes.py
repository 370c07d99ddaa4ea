"""The layout that a page opens with: one column for each stage of an audit's story, ordered so that few links cross."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from auditgraph.viz.kinds import KINDS
from auditgraph.viz.picture import Picture, Thing

__all__ = ["Heading", "Lanes", "Spot", "lanes"]

PITCH = 34.0
STRETCH = 2.6
INDENT = 18.0
GUTTER = 34.0
WIDTHS = {0: 212.0, 1: 190.0, 2: 268.0, 3: 268.0, 4: 224.0, 5: 262.0, 6: 170.0}
ASPECT = 1.72
_REPORTS = 1
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a thing stands, in pixels at zoom 1, the room its label has in width and height, and on which side."""

    x: float
    y: float
    room: float
    height: float
    side: str = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a column's group: `kind` a key of `KINDS`, `align` as a canvas aligns text."""

    x: float
    y: float
    kind: str
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Lanes:
    """The columns of a picture: a spot for each thing, a heading for each group."""

    spots: dict[str, Spot]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    iri: str
    kind: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Column:
    lane: int
    rows: tuple[_Row, ...]

    @property
    def groups(self) -> int:
        return len(list(groupby(self.rows, key=lambda row: row.kind)))

    @property
    def slots(self) -> float:
        """Rows of room that the column asks for: one a thing and one and a half a heading."""
        return len(self.rows) + 1.5 * self.groups


def lanes(picture: Picture) -> Lanes:
    """Place each thing in its kind's column; long columns are folded so that the whole is about as wide as a screen."""
    rows = _ordered(picture)
    columns = min((_folded(rows, limit) for limit in range(10, 121)), key=_misfit)
    tallest = max((column.slots for column in columns), default=0.0) * PITCH
    spots: dict[str, Spot] = {}
    headings: list[Heading] = []
    x = 0.0
    for column in columns:
        _set(column, x, tallest, spots, headings)
        x += WIDTHS[column.lane]
    left, top = x / 2, tallest / 2
    return Lanes(
        {iri: replace(spot, x=round(spot.x - left, 1), y=round(spot.y - top, 1)) for iri, spot in spots.items()},
        tuple(replace(h, x=round(h.x - left, 1), y=round(h.y - top, 1)) for h in headings),
    )


def _set(column: _Column, x: float, tallest: float, spots: dict[str, Spot], headings: list[Heading]) -> None:
    width = WIDTHS[column.lane]
    if column.lane == _REPORTS and len(column.rows) * 3.5 * PITCH <= tallest:
        # Few reports stand apart, over the whole height, their names below them.
        middle, share = x + (width - GUTTER) / 2, tallest / len(column.rows)
        for number, row in enumerate(column.rows):
            spots[row.iri] = Spot(middle, (number + 0.5) * share - 0.5 * PITCH, width - GUTTER, 2.4 * PITCH, "below")
        headings.append(Heading(middle, share / 2 - 1.5 * PITCH, column.rows[0].kind, "center"))
        return
    head = 1.5 * PITCH * column.groups
    pitch = min(PITCH * STRETCH, (tallest - head) / len(column.rows))
    # What leads to the report has its names on the left, so that links don't cross them.
    left = column.lane == 0
    edge = x + width - GUTTER if left else x
    y = 0.0
    for kind, rows in groupby(column.rows, key=lambda row: row.kind):
        headings.append(Heading(edge, y + 0.6 * PITCH, kind, "right" if left else "left"))
        y += PITCH
        for row in rows:
            at = edge - 10 if left else edge + 10 + INDENT * row.depth
            room = at - x - 16 if left else x + width - at - GUTTER
            spots[row.iri] = Spot(at, y + pitch / 2, room, pitch, "left" if left else "right")
            y += pitch
        y += 0.5 * PITCH


def _folded(rows: Mapping[int, Sequence[_Row]], limit: int) -> list[_Column]:
    """Fold each lane into columns of at most `limit` things, as even as can be."""
    columns = []
    for lane, things in sorted(rows.items()):
        count = -(-len(things) // limit)
        size = -(-len(things) // count)
        columns += [_Column(lane, tuple(things[i : i + size])) for i in range(0, len(things), size)]
    return columns


def _misfit(columns: Sequence[_Column]) -> tuple[float, int]:
    width = sum(WIDTHS[column.lane] for column in columns)
    height = max((column.slots for column in columns), default=1.0) * PITCH
    return abs(width / height / ASPECT - 1), len(columns)


def _ordered(picture: Picture) -> dict[int, list[_Row]]:
    """Order the things of each lane: by kind, then near what they are linked to; organisations as a tree."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for link in picture.links:
        neighbours[link.source].append(link.target)
        neighbours[link.target].append(link.source)
    by_lane: dict[int, list[Thing]] = defaultdict(list)
    for thing in sorted(picture.things, key=lambda thing: KINDS[thing.kind].lane):
        by_lane[KINDS[thing.kind].lane].append(thing)
    order = {lane: [thing.iri for thing in things] for lane, things in by_lane.items()}
    told = {thing.iri for thing in picture.things if thing.kind in ("report", "finding", "recommendation")}
    for sweep in range(_SWEEPS):
        place = {iri: at / len(iris) for iris in order.values() for at, iri in enumerate(iris, 1)}
        for lane in sorted(order, reverse=bool(sweep % 2)):
            # Reports, findings and recommendations keep the order in which they are told.
            order[lane].sort(key=lambda iri: place[iri] if iri in told else _mean(place, neighbours[iri], place[iri]))
            place.update({iri: at / len(order[lane]) for at, iri in enumerate(order[lane], 1)})
    parents = {link.source: link.target for link in picture.links if link.relation == "part_of"}
    kinds = {thing.iri: thing.kind for thing in picture.things}
    return {lane: list(_rows(iris, kinds, parents)) for lane, iris in order.items()}


def _mean(place: Mapping[str, float], iris: Iterable[str], default: float) -> float:
    places = [place[iri] for iri in iris]
    return sum(places) / len(places) if places else default


def _rows(iris: Sequence[str], kinds: Mapping[str, str], parents: Mapping[str, str]) -> list[_Row]:
    children: dict[str, list[str]] = defaultdict(list)
    here = set(iris)
    for iri in iris:
        parent = parents.get(iri, "")
        children[parent if parent in here and kinds[parent] == kinds[iri] else ""].append(iri)
    rows: list[_Row] = []
    seen: set[str] = set()

    def walk(iri: str, depth: int) -> None:
        if iri in seen:
            return
        seen.add(iri)
        rows.append(_Row(iri, kinds[iri], min(depth, 4)))
        for child in children[iri]:
            walk(child, depth + 1)

    # What a circle of parents leaves over stands at the end, so that nothing is lost. Trees come first, largest on top.
    for iri in sorted(children[""], key=lambda iri: not children[iri]) + list(iris):
        walk(iri, 0)
    return sorted(rows, key=lambda row: KINDS[row.kind].rank)
