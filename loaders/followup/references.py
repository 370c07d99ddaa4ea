"""Read which report and which recommendation of it a cell, caption or sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Reference", "bare", "numbers_of", "reference_in", "references_in"]

# `2019/087`, `2018 /018`; not a part of `S/2019/087`, `A/2019/0871` or of an assignment number.
# What may not stand before it is looked for behind its first characters: whole sources are searched, and fast so.
_NUMBER = re.compile(r"(20(?<![\w/-]20)\d\d)\s?/\s?(\d{3})(?![\d/])")
# `AP2009/651/06`, `AN2019-590-03`.
_ASSIGNMENT = re.compile(r"([A-Z](?<![\w/-].)[A-Z]\s?20\d\d\s?[/-]\s?\d{3}\s?[/-]\s?\d{1,2})(?![\d/])")
_ONE = re.compile(r"(?:rec(?:ommendation)?s?\.?\s*)?(?:no\.?|nos\.?|number|#|r)?\s*\(?(\d{1,3})\)?[.:]?", re.I)
_SEVERAL = re.compile(r"(\d{1,2})(?:(\s*(?:,|;|&|,?\s+and)\s*)|(\s*(?:to|[-–])\s*)|$)")
_LONGEST = 40  # numbers in a range: more are a misreading


class Reference(NamedTuple):
    """A report as a document names it: by its number, its audit's assignment number, or both."""

    report: str = ""
    assignment: str = ""


def bare(number: str) -> str:
    """Return a number without what parts it: two that differ in this alone are one.

    >>> bare("AP2030/699/01") == bare("AP2030-699-01")
    True
    """
    return re.sub(r"\W", "", number)


def references_in(text: str) -> tuple[list[str], list[str]]:
    """Return the report numbers and the assignment numbers that a text names, each once, in order.

    >>> references_in("reports 2031/007 and 2018 /018 (AP2018/641/02), resolution S/2031/007")
    (['2031/007', '2018/018'], ['AP2018/641/02'])
    """
    assignments = [re.sub(r"\s", "", match[1]) for match in _ASSIGNMENT.finditer(text)]
    reports = [f"{match[1]}/{match[2]}" for match in _NUMBER.finditer(text)]
    return list(dict.fromkeys(reports)), list(dict.fromkeys(assignments))


def reference_in(text: str, own: Iterable[str] = ()) -> Reference | None:
    """Return the one report that a text names besides the document itself; None for none or several.

    >>> reference_in("Report 2031/007 (AP2030/699/01)")
    Reference(report='2031/007', assignment='AP2030/699/01')
    >>> reference_in("reports 2031/007 and 2031/008")
    """
    mine = set(map(bare, own))
    reports, assignments = ([name for name in names if bare(name) not in mine] for names in references_in(text))
    if len(reports) > 1 or len(assignments) > 1 or not (reports or assignments):
        return None
    return Reference("".join(reports), "".join(assignments))


def numbers_of(said: str) -> tuple[str, ...]:
    """Return the recommendation numbers of a cell or phrase, nothing where it says something else besides.

    >>> numbers_of("Rec. 3"), numbers_of("1, 2 and 4"), numbers_of("2-4"), numbers_of("3 (a)"), numbers_of("007")
    (('3',), ('1', '2', '4'), ('2', '3', '4'), (), ('7',))
    """
    value = " ".join(said.split()).strip(" .:")
    if match := _ONE.fullmatch(value):
        return (str(int(match[1])),) if int(match[1]) else ()
    value = re.sub(r"^rec(?:ommendation)?s?\.?\s*(?:nos?\.?\s*)?", "", value, flags=re.I)
    found: list[int] = []
    at = 0
    ranged = False
    while at < len(value):
        match = _SEVERAL.match(value, at)
        if match is None:
            return ()
        number = int(match[1])
        if ranged and not found[-1] < number <= found[-1] + _LONGEST:
            return ()
        found += range(found[-1] + 1, number + 1) if ranged else [number]
        ranged = match[3] is not None
        if match.end() == len(value) and (match[2] or match[3]):
            return ()
        at = match.end()
    return tuple(dict.fromkeys(str(n) for n in found if n))
