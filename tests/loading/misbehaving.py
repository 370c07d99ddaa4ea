"""Readers that misbehave on files named for it, and executors for `--executor`: workers import them from here."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from auditgraph.loading import Prepared
from auditgraph.loading import prepare as well

__all__ = ["Slow", "no_executor", "prepare", "slow", "threads"]


def prepare(path: str, sha256: str, base: str) -> Prepared:
    """Read a report, or do what its file's name says."""
    name = Path(path).stem
    if name == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if name == "exit":
        os._exit(3)
    if name == "hang":
        time.sleep(600)
    if name == "greedy":
        bytearray(2**33)
    if name == "raise":
        raise RuntimeError("a fault")
    return well(path, sha256, base)


def threads() -> Executor:
    """Return a plain executor of threads."""
    return ThreadPoolExecutor(2)


class Slow(ThreadPoolExecutor):
    """An executor that takes a moment for each file, so that there is time to interrupt."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call later."""

        def later() -> Any:
            time.sleep(0.1)
            return fn(*args, **kwargs)

        return super().submit(later)


def slow() -> Executor:
    """Return an executor that is slow."""
    return Slow(1)


def no_executor() -> str:
    """Return something else."""
    return "no executor"
