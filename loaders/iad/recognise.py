"""Tell a report of the Internal Audit Division from drafts, other divisions' reports and other bodies' audits."""

from __future__ import annotations

import re

from auditgraph.errors import SourceError
from auditgraph.loaders.iad import patterns as p
from auditgraph.loaders.markup import clean
from auditgraph.loaders.source import Source
from auditgraph.text import Text

__all__ = ["recognise"]

_FRONT = 6000  # characters that hold the cover and the first page after it
_OVERSIGHT = re.compile(r"Office\s+of\s+Internal\s+Oversight\s+Services|\bOIOS\b", re.I)
_OTHERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), body)
    for pattern, body in (
        (r"INSPECTION\s+AND\s+EVALUATION\s+DIVISION", "a report of OIOS's Inspection and Evaluation Division"),
        (r"INVESTIGATIONS\s+DIVISION", "a report of OIOS's Investigations Division"),
        (r"\bJIU/(?:REP|NOTE|ML)/\d{4}/\d+", "a report of the Joint Inspection Unit"),
        (r"Report\s+of\s+the\s+Board\s+of\s+Auditors", "a report of the Board of Auditors"),
        (
            r"Office\s+of\s+Audit\s+and\s+Investigations\b|UNITED NATIONS DEVELOPMENT PROGRAMME",
            "a report of UNDP's audit office",
        ),
        (r"Office\s+of\s+Internal\s+Audit\s+and\s+Investigations", "a report of UNICEF's audit office"),
        (r"Report\s+No\.\s*AR/\d\d/\d+", "a report of WFP's audit office"),
        (r"\bIEAS/IAS/\d{4}/\d+", "a report of UN Women's audit service"),
        (
            r"activities\s+of\s+the\s+Office\s+of\s+Internal\s+Oversight\s+Services\s+for\s+the\s+period",
            "an annual report of OIOS on its activities",
        ),
    )
)
_DRAFT = re.compile(r"^\W*(?:DRAFT\s+(?:AUDIT\s+)?REPORT|Detailed\s+results\s+of\s+an?\s+audit)\b", re.I | re.M)


def recognise(source: Source) -> bool:
    """Tell whether a source is a final report of the Internal Audit Division.

    Raises SourceError where it is recognisably something else: a draft, another division's or body's report.
    """
    front = clean(Text.of(source.text[:_FRONT])).value
    marks = bool(p.REPORT_NUMBER.search(front)) + bool(p.ASSIGNMENT.search(front))
    division = re.search(r"INTERNAL\s+AUDIT\s+DIVISION", front, re.I) is not None
    cover = front[:1500]
    for pattern, body in _OTHERS:
        if pattern.search(cover) and not division:
            raise SourceError(
                f"{source.name}: this is {body}", "auditgraph reads reports of OIOS's Internal Audit Division."
            )
    if _DRAFT.search(cover):
        raise SourceError(f"{source.name}: this is a draft, not a final report", "Load the report as issued.")
    return marks > 0 and (division or _OVERSIGHT.search(source.text[: 4 * _FRONT]) is not None)
