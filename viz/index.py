"""One report's graph in memory: its statements by subject and predicate, and the words each rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

from auditgraph.naturally import natural_text
from auditgraph.ontology.namespaces import PREFIXES
from auditgraph.viz.picture import Quote

__all__ = ["GraphIndex"]


@cache
def _short(iri: str) -> str:
    """Write an IRI of a known vocabulary as `prefix:name`; others stay as they are."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


class GraphIndex:
    """The statements of one graph, read once; predicates and classes are written `prefix:name`."""

    def __init__(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Index the quads of a report's graph."""
        self.graph = graph
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            subject, other = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(other, (ox.NamedNode, ox.Literal)):
                continue
            predicate = _short(quad.predicate.value)
            value = other.value
            if predicate == "rdf:type":
                value = _short(value)
            name = subject.value
            self._values[name][predicate].append(value)
            if isinstance(other, ox.NamedNode):
                self._subjects[value][predicate].append(name)
        for table in (self._values, self._subjects):
            for by_predicate in table.values():
                for predicate, values in by_predicate.items():
                    if len(values) > 1:  # most have one, and the order costs more than the rest of the reading
                        by_predicate[predicate] = sorted(set(values), key=natural_text)
        self.key = self.one(graph, "ag:key")
        self._claims = self._read_claims()

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the objects of a subject's statements, in natural order."""
        return self._values[subject][predicate] if subject in self._values else []

    def one(self, subject: str, predicate: str) -> str:
        """Return the first object, or the empty string."""
        return next(iter(self.values(subject, predicate)), "")

    def code(self, subject: str, predicate: str) -> str:
        """Return the word of a code that a subject has: its notation, else the end of its IRI."""
        code = self.one(subject, predicate)
        return self.word(code) if code else ""

    def word(self, code: str) -> str:
        """Return the word of a code."""
        return self.one(code, "skos:notation") or code.rpartition("/")[2].replace("-", " ")

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have a thing as object, in natural order."""
        return self._subjects[value][predicate] if value in self._subjects else []

    def of_type(self, name: str) -> list[str]:
        """Return the subjects of a class, in natural order of their IRIs."""
        return self.subjects("rdf:type", name)

    def quotes(self, subject: str, predicate: str, value: str) -> tuple[Quote, ...]:
        """Return the words behind a statement: those of its claim, else those of the claim of its subject's type."""
        found = self._claims.get((subject, predicate, value)) or self._claims.get((subject, "rdf:type", ""))
        return found[0] if found else ()

    def derived(self, subject: str, predicate: str, value: str) -> bool:
        """Tell whether a statement was computed from the words that it rests on."""
        found = self._claims.get((subject, predicate, value))
        return bool(found and found[1])

    def _read_claims(self) -> dict[tuple[str, str, str], tuple[tuple[Quote, ...], bool]]:
        claims: dict[tuple[str, str, str], tuple[tuple[Quote, ...], bool]] = {}
        for claim in self.of_type("ag:Claim"):
            predicate = _short(self.one(claim, "rdf:predicate"))
            # One claim of the type stands for the whole node, whichever of its classes it names.
            value = "" if predicate == "rdf:type" else self.one(claim, "rdf:object")
            passages = sorted(self.values(claim, "ag:evidence"), key=self._position)
            quotes = tuple(dict.fromkeys(quote for passage in passages if (quote := self._quote(passage))))
            derived = self.one(claim, "ag:derived") in ("true", "1")
            key = (self.one(claim, "rdf:subject"), predicate, value)
            before = claims.get(key, ((), False))
            claims[key] = (tuple(dict.fromkeys(before[0] + quotes)), derived or before[1])
        return claims

    def _position(self, passage: str) -> tuple[int, str]:
        start = self.one(passage, "oa:start")
        return (int(start) if start.isdecimal() else 0, passage)

    def _quote(self, passage: str) -> Quote | None:
        exact = self.one(passage, "oa:exact")
        if not exact:
            return None
        page = self.one(passage, "ag:page")
        return Quote(self.key, self.one(passage, "ag:place"), exact, int(page) if page.isdecimal() else 0)
