"""`auditgraph load`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditgraph.cli.console import fail, note, visible_line, warn
from auditgraph.cli.options import StoreOption
from auditgraph.cli.readers import Readers
from auditgraph.errors import SourceError, UsageError
from auditgraph.naturally import plural

if TYPE_CHECKING:
    from auditgraph.loading import Loaded
    from auditgraph.store import Store

__all__ = ["load", "load_into"]


def load(
    paths: Annotated[list[str], typer.Argument(metavar="FILE_OR_FOLDER...", help="Reports, folders, or patterns.")],
    store: StoreOption = None,
    force: Annotated[bool, typer.Option("--force", help="Load again what is already loaded.")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes that read. [default: one a core]")
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", min=1, metavar="SECONDS", help="Give a file up after so long. [default: 120]"),
    ] = None,
    memory: Annotated[
        int | None,
        typer.Option("--memory", min=256, metavar="MB", help="Memory that reading a file may take. [default: 2048]"),
    ] = None,
    executor: Annotated[
        str | None,
        typer.Option("--executor", metavar="MODULE:FUNCTION", help="Read files in the Executor that this returns."),
    ] = None,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="Read files in the Dask cluster at this address.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="FILE", help="Write what became of each file, as lines of JSON.")
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="IRI", help="Begin the IRIs of the data with this.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> int:
    """Load reports into the store.

    A report that is already there is replaced as a whole; a file that is already there is left alone. Files that
    are no reports are refused one by one, with the reason, and the others are loaded. Graphs that `export` or
    `backup` wrote (.trig, .nq, .ttl, ...) are loaded as they are.

    \b
    Examples:
      auditgraph load report.pdf
      auditgraph load reports/ more/*.docx
      auditgraph load archive/ --jobs 4 --log load.jsonl
      auditgraph load /shared/archive/ --dask tcp://10.0.0.5:8786
      AUDITGRAPH_STORE=/data/audits auditgraph load reports/

    Exit status: 0 when everything was loaded, 1 when anything was refused, 130 when interrupted (what
    was finished is kept; run it again to go on).
    """
    from auditgraph.loaders.source import expand
    from auditgraph.store import MEMORY, open_store, store_place

    if store_place(store) == MEMORY:
        raise UsageError(
            "what is loaded into memory: is gone when the command ends",
            "Name a folder with --store, or ask at once: auditgraph query NAME --load FILE",
        )
    readers = _readers(executor, dask, jobs, timeout, memory)
    files = expand(paths)
    if not files:
        raise UsageError(
            f"no report was found in {', '.join(paths)}", "Reports are .pdf, .docx, .html, .md or .txt files"
        )
    with _log(log) as write:
        opened = open_store(store, write=True)
        counts = load_into(opened, files, base=base, force=force, readers=readers, log=write, quiet=quiet)
    if not quiet:
        note(f"{_summary(counts)}. Store: {opened.location}")
    return 1 if counts["refused"] else 0


def load_into(
    store: Store,
    files: list[Path],
    *,
    base: str | None = None,
    force: bool = False,
    jobs: int | None = None,
    readers: Readers | None = None,
    log: Callable[[Loaded], None] | None = None,
    quiet: bool = False,
) -> Counter[str]:
    """Load files into an open store, tell what happens, and return how many were loaded, unchanged, warned, refused."""
    counts: Counter[str] = Counter(files=len(files))
    with _progress(len(files), quiet) as (advance, tell):
        try:
            for loaded in _outcomes(store, files, base, force, readers or Readers(jobs)):
                counts[loaded.outcome] += 1
                if loaded.warnings and loaded.outcome == "loaded":
                    counts["warned"] += 1
                if log:
                    log(loaded)
                tell(loaded)
                advance(loaded.path)
        except KeyboardInterrupt:
            note(f"{_summary(counts)}; what was finished is in {store.location}: run the command again to go on")
            raise
    return counts


def _outcomes(store: Store, files: list[Path], base: str | None, force: bool, readers: Readers) -> Iterator[Loaded]:
    from auditgraph.iris import DEFAULT_BASE
    from auditgraph.loading import Loaded, Outcome, in_order, load_files
    from auditgraph.restore import is_dump, restore

    reports = in_order(path for path in files if not is_dump(path))
    with readers.open(len(reports)) as executor:
        yield from load_files(store, reports, base=_base(base or DEFAULT_BASE), force=force, executor=executor)
    for path in filter(is_dump, files):
        try:
            yield from restore(store, path)
        except SourceError as error:
            yield Loaded(str(path), Outcome.REFUSED, error=str(error))


def _readers(
    executor: str | None, dask: str | None, jobs: int | None, timeout: float | None, memory: int | None
) -> Readers:
    if executor and dask:
        raise UsageError("--executor and --dask can't be used together")
    if (executor or dask) and (jobs or timeout or memory):
        raise UsageError("--jobs, --timeout and --memory are for this machine", "Set the limits of the cluster itself.")
    return Readers(jobs, timeout, memory, executor, dask)


def _base(base: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(base)
    if parts.scheme not in ("http", "https", "urn") or any(c in base for c in '<>"{}|\\^` \n'):
        raise UsageError(f"--base {base!r} is no IRI", "Give one such as https://example.org/audits/")
    return base if base.endswith(("/", "#", ":")) else base + "/"


def _summary(counts: Counter[str]) -> str:
    return (
        f"{plural(counts['files'], 'file')}: {counts['loaded']} loaded, {counts['unchanged']} unchanged, "
        f"{counts['warned']} with warnings, {counts['refused']} refused"
    )


def _tell(loaded: Loaded) -> None:
    name = Path(loaded.path).name
    if loaded.outcome == "refused":
        # Readers name the file with its folder, the parsers know its name only.
        reason = loaded.error.removeprefix(f"{name}: ")
        fail(reason if loaded.path in reason else f"{loaded.path}: {reason}")
    elif loaded.outcome == "loaded":
        for warning in loaded.warnings:
            warn(f"{name} ({loaded.key}): {warning}")


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[tuple[Callable[[str], None], Callable[[Loaded], None]]]:
    """Show a bar on a terminal where there is something to wait for."""
    import sys

    def silent(loaded: Loaded) -> None:
        if loaded.outcome == "refused":
            _tell(loaded)

    tell = silent if quiet else _tell
    if quiet or total < 2 or not sys.stderr.isatty():
        yield (lambda path: None), tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("load", total=total, file="")

        def advance(path: str) -> None:
            progress.update(task, advance=1, file=Text(visible_line(Path(path).name)).plain[:40])

        yield advance, tell


@contextmanager
def _log(path: Path | None) -> Iterator[Callable[[Loaded], None] | None]:
    if path is None:
        yield None
        return
    import json
    from dataclasses import asdict

    try:
        with path.open("w", encoding="utf-8") as file:

            def write(loaded: Loaded) -> None:
                filled = {name: value for name, value in asdict(loaded).items() if value not in ("", (), 0)}
                print(json.dumps(filled, ensure_ascii=False), file=file, flush=True)

            yield write
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}") from error
