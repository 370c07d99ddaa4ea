"""Read only what a drawing needs of a report: its things and links, without facts and without the words behind them.

About a tenth of a report's statements; hundreds of reports are read in the time that ten take otherwise. Packed, a
report's drawing can be kept and is there again in a hundredth of that.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from auditgraph.viz.index import GraphIndex
from auditgraph.viz.picture import Link, Thing
from auditgraph.viz.projection import KIND_OF_CLASS, project

if TYPE_CHECKING:
    from auditgraph.store import Store

__all__ = ["CLASSES", "PREDICATES", "Parts", "drawn", "packed", "read_lean", "unpacked"]

Parts: TypeAlias = tuple[list[Thing], list[Link]]

# What `drawn` reads: the things of these classes, these statements, and the text of recommendations.
CLASSES = (*sorted(KIND_OF_CLASS), "ag:Mandate", "ag:Involvement")
PREDICATES = tuple(
    """ag:key dcterms:title ag:heading ag:number rdfs:label ag:acronym skos:altLabel ag:importance
  ag:status ag:auditedEntity ag:ledTo ag:responsible org:postIn org:subOrganizationOf org:reportsTo ag:resolution
  ag:entity ag:effect ag:agent ag:role ag:cites ag:mentions ag:about skos:notation dcterms:isPartOf""".split()
)
_LEAN = f"""CONSTRUCT {{ ?thing a ?class . ?s ?p ?o . ?recommendation ag:text ?text }} WHERE {{
  {{ VALUES ?class {{ {" ".join(CLASSES)} }} ?thing a ?class }}
  UNION {{ VALUES ?p {{ {" ".join(PREDICATES)} }} ?s ?p ?o }}
  UNION {{ ?recommendation a ag:Recommendation ; ag:text ?text }}
}}"""


def read_lean(store: Store, graph: str) -> Parts:
    """Return the things and links of a report's graph, as `project` does, without quotes and without facts."""
    triples = store.query(_LEAN, graphs=[graph])
    assert isinstance(triples, ox.QueryTriples)
    return drawn(graph, triples)


def drawn(graph: str, triples: Iterable[Any]) -> Parts:
    """Return the things and links that a report's statements make."""
    things, links = project(GraphIndex(graph, triples), bare=True)
    return things, [Link(link.source, link.target, link.relation, (), link.label, link.quiet) for link in links]


def packed(parts: Parts) -> bytes:
    """Return things and links as bytes, for keeping."""
    things, links = parts
    number = {thing.iri: at for at, thing in enumerate(things)}
    rows = [[t.iri, t.kind, t.label, t.title, sorted(t.marks), t.url] for t in things]
    ends = [[number[link.source], number[link.target], link.relation, link.label, int(link.quiet)] for link in links]
    return zlib.compress(json.dumps([rows, ends], separators=(",", ":")).encode(), 3)


def unpacked(data: bytes) -> Parts:
    """Return what was packed."""
    rows, ends = json.loads(zlib.decompress(data))
    things = [Thing(iri, kind, label, title, (), frozenset(marks), url) for iri, kind, label, title, marks, url in rows]
    return things, [Link(things[source].iri, things[target].iri, relation, (), label, bool(quiet))
                    for source, target, relation, label, quiet in ends]  # fmt: skip
