"""Interactive graphs of what a store knows: one HTML file each, to be opened anywhere, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditgraph.errors import UsageError
from auditgraph.viz.pictures import LIMIT, picture_of

if TYPE_CHECKING:
    import networkx as nx

    from auditgraph.store import Store
    from auditgraph.viz.picture import Picture

__all__ = ["LIMIT", "graph_of", "picture_of", "write_page"]


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
    from auditgraph.viz.page import page  # networkx and pyvis take a second to import

    picture = picture_of(store, report=report, around=around, depth=depth, limit=limit)
    html = page(picture)
    try:
        out.write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{out} can't be written: {error.strerror or error}", "Name another file with -o.") from error
    return picture


def graph_of(
    store: Store, *, report: str | None = None, around: str | None = None, depth: int = 1, limit: int = LIMIT
) -> nx.MultiDiGraph[str]:
    """Return the same picture as a networkx graph, for scripts: nodes are IRIs, edges are keyed by their relation."""
    from auditgraph.viz.network import to_networkx

    return to_networkx(picture_of(store, report=report, around=around, depth=depth, limit=limit))
