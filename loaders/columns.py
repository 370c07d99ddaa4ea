"""Find tables that a converter set in columns of spaces (`pdftotext -layout`) and cut them into cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditgraph.loaders.column_positions import (
    Row,
    columns_of,
    cut,
    header_cells,
    joined_lines,
    segments,
    titled,
    whole,
)
from auditgraph.text import Span, Text

__all__ = ["ColumnTable", "column_tables"]

# `Rec.   Recommendation    Critical1/   C/    Actions needed`: the header of such a table; a narrow column breaks its
# first word (`Reco` over `m.`).
_HEADER = re.compile(r"[ \t]*(?:Rec(?:o(?:m(?:m[a-z]{0,9})?)?)?\.?|No\.?|#)(?:\s?no\.?)?\s{2,}\S.*?\s{2,}\S", re.I)
_HEADER_WORDS = re.compile(
    r"recommendation|critical|important|accepted|implementation|actions?|risk|rating|c\s?/", re.I
)
_ROW_NUMBER = re.compile(r"\(?\d{1,2}[.)]?\)?")
_GAP = re.compile(r" {2,}")
_PAGE_NUMBER = re.compile(r"\d{1,3}|[ivxl]{1,6}")
# What ends a table: the notes under it, the next annex, a line of running text.
_END = re.compile(
    r"\s*(?:[⁰¹²³⁴-⁹]\s?\S|\d?\s?(?:(?:Critical|Important)\s+recommendations?\s+(?:address|are)|Please note"
    r"|Date provided by|C\s*=\s*closed))"
    r"|\s*(?:ANN\s?EX|APPENDIX)\b|\s*(?:STATUS OF|MANAGEMENT RESPONSE|Management Response\s*$)|\s*_{5,}\s*$",
)
# `Table 2: Approved budget`: what follows it in columns is a table too.
_CAPTION = re.compile(r"\s*Table\s+\d{1,2}\b")
# After one of these, columns are no longer the rest of the table before.
_NEW_ANNEX = re.compile(r"\s*(?:ANN\s?EX|APPENDIX|MANAGEMENT RESPONSE|Management Response)\b")
_COLUMNS = re.compile(r"\s*\S.*?\S {2,}\S.*?\S? {2,}\S")
# The words of a header's own lines; a line with any other goes on with a row of the page before.
_HEADER_VOCABULARY = frozenset(
    """
    rec recom recommendation recommendations no nos number critical important importance accepted yes title of
    responsible individual individuals officer officers official officials person persons
    implementation date dates client comments comment actions action needed
    required to close c o open closed status risk rating category management response target due and or on by the text
    priority documents completion
    """.split()
)
_HEADER_LINES = 6
_MOST_COLUMNS = 40  # what has more is no table that a page has room for


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """A table's range of the source and its rows, each with its range and cells."""

    span: Span
    rows: tuple[tuple[Span, tuple[Text, ...]], ...]


def column_tables(source: str) -> Iterator[ColumnTable]:
    """Yield the tables of recommendations that are set in columns of spaces, in order."""
    if not re.search(r"\S {2,}\S.* {2,}\S", source):
        return
    lines = _lines(source)
    at = 0
    captioned = goes_on = False
    while at < len(lines):
        raw = lines[at].raw
        recommendations = _opens(lines, at)
        in_columns = _COLUMNS.match(raw) is not None and "\t" not in raw and "|" not in raw
        if recommendations or (in_columns and (captioned or goes_on)):
            end = _end_of_lines(lines, at) if captioned and not recommendations else _end_of(lines, at)
            table = _table(lines[at:end], by_number=not captioned or recommendations)
            if table is not None:
                yield table
                goes_on = not captioned or recommendations
                at, captioned = end, False
                continue
        captioned = _CAPTION.match(raw) is not None or (captioned and (not raw.strip() or len(raw.strip()) < 90))
        goes_on = goes_on and not _NEW_ANNEX.match(raw)
        at += 1


def _end_of_lines(lines: Sequence[Row], at: int) -> int:
    """Return the line after a table of plain rows: an empty line with no columns after it."""
    for i in range(at + 1, len(lines)):
        if not lines[i].raw.strip():
            after = next((line.raw for line in lines[i:] if line.raw.strip()), "")
            if not _COLUMNS.match(after) or "\f" in lines[i].raw:
                return i
    return len(lines)


def _lines(source: str) -> list[Row]:
    lines = []
    at = 0
    for raw in re.split(r"(?<=[\n\f])", source):
        lines.append(Row(at, raw))
        at += len(raw)
    return lines


def _opens(lines: Sequence[Row], at: int) -> bool:
    raw = lines[at].raw
    if "\t" in raw or "|" in raw or not _HEADER.match(raw):
        return False
    head = " ".join(line.raw for line in lines[at : at + 4])
    return len({w.lower() for w in _HEADER_WORDS.findall(head)}) >= 3


def _end_of(lines: Sequence[Row], at: int) -> int:
    """Return the line after the table's last one: a note, a heading, a new page, running text."""
    for i in range(at + 1, len(lines)):
        raw = lines[i].raw
        if _END.match(raw) or "\f" in raw or (_opens(lines, i) and i > at + _HEADER_LINES):
            return i
        if raw.strip() and not _GAP.search(raw.rstrip()) and len(raw.strip()) > 60:
            return i
    return len(lines)


def _table(lines: Sequence[Row], by_number: bool) -> ColumnTable | None:
    """Cut lines into rows: at each number in the first column, or each line a row."""
    filled = [line for i, line in enumerate(lines) if line.raw.strip() and not _is_page_number(lines, i)]
    if not filled:
        return None
    head = _header_length(filled) if by_number else 0
    runs = columns_of(filled[head:] or filled, segments(filled[: head or 1]), named=head > 0)
    runs = titled(runs, filled[:head]) if len(runs) <= _MOST_COLUMNS else []
    if len(runs) < 3:
        return None
    bounds = whole(runs, filled)
    rows: list[tuple[int, int, list[list[Text]]]] = []
    headed = False
    for at, line in enumerate(filled):
        cells = header_cells(line, runs) if at < head else cut(line, bounds)
        begins = not by_number or _ROW_NUMBER.fullmatch(cells[0].value) is not None
        if not rows or begins or (not headed and not _is_header_line(line.raw)):
            headed = bool(rows)
            rows.append((line.start, 0, [[] for _ in bounds]))
        start, _, columns = rows[-1]
        for column, cell in zip(columns, cells, strict=True):
            if cell:
                column.append(cell)
        rows[-1] = (start, line.start + len(line.raw.rstrip()), columns)
    starts = [start for start, _, _ in rows]
    ends = [*starts[1:], rows[-1][1]]
    made = tuple(
        (Span(start, end), tuple(joined_lines(c) for c in columns))
        for start, end, (_, _, columns) in zip(starts, ends, rows, strict=True)
    )
    return ColumnTable(Span(made[0][0].start, made[-1][0].end), made)


def _is_page_number(lines: Sequence[Row], i: int) -> bool:
    """Tell whether a line is a number alone between empty lines, or the last one."""
    alone = all(not lines[j].raw.strip() for j in (i - 1, i + 1) if 0 <= j < len(lines))
    return alone and _PAGE_NUMBER.fullmatch(lines[i].raw.strip()) is not None


def _header_length(lines: Sequence[Row]) -> int:
    """Return how many lines the header has: those of nothing but its words, before the first number."""
    for i, line in enumerate(lines):
        if not _is_header_line(line.raw) or _ROW_NUMBER.match(line.raw.strip()):
            return i
    return 0


def _is_header_line(raw: str) -> bool:
    words = set(re.findall(r"[a-z]+", raw.lower())) - _HEADER_VOCABULARY
    return all(len(word) < 9 and word in "recommendation" for word in words)
