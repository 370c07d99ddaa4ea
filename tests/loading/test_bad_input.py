"""Every bad file gets one clear line, the good ones beside it are loaded, and the store holds nothing else."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cli import Said, auditgraph, outcomes
from reports import REPORT, bad_files, pages_pdf

from auditgraph.store import open_store

NAMES = [
    "empty.txt", "white.txt", "binary.txt", "binary.pdf", "truncated.pdf", "encrypted.pdf", "scanned.pdf", "bomb.pdf",
    "truncated.docx", "encrypted.docx", "bomb.docx", "archive.zip.txt", "picture.pdf", "deep.html", "diary.txt",
    "draft.txt", "jiu.txt", "cover-only.txt", "huge.txt", "pipe.txt", "itself.txt", "missing.txt", "secret.txt",
]  # fmt: skip


@dataclass(frozen=True)
class Batch:
    """A batch of all bad files and one good one, loaded after another report was in the store."""

    said: Said
    expected: dict[str, str]
    log: dict[str, dict[str, Any]]
    before: dict[str, Any]
    store: Path
    memory: int  # kB


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    folder = tmp_path_factory.mktemp("bad")
    files, store, log = folder / "files", folder / "store", folder / "log.jsonl"
    files.mkdir()
    (folder / "first.txt").write_text(REPORT.replace("2030/999", "2030/111"))
    assert auditgraph("load", folder / "first.txt", "--store", store).status == 0
    before = open_store(store).records()
    expected = bad_files(files)
    (files / "good.txt").write_text(REPORT)
    said = auditgraph("load", *(files / name for name in [*expected, "good.txt"]), "--store", store, "--log", log)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Batch(said, expected, outcomes(log), before, store, memory)


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_file_gets_its_one_line(batch: Batch, name: str) -> None:
    if name not in batch.expected:
        pytest.skip("root may read everything")
    lines = [line for line in batch.said.err.splitlines() if name in line]
    assert len(lines) == 1, batch.said.err
    assert lines[0].startswith("auditgraph: error: ")
    assert batch.expected[name] in lines[0]
    assert len(lines[0]) < 400
    assert batch.log[name]["outcome"] == "refused"
    assert batch.expected[name] in batch.log[name]["error"]


def test_the_batch_goes_on_and_says_so(batch: Batch) -> None:
    assert batch.said.status == 1
    assert batch.log["good.txt"]["outcome"] == "loaded"
    assert f"1 loaded, 0 unchanged, 0 with warnings, {len(batch.expected)} refused" in batch.said.err
    assert "Traceback" not in batch.said.err
    assert "failed on it" not in batch.said.err


def test_nothing_of_the_bad_files_is_in_the_store(batch: Batch) -> None:
    store = open_store(batch.store)
    records = store.records()
    assert {record.key for record in records.values()} == {"2030/111", "2030/999"}
    assert all(records[graph] == record for graph, record in batch.before.items())
    assert len(store.graphs()) == 2


def test_memory_is_bounded(batch: Batch) -> None:
    assert batch.memory < 800_000


def test_a_refused_file_alone_ends_with_status_1_and_leaves_what_was_loaded(batch: Batch, tmp_path: Path) -> None:
    store = tmp_path / "store"
    report = tmp_path / "report.txt"
    report.write_text(REPORT)
    assert auditgraph("load", report, "--store", store).status == 0
    before = list(open_store(store).quads(open_store(store).graphs()[0]))
    report.write_text("DRAFT AUDIT REPORT\n" + REPORT)
    said = auditgraph("load", report, "--store", store)
    assert said.status == 1
    assert said.err.count("auditgraph: error: ") == 1
    opened = open_store(store)
    assert set(opened.quads(opened.graphs()[0])) == set(before)


def test_a_folder_with_loops_is_walked_once(tmp_path: Path) -> None:
    folder = tmp_path / "folder" / "inner"
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(REPORT)
    (folder / "up").symlink_to("..")
    (folder / "self").symlink_to(".")
    (folder / "again.txt").symlink_to("report.txt")
    said = auditgraph("load", tmp_path / "folder", "--store", tmp_path / "store")
    assert said.status == 0
    assert "1 file: 1 loaded" in said.err


ROW = "2\tUNMIR should lock its sheds at night.\tImportant\tO\tReceipt of evidence that this was done\t31 March 2031\n"
ADVICE = "(2) UNMIR should lock its sheds at night."
ODD = {
    "fewer rows than recommendations": (REPORT.replace(ROW, ""), "rec 2: recommendation 2 has no row"),
    "a row twice": (REPORT.replace(ROW, ROW + ROW), "annex I rec 2: recommendation 2 has 2 rows"),
    "a recommendation twice": (REPORT.replace(ADVICE, f"{ADVICE}\n\n{ADVICE}"), "rec 2: recommendation 2"),
    "a paragraph missing": (REPORT.replace("\n3. Sheds cost", "\nSheds cost"), "paragraph 3 is missing"),
    "no annex": (REPORT.partition("ANNEX I")[0], "annex I: no status annex"),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Said:
    folder = tmp_path_factory.mktemp("odd")
    for n, (text, _) in enumerate(ODD.values()):
        (folder / f"odd{n}.txt").write_text(text.replace("2030/999", f"2030/{n:03}"))
    body, annex = REPORT.split("\nANNEX I\n")
    (folder / "pages.pdf").write_bytes(pages_pdf([body[:700], "", body[700:], "ANNEX I\n" + annex]))
    return auditgraph("load", folder, "--store", folder / "store")


@pytest.mark.parametrize("what", ODD)
def test_an_odd_report_is_loaded_with_a_warning_that_names_the_place(odd: Said, what: str) -> None:
    name = f"odd{list(ODD).index(what)}.txt"
    lines = [line for line in odd.err.splitlines() if name in line]
    assert lines, odd.err
    assert any(ODD[what][1] in line for line in lines)
    assert all(line.startswith("auditgraph: warning: ") for line in lines)
    assert odd.status == 0


def test_a_page_without_text_is_named(odd: Said) -> None:
    (line,) = [line for line in odd.err.splitlines() if "no text" in line]
    assert "page 2 has no text" in line
    assert "pages.pdf" in line
