"""Run queries: named ones in this process, SPARQL from outside in a reader process that can be killed."""

from __future__ import annotations

import io
import json
import math
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from auditgraph.asof import StoreThen
from auditgraph.errors import QueryError, StoreError
from auditgraph.ontology.namespaces import PREFIXES
from auditgraph.queries.mistakes import excerpt, explain
from auditgraph.queries.named import NamedQuery
from auditgraph.queries.reportwise import at_once, in_turn, rows_of
from auditgraph.queries.results import Result, Row, Rows, Triples, cell, result_of, tidy
from auditgraph.queries.safety import check
from auditgraph.store import MEMORY, Store

__all__ = ["Limits", "SparqlError", "later_graphs", "run_named", "run_text"]

T = TypeVar("T")


class SparqlError(QueryError):
    """A query with a mistake: `excerpt` is its line with a caret under the place."""

    def __init__(self, message: str, excerpt: str) -> None:
        """Keep the excerpt beside the message, which stays one line."""
        super().__init__(message)
        self.excerpt = excerpt


# The documents that tell the state of a report's recommendations name the report, or its audit.
_NAMING = """
PREFIX ag: <https://w3id.org/auditgraph/ontology#>
SELECT DISTINCT ?later WHERE {{ GRAPH ?later {{ ?said ag:{how} {what} }} }}
"""
_AUDIT = """
PREFIX ag: <https://w3id.org/auditgraph/ontology#>
SELECT DISTINCT ?audit WHERE {{ GRAPH {report} {{ {report} ag:audit ?audit }} }}
"""


_LISTING = """
PREFIX ag: <https://w3id.org/auditgraph/ontology#>
SELECT DISTINCT ?listing ?report WHERE { GRAPH ?listing { ?entry ag:lists ?report } }
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query from outside may use: seconds of waiting for it, rows or triples, bytes of memory; 0 is no limit."""

    seconds: float = 60
    rows: int = 1_000_000
    memory: int = 4 * 1024**3


def run_named(
    store: Store,
    query: NamedQuery,
    *,
    bind: Mapping[str, ox.Literal] | None = None,
    report: str | None = None,
    limits: Limits | None = None,
) -> Rows:
    """Run a named query: distinct rows of its columns, in natural order.

    `report` is the IRI of a report's graph to look at alone; `bind` gives the query's parameters their values. The
    query runs in this process, unless `limits` are to hold. The rows of many reports are read as they are asked for.
    """
    if isinstance(store, StoreThen) and store.kept is None:
        store = store.base  # all that stands now stood then
    if limits is not None:
        named = {"name": query.name, "text": query.text, "report": report}
        with _reader(store, query.text, limits, None, bind or {}, named) as result:
            assert isinstance(result, Rows)
            return Rows(result.columns, list(result.rows), plain=True)
    if query.begins and report is None:
        rows = _patiently(store, lambda: at_once(store, query, bind))
        if rows is not None:
            return rows
        turns = _patiently(store, lambda: in_turn(store, query, bind))
        return Rows(query.columns, _in_turns(store, query, bind, turns), plain=True)
    return _patiently(store, lambda: _named_rows(store, query, bind, report))


def _in_turns(
    store: Store, query: NamedQuery, bind: Mapping[str, ox.Literal] | None, turns: Iterable[list[str]]
) -> Iterator[Row]:
    for graphs in turns:
        yield from _patiently(store, lambda graphs=graphs: rows_of(store, query, bind, graphs))  # type: ignore[misc]


def _patiently(store: Store, work: Callable[[], T]) -> T:
    """Do what reads a store, again where another process that writes has moved the files that this one had in view."""
    for last in (False, False, True):
        try:
            return work()
        except (OSError, RuntimeError) as error:
            if last:
                raise StoreError(
                    f"{store.location} can't be read: {error}", "If it is being loaded, try again"
                ) from error
            store.refresh()
    raise AssertionError("unreachable")


def _named_rows(store: Store, query: NamedQuery, bind: Mapping[str, ox.Literal] | None, report: str | None) -> Rows:
    """Return the rows of one report, or of all that are not answered report by report."""
    listings = _listing(store, report) if query.listings and report is not None else []
    later = later_graphs(store, report) if query.later and report is not None else []
    graphs = None if report is None else list(dict.fromkeys([report, *listings, *later]))
    text = query.asking([*(bind or ()), *(["listings"] if listings else [])])
    return _tidied(query, result_of(store.query(text, bind=bind, graphs=graphs)), report)


def _tidied(query: NamedQuery, result: Result, report: str | None) -> Rows:
    if not isinstance(result, Rows):
        raise QueryError(f"the named query {query.name} is no SELECT")
    if query.later and report is not None:  # a later document speaks of other reports too
        at = result.columns.index("r")
        result = Rows(result.columns, (row for row in result.rows if cell(row[at]) == report))
    return tidy(result, query.columns)


def _base(store: Store) -> Store:
    """Return where graphs are looked for; of those found, the store as of a date passes over what it does not hold."""
    return store.base if isinstance(store, StoreThen) else store


def later_graphs(store: Store, report: str) -> list[str]:
    """Return the graphs of the documents that tell the state of a report's recommendations."""
    node = ox.NamedNode(report)
    audits = [ox.NamedNode(audit) for audit in _column(store, _AUDIT.format(report=node))]
    asked = [("ofReport", node), *(("ofAudit", audit) for audit in audits)]
    return sorted({graph for how, what in asked for graph in _column(store, _NAMING.format(how=how, what=what))})


def _column(store: Store, sparql: str) -> list[str]:
    found = result_of(_base(store).query(sparql))
    return sorted({cell(row[0]) for row in found.rows}) if isinstance(found, Rows) else []


def _listing(store: Store, report: str) -> list[str]:
    """Return the graphs of the listings that have a report."""
    found = result_of(_base(store).query(_LISTING, bind={"report": ox.NamedNode(report)}))
    return sorted({cell(row[0]) for row in found.rows}) if isinstance(found, Rows) else []


@contextmanager
def run_text(store: Store, sparql: str, *, limits: Limits | None = None, report: str | None = None) -> Iterator[Result]:
    """Run SPARQL from outside in a process of its own and give its answer, to be read inside the context.

    The text is checked first (`safety.check`). Raises QueryError where it is no query, is refused, or
    runs over a limit: then what was read so far is not the whole answer.
    """
    check(sparql)
    graphs = None if report is None else [report]
    if isinstance(store, StoreThen):
        store, graphs = store.place(graphs)
    with _reader(store, sparql, limits or Limits(), graphs, {}) as result:
        yield result


@contextmanager
def _reader(
    store: Store,
    sparql: str,
    limits: Limits,
    graphs: list[str] | None,
    bind: Mapping[str, ox.Literal],
    named: Mapping[str, str | None] | None = None,
) -> Iterator[Result]:
    with _dump(store) as dump:
        request = {
            "named": named,
            "as_of": [store.when, store.only] if isinstance(store, StoreThen) and dump is None else None,
            "store": store.location,
            "load": dump,
            "query": sparql,
            "graphs": graphs,
            "bind": {name: literal.value for name, literal in bind.items()},
            "memory": limits.memory or -1,
            "seconds": math.ceil(limits.seconds),
            "rows": limits.rows,
        }
        command = [sys.executable, "-P", "-m", "auditgraph.queries.worker"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            try:
                yield _answer(process, json.dumps(request).encode() + b"\n", sparql, limits)
            finally:
                process.kill()


@contextmanager
def _dump(store: Store) -> Iterator[str | None]:
    """Give the reader process a file of what only this process has in its memory."""
    if store.location != MEMORY:
        yield None
        return
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".nq") as file:
        for graph in store.graphs():
            ox.serialize(store.quads(graph), file, ox.RdfFormat.N_QUADS)
        file.flush()
        yield file.name


class _Patient(io.RawIOBase):
    """A reader's output that is waited for so long in all; the time its own reader takes does not count."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        super().__init__()
        self._process = process
        self._seconds = seconds
        self._left = seconds
        self.late = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        out = self._process.stdout
        assert isinstance(out, io.BufferedReader)
        if not self._seconds:
            return out.readinto1(buffer)
        watch = threading.Timer(max(self._left, 0), self._give_up)
        started = time.monotonic()
        watch.start()
        try:
            return out.readinto1(buffer)
        finally:
            watch.cancel()
            self._left -= time.monotonic() - started

    def _give_up(self) -> None:
        self.late = True
        self._process.kill()


def _answer(process: subprocess.Popen[bytes], request: bytes, sparql: str, limits: Limits) -> Result:
    assert process.stdin is not None
    try:
        process.stdin.write(request)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it died early; what it left to say is read below
    patient = _Patient(process, limits.seconds)
    stream = io.BufferedReader(patient, 1 << 16)
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise _ended(process, patient, limits)
    header = json.loads(line)
    if "error" in header:
        raise _syntax(header["error"], header["remedy"], sparql)

    def guarded(items: Iterable[T]) -> Iterator[T]:
        count = 0
        try:
            for count, item in enumerate(items, 1):
                if limits.rows and count > limits.rows:
                    raise QueryError(f"the query has more than {limits.rows} rows", "Add a LIMIT, or raise --max-rows")
                yield item
        except (SyntaxError, OSError, ValueError) as error:
            raise _ended(process, patient, limits) from error
        if process.wait() != 0:
            raise _ended(process, patient, limits)

    if header["kind"] == "triples":
        quads = ox.parse(stream, format=ox.RdfFormat.N_TRIPLES)
        return Triples(guarded(quad.triple for quad in quads))
    try:
        answer = ox.parse_query_results(stream, ox.QueryResultsFormat.JSON)
    except (SyntaxError, OSError) as error:
        raise _ended(process, patient, limits) from error
    result = result_of(answer)
    if isinstance(result, Rows):
        return Rows(result.columns, guarded(result.rows))
    return result


def _ended(process: subprocess.Popen[bytes], patient: _Patient, limits: Limits) -> QueryError:
    """Say why a reader process ended before its answer did."""
    if patient.late:
        return QueryError(
            f"the query was stopped after {limits.seconds:g} seconds", "Ask for less, or raise the limit with --timeout"
        )
    process.wait()
    said = process.stderr.read().decode("utf-8", "replace").strip() if process.stderr else ""
    last = said.splitlines()[-1] if said else f"exit status {process.returncode}"
    if "alloc" in said or "MemoryError" in said or process.returncode in (-6, -9, -11):
        return QueryError(
            f"the query needed more memory than its limit of {limits.memory / 1024**3:g} GiB",
            "Ask for less, or raise the limit with --max-memory",
        )
    return QueryError(f"the store could not be read to the end: {last}", "If it is being loaded, try again")


def _syntax(message: str, remedy: str, sparql: str) -> QueryError:
    if not message.startswith("error at "):
        return QueryError(message, remedy)
    line, column, what = explain(sparql, message, frozenset(PREFIXES))
    return SparqlError(
        f"the query has a mistake in line {line}, column {column}: {what}", excerpt(sparql, line, column)
    )
