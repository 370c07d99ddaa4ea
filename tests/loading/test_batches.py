"""Batches: bounded readers, one report in two files, interruption, logs, other executors."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import misbehaving
import pytest
from cli import auditgraph, outcomes, start
from reports import REPORT, pages_pdf, report

from auditgraph.loading import Loaded, in_order, load_files
from auditgraph.store import Store, open_store
from auditgraph.workers import OutOfTime, WorkerDied, Workers


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store", write=True)


@pytest.fixture
def workers() -> Iterator[Workers]:
    with Workers(2, seconds=20, memory=1024) as pool:
        yield pool


def reports(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"report{n:03}.txt" for n in range(count)]
    for n, path in enumerate(paths):
        path.write_text(report(f"2030/{n:03}"))
    return paths


def named(folder: Path, *names: str) -> list[Path]:
    for n, name in enumerate(names):
        (folder / f"{name}.txt").write_text(report(f"2031/{n:03}"))
    return [folder / f"{name}.txt" for name in names]


def by_name(loaded: list[Loaded]) -> dict[str, Loaded]:
    return {Path(one.path).stem: one for one in loaded}


def test_a_reader_that_dies_refuses_its_one_file(store: Store, workers: Workers, tmp_path: Path) -> None:
    paths = named(tmp_path, "a", "crash", "b", "exit", "greedy", "raise", "c")
    done = by_name(list(load_files(store, paths, executor=workers, prepare=misbehaving.prepare)))
    assert [name for name, one in done.items() if one.outcome == "loaded"] == ["a", "b", "c"]
    assert "SIGSEGV" in done["crash"].error
    assert "status 3" in done["exit"].error
    assert "more memory" in done["greedy"].error
    assert "--memory" in done["greedy"].error
    assert "a fault" in done["raise"].error
    assert len(store.graphs()) == 3


@pytest.mark.slow
def test_a_file_that_takes_too_long_is_given_up(store: Store, tmp_path: Path) -> None:
    paths = named(tmp_path, "a", "hang", "b")
    with Workers(1, seconds=15) as pool:
        done = by_name(list(load_files(store, paths, executor=pool, prepare=misbehaving.prepare)))
    assert [done[name].outcome for name in ("a", "hang", "b")] == ["loaded", "refused", "loaded"]
    assert "longer than 15 seconds" in done["hang"].error
    assert "--timeout" in done["hang"].error


def test_workers_answer_raise_and_start_again(workers: Workers) -> None:
    assert list(workers.map(abs, range(-9, 0))) == list(range(9, 0, -1))
    with pytest.raises(ZeroDivisionError):
        workers.submit(divmod, 1, 0).result()
    with pytest.raises(WorkerDied):
        workers.submit(signal.raise_signal, signal.SIGKILL).result()
    assert workers.submit(abs, -1).result() == 1


def test_workers_stop_at_once_when_futures_are_cancelled() -> None:
    pool = Workers(1, seconds=500)
    futures = [pool.submit(time.sleep, 400) for _ in range(3)]
    while not futures[0].running():
        time.sleep(0.01)
    pool.shutdown(cancel_futures=True)
    assert isinstance(futures[0].exception(), WorkerDied)
    assert all(future.cancelled() for future in futures[1:])


def test_a_call_out_of_time_ends() -> None:
    with Workers(1, seconds=1) as pool, pytest.raises(OutOfTime):
        pool.submit(time.sleep, 400).result()


def test_of_one_report_in_many_formats_the_one_with_pages_stands(tmp_path: Path) -> None:
    body, annex = REPORT.split("\nANNEX I\n")
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pages_pdf([body, "ANNEX I\n" + annex]))
    (folder / "b.txt").write_text(REPORT)
    (folder / "c.html").write_text(f"<html><body><pre>{REPORT}</pre></body></html>")
    said = auditgraph("load", folder, "--store", tmp_path / "store", "--log", tmp_path / "log")
    assert said.status == 0
    (record,) = open_store(tmp_path / "store").records().values()
    assert record.source == "a.pdf"
    assert "takes the place of c.html, which is report 2030/999 too" in outcomes(tmp_path / "log")["a.pdf"]["warnings"]
    again = auditgraph("load", folder, "--store", tmp_path / "store")
    assert "0 loaded, 3 unchanged" in again.err


def test_two_reports_of_one_number_are_told_apart(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_text(report(title="Audit of umbrellas in the United Nations Mission in Zembla"))
    _, second = load_files(store, in_order(tmp_path.glob("?.txt")))
    (warning,) = second.warnings
    assert "takes the place of a.txt" in warning
    assert "garden tools" in warning


def test_what_stands_does_not_hang_on_the_order_of_runs(store: Store, tmp_path: Path) -> None:
    text, page = tmp_path / "a.txt", tmp_path / "b.html"
    text.write_text(REPORT)
    page.write_text(f"<html><body><pre>{REPORT}</pre></body></html>")
    list(load_files(store, [page]))
    both = in_order([page, text])
    assert [one.outcome for one in load_files(store, both)] == ["loaded", "loaded"]
    assert [record.source for record in store.records().values()] == ["b.html"]
    assert [one.outcome for one in load_files(store, both)] == ["unchanged", "unchanged"]


def test_the_log_tells_of_every_file(tmp_path: Path) -> None:
    paths = reports(tmp_path / "files", 3)
    paths[1].write_text("Dear diary")
    said = auditgraph("load", tmp_path / "files", "--store", tmp_path / "store", "--log", tmp_path / "log")
    log = outcomes(tmp_path / "log")
    assert said.status == 1
    assert [log[path.name]["outcome"] for path in paths] == ["loaded", "refused", "loaded"]
    assert log[paths[0].name]["key"] == "2030/000"
    assert log[paths[0].name]["seconds"] > 0
    assert "error" in log[paths[1].name]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_goes_on(tmp_path: Path, number: signal.Signals) -> None:
    reports(tmp_path / "files", 60)
    log = tmp_path / "log"
    options = ("--store", tmp_path / "store", "--log", log, "--executor", "misbehaving:slow")
    running = start("load", tmp_path / "files", *options)
    while not (log.exists() and log.read_text().count("\n") >= 20):
        assert running.poll() is None
        time.sleep(0.02)
    running.send_signal(number)
    _, err = running.communicate(timeout=60)
    if number == signal.SIGINT:
        assert running.returncode == 130
        assert b"run the command again" in err
        assert b"Traceback" not in err
    told = sum(line["outcome"] == "loaded" for line in outcomes(log).values())
    again = auditgraph("load", tmp_path / "files", "--store", tmp_path / "store", "--log", log)
    assert again.status == 0
    unchanged = sum(line["outcome"] == "unchanged" for line in outcomes(log).values())
    assert told <= unchanged < 60  # what was told as loaded is in the store
    once = auditgraph("load", tmp_path / "files", "--store", tmp_path / "other")
    assert once.status == 0
    one, other = (open_store(tmp_path / name) for name in ("store", "other"))
    assert one.graphs() == other.graphs()
    assert all(set(one.quads(graph)) == set(other.quads(graph)) for graph in one.graphs())


def test_ctrl_c_stops_the_readers_of_this_machine_too(tmp_path: Path) -> None:
    for n in range(40):
        (tmp_path / f"slow{n}.txt").write_text(report(f"2030/{n:03}", extra="The Office did what it could. " * 2000))
    running = start("load", *tmp_path.glob("*.txt"), "--store", tmp_path / "store", "--jobs", 2)
    time.sleep(3)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 130


def test_another_executor_stands_in(tmp_path: Path) -> None:
    reports(tmp_path / "files", 3)
    said = auditgraph("load", tmp_path / "files", "--store", tmp_path / "store", "--executor", "misbehaving:threads")
    assert said.status == 0
    assert "3 loaded" in said.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--executor", "misbehaving:no_executor"], "returns no concurrent.futures.Executor"),
        (["--executor", "misbehaving:nothing"], "MODULE:FUNCTION"),
        (["--executor", "no_such_module:f"], "no_such_module"),
        (["--executor", "misbehaving:threads", "--jobs", "2"], "for this machine"),
        (["--executor", "misbehaving:threads", "--dask", "tcp://127.0.0.1:1"], "can't be used together"),
    ],
)
def test_a_wrong_executor_is_told(tmp_path: Path, options: list[str], words: str) -> None:
    (path,) = reports(tmp_path / "files", 1)
    said = auditgraph("load", path, "--store", tmp_path / "store", *options)
    assert said.status == 2
    assert words in said.err
    assert "Traceback" not in said.err


@pytest.mark.slow
def test_a_dask_cluster_reads_the_files(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    reports(tmp_path / "files", 10)
    (tmp_path / "files" / "diary.txt").write_text("Dear diary")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        said = auditgraph(
            "load", tmp_path / "files", "--store", tmp_path / "store", "--dask", cluster.scheduler_address
        )  # fmt: skip
    assert said.status == 1
    assert "10 loaded, 0 unchanged, 0 with warnings, 1 refused" in said.err
    assert "Traceback" not in said.err
    here = auditgraph("load", tmp_path / "files", "--store", tmp_path / "other")
    assert here.status == 1
    one, other = (open_store(tmp_path / name) for name in ("store", "other"))
    assert all(set(one.quads(graph)) == set(other.quads(graph)) for graph in other.graphs())
    assert one.graphs() == other.graphs()
