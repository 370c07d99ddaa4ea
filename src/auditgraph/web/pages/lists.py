"""Lists that sort, filter and page, each with its CSV: what every bar of a plot links to."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from auditgraph.web.pages.pages import KIND_WORDS, Pages, address, page_number, today
from auditgraph.web.pages.tables import ENTITIES

__all__ = ["LISTS", "Listing", "routes"]

_PAGE = 50
_DEEPEST = 10_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: `filters` are conditions by parameter, with one `?` each; `sorts` the orders, the first is the default.

    `choices` are filters offered as a menu, by the expression whose values are offered.
    """

    path: str
    title: str
    lead: str
    template: str
    select: str
    tables: str
    filters: Mapping[str, str]
    sorts: Mapping[str, str]
    columns: tuple[str, ...]
    choices: Mapping[str, str] = field(default_factory=dict)
    special: Mapping[str, Callable[[str], tuple[str, tuple[str, ...]] | None]] = field(default_factory=dict)


_ENTITY = "EXISTS (SELECT 1 FROM audited a WHERE a.report = r.id AND a.thing = ?)"
_NAMING = "EXISTS (SELECT 1 FROM said s JOIN thing t ON t.id = s.thing WHERE s.report = r.id AND t.iri = ?)"
_WEIGHT = "CASE c.importance WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'important' THEN 2 WHEN 'medium' THEN 3 "
_WEIGHT += "WHEN 'low' THEN 4 ELSE 5 END"


def _due(said: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the condition for `overdue`, `coming`, `none`, or a year."""
    if said == "overdue":
        return "c.due_last <> '' AND c.due_last < ? AND c.status = 'open'", (today(),)
    if said == "coming":
        return "c.due_last >= ?", (today(),)
    if said == "none":
        return "c.due_last = ''", ()
    if len(said) == 4 and said.isdecimal():
        return "c.due_last BETWEEN ? AND ?", (f"{said}-01-01", f"{said}-12-31")
    return None


def _absent(column: str) -> Callable[[str], tuple[str, tuple[str, ...]] | None]:
    """Return a filter in which `none` means that the report does not say, and `not x` anything but x."""

    def made(said: str) -> tuple[str, tuple[str, ...]]:
        if said.startswith("not "):
            return f"{column} <> ?", (said.removeprefix("not "),)
        return f"{column} = ?", ("" if said == "none" else said,)

    return made


LISTS = {
    listing.path: listing
    for listing in (
        Listing(
            "/reports", "Reports", "Every report of the store, the newest first.", "pages/reports.html.j2",
            f"r.*, {ENTITIES}", "report r",
            {"entity": _ENTITY,
             "year": "substr(r.issued, 1, 4) = ?", "rating": "r.rating = ?",
             "names": _NAMING},
            {"-issued": "r.issued DESC, r.key DESC", "issued": "r.issued, r.key", "key": "r.key", "-key": "r.key DESC",
             "entity": "entities, r.issued DESC", "-open": "r.open DESC, r.issued DESC",
             "-contradictions": "r.contradictions DESC, r.issued DESC", "title": "r.title"},
            ("key", "title", "entities", "issued", "rating", "findings", "recs", "open", "contradictions", "iri"),
            {"year": "substr(r.issued, 1, 4)", "rating": "r.rating"},
        ),
        Listing(
            "/recommendations", "Recommendations",
            "Importance, status and date as the status annex of each report gives them.",
            "pages/recommendations.html.j2",
            f"c.*, r.key, r.iri AS report_iri, r.title, r.issued, {ENTITIES}",
            "rec c JOIN report r ON r.id = c.report",
            {"entity": _ENTITY, "report": "r.iri = ?", "reason": "c.reason = ?", "accepted": "c.accepted = ?",
             "post": "EXISTS (SELECT 1 FROM answers n WHERE n.rec = c.id AND n.thing = ?)"},
            {"importance": f"{_WEIGHT}, c.due_last = '', c.due_last, r.key, c.place",
             "-issued": "r.issued DESC, r.key DESC, c.place", "issued": "r.issued, r.key, c.place",
             "due": "c.due_last = '', c.due_last, r.key, c.place", "-due": "c.due_last DESC, r.key, c.place",
             "entity": "entities, r.key, c.place", "status": "c.status DESC, r.key, c.place"},
            ("key", "number", "text", "importance", "status", "reason", "due", "accepted", "officials",
             "entities", "iri"),
            {"status": "c.status", "importance": "c.importance"},
            {"due": _due, "status": _absent("c.status"), "importance": _absent("c.importance")},
        ),
        Listing(
            "/contradictions", "Contradictions",
            "Places where a report says two things: annex against appendix, body against annex, sums and percentages.",
            "pages/contradictions.html.j2",
            f"d.*, r.key, r.iri AS report_iri, r.title, r.issued, {ENTITIES}",
            "contradiction d JOIN report r ON r.id = d.report",
            {"kind": "d.kind = ?", "entity": _ENTITY, "report": "r.iri = ?"},
            {"-issued": "r.issued DESC, r.key DESC, d.topic", "kind": "d.kind, r.issued DESC",
             "issued": "r.issued, r.key"},
            ("key", "kind", "topic", "first", "second", "entities", "iri"),
            {"kind": "d.kind"},
        ),
        *(
            Listing(
                where, plural, f"{plural} that the reports name, those of most reports first.", "pages/names.html.j2",
                "t.*", "thing t", {"year": "t.year LIKE ? || '%'", "letter": "t.label LIKE ? || '%'"},
                {"-reports": "t.reports DESC, t.label COLLATE NOCASE", "name": "t.label COLLATE NOCASE",
                 "-name": "t.label COLLATE NOCASE DESC", "year": "t.year, t.label", "-year": "t.year DESC, t.label"},
                ("label", "acronym", "year", "reports", "iri"),
            )
            for kind, (_, plural, where) in KIND_WORDS.items()
            if where and kind not in ("report", "recommendation")
        ),
    )
}  # fmt: skip
_KIND_OF = {where: kind for kind, (_, _, where) in KIND_WORDS.items()}
# Filters whose value is a thing, given by its path on this server.
_THINGS = ("entity", "post", "report", "names")


@dataclass(slots=True)
class _Asked:
    where: str
    values: list[str]
    said: dict[str, str]
    sort: str


def _asked(pages: Pages, listing: Listing, request: Request) -> _Asked:
    """Return the condition that a request asks for; parameters that the list does not know are passed over."""
    conditions, values, said = [], [], {}
    if listing.template == "pages/names.html.j2":
        conditions.append("t.kind = ?")
        values.append(_KIND_OF[listing.path])
    for name in dict.fromkeys((*listing.filters, *listing.special)):
        value = request.query_params.get(name, "").strip()[:500]
        if not value:
            continue
        if made := listing.special.get(name):
            found = made(value)
            if found is None:
                continue
            conditions.append(found[0])
            values.extend(found[1])
        else:
            conditions.append(listing.filters[name])
            values.append(pages.site.iri(value) if name in _THINGS else value)
        said[name] = value
    sort = request.query_params.get("sort", "")
    sort = sort if sort in listing.sorts else next(iter(listing.sorts))
    return _Asked(" AND ".join(conditions) or "1", values, said, sort)


def routes(pages: Pages) -> list[BaseRoute]:
    """Return the routes of the lists and of their CSV."""

    def show(request: Request) -> Response:
        if known := pages.known(request):
            return known
        listing = LISTS[request.url.path]
        asked = _asked(pages, listing, request)
        catalogue = pages.catalogue
        total = catalogue.rows(f"SELECT count(*) FROM {listing.tables} WHERE {asked.where}", asked.values)[0][0]
        last = max(1, -(-total // _PAGE))
        page = page_number(request, min(last, _DEEPEST))
        rows = catalogue.rows(
            f"SELECT {listing.select} FROM {listing.tables} WHERE {asked.where} ORDER BY {listing.sorts[asked.sort]} "
            f"LIMIT {_PAGE} OFFSET {(page - 1) * _PAGE}",
            asked.values,
        )
        wanted = {name: pages.site.iri(value) for name, value in asked.said.items() if name in _THINGS}
        names = pages.names(wanted.values())
        here = {**asked.said, "sort": asked.sort if asked.sort != next(iter(listing.sorts)) else ""}
        return pages.answer(
            request, listing.template, listing=listing, rows=rows, total=total, page=page, last=last, said=asked.said,
            sort=asked.sort, here=here, chosen={name: (iri, names[iri]) for name, iri in wanted.items()},
            choices={name: _choices(pages, listing, name) for name in listing.choices}, today=today(),
            csv=address(f"{listing.path}.csv", here), behind=catalogue.behind, done=catalogue.done, all=catalogue.total,
        )  # fmt: skip

    def download(request: Request) -> Response:
        listing = LISTS[request.url.path.removesuffix(".csv")]
        asked = _asked(pages, listing, request)
        sql = (f"SELECT {listing.select} FROM {listing.tables} WHERE {asked.where} "
               f"ORDER BY {listing.sorts[asked.sort]}")  # fmt: skip
        # Whole: a generator would run in another thread each time it is asked.
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(listing.columns)
        for row in pages.catalogue.connection().execute(sql, asked.values):
            writer.writerow([_safe(row[name]) for name in listing.columns])
        name = listing.path.strip("/")
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-cache"}
        return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

    return [
        *(Route(path, show, name=path.strip("/")) for path in LISTS),
        *(Route(f"{path}.csv", download, name=f"{path.strip('/')}.csv") for path in LISTS),
    ]


def _choices(pages: Pages, listing: Listing, name: str) -> list[str]:
    column = listing.choices[name]
    rows = pages.catalogue.rows(f"SELECT DISTINCT {column} FROM {listing.tables} ORDER BY 1 LIMIT 100")
    return [row[0] for row in rows if row[0]]


def _safe(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula.

    >>> _safe("=HYPERLINK(1)"), _safe("-5"), _safe("plain")
    ("'=HYPERLINK(1)", '-5', 'plain')
    """
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and not _number(value):
        return f"'{value}"
    return value


def _number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
