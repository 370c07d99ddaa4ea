"""`auditgraph reports`, `remove`, `backup`, `restore`, `copy`, `rebuild` and `info`: what is in the store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditgraph.cli.console import note, output
from auditgraph.cli.loading import load_into
from auditgraph.cli.options import OutputOption, StoreOption, filled_store, report_of
from auditgraph.errors import UsageError
from auditgraph.naturally import plural

if TYPE_CHECKING:
    from auditgraph.store import LoadRecord, Store

__all__ = ["backup", "copy", "info", "rebuild", "remove", "reports", "restore"]


def reports(
    form: Annotated[
        str | None, typer.Option("--format", "-f", metavar="FORM", help="table, csv, tsv, json or markdown.")
    ] = None,
    out: OutputOption = None,
    history: Annotated[
        bool, typer.Option("--history", help="List the former versions too, each with when another took its place.")
    ] = False,
    store: StoreOption = None,
) -> int:
    """List the reports of the store: what they are, where they came from, when, with how many warnings.

    \b
    Examples:
      auditgraph reports
      auditgraph reports --history
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
    if history:
        columns = ("report", "issued", *columns[1:-2], "replaced", *columns[-2:])
    if not (terminal and form in (None, "table")):
        columns = (*columns, "assignment", "sha256", "loader", "ontology", "iri")
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    rows = []
    for record, issued, until in _listed(opened, history):
        said = {
            "issued": issued, "replaced": until[:16].replace("T", " ") if terminal else until,
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


def _listed(store: Store, history: bool) -> Iterator[tuple[LoadRecord, str, str]]:
    """Yield the records to list, with a report's own date and when it was replaced where history is asked for."""
    if not history:
        yield from ((record, "", "") for record in store.records().values())
        return
    from auditgraph.asof import versions

    yield from ((record, issued, until) for record, issued, until, _ in versions(store))


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


def copy(
    to: Annotated[str, typer.Option("--to", metavar="STORE", help="Where to: a folder, or sparql:URL of a server.")],
    store: StoreOption = None,
) -> int:
    """Copy the whole store to another place or engine, former versions too, and compare what arrived.

    Run it again to go on with a copy that was broken off.

    \b
    Examples:
      auditgraph copy --to /data/audits
      auditgraph copy --to sparql:https://example.org/query
      auditgraph copy --store sparql:https://example.org/query --to /data/audits
    """
    from auditgraph.store import MEMORY, open_store, store_place
    from auditgraph.store.copying import copy as copy_store

    opened = filled_store(store)
    if store_place(to) == MEMORY:
        raise UsageError("a copy in memory: is gone when the command ends", "Name a folder or a server with --to")
    if store_place(to) == opened.location:
        raise UsageError(f"{opened.location} is the store itself", "Name another place with --to")
    count = copy_store(opened, open_store(to, write=True))
    note(
        f"{plural(count, 'report')} of {opened.location}: now in {store_place(to)} too, the same statement by statement"
    )
    return 0


def rebuild(
    sources: Annotated[
        list[str], typer.Argument(metavar="BACKUP_OR_REPORTS...", help="What to make it from: a backup, or reports.")
    ],
    store: StoreOption = None,
) -> int:
    """Make a store in a folder anew, from a backup or from the reports, and put it in the old one's place.

    The old store stays until the new one is whole, and then beside it as `NAME.old`. This mends a store of another
    format or a broken one, which no other command opens.

    \b
    Examples:
      auditgraph rebuild audits.nq.gz
      auditgraph rebuild reports/
    """
    from auditgraph.loaders.source import expand
    from auditgraph.store import store_place
    from auditgraph.store.rebuilding import exchanged

    files = expand(sources)
    if not files:
        raise UsageError(f"nothing was found in {', '.join(sources)}", "Name a backup, or the reports")
    with exchanged(store) as fresh:
        counts = load_into(fresh, files)
        if not fresh.graphs():
            raise UsageError("nothing of it could be loaded", "The old store is left as it was")
        made = len(fresh.graphs())
    note(f"{plural(made, 'report')} in {store_place(store)}, made anew; the former store, if any, is beside it as .old")
    return 1 if counts["refused"] else 0


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
