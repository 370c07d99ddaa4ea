"""Read the rows of a listing: from a page's table or from comma-separated values, each cell with its place."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from auditgraph.loaders.document import BlockKind, document_of
from auditgraph.loaders.source import Source
from auditgraph.text import Text

__all__ = ["COLUMNS", "columns_of", "rows_of", "separated"]

# The columns of the site since 2013, the more telling pattern first.
COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("important", r"important"),
        ("critical", r"critical"),
        ("number", r"report\s*(?:no|number|#)|^number$"),
        ("title", r"title"),
        ("entity", r"entit"),
        ("confidential", r"confidential"),
        ("file", r"report\s*/|download|available date|^report$"),
        ("available", r"avail"),
        ("issued", r"issue|^date$"),
    )
)
_DOUBLED = re.compile('""')
_COMMAS = re.compile(r"[^\n]*,[^\n]*,[^\n]*")


def rows_of(source: Source) -> list[tuple[Text, ...]]:
    """Return the rows of a source's tables; a text of comma-separated values is one table."""
    rows = [b.cells for b in document_of(source).blocks if b.kind is BlockKind.ROW]
    if any(columns_of(row) for row in rows) or not _COMMAS.match(source.text.lstrip()):
        return rows
    return separated(source.text)


def columns_of(cells: Sequence[Text]) -> tuple[str, ...]:
    """Return the names of a listing's header row; empty where the row is none.

    >>> columns_of([Text.of(c) for c in ("Issue Date", "Entity", "Report Number", "Report Title")])
    ('issued', 'entity', 'number', 'title')
    """
    names: list[str] = []
    for cell in cells:
        name = next((n for n, pattern in COLUMNS if n not in names and pattern.search(cell.value)), "")
        names.append(name if len(cell) < 60 else "")
    return tuple(names) if {"number", "title"} <= set(names) and len(set(names) - {""}) >= 4 else ()


def separated(text: str, delimiter: str = ",") -> list[tuple[Text, ...]]:
    """Return the rows of values that a character separates, each with its place in the text."""
    rows: list[tuple[Text, ...]] = []
    at = 0
    for fields in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
        cells = []
        for field in fields:
            # A quoted field doubles its quotes; its first line is enough to find it again.
            printed = field.replace('"', '""') if text.find(field, at) < 0 else field
            start = text.find(printed, at)
            if start < 0:
                cells.append(Text.empty())
                continue
            cells.append(Text.of(text[start : start + len(printed)], start).sub(_DOUBLED, '"').squeezed())
            at = start + len(printed)
        rows.append(tuple(cells))
    return rows
