"""Every IRI opens, says what the graph says, and leads to the words."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from lxml import html as lxml_html
from starlette.testclient import TestClient

from auditgraph.iris import DEFAULT_BASE
from auditgraph.queries.named import named_query
from auditgraph.queries.results import cell
from auditgraph.queries.runner import run_named
from auditgraph.store import Store
from auditgraph.web import create_app
from auditgraph.web.pages import rdf

REPORT = "/report/2022-031"
MISSION = "/organisation/united-nations-stabilization-mission-in-vardania"


def path(iri: str) -> str:
    return "/" + iri.removeprefix(DEFAULT_BASE)


def named(store: Store, name: str) -> list[dict[str, str]]:
    rows = run_named(store, named_query(name))
    return [dict(zip(rows.columns, map(cell, row), strict=True)) for row in rows.rows]


def tree(page: str) -> Any:
    return lxml_html.fromstring(page)


def text_of(page: str) -> str:
    return " ".join(tree(page).text_content().split())


def iris(store: Store, evidence: bool) -> set[str]:
    found = set()
    for graph in store.graphs():
        for quad in store.quads(graph):
            for term in (quad.subject, quad.object, quad.predicate):
                if isinstance(term, ox.NamedNode) and term.value.startswith(DEFAULT_BASE):
                    found.add(term.value)
    return {iri for iri in found if evidence or not re.search("/(claim|passage)/", iri)}


def test_every_iri_opens(client: TestClient, store: Store) -> None:
    wrong = {iri: status for iri in sorted(iris(store, False)) if (status := client.get(path(iri)).status_code) != 200}
    assert wrong == {}


@pytest.mark.slow
def test_every_claim_and_passage_opens(client: TestClient, store: Store) -> None:
    wrong = {iri: status for iri in sorted(iris(store, True)) if (status := client.get(path(iri)).status_code) != 200}
    assert wrong == {}


def test_a_report_says_what_the_queries_say(client: TestClient, store: Store) -> None:
    shown = text_of(client.get(REPORT).text)
    for name, columns in {
        "recommendations": ("text", "action"), "responses": ("comments",), "responsibilities": ("official",),
        "findings": ("area", "heading"), "discrepancies": ("about", "first", "second"), "people": ("name",),
        "abbreviations": ("acronym", "expansion"), "reports": ("title", "headline", "assignment"),
        "organisations": ("name",), "locations": ("name",), "systems": ("name",), "instruments": ("title",),
    }.items():  # fmt: skip
        for row in named(store, name):
            if row["report"] == "2022/031":
                for column in columns:
                    assert " ".join(row[column].split()) in shown, (name, column, row)


def test_each_quote_is_marked_in_its_place(client: TestClient) -> None:
    page = tree(client.get(REPORT).text)
    links = {(a.get("href"), a.getparent().getparent().find("blockquote").text_content())
             for a in page.iterfind(".//figcaption/a")}  # fmt: skip
    assert len(links) > 100
    for href, quote in sorted(links):
        shown = tree(client.get(href.partition("#")[0]).text)
        marks = shown.xpath("//mark[@id='quote']")
        assert len(marks) == 1, href
        letters = re.sub(r"\W", "", quote).casefold()
        assert re.sub(r"\W", "", marks[0].text_content()).casefold() == letters, href


def test_a_recommendation_tells_its_places_apart(client: TestClient) -> None:
    page = text_of(client.get(f"{REPORT}/recommendation/2").text)
    for words in ("Importance", "Status", "Annex i", "Appendix i", "Answers for it", "Follows from"):
        assert words in page


def test_a_paragraph_stands_between_its_neighbours(client: TestClient) -> None:
    page = tree(client.get(f"{REPORT}/paragraph/10").text)
    numbers = [a.text for a in page.iterfind(".//ol[@class='reading plain']/li/a")]
    assert numbers == ["8", "9", "10", "11", "12"]
    assert page.xpath("//li[@aria-current]/a/text()") == ["10"]


def test_an_organisation_knows_its_place_audits_and_open_recommendations(client: TestClient, store: Store) -> None:
    page = client.get(MISSION).text
    audits = tree(page).xpath("string(//section[h2='Audits of it'])")
    for row in named(store, "reports"):
        assert (row["title"] in audits) == (row["entity"] == "UNSMIV")
    below = next(row for row in named(store, "organisations") if row["parent"] == "UNSMIV")
    assert below["name"] in text_of(page)
    opened = [row for row in named(store, "recommendations") if row["status"] == "open" and row["report"] == "2022/031"]
    assert all(" ".join(row["text"].split())[:80] in text_of(page) for row in opened)


def test_a_resolution_tells_what_follows_from_it(client: TestClient, store: Store) -> None:
    row = next(row for row in named(store, "mandates"))
    slug = re.sub(r"[^a-z0-9]+", "-", row["symbol"].lower()).strip("-")
    page = text_of(client.get(f"/resolution/{slug}").text)
    assert row["effect"] in page
    assert row["report"] in page


def test_the_same_address_gives_rdf_to_who_asks(client: TestClient, store: Store) -> None:
    plain = client.get(REPORT)
    assert plain.headers["content-type"].startswith("text/html")
    assert "<http" not in plain.headers["link"]
    assert 'rel="alternate"; type="text/turtle"' in plain.headers["link"]
    whole = {quad.triple for quad in store.quads(DEFAULT_BASE + REPORT[1:])}
    for media, ending, form in (("text/turtle", ".ttl", ox.RdfFormat.TURTLE),
                                ("application/n-triples", ".nt", ox.RdfFormat.N_TRIPLES)):  # fmt: skip
        asked = client.get(REPORT, headers={"accept": media})
        assert asked.headers["content-type"].partition(";")[0] == media
        assert asked.headers["vary"].startswith("Accept")
        assert {quad.triple for quad in ox.parse(asked.content, format=form)} == whole
        assert client.get(REPORT + ending).content == asked.content
    for thing in (f"{REPORT}/recommendation/1", MISSION):
        for media, form in (
            ("application/ld+json", ox.RdfFormat.JSON_LD),
            ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ):
            triples = {
                quad.triple for quad in ox.parse(client.get(thing, headers={"accept": media}).content, format=form)
            }
            subjects = {str(triple.subject) for triple in triples}
            assert f"<{DEFAULT_BASE}{thing[1:]}>" in subjects
            assert any("/passage/" in subject for subject in subjects), "the words come with it"
    assert client.get(REPORT, headers={"accept": "image/png"}).status_code == 406
    assert client.get(REPORT, headers={"accept": "text/html;q=0.5, text/turtle"}).text.startswith("@prefix")


def test_unchanged_pages_are_not_sent_again(client: TestClient) -> None:
    for where in (REPORT, "/", "/recommendations?status=open", f"{MISSION}.ttl"):
        tag = client.get(where).headers["etag"]
        again = client.get(where, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(where, headers={"if-none-match": '"other"'}).status_code == 200
    tags = {client.get("/reports", headers={"accept": "text/html"}).headers["etag"], client.get(REPORT).headers["etag"],
            client.get(REPORT, headers={"accept": "text/turtle"}).headers["etag"]}  # fmt: skip
    assert len(tags) == 3


def test_what_is_not_there_says_what_is(client: TestClient) -> None:
    missing = client.get("/organisation/united-nations-stabilization-mission-in-vardani")
    assert missing.status_code == 404
    assert f'href="{MISSION}"' in missing.text
    for where in (
        "/report/1900-001",
        f"{REPORT}/paragraph/999",
        "/no such <thing>",
        "/code/status/odd",
        "/report/",
        "/a%00b",
    ):
        assert client.get(where).status_code == 404, where
        assert client.get(where, headers={"accept": "text/turtle"}).status_code == 404, where
    assert client.post(REPORT).status_code == 405


def test_hostile_words_stay_words(hostile_store: Store) -> None:
    client = TestClient(create_app(hostile_store), headers={"accept": "text/html"})
    pages = [path(iri) for iri in sorted(iris(hostile_store, False)) if "/ontology#" not in iri]
    pages += ["/", "/reports", "/recommendations", "/organisations", "/posts", "/search?q=alert"]
    pages += ['/search?q="><script>alert(1)</script>', "/recommendations?entity=%3Cscript%3E", "/x%22%3E%3Cscript%3E"]
    assert len(pages) > 100
    for where in pages:
        answer = client.get(where)
        assert answer.status_code in (200, 404), where
        page = tree(answer.text)
        assert not page.xpath("//script | //iframe | //object | //embed | //style | //@style"), where
        assert not [
            name for element in page.iter() for name in getattr(element, "attrib", {}) if name.startswith("on")
        ], where
        assert not re.search("[\x00-\x08\x0b\x0e-\x1f]", answer.text), where
        assert "49" not in re.findall(r"gnp\.exe (\S+)", answer.text), where
        for address in page.xpath("//@href | //@src | //@action"):
            assert address.startswith(("/", "#", "https://undocs.org/", "http://www.w3.org/", "?")), (where, address)


def test_no_page_asks_other_hosts_for_anything(client: TestClient) -> None:
    for where in ("/", REPORT, MISSION, "/search?q=fuel"):
        page = tree(client.get(where).text)
        assert all(address.startswith("/static/") for address in page.xpath("//link[@rel='stylesheet']/@href | //@src"))


def test_a_page_asks_the_store_as_often_however_large_it_is(hostile_store: Store, store: Store) -> None:
    from auditgraph.web.pages.shared import read_thing

    asked: list[str] = []

    class Counting:
        def query(self, sparql: str, **more: object) -> object:
            asked.append(sparql)
            return store.query(sparql, **more)  # type: ignore[arg-type]

    thing = read_thing(Counting(), ox.NamedNode(DEFAULT_BASE + MISSION[1:]))  # type: ignore[arg-type]
    assert thing is not None
    assert len(asked) == 2
    assert all("LIMIT" in sparql for sparql in asked)


def test_a_part_of_the_rdf_says_so_and_leads_to_the_whole(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get(f"{MISSION}.nt")
    assert "auditgraph-partial" not in whole.headers
    monkeypatch.setattr(rdf, "_MOST", 5)
    part = client.get(f"{MISSION}.nt", headers={"if-none-match": "no"})
    assert len(part.text.splitlines()) < len(whole.text.splitlines())
    assert "up to 5 rows" in part.headers["auditgraph-partial"]
    address = re.search(r'<([^>]*)>; rel="alternate"; title="all', part.headers["link"])
    assert address
    query = parse_qs(urlsplit(address[1]).query)["query"][0]
    answer = store.query(query)
    assert isinstance(answer, ox.QueryTriples)
    node = ox.NamedNode(DEFAULT_BASE + MISSION[1:])
    said = {quad.triple for graph in store.graphs() for quad in store.quads(graph) if node in (quad[0], quad[2])}
    assert set(answer) == said
