"""A picture as a file for other programs: GraphML and GEXF (Gephi, yEd, Cytoscape, networkx), JSON, Turtle."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox

from auditgraph.viz.kinds import KINDS, relation
from auditgraph.viz.picture import Picture

if TYPE_CHECKING:
    from auditgraph.store import Store

__all__ = ["FORMATS", "as_gexf", "as_graphml", "as_json", "as_turtle"]

# From the name of a format to its media type.
FORMATS = {
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "ttl": "text/turtle",
    "json": "application/json",
}
# XML 1.0, section 2.2: what a document can't hold at all, escaped or not.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHUNK = 300
Places = Mapping[str, tuple[float, float]]


def as_graphml(picture: Picture, places: Places | None = None) -> bytes:
    """Write a picture as GraphML, with the place of each thing where given."""
    out = io.BytesIO()
    nx.write_graphml_xml(_plain(picture, places), out, named_key_ids=True)
    return out.getvalue()


def as_gexf(picture: Picture, places: Places | None = None) -> bytes:
    """Write a picture as GEXF 1.2, with the place and the colour of each thing."""
    graph = _plain(picture, None)
    for thing in picture.things:
        colour = KINDS[thing.kind].colour
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        look: dict[str, Any] = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}}
        if places and thing.iri in places:
            x, y = places[thing.iri]
            look["position"] = {"x": float(x), "y": float(y), "z": 0.0}
        graph.nodes[thing.iri]["viz"] = look
    out = io.BytesIO()
    nx.write_gexf(graph, out)
    # The writer puts today's date in: the same picture must give the same bytes.
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue())


def as_json(picture: Picture, places: Places | None = None) -> bytes:
    """Write a picture as the node-link JSON of networkx and d3."""
    graph = _plain(picture, places)
    data = {
        "directed": True, "multigraph": True, "graph": dict(graph.graph),
        "nodes": [{"id": node, **values} for node, values in graph.nodes(data=True)],
        "links": [
            {"source": source, "target": target, "key": key, **values}
            for source, target, key, values in graph.edges(keys=True, data=True)
        ],
    }  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def as_turtle(picture: Picture, store: Store, triples: Sequence[ox.Triple] | None = None) -> bytes:
    """Write as Turtle what the store's reports say of a picture's things, or the triples that it was made of."""
    from auditgraph.rdf import write_rdf

    found = set(triples or ())
    iris = [] if triples is not None else [t.iri for t in picture.things if not t.iri.startswith("_:")]
    nodes = [str(ox.NamedNode(iri)) for iri in iris]
    for start in range(0, len(nodes), _CHUNK):
        values = " ".join(nodes[start : start + _CHUNK])
        answer = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}")
        assert isinstance(answer, ox.QueryTriples)
        found.update(answer)
    out = io.BytesIO()
    write_rdf(sorted(found, key=str), out, ox.RdfFormat.TURTLE)
    return out.getvalue()


def _plain(picture: Picture, places: Places | None) -> nx.MultiDiGraph[str]:
    """Return the picture with attributes of plain types; what XML can't hold becomes U+FFFD."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=_clean(picture.title), shown=len(picture.things),
                                                  total=picture.total)  # fmt: skip
    for thing in picture.things:
        values: dict[str, Any] = {"kind": thing.kind, "label": _clean(thing.label), "title": _clean(thing.title),
                                  "marks": " ".join(sorted(thing.marks))}  # fmt: skip
        if places and thing.iri in places:
            values["x"], values["y"] = map(float, places[thing.iri])
        graph.add_node(thing.iri, **values)
    for number, link in enumerate(picture.links):
        said = _clean(link.label or relation(link.relation).label)
        graph.add_edge(link.source, link.target, key=str(number), relation=link.relation, label=said)
    return graph


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
