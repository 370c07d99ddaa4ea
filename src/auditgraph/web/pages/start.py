"""The first page: what is loaded, and the plots that people ask for first."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from auditgraph.web.pages.catalogue import Catalogue
from auditgraph.web.pages.pages import Pages, address, today
from auditgraph.web.pages.tables import ENTITIES

__all__ = ["Bar", "Column", "columns", "routes"]

_IMPORTANCES = ("critical", "high", "important", "medium", "low", "opportunity", "")
_STATUSES = ("open", "closed", "")
_ENTITIES = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: parts are (kind, count, address), with where each begins and how wide it is, of 100."""

    label: str
    href: str
    total: int
    parts: tuple[tuple[str, int, str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a time line: parts from the bottom, as (kind, count, address, top, height) in pixels."""

    label: str
    href: str
    total: int
    parts: tuple[tuple[str, int, str, float, float], ...]


def _bars(rows: list[tuple[str, str, list[tuple[str, int, str]]]]) -> list[Bar]:
    most = max((sum(count for _, count, _ in parts) for _, _, parts in rows), default=0) or 1
    bars = []
    for label, href, parts in rows:
        at, placed = 0.0, []
        for kind, count, where in parts:
            if count:
                width = 100 * count / most
                placed.append((kind, count, where, round(at, 3), round(width, 3)))
                at += width
        bars.append(Bar(label, href, sum(count for _, count, _ in parts), tuple(placed)))
    return bars


def columns(rows: list[tuple[str, str, list[tuple[str, int, str]]]], height: float = 150) -> list[Column]:
    """Return columns as high as their counts.

    >>> columns([("2020", "/x", [("open", 1, "/y"), ("closed", 3, "/z")])], 100)[0].parts
    (('open', 1, '/y', 75.0, 25.0), ('closed', 3, '/z', 0.0, 75.0))
    """
    most = max((sum(count for _, count, _ in parts) for _, _, parts in rows), default=0) or 1
    made = []
    for label, href, parts in rows:
        top, placed = height, []
        for kind, count, where in parts:
            if count:
                size = max(height * count / most, 1.5)
                top -= size
                placed.append((kind, count, where, round(top, 2), round(size, 2)))
        made.append(Column(label, href, sum(count for _, count, _ in parts), tuple(placed)))
    return made


def _status(catalogue: Catalogue) -> list[Bar]:
    counts = {(row[0], row[1]): row[2] for row in
              catalogue.rows("SELECT importance, status, count(*) FROM rec GROUP BY 1, 2")}  # fmt: skip
    known = [*_IMPORTANCES, *sorted({importance for importance, _ in counts} - set(_IMPORTANCES))]
    rows = []
    for importance in known:
        where = {"importance": importance or "none"}
        parts = [
            (status or "unsaid", counts.get((importance, status), 0),
             address("/recommendations", {**where, "status": status or "none"}))
            for status in _STATUSES
        ]  # fmt: skip
        if any(count for _, count, _ in parts):
            rows.append((importance or "not said", address("/recommendations", where), parts))
    return _bars(rows)


def _due(catalogue: Catalogue, day: str) -> tuple[list[Column], int, int, int]:
    rows = catalogue.rows(
        "SELECT substr(due_last, 1, 4), sum(due_last < ?), sum(due_last >= ?) FROM rec "
        "WHERE status = 'open' GROUP BY 1",
        (day, day),
    )
    counts = {row[0]: (row[1], row[2]) for row in rows}
    missing = sum(counts.pop("", (0, 0)))
    made = []
    years = [int(year) for year in counts if year.isdecimal()]
    for year in _years(years):
        late, coming = counts.get(year, (0, 0))
        href = address("/recommendations", {"status": "open", "due": year})
        made.append((year, href, [("late", late, href), ("coming", coming, href)]))
    late = sum(count for count, _ in counts.values())
    return columns(made), late, sum(count for _, count in counts.values()), missing


def _years(years: list[int]) -> list[str]:
    """Return all years from the first to the last, at most sixty up to the last."""
    return [str(year) for year in range(max(min(years), max(years) - 60), max(years) + 1)] if years else []


def _entities(catalogue: Catalogue, pages: Pages) -> list[Bar]:
    rows = catalogue.rows(
        """SELECT a.thing, max(a.name), count(DISTINCT c.id),
             count(DISTINCT CASE WHEN c.importance = 'critical' THEN c.id END)
           FROM rec c JOIN audited a ON a.report = c.report WHERE c.status = 'open' GROUP BY a.thing
           ORDER BY 3 DESC, 2 LIMIT ?""",
        (_ENTITIES,),
    )
    made = []
    for thing, name, total, critical in rows:
        where = {"status": "open", "entity": pages.site.local(thing)}
        made.append((name, pages.site.local(thing), [
            ("critical", critical, address("/recommendations", {**where, "importance": "critical"})),
            ("others", total - critical, address("/recommendations", {**where, "importance": "not critical"})),
        ]))  # fmt: skip
    return _bars(made)


def _resolutions(catalogue: Catalogue) -> list[Column]:
    rows = catalogue.rows(
        """SELECT substr(year, 1, 4), sum(label LIKE 'S/%'), sum(label NOT LIKE 'S/%') FROM thing
           WHERE kind = 'resolution' AND year <> '' GROUP BY 1"""
    )
    counts = {row[0]: (row[1], row[2]) for row in rows}
    made = []
    for year in _years([int(year) for year in counts if year.isdecimal()]):
        council, assembly = counts.get(year, (0, 0))
        href = f"/resolutions?year={year}"
        made.append((year, href, [("council", council, href), ("assembly", assembly, href)]))
    return columns(made, 110)


def routes(pages: Pages) -> list[BaseRoute]:
    """Return the route of the first page."""

    def start(request: Request) -> Response:
        if known := pages.known(request):
            return known
        catalogue = pages.catalogue
        day = today()
        counts: dict[str, int] = dict(map(tuple, catalogue.rows("SELECT kind, count(*) FROM thing GROUP BY 1")))
        totals = catalogue.rows(
            """SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM rec),
                 (SELECT count(*) FROM rec WHERE status = 'open'), (SELECT count(*) FROM rec WHERE status = 'closed'),
                 (SELECT count(*) FROM rec WHERE status = 'open' AND importance = 'critical'),
                 (SELECT count(*) FROM contradiction), (SELECT min(issued) FROM report WHERE issued <> ''),
                 (SELECT max(issued) FROM report)"""
        )[0]
        due, late, coming, undated = _due(catalogue, day)
        newest = catalogue.rows(f"SELECT r.*, {ENTITIES} FROM report r ORDER BY issued DESC, key DESC LIMIT 6")
        return pages.answer(
            request, "pages/start.html.j2", counts=counts, totals=totals, shares=_status(catalogue), due=due, late=late,
            coming=coming, undated=undated, entities=_entities(catalogue, pages), resolutions=_resolutions(catalogue),
            newest=newest, today=day, behind=catalogue.behind, done=catalogue.done, all=catalogue.total,
        )  # fmt: skip

    return [Route("/", start, name="start")]
