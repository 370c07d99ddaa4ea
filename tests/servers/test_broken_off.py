"""Writers of a server that die or meet another: every report is whole or absent, and the next command puts it right."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from engines import Server
from test_embedded import REPORT, SAYS, graph_of, versions

from auditgraph.errors import StoreError
from auditgraph.store import Store, open_store
from auditgraph.store.history import HISTORY_GRAPH, versions_of
from auditgraph.store.journal import JOURNAL_GRAPH
from auditgraph.store.lock import claims_of
from auditgraph.store.remote import RemoteStore

pytestmark = pytest.mark.server
SIZE = 400

WRITER = f"""
import sys
from dataclasses import replace
sys.path.insert(0, sys.argv[2])
from auditgraph.store import open_store
from test_embedded import graph_of
store = open_store(sys.argv[1], write=True)
first = int(sys.argv[3])
store.records()
print("go", flush=True)
for version in range(first, first + 1000):
    for number in range(4):
        both = [graph_of(n, version, {SIZE}) for n in (number, number + 4)]
        store.put([replace(one, record=one.record.at(f"2031-01-01T00:{{version:02}}:00Z")) for one in both])
        print("put", flush=True)
"""


def writer(server: Server, first: int) -> subprocess.Popen[bytes]:
    here = str(Path(__file__).parents[1] / "store")
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, server.place, here, str(first)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def stop(process: subprocess.Popen[bytes], how: signal.Signals) -> bytes:
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    return said


def check(store: Store) -> int:
    """Hold every report, and every former version, against what its record says; return the versions' number."""
    records = store.records()
    rows = store.query(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s {SAYS} ?o }} }}")
    assert sorted(row[0].value for row in rows) == sorted(records) == store.graphs()  # type: ignore[union-attr]
    for graph, record in records.items():
        (version,) = versions(store, graph)
        assert len(list(store.quads(graph))) == SIZE
        assert record.sha256.endswith("-" + version.removeprefix("v"))
    former = versions_of(store.quads(HISTORY_GRAPH.value))
    seen = [(version.record.graph, version.record.sha256) for version in former]
    assert len(seen) == len(set(seen))
    standing = {(graph, record.sha256) for graph, record in records.items()}
    assert not standing & set(seen), "what stands is no former version"
    for version in former:
        lines = version.nquads.decode().splitlines()
        assert len(lines) == SIZE
        assert all(f"v{version.record.sha256.rpartition('-')[2]} part" in line for line in lines)
    assert all("store#lock-" in str(quad.subject) for quad in store.quads(JOURNAL_GRAPH.value))
    return len(former)


@pytest.mark.parametrize(
    ("how", "times"),
    [
        (signal.SIGKILL, 2),
        (signal.SIGINT, 2),
        pytest.param(signal.SIGKILL, 15, marks=pytest.mark.slow),
        pytest.param(signal.SIGINT, 10, marks=pytest.mark.slow),
    ],
)
def test_stopped_at_any_moment_every_report_is_whole_or_absent(server: Server, how: signal.Signals, times: int) -> None:
    chance = random.Random(times)
    version, former, undone = 1, 0, 0
    for _ in range(times):
        process = writer(server, version)
        assert process.stdout is not None
        assert process.stdout.readline() == b"go\n"
        time.sleep(chance.uniform(0, 0.8))
        said = stop(process, how)
        assert process.returncode in (-how, 1, 130), said
        reader = open_store(server.place)
        assert isinstance(reader, RemoteStore)
        undone += bool(reader.broken_off())
        store = open_store(server.place, write=True)
        former = check(store)
        assert not reader.broken_off()
        store.close()
        version = max((int(r.sha256.rpartition("-")[2]) for r in reader.records().values()), default=0) + 1
    if times > 5:
        assert former > 0, "no replacement was met"
        print(f"{how.name}: {undone} of {times} were broken off in the middle; {former} former versions")


def test_a_second_writer_is_told_and_the_first_goes_on(server: Server) -> None:
    process = writer(server, 1)
    assert process.stdout is not None
    assert process.stdout.readline() == b"go\n"
    other = open_store(server.place, write=True)
    with pytest.raises(StoreError, match=f"being written by process {process.pid} "):
        other.put([graph_of(50, 1)])
    assert REPORT + "2031-050" not in open_store(server.place).graphs()
    for _ in range(3):
        assert process.stdout.readline() == b"put\n"
    stop(process, signal.SIGKILL)
    other.put([graph_of(50, 1)])  # its process is gone, so its claim counts no more
    assert REPORT + "2031-050" in open_store(server.place).graphs()
    other.close()
    assert isinstance(other, RemoteStore)
    assert other.claims() == []


CLAIMER = """
import sys, time
from auditgraph.errors import StoreError
from auditgraph.store import lock, open_store
store = open_store(sys.argv[1], write=True)
print("ready", flush=True)
sys.stdin.readline()
try:
    lock.take(store)
except StoreError:
    print("other", flush=True)
else:
    print("mine", flush=True)
    sys.stdin.readline()
    lock.release(store)
"""


@pytest.mark.slow
def test_of_writers_that_come_together_one_writes_at_most(server: Server) -> None:
    won = 0
    for _ in range(6):
        several = [
            subprocess.Popen(
                [sys.executable, "-c", CLAIMER, server.place], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            for _ in range(3)
        ]
        try:
            for one in several:
                assert one.stdout is not None
                assert one.stdout.readline() == b"ready\n"
            for one in several:
                assert one.stdin is not None
                one.stdin.write(b"now\n")
                one.stdin.flush()
            said = [one.stdout.readline() for one in several if one.stdout]
            assert said.count(b"mine\n") <= 1, said
            assert said.count(b"mine\n") + said.count(b"other\n") == 3
            won += said.count(b"mine\n")
        finally:
            for one in several:
                one.communicate(b"end\n", timeout=30)
    assert won > 0


def test_a_claim_of_another_machine_counts_until_it_has_run_out(server: Server) -> None:
    store = open_store(server.place, write=True)
    assert isinstance(store, RemoteStore)
    store.put([graph_of(1, 1)])
    store.close()

    def claim(ends: float) -> None:
        node = "<https://w3id.org/auditgraph/store#lock-other>"
        own = "https://w3id.org/auditgraph/store#"
        said = f'{node} <{own}owner> "elsewhere:1" ; <{own}ends> "{int(ends)}" .'
        store.update(f"INSERT DATA {{ GRAPH {JOURNAL_GRAPH} {{ {said} }} }}")

    claim(time.time() + 60)
    with pytest.raises(StoreError, match="being written by process 1 on elsewhere"):
        store.remove(REPORT + "2031-001")
    store.update(f"DELETE WHERE {{ GRAPH {JOURNAL_GRAPH} {{ ?s ?p ?o }} }}")
    claim(time.time() - 1)
    assert store.remove(REPORT + "2031-001")
    store.close()
    assert claims_of(store.quads(JOURNAL_GRAPH.value)) == []


def test_a_removal_that_was_broken_off_is_done(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    from auditgraph.store.journal import announced

    store = open_store(server.place, write=True)
    assert isinstance(store, RemoteStore)
    store.put([graph_of(1, 1), graph_of(2, 1)])
    store._add(JOURNAL_GRAPH, announced(REPORT + "2031-001", "remove", None))
    store.close()
    assert open_store(server.place, write=True).records().keys() == {REPORT + "2031-002"}
    assert "removal of report 2031-001 was broken off" in caplog.text


def test_what_the_server_refuses_leaves_what_stood_there(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(server.place, write=True)
    assert isinstance(store, RemoteStore)
    store.put([graph_of(1, 1, SIZE)])
    put = RemoteStore._put_graph

    def refusing(self: RemoteStore, graph: str, nquads: bytes) -> None:
        put(self, graph, nquads)
        if graph.endswith("002") and b"v2" in nquads:
            raise StoreError("the server is full")

    monkeypatch.setattr(RemoteStore, "_put_graph", refusing)
    with pytest.raises(StoreError, match="full"):
        store.put([graph_of(1, 2, SIZE), graph_of(2, 2, SIZE)])
    monkeypatch.undo()
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    assert store.records().keys() == {REPORT + "2031-001"}
    assert versions(store, REPORT + "2031-001") == {"v1"}
    assert check(store) == 0
    store.close()
