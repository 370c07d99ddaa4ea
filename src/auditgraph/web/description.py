"""The endpoint's description of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from auditgraph.ontology.namespaces import PREFIXES
from auditgraph.rdf import write_rdf
from auditgraph.web.answering import etag_of, unchanged
from auditgraph.web.media import content_type
from auditgraph.web.site import Site

__all__ = ["DESCRIPTIONS", "describe"]

DESCRIPTIONS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
            "N-Triples", "RDF_XML", "JSON-LD")  # fmt: skip


def describe(request: Request, site: Site, media: str) -> Response:
    """Answer with the description."""
    endpoint = _address(request)
    tag = etag_of(site.live, "description", endpoint, media)
    headers = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}
    if unchanged(request, tag):
        return Response(None, 304, headers)
    triples = list(_description(site, endpoint))
    out = io.BytesIO()
    write_rdf(triples, out, DESCRIPTIONS[media], {**PREFIXES, "sd": _SD, "void": _VOID})
    return Response(out.getvalue(), 200, headers, content_type(media))


def _address(request: Request) -> str:
    """Return the endpoint's own IRI; clients may send anything for a host."""
    said = str(request.url.replace(query="", fragment=""))
    try:
        return ox.NamedNode(said).value
    except ValueError:
        return "http://localhost/sparql"


def _description(site: Site, endpoint: str) -> Iterator[ox.Triple]:
    service, dataset, whole = (ox.NamedNode(endpoint + part) for part in ("#service", "#dataset", "#union"))

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    records = site.store.records()
    yield ox.Triple(service, _TYPE, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    yield ox.Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    for name in _RESULTS:
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), whole)
    for number in range(1, len(records) + 1):
        yield ox.Triple(dataset, sd("namedGraph"), ox.NamedNode(f"{endpoint}#graph-{number}"))
    yield ox.Triple(whole, _TYPE, sd("Graph"))
    total = sum(record.quads for record in records.values())
    yield ox.Triple(whole, ox.NamedNode(_VOID + "triples"), ox.Literal(str(total), datatype=_INTEGER))
    for number, graph in enumerate(records, 1):
        named = ox.NamedNode(f"{endpoint}#graph-{number}")
        yield ox.Triple(named, _TYPE, sd("NamedGraph"))
        yield ox.Triple(named, sd("name"), ox.NamedNode(graph))
