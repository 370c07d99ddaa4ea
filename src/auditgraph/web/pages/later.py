"""What later documents say of the state of a recommendation, for its page."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from auditgraph.web.pages.graph import Quote, ReportGraph
from auditgraph.web.pages.pages import Pages

__all__ = ["Later", "later_of"]

# By the recommendation, or by the audit where the later document gives no more than its assignment number.
_ASKED = """
SELECT DISTINCT ?later ?said WHERE {{
  {{ GRAPH ?later {{ ?said ag:about {rec} . ?said a ag:LaterStatus }} }}
  UNION {{ GRAPH ?later {{ ?said ag:ofAudit {audit} . ?said ag:number {number} }} }}
}}
"""


@dataclass(frozen=True, slots=True)
class Later:
    """A statement of a later document: `node` in its graph, `by` what the document is called, and the words of it."""

    graph: ReportGraph
    node: str
    by: str
    said_on: str
    status: str
    reason: str
    due: str
    words: str
    quotes: list[Quote]


def later_of(pages: Pages, graph: ReportGraph, rec: str) -> list[Later]:
    """Return what later documents say of a recommendation, the earliest first."""
    audit = graph.one(graph.graph, "ag:audit") or f"{graph.graph}/audit"
    asked = _ASKED.format(
        rec=ox.NamedNode(rec), audit=ox.NamedNode(audit), number=ox.Literal(graph.one(rec, "ag:number"))
    )
    answer = pages.site.store.query(asked)
    if not isinstance(answer, ox.QuerySolutions):
        return []
    found = []
    for solution in answer:
        document = pages.graph(solution["later"].value)
        if document is not None:
            found.append(_later(document, solution["said"].value))
    return sorted(found, key=lambda said: (said.said_on, said.by, said.node))


def _later(graph: ReportGraph, node: str) -> Later:
    return Later(
        graph=graph,
        node=node,
        by=graph.key or graph.one(graph.graph, "ag:sourceName"),
        said_on=graph.one(node, "ag:saidOn"),
        status=graph.word(node, "ag:status"),
        reason=graph.word(node, "ag:closingReason"),
        due=graph.one(node, "ag:due"),
        words=graph.one(node, "ag:stateWords"),
        quotes=graph.quotes(node),
    )
