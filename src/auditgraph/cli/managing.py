"""`auditgraph reports`, `remove`, `backup`, `restore` and `info`: what is in the store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from auditgraph.cli.console import note, output, plural
from auditgraph.cli.options import OutputOption, StoreOption, filled_store, report_of
from auditgraph.errors import UsageError

__all__ = ["backup", "info", "remove", "reports", "restore"]


def reports(
    form: Annotated[
        str | None, typer.Option("--format", "-f", metavar="FORM", help="table, csv, tsv, json or markdown.")
    ] = None,
    out: OutputOption = None,
    store: StoreOption = None,
) -> int:
    """List the reports of the store: what they are, where they came from, when, with how many warnings.

    \b
    Examples:
      auditgraph reports
      auditgraph reports --format csv -o loaded.csv
    """
    import pyoxigraph as ox

    from auditgraph.queries.formats import ROW_FORMATS, write
    from auditgraph.queries.results import Rows

    if form is not None and form not in ROW_FORMATS:
        raise UsageError(f"there is no format {form!r}", f"Choose one of {', '.join(ROW_FORMATS)}")
    opened = filled_store(store)
    terminal = out is None and sys.stdout.isatty()
    columns: tuple[str, ...] = ("report", "title", "entity", "source", "loaded", "statements", "warnings")
    if not (terminal and form in (None, "table")):
        columns = (*columns, "assignment", "sha256", "loader", "ontology", "iri")
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    rows = []
    for record in opened.records().values():
        said = {
            "report": record.key, "title": record.title, "entity": ", ".join(record.entities), "source": record.source,
            "loaded": record.loaded[:16].replace("T", " ") if terminal else record.loaded,
            "assignment": record.assignment, "sha256": record.sha256, "loader": record.loader,
            "ontology": record.ontology, "iri": record.graph,
        }  # fmt: skip
        counts = {"statements": record.quads, "warnings": len(record.warnings)}
        terms = {name: ox.Literal(value) for name, value in said.items() if value}
        terms |= {name: ox.Literal(str(value), datatype=integer) for name, value in counts.items()}
        rows.append(tuple(terms.get(name) for name in columns))
    with output(out) as stream:
        write(Rows(columns, rows, plain=True), form, stream, terminal=terminal)
    return 0


def remove(
    report: Annotated[list[str], typer.Argument(metavar="NUMBER...", help="Reports, by number or IRI.")],
    store: StoreOption = None,
) -> int:
    """Take reports out of the store.

    \b
    Example:
      auditgraph remove 2031/007
    """
    opened = filled_store(store, write=True)
    # All of them are looked up before the first is taken out: a typing error changes nothing.
    records = [report_of(opened, said) for said in report]
    for record in records:
        opened.remove(record.graph)
        note(f"{record.key} is removed from {opened.location}")
    opened.flush()
    return 0


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE.nq.gz", help="Where to: .nq, .trig or .jsonld, .gz or not.")],
    store: StoreOption = None,
) -> int:
    """Write everything that the store knows to one file, what it knows of the loads too.

    The file is plain RDF: any later version, and any other engine, can read it.

    \b
    Example:
      auditgraph backup audits.nq.gz
    """
    from auditgraph.export import EXPORTS, atomic_file, export, form_of

    form = form_of(file)
    if not EXPORTS[form].supports_datasets:
        raise UsageError(f"{form} can't keep reports apart", "Back up to .nq, .trig or .jsonld")
    opened = filled_store(store)
    with atomic_file(file) as stream:
        count = export(opened, stream, form, records=True)
    note(f"{plural(len(opened.graphs()), 'report')} ({plural(count, 'statement')}) of {opened.location} in {file}")
    return 0


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE.nq.gz", help="A file that backup or export wrote.")],
    store: StoreOption = None,
) -> int:
    """Load what `backup` wrote; reports that are there already are replaced, others are left.

    \b
    Example:
      auditgraph restore audits.nq.gz --store /data/new
    """
    from auditgraph.restore import is_dump
    from auditgraph.restore import restore as restore_file
    from auditgraph.store import open_store

    if not is_dump(file):
        raise UsageError(f"{file} is no backup", "To load reports: auditgraph load FILE")
    opened = open_store(store, write=True)
    changed = [outcome.outcome == "loaded" for outcome in restore_file(opened, file)]
    counts = f"{sum(changed)} loaded, {len(changed) - sum(changed)} unchanged"
    note(f"{plural(len(changed), 'report')}: {counts}. Store: {opened.location}")
    return 0


def info(store: StoreOption = None) -> int:
    """Tell where the store is, what it holds and what made it."""
    import pyoxigraph

    from auditgraph import __version__
    from auditgraph.ontology.namespaces import VERSION
    from auditgraph.store import open_store, store_place

    place = store_place(store)
    print(f"store       {place}")
    try:
        opened = open_store(store)
    except Exception as error:
        print(f"            {error}")
    else:
        records = opened.records().values()
        print(f"reports     {len(records):,}")
        print(f"statements  {sum(record.quads for record in records):,}")
        versions = sorted(
            {f"auditgraph {record.loader or '?'}, ontology {record.ontology or '?'}" for record in records}
        )
        print(f"made by     {'; '.join(versions) or '-'}")
    print(f"this is     auditgraph {__version__}, ontology {VERSION}, pyoxigraph {pyoxigraph.__version__}")
    return 0
