"""Move everything from one store to another, whatever their engines, and see that it has arrived."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import pyoxigraph as ox

from auditgraph.errors import StoreError, UsageError
from auditgraph.store.base import GraphData, Store
from auditgraph.store.history import HISTORY_GRAPH
from auditgraph.store.records import STORE_GRAPH, to_quads

__all__ = ["canonical", "copy", "digest"]

_BATCH = 20


def digest(store: Store, graph: str) -> str:
    """Return the SHA-256 of a graph's canonical N-Quads: its lines, sorted. There are no blank nodes to name."""
    lines = sorted(f"{quad} .\n" for quad in _quads(store, graph))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _quads(store: Store, graph: str) -> Iterable[ox.Quad]:
    if graph == STORE_GRAPH.value:  # in the form of today, whichever auditgraph wrote them
        return (quad for record in store.records().values() for quad in to_quads(record))
    return store.quads(graph)


def canonical(store: Store) -> dict[str, str]:
    """Return the digest of every graph of a store, its own graphs included."""
    return {graph: digest(store, graph) for graph in (*store.graphs(), STORE_GRAPH.value, HISTORY_GRAPH.value)}


def copy(source: Store, target: Store, *, tell: Callable[[int], None] = lambda count: None) -> int:
    """Copy reports, records and history into a store that holds nothing else, compare, and return the reports' number.

    What the target has already of the same bytes is left, so that a copy that was broken off can go on. Raises
    UsageError where the target holds other reports or versions, StoreError where anything arrives otherwise than it
    left.
    """
    records = source.records()
    there = target.records()
    other = sorted(record.key for graph, record in there.items() if records.get(graph) != record)
    if other:
        raise UsageError(
            f"{target.location} holds other reports or versions than {source.location}: {', '.join(other[:5])}",
            "Copy into an empty store",
        )
    batch: list[GraphData] = []
    done = len(there)
    for graph, record in records.items():
        if graph in there:
            continue
        batch.append(GraphData(record, ox.serialize(source.quads(graph), format=ox.RdfFormat.N_QUADS) or b""))
        if len(batch) == _BATCH:
            target.put(batch)
            done, batch = done + len(batch), []
            tell(done)
    target.put(batch)
    target.remember(list(source.quads(HISTORY_GRAPH.value)))
    target.flush()
    target.settle()
    tell(len(records))
    compare(source, target)
    return len(records)


def compare(source: Store, target: Store) -> None:
    """Raise StoreError where two stores differ in a graph, by their canonical N-Quads."""
    for graph in (*source.graphs(), STORE_GRAPH.value, HISTORY_GRAPH.value):
        if digest(source, graph) != digest(target, graph):
            left, right = set(map(str, _quads(source, graph))), set(map(str, _quads(target, graph)))
            first = min(left ^ right)
            raise StoreError(
                f"{graph} differs in {len(left ^ right)} statements between {source.location} and {target.location}, "
                f"such as {first[:200]}",
                "The engine may change values that it stores: see docs/stores.md",
            )
