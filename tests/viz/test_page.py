"""The page as a file: whole, harmless, the same every time."""

import base64
import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sample_graph import BASE, sample_store

from auditgraph.errors import UsageError
from auditgraph.viz import picture_of, write_page
from auditgraph.viz.kinds import KINDS, RELATIONS
from auditgraph.viz.lanes import lanes
from auditgraph.viz.page import count, page
from auditgraph.viz.picture import Fact, Link, Picture, Quote, Thing, place_label
from auditgraph.viz.visnet import library
from auditgraph.viz.web import BOX, web

HOSTILE = (
    "</script><img src=x onerror=alert(1)>", "<!--<script>", '"\'&lt;b>bold</b>', "javascript:alert(1)", "\u2028\u2029",
    "{{ 7 * 7 }}", "\x1b[31mred\x1b[0m", "\u202etxt.exe", "a\x00b", "\ud800",
)  # fmt: skip


def hostile() -> Picture:
    quote = Quote(HOSTILE[0], HOSTILE[1], HOSTILE[0])
    things = tuple(
        Thing(f"{BASE}{n}", "finding", text, text, (Fact(text, text, (quote,)),), url=text)
        for n, text in enumerate(HOSTILE)
    )
    link = Link(things[0].iri, things[1].iri, "names", (quote,), HOSTILE[0])
    return Picture(HOSTILE[0], HOSTILE[0], things, (link,))


def data(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    assert found
    result: dict[str, Any] = json.loads(found[1])
    return result


@pytest.fixture(scope="module")
def html() -> str:
    return page(picture_of(sample_store(), report="2031/007"))


def test_hostile_text_is_never_markup() -> None:
    html = page(hostile())
    scripts = html.count("<script")
    assert scripts == page(Picture("plain")).count("<script")
    assert "<img" not in html
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in html
    read = data(html)
    assert [t["title"] for t in read["things"]][:4] == list(HOSTILE[:4])
    assert read["quotes"][0]["text"] == HOSTILE[0]
    assert {t["url"] for t in read["things"]} == {""}


def test_hostile_text_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(hostile()), encoding="utf-8")


def test_the_page_names_no_other_host_to_fetch_from(html: str) -> None:
    page_only = html.replace(library(), "")
    assert not re.search(r'(?:src|href)=["\'](?!data:,)', page_only)
    assert "@import" not in page_only
    assert "url(" not in page_only
    assert "sourceMappingURL" not in html


def test_the_policy_allows_the_pages_own_parts_and_nothing_else(html: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    scripts = re.findall(r"<script>(.*?)</script>", html, re.S)
    styles = re.findall(r"<style>(.*?)</style>", html, re.S)
    assert len(scripts) == 2
    for text in scripts + styles:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


def test_the_same_store_gives_the_same_bytes(tmp_path: Path, html: str) -> None:
    for name in ("one.html", "two.html"):
        write_page(sample_store(), tmp_path / name, report="2031/007")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes() == html.encode()


def test_a_page_that_cant_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        write_page(sample_store(), tmp_path / "no" / "such" / "folder.html")


def test_what_is_left_out_is_said() -> None:
    store = sample_store()
    some = picture_of(store, report="2031/007", limit=30)
    assert count(some) == f"30 of {some.total} things shown"
    assert count(some) in page(some)
    whole = picture_of(store, report="2031/007")
    assert count(whole) == f"{len(whole.things)} things, {len(whole.links)} links"
    assert count(Picture("", things=whole.things, truncated=True)).startswith(f"{len(whole.things)} of more than")


def test_every_kind_and_link_of_the_sample_is_in_the_legend(html: str) -> None:
    read = data(html)
    for name, key in (("kinds", "kind"), ("relations", "relation")):
        counted = {entry["key"]: entry["count"] for entry in read[name]}
        drawn = [entry[key] for entry in read["nodes" if name == "kinds" else "edges"]]
        assert counted == {value: drawn.count(value) for value in set(drawn)}


def test_an_empty_picture_has_a_page() -> None:
    assert data(page(Picture("nothing")))["nodes"] == []


def test_columns_stand_in_the_order_of_the_story() -> None:
    picture = picture_of(sample_store(), report="2031/007")
    placed = lanes(picture).spots
    assert set(placed) == {thing.iri for thing in picture.things}
    columns = {thing.kind: placed[thing.iri].x for thing in picture.things}
    order = ["instrument", "report", "finding", "recommendation", "post", "organisation", "location"]
    assert [columns[kind] for kind in order] == sorted(columns[kind] for kind in order)
    by_column: dict[float, list[float]] = {}
    for iri, spot in placed.items():
        kind = next(t.kind for t in picture.things if t.iri == iri)
        by_column.setdefault(KINDS[kind].lane, []).append(spot.y)
    for heights in by_column.values():
        heights.sort()
        assert all(b - a >= 20 for a, b in pairwise(heights))


def test_nothing_stands_on_top_of_another_in_the_web() -> None:
    picture = picture_of(sample_store(), report="2031/007")
    start = {iri: (spot.x, spot.y) for iri, spot in lanes(picture).spots.items()}
    spots = list(web(picture, start).values())
    for i, (x, y) in enumerate(spots):
        for other_x, other_y in spots[i + 1 :]:
            assert abs(x - other_x) > BOX[0] / 2 or abs(y - other_y) > BOX[1] / 2


def contrast(colour: str, paper: str) -> float:
    def light(hexed: str) -> float:
        parts = [int(hexed[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    a, b = sorted((light(colour), light(paper)))
    return (b + 0.05) / (a + 0.05)


def test_colours_can_be_read_on_paper() -> None:
    for kind in KINDS.values():
        assert contrast(kind.colour, "#fbfaf6") >= 4.5, kind.key
    assert len({kind.glyph for kind in KINDS.values()}) == len(KINDS)


def test_relations_read_both_ways() -> None:
    assert all(r.label and r.inverse for r in RELATIONS.values())


@pytest.mark.parametrize(("place", "said"), [
    ("25", "paragraph 25"), ("cover", "cover"), ("rec 3", "recommendation 3"),
    ("appendix I rec 3", "Appendix I, recommendation 3"),
    ("annex IV rec 12", "Annex IV, recommendation 12"), ("executive summary", "executive summary"), ("", ""),
])  # fmt: skip
def test_places_are_said_as_people_say_them(place: str, said: str) -> None:
    assert place_label(place) == said


def test_a_crowd_is_laid_out_without_more_libraries() -> None:
    things = tuple(Thing(f"{BASE}{n}", "organisation", str(n), str(n)) for n in range(510))
    start = {thing.iri: (n % 26 * 100.0, n // 26 * 40.0) for n, thing in enumerate(things)}
    assert len(set(web(Picture("", "", things), start).values())) == 510
