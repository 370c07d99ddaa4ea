"""Former versions of reports: kept packed, where no query about reports meets them, and the store as of a date.

A version that a newer one took the place of is one node of the graph HISTORY_GRAPH: the fields of its load record,
when it was replaced, and its graph as compressed N-Quads in one literal. So it moves with every engine, every
backup and every transaction, and what reports say today is all that ordinary queries can see.
"""

from __future__ import annotations

import base64
import calendar
import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import pyoxigraph as ox

from auditgraph.errors import StoreError, UsageError
from auditgraph.ontology.namespaces import DCTERMS
from auditgraph.store.base import GraphData, LoadRecord, Store
from auditgraph.store.records import NAMESPACE, field_iri, records_of, to_quads

__all__ = ["HISTORY_GRAPH", "Version", "end_of", "filled", "keeps", "light_versions", "pack", "said_in", "valid",
           "versions_of"]  # fmt: skip

HISTORY_GRAPH = ox.NamedNode("https://w3id.org/auditgraph/store/history")
_UNTIL = field_iri("until")
_SAID = field_iri("said")
_PACKED = field_iri("packed")
_BASE64 = ox.NamedNode("http://www.w3.org/2001/XMLSchema#base64Binary")
_DATE_TIME = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
_WHEN = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?|\d{4}-Q[1-4]")


@dataclass(frozen=True, slots=True)
class Version:
    """A former version of a report: its record, when it was replaced, and its packed graph.

    `said` is the date that it gives as its own, where that was kept; `node` its IRI in the history.
    """

    record: LoadRecord
    until: str
    packed: str
    said: str = ""
    node: str = ""

    @property
    def nquads(self) -> bytes:
        """Return the graph as N-Quads."""
        return gzip.decompress(base64.b64decode(self.packed))

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the quads of the graph."""
        yield from ox.parse(self.nquads, format=ox.RdfFormat.N_QUADS)

    @property
    def data(self) -> GraphData:
        """Return the version as it would go into a store."""
        return GraphData(self.record, self.nquads)


def keeps(old: LoadRecord | None, new: LoadRecord) -> bool:
    """Tell whether a version is to be kept when another takes its place.

    It is where the newer comes from another file: the same file read by a newer auditgraph says nothing new, nor does
    another file of one run that holds the same report.
    """
    return old is not None and bool(old.sha256) and old.sha256 != new.sha256 and old.sha256 not in new.superseded


def pack(old: LoadRecord, quads: Iterable[ox.Quad], until: str) -> list[ox.Quad]:
    """Return a version that goes as quads of the history."""
    kept = list(quads)
    lines = sorted(f"{quad} .\n" for quad in kept)
    packed = base64.b64encode(gzip.compress("".join(lines).encode(), mtime=0)).decode()
    subject = ox.NamedNode(f"{old.graph}#version-{old.loaded or 'unknown'}-{old.sha256[:12]}")
    made = [ox.Quad(subject, quad.predicate, quad.object, HISTORY_GRAPH) for quad in to_quads(old)]
    made.append(ox.Quad(subject, _PACKED, ox.Literal(packed, datatype=_BASE64), HISTORY_GRAPH))
    if said := said_in(old.graph, kept):
        made.append(ox.Quad(subject, _SAID, ox.Literal(said), HISTORY_GRAPH))
    if until:
        made.append(
            ox.Quad(subject, _UNTIL, ox.Literal(until.replace("+00:00", "Z"), datatype=_DATE_TIME), HISTORY_GRAPH)
        )
    return made


def versions_of(quads: Iterable[ox.Quad], *, whole: bool = True) -> list[Version]:
    """Return the versions that the quads of the history tell, the oldest first; `whole` ones have their graph."""
    nodes: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        nodes.setdefault(str(quad.subject), []).append(quad)
    found = []
    for node, told in nodes.items():
        records = records_of(told)
        said = {quad.predicate.value.removeprefix(NAMESPACE): quad.object.value for quad in told}  # type: ignore[union-attr]
        if records and ("packed" in said or not whole):
            packed, until, date = (said.get(name, "") for name in ("packed", "until", "said"))
            found.append(Version(records[0], until, packed, date, node.strip("<>")))
    return sorted(found, key=lambda version: (version.record.graph, version.until, version.record.loaded))


def light_versions(store: Store) -> list[Version]:
    """Return the versions that a store keeps, the oldest first, without their graphs."""
    answer = store.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {HISTORY_GRAPH} {{ ?s ?p ?o }} FILTER(?p != {_PACKED}) }}")
    assert isinstance(answer, ox.QuerySolutions)
    return versions_of((ox.Quad(s, p, o, HISTORY_GRAPH) for s, p, o in answer), whole=False)


def filled(store: Store, version: Version) -> Version:
    """Return a version with its graph."""
    if version.packed:
        return version
    answer = store.query(f"SELECT ?o WHERE {{ GRAPH {HISTORY_GRAPH} {{ <{version.node}> {_PACKED} ?o }} }}")
    assert isinstance(answer, ox.QuerySolutions)
    packed = [solution[0].value for solution in answer if isinstance(solution[0], ox.Literal)]
    if not packed:
        raise StoreError(f"{store.location} has lost a version of {version.record.key}", "Try again")
    return replace(version, packed=packed[0])


def said_in(graph: str, quads: Iterable[ox.Quad]) -> str:
    """Return the date that a report gives as its own, as printed; nothing where it gives none."""
    dates = [
        quad.object.value
        for quad in quads
        if quad.predicate == DCTERMS.issued
        and isinstance(quad.object, ox.Literal)
        and str(quad.subject) == f"<{graph}>"
    ]
    return min(dates, default="")


# Reports are of the same days again and again.
@lru_cache(maxsize=8192)
def end_of(when: str) -> str:
    """Return the last moment of a day, month, quarter or year, comparable as text; raises UsageError for no date.

    >>> end_of("2031-02"), end_of("2031-Q2"), end_of("2031-05-02T10:00")
    ('2031-02-28T23:59:59', '2031-06-30T23:59:59', '2031-05-02T10:00:59')
    """
    if not _WHEN.fullmatch(when):
        raise UsageError(f"{when!r} is no date", "Give one as 2031-05-02, 2031-05, 2031 or 2031-05-02T10:00:00")
    if "T" in when:
        from datetime import UTC, datetime

        try:
            moment = datetime.fromisoformat(when)
        except ValueError as error:
            raise UsageError(f"{when!r} is no time: {error}") from error
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        if len(when) == 16:
            moment = moment.replace(second=59)
        return moment.isoformat(timespec="seconds")
    year, month, day = int(when[:4]), 12, 0
    if "Q" in when:
        month = int(when[-1]) * 3
    elif len(when) >= 7:
        month = int(when[5:7])
    if not 1 <= month <= 12 or year < 1:
        raise UsageError(f"{when!r} is no date")
    last = calendar.monthrange(year, month)[1]
    day = int(when[8:10]) if len(when) == 10 else last
    if not 1 <= day <= last:
        raise UsageError(f"{when!r} is no date")
    return f"{year:04}-{month:02}-{day:02}T23:59:59"


def valid(versions: Iterable[tuple[str, str]], when: str) -> int | None:
    """Return which of a report's versions, oldest first, was the word at a time; None for none.

    A version is what it says of its own date and when it was loaded. It holds from its own date on (from its
    loading where it has none), unless a version before it has that date or a later one: then from its loading.

    >>> versions = [("2031-05-02", "2040-01-01T10:00:00Z"), ("2031-05-02", "2040-03-01T10:00:00Z")]
    >>> [valid(versions, day) for day in ("2031-05-01", "2032", "2040-02", "2040-03-01")]
    [None, 0, 0, 1]
    """
    asked = end_of(when)
    best: int | None = None
    latest = ""
    for i, (said, loaded) in enumerate(versions):
        start = end_of(said) if said else end_of(loaded) if loaded else ""
        if best is not None or latest:
            start = start if said and start > latest else (end_of(loaded) if loaded else latest)
        if start <= asked:
            best = i
        latest = max(latest, end_of(said) if said else "")
    return best
