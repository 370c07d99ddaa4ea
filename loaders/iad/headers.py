"""Recognise the header rows of the status annex and of the management response, and name their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from auditgraph.text import Text

__all__ = ["columns_of", "is_header"]

# The columns in the wording of the layouts since 2007, the more telling pattern first.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("accepted", r"accept"),
        ("official", r"responsible|title of|action officer|focal point"),
        ("action", r"actions?\s+(?:needed|required|to\s+close|taken)|to close rec|documents? needed"),
        (
            "due",
            r"implementat(?:ion)?\b.*\bdate|target date|due date|impl\.?\s*date|completion date|date of implementation",
        ),
        ("comments", r"comments?|management'?s? response|client response"),
        ("status", r"c\s*/\s*[o0]\b|open\s*/\s*closed|^status"),
        ("category", r"risk category|category"),
        ("importance", r"critical|important|risk rating|^rating|priority|^risk$|significance"),
        (
            "number",
            r"^rec(?:om)?(?:mendation)?s?\s*\.?\s*(?:no|n°|nos|number|#)\b|^no\.?$|^#$|^rec(?:om)?\.$|^recom\b|^nos?\.?$|para",
        ),
        ("recommendation", r"^(?:audit\s+)?rec(?:om)?mendations?$|^text of"),
    )
)
# A table with such a column is about the recommendations of other reports.
_REPORT = re.compile(r"\breport\b.*\b(?:no|number|ref\w*|n°)\b|^(?:audit )?report$|\breport\s*#", re.I)
_KNOWN = 3  # columns that make a row a header


def columns_of(cells: Sequence[Text]) -> tuple[str, ...]:
    """Return the name of each column of a header row, `""` where it is not known.

    >>> columns_of([Text.of(c) for c in ("Rec. no.", "Recommendation", "Critical ¹ / Important ²", "C/ O ³")])
    ('number', 'recommendation', 'importance', 'status')
    """
    names: list[str] = []
    for cell in cells:
        value = re.sub(r"[⁰¹²³⁴-⁹]|(?<=[a-zA-Z])\d\b", "", cell.value).strip(" .:*")
        name = _column(value) if len(value) < 90 else ""
        names.append("" if name in names else name)
    return tuple(names)


@lru_cache(maxsize=1024)
def _column(heading: str) -> str:
    """Return the name of the column that a heading is of; kept, because rows say "Important" and "Closed" in turn.

    >>> _column("Reco m. no")  # a narrow column breaks words
    'number'
    """
    forms = (heading, heading.replace(" ", ""))
    return next((name for form in forms for name, pattern in _COLUMNS if pattern.search(form)), "")


def is_header(cells: Sequence[Text]) -> bool:
    """Tell whether a row is the header of a table of recommendations."""
    names = columns_of(cells)
    known = {name for name in names if name}
    return (
        len(known) >= _KNOWN
        and "recommendation" in known
        and bool(known & {"status", "action", "accepted", "due", "importance"})
        and not any(len(cell) < 60 and _REPORT.search(cell.value) for cell in cells)
    )
