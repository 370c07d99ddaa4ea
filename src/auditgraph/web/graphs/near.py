"""What stands near a thing, and the ways between two: over reports that are read one after the other, never all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import networkx as nx

from auditgraph.errors import UsageError
from auditgraph.viz.kinds import KINDS
from auditgraph.viz.merge import around
from auditgraph.viz.picture import Link, Picture
from auditgraph.web.graphs.reports import READ, Reports

__all__ = ["Near", "Ways", "near", "ways"]

# How many reports a search for ways may read, and how many ways are shown.
SEARCHED = 160
SHOWN = 5
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Near:
    """The neighbours of a thing: of `reports` that speak of it the latest `read` were read."""

    picture: Picture
    counts: dict[str, int]
    reports: int
    read: int


@dataclass(frozen=True, slots=True)
class Ways:
    """The shortest ways between two things, each a list of IRIs; `whole` where every report was searched."""

    picture: Picture
    paths: tuple[tuple[str, ...], ...]
    read: int
    whole: bool


def near(reports: Reports, iri: str, depth: int = 1) -> Near:
    """Return what is at most `depth` links from a thing. Raises UsageError where no report draws it."""
    known: dict[str, None] = {}
    edge, total = [iri], 0
    picture = Picture("")
    for _ in range(depth):
        graphs = [graph for graph in reports.speaking_of(edge) if graph not in known]
        total = len(known) + len(graphs)
        known.update(dict.fromkeys(graphs[: max(READ - len(known), 0)]))
        before = {thing.iri for thing in picture.things}
        picture = reports.union(known)
        edge = [thing.iri for thing in around(picture, iri, depth).things if thing.iri not in before]
        if total > READ:
            break
    picture = around(picture, iri, depth)
    if not any(thing.iri == iri for thing in picture.things):
        raise UsageError(
            f"{iri} is nothing that a graph shows", "Ask for a report, body, post, resolution or the like."
        )
    counts = Counter(thing.kind for thing in picture.things if thing.iri != iri)
    ordered = {kind: counts[kind] for kind in KINDS if counts[kind]}
    return Near(replace(picture, truncated=total > len(known)), ordered, total, len(known))


def ways(reports: Reports, start: str, end: str) -> Ways:
    """Return the shortest ways between two things, searched in the reports near both, then further."""
    if start == end:
        raise UsageError("a path has two different ends")
    known: dict[str, None] = {}
    edges: tuple[list[str], list[str]] = ([start], [end])
    whole = True
    graph: nx.Graph[str] = nx.Graph()
    for _ in range(_STEPS):
        found = [reports.speaking_of(edge) for edge in edges]
        # From both ends in turn, so that neither takes all the room.
        turns = [one for pair in _zipped(*found) for one in pair if one]
        fresh = [one for one in dict.fromkeys(turns) if one not in known]
        room = SEARCHED - len(known)
        whole = len(fresh) <= room
        known.update(dict.fromkeys(fresh[: max(room, 0)]))
        graph = _graph(reports, known)
        if start in graph and end in graph and nx.has_path(graph, start, end):
            break
        if not fresh or not room:
            break
        edges = (_shared(graph, start), _shared(graph, end))
    for name in (start, end):
        if name not in graph:
            raise UsageError(f"{name} is nothing that a graph shows", "Ask for a report, body, post or the like.")
    paths: list[tuple[str, ...]] = []
    if nx.has_path(graph, start, end):
        paths = [tuple(path) for path in islice(nx.all_shortest_paths(graph, start, end), 200)]
        # Ways through what few share say more than those through what everything names.
        paths.sort(key=lambda path: (sum(graph.degree(node) for node in path[1:-1]), path))
    kept = tuple(paths[:SHOWN])
    on = {start, end, *(node for path in kept for node in path)}
    picture = reports.union(known).kept(on)
    return Ways(replace(picture, total=len(on)), kept, len(known), whole)


def _zipped(first: list[str], second: list[str]) -> list[tuple[str, str]]:
    longest = max(len(first), len(second))
    padded = [[*some, *[""] * (longest - len(some))] for some in (first, second)]
    return list(zip(*padded, strict=True))


def _graph(reports: Reports, graphs: Any) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    for name in graphs:
        things, links = reports.lean(name)
        graph.add_nodes_from(thing.iri for thing in things)
        graph.add_edges_from(_ends(link) for link in links)
    return graph


def _ends(link: Link) -> tuple[str, str]:
    return (link.source, link.target)


def _shared(graph: nx.Graph[str], iri: str, most: int = 80) -> list[str]:
    """Return the things about an end that other reports may speak of: not parts of a report."""
    if iri not in graph:
        return []
    reached = nx.single_source_shortest_path_length(graph, iri, cutoff=3)
    shared = [node for node in reached if "/report/" not in node]
    return sorted(shared, key=lambda node: (reached[node], graph.degree(node), node))[:most]
