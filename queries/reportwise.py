"""Answer a named query report by report: the first rows come at once, in the order of all, and memory stays small.

A query whose header says `begins: PATTERN` answers each report from its own graph (with `listings: yes` from those of
the listings that have it too), and has rows only of reports with such a statement. Rows are sorted by the report first,
so the reports, a few at a time in the order of their keys, give the rows of the whole in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TypeAlias

import pyoxigraph as ox

from auditgraph.asof import StoreThen
from auditgraph.naturally import natural
from auditgraph.queries.named import NamedQuery
from auditgraph.queries.results import Row, Rows, cell, result_of, tidy
from auditgraph.store import Answer, Store
from auditgraph.store.embedded import OxigraphStore

__all__ = ["in_turn", "rows_of"]

Bind: TypeAlias = Mapping[str, ox.Literal | ox.NamedNode] | None
_Key: TypeAlias = tuple[str, str]

# Where no more reports than these have rows, the engine is spared all others.
_FEW = 1000
# Up to so many things the query begins at are answered at once: that is the quickest, and fits in memory.
_MANY = 40_000
# How many reports are asked together: the engine looks through the list of their names at each step. A request to a
# server has its price, and holds that many names.
_TOGETHER, _TOGETHER_REMOTE = 32, 100

_PREFIX = "PREFIX ag: <https://w3id.org/auditgraph/ontology#> "
_REPORTS = _PREFIX + "SELECT ?report ?r WHERE { GRAPH ?r { ?r ag:key ?report } }"
_LISTINGS = _PREFIX + "SELECT DISTINCT ?listing ?report WHERE { GRAPH ?listing { ?entry ag:lists ?report } }"
_OF_ENTITY = """
PREFIX ag: <https://w3id.org/auditgraph/ontology#>
SELECT DISTINCT ?report ?r ?entity WHERE {
  GRAPH ?r { ?e ag:shortName ?entity . ?r ag:auditedEntity ?e . ?r ag:key ?report }
}
"""


def in_turn(store: Store, query: NamedQuery, bind: Bind) -> list[list[str]] | None:
    """Return the graphs to ask, some at a time, in the order of their reports; None where all together is quicker."""
    base = store.base if isinstance(store, StoreThen) else store
    found = _found(base, query, bind, anyway=base is not store)
    if found is None:
        return None
    if isinstance(store, StoreThen) and store.kept is not None:
        asked = bind["entity"].value if bind and "entity" in bind else ""
        told = [(version.record, graph) for graph, version in store.former.items()]
        former = [(r.key, graph) for r, graph in told if not asked or not r.entities or asked in r.entities]
        found = [(key, graph) for key, graph in found if graph in store.kept] + former
    turns = list(_chunks(found, _TOGETHER if isinstance(base, OxigraphStore) else _TOGETHER_REMOTE))
    if query.listings:
        lists: dict[str, set[str]] = {}
        for listing, graph in _keys(base.query(_LISTINGS)):
            lists.setdefault(graph, set()).add(listing)
        for turn in turns:
            turn += sorted({one for graph in turn for one in lists.get(graph, ())} - set(turn))
    return turns


def _found(store: Store, query: NamedQuery, bind: Bind, *, anyway: bool) -> list[_Key] | None:
    """Return the keys and graphs of the reports that may have rows; None for all of them, and no more rows than fit."""
    if bind and "entity" in bind:
        # The engine plans without knowing the entity: left to it, every report would be read to drop most of them.
        return _keys(store.query(_OF_ENTITY, bind={"entity": bind["entity"]}))
    fit = _FEW if isinstance(store, OxigraphStore) else _TOGETHER_REMOTE
    few = _column(store.query(f"SELECT DISTINCT ?r WHERE {{ GRAPH ?r {{ {query.begins} }} }} LIMIT {fit + 1}"))
    if len(few) <= fit:
        return _keys(_ask(store, _REPORTS, None, few)) if few else []
    if not anyway:
        things = f"SELECT ?x WHERE {{ GRAPH ?r {{ {query.begins} }} }} LIMIT {_MANY + 1}"
        if int(_column(store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ {things} }} }}"))[0]) <= _MANY:
            return None
    return _keys(store.query(_REPORTS))


def _chunks(keys: list[_Key], size: int) -> Iterator[list[str]]:
    """Yield the graphs of reports in the natural order of their keys: a few at first, never one key in two parts."""
    chunk: list[str] = []
    wanted = min(4, size)
    for _, group in groupby(sorted(set(keys), key=natural), key=lambda found: found[0]):
        chunk += [graph for _, graph in group]
        if len(chunk) >= wanted:
            yield chunk
            chunk, wanted = [], size
    if chunk:
        yield chunk


def rows_of(store: Store, query: NamedQuery, bind: Bind, graphs: list[str]) -> list[Row]:
    """Return the rows of the reports of a few graphs, distinct and sorted."""
    parts = [(store, graphs)]
    if isinstance(store, StoreThen):
        parts = [store.together(graphs)] if query.listings else store.parts(graphs)
    found: list[Row] = []
    columns: tuple[str, ...] = query.columns
    for part, several in parts:
        result = result_of(_ask(part, query.asking(bind or ()), bind, several))
        assert isinstance(result, Rows)
        columns = result.columns
        found += result.rows
    return list(tidy(Rows(columns, found), query.columns).rows)


def _ask(store: Store, sparql: str, bind: Bind, graphs: list[str]) -> Answer:
    # All that such a query asks stands in a GRAPH: a default graph would only be looked up.
    if isinstance(store, OxigraphStore):
        return store.query(sparql, bind=bind, graphs=(), named=graphs)
    return store.query(sparql, bind=bind, graphs=graphs)


def _keys(answer: Answer) -> list[_Key]:
    result = result_of(answer)
    assert isinstance(result, Rows)
    return [(cell(row[0]), cell(row[1])) for row in result.rows]


def _column(answer: Answer) -> list[str]:
    result = result_of(answer)
    assert isinstance(result, Rows)
    return [cell(row[0]) for row in result.rows]
