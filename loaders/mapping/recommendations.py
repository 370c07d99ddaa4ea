"""Map recommendations: their words, what each annex, appendix and response says of them, and what stands directly."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from auditgraph.loaders.mapping import values
from auditgraph.loaders.mapping.draft import Draft
from auditgraph.loaders.mapping.identity import Identities
from auditgraph.model import AnnexRow, AppendixRow, Recommendation, Report, Response, Said
from auditgraph.ontology.namespaces import AG, DCTERMS, RDF

__all__ = ["map_recommendations"]

Rows = dict[str, list[AnnexRow]]


def map_recommendations(draft: Draft, report: Report, identities: Identities) -> None:
    """State every recommendation of the body, and those that only an annex or appendix has."""
    skeleton = report.skeleton
    rows: Rows = {}
    for row in skeleton.annex_rows:
        rows.setdefault(row.number, []).append(row)
    seen: set[str] = set()
    for recommendation in skeleton.recommendations:
        number = recommendation.number
        node = draft.place(f"rec {number}") if number not in seen else draft.fresh("recommendation", number)
        _head(draft, node, number, recommendation.text)
        _parts(draft, node, recommendation)
        _responses(draft, node, recommendation.responses)
        _direct(draft, node, recommendation, rows.get(number, []) if number not in seen else [])
        seen.add(number)
    for number, said in _only_elsewhere(seen, (*skeleton.annex_rows, *skeleton.appendix_rows)):
        node = draft.place(f"rec {number}")
        _head(draft, node, number, said)
        _direct(draft, node, None, rows.get(number, []))
    for row in skeleton.annex_rows:
        _annex_row(draft, row, identities)
    for appendix_row in skeleton.appendix_rows:
        _appendix_row(draft, appendix_row, identities)
    _responsible(draft, report, identities)


def _only_elsewhere(seen: set[str], rows: Iterable[AnnexRow | AppendixRow]) -> Iterable[tuple[str, Said[str] | None]]:
    """Yield the numbers that no recommendation of the body has, with the first wording found."""
    texts: dict[str, Said[str] | None] = {}
    for row in rows:
        if row.number not in seen:
            texts[row.number] = texts.get(row.number) or row.text
    return texts.items()


def _head(draft: Draft, node: NamedNode, number: str, text: Said[str] | None) -> None:
    if text is not None:
        draft.head(node, AG.Recommendation, text)
        draft.add(node, AG.text, values.text(text.value))
    else:
        draft.add(node, RDF.type, AG.Recommendation)
    draft.add(node, AG.number, values.text(number))
    draft.add(node, DCTERMS.isPartOf, draft.report)


def _parts(draft: Draft, node: NamedNode, recommendation: Recommendation) -> None:
    for part in recommendation.parts:
        piece = draft.fresh(*_below(draft, node), part.letter)
        draft.head(piece, AG.RecommendationPart, part.text)
        draft.add(piece, AG.letter, values.text(part.letter))
        draft.add(piece, AG.text, values.text(part.text.value))
        draft.add(piece, DCTERMS.isPartOf, node)


def _below(draft: Draft, node: NamedNode) -> list[str]:
    return node.value.removeprefix(f"{draft.iri}/").split("/")


def _responses(draft: Draft, recommendation: NamedNode, responses: Iterable[Response]) -> None:
    """State what follows the recommendation in the body: what management answers and how OIOS takes it."""
    for response in responses:
        node = draft.fresh(*_below(draft, recommendation), "response")
        draft.head(node, AG.ManagementResponse, response.text)
        if response.status or response.pending or response.closing_reason:
            draft.add(node, RDF.type, AG.StatusAssertion)
        for number in response.numbers:
            draft.add(node, AG.about, draft.place(f"rec {number}"))
        draft.add(node, AG.about, recommendation)
        draft.add(node, AG.saidIn, draft.code("place-kind", "body"))
        draft.add(node, AG.place, values.text(_place_of(response.text)))
        draft.add(node, AG.text, values.text(response.text.value))
        draft.say_code(node, AG.accepted, "acceptance", response.accepted)
        draft.say_code(node, AG.status, "status", response.status)
        draft.say_code(node, AG.closingReason, "closing-reason", response.closing_reason)
        draft.say(node, AG.action, response.pending)


def _place_of(said: Said[str]) -> str:
    return said.evidence[0].place if said.evidence else "body"


def _direct(draft: Draft, node: NamedNode, body: Recommendation | None, rows: list[AnnexRow]) -> None:
    """State directly what is asked often: from the status annex, else from the body."""
    responses = body.responses if body else ()
    importance = _first((*(r.importance for r in rows), body.importance if body else None))
    status = _first((*(r.status for r in rows), *(r.status for r in responses)))
    draft.say_code(node, AG.importance, "importance", importance)
    draft.say_code(node, AG.status, "status", status)
    if status is not None and status.value == "closed":
        reason = _first((*(r.closing_reason for r in rows), *(r.closing_reason for r in responses)))
        draft.say_code(node, AG.closingReason, "closing-reason", reason)
    else:  # what is needed to close it, of one that is not closed
        draft.say(node, AG.action, _first((*(r.action for r in rows), *(r.pending for r in responses))))
    draft.say_date(node, AG.due, _first(r.due for r in rows))


def _first(said: Iterable[Said[str] | None]) -> Said[str] | None:
    return next((s for s in said if s is not None and s.value), None)


def _annex_row(draft: Draft, row: AnnexRow, identities: Identities) -> None:
    node = draft.fresh("recommendation", row.number, row.annex)
    draft.head(node, AG.StatusAssertion, row.text or _first((row.importance, row.status, row.action, row.due)))
    _row(draft, node, f"{row.annex} rec {row.number}", row, identities)
    draft.add(node, AG.saidIn, draft.code("place-kind", "annex"))
    draft.say_code(node, AG.status, "status", row.status)
    draft.say_code(node, AG.closingReason, "closing-reason", row.closing_reason)
    draft.say(node, AG.action, row.action)


def _appendix_row(draft: Draft, row: AppendixRow, identities: Identities) -> None:
    node = draft.fresh("recommendation", row.number, row.appendix)
    draft.head(node, AG.ManagementResponse, row.text or _first((row.accepted, row.comments, row.officials, row.due)))
    _row(draft, node, f"{row.appendix} rec {row.number}", row, identities)
    draft.add(node, AG.saidIn, draft.code("place-kind", "appendix"))
    draft.say_code(node, AG.accepted, "acceptance", row.accepted)
    draft.say(node, AG.officials, row.officials)
    draft.say(node, AG.comments, row.comments)


def _row(draft: Draft, node: NamedNode, place: str, row: AnnexRow | AppendixRow, identities: Identities) -> None:
    draft.add(node, AG.place, values.text(place))
    draft.add(node, AG.about, draft.place(f"rec {row.number}"))
    draft.say_code(node, AG.importance, "importance", row.importance)
    draft.say_date(node, AG.due, row.due)
    if row.text is not None:
        draft.add(node, AG.text, values.text(row.text.value))
    if row.entity and (entity := identities.named(row.entity)):
        draft.add(node, AG.entity, NamedNode(entity))


def _responsible(draft: Draft, report: Report, identities: Identities) -> None:
    for responsibility in report.responsibilities:
        node, official = draft.place(f"rec {responsibility.number}"), responsibility.official
        draft.say(node, AG.official, official)
        if responsibility.key and (agent := identities.agent(responsibility.key)):
            draft.claim(node, AG.responsible, NamedNode(agent), official.evidence, official.derived)
