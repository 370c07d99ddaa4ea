"""The store as of a date: for each report, the version that was the word then."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from auditgraph.errors import StoreError
from auditgraph.store import GraphData, LoadRecord, Store, open_store
from auditgraph.store.history import HISTORY_GRAPH, Version, said_in, valid, versions_of

if TYPE_CHECKING:
    from pyoxigraph import Quad

__all__ = ["as_of", "versions"]


def versions(
    store: Store, graphs: Iterable[str] | None = None
) -> Iterator[tuple[LoadRecord, str, str, Version | None]]:
    """Yield every version of every report, or of some, the oldest first.

    Each is its record, the date that the report gives as its own, when another took its place (nothing for the one
    that stands), and its packed form (None for the one that stands).
    """
    former: dict[str, list[Version]] = {}
    for version in versions_of(store.quads(HISTORY_GRAPH.value)):
        former.setdefault(version.record.graph, []).append(version)
    records = store.records()
    wanted = set(records if graphs is None else graphs)
    for graph, record in records.items():
        if graph not in wanted:
            continue
        for version in former.get(graph, ()):
            yield version.record, said_in(graph, _parsed(version)), version.until, version
        yield record, said_in(graph, _issued(store, graph)), "", None


def _parsed(version: Version) -> Iterator[Quad]:
    import pyoxigraph as ox

    return iter(ox.parse(version.nquads, format=ox.RdfFormat.N_QUADS))


def _issued(store: Store, graph: str) -> Iterator[Quad]:
    """Yield the quads of a report that give its date; the graph itself need not be read."""
    import pyoxigraph as ox

    from auditgraph.ontology.namespaces import DCTERMS

    node = ox.NamedNode(graph)
    answer = store.query(f"SELECT ?d WHERE {{ GRAPH {node} {{ {node} {DCTERMS.issued} ?d }} }}")
    if isinstance(answer, ox.QuerySolutions):
        yield from (ox.Quad(node, DCTERMS.issued, solution["d"], node) for solution in answer)


@contextmanager
def as_of(store: Store, when: str, graphs: Iterable[str] | None = None) -> Iterator[Store]:
    """Give a store for the length of a `with` block that holds what held at a date: `2031-05-02`, `2031-05`, `2031`.

    See `auditgraph.store.history.valid` for which version holds when. It is made on disk, from all reports or from
    `graphs`. Raises UsageError where `when` is no date, StoreError where nothing had been said by then.
    """
    import pyoxigraph as ox

    known: dict[str, list[tuple[LoadRecord, str, Version | None]]] = {}
    for record, said, _, version in versions(store, graphs):
        known.setdefault(record.graph, []).append((record, said, version))
    chosen = []
    for several in known.values():
        at = valid([(said, record.loaded) for record, said, _ in several], when)
        if at is not None:
            chosen.append(several[at])
    if not chosen:
        raise StoreError(f"no report of {store.location} had been made by {when}", "Ask as of a later date")
    with tempfile.TemporaryDirectory(prefix="auditgraph-") as folder:
        with open_store(folder, write=True) as scratch:
            for start in range(0, len(chosen), 20):
                scratch.put(
                    [
                        version.data
                        if version
                        else GraphData(
                            record, ox.serialize(store.quads(record.graph), format=ox.RdfFormat.N_QUADS) or b""
                        )
                        for record, _, version in chosen[start : start + 20]
                    ]
                )
            scratch.flush()
        yield open_store(folder)
