"""The page at `/sparql` on which people write queries."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from auditgraph.web.site import Site

__all__ = ["editor"]


def editor(request: Request, site: Site) -> Response:
    """Answer with the editor; a query of the address stands in it."""
    query = request.query_params.get("query", "")
    page = site.page(request, "sparql.html.j2", query=query)
    page.headers.update({"Vary": "Accept", "Cache-Control": "no-cache"})
    return page
