"""What lists, plots and search read: tables and a full-text index made from the store, kept in step with it.

SQLite with FTS5, from Python's standard library: one file, no service, rows replaced report by report, and the same
file answers the lists (filter, sort, page) that would make SPARQL read the whole store. An engine such as Tantivy ranks
faster on tens of millions of texts, but needs a second place for the tables and a binary wheel for each platform.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from auditgraph.store import MEMORY, LoadRecord, Store
from auditgraph.web.live import LiveStore
from auditgraph.web.pages.rows import ReportRows, rows_of

__all__ = ["Catalogue"]

_LOG = logging.getLogger("auditgraph.web")
# Raised whenever the tables, or what goes into them, change: an older file is made anew.
_FORMAT = 2
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
CREATE VIRTUAL TABLE names USING fts5(label, acronym, more, tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE VIRTUAL TABLE words USING fts5(body, tokenize='porter unicode61 remove_diacritics 2');
CREATE TABLE state (version TEXT);
"""
_OF_REPORT = ("audited", "rec", "answers", "mandate", "contradiction")
# Reports that go in together; readers see them all at once.
_BATCH = 50


class Catalogue:
    """The tables of one store; any thread may ask, one thread at a time brings them up to date."""

    def __init__(self, live: LiveStore) -> None:
        """Use the file that belongs to the store's place; a store in memory gets one that goes with the process."""
        self._live = live
        self._local = threading.local()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._version = ""
        self._failed = ""
        self.done = self.total = 0
        self._folder: Any = None
        self._path = self._choose()

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection for reading."""
        found: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if found is None:
            found = sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=10)
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

    @property
    def state(self) -> str:
        """Return some text that changes whenever what the tables hold may have changed."""
        return f"{self._version}:{self.done}"

    @property
    def behind(self) -> bool:
        """Tell whether the store holds something that the tables do not hold yet."""
        return self._version != self._live.version

    def ensure(self, wait: float = 1.5) -> None:
        """Begin to bring the tables up to date where they are not, and wait a little for it."""
        version = self._live.version
        if self._version == version or self._failed == version:
            return
        with self._lock:
            fresh = self._worker is None or not self._worker.is_alive()
            if fresh:
                self._worker = threading.Thread(target=self._follow, name="catalogue", daemon=True)
                self._worker.start()
            worker = self._worker
        # Only who finds it out waits: a long first indexing must not hold up every page.
        if fresh and wait and worker is not None:
            worker.join(wait)

    def _follow(self) -> None:
        version = self._live.version
        try:
            self.update(self._live.store, version)
        except sqlite3.DatabaseError as error:
            _LOG.warning("the index at %s is made anew: %s", self._path, error)
            self._failed = version
            self._discard()
        except Exception as error:
            _LOG.error("the index can't be brought up to date", exc_info=error)
            self._failed = version

    def update(self, store: Store, version: str) -> None:
        """Take in what is new in the store, and drop what is gone from it."""
        records = store.records()
        wanted = {graph: _stamp(record) for graph, record in records.items()}
        writer = sqlite3.connect(self._path, timeout=30)
        try:
            writer.execute("PRAGMA synchronous = OFF")
            have = dict(writer.execute("SELECT iri, stamp FROM report"))
            gone = [iri for iri, stamp in have.items() if wanted.get(iri) != stamp]
            new = [iri for iri, stamp in wanted.items() if have.get(iri) != stamp]
            self.total, self.done = len(wanted), len(wanted) - len(new)
            for start in range(0, len(gone), _BATCH):
                with writer:
                    for iri in gone[start : start + _BATCH]:
                        _drop(writer, iri)
            for start in range(0, len(new), _BATCH):
                batch = [(wanted[iri], rows_of(store, records[iri])) for iri in new[start : start + _BATCH]]
                with writer:
                    for stamp, rows in batch:
                        _drop(writer, rows.iri)  # another process may have been here
                        _add(writer, stamp, rows)
                self.done += len(batch)
            if new or gone:
                with writer:
                    writer.execute("INSERT INTO names (names, rank) VALUES ('rank', 'bm25(3.0, 8.0, 1.0)')")
        finally:
            writer.close()
        self._version = version

    def _choose(self) -> Path:
        if self._live.location != MEMORY:
            from platformdirs import user_cache_path

            name = hashlib.blake2b(str(Path(self._live.location).resolve()).encode(), digest_size=8).hexdigest()
            path = user_cache_path("auditgraph", appauthor=False) / "index" / f"{name}.sqlite"
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _prepare(path)
                return path
            except (OSError, sqlite3.Error) as error:
                _LOG.warning("the index is kept for this run only, %s can't be written: %s", path, error)
        self._folder = tempfile.TemporaryDirectory(prefix="auditgraph-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / "index.sqlite"
        _prepare(path)
        return path

    def _discard(self) -> None:
        with contextlib.suppress(OSError, sqlite3.Error):
            _remove(self._path)
            _prepare(self._path)
            self._local = threading.local()
            self._failed = ""


def _prepare(path: Path) -> None:
    """Make the file where it is not there, or of another format, or damaged."""
    if path.exists():
        try:
            with contextlib.closing(sqlite3.connect(path)) as connection:
                if connection.execute("PRAGMA user_version").fetchone()[0] == _FORMAT:
                    connection.execute("SELECT count(*) FROM state").fetchone()
                    return
        except sqlite3.DatabaseError:
            pass
        _remove(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _stamp(record: LoadRecord) -> str:
    return f"{record.sha256} {record.loaded} {record.loader} {record.ontology} {record.quads}"


def _add(writer: sqlite3.Connection, stamp: str, rows: ReportRows) -> None:
    report = _insert(writer, "report", {"iri": rows.iri, "stamp": stamp, **rows.report})
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


def _drop(writer: sqlite3.Connection, iri: str) -> None:
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
