"""Map what sentences tell: citations, mandates, budgets, sums of money, figures, contradictions."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from auditgraph import iris
from auditgraph.loaders.mapping import values
from auditgraph.loaders.mapping.draft import Draft
from auditgraph.loaders.mapping.identity import Identities
from auditgraph.model import Discrepancy, Passage, Report, Said
from auditgraph.ontology.namespaces import AG, DCTERMS, RDF, RDFS

__all__ = ["map_budgets", "map_citations", "map_discrepancies", "map_mandates", "map_numbers"]

# A symbol that says where its document is published: `S/RES/2690 (2023)`, `A/RES/72/266 B`.
_PUBLISHED = re.compile(r"S/RES/\d+ \(\d{4}\)|A/RES/\d+/\d+(?: ?[A-Z])?")


def map_citations(draft: Draft, report: Report, identities: Identities) -> None:
    """State which places cite which resolutions and instruments."""
    for citation in report.citations:
        if citation.symbol:
            cited = _resolution(draft, Said(citation.symbol, citation.evidence))
        elif iri := identities.instruments.get(citation.instrument):
            cited = NamedNode(iri)
        else:
            continue
        draft.claim(draft.place(citation.place), AG.cites, cited, citation.evidence)


def _resolution(draft: Draft, symbol: Said[str]) -> NamedNode:
    """State a resolution once, by the first words that name it."""
    node = NamedNode(iris.resolution(symbol.value, draft.base))
    if draft.is_new(node):
        draft.add(node, RDF.type, AG.Resolution)
        draft.say(node, RDFS.label, symbol)
        if _PUBLISHED.fullmatch(symbol.value):
            address = "https://undocs.org/en/" + symbol.value.replace(" ", "")
            draft.add(node, RDFS.seeAlso, NamedNode(address))
    return node


def map_mandates(draft: Draft, report: Report, identities: Identities) -> None:
    """State what a resolution does to an entity."""
    names = {o.key: (o.acronym or o.name).value for o in report.organisations}
    for mandate in report.mandates:
        iri = identities.organisations.get(mandate.entity)
        if iri is None:
            continue
        effect = mandate.effect.value
        path = iri.removeprefix(f"{draft.base}organisation/").split("/")
        node = draft.part("mandate", mandate.symbol.value, effect, *path)
        draft.head(node, AG.Mandate, mandate.symbol, mandate.effect)
        draft.add(node, DCTERMS.isPartOf, draft.report)
        draft.add(node, RDFS.label, values.text(f"{mandate.symbol.value} {effect} {names[mandate.entity]}"))
        draft.add(node, AG.resolution, _resolution(draft, mandate.symbol))
        draft.add(node, AG.effect, draft.code("effect", effect))
        draft.add(node, AG.entity, NamedNode(iri))


def map_budgets(draft: Draft, report: Report, identities: Identities) -> None:
    """State budgets by funder and fiscal year."""
    for budget in report.budgets:
        funder = identities.organisations.get(budget.funder, "")
        named = iris.slug(budget.source.value) if budget.source else "unnamed"
        name = funder.removeprefix(f"{draft.base}organisation/") or named
        year, amount = budget.fiscal_year, budget.amount
        node = draft.part("budget", *name.split("/"), year.value, f"{amount.value}-{budget.currency}")
        draft.head(node, AG.Budget, amount)
        draft.add(node, DCTERMS.isPartOf, draft.report)
        draft.add(node, RDFS.label, values.text(f"{year.value}: {_money(budget.currency, amount.value)}"))
        draft.say(node, AG.fiscalYear, year)
        draft.add(node, RDF.value, values.number(amount.value))
        draft.add(node, AG.currency, values.text(budget.currency))
        if funder:
            draft.add(node, AG.funder, NamedNode(funder))
        draft.say(node, AG.sourceOfFunds, budget.source)
        if beneficiary := identities.organisations.get(budget.beneficiary):
            draft.add(node, AG.beneficiary, NamedNode(beneficiary))


def _money(currency: str, amount: str) -> str:
    whole, point, rest = amount.partition(".")
    return f"{currency} {int(whole):,}{point}{rest}" if whole.isdecimal() else f"{currency} {amount}"


def map_numbers(draft: Draft, report: Report) -> None:
    """State the sums of money and the figures of the numbered paragraphs."""
    for amount in report.amounts:
        node = draft.part("amount", amount.paragraph, f"{amount.amount.value}-{amount.currency}")
        draft.head(node, AG.Amount, amount.amount)
        draft.add(node, DCTERMS.isPartOf, draft.place(amount.paragraph))
        draft.add(node, RDFS.label, values.text(_money(amount.currency, amount.amount.value)))
        draft.add(node, RDF.value, values.number(amount.amount.value))
        draft.add(node, AG.currency, values.text(amount.currency))
    for figure in report.figures:
        count, total, percent = figure.count, figure.total, figure.percent
        shown = f"{count.value} of {total.value}" + (f" ({percent.value} per cent)" if percent else "")
        node = draft.part("figure", figure.paragraph, "-".join(filter(None, [shown, figure.subject])))
        draft.head(node, AG.Figure, count, total, percent)
        draft.add(node, DCTERMS.isPartOf, draft.place(figure.paragraph))
        draft.add(node, RDFS.label, values.text(shown))
        draft.add(node, AG.count, values.count(count.value))
        draft.add(node, AG.total, values.count(total.value))
        if percent is not None:
            draft.add(node, AG.percent, values.number(percent.value))
        if figure.subject:
            draft.add(node, AG.subject, values.text(figure.subject))


def map_discrepancies(draft: Draft, report: Report) -> None:
    """State where the report contradicts itself, with the words of both sides."""
    for found in report.discrepancies:
        node = draft.fresh("discrepancy", found.kind, found.about)
        draft.add(node, RDF.type, AG.Discrepancy)
        draft.add(node, DCTERMS.isPartOf, draft.report)
        draft.add(node, AG.kind, draft.code("discrepancy", found.kind))
        draft.add(node, RDFS.label, values.text(found.about))
        draft.add(node, AG.topic, values.text(found.about))
        draft.say(node, AG.first, found.first)
        draft.say(node, AG.second, found.second)
        for passage in _sides(found):
            draft.add(node, AG.concerns, draft.place(passage.place))


def _sides(found: Discrepancy) -> tuple[Passage, ...]:
    return (*found.first.evidence, *found.second.evidence)
