"""Tell a table of the state of recommendations from a report, and cut it into words and rows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from auditgraph.loaders.document import BlockKind, document_of
from auditgraph.loaders.followup.columns import columns_of, names_reports
from auditgraph.loaders.followup.references import references_in
from auditgraph.loaders.separated import separated
from auditgraph.loaders.source import Source
from auditgraph.text import Text

__all__ = ["Line", "lines_of", "recognise"]

# A quick look before the whole is cut: the words of a header near each other, in the first part of the file.
_HEADER = re.compile(r"\brec[a-z]*\b.{0,300}?\bstatus\b|\bstatus\b.{0,300}?\brec[a-z]*\b", re.I | re.S)
_FRONT = 20_000
_SEPARATORS = ",;|"
# A report has numbered paragraphs of this many characters and more; a table's remarks stand in its rows.
_PARAGRAPH = re.compile(r"\d{1,3}\s?\.\s")
_LONG = 200


class Line(NamedTuple):
    """A row with its cells, or words between tables: `cells` is empty there."""

    text: Text
    cells: tuple[Text, ...] = ()


def recognise(source: Source) -> bool:
    """Tell whether a source is a table of the state of recommendations of reports that it names, and little else."""
    if not _HEADER.search(source.text[:_FRONT]):
        return False
    lines = lines_of(source)
    header = next((i for i, line in enumerate(lines) if columns_of(line.cells)), None)
    if header is None:
        return False
    words = [line.text.value for line in lines if not line.cells]
    if sum(_PARAGRAPH.match(value) is not None and len(value) > _LONG for value in words) > 1:
        return False
    columns = columns_of(lines[header].cells)
    named = any(any(references_in(value)) for value in words)
    rows = sum(len(cell.value) for line in lines for cell in line.cells)
    return (names_reports(columns) or named) and rows >= sum(map(len, words))


@lru_cache(maxsize=1)
def lines_of(source: Source) -> tuple[Line, ...]:
    """Return a source's rows and the words between them, in order, page furniture left out."""
    blocks = [b for b in document_of(source).blocks if b.kind is not BlockKind.FURNITURE]
    if any(columns_of(block.cells) for block in blocks):
        return tuple(_line(block.cells or (block.text,)) for block in blocks)
    for separator in _SEPARATORS:
        if source.text.count(separator) > 2:
            rows = [row for row in separated(source.text, separator) if any(row)]
            if any(columns_of(row) for row in rows):
                return tuple(map(_line, rows))
    return tuple(_line((block.text,)) for block in blocks)


def _line(cells: tuple[Text, ...]) -> Line:
    """Return a row, or the words of one that has a single cell."""
    filled = [cell for cell in cells if cell]
    return Line(filled[0] if filled else Text.empty()) if len(filled) < 2 else Line(Text.joined(filled), cells)
