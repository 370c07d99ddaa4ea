"""The store as it stands now: opened again when somebody loads reports beside the server."""

from __future__ import annotations

import hashlib
import os
import threading
import time

from auditgraph.store import MEMORY, Store, open_store

__all__ = ["LiveStore"]

# What the engine writes that changes nothing of what it holds.
_IDLE = ("LOG", "LOCK", "OPTIONS", "IDENTITY")
# How long a look at the folder is good for, in seconds.
_FRESH = 0.2


class LiveStore:
    """A store that follows its folder; `version` changes whenever what it holds may have changed."""

    def __init__(self, store: Store) -> None:
        """Follow the folder of a store; one in memory stays as it is."""
        self._store = store
        self._looked = 0.0
        self._lock = threading.Lock()
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
            if time.monotonic() - self._looked > _FRESH:
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
        seen = []
        with os.scandir(self.location) as entries:
            for entry in entries:
                if not entry.name.startswith(_IDLE):
                    try:
                        stat = entry.stat()
                    except FileNotFoundError:  # a writer cleaned up in this moment
                        continue
                    seen.append((entry.name, stat.st_size, stat.st_mtime_ns))
        return hashlib.blake2b(repr(sorted(seen)).encode(), digest_size=8).hexdigest()
