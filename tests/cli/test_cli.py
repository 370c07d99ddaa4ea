"""The commands as a user meets them: what they print, where, and how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from auditgraph import __version__
from auditgraph.cli import main

HERE = Path(__file__).parent
DUMP = HERE.parent / "store" / "data" / "two.trig"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s . ?t ?u ?v }"


class Said:
    """What a command did: exit status, standard output, standard error."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUDITGRAPH_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path / "store"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def run_(*arguments: str) -> Said:
        capsys.readouterr()
        status = main(arguments)
        captured = capsys.readouterr()
        return Said(status, captured.out, captured.err)

    return run_


@pytest.fixture
def filled(run) -> None:  # type: ignore[no-untyped-def]
    assert run("load", str(DUMP)).status == 0


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A real text report, invented, in the layout in use since 2016."""
    found = sorted((HERE.parent / "reports").glob("20*.txt"))
    path = tmp_path / "report.txt"
    path.write_bytes(found[-1].read_bytes())
    return path


def test_help_teaches(run) -> None:  # type: ignore[no-untyped-def]
    said = run("--help")
    assert said.status == 0
    assert "auditgraph load reports/" in said.out
    for command in ("load", "query", "export", "view", "check", "reports", "remove", "backup", "restore"):
        assert f"\n  {command} " in said.out
        taught = run(command, "--help")
        assert taught.status == 0
        assert f"auditgraph {command}" in taught.out.partition("Example")[2], command


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version(run, flag: str) -> None:  # type: ignore[no-untyped-def]
    assert run(flag).out == f"auditgraph {__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from auditgraph.cli import main; main(['--help'])\n"
        "heavy = {'pyoxigraph', 'rdflib', 'lxml', 'rich', 'rapidfuzz', 'platformdirs', 'networkx', 'multiprocessing'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


MISUSED = [
    (["load"], "Missing argument"),
    (["load", "--jobs", "0", "x"], "jobs"),
    (["nonsense"], "No such command"),
    (["query", "--fromat", "csv"], "No such option"),
    (["query", "reports", "--format", "xls"], "Choose one of table, csv"),
    (["query", "recomendations"], "Did you mean recommendations"),
    (["view", "-o", "x.html", "--report", "1", "--around", "2"], "picture of its own"),
    (["load", "--store", "memory:", "x"], "--load FILE"),
    (["reports", "--store", "memory:"], "memory:"),
    (["load", "--base", "not an iri", "x.txt"], "--base"),
    (["backup", "x.ttl"], "can't keep reports apart"),
    (["restore", "x.pdf"], "is no backup"),
]


@pytest.mark.parametrize(("arguments", "message"), MISUSED)
def test_misuse_is_one_clean_line_and_status_2(run, arguments: list[str], message: str) -> None:  # type: ignore[no-untyped-def]
    said = run(*arguments)
    assert said.status == 2
    first, *more = said.err.splitlines()
    assert first.startswith("auditgraph: error: ")
    assert message in first
    assert all(line.startswith("  See:") for line in more)
    assert not said.out


def test_without_a_store_the_remedy_is_told(run, place: Path) -> None:  # type: ignore[no-untyped-def]
    for arguments in (["reports"], ["query", "reports"], ["export"], ["check"], ["remove", "2031/007"]):
        said = run(*arguments)
        assert said.status == 1, arguments
        assert "auditgraph load" in said.err
    assert not place.exists() or arguments[0] == "remove"


def test_load_tells_what_it_did(run, place: Path) -> None:  # type: ignore[no-untyped-def]
    said = run("load", str(DUMP))
    assert said.status == 0
    assert "warning: two.trig (2031/007): annex I: 1 row fewer than recommendations" in said.err
    assert f"1 file: 2 loaded, 0 unchanged, 1 with warnings, 0 refused. Store: {place}" in said.err
    assert "0 loaded, 2 unchanged" in run("load", str(DUMP)).err


def test_what_is_no_report_is_refused_and_the_rest_is_loaded(run, tmp_path: Path, report: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "diary.txt").write_text("Dear diary,\x1b[31m today I wrote nothing.\n")
    log = tmp_path / "log.jsonl"
    files = [str(tmp_path / name) for name in ("empty.txt", "diary.txt", "missing.txt")]
    said = run("load", *files, str(report), "--log", str(log))
    assert said.status == 1
    errors = [line for line in said.err.splitlines() if line.startswith("auditgraph: error: ")]
    assert [name for name in files if not any(name in line for line in errors)] == []
    assert len(errors) == 3
    assert "1 loaded" in said.err
    outcomes = [json.loads(line) for line in log.read_text().splitlines()]
    assert sorted(outcome["outcome"] for outcome in outcomes) == ["loaded", "refused", "refused", "refused"]
    assert "1 unchanged" in run("load", str(report)).err


def test_a_folder_without_reports_is_an_error(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "folder").mkdir()
    said = run("load", str(tmp_path / "folder"))
    assert said.status == 2
    assert "no report was found" in said.err


def test_workers_read_what_one_process_reads(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found = sorted((HERE.parent / "reports").glob("20*.txt"))[:3]
    exports = []
    for jobs in ("1", "2"):
        store = str(tmp_path / jobs)
        assert run("load", *map(str, found), "--store", store, "--jobs", jobs).status == 0
        exports.append(run("export", "--format", "nquads", "--store", store).out)
    assert exports[0]
    assert exports[0] == exports[1]


def test_a_report_on_its_way_through_every_command(run, tmp_path: Path, report: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("load", str(report)).status == 0
    (loaded,) = json.loads(run("reports", "--format", "json").out)
    key = loaded["report"]
    table = list(csv.reader(io.StringIO(run("query", "recommendations", "--report", key, "--format", "csv").out)))
    assert table[0] == ["report", "number", "text", "importance", "status", "closing_reason", "due", "action"]
    assert len(table) > 1
    assert (
        run("query", "recommendations", "--load", str(report), "--format", "csv").out
        == run("query", "recommendations", "--format", "csv").out
    )
    assert "broken rule" in run("check").err
    page = tmp_path / "page.html"
    assert run("view", "--report", key.replace("/", "-"), "-o", str(page)).status == 0
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")
    assert run("remove", key).status == 0
    assert run("reports").status == 1


@pytest.mark.usefixtures("filled")
class TestFilled:
    """Commands on a store of two reports."""

    @pytest.mark.parametrize(
        "said", ["2031/007", "2031-007", "AP2030-699-01", "https://w3id.org/auditgraph/report/2031-007"]
    )
    def test_a_report_is_known_by_all_its_names(self, run, said: str) -> None:  # type: ignore[no-untyped-def]
        got = run("query", "SELECT ?k { ?r ag:key ?k }", "--report", said, "--format", "csv")
        assert got.out == "k\n2031/007\n"

    @pytest.mark.parametrize(
        "command", [["query", "reports", "--report"], ["export", "--report"], ["remove"], ["check", "-r"]]
    )
    def test_a_report_that_is_not_there_is_an_error_with_a_hint(self, run, command: list[str]) -> None:  # type: ignore[no-untyped-def]
        said = run(*command, "2031/008")
        assert said.status == 2
        assert "Did you mean 2031/007?" in said.err

    def test_text_file_and_standard_input_are_the_same_query(  # type: ignore[no-untyped-def]
        self, run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sparql = "SELECT ?k { ?r ag:key ?k } ORDER BY ?k"
        (tmp_path / "q.rq").write_text(sparql)
        monkeypatch.setattr("sys.stdin", io.StringIO(sparql))
        answers = {run("query", what, "-f", "csv").out for what in (sparql, str(tmp_path / "q.rq"), "-")}
        assert answers == {"k\n2031/007\nAP2009/620/03\n"}

    def test_output_to_a_file(self, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        out = tmp_path / "a.csv"
        assert run("query", "ASK { ?s ?p ?o }", "-f", "csv", "-o", str(out)).out == ""
        assert out.read_text() == "true\n"
        assert run("query", "ASK {}", "-o", str(tmp_path / "no" / "a.csv")).status == 1

    def test_a_mistake_has_a_caret(self, run) -> None:  # type: ignore[no-untyped-def]
        said = run("query", "SELECT * {\n  ?s ex:p ?o }")
        assert said.status == 1
        assert said.err.splitlines() == [
            "auditgraph: error: the query has a mistake in line 2, column 6: the prefix ex: is not declared",
            "    ?s ex:p ?o }",
            "       ^",
        ]

    def test_limits_are_told(self, run) -> None:  # type: ignore[no-untyped-def]
        said = run("query", ENDLESS, "--timeout", "0.5")
        assert said.status == 1
        assert "--timeout" in said.err
        said = run("query", "SELECT ?s { ?s ?p ?o }", "--max-rows", "2", "-f", "csv")
        assert said.status == 1
        assert len(said.out.splitlines()) == 3
        assert "--max-rows" in said.err

    def test_filters_know_their_words(self, run) -> None:  # type: ignore[no-untyped-def]
        said = run("query", "reports", "--status", "open")
        assert said.status == 2
        assert "--entity" in said.err
        assert run("query", "ASK {}", "--entity", "UNMIZ").status == 2

    def test_named_queries_can_be_limited_too(self, run, report: Path) -> None:  # type: ignore[no-untyped-def]
        assert run("load", str(report)).status == 0
        asked = ("query", "recommendations", "--status", "open", "-f", "csv")
        assert run(*asked).out == run(*asked, "--timeout", "30").out
        assert run(*asked, "--timeout", "30", "--max-rows", "1").status == 1

    def test_show_prints_a_query_to_start_from(self, run) -> None:  # type: ignore[no-untyped-def]
        assert "SELECT" in run("query", "--show", "reports").out

    def test_list(self, run) -> None:  # type: ignore[no-untyped-def]
        assert run("query").out == run("query", "--list").out
        assert "\nrecommendations " in run("query").out

    def test_export_by_name_and_to_standard_output(self, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        assert run("export", "-o", str(tmp_path / "a.trig")).status == 0
        assert (tmp_path / "a.trig").read_text(encoding="utf-8") == run("export", "--format", "trig").out
        one = run("export", "--report", "2031/007").out
        assert "@prefix ag:" in one
        assert "AP2009/620/03" not in one
        assert run("export", "-o", str(tmp_path / "a.doc")).status == 2

    def test_backup_and_restore(self, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        packed = str(tmp_path / "all.nq.gz")
        assert "2 reports" in run("backup", packed).err
        assert "2 loaded" in run("restore", packed, "--store", str(tmp_path / "other")).err
        assert run("reports", "--store", str(tmp_path / "other"), "-f", "csv").out == run("reports", "-f", "csv").out

    def test_a_typing_error_removes_nothing(self, run) -> None:  # type: ignore[no-untyped-def]
        assert run("remove", "2031/007", "2031/999").status == 2
        assert len(run("reports", "-f", "csv").out.splitlines()) == 3

    def test_info(self, run, place: Path) -> None:  # type: ignore[no-untyped-def]
        assert str(place) in run("info").out

    def test_another_ontology_is_noticed(self, run, monkeypatch: pytest.MonkeyPatch, report: Path) -> None:  # type: ignore[no-untyped-def]
        assert run("load", str(report)).status == 0
        monkeypatch.setattr("auditgraph.ontology.namespaces.VERSION", "99")
        assert "auditgraph load" in run("reports").err

    def test_a_closed_pipe_is_quiet(self, place: Path) -> None:
        command = f"{sys.executable} -m auditgraph query 'SELECT * {{ ?a ?b ?c . ?d ?e ?f }}' -f csv | head -1"
        done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
        assert len(done.stdout.splitlines()) == 1
        assert not done.stderr

    def test_ctrl_c_ends_a_query(self, place: Path, tmp_path: Path) -> None:
        out = tmp_path / "endless.csv"
        command = [sys.executable, "-m", "auditgraph", "--debug", "query", ENDLESS, "-o", str(out)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(3)
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 130
            assert process.stderr is not None
            assert b"Traceback" not in process.stderr.read()
        finally:
            process.kill()
            process.stderr.close()  # type: ignore[union-attr]
        assert not list(tmp_path.glob("*endless*"))


def test_a_reader_that_goes_away_is_no_failure(filled: None) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "auditgraph", "query", "recommendations", "--format", "csv"]
    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, "")
