"""Part the rows of a table of recommendations in running text into cells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from auditgraph.loaders.reflow.sheet import Sheet
from auditgraph.loaders.reflow.words import AHEAD, MONTHS, SHOULD, WORD, begins_like, same_words, skip_space
from auditgraph.text import Span

__all__ = ["TABLES", "Table", "part_rows"]

_IMPORTANCE = r"(?:Critical|Important|High|Medium|Moderate|Low)"
_CATEGORY = (
    r"(?:Operational|Financial|Governance|Compliance|Strategy|Strategic|Human resources?|Information resources?)"
)
# The tables that are parted: their columns behind the number, and the typed cells in a row that make it sure.
TABLES = {
    ("recommendation", "importance", "status", "action", "due"): re.compile(
        rf"(?<!\S)({_IMPORTANCE})\s+([COСО0])(?=\s|\Z)"
    ),
    ("recommendation", "category", "importance", "status", "action", "due"): re.compile(
        rf"(?<!\S)({_CATEGORY})\s+({_IMPORTANCE})\s+([COСО0])(?=\s|\Z)"
    ),
    ("recommendation", "importance", "accepted", "official", "due", "comments"): re.compile(
        rf"(?<!\S)({_IMPORTANCE})\s+((?i:yes|no|partially(?:\s+accepted)?|accepted|not\s+accepted))(?=\s|\Z)"
    ),
}
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
_DATE = (
    rf"(?:\d{{1,2}}\s+)?(?:{MONTHS}|{_SHORT})\s+20\d\d|(?:First|Second|Third|Fourth)\s+quarter(?:\s+of)?\s+20\d\d|Q[1-4]\s+20\d\d"
    r"|(?:\d\w\w\s+)?[Qq]uarter(?:\s+of)?\s+20\d\d|(?:End|Mid|Early|Late)(?:\s+of|\s*-)?\s*20\d\d|20\d\d-\d\d-\d\d"
    r"|\d{1,2}[./]\d{1,2}[./]20\d\d|Implemented|Not\s+(?:provided|applicable|available)|N/A|Ongoing|Completed|To\s+be\s+determined|TBD|Closed"
)
_DUE = re.compile(rf"(?<!\S)(?:{_DATE})(?!\S)")
# The date of a row at its end; a page may tear off its year, and it may be a year alone.
_LAST = re.compile(rf"(?<!\S)(?:{_DATE}|\d{{1,2}}\s+(?:{MONTHS})|(?<=\.\s)20\d\d)\s*\Z")
_NO_YEAR = re.compile(rf"(?:{MONTHS})\s*\Z")
# `... of ferries. By the end of 2021`: whatever stands behind the last sentence and names a year.
_OTHER_DATE = re.compile(r"\.\s+([^.]{0,30}\b20\d\d\b[^.]{0,20})\s*\Z")
_YEAR = re.compile(r"(?<!\S)20\d\d\s*\Z")
# `by 31 March 2015`: the date belongs to what stands before it.
_GOVERNED = re.compile(
    r"\b(?:by|on|of|in|until|from|to|before|after|dated|and|since|during|for|at|the|was|be|been)\s+\Z", re.I
)
_ROW = re.compile(rf"(?<!\S)\(?(\d{{1,2}})\s?[.)]?\s+(?!(?:{MONTHS}|{_SHORT})\s)(?=[A-Z“\"(])")
# `... accepts it. Yes Director, Base 31 March 2024 The Base has begun`: another entity's answer.
_AGAIN = re.compile(rf"(?<=[.!?]\s)(?:({_IMPORTANCE})\s+)?(Yes|YES|No|NO|Partially)\s+(?=[A-Z])")
_OFFICIAL = 200  # characters of the title of an official


@dataclass(slots=True)
class Table:
    """A table while it is read: its columns, and the row that a page may have torn."""

    columns: tuple[str, ...]
    number: int = 0
    rest: str = ""  # the words of the row's recommendation that have not come yet
    open: str = ""  # the column that the rest of the row goes on with
    dated: bool = True
    torn: bool = False  # its date, before the year
    held: int = 0  # a date that may belong to the sentence before it
    end: int = 0  # of the row with that date
    tabs: tuple[int, int] = (0, 0)  # of the row


def part_rows(sheet: Sheet, span: Span, table: Table, advice: Mapping[str, str]) -> None:
    """Part the rows between two places of one page into cells; what is unsure stays a line."""
    starts = _row_starts(sheet.flat, span, table, advice)
    first = starts[0][0] if starts else span.end
    if sheet.flat[span.start : first].strip():
        _rest(sheet, Span(skip_space(sheet.flat, span.start), first), table)
    for (at, words, number), (stop, _, _) in pairwise([*starts, (span.end, 0, 0)]):
        table.number = number
        _row(sheet, at, Span(words, stop), table, advice.get(str(number), ""))
    sheet.line(span.end)


def _row_starts(flat: str, span: Span, table: Table, advice: Mapping[str, str]) -> list[tuple[int, int, int]]:
    """Return where rows begin, their words, and their numbers: by the words of the recommendation, or by succession."""
    out: list[tuple[int, int, int]] = []
    last = table.number
    ends = [found.start() for found in TABLES[table.columns].finditer(flat, span.start, span.end)]
    for match in _ROW.finditer(flat, span.start, span.end):
        number = int(match[1])
        text = advice.get(match[1], "")
        if not begins_like(flat, match.end(), span.end, text):
            # worded otherwise than in the body: then its number is due, and its typed cells follow
            if number != last + 1 and (text or last or number > 3):
                continue
            index = bisect_left(ends, match.end())
            if index == len(ends) or not SHOULD.search(flat, match.end(), min(ends[index], match.end() + AHEAD)):
                continue
        out.append((match.start(), match.end(), number))
        last = number
    return out


def _common(flat: str, span: Span, text: str) -> tuple[int, int]:
    """Return where the words end that a place and a text begin with alike: here, and in the text."""
    at, where = span.start, 0
    for one, other in same_words(WORD.finditer(flat, span.start, span.end), WORD.finditer(text)):
        at, where = one.end(), other.end()
    return at, where


def _row(sheet: Sheet, at: int, span: Span, table: Table, text: str) -> None:
    """Part one row into cells; without its typed cells it stays a line."""
    flat = sheet.flat
    table.rest, table.open, table.dated, table.held = "", "", True, 0
    end, where = _common(flat, span, text)
    whole = bool(text) and not WORD.search(text, where)
    typed = TABLES[table.columns].search(flat, end if whole else span.start, span.end)
    if typed is None:
        sheet.line(at)
        return
    tail = Span(skip_space(flat, typed.end()), span.end)
    answered = "comments" in table.columns
    due = _answered(flat, tail) if answered else None
    if answered and due is None:  # no date parts the official from the comments
        sheet.line(at)
        return
    tabs = len(sheet.tabs)
    sheet.row(at)
    sheet.cell(span.start)
    for group in range(1, (typed.lastindex or 0) + 1):
        sheet.cell(typed.start(group))
    if text and not whole and end >= typed.start() - 2:
        table.rest = text[where:]
    if due:
        _comments(sheet, tail, table, due)
    else:
        _action(sheet, tail, table)
    table.tabs = tabs, len(sheet.tabs)


def _answered(flat: str, span: Span) -> re.Match[str] | None:
    """Return the date between the official and the comments; where both cells say `N/A`, the second."""
    due = _DUE.search(flat, span.start, span.end)
    return _DUE.match(flat, skip_space(flat, due.end()), span.end) if due and due.start() == span.start else due


def _action(sheet: Sheet, span: Span, table: Table) -> None:
    """Part what is needed to close a recommendation from the date behind it."""
    flat = sheet.flat
    table.open = "action"
    due = _LAST.search(flat, max(span.start, span.end - 60), span.end)
    if due and _GOVERNED.search(flat[max(span.start, due.start() - 12) : due.start()]):
        table.held, table.end, due = due.start(), span.end, None
    table.torn = due is not None and _NO_YEAR.search(due[0]) is not None
    table.dated = due is not None and not table.torn
    if due and due.start() == span.start:  # a cell alone: what was done, or when
        sheet.cell(span.start, 2)
        return
    sheet.cell(span.start)
    if due:
        sheet.cell(due.start())
    elif not table.held and (other := _OTHER_DATE.search(flat, max(span.start, span.end - 80), span.end)):
        sheet.cell(other.start(1))
    else:
        sheet.close(span.end, 1)


def _comments(sheet: Sheet, span: Span, table: Table, due: re.Match[str]) -> None:
    """Part the official, the date and the comments of a row that answers."""
    flat = sheet.flat
    table.open = "comments"
    sheet.cell(span.start)
    sheet.cell(due.start())
    after = skip_space(flat, due.end())
    if after < span.end:
        sheet.cell(after)
        _answers(sheet, Span(after, span.end))
    else:
        sheet.close(span.end, 1)


def _answers(sheet: Sheet, span: Span) -> None:
    """Part the answers of other entities to the same recommendation, which have rows of their own."""
    flat = sheet.flat
    for again in _AGAIN.finditer(flat, span.start, span.end):
        official = skip_space(flat, again.end())
        due = _DUE.search(flat, official, min(span.end, official + _OFFICIAL))
        if due is None or not due.start() > official or ". " in flat[official : due.start()]:
            continue
        sheet.row(again.start(), 3 - bool(again[1]))
        if again[1]:
            sheet.cell(again.start(2))
        sheet.cell(official)
        sheet.cell(due.start())
        after = skip_space(flat, due.end())
        if after < span.end:
            sheet.cell(after)


def _rest(sheet: Sheet, span: Span, table: Table) -> None:
    """Part what a page tore off a row: the rest of the recommendation, then of the action or the comments."""
    flat = sheet.flat
    if not table.open:
        sheet.line(span.start)
        return
    columns = ("number", *table.columns)
    at = span.start
    if table.rest:
        end, where = _common(flat, span, table.rest)
        if WORD.search(table.rest, where):  # not the words that are due: nobody can tell whose they are
            sheet.line(at)
            sheet.merge(*table.tabs)
            table.open = ""
            return
        while end < span.end and not flat[end].isspace():
            end += 1
        at = skip_space(flat, end)
    if table.held:  # the sentence before it goes on here, so it is the cell that ended the row
        sheet.cell(table.held)
        sheet.close(table.end, -1)
        table.held, table.dated = 0, True
    place = columns.index(table.open)
    filled = place + 1
    if not table.rest:
        sheet.row(at, place)
    else:
        sheet.row(span.start, 1)
        if at < span.end:
            sheet.cell(at, place - 1)
    if at >= span.end:
        filled = 2
    elif not table.dated and (due := (_YEAR if table.torn else _LAST).search(flat, max(at, span.end - 60), span.end)):
        sheet.cell(due.start())
        filled += 1
    sheet.close(span.end, len(columns) - filled)
    table.open = ""
