"""Read a table of the state of recommendations: which report, which recommendation, its state, and as of when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from auditgraph.errors import SourceError
from auditgraph.loaders.extract import dates
from auditgraph.loaders.followup.columns import AS_OF
from auditgraph.loaders.followup.recognise import Line, lines_of
from auditgraph.loaders.followup.references import Reference, reference_in, references_in
from auditgraph.loaders.followup.rows import Table
from auditgraph.loaders.source import Source
from auditgraph.model import FollowUp, Said, Text

__all__ = ["parse"]

FAMILY = "followup"
# "Issued: 15 January 2034", "Date: 15 January 2034", "Prepared on 15 January 2034".
_ISSUED = re.compile(
    r"\b(?:date(?:\s+of\s+issue)?|issue\s+date|issued|dated|prepared|published)(?:\s+on|\s*:)?\s+"
    r"(?P<date>\d[\w ./-]{3,22}\d)",
    re.I,
)


def parse(source: Source) -> FollowUp:
    """Return the states that a recognised source tells; rows that can't be read are warned of.

    Raises SourceError where no row can.
    """
    lines = lines_of(source)
    table = Table(source.passages, _place)
    _read(table, lines)
    if not table.found:
        raise SourceError(
            f"{source.name}: no row names a report, a recommendation and its state",
            "The table needs columns for the number of the report, that of the recommendation, and the status.",
        )
    words = [line.text for line in lines if not line.cells]
    as_of, issued = (_only(words, pattern) for pattern in (AS_OF, _ISSUED))
    spoken = Said(as_of[0], source.passages("status", as_of[1])) if as_of else None
    made = Said(issued[0], source.passages("status", issued[1])) if issued else None
    said_on = spoken or made
    statements = tuple(s if s.said_on else replace(s, said_on=said_on) for s in table.found)
    key = _key(source.name, said_on.value if said_on else "")
    warnings = tuple(dict.fromkeys(table.warnings))
    return FollowUp(FAMILY, key, source.text, source.info, statements, made or spoken, warnings)


def _read(table: Table, lines: Iterable[Line]) -> None:
    """Go through the lines: words above a table may name the report that its rows are about."""
    below = False
    for line in lines:
        if not line.cells:
            if below:  # what stood above the table before is not said of the next one
                table.end()
                below = False
            table.caption = _caption(table.caption, line.text)
        elif not table.header(line.cells) and table.columns:
            table.row(line.cells)
            below = True


def _caption(before: tuple[Reference, Text] | None, text: Text) -> tuple[Reference, Text] | None:
    """Return the report that the words above a table name; where they name several, none of them."""
    reports, assignments = references_in(text.value)
    if not reports and not assignments:
        return before
    found = reference_in(text.value)
    return None if found is None or (before and before[0] != found) else (found, text)


def _only(texts: Iterable[Text], pattern: re.Pattern[str]) -> tuple[str, Text] | None:
    """Return the one date that a pattern finds, with its words; None where there are several."""
    found: dict[str, Text] = {}
    for text in texts:
        for match in pattern.finditer(text.value):
            said = match["date"].strip(" ,.")
            # The words after a date may look like more of it.
            tries = (said.rsplit(" ", n)[0] if n else said for n in range(4))
            iso = next((iso for one in tries if (iso := dates.parse(one))), None)
            if iso:
                found.setdefault(iso, text[match.start() : match.end()])
    return next(iter(found.items())) if len(found) == 1 else None


def _place(reference: Reference, number: str) -> str:
    return f"status {reference.report or reference.assignment} rec {number}"


def _key(name: str, date: str) -> str:
    """Return what a document is known by: two files of one name that speak of two dates are two.

    >>> _key("Status of recs.csv", "2033-12-31"), _key("status-2033-12-31.csv", "2033-12-31")
    ('status-of-recs-2033-12-31', 'status-2033-12-31')
    """
    stem = re.sub(r"[^a-z0-9]+", "-", PurePath(name).stem.lower()).strip("-") or "follow-up"
    return stem if not date or date in stem else f"{stem}-{date}"
