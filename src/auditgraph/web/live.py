"""The store as it stands now: opened again when somebody loads reports beside the server."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time

from auditgraph.errors import StoreError
from auditgraph.store import MEMORY, Store, open_store

__all__ = ["LiveStore"]

# What the engine writes that changes nothing of what it holds.
_IDLE = ("LOG", "LOCK", "OPTIONS", "IDENTITY")
# How long a look is good for, in seconds: at a folder, and at a server that has to be asked.
_FRESH = 0.2
_FRESH_REMOTE = 10.0


class LiveStore:
    """A store that follows its folder; `version` changes whenever what it holds may have changed."""

    def __init__(self, store: Store) -> None:
        """Follow the folder of a store; one in memory stays as it is."""
        self._store = store
        self._looked = 0.0
        self._lock = threading.Lock()
        self._remote = ":" in store.location and not os.path.isdir(store.location) and store.location != MEMORY
        self._version = ""
        self._version = self._look()
        self._opened = self._version

    @property
    def location(self) -> str:
        """Say where the store is."""
        return self._store.location

    @property
    def version(self) -> str:
        """Return some hexadecimal digits that stand for what the store holds now."""
        with self._lock:
            if time.monotonic() - self._looked > (_FRESH_REMOTE if self._remote else _FRESH):
                self._version = self._look()
        return self._version

    @property
    def store(self) -> Store:
        """Return the store, opened again if it changed. Raises StoreError."""
        version = self.version
        with self._lock:
            if version != self._opened:
                self._store = open_store(self.location)
                self._opened = version
            return self._store

    def _look(self) -> str:
        self._looked = time.monotonic()
        if self.location == MEMORY:
            return f"{id(self._store):x}"
        try:
            seen = self._records() if self._remote else self._files()
        except (OSError, StoreError):  # away for a moment: a server that starts again, a store that is exchanged
            return self._version
        return hashlib.blake2b(repr(sorted(seen)).encode(), digest_size=8).hexdigest()

    def _records(self) -> list[tuple[str, str, str]]:
        return [(record.graph, record.sha256, record.loaded) for record in self._store.records().values()]

    def _files(self) -> list[tuple[str, int, int]]:
        seen = []
        with os.scandir(self.location) as entries:
            for entry in entries:
                if not entry.name.startswith(_IDLE):
                    with contextlib.suppress(FileNotFoundError):  # a writer cleaned up in this moment
                        stat = entry.stat()
                        seen.append((entry.name, stat.st_size, stat.st_mtime_ns))
        return seen
