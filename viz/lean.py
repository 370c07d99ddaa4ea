"""Read only what a drawing needs of a report: its things and links, without facts and without the words behind them.

About a tenth of a report's statements; hundreds of reports are read in the time that ten take otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from auditgraph.ontology.namespaces import PREFIXES
from auditgraph.viz.index import GraphIndex
from auditgraph.viz.picture import Link, Thing
from auditgraph.viz.projection import KIND_OF_CLASS, project

if TYPE_CHECKING:
    from auditgraph.store import Store

__all__ = ["HEAD", "read_lean"]

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_CLASSES = " ".join(sorted({*KIND_OF_CLASS, "ag:Mandate", "ag:Involvement"}))
_PREDICATES = """ag:key dcterms:title ag:heading ag:number rdfs:label ag:acronym skos:altLabel ag:importance ag:status
  ag:auditedEntity ag:ledTo ag:responsible org:postIn org:subOrganizationOf org:reportsTo ag:resolution ag:entity
  ag:effect ag:agent ag:role ag:cites ag:mentions ag:about skos:notation"""
_LEAN = f"""{HEAD}CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?o {{ {_CLASSES} }} VALUES ?p {{ rdf:type }} ?s ?p ?o }}
  UNION {{ VALUES ?p {{ {_PREDICATES} }} ?s ?p ?o }}
  UNION {{ VALUES ?p {{ ag:text }} ?s a ag:Recommendation ; ?p ?o }}
  UNION {{ VALUES ?p {{ dcterms:isPartOf }} ?s ?p ?o . FILTER EXISTS {{ ?s ag:mentions|ag:cites ?named }} }}
}}"""


def read_lean(store: Store, graph: str) -> tuple[list[Thing], list[Link]]:
    """Return the things and links of a report's graph, as `project` does, without quotes and with few facts."""
    triples: Any = store.query(_LEAN, graphs=[graph])
    assert isinstance(triples, ox.QueryTriples)
    things, links = project(GraphIndex(graph, triples))  # it reads subject, predicate and object, which triples have
    return [Thing(t.iri, t.kind, t.label, t.title, (), t.marks) for t in things], links
