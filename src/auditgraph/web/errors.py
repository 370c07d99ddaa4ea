"""Errors over HTTP: one plain line, or a page for people; never a traceback."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from auditgraph.errors import AuditgraphError, StoreError, UsageError
from auditgraph.web.headers import HEADERS

__all__ = ["HANDLERS", "plain", "refuse", "released"]

T = TypeVar("T")
_SAYS = {
    400: "this request is not understood",
    404: "there is nothing at this address",
    405: "this address does not take that method",
    500: "something went wrong in the server; it is written to its log",
}
_LOG = logging.getLogger("auditgraph.web")


def released(work: Callable[[], T]) -> T:
    """Do work of a thread; its error leaves without the engine's answers, which must end where they began."""
    try:
        return work()
    except Exception as error:
        held: BaseException | None = error
        while held is not None:
            traceback.clear_frames(held.__traceback__)
            held = held.__cause__ or held.__context__
        raise


def plain(status: int, message: str, headers: dict[str, str] | None = None, more: str = "") -> Response:
    """Return an error as plain text: one line, and lines that show the place."""
    line = " ".join(message.split())
    text = f"{line}\n{more.rstrip()}\n" if more else f"{line}\n"
    return Response(text, status, {"Cache-Control": "no-store", **(headers or {})}, "text/plain; charset=utf-8")


def refuse(request: Request, status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    """Return an error in the form that its reader can use: a page for a browser, else plain text."""
    if "text/html" in request.headers.get("accept", "") and request.method in ("GET", "HEAD"):
        page: Response = request.app.state.site.page(request, "error.html.j2", status, code=status, message=message)
        page.headers.update({"Cache-Control": "no-store", **(headers or {})})
        return page
    return plain(status, message, headers)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    message = error.detail if error.detail != phrase else _SAYS.get(error.status_code, phrase)
    return refuse(request, error.status_code, message, dict(error.headers or {}))


async def _own(request: Request, error: Exception) -> Response:
    assert isinstance(error, AuditgraphError)
    status = 404 if isinstance(error, UsageError) else 503 if isinstance(error, StoreError) else 400
    return refuse(request, status, str(error), {"Retry-After": "5"} if status == 503 else None)


async def _fault(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    # This answer passes outside of the middleware.
    return plain(500, _SAYS[500], HEADERS)


HANDLERS: Any = {HTTPException: _http, AuditgraphError: _own, Exception: _fault}
