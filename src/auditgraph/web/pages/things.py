"""Every IRI of the graph opens: as a page, or as RDF for who asks."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from auditgraph.ontology.namespaces import CODE, ONTOLOGY
from auditgraph.web.errors import refuse, released
from auditgraph.web.media import HTML, content_type
from auditgraph.web.negotiation import choose
from auditgraph.web.pages import parts, rdf, sharing, vocabulary
from auditgraph.web.pages.graph import ReportGraph
from auditgraph.web.pages.pages import Pages
from auditgraph.web.pages.search import suggestions
from auditgraph.web.pages.shared import read_thing

__all__ = ["routes"]


def routes(pages: Pages) -> list[BaseRoute]:
    """Return the route that takes every path."""

    def thing(request: Request) -> Response:
        return released(_Answer(pages, request).respond)

    return [Route("/{path:path}", thing, name="thing")]


class _Answer:
    """One request for a thing."""

    def __init__(self, pages: Pages, request: Request) -> None:
        self.pages, self.request = pages, request
        self.site = pages.site
        self.path: str = request.path_params["path"]
        self.media = ""
        for ending, media in rdf.ENDINGS.items():
            if self.path.endswith(ending):
                self.path, self.media = self.path.removesuffix(ending), media

    def respond(self) -> Response:
        accept = self.request.headers.get("accept")
        media = self.media or choose(accept, [HTML, *rdf.MEDIA, "application/xhtml+xml"])
        if media is None:
            return refuse(self.request, 406, "this address gives HTML, Turtle, JSON-LD, N-Triples and RDF/XML")
        known = self.pages.known(self.request, media if media in rdf.MEDIA else "html")
        if known is not None:
            return known
        node = self.site.node(self.path)
        if self.path.endswith("/") or node is None:
            return self._missing()
        if self.path == "ontology" or self.path.startswith("code/"):
            return self._vocabulary(node, media)
        graph = self.pages.graph(node.value)
        if graph is not None:
            if node.value not in graph:
                # Some words stand where the graph has no node, such as a heading: the words themselves open.
                passage = f"{graph.graph}/passage/{self.request.query_params.get('words', '')}"
                return self._part(passage, graph) if passage in graph else self._missing()
            return self._rdf(node, media, graph) if media in rdf.MEDIA else self._part(node.value, graph)
        if media in rdf.MEDIA:
            return self._rdf(node, media, None)
        found = read_thing(self.site.store, node)
        if found is None:
            return self._missing()
        template, context = sharing.page_of(self.pages, node, found, self.request)
        return self._page(template, **context)

    def _page(self, template: str, **context: Any) -> Response:
        return self.pages.answer(self.request, template, alternates=True, **context)

    def _part(self, iri: str, graph: ReportGraph) -> Response:
        template, context = parts.page_of(self.pages, iri, graph, self.request)
        return self._page(template, **context)

    def _rdf(self, node: ox.NamedNode, media: str, graph: ReportGraph | None) -> Response:
        tag = self.pages.tag(self.request, media)
        headers = {"Vary": "Accept", "Cache-Control": "no-cache", "ETag": tag,
                   "Link": self.pages.links("/" + self.path)}  # fmt: skip
        store, form = self.site.store, rdf.MEDIA[media]
        if graph is not None and node.value == graph.graph:
            return Response(rdf.whole_graph(store, graph.graph, form), 200, headers, content_type(media))
        triples, whole = rdf.describe(store, node)
        if not triples:
            return self._missing()
        if not whole:
            more = rdf.partial(node)
            headers |= {**more, "Link": f"{headers['Link']}, {more['Link']}"}
        return Response(rdf.written(triples, form), 200, headers, content_type(media))

    def _vocabulary(self, node: ox.NamedNode, media: str) -> Response:
        if node.value == ONTOLOGY:
            if media in rdf.MEDIA:
                triples = sorted((quad.triple for quad in ox.parse(vocabulary.ontology(), format=ox.RdfFormat.TURTLE)),
                                 key=str)  # fmt: skip
                return Response(rdf.written(triples, rdf.MEDIA[media]), 200, {"Vary": "Accept"}, content_type(media))
            return self._page("pages/ontology.html.j2", terms=sorted(vocabulary.terms().values(), key=lambda t: t.iri),
                              lists=[term for term in vocabulary.codes().values() if term.kind == "ConceptScheme"],
                              namespace=ONTOLOGY)  # fmt: skip
        if media in rdf.MEDIA:
            return self._rdf(node, media, None)
        code = vocabulary.codes().get(node.value)
        if code is None and read_thing(self.site.store, node) is None:
            return self._missing()
        inside = [term for term in vocabulary.codes().values() if term.scheme == node.value]
        scheme, _, word = node.value.removeprefix(str(CODE)).partition("/")
        word = code.notation if code else word.replace("-", " ")
        listed = {"status": "/recommendations?status=", "importance": "/recommendations?importance=",
                  "closing-reason": "/recommendations?reason=", "acceptance": "/recommendations?accepted=",
                  "rating": "/reports?rating=", "discrepancy": "/contradictions?kind="}.get(scheme, "")  # fmt: skip
        return self._page("pages/code.html.j2", code=code, word=word, scheme=scheme, inside=inside, iri=node.value,
                          listed=listed + word if listed and word else "")  # fmt: skip

    def _missing(self) -> Response:
        if HTML not in self.request.headers.get("accept", ""):
            return refuse(self.request, 404, "there is nothing at this address", {"Vary": "Accept"})
        near = suggestions(self.pages.catalogue, self.path)
        return self.pages.answer(self.request, "pages/missing.html.j2", 404, near=near, asked=self.path,
                                 behind=self.pages.catalogue.behind)  # fmt: skip
