"""What the browser is handed: a graph as columns, the words behind a thing or link, the neighbours to add."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from auditgraph.viz.kinds import KINDS, relation
from auditgraph.viz.lanes import lanes
from auditgraph.viz.picture import Fact, Picture, Quote, Thing, place_label
from auditgraph.web.graphs.build import Built

__all__ = ["columns", "fact", "graph_data", "quote", "quotes", "thing_data", "write"]

# Columns are for pictures whose every name can be read.
_LANES = 260


def graph_data(built: Built) -> dict[str, Any]:
    """Return a graph with its places and what the page says of it."""
    picture = built.picture
    counted = Counter(thing.kind for thing in picture.things)
    data: dict[str, Any] = {
        "title": picture.title,
        "subtitle": picture.subtitle,
        "total": picture.total,
        "truncated": picture.truncated,
        "focus": picture.focus,
        "counts": counted,
        "paths": built.paths,
        **columns(picture, built.places),
    }
    if 0 < len(picture.things) <= _LANES:
        placed = lanes(picture)
        spots = [placed.spots[thing.iri] for thing in picture.things]
        data["lanes"] = [[spot.x, -spot.y, spot.side, spot.room, spot.height] for spot in spots]
        data["headings"] = [[h.x, -h.y, h.kind, h.align] for h in placed.headings]
    return data


def columns(picture: Picture, places: dict[str, tuple[float, float]] | None = None) -> dict[str, Any]:
    """Return things and links as columns, which are half as long as rows and read twice as fast."""
    kinds = [key for key in KINDS if any(thing.kind == key for thing in picture.things)]
    relations = sorted({link.relation for link in picture.links})
    number = {thing.iri: at for at, thing in enumerate(picture.things)}
    told = [relation(key) for key in relations]
    return {
        "kinds": kinds,
        "relations": [{"key": r.key, "label": r.label, "inverse": r.inverse} for r in told],
        "things": {
            "iri": [thing.iri for thing in picture.things],
            "kind": [kinds.index(thing.kind) for thing in picture.things],
            "label": [thing.label or thing.title for thing in picture.things],
            "title": [thing.title if thing.title != thing.label else "" for thing in picture.things],
            "marks": [" ".join(sorted(thing.marks)) for thing in picture.things],
            **({"x": [places[t.iri][0] for t in picture.things], "y": [places[t.iri][1] for t in picture.things]}
               if places else {}),
        },
        "links": {
            "from": [number[link.source] for link in picture.links],
            "to": [number[link.target] for link in picture.links],
            "relation": [relations.index(link.relation) for link in picture.links],
            "says": [link.label for link in picture.links],
            "quiet": [int(link.quiet) for link in picture.links],
        },
    }  # fmt: skip


def fact(said: Fact) -> dict[str, Any]:
    """Return a line of the panel."""
    return {"label": said.label, "value": said.value, "derived": said.derived, "quotes": quotes(said.quotes)}


def quotes(said: Iterable[Quote]) -> list[dict[str, str]]:
    """Return quotes with their places in words."""
    return [quote(one) for one in said]


def quote(said: Quote) -> dict[str, str]:
    """Return a quote with its place in words and the paragraph that it is in."""
    return {"report": said.report, "place": place_label(said.place, said.page), "text": said.text}


def thing_data(thing: Thing, local: str) -> dict[str, Any]:
    """Return what the panel says of a thing; `local` is where this server shows it."""
    return {
        "iri": thing.iri, "kind": thing.kind, "label": thing.label or thing.title, "title": thing.title,
        "marks": sorted(thing.marks), "facts": [fact(said) for said in thing.facts], "page": local,
        "url": thing.url if thing.url.startswith(("https://", "http://")) else "",
    }  # fmt: skip


def write(data: Any) -> bytes:
    """Write JSON; lone surrogates, which UTF-8 can't hold, are replaced."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")
