"""Tell people where their SPARQL goes wrong, in words that help them to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.queries.safety import FORMS, position, tokens

__all__ = ["excerpt", "explain"]

_ENGINE = re.compile(r"error at (\d+):(\d+): (?:expected one of |expected )?", re.DOTALL)
# What the engine says in a sentence, in the midst of the tokens that it would have taken.
_SENTENCE = re.compile(r"(?:^|, )([A-Z][a-z]+ [A-Za-z ,']+?|The [A-Z]+ [A-Za-z ,']+?)(?=, \[|, \"|$)")
_PAIRS = {"{": "}", "(": ")", "[": "]"}


def explain(sparql: str, message: str, prefixes: frozenset[str]) -> tuple[int, int, str]:
    """Return line, column and what is wrong there, from a query and the engine's message about it.

    The commonest mistakes are found by looking at the tokens; for others the engine's place is told.

    >>> explain("SELECT * {\\n  ?s ag:key ?o", "error at 2:14: expected one of ...", frozenset({"ag"}))
    (1, 10, 'this { is never closed')
    """
    for offset, what in _mistakes(sparql, prefixes):
        return *position(sparql, offset), what
    match = _ENGINE.match(message)
    if match is None:
        return 1, 1, " ".join(message.split())
    sentence = _SENTENCE.search(" ".join(message[match.end() :].split()))
    line, column = int(match[1]), int(match[2])
    return line, column, sentence[1].strip(", ") if sentence else "here or just before, something else is expected"


def _mistakes(sparql: str, prefixes: frozenset[str]) -> Iterator[tuple[int, str]]:
    found = tokens(sparql)
    if not found:
        yield 0, "the query is empty"
        return
    declared = set(prefixes)
    form = False
    opened: list[tuple[str, int]] = []
    for at, token in enumerate(found):
        text, kind = token[0], token.lastgroup
        if kind == "word":
            word = text.upper()
            if not form and word in FORMS:
                form = True
            elif not form and word not in ("PREFIX", "BASE"):
                yield token.start(), f"a query begins with {', '.join(sorted(FORMS))} (or PREFIX), not with {text}"
                return
            if word == "PREFIX" and at + 1 < len(found):
                declared.add(found[at + 1][0].removesuffix(":"))
        elif kind == "name" and text.partition(":")[0] not in declared and text != "_":
            yield token.start(), f"the prefix {text.partition(':')[0]}: is not declared"
            return
        elif kind == "other" and text in "\"'":
            yield token.start(), "this quotation mark is never closed"
            return
        elif kind == "other" and text in _PAIRS:
            opened.append((text, token.start()))
        elif kind == "other" and text in _PAIRS.values():
            if not opened or _PAIRS[opened[-1][0]] != text:
                yield token.start(), f"this {text} closes nothing"
                return
            opened.pop()
    if opened:
        yield opened[-1][1], f"this {opened[-1][0]} is never closed"


def excerpt(sparql: str, line: int, column: int) -> str:
    r"""Return a line of a query with a caret under a column.

    >>> print(excerpt("ASK {\n  ?s ?p }", 2, 9))
      ?s ?p }
            ^
    """
    lines = sparql.splitlines() or [""]
    text = lines[min(line, len(lines)) - 1].replace("\t", " ")
    # A line of thousands of characters is shown around the place.
    left = max(column - 60, 0) if column > 100 else 0
    return f"{text[left : left + 120]}\n{' ' * (column - 1 - left)}^"
