"""Former versions are kept, asked for as of a date, moved with the store, and met by no ordinary query."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from auditgraph.asof import as_of, versions
from auditgraph.cli import main
from auditgraph.errors import StoreError, UsageError
from auditgraph.export import atomic_file, export
from auditgraph.restore import restore
from auditgraph.store import GraphData, LoadRecord, Store, open_store
from auditgraph.store.copying import canonical, copy
from auditgraph.store.history import end_of

GRAPH = "https://x.org/report/2031-001"
ISSUED = ox.NamedNode("http://purl.org/dc/terms/issued")
STATUS = ox.NamedNode("https://x.org/status")


def version(issued: str, status: str, loaded: str, **fields: object) -> GraphData:
    node = ox.NamedNode(GRAPH)
    quads = [ox.Quad(node, STATUS, ox.Literal(status), node)]
    if issued:
        quads.append(ox.Quad(node, ISSUED, ox.Literal(issued), node))
    record = LoadRecord(GRAPH, "2031/001", f"{status}.txt", f"{status:a<64}", loaded=loaded)
    return GraphData(replace(record, **fields), ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")  # type: ignore[arg-type]


@pytest.fixture(params=["memory:", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    store = open_store("memory:" if request.param == "memory:" else tmp_path / "store", write=True)
    store.put([version("2031-05-02", "open", "2040-01-01T10:00:00+00:00")])
    store.put([version("2032-05", "late", "2040-02-01T10:00:00+00:00")])
    store.put([version("2032-05", "closed", "2040-03-01T10:00:00+00:00")])
    return store


def statuses(store: Store) -> list[str]:
    return sorted(s["o"].value for s in store.query(f"SELECT ?o {{ ?s {STATUS} ?o }}"))  # type: ignore[union-attr]


def test_ordinary_queries_see_what_stands(store: Store) -> None:
    assert statuses(store) == ["closed"]
    assert store.graphs() == [GRAPH]
    assert [(r.source, issued, until) for r, issued, until, _ in versions(store)] == [
        ("open.txt", "2031-05-02", "2040-02-01T10:00:00Z"),
        ("late.txt", "2032-05", "2040-03-01T10:00:00Z"),
        ("closed.txt", "2032-05", ""),
    ]


@pytest.mark.parametrize(
    ("when", "status"),
    [("2031-05-02", "open"), ("2031", "open"), ("2032-05-30", "open"), ("2032-05-31", "late"), ("2032-Q2", "late"),
     ("2040-02-29", "late"), ("2040-03-01T10:00:00Z", "closed"), ("2040-03-01T11:00:00+01:00", "closed"),
     ("2099", "closed")],
)  # fmt: skip
def test_a_date_is_answered_by_what_was_the_word_then(store: Store, when: str, status: str) -> None:
    with as_of(store, when) as then:
        assert statuses(then) == [status]
        assert len(then.records()) == 1
    assert statuses(store) == ["closed"]


def test_before_the_first_word_there_is_none(store: Store) -> None:
    with pytest.raises(StoreError, match="2031-05-01"), as_of(store, "2031-05-01"):
        pass


@pytest.mark.parametrize("when", ["yesterday", "2031-13", "2031-02-30", "", "31-05-02", "2031-05-02T25:00", "0000"])
def test_what_is_no_date_is_refused(when: str) -> None:
    with pytest.raises(UsageError):
        end_of(when)


def test_the_same_file_and_a_twin_of_the_same_run_are_no_new_word(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", write=True)
    first = version("2031", "open", "2040-01-01T10:00:00Z")
    store.put([first])
    store.put([replace(first, record=replace(first.record, loader="99", loaded="2041-01-01T10:00:00Z"))])
    twin = version("2031", "closed", "2041-01-01T10:00:01Z", superseded=(first.record.sha256,))
    store.put([twin])
    assert len(list(versions(store))) == 1


def test_history_goes_with_a_copy_and_a_backup_and_leaves_with_its_report(store: Store, tmp_path: Path) -> None:
    other, restored = open_store(tmp_path / "copy", write=True), open_store(tmp_path / "restored", write=True)
    assert copy(store, other) == 1
    assert copy(store, other) == 1  # again: nothing is left to do
    with atomic_file(tmp_path / "all.nq.gz") as file:
        export(store, file, "nquads", records=True)
    assert [outcome.outcome for outcome in restore(restored, tmp_path / "all.nq.gz")] == ["loaded"]
    assert canonical(other) == canonical(restored) == canonical(store)
    with as_of(restored, "2031") as then:
        assert statuses(then) == ["open"]
    assert store.remove(GRAPH)
    assert not list(versions(store))
    assert canonical(store) == canonical(open_store("memory:", write=True))


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (Path(__file__).parents[1] / "reports" / "2023-062.txt").read_text(encoding="utf-8")
    report, place = tmp_path / "report.txt", str(tmp_path / "store")
    for body in (text, text.replace("recommendations", "Recommendations", 1)):
        report.write_text(body, encoding="utf-8")
        assert main(["load", str(report), "--store", place, "--quiet"]) == 0
    capsys.readouterr()
    assert main(["reports", "--history", "--format", "csv", "--store", place]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert main(["query", "reports", "--format", "csv", "--store", place, "--as-of", "2099"]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 2
    assert main(["query", "reports", "--store", place, "--as-of", "1999"]) == 1
    assert "1999" in capsys.readouterr().err
    assert main(["backup", str(tmp_path / "b.nq.gz"), "--store", place]) == 0
    before = canonical(open_store(place))
    Path(place, "auditgraph.json").write_text('{"format": 0}')
    assert main(["reports", "--store", place]) == 1
    assert "rebuild" in capsys.readouterr().err
    assert main(["rebuild", str(tmp_path / "b.nq.gz"), "--store", place]) == 0
    assert canonical(open_store(place)) == before
    assert main(["rebuild", str(tmp_path / "nothing.nq"), "--store", place]) != 0
    assert canonical(open_store(place)) == before
    assert main(["copy", "--to", place, "--store", place]) == 2
