"""A pool of processes of which each reads one file at a time: bounded, and never ended by one bad file."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

__all__ = ["MEMORY", "SECONDS", "OutOfTime", "WorkerDied", "Workers", "cores"]

# For one file; the largest of thousands of real reports needs a hundredth of either.
SECONDS = 120.0
MEMORY = 2048  # MB of address space
# Reading makes many objects and hardly a circle of them: to look for circles as often as usual takes a tenth of it.
_COLLECT = (100_000, 20, 20)

# Forking a process that has threads (a progress bar, the store's own) can hang; a spawned one starts clean.
_SPAWN = multiprocessing.get_context("spawn")
_P = ParamSpec("_P")
_T = TypeVar("_T")


class WorkerDied(Exception):
    """The process that worked on a call ended without an answer."""


class OutOfTime(Exception):
    """A call took longer than allowed, and its process was ended."""


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers(Executor):
    """An executor whose calls run in processes of their own, one after the other in each.

    A call that brings its process down raises WorkerDied, one that takes more than `seconds` OutOfTime, and one that
    needs more than `memory` MB MemoryError (where the system can limit that); the other calls never notice.
    """

    def __init__(self, count: int, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="auditgraph-reader")
        self._idle = [_Worker(seconds, memory) for _ in range(count)]
        self._all = tuple(self._idle)
        self._lock = threading.Lock()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a process call a function; all that goes in and out is pickled."""
        return self._threads.submit(self._run, fn, args, kwargs)

    def _run(self, fn: Callable[..., _T], args: Any, kwargs: Any) -> _T:
        with self._lock:
            worker = self._idle.pop()
        try:
            answer: _T = worker.call(fn, args, kwargs)
            return answer
        finally:
            with self._lock:
                self._idle.append(worker)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: at once where futures are cancelled, else when all calls are answered."""
        self._threads.shutdown(wait=wait and not cancel_futures, cancel_futures=cancel_futures)
        for worker in self._all:
            worker.end()
        self._threads.shutdown(wait=wait)


class _Worker:
    """A process that answers calls, started when the first one comes and again when it was lost."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._ended = False

    def call(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Return what the function returns, or raise what it raises."""
        try:
            pipe = self._pipe or self._start()
            pipe.send((fn, args, kwargs))
            if not pipe.poll(self._seconds):
                self._stop()
                raise OutOfTime(f"took longer than {self._seconds:g} seconds")
            good, value = pipe.recv()
        except (EOFError, OSError) as error:
            raise WorkerDied(self._last_word()) from error
        if good:
            return value
        raise value

    def end(self) -> None:
        """End the process and start no other."""
        self._ended = True
        self._stop()

    def _start(self) -> Connection[Any, Any]:
        if self._ended:
            raise WorkerDied("was not begun: the run was stopped")
        mine, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, self._memory), daemon=True)
        process.start()
        self._process = process  # not before: what has not started can't be stopped
        theirs.close()  # so that the end of the process is the end of the pipe
        with suppress(EOFError, OSError):
            mine.recv()  # it has started: the time of a call is its own
        if self._ended:  # while it started
            self._stop()
            raise WorkerDied("was not begun: the run was stopped")
        self._pipe = mine
        return mine

    def _stop(self) -> None:
        process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.kill()
            process.join()

    def _last_word(self) -> str:
        process = self._process
        if process is None:
            return "was stopped"
        process.join(5)
        code = process.exitcode
        self._stop()
        try:
            how = f"by {signal.Signals(-code).name}" if code and code < 0 else f"with status {code}"
        except ValueError:
            how = f"by signal {-(code or 0)}"
        return f"ended the process that read it ({how})"


def _serve(pipe: Connection[Any, Any], memory: int) -> None:
    """Answer calls until the other end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes: it stops this one
    _limit(memory)
    gc.set_threshold(*_COLLECT)
    pipe.send("ready")
    while True:
        try:
            fn, args, kwargs = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = (True, fn(*args, **kwargs))
        except Exception as error:
            answer = (False, error)
        try:
            pipe.send(answer)
        except OSError:
            return
        except Exception as error:  # what can't be pickled
            pipe.send((False, RuntimeError(f"{type(error).__name__}: {error}")))
        del answer


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    most = memory * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        # A crash is told in a line; the memory of the process is nobody's business.
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (OSError, ValueError):  # macOS refuses some limits
        return
