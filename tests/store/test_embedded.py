"""The store keeps each report whole, whatever happens."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from auditgraph.errors import QueryError, StoreError
from auditgraph.store import GraphData, LoadRecord, Store, embedded, open_store, store_place
from auditgraph.store.history import HISTORY_GRAPH, versions_of

REPORT = "https://x.org/report/"
SAYS = ox.NamedNode("https://x.org/says")


def graph_of(number: int, version: int, size: int = 20) -> GraphData:
    """Make a report of so many quads, all of which name its version."""
    graph = f"{REPORT}2031-{number:03}"
    quads = [
        ox.Quad(
            ox.NamedNode(f"{graph}/part/{i}"), SAYS, ox.Literal(f'v{version} part {i} \\u0022 "}}'), ox.NamedNode(graph)
        )
        for i in range(size)
    ]
    record = LoadRecord(
        graph, f"2031/{number:03}", "a.txt", f"{number:x}-{version}", assignment=f"AP2030-699-{number:02}"
    )
    return GraphData(record, ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def versions(store: Store, graph: str) -> set[str]:
    return {quad.object.value.split()[0] for quad in store.quads(graph) if isinstance(quad.object, ox.Literal)}


@pytest.fixture(params=["memory:", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    place = "memory:" if request.param == "memory:" else str(tmp_path / "store")
    return open_store(place, write=True)


def test_a_report_is_replaced_whole(store: Store) -> None:
    store.put([graph_of(1, 1, 30), graph_of(2, 1)])
    store.put([graph_of(1, 2, 10), graph_of(3, 1)])
    assert [graph.removeprefix(REPORT) for graph in store.graphs()] == ["2031-001", "2031-002", "2031-003"]
    assert versions(store, REPORT + "2031-001") == {"v2"}
    assert len(list(store.quads(REPORT + "2031-001"))) == 10
    assert store.records()[REPORT + "2031-001"].sha256 == "1-2"


def test_the_same_report_twice_in_a_batch_is_the_last_of_them(store: Store) -> None:
    store.put([graph_of(1, 1, 30), graph_of(1, 2, 10)])
    assert versions(store, REPORT + "2031-001") == {"v2"}


def test_hostile_text_comes_back_as_it_went_in(store: Store) -> None:
    for version in (1, 2):  # the second goes in by an update
        store.put([graph_of(1, version, 1)])
        (quad,) = store.quads(REPORT + "2031-001")
        assert isinstance(quad.object, ox.Literal)
        assert quad.object.value == f'v{version} part 0 \\u0022 "}}'


def test_remove_takes_graph_and_record(store: Store) -> None:
    store.put([graph_of(1, 1), graph_of(2, 1)])
    assert store.remove(REPORT + "2031-001")
    assert not store.remove(REPORT + "2031-001")
    assert store.graphs() == list(store.records()) == [REPORT + "2031-002"]


@pytest.mark.parametrize("said", ["2031/001", "2031-001", " 2031-001 ", "ap2030/699/01", REPORT + "2031-001"])
def test_find_understands_every_spelling(store: Store, said: str) -> None:
    store.put([graph_of(1, 1), graph_of(11, 1)])
    found = store.find(said)
    assert found is not None
    assert found.key == "2031/001"


@pytest.mark.parametrize("said", ["2031", "", "001", "no iri: at all", "https://x.org/report/2031-00"])
def test_find_guesses_nothing(store: Store, said: str) -> None:
    store.put([graph_of(1, 1)])
    assert store.find(said) is None


def test_a_query_sees_the_union_or_the_graphs_it_is_given(store: Store) -> None:
    store.put([graph_of(1, 1), graph_of(2, 1)])
    count = f"SELECT (COUNT(*) AS ?n) {{ ?s {SAYS} ?o }}"

    def asked(graphs: list[str] | None) -> str:
        (solution,) = store.query(count, graphs=graphs)  # type: ignore[misc]
        return str(solution["n"].value)

    assert asked(None) == "40"
    assert asked([REPORT + "2031-001"]) == "20"


def test_bound_values_are_terms(store: Store) -> None:
    store.put([graph_of(1, 1, 2)])
    hostile = ox.Literal('x" } ; DROP ALL #')
    assert not list(store.query(f"SELECT ?s ?o {{ ?s {SAYS} ?o }}", bind={"o": hostile}))  # type: ignore[arg-type]
    assert len(store.graphs()) == 1


def test_what_is_no_query_is_a_query_error(store: Store) -> None:
    with pytest.raises(QueryError):
        store.query("SELECT * {")
    with pytest.raises(QueryError):
        store.query("DROP ALL")


def test_a_second_writer_is_told_so_and_readers_go_on(tmp_path: Path) -> None:
    place = tmp_path / "store"
    writer = open_store(place, write=True)
    writer.put([graph_of(1, 1)])
    script = (
        "import sys; from auditgraph.store import open_store\n"
        "print(len(open_store(sys.argv[1]).graphs()))\n"
        "open_store(sys.argv[1], write=True)"
    )
    other = subprocess.run([sys.executable, "-c", script, str(place)], capture_output=True, text=True, check=False)
    assert other.stdout == "1\n"
    assert "another auditgraph is writing" in other.stderr


def test_a_reader_can_not_write(tmp_path: Path) -> None:
    place = tmp_path / "store"
    open_store(place, write=True).put([graph_of(1, 1)])
    reader = open_store(place)
    with pytest.raises(StoreError, match="reading only"):
        reader.put([graph_of(2, 1)])
    with pytest.raises(StoreError, match="reading only"):
        reader.remove(REPORT + "2031-001")


def test_folders_that_are_no_store_are_left_alone(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store at"):
        open_store(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match="not empty"):
        open_store(tmp_path / "mine", write=True)
    with pytest.raises(StoreError, match="is a file"):
        open_store(tmp_path / "mine" / "letter.txt", write=True)


def test_another_format_is_noticed_with_the_remedy(tmp_path: Path) -> None:
    place = tmp_path / "store"
    open_store(place, write=True).close()
    (place / "auditgraph.json").write_text('{"format": 99}')
    with pytest.raises(StoreError, match="pip install --upgrade"):
        open_store(place)
    (place / "auditgraph.json").write_text('{"format": 0}')
    with pytest.raises(StoreError, match="auditgraph rebuild"):
        open_store(place, write=True)


def test_the_place_is_said_by_option_then_environment_then_platform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AUDITGRAPH_STORE", str(tmp_path / "env"))
    assert store_place() == str(tmp_path / "env")
    assert store_place(tmp_path / "option") == str(tmp_path / "option")
    assert store_place("memory:") == "memory:"
    monkeypatch.delenv("AUDITGRAPH_STORE")
    assert Path(store_place()).parts[-2:] == ("auditgraph", "store")
    with pytest.raises(StoreError, match="URL"):
        store_place("https://x.org/sparql")


WRITER = """
import sys, time
sys.path.insert(0, sys.argv[2])
from auditgraph.store import open_store
from test_embedded import graph_of
store = open_store(sys.argv[1], write=True)
version = time.time_ns() // 10**6 % 10**8  # so that each writer replaces what the one before left
while True:
    for number in range(5):
        store.put([graph_of(number, version, 400), graph_of(number + 5, version, 400)])
        time.sleep(0.02)
        print("go", flush=True)  # however slow the machine, one batch is in before the first kill
    version += 1
"""

BULK_WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
import auditgraph.store.embedded as embedded
from auditgraph.store import open_store
from test_embedded import graph_of
embedded._BULK = 0
store = open_store(sys.argv[1], write=True)
number = len(store.graphs())
while True:
    store.put([graph_of(n, 1, 400) for n in range(number, number + 7)])
    number += 7
    print("go", flush=True)  # however slow the machine, one batch is in before the first kill
"""


def kill_while_writing(place: Path, seconds: float, writer: str = WRITER) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", writer, str(place), str(Path(__file__).parent)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.slow)])
def test_killed_at_any_moment_every_report_is_whole_or_absent(tmp_path: Path, kills: int) -> None:
    place = tmp_path / "store"
    chance = random.Random(kills)
    seen = replaced = 0
    for _ in range(kills):
        kill_while_writing(place, chance.uniform(0, 0.3))
        store = open_store(place)
        records = store.records()
        assert store.graphs() == sorted(records)
        for graph, record in records.items():
            (version,) = versions(store, graph)
            assert len(list(store.quads(graph))) == 400
            assert record.sha256.endswith("-" + version.removeprefix("v"))
            seen += 1
        for former in versions_of(store.quads(HISTORY_GRAPH.value)):
            mark = f'"v{former.record.sha256.rpartition("-")[2]} part'.encode()
            assert former.nquads.count(mark) == len(former.nquads.splitlines()) == 400
            replaced += 1
        store.close()
    assert seen
    assert replaced  # what was there had former versions, whole ones


@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_killed_in_a_bulk_load_every_batch_is_whole_or_absent(tmp_path: Path, kills: int) -> None:
    place = tmp_path / "store"
    chance = random.Random(kills)
    for _ in range(kills):
        kill_while_writing(place, chance.uniform(0, 0.4), BULK_WRITER)
        store = open_store(place)
        records = store.records()
        assert store.graphs() == sorted(records)
        assert len(records) % 7 == 0
        count = f"SELECT (COUNT(*) AS ?n) {{ ?s {SAYS} ?o }}"
        (solution,) = store.query(count)  # type: ignore[misc]
        assert int(solution["n"].value) == 400 * len(records)
        store.close()
    assert records


def test_readers_read_while_a_writer_writes(tmp_path: Path) -> None:
    place = tmp_path / "store"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(place), str(Path(__file__).parent)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        process.stdout.readline()
        for _ in range(8):
            store = open_store(place)
            for graph in store.graphs():
                assert len(versions(store, graph)) == 1
                assert len(list(store.quads(graph))) == 400
            store.close()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_reader_sees_what_was_written_since_when_it_asks(tmp_path: Path) -> None:
    place = tmp_path / "store"
    writer = open_store(place, write=True)
    writer.put([graph_of(1, 1)])
    reader = open_store(place)
    writer.put([graph_of(2, 1)])
    assert len(reader.graphs()) == 1
    reader.refresh()
    assert len(reader.graphs()) == 2


def test_a_file_that_the_engine_removes_meanwhile_counts_nothing(tmp_path: Path) -> None:
    (tmp_path / "1.sst").write_bytes(b"12345")
    (tmp_path / "2.sst").symlink_to(tmp_path / "removed")
    assert embedded._bytes(tmp_path) == 5


def test_files_are_merged_now_and_then_when_reports_come_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_SMALL", 0)
    merged = []
    for number in range(30):
        with open_store(tmp_path / "store", write=True) as store:
            store.put([graph_of(number, 1, 200)])
            store.flush()
            store.settle()
        merged.append(embedded._merged(tmp_path / "store"))
    assert all(merged)
    assert 2 < len(set(merged)) < 30
    assert len(open_store(tmp_path / "store").graphs()) == 30
