"""Recognise the header of a table of the state of recommendations, however its columns are worded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from auditgraph.loaders.extract import dates
from auditgraph.text import Text

__all__ = ["AS_OF", "Column", "columns_of", "names_reports"]

# "as at 31 December 2033", "status as of 2033-12-31", "position as on 1 May 2033".
AS_OF = re.compile(r"\bas\s+(?:at|of|on)\s*:?\s*(?P<date>\d[\w ./,-]{3,22}\d|[A-Z][a-z]{2,8}\.?,? \d{4})", re.I)

# The more telling pattern first.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("closed_on", r"\bclos(?:ed|ure|ing)\b.*\bdate|date\b.*\bclos(?:ed|ure|ing)|closed on|date implemented"
                      r"|actual\b.*\bdate"),
        ("said_on", r"\bas[- ](?:of|at)(?: date)?$|(?:status|reporting) date|date of (?:the )?(?:status|update)"),
        ("revised", r"(?:revised|new|extended|updated)\b.*\b(?:date|target|deadline)"),
        ("first_due", r"(?:original|initial|first)\b.*\b(?:date|target|deadline)"),
        ("due", r"(?:implement\w*|target|due|completion|expected|planned|agreed)\b.*\bdate|date of implementation|^due$"
                r"|deadline|^target$"),
        ("dated", r"\bdate\b"),
        ("title", r"title|subject|name of (?:the )?audit|^audit$"),
        ("assignment", r"assignment|audit (?:no|number|code|ref)"),
        ("number", r"^rec(?:om\w*)?s?\.?\s*(?:(?:nos?|number|n°|ref\w*|id)\b|#)|^rec(?:om)?s?\.?$"),
        ("report", r"\breport\b.*\b(?:no|number|ref\w*|n°|symbol)\b|^(?:audit )?report$|\breport\s*#"),
        ("importance", r"critical|\bimportan(?:t|ce)\b|priority|risk|^rating$|significance"),
        ("status", r"\bstatus\b|^state\b|\bc\s*/\s*o\b|open\s*/\s*closed"),
        ("reason", r"reason"),
        ("text", r"recommendations?$|^text\b|recommendation text|^audit recommendation"),
        ("remarks", r"remark|comment|explanation|justification|response|action"),
    )
)  # fmt: skip
# What the heading of a status has, at least.
_MAY_BE_STATUS = re.compile(r"stat|/|\bas\s", re.I)


class Column(NamedTuple):
    """A column's name and heading; `date` is what the heading of a status gives ("Status as at 31 December 2033")."""

    name: str
    heading: Text
    date: str = ""


def columns_of(cells: Sequence[Text]) -> tuple[Column, ...]:
    """Return the columns of a header row, unknown ones without a name; empty where the row is no header.

    A header names recommendations and their status; which report is meant may stand above the table.

    >>> [c.name for c in columns_of([Text.of(c) for c in ("Report No.", "Rec. #", "Current status", "Target date")])]
    ['report', 'number', 'status', 'due']
    >>> columns_of([Text.of(c) for c in ("2031/007", "1", "Implemented", "")])
    ()
    """
    if not any(_MAY_BE_STATUS.search(cell.value) for cell in cells):
        return ()  # most rows
    found: list[Column] = []
    for cell in cells:
        value = re.sub(r"[⁰¹²³⁴-⁹*]", "", cell.value).strip(" .:")
        dated = AS_OF.search(value)
        date = (dates.parse(dated["date"].strip(" ,.")) or "") if dated else ""
        if dated:
            value = value[: dated.start()].strip(" ,(–-") or "status"
        taken = [column.name for column in found]
        names = (name for name, pattern in _COLUMNS if len(value) < 80 and pattern.search(value))
        name = next((name for name in names if name not in taken or (name == "status" and date)), "")
        found.append(Column(name, cell, date if name == "status" else ""))
    names_found = {column.name for column in found}
    return tuple(found) if "status" in names_found and names_found & {"number", "text"} else ()


def names_reports(columns: Sequence[Column]) -> bool:
    """Tell whether each row names its report."""
    return bool({"report", "assignment"} & {column.name for column in columns})
