"""Where the store is: `--store`, AUDITGRAPH_STORE, or the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from auditgraph.errors import StoreError

if TYPE_CHECKING:
    from auditgraph.store.base import Store

__all__ = ["MEMORY", "open_store", "store_place"]

MEMORY = "memory:"


def store_place(place: str | os.PathLike[str] | None = None) -> str:
    """Return `memory:` or the folder of the store: the one given, else AUDITGRAPH_STORE, else the default."""
    said = os.fspath(place) if place else os.environ.get("AUDITGRAPH_STORE", "")
    if said == MEMORY:
        return MEMORY
    if "://" in said:
        raise StoreError(f"{said} is a URL; this version of auditgraph keeps its store in a folder")
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
    return open_memory() if where == MEMORY else open_embedded(Path(where), write=write)
