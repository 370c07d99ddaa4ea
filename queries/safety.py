"""Look at SPARQL from outside before it runs: reading only, no network, no files.

The check goes by SPARQL's tokens and not by an engine's grammar: what has no token SERVICE can't call
a service on any engine, whichever extensions it parses.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from auditgraph.errors import QueryError

__all__ = ["FORMS", "check", "names_dataset", "position", "tokens"]

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
FORMS = frozenset({"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"})
_WEB = frozenset({"http", "https", "urn"})


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
    found = tokens(sparql)
    for at, token in enumerate(found):
        if token.lastgroup != "word":
            continue
        word = token[0].upper()
        if word == "SERVICE":
            raise _refusal(sparql, token, "SERVICE is refused: a query may not reach the network")
        if not form and word in _UPDATES:
            raise _refusal(sparql, token, f"{word} is refused: a query may only read")
        if word in FORMS:
            form = form or word
        following = [match[0] for match in found[at + 1 : at + 3]]
        if word == "BASE" and following:
            base = urljoin(base, following[0][1:-1])
        elif word == "PREFIX" and len(following) == 2:
            prefixes[following[0]] = urljoin(base, following[1][1:-1])
        elif word == "FROM" and following:
            name = following[1] if following[0].upper() == "NAMED" and len(following) == 2 else following[0]
            iri = _resolve(name, base, prefixes)
            if urlsplit(iri).scheme.lower() not in _WEB:
                raise _refusal(sparql, token, f"FROM {name} is refused: a query may only read graphs of the store")


def _resolve(name: str, base: str, prefixes: dict[str, str]) -> str:
    if name.startswith("<"):
        return urljoin(base, name[1:-1])
    prefix, colon, local = name.partition(":")
    # A prefix that the query does not declare is one of ours, or an error that the engine tells.
    return prefixes.get(prefix + colon, "http:") + local


def _refusal(sparql: str, token: re.Match[str], why: str) -> QueryError:
    line, column = position(sparql, token.start())
    return QueryError(f"line {line}, column {column}: {why}")


def names_dataset(sparql: str) -> bool:
    """Tell whether a query says with FROM what it reads.

    >>> names_dataset("SELECT * FROM <https://x.org/g> {}"), names_dataset("ASK { ?s ag:text 'from' } # FROM")
    (True, False)
    """
    if "from" not in sparql.casefold() and "\\" not in sparql:
        return False
    return any(
        token.lastgroup == "word" and token[0].upper() == "FROM" for token in tokens(_ESCAPE.sub(_unescape, sparql))
    )


def tokens(sparql: str) -> list[re.Match[str]]:
    """Return the tokens of a text, comments left out; `lastgroup` tells the kind of each."""
    return [match for match in _TOKEN.finditer(sparql) if match.lastgroup != "comment"]


def position(sparql: str, offset: int) -> tuple[int, int]:
    r"""Return the line and the column of a character, from 1.

    >>> position("ASK\n{", 4)
    (2, 1)
    """
    start = sparql.rfind("\n", 0, offset) + 1
    return sparql.count("\n", 0, offset) + 1, offset - start + 1
