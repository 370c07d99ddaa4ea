"""Find the rows of a listing, in a page's table or in comma-separated values, and name their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditgraph.loaders.document import BlockKind, document_of
from auditgraph.loaders.separated import separated
from auditgraph.loaders.source import Source
from auditgraph.text import Text

__all__ = ["COLUMNS", "columns_of", "rows_of"]

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
