"""Where the store is: `--store`, AUDITGRAPH_STORE, or the user's data folder; a folder, or `sparql:URL`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from auditgraph.errors import StoreError

if TYPE_CHECKING:
    from auditgraph.store.base import Store

__all__ = ["MEMORY", "open_store", "store_place"]

MEMORY = "memory:"
_REMOTE = "sparql:"


def store_place(place: str | os.PathLike[str] | None = None) -> str:
    """Return `memory:`, `sparql:URL` or a folder: the one given, else AUDITGRAPH_STORE, else the user's folder."""
    said = os.fspath(place) if place else os.environ.get("AUDITGRAPH_STORE", "")
    if said == MEMORY:
        return MEMORY
    if said.startswith(_REMOTE):
        return said
    if "://" in said:
        raise StoreError(f"{said.rpartition('@')[2]} is a URL and no folder", "For a SPARQL server: sparql:URL")
    if said:
        return str(Path(said).expanduser().absolute())
    from platformdirs import user_data_path

    return str(user_data_path("auditgraph", appauthor=False) / "store")


def open_store(place: str | os.PathLike[str] | None = None, *, write: bool = False) -> Store:
    """Open the store at a place (see `store_place`); only a writer makes one that does not exist.

    Any number of readers may have a folder open, beside one writer. Raises StoreError.
    """
    from auditgraph.store.embedded import open_embedded, open_memory

    where = store_place(place)
    if where.startswith(_REMOTE):
        from auditgraph.store.remote import open_remote

        return open_remote(where, write=write)
    return open_memory() if where == MEMORY else open_embedded(Path(where), write=write)
