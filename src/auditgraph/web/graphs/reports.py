"""What the reports of a store say, read as it is needed and kept while the store stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from auditgraph.errors import UsageError
from auditgraph.naturally import natural_text
from auditgraph.viz.find import find_report, find_thing, speaking_of
from auditgraph.viz.index import GraphIndex
from auditgraph.viz.lean import Parts, read_lean, unpacked
from auditgraph.viz.merge import merged
from auditgraph.viz.picture import Picture
from auditgraph.viz.projection import KIND_OF_CLASS, project
from auditgraph.web.pages.indexing import stamp

if TYPE_CHECKING:
    from auditgraph.store import Store
    from auditgraph.web.site import Site

__all__ = ["READ", "Kept", "Reports"]

T = TypeVar("T")
# A thing that thousands of reports name is told from the latest of them; the page says so.
READ = 60
_COUNT = f"""SELECT (COUNT(DISTINCT ?thing) AS ?count) {{
  VALUES ?class {{ {" ".join(sorted(KIND_OF_CLASS))} }} ?thing a ?class }}"""


class Kept:
    """The latest answers of some work, each made once however many ask for it at the same time."""

    def __init__(self, most: int) -> None:
        """Keep at most so many."""
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, made where it is not."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._kept:
                    again: T = self._kept[key]
                    return again
            try:
                made = make()
                with self._lock:
                    self._kept[key] = made
                    while len(self._kept) > self._most:
                        self._kept.popitem(last=False)
                return made
            finally:
                with self._lock:
                    self._making.pop(key, None)


class Reports:
    """The reports of a site's store."""

    def __init__(self, site: Site) -> None:
        """Read nothing yet."""
        self._site = site
        self._lean = Kept(1500)
        self._full = Kept(48)
        self._lists = Kept(4)

    @property
    def version(self) -> str:
        """Return what changes whenever the store does."""
        return self._site.live.version

    @property
    def store(self) -> Store:
        """Return the store as it stands now."""
        return self._site.store

    def graphs(self) -> list[str]:
        """Return the graphs of all reports, the latest first."""
        return self._lists.get(
            ("graphs", self.version), lambda: sorted(self.store.graphs(), key=natural_text, reverse=True)
        )

    def total(self) -> int:
        """Return how many things the store knows that a picture could show."""

        def count() -> int:
            tables, whole = self._site.tables
            if whole:
                return tables.things()
            rows = self.store.query(_COUNT)
            assert isinstance(rows, ox.QuerySolutions)
            return int(next(iter(rows))["count"].value)

        return self._lists.get(("total", self.version), count)

    def lean(self, graph: str) -> Parts:
        """Return a report's things and links, without the words behind them."""

        def read() -> Parts:
            tables, whole = self._site.tables
            kept = tables.drawing(graph, None if whole else self._stamps().get(graph, ""))
            return read_lean(self.store, graph) if kept is None else unpacked(kept)

        return self._lean.get((graph, self.version), read)

    def _stamps(self) -> dict[str, str]:
        """Return what tells which reports in the tables are those of the store."""
        return self._lists.get(
            ("stamps", self.version),
            lambda: {graph: stamp(record) for graph, record in self.store.records().items()},
        )

    def full(self, graph: str) -> Parts:
        """Return a report's things and links with all that the report says of them."""
        return self._full.get((graph, self.version), lambda: project(self.index(graph)))

    def index(self, graph: str) -> GraphIndex:
        """Return a report's statements."""
        return GraphIndex(graph, self.store.quads(graph))

    def speaking_of(self, iris: Iterable[str]) -> list[str]:
        """Return the graphs that speak of any of some things, the latest report first."""
        return speaking_of(self.store, iris, self.graphs())

    def union(self, graphs: Iterable[str]) -> Picture:
        """Return the things and links of some reports as one picture."""
        return merged(self.lean(graph) for graph in sorted(graphs))

    def find(self, name: str) -> str:
        """Return the IRI of a thing by its IRI, its address on this server, or its name. Raises UsageError."""
        if name.startswith(("http://", "https://")):
            return find_thing(self.store, name)
        path = name.removeprefix("/")
        if "/" in path and (node := self._site.node(path)) is not None and self.speaking_of([node.value]):
            return node.value
        record = self.store.find(name) if name[:1].isdigit() or name[:2].isupper() else None
        return record.graph if record else find_thing(self.store, name)

    def find_report(self, name: str) -> str:
        """Return the graph of a report by its number or IRI. Raises UsageError."""
        record = self.store.find(name)
        if record is None and name.startswith("report/"):
            record = self.store.find(self._site.iri(name))
        try:
            return record.graph if record else find_report(self.store, name)
        except UsageError:
            raise UsageError(f"there is no report {name!r} in the store", "The start page lists them.") from None
