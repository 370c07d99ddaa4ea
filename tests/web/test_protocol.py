"""The SPARQL 1.1 Protocol, with the W3C's test cases for queries (data-sparql11/protocol) where they apply."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from served import FORM, JSON, QUERY, Reply, Server, serve

from auditgraph.ontology.namespaces import FOAF, RDF
from auditgraph.store import GraphData, LoadRecord, open_store
from auditgraph.store.embedded import open_memory

DATA = "http://kasei.us/2009/09/sparql/data/data"
ONE, TWO, THREE = (f"{DATA}{number}.rdf" for number in (1, 2, 3))
BOTH = f"ASK {{ <{ONE}> ?p ?o . <{TWO}> ?q ?r }}"
NAMED = f"ASK {{ GRAPH ?a {{ <{ONE}> ?p ?o }} GRAPH ?b {{ <{TWO}> ?q ?r }} FILTER(?a != ?b) }}"
FULL = f"ASK {{ GRAPH ?a {{ <{ONE}> ?p ?o }} GRAPH ?b {{ <{TWO}> ?q ?r }} <{THREE}> ?s ?t FILTER(?a != ?b) }}"
KEYS = "SELECT ?report ?key { ?report ag:key ?key } ORDER BY ?key"
GRAPH = "CONSTRUCT { ?report ag:key ?key } WHERE { ?report ag:key ?key }"


@pytest.fixture(scope="module")
def w3c() -> Iterator[Server]:
    """A server with the graphs of the W3C's tests."""
    store = open_memory()
    for iri in (ONE, TWO, THREE):
        line = f"<{iri}> {RDF.type} {FOAF.Document} <{iri}> .\n"
        store.put([GraphData(LoadRecord(iri, iri[-5:], "a.rdf", "00"), line.encode())])
    with serve(store) as running:
        yield running


def truth(reply: Reply) -> bool:
    assert reply.status == 200, reply.text
    return bool(json.loads(reply.body)["boolean"])


def post(server: Server, body: str | bytes, kind: str | None = QUERY, query: str = "", **headers: str) -> Reply:
    sent = {"Accept": headers.pop("accept", JSON), **headers}
    if kind is not None:
        sent["Content-Type"] = kind
    return server.ask("POST", f"/sparql{query}", sent, body)


class TestW3C:
    """Each test is called after the W3C's."""

    def test_query_get(self, w3c: Server) -> None:
        assert truth(w3c.get("ASK {}", accept=JSON))

    def test_query_post_form(self, w3c: Server) -> None:
        assert truth(post(w3c, urlencode({"query": "ASK {}"}), FORM))

    def test_query_post_direct(self, w3c: Server) -> None:
        assert truth(post(w3c, "ASK {}"))

    def test_query_dataset_default_graph(self, w3c: Server) -> None:
        assert truth(w3c.get(f"ASK {{ <{ONE}> ?p ?o }}", ("default-graph-uri", ONE)))
        assert not truth(w3c.get(f"ASK {{ <{TWO}> ?p ?o }}", ("default-graph-uri", ONE)))

    def test_query_dataset_default_graphs_get(self, w3c: Server) -> None:
        assert truth(w3c.get(BOTH, ("default-graph-uri", ONE), ("default-graph-uri", TWO)))
        assert not truth(w3c.get(BOTH, ("default-graph-uri", ONE)))

    def test_query_dataset_default_graphs_post(self, w3c: Server) -> None:
        graphs = urlencode([("default-graph-uri", ONE), ("default-graph-uri", TWO)])
        assert truth(post(w3c, BOTH, query=f"?{graphs}"))
        assert truth(post(w3c, f"{urlencode({'query': BOTH})}&{graphs}", FORM))

    def test_query_dataset_named_graphs_get(self, w3c: Server) -> None:
        assert truth(w3c.get(NAMED, ("named-graph-uri", ONE), ("named-graph-uri", TWO)))
        assert not truth(w3c.get(NAMED, ("named-graph-uri", ONE)))

    def test_query_dataset_named_graphs_post(self, w3c: Server) -> None:
        graphs = urlencode([("named-graph-uri", ONE), ("named-graph-uri", TWO)])
        assert truth(post(w3c, NAMED, query=f"?{graphs}"))

    def test_query_dataset_full(self, w3c: Server) -> None:
        graphs = [("default-graph-uri", THREE), ("named-graph-uri", ONE), ("named-graph-uri", TWO)]
        assert truth(w3c.get(FULL, *graphs))
        assert truth(post(w3c, FULL, query=f"?{urlencode(graphs)}"))
        assert not truth(w3c.get(FULL, *graphs[1:]))

    def test_query_multiple_dataset(self, w3c: Server) -> None:
        # What the protocol says goes before what the query says.
        query = f"ASK FROM <{ONE}> {{ <{ONE}> ?p ?o }}"
        assert truth(w3c.get(query))
        assert not truth(w3c.get(query, ("default-graph-uri", TWO)))
        assert truth(w3c.get(f"ASK FROM <{ONE}> {{ <{TWO}> ?p ?o }}", ("default-graph-uri", TWO)))

    def test_query_content_type_select(self, w3c: Server) -> None:
        assert w3c.get("SELECT (1 AS ?a) {}", accept=f"{JSON}, text/csv;q=0.5").media == JSON

    def test_query_content_type_ask(self, w3c: Server) -> None:
        accept = "application/sparql-results+xml;q=0.9"
        assert w3c.get("ASK {}", accept=accept).media == "application/sparql-results+xml"

    def test_query_content_type_describe(self, w3c: Server) -> None:
        assert w3c.get("DESCRIBE <http://example.org/>", accept="application/rdf+xml").media == "application/rdf+xml"

    def test_query_content_type_construct(self, w3c: Server) -> None:
        assert w3c.get("CONSTRUCT WHERE { ?s ?p ?o }", accept="text/turtle").media == "text/turtle"

    def test_bad_query_method(self, w3c: Server) -> None:
        for method in ("PUT", "DELETE", "PATCH"):
            reply = w3c.ask(method, f"/sparql?{urlencode({'query': 'ASK {}'})}")
            assert reply.status == 405
            assert {"GET", "POST"} <= set(reply.headers["Allow"].split(", "))

    def test_bad_multiple_queries(self, w3c: Server) -> None:
        reply = w3c.get("ASK {}", ("query", "SELECT * {}"))
        assert (reply.status, reply.text.count("\n")) == (400, 1)
        assert post(w3c, "ASK {}", query=f"?{urlencode({'query': 'ASK {}'})}").status == 400

    def test_bad_query_wrong_media_type(self, w3c: Server) -> None:
        reply = post(w3c, "ASK {}", "text/plain")
        assert reply.status == 415
        assert QUERY in reply.text

    def test_bad_query_missing_form_type(self, w3c: Server) -> None:
        assert post(w3c, urlencode({"query": "ASK {}"}), None).status == 415

    def test_bad_query_missing_direct_type(self, w3c: Server) -> None:
        assert post(w3c, "ASK {}", None).status == 415

    def test_bad_query_non_utf8(self, w3c: Server) -> None:
        assert post(w3c, "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16").status == 415
        assert post(w3c, b'ASK { ?s ?p "\xff" }').status == 400
        assert w3c.ask("GET", "/sparql?query=ASK%20%7B%20%22%FF%22%20%7D").status == 400

    def test_bad_query_syntax(self, w3c: Server) -> None:
        reply = w3c.get("ASK {\n  ?s ?p\n  ]")
        assert reply.status == 400
        assert reply.media == "text/plain"
        assert "line 3, column 3" in reply.text.splitlines()[0]

    @pytest.mark.parametrize("update", ["CLEAR ALL", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"])
    def test_updates_are_refused(self, w3c: Server, update: str) -> None:
        before = w3c.get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", accept="text/csv").body
        for reply in (
            post(w3c, urlencode({"update": update}), FORM),
            post(w3c, update, "application/sparql-update"),
            post(w3c, update),
            w3c.get(update),
            w3c.get(None, ("update", update)),
        ):
            assert 400 <= reply.status < 500
        assert w3c.get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", accept="text/csv").body == before


def rows_of(reply: Reply) -> list[list[str]]:
    if reply.media.endswith("json"):
        data = json.loads(reply.body)
        return [[row[name]["value"] for name in data["head"]["vars"]] for row in data["results"]["bindings"]]
    if reply.media.endswith("xml"):
        tree = ET.fromstring(reply.body)
        space = "{http://www.w3.org/2005/sparql-results#}"
        return [["".join(each.itertext()) for each in row] for row in tree.iter(f"{space}result")]
    if reply.media == "text/csv":
        return list(csv.reader(io.StringIO(reply.text, newline="")))[1:]
    parsed = ox.parse_query_results(reply.body, ox.QueryResultsFormat.TSV)
    assert isinstance(parsed, ox.QuerySolutions)
    return [[term.value for term in row] for row in parsed]


@pytest.mark.parametrize(
    "media",
    [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values", "application/json",
     "application/xml", "text/xml"],
)  # fmt: skip
def test_rows_are_the_same_in_every_form(server: Server, media: str) -> None:
    reply = server.get(KEYS, accept=media)
    assert (reply.status, reply.media) == (200, media)
    rows = rows_of(reply)
    assert [row[1] for row in rows] == ["2019/087", "2021/019", "2022/031"]
    assert rows[0][0] == "https://w3id.org/auditgraph/report/2019-087"


@pytest.mark.parametrize(
    ("media", "parser"),
    [
        ("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"), ("application/n-quads", "nquads"), ("application/trig", "trig"),
        ("text/n3", "n3"), ("text/plain", "nt"),
    ],
)  # fmt: skip
def test_triples_are_the_same_in_every_form(server: Server, media: str, parser: str) -> None:
    reply = server.get(GRAPH, accept=media)
    assert (reply.status, reply.media) == (200, media)
    expected = Graph().parse(data=server.get(GRAPH, accept="application/n-triples").text, format="nt")
    found = Graph()
    if parser in ("nquads", "trig"):
        form = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}[parser]
        lines = "".join(f"{quad.triple} .\n" for quad in ox.parse(reply.body, format=form))
        found.parse(data=lines, format="nt")
    else:
        found.parse(data=reply.body, format=parser)
    assert len(found) == 3
    assert isomorphic(found, expected)


def test_the_short_name_of_a_format_goes_before_accept(server: Server) -> None:
    for name in ("format", "output"):
        assert server.get(KEYS, (name, "csv"), accept=JSON).media == "text/csv"
    assert server.get(GRAPH, ("format", "json")).media == "application/ld+json"
    # SPARQLWrapper sends one format for every kind of query.
    assert server.get(GRAPH, ("format", "csv"), accept="text/turtle").media == "text/turtle"
    assert server.get(KEYS, ("format", "docx")).status == 406


def test_what_no_form_can_give_is_not_acceptable(server: Server) -> None:
    for query, accept in ((KEYS, "text/turtle"), (GRAPH, "text/csv"), (KEYS, "image/png")):
        reply = server.get(query, accept=accept)
        assert (reply.status, reply.media, reply.text.count("\n")) == (406, "text/plain", 1)


def test_the_default_graph_is_the_union(server: Server) -> None:
    whole = rows_of(server.get("SELECT (COUNT(*) AS ?n) { ?s a ag:AuditReport }"))
    apart = rows_of(server.get("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a ag:AuditReport } }"))
    assert whole == apart == [["3"]]


def test_a_graph_that_a_query_names_is_all_it_sees(server: Server) -> None:
    query = "SELECT ?key FROM <https://w3id.org/auditgraph/report/2021-019> { ?report ag:key ?key }"
    assert rows_of(server.get(query)) == [["2021/019"]]


def test_an_unknown_graph_is_empty_and_an_empty_name_none(server: Server) -> None:
    assert rows_of(server.get(KEYS, ("default-graph-uri", "https://example.org/none"))) == []
    assert len(rows_of(server.get(KEYS, ("default-graph-uri", "")))) == 3
    assert server.get(KEYS, ("default-graph-uri", "file:///etc/passwd")).status == 400
    assert server.get(KEYS, ("named-graph-uri", "a b")).status == 400


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
    ],
)
def test_network_and_disk_are_out_of_reach(server: Server, query: str) -> None:
    reply = server.get(query)
    assert reply.status == 400
    assert "refused" in reply.text
    assert "line 1, column" in reply.text


@pytest.mark.parametrize(
    ("media", "parser"),
    [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld"),
     ("application/n-triples", "nt")],
)  # fmt: skip
def test_the_endpoint_describes_itself(server: Server, media: str, parser: str) -> None:
    reply = server.get(accept=media)
    assert (reply.status, reply.media) == (200, media)
    found = Graph().parse(data=reply.body, format=parser)
    answer = found.query("""
        PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        SELECT ?endpoint (COUNT(?graph) AS ?graphs) {
          ?service a sd:Service ; sd:endpoint ?endpoint ; sd:feature sd:UnionDefaultGraph ;
            sd:supportedLanguage sd:SPARQL11Query ; sd:defaultDataset/sd:namedGraph/sd:name ?graph
        } GROUP BY ?endpoint""")
    assert [(str(endpoint), int(graphs)) for endpoint, graphs in answer] == [(f"{server.url}/sparql", 3)]  # type: ignore[misc]


def test_without_a_query_there_is_no_answer_in_rows(server: Server) -> None:
    assert server.get(accept=JSON).status == 400
    assert post(server, "", FORM).status == 400
    assert server.get("").status == 400


def test_head_tells_what_get_would(server: Server) -> None:
    path = f"/sparql?{urlencode({'query': KEYS})}"
    get, head = (server.ask(method, path, {"Accept": "text/csv"}) for method in ("GET", "HEAD"))
    assert head.status == 200
    assert head.body == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == get.headers[name]


def test_an_answer_is_sent_once(server: Server) -> None:
    first = server.get(KEYS, accept="text/csv")
    tag = first.headers["ETag"]
    assert server.get(KEYS, accept="text/csv", if_none_match=tag).status == 304
    assert server.get(KEYS, accept="text/csv", if_none_match=f'"x", {tag}').status == 304
    assert server.get(KEYS, accept=JSON, if_none_match=tag).status == 200
    assert server.get(KEYS + " ", accept="text/csv", if_none_match=tag).status == 200
    assert "Accept" in first.headers["Vary"]


def test_what_changes_by_itself_is_not_kept(server: Server) -> None:
    replies = {server.get("SELECT (RAND() AS ?n) {}", accept="text/csv").text for _ in range(3)}
    assert len(replies) == 3
    assert server.get("SELECT (now() AS ?n) {}").headers["ETag"] is None


def test_long_queries_and_odd_letters_come_through(server: Server) -> None:
    text = "Ünïcödé \U0001f30d \"quoted\" \\ and 'more' + & ? = %41"
    query = f"SELECT ({ox.Literal(text)} AS ?text) {{}} #{'x' * 20000}"
    for reply in (post(server, query), post(server, urlencode({"query": query}), FORM), server.get(query)):
        assert rows_of(reply) == [[text]]
    assert rows_of(post(server, "query=" + quote(query), f"{FORM}; charset=UTF-8")) == [[text]]


def test_a_store_in_a_sparql_server_is_served_too(server: Server) -> None:
    with serve(open_store(f"sparql:{server.url}/sparql")) as second:
        for query, accept in ((KEYS, "text/csv"), (KEYS, JSON), ("ASK {}", JSON)):
            assert second.get(query, accept=accept).body == server.get(query, accept=accept).body
        assert len(Graph().parse(data=second.get(GRAPH).body, format="turtle")) == 3
        assert second.ask("GET", "/queries/reports").body == server.ask("GET", "/queries/reports").body
