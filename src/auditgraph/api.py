"""What scripts use: load reports, ask them, in a few calls."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING, Any

from auditgraph.errors import UsageError
from auditgraph.store import Store, open_store

if TYPE_CHECKING:
    from auditgraph.loading import Loaded

__all__ = ["load", "open_store", "query"]


def load(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]], store: Store, *, force: bool = False
) -> list[Loaded]:
    """Load files, folders or patterns into a store that is open for writing; tell what became of each file.

    Files that are no reports are told as refused and do not stop the others. Raises UsageError where nothing was found.
    """
    from auditgraph.loaders.source import expand
    from auditgraph.loading import in_order, load_files

    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    files = expand([str(path) for path in given])
    if not files:
        raise UsageError(f"no report was found in {', '.join(map(str, given))}")
    return list(load_files(store, in_order(files), force=force))


def query(what: str, store: Store, *, report: str | None = None, **parameters: str) -> list[dict[str, Any]]:
    """Ask a named query, or SPARQL of your own, and return its rows as dictionaries of text; absent is "".

    `report` names one report, in any spelling; `parameters` are those that the named query declares (`entity`,
    `status`). SPARQL of your own runs within the limits of `auditgraph.queries.runner.Limits`. Raises UsageError for
    names that are not known, QueryError for SPARQL that is wrong, refused or cut off.
    """
    import pyoxigraph as ox

    from auditgraph.queries.named import named_query
    from auditgraph.queries.results import Rows, Truth, cell
    from auditgraph.queries.runner import run_named, run_text

    graph = None
    if report is not None:
        found = store.find(report)
        if found is None:
            raise UsageError(f"no report {report} is in {store.location}")
        graph = found.graph
    if not any(c in what for c in " \n\t{"):
        named = named_query(what)
        if unknown := sorted(set(parameters) - set(named.parameters)):
            raise UsageError(f"the query {what} has no parameter {', '.join(unknown)}")
        rows = run_named(store, named, bind={k: ox.Literal(v) for k, v in parameters.items()}, report=graph)
        return [dict(zip(rows.columns, map(cell, row), strict=True)) for row in rows.rows]
    with run_text(store, what, report=graph) as result:
        if isinstance(result, Rows):
            return [dict(zip(result.columns, map(cell, row), strict=True)) for row in result.rows]
        if isinstance(result, Truth):
            return [{"": result.value}]
        return [
            {"subject": cell(t.subject), "predicate": cell(t.predicate), "object": cell(t.object)}
            for t in result.triples
        ]
