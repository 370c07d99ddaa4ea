"""What every module of the site shares: the store, templates, static files and addresses."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox
from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from auditgraph.iris import DEFAULT_BASE
from auditgraph.store import Store
from auditgraph.web.answering import Answers
from auditgraph.web.config import Config
from auditgraph.web.live import LiveStore
from auditgraph.web.pool import Pool
from auditgraph.web.static import read, static_url

if TYPE_CHECKING:
    from auditgraph.web.pages.catalogue import Catalogue
    from auditgraph.web.pages.tables import Tables

__all__ = ["Site"]

# What the path of an address may hold as it is, beside letters and digits (RFC 3986, section 3.3).
_SAFE = "/:@!$&'()*+,;=~-._"


class Site:
    """The server's state, one for each app: `request.app.state.site`."""

    def __init__(self, store: Store, config: Config, tables: tuple[Tables, bool] | None = None) -> None:
        """Serve a store within the limits of `config`; a reader process is handed the `tables` of its server."""
        self.live = LiveStore(store)
        self.config = config
        self.pool = Pool(self.live, config)
        self.answers = Answers(self.live, self.pool, config)
        # What must run while the server runs; modules add to it in `routes(site)`.
        self.starting: list[Callable[[], AbstractAsyncContextManager[object]]] = [self.pool.running]
        self._tables = tables
        self._catalogue: Catalogue | None = None
        self._opening = threading.Lock()
        self.templates = Environment(
            autoescape=True,
            undefined=StrictUndefined,
            loader=FunctionLoader(_template),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.globals.update(static=static_url, local=self.local, sections=SECTIONS)

    @property
    def store(self) -> Store:
        """Return the store as it stands now."""
        return self.live.store

    @property
    def catalogue(self) -> Catalogue:
        """Return the tables and the full-text index of the store, opened when they are first needed."""
        from auditgraph.web.pages.catalogue import Catalogue

        with self._opening:
            if self._catalogue is None:
                self._catalogue = Catalogue(self.live)
        return self._catalogue

    @property
    def tables(self) -> tuple[Tables, bool]:
        """Return the tables, and whether they hold just what the store does; if not, they are brought up to date."""
        if self._tables is not None:
            return self._tables
        self.catalogue.ensure(wait=0)
        return self.catalogue, not self.catalogue.behind

    @cached_property
    def base(self) -> str:
        """Return the base IRI of the store's things: the one its reports were loaded with, else the default."""
        bases = [record.base for record in self.store.records().values() if record.base]
        return max(sorted(set(bases)), key=bases.count) if bases else DEFAULT_BASE

    def local(self, iri: str) -> str:
        """Return where this server shows a thing: a path below `/`; other sites' IRIs stay as they are.

        What is neither ours nor an address of the web gives the empty string: it must not become a link.
        """
        for base in (self.base, DEFAULT_BASE):
            if iri.startswith(base):
                path, mark, fragment = iri[len(base) :].partition("#")
                return "/" + quote(path, safe=_SAFE).lstrip("/") + mark + quote(fragment, safe=_SAFE)
        return iri if iri.startswith(("https://", "http://")) else ""

    def iri(self, path: str) -> str:
        """Return the IRI that a path of this server stands for; codes and terms are below the default base."""
        path = path.removeprefix("/")
        base = DEFAULT_BASE if path.startswith(("code/", "ontology")) else self.base
        return base + path

    def node(self, path: str) -> ox.NamedNode | None:
        """Return the term that a path stands for; None where it can't be an IRI."""
        try:
            return ox.NamedNode(self.iri(path))
        except ValueError:
            return None

    def page(self, request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
        """Answer with a template: `name.html.j2` of web/templates, or `pages/name.html.j2` of web/pages/templates."""
        template = self.templates.get_template(name)
        return HTMLResponse(template.render(path=request.url.path, **context), status)


# The sections of the site, as the head of every page links them.
SECTIONS = (
    ("/", "Start"),
    ("/reports", "Reports"),
    ("/graph", "Graph"),
    ("/queries", "Queries"),
    ("/sparql", "SPARQL"),
)


def _template(name: str) -> str | None:
    found = read("templates", name)
    return found.decode("utf-8") if found is not None else None
