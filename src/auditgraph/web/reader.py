"""The reader process of the server: it answers one query after another on a read-only store, within limits.

It reads a request, a line of JSON (SPARQL, a named query, a graph to be drawn), from standard input and writes frames
(`web.frames`) to standard output.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import IO, Any, TextIO, cast

import pyoxigraph as ox

from auditgraph.errors import AuditgraphError, QueryError, UsageError
from auditgraph.queries.formats import write
from auditgraph.queries.named import named_query
from auditgraph.queries.results import Rows
from auditgraph.queries.runner import run_named
from auditgraph.queries.worker import die_with_parent, limit_memory
from auditgraph.store import MEMORY, Store, open_store
from auditgraph.web.frames import Frames, FrameText, TooMany

__all__ = ["main"]

_TABLES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_WRITTEN = {"json": "srj", "xml": "srx", "csv": "csv", "tsv": "tsv"}


class _Place:
    """The store, opened again when the server says that it changed."""

    def __init__(self) -> None:
        self._version: str | None = None
        self._store: Store | None = None

    def store(self, request: dict[str, Any]) -> Store:
        if self._store is None or self._version != request["version"]:
            if request["load"]:
                from auditgraph.store.embedded import OxigraphStore

                engine = ox.Store()
                engine.load(path=request["load"], format=ox.RdfFormat.N_QUADS)
                self._store = OxigraphStore(engine, MEMORY)
            else:
                self._store = open_store(request["store"])
            self._version = request["version"]
        return self._store

    def forget(self) -> None:
        """Open the store anew for the next request."""
        self._store = None


def main() -> None:
    """Answer requests until there are none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its readers
    die_with_parent()
    limit_memory(int(sys.argv[1]))
    # What others print must not stand in an answer.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    frames, place = Frames(out), _Place()
    for line in sys.stdin.buffer:
        _answer(json.loads(line), frames, place)


def _answer(request: dict[str, Any], frames: Frames, place: _Place) -> None:
    frames.begin(request["form"], request["rows"])
    try:
        store = place.store(request)
        if "warm" not in request:
            (_drawing if "drawing" in request else _named if "name" in request else _sparql)(request, store, frames)
        frames.end()
    except TooMany:
        frames.fail(kind="rows", message=f"the answer has more than {request['rows']:,} rows", remedy="Add a LIMIT")
    except QueryError as error:
        frames.fail(kind="query", message=error.message, remedy=error.remedy)
    except UsageError as error:
        frames.fail(kind="missing", message=error.message, remedy=error.remedy)
    except AuditgraphError as error:
        frames.fail(kind="store", message=error.message, remedy=error.remedy)
    except MemoryError:
        frames.fail(kind="memory", message="", remedy="")
    except OSError as error:
        # The files of the store changed beneath the reader: whoever asks again gets them as they are.
        place.forget()
        frames.fail(kind="store", message=f"the store can't be read: {error}", remedy="Try again")
    except Exception as error:
        frames.fail(kind="fault", message=f"{type(error).__name__}: {error}", remedy="")


def _sparql(request: dict[str, Any], store: Store, frames: Frames) -> None:
    answer = store.query(request["query"], graphs=request["default"], named=request["graphs"])
    if not isinstance(answer, ox.QueryTriples):
        answer.serialize(cast("IO[bytes]", frames), _TABLES[request["form"]])
        return
    limit = request["rows"]

    def counted() -> Any:
        for count, triple in enumerate(answer, 1):
            if limit and count > limit:
                raise TooMany
            yield triple

    from auditgraph.export import EXPORTS
    from auditgraph.rdf import write_rdf

    write_rdf(counted(), cast("IO[bytes]", frames), EXPORTS[request["form"]])


def _drawing(request: dict[str, Any], store: Store, frames: Frames) -> None:
    from auditgraph.web.graphs.making import made  # numpy and networkx take a while to import

    frames.write(made(store, request))


def _named(request: dict[str, Any], store: Store, frames: Frames) -> None:
    bind: Any = {name: ox.Literal(value) for name, value in request["bind"].items()}
    rows = run_named(store, named_query(request["name"]), bind=bind, report=request["report"])
    # Values are plain in CSV; TSV has terms, as the standard says.
    rows = Rows(rows.columns, rows.rows)
    write(rows, _WRITTEN[request["form"]], cast("TextIO", FrameText(frames)))


if __name__ == "__main__":
    main()
