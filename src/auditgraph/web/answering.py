"""Send the answer of a reader: whole where it is small, else in pieces; from memory where it was asked before."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Mapping
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from auditgraph import __version__
from auditgraph.ontology.namespaces import PREFIXES
from auditgraph.queries.mistakes import excerpt, explain
from auditgraph.web.config import Config
from auditgraph.web.errors import plain
from auditgraph.web.live import LiveStore
from auditgraph.web.media import content_type
from auditgraph.web.pool import Busy, Failed, Pool

__all__ = ["Answers", "etag_of", "failure", "unchanged"]

T = TypeVar("T")
_LOG = logging.getLogger("auditgraph.web")
# An answer up to this size is sent whole, with its length, and an error found on the way still gets its status.
_WHOLE = 1 << 20
# An answer up to this size may be kept.
_KEPT = 1 << 18
# What keeping an answer takes beside its bytes.
_ENTRY = 400
_STATUS = {"query": 400, "rows": 400, "memory": 400, "missing": 404, "time": 503, "store": 503, "fault": 500}


def etag_of(live: LiveStore, *parts: str) -> str:
    """Return the tag of an answer: of what the store holds, and of what was asked in which form."""
    digest = hashlib.blake2b(
        "\x1f".join((live.version, __version__, *parts)).encode("utf-8", "replace"), digest_size=12
    )
    # Weak: the engine may give the same rows in another order.
    return f'W/"{digest.hexdigest()}"'


def unchanged(request: Request, tag: str) -> bool:
    """Tell whether a client has the answer already (RFC 9110, section 13.1.2)."""
    said = request.headers.get("if-none-match", "")
    if request.method not in ("GET", "HEAD") or not said:
        return False
    opaque = tag.removeprefix("W/")
    return said.strip() == "*" or opaque in (each.strip().removeprefix("W/") for each in said.split(","))


class Answers:
    """Answers of the pool as HTTP responses; small ones are kept as long as the store stays as it is."""

    def __init__(self, live: LiveStore, pool: Pool, config: Config) -> None:
        self._live = live
        self._pool = pool
        self._config = config
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    async def respond(
        self,
        request: Request,
        asked: dict[str, Any],
        media: str,
        headers: Mapping[str, str],
        tag: str | None,
        sparql: str = "",
    ) -> Response:
        """Answer a request of the reader. With a tag the answer may be kept. `sparql` is for telling mistakes."""
        content = content_type(media)
        if tag is not None and tag in self._kept:
            self._kept.move_to_end(tag)
            return Response(self._kept[tag], 200, headers, content)
        pieces = self._pool.answer(asked)
        try:
            held, more = await _while_connected(request, _first(pieces))
        except Busy as busy:
            return plain(503, str(busy), {"Retry-After": str(busy.after)})
        except Failed as failed:
            return failure(failed, sparql)
        if not more:
            if tag is not None and len(held) <= _KEPT:
                self._keep(tag, held)
            return Response(held, 200, headers, content)
        if request.method == "HEAD":
            await pieces.aclose()
            return _Stream(_nothing(), headers, content, self._config.stall)
        return _Stream(_rest(held, pieces), headers, content, self._config.stall)

    async def whole(self, request: Request, asked: dict[str, Any]) -> bytes:
        """Return an answer for a page; raises Busy or Failed."""

        async def joined() -> bytes:
            return b"".join([piece async for piece in self._pool.answer(asked)])

        return await _while_connected(request, joined())

    def _keep(self, tag: str, whole: bytes) -> None:
        if tag in self._kept:
            return
        self._kept[tag] = whole
        self._size += len(whole) + _ENTRY
        while self._size > self._config.cache:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped) + _ENTRY


async def _first(pieces: AsyncIterator[bytes]) -> tuple[bytes, bool]:
    """Return the beginning of an answer, and whether there is more."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        if len(held) > _WHOLE:
            return bytes(held), True
    return bytes(held), False


async def _rest(held: bytes, pieces: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    try:
        yield held
        async for piece in pieces:
            yield piece
    finally:
        await pieces.aclose()


async def _nothing() -> AsyncGenerator[bytes, None]:
    return
    yield b""


async def _while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Do work for a client; where it goes away, nobody needs the answer and the work ends. Raises Failed then."""
    doing, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise Failed("gone", "the client went away")
    finally:
        for task in (doing, gone):
            task.cancel()
        await asyncio.gather(doing, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Stream(StreamingResponse):
    """A long answer, given up where its reader takes nothing for too long; a broken one never looks whole."""

    def __init__(
        self, pieces: AsyncGenerator[bytes, None], headers: Mapping[str, str], media: str, stall: float
    ) -> None:
        super().__init__(pieces, 200, headers, media)
        self._pieces = pieces
        self._stall = stall

    async def stream_response(self, send: Any) -> None:
        """Send the pieces; an error on the way leaves the answer without its end, and the connection is closed."""

        async def patient(message: Any) -> None:
            await asyncio.wait_for(send(message), self._stall)

        try:
            await super().stream_response(patient)
        except (Failed, OSError) as error:
            _LOG.warning("an answer was broken off: %s", error or "its reader took no more of it")
        finally:
            await self._pieces.aclose()


def failure(failed: Failed, sparql: str = "") -> Response:
    """Return what a reader said in place of an answer; `sparql` is for telling mistakes."""
    message, more = failed.message, ""
    if failed.kind == "query" and message.startswith("error at "):
        line, column, what = explain(sparql, message, frozenset(PREFIXES))
        message = f"the query has a mistake in line {line}, column {column}: {what}"
        more = excerpt(sparql, line, column)
    elif failed.remedy:
        message = f"{message.rstrip('.')}. {failed.remedy}"
    status = _STATUS.get(failed.kind, 500)
    if status == 500:
        _LOG.error("a query was not answered: %s", failed.message)
    return plain(status, message, {"Retry-After": "10"} if status == 503 else None, more)
