"""What is fetched when a thing or a link is pressed: what the reports say of it, in their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from auditgraph.errors import UsageError
from auditgraph.viz.answers import picture_of_triples
from auditgraph.viz.kinds import RELATIONS, relation
from auditgraph.viz.merge import merged
from auditgraph.viz.picture import Link, Quote, Thing
from auditgraph.web.graphs.near import near
from auditgraph.web.graphs.payload import quotes, thing_data
from auditgraph.web.graphs.reports import Reports
from auditgraph.web.pages.graph import titled
from auditgraph.web.pages.search import headings, name_hits

if TYPE_CHECKING:
    from auditgraph.web.site import Site

__all__ = ["found_things", "link_details", "thing_details"]

# Reports whose words on a thing are read at once; the panel says of how many.
_QUOTED = 12
_FOUND = 20
_CLAIMS = """SELECT DISTINCT ?report ?place ?page ?text ?start ?s ?p ?o WHERE {
  ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; ag:evidence ?passage .
  ?passage oa:exact ?text ; oa:start ?start .
  OPTIONAL { ?passage ag:place ?place } OPTIONAL { ?passage ag:page ?page }
  OPTIONAL { GRAPH ?g { ?passage a ag:Passage . ?g ag:key ?report } } } LIMIT 40"""
_SAID = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 200"


def thing_details(reports: Reports, site: Site, iri: str) -> dict[str, Any]:
    """Return what the reports say of a thing, with quotes, and its neighbours by kind. Raises UsageError."""
    graphs = reports.speaking_of([iri])
    if not graphs:
        return _unread(reports, site, iri)
    read = graphs[:_QUOTED]
    parts: list[tuple[list[Thing], list[Link]]] = [
        ([thing for thing in reports.full(graph)[0] if thing.iri == iri], []) for graph in read
    ]
    things = merged(parts).things if any(things for things, _ in parts) else ()
    if not things:
        return _unread(reports, site, iri)
    found = near(reports, iri)
    picture = found.picture
    other = {thing.iri: thing for thing in picture.things}
    seen: dict[str, None] = {}
    neighbours = []
    for link in picture.links:
        if iri in (link.source, link.target):
            end = link.target if link.source == iri else link.source
            seen.setdefault(end)
            neighbours.append({"iri": end, "kind": other[end].kind, "label": other[end].title or other[end].label,
                               "relation": link.relation, "says": link.label, "back": link.target == iri})  # fmt: skip
    return {
        **thing_data(things[0], site.local(iri)), "counts": found.counts, "neighbours": neighbours[:400],
        "near": len(seen), "reports": len(graphs), "read": len(read), "searched": found.read,
    }  # fmt: skip


def _unread(reports: Reports, site: Site, iri: str) -> dict[str, Any]:
    """Return of a thing that only queries show what the store says of it."""
    try:
        answer = reports.store.query(_SAID, bind={"s": ox.NamedNode(iri)})
    except ValueError:
        raise UsageError(f"{iri!r} is no IRI") from None
    assert isinstance(answer, ox.QuerySolutions)
    triples = [ox.Triple(ox.NamedNode(iri), row["p"], row["o"]) for row in answer]
    picture = picture_of_triples(reports.store, triples, "", len(triples) + 1)
    thing = next((thing for thing in picture.things if thing.iri == iri), Thing(iri, "thing", iri, iri))
    none: dict[str, Any] = {"counts": {}, "neighbours": [], "near": 0, "reports": 0, "read": 0, "searched": 0}
    return {**thing_data(thing, site.local(iri)), **none}


def link_details(reports: Reports, source: str, target: str, kind: str, says: str) -> dict[str, Any]:
    """Return the words that a link rests on, of all reports that say it."""
    of_target = set(reports.speaking_of([target]))
    both = [graph for graph in reports.speaking_of([source]) if graph in of_target]
    read = both[:_QUOTED] if kind in RELATIONS else []
    said = [] if kind in RELATIONS else _claimed(reports, source, target, kind)
    for graph in read:
        for link in reports.full(graph)[1]:
            if (link.source, link.target, link.relation, link.label) == (source, target, kind, says):
                said += link.quotes
    label = says or relation(kind).label
    return {"label": label, "quotes": quotes(dict.fromkeys(said)), "reports": len(both), "read": len(read)}


def _claimed(reports: Reports, source: str, target: str, predicate: str) -> list[Quote]:
    """Return the words behind a statement that a query drew."""
    from auditgraph.ontology.namespaces import PREFIXES

    prefix, _, name = predicate.partition(":")
    iri = PREFIXES[prefix] + name if prefix in PREFIXES else predicate
    try:
        bind: Any = {"s": ox.NamedNode(source), "p": ox.NamedNode(iri), "o": ox.NamedNode(target)}
    except ValueError:
        return []
    found = []
    whole = {"s": bind["s"], "p": ox.NamedNode(PREFIXES["rdf"] + "type")}
    for terms in (bind, whole):
        rows = reports.store.query(_CLAIMS, bind=terms)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            page = row["page"].value if row["page"] else ""
            key = row["report"].value if row["report"] else ""
            place = row["place"].value if row["place"] else ""
            found.append(Quote(key, place, row["text"].value, int(page) if page.isdecimal() else 0))
        if found:
            break
    return found


def found_things(site: Site, words: str) -> list[dict[str, str]]:
    """Return a few things whose names hold some words, the closest first, then findings, from the full-text index."""
    tables, _ = site.tables
    found = [{"iri": row["iri"], "kind": row["kind"], "label": _spoken(row)} for row in name_hits(tables, words)]
    found += [{"iri": iri, "kind": "finding", "label": heading} for iri, heading in headings(tables, words)]
    return found[:_FOUND]


def _spoken(row: Any) -> str:
    label, acronym = row["label"], row["acronym"]
    return f"{acronym} {label}" if row["kind"] == "report" else titled(label, acronym)
