"""The words that parameters of named queries may have: those that stand in the store."""

from __future__ import annotations

from auditgraph.errors import UsageError
from auditgraph.queries.named import closest
from auditgraph.queries.results import Rows, cell, result_of
from auditgraph.store import Store

__all__ = ["known_word", "words"]

_WORDS = {
    "entity": "SELECT DISTINCT ?word { ?report ag:auditedEntity/ag:shortName ?word }",
    "status": "SELECT DISTINCT ?word { ?recommendation ag:status/skos:notation ?word }",
}


def words(store: Store, parameter: str) -> list[str]:
    """Return the words of the store that a parameter may have, sorted; none where it may have any."""
    if parameter not in _WORDS:
        return []
    result = result_of(store.query(_WORDS[parameter]))
    return sorted(cell(row[0]) for row in result.rows) if isinstance(result, Rows) else []


def known_word(store: Store, parameter: str, said: str) -> str:
    """Return the word of the store that a user means, in any case; raises UsageError where there is none."""
    found = words(store, parameter)
    for word in found:
        if word.casefold() == said.strip().casefold():
            return word
    near = closest(said, found) or found[:8]
    raise UsageError(f"no report has the {parameter} {said}", f"Known are {', '.join(near)}" if near else "")
