"""Every named query of the contract, row by row, on an invented report: the same from pyoxigraph and rdflib."""

from __future__ import annotations

import re
import warnings
from functools import cache
from importlib.resources import files

import invented
import pyoxigraph as ox
import pytest
import rdflib

from auditgraph.loaders.mapping import quads
from auditgraph.queries.named import named_queries
from auditgraph.queries.runner import run_named

# The contract: names, and columns in their order.
COLUMNS = {
    "reports": "report assignment title headline issued entity period_start period_end fieldwork_start fieldwork_end "
    "overall_rating",
    "recommendations": "report number text importance status closing_reason due action",
    "recommendation-parts": "report number part text",
    "responsibilities": "report number official",
    "responses": "report number accepted comments",
    "findings": "report area heading first last recommendation",
    "mandates": "report symbol entity effect",
    "citations": "report instrument paragraph",
    "instruments": "report title identifier year",
    "organisations": "report name acronym parent",
    "posts": "report title organisation grade reports_to",
    "people": "report name role",
    "abbreviations": "report acronym expansion",
    "locations": "report name",
    "budgets": "report funder fiscal_year amount currency",
    "amounts": "report paragraph amount currency",
    "figures": "report paragraph count total percent",
    "systems": "report name",
    "discrepancies": "report about first second",
    "evidence": "report statement place quote",
    # Ours, beside the contract's.
    "history": "report number said_on status closing_reason due said_by place",
}
TITLE = "Audit of fuel in the United Nations Mission in Zubara"
MISSION = "United Nations Mission in Zubara"
WHOLE, BARE = "2031/007", "AP2030-699-01"
COUNTING, PAINTING = invented.FIRST, invented.SECOND

# What the first report says: the rows without the report's number.
ROWS: dict[str, set[tuple[str, ...]]] = {
    "reports": {
        (BARE, TITLE, "The Mission needed to count its dippers", "2031-05-02", "UNMIZ", "2029-07", "2030-12-31",
         "2031-01", "2031-03", "")
    },
    "recommendations": {
        ("1", COUNTING, "important", "open", "", "2031-12-31", "Receipt of a count"),
        ("2", PAINTING, "important", "closed", "implemented", "", ""),
    },
    "recommendation-parts": {("1", "a", "count its dippers"), ("1", "b", "lock them up")},
    "responsibilities": {
        ("1", "Chief, Fuel Unit"), ("1", "Director of Mission Support"), ("2", "Chief, Fuel Unit"),
    },
    "responses": {("1", "yes", "We will count."), ("2", "no", "Paint is for show.")},
    "findings": {("Stock", "Need to keep dippers", "12", "12", "1"), ("Stock", "Pumps worked", "13", "13", "")},
    "mandates": {("S/RES/9100 (2029)", "UNMIZ", "establishes")},
    "citations": {
        ("S/RES/9100 (2029)", "1"), ("S/RES/9100 (2029)", "13"), ("ST/AI/2028/4", "2"), ("ST/AI/2028/4", "13"),
    },
    "instruments": {("Manual on Fuel", "ST/AI/2028/4", "2028")},
    "organisations": {(MISSION, "UNMIZ", ""), ("Fuel Unit", "FU", "UNMIZ"), ("Security Council", "", "")},
    "posts": {
        ("Chief", "FU", "P-4", "Director of Mission Support"),
        ("Director of Mission Support", "", "", "Head of Mission"),
        ("Head of Mission", "", "", ""),
    },
    "people": {("Jane Doe", "signatory")},
    "abbreviations": {("UNMIZ", MISSION), ("DMS", "Director of Mission Support")},
    "locations": {("Port Amber",)},
    "budgets": {("UNMIZ", "2029/30", "1210000", "USD")},
    "amounts": {("2", "1210000", "USD"), ("12", "2400", "USD")},
    "figures": {("12", "3", "9", "33")},
    "systems": {("Umoja",)},
    "discrepancies": {("recommendation 1", "important", "critical")},
}  # fmt: skip
# What the report without annexes says otherwise.
OTHERWISE: dict[str, set[tuple[str, ...]]] = {
    "recommendations": {
        ("1", COUNTING, "", "open", "", "", "a count"), ("2", PAINTING, "", "closed", "", "", ""),
    },
    "responses": {("1", "yes", ""), ("2", "yes", "")},
    "responsibilities": set(),
    "discrepancies": set(),
}  # fmt: skip


@cache
def oxigraph() -> ox.Store:
    store = ox.Store()
    store.extend(quads(invented.report()))
    store.extend(quads(invented.without_annexes()))
    return store


@cache
def in_rdflib() -> rdflib.Dataset:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = rdflib.Dataset(default_union=True)
        nquads = ox.serialize(oxigraph(), format=ox.RdfFormat.N_QUADS) or b""
        return data.parse(data=nquads, format="nquads")


def text_of(name: str) -> str:
    return (files("auditgraph.queries") / f"{name}.rq").read_text(encoding="utf-8")


def rows_of(name: str, **bind: str) -> set[tuple[str, ...]]:
    """Return the rows that the embedded engine gives, in the contract's columns."""
    found = oxigraph().query(
        text_of(name), use_default_graph_as_union=True,
        substitutions={ox.Variable(key): ox.Literal(value) for key, value in bind.items()} or None,
    )  # fmt: skip
    assert isinstance(found, ox.QuerySolutions)
    columns = COLUMNS[name].split()
    return {tuple(row[c].value if row[c] is not None else "" for c in columns) for row in found}


def rows_in_rdflib(name: str) -> set[tuple[str, ...]]:
    columns = COLUMNS[name].split()
    rows = in_rdflib().query(text_of(name)).bindings
    return {tuple(str(row.get(rdflib.Variable(c), "")) for c in columns) for row in rows}


def test_the_library_has_the_queries_of_the_contract_with_its_columns() -> None:
    assert {name: " ".join(query.columns) for name, query in named_queries().items()} == COLUMNS


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_rows_are_those_of_the_contract(name: str) -> None:
    expected = {(WHOLE, *row) for row in ROWS[name]} | {(BARE, *row) for row in OTHERWISE.get(name, ROWS[name])}
    assert rows_of(name) == expected


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_rdflib_gives_the_same_rows(name: str) -> None:
    assert rows_in_rdflib(name) == rows_of(name)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_report_is_asked_for_by_its_key(name: str) -> None:
    assert rows_of(name, report=WHOLE) == {row for row in rows_of(name) if row[0] == WHOLE}
    assert rows_of(name, report="1999/001") == set()


@pytest.mark.parametrize("name", [name for name, query in named_queries().items() if "entity" in query.parameters])
def test_an_entity_is_asked_for_by_its_acronym(name: str) -> None:
    assert rows_of(name, entity="UNMIZ") == rows_of(name) != set()
    assert rows_of(name, entity="UNMOP") == set()


@pytest.mark.parametrize("name", ["recommendations", "responsibilities"])
def test_a_status_is_asked_for(name: str) -> None:
    assert {row[1] for row in rows_of(name, status="open")} == {"1"}
    assert {row[1] for row in rows_of(name, status="closed")} == {"2"}
    assert rows_of(name, status="lost") == set()


def test_an_entity_leads_to_the_graphs_of_its_reports() -> None:
    """Only those graphs are read, so that the time grows with the answer."""
    looked_at: list[list[str] | None] = []

    class Watched:
        location = "memory:"

        def query(self, sparql: str, *, bind: dict[str, ox.Literal], graphs: list[str] | None = None) -> object:
            looked_at.append(graphs)
            named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(graph) for graph in graphs or []]
            return oxigraph().query(
                sparql, use_default_graph_as_union=graphs is None, named_graphs=named if graphs is not None else None,
                substitutions={ox.Variable(name): term for name, term in bind.items()},
            )  # fmt: skip

    def ask(entity: str) -> int:
        query = named_queries()["recommendations"]
        found = run_named(Watched(), query, bind={"entity": ox.Literal(entity)})  # type: ignore[arg-type]
        return len(list(found.rows))

    assert ask("UNMIZ") == 4
    assert [graphs is not None and len(graphs) for graphs in looked_at] == [False, 2]
    assert ask("UNMOP") == 0
    assert looked_at[2:] == [None], "where no report is found, none is read"


def test_reports_without_an_entity_are_answered_but_not_for_another_one() -> None:
    from dataclasses import replace

    store = ox.Store()
    store.extend(quads(replace(invented.report(), entities=())))
    query = text_of("recommendations")
    variable = ox.Variable("entity")
    assert len(list(store.query(query))) == 2  # type: ignore[arg-type]
    assert list(store.query(query, substitutions={variable: ox.Literal("UNMIZ")})) == []  # type: ignore[arg-type]


def test_evidence_reads_well_and_its_quotes_stand_in_the_source() -> None:
    rows = rows_of("evidence")
    assert {quote for *_, quote in rows if quote not in invented.SOURCE} == set()
    said = {(statement, place) for report, statement, place, _ in rows if report == WHOLE}
    assert {
        ('recommendation 1: status "open"', "annex I rec 1"),
        ('recommendation 2: closing reason "implemented"', "annex I rec 2"),
        ("recommendation 1", "rec 1"),
        ("paragraph 12", "12"),
        ('report: issued "2031-05-02"', "cover"),
        ('organisation "Fuel Unit"', "2"),
        ('organisation "Fuel Unit": sub organization of "UNMIZ"', "2"),
        ('figure "3 of 9 (33 per cent)"', "12"),
        ('finding 1: led to "recommendation 1"', "rec 1"),
    } <= said


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_each_file_says_what_it_answers_and_is_led_by_the_report(name: str) -> None:
    text = text_of(name)
    assert re.match(r"# title: .+\n# answers: one row for each .+\n", text)
    assert "# why: " in text
    where = text[text.index("{") + 1 :].split()
    # A union begins with what the report itself says.
    led = where[1:] if where[0] == "{" else where
    assert led[:6] == ["GRAPH", "?r", "{", "?r", "ag:key", "?report"]
