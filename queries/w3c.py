"""The forms of SPARQL results that the W3C fixes: JSON and XML.

https://www.w3.org/TR/sparql11-results-json/ and https://www.w3.org/TR/rdf-sparql-XMLres/
"""

from __future__ import annotations

import json
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from auditgraph.errors import UsageError
from auditgraph.queries.results import Rows
from auditgraph.store import Term

__all__ = ["srj", "srj_truth", "srx", "srx_truth"]

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>'


def srj(rows: Rows, out: TextIO) -> None:
    """Write rows as SPARQL results in JSON."""
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


def srx(rows: Rows, out: TextIO) -> None:
    """Write rows as SPARQL results in XML."""
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


def srj_truth(word: str) -> str:
    """Return the answer of an ASK, `true` or `false`, in JSON."""
    return f'{{"head":{{}},"boolean":{word}}}\n'


def srx_truth(word: str) -> str:
    """Return the answer of an ASK, `true` or `false`, in XML."""
    return f"{_XML_HEAD}</head>\n<boolean>{word}</boolean>\n</sparql>\n"
