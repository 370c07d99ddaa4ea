"""The picture as a networkx graph, for layouts and for people's own scripts."""

from __future__ import annotations

import networkx as nx

from auditgraph.viz.picture import Picture

__all__ = ["to_networkx"]


def to_networkx(picture: Picture) -> nx.MultiDiGraph[str]:
    """Return the picture as a directed multigraph; nodes are IRIs, edges are keyed by their relation.

    Nodes carry `kind`, `label`, `title` and each mark as `True`; edges carry `relation`. All attributes are
    of plain types, so that the graph can be written as GraphML or GEXF.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=picture.title)
    for thing in picture.things:
        marks = dict.fromkeys(sorted(thing.marks), True)
        graph.add_node(thing.iri, kind=thing.kind, label=thing.label, title=thing.title, **marks)
    for link in picture.links:
        graph.add_edge(link.source, link.target, key=link.relation, relation=link.relation)
    return graph
