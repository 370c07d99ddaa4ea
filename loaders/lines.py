"""Cut a source into lines and table rows, whatever converter wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditgraph.loaders.columns import column_tables
from auditgraph.loaders.markup import clean
from auditgraph.loaders.stacked import stacked_tables
from auditgraph.text import Span, Text

__all__ = ["Line", "lines_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line (`text`) or a table row (`cells`), with the range of the source it fills.

    `blank_before`: an empty line or a page break stands before it. `furniture`: a page number, a
    picture, a table's ruling: printed, but no part of what the report says. `marked`: Markdown says that it is
    a heading. `raw` is the line as it stands.
    """

    span: Span
    text: Text
    cells: tuple[Text, ...] = ()
    blank_before: bool = False
    page_break: bool = False
    furniture: bool = False
    marked: bool = False
    raw: str = ""

    @property
    def is_row(self) -> bool:
        """Tell whether the line is a row of a table."""
        return bool(self.cells)


# `12`, `- 3 -`, `iv`, `Page 4 of 18`, `4 | Page`: a page number on a line of its own.
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:page\s+)?(?:\d{1,3}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,3})?(?:\s*[-–—|]\s*(?:page)?)?\s*", re.I
)
# `Page 12:` before the text of a page, or alone; `<!-- page 3 -->`; `--- end of page 3 ---`.
_PAGE_MARKER = re.compile(
    r"\s*(?:Page\s+\d{1,3}\s*:|<!--.{0,80}?-->|-{2,}\s*(?:end of )?page\s+\d{1,3}\s*-{2,})\s*", re.I
)
_RULE = re.compile(r"[\s|:+=_.\-–—*]+")
_LABEL_TAB = re.compile(
    r"\s*(?:\d{1,3}\.?|[IVXivx]{1,5}\.|[A-Za-z]\.|\(?[a-z0-9]{1,4}\)|[-•▪●■◦o\uf0b7\uf0a7*]|#{1,6})\t+(?=[^\t]++\s*$)"
)
# `## Findings`: a heading in Markdown.
_HEADING_MARK = re.compile(r"#{1,6}(?:\s+|$)")
_HTML_TABLE = re.compile(r"<table\b[^>]{0,500}>.*?(?:</table\s*>|\Z)", re.I | re.S)
_HTML_ROW = re.compile(r"<tr\b[^>]{0,300}>(.*?)(?=<tr\b|</tr\s*>|</table|\Z)", re.I | re.S)
_HTML_CELL = re.compile(r"<t([dh])\b([^>]{0,300})>(.*?)(?=</t[dh]\s*>|<t[dh]\b|</tr|\Z)", re.I | re.S)
_COLSPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,2})", re.I)
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_WHITE = re.compile(r"\s+")
_LINE = re.compile(r"[^\n\f]*[\n\f]?")


def lines_of(source: str) -> list[Line]:
    """Return the lines and rows of a source, in order; empty lines are left out.

    Each character outside white space stands in the span of exactly one line.
    """
    return list(_scan(source))


def _scan(source: str) -> Iterator[Line]:
    at = 0
    blank = page = True
    in_table = False
    tables = iter(_tables(source))
    table = next(tables, None)
    while at < len(source):
        if table is not None and at >= table[0].span.start:
            yield from table
            at, blank, in_table = max(at, table[-1].span.end), True, False
            table = next(tables, None)
            continue
        match = _LINE.match(source, at, table[0].span.start if table is not None else len(source))
        assert match is not None
        raw = match.group()
        start, at = match.start(), max(match.end(), at + 1)
        page_after = raw.endswith("\f")
        raw = raw.rstrip("\n\f")
        if not raw.strip():
            blank, page = True, page or page_after
            in_table = in_table and not page_after
            continue
        marker = _PAGE_MARKER.match(raw)
        if marker and marker.group().strip():
            yield Line(
                Span(start, start + marker.end()), Text.empty(), furniture=True, page_break=True, raw=marker.group()
            )
            start, raw, blank, page = start + marker.end(), raw[marker.end() :], True, True
            if not raw.strip():
                continue
        line = _line(raw, start, in_table, blank, page)
        yield line
        in_table = line.is_row or (in_table and line.furniture)
        blank, page = page_after, page_after


def _tables(source: str) -> list[list[Line]]:
    """Return the rows of the tables that no single line tells: HTML tables and columns of spaces."""
    tables = [_html_rows(source, m) for m in _HTML_TABLE.finditer(source)] if "<table" in source.lower() else []
    tables += [
        [
            Line(span, Text.empty(), cells, i == 0, raw=source[span.start : span.end])
            for i, (span, cells) in enumerate(t.rows)
        ]
        for t in (*column_tables(source), *stacked_tables(source))
    ]
    apart: list[list[Line]] = []
    for rows in sorted((t for t in tables if t), key=lambda rows: rows[0].span):
        if not apart or rows[0].span.start >= apart[-1][-1].span.end:
            apart.append(rows)
    return apart


def _line(raw: str, start: int, in_table: bool, blank: bool, page: bool) -> Line:
    span = Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))
    if _PAGE_NUMBER.fullmatch(raw) or (_RULE.fullmatch(raw)):
        return Line(span, Text.empty(), blank_before=blank, page_break=page, furniture=True, raw=raw)
    cells = _cells(raw, start, in_table)
    if cells:
        return Line(span, Text.empty(), cells, blank, page, raw=raw)
    text = clean(Text.of(raw, start)).squeezed()
    mark = _HEADING_MARK.match(text.value)
    text = text[mark.end() :] if mark else text
    return Line(span, text, (), blank, page, furniture=not text, marked=mark is not None, raw=raw)


def _cells(raw: str, start: int, in_table: bool) -> tuple[Text, ...]:
    """Return the cells of a tab-separated or piped row; none where the line is prose."""
    if "\t" in raw.strip(" ") and not _LABEL_TAB.match(raw):
        cells = _split(raw, start, re.compile("\t"))
        if sum(map(bool, cells)) >= 2 or (in_table and any(cells)):
            return cells
    stripped = raw.strip()
    if stripped.startswith("|") and len(_UNESCAPED_PIPE.findall(stripped)) >= 2:
        lead = raw.index("|") + 1
        body = raw[lead:].rstrip()
        body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
        return _split(body, start + lead, _UNESCAPED_PIPE)
    return ()


def _split(raw: str, start: int, separator: re.Pattern[str]) -> tuple[Text, ...]:
    cells = []
    at = 0
    for match in [*separator.finditer(raw), None]:
        end = match.start() if match else len(raw)
        cells.append(clean(Text.of(raw[at:end], start + at)).squeezed())
        at = match.end() if match else end
    return tuple(cells)


def _html_rows(source: str, table: re.Match[str]) -> list[Line]:
    """Return a table's rows; their spans tile it, tags included."""
    found: list[tuple[int, tuple[Text, ...]]] = []
    for row in _HTML_ROW.finditer(source, table.start(), table.end()):
        cells: list[Text] = []
        for cell in _HTML_CELL.finditer(source, row.start(1), row.end(1)):
            text = Text.of(cell.group(3), cell.start(3)).sub(_WHITE, " ")
            cells.append(clean(text).squeezed())
            spanned = _COLSPAN.search(cell.group(2))
            cells += [Text.empty()] * (min(int(spanned.group(1)), 20) - 1 if spanned else 0)
        if any(cells):
            found.append((row.start(), tuple(cells)))
    starts = [table.start(), *(start for start, _ in found[1:])]
    ends = [*starts[1:], table.end()]
    return [
        Line(Span(start, end), Text.empty(), cells, i == 0, raw=source[start:end])
        for i, (start, end, (_, cells)) in enumerate(zip(starts, ends, found, strict=False))
    ]
