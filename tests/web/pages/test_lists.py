"""Lists, plots, search, and the index behind them."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from starlette.testclient import TestClient

from auditgraph.cli import main
from auditgraph.iris import DEFAULT_BASE
from auditgraph.queries.named import named_query
from auditgraph.queries.results import cell
from auditgraph.queries.runner import run_named
from auditgraph.store import LoadRecord, Store, open_store
from auditgraph.viz.lean import read_lean, unpacked
from auditgraph.web import create_app
from auditgraph.web.live import LiveStore
from auditgraph.web.pages import indexing as module
from auditgraph.web.pages import rows
from auditgraph.web.pages.catalogue import Catalogue
from auditgraph.web.pages.search import match_of, text_hits

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.txt"))


def tree(page: str) -> Any:
    return lxml_html.fromstring(page)


def count_of(client: TestClient, where: str) -> int:
    page = tree(client.get(where).text)
    return int(page.xpath("string(//p[@class='count']/b)").replace(",", ""))


def rows_of(client: TestClient, where: str) -> list[dict[str, str]]:
    answer = client.get(where)
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_lists_say_what_the_queries_say(client: TestClient, store: Store) -> None:
    asked = run_named(store, named_query("recommendations"))
    at = [asked.columns.index(name) for name in ("report", "number", "importance", "status", "due")]
    wanted = {tuple(cell(row[i]) for i in at) for row in asked.rows}
    listed = rows_of(client, "/recommendations.csv")
    assert {(row["key"], row["number"], row["importance"], row["status"], row["due"]) for row in listed} == wanted
    assert count_of(client, "/recommendations") == len(wanted)
    assert count_of(client, "/reports") == len(store.graphs())


def test_every_bar_leads_to_as_many_as_it_shows(client: TestClient) -> None:
    page = tree(client.get("/").text)
    links = {}
    for a in page.xpath("//table[@class='bars']//td[@class='number']/a"):
        links[a.get("href")] = int(re.sub(r"\D.*", "", a.text_content().strip()))
    for a in page.xpath("//div[@class='timeline']//*[local-name()='a']"):
        links[a.get("href")] = int(a.xpath("string(*[local-name()='text'])"))
    for a in page.xpath("//ul[@class='tiles']//a[b]"):
        links[a.get("href")] = int(a.xpath("string(b)"))
    assert len(links) > 12
    for href, shown in links.items():
        assert count_of(client, href) == shown, href


def test_each_plot_has_its_numbers_as_a_table(client: TestClient) -> None:
    page = tree(client.get("/").text)
    assert len(page.xpath("//table[@class='bars'][caption]")) == 2
    assert len(page.xpath("//div[@class='timeline']/following-sibling::details[1]//table")) == 2


def test_lists_filter_sort_and_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from auditgraph.web.pages import lists

    mine = rows_of(
        client, "/recommendations.csv?entity=/organisation/united-nations-stabilization-mission-in-vardania&status=open"
    )
    assert mine
    assert all("UNSMIV" in row["entities"] and row["status"] == "open" for row in mine)
    due = [row["due"] for row in rows_of(client, "/recommendations.csv?sort=due") if row["due"]]
    assert due == sorted(due)
    assert client.get("/recommendations?sort=text;DROP TABLE rec&page=-7&status='%20OR%201--").status_code == 200
    monkeypatch.setattr(lists, "_PAGE", 4)
    first = tree(client.get("/recommendations?sort=-issued").text)
    second = tree(client.get(first.xpath("//a[@rel='next']/@href")[0]).text)
    both = [page.xpath("//tbody/tr/th/a/@href") for page in (first, second)]
    assert len(both[0]) == len(both[1]) == 4
    assert not set(both[0]) & set(both[1])
    assert count_of(client, "/recommendations?page=99999999999") == count_of(client, "/recommendations")


def test_dates_are_measured_against_the_day(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from auditgraph.web.pages import lists, start

    for day, late in (("1999-01-01", False), ("2999-01-01", True)):
        monkeypatch.setattr(lists, "today", lambda day=day: day)
        monkeypatch.setattr(start, "today", lambda day=day: day)
        dated = count_of(client, "/recommendations?status=open") - count_of(
            client, "/recommendations?status=open&due=none"
        )
        assert count_of(client, "/recommendations?due=overdue") == (dated if late else 0)


def test_search_finds_names_and_words_in_their_place(client: TestClient) -> None:
    page = client.get("/search?q=unsmiv").text
    names = tree(page).xpath("//section[@aria-labelledby='names']//a/@href")
    assert names[0] == "/organisation/united-nations-stabilization-mission-in-vardania", "an exact acronym comes first"
    report = client.get("/search", params={"q": "2022/031"}).text
    assert 'href="/report/2022-031"' in report
    hits = tree(client.get("/search", params={"q": "violence reduction", "in": "paragraph"}).text)
    assert hits.xpath("//ol[contains(@class, 'hits')]//mark")
    assert all("/paragraph/" in href for href in hits.xpath("//ol[contains(@class, 'hits')]//a/@href"))
    phrase = client.get("/search", params={"q": '"reduction violence"'}).text
    assert "No report says" in phrase


QUESTIONS = ("", " ", '"', '""', "*", "a*b*", "NEAR(a b", "label:x", "^", "a AND", ") OR (", "\0", "-- ;", "x" * 5000,
             '" ' * 400, "é" * 99, "\u202e", "{col}:", "' OR 1=1 --")  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_hostile_questions_are_harmless(client: TestClient, question: str) -> None:
    assert client.get("/search", params={"q": question, "in": "x", "page": "-1"}).status_code == 200


@given(st.text(max_size=60))
def test_no_question_is_an_operator(question: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(a, b)")
    if match := match_of(question):
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (match,)).fetchall()


def test_the_index_keeps_in_step_with_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "store"
    assert main(["load", str(EXAMPLES[0]), "--store", str(folder)]) == 0
    client = TestClient(create_app(open_store(folder)), headers={"accept": "text/html"})
    assert count_of(client, "/reports") == 1
    read: list[str] = []
    plain = rows.rows_of

    def counting(store: Store, record: LoadRecord) -> rows.ReportRows:
        read.append(record.key)
        return plain(store, record)

    monkeypatch.setattr(module, "rows_of", counting)
    assert main(["load", str(EXAMPLES[1]), "--store", str(folder)]) == 0
    time.sleep(0.3)
    assert count_of(client, "/reports") == 2
    assert len(read) == 1, "what was indexed is not read again"
    writer = open_store(folder, write=True)
    gone = writer.find(read[0])
    assert gone is not None
    writer.remove(gone.graph)
    writer.flush()
    writer.close()
    del writer
    time.sleep(0.3)
    assert count_of(client, "/reports") == 1
    assert read[0] not in client.get("/reports").text
    assert client.get(gone.graph.replace(DEFAULT_BASE, "/")).status_code == 404


def test_a_removed_report_leaves_nothing_behind(store: Store, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "store"
    shutil.copytree(folder, copy)
    live = LiveStore(open_store(copy))
    catalogue = Catalogue(live)
    catalogue.ensure(60)
    assert not catalogue.behind

    class Empty:
        def records(self) -> dict[str, object]:
            return {}

    catalogue.update(Empty(), "none")  # type: ignore[arg-type]
    for table in (
        "report",
        "audited",
        "rec",
        "answers",
        "mandate",
        "contradiction",
        "thing",
        "said",
        "place",
        "names",
        "words",
    ):
        assert catalogue.rows(f"SELECT count(*) FROM {table}")[0][0] == 0, table


def test_a_damaged_index_is_made_anew(folder: Path, cache: Path, tmp_path: Path) -> None:
    copy = tmp_path / "store"
    shutil.copytree(folder, copy)
    first = Catalogue(LiveStore(open_store(copy)))
    first.ensure(60)
    assert cache in first.path.parents
    first.connection().close()
    first.path.write_bytes(b"not a database" * 500)
    again = Catalogue(LiveStore(open_store(copy)))
    again.ensure(60)
    hits, total = text_hits(again, "recommendation")
    assert hits
    assert total >= len(hits)


def test_an_empty_store_has_a_first_page() -> None:
    client = TestClient(create_app(open_store("memory:")), headers={"accept": "text/html"})
    for where in ("/", "/reports", "/recommendations", "/search?q=a"):
        assert client.get(where).status_code == 200


def test_a_large_index_is_made_in_a_process_of_its_own(
    folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BATCH", 1)
    monkeypatch.setattr(module, "rows_of", None)  # what this process would fail with
    copy = tmp_path / "store"
    shutil.copytree(folder, copy)
    live = LiveStore(open_store(copy))
    catalogue = Catalogue(live)
    catalogue.update(live.store, live.version)
    assert catalogue.done == catalogue.total == len(live.store.records())
    assert text_hits(catalogue, "recommendation")[1] > 0
    assert not catalogue.behind


def test_a_kept_drawing_is_what_the_store_gives(store: Store) -> None:
    for graph, record in store.records().items():
        kept = rows.rows_of(store, record).drawing
        assert unpacked(kept) == read_lean(store, graph)
