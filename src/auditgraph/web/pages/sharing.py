"""The pages of what reports share: organisations, posts, resolutions, instruments, locations, systems, people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from markupsafe import Markup
from starlette.requests import Request

from auditgraph.ontology.namespaces import ORG
from auditgraph.web.pages.marking import excerpt
from auditgraph.web.pages.pages import Pages, page_number, today
from auditgraph.web.pages.rows import KINDS
from auditgraph.web.pages.shared import Thing, ask, pointing, pointing_any, value_of, values
from auditgraph.web.pages.tables import ENTITIES
from auditgraph.web.pages.vocabulary import label

__all__ = ["Said", "page_of"]

_ABOVE = 8
_DEEPEST = 99_999
_SHOWN = 10
_PLACES = 6
_HIDDEN = {"rdf:type", "ag:shortName", "rdfs:label", "skos:notation"}
_RECOMMENDED = f"""SELECT c.*, r.key, r.issued, r.iri AS report_iri, {ENTITIES}
  FROM rec c JOIN report r ON r.id = c.report WHERE {{}}
  ORDER BY CASE c.importance WHEN 'critical' THEN 0 WHEN 'high' THEN 0 ELSE 1 END,
  c.due_last = '', c.due_last, r.key, c.place LIMIT 25"""
_REPORTS = f"""SELECT r.*, {ENTITIES}
  FROM report r WHERE {{}} ORDER BY r.issued DESC, r.key DESC LIMIT {{}} OFFSET {{}}"""
# The places of one report that name or cite a thing. Measured with a body that 235 of 2,000 reports speak of: 1.4 ms
# each with the graph bound and one predicate, ten times that with a filter or a union over both.
_IN = """SELECT ?thing ?g ?place ?name ?text WHERE {
  GRAPH ?g { ?place ag:%s ?thing . ?place ag:place ?name . OPTIONAL { ?place ag:text ?text } }
} LIMIT 60"""
_BUDGETS = """SELECT ?thing ?s ?label WHERE { GRAPH ?g { ?s ag:%s ?thing . OPTIONAL { ?s rdfs:label ?label } } }
LIMIT 60"""
_PARTS = """SELECT DISTINCT ?thing ?s ?g ?key ?word ?post WHERE { GRAPH ?g { ?s ag:agent ?thing . ?s ag:role ?role .
  ?g ag:key ?key . OPTIONAL { ?role skos:notation ?word } OPTIONAL { ?s ag:postTitle ?post } } } LIMIT 60"""

_NUMBER = re.compile(r"[AS]/RES/((?:\d+/)?\d+)")


@dataclass(frozen=True, slots=True)
class Said:
    """A place that speaks of a thing, and its words around the name."""

    iri: str
    name: str
    text: Markup


def page_of(pages: Pages, node: ox.NamedNode, thing: Thing, request: Request) -> tuple[str, dict[str, Any]]:
    """Return the template of a thing, and what it shows."""
    kind = next((KINDS[name] for name in thing.types if name in KINDS), "")
    page = page_number(request, _DEEPEST)
    context: dict[str, Any] = {
        "thing": thing, "kind": kind, "label": label, "iri": node.value, "today": today(), "page": page,
        "back": {} if kind else pointing_any(pages.site.store, node),
        "facts": [fact for fact in thing.facts if fact.predicate not in _HIDDEN],
        "called": thing.all("rdfs:label"), "acronym": thing.one("ag:acronym"),
    }  # fmt: skip
    linked = {fact.value for fact in thing.facts if isinstance(fact.term, ox.NamedNode)}
    linked |= {iri for subjects in context["back"].values() for iri in subjects}
    if kind == "organisation":
        context |= _organisation(pages, node, thing, linked)
    elif kind == "post":
        context |= _post(pages, node, linked)
    elif kind == "resolution":
        context |= {"mandates": _mandates(pages, "m.resolution = ?", node.value)}
    elif kind == "person":
        context |= _person(pages, node)
    if kind:
        context |= _reports(pages, node, thing, page)
    linked |= {quote.report for fact in thing.facts for quote in fact.quotes}
    linked |= {graph for fact in thing.facts for graph in fact.graphs[:4]}
    context["names"] = pages.names(linked)
    return "pages/thing.html.j2", context


def _organisation(pages: Pages, node: ox.NamedNode, thing: Thing, linked: set[str]) -> dict[str, Any]:
    store = pages.site.store
    below = pointing(store, node, ORG.subOrganizationOf)
    posts = pointing(store, node, ORG.postIn)
    under = pointing(store, node, ORG.reportsTo)
    above = _above(pages, thing)
    linked |= {*below, *posts, *under, *above}
    catalogue = pages.catalogue
    audits = catalogue.rows(_REPORTS.format("r.id IN (SELECT report FROM audited WHERE thing = ?)", _SHOWN, 0),
                            (node.value,))  # fmt: skip
    counts = catalogue.rows(
        """SELECT count(DISTINCT a.report), count(c.id), sum(c.status = 'open'),
           sum(c.status = 'open' AND c.importance = 'critical'),
           sum(c.status = 'open' AND c.due_last <> '' AND c.due_last < ?)
           FROM audited a LEFT JOIN rec c ON c.report = a.report WHERE a.thing = ?""",
        (today(), node.value),
    )[0]
    mine = "c.status = 'open' AND r.id IN (SELECT report FROM audited WHERE thing = ?)"
    answers = "c.id IN (SELECT rec FROM answers WHERE thing = ?)"
    return {
        "above": above, "below": below, "posts": posts, "under": under, "audits": audits, "counts": counts,
        "open": catalogue.rows(_RECOMMENDED.format(mine), (node.value,)),
        "answers": catalogue.rows(_RECOMMENDED.format(answers), (node.value,)),
        "mandates": _mandates(pages, "m.entity = ?", node.value),
        "budgets": _budgets(pages, node),
    }  # fmt: skip


def _above(pages: Pages, thing: Thing) -> list[str]:
    """Return what a body is part of, the highest first; a circle or a fork in what reports say ends it."""
    found: list[str] = []
    parents = [fact.value for fact in thing.all("org:subOrganizationOf")]
    while parents and len(found) < _ABOVE and parents[0] not in (*found, thing.iri):
        found.append(parents[0])
        parents = values(pages.site.store, ox.NamedNode(parents[0]), ORG.subOrganizationOf)
    return found[::-1]


def _mandates(pages: Pages, where: str, iri: str) -> list[Any]:
    return pages.catalogue.rows(
        f"""SELECT m.*, r.key, r.iri AS report_iri, r.issued FROM mandate m JOIN report r ON r.id = m.report
            WHERE {where} ORDER BY m.symbol, m.effect, r.issued LIMIT 100""",
        (iri,),
    )


def _budgets(pages: Pages, node: ox.NamedNode) -> list[tuple[str, str]]:
    """Return the budgets that a body gives or gets, as (IRI, reading)."""
    found = {(iri, label) for way in ("funder", "beneficiary")
             for _, iri, label in _cells(ask(pages.site.store, _BUDGETS % way, node))}  # fmt: skip
    return sorted(found, key=lambda row: (row[1], row[0]))


def _post(pages: Pages, node: ox.NamedNode, linked: set[str]) -> dict[str, Any]:
    under = pointing(pages.site.store, node, ORG.reportsTo)
    linked |= set(under)
    rows = pages.catalogue.rows(_RECOMMENDED.format("c.id IN (SELECT rec FROM answers WHERE thing = ?)"), (node.value,))
    return {"under": under, "answers": rows}


def _person(pages: Pages, node: ox.NamedNode) -> dict[str, Any]:
    return {"parts": sorted(_cells(ask(pages.site.store, _PARTS, node)), key=lambda row: row[3], reverse=True)}


def _cells(rows: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    return [tuple(map(value_of, row)) for row in rows]


def _reports(pages: Pages, node: ox.NamedNode, thing: Thing, page: int) -> dict[str, Any]:
    """Return the reports that speak of a thing, the newest first, with the places where they do."""
    catalogue = pages.catalogue
    where = "r.id IN (SELECT s.report FROM said s JOIN thing t ON t.id = s.thing WHERE t.iri = ?)"
    total = catalogue.rows("SELECT reports FROM thing WHERE iri = ?", (node.value,))
    rows = catalogue.rows(_REPORTS.format(where, _SHOWN, (page - 1) * _SHOWN), (node.value,))
    wanted = [fact.value for fact in thing.all("ag:acronym", "rdfs:label", "ag:identifier")]
    # `resolution 2690` where the symbol is S/RES/2690 (2023).
    wanted += [match[1] for name in wanted if (match := _NUMBER.match(name))]
    said = {row["iri"]: _places(pages, node, row["iri"], wanted) for row in rows}
    count = total[0][0] if total else len(thing.graphs)
    return {"reports": rows, "said": said, "total": count, "last": max(1, -(-count // _SHOWN)), "places": _PLACES}


def _places(pages: Pages, node: ox.NamedNode, graph: str, names: list[str]) -> list[Said]:
    where = ox.NamedNode(graph)
    rows = {row[2]: row for how in ("mentions", "cites")
            for row in _cells(ask(pages.site.store, _IN % how, node, g=where))}  # fmt: skip
    found = sorted((not name[:1].isdigit(), len(name), name, place, text) for _, _, place, name, text in rows.values())
    return [Said(place, name, _around(text, names) if at < _PLACES else Markup(""))
            for at, (*_, name, place, text) in enumerate(found)]  # fmt: skip


def _around(text: str, names: list[str]) -> Markup:
    folded = text.casefold()
    called = next((name for name in names if name and name.casefold() in folded), "")
    return excerpt(text, called or next(iter(names), "")) if text else Markup("")
