"""The editor in a real Chromium that can reach nothing but the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from browsing import DESKTOP, PHONE, Watched
from served import Server

pytestmark = pytest.mark.browser


class Tab(Watched):
    """A tab with the editor."""

    def __init__(self, browser: Any, server: Server, path: str = "/sparql", **options: Any) -> None:
        super().__init__(browser, server.url, options.pop("viewport", DESKTOP), **options)
        self.page = self.tab
        self.page.goto(server.url + path)

    def ready(self) -> Tab:
        self.page.wait_for_selector("html[data-ready]")
        return self

    def write(self, text: str) -> None:
        self.page.locator("#editor .cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def text(self) -> str:
        return "\n".join(self.page.locator("#editor .cm-line").all_inner_texts())


@pytest.fixture
def tab(browser: Any, server: Server) -> Iterator[Tab]:
    tab = Tab(browser, server, permissions=["clipboard-write", "clipboard-read"]).ready()
    yield tab
    tab.context.close()


def test_a_query_runs_by_clicking_and_its_things_are_linked(tab: Tab) -> None:
    assert "PREFIX ag: <https://w3id.org/auditgraph/ontology#>" in tab.text()
    tab.page.click("#run")
    tab.page.wait_for_selector("#answer table")
    assert "rows" in tab.page.inner_text("#said")
    link = tab.page.locator("#answer a").first
    assert link.get_attribute("href").startswith("/report/")
    assert tab.wrong == []


def test_an_example_is_put_in_with_its_prefixes(tab: Tab) -> None:
    tab.page.select_option("#examples", label="recommendations")
    assert "PREFIX skos:" in tab.text() or "PREFIX dcterms:" in tab.text()
    tab.page.keyboard.press("Tab")
    tab.page.click("#run")
    tab.page.wait_for_selector("#answer tbody tr")
    assert tab.page.is_hidden("#trouble")
    assert tab.wrong == []


def test_terms_of_the_ontology_are_completed_and_declared(tab: Tab) -> None:
    tab.write("SELECT * { ?a a ag:Recommendati")
    tab.page.wait_for_selector("#editor .cm-tooltip-autocomplete li[aria-selected]")
    tab.page.wait_for_timeout(150)  # CodeMirror takes no choice in the first moment
    tab.page.keyboard.press("Enter")
    assert tab.text().startswith("PREFIX ag: <https://w3id.org/auditgraph/ontology#>\n")
    assert "?a a ag:Recommendation" in tab.text()
    tab.page.keyboard.press("Control+Enter")
    tab.page.wait_for_selector("#answer table")
    assert tab.wrong == []


def test_a_mistake_is_shown_at_its_place(tab: Tab) -> None:
    tab.write("SELECT * WHERE { ?s ?p ")
    tab.page.keyboard.press("Control+Enter")
    tab.page.wait_for_selector("#trouble:not([hidden])")
    assert "line 1, column" in tab.page.inner_text("#trouble")
    assert tab.page.locator("#editor .cm-lint-marker-error").count() == 1
    # The browser itself tells of every 400.
    assert [line for line in tab.wrong if "400" not in line] == []


def test_graphs_and_truths_are_shown_too(tab: Tab) -> None:
    tab.page.select_option("#examples", label="A graph: who is part of whom")
    tab.page.click("#run")
    tab.page.wait_for_selector("#answer table")
    assert "triples" in tab.page.inner_text("#said")
    assert tab.page.locator("#answer a:text-is('org:subOrganizationOf')").count() > 0
    assert tab.page.locator("#answer a[href^='/organisation/']").count() > 0
    tab.write("ASK { ?s ?p ?o }")
    tab.page.keyboard.press("Escape")
    tab.page.click("#run")
    tab.page.wait_for_selector("#answer .truth")
    assert tab.page.inner_text("#answer .truth") == "Yes"
    assert tab.wrong == []


def test_the_answer_is_downloaded(tab: Tab) -> None:
    tab.page.click("#run")
    tab.page.wait_for_selector("#answer table")
    with tab.page.expect_download() as waiting:
        tab.page.click("#downloads a:has-text('CSV')")
    assert waiting.value.suggested_filename.endswith(".csv")
    with open(waiting.value.path(), encoding="utf-8") as file:
        assert file.readline().strip() == "report,number,official,due"
    assert tab.wrong == []


def test_a_link_brings_the_query_and_its_answer(browser: Any, server: Server, tab: Tab) -> None:
    tab.write("SELECT (1 + 1 AS ?two) { }")
    tab.page.keyboard.press("Escape")
    tab.page.click("#share")
    address = urlsplit(tab.page.url)
    assert parse_qs(address.query)["query"] == ["SELECT (1 + 1 AS ?two) { }"]
    other = Tab(browser, server, f"{address.path}?{address.query}").ready()
    other.page.wait_for_selector("#answer td")
    assert other.page.inner_text("#answer td") == "2"
    assert other.wrong == []


def test_what_an_answer_holds_is_text(browser: Any, server: Server) -> None:
    hostile = """SELECT ?a ?b { VALUES (?a ?b) {
      ("<img src=x onerror=alert(1)>" <javascript:alert(1)>)
      ("</td><script>alert(1)</script>" <https://example.org/'onclick='x>) } }"""
    tab = Tab(browser, server, f"/sparql?query={quote(hostile)}").ready()
    tab.page.wait_for_selector("#answer table")
    assert tab.page.locator("#answer img, #answer script").count() == 0
    assert [link.get_attribute("href") for link in tab.page.locator("#answer a").all()] == [
        "https://example.org/'onclick='x"
    ]
    assert tab.wrong == []


def test_a_running_query_can_be_stopped(tab: Tab) -> None:
    tab.write("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a < ?i) }")
    tab.page.keyboard.press("Escape")
    tab.page.click("#run")
    tab.page.wait_for_selector("#run:has-text('Stop')")
    tab.page.click("#run")
    tab.page.wait_for_selector("#run:has-text('Run')")
    assert tab.page.inner_text("#said") == "Stopped."


def test_without_javascript_a_query_still_runs(browser: Any, server: Server) -> None:
    tab = Tab(browser, server, java_script_enabled=False)
    tab.page.fill("#query", "SELECT (42 AS ?answer) {}")
    with tab.page.expect_download() as waiting:
        tab.page.click("#run")
    with open(waiting.value.path(), encoding="utf-8") as file:
        assert file.read().split() == ["answer", "42"]
    assert tab.wrong == []


def test_a_phone_shows_it_all(browser: Any, server: Server) -> None:
    tab = Tab(browser, server, viewport=PHONE, is_mobile=True, has_touch=True).ready()
    tab.page.tap("#run")
    tab.page.wait_for_selector("#answer table")
    assert tab.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert tab.wrong == []
