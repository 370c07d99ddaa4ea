"""The store as of a date: for each report, the version that was the word then."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NoReturn, Self

from auditgraph.errors import StoreError
from auditgraph.naturally import natural
from auditgraph.store import MEMORY, GraphData, LoadRecord, Store, open_store
from auditgraph.store.history import Version, filled, light_versions, said_in, valid
from auditgraph.store.records import STORE_GRAPH, field_iri, spellings

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from auditgraph.store import Answer, Term

__all__ = ["StoreThen", "as_of", "versions"]

# So many graphs are asked together; a reader process is given no more of them by name.
_TOGETHER = 32

_ISSUED = "SELECT ?g ?d WHERE { GRAPH ?g { ?g <http://purl.org/dc/terms/issued> ?d } }"
_LOADED = f"SELECT ?g ?d WHERE {{ GRAPH {STORE_GRAPH} {{ ?l {field_iri('graph')} ?g ; {field_iri('loaded')} ?d }} }}"
_LOADS = f"SELECT ?g WHERE {{ GRAPH {STORE_GRAPH} {{ ?l {field_iri('graph')} ?g }} }}"


def versions(
    store: Store, graphs: Iterable[str] | None = None
) -> Iterator[tuple[LoadRecord, str, str, Version | None]]:
    """Yield every version of every report, or of some, the oldest first.

    Each is its record, the date that the report gives as its own, when another took its place (nothing for the one
    that stands), and the version without its graph (None for the one that stands).
    """
    former = _of_graphs(light_versions(store))
    issued = _pairs(store, _ISSUED)
    records = store.records()
    wanted = set(records if graphs is None else graphs)
    for graph, record in records.items():
        if graph not in wanted:
            continue
        for version in former.get(graph, ()):
            yield version.record, version.said or _said(store, version), version.until, version
        yield record, issued.get(graph, ""), "", None


def _of_graphs(several: Iterable[Version]) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for version in several:
        found.setdefault(version.record.graph, []).append(version)
    return found


def _pairs(store: Store, sparql: str) -> dict[str, str]:
    """Return the date that a query gives each graph; the least of several."""
    pairs: dict[str, str] = {}
    for graph, date in _values(store, sparql):
        pairs[graph] = min(date, pairs.get(graph, date))
    return pairs


def _values(store: Store, sparql: str) -> Iterator[tuple[str, ...]]:
    import pyoxigraph as ox

    answer = store.query(sparql)
    assert isinstance(answer, ox.QuerySolutions)
    for solution in answer:
        yield tuple("" if term is None else str(getattr(term, "value", term)) for term in solution)


class StoreThen:
    """A store as it stood at a date, to be read only.

    What still stands is read where it is. Former versions are unpacked when they are asked for. Only a question that
    looks at all graphs together, and not report by report, needs a copy of what held then, which is made on disk.
    """

    def __init__(
        self,
        base: Store,
        kept: set[str] | None,
        former: Mapping[str, Version],
        scratch: ExitStack,
        when: str,
        only: list[str] | None = None,
    ) -> None:
        """Take the graphs of `base` that held then (None for all, as they are), and the former versions that did.

        `when` and `only` are the date and the graphs that were asked for, so that another process can do the same.
        """
        self.base = base
        self.when = when
        self.only = only
        self.kept = kept
        self.former = former
        self._scratch = scratch
        self._copy: Store | None = None

    @property
    def location(self) -> str:
        """Say where the store is."""
        return self.base.location

    def graphs(self) -> list[str]:
        """Return the IRIs of the reports' graphs, sorted."""
        return self.base.graphs() if self.kept is None else sorted({*self.kept, *self.former})

    def records(self) -> dict[str, LoadRecord]:
        """Return what was loaded, by graph IRI."""
        standing = [r for g, r in self.base.records().items() if self.kept is None or g in self.kept]
        former = [version.record for version in self.former.values()]
        return {r.graph: r for r in sorted([*standing, *former], key=lambda r: natural((r.key, r.graph)))}

    def find(self, said: str) -> LoadRecord | None:
        """Return the record of a report by its number, its assignment number or its IRI."""
        wanted = [said] if ":" in said else spellings(said)
        for version in self.former.values():
            record = version.record
            if {record.key.upper(), record.assignment.upper(), record.graph} & set(wanted):
                return record
        found = self.base.find(said)
        return found if found is not None and self._stands(found.graph) else None

    def _stands(self, graph: str) -> bool:
        return self.kept is None or graph in self.kept

    def quads(self, graph: str) -> Iterator[Quad]:
        """Yield the quads of a graph in no order."""
        if graph in self.former:
            return self.unpacked([graph]).quads(graph)
        return self.base.quads(graph) if self._stands(graph) else iter(())

    def unpacked(self, graphs: Iterable[str]) -> Store:
        """Return graphs in a store of their own, in memory."""
        import pyoxigraph as ox

        from auditgraph.store.embedded import OxigraphStore

        engine = ox.Store()
        for graph in graphs:
            if graph in self.former:
                engine.load(filled(self.base, self.former[graph]).nquads, format=ox.RdfFormat.N_QUADS)
            else:
                engine.extend(self.base.quads(graph))
        return OxigraphStore(engine, MEMORY)

    def parts(self, graphs: Iterable[str]) -> list[tuple[Store, list[str]]]:
        """Return where graphs are to be asked: those that still stand, those that don't, none that did not hold."""
        several = list(graphs)
        standing = [g for g in several if g not in self.former and self._stands(g)]
        former = [g for g in several if g in self.former]
        parts = [(self.base, standing)] if standing else []
        return [*parts, (self.unpacked(former), former)] if former else parts

    def says(self, property: str) -> bool:
        """Tell whether any graph may have had a statement of a property."""
        return self.base.says(property)

    def query(
        self,
        sparql: str,
        *,
        bind: Mapping[str, Term] | None = None,
        graphs: Iterable[str] | None = None,
        named: Iterable[str] | None = None,
    ) -> Answer:
        """Answer a SPARQL query over the graphs that held then, or those of them in `graphs`."""
        if named is None:
            place, several = self.place(None if graphs is None else list(graphs))
            return place.query(sparql, bind=bind, graphs=several)
        return self.copy().query(sparql, bind=bind, graphs=graphs, named=named)

    def place(self, graphs: list[str] | None) -> tuple[Store, list[str] | None]:
        """Return a store in which a question over graphs, or over all, can be asked, and the graphs to name then."""
        if graphs is None and self.kept is None:
            return self.base, None
        few = self.graphs() if graphs is None else graphs
        return self.together(few) if len(few) <= _TOGETHER else (self.copy(), graphs)

    def together(self, graphs: list[str]) -> tuple[Store, list[str]]:
        """Return a store that has those of a few graphs that held then, and their names."""
        parts = self.parts(graphs)
        if len(parts) == 2:
            several = [*parts[0][1], *parts[1][1]]
            return self.unpacked(several), several
        return parts[0] if parts else (self.base, [])

    def copy(self) -> Store:
        """Return a store on disk of everything that held then; it goes with the `with` block of `as_of`."""
        import pyoxigraph as ox

        if self.kept is None:
            return self.base
        if self._copy is None:
            folder = self._scratch.enter_context(tempfile.TemporaryDirectory(prefix="auditgraph-"))
            records = list(self.records().values())
            with open_store(folder, write=True) as scratch:
                for start in range(0, len(records), 50):
                    scratch.put([
                        filled(self.base, self.former[record.graph]).data if record.graph in self.former
                        else GraphData(
                            record, ox.serialize(self.base.quads(record.graph), format=ox.RdfFormat.N_QUADS) or b""
                        )
                        for record in records[start : start + 50]
                    ])  # fmt: skip
                scratch.flush()
            self._copy = open_store(folder)
        return self._copy

    def ontologies(self) -> set[str]:
        """Return the versions of the ontology that the loaded graphs were made with."""
        return {record.ontology for record in self.records().values() if record.ontology}

    def put(self, batch: Sequence[GraphData]) -> None:
        """Refuse."""
        self._refuse()

    def remove(self, graph: str) -> bool:
        """Refuse."""
        self._refuse()

    def remember(self, versions: Sequence[Quad]) -> None:
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise StoreError("what was said at a date can't be changed")

    def refresh(self) -> None:
        """See what another process has written since; which version held then was settled before."""
        self.base.refresh()

    def flush(self) -> None:
        """Do nothing: nothing is written."""

    def settle(self) -> None:
        """Do nothing: nothing is written."""

    def close(self) -> None:
        """Do nothing: the store is its opener's."""

    def __enter__(self) -> Self:
        """Use the store in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing, as `close`."""


@contextmanager
def as_of(store: Store, when: str, graphs: Iterable[str] | None = None) -> Iterator[StoreThen]:
    """Give a store for the length of a `with` block that holds what held at a date: `2031-05-02`, `2031-05`, `2031`.

    See `auditgraph.store.history.valid` for which version holds when; all reports are looked at, or `graphs`. Raises
    UsageError where `when` is no date, StoreError where nothing had been said by then.
    """
    only = None if graphs is None else list(graphs)
    kept, former, all_of_them = _held(store, when, None if only is None else set(only))
    if not kept and not former:
        raise StoreError(f"no report of {store.location} had been made by {when}", "Ask as of a later date")
    with ExitStack() as scratch:
        yield StoreThen(store, None if all_of_them else kept, former, scratch, when, only)


def _said(store: Store, version: Version) -> str:
    """Return the date of a version that was kept without it."""
    return said_in(version.record.graph, filled(store, version).quads())


def _held(store: Store, when: str, wanted: set[str] | None) -> tuple[set[str], dict[str, Version], bool]:
    """Return the graphs whose present version held, the former versions that did, and whether nothing is otherwise.

    Only dates are read, and the graphs of former versions only where they were kept without theirs.
    """
    known = {graph for (graph,) in _values(store, _LOADS)}
    issued = _pairs(store, _ISSUED)
    several = _of_graphs(light_versions(store))
    loaded = _pairs(store, _LOADED) if several or known - issued.keys() else {}
    kept: set[str] = set()
    former: dict[str, Version] = {}
    for graph in known if wanted is None else known & wanted:
        before = several.get(graph, [])
        dates = [(version.said or _said(store, version), version.record.loaded) for version in before]
        at = valid([*dates, (issued.get(graph, ""), loaded.get(graph, ""))], when)
        if at == len(before):
            kept.add(graph)
        elif at is not None:
            former[graph] = before[at]
    return kept, former, len(kept) == len(known)
