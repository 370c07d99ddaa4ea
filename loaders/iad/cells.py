"""Read the cells of the annexes: importance, status, dates, answers, why a recommendation is closed."""

from __future__ import annotations

import re

from auditgraph.loaders.extract import dates
from auditgraph.loaders.iad.places import Draft
from auditgraph.model import Said, Text

__all__ = ["Cell", "accepted", "closing_reason", "due", "importance", "plain", "status"]

_IMPORTANCE = re.compile(r"\b(critical|important|high|medium|moderate|low)\b", re.I)
# `Implemented`, `Closed as implemented`, `Recommendation implemented`; the older `Action completed`, `Action taken`.
_IMPLEMENTED = re.compile(
    r"(?:(?:the\s+)?recommendation\s+(?:\d+\s+)?)?(?:(?:is|was|has\s+been)\s+)?(?:closed\s*(?:as|[-–—:,.])?\s*)?(?:and\s+)?"
    r"(?:(?:is|was|has\s+been)\s+)?(?:fully\s+)?implemented\b"
    r"|actions?\s+(?:has\s+been\s+|was\s+)?(?:implemented|completed|taken)\b",
    re.I,
)
_ONLY_CLOSED = re.compile(
    r"(?:recommendation\s+)?(?:is\s+|has been\s+)?closed"
    r"(?:,?\s+(?:based\s+|up)?on\s+(?:the\s+)?(?:evidence|documents|documentation|information|receipt)\b[^.]{0,80})?\.?",
    re.I,
)
_WITHOUT = re.compile(r"without\s+implementation\b", re.I)

# The place of a cell and its words.
Cell = tuple[str, Text] | None


def plain(draft: Draft, cell: Cell) -> Said[str] | None:
    """Return a cell's words; nothing where it is empty or says so."""
    if cell is None or cell[1].value.strip(" .-–").upper() in ("", "N/A", "NA", "NONE", "NIL"):
        return None
    return draft.said(*cell)


def importance(draft: Draft, cell: Cell) -> Said[str] | None:
    """Read how important a recommendation is, in lower case."""
    match = _IMPORTANCE.search(cell[1].value) if cell else None
    return draft.said(cell[0], cell[1][match.start() : match.end()], match.group().lower()) if cell and match else None


def status(draft: Draft, cell: Cell) -> Said[str] | None:
    """Read `C` or `O`; scanned and converted copies print a zero, or a Cyrillic letter, for the O."""
    value = cell[1].value.strip(" .").upper() if cell else ""
    status = {"C": "closed", "С": "closed", "O": "open", "0": "open", "О": "open"}.get(value)
    status = status or ("closed" if value.startswith("CLOSED") else "open" if value.startswith("OPEN") else None)
    return draft.said(cell[0], cell[1], status) if cell and status else None


def due(draft: Draft, cell: Cell) -> Said[str] | None:
    """Read a date at the precision printed."""
    iso = dates.parse(cell[1].value) if cell else None
    return draft.said(cell[0], cell[1], iso) if cell and iso else None


def accepted(draft: Draft, cell: Cell) -> Said[str] | None:
    """Read `yes`, `no` or `partially`."""
    value = cell[1].value.strip(" .").lower() if cell else ""
    if "partial" in value or value.startswith("in part"):
        answer = "partially"
    elif value in ("y", "yes", "accepted", "agreed", "concur") or value.startswith(("yes", "accepted")):
        answer = "yes"
    elif value in ("n", "no", "rejected") or value.startswith(("no ", "no,", "not accepted")):
        answer = "no"
    else:
        return None
    assert cell is not None
    return draft.said(cell[0], cell[1], answer)


def closing_reason(draft: Draft, cell: Cell, due: Cell) -> Said[str] | None:
    """Read why a recommendation is closed, in lower case with the dash spaced: as the code list has it.

    Where the actions' cell says no more than that it is closed, the date's may say `Implemented`.
    """
    if plain(draft, cell) is None or (cell is not None and _ONLY_CLOSED.fullmatch(cell[1].value)):
        if due is None or not _IMPLEMENTED.match(due[1].value):
            return None
        cell = due
    assert cell is not None
    value = cell[1].value.strip(" .")
    if _WITHOUT.search(value):
        value = re.sub(r"\s*[-–—]\s*", " - ", value[_WITHOUT.search(value).start() :].lower())  # type: ignore[union-attr]
    elif _IMPLEMENTED.match(value):
        value = "implemented"
    else:
        value = value[:1].lower() + value[1:]
    return draft.said(cell[0], cell[1], value)
