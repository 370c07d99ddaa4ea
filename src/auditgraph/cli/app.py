"""The commands put together, and every error made one clean line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from auditgraph.cli import exporting, loading, looking, managing, querying, serving
from auditgraph.cli.console import fail
from auditgraph.errors import AuditgraphError, UsageError

__all__ = ["app", "pipe_closed", "run"]

app = typer.Typer(
    name="auditgraph",
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# The order in which somebody new needs them.
for command in (
    loading.load, querying.query, exporting.export, looking.view, serving.serve, looking.check, managing.reports,
    managing.remove, managing.backup, managing.restore, managing.copy, managing.rebuild, managing.info,
):  # fmt: skip
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        from auditgraph import __version__

        print(f"auditgraph {__version__}")
        raise typer.Exit


@app.callback()
def auditgraph(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
) -> None:
    """A knowledge graph of the audit reports of the United Nations.

    Load reports (PDF, DOCX, HTML, text), ask what they say, follow every fact to the words it rests on.

    \b
      auditgraph load reports/              read reports into the store
      auditgraph query                      list the questions that have names
      auditgraph query recommendations      ask one of them
      auditgraph view -o graph.html         draw the graph, to open in a browser
      auditgraph serve                      read, search and ask in the browser
      auditgraph export -o all.ttl          take the graph elsewhere

    The store is a folder: --store FOLDER, or the environment's AUDITGRAPH_STORE, or the user's data folder.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the app on arguments and return the exit status; errors are told in one line on standard error."""
    # Typer's own class of everything that is wrong with a command line, private by its name only.
    problem: Any = typer.BadParameter.__mro__[2]
    debug = "--debug" in arguments
    try:
        result = app([word for word in arguments if word != "--debug"], prog_name="auditgraph", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except problem as error:
        if not error.format_message():  # no arguments at all: the help was shown
            return 0
        fail(error.format_message(), _try_help(error))
        return 2
    except typer.Abort:
        return _interrupted()
    except KeyboardInterrupt:
        return _interrupted()
    except SystemExit as ended:
        # Typer's answer to a reader that went away is status 1, which would say that the command failed.
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        return pipe_closed()
    except AuditgraphError as error:
        if debug:
            raise
        fail(str(error), getattr(error, "excerpt", ""))
        return 2 if isinstance(error, UsageError) else 1
    except MemoryError:
        fail("there is not enough memory for this")
        return 1
    except Exception as error:
        if debug:
            raise
        fail(f"{type(error).__name__}: {error}. This is a fault of auditgraph: run it with --debug and report it")
        return 1


def _try_help(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "auditgraph"
    return f"See: {path} --help"


def pipe_closed() -> int:
    """Say by the status that the reader of our output went away (as the shell says of SIGPIPE), and nothing more."""
    # What is still buffered would be flushed at exit, with a warning.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def _interrupted() -> int:
    fail("interrupted")
    return 130
