"""Bring the tables up to date with a store, here or, where there is much to do, in a process of its own.

    python -m auditgraph.web.pages.indexing STORE FILE

It writes a line for each batch: how many reports the tables hold, and how many there are.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from auditgraph.queries.worker import die_with_parent
from auditgraph.store import MEMORY, LoadRecord, Store, open_store
from auditgraph.web.pages.rows import rows_of
from auditgraph.web.pages.tables import add, drop

__all__ = ["fill", "main", "stamp"]

# Reports that go in together; readers see them all at once.
_BATCH = 50
_DAMAGED = 3
_NICE = 10


def stamp(record: LoadRecord) -> str:
    """Return what tells whether a report in the tables is still the one in the store."""
    return f"{record.sha256} {record.loaded} {record.loader} {record.ontology} {record.quads}"


def fill(path: Path, store: Store, tell: Callable[[int, int], None], here: bool = False) -> None:
    """Take in what is new in a store, the latest reports first, and drop what is gone from it.

    More than a batch is left to a process of its own, unless it is to be `here`: the server answers meanwhile. Raises
    sqlite3.DatabaseError where the file is damaged.
    """
    records = store.records()
    wanted = {graph: stamp(record) for graph, record in records.items() if _is_report(record)}
    writer = sqlite3.connect(path, timeout=30)
    try:
        writer.execute("PRAGMA synchronous = OFF")
        have = dict(writer.execute("SELECT iri, stamp FROM report"))
        gone = [iri for iri, known in have.items() if wanted.get(iri) != known]
        new = sorted((iri for iri in wanted if have.get(iri) != wanted[iri]), reverse=True)
        if len(gone) + len(new) > _BATCH and not here and store.location != MEMORY:
            _elsewhere(path, store.location, tell)
            return
        done = len(wanted) - len(new)
        tell(done, len(wanted))
        for start in range(0, len(gone), _BATCH):
            with writer:
                for iri in gone[start : start + _BATCH]:
                    drop(writer, iri)
        for start in range(0, len(new), _BATCH):
            batch = [(wanted[iri], rows_of(store, records[iri])) for iri in new[start : start + _BATCH]]
            with writer:
                for known, rows in batch:
                    drop(writer, rows.iri)  # another process may have been here
                    add(writer, known, rows)
            done += len(batch)
            tell(done, len(wanted))
        if new or gone:
            with writer:
                writer.execute("INSERT INTO names (names, rank) VALUES ('rank', 'bm25(3.0, 8.0, 1.0)')")
    finally:
        writer.close()


def _is_report(record: LoadRecord) -> bool:
    """Tell a report from the listings and later tables that stand beside it: these are no rows of a list of reports."""
    return not record.base or record.graph.removeprefix(record.base).startswith("report/")


def _elsewhere(path: Path, location: str, tell: Callable[[int, int], None]) -> None:
    command = [sys.executable, "-P", "-m", "auditgraph.web.pages.indexing", location, str(path)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            done, total = line.split()
            tell(int(done), int(total))
    if process.returncode == _DAMAGED:
        raise sqlite3.DatabaseError(f"{path} is damaged")
    if process.returncode:
        raise OSError(f"the process that makes the index ended with {process.returncode}")


def main() -> int:
    """Fill the tables that the command names."""
    die_with_parent()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    location, path = sys.argv[1:]
    try:
        fill(Path(path), open_store(location), lambda done, total: print(done, total, flush=True), here=True)
    except sqlite3.DatabaseError:
        return _DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main())
