"""No request takes more than its share, and who is turned away is told when to come again."""

from __future__ import annotations

import http.client
import json
import socket
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from served import FORM, JSON, QUERY, Reply, Server, serve

from auditgraph.store import Store
from auditgraph.web.config import Config

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p FILTER(?a < ?m) }"
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
QUICK = "SELECT ?key { ?report ag:key ?key }"


def test_an_endless_query_is_stopped(store: Store) -> None:
    with serve(store, Config(seconds=1.5, quick=0.5)) as server:
        reply = server.get(ENDLESS)
        assert reply.status == 503
        assert "stopped after 1.5 seconds" in reply.text
        assert reply.headers["Retry-After"].isdigit()
        assert server.get(QUICK).status == 200


@pytest.mark.parametrize("accept", [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_rows_are_limited_in_every_form(store: Store, accept: str) -> None:
    with serve(store, Config(rows=100)) as server:
        query = "SELECT * { ?s ag:text ?text } LIMIT %d"
        assert server.get(query % 100, accept=accept).status == 200
        reply = server.get(query % 101, accept=accept)
        assert (reply.status, reply.media) == (400, "text/plain")
        assert "more than 100 rows" in reply.text


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_triples_are_limited(store: Store, accept: str) -> None:
    with serve(store, Config(rows=100)) as server:
        assert server.get("CONSTRUCT WHERE { ?s ag:text ?o } LIMIT 100", accept=accept).status == 200
        reply = server.get("CONSTRUCT WHERE { ?s ag:text ?o } LIMIT 101", accept=accept)
        assert (reply.status, "more than 100 rows" in reply.text) == (400, True)


def test_memory_is_limited(store: Store) -> None:
    with serve(store, Config(memory=700 * 1024**2, seconds=60)) as server:
        reply = server.get(f"SELECT * {{ {{ {MANY} }} }} ORDER BY ?a ?f")
        assert reply.status == 400
        assert "more memory" in reply.text
        assert server.get(QUICK).status == 200


def test_a_large_body_is_refused(server: Server) -> None:
    body = urlencode({"query": "ASK {} #" + "x" * 2_000_000})
    assert server.ask("POST", "/sparql", {"Content-Type": FORM}, body).status == 413
    # One that does not say how long it is.
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    pieces = (b"x" * 100_000 for _ in range(20))
    connection.request("POST", "/sparql", pieces, {"Content-Type": QUERY}, encode_chunked=True)
    assert connection.getresponse().status == 413


def test_long_queries_do_not_hold_up_quick_ones(store: Store) -> None:
    with (
        serve(store, Config(readers=1, long=1, quick=0.3, seconds=30)) as server,
        Asking(server, ENDLESS),
        Asking(server, ENDLESS + " LIMIT 1") as second,
    ):
        reply = second.reply()
        assert reply.status == 503
        assert "take long" in reply.text
        assert int(reply.headers["Retry-After"]) > 0
        for number in range(5):
            assert server.get(f"{QUICK} #{number}").status == 200


def test_a_full_house_is_told_politely(store: Store) -> None:
    with serve(store, Config(readers=1, long=1, quick=30, queue=1, patience=0.5)) as server, Asking(server, ENDLESS):
        time.sleep(1)
        reply = server.get(QUICK)
        assert (reply.status, reply.media, reply.text.count("\n")) == (503, "text/plain", 1)
        assert int(reply.headers["Retry-After"]) > 0


def test_a_client_that_goes_away_takes_its_query_along(store: Store) -> None:
    with serve(store, Config(readers=1, long=0, quick=30, patience=8)) as server:
        with Asking(server, ENDLESS):
            time.sleep(0.7)
        assert server.get(QUICK).status == 200


def test_an_answer_that_breaks_off_does_not_look_whole(store: Store) -> None:
    with serve(store, Config(rows=40_000)) as server:
        for accept in (JSON, "text/csv"):
            with pytest.raises((http.client.IncompleteRead, ConnectionError)):
                server.get(MANY, accept=accept)
        assert server.get(QUICK).status == 200


def test_a_long_answer_is_sent_in_pieces_and_whole(server: Server) -> None:
    reply = server.get("SELECT * { GRAPH ?g { ?s ?p ?o } }", accept=JSON)
    assert reply.headers["Transfer-Encoding"] == "chunked"
    assert len(json.loads(reply.body)["results"]["bindings"]) > 5000


def test_a_reader_that_is_not_read_from_is_given_up(store: Store) -> None:
    with (
        serve(store, Config(readers=1, long=1, stall=0.5, seconds=20)) as server,
        socket.create_connection(("127.0.0.1", server.port)) as lazy,
    ):
        lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        lazy.sendall(f"GET /sparql?{urlencode({'query': MANY})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(4)
        assert server.get(QUICK).status == 200


def test_reports_that_are_loaded_meanwhile_appear(tmp_path: Path) -> None:
    from auditgraph.cli import main
    from auditgraph.store import open_store

    examples = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
    place = str(tmp_path / "store")
    assert main(["load", str(examples[0]), "--store", place]) == 0
    with serve(open_store(place)) as server:
        before = server.get(QUICK, accept="text/csv")
        assert main(["load", str(examples[1]), "--store", place]) == 0
        time.sleep(0.3)
        after = server.get(QUICK, accept="text/csv", if_none_match=before.headers["ETag"])
        assert after.status == 200
        assert len(after.text.splitlines()) == len(before.text.splitlines()) + 1


class Asking:
    """A query that is under way; the client goes away at the end."""

    def __init__(self, server: Server, query: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", server.port))
        self._socket.sendall(f"GET /sparql?{urlencode({'query': query})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    def __enter__(self) -> Asking:
        time.sleep(0.6)
        return self

    def __exit__(self, *problem: object) -> None:
        self._socket.close()

    def reply(self) -> Reply:
        self._socket.settimeout(20)
        response = http.client.HTTPResponse(self._socket)
        response.begin()
        return Reply(response.status, response.msg, response.read())
