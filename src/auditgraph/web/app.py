"""The app: routes of every module behind the same headers, errors and limits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute

from auditgraph.store import Store
from auditgraph.web import static
from auditgraph.web.config import Config
from auditgraph.web.errors import HANDLERS
from auditgraph.web.headers import Compressed, SecurityHeaders
from auditgraph.web.site import Site

__all__ = ["MODULES", "create_app"]

# Each has `routes(site) -> Sequence[BaseRoute]`; asked in this order, so that `pages`, which takes every other path
# as the IRI of a thing, comes last.
MODULES = (
    "auditgraph.web.protocol",
    "auditgraph.web.vocabulary",
    "auditgraph.web.catalogue",
    "auditgraph.web.graphs",
    "auditgraph.web.pages",
)


def create_app(store: Store, config: Config | None = None, modules: Sequence[str] = MODULES) -> Starlette:
    """Return the ASGI app that serves a store; `modules` are those whose routes it has."""
    site = Site(store, config or Config())
    routes: list[BaseRoute] = [*static.routes()]
    for name in modules:
        module: Any = import_module(name)
        routes.extend(module.routes(site))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for start in site.starting:
                await stack.enter_async_context(start())
            yield

    app = Starlette(
        routes=routes,
        middleware=_middleware(site.config),
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    app.state.site = site
    return app


def _middleware(config: Config) -> list[Middleware]:
    cors = Middleware(
        CORSMiddleware,
        allow_origins=[config.cors],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=["ETag", "Link", "Retry-After", "Content-Disposition", "Auditgraph-Partial"],
        max_age=86400,
    )
    return [Middleware(SecurityHeaders), *([cors] if config.cors else []), Middleware(Compressed, minimum_size=1000)]
