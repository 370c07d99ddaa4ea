"""What a later document says of earlier reports' recommendations, as quads of the later document's graph."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from auditgraph import iris
from auditgraph.iris import DEFAULT_BASE
from auditgraph.loaders.mapping import values
from auditgraph.loaders.mapping.draft import Draft
from auditgraph.model import FollowUp, LaterStatus
from auditgraph.ontology.namespaces import AG, DCTERMS, RDF

__all__ = ["follow_up_draft", "map_later"]


def follow_up_draft(document: FollowUp, base: str = DEFAULT_BASE) -> Draft:
    """Return the graph of a table of states, whose IRI is the table's."""
    draft = Draft(iris.follow_up(document.key, base), base)
    node = draft.report
    draft.add(node, RDF.type, AG.FollowUp)
    draft.add(node, AG.family, values.text(document.family))
    draft.source(document.info)
    draft.say_date(node, DCTERMS.issued, document.issued)
    map_later(draft, document.statements)
    draft.warn(document.warnings)
    return draft


def map_later(draft: Draft, statements: Iterable[LaterStatus]) -> None:
    """State what a document says of recommendations that other reports made.

    The recommendation itself is only pointed to: what it is, its own report's graph says. The same said twice of one
    place is one statement.
    """
    seen: set[tuple[object, ...]] = set()
    for said in statements:
        told = tuple(value and value.value for value in (said.status, said.closing_reason, said.due, said.said_on))
        same = (said.report or said.assignment, said.number, said.place, *told)
        if same not in seen:
            seen.add(same)
            _statement(draft, said)


def _statement(draft: Draft, said: LaterStatus) -> None:
    key = said.report or said.assignment
    report = iris.report(key, draft.base)
    node = draft.fresh("later", key, said.number)
    draft.claim(node, RDF.type, AG.LaterStatus, said.evidence)
    draft.add(node, DCTERMS.isPartOf, draft.report)
    draft.add(node, AG.place, values.text(said.place))
    draft.add(node, AG.about, NamedNode(iris.place(report, f"rec {said.number}")))
    draft.add(node, AG.ofReport, NamedNode(report))
    draft.add(node, AG.reportKey, values.text(key))
    if said.assignment and not said.report:
        draft.add(node, AG.ofAudit, NamedNode(iris.audit(said.assignment, draft.base)))
    draft.add(node, AG.number, values.text(said.number))
    draft.say(node, AG.stateWords, said.words)
    draft.say_code(node, AG.status, "status", said.status)
    draft.say_code(node, AG.closingReason, "closing-reason", said.closing_reason)
    draft.say_code(node, AG.importance, "importance", said.importance)
    draft.say(node, AG.text, said.text)
    draft.say(node, AG.comments, said.remarks)
    for term, date in (
        (AG.due, said.due), (AG.firstDue, said.first_due), (AG.closedOn, said.closed_on), (AG.saidOn, said.said_on),
    ):  # fmt: skip
        draft.say_date(node, term, date)
