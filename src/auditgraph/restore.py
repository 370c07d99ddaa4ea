"""Load graphs that `export` or `backup` wrote, or anybody else in their form."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from auditgraph.errors import SourceError
from auditgraph.export import EXPORTS, form_of
from auditgraph.loading import Loaded, Outcome
from auditgraph.ontology.namespaces import AG, DCTERMS, RDF, RDFS
from auditgraph.store import GraphData, LoadRecord, Store
from auditgraph.store.history import HISTORY_GRAPH
from auditgraph.store.records import STORE_GRAPH, records_of

__all__ = ["DUMPS", "is_dump", "restore"]

# Graphs in a standard form; `.gz` may follow.
DUMPS = frozenset({".nq", ".trig", ".nt", ".ttl", ".jsonld", ".rdf"})


def is_dump(path: Path) -> bool:
    """Tell by its name whether a file is a graph and no report.

    >>> is_dump(Path("dump.nq.gz")), is_dump(Path("report.pdf"))
    (True, False)
    """
    return (Path(path.stem) if path.suffix.lower() == ".gz" else path).suffix.lower() in DUMPS


def restore(store: Store, path: Path) -> Iterator[Loaded]:
    """Put every report of a dump into a store, each whole, and yield what became of it.

    A dump without graph names (Turtle, N-Triples, RDF/XML) can hold one report only. Raises SourceError.
    """
    with tempfile.TemporaryDirectory(prefix="auditgraph-") as folder:
        # A dump may be larger than memory and in any order: a scratch database sorts it by graph.
        scratch = ox.Store(folder)
        _read(scratch, path)
        records = {record.graph: record for record in records_of(_of(scratch, STORE_GRAPH))}
        present = store.records()
        for graph in _graphs(scratch, path):
            yield _put(store, scratch, graph, records.get(graph.value), path, graph.value in present)
        if history := list(_of(scratch, HISTORY_GRAPH)):
            store.remember(history)
        del scratch
    store.flush()
    store.settle()


def _read(scratch: ox.Store, path: Path) -> None:
    form = EXPORTS[form_of(path)]
    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path, "rb") as file:
                scratch.bulk_load(file, form)  # type: ignore[arg-type]
        else:
            scratch.bulk_load(path=path, format=form)
    except SyntaxError as error:
        raise SourceError(f"{path} is no {form.name}: {' '.join(str(error).split())}") from error
    except (OSError, EOFError) as error:
        raise SourceError(f"{path} can't be read: {getattr(error, 'strerror', None) or error}") from error


def _graphs(scratch: ox.Store, path: Path) -> list[ox.NamedNode]:
    """Return the graphs of a dump; triples without a graph become the graph of the one report they tell of."""
    loose = ox.DefaultGraph()
    if any(_of(scratch, loose)):
        reports = {quad.subject for quad in scratch.quads_for_pattern(None, RDF.type, AG.AuditReport, loose)}
        if len(reports) != 1:
            raise SourceError(
                f"{path} names no graphs and tells of {len(reports)} reports, not one",
                "Export as TriG or N-Quads to keep reports apart",
            )
        (report,) = reports
        if isinstance(report, ox.NamedNode):
            scratch.extend(ox.Quad(quad.subject, quad.predicate, quad.object, report) for quad in _of(scratch, loose))
    own = (STORE_GRAPH, HISTORY_GRAPH)
    named = (graph for graph in scratch.named_graphs() if isinstance(graph, ox.NamedNode) and graph not in own)
    graphs = sorted(named, key=lambda graph: graph.value)
    if not graphs:
        raise SourceError(f"{path} holds no report")
    return graphs


def _of(scratch: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return iter(scratch.quads_for_pattern(None, None, None, graph))


def _put(
    store: Store, scratch: ox.Store, graph: ox.NamedNode, record: LoadRecord | None, path: Path, present: bool
) -> Loaded:
    quads = set(_of(scratch, graph))
    record = record or _record(scratch, graph, len(quads), path)
    outcome = Outcome.UNCHANGED
    if not present or set(store.quads(graph.value)) != quads:
        outcome = Outcome.LOADED
        if not record.loaded:
            record = replace(record, loaded=datetime.now(UTC).isoformat(timespec="seconds"))
        store.put([GraphData(record, ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")])
    return Loaded(str(path), outcome, record.key, graph.value, len(quads), record.warnings)


def _record(scratch: ox.Store, graph: ox.NamedNode, quads: int, path: Path) -> LoadRecord:
    """Make the record of a graph that came without one from what it says of itself."""

    def one(subject: ox.NamedNode, predicate: ox.NamedNode) -> str:
        found = (quad.object for quad in scratch.quads_for_pattern(subject, predicate, None, graph))
        return min((term.value for term in found if isinstance(term, ox.Literal)), default="")

    audits = (quad.object for quad in scratch.quads_for_pattern(graph, AG.audit, None, graph))
    assignment = min((one(audit, AG.assignment) for audit in audits if isinstance(audit, ox.NamedNode)), default="")
    entities = {quad.object for quad in scratch.quads_for_pattern(graph, AG.auditedEntity, None, graph)}
    names = sorted(
        one(entity, AG.acronym) or one(entity, RDFS.label) for entity in entities if isinstance(entity, ox.NamedNode)
    )
    warnings = {quad.subject for quad in scratch.quads_for_pattern(None, RDF.type, AG.Warning, graph)}
    said = sorted(
        f"{one(node, AG.place)}: {one(node, AG.message)}" for node in warnings if isinstance(node, ox.NamedNode)
    )
    return LoadRecord(
        graph=graph.value, key=one(graph, AG.key) or graph.value, source=path.name, sha256=one(graph, AG.sourceHash),
        assignment=assignment, title=one(graph, DCTERMS.title),
        entities=tuple(filter(None, names)), quads=quads, warnings=tuple(said),
    )  # fmt: skip
