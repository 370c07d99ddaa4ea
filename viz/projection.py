"""What an auditor wants to see of one report's graph: things and links, not triples.

Claims, passages, paragraphs and table rows are no things of the picture; what they say becomes the lines and quotes of
the side panel, and what a paragraph cites or names becomes a link of its finding, else of its report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.naturally import natural
from auditgraph.viz.facts import facts, title_of
from auditgraph.viz.index import GraphIndex
from auditgraph.viz.picture import Link, Quote, Thing

__all__ = ["KIND_OF_CLASS", "project"]

KIND_OF_CLASS = {
    "ag:AuditReport": "report",
    "ag:Finding": "finding",
    "ag:Recommendation": "recommendation",
    "org:Post": "post",
    "foaf:Person": "person",
    "org:Organization": "organisation",
    "org:OrganizationalUnit": "organisation",
    "ag:Resolution": "resolution",
    "ag:Instrument": "instrument",
    "dcterms:Location": "location",
    "ag:InformationSystem": "system",
}
_NAMED_BY = ("rdfs:label", "ag:acronym", "skos:altLabel")
_MARKS = {"ag:importance": {"critical", "important", "high", "medium"}, "ag:status": {"open", "closed"}}


def project(index: GraphIndex, bare: bool = False) -> tuple[list[Thing], list[Link]]:
    """Return the things and links of a report's graph, each link once, in a stable order; `bare`: without facts."""
    kinds = {iri: kind for name, kind in KIND_OF_CLASS.items() for iri in index.of_type(name)}
    things = [_thing(index, iri, kind, bare) for iri, kind in kinds.items()]
    merged: dict[tuple[str, str, str, str], Link] = {}
    for link in _links(index, kinds):
        if link.source not in kinds or link.target not in kinds or link.source == link.target:
            continue
        key = (link.source, link.target, link.relation, link.label)
        quotes = merged[key].quotes if key in merged else ()
        merged[key] = Link(*key[:3], tuple(dict.fromkeys(quotes + link.quotes)), link.label, link.quiet)
    return things, _with_quiet(list(merged.values()), index.graph)


def _thing(index: GraphIndex, iri: str, kind: str, bare: bool) -> Thing:
    title = title_of(index, iri, kind)
    marks = {word for predicate, words in _MARKS.items() if (word := index.code(iri, predicate)) in words}
    said = () if bare else facts(index, iri, kind)
    url = index.one(iri, "rdfs:seeAlso")
    return Thing(iri, kind, _label(index, iri, kind) or title, title, said, frozenset(marks), url)


def _label(index: GraphIndex, iri: str, kind: str) -> str:
    if kind == "report":
        return f"{index.one(iri, 'ag:key')} {index.one(iri, 'dcterms:title')}".strip()
    if kind == "recommendation":
        return f"{index.one(iri, 'ag:number')}. {index.one(iri, 'ag:text')}".strip()
    if kind == "instrument":
        return index.one(iri, "rdfs:label")
    return index.one(iri, "ag:acronym")


def _links(index: GraphIndex, kinds: dict[str, str]) -> Iterator[Link]:
    report = index.graph
    for audited in index.values(report, "ag:auditedEntity"):
        yield Link(report, audited, "audits", index.quotes(report, "ag:auditedEntity", audited))
    led = set()
    for finding in index.of_type("ag:Finding"):
        heading = index.one(finding, "ag:heading")
        yield Link(report, finding, "found", index.quotes(finding, "ag:heading", heading))
        for recommendation in index.values(finding, "ag:ledTo"):
            led.add(recommendation)
            yield Link(finding, recommendation, "led_to", index.quotes(finding, "ag:ledTo", recommendation))
    for recommendation in index.of_type("ag:Recommendation"):
        if recommendation not in led:
            text = index.one(recommendation, "ag:text")
            yield Link(report, recommendation, "recommends", index.quotes(recommendation, "ag:text", text))
        yield from _plain(index, recommendation, "ag:responsible", "responsible")
    for thing in kinds:
        yield from _plain(index, thing, "org:postIn", "belongs_to")
        yield from _plain(index, thing, "org:subOrganizationOf", "part_of")
        yield from _plain(index, thing, "org:reportsTo", "reports_to")
    for mandate in index.of_type("ag:Mandate"):
        resolution, entity = index.one(mandate, "ag:resolution"), index.one(mandate, "ag:entity")
        quotes = index.quotes(mandate, "ag:entity", entity)
        yield Link(resolution, entity, "mandates", quotes, index.code(mandate, "ag:effect"))
    for part in index.of_type("ag:Involvement"):
        agent, role = index.one(part, "ag:agent"), index.code(part, "ag:role")
        yield Link(agent, report, "involved", index.quotes(part, "ag:agent", agent), role)
    yield from _cited(index, kinds)


def _plain(index: GraphIndex, iri: str, predicate: str, relation: str) -> Iterator[Link]:
    for target in index.values(iri, predicate):
        yield Link(iri, target, relation, index.quotes(iri, predicate, target))


def _cited(index: GraphIndex, kinds: dict[str, str]) -> Iterator[Link]:
    """Yield what the places of a report cite and name, as links of the finding or recommendation they belong to."""
    for predicate, relation in (("ag:cites", "cites"), ("ag:mentions", "names")):
        for target in kinds:
            for place in index.subjects(predicate, target):
                source = _owner(index, place)
                quotes = index.quotes(place, predicate, target)
                if relation == "cites":
                    yield Link(source, target, relation, quotes)
                elif kinds.get(source) == "recommendation" and _asked(index, source, target):
                    yield Link(source, target, "addressed_to", quotes)
                elif source != target:
                    yield Link(source, target, relation, _naming(index, place, target), quiet=True)


def _owner(index: GraphIndex, place: str) -> str:
    """Return the finding or recommendation that a place belongs to, else the report."""
    for above in (place, *index.values(place, "ag:about"), *index.values(place, "dcterms:isPartOf")):
        if {"ag:Finding", "ag:Recommendation"} & set(index.values(above, "rdf:type")):
            return above
    return index.graph


def _names(index: GraphIndex, iri: str) -> list[str]:
    found = {name for predicate in _NAMED_BY for name in index.values(iri, predicate) if name}
    return sorted(found, key=lambda name: (-len(name), name))


def _asked(index: GraphIndex, recommendation: str, body: str) -> bool:
    """Tell whether a recommendation's own words begin with a body: `The Mission (UNMIZ) should ...`."""
    names = "|".join(map(re.escape, _names(index, body)))
    text = index.one(recommendation, "ag:text")
    return bool(names and re.match(rf"(?:The )?(?:{names})\b", text))


def _naming(index: GraphIndex, place: str, iri: str) -> tuple[Quote, ...]:
    """Return the words of a place that name a thing: the place's own, else those that give the thing its name there."""
    names = [name.casefold() for name in _names(index, iri)]
    whole = index.quotes(place, "rdf:type", "")
    found = [quote for quote in whole if any(name in " ".join(quote.text.split()).casefold() for name in names)]
    if not found:
        said = index.one(place, "ag:place")
        found = [quote for predicate in _NAMED_BY for name in index.values(iri, predicate)
                 for quote in index.quotes(iri, predicate, name) if quote.place == said]  # fmt: skip
    return tuple(dict.fromkeys(found))


def _with_quiet(links: list[Link], report: str) -> list[Link]:
    """Keep a quiet link only where no other joins its ends; draw it where it is all that a thing has.

    Of a thing that findings or recommendations name, what else the report says of it stays quiet.
    """
    loud = {end for link in links if not link.quiet for end in (link.source, link.target)}
    told = {frozenset((link.source, link.target)) for link in links if not link.quiet}
    closer = {link.target for link in links if link.quiet and link.source != report}
    kept = []
    for link in links:
        if link.quiet and frozenset((link.source, link.target)) in told:
            continue
        stays = not link.quiet or link.target in loud or (link.source == report and link.target in closer)
        kept.append(link if stays else link.aloud())
    return sorted(kept, key=lambda link: natural((link.source, link.target, link.relation, link.label)))
