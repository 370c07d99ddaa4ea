"""Graphs as files: the data of the page, and what other programs read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from auditgraph.store import Store
from auditgraph.viz.files import as_gexf, as_graphml, as_json, as_turtle
from auditgraph.web.config import Config
from auditgraph.web.graphs.build import Builder
from auditgraph.web.graphs.payload import graph_data, write
from auditgraph.web.graphs.selection import Grown, Selection
from auditgraph.web.pages.tables import Tables
from auditgraph.web.site import Site

__all__ = ["asked", "made", "written"]

_FILES: dict[str, Callable[..., bytes]] = {"graphml": as_graphml, "gexf": as_gexf, "json": as_json}


def written(builder: Builder, selection: Selection, form: str) -> bytes:
    """Return a graph as the page's `data`, or as a file for other programs, without the kinds that are hidden."""
    built = builder.build(selection)
    if form == "data":
        return write(graph_data(built))
    picture = built.picture
    if selection.hidden:
        picture = picture.kept(thing.iri for thing in picture.things if thing.kind not in selection.hidden)
    if form == "ttl":
        return as_turtle(picture, builder.reports.store, built.triples)
    return _FILES[form](picture, built.places)


def asked(site: Site, selection: Selection, form: str) -> dict[str, Any]:
    """Return the request for a reader process to make a graph."""
    tables, whole = site.tables
    return {"drawing": asdict(selection), "index": [str(tables.path), whole], "form": form, "rows": 0}


def made(store: Store, request: dict[str, Any]) -> bytes:
    """Make the graph of a request, in a reader process."""
    said = request["drawing"]
    grown = tuple(Grown(**one) for one in said["grown"])
    selection = Selection(**{**said, "grown": grown, "hidden": tuple(said["hidden"])})
    return written(_builder(store, request["index"]), selection, request["form"])


# The builder of the latest request, with what it has read.
_latest: list[tuple[Store, list[Any], Builder]] = []


def _builder(store: Store, index: list[Any]) -> Builder:
    if not _latest or _latest[0][0] is not store or _latest[0][1] != index:
        path, whole = index
        _latest[:] = [(store, index, Builder(Site(store, Config(), (Tables(Path(path)), whole))))]
    return _latest[0][2]
