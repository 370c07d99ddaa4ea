"""Interactive graphs, served and growing on click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from auditgraph.web.site import Site

__all__ = ["routes"]


def routes(site: Site) -> Sequence[BaseRoute]:
    """Return the routes of this module."""
    from auditgraph.web.graphs.views import Views

    return Views(site).routes()
