"""Make a picture of a store: of one report, of the neighbourhood of a thing, or of all there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditgraph.errors import UsageError
from auditgraph.naturally import natural_text, plural
from auditgraph.viz.find import find_report, find_thing, speaking_of
from auditgraph.viz.index import GraphIndex
from auditgraph.viz.kinds import KINDS
from auditgraph.viz.merge import around as nearby
from auditgraph.viz.merge import budgeted, merged
from auditgraph.viz.picture import Link, Picture, Thing
from auditgraph.viz.projection import project

if TYPE_CHECKING:
    from auditgraph.store import Store

__all__ = ["LIMIT", "picture_of", "report_subtitle"]

# More things than this can't be told apart on a screen.
LIMIT = 220
# A thing that thousands of reports name is shown from the latest of them; the page says so.
GRAPHS = 40
_MONTHS = ("January February March April May June July August September October November December").split()


def picture_of(
    store: Store, *, report: str | None = None, around: str | None = None, depth: int = 1, limit: int = LIMIT
) -> Picture:
    """Return the picture of a report, of what is at most `depth` links from a thing, or of the whole store.

    `report` is a number or IRI, `around` an IRI, name, acronym or symbol. At most `limit` things are kept; the
    picture's `total` says how many there were. Raises UsageError for what the store does not know.
    """
    if report is not None and around is not None:
        raise UsageError("--report and --around ask for two different pictures", "Give one of them.")
    if depth < 1 or limit < 1:
        raise UsageError("depth and limit are at least 1")
    if report is not None:
        picture = _of_report(store, find_report(store, report))
    elif around is not None:
        picture = _of_thing(store, find_thing(store, around), depth)
    else:
        picture = _of_all(store)
    return budgeted(picture, limit)


def _of_report(store: Store, graph: str) -> Picture:
    things, links = _read(store, graph)
    picture = merged([(things, links)])
    about = next((thing for thing in things if thing.iri == graph), None)
    if about is None:
        raise UsageError(f"{graph} has no report in it", "Load it again: auditgraph load.")
    return _titled(picture, about.title, report_subtitle(about), graph)


def _of_thing(store: Store, iri: str, depth: int) -> Picture:
    known: dict[str, tuple[list[Thing], list[Link]]] = {}
    reports = store.graphs()
    edge, complete = [iri], True
    picture = Picture("")
    for _ in range(depth):
        graphs = [graph for graph in speaking_of(store, edge, reports) if graph not in known]
        room = GRAPHS - len(known)
        complete &= len(graphs) <= room
        known.update((graph, _read(store, graph)) for graph in graphs[:room])
        before = {thing.iri for thing in picture.things}
        picture = merged(known[graph] for graph in sorted(known))
        # A step reads the reports of what the step before has found.
        edge = [t.iri for t in nearby(picture, iri, depth).things if t.iri not in before]
    picture = nearby(picture, iri, depth)
    thing = next((thing for thing in picture.things if thing.iri == iri), None)
    if thing is None:
        raise UsageError(f"{iri} is nothing that a picture shows", "Give a report, body, post, resolution or the like.")
    read = ("" if complete else "the latest ") + plural(len(known), "report")
    subtitle = f"{KINDS[thing.kind].label} · {plural(depth, 'link')} around it · {read}"
    return _titled(picture, thing.title, subtitle, iri, truncated=not complete)


def _of_all(store: Store) -> Picture:
    graphs = sorted(store.graphs(), key=natural_text, reverse=True)
    if not graphs:
        raise UsageError("the store is empty", "Load reports into it: auditgraph load FILES.")
    shown = sorted(graphs[:GRAPHS])
    picture = merged(_read(store, graph) for graph in shown)
    more = len(graphs) > len(shown)
    latest = f"The latest {len(shown):,} of {len(graphs):,} reports"
    subtitle = latest if more else plural(len(graphs), "report")
    return _titled(picture, "Audit reports and what they speak of", subtitle, "", truncated=more)


def _read(store: Store, graph: str) -> tuple[list[Thing], list[Link]]:
    return project(GraphIndex(graph, store.quads(graph)))


def report_subtitle(report: Thing) -> str:
    """Say in a line which report it is, from what is said of it."""
    lines = {fact.label: fact.value for fact in report.facts}
    said = [f"Report {lines['Number']}" if "Number" in lines else "Report"]
    said += [f"issued {_day(lines['Issued'])}"] if "Issued" in lines else []
    said += [f"assignment {lines['Assignment']}"] if "Assignment" in lines else []
    return " · ".join(said)


def _day(date: str) -> str:
    """Write an ISO date as the reports do; a date of another precision stays as it is.

    >>> _day("2031-05-02"), _day("2031-05")
    ('2 May 2031', '2031-05')
    """
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date)
    if not found or not 1 <= int(found[2]) <= 12:
        return date
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"


def _titled(picture: Picture, title: str, subtitle: str, focus: str, *, truncated: bool = False) -> Picture:
    return Picture(title, subtitle, picture.things, picture.links, picture.total, focus, truncated)
