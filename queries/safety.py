"""Look at SPARQL from outside before it runs: reading only, no network, no files.

The check goes by SPARQL's tokens and not by an engine's grammar: what has no token SERVICE can't call
a service on any engine, whichever extensions it parses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from auditgraph.errors import QueryError

__all__ = ["check", "excerpt", "place_of"]

# SPARQL 1.1, section 19.8: what may hold any words, then words. An IRI holds neither space nor braces,
# so that `?a < ?b` is no IRI and a group pattern can't hide in one.
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<text>'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
      | (?P<variable>[?$]\w+)
      | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)
      | (?P<tag>@[A-Za-z-]+)
      | (?P<word>\w+)
      | (?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_FORMS = frozenset({"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"})
_WEB = frozenset({"http", "https", "urn"})
_PLACE = re.compile(r"error at (\d+):(\d+): ?", re.DOTALL)


def check(sparql: str) -> None:
    """Raise QueryError for SPARQL that is an update, calls a service or names files as its data.

    >>> check("SELECT * { ?s ?p 'SERVICE' } # LOAD")
    >>> check("ASK { SERVICE <http://x.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    auditgraph.errors.QueryError: line 1, column 7: SERVICE is refused: a query may not reach the network
    """
    # An engine may undo \\uXXXX before it reads tokens, or not: both readings must be harmless.
    for reading in {sparql, _ESCAPE.sub(_unescape, sparql)}:
        _check(reading)


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


def _check(sparql: str) -> None:
    form = ""
    base, prefixes = "", dict[str, str]()
    tokens = [match for match in _TOKEN.finditer(sparql) if match.lastgroup != "comment"]
    for at, token in enumerate(tokens):
        if token.lastgroup != "word":
            continue
        word = token[0].upper()
        if word == "SERVICE":
            raise _refusal(sparql, token, "SERVICE is refused: a query may not reach the network")
        if not form and word in _UPDATES:
            raise _refusal(sparql, token, f"{word} is refused: a query may only read")
        if word in _FORMS:
            form = form or word
        following = list(_texts(tokens[at + 1 : at + 3]))
        if word == "BASE" and following:
            base = urljoin(base, following[0][1:-1])
        elif word == "PREFIX" and len(following) == 2:
            prefixes[following[0]] = urljoin(base, following[1][1:-1])
        elif word == "FROM" and following:
            name = following[1] if following[0].upper() == "NAMED" and len(following) == 2 else following[0]
            iri = _resolve(name, base, prefixes)
            if urlsplit(iri).scheme.lower() not in _WEB:
                raise _refusal(sparql, token, f"FROM {name} is refused: a query may only read graphs of the store")


def _texts(tokens: list[re.Match[str]]) -> Iterator[str]:
    return (token[0] for token in tokens)


def _resolve(name: str, base: str, prefixes: dict[str, str]) -> str:
    if name.startswith("<"):
        return urljoin(base, name[1:-1])
    prefix, colon, local = name.partition(":")
    # A prefix that the query does not declare is one of ours, or an error that the engine tells.
    return prefixes.get(prefix + colon, "http:") + local


def _refusal(sparql: str, token: re.Match[str], why: str) -> QueryError:
    line = sparql.count("\n", 0, token.start()) + 1
    column = token.start() - (sparql.rfind("\n", 0, token.start()) + 1) + 1
    return QueryError(f"line {line}, column {column}: {why}")


def place_of(message: str) -> tuple[int, int, str] | None:
    """Return line, column and the rest of an engine's syntax error, or None.

    >>> place_of("error at 3:8: expected CONSTRUCT")
    (3, 8, 'expected CONSTRUCT')
    """
    match = _PLACE.match(message)
    return (int(match[1]), int(match[2]), message[match.end() :]) if match else None


def excerpt(sparql: str, line: int, column: int) -> str:
    r"""Return a line of a query with a caret under a column.

    >>> print(excerpt("ASK {\n  ?s ?p }", 2, 9))
      ?s ?p }
            ^
    """
    lines = sparql.splitlines() or [""]
    text = lines[min(line, len(lines)) - 1].replace("\t", " ")
    return f"{text}\n{' ' * (column - 1)}^"
