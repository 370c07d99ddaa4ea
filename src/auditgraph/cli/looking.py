"""`auditgraph view` and `auditgraph check`: look at what was loaded."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditgraph.cli.console import note, visible_line
from auditgraph.cli.options import ReportOption, StoreOption, filled_store, report_of
from auditgraph.errors import UsageError
from auditgraph.naturally import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditgraph.store import LoadRecord, Store

__all__ = ["check", "view"]


def view(
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page, or graph, to write.")],
    report: ReportOption = None,
    around: Annotated[
        str | None,
        typer.Option(
            "--around", metavar="NAME_OR_IRI", help="What is near a thing: an organisation, a resolution, ..."
        ),
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, metavar="N", help="How many steps from it.")] = 1,
    query: Annotated[
        str | None,
        typer.Option(
            "--query", metavar="NAME_OR_SPARQL", help="What a named query speaks of, or the graph of a CONSTRUCT."
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORM", help="html, or graphml, gexf, json for other programs.")
    ] = "html",
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, metavar="N", help="At most so many things. [default: 220; no page: all]"),
    ] = None,
    store: StoreOption = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0, metavar="SECONDS", help="Stop SPARQL of yours after so long.")
    ] = 60,
) -> int:
    """Draw the graph as a page: one file that opens in any browser, without a network.

    \b
    Examples:
      auditgraph view -o all.html
      auditgraph view --report 2031/007 -o report.html
      auditgraph view --around 'S/RES/2364 (2017)' --depth 2 -o resolution.html
      auditgraph view --query mandates -o mandates.html
      auditgraph view --query 'CONSTRUCT { ?a org:subOrganizationOf ?b } { ?a org:subOrganizationOf ?b }' -o bodies.html
      auditgraph view --report 2031/007 --format graphml -o report.graphml
    """
    from auditgraph import viz
    from auditgraph.cli.querying import sparql_of
    from auditgraph.queries.runner import Limits

    if around is not None and (report is not None or query is not None):
        raise UsageError("--around is a picture of its own, beside --report and --query", "Give one of them")
    if form not in viz.FORMS:
        raise UsageError(f"there is no format {form!r}", f"Choose one of {', '.join(viz.FORMS)}")
    opened = filled_store(store)
    graph = report_of(opened, report).graph if report else None
    text = sparql_of(query) if query is not None else None
    picture = viz.write_graph(
        opened, out, form, report=graph, around=around, depth=depth, named=None if text is not None else query,
        sparql=text, limit=limit, limits=Limits(timeout),
    )  # fmt: skip
    note(f"The graph is in {out}" + (": open it in a browser" if form == "html" else ""))
    if len(picture.things) < picture.total or picture.truncated:
        more = "more than " if picture.truncated else ""
        note(f"{len(picture.things):,} of {more}{picture.total:,} things shown; --limit changes how many")
    return 0


def check(
    report: ReportOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where anything is said.")] = False,
    store: StoreOption = None,
) -> int:
    """Say what a person should look at: in the reading, in the reports, in the graph.

    `reading`: what the loader was not sure of or found no place for. `contradiction`: where a report says two things.
    `graph`: where the graph breaks a rule of the ontology (that is a fault of auditgraph).

    \b
    Examples:
      auditgraph check
      auditgraph check --report 2031/007 --strict

    Exit status: 1 where the graph breaks a rule, with --strict where anything at all is said.
    """
    opened = filled_store(store)
    records = [report_of(opened, report)] if report else list(opened.records().values())
    said: dict[str, int] = {"reading": 0, "contradiction": 0, "graph": 0}
    for record in records:
        for kind, message in _findings(opened, record):
            said[kind] += 1
            print(visible_line(f"{record.key}: {kind}: {message}"))
    note(
        f"{plural(len(records), 'report')}: {plural(said['reading'], 'warning')} of the reading, "
        f"{plural(said['contradiction'], 'contradiction')}, {plural(said['graph'], 'broken rule')} of the graph"
    )
    return 1 if said["graph"] or (strict and any(said.values())) else 0


def _findings(store: Store, record: LoadRecord) -> Iterator[tuple[str, str]]:
    from auditgraph.ontology import validate
    from auditgraph.queries.named import named_query
    from auditgraph.queries.results import cell
    from auditgraph.queries.runner import run_named

    for warning in record.warnings:
        yield "reading", warning
    rows = run_named(store, named_query("discrepancies"), report=record.graph)
    for row in rows.rows:
        values = dict(zip(rows.columns, map(cell, row), strict=True))
        first, second = _apart(values.get("first", ""), values.get("second", ""))
        yield "contradiction", f'{values.get("about", "")}: "{first}" against "{second}"'
    for message in validate(store.quads(record.graph)):
        yield "graph", str(message)


def _apart(first: str, second: str, around: int = 30) -> tuple[str, str]:
    """Shorten two long texts to where they differ, with some words around it.

    >>> _apart("A long text about apples and pears that are red, and no more", "A long text about apples and pears "
    ...        "that are green, and no more", 12)
    ('... that are red, and no ...', '... that are green, and no ...')
    """
    if max(len(first), len(second)) <= 2 * around:
        return first, second
    start = _alike(first, second)
    end = _alike(first[start:][::-1], second[start:][::-1])
    return _around(first, start, len(first) - end, around), _around(second, start, len(second) - end, around)


def _alike(first: str, second: str) -> int:
    """Return how many characters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _around(text: str, start: int, end: int, around: int) -> str:
    left = text.find(" ", max(start - around, 0), start) + 1 if start > around else 0
    right = text.rfind(" ", end, end + around) if len(text) - end > around else len(text)
    right = right if right >= end else min(end + around, len(text))
    return f"{'... ' if left else ''}{text[left:right]}{' ...' if right < len(text) else ''}"
