"""Clients that people use work as they are."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from served import Server
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

AG = "https://w3id.org/auditgraph/ontology#"
KEYS = f"PREFIX ag: <{AG}> SELECT ?report ?key {{ ?report ag:key ?key }} ORDER BY ?key"
GRAPH = f"PREFIX ag: <{AG}> CONSTRUCT {{ ?report ag:key ?key }} {{ ?report ag:key ?key }}"
FOUND = ["2019/087", "2021/019", "2022/031"]


class TestSPARQLWrapper:
    @pytest.fixture
    def client(self, server: Server) -> Any:
        return SPARQLWrapper(f"{server.url}/sparql")

    @pytest.mark.parametrize("method", ["GET", POST, "direct"])
    def test_rows(self, client: Any, method: str) -> None:
        client.setQuery(KEYS)
        client.setReturnFormat(JSON)
        client.setMethod("GET" if method == "GET" else POST)
        if method == "direct":
            client.setRequestMethod(POSTDIRECTLY)
        rows = client.queryAndConvert()["results"]["bindings"]
        assert [row["key"]["value"] for row in rows] == FOUND

    @pytest.mark.parametrize("form", [XML, CSV, TSV])
    def test_forms_of_rows(self, client: Any, form: str) -> None:
        client.setQuery(KEYS)
        client.setReturnFormat(form)
        answer = client.queryAndConvert()
        text = answer.toxml() if form == XML else answer.decode()
        assert all(key in text for key in FOUND)

    @pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
    def test_forms_of_graphs(self, client: Any, form: str) -> None:
        client.setQuery(GRAPH)
        client.setReturnFormat(form)
        answer = client.queryAndConvert()
        if isinstance(answer, bytes):
            answer = Graph().parse(data=answer, format={TURTLE: "turtle", N3: "n3"}[form])
        assert sorted(map(str, answer.objects())) == FOUND

    def test_a_graph_with_the_format_of_rows(self, client: Any) -> None:
        # Its Accept is that of JSON for rows and of any RDF; what it gets it must be able to read.
        client.setQuery(GRAPH)
        client.setReturnFormat(JSON)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = client.query()
        assert answer.info()["content-type"] == "application/ld+json"
        assert b"2021/019" in answer.response.read()

    def test_graphs_are_chosen(self, client: Any) -> None:
        client.addDefaultGraph("https://w3id.org/auditgraph/report/2021-019")
        client.setQuery(KEYS)
        client.setReturnFormat(JSON)
        assert len(client.queryAndConvert()["results"]["bindings"]) == 1

    def test_a_mistake_is_a_query_badly_formed(self, client: Any) -> None:
        client.setQuery("SELECT * { ?s ?p")
        with pytest.raises(QueryBadFormed, match="never closed"):
            client.query()


class TestRdflib:
    @pytest.fixture(params=["GET", "POST", "POST_FORM"])
    def graph(self, server: Server, request: pytest.FixtureRequest) -> Graph:
        return Graph(SPARQLStore(f"{server.url}/sparql", method=request.param))

    def test_rows(self, graph: Graph) -> None:
        assert [str(row[1]) for row in graph.query(KEYS)] == FOUND  # type: ignore[index]

    def test_truth_and_triples(self, graph: Graph) -> None:
        assert graph.query("ASK { ?s ?p ?o }").askAnswer
        assert len(list(graph.query(GRAPH))) == 3

    def test_patterns(self, graph: Graph) -> None:
        report = URIRef("https://w3id.org/auditgraph/report/2021-019")
        assert (report, RDF.type, URIRef(f"{AG}AuditReport")) in graph
        assert list(graph.subjects(URIRef(f"{AG}key"), Literal("2021/019"))) == [report]


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
class TestCurl:
    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["curl", "-sS", "--fail-with-body", *arguments], capture_output=True, text=True, timeout=30
        )
        return done.stdout

    def test_get_and_post(self, server: Server, tmp_path: Path) -> None:
        url = f"{server.url}/sparql"
        file = tmp_path / "question.rq"
        file.write_text(KEYS)
        answers = {
            self.run("-G", "-H", "Accept: text/csv", "--data-urlencode", f"query={KEYS}", url),
            self.run("-H", "Accept: text/csv", "--data-urlencode", f"query@{file}", url),
            self.run("--data-binary", f"@{file}", "-H", "Content-Type: application/sparql-query", f"{url}?format=csv"),
            self.run("--compressed", "-G", "--data-urlencode", f"query@{file}", "-d", "format=csv", url),
        }
        assert len(answers) == 1
        assert [line.split(",")[1] for line in answers.pop().splitlines()[1:]] == FOUND

    def test_named_queries(self, server: Server) -> None:
        assert self.run(f"{server.url}/queries/reports?report=2021/019").splitlines()[1].startswith("2021/019,")


@pytest.mark.server
@pytest.mark.skipif(not shutil.which("comunica-sparql"), reason="needs npm install --global @comunica/query-sparql")
class TestComunica:
    def run(self, *arguments: str) -> str:
        done = subprocess.run(["comunica-sparql", *arguments], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def test_the_endpoint_is_known_for_one(self, server: Server) -> None:
        assert all(key in self.run(f"{server.url}/sparql", KEYS) for key in FOUND)

    def test_joins_and_filters(self, server: Server) -> None:
        query = f"""PREFIX ag: <{AG}> SELECT ?key (COUNT(?recommendation) AS ?n) {{
            ?recommendation a ag:Recommendation ; <http://purl.org/dc/terms/isPartOf> ?report . ?report ag:key ?key
            FILTER(?key > "2020") }} GROUP BY ?key"""
        answer = self.run(f"sparql@{server.url}/sparql", query)
        assert "2021/019" in answer
        assert "2019/087" not in answer
