"""What lists, plots, search and graphs read: tables and a full-text index made from the store, kept in step with it."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
import tempfile
import threading
from pathlib import Path
from typing import Any

from auditgraph.store import MEMORY, Store
from auditgraph.web.live import LiveStore
from auditgraph.web.pages.indexing import fill
from auditgraph.web.pages.tables import Tables, prepare, remove

__all__ = ["Catalogue"]

_LOG = logging.getLogger("auditgraph.web")


class Catalogue(Tables):
    """The tables of one store; any thread may ask, one thread at a time brings them up to date."""

    def __init__(self, live: LiveStore) -> None:
        """Use the file that belongs to the store's place; a store in memory gets one that goes with the process."""
        self._live = live
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._version = ""
        self._failed = ""
        self.done = self.total = 0
        self._folder: Any = None
        super().__init__(self._choose())

    @property
    def state(self) -> str:
        """Return some text that changes whenever what the tables hold may have changed."""
        return f"{self._version}:{self.done}"

    @property
    def behind(self) -> bool:
        """Tell whether the store holds something that the tables do not hold yet."""
        return self._version != self._live.version

    def ensure(self, wait: float = 1.5) -> None:
        """Begin to bring the tables up to date where they are not, and wait a little for it."""
        version = self._live.version
        if self._version == version or self._failed == version:
            return
        with self._lock:
            fresh = self._worker is None or not self._worker.is_alive()
            if fresh:
                self._worker = threading.Thread(target=self._follow, name="catalogue", daemon=True)
                self._worker.start()
            worker = self._worker
        # Only who finds it out waits: a long first indexing must not hold up every page.
        if fresh and wait and worker is not None:
            worker.join(wait)

    def _follow(self) -> None:
        version = self._live.version
        try:
            self.update(self._live.store, version)
        except sqlite3.DatabaseError as error:
            _LOG.warning("the index at %s is made anew: %s", self.path, error)
            self._failed = version
            self._discard()
        except Exception as error:
            _LOG.error("the index can't be brought up to date", exc_info=error)
            self._failed = version

    def update(self, store: Store, version: str) -> None:
        """Take in what is new in the store, and drop what is gone from it."""

        def tell(done: int, total: int) -> None:
            self.done, self.total = done, total

        fill(self.path, store, tell)
        self._version = version

    def _choose(self) -> Path:
        if self._live.location != MEMORY:
            from platformdirs import user_cache_path

            name = hashlib.blake2b(str(Path(self._live.location).resolve()).encode(), digest_size=8).hexdigest()
            path = user_cache_path("auditgraph", appauthor=False) / "index" / f"{name}.sqlite"
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                prepare(path)
                return path
            except (OSError, sqlite3.Error) as error:
                _LOG.warning("the index is kept for this run only, %s can't be written: %s", path, error)
        self._folder = tempfile.TemporaryDirectory(prefix="auditgraph-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / "index.sqlite"
        prepare(path)
        return path

    def _discard(self) -> None:
        with contextlib.suppress(OSError, sqlite3.Error):
            remove(self.path)
            prepare(self.path)
            self.forget()
            self._failed = ""
