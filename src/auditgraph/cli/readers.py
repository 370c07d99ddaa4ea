"""Who reads the files of a batch: processes of this machine, or somebody else's executor."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from auditgraph.errors import UsageError

__all__ = ["Readers"]


@dataclass(frozen=True, slots=True)
class Readers:
    """Where files are read: in `jobs` processes here, or in the executor of a function or of a Dask cluster."""

    jobs: int | None = None
    timeout: float | None = None
    memory: int | None = None
    executor: str | None = None
    dask: str | None = None

    @contextmanager
    def open(self, files: int) -> Iterator[Executor]:
        """Give an executor for so many files; what has not begun when the block is left is cancelled."""
        from auditgraph.workers import Workers

        pool = self._pool(files)
        try:
            yield pool
        finally:
            if isinstance(pool, Workers):
                pool.shutdown(cancel_futures=True)
            else:  # Dask's knows no other argument; what has not begun was cancelled one by one
                pool.shutdown(wait=True)

    def _pool(self, files: int) -> Executor:
        if self.dask:
            return _dask(self.dask)
        if self.executor:
            return _made(self.executor)
        from auditgraph.loading import local_executor
        from auditgraph.workers import MEMORY, SECONDS

        return local_executor(files, self.jobs, seconds=self.timeout or SECONDS, memory=self.memory or MEMORY)


def _made(name: str) -> Executor:
    """Return what a function `MODULE:FUNCTION` makes; the folder that the user is in is searched too."""
    from importlib import import_module

    module, _, function = name.partition(":")
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        made = getattr(import_module(module), function)()
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        raise UsageError(f"--executor {name}: {error}", "Name a function as MODULE:FUNCTION.") from error
    if not isinstance(made, Executor):
        raise UsageError(f"--executor {name} returns no concurrent.futures.Executor but a {type(made).__name__}")
    return made


def _dask(address: str) -> Executor:
    from importlib import import_module

    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise UsageError("--dask needs Dask", "Install it with: pip install 'auditgraph[dask]'") from error
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise UsageError(f"--dask {address}: no cluster answers there ({type(error).__name__})") from error
    executor: Executor = client.get_executor(pure=False)
    return executor
