"""The reader process of the server: it answers one query after another on a read-only store, within limits.

It reads a request, a line of JSON (SPARQL, a named query, a graph to be drawn), from standard input and writes frames
to standard output: a letter, four bytes of length, that many bytes. `D` is a piece of the answer; `E` its end, `X` an
error (JSON) in place of it.
"""

from __future__ import annotations

import json
import os
import signal
import struct
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
from auditgraph.web.counting import counter

__all__ = ["FRAME", "main"]

# The head of a frame, and how much of an answer is sent at once.
FRAME = struct.Struct(">cI")
_PIECE = 1 << 15

_TABLES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_WRITTEN = {"json": "srj", "xml": "srx", "csv": "csv", "tsv": "tsv"}


class _Frames:
    """Standard output as frames; counts the rows of what passes and stops an answer with too many."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._held = bytearray()
        self._count: Any = None
        self._rows = 0

    def begin(self, form: str, rows: int) -> None:
        """Make ready for an answer."""
        self._held.clear()
        self._count = counter(form)
        self._rows = rows

    def write(self, data: Any) -> int:
        """Take a piece of the answer. Raises _TooMany."""
        self._held += data
        if self._rows and self._count is not None and self._count(bytes(data)) > self._rows:
            raise _TooMany
        if len(self._held) >= _PIECE:
            self._send(b"D", bytes(self._held))
            self._held.clear()
        return len(data)

    def flush(self) -> None:
        """Do as a stream does; pieces go out by their size."""

    def end(self) -> None:
        """Send what is left."""
        if self._held:
            self._send(b"D", bytes(self._held))
            self._held.clear()
        self._send(b"E", b"")
        self._out.flush()

    def fail(self, **what: Any) -> None:
        """Send an error."""
        self._send(b"X", json.dumps(what).encode())
        self._out.flush()

    def _send(self, kind: bytes, data: bytes) -> None:
        self._out.write(FRAME.pack(kind, len(data)) + data)


class _Text:
    """Text that goes into frames; a TextIOWrapper would close them when it goes."""

    def __init__(self, frames: _Frames) -> None:
        self._frames = frames

    def write(self, text: str) -> int:
        self._frames.write(text.encode("utf-8"))
        return len(text)


class _TooMany(Exception):
    """An answer with more rows than are allowed."""


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
    frames, place = _Frames(out), _Place()
    for line in sys.stdin.buffer:
        _answer(json.loads(line), frames, place)


def _answer(request: dict[str, Any], frames: _Frames, place: _Place) -> None:
    frames.begin(request["form"], request["rows"])
    try:
        store = place.store(request)
        if "warm" not in request:
            (_drawing if "drawing" in request else _named if "name" in request else _sparql)(request, store, frames)
        frames.end()
    except _TooMany:
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


def _sparql(request: dict[str, Any], store: Store, frames: _Frames) -> None:
    answer = store.query(request["query"], graphs=request["default"], named=request["graphs"])
    if not isinstance(answer, ox.QueryTriples):
        answer.serialize(cast("IO[bytes]", frames), _TABLES[request["form"]])
        return
    limit = request["rows"]

    def counted() -> Any:
        for count, triple in enumerate(answer, 1):
            if limit and count > limit:
                raise _TooMany
            yield triple

    from auditgraph.export import EXPORTS
    from auditgraph.rdf import write_rdf

    write_rdf(counted(), cast("IO[bytes]", frames), EXPORTS[request["form"]])


def _drawing(request: dict[str, Any], store: Store, frames: _Frames) -> None:
    from auditgraph.web.graphs.making import made  # numpy and networkx take a while to import

    frames.write(made(store, request))


def _named(request: dict[str, Any], store: Store, frames: _Frames) -> None:
    bind: Any = {name: ox.Literal(value) for name, value in request["bind"].items()}
    rows = run_named(store, named_query(request["name"]), bind=bind, report=request["report"])
    # Values are plain in CSV; TSV has terms, as the standard says.
    rows = Rows(rows.columns, rows.rows)
    write(rows, _WRITTEN[request["form"]], cast("TextIO", _Text(frames)))


if __name__ == "__main__":
    main()
