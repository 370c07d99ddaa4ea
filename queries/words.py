"""The words that parameters of named queries may have: those that stand in the store."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from auditgraph.asof import StoreThen
from auditgraph.errors import UsageError
from auditgraph.queries.named import closest
from auditgraph.queries.results import Row, Rows, cell, result_of
from auditgraph.store import Store

__all__ = ["known_word", "words"]

# A word is looked up in the graph that names the thing: a code's notation stands in each graph that uses it, and over
# the union of the graphs there would be as many pairs as reports by reports.
_WORDS = {
    "entity": "SELECT DISTINCT ?word { GRAPH ?r { ?r ag:auditedEntity ?entity . ?entity ag:shortName ?word } }",
    "status": "SELECT DISTINCT ?word { GRAPH ?r { ?recommendation ag:status ?code . ?code skos:notation ?word } }",
}


def words(store: Store, parameter: str) -> list[str]:
    """Return the words of the store that a parameter may have, sorted; none where it may have any."""
    if parameter not in _WORDS:
        return []
    found = {cell(row[0]) for row in _rows(store, _WORDS[parameter])}
    if isinstance(store, StoreThen) and parameter == "entity":
        found |= {entity for version in store.former.values() for entity in version.record.entities}
    return sorted(found)


def _rows(store: Store, sparql: str, **bind: str) -> Iterable[Row]:
    base = store.base if isinstance(store, StoreThen) else store
    result = result_of(base.query(sparql, bind={name: ox.Literal(word) for name, word in bind.items()}))
    return result.rows if isinstance(result, Rows) else ()


def known_word(store: Store, parameter: str, said: str) -> str:
    """Return the word of the store that a user means, in any case; raises UsageError where there is none."""
    if parameter in _WORDS and any(True for _ in _rows(store, _WORDS[parameter], word=said)):
        return said
    found = words(store, parameter)
    for word in found:
        if word.casefold() == said.strip().casefold():
            return word
    near = closest(said, found) or found[:8]
    raise UsageError(f"no report has the {parameter} {said}", f"Known are {', '.join(near)}" if near else "")
