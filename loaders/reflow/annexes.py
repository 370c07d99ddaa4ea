"""Part the annexes of a report in running text: their headings, and the rows of their tables into cells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditgraph.loaders.reflow.front import title_end
from auditgraph.loaders.reflow.sheet import Sheet
from auditgraph.loaders.reflow.words import MONTHS, TITLE
from auditgraph.text import Span

__all__ = ["part_annexes"]

_HEADING = re.compile(
    r"STATUS\s+OF\s+(?:AUDIT\s+)?RECOMMENDATIONS|MANAGEMENT\s+RESPONSE|Management\s+Response"
    r"|(?:ANN\s?EX|APPENDIX)(?![\w-])"
)
_HEADER = re.compile(
    r"(?<!\S)Rec(?:om)?(?:mendation)?\s?\.?\s*(?:no|No|NO|number)\s?\.?\s+(?=(?:Audit\s+)?Recommendation)"
)
_MARK = re.compile(r"\s*(?:\[\d\](?=\s|/|\Z)|([1-9¹²³⁴⁵⁶⁷⁸⁹])(?=\s|/|\Z))")
# The columns behind the number, as `columns_of` names them; a footnote's mark may follow each word.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?:{pattern})(?![A-Za-z])", re.I))
    for name, pattern in (
        ("recommendation", r"(?:audit\s+)?recommendations?"),
        ("category", r"risk\s+category"),
        ("importance", r"risk\s+rating|critical(?:\s*(?:[1-9¹²³⁴⁵⁶⁷⁸⁹]|\[\d\]))?\s*/\s*important"),
        ("status", r"c\s*/\s*o|open\s*/\s*closed"),
        ("action", r"actions?\s+(?:needed|required)\s+to\s+close\s+(?:the\s+)?recommendations?"),
        ("accepted", r"accepted\s*\?(?:\s*\(\s*yes\s*/\s*no\s*\))?|accepted\s*\(\s*yes\s*/\s*no\s*\)"),
        ("official", r"title\s+of\s+(?:the\s+)?responsible\s+(?:individual|officer|official|person)s?"),
        ("due", r"(?:target\s+)?implementation\s+date"),
        ("comments", r"(?:client|management)(?:['’]s)?\s+comments?"),
    )
)
_ANNEX = (
    ("recommendation", "importance", "status", "action", "due"),
    ("recommendation", "category", "importance", "status", "action", "due"),
)
_APPENDIX = (("recommendation", "importance", "accepted", "official", "due", "comments"),)
_IMPORTANCE = r"(?:Critical|Important|High|Medium|Moderate|Low)"
_CATEGORY = (
    r"(?:Operational|Financial|Governance|Compliance|Strategy|Strategic|Human resources?|Information resources?)"
)
_TYPED = {
    _ANNEX[0]: re.compile(rf"(?<!\S)({_IMPORTANCE})\s+([COСО0])(?=\s|\Z)"),
    _ANNEX[1]: re.compile(rf"(?<!\S)({_CATEGORY})\s+({_IMPORTANCE})\s+([COСО0])(?=\s|\Z)"),
    _APPENDIX[0]: re.compile(
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
_NOTE = re.compile(
    r"(?<!\S)(?:(?:\[\d\]|[1-9¹²³⁴⁵⁶⁷⁸⁹]\.?)\s*)?(?:(?:Critical|Important)\s+recommendations?\s+(?:address|are)|Please\s+note\s+(?:that\s+)?the"
    r"\s+value\s+C|Date\s+provided\s+by|C\s*=\s*closed)"
)
# `... accepts it. Yes Director, Base 31 March 2024 The Base has begun`: another entity's answer.
_AGAIN = re.compile(rf"(?<=[.!?]\s)(?:({_IMPORTANCE})\s+)?(Yes|YES|No|NO|Partially)\s+(?=[A-Z])")
_OFFICIAL = 200  # characters of the title of an official
# What the lines of a letter begin with.
_LABEL = re.compile(r"(?:ANN\s?EX|APPENDIX)(?:\s+(?:[IVX]{1,5}|\d{1,2})(?!\w))?\s+")
_ABOVE = 500  # characters of the headings and the title above a header
_NAMED = 80  # characters behind `ANNEX II`, which may name an entity
_LETTER = 150  # characters
_COLUMN = 80  # characters that the label of a column fits in
_FIELDS = re.compile(
    r"(?<!\S)(?:FACSIMILE|INTEROFFICE\s+MEMORANDUM|(?:TO|FROM|ATTN|A|DE|DATE|Date|SUBJECT|Subject|OBJET|THROUGH|S/C(?:\sDE)?"
    r"|cc|CC|REFERENCE|Reference|Ref|Drafted by|Authorized by|FAX(?:\s#)?|TEL(?:\s#)?|Tel|Fax|E-?mail)\s?[:.]"
    rf"|\d{{1,2}}\s(?:{MONTHS})\s20\d\d(?=\s(?:TO|FROM|Ref)))"
)
_SHOULD = re.compile(r"\bshould\b")
_AHEAD = 400  # characters in which a recommendation says "should"
_FAR = 6000  # characters in which the headings of an annex stand
_WORD = re.compile(r"\w+")
_LIKE = 4  # words by which a row begins as the recommendation does


@dataclass(slots=True)
class _Table:
    """A table while it is read: its columns, and the row that a page may have torn."""

    columns: tuple[str, ...]
    number: int = 0
    rest: str = ""  # the words of the row's recommendation that have not come yet
    open: str = ""  # the column that the rest of the row goes on with
    dated: bool = True
    torn: bool = False  # its date, before the year
    held: int = 0  # a date that may belong to the sentence before it
    end: int = 0
    tabs: tuple[int, int] = (0, 0)  # of the row


def part_annexes(sheet: Sheet, start: int, titles: Sequence[str], advice: Mapping[str, str]) -> None:
    """Part the annexes; `advice` are the words of the recommendations by number, as the body has them."""
    table: _Table | None = None
    for page in sheet.pages:
        if page.end <= start:
            continue
        page = Span(max(page.start, start), page.end)
        table = _page(sheet, page, titles, advice, table)


def _page(
    sheet: Sheet, page: Span, titles: Sequence[str], advice: Mapping[str, str], table: _Table | None
) -> _Table | None:
    """Part a page; return the table that it leaves open."""
    flat = sheet.flat
    headers = [
        (found.start(), *_header(flat, found, page.end, advice))
        for found in _HEADER.finditer(flat, page.start, page.end)
    ]
    headers = [header for header in headers if len(header[1]) > 3]
    marks = [*(header[0] for header in headers), page.end]
    notes = [found.start() for found in _NOTE.finditer(flat, page.start, page.end)]
    begin = page.start
    if _headings(sheet, page.start, min(marks[0], page.end), titles):
        begin = page.end if not headers else marks[0]
        table = None if not headers else table
    if table is not None and begin < marks[0]:
        _rows(sheet, Span(begin, _until(notes, begin, marks[0])), table, advice)
    tops = [_top(sheet, before[2], after[0], titles) for before, after in pairwise(headers)]
    for (at, cells, end), stop in zip(headers, [*tops, page.end], strict=False):
        names = tuple(name for name, _ in cells[1:])
        sheet.line(at)
        for _, cell in cells[1:]:
            sheet.cell(cell)
        if names not in _TYPED:
            sheet.line(end)
            table = None
            continue
        if table is None or table.columns != names:
            table = _Table(names)
        _rows(sheet, Span(end, _until(notes, end, stop)), table, advice)
    for top, header in zip(tops, headers[1:], strict=True):
        _headings(sheet, top, header[0], titles)
    for note in notes:
        sheet.line(note)
    if not headers and table is None:
        label = _LABEL.match(flat, page.start)
        if label and page.end - page.start > _LETTER:
            sheet.line(label.end())
        last = -1
        for field in _FIELDS.finditer(flat, page.start, page.end):
            if field.start() != last:  # `TO: A:` in two languages is one
                sheet.line(field.start())
            last = _next(flat, field.end())
    return table


def _top(sheet: Sheet, start: int, header: int, titles: Sequence[str]) -> int:
    """Return where the headings above a header begin that stands on the same line as the table before it."""
    flat = sheet.flat
    top = header
    for match in reversed(list(_HEADING.finditer(flat, max(start, header - _ABOVE), header))):
        at = _next(flat, match.end())
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
        at = match.end() if named else _next(flat, match.end())
        if not named and at < end:
            sheet.line(at)
        found = True
    at = _next(flat, at)
    if TITLE.match(flat, at) and (stop := title_end(sheet, at, titles)) and stop <= end:
        sheet.line(at)
        sheet.line(_next(flat, stop))
        found = True
    return found


def _next(flat: str, at: int) -> int:
    while at < len(flat) and flat[at].isspace():
        at += 1
    return at


def _header(flat: str, found: re.Match[str], end: int, advice: Mapping[str, str]) -> tuple[list[tuple[str, int]], int]:
    """Return the columns of a header with where each begins, and where the first row does."""
    cells = [("number", found.start())]
    at = found.end()
    last = 0
    while at < end:
        name, match = next(((n, m) for n, p in _COLUMNS if (m := p.match(flat, at, end))), ("", None))
        if match is None or name in dict(cells):
            break
        cells.append((name, at))
        last += len(re.findall(r"[1-9¹²³]", match[0]))
        at = match.end()
        mark = _MARK.match(flat, at, end)
        if mark and (not mark[0][0].isspace() or mark[1] is None or _is_mark(flat, mark, last, advice)):
            last += 1
            at = mark.end()
        at = _next(flat, at)
    return cells, min(at, end)


def _is_mark(flat: str, mark: re.Match[str], last: int, advice: Mapping[str, str]) -> bool:
    """Tell the mark of a footnote from the number of the first row: marks go up, and a row may follow one."""
    if not mark[1].isascii():
        return True
    text = advice.get(mark[1], "")
    if text and _common(flat, Span(mark.end(), mark.end() + _AHEAD), text, _LIKE)[1] >= min(_LIKE, len(text.split())):
        return False
    following = flat[mark.end() : mark.end() + _COLUMN].lstrip()
    likely = last > 0 or re.match(r"/|\d{1,2}\s", following) or any(p.match(following) for _, p in _COLUMNS)
    return bool(int(mark[1]) == last + 1 and likely)


def _rows(sheet: Sheet, span: Span, table: _Table, advice: Mapping[str, str]) -> None:
    """Part the rows between two places of one page into cells; what is unsure stays a line."""
    starts = _row_starts(sheet.flat, span, table, advice)
    first = starts[0][0] if starts else span.end
    if sheet.flat[span.start : first].strip():
        _rest(sheet, Span(_next(sheet.flat, span.start), first), table)
    for (at, words, number), (stop, _, _) in pairwise([*starts, (span.end, 0, 0)]):
        table.number = number
        _row(sheet, at, Span(words, stop), table, advice.get(str(number), ""))
    sheet.line(span.end)


def _row_starts(flat: str, span: Span, table: _Table, advice: Mapping[str, str]) -> list[tuple[int, int, int]]:
    """Return where rows begin, their words, and their numbers: by the words of the recommendation, or by succession."""
    out: list[tuple[int, int, int]] = []
    last = table.number
    ends = [found.start() for found in _TYPED[table.columns].finditer(flat, span.start, span.end)]
    for match in _ROW.finditer(flat, span.start, span.end):
        number = int(match[1])
        text = advice.get(match[1], "")
        if not text or _common(flat, Span(match.end(), span.end), text, _LIKE)[1] < min(_LIKE, len(text.split())):
            # worded otherwise than in the body: then its number is due, and its typed cells follow
            if number != last + 1 and (text or last or number > 3):
                continue
            index = bisect_left(ends, match.end())
            if index == len(ends) or not _SHOULD.search(flat, match.end(), min(ends[index], match.end() + _AHEAD)):
                continue
        out.append((match.start(), match.end(), number))
        last = number
    return out


def _common(flat: str, span: Span, text: str, most: int = 10**6) -> tuple[int, int, int]:
    """Return where the words end that a place has in common with a text, how many they are, and where in the text."""
    at, where, count = span.start, 0, 0
    here, there = _WORD.finditer(flat, span.start, span.end), _WORD.finditer(text)
    for one, other in zip(here, there, strict=False):
        if one[0].casefold() != other[0].casefold() or count >= most:
            break
        at, where, count = one.end(), other.end(), count + 1
    return at, count, where


def _row(sheet: Sheet, at: int, span: Span, table: _Table, text: str) -> None:
    """Part one row into cells; without its typed cells it stays a line."""
    flat = sheet.flat
    table.rest, table.open, table.dated, table.held = "", "", True, 0
    end, _, where = _common(flat, span, text)
    whole = bool(text) and not _WORD.search(text, where)
    typed = _TYPED[table.columns].search(flat, end if whole else span.start, span.end)
    if typed is None:
        sheet.line(at)
        return
    due = None
    if "comments" in table.columns:
        due = _answered(flat, Span(_next(flat, typed.end()), span.end))
        if due is None:
            sheet.line(at)
            return  # no date parts the official from the comments
    tabs = len(sheet.tabs)
    sheet.row(at)
    sheet.cell(span.start)
    for group in range(1, (typed.lastindex or 0) + 1):
        sheet.cell(typed.start(group))
    if text and not whole and end >= typed.start() - 2:
        table.rest = text[where:]
    _tail(sheet, Span(_next(flat, typed.end()), span.end), table, due)
    table.tabs = tabs, len(sheet.tabs)


def _answered(flat: str, span: Span) -> re.Match[str] | None:
    """Return the date between the official and the comments; where both cells say `N/A`, the second."""
    due = _DUE.search(flat, span.start, span.end)
    return _DUE.match(flat, _next(flat, due.end()), span.end) if due and due.start() == span.start else due


def _tail(sheet: Sheet, span: Span, table: _Table, answered: re.Match[str] | None) -> None:
    """Part the cells of free text and the date at the end of a row."""
    flat = sheet.flat
    if answered is None:
        table.open = "action"
        due = _LAST.search(flat, max(span.start, span.end - 60), span.end)
        if due and _GOVERNED.search(flat[max(span.start, due.start() - 12) : due.start()]):
            table.held, table.end, due = due.start(), span.end, None
        table.torn = due is not None and _NO_YEAR.search(due[0]) is not None
        table.dated = due is not None and not table.torn
        tail = _OTHER_DATE.search(flat, max(span.start, span.end - 80), span.end)
        if due is None and not table.held and tail:
            sheet.cell(span.start)
            sheet.cell(tail.start(1))
        elif due is None:
            sheet.cell(span.start)
            sheet.close(span.end, 1)
        elif due.start() == span.start:  # a cell alone: what was done, or when
            sheet.cell(span.start, 2)
        else:
            sheet.cell(span.start)
            sheet.cell(due.start())
        return
    table.open = "comments"
    sheet.cell(span.start)
    sheet.cell(answered.start())
    after = _next(flat, answered.end())
    if after < span.end:
        sheet.cell(after)
        _answers(sheet, Span(after, span.end))
    else:
        sheet.close(span.end, 1)


def _answers(sheet: Sheet, span: Span) -> None:
    """Part the answers of other entities to the same recommendation, which have rows of their own."""
    flat = sheet.flat
    for again in _AGAIN.finditer(flat, span.start, span.end):
        official = _next(flat, again.end())
        due = _DUE.search(flat, official, min(span.end, official + _OFFICIAL))
        if due is None or not due.start() > official or ". " in flat[official : due.start()]:
            continue
        sheet.row(again.start(), 3 - bool(again[1]))
        if again[1]:
            sheet.cell(again.start(2))
        sheet.cell(official)
        sheet.cell(due.start())
        after = _next(flat, due.end())
        if after < span.end:
            sheet.cell(after)


def _rest(sheet: Sheet, span: Span, table: _Table) -> None:
    """Part what a page tore off a row: the rest of the recommendation, then of the action or the comments."""
    flat = sheet.flat
    if not table.open:
        sheet.line(span.start)
        return
    columns = ("number", *table.columns)
    at = span.start
    if table.rest:
        end, _, where = _common(flat, span, table.rest)
        if _WORD.search(table.rest, where):  # not the words that are due: nobody can tell whose they are
            sheet.line(at)
            sheet.merge(*table.tabs)
            table.open = ""
            return
        while end < span.end and not flat[end].isspace():
            end += 1
        at = _next(flat, end)
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
