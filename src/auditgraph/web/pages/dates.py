"""Dates at the precision printed: how people read them, and the last day they may mean."""

from __future__ import annotations

import calendar
import re

__all__ = ["last_day", "readable", "span"]

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTHS = ("", *calendar.month_name[1:])


def readable(said: str) -> str:
    """Return a date as people write it.

    >>> [readable(said) for said in ("2021-04-09", "2018-01", "2013", "2023-Q3", "soon", "")]
    ['9 April 2021', 'January 2018', '2013', 'third quarter of 2023', 'soon', '']
    """
    if quarter := _QUARTER.fullmatch(said):
        return f"{('first', 'second', 'third', 'fourth')[int(quarter[2]) - 1]} quarter of {quarter[1]}"
    match = _DATE.fullmatch(said)
    if not match or int(match[2] or 1) not in range(1, 13):
        return said
    year, month, day = match.groups()
    return " ".join(filter(None, [str(int(day)) if day else "", _MONTHS[int(month)] if month else "", year]))


def last_day(said: str) -> str:
    """Return the last day that a date may mean, so that nothing counts as overdue too early; empty where it is none.

    >>> [last_day(said) for said in ("2021-04-09", "2020-02", "2013", "2023-Q3", "soon", "2021-13")]
    ['2021-04-09', '2020-02-29', '2013-12-31', '2023-09-30', '', '']
    """
    if quarter := _QUARTER.fullmatch(said):
        year, month, day = quarter[1], int(quarter[2]) * 3, 0
    elif match := _DATE.fullmatch(said):
        year, month, day = match[1], int(match[2] or 12), int(match[3] or 0)
    else:
        return ""
    if month not in range(1, 13) or not int(year):
        return ""
    return f"{year}-{month:02}-{day or calendar.monthrange(int(year), month)[1]:02}"


def span(first: str, last: str) -> str:
    """Return a period as people write it.

    >>> span("2017-07-01", "2019-12-31"), span("2018", ""), span("", "2020-06")
    ('1 July 2017 to 31 December 2019', 'from 2018', 'until June 2020')
    """
    if first and last:
        return f"{readable(first)} to {readable(last)}"
    return f"from {readable(first)}" if first else f"until {readable(last)}" if last else ""
