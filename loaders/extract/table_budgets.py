"""Budgets in the tables of a report: years along the top or down the side, funders as rows or columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditgraph.loaders.extract import funds
from auditgraph.loaders.extract.entities import Names
from auditgraph.loaders.extract.fiscal import BUDGET, SPENT, Year, years
from auditgraph.loaders.extract.numbers import plain
from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.extract.tables import TOTAL, Cell, Table, Unit, number, tables, unit
from auditgraph.model import Abbreviation, Budget, Said, Skeleton

__all__ = ["table_budgets"]


@dataclass(frozen=True, slots=True)
class _Funder:
    """Who gives: an organisation's key, or the name of a fund and the cell that says it."""

    key: str
    fund: str = ""
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell that is a budget, its year and the cell or caption that says it, its funder, what its column is headed."""

    cell: Cell
    year: Year
    said: Cell
    funder: _Funder
    label: str
    row: str


# What a table of budgets is called, beside "budget": in a table with currency and years these words mean money given.
_RESOURCES = re.compile(
    r"\b(?:(?:financial|approved|total|budgetary|estimated)\s+resources|resources\s+(?:of|for)|cost\s+plans?|costs?\s+plan|"
    r"(?:sources?\s+of\s+)?funding|sources?\s+of\s+funds?|allocations?|resources\s+by|resource\s+(?:envelope|plan)s?)\b",
    re.IGNORECASE,
)
# What columns and rows of such a table are not budgets.
_NO_BUDGET = re.compile(
    r"\b(?:actuals?|variances?|differences?|balances?|implementation|rates?|per\s?cent|percentage|utili[sz]\w+|increases?|"
    r"decreases?|changes?|shares?|contributions?\s+received|income|received|consumed|unspent|posts|staff|number|no\.|outturn|"
    r"averages?|strength|obligat\w+|commitments?|claims?|losses)\b|%",
    re.IGNORECASE,
)
# What heads the column of the funders.
_FUNDER_HEAD = re.compile(
    r"(?:funders?|donors?|contributors?|(?:sources?|types?)\s+of\s+(?:funds?|funding|financing)|(?:funding|budget)\s+sources?|"
    r"(?:trust\s+)?funds?|funding|clients?(?:\s+offices?)?|client\s+entit(?:y|ies)|financed\s+by|funded\s+by|"
    r"funding\s+(?:stream|entit(?:y|ies))s?|sources?)\s*(?:\([^()]*\))?",
    re.IGNORECASE,
)
# What tells in a caption that the rows are funders, not things to spend on.
_FUNDERS = re.compile(
    r"\b(?:trust\s+funds\b|by\s+(?:funding\s+)?sources?|by\s+funder|by\s+(?:trust\s+)?fund\b|funding\s+sources?|"
    r"sources?\s+of\s+fund\w+|donors?|funded\s+by|by\s+client)\b",
    re.IGNORECASE,
)
_AMOUNT_HEAD = re.compile(
    r"amounts?|totals?|resources|approved|value|allocations?|funding|USD|US\$|\$|€|EUR", re.IGNORECASE
)
_OTHERS = re.compile(r"(?:others?|miscellaneous|other\s+(?:sources|donors|funds|entities|clients?))?", re.IGNORECASE)
_YEAR_HEAD = re.compile(r"(?:fiscal\s+|financial\s+|budget\s+|calendar\s+)?(?:year|period|biennium)", re.IGNORECASE)
# "UNEP ($)", "Regular budget (in thousands of US dollars)": what stands after a funder's name
_UNIT_AFTER = re.compile(
    r"\s*\((?:in\s+)?(?:US|USD|EUR|[$€]|thousands?|millions?|'000|\s|of|dollars|United|States)+\)$"
)


def table_budgets(
    skeleton: Skeleton, body: Sequence[Run], names: Names, abbreviations: Iterable[Abbreviation] = ()
) -> Iterator[Budget]:
    """Yield the budgets of the tables that say that they are of budgets, in a currency that they name.

    The funder is the organisation or source of funds that a row, a column or the caption names, else the one audited.
    Of rows that are things to spend on only the total is a budget.
    """
    abbreviations = tuple(abbreviations)
    for table in tables(body):
        if not _of_money_given(table):
            continue
        heads = " ".join(cell.text for cell in table.rows[0])
        counts = unit([table.caption.text.value, heads, table.title, table.notes])
        for found in _read(table, names):
            budget = _budget(skeleton, table, found, names, abbreviations, counts)
            if budget is not None:
                yield budget


def _of_money_given(table: Table) -> bool:
    heads = " ".join(cell.text for cell in table.rows[0])
    if BUDGET.search(table.title) or BUDGET.search(heads) or any(BUDGET.search(r[0].text) for r in table.rows[1:]):
        return True
    said = table.caption.text.value
    return bool(_RESOURCES.search(said) or _RESOURCES.search(table.title)) and not SPENT.search(said)


def _budget(
    skeleton: Skeleton,
    table: Table,
    found: _Found,
    names: Names,
    abbreviations: Sequence[Abbreviation],
    all_count: Unit | None,
) -> Budget | None:
    amount = number(found.cell.text)
    counts = unit([found.cell.text, found.label, found.row]) or all_count
    if counts is not None and counts.factor == 1 and all_count is not None:
        counts = replace(counts, factor=all_count.factor)
    if amount is None or counts is None or not amount[0]:
        return None
    factor = 1 if amount[1] else counts.factor
    evidence = found.cell.passages(skeleton) + table.caption.passages(skeleton)
    year = Said(found.year.name, found.said.passages(skeleton), found.year.derived)
    said = Said(plain(amount[0] * factor), evidence, factor != 1)
    if found.funder.cell is None or not found.funder.fund:
        return Budget(found.funder.key, year, said, counts.currency)
    audited = names.audited[0] if len(names.audited) == 1 else ""
    source = Said(funds.short_name(found.funder.fund, abbreviations), found.funder.cell.passages(skeleton))
    return Budget("", year, said, counts.currency, audited, source)


# --- which cells are budgets ------------------------------------------------------------------------


def _read(table: Table, names: Names) -> Iterator[_Found]:
    """Yield the cells that are budgets: years along the top, down the side, in a column, or one for all."""
    header, *rows = table.rows
    general = _general(table, names)
    top = _years_along_the_top(table)
    if top:
        for row, funder in _rows(table, rows, names, general):
            for at, year in top.items():
                if at < len(row):
                    yield _Found(row[at], year, header[at], funder, header[at].text, row[0].text)
        return
    side = [(row, found[0]) for row in rows if len(found := years(row[0].text)) == 1]
    if side:
        yield from _years_down_the_side(table, side, names, general)
        return
    column = next((at for at, cell in enumerate(header) if _YEAR_HEAD.match(cell.text)), None)
    if column is not None:
        yield from _a_year_each(table, rows, column, names)
        return
    yield from _one_year(table, rows, names, general)


def _years_along_the_top(table: Table) -> dict[int, Year]:
    """Return the columns that are headed by a year and are budgets."""
    header = table.rows[0]
    told = {at: found[0] for at, cell in enumerate(header) if at and len(found := years(cell.text)) == 1}
    kept = {at: year for at, year in told.items() if not _is_no_budget(header[at].text)}
    marked = {at: year for at, year in kept.items() if BUDGET.search(header[at].text)}
    return marked if marked and len(kept) == len(told) and len(marked) < len(kept) else kept


def _years_down_the_side(
    table: Table, side: Sequence[tuple[tuple[Cell, ...], Year]], names: Names, general: _Funder | None
) -> Iterator[_Found]:
    header = table.rows[0]
    of_budgets = _of_budgets(table)
    marked = any(BUDGET.search(cell.text) for cell in header[1:])
    owners = [_named(cell, names) for cell in header]
    for row, year in side:
        for at, cell in enumerate(row[1:], 1):
            label = header[at].text if at < len(header) else ""
            own = owners[at] if at < len(header) else None
            if _is_no_budget(label) or (own is None and TOTAL.match(label) and len(row) > 2):
                continue
            funder = own or general
            if funder is None:
                continue
            if (
                BUDGET.search(label)
                or (not marked and of_budgets and (own is not None or len(row) == 2))
                or (own is not None and of_budgets)
            ):
                yield _Found(cell, year, row[0], funder, label, row[0].text)


def _a_year_each(table: Table, rows: Sequence[tuple[Cell, ...]], column: int, names: Names) -> Iterator[_Found]:
    """Yield from a table with a column of funders, one of years and one of sums."""
    header = table.rows[0]
    heads = [at for at, cell in enumerate(header) if at != column and _FUNDER_HEAD.fullmatch(cell.text)]
    sums = [at for at, cell in enumerate(header) if at not in (column, *heads) and not _is_no_budget(cell.text)
            and (BUDGET.search(cell.text) or _AMOUNT_HEAD.search(cell.text))]  # fmt: skip
    if len(heads) != 1 or len(sums) != 1:
        return
    funder: _Funder | None = None
    for row in rows:
        if len(row) != len(header):
            continue
        label = row[heads[0]]
        funder = (_named(label, names) or _labelled(label)) if label.text else funder
        found = years(row[column].text)
        if funder is not None and len(found) == 1 and not TOTAL.match(label.text):
            yield _Found(row[sums[0]], found[0], row[column], funder, header[sums[0]].text, label.text)


def _one_year(
    table: Table, rows: Sequence[tuple[Cell, ...]], names: Names, general: _Funder | None
) -> Iterator[_Found]:
    """Yield from a table whose caption tells the one year of all its numbers."""
    header = table.rows[0]
    value = table.caption.text.value
    told = years(value)
    if len({year.name for year in told}) != 1 or len(header) < 2:
        return
    said = Cell(table.caption, told[0].start, told[0].end)
    marked = [at for at, cell in enumerate(header) if at and BUDGET.search(cell.text) and not _is_no_budget(cell.text)]
    columns = marked or ([1] if len(header) == 2 and not _is_no_budget(header[1].text) else [])
    if len(columns) != 1:
        return
    for row, funder in _rows(table, rows, names, general):
        if columns[0] < len(row):
            yield _Found(row[columns[0]], told[0], said, funder, header[columns[0]].text, row[0].text)


# --- which rows are budgets, and whose ----------------------------------------------------------------


def _rows(
    table: Table, rows: Sequence[tuple[Cell, ...]], names: Names, general: _Funder | None
) -> list[tuple[tuple[Cell, ...], _Funder]]:
    """Return the rows that are budgets: of their funders where they are named, else the total, or the only one."""
    head = table.rows[0]
    told = _of_budgets(table) or any(BUDGET.search(cell.text) for cell in head[1:])
    parts = [row for row in rows if not TOTAL.match(row[0].text)]
    named_rows = ((row, _named(row[0], names)) for row in parts if not _is_no_budget(row[0].text))
    owned = [(row, funder) for row, funder in named_rows if funder is not None]
    if told and len(owned) == len(parts):
        return owned
    by_head = _FUNDER_HEAD.fullmatch(head[0].text) is not None
    headed = by_head or _FUNDERS.search(table.title) is not None
    if told and parts and (by_head or (headed and len(owned) * 2 >= len(parts))):
        return [
            (row, _named(row[0], names) or _labelled(row[0])) for row in parts if not _OTHERS.fullmatch(row[0].text)
        ]
    named = [row for row in rows if BUDGET.search(row[0].text) and not _is_no_budget(row[0].text)]
    if named and general is not None:
        return [(row, _named(row[0], names) or general) for row in named]
    if not told:
        return []
    if owned:
        return owned
    if general is None:
        return []
    if headed or len(parts) == 1:
        return [(row, general) for row in parts if not _is_no_budget(row[0].text)]
    return [(row, general) for row in rows if re.match(r"(?:(?:Grand|Overall)\s+)?Total\b", row[0].text, re.I)][-1:]


def _of_budgets(table: Table) -> bool:
    """Tell whether all numbers of a table are budgets: its caption counts more than the sentence before it."""
    caption = table.caption.text.value
    said = caption if BUDGET.search(caption) or _RESOURCES.search(caption) else table.title
    return bool(BUDGET.search(said) or _RESOURCES.search(said)) and not SPENT.search(said)


def _is_no_budget(label: str) -> bool:
    return SPENT.search(label) is not None or _NO_BUDGET.search(label) is not None


def _general(table: Table, names: Names) -> _Funder | None:
    for said in (table.caption.text.value, table.title):
        keys = {n.key for n in names.find(said)}
        if len(keys) == 1:
            return _Funder(keys.pop())
    return _Funder(names.audited[0]) if len(names.audited) == 1 else None


def _named(cell: Cell, names: Names) -> _Funder | None:
    """Return the organisation or fund that a cell names and nothing else but "budget", initials or a unit."""
    label = _UNIT_AFTER.sub("", cell.text)
    named = names.find(label)
    rest = re.sub(
        r"\([^()]*\)|\b(?:approved|assessed|budgets?|contributions?|funding|from|by|the)\b|[\s*¹²³:$€]",
        "",
        label,
        flags=re.I,
    )
    covered = re.sub(r"\s|\([^()]*\)", "", label[named[0].start : named[-1].end]) if named else ""
    if named and rest == covered and len({n.key for n in named}) == 1:
        return _Funder(named[0].key)
    return _Funder("", label, cell) if funds.is_fund(label) else None


def _labelled(cell: Cell) -> _Funder:
    return _Funder("", _UNIT_AFTER.sub("", cell.text), cell)
