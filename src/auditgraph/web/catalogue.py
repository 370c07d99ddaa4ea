"""The named queries over HTTP: `/queries`, and `/queries/NAME?report=2031/007` in any form, CSV first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from auditgraph.errors import UsageError
from auditgraph.queries.named import NamedQuery, closest, named_queries, named_query
from auditgraph.queries.words import known_word, words
from auditgraph.web.answering import etag_of, unchanged
from auditgraph.web.asking import Refused, parameters
from auditgraph.web.errors import refuse
from auditgraph.web.media import HTML, NAMES, ROWS, named_media
from auditgraph.web.negotiation import accepts, choose
from auditgraph.web.pool import Busy, Failed
from auditgraph.web.site import Site

__all__ = ["routes"]

# CSV is what the query contract fixes, so it comes first.
_OFFERS: Mapping[str, str] = {"text/csv": "csv", **ROWS}
_FORMAT = ("format", "output")
_VARY = {"Vary": "Accept", "Cache-Control": "no-cache"}
_DOWNLOADS = ("csv", "tsv", "json")
# A page shows so many rows; the file has all.
SHOWN = 500


async def _list(request: Request) -> Response:
    site: Site = request.app.state.site
    queries = list(named_queries().values())
    if accepts(request.headers.get("accept"), HTML):
        page = site.page(request, "queries.html.j2", queries=queries)
        page.headers.update(_VARY)
        return page
    items = [
        {"name": q.name, "title": q.title, "answers": q.answers, "columns": list(q.columns),
         "parameters": {"report": "only this report", **q.parameters}, "href": f"/queries/{q.name}"}
        for q in queries
    ]  # fmt: skip
    return JSONResponse(items, headers=_VARY)


async def _one(request: Request) -> Response:
    site: Site = request.app.state.site
    try:
        query = named_query(request.path_params["name"])
    except UsageError:
        near = closest(request.path_params["name"], named_queries())
        hint = f"Did you mean {' or '.join(near)}?" if near else "See /queries"
        return refuse(request, 404, f"there is no query of this name. {hint}", _VARY)
    try:
        said = _said(request, query)
        media = _media(request, said)
        asked, chosen = _asked(site, query, said)
    except Refused as refused:
        return refuse(request, refused.status, refused.message, refused.headers)
    except UsageError as error:
        return refuse(request, 404, str(error))
    tag = etag_of(site.live, "named", query.name, json.dumps(asked, sort_keys=True), media)
    headers = {**_VARY, "ETag": tag}
    if unchanged(request, tag):
        return Response(None, 304, headers)
    if media == HTML:
        return await _page(request, site, query, asked, chosen, headers)
    suffix = _OFFERS[media]
    if suffix in ("csv", "tsv") and any(name in said for name in _FORMAT):
        headers["Content-Disposition"] = f'attachment; filename="{query.name}.{suffix}"'
    return await site.answers.respond(request, {**asked, "form": suffix}, media, headers, tag)


def _said(request: Request, query: NamedQuery) -> dict[str, str]:
    said: dict[str, str] = {}
    able = ["report", *query.parameters]
    for name, value in parameters(request.scope.get("query_string", b""), "the address"):
        if name not in (*able, *_FORMAT):
            raise Refused(
                400, f"the query {query.name} has no parameter {name[:80]!r}; it has {', '.join(able)}, format"
            )
        if name in said:
            raise Refused(400, f"the parameter {name} is given twice")
        if value.strip():
            said[name] = value.strip()
    return said


def _media(request: Request, said: dict[str, str]) -> str:
    asked = next((said[name] for name in _FORMAT if name in said), None)
    accept = request.headers.get("accept")
    media = choose(accept, [*_OFFERS, HTML]) if asked is None else named_media(asked, _OFFERS)
    if media is None:
        able = ", ".join(name for name, (rows, _) in NAMES.items() if rows)
        raise Refused(406, f"this answer can be {', '.join(_OFFERS)}; or say format= one of {able}")
    return media


def _asked(site: Site, query: NamedQuery, said: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the request of the reader, and the parameters as the store spells them."""
    store = site.store
    chosen: dict[str, str] = {}
    graph = None
    if "report" in said:
        record = store.find(said["report"])
        if record is None:
            near = closest(said["report"], [each.key for each in store.records().values()])
            raise UsageError(
                f"no report {said['report'][:80]} is loaded", f"Did you mean {' or '.join(near)}?" if near else ""
            )
        graph, chosen["report"] = record.graph, record.key
    bind = {name: known_word(store, name, said[name]) for name in query.parameters if name in said}
    chosen.update(bind)
    return {"name": query.name, "bind": bind, "report": graph, "rows": site.config.rows}, chosen


async def _page(
    request: Request,
    site: Site,
    query: NamedQuery,
    asked: dict[str, Any],
    chosen: dict[str, str],
    headers: dict[str, str],
) -> Response:
    try:
        answer = json.loads(await site.answers.whole(request, {**asked, "form": "json"}))
    except Busy as busy:
        return refuse(request, 503, str(busy), {"Retry-After": str(busy.after)})
    except Failed as failed:
        return refuse(request, 503, f"{failed.message}. {failed.remedy}", {"Retry-After": "10"})
    rows = answer["results"]["bindings"]
    records = site.store.records().values()
    shown = [[row.get(name, {}).get("value", "") for name in query.columns] for row in rows[:SHOWN]]
    page = site.page(
        request, "query.html.j2",
        query=query, chosen=chosen, rows=shown, total=len(rows),
        reports={record.key: site.local(record.graph) for record in records},
        keys=[record.key for record in records],
        words={name: words(site.store, name) for name in query.parameters},
        download={form: f"/queries/{query.name}?{urlencode({**chosen, 'format': form})}" for form in _DOWNLOADS},
        editor=f"/sparql?{urlencode({'query': query.text})}",
    )  # fmt: skip
    page.headers.update(headers)
    return page


def routes(site: Site) -> list[BaseRoute]:
    """Return the routes of the named queries."""
    return [Route("/queries", _list, name="queries"), Route("/queries/{name}", _one, name="query")]
