"""The tables of the catalogue: what is in them, how a report goes in and out, and how they are read.

SQLite with FTS5, from Python's standard library: one file, no service, rows replaced report by report, and the same
file answers the lists (filter, sort, page) that would make SPARQL read the whole store. An engine such as Tantivy ranks
faster on tens of millions of texts, but needs a second place for the tables and a binary wheel for each platform.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from auditgraph.web.pages.rows import ReportRows

__all__ = ["ENTITIES", "Tables", "add", "drop", "prepare", "remove"]

# Raised whenever the tables, or what goes into them, change: an older file is made anew.
_FORMAT = 3
_SCHEMA = """
CREATE TABLE report (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, stamp TEXT, key TEXT, title TEXT, headline TEXT,
  issued TEXT, rating TEXT,
  assignment TEXT, findings INTEGER, recs INTEGER, open INTEGER, contradictions INTEGER, warnings INTEGER);
CREATE INDEX report_issued ON report (issued, key);
CREATE TABLE audited (report INTEGER, thing TEXT, name TEXT);
CREATE INDEX audited_report ON audited (report);
CREATE INDEX audited_thing ON audited (thing, report);
CREATE TABLE rec (id INTEGER PRIMARY KEY, report INTEGER, iri TEXT, number TEXT, place INTEGER, text TEXT,
  importance TEXT, status TEXT, reason TEXT, due TEXT, due_last TEXT, accepted TEXT, officials TEXT);
CREATE INDEX rec_report ON rec (report);
CREATE INDEX rec_status ON rec (status, importance, due_last);
CREATE INDEX rec_due ON rec (due_last);
CREATE TABLE answers (rec INTEGER, report INTEGER, thing TEXT);
CREATE INDEX answers_report ON answers (report);
CREATE INDEX answers_thing ON answers (thing, rec);
CREATE TABLE mandate (report INTEGER, iri TEXT, resolution TEXT, symbol TEXT, entity TEXT, name TEXT, effect TEXT);
CREATE INDEX mandate_report ON mandate (report);
CREATE INDEX mandate_resolution ON mandate (resolution);
CREATE INDEX mandate_entity ON mandate (entity);
CREATE TABLE contradiction (report INTEGER, iri TEXT, kind TEXT, topic TEXT, first TEXT, second TEXT);
CREATE INDEX contradiction_report ON contradiction (report);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, kind TEXT, label TEXT, acronym TEXT, more TEXT, year TEXT,
  reports INTEGER);
CREATE INDEX thing_kind ON thing (kind, reports);
CREATE TABLE said (report INTEGER, thing INTEGER, PRIMARY KEY (report, thing)) WITHOUT ROWID;
CREATE INDEX said_thing ON said (thing, report);
CREATE TABLE place (id INTEGER PRIMARY KEY, report INTEGER, iri TEXT, kind TEXT, name TEXT);
CREATE INDEX place_report ON place (report);
CREATE TABLE drawing (report INTEGER PRIMARY KEY, body BLOB);
CREATE VIRTUAL TABLE names USING fts5(label, acronym, more, tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE VIRTUAL TABLE words USING fts5(body, tokenize='porter unicode61 remove_diacritics 2');
CREATE TABLE state (version TEXT);
"""
# The column in which a query on reports `r` has the names of whom each audited.
ENTITIES = "(SELECT group_concat(a.name, '; ') FROM audited a WHERE a.report = r.id) AS entities"
_OF_REPORT = ("audited", "rec", "answers", "mandate", "contradiction", "drawing")


class Tables:
    """A file of tables, to be read by any thread."""

    def __init__(self, path: Path) -> None:
        """Open nothing yet."""
        self.path = path
        self._local = threading.local()

    def forget(self) -> None:
        """Open the file anew when it is next read."""
        self._local = threading.local()

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection for reading."""
        found: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if found is None:
            found = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=10)
            found.row_factory = sqlite3.Row
            self._local.reader = found
        return found

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Return the rows of a query of our own; values are bound, never written into the text."""
        return self.connection().execute(sql, values).fetchall()

    @contextlib.contextmanager
    def bounded(self, seconds: float) -> Iterator[sqlite3.Connection]:
        """Give the connection, on which a query that takes longer is interrupted (sqlite3.OperationalError)."""
        connection = self.connection()
        end = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > end, 20_000)
        try:
            yield connection
        finally:
            connection.set_progress_handler(None, 0)

    def drawing(self, graph: str, stamp: str | None = None) -> bytes | None:
        """Return the packed drawing of a report (`viz.lean`); None where it, with this stamp, is not in the tables."""
        sql = "SELECT d.body, r.stamp FROM report r JOIN drawing d ON d.report = r.id WHERE r.iri = ?"
        found = self.rows(sql, (graph,))
        return found[0]["body"] if found and stamp in (None, found[0]["stamp"]) else None

    def things(self) -> int:
        """Return how many things there are that a drawing could show."""
        counts = "(SELECT count(*) FROM thing), (SELECT count(*) FROM rec), (SELECT sum(findings) FROM report)"
        return sum(count or 0 for count in self.rows(f"SELECT {counts}")[0])


def prepare(path: Path) -> None:
    """Make the file where it is not there, or of another format, or damaged."""
    if path.exists():
        try:
            with contextlib.closing(sqlite3.connect(path)) as connection:
                if connection.execute("PRAGMA user_version").fetchone()[0] == _FORMAT:
                    connection.execute("SELECT count(*) FROM state").fetchone()
                    return
        except sqlite3.DatabaseError:
            pass
        remove(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")


def remove(path: Path) -> None:
    """Take the file away, with what the engine keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def add(writer: sqlite3.Connection, stamp: str, rows: ReportRows) -> None:
    """Add a report; `stamp` tells later whether it is still the one in the store."""
    report = _insert(writer, "report", {"iri": rows.iri, "stamp": stamp, **rows.report})
    _insert(writer, "drawing", {"report": report, "body": rows.drawing})
    for row in rows.audited:
        _insert(writer, "audited", {"report": report, **row})
    for row in rows.recommendations:
        answers = row.pop("answers")
        rec = _insert(writer, "rec", {"report": report, **row})
        for answering in answers:
            _insert(writer, "answers", {"rec": rec, "report": report, "thing": answering})
    for row in rows.mandates:
        _insert(writer, "mandate", {"report": report, **row})
    for row in rows.contradictions:
        _insert(writer, "contradiction", {"report": report, **row})
    for row in rows.things:
        thing = _thing(writer, row)
        writer.execute("INSERT OR IGNORE INTO said VALUES (?, ?)", (report, thing))
    for row in rows.texts:
        place = _insert(
            writer, "place", {"report": report, "iri": row["iri"], "kind": row["kind"], "name": row["name"]}
        )
        writer.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (place, row["body"]))


def _insert(writer: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    return writer.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values())).lastrowid or 0


def _thing(writer: sqlite3.Connection, row: dict[str, Any]) -> int:
    """Add a report's word on a shared thing; the first label stays, others are kept as further names."""
    found = writer.execute("SELECT id, label, acronym, more FROM thing WHERE iri = ?", (row["iri"],)).fetchone()
    if found is None:
        thing = _insert(writer, "thing", {**row, "more": "", "reports": 1})
        writer.execute("INSERT INTO names (rowid, label, acronym, more) VALUES (?, ?, ?, '')",
                       (thing, row["label"], row["acronym"]))  # fmt: skip
        return thing
    thing, label, acronym, more = found
    acronym = acronym or row["acronym"]
    known = {label, acronym, *more.split("\n")}
    others = [name for name in (row["label"], row["acronym"]) if name and name not in known]
    if (others and len(more) < 1000) or acronym != found[2]:
        more = "\n".join(filter(None, [more, *others]))
        writer.execute("UPDATE names SET acronym = ?, more = ? WHERE rowid = ?", (acronym, more, thing))
    writer.execute("UPDATE thing SET reports = reports + 1, acronym = ?, more = ? WHERE id = ?", (acronym, more, thing))
    return int(thing)


def drop(writer: sqlite3.Connection, iri: str) -> None:
    """Take a report out, and the things that no other speaks of."""
    found = writer.execute("SELECT id FROM report WHERE iri = ?", (iri,)).fetchone()
    if found is None:
        return
    report = found[0]
    things = [row[0] for row in writer.execute("SELECT thing FROM said WHERE report = ?", found)]
    for thing in things:
        writer.execute("UPDATE thing SET reports = reports - 1 WHERE id = ?", (thing,))
        if writer.execute("DELETE FROM thing WHERE id = ? AND reports < 1", (thing,)).rowcount:
            writer.execute("DELETE FROM names WHERE rowid = ?", (thing,))
    writer.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM place WHERE report = ?)", found)
    for table in (*_OF_REPORT, "place", "said"):
        writer.execute(f"DELETE FROM {table} WHERE report = ?", (report,))
    writer.execute("DELETE FROM report WHERE id = ?", (report,))
