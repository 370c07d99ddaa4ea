"""A server that is slow, full, broken or hostile is told from one that answers; passwords stay where they belong."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from auditgraph.errors import AuditgraphError, QueryError, StoreError
from auditgraph.store import open_store
from auditgraph.store.remote import RemoteStore, Urls, open_remote
from auditgraph.store.sparql import bound, limited, prefixed, term_text

ROWS = json.dumps(
    {"head": {"vars": ["o"]}, "results": {"bindings": [{"o": {"type": "literal", "value": "x"}}]}}
).encode()
KIND = "application/sparql-results+json"
ASK = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(*answers: Answer) -> Iterator[tuple[str, list[BaseHTTPRequestHandler]]]:
    """Run a server that gives these answers, the last one again and again; tell its URL and what was asked of it."""
    asked: list[BaseHTTPRequestHandler] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self.body = self.rfile.read(length)
            asked.append(self)
            answers[min(len(asked), len(answers)) - 1](self)

        do_POST = do_PUT = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query", asked
    finally:
        server.shutdown()
        server.server_close()


def says(body: bytes = ROWS, status: int = 200, length: int | None = None, **headers: str) -> Answer:
    def answer(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in ({"Content-Type": KIND} | {k.replace("_", "-"): v for k, v in headers.items()}).items():
            to.send_header(name, value)
        to.send_header("Content-Length", str(len(body) if length is None else length))
        to.end_headers()
        to.wfile.write(body)

    return answer


def drips(to: BaseHTTPRequestHandler) -> None:
    """Answer without end, a byte at a time."""
    to.send_response(200)
    to.send_header("Content-Type", KIND)
    to.end_headers()
    try:
        while True:
            to.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        pass


def store(url: str, **options: Any) -> RemoteStore:
    return RemoteStore(Urls(url, url, url), **options)


def asks(url: str, sparql: str = ASK, **options: Any) -> list[str]:
    return [solution[0].value for solution in store(url, **options).query(sparql, graphs=["urn:g"])]  # type: ignore[union-attr]


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("USER", "PASSWORD", "AUTH", "UPDATE_URL", "GRAPH_STORE_URL", "TIMEOUT"):
        monkeypatch.delenv(f"AUDITGRAPH_{name}", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


def test_formats_and_who_asks_are_said_and_long_queries_are_posted() -> None:
    with serving(says()) as (url, asked):
        assert asks(url) == ["x"]
        assert asks(url, ASK + " #" + "x" * 9000) == ["x"]
    assert [one.command for one in asked] == ["GET", "POST"]
    for one in asked:
        assert KIND in one.headers["Accept"]
        assert one.headers["User-Agent"].startswith("auditgraph/")
    assert "named-graph-uri=urn%3Ag" in asked[0].path


@pytest.mark.parametrize("when", [{}, {"Retry_After": "0"}, {"Retry_After": "Wed, 21 Oct 2015 07:28:00 GMT"}])
def test_a_busy_server_is_asked_again(when: dict[str, str]) -> None:
    busy, many = says(b"busy", 503, None, **when), says(b"busy", 429, None, **when)
    with serving(busy, many, says()) as (url, asked):
        assert asks(url) == ["x"]
    assert len(asked) == 3


def test_it_is_not_asked_for_ever_nor_before_its_time() -> None:
    with serving(says(b"busy", 503, Retry_After="0")) as (url, asked), pytest.raises(StoreError, match="503"):
        asks(url)
    assert len(asked) == 3
    with (
        serving(says(b"busy", 503, Retry_After="3600"), says()) as (url, asked),
        pytest.raises(StoreError, match="503"),
    ):
        asks(url)
    assert len(asked) == 1


def test_errors_that_will_not_pass_are_told_at_once() -> None:
    with serving(says(b"Virtuoso 37000 Error: syntax", 400)) as (url, asked), pytest.raises(QueryError, match="syntax"):
        asks(url)
    assert len(asked) == 1


@pytest.mark.parametrize("answer", [drips, lambda to: time.sleep(5)], ids=["drips", "silent"])
def test_a_limit_of_time_holds(answer: Answer) -> None:
    begun = time.monotonic()
    with serving(answer) as (url, _), pytest.raises(QueryError, match=r"0\.5 seconds"):
        asks(url, seconds=0.5)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "answer",
    [
        says(ROWS[:-3], length=len(ROWS)),
        says(ROWS[:-3]),
        says(X_SPARQL_MaxRows="10000"),
        says(X_SPARQL_Anytime="max_rows=1"),
        says(b"<html>welcome</html>", Content_Type="text/html"),
    ],
    ids=["short", "broken", "rows", "time", "html"],
)
def test_an_answer_that_was_cut_off_is_no_answer(answer: Answer) -> None:
    with serving(answer) as (url, _), pytest.raises(AuditgraphError):
        asks(url)


@pytest.mark.parametrize("answered", [0, 3], ids=["at its first question", "at the query"])
@pytest.mark.parametrize("what", ["SELECT ?s { ?s ?p ?o }", "recommendations"], ids=["sparql", "named"])
def test_ctrl_c_ends_a_query_that_the_server_does_not_answer(what: str, answered: int) -> None:
    waiting, over = threading.Event(), threading.Event()

    def silent(to: BaseHTTPRequestHandler) -> None:
        waiting.set()
        over.wait(120)

    # It holds a report; no writer was broken off; the ontology is of no version.
    rows: list[list[dict[str, object]]] = [[{"g": {"type": "uri", "value": "urn:g"}}], [], []]
    known = [says(json.dumps({"head": {"vars": ["g"]}, "results": {"bindings": found}}).encode()) for found in rows]
    with serving(*known[:answered], silent) as (url, _):
        command = [sys.executable, "-m", "auditgraph", "query", what, "--store", f"sparql:{url}"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert waiting.wait(60)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        over.set()
    assert b"Traceback" not in said
    assert process.returncode in (130, -signal.SIGINT), said


def test_nobody_home_is_told() -> None:
    with serving(says()) as (url, _):
        pass
    with pytest.raises(StoreError, match="can't be reached"):
        asks(url, seconds=20)


def test_a_password_goes_to_its_server_only_and_is_never_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ann password hunter2\n")
    (tmp_path / "netrc").chmod(0o600)
    with serving(says(b"", 401)) as (url, asked):
        opened = open_remote(f"sparql:{url}", write=False)
        with pytest.raises(StoreError, match="AUDITGRAPH_USER") as caught:
            opened.find("2031/001")
        assert asked[0].headers["Authorization"].startswith("Basic ")
    assert "hunter2" not in f"{caught.value} {opened.__dict__}"
    with (
        serving(says()) as (other, elsewhere),
        serving(lambda to: says(b"", 307, Location=other)(to)) as (url, _),
        pytest.raises(StoreError, match="sends on"),
    ):
        open_remote(f"sparql:{url}", write=False).find("2031/001")
    assert not elsewhere
    monkeypatch.setenv("AUDITGRAPH_USER", "bob")
    monkeypatch.setenv("AUDITGRAPH_PASSWORD", "hunter3")
    assert "hunter3" not in repr(open_remote("sparql:http://x.org/query", write=False).__dict__)
    with pytest.raises(StoreError, match="password") as caught:
        open_store("sparql:https://ann:hunter2@x.org/query")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "place", ["sparql:", "sparql:ftp://x.org/", "sparql:file:///etc/passwd", "https://x.org/sparql"]
)
def test_what_is_no_server_is_refused(place: str) -> None:
    with pytest.raises(StoreError):
        open_store(place)


def test_a_reader_and_a_writer_without_a_way_to_write_do_not_write(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="AUDITGRAPH_UPDATE_URL"):
        open_store("sparql:https://x.org/query", write=True)
    with pytest.raises(StoreError, match="reading only"):
        open_store("sparql:https://x.org/query").put([])
    monkeypatch.setenv("AUDITGRAPH_UPDATE_URL", "https://elsewhere.org/update")
    with pytest.raises(StoreError, match="another server"):
        open_store("sparql:https://x.org/query", write=True)


@pytest.mark.parametrize("text", ['x" } ; DROP ALL #', "\\u0022 \\\\u0022 \\U00000022", "\n\r\t\\n'''", "\\", "\\\\u"])
def test_terms_are_read_back_as_they_were_written(text: str) -> None:
    (solution,) = ox.Store().query(f"SELECT ?o {{ BIND({term_text(ox.Literal(text))} AS ?o) }}")  # type: ignore[misc]
    assert solution["o"].value == text


@pytest.mark.parametrize(
    ("sparql", "rows"),
    [
        ("SELECT ?s { ?s ?p ?o }", 3), ("SELECT ?s { ?s ?p ?o } LIMIT 2", 2),
        ("SELECT ?s { ?s ?p ?o } LIMIT 9 # LIMIT 1", 3),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s OFFSET 1", 3), ("SELECT ?s { ?s ?p ?o } OFFSET 1 LIMIT 9", 3),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 9 } } # end", 3),
        ("SELECT ?s { ?s ?p ?o } VALUES ?p { <https://x.org/p> }", 3),
        ("SELECT ?p (COUNT(*) AS ?limit) { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(*) > 1)", 1),
    ],
)  # fmt: skip
def test_limits_are_put_where_they_hold(sparql: str, rows: int) -> None:
    engine = ox.Store()
    for i in range(8):
        engine.add(ox.Quad(ox.NamedNode(f"https://x.org/{i}"), ox.NamedNode("https://x.org/p"), ox.Literal("x")))
    assert len(list(engine.query(limited(sparql, 3)))) == rows  # type: ignore[arg-type]
    value = {"s": ox.NamedNode("https://x.org/1")} if "?s {" in sparql and "LIMIT" not in sparql else {}
    if value and "OFFSET" not in sparql:
        assert len(list(engine.query(bound(sparql, value)))) == 1  # type: ignore[arg-type]


def test_prefixes_are_declared_once() -> None:
    mine = "PREFIX ag: <https://x.org/> ASK { ?s ag:a skos:notation }"
    assert prefixed(mine).count("PREFIX ag:") == 1
    assert "PREFIX skos:" in prefixed(mine)
