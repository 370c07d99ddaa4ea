"""Put line breaks where the language of the reports shows that a line, a paragraph or a cell ended."""

from __future__ import annotations

from auditgraph.loaders.reflow.annexes import part_annexes
from auditgraph.loaders.reflow.body import part_body
from auditgraph.loaders.reflow.front import part_front, titles_of
from auditgraph.loaders.reflow.numbers import numbered
from auditgraph.loaders.reflow.sheet import sheet_of
from auditgraph.loaders.reflow.zones import annexes_start, body_start

__all__ = ["reflow"]


def reflow(text: str) -> str:
    r"""Return canonical text with its lines back where each of its pages is one line, else the text itself.

    White space becomes an empty line, a tab between cells, or a form feed between pages; no word changes. Where nothing
    shows that a line ended, none does.

    >>> reflow("No report.\n\nAt all.")
    'No report.\n\nAt all.'
    """
    sheet = sheet_of(text)
    if sheet is None:
        return text
    first = body_start(sheet)
    end = annexes_start(sheet, first)
    paragraphs = numbered(sheet.flat, first, end)
    if not sheet.likely(paragraphs):
        return text
    titles = titles_of(sheet)
    entries = part_front(sheet, first, titles)
    advice = part_body(sheet, first, end, paragraphs, entries)
    part_annexes(sheet, end, titles, advice)
    return sheet.written()
