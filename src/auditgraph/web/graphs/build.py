"""From what is asked for to a graph with places: read, count, lay out; kept by the store's version."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pyoxigraph as ox

from auditgraph.errors import UsageError
from auditgraph.naturally import plural
from auditgraph.queries.named import named_query
from auditgraph.queries.runner import Limits
from auditgraph.viz.answers import construct, picture_of_triples, things_of_named
from auditgraph.viz.crowd import crowd
from auditgraph.viz.kinds import KINDS
from auditgraph.viz.merge import budgeted, merged
from auditgraph.viz.picture import Picture
from auditgraph.viz.pictures import report_subtitle
from auditgraph.web.graphs.near import near, ways
from auditgraph.web.graphs.reports import READ, Kept, Reports
from auditgraph.web.graphs.selection import Selection

if TYPE_CHECKING:
    from auditgraph.web.site import Site

__all__ = ["GROWN", "Builder", "Built", "own_reports", "places"]

# How many neighbours of a thing are added at once.
GROWN = 200

# Reports that a graph of everything reads: about as many as fill it.
_REPORTS = 1200
# A thing, or part of one, that stands in a report.
_REPORT = re.compile(r".*?/report/[^/]+")


@dataclass(frozen=True, slots=True)
class Built:
    """A picture with a place for each thing; `paths` between two, `triples` where a query made it."""

    picture: Picture
    places: dict[str, tuple[float, float]]
    paths: tuple[tuple[str, ...], ...] = ()
    triples: tuple[ox.Triple, ...] | None = None


class Builder:
    """Makes graphs of a site."""

    def __init__(self, site: Site) -> None:
        """Make nothing yet."""
        self.reports = Reports(site)
        self._config = site.config
        self._kept = Kept(16)

    def build(self, asked: Selection) -> Built:
        """Return a graph. Raises UsageError or QueryError."""
        asked = asked.drawn
        return self._kept.get((self.reports.version, asked), lambda: self._build(asked))

    def _build(self, asked: Selection) -> Built:
        paths: tuple[tuple[str, ...], ...] = ()
        triples: tuple[ox.Triple, ...] | None = None
        if asked.sparql:
            picture, triples = self._construct(asked)
        elif asked.query:
            picture = self._named(asked)
        elif asked.report:
            picture = self._report(asked.report)
        elif asked.around:
            picture = self._around(asked)
        elif asked.start:
            start, end = self.reports.find(asked.start), self.reports.find(asked.end)
            found = ways(self.reports, start, end)
            paths = found.paths
            said = plural(len(paths), "way") if paths else "No way found"
            where = "" if found.whole else f" in the {found.read:,} reports nearest to both"
            titles = {thing.iri: thing.title for thing in found.picture.things}
            picture = replace(found.picture, title=f"{titles[start]} – {titles[end]}", subtitle=said + where)
        else:
            picture = self._everything(asked.limit)
        picture = budgeted(picture, asked.limit)
        picture = self._grown(picture, asked)
        return Built(picture, places(picture, own_reports(picture)), paths, triples)

    def _construct(self, asked: Selection) -> tuple[Picture, tuple[ox.Triple, ...]]:
        config = self._config
        limits = Limits(config.seconds, min(config.rows, 200_000), config.memory)
        triples = construct(self.reports.store, asked.sparql, None, limits)
        return picture_of_triples(self.reports.store, triples, "The answer of a query", asked.limit), triples

    def _named(self, asked: Selection) -> Picture:
        query = named_query(asked.query)
        report = self.reports.find_report(asked.report) if asked.report else None
        iris, graphs = things_of_named(self.reports.store, query, report)
        latest = [graph for graph in self.reports.graphs() if graph in graphs]
        picture = self.reports.union(latest[:_REPORTS]).kept(iris)
        of = f"report {asked.report}" if report else plural(len(graphs), "report")
        return replace(picture, title=query.title, subtitle=f"What the query {query.name} speaks of · {of}",
                       total=len(picture.things), truncated=len(latest) > _REPORTS)  # fmt: skip

    def _report(self, name: str) -> Picture:
        graph = self.reports.find_report(name)
        picture = self.reports.union([graph])
        about = next((thing for thing in self.reports.full(graph)[0] if thing.iri == graph), None)
        if about is None:
            raise UsageError(f"{graph} has no report in it", "Load it again: auditgraph load")
        return replace(picture, title=about.title, subtitle=report_subtitle(about), focus=graph)

    def _around(self, asked: Selection) -> Picture:
        iri = self.reports.find(asked.around)
        found = near(self.reports, iri, asked.depth)
        thing = next(thing for thing in found.picture.things if thing.iri == iri)
        read = plural(found.read, "report")
        if found.reports > found.read:
            read = f"the latest {found.read:,} of {found.reports:,} reports"
        subtitle = f"{KINDS[thing.kind].label} · {plural(asked.depth, 'link')} around it · {read}"
        return replace(found.picture, title=thing.title, subtitle=subtitle, focus=iri)

    def _everything(self, limit: int) -> Picture:
        graphs = self.reports.graphs()
        chosen: list[str] = []
        seen: set[str] = set()
        for graph in graphs[:_REPORTS]:
            chosen.append(graph)
            seen.update(thing.iri for thing in self.reports.lean(graph)[0])
            if len(seen) >= limit:
                break
        picture = self.reports.union(chosen)
        total = max(self.reports.total(), len(picture.things)) if len(chosen) < len(graphs) else len(picture.things)
        said = plural(len(graphs), "report")
        if len(chosen) < len(graphs):
            said = f"The latest {len(chosen):,} of {said}"
        return replace(picture, title="Audit reports and what they speak of", subtitle=said, total=total)

    def _grown(self, picture: Picture, asked: Selection) -> Picture:
        if not asked.grown:
            return picture
        things, links = list(picture.things), list(picture.links)
        for grown in asked.grown:
            iri = self.reports.find(grown.thing)
            found = near(self.reports, iri).picture
            wanted = {t.iri for t in found.things if not grown.kind or t.kind == grown.kind or t.iri == iri}
            things += budgeted(found.kept(wanted), GROWN).things
        known = {thing.iri for thing in things}
        # What joins new things with those that were there: the links of the reports that speak of what was grown.
        for graph in self.reports.speaking_of(grown.thing for grown in asked.grown)[:READ]:
            links += [link for link in self.reports.lean(graph)[1] if link.source in known and link.target in known]
        union = merged([(things, links)])
        total = picture.total + len(known) - len(picture.things)
        return replace(picture, things=union.things, links=union.links, total=total)


def own_reports(picture: Picture) -> dict[str, str]:
    """Return of each thing that stands in one report alone which that is."""
    found: dict[str, set[str]] = defaultdict(set)
    own = {thing.iri: match[0] for thing in picture.things if (match := _REPORT.match(thing.iri))}
    for iri, report in own.items():
        found[iri].add(report)
    for link in picture.links:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            if one not in own and other in own:
                found[one].add(own[other])
    return {iri: next(iter(some)) for iri, some in found.items() if len(some) == 1}


def places(picture: Picture, groups: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Return a place for each thing, about one to a square of side 1."""
    number = {thing.iri: at for at, thing in enumerate(picture.things)}
    if not number:
        return {}
    links = [(number[link.source], number[link.target], 0.25 if link.quiet else 1.0) for link in picture.links]
    # What hangs together with nothing is held by the hub, lightly: it would drift out of sight.
    hub = number.get(picture.focus, number[max(number, key=lambda iri: picture.degrees.get(iri, 0))])
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(number)))
    graph.add_edges_from((one, other) for one, other, _ in links)
    parts = sorted(min(part) for part in nx.connected_components(graph) if hub not in part)
    links += [(part, hub, 0.4) for part in parts]
    ends = np.array([link[:2] for link in links], np.int64).reshape(-1, 2)
    weights = np.array([link[2] for link in links])
    named = {name: at for at, name in enumerate(sorted({groups.get(iri, iri) for iri in number}))}
    group = np.array([named[groups.get(iri, iri)] for iri in number], np.int64) if groups else None
    found = crowd(len(number), ends, weights, group)
    return {iri: (round(float(x), 3), round(float(-y), 3)) for iri, (x, y) in zip(number, found, strict=True)}
