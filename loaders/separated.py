"""Read values that a character separates (CSV), each with its place in the text."""

from __future__ import annotations

import csv
import re

from auditgraph.text import Text

__all__ = ["separated"]

_DOUBLED = re.compile('""')


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
