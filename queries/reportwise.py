"""Answer a named query over all reports: together where its rows fit in memory, else report by report.

A query whose header says `begins: PATTERN` answers each report from its own graph (with `listings: yes` from those of
the listings that have it too), and has rows only of reports with such a statement, or that are listed. Rows are sorted
by the report first, so the reports, a few at a time in the order of their keys, give the rows of the whole in their
order: the first rows come at once, and memory stays small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, groupby, islice
from typing import TypeAlias

import pyoxigraph as ox

from auditgraph.asof import StoreThen
from auditgraph.naturally import natural_text
from auditgraph.ontology.namespaces import AG
from auditgraph.queries.named import NamedQuery
from auditgraph.queries.results import Row, Rows, cell, result_of, tidy
from auditgraph.store import Answer, Store
from auditgraph.store.embedded import OxigraphStore

__all__ = ["at_once", "in_turn", "rows_of"]

Bind: TypeAlias = Mapping[str, ox.Literal | ox.NamedNode] | None
_Key: TypeAlias = tuple[str, str]

# So many rows are read before the things that a query begins at are counted: by then that costs little beside them.
_FEW = 1000
# Up to so many of those things are answered together: that is the quickest, and fits in memory.
_MANY = 40_000
# How many reports are asked together: the engine looks through the list of their names at each step. A request to a
# server has its price, and holds that many names.
_TOGETHER, _TOGETHER_REMOTE = 32, 100

_PREFIX = "PREFIX ag: <https://w3id.org/auditgraph/ontology#> "
_REPORTS = _PREFIX + "SELECT DISTINCT ?report ?r WHERE {{ GRAPH ?r {{ {begins} ?r ag:key ?report }} }}"
_LISTED = "?entry ag:lists ?report"
_LISTINGS = _PREFIX + f"SELECT DISTINCT ?listing ?report WHERE {{ GRAPH ?listing {{ {_LISTED} }} }}"
_OF_ENTITY = """
PREFIX ag: <https://w3id.org/auditgraph/ontology#>
SELECT DISTINCT ?report ?r ?entity WHERE {
  GRAPH ?r { ?e ag:shortName ?entity . ?r ag:auditedEntity ?e . ?r ag:key ?report }
}
"""


def at_once(store: Store, query: NamedQuery, bind: Bind) -> Rows | None:
    """Return the rows of all reports, distinct and sorted; None where they are to be asked for in turn."""
    if isinstance(store, StoreThen) or (bind and "entity" in bind):
        return None
    # A server would make and send all of them.
    first = query.counted or not isinstance(store, OxigraphStore)
    if first and _many(store, query):
        return None
    result = result_of(store.query(_text(store, query, bind), bind=bind))
    assert isinstance(result, Rows)
    rows = iter(result.rows)
    few = list(islice(rows, _FEW))
    if not first and len(few) == _FEW and _many(store, query):
        return None
    return tidy(Rows(result.columns, chain(few, rows)), query.columns)


def in_turn(store: Store, query: NamedQuery, bind: Bind) -> list[list[str]]:
    """Return the graphs of the reports that may have rows, some at a time, in the order of their keys."""
    base = _base(store)
    if bind and "entity" in bind:
        # The engine plans without knowing the entity: left to it, every report would be read to drop most of them.
        found = _keys(base.query(_OF_ENTITY, bind={"entity": bind["entity"]}))
    else:
        few = not query.listings and not _many(base, query)
        found = _keys(base.query(_REPORTS.format(begins=f"{query.begins} ." if few else "")))
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


def _base(store: Store) -> Store:
    return store.base if isinstance(store, StoreThen) else store


def _text(store: Store, query: NamedQuery, bind: Bind) -> str:
    """Return what to ask; what listings say is asked for where there are any."""
    listed = query.listings and store.says(AG.lists.value)
    return query.asking([*(bind or ()), *(["listings"] if listed else [])])


def _many(store: Store, query: NamedQuery) -> bool:
    """Tell whether there are more things that a query begins at than are answered together."""
    begins = f"{{ {query.begins} }} UNION {{ {_LISTED} }}" if query.listings else query.begins
    things = f"SELECT ?r WHERE {{ GRAPH ?r {{ {begins} }} }} LIMIT {_MANY + 1}"
    return int(_column(store.query(f"{_PREFIX}SELECT (COUNT(*) AS ?n) WHERE {{ {{ {things} }} }}"))[0]) > _MANY


def _chunks(keys: list[_Key], size: int) -> Iterator[list[str]]:
    """Yield the graphs of reports in the natural order of their keys: a few at first, never one key in two parts."""
    chunk: list[str] = []
    wanted = min(4, size)
    for _, group in groupby(
        sorted(set(keys), key=lambda found: (natural_text(found[0]), found[1])), key=lambda found: found[0]
    ):
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
    text = _text(store, query, bind)
    for part, several in parts:
        result = result_of(_ask(part, text, bind, several))
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
