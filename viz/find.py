"""Find the report or thing that a user names, and the reports that speak of a thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from auditgraph.errors import UsageError
from auditgraph.naturally import natural_text
from auditgraph.viz.projection import KIND_OF_CLASS

if TYPE_CHECKING:
    from auditgraph.store import Store

__all__ = ["find_report", "find_thing", "speaking_of"]

_NAMES = "rdfs:label|ag:acronym|skos:altLabel|ag:identifier|ag:key|ag:number|dcterms:title|ag:assignment"
_CLASSES = " ".join(sorted(KIND_OF_CLASS))
# The name is a bound term, so the engine starts from the literal; the number of a recommendation is no name.
_EXACT = f"""SELECT DISTINCT ?thing ?name WHERE {{
  ?thing {_NAMES} ?name . ?thing a ?class . VALUES ?class {{ {_CLASSES} }}
  FILTER (?class NOT IN (ag:Recommendation, ag:Finding))
}}"""
_ANY_CASE = f"""SELECT DISTINCT ?thing ?wanted WHERE {{
  VALUES ?class {{ {_CLASSES} }} ?thing a ?class ; {_NAMES} ?name .
  FILTER (?class NOT IN (ag:Recommendation, ag:Finding))
  FILTER (LCASE(STR(?name)) = LCASE(?wanted))
}}"""
_KEYS = "SELECT DISTINCT ?report ?key WHERE { ?report ag:key ?key }"
_SPEAKING = "SELECT DISTINCT ?graph ?thing WHERE { GRAPH ?graph { ?thing a ?class } }"
_CANDIDATES = 5


def find_report(store: Store, name: str) -> str:
    """Return the IRI of a report by its number (`2021/011`, `2021-011`) or IRI. Raises UsageError."""
    wanted = " ".join(name.split())
    if wanted in store.graphs():
        return wanted
    found = _ask(store, _KEYS, "report", key=ox.Literal(wanted))
    if not found:
        rows = store.query(_KEYS)
        assert isinstance(rows, ox.QuerySolutions)
        found = sorted({row["report"].value for row in rows if _slug(row["key"].value) == _slug(wanted)})
    if len(found) != 1:
        raise UsageError(f"there is no report {wanted!r} in the store", "`auditgraph reports` lists what is loaded.")
    return found[0]


def find_thing(store: Store, name: str) -> str:
    """Return the IRI of a thing by its IRI, name, acronym, symbol or number. Raises UsageError where it is not one."""
    wanted = " ".join(name.split())
    if re.match(r"https?://\S+$", wanted):
        return _known(store, wanted)
    found = _ask(store, _EXACT, "thing", name=ox.Literal(wanted))
    found = found or _ask(store, _ANY_CASE, "thing", wanted=ox.Literal(wanted))
    if not found:
        raise UsageError(f"nothing in the store is called {wanted!r}", "Give a name as a report prints it, or an IRI.")
    if len(found) > 1:
        listed = ", ".join(found[:_CANDIDATES]) + (" and others" if len(found) > _CANDIDATES else "")
        raise UsageError(f"{len(found)} things are called {wanted!r}: {listed}", "Give the IRI of the one you mean.")
    return found[0]


def speaking_of(store: Store, iris: Iterable[str], reports: Collection[str]) -> list[str]:
    """Return the graphs of reports that speak of any of some things, the latest report first."""
    found: set[str] = set()
    for iri in iris:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        found.update(_ask(store, _SPEAKING, "graph", thing=node))
    return sorted(found.intersection(reports), key=natural_text, reverse=True)


def _known(store: Store, iri: str) -> str:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        raise UsageError(f"{iri!r} is no IRI") from None
    if not _ask(store, "SELECT ?thing ?class WHERE { ?thing a ?class }", "thing", thing=node):
        raise UsageError(f"the store knows nothing of {iri}", "Give a name as a report prints it, or another IRI.")
    return iri


def _ask(store: Store, sparql: str, column: str, **bind: ox.Literal | ox.NamedNode) -> list[str]:
    rows = store.query(sparql, bind=bind)
    assert isinstance(rows, ox.QuerySolutions)
    return sorted({row[column].value for row in rows})


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold())
