"""Make a store in a folder anew beside the old one, and let them change places when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditgraph.errors import StoreError, UsageError
from auditgraph.store.base import Store
from auditgraph.store.embedded import open_embedded
from auditgraph.store.place import MEMORY, store_place

__all__ = ["exchanged"]


@contextmanager
def exchanged(place: str | os.PathLike[str] | None = None) -> Iterator[Store]:
    """Give an empty store to fill; when the block ends well it stands at `place`, the former one beside it as `.old`.

    Raises UsageError where the place is no folder of ours, StoreError where somebody writes to it.
    """
    where = store_place(place)
    if where == MEMORY or where.startswith("sparql:"):
        raise UsageError(f"{where} is no folder", "Make one anew with --store FOLDER, then: auditgraph copy --to STORE")
    folder = Path(where)
    if folder.exists() and any(folder.iterdir()):
        if not (folder / "CURRENT").exists() and not (folder / "auditgraph.json").exists():
            raise UsageError(f"{folder} is not empty and holds no store", "Name another folder with --store")
        _nobody_writes(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".new", dir=folder.parent))
    old = folder.with_name(folder.name + ".old")
    try:
        with open_embedded(fresh, write=True) as store:
            yield store
            store.flush()
        if old.exists():
            shutil.rmtree(old)
        if folder.exists():
            folder.rename(old)
        fresh.chmod(0o755)
        fresh.rename(folder)
    except OSError as error:
        raise StoreError(f"{folder} can't be made anew: {error}", "Check the free space and the rights") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _nobody_writes(folder: Path) -> None:
    """Raise StoreError where another process holds the folder's lock; a store of another format is none's."""
    import pyoxigraph as ox

    try:
        ox.Store(folder)
    except OSError as error:
        if "lock" in str(error).casefold():
            raise StoreError(f"another auditgraph is writing to {folder}", "Wait until it is done") from error
