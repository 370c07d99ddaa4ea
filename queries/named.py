"""The named queries: one commented .rq file each, beside this module.

A file begins with comments `# key: value`: `title`, `answers` (what one row is), any number of
`parameter: name - what it does`, `begins` and others (see NamedQuery), and `columns` where the contract's columns are
fewer than what the query selects. A line `#   more` goes on with the value before it. What a parameter alone needs
stands on lines that end with `# for NAME`: they are left out where it has no value. What only a store with listings
needs stands between the lines `# for listings:` and `# end`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from auditgraph.errors import UsageError

__all__ = ["NamedQuery", "closest", "named_queries", "named_query", "parse_query"]

_HEADER = re.compile(r"#\s?(?P<key>[A-Za-z]+):\s*(?P<value>.*)")
_MORE = re.compile(r"#\s+(?P<value>\S.*)")
_SELECT = re.compile(r"^\s*SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?(?P<projection>.*?)(?:^\s*FROM\b|\bWHERE\b|\{)",
                     re.IGNORECASE | re.MULTILINE | re.DOTALL)  # fmt: skip
_FOR = re.compile(r"^\s*# for (?P<block>\w+):\n(?:.*\n)*?\s*# end\n|^.*# for (?P<name>\w+)(?:\n|\Z)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*#.*(?:\n|\Z)", re.MULTILINE)
_PROJECTED = re.compile(r"\bAS\s+\?(\w+)\s*\)|\?(\w+)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the library: `columns` as the contract has them, `parameters` with what each does.

    `begins` is a statement without which a report has no rows (but of what listings say of it), where all rows of a
    report come from its own graph (and from the listings that have it).
    `listings` is true where it also asks what listings say of a report, `later` where what later documents say of it;
    then its column `r` is the report that a row is about.
    `counted` is true where what it begins at is counted before all are asked: the engine reads much for the first row.
    """

    name: str
    title: str
    answers: str
    columns: tuple[str, ...]
    parameters: dict[str, str]
    text: str
    listings: bool = False
    later: bool = False
    counted: bool = False
    begins: str = ""

    def asking(self, parameters: Iterable[str]) -> str:
        """Return the text for some of its parameters, without what serves others, and without comments.

        `listings` is one of them where the store has any.

        >>> query = parse_query("x", "SELECT ?s ?entity {\\n  ?s a ?c .\\n  ?s ag:of ?entity . # for entity\\n}")
        >>> query.asking(["entity"]) == query.text, len(query.asking([]).splitlines())
        (True, 3)
        >>> query = parse_query("y", "ASK {\\n  # for listings:\\n  ?s a ?c .\\n  # end\\n}")
        >>> query.asking(["listings"]), query.asking([])
        ('ASK {\\n  ?s a ?c .\\n}', 'ASK {\\n}')
        """
        return _asking(self.text, frozenset(parameters))


@lru_cache(maxsize=256)
def _asking(text: str, given: frozenset[str]) -> str:
    kept = _FOR.sub(lambda part: part[0] if (part["block"] or part["name"]) in given else "", text)
    return _COMMENT.sub("", kept)


def parse_query(name: str, text: str) -> NamedQuery:
    """Read a query and its header.

    >>> query = parse_query("posts", "# title: Posts\\n# parameter: entity - only its own\\nSELECT ?report ?title { }")
    >>> query.title, query.columns, query.parameters
    ('Posts', ('report', 'title'), {'entity': 'only its own'})
    """
    header: list[tuple[str, str]] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            if line.strip():
                break
            continue
        if match := _HEADER.match(line):
            header.append((match["key"].lower(), match["value"].strip()))
        elif header and (match := _MORE.match(line)):
            key, value = header[-1]
            header[-1] = (key, f"{value} {match['value']}".strip())
    said = dict(reversed(header))
    parameters = dict(
        _parameter(item) for key, value in header if key in ("parameter", "parameters") for item in _items(key, value)
    )
    columns = tuple(re.findall(r"\w+", said.get("columns", ""))) or _projection(text)
    title = said.get("title", name)
    listings, later, counted = (said.get(name) == "yes" for name in ("listings", "later", "counted"))
    return NamedQuery(name, title, said.get("answers", title), columns, parameters, text, listings, later, counted,
                      said.get("begins", ""))  # fmt: skip


def _items(key: str, value: str) -> list[str]:
    return [value] if key == "parameter" else [item for item in value.split(",") if item.strip()]


def _parameter(item: str) -> tuple[str, str]:
    name, _, what = re.sub(r"^\s*[?$]?", "", item).partition(" ")
    return name.rstrip(":,"), what.lstrip(" -–—:(").rstrip(")")


def _projection(text: str) -> tuple[str, ...]:
    match = _SELECT.search(text)
    if match is None:
        return ()
    # Only what stands outside of expressions: (COUNT(?x) AS ?n) projects n.
    flat = re.sub(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?\bAS\s+(\?\w+)\s*\)", r"\1", match["projection"])
    return tuple(a or b for a, b in _PROJECTED.findall(flat))


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return all named queries, by name."""
    found = (file for file in files(__package__).iterdir() if file.name.endswith(".rq"))
    queries = (
        parse_query(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
        for file in sorted(found, key=lambda file: file.name)
    )
    return {query.name: query for query in queries}


def named_query(name: str) -> NamedQuery:
    """Return a named query; raises UsageError with the names that are close where there is none."""
    queries = named_queries()
    if name not in queries:
        near = closest(name, queries)
        raise UsageError(
            f"there is no query {name!r}",
            f"Did you mean {' or '.join(near)}?" if near else "See them all: auditgraph query --list",
        )
    return queries[name]


def closest(wrong: str, right: Iterable[str]) -> list[str]:
    """Return the few names that a mistyped one may stand for, the best first."""
    from rapidfuzz import fuzz, process, utils

    hits = process.extract(wrong, list(right), scorer=fuzz.WRatio, processor=utils.default_process, limit=3)
    return [name for name, score, _ in hits if score >= 70]
