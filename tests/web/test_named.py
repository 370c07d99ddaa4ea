"""The named queries over HTTP: the contract's CSV, and the same in other forms."""

from __future__ import annotations

import csv
import io
import json

import pytest
from served import JSON, Server

from auditgraph.cli import main
from auditgraph.queries.named import named_queries

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_csv_is_that_of_the_command_line(
    server: Server, folder: object, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["query", name, "--report", "2021-019", "--format", "csv", "--store", str(folder)]) == 0
    reply = server.ask("GET", f"/queries/{name}?report=2021-019")
    assert (reply.status, reply.media) == (200, "text/csv")
    assert reply.text == capsys.readouterr().out


def test_forms_hold_the_same_rows(server: Server) -> None:
    path = "/queries/recommendations?report=2021/019&status=OPEN"
    rows = list(csv.DictReader(io.StringIO(server.ask("GET", path).text)))
    assert rows
    assert {row["status"] for row in rows} == {"open"}
    data = json.loads(server.ask("GET", path, {"Accept": JSON}).body)
    names, bindings = data["head"]["vars"], data["results"]["bindings"]
    found = [{name: row.get(name, {}).get("value", "") for name in names} for row in bindings]
    assert found == rows
    reply = server.ask("GET", f"{path}&format=tsv")
    assert reply.media == "text/tab-separated-values"
    assert "recommendations.tsv" in reply.headers["Content-Disposition"]
    assert len(reply.text.splitlines()) == len(rows) + 1


def test_the_list_is_whole(server: Server) -> None:
    items = json.loads(server.ask("GET", "/queries").body)
    assert [item["name"] for item in items] == list(named_queries())
    page = server.ask("GET", "/queries", HTML)
    assert page.media == "text/html"
    assert all(f'href="/queries/{name}"' in page.text for name in named_queries())


def test_a_page_shows_the_rows_and_links_the_report(server: Server) -> None:
    page = server.ask("GET", "/queries/recommendations?report=2021-019", HTML)
    assert (page.status, page.media) == (200, "text/html")
    assert 'href="/report/2021-019"' in page.text
    assert "format=csv" in page.text


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/queries/recommendation", 404, "recommendations"),
        ("/queries/recommendations?report=2021-018", 404, "2021/019"),
        ("/queries/recommendations?status=opened", 404, "open"),
        ("/queries/recommendations?colour=red", 400, "report, "),
        ("/queries/recommendations?report=2021-019&report=2022-031", 400, "twice"),
        ("/queries/recommendations?format=docx", 406, "csv"),
        ("/queries/recommendations?report=%FF", 400, "address"),
    ],
)
def test_mistakes_are_told_in_a_line(server: Server, path: str, status: int, says: str) -> None:
    reply = server.ask("GET", path)
    assert (reply.status, reply.media, reply.text.count("\n")) == (status, "text/plain", 1)
    assert says in reply.text
    page = server.ask("GET", path, HTML)
    assert (page.status, page.media) == (status, "text/html")


def test_an_unchanged_answer_is_not_sent_again(server: Server) -> None:
    first = server.ask("GET", "/queries/reports")
    again = server.ask("GET", "/queries/reports", {"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
