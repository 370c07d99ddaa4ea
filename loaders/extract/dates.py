"""Dates as reports print them, read to ISO 8601 at the precision printed."""

from __future__ import annotations

import re

from auditgraph.loaders.extract.numbers import ORDINALS

__all__ = ["MONTH", "MONTHS", "YEAR", "find", "last_day", "month_number", "parse"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

# "September", "Sept.", "Sep" (a lost or doubled letter is not guessed at).
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
# "2016"; OIOS and all that it audits belong to these two centuries.
YEAR = r"(?:19|20)\d\d"
# "7", "07", "1st".
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_QUARTER = "|".join(ORDINALS[:4])

# Each form with the group names that its parts fill, the longest first.
_FORMS = (
    # 30 September 2016; 07 August 2013; 30-Sept-2023; 1st of May, 2015
    rf"(?P<d>{DAY})(?:\s+of)?[\s-]+(?P<m>{MONTH}),?[\s-]+(?P<y>{YEAR})",
    # September 30, 2016
    rf"(?P<m>{MONTH})\s+(?P<d>{DAY}),?\s+(?P<y>{YEAR})",
    # 2016-09-30
    r"(?P<y>(?:19|20)\d\d)-(?P<mm>0[1-9]|1[0-2])-(?P<dd>0[1-9]|[12]\d|3[01])",
    # 31/12/2021, 31.12.2021: only where one of the two numbers can be no month
    r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)",
    # December 2021; Dec. 2021; Dec-2021
    rf"(?P<m>{MONTH}),?[\s-]+(?:of\s+)?(?P<y>{YEAR})",
    # Q3 2023; 3Q 2023; Q3/2023; Q3 of 2023
    rf"(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q)(?:\s+of\b)?[\s,/-]*(?P<y>{YEAR})",
    # 2023 Q3; 2023-Q3
    rf"(?P<y>{YEAR})[\s,/-]*Q(?P<q>[1-4])",
    # third quarter of 2023; 3rd quarter 2023; the last quarter of 2023
    rf"(?P<o>{_QUARTER}|1st|2nd|3rd|4th|last|final)\s+quarter(?:\s+of|,)?\s+(?P<y>{YEAR})",
    # 2021
    rf"(?P<y>{YEAR})",
)
_PATTERNS = tuple(re.compile(rf"(?<![\w$€£/.,-]){form}(?![\w/]|[.,-]\d)", re.IGNORECASE) for form in _FORMS)
_QUARTERS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4, "final": 4} | {
    word: number for number, word in enumerate(ORDINALS[:4], 1)
}
# What may stand around a date in a cell without changing its precision.
_BEFORE = re.compile(r"(?:by|on|dated|as\s+(?:at|of)|in|the|until|expected|target(?:\s+date)?)[\s:]+", re.IGNORECASE)


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or abbreviation.

    >>> month_number("Sept.")
    9
    """
    return next(i for i, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())


def last_day(year: int, month: int) -> int:
    """Return the number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def parse(text: str) -> str | None:
    """Return the ISO 8601 form of a printed date at its precision, or None where it is none or not clear.

    The text must be the date and nothing else but a leading preposition: two dates, a range or a
    remark ("ongoing") are None, as are "end of 2022" and numbers that could be day or month.

    >>> parse("07 August 2013"), parse("Dec. 2021"), parse("third quarter of 2023"), parse("2021")
    ('2013-08-07', '2021-12', '2023-Q3', '2021')
    >>> parse("31/12/2021"), parse("03/04/2021"), parse("end of 2022")
    ('2021-12-31', None, None)
    """
    line = " ".join(text.replace("\u00a0", " ").split()).strip(" .;,()")
    while (before := _BEFORE.match(line)) is not None:
        line = line[before.end() :]
    for pattern in _PATTERNS:
        if (match := pattern.fullmatch(line)) is not None:
            return _iso(match)
    return None


def find(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Return (start, end, ISO date) of each date in a text, in order; the longest reading wins.

    >>> find("from January 2018 to 3 March 2023")
    [(5, 17, '2018-01'), (21, 33, '2023-03-03')]
    """
    stop = len(text) if end is None else end
    found: list[tuple[int, int, str]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text, start, stop):
            free = all(match.end() <= a or match.start() >= b for a, b, _ in found)
            if free and (iso := _iso(match)) is not None:
                found.append((match.start(), match.end(), iso))
    return sorted(found)


def _iso(match: re.Match[str]) -> str | None:
    part = {name: value for name, value in match.groupdict().items() if value}
    year = part["y"]
    if "q" in part or "q2" in part:
        return f"{year}-Q{part.get('q') or part['q2']}"
    if "o" in part:
        return f"{year}-Q{_QUARTERS[part['o'].lower()]}"
    if "a" in part:
        first, second = int(part["a"]), int(part["b"])
        if 12 < first <= 31 and second <= 12:
            return _day(year, second, first)
        if 12 < second <= 31 and first <= 12:
            return _day(year, first, second)
        return _day(year, first, second) if first == second else None
    if "mm" in part:
        return _day(year, int(part["mm"]), int(part["dd"]))
    if "m" in part:
        month = month_number(part["m"])
        if "d" not in part:
            return f"{year}-{month:02}"
        return _day(year, month, int(re.sub(r"\D", "", part["d"])))
    return year


def _day(year: str, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= last_day(int(year), month)):
        return None
    return f"{year}-{month:02}-{day:02}"
