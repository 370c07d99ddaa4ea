"""Files go into the store whole, once, and the bad ones one by one."""

from __future__ import annotations

import os
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from auditgraph import __version__, loading
from auditgraph.iris import DEFAULT_BASE
from auditgraph.loading import Loaded, Prepared, load_files
from auditgraph.preparing import ontology_version
from auditgraph.store import GraphData, LoadRecord, Store, open_store

SAYS = ox.NamedNode("https://x.org/says")


def fake(path: str, sha256: str, base: str) -> Prepared:
    """Make a report of a file that holds `NUMBER words`; a file of other things is refused."""
    text = Path(path).read_text()
    number, _, words = text.partition(" ")
    if not number.isdigit():
        return Prepared(path, error=f"{path}: is no report")
    graph = ox.NamedNode(f"{base}report/2031-{number}")
    quads = [ox.Quad(graph, SAYS, ox.Literal(word), graph) for word in words.split()]
    warnings = ("25: odd",) if "odd" in words else ()
    record = LoadRecord(
        graph.value, f"2031/{number}", Path(path).name, sha256, loader=__version__, ontology=ontology_version(),
        base=base, quads=len(quads), warnings=warnings,
    )  # fmt: skip
    return Prepared(path, GraphData(record, ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store", write=True)


def files(folder: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text)
        paths.append(path)
    return paths


def run(store: Store, paths: list[Path], **options: Any) -> list[Loaded]:
    return list(load_files(store, paths, prepare=fake, **options))


def words(store: Store, number: str) -> set[str]:
    quads = store.quads(f"{DEFAULT_BASE}report/2031-{number}")
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}


@pytest.mark.parametrize("executor", [None, ThreadPoolExecutor(2)], ids=["here", "pool"])
def test_outcomes_come_in_order_and_the_bad_do_not_stop_the_good(
    store: Store, tmp_path: Path, executor: Executor | None
) -> None:
    paths = files(tmp_path, a="001 one", b="dear diary", c="003 odd")
    paths.insert(1, tmp_path / "missing.txt")
    outcomes = run(store, [p for p in paths if p.exists()], executor=executor)
    assert [(o.outcome, o.key) for o in outcomes if o.outcome == "loaded"] == [
        ("loaded", "2031/001"),
        ("loaded", "2031/003"),
    ]
    assert [o.error for o in outcomes if o.outcome == "refused"] == [f"{tmp_path / 'b.txt'}: is no report"]
    assert [o.warnings for o in outcomes if o.warnings] == [("25: odd",)]
    assert words(store, "003") == {"odd"}


def test_the_same_bytes_are_left_alone_and_force_loads_them(store: Store, tmp_path: Path) -> None:
    paths = files(tmp_path, a="001 one", b="002 two")
    run(store, paths)
    before = store.records()
    assert [o.outcome for o in run(store, paths)] == ["unchanged", "unchanged"]
    assert store.records() == before
    assert [o.outcome for o in run(store, paths, force=True)] == ["loaded", "loaded"]


def test_changed_bytes_another_base_and_another_version_are_loaded(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = files(tmp_path, a="001 one two")
    run(store, paths)
    files(tmp_path, a="001 one three")
    assert [o.outcome for o in run(store, paths)] == ["loaded"]
    assert words(store, "001") == {"one", "three"}
    assert [o.outcome for o in run(store, paths, base="https://x.org/")] == ["loaded"]
    monkeypatch.setattr("auditgraph.loading.__version__", "99")
    assert [o.outcome for o in run(store, paths)] == ["loaded"]


def test_two_files_of_one_report_stand_as_the_last_and_stay_known(store: Store, tmp_path: Path) -> None:
    paths = files(tmp_path, a="001 one", b="001 two")
    outcomes = run(store, paths)
    assert words(store, "001") == {"two"}
    assert "a.txt" in outcomes[1].warnings[0]
    assert [o.outcome for o in run(store, paths)] == ["unchanged", "unchanged"]


def test_what_was_finished_is_kept_when_the_run_is_interrupted(store: Store, tmp_path: Path) -> None:
    paths = files(tmp_path, **{f"f{n}": f"{n:03} word" for n in range(50)})

    def interrupted(path: str, sha256: str, base: str) -> Prepared:
        if path.endswith("f30.txt"):
            raise KeyboardInterrupt
        return fake(path, sha256, base)

    with pytest.raises(KeyboardInterrupt):
        list(load_files(store, paths, prepare=interrupted))
    assert len(store.graphs()) == 30
    assert [o.outcome for o in run(store, paths)] == ["unchanged"] * 30 + ["loaded"] * 20


class Counting(ThreadPoolExecutor):
    """A pool that counts what is in flight."""

    most = now = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self.now += 1
        self.most = max(self.most, self.now)
        future = super().submit(*args, **kwargs)
        future.result()
        result = future.result

        def counted(timeout: float | None = None) -> Any:
            self.now -= 1
            return result(timeout)

        future.result = counted  # type: ignore[method-assign]
        return future


@pytest.mark.parametrize(
    ("size", "reports", "seconds", "batches"),
    [(16_000_000, 200, 60, [5]), (1, 200, 60, [1] * 5), (10**9, 2, 60, [2, 2, 1]), (10**9, 200, 0, [1] * 5)],
)
def test_reports_go_in_together_by_size_number_and_time(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: int,
    reports: int,
    seconds: float,
    batches: list[int],
) -> None:
    monkeypatch.setattr(loading, "_BATCH", size)
    monkeypatch.setattr(loading, "_SECONDS", seconds)
    monkeypatch.setattr(loading, "_REPORTS", reports)
    put: list[int] = []
    really = store.put
    monkeypatch.setattr(store, "put", lambda batch: (put.append(len(batch)), really(batch)))
    loaded = run(store, files(tmp_path, **{f"f{n}": f"00{n} word" for n in range(5)}))
    assert put == batches
    assert len(loaded) == len(store.graphs()) == 5


def test_no_more_files_are_read_ahead_than_asked(store: Store, tmp_path: Path) -> None:
    paths = files(tmp_path, **{f"f{n}": f"{n:03} word" for n in range(40)})
    executor = Counting(2)
    run(store, paths, executor=executor, in_flight=5)
    assert executor.most == 5


class Broken(Executor):
    """A pool whose workers were killed."""

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        raise BrokenExecutor


def test_a_broken_pool_is_survived(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = files(tmp_path, a="001 one", b="002 two")
    monkeypatch.setattr("auditgraph.loading._alone", lambda prepare, *args: prepare(*args))
    assert [o.outcome for o in run(store, paths, executor=Broken())] == ["loaded", "loaded"]


def test_a_pipe_is_not_waited_for(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (refused,) = load_files(store, [tmp_path / "pipe.txt"])
    assert refused.outcome == "refused"
    assert "pipe" in refused.error
