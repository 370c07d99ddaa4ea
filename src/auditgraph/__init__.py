"""A knowledge-graph store of the audit reports of the United Nations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditgraph.api import load, open_store, query

__all__ = ["__version__", "load", "open_store", "query"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # The command line must start at once: what is heavy is imported when it is asked for.
    if name in ("load", "open_store", "query"):
        from auditgraph import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
