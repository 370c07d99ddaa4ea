"""The SPARQL 1.1 endpoint at `/sparql`: the Protocol's query operation, and nothing that writes."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from auditgraph.errors import QueryError
from auditgraph.queries.safety import check, tokens
from auditgraph.web.answering import etag_of, unchanged
from auditgraph.web.asking import Asked, Refused, read_operation
from auditgraph.web.description import DESCRIPTIONS, describe
from auditgraph.web.editor import editor
from auditgraph.web.errors import plain
from auditgraph.web.media import GRAPHS, HTML, NAMES, ROWS, form_of, named_media
from auditgraph.web.negotiation import choose
from auditgraph.web.site import Site

__all__ = ["routes"]

_METHODS = "GET, HEAD, POST, OPTIONS"
# The same question has another answer each time.
_FICKLE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_VARY = {"Vary": "Accept", "Cache-Control": "no-cache"}


async def _endpoint(request: Request) -> Response:
    site: Site = request.app.state.site
    if request.method == "OPTIONS":
        return Response(None, 204, {"Allow": _METHODS})
    if request.method not in ("GET", "HEAD", "POST"):
        return plain(405, f"the endpoint takes GET and POST, not {request.method}", {"Allow": _METHODS})
    try:
        asked = await read_operation(request, site.config.body)
        if asked.query is None:
            return _without_query(request, site, asked)
        return await _with_query(request, site, asked, asked.query)
    except Refused as refused:
        return plain(refused.status, refused.message, refused.headers)


def _without_query(request: Request, site: Site, asked: Asked) -> Response:
    if request.method == "POST":
        raise Refused(400, "there is no parameter query")
    accept = request.headers.get("accept")
    if asked.format is not None:
        media = named_media(asked.format, DESCRIPTIONS)
    else:
        media = choose(accept, [*DESCRIPTIONS, HTML])
    if media == HTML:
        return editor(request, site)
    if media is None:
        raise Refused(400, "there is no parameter query; without one, the endpoint describes itself in RDF")
    return describe(request, site, media)


async def _with_query(request: Request, site: Site, asked: Asked, query: str) -> Response:
    form = form_of(query)
    offers = GRAPHS if form in ("CONSTRUCT", "DESCRIBE") else ROWS
    media = _media(request, asked, offers)
    if media == HTML:
        return editor(request, site)
    try:
        check(query)
    except QueryError as error:
        raise Refused(400, str(error)) from error
    tag = None if _fickle(query) else etag_of(site.live, asked.key, media)
    headers = dict(_VARY) if tag is None else {**_VARY, "ETag": tag}
    if tag is not None and unchanged(request, tag):
        return Response(None, 304, headers)
    return await site.answers.respond(
        request,
        {"query": query, "default": asked.default, "graphs": asked.named, "form": offers[media],
         "rows": site.config.rows},
        media, headers, tag, query,
    )  # fmt: skip


def _media(request: Request, asked: Asked, offers: Mapping[str, str]) -> str:
    accept = request.headers.get("accept")
    if asked.format is not None:
        media = named_media(asked.format, offers)
        if media is not None:
            return media
        if asked.format.strip().lower() not in NAMES and "/" not in asked.format:
            raise Refused(406, f"there is no format {asked.format[:80]!r}; known are {', '.join(NAMES)}")
        # A format of the other kind of answer: clients that know no form of queries send one for all.
    html = [HTML] if request.method in ("GET", "HEAD") else []
    media = choose(accept, [*offers, *html])
    if media is None:
        raise Refused(406, f"this answer can be {', '.join(offers)}; Accept takes none of them")
    return media


def _fickle(query: str) -> bool:
    return any(token.lastgroup == "word" and token[0].upper() in _FICKLE for token in tokens(query))


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the endpoint."""
    return [Route("/sparql", _endpoint, methods=["GET", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"], name="sparql")]
