"""Pages for people: every IRI of the graph opens, with search and plots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from auditgraph.web.site import Site

__all__ = ["routes"]


def routes(site: Site) -> Sequence[BaseRoute]:
    """Return the routes of this module; the last takes every other path as the IRI of a thing."""
    from auditgraph.web.pages import lists, search, start
    from auditgraph.web.pages.pages import Pages
    from auditgraph.web.pages.things import routes as thing_routes

    pages = Pages(site)
    site.starting.append(pages.following)
    return [*start.routes(pages), *search.routes(pages), *lists.routes(pages), *thing_routes(pages)]
