"""The shapes: the graph of a whole report keeps them, and each catches what it is there for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.resources import files

import invented
import pyoxigraph as ox
import pytest

from auditgraph import model as m
from auditgraph.loaders.extract.mandates import VERBS
from auditgraph.loaders.mapping import quads
from auditgraph.ontology import validate
from auditgraph.ontology.namespaces import (
    AG,
    CODE,
    DCTERMS,
    FOAF,
    OA,
    ORG,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SKOS,
    VERSION,
    XSD,
)

R = "https://w3id.org/auditgraph/report/2031-007"
UNIT = ox.NamedNode("https://w3id.org/auditgraph/organisation/united-nations-mission-in-zubara/fu")
Graph = set[ox.Quad]


@pytest.fixture(scope="module")
def whole() -> frozenset[ox.Quad]:
    return frozenset(quads(invented.report()))


def part(path: str) -> ox.NamedNode:
    return ox.NamedNode(f"{R}/{path}")


def with_(
    subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal | str
) -> Callable[[Graph], None]:
    term = ox.Literal(value) if isinstance(value, str) else value
    return lambda graph: graph.add(ox.Quad(subject, predicate, term, ox.NamedNode(R)))


def without(subject: ox.NamedNode | None, predicate: ox.NamedNode) -> Callable[[Graph], None]:
    def drop(graph: Graph) -> None:
        gone = {q for q in graph if q.predicate == predicate and subject in (None, q.subject)}
        assert gone, "nothing to break"
        graph -= gone

    return drop


def test_a_whole_report_keeps_every_rule(whole: frozenset[ox.Quad]) -> None:
    assert validate(whole) == ()


def test_a_report_without_annexes_keeps_every_rule() -> None:
    assert validate(quads(invented.without_annexes())) == ()


def test_a_report_that_says_next_to_nothing_keeps_every_rule() -> None:
    skeleton = m.Skeleton("x", m.SourceInfo("x.txt", "0" * 64, "text/plain"), ())
    assert validate(quads(m.Report("iad", "2031/001", skeleton))) == ()


REPORT, AUDIT = ox.NamedNode(R), ox.NamedNode("https://w3id.org/auditgraph/audit/ap2030-699-01")
ONE, CLOSED = part("recommendation/1"), part("recommendation/2")
PASSAGE, DATE = part("passage/7-15"), ox.Literal("2031-02-30", datatype=XSD.gYear)

LATER = part("later/2030-001/2")
EARLIER = ox.NamedNode("https://w3id.org/auditgraph/report/2030-001")
SAID_LATER: dict[ox.NamedNode, ox.NamedNode | str] = {
    RDF.type: AG.LaterStatus, DCTERMS.isPartOf: REPORT, AG.ofReport: EARLIER, AG.reportKey: "2030/001", AG.number: "2",
    AG.about: ox.NamedNode(f"{EARLIER.value}/recommendation/2"),
}  # fmt: skip


def later(without: ox.NamedNode, *other: ox.NamedNode | str) -> Callable[[Graph], None]:
    """Add what is said of an earlier recommendation, with other values of a property, or none."""

    def add(graph: Graph) -> None:
        for predicate, value in SAID_LATER.items():
            if predicate != without:
                with_(LATER, predicate, value)(graph)
        for value in other:
            with_(LATER, without, value)(graph)

    return add


BROKEN: list[tuple[str, Callable[[Graph], None]]] = [
    ("exactly one key", without(REPORT, AG.key)),
    ("at most one number", with_(REPORT, AG.number, "2031/008")),
    ("at most one title", with_(REPORT, DCTERMS.title, "Another")),
    ("at most one headline", with_(REPORT, AG.headline, "Another")),
    ("date of issue", with_(REPORT, DCTERMS.issued, "soon")),
    ("exactly one audit", without(REPORT, AG.audit)),
    ("audited entity is an organisation", with_(REPORT, AG.auditedEntity, ONE)),
    ("SHA-256", without(REPORT, AG.sourceHash)),
    ("rating is one of", with_(REPORT, AG.overallRating, CODE["rating/wonderful"])),
    ("at most one assignment", with_(AUDIT, AG.assignment, "AP2")),
    ("period begins", with_(AUDIT, AG.periodStart, "2029")),
    ("period ends", with_(AUDIT, AG.periodEnd, "2029")),
    ("fieldwork begins", with_(AUDIT, AG.fieldworkStart, "2029")),
    ("fieldwork ends", with_(AUDIT, AG.fieldworkEnd, "2029")),
    ("one message", without(part("warning/1"), AG.message)),
    ("one name", with_(part("paragraph/1"), AG.place, "2")),
    ("a place is something", with_(part("place/x"), AG.place, "x")),
    ("paragraph has a number", without(part("paragraph/1"), AG.place)),
    ("paragraph has one text", without(part("paragraph/1"), AG.text)),
    ("part of a finding or of the report", without(part("paragraph/1"), DCTERMS.isPartOf)),
    ("one heading", without(part("finding/1"), AG.heading)),
    ("in one area", with_(part("finding/1"), AG.area, "Other")),
    ("one first paragraph", with_(part("finding/1"), AG.firstParagraph, part("paragraph/1"))),
    ("one last paragraph", with_(part("finding/1"), AG.lastParagraph, part("paragraph/1"))),
    ("leads to recommendations", with_(part("finding/1"), AG.ledTo, part("paragraph/1"))),
    ("one number", without(ONE, AG.number)),
    ("at most one text", with_(ONE, AG.text, "Another")),
    ("official is not empty", with_(ONE, AG.official, "")),
    ("closed needs no action", with_(CLOSED, AG.action, "more")),
    ("only what is closed", with_(ONE, AG.closingReason, CODE["closing-reason/implemented"])),
    ("importance is one code", with_(ONE, AG.importance, CODE["importance/huge"])),
    ("open or closed", with_(ONE, AG.status, CODE["status/pending"])),
    ("one reason for closing", with_(CLOSED, AG.closingReason, CODE["closing-reason/withdrawn"])),
    ("date of implementation", with_(ONE, AG.due, "31 December")),
    ("action needed is one", with_(ONE, AG.action, "more")),
    ("about a recommendation", without(part("recommendation/1/annex-i"), AG.about)),
    ("body, an annex or an appendix", without(part("recommendation/1/annex-i"), AG.saidIn)),
    ("accepted, partially", with_(part("recommendation/1/appendix-i"), AG.accepted, CODE["acceptance/maybe"])),
    ("about one recommendation", later(AG.about)),
    ("a recommendation of another document", later(AG.about, ONE)),
    ("names one report", later(AG.ofReport)),
    ("at most one audit", later(AG.ofAudit, AUDIT, ox.NamedNode("urn:a"))),
    ("has the number of its report", later(AG.reportKey)),
    ("has the number of its recommendation", later(AG.number, "2 (a)")),
    ("said on one date", later(AG.saidOn, "lately")),
    ("closed on one date", later(AG.closedOn, "lately")),
    ("one first date", later(AG.firstDue, "2031", "2032")),
    ("part of the document that tells it", later(DCTERMS.isPartOf)),
    ("a follow-up has the SHA-256", with_(ox.NamedNode("urn:f"), RDF.type, AG.FollowUp)),
    ("a follow-up has at most one date", with_(ox.NamedNode("urn:f"), DCTERMS.issued, "lately")),
    ("one letter", without(part("recommendation/1/a"), AG.letter)),
    ("part has one text", without(part("recommendation/1/a"), AG.text)),
    ("belongs to one recommendation", without(part("recommendation/1/a"), DCTERMS.isPartOf)),
    ("one name in a report", with_(UNIT, RDFS.label, "Fuel Section")),
    ("one short name", without(UNIT, AG.shortName)),
    ("at most one acronym", with_(UNIT, AG.acronym, "F")),
    ("parent is an organisation", with_(UNIT, ORG.subOrganizationOf, ONE)),
    ("unit has a parent", without(UNIT, ORG.subOrganizationOf)),
    ("one title in a report", without(None, RDFS.label)),
    ("post is in an organisation", with_(ONE, RDF.type, ORG.Post)),
    ("reports to a post", with_(ox.NamedNode(f"{UNIT.value}/x"), ORG.reportsTo, ONE)),
    ("person has one name", without(None, RDFS.label)),
    ("that of one person", without(None, AG.agent)),
    ("role is one of", with_(part("involvement/signatory/jane-doe"), AG.role, CODE["role/clown"])),
    ("at most one identifier", with_(ox.NamedNode("urn:i"), AG.identifier, "A")),
    ("at most one year", with_(ox.NamedNode("urn:i"), AG.year, "then")),
    ("is cited is a resolution", with_(part("paragraph/1"), AG.cites, UNIT)),
    ("one short form", without(part("abbreviation/dms"), AG.acronym)),
    ("one expansion", without(part("abbreviation/dms"), AG.expansion)),
    ("comes from one resolution", without(None, AG.resolution)),
    ("mandate is that of one organisation", without(None, AG.entity)),
    ("has one effect", without(None, AG.effect)),
    ("one plain number", with_(part("amount/12/2400-usd"), RDF.value, "many")),
    ("ISO 4217", with_(part("amount/12/2400-usd"), AG.currency, "dollars")),
    ("fiscal year reads", with_(part("amount/12/2400-usd"), AG.fiscalYear, "last year")),
    ("funder is one", with_(part("amount/12/2400-usd"), AG.funder, ONE)),
    ("one source of funds", with_(part("amount/12/2400-usd"), AG.sourceOfFunds, ONE)),
    ("one count", without(None, AG.count)),
    ("one total", without(None, AG.total)),
    ("percentage is one", without(None, AG.percent)),
    ("kind of a contradiction", with_(part("discrepancy/x"), RDF.type, AG.Discrepancy)),
    ("about one matter", without(None, AG.topic)),
    ("two sides that differ", without(None, AG.first)),
    ("second side", without(None, AG.second)),
    ("one notation", with_(CODE["status/open"], SKOS.notation, "Open")),
    ("claim has one subject", without(None, RDF.subject)),
    ("claim has one predicate", without(None, RDF.predicate)),
    ("claim has one object", without(None, RDF.object)),
    ("rests on passages", without(None, AG.evidence)),
    ("passage has its words", without(PASSAGE, OA.exact)),
    ("starts before it ends", without(PASSAGE, OA.start)),
    ("ends once", without(PASSAGE, OA.end)),
    ("stands in a place", without(PASSAGE, AG.place)),
    ("number from 1", with_(PASSAGE, AG.page, "0")),
    ("has no claim", with_(ox.NamedNode("https://w3id.org/auditgraph/organisation/sc"), AG.acronym, "SC")),
    ("the graph does not", without(UNIT, AG.acronym)),
    ("blank nodes", lambda graph: graph.add(ox.Quad(ox.BlankNode(), RDF.type, AG.Warning, ox.NamedNode(R)))),
    ("2 graphs", lambda graph: graph.add(ox.Quad(ONE, AG.place, ox.Literal("x"), ox.NamedNode("urn:g")))),
]
# Broken by adding the second of something, or a thing of the kind with the wrong property.
NEEDS = {
    "post is in an organisation": with_(ONE, ORG.postIn, CLOSED),
    "reports to a post": with_(ox.NamedNode(f"{UNIT.value}/x"), RDF.type, ORG.Post),
    "at most one identifier": lambda graph: [
        act(graph) for act in (with_(ox.NamedNode("urn:i"), RDF.type, AG.Instrument),
                               with_(ox.NamedNode("urn:i"), AG.identifier, "B"))
    ],
    "a follow-up has at most one date": with_(ox.NamedNode("urn:f"), RDF.type, AG.FollowUp),
    "at most one year": with_(ox.NamedNode("urn:i"), RDF.type, AG.Instrument),
    "percentage is one": with_(part("figure/12/3-of-9-33-per-cent-dippers"), AG.percent, "many"),
}  # fmt: skip


@pytest.mark.parametrize(("message", "damage"), BROKEN, ids=[message for message, _ in BROKEN])
def test_each_rule_catches_what_it_is_there_for(
    whole: frozenset[ox.Quad], message: str, damage: Callable[[Graph], None]
) -> None:
    graph = set(whole)
    damage(graph)
    if message in NEEDS:
        NEEDS[message](graph)
    found = validate(graph)
    assert any(message in line for line in found), found


def test_every_message_of_the_shapes_is_tested() -> None:
    store = ox.Store()
    store.load(path=str(files("auditgraph.ontology") / "shapes.ttl"), format=ox.RdfFormat.TURTLE)
    sh = "http://www.w3.org/ns/shacl#message"
    messages = {quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode(sh), None)}  # type: ignore[union-attr]
    tested = {message for message, _ in BROKEN} | {"is pointed to as an organisation", "has one name in a report"}
    assert {m for m in messages if not any(t in m for t in tested)} == set()


def test_the_message_names_the_thing_and_the_value(whole: frozenset[ox.Quad]) -> None:
    graph = set(whole)
    with_(ONE, AG.due, "31 December")(graph)
    assert any(line.startswith("2031-007/recommendation/1: ") and "31 December" in line for line in validate(graph))


# --- the ontology itself ---------------------------------------------------------------------------


def turtle(name: str) -> list[ox.Triple]:
    path = files("auditgraph.ontology") / f"{name}.ttl"
    return list(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE))


def terms(triples: Iterable[ox.Triple], *kinds: ox.NamedNode) -> set[ox.NamedNode]:
    return {t.subject for t in triples if t.predicate == RDF.type and t.object in kinds}  # type: ignore[misc]


def test_every_term_has_a_label_a_definition_and_its_ontology() -> None:
    triples = turtle("auditgraph")
    ours = terms(triples, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    assert len(ours) > 80
    for predicate in (RDFS.label, SKOS.definition, RDFS.isDefinedBy):
        assert ours - {t.subject for t in triples if t.predicate == predicate} == set()


def test_every_term_that_the_graph_uses_is_defined_and_each_defined_property_is_right_about_its_kind(
    whole: frozenset[ox.Quad],
) -> None:
    triples = turtle("auditgraph")
    classes = terms(triples, OWL.Class)
    links, values = terms(triples, OWL.ObjectProperty), terms(triples, OWL.DatatypeProperty)
    ours = PREFIXES["ag"]
    for quad in whole:
        if quad.predicate == RDF.type and quad.object.value.startswith(ours):  # type: ignore[union-attr]
            assert quad.object in classes
        if quad.predicate.value.startswith(ours):
            assert quad.predicate in (links if isinstance(quad.object, ox.NamedNode) else values), quad.predicate


def test_the_version_is_that_of_the_code() -> None:
    said = {t.object.value for t in turtle("auditgraph") if t.predicate == OWL.versionInfo}  # type: ignore[union-attr]
    assert said == {VERSION}


def test_every_code_says_what_it_means_and_ends_in_its_notation() -> None:
    from auditgraph import iris

    triples = turtle("codes")
    codes = terms(triples, SKOS.Concept)
    for predicate in (SKOS.inScheme, SKOS.prefLabel, SKOS.definition, SKOS.notation):
        assert codes - {t.subject for t in triples if t.predicate == predicate} == set()
    for triple in triples:
        if triple.predicate == SKOS.notation:
            scheme = triple.subject.value.removeprefix(str(CODE)).partition("/")[0]  # type: ignore[union-attr]
            assert triple.subject == ox.NamedNode(iris.code(scheme, triple.object.value))  # type: ignore[union-attr]


def test_every_effect_that_is_read_is_in_the_code_list() -> None:
    notations = {t.object.value for t in turtle("codes") if t.predicate == SKOS.notation}  # type: ignore[union-attr]
    assert set(VERBS.values()) - notations == set()


def test_terms_are_written_as_their_vocabularies_have_them() -> None:
    assert (ORG.subOrganizationOf.value, FOAF.Person.value, PROV.Activity.value) == (
        "http://www.w3.org/ns/org#subOrganizationOf", "http://xmlns.com/foaf/0.1/Person", "http://www.w3.org/ns/prov#Activity",
    )  # fmt: skip
    assert DCTERMS.title.value == "http://purl.org/dc/terms/title"
