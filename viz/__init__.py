"""Interactive graphs of what a store knows: one HTML file each, to be opened anywhere, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditgraph.errors import UsageError
from auditgraph.viz.pictures import LIMIT, picture_of

if TYPE_CHECKING:
    import networkx as nx

    from auditgraph.queries.runner import Limits
    from auditgraph.store import Store
    from auditgraph.viz.picture import Picture

__all__ = ["FORMS", "LIMIT", "graph_of", "picture_of", "write_graph", "write_page"]

# What `write_graph` writes: a page for people, or a file for other programs.
FORMS = ("html", "graphml", "gexf", "json")
# A file for other programs is read by no person: it holds what the store has.
_ALL = 1_000_000


def write_graph(
    store: Store,
    out: Path,
    form: str = "html",
    *,
    report: str | None = None,
    around: str | None = None,
    depth: int = 1,
    named: str | None = None,
    sparql: str | None = None,
    limit: int | None = None,
    limits: Limits | None = None,
) -> Picture:
    """Write a picture as one file in a form of `FORMS`; return the picture.

    It shows a report, a thing's neighbourhood, what the named query `named` speaks of (in `report`, or everywhere), the
    graph that a CONSTRUCT `sparql` makes within `limits`, or the store. `limit` is `LIMIT` for a page unless told
    otherwise, none for the others. Raises UsageError and QueryError.
    """
    most = limit or (LIMIT if form == "html" else _ALL)
    if named is not None or sparql is not None:
        from auditgraph.viz.answers import picture_of_named, picture_of_sparql

        picture = (
            picture_of_sparql(store, sparql, report, limits, most)
            if sparql is not None
            else picture_of_named(store, named or "", report, most)
        )
    else:
        picture = picture_of(store, report=report, around=around, depth=depth, limit=most)
    if form == "html":
        from auditgraph.viz.page import page  # networkx and pyvis take a second to import

        data = page(picture).encode("utf-8", "replace")
    else:
        from auditgraph.viz.files import as_gexf, as_graphml, as_json

        data = {"graphml": as_graphml, "gexf": as_gexf, "json": as_json}[form](picture)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{out} can't be written: {error.strerror or error}", "Name another file with -o.") from error
    return picture


def write_page(
    store: Store,
    out: Path,
    *,
    report: str | None = None,
    around: str | None = None,
    depth: int = 1,
    limit: int = LIMIT,
) -> Picture:
    """Write the picture of a report, of a thing's neighbourhood or of the store as one HTML file; return the picture.

    The file fetches nothing and is the same, byte for byte, for the same store. Raises UsageError for a name that
    the store does not know, or a file that can't be written.
    """
    return write_graph(store, out, report=report, around=around, depth=depth, limit=limit)


def graph_of(
    store: Store, *, report: str | None = None, around: str | None = None, depth: int = 1, limit: int = LIMIT
) -> nx.MultiDiGraph[str]:
    """Return the same picture as a networkx graph, for scripts: nodes are IRIs, edges are keyed by their relation."""
    from auditgraph.viz.network import to_networkx

    return to_networkx(picture_of(store, report=report, around=around, depth=depth, limit=limit))
