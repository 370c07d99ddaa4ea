"""What the reports of a store say of a thing that they share, with the words behind it.

Every query here has the thing as a constant of its first pattern, so that its time grows with what is said of the
thing; and every one has a limit, for there are things that all reports speak of.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from auditgraph.naturally import natural_text
from auditgraph.store import Store, Term
from auditgraph.web.pages.graph import Quote, short

__all__ = ["MOST", "Fact", "Thing", "ask", "pointing", "pointing_any", "read_thing", "value_of", "values"]

# Rows of a query at most. A page shows far fewer; what is left out is said on it.
MOST = 2000
# Reports whose words are shown for one fact, and for all facts of a thing.
_QUOTED, _SAMPLE = 2, 16

# The facts of a thing, report by report.
_FACTS = "SELECT ?thing ?p ?o ?g WHERE { GRAPH ?g { ?thing ?p ?o } } LIMIT %d"
# Its claims: the subject is the rarest of a claim's terms.
_CLAIMS = """SELECT ?thing ?p ?o ?g ?derived ?passage ?place ?exact ?page WHERE {
  GRAPH ?g {
    ?claim rdf:subject ?thing .
    ?claim rdf:predicate ?p .
    ?claim rdf:object ?o .
    ?claim ag:evidence ?passage .
    ?passage oa:exact ?exact .
    OPTIONAL { ?passage ag:place ?place }
    OPTIONAL { ?passage ag:page ?page }
    OPTIONAL { ?claim ag:derived ?derived }
  }
} LIMIT %d"""
_BACK = "SELECT ?thing ?s WHERE { GRAPH ?g { ?s <%s> ?thing } } LIMIT %d"
_ALONG = "SELECT ?thing ?o ?g WHERE { GRAPH ?g { ?thing <%s> ?o } } LIMIT 200"
_BACK_ANY = "SELECT DISTINCT ?thing ?p ?s WHERE { GRAPH ?g { ?s ?p ?thing } } LIMIT %d"


@dataclass(slots=True)
class Fact:
    """A statement on a thing: `predicate` short (`rdfs:label`), the reports that make it, the words it rests on."""

    predicate: str
    term: ox.NamedNode | ox.Literal
    graphs: list[str] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    derived: bool = False

    @property
    def value(self) -> str:
        """Return the value of the object."""
        return self.term.value


@dataclass(slots=True)
class Thing:
    """A thing, its classes, and what is said of it: the facts of most reports first."""

    iri: str
    types: set[str]
    facts: list[Fact]
    graphs: list[str]
    cut: bool = False

    def all(self, *predicates: str) -> list[Fact]:
        """Return the facts with these predicates."""
        return [fact for fact in self.facts if fact.predicate in predicates]

    def one(self, predicate: str) -> str:
        """Return the value that most reports give, or the empty string."""
        return next((fact.value for fact in self.facts if fact.predicate == predicate), "")

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.one("rdfs:label") or self.one("ag:identifier") or self.iri.rpartition("/")[2].replace("-", " ")


def ask(
    store: Store, sparql: str, thing: ox.NamedNode, graphs: list[str] | None = None, **bind: Term
) -> list[tuple[Term | None, ...]]:
    """Return the rows of a SELECT whose variable `?thing` stands for a term, in all graphs or in some."""
    answer = store.query(sparql, bind={"thing": thing, **bind}, graphs=graphs)
    assert isinstance(answer, ox.QuerySolutions)
    width = range(len(answer.variables))
    return [tuple(solution[i] for i in width) for solution in answer]


def read_thing(store: Store, node: ox.NamedNode) -> Thing | None:
    """Return what the reports say of a thing; None where none says anything."""
    rows = ask(store, _FACTS % MOST, node)
    if not rows:
        return None
    facts: dict[tuple[str, str], Fact] = {}
    types: set[str] = set()
    graphs: dict[str, None] = {}
    for _, predicate, term, graph in rows:
        if not isinstance(term, ox.NamedNode | ox.Literal):
            continue
        name, where = short(value_of(predicate)), value_of(graph)
        graphs[where] = None
        if name == "rdf:type":
            types.add(short(term.value))
            continue
        fact = facts.setdefault((name, term.value), Fact(name, term))
        fact.graphs.append(where)
    # Of each fact a few reports' words: a mission's name stands in hundreds.
    some = dict.fromkeys(graph for fact in facts.values() for graph in fact.graphs[:_QUOTED])
    _quote(store, node, facts, list(some)[:_SAMPLE])
    ordered = sorted(facts.values(), key=lambda fact: (fact.predicate, -len(fact.graphs), natural_text(fact.value)))
    return Thing(node.value, types, ordered, sorted(graphs), len(rows) >= MOST)


def _quote(store: Store, node: ox.NamedNode, facts: dict[tuple[str, str], Fact], graphs: list[str]) -> None:
    """Give each fact its words; one without a claim of its own rests on the claim of the thing's type."""
    whole: list[Quote] = []
    for _, predicate, term, graph, derived, passage, place, exact, page in ask(store, _CLAIMS % MOST, node, graphs):
        said = value_of(page)
        quote = Quote(
            value_of(graph), value_of(passage), value_of(place), value_of(exact), int(said) if said.isdecimal() else 0
        )
        name = short(value_of(predicate))
        if name == "rdf:type":
            whole.append(quote)
        elif fact := facts.get((name, value_of(term))):
            fact.quotes.append(quote)
            fact.derived = fact.derived or value_of(derived) in ("true", "1")
    for fact in facts.values():
        fact.quotes = sorted(dict.fromkeys(fact.quotes), key=_order)
        if not fact.quotes and fact.predicate not in ("skos:notation", "ag:shortName"):
            fact.quotes = sorted(dict.fromkeys(whole), key=_order)


def _order(quote: Quote) -> tuple[str, int]:
    return (quote.report, quote.start)


def pointing(store: Store, node: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    """Return what points to a thing with a predicate."""
    return sorted({value_of(row[1]) for row in ask(store, _BACK % (predicate.value, MOST), node)})


def values(store: Store, node: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    """Return the things that a thing leads to with a predicate, those of most reports first."""
    found: dict[str, int] = {}
    for row in ask(store, _ALONG % predicate.value, node):
        found[value_of(row[1])] = found.get(value_of(row[1]), 0) + 1
    return sorted(found, key=lambda iri: (-found[iri], iri))


def pointing_any(store: Store, node: ox.NamedNode, most: int = 400) -> dict[str, list[str]]:
    """Return what points to a thing, by predicate."""
    found: dict[str, list[str]] = {}
    for _, predicate, subject in ask(store, _BACK_ANY % most, node):
        found.setdefault(short(value_of(predicate)), []).append(value_of(subject))
    return {name: sorted(set(subjects), key=natural_text) for name, subjects in sorted(found.items())}


def value_of(term: Term | None) -> str:
    """Return the text of a term; empty where there is none, or where it is a blank node."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
