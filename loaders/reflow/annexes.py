"""Part the annexes of a report in running text: their headings, their tables, the lines of letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from auditgraph.loaders.reflow.front import title_end
from auditgraph.loaders.reflow.header import headers_of
from auditgraph.loaders.reflow.rows import TABLES, Table, part_rows
from auditgraph.loaders.reflow.sheet import Sheet
from auditgraph.loaders.reflow.words import MONTHS, TITLE, skip_space
from auditgraph.text import Span

__all__ = ["part_annexes"]

_HEADING = re.compile(
    r"STATUS\s+OF\s+(?:AUDIT\s+)?RECOMMENDATIONS|MANAGEMENT\s+RESPONSE|Management\s+Response"
    r"|(?:ANN\s?EX|APPENDIX)(?![\w-])"
)
_NOTE = re.compile(
    r"(?<!\S)(?:(?:\[\d\]|[1-9¹²³⁴⁵⁶⁷⁸⁹]\.?)\s*)?(?:(?:Critical|Important)\s+recommendations?\s+(?:address|are)|Please\s+note\s+(?:that\s+)?the"
    r"\s+value\s+C|Date\s+provided\s+by|C\s*=\s*closed)"
)
# What the lines of a letter begin with.
_LABEL = re.compile(r"(?:ANN\s?EX|APPENDIX)(?:\s+(?:[IVX]{1,5}|\d{1,2})(?!\w))?\s+")
_FIELDS = re.compile(
    r"(?<!\S)(?:FACSIMILE|INTEROFFICE\s+MEMORANDUM|(?:TO|FROM|ATTN|A|DE|DATE|Date|SUBJECT|Subject|OBJET|THROUGH|S/C(?:\sDE)?"
    r"|cc|CC|REFERENCE|Reference|Ref|Drafted by|Authorized by|FAX(?:\s#)?|TEL(?:\s#)?|Tel|Fax|E-?mail)\s?[:.]"
    rf"|\d{{1,2}}\s(?:{MONTHS})\s20\d\d(?=\s(?:TO|FROM|Ref)))"
)
_ABOVE = 500  # characters of the headings and the title above a header
_NAMED = 80  # characters behind `ANNEX II`, which may name an entity
_LETTER = 150  # characters
_FAR = 6000  # characters in which the headings of an annex stand


def part_annexes(sheet: Sheet, start: int, titles: Sequence[str], advice: Mapping[str, str]) -> None:
    """Part the annexes; `advice` are the words of the recommendations by number, as the body has them."""
    table: Table | None = None
    for page in sheet.pages:
        if page.end > start:
            table = _page(sheet, Span(max(page.start, start), page.end), titles, advice, table)


def _page(
    sheet: Sheet, page: Span, titles: Sequence[str], advice: Mapping[str, str], table: Table | None
) -> Table | None:
    """Part a page; return the table that it leaves open."""
    headers = headers_of(sheet.flat, page, advice)
    first = headers[0].start if headers else page.end
    notes = [found.start() for found in _NOTE.finditer(sheet.flat, page.start, page.end)]
    if _headings(sheet, page.start, first, titles):
        table = table if headers else None
    elif table is not None and page.start < first:
        part_rows(sheet, Span(page.start, _until(notes, page.start, first)), table, advice)
    tops = [_top(sheet, before.end, after.start, titles) for before, after in pairwise(headers)]
    for header, stop in zip(headers, [*tops, page.end], strict=False):
        sheet.line(header.start)
        for at in header.columns.values():
            sheet.cell(at)
        names = tuple(header.columns)
        if names not in TABLES:
            sheet.line(header.end)
            table = None
            continue
        if table is None or table.columns != names:
            table = Table(names)
        part_rows(sheet, Span(header.end, _until(notes, header.end, stop)), table, advice)
    for top, header in zip(tops, headers[1:], strict=True):
        _headings(sheet, top, header.start, titles)
    for note in notes:
        sheet.line(note)
    if not headers and table is None:
        _letter(sheet, page)
    return table


def _letter(sheet: Sheet, page: Span) -> None:
    """Put what the lines of a letter begin with at the beginning of lines."""
    label = _LABEL.match(sheet.flat, page.start)
    if label and page.end - page.start > _LETTER:
        sheet.line(label.end())
    last = -1
    for field in _FIELDS.finditer(sheet.flat, page.start, page.end):
        if field.start() != last:  # `TO: A:` in two languages is one
            sheet.line(field.start())
        last = skip_space(sheet.flat, field.end())


def _top(sheet: Sheet, start: int, header: int, titles: Sequence[str]) -> int:
    """Return where the headings above a header begin that stands on the same line as the table before it."""
    flat = sheet.flat
    top = header
    for match in reversed(list(_HEADING.finditer(flat, max(start, header - _ABOVE), header))):
        at = skip_space(flat, match.end())
        if at >= top or title_end(sheet, at, titles) is not None or (match[0].startswith("A") and top - at < _NAMED):
            top = match.start()
    return top


def _until(notes: Sequence[int], start: int, stop: int) -> int:
    return min((note for note in notes if start <= note < stop), default=stop)


def _headings(sheet: Sheet, start: int, end: int, titles: Sequence[str]) -> bool:
    """Put the headings of an annex on lines of their own; tell whether there are any."""
    flat = sheet.flat
    at = start
    found = False
    for match in _HEADING.finditer(flat, start, min(end, start + _FAR)):
        if match.start() > at + 200:
            break
        named = flat[match.start() : match.start() + 3] in ("ANN", "APP")
        sheet.line(match.start())
        at = match.end() if named else skip_space(flat, match.end())
        if not named and at < end:
            sheet.line(at)
        found = True
    at = skip_space(flat, at)
    if TITLE.match(flat, at) and (stop := title_end(sheet, at, titles)) and stop <= end:
        sheet.line(at)
        sheet.line(skip_space(flat, stop))
        found = True
    return found
