"""Pictures of what a query answers: the graph that a CONSTRUCT makes, and the things that a named query speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from auditgraph.errors import QueryError, UsageError
from auditgraph.naturally import natural, natural_text, plural
from auditgraph.ontology.namespaces import PREFIXES
from auditgraph.viz.index import GraphIndex
from auditgraph.viz.merge import budgeted, merged
from auditgraph.viz.picture import Fact, Link, Picture, Thing
from auditgraph.viz.pictures import GRAPHS
from auditgraph.viz.projection import KIND_OF_CLASS, project

if TYPE_CHECKING:
    from auditgraph.queries.named import NamedQuery
    from auditgraph.queries.runner import Limits
    from auditgraph.store import Store, Term

__all__ = ["construct", "picture_of_named", "picture_of_sparql", "picture_of_triples", "short", "things_of_named"]

_TYPE = PREFIXES["rdf"] + "type"
_NAMES = [PREFIXES["ag"] + "shortName", PREFIXES["ag"] + "acronym", PREFIXES["rdfs"] + "label",
          PREFIXES["ag"] + "heading", PREFIXES["dcterms"] + "title", PREFIXES["skos"] + "prefLabel",
          PREFIXES["skos"] + "notation", PREFIXES["ag"] + "place"]  # fmt: skip
_CHUNK = 400
_TOLD = f"""SELECT ?s ?p ?o WHERE {{
  VALUES ?p {{ rdf:type {" ".join(f"<{name}>" for name in _NAMES)} }} VALUES ?s {{ %s }} ?s ?p ?o }}"""
_OWNERS = """SELECT ?s ?owner WHERE { VALUES ?s { %s }
  { ?s ag:about|dcterms:isPartOf|ag:audit|^ag:audit|ag:resolution|ag:entity|ag:agent|ag:funder ?owner } }"""
# The head of a SELECT, to be opened so that it gives the things behind its plain values.
_SELECT = re.compile(r"\bSELECT\b(?:\s+(?:DISTINCT|REDUCED))?[^{]*?(?=\bWHERE\b|\{)", re.IGNORECASE)


def construct(store: Store, sparql: str, report: str | None, limits: Limits | None) -> tuple[ox.Triple, ...]:
    """Return the triples that a CONSTRUCT or DESCRIBE from outside makes, within limits. Raises QueryError."""
    from auditgraph.queries.results import Triples
    from auditgraph.queries.runner import run_text

    with run_text(store, sparql, limits=limits, report=report) as result:
        if not isinstance(result, Triples):
            raise QueryError("only a CONSTRUCT or DESCRIBE makes a graph", "Begin the query with CONSTRUCT { ... }")
        triples = tuple(result.triples)
    if not triples:
        raise QueryError("the query makes an empty graph", "Nothing in the store matches its WHERE")
    return triples


def picture_of_sparql(store: Store, sparql: str, report: str | None, limits: Limits | None, most: int) -> Picture:
    """Return the graph that a CONSTRUCT makes, with the words behind its links. Raises QueryError."""
    return picture_of_triples(store, construct(store, sparql, report, limits), "The answer of a query", most)


def picture_of_named(store: Store, name: str, report: str | None, most: int) -> Picture:
    """Return what a named query speaks of, with the words behind it, from the latest reports. Raises UsageError."""
    from auditgraph.queries.named import named_query

    query = named_query(name)
    iris, graphs = things_of_named(store, query, report)
    ordered = sorted(graphs, key=natural_text, reverse=True)
    read = ordered[:GRAPHS]
    picture = merged(project(GraphIndex(graph, store.quads(graph))) for graph in sorted(read)).kept(iris)
    if not picture.things:
        raise UsageError(f"the answer of the query {name} has nothing that a graph shows", "Ask another query.")
    more = len(read) < len(ordered)
    said = f"the latest {len(read):,} of {len(ordered):,} reports" if more else plural(len(read), "report")
    whole = Picture(query.title, f"What the query {name} speaks of · {said}", picture.things, picture.links,
                    len(picture.things), truncated=more)  # fmt: skip
    return budgeted(whole, most)


def picture_of_triples(store: Store, triples: Iterable[ox.Triple], title: str, limit: int) -> Picture:
    """Return the graph that triples make: IRIs are things, triples between them links, literals facts.

    At most `limit` things are kept, those that came first; kinds and names come from the triples, else from the store.
    """
    seen: dict[str, None] = {}
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    links: dict[tuple[str, str, str], None] = {}
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode | ox.BlankNode):
            continue
        subject, predicate = _id(triple.subject), triple.predicate.value
        seen.setdefault(subject)
        if isinstance(triple.object, ox.Literal):
            said[subject][predicate].append(triple.object.value)
        elif predicate == _TYPE:
            said[subject][predicate].append(_id(triple.object))
        elif isinstance(triple.object, ox.NamedNode | ox.BlankNode):
            other = _id(triple.object)
            seen.setdefault(other)
            if other != subject:
                links.setdefault((subject, other, short(predicate)))
    kept = list(seen)[:limit]
    for iri, predicate, value in _told(store, kept):
        if predicate == _TYPE or predicate not in said[iri]:
            said[iri][predicate].append(value)
    things = tuple(_thing(iri, said[iri]) for iri in sorted(kept, key=natural_text))
    known = set(kept)
    return Picture(
        title, "The graph that a query makes", things,
        tuple(Link(*key) for key in sorted(links, key=natural) if key[0] in known and key[1] in known), len(seen),
    )  # fmt: skip


def things_of_named(store: Store, query: NamedQuery, report: str | None, bind: dict[str, Term] | None = None,
                    most: int = 20_000) -> tuple[set[str], set[str]]:  # fmt: skip
    """Return the things that a named query's answer speaks of and the graphs they stand in.

    What a picture does not show (a sum of money, an abbreviation) stands for the finding or recommendation it is in.
    """
    text = re.sub(r"(?m)^\s*#.*$", "", query.text)
    opened = _SELECT.sub("SELECT * ", text, count=1)
    rows = store.query(opened, bind=bind, graphs=None if report is None else [report])
    assert isinstance(rows, ox.QuerySolutions)
    found: dict[str, None] = {}
    for row in rows:
        for term in row:
            if isinstance(term, ox.NamedNode):
                found.setdefault(term.value)
        if len(found) > most * 3:
            break
    graphs = set(store.graphs())
    things = {iri for iri in found if iri not in graphs}
    owners = set(_owners(store, things))
    return things | owners | (found.keys() & graphs), found.keys() & graphs


def short(iri: str) -> str:
    """Write an IRI of a known vocabulary as `prefix:name`.

    >>> short("http://www.w3.org/ns/org#postIn"), short("https://example.org/x")
    ('org:postIn', 'https://example.org/x')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _id(term: ox.NamedNode | ox.BlankNode | object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _thing(iri: str, said: dict[str, list[str]]) -> Thing:
    kinds = {KIND_OF_CLASS[name] for value in said.get(_TYPE, ()) if (name := short(value)) in KIND_OF_CLASS}
    names = [said[predicate][0] for predicate in _NAMES if said.get(predicate)]
    label = names[0] if names else (iri.rpartition("/")[2] or iri)
    title = max(names, key=len) if names else iri
    facts = [Fact("Kind", short(value)) for value in dict.fromkeys(said.get(_TYPE, ()))]
    facts += [Fact(short(predicate), value) for predicate in said if predicate != _TYPE for value in said[predicate]]
    return Thing(iri, min(kinds) if kinds else "thing", label, title, tuple(dict.fromkeys(facts)))


def _told(store: Store, iris: list[str]) -> Iterable[tuple[str, str, str]]:
    for row in _in_chunks(store, _TOLD, iris):
        yield row["s"].value, row["p"].value, row["o"].value


def _owners(store: Store, iris: Iterable[str]) -> Iterable[str]:
    edge = sorted(iris)
    for _ in range(2):  # a sum is part of a paragraph, a paragraph of a finding
        edge = sorted({row["owner"].value for row in _in_chunks(store, _OWNERS, edge)
                       if isinstance(row["owner"], ox.NamedNode)})  # fmt: skip
        yield from edge


def _in_chunks(store: Store, sparql: str, iris: list[str]) -> Iterable[ox.QuerySolution]:
    # NamedNode refuses what is no IRI, so nothing but IRIs can get into the text.
    nodes = [str(ox.NamedNode(iri)) for iri in iris if not iri.startswith("_:")]
    for start in range(0, len(nodes), _CHUNK):
        rows = store.query(sparql % " ".join(nodes[start : start + _CHUNK]))
        assert isinstance(rows, ox.QuerySolutions)
        yield from rows
