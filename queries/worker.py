"""The reader process: one query on a read-only store, within limits, killed without harm.

It reads a request (JSON) from standard input and writes to standard output one line of JSON that says what
follows (`rows`, `triples`, `truth`) or what went wrong (`error`), then the answer: SPARQL results JSON or N-Triples.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import Any

__all__ = ["die_with_parent", "limit_memory", "main"]


def main() -> None:
    """Answer one request."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    die_with_parent()
    request = json.loads(sys.stdin.buffer.readline())
    _limit(request["memory"], request["seconds"])

    import pyoxigraph as ox

    from auditgraph.errors import AuditgraphError
    from auditgraph.store import MEMORY, open_store

    out = sys.stdout.buffer
    try:
        if request["load"]:
            from auditgraph.store.embedded import OxigraphStore

            engine = ox.Store()
            engine.load(path=request["load"], format=ox.RdfFormat.N_QUADS)
            store: Any = OxigraphStore(engine, MEMORY)
        else:
            store = open_store(request["store"])
            if hasattr(store, "rows"):
                # A server is told to stop as well: its own work goes on when this process is killed.
                store.rows, store.seconds = request["rows"], request["seconds"]
        bind = {name: ox.Literal(value) for name, value in request["bind"].items()}
        if request["named"]:
            _named(request, store, bind)
            return
        answer = store.query(request["query"], bind=bind, graphs=request["graphs"])
        if isinstance(answer, ox.QueryTriples):
            _say(kind="triples")
            answer.serialize(out, ox.RdfFormat.N_TRIPLES)
        else:
            _say(kind="rows" if isinstance(answer, ox.QuerySolutions) else "truth")
            answer.serialize(out, ox.QueryResultsFormat.JSON)
        out.flush()
    except AuditgraphError as error:
        _say(error=error.message, remedy=error.remedy)
    except BrokenPipeError:
        # The parent has what it wanted; closing again at exit would complain.
        sys.stderr.close()
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        sys.exit(3)


def _named(request: dict[str, Any], store: Any, bind: Any) -> None:
    """Answer a named query as it is answered without limits."""
    from contextlib import ExitStack
    from io import TextIOWrapper

    from auditgraph.asof import as_of
    from auditgraph.queries.formats import write
    from auditgraph.queries.named import parse_query
    from auditgraph.queries.runner import run_named

    asked = request["named"]
    with ExitStack() as stack:
        if request["as_of"]:
            store = stack.enter_context(as_of(store, *request["as_of"]))
        rows = run_named(store, parse_query(asked["name"], asked["text"]), bind=bind, report=asked["report"])
        _say(kind="rows")
        out = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=False)
        write(rows, "srj", out)
        out.flush()
        out.detach()


def _say(**header: str) -> None:
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n")
    sys.stdout.buffer.flush()


def _limit(memory: int, seconds: int) -> None:
    """Hold the process to so many bytes and, should nobody be left to kill it, seconds of each core."""
    limit_memory(memory)
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds
        return
    import os

    if seconds:
        cores = os.cpu_count() or 1
        resource.setrlimit(resource.RLIMIT_CPU, ((seconds + 5) * cores, (seconds + 10) * cores))


def limit_memory(memory: int) -> None:
    """Hold the process to so many bytes, -1 for no limit, and let it leave no core file."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent() -> None:
    """Have the process killed when the one that started it ends."""
    if sys.platform == "linux":
        import ctypes

        # PR_SET_PDEATHSIG, prctl(2): a reader whose parent was killed has nobody to answer to.
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


if __name__ == "__main__":
    main()
