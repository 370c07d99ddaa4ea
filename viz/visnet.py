"""The adapter to pyvis: it builds the data and options of vis-network, and gives us the library that it bundles.

pyvis' own pages are not used: in each of its modes they fetch from the network, and they write report text as HTML.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any

from auditgraph.errors import AuditgraphError
from auditgraph.viz.kinds import KINDS
from auditgraph.viz.lanes import Spot
from auditgraph.viz.picture import Picture

__all__ = ["Drawing", "drawing", "library"]

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "layout": {"improvedLayout": False, "randomSeed": 7},
    "physics": {"enabled": False, "solver": "forceAtlas2Based", "stabilization": False, "maxVelocity": 18,
                "timestep": 0.35,
                "forceAtlas2Based": {"gravitationalConstant": -60, "springLength": 90, "springConstant": 0.06,
                                     "damping": 0.75, "avoidOverlap": 0.6}},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "keyboard": False,
                    "navigationButtons": False, "multiselect": False, "tooltipDelay": 120, "zoomSpeed": 0.7},
    "nodes": {"borderWidth": 1.5, "chosen": False},
    "edges": {"width": 1, "selectionWidth": 0, "hoverWidth": 0, "chosen": False, "arrowStrikethrough": False,
              "arrows": {"to": {"enabled": True, "scaleFactor": 0.42}}},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """What vis-network is handed: nodes, edges and options, as JSON would hold them."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]


def drawing(picture: Picture, lanes: dict[str, Spot], web: dict[str, tuple[float, float]]) -> Drawing:
    """Hand a picture to pyvis; nodes and edges are numbered in the picture's order, titles stay out of it."""
    from pyvis.network import Network  # it imports IPython, which takes a second

    network = Network(directed=True)
    number = {thing.iri: at for at, thing in enumerate(picture.things)}
    for thing in picture.things:
        kind, spot = KINDS[thing.kind], lanes[thing.iri]
        # pyvis puts the id in place of an empty label.
        network.add_node(
            number[thing.iri], label=thing.label or " ", shape="dot", color=kind.colour, size=kind.size,
            x=round(spot.x), y=round(spot.y), kind=thing.kind, lanes=[round(spot.x), round(spot.y)],
            web=[round(at) for at in web[thing.iri]], side=spot.side, room=round(spot.room), height=round(spot.height),
            marks=sorted(thing.marks),
            rank=kind.rank * 1000 - min(picture.degrees.get(thing.iri, 0), 999),
        )  # fmt: skip
    for at, link in enumerate(picture.links):
        said = {"says": link.label} if link.label else {}
        quiet = {"quiet": True} if link.quiet else {}
        network.add_edge(number[link.source], number[link.target], id=at, relation=link.relation, **said, **quiet)
    network.set_options(json.dumps(OPTIONS))
    return Drawing(network.nodes, network.edges, network.options)


def library() -> str:
    """Return the newest vis-network that pyvis bundles, without the line that points to a source map."""
    folder = resources.files("pyvis") / "templates" / "lib"
    found = sorted(
        (tuple(map(int, re.findall(r"\d+", entry.name))), entry.name)
        for entry in (folder.iterdir() if folder.is_dir() else ())
        if re.fullmatch(r"vis-[\d.]+", entry.name)
    )
    if not found:
        raise AuditgraphError("pyvis holds no vis-network", "Reinstall it: pip install --force-reinstall pyvis")
    script = (folder / found[-1][1] / "vis-network.min.js").read_text(encoding="utf-8")
    return re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "\n", script)
