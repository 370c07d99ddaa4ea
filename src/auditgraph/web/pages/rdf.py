"""A thing as RDF: what is said of it, what points to it, and the claims and passages behind it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from urllib.parse import urlencode

import pyoxigraph as ox

from auditgraph.export import EXPORTS, export
from auditgraph.rdf import write_rdf
from auditgraph.store import Store

__all__ = ["ENDINGS", "MEDIA", "describe", "partial", "whole_graph", "written"]

# The media types of a thing's description, the first for who takes any of them.
MEDIA = {
    "text/turtle": "turtle",
    "application/ld+json": "jsonld",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/json": "jsonld",
}
# What may stand at the end of a thing's address instead of an Accept header.
ENDINGS = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}
# Rows of each part: up to here what is said of a thing is given whole; of one that thousands of reports name, in part.
# The answer then says so, and where the whole is: the endpoint streams it.
_MOST = 4000
# The thing leads in each, so that the time grows with what is said of it.
_PARTS = (
    "SELECT ?thing ?p ?o WHERE {{ GRAPH ?g {{ ?thing ?p ?o }} }} LIMIT {most}",
    "SELECT ?thing ?s ?p WHERE {{ GRAPH ?g {{ ?s ?p ?thing }} }} LIMIT {most}",
    "SELECT ?thing ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s rdf:subject ?thing . ?s ?p ?o }} }} LIMIT {most}",
    "SELECT ?thing ?s ?p ?o WHERE {{ GRAPH ?g {{ ?c rdf:subject ?thing . ?c ag:evidence ?s . ?s ?p ?o }} }} "
    "LIMIT {most}",
    "SELECT ?thing ?s ?p ?o WHERE {{ GRAPH ?g {{ ?thing ?q ?s . ?s ?p ?o . "
    "FILTER(?p IN (rdfs:label, skos:notation, ag:key)) }} }} LIMIT {most}",
)  # fmt: skip


def describe(store: Store, node: ox.NamedNode) -> tuple[list[ox.Triple], bool]:
    """Return the triples that describe a thing, in the order of their terms, and whether they are all there are."""
    found: set[ox.Triple] = set()
    whole = True
    for text in _PARTS:
        answer = store.query(text.format(most=_MOST), bind={"thing": node})
        assert isinstance(answer, ox.QuerySolutions)
        known = {variable.value for variable in answer.variables}
        rows = list(answer)
        whole &= len(rows) < _MOST
        for row in rows:
            subject = row["s"] if "s" in known else node
            term = row["o"] if "o" in known else node
            found.add(ox.Triple(subject, row["p"], term))
    return sorted(found, key=str), whole


def partial(node: ox.NamedNode) -> dict[str, str]:
    """Return the headers of an answer that is a part of what there is: that it is, and where the whole is."""
    query = f"CONSTRUCT {{ {node} ?p ?o . ?s ?q {node} }} WHERE {{ {{ {node} ?p ?o }} UNION {{ ?s ?q {node} }} }}"
    return {
        "Auditgraph-Partial": f"up to {_MOST} rows of each part of what the reports say of this; the link has all",
        "Link": f'</sparql?{urlencode({"query": query})}>; rel="alternate"; title="all statements on it"',
    }


def written(triples: Iterable[ox.Triple], form: str) -> bytes:
    """Return triples in a form: turtle, ntriples, rdfxml or jsonld."""
    out = io.BytesIO()
    write_rdf(triples, out, EXPORTS[form])
    return out.getvalue()


def whole_graph(store: Store, graph: str, form: str) -> bytes:
    """Return a report's graph in a form, the same bytes as `auditgraph export --report`."""
    out = io.BytesIO()
    export(store, out, form, graphs=[graph])
    return out.getvalue()
