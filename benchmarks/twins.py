"""Each named query beside twins written by hand for pyoxigraph: the same rows, the ratio of the times, and first rows.

    python -m benchmarks.twins [--store FOLDER | --reports 5 400 2000 [--size 16]] [--times 3] [--rows 200000] [NAME...]

Two twins a query, as somebody would write them who needs that answer once: the plainest SPARQL, and loops over
`quads_for_pattern` where a few lines do it. Each reads the values and makes them distinct and sorted as Python
sorts. The ratio is that of `run_named`, its rows read to the end, to the quicker twin, in processor time of one
process, the least of several turns. A query with more than `--rows` rows is asked of a part of the reports.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

import pyoxigraph as ox

from auditgraph.naturally import natural_text
from auditgraph.ontology.namespaces import AG, CODE, DCTERMS, ORG, PREFIXES, RDF, RDFS, SKOS
from auditgraph.queries.named import named_queries
from auditgraph.queries.results import cell
from auditgraph.queries.runner import run_named
from auditgraph.store import open_store
from benchmarks.scale import build

__all__ = ["LOOPS", "SPARQL", "compared", "main"]

Cells = tuple[str, ...]
# Seconds that one timing takes at least: what is quicker is asked again and again within it.
_LONG = 0.05
_CODE = "OPTIONAL {{ {0} {1} {2}code . {2}code skos:notation {2} }}"
_DATES = "".join(
    f" OPTIONAL {{ ?audit ag:{name[0]} ?{name[1]} }}"
    for name in (("periodStart", "ps"), ("periodEnd", "pe"), ("fieldworkStart", "fs"), ("fieldworkEnd", "fe"))
)
# What is selected, and what stands inside GRAPH ?g { ?g ag:key ?key ... }.
SPARQL: dict[str, tuple[str, str]] = {
    "abbreviations": ("?a ?e", "?x ag:acronym ?a ; ag:expansion ?e"),
    "amounts": ("?p ?v ?c", "?x a ag:Amount ; dcterms:isPartOf/ag:place ?p ; rdf:value ?v ; ag:currency ?c"),
    "budgets": (
        "?f ?y ?v ?c",
        "?x a ag:Budget ; rdf:value ?v ; ag:currency ?c OPTIONAL { ?x ag:fiscalYear ?y } "
        "OPTIONAL { ?x ag:funder/ag:shortName ?f }",
    ),
    "citations": (
        "(COALESCE(?i, ?l) AS ?said) ?p",
        "?x ag:cites ?c ; ag:place ?p OPTIONAL { ?c ag:identifier ?i } OPTIONAL { ?c rdfs:label ?l }",
    ),
    "discrepancies": ("?t ?a ?b", "?x a ag:Discrepancy ; ag:topic ?t ; ag:first ?a ; ag:second ?b"),
    "evidence": (
        "?g ?s ?p ?o ?name ?short ?word ?label ?place ?quote",
        "?x ag:evidence ?y ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?y ag:place ?place ; oa:exact ?quote "
        "OPTIONAL { ?s rdfs:label ?name } OPTIONAL { ?o ag:shortName ?short } OPTIONAL { ?o skos:notation ?word } "
        "OPTIONAL { ?o rdfs:label ?label }",
    ),
    "figures": (
        "?p ?c ?t ?q",
        "?x a ag:Figure ; dcterms:isPartOf/ag:place ?p ; ag:count ?c ; ag:total ?t OPTIONAL { ?x ag:percent ?q }",
    ),
    "findings": (
        "?a ?h ?f ?l ?n",
        "?x a ag:Finding ; ag:heading ?h OPTIONAL { ?x ag:area ?a } OPTIONAL { ?x ag:firstParagraph/ag:place ?f } "
        "OPTIONAL { ?x ag:lastParagraph/ag:place ?l } OPTIONAL { ?x ag:ledTo/ag:number ?n }",
    ),
    "instruments": (
        "?l ?i ?y",
        "?x a ag:Instrument ; rdfs:label ?l OPTIONAL { ?x ag:identifier ?i } OPTIONAL { ?x ag:year ?y }",
    ),
    "locations": ("?l", "?x a dcterms:Location ; rdfs:label ?l"),
    "mandates": (
        "?l ?n ?e",
        "?x a ag:Mandate ; ag:resolution/rdfs:label ?l ; ag:entity/ag:shortName ?n ; ag:effect/skos:notation ?e",
    ),
    "organisations": (
        "?l ?a ?p",
        "{ ?x a org:Organization } UNION { ?x a org:OrganizationalUnit } ?x rdfs:label ?l "
        "OPTIONAL { ?x ag:acronym ?a } OPTIONAL { ?x org:subOrganizationOf/ag:shortName ?p }",
    ),
    "people": ("?l ?r", "?x a ag:Involvement ; ag:agent/rdfs:label ?l ; ag:role/skos:notation ?r"),
    "posts": (
        "?l ?b ?gr ?t",
        "?x a org:Post ; rdfs:label ?l OPTIONAL { ?x org:postIn/ag:shortName ?b } OPTIONAL { ?x ag:grade ?gr } "
        "OPTIONAL { ?x org:reportsTo/ag:shortName ?t }",
    ),
    "recommendation-parts": (
        "?n ?l ?t",
        "?x a ag:RecommendationPart ; dcterms:isPartOf/ag:number ?n ; ag:letter ?l ; ag:text ?t",
    ),
    "recommendations": (
        "?n ?t ?imp ?status ?why ?due ?act",
        "?x a ag:Recommendation ; ag:number ?n OPTIONAL { ?x ag:text ?t } "
        + " ".join(
            _CODE.format("?x", p, v)
            for p, v in (("ag:importance", "?imp"), ("ag:status", "?status"), ("ag:closingReason", "?why"))
        )
        + " OPTIONAL { ?x ag:due ?due } OPTIONAL { ?x ag:action ?act }",
    ),
    "reports": (
        "?as ?t ?h ?i ?e ?ps ?pe ?fs ?fe ?rate",
        "?g ag:audit ?audit OPTIONAL { ?audit ag:assignment ?as } OPTIONAL { ?g dcterms:title ?t } "
        "OPTIONAL { ?g ag:headline ?h } OPTIONAL { ?g dcterms:issued ?i } "
        "OPTIONAL { ?g ag:auditedEntity/ag:shortName ?e }"
        + _DATES
        + " "
        + _CODE.format("?g", "ag:overallRating", "?rate"),
    ),
    "responses": (
        "?n ?a ?c",
        "?x a ag:ManagementResponse ; ag:about ?rec . ?rec ag:number ?n OPTIONAL { ?x ag:accepted/skos:notation ?a } "
        "OPTIONAL { ?x ag:comments ?c } FILTER(BOUND(?a) || BOUND(?c)) FILTER NOT EXISTS { ?x ag:saidIn "
        "code:place-kind\\/body . ?better ag:about ?rec ; ag:saidIn code:place-kind\\/appendix }",
    ),
    "responsibilities": ("?n ?o", "?x ag:official ?o ; ag:number ?n"),
    "systems": ("?l", "?x a ag:InformationSystem ; rdfs:label ?l"),
}


def by_sparql(store: ox.Store, name: str, graphs: list[ox.NamedNode] | None = None) -> list[Cells]:
    """Answer a query by the plainest SPARQL."""
    selected, where = SPARQL[name]
    text = f"SELECT ?key {selected} WHERE {{ GRAPH ?g {{ ?g ag:key ?key . {where} }} }}"
    where_from: dict[str, Any] = {} if graphs is None else {"named_graphs": graphs, "default_graph": []}
    found: Any = store.query(text, prefixes=PREFIXES, **where_from)
    rows = (tuple("" if term is None else term.value for term in solution) for solution in found)
    return sorted(set(map(_worded, rows) if name == "evidence" else rows))


def _worded(row: Cells) -> Cells:
    """Put the terms of a statement into words, as the column `statement` has them."""
    key, g, s, p, o, name, short, word, label, place, quote = row
    inside = s.removeprefix(g + "/") if s.startswith(g + "/") else ""
    kind = (inside or s.removeprefix(g.partition("report/")[0])).partition("/")[0]
    subject = "report" if s == g else f'{kind} "{name}"' if name else inside.replace("/", " ") or kind
    if p not in (RDF.type.value, RDFS.label.value):
        within = o.removeprefix(g + "/").replace("/", " ") if o.startswith(g + "/") else o
        said = re.split(r"#|/terms/", p, maxsplit=1)[1]
        worded = re.sub("([a-z])([A-Z])", r"\1 \2", said).lower()
        subject += f': {worded} "{short or word or label or within}"'
    return key, subject, place, quote


def _responses(store: ox.Store) -> Iterator[Cells]:
    g = _Graph(store)
    appendix, body = CODE["place-kind/appendix"], CODE["place-kind/body"]
    better = {g.node(quad.subject, AG.about, quad.graph_name) for quad in g.quads(None, AG.saidIn, appendix)}
    for x, graph, key in g.things(AG.ManagementResponse):
        accepted, comments = g.notation(x, AG.accepted, graph), g.value(x, AG.comments, graph)
        for quad in g.quads(x, AG.about, None, graph) if accepted or comments else ():
            if quad.object not in better or g.node(x, AG.saidIn, graph) != body:
                yield key, g.value(quad.object, AG.number, graph), accepted, comments


class _Graph:
    """What every script of this kind begins with: a value of a thing in a graph."""

    def __init__(self, store: ox.Store) -> None:
        self.quads = store.quads_for_pattern
        self.keys = {quad.graph_name: cell(quad.object) for quad in self.quads(None, AG.key, None)}

    def things(self, *kinds: ox.NamedNode) -> Iterator[tuple[Any, Any, str]]:
        for quad in chain.from_iterable(self.quads(None, RDF.type, kind) for kind in kinds):
            yield quad.subject, quad.graph_name, self.keys[quad.graph_name]

    def node(self, subject: Any, predicate: ox.NamedNode, graph: Any) -> Any:
        return next((quad.object for quad in self.quads(subject, predicate, None, graph)), None)

    def value(self, subject: Any, predicate: ox.NamedNode, graph: Any) -> str:
        return "" if subject is None else cell(self.node(subject, predicate, graph))

    def notation(self, subject: Any, predicate: ox.NamedNode, graph: Any) -> str:
        return self.value(self.node(subject, predicate, graph), SKOS.notation, graph)


def _abbreviations(store: ox.Store) -> Iterator[Cells]:
    g = _Graph(store)
    for quad in g.quads(None, AG.expansion, None):
        yield g.keys[quad.graph_name], g.value(quad.subject, AG.acronym, quad.graph_name), cell(quad.object)


def _locations(store: ox.Store) -> Iterator[Cells]:
    g = _Graph(store)
    return ((key, g.value(x, RDFS.label, graph)) for x, graph, key in g.things(DCTERMS.Location))


def _organisations(store: ox.Store) -> Iterator[Cells]:
    g = _Graph(store)
    for x, graph, key in g.things(ORG.Organization, ORG.OrganizationalUnit):
        parent = g.value(g.node(x, ORG.subOrganizationOf, graph), AG.shortName, graph)
        yield key, g.value(x, RDFS.label, graph), g.value(x, AG.acronym, graph), parent


def _recommendations(store: ox.Store) -> Iterator[Cells]:
    g = _Graph(store)
    for x, graph, key in g.things(AG.Recommendation):
        yield (
            key, g.value(x, AG.number, graph), g.value(x, AG.text, graph), g.notation(x, AG.importance, graph),
            g.notation(x, AG.status, graph), g.notation(x, AG.closingReason, graph), g.value(x, AG.due, graph),
            g.value(x, AG.action, graph),
        )  # fmt: skip


def _figures(store: ox.Store) -> Iterator[Cells]:
    g = _Graph(store)
    for x, graph, key in g.things(AG.Figure):
        place = g.value(g.node(x, DCTERMS.isPartOf, graph), AG.place, graph)
        yield key, place, *(g.value(x, of, graph) for of in (AG["count"], AG.total, AG.percent))


LOOPS: dict[str, Callable[[ox.Store], Iterable[Cells]]] = {
    "abbreviations": _abbreviations,
    "figures": _figures,
    "locations": _locations,
    "organisations": _organisations,
    "recommendations": _recommendations,
    "responses": _responses,
}


def compared(place: str, name: str, times: int, most: int) -> tuple[float, float, float, int, bool]:
    """Return seconds of a query, of its quicker twin, until the first row, the rows, and whether both say the same."""
    store, engine, query = open_store(place), ox.Store.read_only(place), named_queries()[name]
    probe = sum(1 for _ in islice(run_named(store, query).rows, most + 1))
    limit, graphs = None, None
    if probe > most:  # the reports that come first
        keys: Any = engine.query("SELECT ?k ?g { GRAPH ?g { ?g ag:key ?k } }", prefixes=PREFIXES)
        wanted = {cell(row[0]) for row in islice(run_named(store, query).rows, most)}
        last = max(wanted)
        graphs = [g for k, g in ((k.value, g) for k, g in keys) if k in wanted and k != last]
        limit = {last}
    first: list[float] = []

    def ours() -> list[Cells]:
        natural_text.cache_clear()  # what a process that asks once has to do
        begun = time.process_time()
        found: list[Cells] = []
        for row in run_named(store, query).rows:
            if not found:
                first.append(time.process_time() - begun)
            cells = tuple(map(cell, row))
            if limit and cells[0] in limit:
                break
            found.append(cells)
        return found

    twins: list[Callable[[], list[Cells]]] = []
    if name in SPARQL:
        twins.append(lambda: _in_parts(engine, name, graphs))
    if name in LOOPS and limit is None:
        twins.append(lambda: sorted(set(LOOPS[name](engine))))
    rows = ours()
    same = all(set(twin()) == set(rows) for twin in twins)
    mine, *theirs = _least([ours, *twins], times)
    return mine, min(theirs), min(first, default=mine), len(rows), same


def _in_parts(engine: ox.Store, name: str, graphs: list[ox.NamedNode] | None) -> list[Cells]:
    if graphs is None:
        return by_sparql(engine, name)
    return sorted(chain.from_iterable(by_sparql(engine, name, graphs[i : i + 32]) for i in range(0, len(graphs), 32)))


def _least(works: list[Callable[[], list[Cells]]], times: int) -> list[float]:
    """Return the seconds of each work, the least of several turns in which all take part."""
    least = [math.inf] * len(works)
    for _ in range(times):
        for i, work in enumerate(works):
            turns, begun = 0, time.process_time()
            while not turns or time.process_time() - begun < _LONG:
                work()
                turns += 1
            least[i] = min(least[i], (time.process_time() - begun) / turns)
    return least


def main() -> int:
    """Compare as the command line says; return 1 where an answer differs."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("names", nargs="*", metavar="NAME")
    cli.add_argument("--store", help="a store of any reports; without it one is made")
    cli.add_argument("--reports", type=int, nargs="+", default=[5, 50, 400, 2000], help="stores of so many reports")
    cli.add_argument("--size", type=int, default=1, help="recommendations in each; 16 are as in real ones")
    cli.add_argument("--times", type=int, default=3)
    cli.add_argument("--rows", type=int, default=200_000)
    given = cli.parse_args()
    names = given.names or [name for name in named_queries() if name in SPARQL or name in LOOPS]
    if given.store:
        return int(_table(given.store, names, given.times, given.rows))
    wrong = False
    for reports in given.reports:
        with tempfile.TemporaryDirectory() as folder:
            build(folder, reports, given.size)
            wrong |= _table(folder, names, given.times, given.rows)
    return int(wrong)


def _table(place: str, names: Iterable[str], times: int, most: int) -> bool:
    """Print what each query takes; return whether an answer differs."""
    wrong = False
    print(f"{'':22}{'ours':>12}{'twin':>12}{'ratio':>7}{'first row':>11}{'rows':>10}")
    for name in names:
        mine, twin, first, rows, same = compared(place, name, times, most)
        wrong |= not same
        print(
            f"{name:22}{mine * 1e3:9.2f} ms{twin * 1e3:9.2f} ms{mine / twin:7.2f}{first * 1e3:8.1f} ms{rows:10,}"
            f"{'' if same else '   DIFFERENT ROWS'}",
            flush=True,
        )
    return wrong


if __name__ == "__main__":
    sys.exit(main())
