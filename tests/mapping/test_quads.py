"""The graph of a report: complete, evidenced, without blank nodes, the same things under the same IRIs."""

from __future__ import annotations

from dataclasses import replace

import invented
import pyoxigraph as ox
import pytest

from auditgraph import model as m
from auditgraph.loaders.mapping import quads
from auditgraph.ontology.namespaces import AG, DCTERMS, OA, ORG, RDF, RDFS, SKOS

BASE = "https://w3id.org/auditgraph/"
REPORT = BASE + "report/2031-007"


def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(f"{REPORT}/{path}")


@pytest.fixture(scope="module")
def graph() -> ox.Store:
    store = ox.Store()
    store.extend(quads(invented.report()))
    return store


def objects(graph: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    return sorted(q.object.value for q in graph.quads_for_pattern(subject, predicate, None))  # type: ignore[union-attr]


def test_every_quad_stands_once_in_the_graph_of_the_report() -> None:
    found = list(quads(invented.report()))
    assert len(found) == len(set(found))
    assert {str(quad.graph_name) for quad in found} == {f"<{REPORT}>"}


def test_the_same_report_gives_the_same_quads_whatever_the_process() -> None:
    assert list(quads(invented.report())) == list(quads(invented.report()))


def test_there_are_no_blank_nodes_and_no_node_without_a_type(graph: ox.Store) -> None:
    subjects = {quad.subject for quad in graph}
    assert all(isinstance(subject, ox.NamedNode) for subject in subjects)
    typed = {quad.subject for quad in graph.quads_for_pattern(None, RDF.type, None)}
    untyped = {str(s) for s in subjects - typed if not str(s).startswith("<https://w3id.org/auditgraph/code/")}
    assert untyped == set()


def test_every_claim_names_a_statement_of_the_graph_and_has_evidence_verbatim_in_the_source(graph: ox.Store) -> None:
    claims = [quad.subject for quad in graph.quads_for_pattern(None, RDF.type, AG.Claim)]
    assert claims
    for claim in claims:
        terms = [next(graph.quads_for_pattern(claim, p, None)).object for p in (RDF.subject, RDF.predicate, RDF.object)]
        assert next(graph.quads_for_pattern(*terms), None), terms  # type: ignore[arg-type]
        assert list(graph.quads_for_pattern(claim, AG.evidence, None)), terms
    for quad in graph.quads_for_pattern(None, OA.exact, None):
        start, end = (int(objects(graph, quad.subject, p)[0]) for p in (OA.start, OA.end))  # type: ignore[arg-type]
        assert invented.SOURCE[start:end] == quad.object.value  # type: ignore[union-attr]


def test_what_places_say_stays_as_said_and_the_annex_is_what_stands_directly(graph: ox.Store) -> None:
    one = node("recommendation/1")
    assert objects(graph, one, AG.importance) == ["https://w3id.org/auditgraph/code/importance/important"]
    appendix = node("recommendation/1/appendix-i")
    assert objects(graph, appendix, AG.importance) == ["https://w3id.org/auditgraph/code/importance/critical"]
    assert objects(graph, appendix, AG.due) == ["2031-Q3"]
    assert objects(graph, one, AG.due) == ["2031-12-31"]
    assert objects(graph, node("recommendation/1/response"), AG.action) == ["a count"]
    assert objects(graph, one, AG.action) == ["Receipt of a count"]
    two = node("recommendation/2")
    assert objects(graph, two, AG.closingReason) == ["https://w3id.org/auditgraph/code/closing-reason/implemented"]
    assert objects(graph, two, AG.action) == []


def test_without_annexes_the_body_speaks() -> None:
    store = ox.Store()
    store.extend(quads(invented.without_annexes()))
    report = ox.NamedNode(BASE + "report/ap2030-699-01")
    one = ox.NamedNode(f"{report.value}/recommendation/1")
    assert objects(store, report, AG.key) == ["AP2030-699-01"]
    assert objects(store, one, AG.status) == ["https://w3id.org/auditgraph/code/status/open"]
    assert objects(store, one, AG.action) == ["a count"]
    assert objects(store, one, AG.importance) == []


def test_dates_keep_the_precision_printed(graph: ox.Store) -> None:
    types = {
        quad.object.value: quad.object.datatype.value.rpartition("#")[2]  # type: ignore[union-attr]
        for p in (AG.periodStart, AG.periodEnd, AG.due, AG.year)
        for quad in graph.quads_for_pattern(None, p, None)
    }
    assert types == {
        "2029-07": "gYearMonth", "2030-12-31": "date", "2031-12-31": "date", "2031-Q3": "string", "2028": "gYear",
    }  # fmt: skip


def test_a_resolution_has_one_iri_and_its_public_address(graph: ox.Store) -> None:
    resolution = ox.NamedNode(BASE + "resolution/s-res-9100-2029")
    assert objects(graph, resolution, RDFS.seeAlso) == ["https://undocs.org/en/S/RES/9100(2029)"]
    cites = {str(quad.subject) for quad in graph.quads_for_pattern(None, AG.cites, resolution)}
    assert cites == {str(node("paragraph/1")), str(node("paragraph/13"))}


def test_a_derived_statement_is_marked() -> None:
    report = invented.report()
    budget = report.budgets[0]
    derived = replace(report, budgets=(replace(budget, fiscal_year=replace(budget.fiscal_year, derived=True)),))
    store = ox.Store()
    store.extend(quads(derived))
    marked = [quad.subject for quad in store.quads_for_pattern(None, AG.derived, None)]
    assert [objects(store, claim, RDF.predicate) for claim in marked] == [[AG.fiscalYear.value]]  # type: ignore[arg-type]


def test_warnings_of_the_layout_and_of_the_sentences_become_nodes(graph: ox.Store) -> None:
    messages = [objects(graph, node(f"warning/{n}"), AG.message) for n in (1, 2)]
    assert messages == [["paragraphs 4 to 11 are missing"], ["no executive summary"]]


def test_a_paragraph_is_part_of_its_finding_else_of_the_report(graph: ox.Store) -> None:
    assert objects(graph, node("paragraph/12"), DCTERMS.isPartOf) == [node("finding/1").value]
    assert objects(graph, node("paragraph/1"), DCTERMS.isPartOf) == [REPORT]


def test_numbers_used_twice_do_not_melt_two_things_into_one() -> None:
    report = invented.report()
    skeleton = report.skeleton
    twice = replace(skeleton.recommendations[1], number="1")
    doubled = replace(
        skeleton,
        recommendations=(*skeleton.recommendations, twice),
        paragraphs=(*skeleton.paragraphs, replace(skeleton.paragraphs[0], number="13")),
    )
    store = ox.Store()
    store.extend(quads(replace(report, skeleton=doubled)))
    for path, text in (("recommendation/1", invented.FIRST), ("recommendation/1-2", invented.SECOND)):
        assert objects(store, node(path), AG.text) == [text]
    assert objects(store, node("paragraph/13-2"), AG.place) == ["13"]


def test_a_row_that_one_of_several_entities_provides_says_which() -> None:
    report = invented.report()
    first, second = report.skeleton.appendix_rows
    rows = (replace(first, entity="UNMIZ"), replace(first, entity="Fuel Unit"), replace(second, entity="nobody known"))
    store = ox.Store()
    store.extend(quads(replace(report, skeleton=replace(report.skeleton, appendix_rows=rows))))
    mission = BASE + "organisation/united-nations-mission-in-zubara"
    assert objects(store, node("recommendation/1/appendix-i"), AG.entity) == [mission]
    assert objects(store, node("recommendation/1/appendix-i-2"), AG.entity) == [mission + "/fu"]
    assert objects(store, node("recommendation/2/appendix-i"), AG.entity) == []


def test_a_recommendation_that_only_the_annex_has_is_one_too() -> None:
    report = invented.report()
    row = replace(report.skeleton.annex_rows[1], number="3")
    store = ox.Store()
    store.extend(quads(replace(report, skeleton=replace(report.skeleton, annex_rows=(row,)))))
    three = node("recommendation/3")
    assert objects(store, three, AG.text) == [invented.SECOND]
    assert objects(store, three, AG.status) == ["https://w3id.org/auditgraph/code/status/closed"]


def test_hostile_text_stays_text() -> None:
    evil = 'a> . <x> <y> "z" .\n<script>alert(1)</script>\u202e"""'
    report = invented.report()
    named = replace(report.organisations[2], name=m.Said(evil, report.organisations[2].name.evidence), known="")
    title = m.Said(evil, report.skeleton.title.evidence if report.skeleton.title else ())
    bodies = (*report.organisations[:2], named)
    hostile = replace(report, key=evil, skeleton=replace(report.skeleton, title=title), organisations=bodies)
    found = list(quads(hostile))
    again = ox.parse(ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"", ox.RdfFormat.N_QUADS)
    assert set(again) == set(found)
    assert ox.Literal(evil) in {quad.object for quad in found}


def test_another_base_moves_everything_but_the_codes() -> None:
    moved = list(quads(invented.report(), "urn:here:"))
    assert {str(quad.graph_name) for quad in moved} == {"<urn:here:report/2031-007>"}
    nodes = {term.value for quad in moved for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)}
    ours = {iri for iri in nodes if iri.startswith(BASE)}
    assert ours
    assert all(iri.startswith((BASE + "code/", BASE + "ontology#")) for iri in ours)
    assert len(moved) == len(list(quads(invented.report())))


def test_hierarchy_stands_where_the_report_states_it(graph: ox.Store) -> None:
    unit = ox.NamedNode(BASE + "organisation/united-nations-mission-in-zubara/fu")
    assert objects(graph, unit, ORG.subOrganizationOf) == [BASE + "organisation/united-nations-mission-in-zubara"]
    assert objects(graph, unit, SKOS.altLabel) == []
