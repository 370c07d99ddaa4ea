"""Load records as quads: the store's own graph, apart from what the reports say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

import pyoxigraph as ox

from auditgraph.store.base import LoadRecord

__all__ = ["NAMESPACE", "STORE_GRAPH", "field_iri", "record_iri", "records_of", "spellings", "to_quads"]

# The store's own terms: no query about reports can meet them by accident.
NAMESPACE = "https://w3id.org/auditgraph/store#"
STORE_GRAPH = ox.NamedNode("https://w3id.org/auditgraph/store")

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LOAD = ox.NamedNode(NAMESPACE + "Load")
_GRAPH = ox.NamedNode(NAMESPACE + "graph")
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_DATE_TIME = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
_LISTS = ("entities", "warnings", "superseded")


def record_iri(graph: str) -> ox.NamedNode:
    """Return the IRI of the record of a report's graph."""
    return ox.NamedNode(graph + "#load")


def field_iri(name: str) -> ox.NamedNode:
    """Return the property that holds a field of a record."""
    return ox.NamedNode(NAMESPACE + name)


def spellings(said: str) -> list[str]:
    """Return how a report or assignment number, or the name of a listing, that somebody wrote may be printed.

    >>> spellings("ap2030-699-01"), spellings("status-2033-12-31")[-1]
    (['AP2030-699-01', 'AP2030/699/01', 'ap2030-699-01'], 'status-2033-12-31')
    """
    number = said.strip().upper().replace("\u2013", "-").replace("_", "-").replace("/", "-")
    return list(dict.fromkeys((number, number.replace("-", "/"), said.strip())))


def to_quads(record: LoadRecord) -> Iterator[ox.Quad]:
    """Yield a record as quads of the store's graph; empty fields are left out."""
    subject = record_iri(record.graph)
    yield ox.Quad(subject, _TYPE, _LOAD, STORE_GRAPH)
    yield ox.Quad(subject, _GRAPH, ox.NamedNode(record.graph), STORE_GRAPH)
    for field in fields(LoadRecord):
        value = getattr(record, field.name)
        if field.name == "graph" or value in ("", ()):
            continue
        predicate = field_iri(field.name)
        if field.name in _LISTS:
            # The position keeps the order of a list without blank nodes: `3 paragraph 25: ...`.
            literals = [ox.Literal(f"{i} {item}") for i, item in enumerate(value, 1)]
        elif field.name == "quads":
            literals = [ox.Literal(str(value), datatype=_INTEGER)]
        elif field.name == "loaded":
            # In the form that engines which read times give back.
            literals = [ox.Literal(value.replace("+00:00", "Z"), datatype=_DATE_TIME)]
        else:
            literals = [ox.Literal(value)]
        for literal in literals:
            yield ox.Quad(subject, predicate, literal, STORE_GRAPH)


def records_of(quads: Iterable[ox.Quad]) -> list[LoadRecord]:
    """Return the records that the quads of a store's graph tell; those without a graph are passed over.

    >>> record = LoadRecord("https://x.org/report/2030-001", "2030/001", "a.txt", "00", warnings=("b", "a"), quads=3)
    >>> records_of(to_quads(record)) == [record]
    True
    """
    known = {field.name for field in fields(LoadRecord)}
    found: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        name = quad.predicate.value.removeprefix(NAMESPACE)
        if name in known and isinstance(quad.object, ox.Literal | ox.NamedNode):
            found.setdefault(str(quad.subject), {}).setdefault(name, []).append(quad.object.value)
    return [_record(values) for _, values in sorted(found.items()) if "graph" in values]


def _record(values: dict[str, list[str]]) -> LoadRecord:
    def one(name: str) -> str:
        return min(values.get(name, [""]))

    def many(name: str) -> tuple[str, ...]:
        items = (item.partition(" ") for item in values.get(name, []))
        return tuple(text for _, text in sorted((int(i) if i.isdigit() else 0, text) for i, _, text in items))

    return LoadRecord(
        graph=one("graph"), key=one("key"), source=one("source"), sha256=one("sha256"),
        assignment=one("assignment"), title=one("title"),
        entities=many("entities"), loader=one("loader"), ontology=one("ontology"), base=one("base"),
        loaded=one("loaded").replace("+00:00", "Z"),
        quads=int(one("quads") or 0), warnings=many("warnings"), superseded=many("superseded"),
    )  # fmt: skip
