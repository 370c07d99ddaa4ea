"""What of a report's graph becomes a thing, a link, a line, a quote."""

import pyoxigraph as ox
import pytest
from sample_graph import BASE, MISSION, Builder, sample, sample_store

from auditgraph.errors import UsageError
from auditgraph.ontology.namespaces import AG, ORG, RDF, RDFS
from auditgraph.viz import graph_of, picture_of
from auditgraph.viz.index import GraphIndex
from auditgraph.viz.picture import Fact, Link, Picture, Quote, Thing
from auditgraph.viz.projection import project

REPORT = BASE + "report/2031-007"


@pytest.fixture(scope="module")
def picture() -> Picture:
    return picture_of(sample_store(), report="2031/007")


def thing(picture: Picture, path: str) -> Thing:
    return next(t for t in picture.things if t.iri == BASE + path)


def link(picture: Picture, source: str, relation: str, target: str) -> Link:
    ends = (BASE + source, relation, BASE + target)
    return next(e for e in picture.links if (e.source, e.relation, e.target) == ends)


def lines(thing: Thing, label: str) -> list[Fact]:
    return [fact for fact in thing.facts if fact.label == label]


def test_triples_of_the_evidence_are_no_things(picture: Picture) -> None:
    kinds = "report finding recommendation post person organisation resolution instrument location system"
    assert {thing.kind for thing in picture.things} == set(kinds.split())
    assert not [t.iri for t in picture.things if "/claim/" in t.iri or "/passage/" in t.iri or "/paragraph/" in t.iri]


def test_the_picture_is_named_after_its_report(picture: Picture) -> None:
    assert picture.title == "Audit of fuel management in the United Nations Stabilization Mission in Zubara"
    assert picture.subtitle == "Report 2031/007 · issued 2 May 2031 · assignment AP2030-699-01"
    assert picture.focus == REPORT
    assert picture.total == len(picture.things)


def test_the_story_runs_from_report_to_post(picture: Picture) -> None:
    assert link(picture, "report/2031-007", "audits", MISSION).quotes[0].place == "1"
    assert link(picture, "report/2031-007", "found", "report/2031-007/finding/2")
    assert link(picture, "report/2031-007/finding/2", "led_to", "report/2031-007/recommendation/2").quotes
    assert link(picture, "report/2031-007/recommendation/2", "addressed_to", MISSION)
    official = link(
        picture, "report/2031-007/recommendation/2", "responsible", "post/unsmiz/director-of-mission-support"
    )
    assert official.quotes == (Quote("2031/007", "appendix I rec 2", "Director of Mission Support"),)


def test_a_recommendation_that_follows_from_a_finding_is_not_also_its_reports(picture: Picture) -> None:
    assert not [e for e in picture.links if e.relation == "recommends"]


def test_a_recommendation_without_a_finding_hangs_on_its_report() -> None:
    b = Builder("2031/009")
    b.type(b.report, AG.AuditReport)
    b.type(f"{b.report}/recommendation/1", AG.Recommendation)
    _, links = project(GraphIndex(b.graph.value, b.quads))
    assert [(e.source, e.relation) for e in links] == [(b.graph.value, "recommends")]


def test_what_a_paragraph_cites_belongs_to_its_finding(picture: Picture) -> None:
    cited = link(picture, "report/2031-007/finding/8", "cites", "instrument/procurement-manual")
    assert cited.quotes == (Quote("2031/007", "37", "as the Procurement Manual requires, receipts are kept"),)


def test_a_mandate_is_a_link_that_says_its_effect(picture: Picture) -> None:
    assert link(picture, "resolution/s-res-2991-2027", "mandates", MISSION).label == "establishes"


def test_names_are_quiet_where_more_is_said(picture: Picture) -> None:
    unit = f"{MISSION}/engineering-section/power-generation-unit"
    assert link(picture, "report/2031-007/finding/5", "names", unit).quiet
    assert not link(picture, "report/2031-007/finding/5", "names", "system/electronic-fuel-management-system").quiet


def test_marks_are_codes_and_not_guesses(picture: Picture) -> None:
    assert thing(picture, "report/2031-007/recommendation/2").marks == {"critical", "open"}
    assert thing(picture, "report/2031-007/recommendation/4").marks == {"important", "closed"}
    assert thing(picture, MISSION).marks == frozenset()


def test_facts_lead_to_the_words_of_their_own_claim_else_of_their_things(picture: Picture) -> None:
    recommendation = thing(picture, "report/2031-007/recommendation/2")
    assert lines(recommendation, "Status")[0].quotes == (Quote("2031/007", "annex I rec 2", "O"),)
    (text,) = lines(recommendation, "Text")
    assert text.quotes[0].place == "rec 2"
    assert text.quotes[0].text == f"(2) {text.value}"


def test_sums_of_a_findings_paragraphs_are_its_lines(picture: Picture) -> None:
    (figure,) = lines(thing(picture, "report/2031-007/finding/10"), "Figure")
    assert figure.value == "4 of 9 (44 per cent)"
    assert figure.quotes[0].place == "47"


def test_contradictions_stand_with_the_report_and_quote_both_places(picture: Picture) -> None:
    (clash,) = lines(thing(picture, "report/2031-007"), "Contradiction")
    assert clash.value == "due date of recommendation 5: 2031-12-31 / 2031-11-30"
    assert [quote.place for quote in clash.quotes] == ["annex I rec 5", "appendix I rec 5"]


def test_a_derived_fact_says_so() -> None:
    b = sample()
    for quad in list(b.quads):
        if quad.predicate == RDF.predicate and quad.object == AG.due:
            b.quads.add(ox.Quad(quad.subject, AG.derived, ox.Literal(True), b.graph))
    for shown in picture_of(sample_store(b), report="2031/007").things:
        assert {fact.label for fact in shown.facts if fact.derived} == (
            {"Due"} if shown.kind == "recommendation" else {"Contradiction"} if shown.kind == "report" else set()
        )


def test_around_a_thing_are_its_neighbours_in_all_reports() -> None:
    store = sample_store(
        sample(), sample("2032/011", "Audit of stores in the United Nations Stabilization Mission in Zubara")
    )
    near = picture_of(store, around="UNSMIZ")
    assert near.focus == BASE + MISSION
    assert {BASE + "report/2031-007", BASE + "report/2032-011"} <= {t.iri for t in near.things}
    assert {q.report for fact in thing(near, MISSION).facts for q in fact.quotes} == {"2031/007", "2032/011"}
    assert len(picture_of(store, around="UNSMIZ", depth=2).things) > len(near.things)


@pytest.mark.parametrize("name", ["UNSMIZ", "unsmiz", "United Nations Stabilization Mission in Zubara", BASE + MISSION])
def test_a_thing_is_found_by_name_acronym_or_iri(name: str) -> None:
    assert picture_of(sample_store(), around=name).focus == BASE + MISSION


@pytest.mark.parametrize("name", ["2031/007", "2031-007", REPORT])
def test_a_report_is_found_by_number_or_iri(name: str) -> None:
    assert picture_of(sample_store(), report=name).focus == REPORT


@pytest.mark.parametrize("asked", [
    {"report": "1999/001"}, {"around": "Nobody"}, {"around": "https://example.org/nothing"}, {"around": "http://a b"},
    {"report": "2031/007", "around": "UNSMIZ"}, {"around": "UNSMIZ", "depth": 0},
])  # fmt: skip
def test_what_is_not_known_is_said_in_one_line(asked: dict[str, object]) -> None:
    with pytest.raises(UsageError) as error:
        picture_of(sample_store(), **asked)  # type: ignore[arg-type]
    assert "\n" not in str(error.value)


def test_two_things_of_one_name_are_not_guessed_between() -> None:
    b = sample()
    other = b.type("organisation/elsewhere/unsmiz", ORG.Organization)
    b.add(other, RDFS.label, "UNSMIZ")
    with pytest.raises(UsageError, match="2 things are called 'UNSMIZ'"):
        picture_of(sample_store(b), around="UNSMIZ")


def test_an_empty_store_says_what_to_do() -> None:
    from auditgraph.store.embedded import open_memory

    with pytest.raises(UsageError, match="auditgraph load"):
        picture_of(open_memory())


def test_a_budget_keeps_the_story_and_counts_the_rest() -> None:
    picture = picture_of(sample_store(), report="2031/007", limit=40)
    assert len(picture.things) == 40
    assert picture.total > 40
    kinds = [thing.kind for thing in picture.things]
    assert kinds.count("report") == 1
    assert kinds.count("recommendation") == 8


def test_the_graph_for_scripts_is_networkx() -> None:
    graph = graph_of(sample_store(), report="2031/007")
    assert graph.nodes[BASE + MISSION]["kind"] == "organisation"
    assert graph.has_edge(REPORT, BASE + MISSION, key="audits")
    assert graph.is_directed()


def test_a_picture_refuses_links_that_lead_out_of_it() -> None:
    with pytest.raises(ValueError, match="leads out"):
        Picture("", "", (Thing("a", "thing", "a", "a"),), (Link("a", "b", "names"),))
