"""The pages of a report and of its parts, read from the report's own graph."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from starlette.requests import Request

from auditgraph.web.pages.graph import Quote, ReportGraph, short
from auditgraph.web.pages.later import later_of
from auditgraph.web.pages.marking import find_quote
from auditgraph.web.pages.pages import Pages, today
from auditgraph.web.pages.rows import KINDS
from auditgraph.web.pages.vocabulary import label

__all__ = ["page_of"]

# Paragraphs shown before and after the one that was asked for.
_AROUND = 2
# What a page does not list as a fact: bookkeeping, and what it shows elsewhere.
_QUIET = {"rdf:type", "ag:place", "ag:mentions", "ag:shortName"}


def page_of(pages: Pages, iri: str, graph: ReportGraph, request: Request) -> tuple[str, dict[str, Any]]:
    """Return the template of a report's part, and what it shows."""
    types = graph.types(iri)
    shared: dict[str, Any] = {"g": graph, "iri": iri, "label": label, "short": short, "today": today(),
                              "report_name": graph.key, "words": request.query_params.get("words", "")}  # fmt: skip
    if iri == graph.graph and "ag:AuditReport" in types:
        return "pages/report.html.j2", shared | _report(graph)
    if "ag:Recommendation" in types:
        return "pages/recommendation.html.j2", shared | _recommendation(graph, iri) | {
            "later": later_of(pages, graph, iri)
        }
    if "ag:Claim" in types:
        return "pages/claim.html.j2", shared | {"quotes": graph.words_of(iri)}
    if "ag:Passage" in types:
        return "pages/passage.html.j2", shared | {
            "quote": graph.quote(iri),
            "claims": graph.subjects("ag:evidence", iri),
        }
    if graph.one(iri, "ag:place"):
        return "pages/place.html.j2", shared | _place(graph, iri, shared["words"])
    return "pages/part.html.j2", shared | _generic(graph, iri)


def _report(graph: ReportGraph) -> dict[str, Any]:
    report = graph.graph
    findings = sorted(graph.of_type("ag:Finding"), key=_last_number)
    areas: dict[str, list[str]] = {}
    for finding in findings:
        areas.setdefault(graph.one(finding, "ag:area"), []).append(finding)
    recommendations = sorted(graph.of_type("ag:Recommendation"), key=_last_number)
    led = {rec for finding in findings for rec in graph.values(finding, "ag:ledTo")}
    organisations = graph.of_type("org:Organization", "org:OrganizationalUnit")
    return {
        "audit": graph.one(report, "ag:audit"),
        "areas": areas,
        "recommendations": recommendations,
        "elsewhere": [rec for rec in recommendations if rec not in led],
        "responses": {rec: _responses(graph, rec) for rec in recommendations},
        "rec_parts": {rec: _parts(graph, rec) for rec in recommendations},
        "open": sum(graph.word(rec, "ag:status") == "open" for rec in recommendations),
        "contradictions": graph.of_type("ag:Discrepancy"),
        "warnings": graph.of_type("ag:Warning"),
        "tree": _tree(graph, organisations),
        "organisations": organisations,
        "posts": sorted(graph.of_type("org:Post"), key=lambda iri: graph.name(iri).casefold()),
        "answers_for": {post: graph.subjects("ag:responsible", post) for post in graph.of_type("org:Post")},
        "people": graph.of_type("ag:Involvement"),
        "mandates": graph.of_type("ag:Mandate"),
        "cited": _cited(graph),
        "budgets": graph.of_type("ag:Budget"),
        "figures": _by_paragraph(graph, graph.of_type("ag:Figure")),
        "amounts": _by_paragraph(graph, graph.of_type("ag:Amount")),
        "abbreviations": sorted(
            graph.of_type("ag:Abbreviation"), key=lambda iri: graph.one(iri, "ag:acronym").casefold()
        ),
        "locations": sorted(graph.of_type("dcterms:Location"), key=lambda iri: graph.name(iri).casefold()),
        "systems": sorted(graph.of_type("ag:InformationSystem"), key=lambda iri: graph.name(iri).casefold()),
        "paragraphs": graph.of_type("ag:Paragraph"),
        "places": graph.of_type("ag:Place"),
    }


def _last_number(iri: str) -> int:
    tail = iri.rpartition("/")[2]
    return int(tail) if tail.isascii() and tail.isdecimal() and len(tail) < 10 else 0


def _by_paragraph(graph: ReportGraph, nodes: list[str]) -> list[tuple[str, str]]:
    """Return (node, its paragraph) in the order of the paragraphs."""
    pairs = [(node, graph.one(node, "dcterms:isPartOf")) for node in nodes]
    order = {iri: at for at, iri in enumerate(graph.of_type("ag:Paragraph"))}
    return sorted(pairs, key=lambda pair: (order.get(pair[1], -1), pair[0]))


def _responses(graph: ReportGraph, rec: str) -> list[str]:
    """Return what the body, the annex and the appendix say of a recommendation, in the order one reads them."""
    order = {"body": 0, "annex": 1, "appendix": 2}
    return sorted(graph.subjects("ag:about", rec), key=lambda node: (order.get(graph.word(node, "ag:saidIn"), 3), node))


def _parts(graph: ReportGraph, rec: str) -> list[str]:
    return [part for part in graph.subjects("dcterms:isPartOf", rec) if "ag:RecommendationPart" in graph.types(part)]


def _tree(graph: ReportGraph, organisations: list[str]) -> list[tuple[int, str]]:
    """Return the organisations as (depth, IRI), each under the one that it is part of."""
    known = set(organisations)
    children: dict[str, list[str]] = defaultdict(list)
    roots = []
    for body in organisations:
        above = [parent for parent in graph.values(body, "org:subOrganizationOf") if parent in known and parent != body]
        if above:
            children[above[0]].append(body)
        else:
            roots.append(body)
    found: list[tuple[int, str]] = []
    seen: set[str] = set()

    def walk(body: str, depth: int) -> None:
        if body in seen:
            return
        seen.add(body)
        found.append((depth, body))
        for child in sorted(children[body], key=lambda iri: graph.name(iri).casefold()):
            walk(child, min(depth + 1, 8))

    for root in sorted(roots, key=lambda iri: (not children[iri], graph.name(iri).casefold())):
        walk(root, 0)
    for body in organisations:  # what is part of one another
        walk(body, 0)
    return found


def _cited(graph: ReportGraph) -> list[tuple[str, list[str]]]:
    """Return the resolutions and instruments with the places that cite them."""
    things = [*graph.of_type("ag:Resolution"), *graph.of_type("ag:Instrument")]
    return [(thing, graph.subjects("ag:cites", thing)) for thing in things]


def _recommendation(graph: ReportGraph, rec: str) -> dict[str, Any]:
    responses = _responses(graph, rec)
    numbers = sorted(graph.of_type("ag:Recommendation"), key=_last_number)
    at = numbers.index(rec)
    said = ("ag:importance", "ag:status", "ag:closingReason", "ag:due", "ag:accepted", "ag:action", "ag:officials",
            "ag:comments", "ag:text")  # fmt: skip
    return {
        "rec_parts": _parts(graph, rec),
        "findings": graph.subjects("ag:ledTo", rec),
        "responses": responses,
        "said": [name for name in said if any(graph.one(node, name) for node in responses)],
        "contradictions": [node for node in graph.of_type("ag:Discrepancy")
                           if {rec, *responses} & set(graph.values(node, "ag:concerns"))],
        "before": numbers[at - 1] if at else "",
        "after": numbers[at + 1] if at + 1 < len(numbers) else "",
        "mentioned": _mentioned(graph, rec),
    }  # fmt: skip


def _mentioned(graph: ReportGraph, place: str) -> dict[str, list[str]]:
    """Return what a place cites and names, by kind."""
    found: dict[str, list[str]] = {}
    for thing in dict.fromkeys([*graph.values(place, "ag:cites"), *graph.values(place, "ag:mentions")]):
        kind = next((KINDS[name] for name in graph.types(thing) if name in KINDS), "thing")
        found.setdefault(kind, []).append(thing)
    return found


def _place(graph: ReportGraph, iri: str, span: str) -> dict[str, Any]:
    """Return a place in its context: paragraphs around it, what rests on its words."""
    name = graph.one(iri, "ag:place")
    paragraphs = graph.of_type("ag:Paragraph")
    around = [iri]
    before = after = ""
    if iri in paragraphs:
        at = paragraphs.index(iri)
        around = paragraphs[max(0, at - _AROUND) : at + _AROUND + 1]
        before = paragraphs[at - 1] if at else ""
        after = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
    claims = graph.at(name)
    wanted = graph.quote(f"{graph.graph}/passage/{span}") if span else None
    texts = [graph.one(iri, predicate) for predicate in ("ag:text", "ag:comments", "ag:action")]
    shown = bool(wanted and find_quote(graph.one(iri, "ag:text"), wanted.text))
    finding = next((above for above in graph.values(iri, "dcterms:isPartOf") if "ag:Finding" in graph.types(above)), "")
    return {
        "place_name": name,
        "around": around,
        "before": before,
        "after": after,
        "claims": claims,
        "wanted": wanted,
        "shown": shown,
        "finding": finding,
        "about": graph.one(iri, "ag:about"),
        "mentioned": _mentioned(graph, iri),
        "inside": graph.subjects("dcterms:isPartOf", iri),
        "passages": _passages(claims) if not any(texts) else [],
        "facts": []
        if iri in paragraphs
        else _facts(graph, iri, {"ag:text", "dcterms:isPartOf", "ag:about", "ag:cites"}),
    }


def _passages(claims: list[tuple[str, list[Quote]]]) -> list[Quote]:
    """Return the words of a place that has no text of its own, longest first where they begin together."""
    found = sorted({quote for _, quotes in claims for quote in quotes}, key=lambda q: (q.start, -len(q.text)))
    kept: list[Quote] = []
    end = -1
    for quote in found:
        if quote.start >= end:
            kept.append(quote)
            end = quote.start + len(quote.text)
    return kept


def _facts(graph: ReportGraph, iri: str, without: set[str]) -> list[tuple[str, list[Any]]]:
    return [(name, graph.terms(iri, name)) for name in graph.predicates(iri) if name not in without | _QUIET]


def _generic(graph: ReportGraph, iri: str) -> dict[str, Any]:
    types = sorted(label(name) for name in graph.types(iri))
    return {"types": types, "facts": _facts(graph, iri, {"dcterms:isPartOf"}), "back": graph.back(iri),
            "above": graph.one(iri, "dcterms:isPartOf")}  # fmt: skip
