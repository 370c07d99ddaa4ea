"""Write what a query answers in the form that was asked for, row by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

import pyoxigraph as ox

from auditgraph.errors import UsageError
from auditgraph.queries.results import Result, Rows, Triples, Truth, cell
from auditgraph.queries.screen import plain_table, rich_table, visible
from auditgraph.queries.w3c import srj, srj_truth, srx, srx_truth

if TYPE_CHECKING:
    from auditgraph.store import Term

__all__ = ["FORMATS", "GRAPH_FORMATS", "ROW_FORMATS", "write"]

ROW_FORMATS = ("table", "csv", "tsv", "json", "markdown", "srj", "srx")
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
FORMATS = (*ROW_FORMATS, *GRAPH_FORMATS)

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(_XSD + name for name in ("integer", "decimal", "nonNegativeInteger", "int", "long"))


def write(result: Result, form: str | None, out: TextIO, *, terminal: bool = False) -> int:
    """Write a result and return how many rows or triples it had.

    Without a form: a table of rows, or Turtle. Raises UsageError where a form does not fit the answer.
    """
    if isinstance(result, Triples):
        chosen = form or "turtle"
        if chosen not in GRAPH_FORMATS:
            raise UsageError(f"{chosen} can't hold the triples of this query", f"Choose {_or(GRAPH_FORMATS)}")
        return _triples(result, GRAPH_FORMATS[chosen], out)
    chosen = form or "table"
    if chosen not in _WRITERS:
        raise UsageError(f"{chosen} can't hold the rows of this query", f"Choose {_or(ROW_FORMATS)}")
    if isinstance(result, Truth):
        word = "true" if result.value else "false"
        out.write(srj_truth(word) if chosen == "srj" else srx_truth(word) if chosen == "srx" else f"{word}\n")
        return 1
    if chosen == "table" and terminal:
        return rich_table(result)
    counted = _Counted(result.rows)
    _WRITERS[chosen](Rows(result.columns, counted, result.plain), out)
    return counted.count


def _or(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}"


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[tuple[Term | None, ...]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        for row in self._rows:
            self.count += 1
            yield row


def _csv(rows: Rows, out: TextIO) -> None:
    # RFC 4180 and the W3C's CSV results ask for CRLF; what scripts and diff on every system take best is LF.
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([cell(term) for term in row] for row in rows.rows)


def _tsv(rows: Rows, out: TextIO) -> None:
    mark = "" if rows.plain else "?"
    out.write("\t".join(mark + name for name in rows.columns) + "\n")
    for row in rows.rows:
        out.write("\t".join(_flat(cell(term)) if rows.plain else _term(term) for term in row) + "\n")


def _flat(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _term(term: Term | None) -> str:
    # N-Triples syntax, as SPARQL 1.1 TSV asks for, but for tabs, which it leaves as they are.
    return "" if term is None else str(term).replace("\t", "\\t")


def _json(rows: Rows, out: TextIO) -> None:
    first = True
    out.write("[")
    for row in rows.rows:
        item = {name: _value(term) for name, term in zip(rows.columns, row, strict=True)}
        out.write(("\n " if first else ",\n ") + json.dumps(item, ensure_ascii=False))
        first = False
    out.write("\n]\n")


def _value(term: Term | None) -> Any:
    if term is None:
        return None
    text = cell(term)
    if isinstance(term, ox.Literal):
        if term.datatype.value in _NUMBERS:
            try:
                return int(text) if "." not in text else float(text)
            except ValueError:
                return text
        if term.datatype.value == _XSD + "boolean":
            return text in ("true", "1")
    return text


def _markdown(rows: Rows, out: TextIO) -> None:
    out.write(f"| {' | '.join(rows.columns)} |\n|{' --- |' * len(rows.columns)}\n")
    for row in rows.rows:
        out.write(f"| {' | '.join(_marked(cell(term)) for term in row)} |\n")


_MARKS = str.maketrans({c: "\\" + c for c in "\\`*_[]|<>#~"} | {"&": "&amp;"})


def _marked(text: str) -> str:
    return visible(text).translate(_MARKS)


_WRITERS: dict[str, Callable[[Rows, TextIO], None]] = {
    "table": plain_table, "csv": _csv, "tsv": _tsv, "json": _json, "markdown": _markdown, "srj": srj, "srx": srx,
}  # fmt: skip


def _triples(result: Triples, form: ox.RdfFormat, out: TextIO) -> int:
    import io

    from auditgraph.ontology.namespaces import PREFIXES
    from auditgraph.rdf import SteadyHead, write_jsonld

    # Sorted, so that a query answers the same text twice; in Turtle what is said of a thing stands together.
    triples = sorted(set(result.triples), key=str)
    whole = io.BytesIO()
    if form == ox.RdfFormat.JSON_LD:
        write_jsonld((ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples), whole)
    elif form == ox.RdfFormat.N_TRIPLES:
        ox.serialize(triples, whole, form)
    else:
        steady = SteadyHead(whole)
        ox.serialize(triples, cast("IO[bytes]", steady), form, prefixes=PREFIXES)
        steady.end()
    out.write(whole.getvalue().decode("utf-8"))
    return len(triples)
