"""The tables of a report's body: rows of cells, with what introduces them and what their numbers count in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from auditgraph.loaders.extract.fiscal import years
from auditgraph.loaders.extract.numbers import value
from auditgraph.loaders.extract.reading import Run
from auditgraph.model import Passage, ProseKind, Skeleton

__all__ = ["TOTAL", "Cell", "Table", "Unit", "number", "tables", "unit"]


@dataclass(frozen=True, slots=True)
class Cell:
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
class Table:
    """A table with what introduces it: its caption, the sentence before as well (`title`), and the notes below it."""

    place: str
    title: str
    caption: Run
    rows: tuple[tuple[Cell, ...], ...]
    notes: str = ""

    @property
    def number(self) -> str:
        """Return how the report calls the table ("Table 1"), or an empty text."""
        named = list(_NUMBERED.finditer(self.title))
        return " ".join(named[-1][0].split()) if named else ""


@dataclass(frozen=True, slots=True)
class Unit:
    """What numbers are to be multiplied by, and their currency."""

    factor: Decimal
    currency: str


TOTAL = re.compile(r"(?:(?:Grand|Overall|Sub)[\s-]*)?Total\b(?!\s+(?:posts|staff)\b.{12})", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:Table|Figure|Chart)\s+(?:\d{1,2}|[IVX]{1,4}|[A-Z])\b")
_NOTE = re.compile(r"\s*(?:Notes?|Source|Sources|\*|\(|[¹²³†])", re.IGNORECASE)
# "24,512", "$1.2 million", "1 212 309", "8,911*", "(1,200)"
_AMOUNT = re.compile(
    r"(?:US|USD|EUR|CHF|GBP)?\s?\\?[$€£]?\s*"
    r"(?P<digits>\d{1,3}(?:[ ,\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<scale>million|billion|thousand)?\s*[*¹²³†]*",
    re.IGNORECASE,
)
_CURRENCIES = (
    (r"(?i:\b(?:United States|US|U\.S\.)\s+dollars?\b|\bdollars?\b)|\bUSD?\b|\$", "USD"),
    (r"(?i:\beuros?\b)|€|\bEUR\b", "EUR"),
    (r"(?i:\bSwiss francs?\b)|\bCHF\b", "CHF"),
    (r"(?i:\bpounds? sterling\b)|£|\bGBP\b", "GBP"),
)


_THOUSANDS = re.compile(r"\bthousands?\b|['’ (]000\b|\b000s\b|[$€]\s?000\b", re.IGNORECASE)
_MILLIONS = re.compile(
    r"(?:\bin|\(|[$€])\s*(?:US|USD|EUR|[$€])?\s*(?:millions?|mn?)\b|\bmillions\b|\bmillion\s+\w+\s?\)", re.IGNORECASE
)


def tables(body: Sequence[Run]) -> Iterator[Table]:
    """Yield the tables of two rows and more that a caption or sentence at their place introduces."""
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
                note = run.text.value[:300] if run is not None and _NOTE.match(run.text.value) else ""
                cells = _headed(_aligned(tuple(_cells(row) for row in rows)))
                yield Table(rows[0].place, title, near[-1], cells, note)
        if rows:
            rows, before = [], []
        if run is not None:
            before.append(run)
            if run.kind is ProseKind.CELL:
                rows = [run]


def _cells(run: Run) -> tuple[Cell, ...]:
    found, start = [], 0
    for piece in run.text.value.split("\t"):
        found.append(Cell(run, start, start + len(piece)))
        start += len(piece) + 1
    return tuple(found)


def _aligned(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Give the header back the empty cell above the rows' labels, which text leaves out."""
    header, *rest = rows
    if years(header[0].text) and all(len(row) == len(header) + 1 for row in rest):
        return ((Cell(header[0].run, 0, 0), *header), *rest)
    return rows


def _headed(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Leave out a row of one cell above the header: a caption, or a unit, that stands inside the table."""
    while (
        len(rows) > 2
        and len([cell for cell in rows[0] if cell.text]) == 1
        and len(rows[1]) > 1
        and not any(number(cell.text) is not None and not years(cell.text) for cell in rows[1][1:])
    ):
        rows = rows[1:]
    return rows


def unit(texts: Iterable[str]) -> Unit | None:
    """Return what numbers count in by the first of some texts that names a currency, or None where none does.

    >>> unit(["Budgets for 2010", "(in thousands of United States dollars)"])
    Unit(factor=Decimal('1000'), currency='USD')
    """
    texts = tuple(texts)
    for text in texts:
        code = next((code for pattern, code in _currencies() if pattern.search(text)), None)
        if code is not None:
            scales = (_scale(t) for t in (text, *texts))
            return Unit(next((s for s in scales if s != 1), Decimal(1)), code)
    return None


@cache
def _currencies() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), code) for pattern, code in _CURRENCIES)


def _scale(text: str) -> Decimal:
    if _THOUSANDS.search(text):
        return Decimal(1000)
    if _MILLIONS.search(text):
        return Decimal(10**6)
    return Decimal(1)


def number(text: str) -> tuple[Decimal, bool] | None:
    """Return the number that a cell holds and whether it says its own scale, or None.

    >>> number("1 212 309"), number("$1.2 million"), number("n/a")
    ((Decimal('1212309'), False), (Decimal('1200000.0'), True), None)
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    amount = value(match["digits"], match["scale"] or "")
    return None if amount is None else (amount, bool(match["scale"]))
