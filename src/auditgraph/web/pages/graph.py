"""One report's graph in memory: its statements by subject and predicate, and the words that each rests on."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyoxigraph as ox

from auditgraph import iris
from auditgraph.naturally import natural_text
from auditgraph.rdf import compact
from auditgraph.store import Store

__all__ = ["Graphs", "Quote", "ReportGraph", "short", "titled"]

short = cache(compact)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report: `report` its IRI, `place` the contract's name of where they stand, `page` 0 where unpaged."""

    report: str
    passage: str
    place: str
    text: str
    page: int = 0
    key: str = ""

    @property
    def where(self) -> str:
        """Return the IRI of the place, with the passage to mark there in the fragment."""
        return iris.place(self.report, self.place) if self.place else self.passage

    @property
    def span(self) -> str:
        """Return the passage's characters, `120-160`."""
        return self.passage.rpartition("/")[2]

    @property
    def start(self) -> int:
        """Return where the words begin in the source."""
        first = self.span.partition("-")[0]
        return int(first) if first.isdecimal() else 0


class ReportGraph:
    """The statements of one graph, read once; predicates and classes are written `prefix:name`, things as IRIs."""

    def __init__(self, graph: str, triples: Iterable[Any]) -> None:
        """Index the statements of a report's graph, triples or quads."""
        self.graph = graph
        self._said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        self._back: dict[tuple[str, str], list[str]] = defaultdict(list)
        for triple in triples:
            subject, said, term = triple.subject, triple.predicate, triple.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(term, ox.NamedNode | ox.Literal):
                continue
            predicate = short(said.value)
            self._said[subject.value][predicate].append(term)
            if isinstance(term, ox.NamedNode):
                value = short(term.value) if predicate == "rdf:type" else term.value
                self._back[predicate, value].append(subject.value)
        self.key = self.one(graph, "ag:key")
        self._claims: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for claim in self._back.get(("rdf:type", "ag:Claim"), ()):
            predicate = short(self.one(claim, "rdf:predicate"))
            # One claim of the type stands for the whole node, whichever of its classes it names.
            value = "" if predicate == "rdf:type" else self.one(claim, "rdf:object")
            self._claims[self.one(claim, "rdf:subject"), predicate, value].append(claim)

    def __contains__(self, iri: str) -> bool:
        """Tell whether the graph says anything of a thing."""
        return iri in self._said

    def predicates(self, subject: str) -> list[str]:
        """Return the predicates of a subject."""
        return sorted(self._said[subject]) if subject in self._said else []

    def terms(self, subject: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        """Return the objects of a subject's statements, in natural order."""
        found = self._said[subject].get(predicate, []) if subject in self._said else []
        return sorted(found, key=lambda term: natural_text(term.value)) if len(found) > 1 else found

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of `terms`."""
        return [term.value for term in self.terms(subject, predicate)]

    def one(self, subject: str, predicate: str) -> str:
        """Return the first value, or the empty string."""
        return next(iter(self.values(subject, predicate)), "")

    def word(self, subject: str, predicate: str) -> str:
        """Return the word of a code that a subject has: its notation, else the end of its IRI; empty where none."""
        code = self.one(subject, predicate)
        return self.one(code, "skos:notation") or code.rpartition("/")[2].replace("-", " ")

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have a thing as object, in natural order."""
        return sorted(set(self._back.get((predicate, value), ())), key=natural_text)

    def of_type(self, *names: str) -> list[str]:
        """Return the subjects of classes, in natural order of their IRIs."""
        return sorted({iri for name in names for iri in self._back.get(("rdf:type", name), ())},
                      key=natural_text)  # fmt: skip

    def types(self, subject: str) -> set[str]:
        """Return the classes of a thing, `ag:Paragraph`."""
        return {short(value) for value in self.values(subject, "rdf:type")}

    def back(self, iri: str) -> dict[str, list[str]]:
        """Return what points to a thing, by predicate; claims aside."""
        return {predicate: self.subjects(predicate, iri) for predicate, value in list(self._back)
                if value == iri and predicate not in ("rdf:subject", "rdf:object", "rdf:type")}  # fmt: skip

    def quotes(self, subject: str, predicate: str = "rdf:type", value: str | None = None) -> list[Quote]:
        """Return the words behind a statement: those of its claim, else those of the claim of its subject's type."""
        if value is None:
            value = self.one(subject, predicate) if predicate != "rdf:type" else ""
        claims = self._claims.get((subject, predicate, value)) or self._claims.get((subject, "rdf:type", ""), [])
        found = [quote for claim in claims for quote in self.words_of(claim)]
        return sorted(dict.fromkeys(found), key=lambda quote: quote.start)

    def words_of(self, claim: str) -> list[Quote]:
        """Return the passages of a claim."""
        return [quote for passage in self.values(claim, "ag:evidence") if (quote := self.quote(passage))]

    def quote(self, passage: str) -> Quote | None:
        """Return a passage's words; None where the graph has none."""
        exact = self.one(passage, "oa:exact")
        if not exact:
            return None
        page = self.one(passage, "ag:page")
        place = self.one(passage, "ag:place")
        return Quote(self.graph, passage, place, exact, int(page) if page.isdecimal() else 0, self.key)

    def derived(self, subject: str, predicate: str, value: str | None = None) -> bool:
        """Tell whether a statement was computed from the words that it rests on."""
        value = self.one(subject, predicate) if value is None else value
        return any(self.one(claim, "ag:derived") in ("true", "1")
                   for claim in self._claims.get((subject, predicate, value), ()))  # fmt: skip

    def at(self, place: str) -> list[tuple[str, list[Quote]]]:
        """Return the claims that rest on words of a place, with these words, in the order of the words."""
        found: dict[str, list[Quote]] = defaultdict(list)
        for passage in self._back.get(("rdf:type", "ag:Passage"), ()):
            if self.one(passage, "ag:place") == place and (quote := self.quote(passage)):
                for claim in self._back.get(("ag:evidence", passage), ()):
                    found[claim].append(quote)
        return sorted(found.items(), key=lambda item: (item[1][0].start, item[0]))

    def named(self, iris: Iterable[str], name: str) -> str:
        """Return the first of some things that people call so, or nothing."""
        return next((iri for iri in iris if self.name(iri) == name), "")

    def name(self, iri: str) -> str:
        """Return how people call a thing: its label, a report's number, `recommendation 2`."""
        if iri == self.graph:
            return self.key or iri.rpartition("/")[2]
        label = self.one(iri, "rdfs:label")
        if label:
            acronym = self.one(iri, "ag:acronym")
            return titled(label, acronym)
        if iri.startswith(self.graph + "/"):
            return iri[len(self.graph) + 1 :].replace("/", " ").replace("-", " ")
        return self.one(iri, "skos:notation") or iri.rpartition("/")[2].rpartition("#")[2].replace("-", " ")


def titled(label: str, acronym: str) -> str:
    """Return a name with its acronym where it does not hold it as a word.

    >>> titled("Fuel Unit", "FU"), titled("FU", "FU"), titled("HRDDP Task Force", "HRDDP")
    ('Fuel Unit (FU)', 'FU', 'HRDDP Task Force')
    """
    holds = not acronym or re.search(rf"(?<!\w){re.escape(acronym)}(?!\w)", label, re.IGNORECASE)
    return label if holds else f"{label} ({acronym})"


class Graphs:
    """The reports' graphs that pages read lately, at most `keep` of them."""

    def __init__(self, keep: int = 24) -> None:
        """Start with none."""
        self._keep = keep
        self._lock = threading.Lock()
        self._read: OrderedDict[tuple[str, str], ReportGraph] = OrderedDict()

    def get(self, store: Store, version: str, graph: str) -> ReportGraph | None:
        """Return a report's graph as of a version of the store; None where there is none."""
        key = (version, graph)
        with self._lock:
            if key in self._read:
                self._read.move_to_end(key)
                return self._read[key]
        made = ReportGraph(graph, store.quads(graph))
        if graph not in made:
            return None
        with self._lock:
            self._read[key] = made
            while len(self._read) > self._keep:
                self._read.popitem(last=False)
        return made
