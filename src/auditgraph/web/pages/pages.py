"""What all pages share: the catalogue, the reports read lately, names of things, and how a page is answered."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import AsyncIterator, Iterable
from typing import Any
from urllib.parse import urlencode

import anyio.to_thread
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from auditgraph.viz.picture import place_label
from auditgraph.web.answering import etag_of, unchanged
from auditgraph.web.pages.catalogue import Catalogue
from auditgraph.web.pages.dates import readable, span
from auditgraph.web.pages.graph import Graphs, Quote, ReportGraph, titled
from auditgraph.web.pages.marking import clean, coded, excerpt, mark
from auditgraph.web.pages.rdf import ENDINGS
from auditgraph.web.site import Site

__all__ = ["Pages", "address", "grouped", "page_number", "today"]

_REPORT = re.compile(r"(?:report|follow-up)/[^/]+")
_VARY = {"Vary": "Accept", "Cache-Control": "no-cache"}


def today() -> str:
    """Return today's date; what is due is measured against it."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def address(path: str, query: dict[str, str]) -> str:
    """Return an address with the parameters that have a value.

    >>> address("/recommendations", {"status": "open", "due": ""})
    '/recommendations?status=open'
    """
    said = urlencode({key: value for key, value in query.items() if value})
    return f"{path}?{said}" if said else path


def page_number(request: Request, most: int) -> int:
    """Return which page of a list a request asks for, from 1 to `most`; the first where it says nothing of sense."""
    said = request.query_params.get("page", "1")
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 1
    return max(1, min(number, most))


class Pages:
    """The state of the pages of a site."""

    def __init__(self, site: Site) -> None:
        """Make the filters of the templates; the catalogue is opened when it is first needed."""
        self.site = site
        self._graphs = Graphs()
        site.templates.filters.update(
            day=readable,
            number=grouped,
            place=place_label,
            quote_address=self.quote_address,
            mark=mark,
            excerpt=excerpt,
            coded=coded,
        )
        site.templates.globals.update(span=span, address=address, kind_words=KIND_WORDS)

    @property
    def catalogue(self) -> Catalogue:
        """Return the catalogue, brought up to date where that is quick."""
        catalogue = self.site.catalogue
        catalogue.ensure()
        return catalogue

    @contextlib.asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Begin to fill the catalogue when the server starts, without waiting for it."""
        await anyio.to_thread.run_sync(lambda: self.site.catalogue.ensure(wait=0))
        yield

    def graph(self, iri: str) -> ReportGraph | None:
        """Return the graph of the report, or later document, that a thing is part of; None where it is part of none."""
        path = iri.removeprefix(self.site.base)
        match = _REPORT.match(path)
        if match is None:
            return None
        return self._graphs.get(self.site.store, self.site.live.version, self.site.base + match[0])

    def names(self, wanted: Iterable[str]) -> dict[str, str]:
        """Return what people call shared things and reports, by IRI; the last part of the IRI where nobody says."""
        asked = list(dict.fromkeys(wanted))
        found = {iri: iri.rpartition("/")[2].replace("-", " ") for iri in asked}
        for start in range(0, len(asked), 500):
            some = asked[start : start + 500]
            marks = ",".join("?" * len(some))
            for row in self.catalogue.rows(f"SELECT iri, kind, label, acronym FROM thing WHERE iri IN ({marks})", some):
                found[row["iri"]] = row["acronym"] if row["kind"] == "report" else titled(row["label"], row["acronym"])
        return found

    def quote_address(self, quote: Quote) -> str:
        """Return the address that shows words in their place, marked."""
        return f"{self.site.local(quote.where)}?words={quote.span}#quote"

    def answer(
        self, request: Request, template: str, status: int = 200, alternates: bool = False, **context: Any
    ) -> Response:
        """Answer with a page."""
        headers = {**_VARY, "ETag": self.tag(request, "html")}
        if alternates:
            headers["Link"] = self.links(request.url.path)
        context.setdefault("alternates", ENDINGS if alternates else {})
        page = self.site.page(request, template, status, **context)
        page.body = clean(bytes(page.body).decode("utf-8")).encode("utf-8")
        page.headers["Content-Length"] = str(len(page.body))
        page.headers.update(headers if status == 200 else {"Cache-Control": "no-store", "Vary": "Accept"})
        return page

    def known(self, request: Request, form: str = "html") -> Response | None:
        """Return 304 where the client has the answer; asked before any work is done for it."""
        tag = self.tag(request, form)
        return Response(None, 304, {**_VARY, "ETag": tag}) if unchanged(request, tag) else None

    def tag(self, request: Request, form: str) -> str:
        """Return the tag of an answer: it changes with the store, the catalogue, the question and the day."""
        return etag_of(self.site.live, self.catalogue.state, request.url.path, request.url.query, form, today())

    def links(self, path: str) -> str:
        """Return the Link header that names the other forms of a thing."""
        here = self.site.local(self.site.iri(path))
        return ", ".join(f'<{here}{ending}>; rel="alternate"; type="{media}"' for ending, media in ENDINGS.items())


def grouped(number: object) -> str | Markup:
    """Group the digits of a plain number.

    >>> grouped("1210000"), grouped(-5), grouped("0.5"), grouped("n/a")
    ('1,210,000', '-5', '0.5', 'n/a')
    """
    said = str(number)
    whole, point, rest = said.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isascii() and whole.isdecimal() and len(whole) < 40 else said


# How a page calls one thing of a kind and several, and where they are listed.
KIND_WORDS = {
    "report": ("report", "Reports", "/reports"),
    "recommendation": ("recommendation", "Recommendations", "/recommendations"),
    "organisation": ("organisation", "Organisations", "/organisations"),
    "post": ("post", "Posts", "/posts"),
    "person": ("person", "People", "/people"),
    "resolution": ("resolution", "Resolutions", "/resolutions"),
    "instrument": ("rule or standard", "Rules and standards", "/instruments"),
    "location": ("location", "Locations", "/locations"),
    "system": ("system", "Systems", "/systems"),
    "finding": ("finding", "Findings", ""),
    "paragraph": ("paragraph", "Paragraphs", ""),
    "response": ("response", "Responses", ""),
}
