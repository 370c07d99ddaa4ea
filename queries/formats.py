"""Write what a query answers in the form that was asked for, row by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any, TextIO, cast
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from auditgraph.errors import UsageError
from auditgraph.queries.results import Result, Rows, Triples, Truth, cell

if TYPE_CHECKING:
    from auditgraph.store import Term

__all__ = ["FORMATS", "GRAPH_FORMATS", "ROW_FORMATS", "visible", "write"]

ROW_FORMATS = ("table", "csv", "tsv", "json", "markdown", "srj", "srx")
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
FORMATS = (*ROW_FORMATS, *GRAPH_FORMATS)

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = _XSD + "string"
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
        out.write(_truth(result, chosen))
        return 1
    if chosen == "table" and terminal:
        return _rich(result)
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


def visible(text: str) -> str:
    r"""Return text without the power to steer a terminal: control and direction characters are spelt out.

    >>> visible("a\x1b[31mb\nc\u202e")
    'a\\x1b[31mb c\\u202e'
    """
    if text.isprintable():
        return text
    return "".join(map(_spelt, text))


def _spelt(character: str) -> str:
    if character in "\n\t":
        return " "
    spaces = "\u00a0\u2003\u202f"  # what str.isprintable does not count as such, and is
    return character if character.isprintable() or character in spaces else ascii(character)[1:-1]


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


def _plain_table(rows: Rows, out: TextIO) -> None:
    cells = [[visible(cell(term)) for term in row] for row in rows.rows]
    widths = [max(map(len, column)) for column in zip(rows.columns, *cells, strict=True)]
    for row in (list(rows.columns), ["-" * width for width in widths], *cells):
        out.write("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() + "\n")


def _rich(rows: Rows) -> int:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in rows.columns:
        table.add_column(name, overflow="fold")
    count = 0
    for row in rows.rows:
        table.add_row(*(Text(visible(cell(term))) for term in row))
        count += 1
    console = Console(highlight=False)
    console.print(table)
    console.print(f"{count} row{'' if count == 1 else 's'}", style="dim")
    return count


def _srj(rows: Rows, out: TextIO) -> None:
    out.write('{"head":{"vars":' + json.dumps(list(rows.columns)) + '},"results":{"bindings":[')
    first = True
    for row in rows.rows:
        item = {name: _binding(term) for name, term in zip(rows.columns, row, strict=True) if term is not None}
        out.write(("\n" if first else ",\n") + json.dumps(item, ensure_ascii=False))
        first = False
    out.write("\n]}}\n")


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        raise UsageError("the answer holds quoted triples, which this form can't", "Choose tsv")
    binding = {"type": "literal", "value": term.value}
    if term.language:
        binding["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        binding["datatype"] = term.datatype.value
    return binding


_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>'


def _srx(rows: Rows, out: TextIO) -> None:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in rows.columns)
    out.write(f"{_XML_HEAD}{head}</head>\n<results>\n")
    for row in rows.rows:
        bindings = (
            f"<binding name={quoteattr(name)}>{_xml(_binding(term))}</binding>"
            for name, term in zip(rows.columns, row, strict=True)
            if term is not None
        )
        out.write(f"<result>{''.join(bindings)}</result>\n")
    out.write("</results>\n</sparql>\n")


def _xml(binding: dict[str, str]) -> str:
    kind = binding.pop("type")
    value = escape("".join(c if _in_xml(c) else "\ufffd" for c in binding.pop("value")), {"\r": "&#xD;"})
    attributes = "".join(f" {name}={quoteattr(said)}" for name, said in binding.items())
    return f"<{kind}{attributes}>{value}</{kind}>"


def _in_xml(character: str) -> bool:
    # XML 1.0, production 2.
    return character in "\t\n\r" or (character >= " " and character not in "\ufffe\uffff")


_WRITERS: dict[str, Callable[[Rows, TextIO], None]] = {
    "table": _plain_table, "csv": _csv, "tsv": _tsv, "json": _json, "markdown": _markdown, "srj": _srj, "srx": _srx,
}  # fmt: skip


def _truth(truth: Truth, form: str) -> str:
    word = "true" if truth.value else "false"
    if form == "srj":
        return f'{{"head":{{}},"boolean":{word}}}\n'
    if form == "srx":
        return f"{_XML_HEAD}</head>\n<boolean>{word}</boolean>\n</sparql>\n"
    return word + "\n"


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
