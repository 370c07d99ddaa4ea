"""Words of a report that are HTML, SPARQL, Turtle or steer a terminal come out as text everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from cli import Said, auditgraph
from lxml import html
from reports import report

from auditgraph.store import open_store

MARK = "Zq7"
HOSTILE = {
    "html": f"<script>alert('{MARK}')</script>",
    "image": f'{MARK} <img src=x onerror=alert(1)> "quoted"',
    "sparql": f'{MARK}" }} ; DROP ALL ; INSERT DATA {{ <a:b> <a:c> "x',
    "turtle": f'{MARK} """ . <a:b> <a:c> <a:d> . """ @prefix',
    "entities": f"{MARK} &lt;script&gt;alert(1)&lt;/script&gt; &amp;",
    "template": f"{MARK} {{{{ 7*7 }}}} ${{7*7}} {{% include 'x' %}}",
    "iri": f"{MARK} > . <http://x.org/a b> \\u003e",
    "right-to-left": f"{MARK} \u202egnp.exe\u202c \u2066x\u2069",
    "terminal": f"{MARK} \x1b[2J\x1b]0;owned\x07\x9b31m red",
    "table": f"{MARK} | a | b | *bold* `code`",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for n, words in enumerate(HOSTILE.values()):
        text = report(f"2032/{n:03}", f"Audit of garden tools {words} in Ruritania", f"It said {words} twice.")
        text = text.replace("UNMIR should lock its sheds at night.", f"UNMIR should lock {words} at night.")
        (folder / f"{n}.txt").write_text(text)
    said = auditgraph("load", folder, "--store", folder / "store")
    assert said.status == 0, said.err
    safe(said.out + said.err)
    return folder / "store"


def safe(text: str) -> None:
    """Refuse what steers a terminal."""
    bad = [c for c in text if not c.isprintable() and c not in "\n\t"]
    assert not [c for c in bad if c in "\x1b\x07\x9b\x00"], bad


def query(store: Path, name: str, form: str) -> Said:
    said = auditgraph("query", name, "--format", form, "--store", store)
    assert said.status == 0, said.err
    return said


@pytest.mark.parametrize("name", ["reports", "recommendations", "evidence"])
def test_tables_hold_the_words_as_text(store: Path, name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(query(store, name, "csv").out)))
    as_json = json.loads(query(store, name, "json").out)
    assert len({len(row) for row in rows}) == 1
    assert any(HOSTILE["sparql"] in cell for row in rows for cell in row.values())
    assert len(as_json if isinstance(as_json, list) else as_json["results"]["bindings"]) == len(rows)
    for form in ("table", "markdown", "tsv", "csv", "json"):
        safe(query(store, name, form).out)


def test_markdown_rows_keep_their_cells(store: Path) -> None:
    lines = [line for line in query(store, "reports", "markdown").out.splitlines() if line.startswith("|")]
    bars = {line.replace("\\\\", "").replace("\\|", "").count("|") for line in lines}
    assert len(bars) == 1
    assert not any(re.search(r"(?<!\\)<(?:script|img)", line) for line in lines)


FORMS = {
    ".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG, ".rdf": ox.RdfFormat.RDF_XML, ".jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip


@pytest.mark.parametrize("suffix", FORMS)
def test_exports_can_be_read_again(store: Path, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"all{suffix}"
    said = auditgraph("export", "--output", path, "--store", store)
    assert said.status == 0, said.err
    again = list(ox.parse(path=path, format=FORMS[suffix]))
    opened = open_store(store)
    wanted = {quad.triple for graph in opened.graphs() for quad in opened.quads(graph)}
    got = {quad.triple for quad in again}
    assert wanted <= got
    values = {quad.object.value for quad in again if isinstance(quad.object, ox.Literal)}
    assert any(HOSTILE["turtle"] in value for value in values)
    assert all(not value.startswith("a:") for value in map(str, (quad.subject for quad in again)))


def test_a_page_runs_nothing_that_a_report_says(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    said = auditgraph("view", "--output", path, "--store", store)
    assert said.status == 0, said.err
    page = html.fromstring(path.read_bytes())
    assert not [s for s in page.iter("script") if (s.text or "").startswith(f"alert('{MARK}")]
    assert not [i for i in page.iter("img") if i.get("onerror")]
    assert "<script>alert" not in path.read_text()
    assert "<img src=x" not in path.read_text()
