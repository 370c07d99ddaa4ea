#!/usr/bin/env python3
"""Set auditgraph up in `.venv` and run it: `python3 tasks.py demo` or `python3 tasks.py test`.

Needs nothing but Python 3.11 or newer with its venv module; what it makes stands in `.venv` and `out`.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
OUT = ROOT / "out"


def main() -> int:
    """Run the task that the command line names."""
    tasks = {"demo": demo, "test": test}
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may run this file
        print("auditgraph needs Python 3.11 or newer; this is " + sys.version.split()[0], file=sys.stderr)
        return 2
    if len(sys.argv) < 2 or sys.argv[1] not in tasks:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return tasks[sys.argv[1]](sys.argv[2:])
    except subprocess.CalledProcessError as error:
        print(f"failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return error.returncode


def demo(_: list[str]) -> int:
    """Load the example reports, answer a query, write the Turtle and the page of the graph."""
    install(".")
    store = ["--store", str(OUT / "store")]
    OUT.mkdir(exist_ok=True)
    auditgraph("load", str(ROOT / "examples"), *store)
    auditgraph("query", "responsibilities", "--status", "open", *store)
    auditgraph("export", "--output", str(OUT / "graph.ttl"), *store)
    auditgraph("view", "--output", str(OUT / "graph.html"), *store)
    print(f"\nThe graph: {OUT / 'graph.ttl'}\nThe page:  {OUT / 'graph.html'} (open it in a browser)")
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests; further arguments go to pytest."""
    install("--editable", ".[test]")
    return subprocess.call([BIN / "python", "-m", "pytest", *arguments], cwd=ROOT)


def install(*what: str) -> None:
    """Make the environment where it is missing and install the project into it."""
    if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
        print(f"making {ENVIRONMENT} ...")
        venv.create(ENVIRONMENT, with_pip=True)
    print("installing auditgraph and what it needs ...")
    subprocess.run([BIN / "python", "-m", "pip", "install", "--quiet", *what], cwd=ROOT, check=True)


def auditgraph(*arguments: str) -> None:
    """Show a command as a user would type it, and run it."""
    print("\n$ auditgraph " + " ".join(a.replace(str(ROOT) + "/", "") for a in arguments), flush=True)
    subprocess.run([BIN / "auditgraph", *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
