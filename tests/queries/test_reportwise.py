"""Report by report, as of a date and within limits, a query has the rows that it has of all at once, in their order."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from auditgraph.api import load
from auditgraph.asof import StoreThen, as_of
from auditgraph.errors import QueryError
from auditgraph.naturally import natural
from auditgraph.queries import reportwise
from auditgraph.queries.named import named_queries
from auditgraph.queries.results import Rows, cell, result_of
from auditgraph.queries.runner import Limits, run_named, run_text
from auditgraph.queries.words import known_word
from auditgraph.store import GraphData, Store, open_store
from auditgraph.store.copying import copy

REPORTS = Path(__file__).parents[1] / "reports"
BEGUN = sorted(name for name, query in named_queries().items() if query.begins)


@cache
def memory() -> Store:
    """The invented reports, and former versions of two of them that said otherwise."""
    store = open_store("memory:", write=True)
    load([str(path) for path in sorted(REPORTS.glob("2*.txt"))[::2]], store)
    standing = open_store("memory:", write=True)
    copy(store, standing)
    for graph, record in list(standing.records().items())[:2]:
        now = (ox.serialize(standing.quads(graph), format=ox.RdfFormat.N_QUADS) or b"").decode()
        former = now.replace("status/open", "status/closed").replace(" should ", " shall ")
        assert former != now
        store.put([GraphData(replace(record, sha256="f" * 64, loaded="2001-01-01T00:00:00Z"), former.encode())])
        store.put([GraphData(replace(record, loaded="2040-01-01T00:00:00Z"), now.encode())])
    return store


@pytest.fixture(params=["memory:", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "memory:":
        return memory()
    disk = open_store(tmp_path / "store", write=True)
    copy(memory(), disk)
    disk.close()
    return open_store(tmp_path / "store")


def rows(store: Store, name: str, **how: Any) -> list[tuple[str, ...]]:
    return [tuple(map(cell, row)) for row in run_named(store, named_queries()[name], **how).rows]


def at_once(store: Store, name: str, bind: dict[str, ox.Literal] | None = None) -> list[tuple[str, ...]]:
    """Ask the text as it stands in the file, and sort in Python."""
    query = named_queries()[name]
    result = result_of(store.query(query.text, bind=bind))
    assert isinstance(result, Rows)
    indexes = [result.columns.index(column) for column in query.columns]
    return sorted({tuple(cell(row[i]) for i in indexes) for row in result.rows}, key=natural)


@cache
def ways(store: Store, name: str) -> list[dict[str, ox.Literal]]:
    """Return the parameters with which to ask a query."""
    query = named_queries()[name]
    entities = sorted({row[5] for row in at_once(store, "reports") if row[5]})
    found: list[dict[str, ox.Literal]] = [{}]
    if "entity" in query.parameters:
        found += [{"entity": ox.Literal(entity)} for entity in (entities[0], "nobody")]
    if "status" in query.parameters:
        found += [{"status": ox.Literal("open")}, {"status": ox.Literal("open"), "entity": ox.Literal(entities[0])}]
    return found


@pytest.mark.parametrize("many", [0, 1000])
@pytest.mark.parametrize("few", [0, 3, 1000])
def test_the_rows_are_those_of_all_at_once_in_their_order(many: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reportwise, "_MANY", many)
    monkeypatch.setattr(reportwise, "_FEW", few)
    monkeypatch.setattr(reportwise, "_TOGETHER", 2)
    for name in named_queries():
        for bind in ways(memory(), name):
            assert rows(memory(), name, bind=bind) == at_once(memory(), name, bind), (name, bind)


def test_the_first_rows_come_before_the_last_reports_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reportwise, "_MANY", 0)
    monkeypatch.setattr(reportwise, "_FEW", 0)
    monkeypatch.setattr(reportwise, "_TOGETHER", 1)
    read: list[str] = []
    asked = reportwise.rows_of

    def watched(store: Store, query: Any, bind: Any, graphs: list[str]) -> Any:
        read.extend(graphs)
        return asked(store, query, bind, graphs)

    monkeypatch.setattr("auditgraph.queries.runner.rows_of", watched)
    found = iter(run_named(memory(), named_queries()["recommendations"]).rows)
    next(found)
    assert 0 < len(read) < len(memory().graphs())
    list(found)
    assert sorted(read) == sorted(set(read)) == memory().graphs()


@pytest.mark.parametrize("name", BEGUN)
def test_without_the_statement_that_it_begins_with_a_report_has_no_rows(name: str) -> None:
    begins = named_queries()[name].begins
    found: Any = memory().query(f"SELECT DISTINCT ?k {{ GRAPH ?r {{ {begins} . ?r ag:key ?k }} }}")
    assert {row[0] for row in at_once(memory(), name)} <= {solution["k"].value for solution in found}


@pytest.mark.parametrize("when", ["2018", "2030"])
def test_as_of_a_date_the_rows_are_those_of_a_copy_of_what_held_then(store: Store, when: str) -> None:
    with as_of(store, when) as then:
        found = {
            (name, str(bind)): rows(then, name, bind=bind)
            for name in BEGUN
            for bind in ways(memory(), name)
        }  # fmt: skip
        assert then._copy is None, "such questions need none"
        held = then.copy()
        assert sorted(held.graphs()) == then.graphs()
        assert held.records() == then.records()
        for name in named_queries():
            for bind in ways(memory(), name):
                expected = at_once(held, name, bind)
                assert found.get((name, str(bind)), expected) == expected, (name, bind)
                assert rows(then, name, bind=bind) == expected
            one = then.graphs()[0]
            assert rows(then, name, report=one) == rows(held, name, report=one), name
            assert all(rows(then, name, report=graph) == [] for graph in set(store.graphs()) - set(then.graphs()))


def test_as_of_a_date_former_versions_say_what_they_said(store: Store) -> None:
    with as_of(store, "2030") as then, as_of(store, "2045") as now:
        assert len(then.former) == 2
        assert now.kept is None
        differing = set(rows(then, "recommendations")) ^ set(rows(now, "recommendations"))
        keys = {version.record.key for version in then.former.values()}
        assert {row[0] for row in differing} == keys
        assert rows(now, "recommendations") == rows(store, "recommendations")
        for key in keys:
            found = then.find(key)
            assert found is not None
            assert found.sha256 == "f" * 64
        assert known_word(then, "status", "Open") == "open"


def test_sparql_of_ones_own_sees_what_held_then(store: Store) -> None:
    texts = "SELECT DISTINCT ?t { ?r a ag:Recommendation ; ag:text ?t }"

    def shall(place: Store, report: str | None = None) -> int:
        with run_text(place, texts, report=report) as found:
            assert isinstance(found, Rows)
            return sum(" shall " in cell(row[0]) for row in found.rows)

    with as_of(store, "2030") as then:
        assert shall(store) == 0
        assert shall(then) > 0
        former = sorted(then.former)
        assert shall(then, former[0]) + shall(then, former[1]) == shall(then)
    with as_of(store, "2030", former[:1]) as one:
        assert one.graphs() == former[:1]
        assert shall(one) == shall(one, former[0]) > 0


@pytest.mark.parametrize("name", ["recommendations", "discrepancies", "evidence"])
def test_limits_hold_for_named_queries_and_change_no_answer(store: Store, name: str) -> None:
    limits = Limits(seconds=60, rows=100_000)
    assert rows(store, name, limits=limits) == rows(store, name) != []
    report = store.graphs()[0]
    assert rows(store, name, limits=limits, report=report) == rows(store, name, report=report)
    with as_of(store, "2030") as then:
        assert isinstance(then, StoreThen)
        assert rows(then, name, limits=limits) == rows(then, name)
    with pytest.raises(QueryError, match="more than 1 rows"):
        rows(store, name, limits=Limits(rows=1))
    with pytest.raises(QueryError, match="stopped after"):
        rows(store, name, limits=Limits(seconds=0.01))
