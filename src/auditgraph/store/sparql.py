"""SPARQL as text for servers: terms that can't break out of it, prefixes, limits, and a look at its grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

import pyoxigraph as ox

from auditgraph.errors import QueryError
from auditgraph.ontology.namespaces import PREFIXES
from auditgraph.queries.safety import FORMS, names_dataset, tokens
from auditgraph.store.base import Term

__all__ = ["bound", "check_grammar", "data", "form_of_query", "limited", "prefixed", "term_text"]

_ESCAPED = re.compile(r"\\(?:\\([uU])|.)", re.DOTALL)


def term_text(term: Term) -> str:
    r"""Return a term as SPARQL.

    A backslash before a `u` is written so that servers agree which undo `\uXXXX` before they read strings
    (SPARQL 1.1, 19.2) and those that do it inside of strings.

    >>> term_text(ox.Literal('x" } ; DROP ALL #'))
    '"x\\" } ; DROP ALL #"'
    >>> print(term_text(ox.Literal(r"\u0022")))
    "\\\u00750022"
    """
    return _ESCAPED.sub(lambda match: f"\\\\\\u{ord(match[1]):04X}" if match[1] else match[0], str(term))


def data(quads: Iterable[ox.Quad]) -> str:
    """Return quads as the inside of INSERT DATA, graph by graph."""
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        line = f"{term_text(quad.subject)} {term_text(quad.predicate)} {term_text(quad.object)} ."
        graphs.setdefault(str(quad.graph_name), []).append(line)
    return "\n".join(f"GRAPH {graph} {{\n" + "\n".join(lines) + "\n}" for graph, lines in graphs.items())


def form_of_query(sparql: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE.

    >>> form_of_query("PREFIX ask: <https://x.org/> # select\\nCONSTRUCT WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    return next((t[0].upper() for t in tokens(sparql) if t.lastgroup == "word" and t[0].upper() in FORMS), "")


def check_grammar(sparql: str) -> tuple[str, ...]:
    """Return the columns of a query, none where it is no SELECT; raises QueryError where a text is no query.

    So every store gives the same message, and no server is asked.
    """
    try:
        answer = ox.Store().query(sparql, prefixes=PREFIXES)
        return tuple(v.value for v in answer.variables) if isinstance(answer, ox.QuerySolutions) else ()
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise QueryError(str(error)) from error


def prefixed(sparql: str) -> str:
    """Declare those of the usual prefixes that a query uses and does not declare.

    >>> prefixed("ASK { ?s ag:key ?o }")
    'PREFIX ag: <https://w3id.org/auditgraph/ontology#> ASK { ?s ag:key ?o }'
    """
    found = tokens(sparql)
    declared = {b[0] for a, b in pairwise(found) if a[0].upper() == "PREFIX"}
    used = {token[0].partition(":")[0] for token in found if token.lastgroup == "name"}
    missing = sorted(name for name in used & set(PREFIXES) if f"{name}:" not in declared)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + sparql


def bound(sparql: str, bind: Mapping[str, Term]) -> str:
    """Keep only the rows of a SELECT in which variables of its projection have these values.

    >>> bound("SELECT ?s ?o { ?s ?p ?o }", {"o": ox.Literal("x")})
    'SELECT ?s ?o WHERE { { SELECT ?s ?o { ?s ?p ?o } } FILTER(?o = "x") }'
    """
    if not bind:
        return sparql
    start = next((t.start() for t in tokens(sparql) if t.lastgroup == "word" and t[0].upper() == "SELECT"), None)
    if start is None or names_dataset(sparql):
        raise QueryError("values can be given to a SELECT without FROM only", "Say them in the query")
    filters = " ".join(f"FILTER(?{name} = {term_text(term)})" for name, term in bind.items())
    inner = sparql[start:].rstrip()
    # A comment at its end would hide the brace.
    end = "\n" if "#" in inner.rpartition("\n")[2] else " "
    columns = " ".join(f"?{name}" for name in check_grammar(sparql)) or "*"
    return f"{sparql[:start]}SELECT {columns} WHERE {{ {{ {inner}{end}}} {filters} }}"


def limited(sparql: str, rows: int) -> str:
    """Let a query give at most so many rows: its own LIMIT is lowered, or one is put where it has none.

    >>> limited("SELECT * { ?s ?p ?o } LIMIT 9", 5)
    'SELECT * { ?s ?p ?o } LIMIT 5'
    >>> limited("SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 9 } } VALUES ?s { 1 }", 5)
    'SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 9 } } \\nLIMIT 5 VALUES ?s { 1 }'
    """
    if form_of_query(sparql) == "ASK":
        return sparql
    depth, at = 0, len(sparql)
    found = tokens(sparql)
    seen = False
    for token, after in zip(found, [*found[1:], None], strict=True):
        word = token[0].upper() if token.lastgroup == "word" else ""
        seen = seen or word in FORMS
        if token.lastgroup == "other":
            depth += (token[0] in "{(") - (token[0] in "})")
        elif depth == 0 and seen and word == "LIMIT" and after is not None:
            return sparql if int(after[0]) <= rows else sparql[: after.start()] + str(rows) + sparql[after.end() :]
        elif depth == 0 and seen and word == "VALUES":
            at = token.start()
    return f"{sparql[:at]}\nLIMIT {rows} {sparql[at:]}".rstrip()
