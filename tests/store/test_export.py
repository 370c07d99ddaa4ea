"""What is exported is the same on every run and loads again to the same graph."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from auditgraph.errors import SourceError, UsageError
from auditgraph.export import EXPORTS, atomic_file, export, form_of
from auditgraph.restore import restore
from auditgraph.store import Store, open_store

DUMP = Path(__file__).parent / "data" / "two.trig"
ONE = "https://w3id.org/auditgraph/report/2031-007"
SUFFIX = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "ntriples": "nt", "jsonld": "jsonld", "rdfxml": "rdf"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    filled = open_store(tmp_path / "store", write=True)
    assert [loaded.outcome for loaded in restore(filled, DUMP)] == ["loaded", "loaded"]
    return filled


def quads_of(store: Store) -> set[ox.Quad]:
    return {quad for graph in store.graphs() for quad in store.quads(graph)}


def exported(store: Store, form: str, graphs: list[str] | None = None) -> bytes:
    out = io.BytesIO()
    export(store, out, form, graphs=graphs)
    return out.getvalue()


@pytest.mark.parametrize("form", EXPORTS)
def test_another_store_and_another_process_write_the_same_bytes(store: Store, tmp_path: Path, form: str) -> None:
    script = (
        "import sys; from auditgraph.export import export; from auditgraph.restore import restore\n"
        "from auditgraph.store import open_store; from pathlib import Path\n"
        "s = open_store(sys.argv[1], write=True); list(restore(s, Path(sys.argv[2])))\n"
        "export(s, sys.stdout.buffer, sys.argv[3])"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "other"), str(DUMP), form]
    assert subprocess.run(command, capture_output=True, check=True).stdout == exported(store, form)


@pytest.mark.parametrize("form", ["trig", "nquads", "jsonld"])
@pytest.mark.parametrize("packed", ["", ".gz"])
def test_a_dataset_loads_again_to_the_same_quads(store: Store, tmp_path: Path, form: str, packed: str) -> None:
    path = tmp_path / f"all.{SUFFIX[form]}{packed}"
    with atomic_file(path) as file:
        export(store, file, form)
    other = open_store("memory:", write=True)
    assert [loaded.outcome for loaded in restore(other, path)] == ["loaded", "loaded"]
    assert quads_of(other) == quads_of(store)
    assert [loaded.outcome for loaded in restore(other, path)] == ["unchanged", "unchanged"]


@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml"])
def test_one_report_loads_again_from_triples(store: Store, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"one.{SUFFIX[form]}"
    path.write_bytes(exported(store, form, [ONE]))
    other = open_store("memory:", write=True)
    list(restore(other, path))
    assert other.graphs() == [ONE]
    if form != "rdfxml":  # XML has no page break
        assert set(other.quads(ONE)) == set(store.quads(ONE))


def test_several_reports_without_graphs_are_refused_with_the_remedy(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "all.ttl"
    path.write_bytes(exported(store, "turtle"))
    with pytest.raises(SourceError, match=r"2 reports, not one.*TriG"):
        list(restore(open_store("memory:", write=True), path))


FORMS_OF_RDFLIB = [("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml"), ("jsonld", "json-ld")]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("form", "name"), FORMS_OF_RDFLIB)
def test_rdflib_reads_the_same_triples(store: Store, form: str, name: str) -> None:
    dataset = rdflib.Dataset(default_union=True).parse(data=exported(store, form, [ONE]), format=name)
    got = {triple[:3] for triple in dataset.triples((None, None, None))}
    expected = set(rdflib.Graph().parse(data=exported(store, "ntriples", [ONE]), format="nt"))
    assert len(got) == len(expected)
    if form != "rdfxml":  # XML has no page break
        assert got == expected


def test_characters_that_xml_lacks_are_told(store: Store) -> None:
    said: list[str] = []
    export(store, io.BytesIO(), "rdfxml", warn=said.append)
    assert len(said) == 1
    assert "2 texts" in said[0]


def test_json_ld_has_the_prefixes(store: Store) -> None:
    document = json.loads(exported(store, "jsonld"))
    assert document["@context"]["ag"] == "https://w3id.org/auditgraph/ontology#"
    assert {"ag:key", "@type"} <= {key for graph in document["@graph"] for node in graph["@graph"] for key in node}


def test_a_backup_keeps_what_the_store_knows_of_its_loads(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "backup.nq.gz"
    with atomic_file(path) as file:
        export(store, file, "nquads", records=True)
    other = open_store("memory:", write=True)
    list(restore(other, path))
    assert other.records() == store.records()
    assert b"store#" not in exported(store, "nquads")


def test_a_dump_tells_what_it_can_of_its_reports(store: Store) -> None:
    record = store.records()[ONE]
    assert (record.key, record.assignment, record.entities) == ("2031/007", "AP2030-699-01", ("UNMIZ",))
    assert record.warnings == ("annex I: 1 row fewer than recommendations",)
    assert record.sha256 == "00aa"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.ttl", b"no turtle", "is no Turtle"),
        ("a.nq.gz", b"no gzip", "can't be read"),
        ("a.trig", b"", "holds no report"),
        ("a.nt", b"<http://x.org/a> <http://x.org/b> <http://x.org/c> .", "0 reports"),
    ],
)
def test_bad_dumps_are_refused(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError, match=message):
        list(restore(open_store("memory:", write=True), path))


def test_a_file_that_was_not_finished_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "all.nq"
    path.write_text("before")

    def interrupted() -> None:
        with atomic_file(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["all.nq"]


def test_the_form_is_told_by_the_name() -> None:
    assert form_of(Path("x.TTL")) == "turtle"
    with pytest.raises(UsageError, match="--format"):
        form_of(Path("x.doc"))
