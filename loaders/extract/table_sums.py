"""Tables that contradict themselves: totals printed in them that are not the sums of their rows or columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditgraph.loaders.extract.numbers import plain
from auditgraph.loaders.extract.reading import runs
from auditgraph.loaders.extract.tables import Cell, Table, number, tables
from auditgraph.model import Discrepancy, Said, Skeleton

__all__ = ["wrong_totals"]

_TOTAL = re.compile(r"(?:(?:Grand|Overall)\s+)?Totals?\b.{0,40}", re.IGNORECASE)
_SUBTOTAL = re.compile(
    r"\s*(?:sub[\s-]?totals?\b|of\s+which|including|less\b|[-–•]\s)|.*\b(?:net|cumulative|balance)\b", re.I
)
# Columns whose numbers are not added up.
_NO_SUM = re.compile(
    r"%|\b(?:per\s?cent|percentage|rates?|ratios?|averages?|mean|median|days|months|years?|index|scores?|no\.|rank|grade|"
    r"per\s|unit\s+(?:cost|price)s?|variance|rec(?:\.|ommendation)s?|date|paragraph|ref\w*)\b",
    re.I,
)
_EMPTY = {"", "-", "–", "—", "nil", "none"}
# Numbers that are said to be rounded may be apart by a half for each part.
_ROUNDED = re.compile(r"\b(?:thousands?|millions?|round\w*|000s?|mn|m)\b|['’]000", re.IGNORECASE)
_MOST = 5  # A total that is further apart than a fifth counts something else.


def wrong_totals(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield the totals of the body's tables that are not the sums of the numbers above or beside them."""
    body = [run for run in runs(skeleton) if not run.place.startswith(("rec ", "annex", "appendix", "cover"))]
    for table in tables(body):
        wrong = list(_columns(table))
        for cell, printed, sum_, parts in wrong or list(_rows(table)):
            about = f"{table.number} total" if table.number else f"paragraph {table.place} table total"
            evidence = cell.passages(skeleton)
            shown = tuple(passage for part in parts for passage in part.passages(skeleton))
            yield Discrepancy("sum", about, Said(plain(printed), evidence), Said(plain(sum_), shown, True))


_Wrong = tuple[Cell, Decimal, Decimal, Sequence[Cell]]


def _columns(table: Table) -> Iterator[_Wrong]:
    """Yield the cells of the last row, a total, that are not the sums of their columns."""
    header, *rows = table.rows
    if len(rows) < 3 or not _TOTAL.fullmatch(rows[-1][0].text) or any(_SUBTOTAL.match(row[0].text) for row in rows):
        return
    if any(_TOTAL.fullmatch(row[0].text) for row in rows[:-1]) or len({len(row) for row in rows}) > 1:
        return
    found = []
    right = 0
    for at in range(1, len(rows[-1])):
        if at < len(header) and _NO_SUM.search(header[at].text):
            continue
        wrong = _against(table, rows[-1][at], [row[at] for row in rows[:-1]])
        right += wrong is None
        found += [wrong] if wrong else []
    # where most columns don't add up, rows are parts of other rows
    yield from (one for one in found if isinstance(one, tuple) and len(found) <= max(1, right))


def _rows(table: Table) -> Iterator[_Wrong]:
    """Yield the cells of the last column, headed "Total", that are not the sums of their rows, most of which are."""
    header, *rows = table.rows
    if len(header) < 4 or not _TOTAL.fullmatch(header[-1].text) or len(rows) < 3:
        return
    if any(_NO_SUM.search(cell.text) for cell in header[1:-1]):
        return
    checked = [_against(table, row[-1], row[1:-1]) for row in rows if len(row) == len(header)]
    wrong = [one for one in checked if one]
    if len(wrong) * 2 < len(checked):
        yield from wrong


def _against(table: Table, total: Cell, parts: Sequence[Cell]) -> _Wrong | None:
    """Return a total with the sum of its parts where they are apart by more than rounding, but not by much."""
    printed = _value(total)
    values = [_value(part) for part in parts]
    if not printed or any(value is None for value in values) or sum(1 for value in values if value) < 2:
        return None
    sum_ = sum((value for value in values if value), Decimal(0))
    apart = abs(sum_ - printed)
    texts = [cell.text for cell in (total, *parts)]
    decimals = max(len(text.partition(".")[2].rstrip("* ")) for text in texts)
    rounded = decimals > 0 or _ROUNDED.search(f"{table.title} {table.notes} {table.rows[0][0].text}") is not None
    slack = Decimal(len(values) + 1) / 2 * Decimal(1).scaleb(-decimals) if rounded else Decimal(0)
    return (total, printed, sum_, parts) if slack < apart <= printed / _MOST else None


def _value(cell: Cell) -> Decimal | None:
    text = cell.text
    if text.casefold() in _EMPTY:
        return Decimal(0)
    negative = re.fullmatch(r"\((.+)\)", text)
    read = number(negative[1] if negative else text)
    return None if read is None else -read[0] if negative else read[0]
