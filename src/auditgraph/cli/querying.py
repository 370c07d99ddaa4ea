"""`auditgraph query`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditgraph.cli.console import output
from auditgraph.cli.options import OutputOption, ReportOption, StoreOption, filled_store, report_of
from auditgraph.errors import AuditgraphError, UsageError
from auditgraph.naturally import plural

if TYPE_CHECKING:
    from auditgraph.queries.named import NamedQuery
    from auditgraph.queries.runner import Limits
    from auditgraph.store import Store

__all__ = ["query", "sparql_of"]


def _names(incomplete: str) -> list[tuple[str, str]]:
    """Complete the name of a query."""
    from auditgraph.queries.named import named_queries

    return [(name, found.title) for name, found in named_queries().items() if name.startswith(incomplete)]


def _forms(incomplete: str) -> list[str]:
    """Complete the name of a form."""
    from auditgraph.queries.formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def query(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME_OR_SPARQL", help="A named query, a .rq file, SPARQL, or - to read it.", autocompletion=_names
        ),
    ] = None,
    report: ReportOption = None,
    entity: Annotated[
        str | None, typer.Option("--entity", metavar="NAME", help="Only this audited entity, by its acronym.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="WORD", help="Only recommendations of this status: open, closed.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORM",
            help="table, csv, tsv, json, markdown, srj, srx; for graphs turtle, ntriples, jsonld, rdfxml.",
            autocompletion=_forms,
        ),
    ] = None,
    out: OutputOption = None,
    store: StoreOption = None,
    load: Annotated[
        list[str] | None,
        typer.Option("--load", metavar="FILE", help="Ask these files instead of a store; may be repeated."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="As the reports stood on a day, month or year: 2031-05-02, 2031."),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", min=0, metavar="SECONDS", help="Stop SPARQL of yours after. [default: 60]"),
    ] = None,
    max_rows: Annotated[
        int, typer.Option("--max-rows", min=0, metavar="N", help="Stop SPARQL of yours after so many rows; 0: never.")
    ] = 1_000_000,
    max_memory: Annotated[
        float,
        typer.Option("--max-memory", min=0, metavar="GIB", help="Stop SPARQL of yours that needs more; 0: never."),
    ] = 4,
    listing: Annotated[bool, typer.Option("--list", "-l", help="List the named queries.")] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print the SPARQL of a named query, to start your own from.")
    ] = False,
) -> int:
    """Ask the reports something.

    Without a name, lists the named queries. SPARQL of yours sees the union of all reports' graphs (`GRAPH ?report
    { ... }` one at a time) and needs no PREFIX lines for the usual vocabularies; it can read and nothing else.

    \b
    Examples:
      auditgraph query
      auditgraph query recommendations --status open
      auditgraph query evidence --report 2031/007 --format csv -o evidence.csv
      auditgraph query recommendations --status open --as-of 2031-12-31
      auditgraph query findings --load report.pdf
      auditgraph query 'SELECT ?report ?title { ?report a ag:AuditReport ; dcterms:title ?title }'
      auditgraph query question.rq --timeout 300 --format json
      auditgraph query --show mandates > mine.rq
    """
    from auditgraph.queries.formats import FORMATS
    from auditgraph.queries.named import named_query

    if form is not None and form not in FORMATS:
        raise UsageError(f"there is no format {form!r}", f"Choose one of {', '.join(FORMATS)}")
    if what is None or listing:
        return _list()
    text = sparql_of(what)
    named = None if text is not None else named_query(what)
    if show:
        print((named.text if named else text or "").rstrip("\n"))
        return 0
    opened = _loaded(load) if load else filled_store(store)
    graph = report_of(opened, report).graph if report else None
    limits = (60 if timeout is None else timeout, max_rows, max_memory)
    with _at(opened, as_of, graph, named) as asked:
        if named is not None:
            parameters = {name: said for name, said in (("entity", entity), ("status", status)) if said is not None}
            return _run_named(asked, named, graph, parameters, form, out, limits if timeout is not None else None)
        if entity is not None or status is not None:
            raise UsageError("--entity and --status are for named queries", "Say it in your SPARQL")
        return _run_text(asked, text or "", graph, form, out, limits)


@contextmanager
def _at(store: Store, when: str | None, graph: str | None, named: NamedQuery | None) -> Iterator[Store]:
    """Give the store, or the store as of a date."""
    if when is None:
        yield store
        return
    from auditgraph.asof import as_of
    from auditgraph.queries.runner import later_graphs

    later = later_graphs(store, graph) if graph is not None and named is not None and named.later else []
    with as_of(store, when, None if graph is None else [graph, *later]) as then:
        yield then


def sparql_of(what: str) -> str | None:
    """Return SPARQL from standard input, a file or the argument itself; None where it can only be a name."""
    try:
        if what == "-":
            return sys.stdin.read()
        if what.endswith((".rq", ".sparql")) or (len(what) < 4096 and "\n" not in what and Path(what).is_file()):
            return Path(what).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{what} can't be read: {getattr(error, 'strerror', None) or error}") from error
    return what if any(c in what for c in " \n\t{") else None


def _list() -> int:
    from auditgraph.queries.named import named_queries

    queries = named_queries()
    width = max(map(len, queries), default=0)
    for found in queries.values():
        print(f"{found.name:{width}}  {found.title}")
        options = "".join(f"  --{name}" for name in found.parameters if name in ("entity", "status"))
        print(f"{'':{width}}  {', '.join(found.columns)}{options}")
    print("\nAsk one:  auditgraph query NAME [--report NUMBER] [--format csv]")
    return 0


def _loaded(paths: list[str]) -> Store:
    from auditgraph.cli.loading import load_into
    from auditgraph.loaders.source import expand
    from auditgraph.store import MEMORY, open_store

    memory = open_store(MEMORY, write=True)
    counts = load_into(memory, expand(paths), jobs=1, quiet=True)
    if counts["refused"] or not memory.graphs():
        raise AuditgraphError(f"{counts['refused']} of {plural(counts['files'], 'file')} could not be loaded")
    return memory


def _run_named(
    store: Store,
    named: NamedQuery,
    graph: str | None,
    parameters: dict[str, str],
    form: str | None,
    out: Path | None,
    limits: tuple[float, int, float] | None,
) -> int:
    import pyoxigraph as ox

    from auditgraph.queries.formats import write
    from auditgraph.queries.runner import run_named
    from auditgraph.queries.words import known_word

    for name in parameters:
        if name not in named.parameters:
            able = [f"--{known}" for known in named.parameters] or ["--report"]
            raise UsageError(f"the query {named.name} has no --{name}", f"It has {', '.join(able)}")
    bind = {name: ox.Literal(known_word(store, name, said)) for name, said in parameters.items()}
    with _killable():
        rows = run_named(store, named, bind=bind, report=graph, limits=_limits(limits) if limits else None)
    with output(out) as stream:
        write(rows, form, stream, terminal=out is None and sys.stdout.isatty())
    return 0


def _limits(said: tuple[float, int, float]) -> Limits:
    from auditgraph.queries.runner import Limits

    seconds, rows, gibibytes = said
    return Limits(seconds, rows, int(gibibytes * 1024**3))


@contextmanager
def _killable() -> Iterator[None]:
    """Let Ctrl-C end the process at once: the engine does not hear it while it works, and only reads here."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _run_text(
    store: Store, text: str, graph: str | None, form: str | None, out: Path | None, limits: tuple[float, int, float]
) -> int:
    from auditgraph.queries.formats import write
    from auditgraph.queries.runner import run_text

    with run_text(store, text, limits=_limits(limits), report=graph) as result, output(out) as stream:
        try:
            write(result, form, stream, terminal=out is None and sys.stdout.isatty())
        except AuditgraphError:
            stream.flush()
            raise
    return 0
