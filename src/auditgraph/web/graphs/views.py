"""The addresses of graphs: the page, its data, and what is fetched on a click."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auditgraph.errors import UsageError
from auditgraph.queries.named import named_queries
from auditgraph.viz.files import FORMATS
from auditgraph.viz.kinds import KINDS
from auditgraph.viz.merge import budgeted
from auditgraph.web.answering import failure
from auditgraph.web.errors import released
from auditgraph.web.graphs import making
from auditgraph.web.graphs.build import GROWN, Builder
from auditgraph.web.graphs.details import found_things, link_details, thing_details
from auditgraph.web.graphs.making import written
from auditgraph.web.graphs.near import near, ways
from auditgraph.web.graphs.payload import columns, write
from auditgraph.web.graphs.selection import LIMIT, MOST, Selection, parse
from auditgraph.web.pool import Busy, Failed

if TYPE_CHECKING:
    from auditgraph.web.site import Site

__all__ = ["Views"]

# Graphs that are made at the same time; the others wait so long, in seconds.
_AT_ONCE = 3
_PATIENCE = 20
# Large graphs are kept up to so many bytes.
_BYTES = 40_000_000
_Key: TypeAlias = tuple[str, Selection, str]


class Views:
    """The handlers of a site."""

    def __init__(self, site: Site) -> None:
        """Make nothing before it is asked for."""
        self._site = site
        self._builder = Builder(site)
        self._room = threading.BoundedSemaphore(_AT_ONCE)
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._making: dict[_Key, asyncio.Lock] = {}

    def routes(self) -> list[Route]:
        """Return the routes; `/graph` takes a form too, for queries that are too long for an address."""
        return [
            Route("/graph", self.page, methods=["GET", "POST"]),
            Route("/graph/data", self.data, methods=["GET", "POST"]),
            Route("/graph/thing", self.thing),
            Route("/graph/near", self.near),
            Route("/graph/link", self.link),
            Route("/graph/path", self.path),
            Route("/graph/find", self.find),
            Route("/graph/download/{form}", self.download, methods=["GET", "POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """Answer with the page; what it shows is fetched by its script from `/graph/data`."""
        asked = await self._asked(request)
        kinds = {kind.key: {"label": kind.label, "plural": kind.plural, "colour": kind.colour, "glyph": kind.glyph,
                            "rank": kind.rank} for kind in KINDS.values()}  # fmt: skip
        return self._site.page(request, "graphs/graph.html.j2", asked=asked, kinds=write(kinds).decode(),
                               most=MOST, limit=LIMIT, queries=list(named_queries().values()))  # fmt: skip

    async def data(self, request: Request) -> Response:
        """Answer with a graph: things, links, places."""
        asked = await self._asked(request)
        tag = self._tag()
        if known := self._known(request, tag):
            return known
        headers = {"Cache-Control": "no-store"} if asked.sparql else {"Cache-Control": "no-cache", "ETag": tag}
        return await self._made(request, asked, "data", "application/json", headers)

    async def thing(self, request: Request) -> Response:
        """Answer with what the reports say of a thing and how many neighbours it has."""
        iri = self._wanted(request, "iri")
        return await self._json(request, lambda: write(thing_details(self._builder.reports, self._site, iri)))

    async def near(self, request: Request) -> Response:
        """Answer with neighbours of a thing, all or of one kind, and how many there are."""
        iri, kind = self._wanted(request, "iri"), request.query_params.get("kind", "")

        def work() -> bytes:
            found = near(self._builder.reports, iri)
            picture = found.picture
            if kind:
                picture = picture.kept(t.iri for t in picture.things if t.kind == kind or t.iri == iri)
            some = budgeted(replace(picture, total=len(picture.things)), GROWN)
            # Their links to other things too: the page keeps those whose other end it shows.
            new = {thing.iri for thing in some.things}
            reports = self._builder.reports
            said = (link for graph in reports.speaking_of([iri])[: found.read] for link in reports.lean(graph)[1])
            ends = [link for link in said if link.source in new or link.target in new]
            outer = {(link.source, link.target, link.relation, link.label): link for link in ends}
            joined = [[*key, int(link.quiet)] for key, link in sorted(outer.items())]
            return write({**columns(some), "ends": joined, "total": picture.total, "counts": found.counts,
                          "reports": found.reports, "read": found.read})  # fmt: skip

        return await self._json(request, work)

    async def link(self, request: Request) -> Response:
        """Answer with the words that a link rests on."""
        source, target, kind = (self._wanted(request, name) for name in ("from", "to", "relation"))
        says = request.query_params.get("says", "")
        return await self._json(request, lambda: write(link_details(self._builder.reports, source, target, kind, says)))

    async def path(self, request: Request) -> Response:
        """Answer with the shortest ways between two things."""
        start, end = self._wanted(request, "from"), self._wanted(request, "to")

        def work() -> bytes:
            reports = self._builder.reports
            found = ways(reports, reports.find(start), reports.find(end))
            return write({**columns(found.picture), "paths": found.paths, "read": found.read, "whole": found.whole})

        return await self._json(request, work)

    async def find(self, request: Request) -> Response:
        """Answer with things of the whole store whose name holds some words."""
        words = self._wanted(request, "q")[:200]
        return await self._json(request, lambda: write(found_things(self._site, words)))

    async def download(self, request: Request) -> Response:
        """Answer with a graph as a file for other programs."""
        form = request.path_params["form"]
        if form not in FORMATS:
            raise HTTPException(404, f"graphs come as {', '.join(FORMATS)}")
        asked = await self._asked(request)

        headers = {"Content-Disposition": f'attachment; filename="auditgraph.{form}"'}
        return await self._made(request, asked, form, FORMATS[form], headers)

    async def _asked(self, request: Request) -> Selection:
        if request.method != "POST":
            return parse(request.query_params)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > self._site.config.body:
            raise HTTPException(413, f"a form may have {self._site.config.body:,} bytes")
        if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            raise HTTPException(415, "send a form: application/x-www-form-urlencoded")
        from urllib.parse import parse_qsl

        from starlette.datastructures import ImmutableMultiDict

        body = (await request.body()).decode("utf-8", "replace")
        return parse(ImmutableMultiDict([*request.query_params.multi_items(), *parse_qsl(body)]))

    def _wanted(self, request: Request, name: str) -> str:
        value = request.query_params.get(name, "").strip()
        if not value or len(value) > 2000:
            raise UsageError(f"{name}= is missing or too long")
        return value

    async def _made(
        self, request: Request, asked: Selection, form: str, media: str, headers: dict[str, str]
    ) -> Response:
        """Answer with a graph as a file; one of many reports is made in a process of its own and kept."""
        if asked.report or asked.around or asked.start or asked.sparql:
            data = await self._work(lambda: written(self._builder, asked, form))
            return Response(data, media_type=media, headers=headers)
        key = (self._builder.reports.version, asked, form)
        # Who asks for the same meanwhile waits for it.
        async with self._making.setdefault(key, asyncio.Lock()):
            if key not in self._kept:
                wanted = await run_in_threadpool(making.asked, self._site, asked, form)
                try:
                    self._kept[key] = await self._site.answers.whole(request, wanted)
                except Busy as busy:
                    raise HTTPException(503, str(busy), {"Retry-After": str(busy.after)}) from busy
                except Failed as failed:
                    return failure(failed)
                finally:
                    self._making.pop(key, None)
            self._kept.move_to_end(key)
        while len(self._kept) > 1 and sum(map(len, self._kept.values())) > _BYTES:
            self._kept.popitem(last=False)
        return Response(self._kept[key], media_type=media, headers=headers)

    def _tag(self) -> str:
        return f'"{self._builder.reports.version}"'

    def _known(self, request: Request, tag: str) -> Response | None:
        if request.method != "GET" or request.headers.get("if-none-match") != tag:
            return None
        return Response(None, 304, {"Cache-Control": "no-cache", "ETag": tag})

    async def _json(self, request: Request, work: Callable[[], bytes]) -> Response:
        tag = self._tag()
        if known := self._known(request, tag):
            return known
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        return Response(await self._work(work), media_type="application/json", headers=headers)

    async def _work(self, work: Callable[[], bytes]) -> bytes:
        def held() -> bytes:
            with self._place():
                return released(work)

        return await run_in_threadpool(held)

    @contextmanager
    def _place(self) -> Iterator[Any]:
        if not self._room.acquire(timeout=_PATIENCE):
            raise HTTPException(503, "many graphs are being made now; try again", {"Retry-After": "10"})
        try:
            yield
        finally:
            self._room.release()
