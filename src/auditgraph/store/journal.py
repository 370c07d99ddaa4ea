"""What a writer of a server is about to do, so that the next one can undo what was broken off.

Servers take a graph, its load record and its former version in several requests. Before the first of them the journal
says which graph is about to change and what stood there; the last request takes that out again. What is still in the
journal when nobody writes was broken off: the former version is put back, or the report that was not there taken out.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from auditgraph.store.base import LoadRecord
from auditgraph.store.records import NAMESPACE, field_iri, records_of, to_quads

__all__ = ["JOURNAL_GRAPH", "Entry", "announced", "entries_of", "entry_iri"]

JOURNAL_GRAPH = ox.NamedNode("https://w3id.org/auditgraph/store/journal")
_ENTRY = "#writing"
_DOING = field_iri("doing")
_PACKED = field_iri("former")
_VERSION = field_iri("version")
_SIZE = field_iri("size")


@dataclass(frozen=True, slots=True)
class Entry:
    """A write that was begun: `old` and `nquads` are what stood there, `version` what the history may have got of it.

    `whole` is false where the entry itself is not whole: then nothing had been changed yet.
    """

    graph: str
    doing: str
    old: LoadRecord | None = None
    nquads: bytes = b""
    version: str = ""
    whole: bool = True

    @property
    def key(self) -> str:
        """Return what people call the report."""
        return self.old.key if self.old and self.old.key else self.graph.rpartition("/")[2]


def entry_iri(graph: str) -> ox.NamedNode:
    """Return the IRI of the entry on a report's graph."""
    return ox.NamedNode(graph + _ENTRY)


def announced(
    graph: str, doing: str, old: LoadRecord | None, quads: Iterable[ox.Quad] = (), versions: Sequence[ox.Quad] = ()
) -> list[ox.Quad]:
    """Return the entry on a graph that is about to change, as quads of the journal; it says how many they are.

    >>> from auditgraph.store.base import LoadRecord
    >>> old = LoadRecord("https://x.org/report/1", "1", "a.txt", "00")
    >>> (entry,) = entries_of(announced(old.graph, "put", old))
    >>> entry.old == old, entry.doing, entry.whole
    (True, 'put', True)
    >>> entries_of(announced(old.graph, "put", old)[1:])[0].whole
    False
    """
    subject = entry_iri(graph)
    said = [(_DOING, ox.Literal(doing))]
    if old is not None:
        lines = sorted(f"{quad} .\n" for quad in quads)
        packed = base64.b64encode(gzip.compress("".join(lines).encode(), mtime=0)).decode()
        said += [(_PACKED, ox.Literal(packed))]
        said += [(quad.predicate, quad.object) for quad in to_quads(old)]  # type: ignore[misc]
    else:
        said += [(field_iri("graph"), ox.NamedNode(graph))]  # type: ignore[list-item]
    if versions:
        said += [(_VERSION, versions[0].subject)]  # type: ignore[list-item]
    made = [ox.Quad(subject, predicate, term, JOURNAL_GRAPH) for predicate, term in said]
    return [*made, ox.Quad(subject, _SIZE, ox.Literal(str(len(made) + 1)), JOURNAL_GRAPH)]


def entries_of(quads: Iterable[ox.Quad]) -> list[Entry]:
    """Return the entries that the quads of the journal tell, by graph."""
    nodes: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.endswith(_ENTRY):
            nodes.setdefault(quad.subject.value, []).append(quad)
    return [_entry(subject.removesuffix(_ENTRY), node) for subject, node in sorted(nodes.items())]


def _entry(graph: str, quads: list[ox.Quad]) -> Entry:
    said = {
        quad.predicate.value.removeprefix(NAMESPACE): quad.object.value
        for quad in quads
        if isinstance(quad.object, ox.NamedNode | ox.Literal)
    }
    if said.get("size") != str(len(quads)):
        return Entry(graph, said.get("doing", ""), whole=False)
    packed = said.get("former")
    if packed is None:
        return Entry(graph, said["doing"], version=said.get("version", ""))
    nquads = gzip.decompress(base64.b64decode(packed))
    return Entry(graph, said["doing"], records_of(quads)[0], nquads, said.get("version", ""))
