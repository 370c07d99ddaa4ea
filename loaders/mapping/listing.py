"""A listing of reports as quads of one named graph: the reports that exist, read or not."""

from __future__ import annotations

from pyoxigraph import NamedNode

from auditgraph import iris
from auditgraph.iris import DEFAULT_BASE
from auditgraph.loaders.mapping import values
from auditgraph.loaders.mapping.draft import Draft
from auditgraph.model import Listed, Listing
from auditgraph.ontology.namespaces import AG, DCTERMS, RDF

__all__ = ["listing_draft"]


def listing_draft(listing: Listing, base: str = DEFAULT_BASE) -> Draft:
    """Return a listing's graph, whose IRI is the listing's; each entry has one claim, its row."""
    draft = Draft(iris.listing(listing.key, base), base)
    node = draft.report
    draft.add(node, RDF.type, AG.Listing)
    draft.add(node, AG.family, values.text(listing.family))
    draft.source(listing.info)
    for entry in listing.entries:
        _entry(draft, entry, base)
    draft.warn(listing.warnings)
    return draft


def _entry(draft: Draft, listed: Listed, base: str) -> None:
    node = draft.fresh("entry", listed.number.value)
    draft.head(node, AG.ListingEntry, listed.number, listed.title)
    draft.add(node, DCTERMS.isPartOf, draft.report)
    report = NamedNode(iris.report(listed.number.value, base))
    draft.add(node, AG.lists, report)
    draft.add(node, AG.number, values.text(listed.number.value))
    if listed.title:
        draft.add(node, DCTERMS.title, values.text(listed.title.value))
    for entity in listed.entities:
        draft.add(node, AG.entity, values.text(entity.value))
    for term, said in ((DCTERMS.issued, listed.issued), (DCTERMS.available, listed.available)):
        draft.say_date(node, term, said)
    for term, number in ((AG.importantCount, listed.important), (AG.criticalCount, listed.critical)):
        if number is not None:
            draft.claim(node, term, values.count(str(number.value)), number.evidence)
    if listed.withheld is not None and listed.withheld.value:
        draft.claim(node, AG.withheld, values.flag(), listed.withheld.evidence)
