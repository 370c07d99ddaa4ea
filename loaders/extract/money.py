"""Sums of money as reports print them: `$1.21 million`, `EUR 250,000`, `$5 to $10 million`, `2 million euros`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from auditgraph.loaders.extract.numbers import COUNT, DIGITS, SCALE, plain, value

__all__ = ["Money", "find"]


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money at characters `start:end` of a text: a plain number and an ISO 4217 code."""

    start: int
    end: int
    amount: str
    currency: str


# Codes that are also words in capitals or common initials: money only with a number that looks like money.
_WORDLIKE = {"ALL", "TRY", "TOP", "PEN", "COP", "SOS", "MAD", "BAM", "CAD", "PHP", "RON", "SAR", "GEL", "ARS"}
# Currencies that reports of every body give sums in: behind a number their codes are never anything else.
_EVERYWHERE = {"USD", "EUR", "CHF", "GBP"}
_COUNTED = re.compile(r"\s+[a-z]+s\b")
# Digits as everywhere, or parted by plain spaces ("50 000"), or with a decimal comma before a scale ("1,5 million").
_NUMBER = rf"(?:\d{{1,3}}(?: \d{{3}})+(?![\d,])|\d+,\d{{1,2}}(?=\s*(?:million|billion)\b)|{DIGITS})"
_BETWEEN = r"\s*(?:to|and|or|-|–|—)\s*"


@dataclass(frozen=True, slots=True)
class _Language:
    codes: dict[str, str]
    before: re.Pattern[str]
    after: re.Pattern[str]


def find(text: str, start: int = 0, end: int | None = None) -> list[Money]:
    """Return the sums of money in a text, in order.

    A number that shares the scale of the next one has it: "$5 to $10 million" are five and ten million.
    A bare "CFA francs" is no currency of one code, so it is left out.

    >>> [(m.amount, m.currency) for m in find("US$ 2.4 million, KES 4,500 and 3 million Swiss francs")]
    [('2400000', 'USD'), ('4500', 'KES'), ('3000000', 'CHF')]
    >>> [m.amount for m in find("between $5 and $10 million; $2-3 million; $500 to $1 million")]
    ['5000000', '10000000', '2000000', '3000000', '500', '1000000']
    """
    stop = len(text) if end is None else end
    return [one for one in _all(text) if one.start >= start and one.end <= stop]


@lru_cache(maxsize=2048)
def _all(text: str) -> tuple[Money, ...]:
    """Return the sums of a whole text, kept because several extractions ask for those of its sentences."""
    language = _language()
    found: list[Money] = []
    for match in language.before.finditer(text):
        found.extend(_before(match, language.codes))
    for match in language.after.finditer(text):
        if all(match.end() <= m.start or match.start() >= m.end for m in found):
            found.extend(_after(match, language.codes))
    return tuple(_shared(text, sorted(found, key=lambda m: m.start)))


def _before(match: re.Match[str], codes: dict[str, str]) -> Iterator[Money]:
    mark = match["mark"].replace("\\", "")
    code = codes[mark.replace(" ", "")] if mark.replace(" ", "") in codes else codes[_singular(mark)]
    if code in _WORDLIKE and mark == code and not (match["scale"] or "," in match["first"] or "." in match["first"]):
        return
    scale = match["scale"] or ""
    first = value(_decimal(match["first"]), scale)
    if match["second"]:  # "$2-3 million", "$5,000-10,000"
        second = value(_decimal(match["second"]), scale)
        low = value(_decimal(match["first"]))
        high = value(_decimal(match["second"]))
        if first is None or second is None or low is None or high is None:
            return
        yield Money(match.start(), match.end("first"), plain(first if low < high else low), code)
        yield Money(match.start("second"), match.end(), plain(second), code)
        return
    if first is not None:
        yield Money(match.start(), match.end(), plain(first), code)


def _after(match: re.Match[str], codes: dict[str, str]) -> Iterator[Money]:
    amount = value(_decimal(match["first"]), match["scale"] or "")
    name = match["name"]
    code = codes.get(name) or codes[_singular(name)]
    if name in _WORDLIKE and "," not in match["first"] and not match["scale"]:
        return
    if name == code and name not in _EVERYWHERE and not match["scale"] and _COUNTED.match(match.string, match.end()):
        return  # "2,160 RSD cases": initials of what is counted
    # "one dollar a day", "five euros" in words are turns of phrase, not sums.
    if amount is not None and (match["first"][0].isdigit() or match["scale"]):
        yield Money(match.start(), match.end(), plain(amount), code)


def _shared(text: str, found: list[Money]) -> list[Money]:
    """Give "$5" in "$5 to $10 million" the scale of its neighbour."""
    for at in range(len(found) - 2, -1, -1):
        one, two = found[at], found[at + 1]
        if one.currency != two.currency or re.fullmatch(_BETWEEN, text[one.end : two.start]) is None:
            continue
        low, high = Decimal(one.amount), Decimal(two.amount)
        scaled = re.search(SCALE, text[two.start : two.end], re.IGNORECASE)
        if scaled is None or re.search(SCALE, text[one.start : one.end], re.IGNORECASE) or low >= 1000:
            continue
        factor = value("1", scaled.group()) or Decimal(1)
        if low * factor < high:
            found[at] = Money(one.start, one.end, plain(low * factor), one.currency)
    return found


def _decimal(number: str) -> str:
    number = number.replace(" ", "")
    return number.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", number) else number


def _singular(name: str) -> str:
    words = " ".join(name.split()).casefold()
    return words[:-1] if words.endswith("s") else words


@cache
def _language() -> _Language:
    codes: dict[str, str] = {}
    marks: list[str] = []
    names: list[str] = []
    table = (files("auditgraph.ontology") / "gazetteer" / "currencies.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        code = row["code"]
        for mark in (code, *filter(None, row["marks"].split("|"))):
            codes[mark.replace(" ", "")] = code
            marks.append(mark)
        for name in filter(None, row["names"].split("|")):
            codes[name] = codes[_singular(name)] = code
            names.append(name)
    sign = "|".join(re.escape(mark).replace(r"\ ", r"\s?") for mark in sorted(marks, key=len, reverse=True))
    # In any case, the first letter apart: most words are passed over at theirs.
    name = "|".join(
        rf"[{name[0].upper()}{name[0].lower()}](?i:{re.escape(name[1:])}s?)"
        for name in sorted(names, key=len, reverse=True)
    )
    # "US$ 2.4 million", "\$989,000", "$2-3 million", "Kenya shillings 5 million"
    before = (
        rf"(?<![\w$€£])\\?(?P<mark>{sign}|{name})\s?(?P<first>{_NUMBER})"
        rf"(?:\s?[-–]\s?(?P<second>{_NUMBER})(?=\s*(?:{SCALE}|[\s,.;)]|$)))?"
        rf"(?:[\s-]?(?P<scale>(?i:{SCALE}))(?![\w]))?"
    )
    # "2.4 million euros", "10,000 CHF", "two million dollars"
    known = "|".join(sorted((m for m in marks if m.isalpha()), key=len, reverse=True))
    after = (
        rf"(?<![\w$€£.,/-])(?P<first>{_NUMBER}|(?i:{COUNT}))(?:\s?(?P<scale>(?i:{SCALE})))?"
        rf"\s(?P<name>{name}|{known})(?!\w)(?!\s?\d)"
    )
    return _Language(codes, re.compile(before), re.compile(after))
