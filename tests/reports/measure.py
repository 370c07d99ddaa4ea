"""Measure the program on the invented reports: recall and precision of each query, in any form.

    measure.py [--form pdf] [--torn SEED] [--show] [--only QUERY[,QUERY]] [NAME ...]

Each report is rendered into a temporary folder and loaded into a store of its own; the queries are asked on the
command line, as a user does.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from fictional import COLUMNS, EXPECTED, FORMS, SUFFIXES, Source, names, read, render, torn, worn_answer
from fictional.judge import Verdict, judge


def ask(command: list[str], store: Path, *arguments: str) -> str:
    """Run the program on a store and return what it prints; exit status other than 0 raises RuntimeError."""
    environment = {**os.environ, "AUDITGRAPH_STORE": str(store)}
    run = subprocess.run([*command, *arguments], capture_output=True, text=True, env=environment)
    if run.returncode:
        raise RuntimeError((run.stderr or run.stdout).strip()[-300:])
    return run.stdout


def measure(source: Source, form: str, command: list[str], queries: list[str]) -> dict[str, Verdict]:
    """Load one report in one form and judge what the queries answer."""
    verdicts = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{source.name}{SUFFIXES.get(form, '.txt')}"
        file.write_bytes(render(source, form))
        store = Path(folder) / "store"
        ask(command, store, "load", str(file))
        for query in queries:
            answer = ask(command, store, "query", query, "--report", source.key, "--format", "csv")
            _, *rows = csv.reader(io.StringIO(answer)) if answer else [[]]
            verdicts[query] = judge(EXPECTED / source.name, query, rows, worn_answer if form == "worn" else str)
    return verdicts


def main() -> int:
    """Print a line a query and the totals; with --show what was missed and what is wrong."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    cli.add_argument("--form", choices=FORMS, default="converted")
    cli.add_argument("--torn", type=int, metavar="SEED", help="tear pages elsewhere")
    cli.add_argument("--only", default=",".join(COLUMNS), help="queries, parted by commas")
    cli.add_argument("--show", action="store_true")
    cli.add_argument("--command", default=str(Path(sys.executable).with_name("auditgraph")))
    told = cli.parse_args()
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for name in told.names or names():
        source = read(name) if told.torn is None else torn(read(name), told.torn)
        try:
            verdicts = measure(source, told.form, told.command.split(), told.only.split(","))
        except RuntimeError as error:
            print(f"{name}: {error}")
            continue
        for query, verdict in verdicts.items():
            for index, number in enumerate((len(verdict.missed), verdict.required, len(verdict.wrong), verdict.given)):
                sums[query][index] += number
                sums["all"][index] += number
            if told.show:
                for label, rows in (("missed", verdict.missed), ("wrong", verdict.wrong)):
                    for row in rows:
                        print(f"{name} {query} {label}: {' | '.join(row[1:])[:220]}")
    for query, (missed, required, wrong, given) in sums.items():
        recall, precision = 1 - missed / max(required, 1), 1 - wrong / max(given, 1)
        print(f"{query:22} recall {recall:5.3f} ({required - missed}/{required})", end="  ")
        print(f"precision {precision:5.3f} ({given - wrong}/{given})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
