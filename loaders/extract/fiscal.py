"""Fiscal years as budgets name them: `2017/18`, a biennium `2018-2019`, "the three years ending in 2019/20"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditgraph.loaders.extract.dates import MONTH
from auditgraph.loaders.extract.numbers import count

__all__ = ["BUDGET", "SPENT", "Year", "years"]


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year said at characters `start:end`: `2017/18`, `2019` or `2018-2019`; `derived` where by position."""

    start: int
    end: int
    name: str
    derived: bool = False


_SHORT = r"(?:19|20)\d\d[/–-]\d\d(?!\d)"
_LONG = r"(?:19|20)\d\d[-–/](?:19|20)\d\d"
# "2017/18", "2017-18", "2018-2019", "1 July 2018 to 30 June 2019", "the year ended 30 June 2019", "2019"
_JULY = (
    r"(?:1\s+)?July\s+(?P<from>(?:19|20)\d\d)\s*(?:\bto\b|through|until|-|–)\s*"
    r"(?:30\s+)?June\s+(?P<to>(?:19|20)\d\d)"
)
# "the year ended 30 June 2019", "the fiscal years ending 30 June 2018 and 30 June 2019"
_JUNE = (
    r"(?:years?|periods?)\s+(?:ended|ending)\s+(?:(?:on\s+)?30\s+June\s+(?:19|20)\d\d\s*(?:,|,?\s*and)\s*){0,3}(?:on\s+)?"
    r"30\s+June\s+(?P<june>(?:19|20)\d\d)"
)
# "1 January to 31 December 2019", "January 2019 to December 2019", "the year ended 31 December 2019"
_CALENDAR = (
    r"(?:(?:1\s+)?January\s+(?:(?P<january>(?:19|20)\d\d)\s+)?(?:to|through)\s+(?:31\s+)?December|"
    r"years?\s+(?:ended|ending)\s+(?:on\s+)?31\s+December)\s+(?P<december>(?:19|20)\d\d)"
)
_YEAR = re.compile(
    rf"(?<![\w/-])(?:FY\s?)?(?:(?P<short>{_SHORT})|(?P<long>{_LONG})|{_JULY}|{_JUNE}|{_CALENDAR}|(?P<plain>(?:19|20)\d\d))"
    r"(?![\w/]|-\d)"
)
_EACH_JUNE = re.compile(r"June\s+((?:19|20)\d\d)")
# "the three years ending in 2019/20", "the two fiscal years ended 30 June 2019": years counted back from the last
_ENDING = re.compile(
    r"\b(?P<n>two|three|four|five|six)\s+(?:fiscal\s+|financial\s+|budget\s+)?(?:years|periods)\s+(?:ending|ended|"
    r"up\s+to|to|through)\s+(?:in\s+|on\s+)?"
    rf"(?:30\s+June\s+(?P<june>(?:19|20)\d\d)|31\s+December\s+(?P<december>(?:19|20)\d\d)|(?P<short>{_SHORT})|"
    rf"(?P<plain>(?:19|20)\d\d))"
)
# "the years 2016/17 to 2018/19", "from 2017 to 2019": the years between are meant too
_THROUGH = re.compile(rf"(?P<a>{_SHORT}|(?:19|20)\d\d)\s+(?:to|through|-|–)\s+(?P<b>{_SHORT}|(?:19|20)\d\d)(?![\w/])")
# What makes a sum a budget: not what was spent, but what was approved, allotted, provided.
BUDGET = re.compile(
    r"\b(?:budgets?|budgeted|appropriations?|appropriated|allotments?|allotted|budgetary\s+(?:allocation|provision|"
    r"requirement|resource)s?|"
    r"approved\s+resources|resource\s+requirements|approved\s+funding|operating\s+level|funding\s+allocation)\b",
    re.IGNORECASE,
)
SPENT = re.compile(
    r"\b(?:expenditures?|spent|expenses|expended|disbursed|disbursements?|actual\s+costs?|payments?|paid)\b",
    re.IGNORECASE,
)


def years(text: str, start: int = 0, end: int | None = None) -> list[Year]:
    """Return the fiscal years that a text names or counts, in order.

    >>> [y.name for y in years("the three years ending in 2019/20")]
    ['2017/18', '2018/19', '2019/20']
    >>> [y.name for y in years("for 2021/22 and 2022/23")]
    ['2021/22', '2022/23']
    >>> [y.name for y in years("the year ended 30 June 2019, the biennium 2018-2019, 2016/2017")]
    ['2018/19', '2018-2019', '2016/17']
    >>> [y.name for y in years("the fiscal years ended 30 June 2018 and 30 June 2019; 1 January to 31 December 2020")]
    ['2017/18', '2018/19', '2020']
    """
    stop = len(text) if end is None else end
    found: list[Year] = []
    for match in _ENDING.finditer(text, start, stop):
        number = count(match["n"]) or 0
        if match["short"] or match["june"]:
            final = int(match["short"][:4]) if match["short"] else int(match["june"]) - 1
            found += [Year(*match.span(), _fiscal(final - back), True) for back in range(number - 1, -1, -1)]
        else:
            final = int(match["december"] or match["plain"])
            found += [Year(*match.span(), str(final - back), True) for back in range(number - 1, -1, -1)]
    for match in _THROUGH.finditer(text, start, stop):
        if any(match.start() < y.end and y.start < match.end() for y in found):
            continue
        if "/" in match["a"] or "/" in match["b"]:
            first, final = int(match["a"][:4]), int(match["b"][:4])
            if 0 < final - first < 8:
                found += [Year(*match.span(), _fiscal(y), y not in (first, final)) for y in range(first, final + 1)]
    for match in _YEAR.finditer(text, start, stop):
        if any(match.start() < y.end and y.start < match.end() for y in found):
            continue
        if re.search(rf"{MONTH}\s+$", text[max(start, match.start() - 12) : match.start()]) and match["plain"]:
            continue
        if match["june"]:
            found += [Year(*match.span(), _fiscal(int(y) - 1), True) for y in _EACH_JUNE.findall(match[0])]
            continue
        name = _name(match)
        if name:
            found.append(Year(*match.span(), name, match["from"] is not None))
    return sorted(found, key=lambda y: (y.start, y.name))


def _name(match: re.Match[str]) -> str:
    if match["short"]:
        first, second = re.split(r"[/–-]", match["short"])
        return f"{first}/{second}" if (int(first) + 1) % 100 == int(second) else ""
    if match["long"]:
        first, second = re.split(r"[/–-]", match["long"])
        if "/" in match["long"] and int(second) == int(first) + 1:
            return _fiscal(int(first))
        return f"{first}-{second}" if int(second) > int(first) else ""
    if match["from"]:
        return _fiscal(int(match["from"])) if int(match["to"]) == int(match["from"]) + 1 else ""
    if match["december"]:
        return match["december"] if match["january"] in (None, match["december"]) else ""
    return match["plain"]


def _fiscal(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02}"
