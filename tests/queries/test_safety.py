"""SPARQL from outside reads the store and nothing else, and not for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditgraph.errors import QueryError
from auditgraph.queries.results import Rows, Triples, Truth
from auditgraph.queries.runner import Limits, SparqlError, run_text
from auditgraph.queries.safety import check
from auditgraph.restore import restore
from auditgraph.store import Store, open_store

DUMP = Path(__file__).parents[1] / "store" / "data" / "two.trig"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s . ?t ?u ?v }"

REFUSED = {
    "SERVICE": [
        "SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }",
        "select * { service silent <http://x.org/> { ?s ?p ?o } }",
        "SELECT * { SERVICE?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''a''' . SERVICE <http://x.org/> { } # '''\n}",
        'SELECT * { ?s ?p "\\"" SERVICE <http://x.org/> {} }',
        "SELECT * { ?s ?p ?o FILTER(?o <?p&&?p> ?s) SERVICE <http://x.org/> {} }",
        "SELECT * { S\\u0045RVICE <http://x.org/> { ?s ?p ?o } }",
        "PREFIX s: <http://x.org/#> SELECT * { ?s ?p s:o\\#x . SERVICE s:q {} }",
        'SELECT * { ?s ?p "\\u0022 . SERVICE <http://x.org/> {} #" }',
    ],
    "may only read": [
        "DROP ALL",
        "LOAD <file:///etc/passwd>",
        "PREFIX a: <http://x.org/> INSERT DATA { a:b a:c a:d }",
        "with <http://x.org/> delete { ?s ?p ?o } where { ?s ?p ?o }",
        "# SELECT\nCLEAR ALL",
    ],
    "graphs of the store": [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
        "BASE <file:///> PREFIX f: <etc/> SELECT * FROM NAMED f:passwd { ?s ?p ?o }",
        "SELECT * FROM <FTP://x.org/a> { ?s ?p ?o }",
    ],
}
HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE' }",
    'SELECT * { ?s ?p """LOAD " SERVICE <http://x.org/> {}""" }',
    "SELECT ?service ?load { ?service ?load <http://x.org/SERVICE> } # SERVICE",
    "PREFIX service: <http://x.org/> SELECT * FROM <https://x.org/g> { ?s service:load service:INSERT }",
    "SELECT (COUNT(*) AS ?delete) { ?s ?p ?o FILTER(?s < ?o) }",
    "ASK { ?s ag:key 'DROP ALL'@en }",
]


@pytest.mark.parametrize(("why", "sparql"), [(why, q) for why, queries in REFUSED.items() for q in queries])
def test_what_could_do_harm_is_refused(why: str, sparql: str) -> None:
    with pytest.raises(QueryError, match=why):
        check(sparql)


@pytest.mark.parametrize("sparql", HARMLESS)
def test_words_alone_do_no_harm(sparql: str) -> None:
    check(sparql)


@given(st.text(alphabet="SERVICE service{}<>?\"'\\#\n .:aX\u00e9_", max_size=60))
def test_a_service_can_not_be_hidden(noise: str) -> None:
    """Whatever stands before it: if the engine takes the whole for a query, the check refuses it."""
    import pyoxigraph as ox

    sparql = f"SELECT * {{ {noise} SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}"
    try:
        ox.Store().query(sparql)
    except SyntaxError:
        return
    except OSError:
        pass
    comment = "#" in noise.rpartition("\n")[2]
    if not comment:
        with pytest.raises(QueryError):
            check(sparql)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    place = tmp_path_factory.mktemp("queries") / "store"
    writer = open_store(place, write=True)
    list(restore(writer, DUMP))
    writer.close()
    return open_store(place)


@pytest.fixture
def memory() -> Store:
    filled = open_store("memory:", write=True)
    list(restore(filled, DUMP))
    return filled


@pytest.mark.parametrize("place", ["store", "memory"])
def test_each_kind_of_answer_arrives(place: str, request: pytest.FixtureRequest) -> None:
    asked: Store = request.getfixturevalue(place)
    with run_text(asked, "SELECT ?n { ?r a ag:Recommendation ; ag:number ?n } ORDER BY ?n") as rows:
        assert isinstance(rows, Rows)
        assert [row[0].value for row in rows.rows if row[0]] == ["10", "2"]
    with run_text(asked, "ASK { ?s ag:key '2031/007' }") as truth:
        assert truth == Truth(True)
    with run_text(asked, "CONSTRUCT WHERE { ?s ag:number ?n }") as triples:
        assert isinstance(triples, Triples)
        assert len(list(triples.triples)) == 3


def test_one_report_alone(store: Store) -> None:
    graph = "https://w3id.org/auditgraph/report/ap2009-620-03"
    with run_text(store, "SELECT ?k { ?r ag:key ?k }", report=graph) as rows:
        assert isinstance(rows, Rows)
        assert [row[0].value for row in rows.rows if row[0]] == ["AP2009/620/03"]


MISTAKES = [
    ("SELECT * {\n}} ", 2, 2, "closes nothing"),
    ("SELECT * {\n ?s ?p ?o", 1, 10, "never closed"),
    ("ASK { ?s ex:p ?o }", 1, 10, "ex: is not declared"),
    ("PREFIX ex: <http://x.org/>\nSELEC * { ?s ex:p ?o }", 2, 1, "not with SELEC"),
    ("ASK { ?s ?p 'abc }", 1, 13, "quotation mark"),
    ("", 1, 1, "empty"),
    ("SELECT ?x (COUNT(?o) AS ?n) { ?x ?s ?o }", 1, 41, "variable that is unbound"),
]


@pytest.mark.parametrize(("sparql", "line", "column", "what"), MISTAKES)
def test_a_mistake_is_shown_where_it_is(store: Store, sparql: str, line: int, column: int, what: str) -> None:
    def ask() -> None:
        with run_text(store, sparql):
            pass

    with pytest.raises(SparqlError, match=f"line {line}, column {column}: .*{what}") as caught:
        ask()
    assert caught.value.excerpt.endswith(f"\n{' ' * (column - 1)}^")


def drain(store: Store, sparql: str, limits: Limits) -> None:
    with run_text(store, sparql, limits=limits) as result:
        for _ in result.rows if isinstance(result, Rows) else getattr(result, "triples", ()):
            pass


def test_time_is_limited(store: Store) -> None:
    with pytest.raises(QueryError, match=r"after 0\.5 seconds"):
        drain(store, ENDLESS, Limits(seconds=0.5))


@pytest.mark.parametrize(
    "sparql", ["SELECT * { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }"]
)
def test_rows_and_triples_are_limited(store: Store, sparql: str) -> None:
    with pytest.raises(QueryError, match="more than 7 rows"):
        drain(store, sparql, Limits(rows=7))


def test_memory_is_limited(store: Store) -> None:
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l ?i ?f"
    with pytest.raises(QueryError, match="more memory"):
        drain(store, greedy, Limits(memory=400_000_000))
