"""The other layout: a web in which what is linked stands together, computed beforehand from a fixed seed."""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx

from auditgraph.viz.network import to_networkx
from auditgraph.viz.picture import Picture

__all__ = ["web"]

SEED = 7
# A thing with its label takes about this much room, in pixels at zoom 1.
BOX = (150.0, 64.0)
ASPECT = 1.75
# From this many things on, networkx wants scipy, and no web can be read anyway: the columns' order serves as a start.
DENSE = 500
_ROUNDS = 200


def web(picture: Picture, start: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return a place for each thing, none on top of another; `start` keeps the drawing the same from run to run."""
    if not picture.things:
        return {}
    graph: nx.Graph[str] = nx.Graph(to_networkx(picture).to_undirected())
    hub = picture.focus or max(sorted(graph), key=lambda iri: graph.degree(iri))
    for part in sorted(nx.connected_components(graph), key=lambda part: min(part)):
        if hub not in part:
            graph.add_edge(hub, min(part), weight=0.3)
    count = len(graph)
    size = math.sqrt(count * BOX[0] * BOX[1]) * 1.15
    reach = max((abs(v) for xy in start.values() for v in xy), default=1.0) or 1.0
    near = {iri: (x / reach, y / reach) for iri, (x, y) in start.items()}
    spread = {iri: list(near.get(iri, (0.0, 0.0))) for iri in sorted(graph)}
    if count < DENSE:
        places = nx.spring_layout(graph, k=1.9 / math.sqrt(count), pos=near, iterations=260, seed=SEED)
        spread = {iri: [float(x), float(y)] for iri, (x, y) in sorted(places.items())}
    _fill(spread, size * math.sqrt(ASPECT), size / math.sqrt(ASPECT))
    _part(spread)
    return {iri: (round(x, 1), round(y, 1)) for iri, (x, y) in spread.items()}


def _fill(places: dict[str, list[float]], width: float, height: float) -> None:
    """Stretch places to a screen's form, so that the drawing uses the room there is."""
    for axis, size in ((0, width), (1, height)):
        values = [place[axis] for place in places.values()]
        low, span = min(values), (max(values) - min(values)) or 1.0
        for place in places.values():
            place[axis] = ((place[axis] - low) / span - 0.5) * size


def _part(places: dict[str, list[float]]) -> None:
    """Push boxes that overlap apart, along the axis where the overlap is smaller."""
    spots = list(places.values())
    width, height = BOX
    for _ in range(_ROUNDS):
        moved = False
        for i, a in enumerate(spots):
            for b in spots[i + 1 :]:
                dx, dy = b[0] - a[0], b[1] - a[1]
                over_x, over_y = width - abs(dx), height - abs(dy)
                if over_x <= 0 or over_y <= 0:
                    continue
                moved = True
                axis, over, way = (0, over_x, dx) if over_x / width < over_y / height else (1, over_y, dy)
                push = (over / 2 + 0.5) * (1 if way >= 0 else -1)
                a[axis] -= push
                b[axis] += push
        if not moved:
            return
