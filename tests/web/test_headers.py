"""What every answer carries, whatever it is."""

from __future__ import annotations

import gzip
import re

import pytest
from served import Server

from auditgraph.web.static import static_url

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
QUERY = "SELECT%20*%20%7B%20?s%20ag:text%20?o%20%7D"
EVERYTHING = [
    ("GET", "/sparql", "*/*"),
    ("GET", "/sparql", BROWSER),
    ("GET", f"/sparql?query={QUERY}", "text/csv"),
    ("GET", f"/sparql?query={QUERY}", BROWSER),
    ("GET", "/sparql?query=SELECT", "*/*"),
    ("HEAD", f"/sparql?query={QUERY}", "text/csv"),
    ("PUT", "/sparql", "*/*"),
    ("OPTIONS", "/sparql", "*/*"),
    ("GET", "/sparql/terms.json", "*/*"),
    ("GET", "/queries", BROWSER),
    ("GET", "/queries/reports", BROWSER),
    ("GET", "/queries/reports", "text/csv"),
    ("GET", "/nowhere/at-all", BROWSER),
    ("GET", static_url("site.css"), "*/*"),
    ("GET", "/static/x/none.css", "*/*"),
    ("GET", "/static/x/../../app.py", "*/*"),
]


@pytest.mark.parametrize(("method", "path", "accept"), EVERYTHING)
def test_every_answer_is_guarded(server: Server, method: str, path: str, accept: str) -> None:
    reply = server.ask(method, path, {"Accept": accept})
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/sparql", "/queries", "/queries/reports", "/nowhere"])
def test_pages_hold_no_script_style_or_address_of_others(server: Server, path: str) -> None:
    page = server.ask("GET", path, {"Accept": BROWSER}).text
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_a_hostile_query_is_text_in_the_page(server: Server) -> None:
    hostile = "%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E"
    page = server.ask("GET", f"/sparql?query={hostile}", {"Accept": BROWSER}).text
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)" in page


def test_scripts_of_other_sites_may_read(server: Server) -> None:
    origin = {"Origin": "https://example.org"}
    reply = server.ask("GET", "/sparql?query=ASK%7B%7D", origin)
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in reply.headers["Access-Control-Expose-Headers"]
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,accept"}
    flight = server.ask("OPTIONS", "/sparql", {**origin, **asked})
    assert flight.status == 200
    assert "POST" in flight.headers["Access-Control-Allow-Methods"]
    assert "content-type" in flight.headers["Access-Control-Allow-Headers"].lower()
    # Also what went wrong can be read.
    assert server.ask("GET", "/sparql?query=x", origin).headers["Access-Control-Allow-Origin"] == "*"


def test_answers_are_compressed_for_who_takes_it(server: Server) -> None:
    path = f"/sparql?query={QUERY}"
    plain = server.ask("GET", path, {"Accept": "text/csv"})
    small = server.ask("GET", path, {"Accept": "text/csv", "Accept-Encoding": "br, gzip;q=0.8"})
    refused = server.ask("GET", path, {"Accept": "text/csv", "Accept-Encoding": "gzip;q=0, identity"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body == refused.body
    assert len(small.body) < len(plain.body) / 2
    assert plain.headers["Content-Encoding"] is None
    assert refused.headers["Content-Encoding"] is None
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_static_files_are_kept_for_ever_under_their_hash(server: Server) -> None:
    kept = server.ask("GET", static_url("sparql.js"))
    assert (kept.status, kept.media) == (200, "text/javascript")
    assert "immutable" in kept.headers["Cache-Control"]
    old = server.ask("GET", "/static/000000000000/sparql.js")
    assert old.headers["Cache-Control"] == "no-cache"
    assert old.body == kept.body
