"""Hold one report's graph against the rules of the ontology and say what is wrong in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox

from auditgraph.ontology.namespaces import AG, DCTERMS, OA, RDF, RDFS, SH, SKOS

if TYPE_CHECKING:
    import rdflib

__all__ = ["validate"]

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

# What needs no claim: bookkeeping that the report does not say (docs/graph.md, "Evidence").
_BOOKKEEPING = frozenset(
    [
        AG.key, AG.family, AG.place, AG.mentions, AG.about, AG.saidIn, AG.entity, AG.shortName, AG.concerns, AG.audit,
        AG.sourceName, AG.sourceHash, AG.pages, AG.message, AG.section, AG.kind, AG.topic, DCTERMS.format,
        DCTERMS.isPartOf, SKOS.notation, RDFS.seeAlso, OA.exact, OA.start, OA.end, AG.page, AG.evidence, AG.derived,
        RDF.subject, RDF.predicate, RDF.object, RDF.type,
    ]
)  # fmt: skip
# What only repeats another statement of the graph, so that it is found or read more easily.
_REPEATED = {(AG.AuditReport, AG.auditedEntity), (AG.Discrepancy, RDFS.label)}


def validate(quads: Iterable[ox.Quad]) -> tuple[str, ...]:
    """Return what is wrong with the graph of one report, a line for each; nothing where it keeps the rules.

    The SHACL shapes of `shapes.ttl` are run with pyshacl; that every statement has a claim, and every
    claim its statement, is looked up here, which takes milliseconds where SHACL would take seconds.
    """
    quads = tuple(quads)
    return tuple(sorted({*_blank(quads), *_claims(quads), *_shapes(quads)}))


def _blank(quads: Iterable[ox.Quad]) -> Iterator[str]:
    if any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        yield "the graph has blank nodes: every node needs an IRI"
    graphs = {str(quad.graph_name) for quad in quads}
    if len(graphs) > 1:
        yield f"the quads stand in {len(graphs)} graphs: a report has one"


def _claims(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield statements without claim and claims without statement."""
    statements = {(q.subject, q.predicate, q.object) for q in quads}
    terms: dict[object, dict[object, object]] = {}
    kinds: dict[object, set[object]] = {}
    for subject, predicate, value in statements:
        if predicate in (RDF.subject, RDF.predicate, RDF.object):
            terms.setdefault(subject, {})[predicate] = value
        elif predicate == RDF.type:
            kinds.setdefault(subject, set()).add(value)
    claimed = {(t.get(RDF.subject), t.get(RDF.predicate), t.get(RDF.object)) for t in terms.values()}
    heads = {subject for subject, predicate, _ in claimed if predicate == RDF.type}
    for missing in claimed - statements:
        yield f"{_short(missing[0])}: a claim says {_short(missing[1])} {_short(missing[2])}, the graph does not"
    for statement in statements - claimed:
        subject, predicate, value = statement
        if predicate in _BOOKKEEPING or subject in heads:
            continue
        if any((kind, predicate) in _REPEATED for kind in kinds.get(subject, ())):
            continue
        yield f"{_short(subject)}: {_short(predicate)} {_short(value)} has no claim, so nobody can see where it is said"


def _shapes(quads: Iterable[ox.Quad]) -> Iterator[str]:
    import rdflib
    from pyshacl import validate as run

    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    conforms, results, text = run(graph + _graph("codes"), shacl_graph=_graph("shapes"), inplace=True)
    if conforms:
        return
    if not isinstance(results, rdflib.Graph):
        yield f"the shapes could not be run: {text}"
        return
    for result in results.subjects(_term(SH.resultMessage), None, unique=True):
        focus = results.value(result, _term(SH.focusNode))
        value = results.value(result, _term(SH.value))
        said = f" ({_local(value)!r})" if value is not None and value != focus else ""
        yield f"{_local(focus)}: {results.value(result, _term(SH.resultMessage))}{said}"


@cache
def _graph(name: str) -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(data=(files(__package__) / f"{name}.ttl").read_bytes(), format="turtle")


def _term(term: object) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        plain = term.datatype.value.endswith("#string") or term.language
        return rdflib.Literal(
            term.value, lang=term.language, datatype=None if plain else rdflib.URIRef(term.datatype.value)
        )
    return rdflib.BNode(str(term).removeprefix("_:"))


def _local(term: object) -> str:
    """Return the end of an IRI that people know a thing by: `recommendation/3`."""
    text = str(term)
    return text.rpartition("#")[2].rpartition("/report/")[2] if "://" in text else text


def _short(term: object) -> str:
    return _local(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
