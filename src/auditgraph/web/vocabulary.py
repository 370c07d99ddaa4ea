"""The words that the editor completes: classes, properties and codes, from the ontology's own files."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from auditgraph.ontology.namespaces import AG, OWL, PREFIXES, RDF, RDFS, SH, SKOS
from auditgraph.rdf import compact
from auditgraph.web.answering import etag_of, unchanged
from auditgraph.web.site import Site

__all__ = ["routes", "terms"]

_KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    SKOS.Concept: "code",
}


@cache
def terms() -> tuple[dict[str, str], ...]:
    """Return each term with its `name` (with prefix), `iri`, `kind` and `info`, sorted.

    >>> next(term["kind"] for term in terms() if term["name"] == "ag:Recommendation")
    'class'
    """
    store = ox.Store()
    for name in ("auditgraph.ttl", "codes.ttl", "shapes.ttl"):
        store.load(files("auditgraph.ontology").joinpath(name).read_bytes(), format=ox.RdfFormat.TURTLE)
    found: dict[str, dict[str, str]] = {}
    for kind, said in _KINDS.items():
        for quad in store.quads_for_pattern(None, RDF.type, kind):
            _add(found, store, quad.subject, said)
    # Of other vocabularies, what the rules for graphs speak of.
    for predicate, said in ((SH.path, "property"), (SH.targetClass, "class"), (SH["class"], "class")):
        for quad in store.quads_for_pattern(None, predicate, None):
            _add(found, store, quad.object, said)
    for node, said in ((RDF.type, "property"), (RDFS.label, "property")):
        _add(found, store, node, said)
    return tuple(found[name] for name in sorted(found, key=str.casefold))


def _add(found: dict[str, dict[str, str]], store: ox.Store, term: object, kind: str) -> None:
    if not isinstance(term, ox.NamedNode):
        return
    name = compact(term.value)
    if name == term.value and not term.value.startswith(str(AG)):
        return
    # A slash has to be escaped in a prefixed name of SPARQL.
    name = name.replace("/", "\\/")
    info = ""
    for predicate in (SKOS.definition, RDFS.comment, SKOS.prefLabel, RDFS.label):
        values = [
            q.object.value for q in store.quads_for_pattern(term, predicate, None) if isinstance(q.object, ox.Literal)
        ]
        if values:
            info = " ".join(min(values).split())
            break
    found.setdefault(name, {"name": name, "iri": term.value, "kind": kind, "info": info})


async def _terms(request: Request) -> Response:
    site: Site = request.app.state.site
    tag = etag_of(site.live, "terms")
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if unchanged(request, tag):
        return Response(None, 304, headers)
    return JSONResponse({"prefixes": PREFIXES, "terms": list(terms())}, headers=headers)


def routes(site: Site) -> list[BaseRoute]:
    """Return the route of the terms."""
    return [Route("/sparql/terms.json", _terms, name="terms")]
