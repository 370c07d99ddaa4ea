"""The seam between auditgraph and the engine that keeps its graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self, TypeAlias

import pyoxigraph as ox

__all__ = ["Answer", "GraphData", "LoadRecord", "Store", "Term"]

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """What the store knows of a loaded report besides its graph: where it came from, by what, when.

    `graph` is the IRI of the report's graph, `key` its number (or assignment number), `sha256` the hash of the
    file, `loader` and `ontology` the versions that made the graph, `loaded` an ISO 8601 time in UTC, `superseded`
    the hashes of files of the same run that hold the same report and that this one took the place of.
    """

    graph: str
    key: str
    source: str
    sha256: str
    assignment: str = ""
    title: str = ""
    entities: tuple[str, ...] = ()
    loader: str = ""
    ontology: str = ""
    base: str = ""
    loaded: str = ""
    quads: int = 0
    warnings: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()

    def at(self, when: str) -> LoadRecord:
        """Return the record with the time it was loaded."""
        return replace(self, loaded=when)


@dataclass(frozen=True, slots=True)
class GraphData:
    """A report's graph on its way into a store: N-Quads of exactly one graph, and its record."""

    record: LoadRecord
    nquads: bytes


class Store(Protocol):
    """A place that keeps one named graph a report and answers SPARQL over the union of them.

    Every write is one transaction: afterwards, whatever happens, a report is whole or absent.
    """

    @property
    def location(self) -> str:
        """Say where the store is: a folder, `memory:`, or a URL."""

    def records(self) -> dict[str, LoadRecord]:
        """Return what is loaded, by graph IRI, in the natural order of the keys."""

    def find(self, said: str) -> LoadRecord | None:
        """Return the record of a report by its number, its assignment number or its IRI, however they are parted."""

    def put(self, batch: Sequence[GraphData]) -> None:
        """Put reports in place of whatever the store had of each; one transaction for all of them or one for each.

        A version that came from another file than the new one is kept in the history.
        """

    def remove(self, graph: str) -> bool:
        """Take a report out; False where it was not there."""

    def graphs(self) -> list[str]:
        """Return the IRIs of the reports' graphs, sorted."""

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """Yield the quads of a graph in no order."""

    def remember(self, versions: Sequence[ox.Quad]) -> None:
        """Add quads of the history (`auditgraph.store.history`): former versions that another store kept."""

    def ontologies(self) -> set[str]:
        """Return the versions of the ontology that the loaded graphs were made with."""

    def says(self, property: str) -> bool:
        """Tell whether any graph has a statement of a property, by its IRI."""

    def query(
        self,
        sparql: str,
        *,
        bind: Mapping[str, Term] | None = None,
        graphs: Iterable[str] | None = None,
        named: Iterable[str] | None = None,
    ) -> Answer:
        """Answer a SPARQL query.

        The default graph is the union of all graphs, or of `graphs`, or of those that the query names with FROM;
        `GRAPH` sees all graphs, or `graphs`, or `named` where that is given too. `bind` gives variables of the
        projection their values as terms. Raises QueryError where the text is no query.
        """

    def refresh(self) -> None:
        """See what another process has written since the store was opened."""

    def flush(self) -> None:
        """Make what was written durable."""

    def settle(self) -> None:
        """Make reading fast after a load: nothing where little was written."""

    def close(self) -> None:
        """Let go of the store; it can't be used afterwards."""

    def __enter__(self) -> Self:
        """Use the store in a `with` block."""

    def __exit__(self, *_: object) -> None:
        """Close the store at the end of the block."""
