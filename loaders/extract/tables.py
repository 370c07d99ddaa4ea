"""Budgets in the tables of a report: years along the top or down the side, funders as rows or columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditgraph.loaders.extract.entities import Names
from auditgraph.loaders.extract.fiscal import BUDGET, SPENT, Year, years
from auditgraph.loaders.extract.numbers import plain, value
from auditgraph.loaders.extract.reading import Run
from auditgraph.model import Budget, Passage, ProseKind, Said, Skeleton

__all__ = ["table_budgets"]


@dataclass(frozen=True, slots=True)
class _Cell:
    """Characters `start:end` of a row."""

    run: Run
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return what the cell holds."""
        return self.run.text.value[self.start : self.end].strip()

    def passages(self, skeleton: Skeleton) -> tuple[Passage, ...]:
        """Return where the cell stands."""
        return self.run.passages(skeleton, self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with what introduces it: its caption and the sentence before."""

    title: str
    caption: Run
    rows: tuple[tuple[_Cell, ...], ...]


# "24,512", "$1.2 million", "1 212 309", "8,911*"
_AMOUNT = re.compile(
    r"(?:US)?[$€£]?\s*(?P<digits>\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<scale>million|billion|"
    r"thousand)?\s*[*¹²³†]*",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:Grand\s+|Overall\s+)?Total\b", re.IGNORECASE)
# What tells that the rows of a table are funders, not things to spend on.
_FUNDERS = re.compile(
    r"\b(?:trust\s+funds?|by\s+(?:funding\s+)?sources?|by\s+funder|funding\s+sources?|sources?\s+of\s+fund\w+|"
    r"donors?|funded\s+by)\b",
    re.I,
)
_CURRENCIES = (
    (r"(?i:\b(?:United States|US|U\.S\.)\s+dollars?\b|\bdollars?\b)|\bUSD?\b|\$", "USD"),
    (r"(?i:\beuros?\b)|€|\bEUR\b", "EUR"),
    (r"(?i:\bSwiss francs?\b)|\bCHF\b", "CHF"),
)


def table_budgets(skeleton: Skeleton, body: Sequence[Run], names: Names) -> Iterator[Budget]:
    """Yield the budgets of the tables that say that they are of budgets, in a currency that they name.

    The funder is the organisation that a row, a column or the caption names, else the one audited. Of rows that are
    things to spend on only the total is a budget.
    """
    for table in _tables(body):
        scale = _scale(table.title + " " + " ".join(cell.text for cell in table.rows[0]))
        if scale is None or not (BUDGET.search(table.title) or any(BUDGET.search(c.text) for c in table.rows[0])):
            continue
        for cell, year, funder in _read(table, names):
            amount = _amount(cell.text, scale[0])
            if amount is not None:
                evidence = cell.passages(skeleton) + table.caption.passages(skeleton)
                said = Said(year[0].name, year[1].run.passages(skeleton, year[1].start, year[1].end), year[0].derived)
                yield Budget(funder, said, Said(amount, evidence, scale[0] != 1), scale[1])


def _tables(body: Sequence[Run]) -> Iterator[_Table]:
    before: list[Run] = []
    rows: list[Run] = []
    for run in (*body, None):
        if run is not None and run.kind is ProseKind.CELL and (not rows or rows[0].place == run.place):
            rows.append(run)
            continue
        if len(rows) > 1 and before:
            near = [r for r in before[-2:] if r.place == rows[0].place]
            title = " ".join(r.text.value[-300:] for r in near)
            if near:
                yield _Table(title, near[-1], _aligned(tuple(_cells(row) for row in rows)))
        if rows:
            rows, before = [], []
        if run is not None:
            before.append(run)
            if run.kind is ProseKind.CELL:
                rows = [run]


def _cells(run: Run) -> tuple[_Cell, ...]:
    found, start = [], 0
    for piece in run.text.value.split("\t"):
        found.append(_Cell(run, start, start + len(piece)))
        start += len(piece) + 1
    return tuple(found)


def _aligned(rows: tuple[tuple[_Cell, ...], ...]) -> tuple[tuple[_Cell, ...], ...]:
    """Give the header back the empty cell above the rows' labels, which text leaves out."""
    header, *rest = rows
    if years(header[0].text) and all(len(row) == len(header) + 1 for row in rest):
        return ((_Cell(header[0].run, 0, 0), *header), *rest)
    return rows


def _read(table: _Table, names: Names) -> Iterator[tuple[_Cell, tuple[Year, _Cell], str]]:
    """Yield each cell that is a budget with its year (and the cell that says it) and its funder."""
    header, *rows = table.rows
    general = _funder(table.title, names) or (names.audited[0] if len(names.audited) == 1 else None)
    # what the caption says counts more than the sentence before it, which may speak of expenditure as well
    said = table.caption.text.value if BUDGET.search(table.caption.text.value) else table.title
    of_budgets = BUDGET.search(said) is not None and not SPENT.search(said)
    top = {at: found[0] for at, cell in enumerate(header) if at and len(found := years(cell.text)) == 1}
    if top:
        kept = _rows(table, rows, of_budgets, names)
        for row in kept:
            funder = _exact(row[0].text, names) or general
            for at, year in top.items():
                if funder is not None and at < len(row):
                    yield row[at], (year, header[at]), funder
        return
    for row in rows:
        side = years(row[0].text)
        if len(side) != 1:
            continue
        for at, cell in enumerate(row[1:], 1):
            label = header[at].text if at < len(header) else ""
            funder = _exact(label, names) or general
            if funder is None or SPENT.search(label):
                continue
            if BUDGET.search(label) or (of_budgets and _exact(label, names)) or (of_budgets and len(row) == 2):
                yield cell, (side[0], row[0]), funder


def _rows(table: _Table, rows: Sequence[tuple[_Cell, ...]], of_budgets: bool, names: Names) -> list[tuple[_Cell, ...]]:
    """Return the rows of a table with years along the top that are budgets."""
    named = [row for row in rows if BUDGET.search(row[0].text) and not SPENT.search(row[0].text)]
    if named:
        return named
    if not of_budgets:
        return []
    funders = [row for row in rows if _exact(row[0].text, names)]
    if funders:
        return funders
    parts = [row for row in rows if not _TOTAL.match(row[0].text)]
    if _FUNDERS.search(table.title) or _FUNDERS.search(table.rows[0][0].text) or len(parts) == 1:
        return parts
    return [row for row in rows if _TOTAL.match(row[0].text)][-1:]


def _exact(label: str, names: Names) -> str | None:
    """Return the key of the organisation that a label names and nothing else but "budget" or initials."""
    named = names.find(label)
    rest = re.sub(
        r"\([^()]*\)|\b(?:approved|budget|contribution|funding|from|by|the)\b|[\s*¹²³:]", "", label, flags=re.I
    )
    covered = re.sub(r"\s", "", label[named[0].start : named[0].end]) if named else ""
    return named[0].key if named and rest == covered else None


def _funder(title: str, names: Names) -> str | None:
    keys = {n.key for n in names.find(title)}
    return keys.pop() if len(keys) == 1 else None


def _scale(text: str) -> tuple[Decimal, str] | None:
    """Return what numbers of a table are to be multiplied by and their currency, or None where it does not say."""
    code = next((code for pattern, code in _CURRENCIES if re.search(pattern, text)), None)
    if code is None:
        return None
    if re.search(r"\bthousands?\b|['’ (]000\b", text, re.IGNORECASE):
        return Decimal(1000), code
    if re.search(r"(?:\bin|\(|[$€])\s*(?:US|USD|[$€])?\s*millions?\b|\bmillions\b", text, re.IGNORECASE):
        return Decimal(10**6), code
    return Decimal(1), code


def _amount(text: str, factor: Decimal) -> str | None:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    amount = value(match["digits"], match["scale"] or "")
    return None if amount is None else plain(amount * (1 if match["scale"] else factor))
