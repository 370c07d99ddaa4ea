"""What a query answers: rows, triples, or yes and no."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from auditgraph.naturally import natural_text
from auditgraph.store import Answer, Term

__all__ = ["Result", "Row", "Rows", "Triples", "Truth", "cell", "result_of", "tidy"]

Row: TypeAlias = tuple[Term | None, ...]
_FORM = str.maketrans("123456789", "000000000")


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: `rows` can be read once; `plain` where cells are values and terms do not matter."""

    columns: tuple[str, ...]
    rows: Iterable[Row]
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer of a CONSTRUCT or DESCRIBE; can be read once."""

    triples: Iterable[ox.Triple]


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer of an ASK."""

    value: bool


Result: TypeAlias = Rows | Triples | Truth


def result_of(answer: Answer) -> Result:
    """Return an engine's answer as a result; rows and triples are read as they are asked for."""
    if isinstance(answer, ox.QueryBoolean):
        return Truth(bool(answer))
    if isinstance(answer, ox.QueryTriples):
        return Triples(answer)
    names = tuple(variable.value for variable in answer.variables)
    return Rows(names, _rows(answer))


def _rows(answer: ox.QuerySolutions) -> Iterator[Row]:
    return (tuple(solution) for solution in answer)


def cell(term: Term | None) -> str:
    """Return the value of a term as people read it: the text of a literal, an IRI; nothing for nothing."""
    if term is None:
        return ""
    return term.value if isinstance(term, (ox.Literal, ox.NamedNode)) else str(term)


def tidy(rows: Rows, columns: tuple[str, ...]) -> Rows:
    """Return the columns of the contract with distinct rows in natural order."""
    wanted = [rows.columns.index(name) for name in columns if name in rows.columns]
    whole = wanted == list(range(len(rows.columns)))
    distinct: dict[tuple[str, ...], Row] = {}
    for row in rows.rows:
        picked = row if whole else tuple([row[i] for i in wanted])
        distinct.setdefault(tuple([cell(term) for term in picked]), picked)
    ordered = [distinct[key] for key in _ordered(list(distinct), 0)]
    return Rows(tuple(rows.columns[i] for i in wanted), ordered, plain=True)


def _ordered(keys: list[tuple[str, ...]], column: int) -> list[tuple[str, ...]]:
    """Return cells in natural order, column by column: the later ones, long texts, are looked at where it matters."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    for key in keys:
        groups.setdefault(key[column], []).append(key)
    found: list[tuple[str, ...]] = []
    # Numbers of one form, as those of reports mostly are, are in natural order as text, and quicker so.
    alike = column == 0 and len({said.translate(_FORM) for said in groups}) == 1
    for said in sorted(groups) if alike else sorted(groups, key=natural_text):
        group = groups[said]
        found += group if len(group) == 1 else _ordered(group, column + 1)
    return found
