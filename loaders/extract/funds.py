"""Sources of funds that are no organisations: the regular budget, extrabudgetary resources, trust funds by name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from auditgraph.model import Abbreviation

__all__ = ["Fund", "find", "is_fund", "short_name"]


@dataclass(frozen=True, slots=True)
class Fund:
    """A source of funds named at characters `start:end` of a text; `named` where it is a fund by its own name.

    `weak` are those that a sentence means as funders only beside another one: "voluntary contributions".
    """

    start: int
    end: int
    name: str
    named: bool = False
    weak: bool = False


# "Trust Fund for Disarmament", "Environment Fund", "Central Emergency Response Fund": a fund by its own name
_CAPITAL = r"[A-Z][\w’'-]{1,40}"
_NAMED = (
    rf"(?:(?:{_CAPITAL}\s+){{1,7}}?(?:Fund|Account|Facility)|(?:{_CAPITAL}\s+(?:and\s+)?){{1,7}}?Foundation)\b"
    rf"(?:\s+(?:for|on|of|in|to)\s+(?:the\s+)?{_CAPITAL}(?:\s+(?:(?:of|and|for|the|in|on|against)\s+){{0,2}}{_CAPITAL}){{0,8}})?"
)
_SHORT = r"(?:\s+\((?:the\s+[“\"]?)?(?P<short>[A-Z][A-Za-z]{1,7})[”\"]?\))?"
_CURRENCIES = {"USD", "EUR", "CHF", "GBP"}
_ARTICLE = re.compile(r"(?:The|Its|Their|This)\s+")
# "General Trust Fund", "OPCAT Special Fund", "UNEP trust funds (earmarked)": what ends like a fund in a table
_FUND_LABEL = re.compile(
    r"[\w’'&(),./ -]{0,120}\b(?:[Ff]unds?|[Aa]ccounts?|[Ff]acility)(?:\s+(?:for|on|of|in|to)\s.{2,120})?"
)


def find(text: str, start: int = 0, end: int | None = None) -> list[Fund]:
    """Return the sources of funds that prose names, in order.

    >>> [f.name for f in find("the regular budget, extrabudgetary (XB) resources and the Trust Fund for Disarmament")]
    ['regular budget', 'extrabudgetary (XB) resources', 'Trust Fund for Disarmament']
    """
    found: list[Fund] = []
    for match in _prose().finditer(text, start, len(text) if end is None else end):
        begin, name = match.start(), match["known"] or match["weak"] or match["named"]
        if match["named"] and (article := _ARTICLE.match(name)):
            begin, name = begin + article.end(), name[article.end() :]
        if " " not in name and match["named"]:  # "The Fund"
            continue
        said = match["short"] or name
        found.append(Fund(begin, match.end(), said, match["named"] is not None, match["weak"] is not None))
    return found


def is_fund(label: str) -> bool:
    """Tell whether a cell names a source of funds and nothing else.

    >>> is_fund("Extrabudgetary resources (XB)"), is_fund("Torture Fund"), is_fund("Facilities")
    (True, True, False)
    """
    line = " ".join(label.split()).strip(" *:†¹²³")
    return _row().fullmatch(line) is not None or _FUND_LABEL.fullmatch(line) is not None


def short_name(label: str, abbreviations: Iterable[Abbreviation]) -> str:
    """Return the acronym of a fund where its label or the report gives one, else the label.

    >>> short_name("Regular Programme of Technical Cooperation (RPTC)", ())
    'RPTC'
    """
    line = " ".join(label.split()).strip(" *:†¹²³")
    given = re.fullmatch(r"(?P<name>.*\S)\s+\((?P<short>[A-Z]{2,8})\)", line)
    if given is not None:
        return given["short"]
    folded = line.casefold()
    known = (a.acronym for a in abbreviations if a.expansion.value.casefold() == folded)
    return next((acronym for acronym in known if acronym not in _CURRENCIES), line)


@cache
def _prose() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:(?P<named>{_NAMED})|(?P<known>{_names('anywhere')})|(?P<weak>{_names('beside')}))(?![\w-]){_SHORT}"
    )


@cache
def _row() -> re.Pattern[str]:
    return re.compile(rf"(?:{_names('anywhere', 'beside', 'table')})(?:\s*\([^()]{{1,60}}\))?")


def _names(*where: str) -> str:
    """Return the alternatives of a pattern: names in any case, acronyms as they are, the longest first."""
    names: list[tuple[str, str]] = []
    table = (files("auditgraph.ontology") / "gazetteer" / "funds.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        if row["where"] not in where:
            continue
        for name in (row["name"], *filter(None, row["other_names"].split(" | "))):
            words = [re.escape(word) for word in name.split()]
            # "extrabudgetary (XB) resources"
            within = r"\s+(?:\([A-Z]{2,8}\)\s+)?" if row["acronym"] else r"\s+"
            names.append((name, f"(?i:{within.join(words)})"))
        if row["acronym"]:
            names.append((row["acronym"], re.escape(row["acronym"])))
    return "|".join(pattern for _, pattern in sorted(names, key=lambda n: -len(n[0])))
