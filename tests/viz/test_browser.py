"""The page in a real Chromium with the network cut: it opens, finds, filters, quotes, and runs nothing of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, PHONE, Watched, violations
from sample_graph import MISSION, sample, sample_store
from test_page import hostile

from auditgraph.viz import write_page
from auditgraph.viz.page import page as as_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "sample.html"
    write_page(sample_store(), path, report="2031/007")
    return path


class Page(Watched):
    """A page in a file, in a tab without a network."""

    def __init__(self, browser: Any, path: Path, size: dict[str, int] = DESKTOP, **options: Any) -> None:
        super().__init__(browser, "file:", size, offline=True, **options)
        self.tab.goto(path.as_uri())
        self.tab.wait_for_selector("body[data-ready]")

    def id_of(self, title: str) -> int:
        found: int = self.look(
            f"auditgraph.things.find(t => t.title.startsWith({title!r}) || t.label === {title!r}).id"
        )
        return found

    def press(self, title: str) -> None:
        """Click a thing where it is drawn."""
        box = self.tab.locator("#graph").bounding_box()
        at = self.look(f"auditgraph.at({self.id_of(title)})")
        self.tab.mouse.click(box["x"] + at["x"], box["y"] + at["y"])


@pytest.fixture
def desktop(browser: Any, sample_page: Path) -> Iterator[Page]:
    watched = Page(browser, sample_page, DESKTOP)
    yield watched
    watched.done()


def painted(tab: Any) -> int:
    """Count the pixels of the drawing that are not transparent."""
    count: int = tab.evaluate(
        "() => { const c = document.querySelector('#graph canvas');"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"
    )
    return count


def test_it_opens_calm_and_whole(desktop: Page) -> None:
    assert painted(desktop.tab) > 20_000
    assert desktop.look("auditgraph.network.physics.physicsEnabled") is False
    before = desktop.look("JSON.stringify(auditgraph.network.getPositions())")
    desktop.tab.wait_for_timeout(300)
    assert desktop.look("JSON.stringify(auditgraph.network.getPositions())") == before
    size = desktop.tab.locator("#graph").bounding_box()
    spots = desktop.look("auditgraph.things.map(t => auditgraph.at(t.id))")
    assert all(0 < s["x"] < size["width"] and 0 < s["y"] < size["height"] for s in spots)
    assert desktop.tab.locator("#panel").is_hidden()


def test_links_are_drawn(desktop: Page) -> None:
    loud = desktop.look("auditgraph.links.filter(l => !l.quiet).length")
    assert desktop.look("auditgraph.network.body.edgeIndices.length") == loud > 50


def test_a_thing_opens_the_panel_with_the_words_and_their_places(desktop: Page) -> None:
    desktop.press("Recommendation 2")
    panel = desktop.tab.locator("#panel")
    assert panel.locator("h2").inner_text() == "Recommendation 2"
    assert panel.locator(".badge").all_inner_texts() == ["critical", "open"]
    assert panel.locator("blockquote").first.inner_text().strip("“”").startswith("(2) UNSMIZ should restore")
    assert panel.locator("figcaption").first.inner_text() == "recommendation 2"
    panel.locator("summary", has_text="Annex I, recommendation 2").first.click()
    panel.locator("figcaption", has_text="Annex I, recommendation 2").first.wait_for()


def test_neighbours_can_be_followed(desktop: Page) -> None:
    desktop.press("Recommendation 2")
    desktop.tab.locator("#panel .to", has_text="Director of Mission Support").first.click()
    panel = desktop.tab.locator("#panel")
    assert panel.locator("h2").inner_text() == "Director of Mission Support"
    assert "Answers for" in panel.inner_text()
    assert desktop.look("document.activeElement.id") == "panel"


def test_a_link_quotes_what_it_rests_on(desktop: Page) -> None:
    link = desktop.look(
        "auditgraph.links.find(l => l.relation === 'led_to' && auditgraph.things[l.to].title === 'Recommendation 2').id"
    )
    middle = desktop.look(
        "(() => { for (let along = 0.02; along < 1; along += 0.02) {"
        f" const p = auditgraph.network.canvasToDOM(auditgraph.network.body.edges[{link}].edgeType.getPoint(along));"
        f" if (auditgraph.hit(p).link === {link}) return p; }} }})()"
    )
    box = desktop.tab.locator("#graph").bounding_box()
    desktop.tab.mouse.click(box["x"] + middle["x"], box["y"] + middle["y"])
    panel = desktop.tab.locator("#panel")
    assert panel.locator("h2").inner_text() == "led to"
    assert panel.locator("figcaption").inner_text() == "paragraph 19"


def test_search_jumps_and_marks(desktop: Page) -> None:
    desktop.tab.keyboard.press("/")
    desktop.tab.keyboard.type("distribution unit")
    options = desktop.tab.locator("#results [role=option]")
    assert options.count() >= 2
    assert desktop.look("auditgraph.state.found.size") == options.count()
    assert options.first.locator("mark").count() == 1
    desktop.tab.keyboard.press("ArrowDown")
    desktop.tab.keyboard.press("ArrowUp")
    desktop.tab.keyboard.press("Enter")
    assert "Distribution Unit" in desktop.tab.locator("#panel h2").inner_text()
    desktop.tab.keyboard.press("Escape")
    desktop.tab.fill("#search", "no such words anywhere")
    assert desktop.tab.locator("#results").inner_text() == "Nothing in this picture has these words."


def test_search_folds_accents_and_reads_facts(desktop: Page) -> None:
    desktop.tab.fill("#search", "  LINDQVIST amara ")
    assert desktop.tab.locator("#results [role=option]").count() == 1
    desktop.tab.fill("#search", "AP2030-699-01")
    assert desktop.tab.locator("#results [role=option]").count() == 1


def test_kinds_can_be_hidden_and_shown(desktop: Page) -> None:
    button = desktop.tab.locator("[data-kind=organisation]")
    assert button.locator(".n").inner_text() == str(
        desktop.look("auditgraph.things.filter(t => t.kind === 'organisation').length")
    )
    everything = desktop.look("auditgraph.network.body.nodeIndices.length")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    shown = desktop.look("auditgraph.network.body.nodeIndices.length")
    assert shown == everything - int(button.locator(".n").inner_text())
    assert desktop.look(
        "auditgraph.links.every(l => l.relation !== 'part_of' || auditgraph.network.body.edges[l.id].options.hidden)"
    )
    button.click()
    assert desktop.look("auditgraph.network.body.nodeIndices.length") == everything


def test_links_can_be_hidden_by_kind(desktop: Page) -> None:
    desktop.tab.click("#key summary")
    desktop.tab.uncheck("[data-relation=cites]")
    assert desktop.look(
        "auditgraph.links.every(l => l.relation !== 'cites' || auditgraph.network.body.edges[l.id].options.hidden)"
    )


def test_the_keyboard_is_enough(desktop: Page) -> None:
    desktop.tab.locator("#graph").focus()
    desktop.tab.keyboard.press("ArrowRight")
    assert desktop.tab.locator("#panel .top").inner_text().startswith("Report")
    desktop.tab.keyboard.press("ArrowRight")
    assert desktop.tab.locator("#panel .top").inner_text().startswith("Finding")
    desktop.tab.keyboard.press("Enter")
    assert desktop.look("document.activeElement.id") == "panel"
    desktop.tab.keyboard.press("Escape")
    assert desktop.tab.locator("#panel").is_hidden()
    assert desktop.look("document.activeElement.id") == "graph"


def test_arrangements_glide_and_come_back(desktop: Page) -> None:
    where = "JSON.stringify(auditgraph.network.getPositions())"
    first = desktop.look(where)
    desktop.tab.click("#web")
    desktop.until(
        "auditgraph.things.every(t => Math.abs(auditgraph.network.getPositions([t.id])[t.id].x - t.web[0]) <= 1)"
    )
    desktop.tab.click("#loose")
    desktop.until("auditgraph.network.physics.physicsEnabled")
    desktop.tab.click("#lanes")
    desktop.until("!auditgraph.network.physics.physicsEnabled")
    desktop.until(f"{where} === {first!r}")


def test_an_address_leads_back_to_a_thing(desktop: Page) -> None:
    desktop.press("Recommendation 2")
    address = desktop.look("location.href")
    assert address.endswith("recommendation%2F2")
    desktop.tab.goto("about:blank")
    desktop.tab.goto(address)
    desktop.tab.wait_for_selector("body[data-ready]")
    assert desktop.tab.locator("#panel h2").inner_text() == "Recommendation 2"


def test_a_phone_gets_a_tall_picture_and_a_sheet(browser: Any, sample_page: Path) -> None:
    phone = Page(browser, sample_page, PHONE, has_touch=True, is_mobile=True)
    assert phone.look("document.documentElement.scrollWidth") <= PHONE["width"]
    at = phone.look(f"auditgraph.at({phone.id_of('Recommendation 2')})")
    box = phone.tab.locator("#graph").bounding_box()
    phone.tab.touchscreen.tap(box["x"] + at["x"], box["y"] + at["y"])
    phone.tab.locator("#panel h2").wait_for()
    assert phone.tab.locator("#panel").bounding_box()["width"] == PHONE["width"]
    phone.done()


def test_hostile_text_stays_text(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(as_html(hostile()), encoding="utf-8")
    tab = Page(browser, path, DESKTOP)
    for n in tab.look("auditgraph.things.map(t => t.id)"):
        tab.look(f"auditgraph.choose({n})")
        assert tab.tab.locator("#panel img, #panel script, #panel b, #panel a").count() == 0
        for summary in tab.tab.locator("#panel summary").all():
            summary.click()
    tab.look("auditgraph.chooseLink(0)")
    tab.tab.fill("#search", "<img")
    tab.tab.wait_for_timeout(100)
    assert tab.tab.locator("img").count() == 0
    assert tab.tab.locator("h1").inner_text().startswith("</script><img")
    tab.done()


def test_what_is_left_out_is_said_on_the_page(browser: Any, tmp_path: Path) -> None:
    write_page(sample_store(), tmp_path / "some.html", report="2031/007", limit=30)
    tab = Page(browser, tmp_path / "some.html", DESKTOP)
    assert re.fullmatch(r"30 of \d+ things shown", tab.tab.locator("#count").inner_text())
    tab.done()


def test_a_neighbourhood_of_two_reports_names_them_under_quotes(browser: Any, tmp_path: Path) -> None:
    store = sample_store(sample(), sample("2032/011", "Audit of stores"))
    write_page(store, tmp_path / "near.html", around="UNSMIZ")
    tab = Page(browser, tmp_path / "near.html", DESKTOP)
    tab.look(f"auditgraph.choose(auditgraph.things.find(t => t.iri.endsWith({MISSION!r})).id)")
    assert "report 2031/007" in tab.tab.locator("#panel").inner_text()
    tab.done()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_page_is_accessible(browser: Any, sample_page: Path, axe: str, size: dict[str, int], scheme: str) -> None:
    page = Page(browser, sample_page, size, color_scheme=scheme, bypass_csp=True)
    assert violations(page.tab, axe) == []
    page.look(f"auditgraph.choose({page.id_of('Recommendation 2')})")
    assert violations(page.tab, axe) == []
    page.done()
