"""The graph page in a real Chromium that reaches nothing but the server: grow, find ways, hide, quote, save."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from browsing import DESKTOP, PHONE, Watched, violations
from sample_graph import MISSION, sample, sample_store
from served import Server, serve

from auditgraph.store import Store
from auditgraph.web.app import MODULES

pytestmark = pytest.mark.browser

BASE = "https://w3id.org/auditgraph/"
HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}} \u202e<svg onload=alert(2)>"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(sample_store(sample(), sample("2032/011", "Audit of stores")), modules=MODULES) as running:
        yield running


class Graph(Watched):
    """A tab with a graph of a server."""

    def __init__(self, browser: Any, server: Server, path: str, size: dict[str, int] = DESKTOP, **options: Any) -> None:
        super().__init__(browser, server.url, size, accept_downloads=True, **options)
        self.server = server
        self.open(path)

    def open(self, path: str) -> None:
        self.tab.goto(self.server.url + path)
        self.tab.wait_for_selector("body[data-ready]", timeout=240_000)

    def press(self, iri: str) -> None:
        box = self.tab.locator("#graph").bounding_box()
        at = self.look(f"auditgraph.spot({iri!r})")
        self.tab.mouse.click(box["x"] + at["x"], box["y"] + at["y"])

    def panel(self, words: str) -> Any:
        found = self.tab.locator("#panel", has_text=words)
        found.wait_for()
        return found


@pytest.fixture
def desktop(browser: Any, server: Server) -> Iterator[Graph]:
    watched = Graph(browser, server, "/graph?report=2031/007")
    yield watched
    watched.done()


def test_it_opens_drawn_and_named(desktop: Graph) -> None:
    assert desktop.look("document.body.dataset.ready") == "true"
    assert re.fullmatch(r"\d+ things, \d+ links", desktop.tab.locator("#count").inner_text())
    assert desktop.look("auditgraph.scene().labels.length") > 30
    pixels = desktop.look(
        "(() => { auditgraph.renderer.refresh(); "
        " const gl = auditgraph.renderer.getCanvases().nodes.getContext('webgl2');"
        " const d = new Uint8Array(gl.drawingBufferWidth * gl.drawingBufferHeight * 4);"
        " gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, d);"
        " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; })()"
    )
    assert pixels > 3000


def test_a_thing_tells_how_many_neighbours_it_has_and_grows(desktop: Graph) -> None:
    desktop.press(BASE + MISSION)
    desktop.panel("neighbours shown")
    desktop.tab.wait_for_selector("#grow")
    told = desktop.tab.locator("#near").inner_text()
    match = re.match(r"(\d+) of (\d+) neighbours shown", told)
    assert match
    left = int(match[2]) - int(match[1])
    assert desktop.tab.locator("#grow").inner_text() == f"Show {left} more"
    before = desktop.look("auditgraph.things.size")
    desktop.tab.click("[data-grow=report]")
    desktop.until(f"auditgraph.things.size > {before}")
    assert desktop.look("auditgraph.things.size") == before + 1
    assert "more=report" in desktop.look("location.href")
    desktop.tab.click("#grow")
    desktop.until(f"auditgraph.things.size === {before + left}")
    desktop.panel(f"All {match[2]} neighbours shown")
    places = desktop.look("[...auditgraph.things.values()].map(t => JSON.stringify(auditgraph.spot(t.iri)))")
    assert len(set(places)) == len(places)
    address = desktop.look("location.pathname + location.search")
    desktop.open(address)
    assert desktop.look("auditgraph.things.size") == before + left


def test_a_link_leads_to_the_words(desktop: Graph) -> None:
    link = desktop.look(
        "auditgraph.links.find(l => l.relation === 'led_to' && l.to.endsWith('2031-007/recommendation/2')).id"
    )
    spot = desktop.look(
        f"(() => {{ const l = auditgraph.links[{link}], a = auditgraph.spot(l.from), b = auditgraph.spot(l.to);"
        " return {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2}; })()"
    )
    box = desktop.tab.locator("#graph").bounding_box()
    desktop.tab.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    panel = desktop.panel("In the reports’ words")
    panel.locator("blockquote").first.wait_for()
    assert panel.locator("h2").inner_text() == "led to"
    assert panel.locator("figcaption").first.inner_text() == "Report 2031/007, paragraph 19"


def test_the_panel_quotes_and_leads_to_the_page(desktop: Graph) -> None:
    desktop.press(f"{BASE}report/2031-007/recommendation/2")
    panel = desktop.panel("Open its page")
    assert panel.locator("h2").inner_text() == "Recommendation 2"
    assert panel.locator(".badge").all_inner_texts() == ["critical", "open"]
    assert panel.locator("blockquote").first.inner_text().strip("“”").startswith("(2) UNSMIZ should restore")
    assert panel.get_by_text("Open its page").get_attribute("href") == "/report/2031-007/recommendation/2"


def test_ways_between_two_things(desktop: Graph) -> None:
    desktop.press(f"{BASE}report/2031-007/recommendation/2")
    desktop.tab.click("#path")
    desktop.tab.fill("#search", "audit of stores")
    desktop.tab.locator("#results [role=option]", has_text="Audit of stores").first.click()
    panel = desktop.panel("Ways")
    panel.locator(".way").first.wait_for()
    assert panel.locator(".way .to").first.inner_text() == "Recommendation 2"
    assert desktop.look("auditgraph.state.paths[0].at(-1)") == f"{BASE}report/2032-011"
    panel.locator(".way .why").first.click()
    desktop.panel("In the reports’ words")


def test_kinds_can_be_hidden_and_the_address_says_so(desktop: Graph) -> None:
    desktop.tab.click("[data-kind=organisation]")
    assert desktop.tab.locator("[data-kind=organisation]").get_attribute("aria-pressed") == "false"
    assert desktop.look(
        "[...auditgraph.things.values()].every(t =>"
        " auditgraph.renderer.getNodeDisplayData(t.iri).hidden === (t.kind === 'organisation'))"
    )
    assert "of" in desktop.tab.locator("#count").inner_text()
    assert desktop.look("location.search").endswith("hide=organisation")
    desktop.tab.click("#save summary")
    with desktop.tab.expect_download() as download:
        desktop.tab.click("[data-form=graphml]")
    graph = nx.read_graphml(download.value.path())
    assert graph.number_of_nodes() > 20
    assert "organisation" not in nx.get_node_attributes(graph, "kind").values()


def test_the_picture_is_saved(desktop: Graph, tmp_path: Path) -> None:
    for form in ("svg", "png"):
        desktop.tab.click("#save summary")
        with desktop.tab.expect_download() as download:
            desktop.tab.click(f"[data-save={form}]")
        download.value.save_as(tmp_path / f"graph.{form}")
    root = ET.parse(tmp_path / "graph.svg").getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    things = desktop.look("auditgraph.things.size")
    assert len([g for g in root.iter(f"{space}g") if "scale" in g.get("transform", "")]) == things
    assert any("UNSMIZ" in (text.text or "") for text in root.iter(f"{space}text"))
    picture = (tmp_path / "graph.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 30_000


def test_search_finds_here_and_in_the_store(desktop: Graph) -> None:
    desktop.tab.keyboard.press("/")
    desktop.tab.keyboard.type("audit of stores")
    option = desktop.tab.locator("#results [role=option]", has_text="Audit of stores").first
    option.wait_for()
    assert "not drawn yet" in desktop.tab.locator("#results").inner_text()
    option.click()
    desktop.tab.wait_for_url("**/graph?around=*")
    desktop.tab.wait_for_selector("body[data-ready]")
    assert desktop.tab.locator("#title").inner_text() == "Audit of stores"


def test_the_keyboard_is_enough(desktop: Graph) -> None:
    desktop.tab.locator("#graph").focus()
    desktop.tab.keyboard.press("ArrowRight")
    assert desktop.tab.locator("#panel .top").inner_text().startswith("Report")
    desktop.tab.keyboard.press("ArrowLeft")
    assert not desktop.tab.locator("#panel .top").inner_text().startswith("Report")
    desktop.tab.keyboard.press("Enter")
    assert desktop.look("document.activeElement.id") == "panel"
    desktop.tab.keyboard.press("Escape")
    assert desktop.tab.locator("#panel").is_hidden()
    assert desktop.look("document.activeElement.id") == "graph"


def test_the_list_has_everything(desktop: Graph) -> None:
    desktop.tab.click("#list")
    assert desktop.tab.locator("#panel .to").count() == desktop.look("auditgraph.things.size")


def test_columns_and_back(desktop: Graph) -> None:
    before = desktop.look("JSON.stringify(auditgraph.graph.export().nodes.map(n => n.attributes.x))")
    desktop.tab.click("#lanes")
    assert desktop.look("JSON.stringify(auditgraph.graph.export().nodes.map(n => n.attributes.x))") != before
    desktop.tab.click("#web")
    assert desktop.look("JSON.stringify(auditgraph.graph.export().nodes.map(n => n.attributes.x))") == before


def test_a_construct_from_the_form(browser: Any, server: Server) -> None:
    tab = Graph(browser, server, "/graph")
    tab.tab.click("#other summary")
    tab.tab.fill("textarea", "CONSTRUCT { ?a org:subOrganizationOf ?b } WHERE { ?a org:subOrganizationOf ?b }")
    tab.tab.click("form[method=post] button")
    tab.tab.wait_for_selector("body[data-ready=true]")
    tab.until("document.getElementById('title').textContent === 'The answer of a query'")
    link = tab.look("auditgraph.links[0].id")
    tab.look(f"void auditgraph.chooseLink(auditgraph.links[{link}])")
    tab.tab.locator("#panel blockquote").first.wait_for()
    tab.done()


def test_mistakes_are_told(browser: Any, server: Server) -> None:
    tab = Graph(browser, server, "/graph?report=1999/001")
    assert "1999/001" in tab.tab.locator("#wait").inner_text()
    tab.context.close()


def test_a_phone_gets_a_tall_picture_and_a_sheet(browser: Any, server: Server) -> None:
    phone = Graph(browser, server, "/graph?report=2031/007", PHONE, has_touch=True, is_mobile=True)
    assert phone.look("document.documentElement.scrollWidth") <= PHONE["width"]
    at = phone.look(f"auditgraph.spot({BASE + MISSION!r})")
    box = phone.tab.locator("#graph").bounding_box()
    phone.tab.touchscreen.tap(box["x"] + at["x"], box["y"] + at["y"])
    phone.tab.locator("#panel h2").wait_for()
    assert phone.tab.locator("#panel").bounding_box()["width"] == PHONE["width"]
    phone.done()


def hostile_store() -> Store:
    """Return a store in which every text of the report is an attack."""
    builder = sample()
    names = re.compile(r"(label|title|heading|text|exact|acronym)$")
    builder.quads = {
        ox.Quad(q.subject, q.predicate, ox.Literal(HOSTILE + q.object.value), q.graph_name)
        if isinstance(q.object, ox.Literal) and names.search(q.predicate.value)
        else q
        for q in builder.quads
    }
    return sample_store(builder)


def test_hostile_text_stays_text(browser: Any) -> None:
    with serve(hostile_store(), modules=MODULES) as server:
        tab = Graph(browser, server, "/graph?report=2031/007")
        assert tab.tab.locator("h1").inner_text().startswith("</script><img")
        for iri in tab.look("[...auditgraph.things.keys()].slice(0, 12)"):
            tab.look(f"auditgraph.choose({iri!r})")
            for summary in tab.tab.locator("#panel summary").all():
                summary.click()
        tab.look("auditgraph.chooseLink(auditgraph.links[0])")
        tab.tab.fill("#search", "<img")
        tab.tab.wait_for_timeout(500)
        tab.tab.keyboard.press("Escape")
        tab.tab.click("#save summary")
        with tab.tab.expect_download() as download:
            tab.tab.click("[data-save=svg]")
        assert ET.parse(download.value.path()).getroot().find(".//{http://www.w3.org/2000/svg}img") is None
        assert tab.tab.locator("img, main script, svg [onload]").count() == 0
        tab.done()


@pytest.mark.slow
def test_twenty_thousand_things(browser: Any, tmp_path: Path) -> None:
    from many_reports import many_reports

    with serve(many_reports(str(tmp_path / "store"), 20_500), modules=MODULES) as server:
        tab = Graph(browser, server, "/graph?limit=20000")
        assert tab.look("auditgraph.things.size") == 20_000
        assert re.match(r"20,000 of 2\d,\d+ things shown", tab.tab.locator("#count").inner_text())
        assert 8 < tab.look("auditgraph.scene().labels.length") < 60
        tab.tab.keyboard.press("+")
        tab.press(tab.look("[...auditgraph.things.values()].sort((a, b) => b.degree - a.degree)[0].iri"))
        tab.panel("neighbours shown")
        tab.done()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_graph_is_accessible(browser: Any, server: Server, axe: str, size: dict[str, int], scheme: str) -> None:
    graph = Graph(browser, server, "/graph?report=2031/007", size, color_scheme=scheme, bypass_csp=True)
    graph.look("document.getElementById('key').open = true")
    assert violations(graph.tab, axe) == []
    graph.look("document.getElementById('key').open = false")
    graph.look(f"auditgraph.choose({BASE + 'report/2031-007/recommendation/2'!r})")
    graph.panel("Open its page").locator("summary").first.click()
    assert violations(graph.tab, axe) == []
    graph.look("auditgraph.clear(true)")
    graph.tab.click("#list")
    graph.tab.click("#other summary")
    assert violations(graph.tab, axe) == []
    graph.tab.click("#other summary")
    graph.tab.fill("#search", "unit")
    graph.tab.locator("#results [role=option]").first.wait_for()
    assert violations(graph.tab, axe) == []
    graph.done()
