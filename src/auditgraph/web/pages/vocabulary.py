"""What the terms of the graph are called: our ontology and code lists, and the few terms of others that we use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from auditgraph.ontology.namespaces import ONTOLOGY
from auditgraph.web.pages.graph import short

__all__ = ["Term", "codes", "label", "ontology", "terms"]

_OTHERS = {
    "rdf:type": "kind", "rdfs:label": "name", "rdfs:seeAlso": "public address", "rdf:value": "amount",
    "rdf:subject": "subject", "rdf:predicate": "predicate", "rdf:object": "object", "skos:altLabel": "also called",
    "skos:notation": "code", "dcterms:title": "title", "dcterms:issued": "issued", "dcterms:isPartOf": "part of",
    "dcterms:format": "format", "org:subOrganizationOf": "part of", "org:postIn": "post in",
    "org:reportsTo": "reports to",
    "oa:exact": "words", "oa:start": "from character", "oa:end": "to character", "org:Organization": "organisation",
    "org:OrganizationalUnit": "organisation", "org:Post": "post", "foaf:Person": "person",
    "dcterms:Location": "location",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or code: its IRI, label, definition, and what it stands under."""

    iri: str
    label: str
    definition: str
    kind: str
    scheme: str = ""
    notation: str = ""


@cache
def _read(name: str) -> dict[str, dict[str, list[str]]]:
    data = files("auditgraph.ontology").joinpath(name).read_bytes()
    found: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found.setdefault(quad.subject.value, {}).setdefault(short(quad.predicate.value), []).append(
                quad.object.value
            )
    return found


def _terms(name: str) -> dict[str, Term]:
    def one(said: dict[str, list[str]], predicate: str) -> str:
        return next(iter(said.get(predicate, ())), "")

    return {
        iri: Term(iri, one(said, "rdfs:label") or one(said, "skos:prefLabel") or one(said, "dcterms:title"),
                  one(said, "skos:definition"), short(one(said, "rdf:type")).partition(":")[2],
                  one(said, "skos:inScheme"),
                  one(said, "skos:notation"))
        for iri, said in _read(name).items()
    }  # fmt: skip


@cache
def terms() -> dict[str, Term]:
    """Return the terms of the ontology, by IRI."""
    return {iri: term for iri, term in _terms("auditgraph.ttl").items() if iri.startswith(ONTOLOGY + "#")}


@cache
def codes() -> dict[str, Term]:
    """Return the codes and their lists, by IRI."""
    return _terms("codes.ttl")


def ontology() -> bytes:
    """Return the ontology as it is written, in Turtle."""
    return files("auditgraph.ontology").joinpath("auditgraph.ttl").read_bytes()


@cache
def label(name: str) -> str:
    """Return what people call a term, from its short name; the name itself, its words parted, where nobody says.

    >>> label("ag:AuditReport"), label("org:postIn"), label("ag:firstParagraph")
    ('audit report', 'post in', 'first paragraph')
    """
    if name in _OTHERS:
        return _OTHERS[name]
    prefix, _, local = name.partition(":")
    if prefix == "ag" and (term := terms().get(f"{ONTOLOGY}#{local}")) and term.label:
        return term.label
    tail = local.rpartition("/")[2].rpartition("#")[2] or name
    return "".join(f" {c.lower()}" if c.isupper() else c for c in tail).strip()
