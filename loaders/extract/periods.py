"""The period that an audit covered and the time in which it was conducted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.loaders.extract import dates
from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.extract.reading import Sentence, runs, sentences
from auditgraph.model import Passage, Period, ProseKind, Said, Skeleton

__all__ = ["audit_period", "fieldwork", "span"]

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_QUARTER = rf"(?:(?:first|second|third|fourth|last)\s+quarter\s+of\s+{YEAR}|Q[1-4]\s+{YEAR})"
# A whole or partial date: "1 July 2017", "July 2017", "2017", "1 July", "July", "1".
_DATE = (
    rf"(?:{_QUARTER}|{_DAY}\s+{MONTH},?(?:\s+{YEAR})?|{MONTH}\s+{_DAY},?\s+{YEAR}|{MONTH},?(?:\s+{YEAR})?|{YEAR}"
    rf"|{_DAY})"
)
_TO = r"\s*(?:\bto\b|\bthrough\b|\buntil\b|\bup\s+to\b|\bto\s+the\s+end\s+of\b|\band\b|-|–|—)\s*"
# "from 1 July 2017 to 31 December 2019", "January to June 2020", "between March and May 2015", "2015 and 2016"
_RANGE = re.compile(rf"(?<![\w/])(?P<a>{_DATE}){_TO}(?:the\s+)?(?P<b>{_DATE})(?![\w/]|[-–]\d)", re.IGNORECASE)
# "in March, April and June 2015": from the first to the last
_LIST = re.compile(
    rf"(?<![\w/])(?P<a>{MONTH}),\s+(?:{MONTH},?\s+)*and\s+(?P<b>{MONTH}\s+{YEAR})(?![\w/])", re.IGNORECASE
)
# "in April 2016": begins and ends there
_SINGLE = re.compile(
    rf"(?<![\w/])(?P<a>{MONTH}\s+{YEAR}|(?:calendar\s+)?(?:year\s+)?(?P<y>{YEAR}))(?![\w/]|[-–]\d)", re.IGNORECASE
)
_WHAT = r"(?:audit|review|advisory\s+engagement|engagement|evaluation|assessment|assignment|follow-up)"

# What introduces the period covered: "The audit covered the period from", "The scope of the review covered".
_COVERED = re.compile(
    rf"\b(?:{_WHAT}|audit\s+scope|scope\s+of\s+(?:the|this)\s+{_WHAT}|OIOS|it|"
    rf"\w+\s+and(?=\s+covered\s+the\s+period))\s+(?:generally\s+|mainly\s+|also\s+)?"
    r"(?:covered|covers|focused\s+on|examined|reviewed)\b"
    r"(?:(?:\s+(?!and\b)[\w'’,-]+){0,12}?\s+"
    r"(?:(?:the\s+)?(?:[\w-]+\s+)?(?:period|years?|biennium|time|months?|activities|transactions|operations)\b"
    r"(?:\s+(?:from|between|of|for|in|the|undertaken|that|occurred|carried|out|conducted|during|covering|since|years?|"
    rf"period))*|from|between|during|for|in|since|the(?=\s+{YEAR}\s*[-–])))?\s+(?=(?:the\s+)?{_DATE})",
    re.IGNORECASE,
)
# What introduces the fieldwork: "OIOS conducted this audit from", "The audit was conducted in".
_CONDUCTED = re.compile(
    rf"\b(?:(?:OIOS|(?:Internal\s+Audit\s+Division|IAD))\s+(?:conducted|performed|carried\s+out|undertook)\s+(?:the|"
    rf"this|its|an)\s+"
    rf"(?:[\w-]+\s+)?{_WHAT}(?:\s+(?:fieldwork|field\s+work))?|"
    rf"(?:the|this)\s+{_WHAT}(?:\s+(?:fieldwork|field\s+work))?\s+was\s+(?:conducted|performed|carried\s+out|"
    rf"undertaken)|"
    rf"(?:the|this)\s+{_WHAT}\s+covered\b[^.]{{0,90}}?\band\s+was\s+(?:conducted|performed|carried\s+out|undertaken)|"
    r"(?:fieldwork\s+(?:for\s+(?:the|this)\s+audit\s+)?|(?<=\.\s)It\s+)was\s+(?:conducted|performed|carried\s+out|undertaken))"
    r"(?:(?:\s+(?!in\s+accordance)[\w'’,()-]+){0,14}?)\s+(?:from|between|during|in|over)\s+"
    rf"(?=(?:the\s+)?{_DATE})",
    re.IGNORECASE,
)

# The sentence before "It was conducted ...": on the audit itself.
_ON_THE_AUDIT = re.compile(rf"\b(?:the|this|an)\s+{_WHAT}\b", re.IGNORECASE)


def audit_period(skeleton: Skeleton) -> Said[Period] | None:
    """Return the period that the audit covered, as its scope paragraph or else the summary says."""
    return _find(skeleton, _COVERED)


def fieldwork(skeleton: Skeleton) -> Said[Period] | None:
    """Return the time in which the audit was conducted."""
    return _find(skeleton, _CONDUCTED)


def span(text: str) -> tuple[Period, int] | None:
    """Return the period that a text begins with and where its words end, or None.

    Day, month or year that the first date leaves out are the second one's.

    >>> span("1 January to 30 June 2016 and more")
    (Period(start='2016-01-01', end='2016-06-30'), 25)
    >>> span("March and April 2015")
    (Period(start='2015-03', end='2015-04'), 20)
    """
    match = _LIST.match(text) or _RANGE.match(text)
    if match is not None:
        end = dates.parse(match["b"])
        start = _completed(match["a"], match["b"])
        if end is not None and start is not None and start[:4] <= end[:4]:
            return Period(start, end), match.end()
    match = _SINGLE.match(text)
    if match is not None:
        iso = dates.parse(match["y"] or match["a"])
        if iso is not None:
            return Period(iso, iso), match.end()
    return None


def _completed(first: str, second: str) -> str | None:
    """Return the first date of a range with what it shares with the second one filled in."""
    if re.search(YEAR, first):
        return dates.parse(first)
    year = re.search(YEAR, second)
    month = re.search(MONTH, second, re.IGNORECASE)
    if year is None:
        return None
    if re.search(MONTH, first, re.IGNORECASE):
        return dates.parse(f"{first.strip(' ,')} {year[0]}")
    if month is None or not re.match(_DAY, second):
        return None
    return dates.parse(f"{first} {month[0]} {year[0]}")


def _find(skeleton: Skeleton, introduced: re.Pattern[str]) -> Said[Period] | None:
    for sentence in _sentences(skeleton):
        value = sentence.run.text.value
        for match in introduced.finditer(value, sentence.start, sentence.end):
            found = span(value[match.end() : sentence.end])
            if found is None or (match[0].startswith("It") and not _follows_the_audit(sentence)):
                continue
            period, length = found
            evidence: tuple[Passage, ...] = sentence.run.passages(skeleton, match.start(), match.end() + length)
            return Said(period, evidence)
    return None


def _follows_the_audit(sentence: Sentence) -> bool:
    """Tell whether the sentence before is on the audit, so that "It" is the audit."""
    before = [s for s in sentences(sentence.run) if s.end <= sentence.start]
    return bool(before) and _ON_THE_AUDIT.search(sentence.run.text.value, before[-1].start, before[-1].end) is not None


def _sentences(skeleton: Skeleton) -> Iterator[Sentence]:
    """Yield the sentences of the body's paragraphs, then the summary's."""
    kinds = {ProseKind.PARAGRAPH, ProseKind.ITEM}
    body = [run for run in runs(skeleton) if run.kind in kinds]
    for run in body:
        if run.place[:1].isdigit():
            yield from sentences(run)
    for run in body:
        if not run.place[:1].isdigit():
            yield from sentences(run)
