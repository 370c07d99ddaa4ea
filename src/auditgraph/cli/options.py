"""Options that several commands share, and what is done with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditgraph.cli.console import warn
from auditgraph.errors import StoreError, UsageError
from auditgraph.naturally import plural

if TYPE_CHECKING:
    from auditgraph.store import LoadRecord, Store

__all__ = ["OutputOption", "ReportOption", "StoreOption", "filled_store", "report_of"]


def _reports(incomplete: str) -> list[str]:
    """Complete the number of a report."""
    from auditgraph.store import open_store

    try:
        keys = [record.key for record in open_store().records().values()]
    except StoreError:
        return []
    return [key for key in keys if key.startswith(incomplete)]


StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="FOLDER",
        help="The store: a folder, or sparql:URL. [default: AUDITGRAPH_STORE, else a user folder]",
    ),
]
ReportOption = Annotated[
    str | None,
    typer.Option(
        "--report",
        "-r",
        metavar="NUMBER",
        help="Only this report: 2031/007, 2031-007, an assignment number, or its IRI.",
        autocompletion=_reports,
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file. [default: standard output]")
]


def filled_store(place: str | None, *, write: bool = False) -> Store:
    """Open a store that must hold reports; say it where they were made by another version of the ontology."""
    from auditgraph.ontology.namespaces import VERSION
    from auditgraph.store import MEMORY, open_store, store_place

    if store_place(place) == MEMORY:
        raise UsageError(
            "a store in memory: is empty at every start", "Name a folder, or: auditgraph query --load FILE"
        )
    store = open_store(place, write=write)
    if not store.graphs():
        raise StoreError(f"no report is in the store {store.location}", "Load some: auditgraph load FILE_OR_FOLDER")
    broken = store.broken_off() if hasattr(store, "broken_off") else []
    if broken:
        names = ", ".join(graph.rpartition("/")[2] for graph in broken[:5])
        warn(f"writing to {store.location} was broken off at {names}: the next auditgraph load puts that right")
    stale = sorted(store.ontologies() - {VERSION})
    if stale:
        warn(
            f"some reports of {store.location} were made with ontology {', '.join(stale)}, this is {VERSION}: "
            "load their files again (auditgraph load FILES)"
        )
    return store


def report_of(store: Store, said: str) -> LoadRecord:
    """Return the record of the report that a user named; raises UsageError with the numbers that are close."""
    from auditgraph.queries.named import closest

    found = store.find(said)
    if found is not None:
        return found
    keys = [record.key for record in store.records().values()]
    near = closest(said, keys)
    hint = f"Did you mean {' or '.join(near)}?" if near else "See what is loaded: auditgraph reports"
    raise UsageError(f"no report {said} is among the {plural(len(keys), 'report')} of {store.location}", hint)
