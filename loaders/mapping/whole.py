"""The whole of a report as quads of one named graph."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from auditgraph import iris
from auditgraph.iris import DEFAULT_BASE
from auditgraph.loaders.mapping import entities, facts, recommendations, structure
from auditgraph.loaders.mapping.draft import Draft
from auditgraph.loaders.mapping.identity import Identities
from auditgraph.loaders.mapping.later import follow_up_draft, map_later
from auditgraph.loaders.mapping.listing import listing_draft
from auditgraph.model import FollowUp, Listing, Report

__all__ = ["drafted", "quads"]


def quads(document: Report | Listing | FollowUp, base: str = DEFAULT_BASE) -> Iterator[Quad]:
    """Yield the quads of a document of any family, all in one named graph; the same for the same document.

    `base` is what the IRIs of data begin with; it ends in `/`.
    """
    return drafted(document, base).quads()


def drafted(document: Report | Listing | FollowUp, base: str = DEFAULT_BASE) -> Draft:
    """Return the graph of a document of any family, to be had as quads or as lines of N-Quads."""
    if isinstance(document, Listing):
        return listing_draft(document, base)
    return follow_up_draft(document, base) if isinstance(document, FollowUp) else _report(document, base)


def _report(report: Report, base: str) -> Draft:
    draft = Draft(iris.report(report.key, base), base)
    identities = Identities(report, base)
    structure.map_cover(draft, report)
    structure.map_audit(draft, report, identities)
    structure.map_paragraphs(draft, report)
    structure.map_findings(draft, report)
    recommendations.map_recommendations(draft, report, identities)
    entities.map_abbreviations(draft, report)
    entities.map_organisations(draft, report, identities)
    entities.map_posts(draft, report, identities)
    entities.map_people(draft, report, identities)
    entities.map_instruments(draft, report, identities)
    entities.map_places(draft, report, identities)
    facts.map_citations(draft, report, identities)
    facts.map_mandates(draft, report, identities)
    facts.map_budgets(draft, report, identities)
    facts.map_numbers(draft, report)
    facts.map_discrepancies(draft, report)
    map_later(draft, (*report.skeleton.later, *report.later))
    draft.warn((*report.skeleton.warnings, *report.warnings))
    return draft
