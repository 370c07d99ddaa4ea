"""`auditgraph export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from auditgraph.cli.console import note, warn
from auditgraph.cli.options import OutputOption, StoreOption, filled_store, report_of
from auditgraph.naturally import plural

__all__ = ["export"]


def export(
    out: OutputOption = None,
    report: Annotated[
        list[str] | None,
        typer.Option("--report", "-r", metavar="NUMBER", help="Only this report; may be repeated. [default: all]"),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORM",
            help="turtle, trig, nquads, ntriples, jsonld or rdfxml. [default: by the file's name, else turtle]",
        ),
    ] = None,
    store: StoreOption = None,
) -> int:
    """Write the graph as Turtle, TriG, N-Quads, N-Triples, JSON-LD or RDF/XML.

    The same reports give the same bytes on every run. TriG, N-Quads and JSON-LD keep each report in its graph and
    can be loaded again as they are (`auditgraph load all.trig`); the others can where they hold one report.

    \b
    Examples:
      auditgraph export -o all.trig
      auditgraph export --report 2031/007 -o report.ttl
      auditgraph export --format nquads | gzip > all.nq.gz
      auditgraph export -o all.nq.gz
    """
    from auditgraph import export as exporting

    chosen = form or (exporting.form_of(out) if out else "turtle")
    opened = filled_store(store)
    graphs = [report_of(opened, said).graph for said in report] if report else None
    if out is None:
        exporting.export(opened, sys.stdout.buffer, chosen, graphs=graphs, warn=warn)
        return 0
    with exporting.atomic_file(Path(out)) as file:
        count = exporting.export(opened, file, chosen, graphs=graphs, warn=warn)
    note(f"{plural(count, 'statement')} in {out}")
    return 0
