"""Real servers: the same commands, the same answers, nothing lost on the way."""

from __future__ import annotations

import os
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import later_documents as later
import pyoxigraph as ox
import pytest
from engines import Server
from test_embedded import REPORT, SAYS, graph_of, versions

from auditgraph.api import load
from auditgraph.errors import QueryError, StoreError, UsageError
from auditgraph.queries.named import named_queries
from auditgraph.queries.results import cell
from auditgraph.queries.runner import Limits, run_named, run_text
from auditgraph.store import MEMORY, GraphData, Store, open_store
from auditgraph.store.copying import canonical, copy

pytestmark = pytest.mark.server
REPORTS = Path(__file__).parents[1] / "reports"


@cache
def memory() -> Store:
    """The invented reports, read into memory once."""
    store = open_store(MEMORY, write=True)
    with TemporaryDirectory() as folder:
        later.write(Path(folder))
        loaded = load([*map(str, sorted(REPORTS.glob("*.txt"))), folder], store)
    assert not [one.error for one in loaded if one.error]
    return store


@pytest.fixture
def filled(remote: Store) -> Store:
    copy(memory(), remote)
    return remote


def rows(store: Store, name: str, **asked: Any) -> list[tuple[str, ...]]:
    return [tuple(map(cell, row)) for row in run_named(store, named_queries()[name], **asked).rows]


def test_every_named_query_answers_as_memory_and_disk_do(filled: Store, tmp_path: Path) -> None:
    disk = open_store(tmp_path / "store", write=True)
    copy(filled, disk)
    one = next(graph for graph in memory().records() if graph.endswith("2031-007"))  # it is spoken of later, too
    entity = ox.Literal(next(row[5] for row in rows(memory(), "reports") if row[5]))
    asked: list[dict[str, Any]] = [{}, {"report": one}]
    found = 0
    for name, query in named_queries().items():
        extra: list[dict[str, Any]] = [{"bind": {"entity": entity}}] if "entity" in query.parameters else []
        if "status" in query.parameters:
            extra += [{"bind": {"status": ox.Literal("open")}}, {"bind": {"status": ox.Literal("x"), "entity": entity}}]
        for how in [*asked, *extra]:
            expected = rows(memory(), name, **how)
            assert rows(filled, name, **how) == expected, (name, how)
            assert rows(disk, name, **how) == expected, (name, how)
            found += len(expected)
    assert found > 500


def test_nothing_is_lost_there_and_back(filled: Store) -> None:
    back = open_store(MEMORY, write=True)
    copy(filled, back)
    assert canonical(filled) == canonical(memory())
    assert canonical(back) == canonical(memory())
    assert back.records() == filled.records() == memory().records()


def test_a_report_is_replaced_whole_and_the_former_is_kept(remote: Store) -> None:
    from auditgraph.store.history import HISTORY_GRAPH, versions_of

    remote.put([graph_of(1, 1, 30), graph_of(2, 1)])
    remote.put([graph_of(1, 2, 10), graph_of(3, 1)])
    assert [graph.removeprefix(REPORT) for graph in remote.graphs()] == ["2031-001", "2031-002", "2031-003"]
    assert versions(remote, REPORT + "2031-001") == {"v2"}
    assert remote.records()[REPORT + "2031-001"].sha256 == "1-2"
    (former,) = versions_of(remote.quads(HISTORY_GRAPH.value))
    assert former.record.sha256 == "1-1"
    assert len(former.nquads.splitlines()) == 30
    (n,) = count_all(remote)
    assert n == 50
    assert remote.remove(REPORT + "2031-001")
    assert not remote.remove(REPORT + "2031-001")
    assert not list(remote.quads(HISTORY_GRAPH.value))
    assert remote.find("2031/001") is None
    found = remote.find("2031-002")
    assert found is not None
    assert found.key == "2031/002"


def count_all(store: Store, graphs: list[str] | None = None) -> list[int]:
    answer = store.query(f"SELECT (COUNT(*) AS ?n) {{ ?s {SAYS} ?o }}", graphs=graphs)
    return [int(solution["n"].value) for solution in answer]  # type: ignore[union-attr]


def test_updates_alone_do_where_there_is_no_graph_store(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDITGRAPH_GRAPH_STORE_URL")
    store = open_store(server.place, write=True)
    for version in (1, 2):
        store.put([graph_of(1, version, 3)])
    text = sorted(q.object.value for q in store.quads(REPORT + "2031-001"))  # type: ignore[union-attr]
    assert text == [f'v2 part {i} \\u0022 "}}' for i in range(3)]


def test_a_query_sees_the_union_or_the_graphs_it_is_given(remote: Store) -> None:
    remote.put([graph_of(1, 1), graph_of(2, 1)])
    assert count_all(remote) == [40]
    assert count_all(remote, [REPORT + "2031-001"]) == [20]
    assert count_all(remote, []) == [0]
    named = f"SELECT (COUNT(*) AS ?n) FROM <{REPORT}2031-002> {{ ?s {SAYS} ?o }}"
    (solution,) = remote.query(named)  # type: ignore[misc]
    assert solution["n"].value == "20"


def test_bound_values_are_terms(remote: Store) -> None:
    remote.put([graph_of(1, 1, 2)])
    asked = f"SELECT ?s ?o {{ ?s {SAYS} ?o }}"
    for hostile in ('x" } ; DROP ALL #', "\\u0022 } #", "\n'''"):
        assert not list(remote.query(asked, bind={"o": ox.Literal(hostile)}))  # type: ignore[arg-type]
    exact = ox.Literal('v1 part 1 \\u0022 "}')
    (solution,) = remote.query(asked, bind={"o": exact})  # type: ignore[misc]
    assert solution["o"] == exact
    assert len(remote.graphs()) == 1


def test_graphs_and_truths_come_too(remote: Store) -> None:
    remote.put([graph_of(1, 1, 4)])
    with run_text(remote, f"CONSTRUCT {{ ?s {SAYS} ?o }} WHERE {{ ?s {SAYS} ?o }}") as triples:
        assert len(list(triples.triples)) == 4  # type: ignore[union-attr]
    with run_text(remote, f"ASK {{ ?s {SAYS} ?o }}") as truth:
        assert truth.value is True  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "sparql", ["DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SELECT * {"]
)
def test_what_writes_or_reaches_out_is_refused(remote: Store, sparql: str) -> None:
    remote.put([graph_of(1, 1)])
    with pytest.raises(QueryError), run_text(remote, sparql):
        pass
    assert len(remote.graphs()) == 1


def test_rows_are_limited(filled: Store) -> None:
    sparql = "SELECT ?s { ?s ?p ?o }"
    with run_text(filled, sparql, limits=Limits(rows=10)) as found, pytest.raises(QueryError, match="more than 10 r"):
        list(found.rows)  # type: ignore[union-attr]
    with run_text(filled, "SELECT ?s { ?s ?p ?o } LIMIT 10", limits=Limits(rows=10)) as found:
        assert len(list(found.rows)) == 10  # type: ignore[union-attr]


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?f && ?g != ?c && ?d != ?i) }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize("sparql", [ENDLESS, HUGE], ids=["endless", "huge"])
def test_what_does_not_end_is_cut_off(filled: Store, sparql: str) -> None:
    begun = time.monotonic()
    with (
        pytest.raises((QueryError, StoreError)),
        run_text(filled, sparql, limits=Limits(seconds=3, rows=2_000_000)) as found,
    ):
        list(found.rows)  # type: ignore[union-attr]
    assert time.monotonic() - begun < 30  # and not for ever
    assert filled.graphs()


def test_copy_refuses_a_store_that_holds_other_things(remote: Store, tmp_path: Path) -> None:
    remote.put([graph_of(1, 1)])
    other = open_store(tmp_path / "store", write=True)
    other.put([graph_of(1, 2)])
    with pytest.raises(UsageError):
        copy(remote, other)


def test_the_commands_are_the_same(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from auditgraph.cli import main

    report = str(sorted(REPORTS.glob("*.txt"))[0])
    place = ["--store", server.place]
    assert main(["load", report, "--quiet", *place]) == 0
    assert main(["load", report, *place]) == 0
    assert "1 unchanged" in capsys.readouterr().err
    assert main(["reports", "--format", "csv", *place]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    backup = str(tmp_path / "all.nq.gz")
    assert main(["backup", backup, *place]) == 0
    key = next(iter(open_store(server.place).records().values())).key
    assert main(["remove", key, *place]) == 0
    assert main(["restore", backup, *place]) == 0
    assert main(["copy", "--to", str(tmp_path / "copy"), *place]) == 0
    capsys.readouterr()
    answers = []
    for where in (server.place, str(tmp_path / "copy")):
        assert main(["query", "evidence", "--format", "csv", "--store", where]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]
    assert len(answers[0].splitlines()) > 20
    assert "zubara" not in str(os.environ.get("PYTEST_CURRENT_TEST")) + "".join(answers)


def test_a_wrong_password_is_told_without_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    if "AUDITGRAPH_USER" not in server.environment:
        pytest.skip("this server knows no users")
    monkeypatch.setenv("AUDITGRAPH_PASSWORD", "hunter2")
    with pytest.raises(StoreError) as caught:
        open_store(server.place, write=True).put([GraphData(graph_of(1, 1).record, b"")])
    assert "hunter2" not in f"{caught.value!r} {caught.value}"
