"""What the side panel says of each kind of thing, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditgraph.viz.index import GraphIndex
from auditgraph.viz.picture import Fact, Quote, place_label

__all__ = ["facts", "title_of"]


def facts(index: GraphIndex, iri: str, kind: str) -> tuple[Fact, ...]:
    """Return what a report's graph says of a thing."""
    return tuple(_READERS.get(kind, _named)(index, iri))


def title_of(index: GraphIndex, iri: str, kind: str) -> str:
    """Return the full name of a thing; its IRI's last part where the graph has none."""
    if kind == "report":
        return index.one(iri, "dcterms:title") or index.one(iri, "ag:key")
    if kind == "finding":
        return index.one(iri, "ag:heading")
    if kind == "recommendation":
        return f"Recommendation {index.one(iri, 'ag:number')}"
    label, acronym = index.one(iri, "rdfs:label"), index.one(iri, "ag:acronym")
    if label and acronym and acronym not in label:
        return f"{label} ({acronym})"
    return label or acronym or iri.rpartition("/")[2].replace("-", " ")


def _lines(index: GraphIndex, iri: str, wanted: dict[str, str]) -> Iterator[Fact]:
    """Yield a line for each value of these predicates; codes are written as their words."""
    for predicate, label in wanted.items():
        for value in index.values(iri, predicate):
            word = index.word(value) if value.startswith(("http:", "https:")) else value
            yield Fact(label, word, index.quotes(iri, predicate, value), index.derived(iri, predicate, value))


def _report(index: GraphIndex, iri: str) -> Iterator[Fact]:
    yield from _lines(index, iri, {"ag:number": "Number", "ag:headline": "Headline", "dcterms:issued": "Issued",
                                   "ag:overallRating": "Overall rating"})  # fmt: skip
    for audit in index.values(iri, "ag:audit"):
        yield from _lines(index, audit, {"ag:assignment": "Assignment"})
        yield from _span(index, audit, "Period audited", "ag:periodStart", "ag:periodEnd")
        yield from _span(index, audit, "Fieldwork", "ag:fieldworkStart", "ag:fieldworkEnd")
    for node in index.of_type("ag:Discrepancy"):
        first, second = index.one(node, "ag:first"), index.one(node, "ag:second")
        kind = index.code(node, "ag:kind")
        topic = index.one(node, "ag:topic")
        quotes = _both(index, node, ("ag:first", first), ("ag:second", second))
        yield Fact("Contradiction", f"{topic or kind}: {first} / {second}", quotes, derived=True)
    for node in index.of_type("ag:Warning"):
        place = index.one(node, "ag:place")
        message = index.one(node, "ag:message")
        yield Fact("Warning", f"{place_label(place)}: {message}" if place else message)
    yield from _lines(index, iri, {"ag:sourceName": "Read from", "ag:sourceHash": "SHA-256"})


def _finding(index: GraphIndex, iri: str) -> Iterator[Fact]:
    yield from _lines(index, iri, {"ag:area": "Area"})
    yield Fact("Heading", index.one(iri, "ag:heading"), index.quotes(iri, "ag:heading", index.one(iri, "ag:heading")))
    first, last = (index.one(index.one(iri, f"ag:{end}Paragraph"), "ag:place") for end in ("first", "last"))
    if first:
        yield Fact("Paragraphs", first if first == last or not last else f"{first} to {last}")
    for paragraph in index.subjects("dcterms:isPartOf", iri):
        for part in index.subjects("dcterms:isPartOf", paragraph):
            yield from _sums(index, part)


def _sums(index: GraphIndex, node: str) -> Iterator[Fact]:
    kinds = index.values(node, "rdf:type")
    if "ag:Figure" in kinds:
        count, total = index.one(node, "ag:count"), index.one(node, "ag:total")
        percent = index.one(node, "ag:percent")
        said = f"{_grouped(count)} of {_grouped(total)}" + (f" ({percent} per cent)" if percent else "")
        yield Fact("Figure", said, index.quotes(node, "ag:count", count))
    elif "ag:Amount" in kinds:
        value = index.one(node, "rdf:value")
        yield Fact("Amount", f"{index.one(node, 'ag:currency')} {_grouped(value)}".strip(),
                   index.quotes(node, "rdf:value", value))  # fmt: skip


def _recommendation(index: GraphIndex, iri: str) -> Iterator[Fact]:
    yield from _lines(index, iri, {"ag:text": "Text"})
    for part in index.subjects("dcterms:isPartOf", iri):
        if "ag:RecommendationPart" in index.values(part, "rdf:type"):
            text = index.one(part, "ag:text")
            yield Fact(f"Part ({index.one(part, 'ag:letter')})", text, index.quotes(part, "ag:text", text))
    yield from _lines(index, iri, {
        "ag:importance": "Importance", "ag:status": "Status", "ag:closingReason": "Closed as", "ag:due": "Due",
        "ag:action": "To close it", "ag:official": "Responsible",
    })  # fmt: skip
    for answer in index.subjects("ag:about", iri):
        place = place_label(index.one(answer, "ag:place")).partition(",")[0]
        where = "body" if place.startswith("rec") else place
        yield from _lines(index, answer, {"ag:accepted": f"Accepted ({where})", "ag:comments": f"Comments ({where})"})
        if "ag:StatusAssertion" in index.values(answer, "rdf:type"):
            said = {"ag:importance": "Importance", "ag:status": "Status", "ag:due": "Due"}
            for fact in _lines(index, answer, said):
                direct = index.code(iri, next(p for p, label in said.items() if label == fact.label))
                if fact.value != direct:  # said otherwise at this place
                    yield Fact(f"{fact.label} ({where})", fact.value, fact.quotes, fact.derived)


def _named(index: GraphIndex, iri: str) -> Iterator[Fact]:
    yield from _lines(index, iri, {
        "rdfs:label": "Name", "ag:acronym": "Acronym", "skos:altLabel": "Also called", "ag:identifier": "Identifier",
        "ag:year": "Year", "ag:grade": "Grade",
    })  # fmt: skip


def _organisation(index: GraphIndex, iri: str) -> Iterator[Fact]:
    yield from _named(index, iri)
    for end, other, said in (("ag:funder", "ag:beneficiary", "for"), ("ag:beneficiary", "ag:funder", "from")):
        for node in index.subjects(end, iri):
            value, year = index.one(node, "rdf:value"), index.one(node, "ag:fiscalYear")
            other_iri = index.one(node, other)
            of = f" {said} {index.one(other_iri, 'rdfs:label')}" if other_iri and other_iri != iri else ""
            yield Fact(f"Budget {year}".strip(), f"{index.one(node, 'ag:currency')} {_grouped(value)}{of}",
                       index.quotes(node, "rdf:value", value), index.derived(node, "ag:fiscalYear", year))  # fmt: skip


def _person(index: GraphIndex, iri: str) -> Iterator[Fact]:
    yield from _named(index, iri)
    for node in index.subjects("ag:agent", iri):
        yield from _lines(index, node, {"ag:role": "Role", "ag:postTitle": "Post"})


def _span(index: GraphIndex, iri: str, label: str, start: str, end: str) -> Iterator[Fact]:
    first, last = index.one(iri, start), index.one(iri, end)
    if first or last:
        value = f"{first} to {last}" if first and last else f"from {first}" if first else f"until {last}"
        yield Fact(label, value, _both(index, iri, (start, first), (end, last)))


def _both(index: GraphIndex, iri: str, *statements: tuple[str, str]) -> tuple[Quote, ...]:
    said = [(predicate, value) for predicate, value in statements if value]
    return tuple(dict.fromkeys(quote for predicate, value in said for quote in index.quotes(iri, predicate, value)))


def _grouped(number: str) -> str:
    """Group the digits of a plain number.

    >>> _grouped("1210000"), _grouped("0.5"), _grouped("n/a")
    ('1,210,000', '0.5', 'n/a')
    """
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdecimal() and len(whole) < 40 else number


_READERS: dict[str, Callable[[GraphIndex, str], Iterator[Fact]]] = {
    "report": _report, "finding": _finding, "recommendation": _recommendation, "organisation": _organisation,
    "person": _person,
}  # fmt: skip
