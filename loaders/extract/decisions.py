"""Decisions of governing bodies, cited by their symbols: "decision 26/9", "decisions 3/CMP.1 and 18/CP.7"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.sought import sought

__all__ = ["Decision", "decisions"]


class Decision(NamedTuple):
    """A decision cited at characters `start:end`; `title` is empty where it stands in a list."""

    start: int
    end: int
    symbol: str
    title: str
    year: str


# "26/9", "1/CP.16", "BC-10/3", "BC-Ex.2/1", "XXII/14", "GC.26/9", "SS.VII/1", "2013/28", "IDB.30/Dec.7", "522 (LXI)";
# not "2/2013", a committee's second of that year
_SYMBOL = (
    r"(?:(?:[A-Z]{1,5}[.-])?(?:Ex[.-])?(?:\d{1,4}|[IVXL]{1,7})/(?!(?:19|20)\d\d\b)(?:(?:CP|CMP|CMA|SBI|SBSTA|COP|Dec|MOP)\.)?\d{1,3}"
    r"|\d{1,4}\s\([IVXL]{1,7}\))(?![\w/])"
)
_GLUE = r"(?:,\s+(?:and\s+)?|\s+and\s+|\s+or\s+)"
_CITED = sought(rf"\b[Dd]ecisions?\s+(?:[Nn]os?\.?\s+)?(?P<list>{_SYMBOL}(?:{_GLUE}{_SYMBOL}){{0,9}})")
_ONE = re.compile(_SYMBOL)
# "2013/28", "27/5 of February 2013"
_YEAR = re.compile(rf"(?P<year>{YEAR})/")
_DATED = re.compile(rf",?\s+(?:of|dated|adopted\s+(?:on|in))\s+(?:(?:\d{{1,2}}\s+)?{MONTH}\s+)?(?P<year>{YEAR})\b")


def decisions(text: str) -> Iterator[Decision]:
    """Yield the decisions that a text cites by symbol.

    >>> [d.symbol for d in decisions("In decisions 3/CMP.1 and 18/CP.7, not in decision 5, the Parties agreed.")]
    ['3/CMP.1', '18/CP.7']
    """
    for match in _CITED.finditer(text):
        found = list(_ONE.finditer(text, *match.span("list")))
        for one in found:
            year = _YEAR.match(one[0]) or _DATED.match(text, one.end())
            alone = len(found) == 1
            start = match.start() if alone else one.start()
            title = f"{text[start : start + len('decision')]} {one[0]}" if alone else ""
            yield Decision(start, one.end(), one[0], title, year["year"] if year else "")
