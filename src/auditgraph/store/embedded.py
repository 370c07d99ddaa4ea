"""The default store: Oxigraph on disk or in memory, through pyoxigraph."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from auditgraph.errors import QueryError, StoreError
from auditgraph.naturally import natural
from auditgraph.ontology.namespaces import PREFIXES
from auditgraph.queries.safety import names_dataset
from auditgraph.store.base import Answer, GraphData, LoadRecord, Term
from auditgraph.store.history import HISTORY_GRAPH, keeps, pack
from auditgraph.store.records import STORE_GRAPH, field_iri, record_iri, records_of, spellings, to_quads

__all__ = ["FORMAT", "OxigraphStore", "open_embedded", "open_memory"]

_OWN = frozenset({STORE_GRAPH.value, HISTORY_GRAPH.value})
# Raised whenever an older auditgraph could no longer read what a newer one wrote.
FORMAT = 1
_MARK = "auditgraph.json"
# Bytes of N-Quads after which the engine's log is emptied: whoever opens the store reads all of that log first.
_FLUSH = 4_000_000
# Bytes of N-Quads from which new files are worth their making: three times as fast from eight times as many.
_BULK = 1_000_000
# One of so many bytes has to be new for files to be merged: merging reads and writes them all.
_SETTLE = 16
# Bytes of files that are read fast as they are: at most half slower than merged, where a query takes milliseconds.
_SMALL = 64_000_000


class OxigraphStore:
    """A store in an Oxigraph database."""

    def __init__(self, engine: ox.Store, location: str, reopen: Callable[[], ox.Store] | None = None) -> None:
        """Wrap an open database; `reopen` opens it again as it stands then, for one that another process writes."""
        self._reopen = reopen
        self._engine = engine
        self._location = location
        self._unflushed = 0
        self._unsettled = 0

    @property
    def location(self) -> str:
        """Say where the store is."""
        return self._location

    def records(self) -> dict[str, LoadRecord]:
        """Return what is loaded, by graph IRI."""
        found = records_of(self._engine.quads_for_pattern(None, None, None, STORE_GRAPH))
        return {record.graph: record for record in sorted(found, key=lambda r: natural((r.key, r.graph)))}

    def find(self, said: str) -> LoadRecord | None:
        """Return the record of a report by its number, its assignment number or its IRI."""
        if ":" in said:
            subjects = [record_iri(said)] if _is_iri(said) else []
        else:
            subjects = [
                quad.subject
                for field in ("key", "assignment")
                for spelling in spellings(said)
                for quad in self._engine.quads_for_pattern(None, field_iri(field), ox.Literal(spelling), STORE_GRAPH)
                if isinstance(quad.subject, ox.NamedNode)
            ]
        for subject in subjects:
            if found := records_of(self._engine.quads_for_pattern(subject, None, None, STORE_GRAPH)):
                return found[0]
        return None

    def put(self, batch: Sequence[GraphData]) -> None:
        """Put reports in place of whatever the store had of each.

        Reports that are new go in together, in one transaction; each of the others is replaced in its own.
        """
        last = {data.record.graph: data for data in batch}
        for graph in last:
            if graph in _OWN:
                raise StoreError(f"{graph} is the store's own graph and no report's")
        present = {graph: self._present(graph) for graph in last}
        fresh = [data for graph, data in last.items() if not present[graph]]
        if fresh:
            records = (quad for data in fresh for quad in to_quads(data.record))
            about = ox.serialize(records, format=ox.RdfFormat.N_QUADS) or b""
            text = b"".join([*(data.nquads for data in fresh), about])
            self._add(text)
        for graph, data in last.items():
            if present[graph]:
                self._replace(data)
                self._unflushed += len(data.nquads)
                self._unsettled += len(data.nquads)
        if self._unflushed > _FLUSH:
            self.flush()

    def _add(self, nquads: bytes) -> None:
        """Add N-Quads in one transaction."""
        with _write_errors(self._location):
            self._unsettled += len(nquads)
            if len(nquads) >= _BULK:
                # Up to a million quads go to new files that the engine takes in all at once, past its log.
                self._engine.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
            else:
                self._engine.load(nquads, format=ox.RdfFormat.N_QUADS)
                self._unflushed += len(nquads)

    def _present(self, graph: str) -> bool:
        node = ox.NamedNode(graph)
        return self._engine.contains_named_graph(node) or any(
            self._engine.quads_for_pattern(record_iri(graph), None, None, STORE_GRAPH)
        )

    def _replace(self, data: GraphData) -> None:
        graph = data.record.graph
        new = set(ox.parse(data.nquads, format=ox.RdfFormat.N_QUADS)) | set(to_quads(data.record))
        old = set(self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        about = set(self._engine.quads_for_pattern(record_iri(graph), None, None, STORE_GRAPH))
        former = next(iter(records_of(about)), None)
        if former is not None and keeps(former, data.record):
            new |= set(pack(former, old, data.record.loaded))
        old |= about
        self._change(remove=list(old - new), add=list(new - old))

    def _change(self, remove: list[ox.Quad], add: list[ox.Quad]) -> None:
        """Remove and add quads in one transaction.

        pyoxigraph has no transaction of its own, but an update is one. The quads go in as terms, by
        functions that the update calls with a quad's index: report text never becomes SPARQL.
        """
        quads = [*remove, *add]

        def part(name: str) -> object:
            return lambda index: getattr(quads[int(index.value)], name)

        functions = {
            ox.NamedNode(f"quad:{name}"): part(name) for name in ("subject", "predicate", "object", "graph_name")
        }
        template = "GRAPH ?g { ?s ?p ?o }"
        binds = (
            "BIND(<quad:subject>(?i) AS ?s) BIND(<quad:predicate>(?i) AS ?p) "
            "BIND(<quad:object>(?i) AS ?o) BIND(<quad:graph_name>(?i) AS ?g)"
        )
        operations = [
            f"{verb} {{ {template} }} WHERE {{ VALUES ?i {{ {' '.join(map(str, span))} }} {binds} }}"
            for verb, span in (("DELETE", range(len(remove))), ("INSERT", range(len(remove), len(quads))))
            if span
        ]
        if operations:
            with _write_errors(self._location):
                self._engine.update(" ; ".join(operations), custom_functions=functions)  # type: ignore[arg-type]

    def remove(self, graph: str) -> bool:
        """Take a report out; False where it was not there."""
        if graph in _OWN or not self._present(graph):
            return False
        # An update and not remove_graph: the graph and its record go in one transaction.
        node, record = ox.NamedNode(graph), record_iri(graph)
        with _write_errors(self._location):
            self._engine.update(
                f"DROP SILENT GRAPH {node} ; DELETE WHERE {{ GRAPH {STORE_GRAPH} {{ {record} ?p ?o }} }} ; "
                f"DELETE WHERE {{ GRAPH {HISTORY_GRAPH} {{ ?v {field_iri('graph')} {node} ; ?p ?o }} }}"
            )
        return True

    def graphs(self) -> list[str]:
        """Return the IRIs of the reports' graphs, sorted."""
        names = (graph.value for graph in self._engine.named_graphs())
        return sorted(name for name in names if name not in _OWN)

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """Yield the quads of a graph in no order."""
        return iter(self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

    def remember(self, versions: Sequence[ox.Quad]) -> None:
        """Add quads of the history."""
        self._change(remove=[], add=[quad for quad in versions if quad.graph_name == HISTORY_GRAPH])

    def ontologies(self) -> set[str]:
        """Return the versions of the ontology that the loaded graphs were made with."""
        quads = self._engine.quads_for_pattern(None, field_iri("ontology"), None, STORE_GRAPH)
        return {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}

    def says(self, property: str) -> bool:
        """Tell whether any graph has a statement of a property."""
        return any(True for _ in self._engine.quads_for_pattern(None, ox.NamedNode(property), None))

    def query(
        self,
        sparql: str,
        *,
        bind: Mapping[str, Term] | None = None,
        graphs: Iterable[str] | None = None,
        named: Iterable[str] | None = None,
    ) -> Answer:
        """Answer a SPARQL query over the union of all graphs, or of `graphs`, or of those that it names."""
        substitutions = {ox.Variable(name): term for name, term in (bind or {}).items()}
        try:
            if graphs is None and named is None:
                return self._engine.query(
                    sparql,
                    prefixes=PREFIXES,
                    # The engine would take the union even where a query says FROM.
                    use_default_graph_as_union=not names_dataset(sparql),
                    substitutions=substitutions,
                )
            default = [ox.NamedNode(graph) for graph in graphs or ()]
            return self._engine.query(
                sparql,
                prefixes=PREFIXES,
                default_graph=list(default),
                named_graphs=list(default) if named is None else [ox.NamedNode(graph) for graph in named],
                substitutions=substitutions,
            )
        except (SyntaxError, RuntimeError, ValueError) as error:
            if "Corruption" in str(error):
                raise OSError(str(error)) from error
            raise QueryError(str(error)) from error

    def refresh(self) -> None:
        """See what was written since the store was opened for reading."""
        if self._reopen is not None:
            try:
                self._engine = self._reopen()
            except OSError as error:
                raise StoreError(
                    f"{self._location} can't be read: {error}", "If it is being loaded, try again"
                ) from error

    def flush(self) -> None:
        """Make what was written durable."""
        with _write_errors(self._location):
            self._engine.flush()
        self._unflushed = 0

    def settle(self) -> None:
        """Make reading fast after much was written, at once or bit by bit: the engine's files are merged.

        That takes some seconds a gigabyte. Until then each step of a query looks in several places; measured, queries
        take two to three times as long.
        """
        folder = Path(self._location)
        size = _bytes(folder)
        if size < _SMALL or max(self._unsettled, size - _merged(folder)) * _SETTLE < size:
            return
        self.flush()
        with suppress(OSError):  # on a full disk everything is as durable as before, and slower
            self._engine.optimize()
            _write_mark(folder, _bytes(folder))
        self._unsettled = 0

    def close(self) -> None:
        """Let go of the database."""
        # pyoxigraph closes a database when the last reference to it goes.
        del self._engine

    def __enter__(self) -> Self:
        """Use the store in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store at the end of the block."""
        self.close()


def _bytes(folder: Path) -> int:
    """Return the size of the engine's data files, which it merges and removes when it likes."""
    size = 0
    for file in folder.glob("*.sst") if folder.is_dir() else ():
        with suppress(FileNotFoundError):
            size += file.stat().st_size
    return size


def _merged(folder: Path) -> int:
    """Return the size that the data files had when they were last merged; 0 where nothing says."""
    with suppress(OSError, ValueError):
        return int(json.loads((folder / _MARK).read_text(encoding="utf-8")).get("merged", 0))
    return 0


def _write_mark(folder: Path, merged: int) -> None:
    """Say which format a store has, and how large it was when its files were last merged; in one step."""
    new = folder / f"{_MARK}.new"
    new.write_text(json.dumps({"format": FORMAT, "merged": merged}) + "\n", encoding="utf-8")
    new.replace(folder / _MARK)


@contextmanager
def _write_errors(location: str) -> Iterator[None]:
    """Turn what the engine raises while writing into one clear line."""
    try:
        yield
    except RuntimeError as error:
        raise StoreError(f"{location} is open for reading only") from error
    except OSError as error:
        raise StoreError(
            f"{location} can't be written: {error}", "Check the free space and the rights of the folder"
        ) from error


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def open_memory() -> OxigraphStore:
    """Make an empty store that lives as long as the process."""
    return OxigraphStore(ox.Store(), "memory:")


def open_embedded(folder: Path, *, write: bool) -> OxigraphStore:
    """Open the store in a folder; one that does not exist is made for writing and refused for reading."""
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file and no store", "Name a folder with --store")
    mark = folder / _MARK
    if mark.exists():
        _check_format(mark)
    elif folder.exists() and any(folder.iterdir()) and not (folder / "CURRENT").exists():
        raise StoreError(f"{folder} is not empty and holds no store", "Name another folder with --store")
    elif not write and not (folder / "CURRENT").exists():
        raise StoreError(f"there is no store at {folder}", "Load reports first: auditgraph load FILE_OR_FOLDER")
    try:
        if not write:
            return OxigraphStore(_read_only(folder), str(folder), reopen=lambda: _read_only(folder))
        folder.mkdir(parents=True, exist_ok=True)
        engine = ox.Store(folder)
        if not mark.exists():
            _write_mark(folder, 0)
    except OSError as error:
        if "lock" in str(error).casefold():
            raise StoreError(
                f"another auditgraph is writing to {folder}", "Wait until it is done, then try again"
            ) from error
        raise StoreError(f"{folder} can't be opened: {error}", "Is it a store of auditgraph, and yours?") from error
    return OxigraphStore(engine, str(folder))


def _read_only(folder: Path) -> ox.Store:
    """Open a database as it stands at this moment; a writer may be moving its files just then, so try again."""
    for pause in (0.01, 0.05, 0.1, 0.2, 0.5):
        try:
            return ox.Store.read_only(str(folder))
        except (OSError, RuntimeError):  # the engine calls a file that has just gone a corruption
            time.sleep(pause)
    try:
        return ox.Store.read_only(str(folder))
    except RuntimeError as error:
        raise OSError(str(error)) from error


def _check_format(mark: Path) -> None:
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{mark} can't be read: {error}", "Restore the store from a backup") from error
    if found != FORMAT:
        newer = isinstance(found, int) and found > FORMAT
        raise StoreError(
            f"{mark.parent} has format {found}; this auditgraph knows format {FORMAT}",
            "Upgrade auditgraph: pip install --upgrade auditgraph"
            if newer
            else "Make it anew: auditgraph rebuild BACKUP_OR_REPORTS",
        )
