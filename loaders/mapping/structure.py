"""Map a report's cover, paragraphs and findings: what its layout tells."""

from __future__ import annotations

from pyoxigraph import NamedNode

from auditgraph import iris
from auditgraph.loaders.mapping import values
from auditgraph.loaders.mapping.draft import Draft
from auditgraph.loaders.mapping.identity import Identities
from auditgraph.model import Finding, Paragraph, Period, Report, Said
from auditgraph.ontology.namespaces import AG, DCTERMS, RDF

__all__ = ["map_audit", "map_cover", "map_findings", "map_paragraphs"]


def map_cover(draft: Draft, report: Report) -> None:
    """State what the cover says of the report, and which file it was read from."""
    node, skeleton = draft.report, report.skeleton
    draft.add(node, RDF.type, AG.AuditReport)
    draft.add(node, AG.key, values.text(report.key))
    draft.add(node, AG.family, values.text(report.family))
    draft.say(node, AG.number, skeleton.number)
    draft.say(node, DCTERMS.title, skeleton.title)
    draft.say(node, AG.headline, skeleton.headline)
    draft.say_date(node, DCTERMS.issued, skeleton.issued)
    draft.say_code(node, AG.overallRating, "rating", skeleton.overall_rating)
    draft.source(skeleton.info)
    if skeleton.info.pages:
        draft.add(node, AG.pages, values.count(str(skeleton.info.pages)))
    if skeleton.letter is not None:
        draft.say_date(node, AG.responseDate, skeleton.letter.date)
        draft.say(node, AG.responseReference, skeleton.letter.reference)


def map_audit(draft: Draft, report: Report, identities: Identities) -> None:
    """State which audit the report tells of, of whom, and of which time."""
    assignment = report.skeleton.assignment
    audit = NamedNode(iris.audit(assignment.value, draft.base)) if assignment else draft.part("audit")
    draft.add(audit, RDF.type, AG.Audit)
    draft.add(draft.report, AG.audit, audit)
    draft.say(audit, AG.assignment, assignment)
    for said in report.entities:
        if iri := identities.organisations.get(said.value):
            entity = NamedNode(iri)
            draft.claim(audit, AG.auditedEntity, entity, said.evidence, said.derived)
            draft.add(draft.report, AG.auditedEntity, entity)  # the same once more: it is asked for most often
    _period(draft, audit, report.audit_period, AG.periodStart, AG.periodEnd)
    _period(draft, audit, report.fieldwork, AG.fieldworkStart, AG.fieldworkEnd)


def _period(draft: Draft, node: NamedNode, said: Said[Period] | None, start: NamedNode, end: NamedNode) -> None:
    if said is None:
        return
    for predicate, value in ((start, said.value.start), (end, said.value.end)):
        if value:
            draft.claim(node, predicate, values.dated(value), said.evidence, said.derived)


def map_paragraphs(draft: Draft, report: Report) -> None:
    """State the numbered paragraphs; one whose number was used before gets an IRI of its own."""
    numbers = [paragraph.number for paragraph in report.skeleton.paragraphs]
    in_findings = {number for finding in report.skeleton.findings for number in _covered(numbers, finding)}
    seen: set[str] = set()
    for paragraph in report.skeleton.paragraphs:
        node = draft.place(paragraph.number) if paragraph.number not in seen else _again(draft, paragraph)
        seen.add(paragraph.number)
        draft.head(node, AG.Paragraph, paragraph.text)
        draft.add(node, AG.text, values.text(paragraph.text.value))
        if paragraph.section:
            draft.add(node, AG.section, values.text(paragraph.section))
        if paragraph.number not in in_findings:
            draft.add(node, DCTERMS.isPartOf, draft.report)


def _again(draft: Draft, paragraph: Paragraph) -> NamedNode:
    node = draft.fresh("paragraph", paragraph.number)
    draft.add(node, AG.place, values.text(paragraph.number))
    return node


def map_findings(draft: Draft, report: Report) -> None:
    """State each finding: its heading, the paragraphs it covers, the recommendations it led to."""
    numbers = [paragraph.number for paragraph in report.skeleton.paragraphs]
    for n, finding in enumerate(report.skeleton.findings, start=1):
        node = draft.part("finding", str(n))
        draft.head(node, AG.Finding, finding.heading)
        draft.add(node, DCTERMS.isPartOf, draft.report)
        draft.add(node, AG.heading, values.text(finding.heading.value))
        if finding.area_heading is not None and finding.area:
            draft.claim(node, AG.area, values.text(finding.area), finding.area_heading.evidence)
        elif finding.area:
            draft.add(node, AG.area, values.text(finding.area))
        if finding.first:
            draft.add(node, AG.firstParagraph, draft.place(finding.first))
        if finding.last:
            draft.add(node, AG.lastParagraph, draft.place(finding.last))
        for number in _covered(numbers, finding):
            draft.add(draft.place(number), DCTERMS.isPartOf, node)
        for said in finding.recommendations:
            draft.claim(node, AG.ledTo, draft.place(f"rec {said.value}"), said.evidence, said.derived)


def _covered(numbers: list[str], finding: Finding) -> list[str]:
    if finding.first in numbers and finding.last in numbers:
        return numbers[numbers.index(finding.first) : numbers.index(finding.last) + 1]
    return []
