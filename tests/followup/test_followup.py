"""Later documents that tell the state of earlier reports' recommendations: read, mapped, asked, not mixed up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import later_documents as made_up
import pyoxigraph as ox
import pytest
from rendered import Block, as_docx, as_html, as_pdf

from auditgraph.api import load
from auditgraph.asof import as_of
from auditgraph.errors import SourceError
from auditgraph.loaders import parse, read_bytes
from auditgraph.loaders.mapping import quads
from auditgraph.model import FollowUp, LaterStatus, Report, Said
from auditgraph.ontology import validate
from auditgraph.queries.named import named_queries
from auditgraph.queries.results import cell
from auditgraph.queries.runner import run_named
from auditgraph.store import MEMORY, GraphData, Store, open_store

BASE = "https://w3id.org/auditgraph/report/"


def table(name: str, text: bytes | str) -> FollowUp:
    made = parse(read_bytes(name, text.encode() if isinstance(text, str) else text))
    assert isinstance(made, FollowUp)
    return made


def told(statements: tuple[LaterStatus, ...]) -> list[tuple[str, ...]]:
    def value(said: Said[str] | None) -> str:
        return said.value if said else ""

    return [
        (s.report or s.assignment, s.number, value(s.status), value(s.closing_reason), value(s.due), value(s.said_on))
        for s in statements
    ]


@pytest.mark.parametrize(
    ("name", "data"), [("Status.csv", made_up.as_csv()), ("Status.html", made_up.as_html())], ids=["csv", "html"]
)
def test_a_table_is_read(name: str, data: bytes) -> None:
    made = table(name, data)
    day = "2033-12-31"
    assert told(made.statements) == [
        ("2031/007", "1", "open", "", "2034-06-30", day),
        ("2031/007", "2", "closed", "implemented", "", day),
        ("AP2009/651/06", "3", "closed", "overtaken by events", "", day),
        ("2031/008", "1", "closed", "withdrawn", "", day),
        ("2031/008", "2", "closed", "withdrawn", "", day),
    ]
    first, second, *_ = made.statements
    assert first.first_due is not None
    assert (first.first_due.value, first.importance and first.importance.value) == ("2031-12-31", "important")
    assert (second.closed_on and second.closed_on.value, second.text and second.text.value) == (
        "2033-05-05", "UNMIZ should paint its dippers.")  # fmt: skip
    assert made.key == "status-2033-12-31"
    assert made.issued is not None
    assert made.issued.value == "2034-01-15"
    assert [warning.message.partition(":")[0] for warning in made.warnings] == [
        "a row has no number of a recommendation that could be read",
        "a row tells no state that could be read",
        "a row has no report number",
    ]
    passages = [p for s in made.statements for p in s.evidence]
    assert all(made.source[p.span.start : p.span.end] == p.quote for p in passages)


@pytest.mark.parametrize("mark", ["\t", " | ", ";"], ids=["tabs", "pipes", "semicolons"])
def test_text_with_separators_is_read(mark: str) -> None:
    rows = [("Report no.", "Recommendation number", "Implementation status"), ("2031/007", "2", "Not implemented")]
    made = table("x.txt", "Position as at 1 May 2033\n\n" + "\n".join(mark.join(row) for row in rows) + "\n")
    assert told(made.statements) == [("2031/007", "2", "open", "", "", "2033-05-01")]


def as_blocks() -> list[Block]:
    head = ("Report no.", "Recommendation", "Priority", "Rec. no.", "Current status", "Target date")
    text = "UNMIZ should count the dippers of each of its depots, and write down how many there are."
    rows = [("2031/007", text, "Important", str(n), "In progress", "31 December 2031") for n in range(1, 31)]
    title = Block("title", "Status of recommendations as at 31 December 2033")
    return [Block("page"), title, Block("table", rows=(head, *rows))]


@pytest.mark.parametrize(
    ("name", "made"),
    [("x.docx", as_docx), ("ruled.pdf", as_pdf), ("plain.pdf", partial(as_pdf, grid=False)), ("x.html", as_html)],
    ids=["docx", "pdf", "pdf without rules", "html"],
)
def test_other_forms_are_read(name: str, made: Callable[[list[Block]], bytes]) -> None:
    found = told(table(name, made(as_blocks())).statements)
    assert found == [("2031/007", str(n), "open", "", "2031-12-31", "2033-12-31") for n in range(1, 31)]


def test_a_heading_names_the_report_of_the_rows_below_it_alone() -> None:
    rows = "<table><tr><td>Rec #</td><td>Status as at June 2033</td><td>Status as at 31 December 2033</td></tr>"
    rows += "<tr><td>1</td><td>O</td><td>C</td></tr></table>"
    text = f"<h2>Report 2031/007</h2>{rows}<h2>Report 2031/008</h2>{rows}<h2>Others</h2>{rows}"
    made = table("x.html", f"<html><body>{text}</body></html>")
    assert told(made.statements) == [
        (report, "1", state, "", "", day)
        for report in ("2031/007", "2031/008")
        for state, day in (("open", "2033-06"), ("closed", "2033-12-31"))
    ]


def test_a_table_without_reports_is_refused() -> None:
    with pytest.raises(SourceError):
        parse(read_bytes("x.csv", b"Rec. no.,Status,Target date\n1,Open,1 May 2033\n2,Open,1 May 2033\n"))
    with pytest.raises(SourceError, match="no row names a report"):
        parse(read_bytes("x.csv", b"Report no.,Rec. no.,Status\nUNMIZ,1,Open\n"))


def follow_up_audit() -> Report:
    made = parse(read_bytes("f.txt", made_up.FOLLOW_UP_AUDIT.encode()))
    assert isinstance(made, Report)
    return made


def test_a_follow_up_audit_tells_by_sentences_and_by_a_table_under_a_heading() -> None:
    made = follow_up_audit()
    day = "2033-03-07"
    assert told(made.later) == [
        ("2031/007", "1", "closed", "implemented", "", day),
        ("2031/007", "2", "open", "", "", day),
    ]
    assert {s.place for s in made.later} == {"2"}
    assert told(made.skeleton.later) == [
        ("AP2009/651/06", "2", "closed", "implemented", "2010-05-01", day),
        ("AP2009/651/06", "3", "open", "", "2033-12-31", day),
    ]
    # The earlier report's recommendations are not its own.
    assert [(row.annex, row.number) for row in made.skeleton.annex_rows] == [("annex I", "1")]


def test_rows_that_name_their_report_are_not_taken_for_the_annex() -> None:
    rows = [
        ("Report no.", "Rec. no.", "Recommendation", "Status"),
        ("2031/007", "2", "UNMIZ should paint its dippers.", "Closed without implementation"),
        ("2033/020", "1", "UNMIZ should look for its ladle.", "Open"),
    ]
    text = made_up.FOLLOW_UP_AUDIT + "\nANNEX III\n\nEarlier reports\n\n" + "\n".join("\t".join(row) for row in rows)
    made = parse(read_bytes("f.txt", text.encode()))
    assert isinstance(made, Report)
    assert told(made.skeleton.later)[-1] == ("2031/007", "2", "closed", "without implementation", "", "2033-03-07")
    assert len(made.skeleton.later) == 3  # what it says of itself is no later statement
    assert [(row.annex, row.number) for row in made.skeleton.annex_rows] == [("annex I", "1")]


def test_the_graphs_keep_the_rules() -> None:
    for document in (table("s.csv", made_up.as_csv()), follow_up_audit()):
        assert validate(quads(document)) == ()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made_up.write(tmp_path)
    filled = open_store(MEMORY, write=True)
    assert not [one.error for one in load([str(tmp_path)], filled) if one.error]
    return filled


def rows(store: Store, name: str, **asked: object) -> list[tuple[str, ...]]:
    return [tuple(map(cell, row)) for row in run_named(store, named_queries()[name], **asked).rows]  # type: ignore[arg-type]


OWN = [
    ("2031/007", "1", "2031-05-02", "open", "", "2031-12-31", "2031/007", "annex I rec 1"),
    ("2031/007", "2", "2031-05-02", "open", "", "2031-06-30", "2031/007", "annex I rec 2"),
]
IN_MARCH = [
    ("2031/007", "1", "2033-03-07", "closed", "implemented", "", "2033/020", "2"),
    ("2031/007", "2", "2033-03-07", "open", "", "", "2033/020", "2"),
]
AT_LAST = [
    ("2031/007", "1", "2033-12-31", "open", "", "2034-06-30", "status.csv", "status 2031/007 rec 1"),
    ("2031/007", "2", "2033-12-31", "closed", "implemented", "", "status.csv", "status 2031/007 rec 2"),
]


def test_who_said_what_when(store: Store) -> None:
    about = {"report": BASE + "2031-007"}
    assert rows(store, "history", **about) == sorted(OWN + IN_MARCH + AT_LAST)
    everything = rows(store, "history")
    assert [row for row in everything if row[0] == "2031/007"] == sorted(OWN + IN_MARCH + AT_LAST)
    assert {row[0] for row in everything} == {"2031/007", "2031/008", "2033/020", "AP2009/651/06"}
    assert {row[3] for row in rows(store, "history", bind={"status": ox.Literal("closed")})} == {"closed"}
    assert {row[0] for row in rows(store, "history", bind={"entity": ox.Literal("UNMIZ")})} == {"2031/007", "2033/020"}


def test_the_state_as_of_a_date(store: Store) -> None:
    for when, expected in (("2032", OWN), ("2033-03-07", OWN + IN_MARCH), ("2034-01-15", OWN + IN_MARCH + AT_LAST)):
        with as_of(store, when) as then:
            assert rows(then, "history", report=BASE + "2031-007") == sorted(expected)


def test_a_report_that_is_named_by_its_assignment_is_found(store: Store, tmp_path: Path) -> None:
    (tmp_path / "late.csv").write_text("Assignment no.,Rec. no.,Status\nAP2030/699/01,1,Withdrawn\n")
    load([str(tmp_path / "late.csv")], store)
    found = rows(store, "history", report=BASE + "2031-007")
    assert ("2031/007", "1", "", "closed", "withdrawn", "", "late.csv", "status AP2030/699/01 rec 1") in found


def test_ordinary_questions_do_not_meet_what_later_documents_say(store: Store) -> None:
    alone = open_store(MEMORY, write=True)
    earlier = store.records()[BASE + "2031-007"]
    lines = b"".join(f"{quad} .\n".encode() for quad in store.quads(earlier.graph))
    alone.put([GraphData(earlier, lines)])
    for name in named_queries():
        if name != "history":
            assert rows(store, name, report=earlier.graph) == rows(alone, name)
            both = [row for row in rows(store, name) if row[0] not in ("2031/007", "2033/020")]
            assert both == [], name


def test_a_table_is_found_by_its_name(store: Store) -> None:
    found = store.find("status-2033-12-31")
    assert found is not None
    assert store.remove(found.graph)
    assert {row[6] for row in rows(store, "history")} == {"2031/007", "2033/020"}


def test_the_next_table_of_one_name_and_date_keeps_the_former(store: Store, tmp_path: Path) -> None:
    from auditgraph.store.history import HISTORY_GRAPH, versions_of

    text = made_up.as_csv().decode().replace("In progress", "Implemented")
    (tmp_path / "status.csv").write_text(text)
    load([str(tmp_path / "status.csv")], store)
    (former,) = versions_of(store.quads(HISTORY_GRAPH.value))
    assert former.record.key == "status-2033-12-31"
    assert {row[3] for row in rows(store, "history") if row[6] == "status.csv"} == {"closed"}
