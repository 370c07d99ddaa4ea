"""Serialisations that are the same bytes on every run, where the engine's own are not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import IO, Any, cast

import pyoxigraph as ox

from auditgraph.ontology.namespaces import PREFIXES

__all__ = ["SteadyHead", "compact", "write_jsonld", "write_rdf"]

_PREFIX_LINES = re.compile(rb"(?:@prefix [^\n]*\n)*")
_ROOT = re.compile(rb"<rdf:RDF([^>]*)>")
_XMLNS = re.compile(rb'xmlns:[\w-]+="[^"]*"')
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
# A local name that every reader of JSON-LD expands the same way.
_LOCAL = re.compile(r"[\w.-]+(?:/[\w.-]+)*")


class SteadyHead:
    """A stream that sorts the prefixes at the head of Turtle, TriG or RDF/XML; the engine gives them in any order."""

    def __init__(self, out: IO[bytes]) -> None:
        """Write to `out`."""
        self._out = out
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        """Write bytes; the head is held back until it is whole."""
        if self._head is None:
            self._out.write(data)
        else:
            self._head += data
            self._settle(last=False)
        return len(data)

    def flush(self) -> None:
        """Do as a stream does."""

    def end(self) -> None:
        """Write what is still held back."""
        self._settle(last=True)

    def _settle(self, *, last: bool) -> None:
        head = self._head
        if head is None:
            return
        if head.startswith(b"<?xml"):
            root = _ROOT.search(head)
            if root is None and not last:
                return
            if root is not None:
                names = b" ".join(sorted(_XMLNS.findall(root[1])))
                head = head[: root.start()] + b"<rdf:RDF " + names + b">" + head[root.end() :]
        else:
            match = _PREFIX_LINES.match(head)
            end = match.end() if match else 0
            # The head is whole when something else follows it: more than the beginning of "@prefix ".
            if not last and (len(head) - end < 8 or head.startswith(b"@prefix ", end)):
                return
            head = b"".join(sorted(head[:end].splitlines(keepends=True))) + head[end:]
        self._out.write(head)
        self._head = None


def compact(iri: str) -> str:
    """Return an IRI as prefix and local name where that is short and safe, else as it is.

    >>> compact("https://w3id.org/auditgraph/ontology#text")
    'ag:text'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def write_rdf(
    items: Iterable[ox.Triple] | Iterable[ox.Quad],
    out: IO[bytes],
    form: ox.RdfFormat,
    prefixes: Mapping[str, str] = PREFIXES,
) -> None:
    """Write triples, or quads where the form has graphs, in the order in which they come; JSON-LD has our prefixes."""
    if form == ox.RdfFormat.JSON_LD:
        write_jsonld((ox.Quad(*item) for item in items), out)
    elif form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS):
        ox.serialize(items, out, form)
    else:
        steady = SteadyHead(out)
        ox.serialize(items, cast("IO[bytes]", steady), form, prefixes=dict(prefixes))
        steady.end()


def write_jsonld(quads: Iterable[ox.Quad], out: IO[bytes]) -> None:
    """Write quads as JSON-LD 1.1: our prefixes as context, a line a thing, things of a graph inside it.

    Quads are taken as they come: those of a graph and in it those of a subject should stand together.
    """
    out.write(b'{"@context": ' + _json(PREFIXES) + b',\n "@graph": [')
    comma = b"\n"
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        named = not isinstance(graph, ox.DefaultGraph)
        if named:
            out.write(comma + b'{"@id": ' + _json(_id(graph)) + b', "@graph": [')
            comma = b"\n"
        for subject, said in groupby(members, key=lambda quad: quad.subject):
            out.write(comma + _json(_node(subject, said)))
            comma = b",\n"
        if named:
            out.write(b"\n]}")
    out.write(b"\n]}\n")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _node(subject: Any, quads: Iterable[ox.Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _id(subject)}
    for quad in quads:
        if quad.predicate.value == _TYPE and not isinstance(quad.object, ox.Literal):
            node.setdefault("@type", []).append(_id(quad.object))
        else:
            node.setdefault(compact(quad.predicate.value), []).append(_value(quad.object))
    return {key: said[0] if key != "@id" and len(said) == 1 else said for key, said in node.items()}


def _id(term: Any) -> str:
    return compact(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _value(term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return {"@id": _id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return term.value
    return {"@value": term.value, "@type": compact(term.datatype.value)}
