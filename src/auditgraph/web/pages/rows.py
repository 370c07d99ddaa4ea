"""A report's graph as rows of the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from auditgraph.store import LoadRecord, Store
from auditgraph.viz import lean
from auditgraph.web.pages.dates import last_day
from auditgraph.web.pages.graph import ReportGraph
from auditgraph.web.pages.marking import clean

__all__ = ["KINDS", "ReportRows", "rows_of", "year_of"]

# The classes of things that reports share, and how a page calls one and several of them.
KINDS = {
    "org:Organization": "organisation",
    "org:OrganizationalUnit": "organisation",
    "org:Post": "post",
    "foaf:Person": "person",
    "ag:Resolution": "resolution",
    "ag:Instrument": "instrument",
    "dcterms:Location": "location",
    "ag:InformationSystem": "system",
}
_YEAR = re.compile(r"\((\d{4})\)")
_SESSION = re.compile(r"A/RES/(\d{1,3})/\d")
# What the catalogue needs of a report. Claims and passages are most of a graph: reading all takes three times as long.
_PREDICATES = {
    *lean.PREDICATES,
    *"""ag:key ag:number dcterms:title ag:headline dcterms:issued ag:overallRating ag:audit ag:auditedEntity
  ag:assignment ag:text ag:importance ag:status ag:closingReason ag:due ag:action ag:official ag:responsible ag:about
  ag:saidIn ag:accepted ag:comments ag:kind ag:topic ag:first ag:second ag:resolution ag:effect ag:entity ag:acronym
  ag:shortName ag:identifier ag:year ag:heading ag:place rdfs:label skos:notation dcterms:isPartOf""".split(),
}
_CLASSES = {
    *lean.CLASSES,
    "ag:Paragraph",
    "ag:ManagementResponse",
    "ag:StatusAssertion",
    "ag:Discrepancy",
    "ag:Warning",
}
_WANTED = f"""CONSTRUCT {{ ?s ?p ?o . ?thing a ?class }} WHERE {{
  {{ VALUES ?p {{ {" ".join(sorted(_PREDICATES))} }} ?s ?p ?o }}
  UNION {{ VALUES ?class {{ {" ".join(sorted(_CLASSES))} }} ?thing a ?class }}
}}"""


@dataclass(slots=True)
class ReportRows:
    """What the catalogue keeps of a report: its packed drawing, and rows whose keys are the columns of tables."""

    iri: str
    report: dict[str, Any]
    drawing: bytes
    audited: list[dict[str, str]] = field(default_factory=list)
    recommendations: list[dict[str, Any]] = field(default_factory=list)
    mandates: list[dict[str, str]] = field(default_factory=list)
    contradictions: list[dict[str, str]] = field(default_factory=list)
    things: list[dict[str, str]] = field(default_factory=list)
    texts: list[dict[str, str]] = field(default_factory=list)


def rows_of(store: Store, record: LoadRecord) -> ReportRows:
    """Read a report's graph from the store."""
    iri = record.graph
    triples = store.query(_WANTED, graphs=[iri])
    assert isinstance(triples, ox.QueryTriples)
    said = list(triples)
    graph = ReportGraph(iri, said)
    recommendations = [_recommendation(graph, rec) for rec in graph.of_type("ag:Recommendation")]
    contradictions = graph.of_type("ag:Discrepancy")
    report = {
        "key": graph.key or record.key,
        "title": clean(graph.one(iri, "dcterms:title")),
        "headline": clean(graph.one(iri, "ag:headline")),
        "issued": graph.one(iri, "dcterms:issued"),
        "rating": graph.word(iri, "ag:overallRating"),
        "assignment": graph.one(graph.one(iri, "ag:audit"), "ag:assignment"),
        "findings": len(graph.of_type("ag:Finding")),
        "recs": len(recommendations),
        "open": sum(rec["status"] == "open" for rec in recommendations),
        "contradictions": len(contradictions),
        "warnings": len(graph.of_type("ag:Warning")),
    }
    return ReportRows(
        iri,
        report,
        lean.packed(lean.drawn(iri, said)),
        [{"thing": body, "name": graph.one(body, "ag:shortName") or graph.name(body)}
         for body in graph.values(iri, "ag:auditedEntity")],
        recommendations,
        [_mandate(graph, node) for node in graph.of_type("ag:Mandate")],
        [{"iri": node, "kind": graph.word(node, "ag:kind"), "topic": graph.one(node, "ag:topic"),
          "first": graph.one(node, "ag:first"), "second": graph.one(node, "ag:second")} for node in contradictions],
        _things(graph, record),
        list(_texts(graph)),
    )  # fmt: skip


def _recommendation(graph: ReportGraph, rec: str) -> dict[str, Any]:
    number = graph.one(rec, "ag:number")
    digits = "".join(c for c in number if c.isdecimal() and c.isascii())[:9]
    due = graph.one(rec, "ag:due")
    responses = sorted(graph.subjects("ag:about", rec), key=lambda iri: "/appendix" not in iri)
    accepted = next(filter(None, (graph.word(node, "ag:accepted") for node in responses)), "")
    return {
        "iri": rec,
        "number": number,
        "place": int(digits or 0),
        "text": clean(graph.one(rec, "ag:text")),
        "importance": graph.word(rec, "ag:importance"),
        "status": graph.word(rec, "ag:status"),
        "reason": graph.word(rec, "ag:closingReason"),
        "due": due,
        "due_last": last_day(due),
        "accepted": accepted,
        "officials": "; ".join(graph.values(rec, "ag:official")),
        "answers": graph.values(rec, "ag:responsible"),
    }


def _mandate(graph: ReportGraph, node: str) -> dict[str, str]:
    resolution, entity = graph.one(node, "ag:resolution"), graph.one(node, "ag:entity")
    return {
        "iri": node, "resolution": resolution, "symbol": graph.name(resolution), "entity": entity,
        "name": graph.one(entity, "ag:shortName") or graph.name(entity), "effect": graph.word(node, "ag:effect"),
    }  # fmt: skip


def _things(graph: ReportGraph, record: LoadRecord) -> list[dict[str, str]]:
    found = [{"iri": graph.graph, "kind": "report", "label": graph.one(graph.graph, "dcterms:title") or record.key,
              "acronym": graph.key, "year": graph.one(graph.graph, "dcterms:issued")[:4]}]  # fmt: skip
    seen = {graph.graph}
    for name, kind in KINDS.items():
        for iri in graph.of_type(name):
            if iri not in seen:
                seen.add(iri)
                label = graph.one(iri, "rdfs:label") or graph.one(iri, "ag:identifier") or graph.name(iri)
                acronym = graph.one(iri, "ag:acronym") or graph.one(iri, "ag:identifier")
                found.append(
                    {
                        "iri": iri,
                        "kind": kind,
                        "label": clean(label),
                        "acronym": clean(acronym),
                        "year": graph.one(iri, "ag:year") or (year_of(label) if kind == "resolution" else ""),
                    }
                )
    return found


def year_of(symbol: str) -> str:
    """Return the year of a resolution from its symbol; for the General Assembly that in which its session began.

    >>> year_of("S/RES/2690 (2023)"), year_of("A/RES/72/266 B"), year_of("resolution on fuel")
    ('2023', '2017', '')
    """
    if match := _YEAR.search(symbol):
        return match[1]
    match = _SESSION.match(symbol)
    return str(1945 + int(match[1])) if match else ""


def _texts(graph: ReportGraph) -> list[dict[str, str]]:
    found = []

    def add(iri: str, kind: str, body: str) -> None:
        if body:
            found.append({"iri": iri, "kind": kind, "name": graph.one(iri, "ag:place"), "body": clean(body)})

    add(graph.graph, "report", "\n".join(
        filter(None, [graph.one(graph.graph, "dcterms:title"), graph.one(graph.graph, "ag:headline")])))  # fmt: skip
    for iri in graph.of_type("ag:Finding"):
        add(iri, "finding", graph.one(iri, "ag:heading"))
    for iri in graph.of_type("ag:Paragraph"):
        add(iri, "paragraph", graph.one(iri, "ag:text"))
    for iri in graph.of_type("ag:Recommendation"):
        parts = [graph.one(part, "ag:text") for part in graph.subjects("dcterms:isPartOf", iri)]
        text = graph.one(iri, "ag:text")
        add(iri, "recommendation", "\n".join([text, *(part for part in parts if part not in text)]))
    for iri in graph.of_type("ag:ManagementResponse", "ag:StatusAssertion"):
        said = [graph.one(iri, "ag:comments"), graph.one(iri, "ag:action")]
        if graph.word(iri, "ag:saidIn") == "body":
            said.append(graph.one(iri, "ag:text"))
        add(iri, "response", "\n".join(dict.fromkeys(filter(None, said))))
    return found
