"""The pages in a real Chromium that can reach nothing but the server: read, search, click through, print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, Watched, violations
from served import Server, serve

from auditgraph.store import Store
from auditgraph.web.app import MODULES

pytestmark = pytest.mark.browser

REPORT = "/report/2022-031"
MISSION = "/organisation/united-nations-stabilization-mission-in-vardania"
PAGES = ("/", REPORT, f"{REPORT}/recommendation/2", f"{REPORT}/paragraph/10", MISSION, "/recommendations", "/reports",
         "/contradictions", "/organisations", "/search?q=mission", "/search?q=", "/ontology", "/code/status",
         "/no/such/thing", f"{REPORT}/place/cover")  # fmt: skip


@pytest.fixture(scope="module")
def site(store: Store) -> Iterator[Server]:
    with serve(store, modules=MODULES) as running:
        yield running


@pytest.fixture(scope="module")
def hostile_site(hostile_store: Store) -> Iterator[Server]:
    with serve(hostile_store, modules=MODULES) as running:
        yield running


def tab(browser: Any, server: Server, wrong: list[str], **options: Any) -> Any:
    """Open a tab that notes what went wrong in it, and every request to another host."""
    watched = Watched(browser, server.url, options.pop("viewport", DESKTOP), forgiven="404", **options)
    watched.wrong = wrong
    return watched.tab


def test_from_the_first_page_to_the_words_behind_a_fact(browser: Any, site: Server) -> None:
    wrong: list[str] = []
    page = tab(browser, site, wrong, java_script_enabled=False)
    page.goto(site.url)
    page.get_by_label("Search names and full text").fill("unsmiv")
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Names").get_by_role("link").first.click()
    assert page.url == site.url + MISSION
    page.get_by_role("link", name="2022/031").first.click()
    assert page.url == site.url + REPORT
    first = page.locator("article.rec").first
    first.locator("summary").first.click()
    quote = first.locator("blockquote").first
    assert quote.is_visible()
    words = quote.inner_text().strip("“”")
    first.locator("figcaption a").first.click()
    mark = page.locator("mark#quote")
    assert mark.is_visible()
    assert "".join(mark.inner_text().split()) == "".join(words.split())
    assert wrong == []


def test_a_bar_leads_to_the_list_behind_it(browser: Any, site: Server) -> None:
    wrong: list[str] = []
    page = tab(browser, site, wrong)
    page.goto(site.url)
    page.locator("table.bars rect").first.click()
    assert "/recommendations?importance=" in page.url
    page.get_by_label("Status").select_option("open")
    page.get_by_role("button", name="Show").click()
    assert "status=open" in page.url
    page.get_by_role("link", name="Due").click()
    assert "sort=due" in page.url
    assert "status=open" in page.url
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Due")
    assert wrong == []


def test_everything_can_be_reached_by_keyboard(browser: Any, site: Server) -> None:
    page = tab(browser, site, [])
    page.goto(site.url + REPORT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.locator("details.words summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.words").first.get_attribute("open") is not None


@pytest.mark.parametrize("where", PAGES)
def test_pages_fit_a_phone(browser: Any, site: Server, where: str) -> None:
    wrong: list[str] = []
    page = tab(browser, site, wrong, viewport={"width": 360, "height": 740})
    page.goto(site.url + where)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert wrong == []


def test_a_report_prints_on_paper_without_the_furniture_of_the_site(browser: Any, site: Server, tmp_path: Path) -> None:
    page = tab(browser, site, [])
    page.goto(site.url + REPORT)
    page.emulate_media(media="print")
    for hidden in ("header.site", "nav.contents", "details.words:not([open])"):
        assert not page.locator(hidden).first.is_visible()
    for shown in ("h1", "article.rec", ".printed"):
        assert page.locator(shown).first.is_visible()
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert (tmp_path / "report.pdf").stat().st_size > 20_000


def test_hostile_words_do_nothing(browser: Any, hostile_site: Server) -> None:
    wrong: list[str] = []
    page = tab(browser, hostile_site, wrong)
    page.goto(hostile_site.url)
    report = page.locator(".list a").first.get_attribute("href")
    for where in (report, f"{report}/recommendation/1", "/organisation/unsmiz", "/search?q=script", "/recommendations"):
        page.goto(hostile_site.url + where)
        page.mouse.move(300, 300)
        assert page.evaluate("document.scripts.length") == 0
    assert wrong == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (1280, "dark"), (390, "dark")])
@pytest.mark.parametrize("where", [*PAGES, "/queries", "/queries/evidence?report=2022/031", "/sparql"])
def test_pages_are_accessible(browser: Any, site: Server, axe: str, where: str, width: int, scheme: str) -> None:
    page = tab(browser, site, [], viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page.goto(site.url + where)
    page.evaluate("document.querySelectorAll('details').forEach((each, at) => { each.open = at < 8; })")
    assert violations(page, axe) == []
