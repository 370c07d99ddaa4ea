"""Collect the statements of one report, each with the words it rests on, and give them out as N-Quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from auditgraph import iris
from auditgraph.loaders.mapping import values
from auditgraph.model import Passage, Said, SourceInfo, Warn
from auditgraph.ontology.namespaces import AG, DCTERMS, OA, RDF, SKOS, XSD

__all__ = ["Draft", "Term"]

Term = NamedNode | Literal
Statement = tuple[NamedNode, NamedNode, Term]


@dataclass(slots=True)
class _Claim:
    """What one statement rests on so far: passages in the order they came, and whether it was always computed."""

    passages: dict[tuple[int, int], None] = field(default_factory=dict)
    derived: bool = True


class Draft:
    """The graph of one report while it is being written: no statement twice, no passage twice."""

    def __init__(self, iri: str, base: str) -> None:
        """Begin the graph of the report (or listing) with an IRI below `base`."""
        self.base = base
        self.iri = iri
        self.report = NamedNode(iri)
        self._statements: dict[Statement, None] = {}
        self._claims: dict[Statement, _Claim] = {}
        self._passages: dict[tuple[int, int], Passage] = {}
        self._places: dict[str, NamedNode] = {}
        self._typed: set[NamedNode] = set()

    def add(self, subject: NamedNode, predicate: NamedNode, value: Term) -> None:
        """State something that needs no evidence of its own."""
        self._statements[subject, predicate, value] = None
        if predicate == _TYPE:
            self._typed.add(subject)

    def claim(
        self, subject: NamedNode, predicate: NamedNode, value: Term, evidence: Iterable[Passage], derived: bool = False
    ) -> None:
        """State something that the report says, with the passages that say it."""
        self.add(subject, predicate, value)
        claim = self._claims.setdefault((subject, predicate, value), _Claim())
        claim.derived &= derived
        for passage in evidence:
            if passage.quote:
                span = passage.span.start, passage.span.end
                claim.passages[span] = None
                self._passages.setdefault(span, passage)

    def say(self, subject: NamedNode, predicate: NamedNode, said: Said[str] | None) -> None:
        """Claim a string, where there is one."""
        if said is not None and said.value:
            self.claim(subject, predicate, values.text(said.value), said.evidence, said.derived)

    def say_date(self, subject: NamedNode, predicate: NamedNode, said: Said[str] | None) -> None:
        """Claim a date, where there is one."""
        if said is not None and said.value:
            self.claim(subject, predicate, values.dated(said.value), said.evidence, said.derived)

    def say_code(self, subject: NamedNode, predicate: NamedNode, scheme: str, said: Said[str] | None) -> None:
        """Claim a code, where there is one."""
        if said is not None and said.value:
            self.claim(subject, predicate, self.code(scheme, said.value), said.evidence, said.derived)

    def head(self, node: NamedNode, kind: NamedNode, *said: Said[str] | None) -> None:
        """Claim that a node of several terms stands: one claim, of its type, for all of them."""
        stated = [s for s in said if s is not None]
        evidence = [passage for s in stated for passage in s.evidence]
        self.claim(node, RDF.type, kind, evidence, bool(stated) and all(s.derived for s in stated))

    def code(self, scheme: str, value: str) -> NamedNode:
        """Return the node of a code; its word is repeated here, so that the graph can be read alone."""
        node = NamedNode(iris.code(scheme, value))
        self.add(node, SKOS.notation, values.text(value))
        return node

    def place(self, name: str) -> NamedNode:
        """Return the node of a place of the report, which bears the contract's name of it."""
        if name not in self._places:
            node = self._places[name] = NamedNode(iris.place(self.iri, name))
            self.add(node, AG.place, values.text(name))
        return self._places[name]

    def part(self, *path: str) -> NamedNode:
        """Return a node that belongs to this report alone."""
        return NamedNode(iris.child(self.iri, *path))

    def is_new(self, node: NamedNode) -> bool:
        """Tell whether nothing has said yet what a node is."""
        return node not in self._typed

    def fresh(self, *path: str) -> NamedNode:
        """Return a node that belongs to this report and has no type yet: `x`, else `x-2`, `x-3`, ..."""
        node, n = self.part(*path), 1
        while node in self._typed:
            n += 1
            node = self.part(*path[:-1], f"{path[-1]}-{n}")
        return node

    def source(self, info: SourceInfo) -> None:
        """State which file the document was read from."""
        self.add(self.report, AG.sourceName, values.text(info.name))
        self.add(self.report, AG.sourceHash, values.text(info.sha256))
        self.add(self.report, DCTERMS["format"], values.text(info.media_type))

    def warn(self, warnings: Iterable[Warn]) -> None:
        """State what a person should look at: the places where the source did not read as expected."""
        for n, warning in enumerate(dict.fromkeys(warnings), start=1):
            node = self.part("warning", str(n))
            self.add(node, RDF.type, AG.Warning)
            self.add(node, DCTERMS.isPartOf, self.report)
            self.add(node, AG.message, values.text(warning.message))
            if warning.place:
                self.add(node, AG.place, values.text(warning.place))

    def quads(self) -> Iterator[Quad]:
        """Yield everything that was stated, the claims and the passages, in the report's graph."""
        return iter(parse("".join(self.lines()), format=RdfFormat.N_QUADS))

    def lines(self) -> list[str]:
        """Return the same as lines of N-Quads, each once: a fraction of the work that quads are."""
        end = f" {self.report} .\n"
        made = []
        for node in self._places.values():
            if node not in self._typed:
                made += [f"{node} {_TYPE} {AG.Place}{end}", f"{node} {DCTERMS.isPartOf} {self.report}{end}"]
        made += [f"{subject} {predicate} {value}{end}" for subject, predicate, value in self._statements]
        words = {span: f"<{iris.passage(self.iri, *span)}>" for span in self._passages}
        for stated, claim in self._claims.items():
            subject, predicate, value = map(str, stated)
            begin = f"<{iris.claim(self.iri, subject, predicate, value)}> "
            made += [
                f"{begin}{_CLAIM}{end}",
                f"{begin}{_SUBJECT} {subject}{end}",
                f"{begin}{_PREDICATE} {predicate}{end}",
                f"{begin}{_OBJECT} {value}{end}",
                *[f"{begin}{_EVIDENCE} {words[span]}{end}" for span in claim.passages],
            ]
            if claim.derived:
                made.append(f"{begin}{AG.derived} {values.flag()}{end}")
        for span, passage in self._passages.items():
            begin = f"{words[span]} "
            made += [
                f"{begin}{_PASSAGE}{end}",
                f"{begin}{_EXACT} {values.text(passage.quote)}{end}",
                f'{begin}{_START} "{span[0]}"{_INTEGER}{end}',
                f'{begin}{_END} "{span[1]}"{_INTEGER}{end}',
                f"{begin}{_PLACE} {values.text(passage.place)}{end}",
            ]
            if passage.page:
                made.append(f'{begin}{AG.page} "{passage.page}"{_INTEGER}{end}')
        return made


# The terms of most lines, written once.
_TYPE = RDF.type
_CLAIM, _PASSAGE = f"{_TYPE} {AG.Claim}", f"{_TYPE} {AG.Passage}"
_SUBJECT, _PREDICATE, _OBJECT = str(RDF.subject), str(RDF.predicate), str(RDF.object)
_EVIDENCE, _EXACT, _START, _END, _PLACE = map(str, (AG.evidence, OA.exact, OA.start, OA.end, AG.place))
_INTEGER = f"^^{XSD.integer}"
