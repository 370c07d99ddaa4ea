"""What the graph's addresses answer: pictures with places, neighbours with their number, ways, words, files."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest
from sample_graph import MISSION, sample, sample_store
from starlette.testclient import TestClient

from auditgraph.web.app import create_app

BASE = "https://w3id.org/auditgraph/"
RECOMMENDATION = f"{BASE}report/2031-007/recommendation/2"
BODIES = "CONSTRUCT { ?a org:subOrganizationOf ?b } WHERE { ?a org:subOrganizationOf ?b }"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    store = sample_store(sample(), sample("2032/011", "Audit of stores"))
    with TestClient(create_app(store), raise_server_exceptions=False) as running:
        yield running


def data(client: TestClient, path: str, **values: Any) -> Any:
    answer = client.get(path, params=values)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_report_has_a_place_for_each_thing_and_columns(client: TestClient) -> None:
    found = data(client, "/graph/data", report="2031/007")
    count = len(found["things"]["iri"])
    assert count == found["total"] > 60
    assert len(found["things"]["x"]) == len(found["lanes"]) == count
    assert len({*zip(found["things"]["x"], found["things"]["y"], strict=True)}) == count
    assert found["focus"] == f"{BASE}report/2031-007"
    assert found == data(client, "/graph/data", report="2031-007")


def test_what_is_left_out_is_counted(client: TestClient) -> None:
    found = data(client, "/graph/data", report="2031/007", limit=30)
    assert len(found["things"]["iri"]) == 30
    assert found["total"] == data(client, "/graph/data", report="2031/007")["total"]


def test_around_a_name_an_iri_and_an_address(client: TestClient) -> None:
    answers = [
        data(client, "/graph/data", around=said)["things"]["iri"] for said in ("UNSMIZ", BASE + MISSION, MISSION)
    ]
    assert answers[0] == answers[1] == answers[2]
    assert len(data(client, "/graph/data", around="UNSMIZ", depth=2)["things"]["iri"]) > len(answers[0])


def test_everything(client: TestClient) -> None:
    found = data(client, "/graph/data")
    assert {f"{BASE}report/2031-007", f"{BASE}report/2032-011"} <= set(found["things"]["iri"])
    assert len(found["things"]["iri"]) == found["total"]


def test_what_a_named_query_speaks_of(client: TestClient) -> None:
    found = data(client, "/graph/data", query="recommendations", report="2031/007")
    kinds = {found["kinds"][kind] for kind in found["things"]["kind"]}
    assert kinds >= {"report", "recommendation"}
    assert RECOMMENDATION in found["things"]["iri"]
    assert client.get("/graph/data", params={"query": "recomendations"}).status_code == 404


def test_a_construct_is_drawn_with_names_and_kinds(client: TestClient) -> None:
    for found in (
        data(client, "/graph/data", sparql=BODIES),
        client.post("/graph/data", data={"sparql": BODIES}).json(),
    ):
        assert [relation["key"] for relation in found["relations"]] == ["org:subOrganizationOf"]
        assert found["kinds"] == ["organisation"]
        assert "UNSMIZ" in found["things"]["label"]


REFUSED = (
    "SELECT * { ?s ?p ?o }", "DELETE WHERE { ?s ?p ?o }", "CONSTRUCT {",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://x.org/> { ?s ?p ?o } }",
)  # fmt: skip
MISTAKES: tuple[dict[str, str], ...] = (
    {"report": "1999/999"}, {"around": "nothing"}, {"report": "2031/007", "around": "x"}, {"from": "UNSMIZ"},
    {"depth": "none"}, {"limit": "0"},
)  # fmt: skip


@pytest.mark.parametrize("sparql", REFUSED)
def test_other_queries_are_refused_in_a_line(client: TestClient, sparql: str) -> None:
    answer = client.get("/graph/data", params={"sparql": sparql})
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("values", MISTAKES)
def test_mistakes_are_told(client: TestClient, values: dict[str, str]) -> None:
    assert client.get("/graph/data", params=values).status_code == 404


def test_neighbours_are_counted_before_they_are_fetched(client: TestClient) -> None:
    iri = BASE + MISSION
    told = data(client, "/graph/thing", iri=iri)
    everything = data(client, "/graph/near", iri=iri)
    assert told["near"] == len(everything["things"]["iri"]) - 1 == sum(told["counts"].values())
    some = data(client, "/graph/near", iri=iri, kind="recommendation")
    assert len(some["things"]["iri"]) - 1 == told["counts"]["recommendation"]
    ends = {(source, target) for source, target, *_ in some["ends"]}
    assert any(target == iri for _, target in ends)


def test_grown_graphs_have_an_address(client: TestClient) -> None:
    iri = BASE + MISSION
    before = data(client, "/graph/data", report="2031/007")
    grown = data(client, "/graph/data", report="2031/007", more=f"report|{iri}")
    assert set(grown["things"]["iri"]) - set(before["things"]["iri"]) == {f"{BASE}report/2032-011"}


def test_a_thing_and_a_link_lead_to_the_words(client: TestClient) -> None:
    told = data(client, "/graph/thing", iri=RECOMMENDATION)
    assert any(quote["text"] for fact in told["facts"] for quote in fact["quotes"])
    assert told["page"] == "/report/2031-007/recommendation/2"
    link = next(link for link in told["neighbours"] if link["relation"] == "led_to")
    words = data(client, "/graph/link", **{"from": link["iri"], "to": RECOMMENDATION, "relation": "led_to"})
    assert words["label"] == "led to"
    assert words["quotes"][0]["place"] == "paragraph 19"


def test_a_link_of_a_construct_leads_to_the_words_too(client: TestClient) -> None:
    found = data(client, "/graph/data", sparql=BODIES)
    iris = found["things"]["iri"]
    source, target = (iris[found["links"][end][0]] for end in ("from", "to"))
    words = data(client, "/graph/link", **{"from": source, "to": target, "relation": "org:subOrganizationOf"})
    assert words["quotes"]
    assert words["quotes"][0]["report"] in ("2031/007", "2032/011")


def test_ways_between_two_things(client: TestClient) -> None:
    found = data(client, "/graph/path", **{"from": f"{BASE}report/2032-011", "to": RECOMMENDATION})
    assert found["paths"]
    for path in found["paths"]:
        assert path[0] == f"{BASE}report/2032-011"
        assert path[-1] == RECOMMENDATION
        assert len(path) == len(found["paths"][0])
    page = data(client, "/graph/data", **{"from": "2032/011", "to": RECOMMENDATION})
    assert page["paths"] == found["paths"]


def test_things_are_found_in_the_store(client: TestClient) -> None:
    found = data(client, "/graph/find", q="unsmiz")
    assert found[0]["iri"] == BASE + MISSION
    assert data(client, "/graph/find", q='"} no such words {') == []


def test_graphs_come_as_files(client: TestClient, tmp_path: Any) -> None:
    shown = data(client, "/graph/data", report="2031/007")
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        answer = client.get(f"/graph/download/{form}", params={"report": "2031/007"})
        (tmp_path / form).write_bytes(answer.content)
        graph = read(tmp_path / form)
        assert set(graph) == set(shown["things"]["iri"])
        assert graph.number_of_edges() == len(shown["links"]["from"])
        assert "attachment" in answer.headers["content-disposition"]
        assert answer.content == client.get(f"/graph/download/{form}", params={"report": "2031/007"}).content
    graph = nx.node_link_graph(data(client, "/graph/download/json", report="2031/007"), edges="links")
    assert graph.nodes[RECOMMENDATION]["kind"] == "recommendation"
    turtle = client.get("/graph/download/ttl", params={"report": "2031/007"})
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert "ag:Recommendation" in turtle.text
    assert client.get("/graph/download/exe").status_code == 404


def test_hidden_kinds_stay_out_of_files(client: TestClient) -> None:
    graph = data(client, "/graph/download/json", report="2031/007", hide="post,person")
    assert {node["kind"] for node in graph["nodes"]}.isdisjoint({"post", "person"})


def test_the_page_holds_nothing_inline(client: TestClient) -> None:
    answer = client.post(
        "/graph", data={"sparql": "CONSTRUCT { ?s ?p '</textarea><script>alert(1)</script>' } { ?s ?p ?o }"}
    )
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "style=" not in answer.text
    assert "'unsafe" not in answer.headers["content-security-policy"]


def test_xml_never_breaks(client: TestClient) -> None:
    from auditgraph.viz.files import as_gexf, as_graphml
    from auditgraph.viz.picture import Picture, Thing

    picture = Picture("\x00]]>", things=(Thing("https://x.org/a", "report", "<b>&\x0b\ufffe", "\ud800"),))
    for write in (as_graphml, as_gexf):
        ET.fromstring(write(picture))
    assert json.loads(client.get("/graph/data", params={"report": "2031/007"}).content)


def test_a_graph_of_everything_is_made_once_in_a_process_of_its_own(client: TestClient) -> None:
    first = client.get("/graph/download/json", params={"hide": "post"})
    assert first.status_code == 200
    kinds = {node["kind"] for node in first.json()["nodes"]}
    assert "report" in kinds
    assert "post" not in kinds
    assert client.get("/graph/download/json", params={"hide": "post"}).content == first.content
    refused = client.get("/graph/data", params={"query": "findings", "report": "1999/001"})
    assert (refused.status_code, "1999/001" in refused.text) == (404, True)


def test_findings_are_found_by_their_headings(client: TestClient) -> None:
    finding = next(node for node in client.get("/graph/download/json").json()["nodes"] if node["kind"] == "finding")
    found = data(client, "/graph/find", q=f'"{finding["title"]}"')
    assert finding["id"] in [each["iri"] for each in found]
