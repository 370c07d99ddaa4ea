"""Budgets by funder and fiscal year, from sentences and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from auditgraph.loaders.extract import money
from auditgraph.loaders.extract.dates import MONTH
from auditgraph.loaders.extract.entities import Named, Names
from auditgraph.loaders.extract.money import Money
from auditgraph.loaders.extract.numbers import count, plain, value
from auditgraph.loaders.extract.reading import Run, Sentence, runs, sentences
from auditgraph.model import Budget, Organisation, Passage, ProseKind, Said, Skeleton

__all__ = ["Year", "budgets", "years"]


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year said at characters `start:end`: `2017/18`, `2019` or `2018-2019`; `derived` where by position."""

    start: int
    end: int
    name: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    sentence: Sentence
    funder: Named
    year: Year
    sum: Money
    year_evidence: tuple[Passage, ...] = ()


_SHORT = r"(?:19|20)\d\d[/–-]\d\d(?!\d)"
_LONG = r"(?:19|20)\d\d[-–/](?:19|20)\d\d"
# "2017/18", "2017-18", "2018-2019", "1 July 2018 to 30 June 2019", "2019"
_JULY = r"(?:1\s+)?July\s+(?P<from>(?:19|20)\d\d)\s+(?:to|through|until|-|–)\s+(?:30\s+)?June\s+(?P<to>(?:19|20)\d\d)"
_YEAR = re.compile(
    rf"(?<![\w/-])(?:(?P<short>{_SHORT})|(?P<long>{_LONG})|{_JULY}|(?P<plain>(?:19|20)\d\d))(?![\w/]|-\d)"
)
# "the three years ending in 2019/20", "the two fiscal years ended 30 June 2019": years counted back from the last
_ENDING = re.compile(
    r"\b(?P<n>two|three|four|five|six)\s+(?:fiscal\s+|financial\s+|budget\s+)?(?:years|periods)\s+(?:ending|ended|up\s+to|to|through)\s+(?:in\s+|on\s+)?"
    rf"(?:30\s+June\s+(?P<june>(?:19|20)\d\d)|31\s+December\s+(?P<december>(?:19|20)\d\d)|(?P<short>{_SHORT})|(?P<plain>(?:19|20)\d\d))"
)
# "the years 2016/17 to 2018/19", "from 2017 to 2019": the years between are meant too
_THROUGH = re.compile(rf"(?P<a>{_SHORT}|(?:19|20)\d\d)\s+(?:to|through|-|–)\s+(?P<b>{_SHORT}|(?:19|20)\d\d)(?![\w/])")
# What makes a sum a budget: not what was spent, but what was approved, allotted, provided.
_BUDGET = re.compile(
    r"\b(?:budgets?|budgeted|appropriations?|appropriated|allotments?|allotted|budgetary\s+(?:allocation|provision|requirement|resource)s?|"
    r"approved\s+resources|resource\s+requirements|approved\s+funding|operating\s+level|funding\s+allocation)\b",
    re.IGNORECASE,
)
_PROVIDED = re.compile(r"\b(?:provided|contributed|funded|allocated|financed)\b")
_SPENT = re.compile(
    r"\b(?:expenditures?|spent|expenses|expended|disbursed|disbursements?|actual\s+costs?|payments?|paid)\b",
    re.IGNORECASE,
)
# "for the corresponding periods", "for the same years, respectively": the years of the sentence before
_SAME = re.compile(
    r"\b(?:corresponding|same|respective|these|those|said)\s+(?:fiscal\s+|financial\s+|three\s+|two\s+|four\s+)?(?:periods?|years?)\b"
)
# A part of the budget only or a sum that is no budget of a year: "of which $2 million", "increase of $3 million"
_PART = re.compile(
    r"(?:of\s+which|including|increase\s+of|decrease\s+of|reduction\s+of|savings?\s+of|valued?\s+at|difference\s+of|overspent|underspent|balance\s+of|"
    r"by|shortfall\s+of|costing|worth|surplus\s+of|deficit\s+of)\s+(?:about\s+|some\s+|approximately\s+)?$",
    re.IGNORECASE,
)
_WAS = re.compile(r"\bbudget\s+(?:was|is|of|amounted\s+to|totall?ed)\s+(?:about\s+|some\s+|approximately\s+)?$", re.IGNORECASE)
_CELL_NUMBER = re.compile(
    r"^[$€£\s]*(?P<digits>\d{1,3}(?:[ ,]\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<scale>million|billion|thousand)?\s*[*¹²³†]*$",
    re.IGNORECASE,
)


def budgets(skeleton: Skeleton, organisations: Iterable[Organisation], audited: Iterable[str]) -> tuple[Budget, ...]:
    """Return the budgets that numbered paragraphs and their tables state: funder, fiscal year, amount.

    `audited` are the keys of the audited organisations: "the Mission's budget" is theirs where there is one. A year that
    is told by its position ("the three years ending in 2019/20") is derived.
    """
    names = Names(organisations, audited)
    found: dict[tuple[str, str, str, str], Budget] = {}
    last: list[Year] = []
    last_sentence: Sentence | None = None
    place = ""
    for run in _body(skeleton):
        if run.place != place:
            last, last_sentence, place = [], None, run.place
        if run.kind not in (ProseKind.PARAGRAPH, ProseKind.ITEM):
            continue
        for sentence in sentences(run):
            entries = list(_in_sentence(skeleton, sentence, names, last, last_sentence))
            for entry in entries:
                _keep(found, skeleton, entry)
            if entries and not entries[0].year_evidence:
                last, last_sentence = [entry.year for entry in entries], sentence
    for budget in _in_tables(skeleton, names):
        found.setdefault((budget.funder, budget.fiscal_year.value, budget.amount.value, budget.currency), budget)
    return tuple(found.values())


def _body(skeleton: Skeleton) -> Iterator[Run]:
    """Yield the runs of the body, its paragraphs numbered or not."""
    return (run for run in runs(skeleton) if not run.place.startswith(_ELSEWHERE))


_ELSEWHERE = ("rec ", "annex", "appendix", "cover", "signature", "executive summary")


def years(text: str, start: int = 0, end: int | None = None) -> list[Year]:
    """Return the fiscal years that a text names or counts, in order.

    >>> [y.name for y in years("the three years ending in 2019/20")]
    ['2017/18', '2018/19', '2019/20']
    >>> [y.name for y in years("for 2021/22 and 2022/23")]
    ['2021/22', '2022/23']
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
        return f"{first}-{second}" if int(second) > int(first) else ""
    if match["from"]:
        return _fiscal(int(match["from"])) if int(match["to"]) == int(match["from"]) + 1 else ""
    return match["plain"]


def _fiscal(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02}"


# --- sentences --------------------------------------------------------------------------------------


def _in_sentence(
    skeleton: Skeleton, sentence: Sentence, names: Names, last: list[Year], last_sentence: Sentence | None
) -> Iterator[_Entry]:
    text = sentence.run.text.value
    sums = [
        m for m in money.find(text, sentence.start, sentence.end) if not _PART.search(text, sentence.start, m.start)
    ]
    if not sums:
        return
    word = _BUDGET.search(text, sentence.start, sentence.end)
    same = _SAME.search(text, sentence.start, sentence.end)
    here = years(text, sentence.start, sentence.end)
    gave = _PROVIDED.search(text, sentence.start, sentence.end) is not None
    continues = bool(last) and not here and same is not None and (word is not None or gave)
    adds = bool(last) and bool(here) and gave
    if (word is None and not continues and not adds) or _SPENT.search(text, sentence.start, sums[0].start):
        return
    funder = _funder(text, sentence, names, word, sums)
    if funder is None:
        return
    if continues and last_sentence is not None:
        if len(sums) == len(last):
            shown = last_sentence.run.passages(skeleton, min(y.start for y in last), max(y.end for y in last))
            for year, sum_ in zip(last, sums, strict=True):
                yield _Entry(sentence, funder, Year(same.start(), same.end(), year.name, True), sum_, shown)  # type: ignore[union-attr]
        return
    for year, sum_ in _paired(text, here, sums, word):
        yield _Entry(sentence, funder, year, sum_)


def _paired(text: str, here: list[Year], sums: list[Money], word: re.Match[str] | None) -> Iterator[tuple[Year, Money]]:
    """Yield each sum with its year: one and one; one after the other; or all years, then all sums, in order."""
    for year in list(here):  # "$91.3 million (2016-2017: $86.9 million)"
        sum_ = next((m for m in sums if re.fullmatch(r"\s*:\s*", text[year.end : m.start])), None)
        if sum_ is not None and text[: year.start].rstrip().endswith("("):
            yield year, sum_
            here = [y for y in here if y is not year]
            sums = [m for m in sums if m is not sum_]
    if not sums:
        return
    first = min(m.start for m in sums)
    if len(here) > 1 and len(here) == len(sums) and (here[-1].end <= first or here[0].start >= sums[-1].end):
        yield from zip(here, sums, strict=True)
        return
    if len(here) == 1 and len(sums) == 1:
        year, sum_ = here[0], sums[0]
        plain_year = year.name.isdigit()
        between = text[min(year.end, sum_.end) : max(year.start, sum_.start)]
        lead = text[max(0, year.start - 25) : year.start]
        near = re.search(r"\b(?:for|in|of|year|biennium|during)\b", lead) is not None
        near = near or (
            word is not None and re.fullmatch(r"\s+(?:approved\s+)?", text[year.end : word.start()]) is not None
        )
        after_word = word is None or word.start() < max(year.end, sum_.end)
        if near and after_word and "." not in between and (not plain_year or len(between) < 120):
            yield year, sum_
        return
    if len(here) == 1 and all(_WAS.search(text, max(0, m.start - 60), m.start) for m in sums):
        # "For 2012-2013, the core budget was $66 million and the project budget was $13 million"
        yield from ((here[0], sum_) for sum_ in sums)
        return
    # "$3 million for 2019/20 and $4 million for 2020/21"; "in 2019 $3 million and in 2020 $4 million"
    for at, sum_ in enumerate(sums):
        stop = sums[at + 1].start if at + 1 < len(sums) else len(text)
        after = [y for y in here if sum_.end <= y.start < stop]
        if after and re.fullmatch(
            r"\s*(?:\([^()]*\)\s*)?(?:for|in|during)\s+(?:the\s+)?(?:(?:fiscal|financial|budget|calendar)\s+)?(?:years?\s+|periods?\s+|biennium\s+)*(?:the\s+)?",
            text[sum_.end : after[0].start],
        ):
            yield after[0], sum_


def _funder(text: str, sentence: Sentence, names: Names, word: re.Match[str] | None, sums: list[Money]) -> Named | None:
    """Return whose budget it is: the organisation whose name is bound to the word "budget", or which provided the sum."""
    named = names.find(text, sentence.start, sentence.end)
    if word is None:
        given = _PROVIDED.search(text, sentence.start, sums[0].start)
        before = [n for n in named if given and n.end <= given.start()]
        return before[-1] if before else None
    # "OHCHR provided $187,500 ... from its budget"
    gave = re.search(r"\b(?:provided|contributed)\s+(?:a\s+budget\s+of\s+)?$", text[sentence.start : sums[0].start])
    if gave is not None:
        before = [n for n in named if n.end <= sentence.start + gave.start()]
        if before:
            return before[-1]
    # "the MINUSMA budget", "UNMIL's approved budget": the name right before the word
    before = [n for n in named if n.end <= word.start()]
    if before and re.fullmatch(
        r"(?:['’]s?|\))*(?:\s+(?!for\b|of\b|in\b|and\b)[\w’'/-]+){0,6}\s*", text[before[-1].end : word.start()]
    ):
        return before[-1]
    # "the approved budget of UNMIL for 2018/19", "the budget for the Mission for 2019/20"
    after = [n for n in named if n.start >= word.end()]
    if after and re.fullmatch(r"\s+(?:approved\s+)?(?:of|for)\s+(?:the\s+)?", text[word.end() : after[0].start]):
        return after[0]
    # "UNMIL had an approved budget of $..."
    if before and re.search(
        r"\b(?:had|has|have|with|received|operated)\b[^,;]{0,60}$", text[before[-1].end : word.start()]
    ):
        return before[-1]
    if before and not before[-1].generic and len(before) == 1 and "its" in text[before[-1].end : word.start()].split():
        return before[-1]
    if len(names.audited) == 1 and not after and not before:
        return Named(word.start(), word.end(), names.audited[0], True)
    if len(names.audited) == 1 and not before:
        return Named(word.start(), word.end(), names.audited[0], True)
    return None


def _keep(found: dict[tuple[str, str, str, str], Budget], skeleton: Skeleton, entry: _Entry) -> None:
    run, sum_, year = entry.sentence.run, entry.sum, entry.year
    start = min(entry.funder.start, sum_.start)
    amount = run.passages(skeleton, start, sum_.end)
    said = run.passages(skeleton, min(year.start, start), max(year.end, sum_.end)) + entry.year_evidence
    key = entry.funder.key, year.name, sum_.amount, sum_.currency
    found.setdefault(key, Budget(key[0], Said(year.name, said, year.derived), Said(sum_.amount, amount), sum_.currency))


# --- tables -----------------------------------------------------------------------------------------


def _in_tables(skeleton: Skeleton, names: Names) -> Iterator[Budget]:
    """Yield the budgets of tables whose caption or column says that they are budgets."""
    caption: Run | None = None
    rows: list[Run] = []
    for run in (*_body(skeleton), None):
        if run is not None and run.kind is ProseKind.CELL:
            rows.append(run)
            continue
        if rows:
            yield from _of_table(skeleton, caption, rows, names)
            rows = []
        if run is not None:
            caption = run


def _of_table(skeleton: Skeleton, caption: Run | None, rows: list[Run], names: Names) -> Iterator[Budget]:
    """Yield the budgets of one table: years down the first column, or along the first row."""
    title = caption.text.value if caption is not None else ""
    scale = _scale(title + " " + rows[0].text.value)
    if scale is None or caption is None:
        return
    factor, currency = scale
    table = [_cells(row) for row in rows]
    header = table[0]
    funder = _table_funder(title, names)
    if funder is None:
        return
    about_budget = _BUDGET.search(title) is not None and _SPENT.search(title) is None
    spent = [_SPENT.search(h.text) is not None for h in header]
    budget = [_BUDGET.search(h.text) is not None or (about_budget and not spent[i]) for i, h in enumerate(header)]
    for row, run in zip(table[1:], rows[1:], strict=True):
        first = years(row[0].text) if row else []
        for at, cell in enumerate(row[1:], 1):
            amount = _cell(cell.text, factor)
            if amount is None or at >= len(header):
                continue
            along = years(header[at].text)
            if len(first) == 1 and budget[at] and not along and _BUDGET.search(header[at].text):
                year, where = first[0], row[0]
            elif (
                len(along) == 1
                and (_BUDGET.search(row[0].text) or (about_budget and _TOTAL.match(row[0].text)))
                and not _SPENT.search(row[0].text)
            ):
                year, where = along[0], header[at]
            else:
                continue
            shown = where.run.passages(skeleton, where.start, where.end)
            evidence = run.passages(skeleton, cell.start, cell.end) + caption.passages(skeleton)
            yield Budget(funder, Said(year.name, shown), Said(amount, evidence, factor != 1), currency)


@dataclass(frozen=True, slots=True)
class _Cell:
    run: Run
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.run.text.value[self.start : self.end].strip()


_TOTAL = re.compile(r"(?:Grand\s+)?Total\b", re.IGNORECASE)


def _cells(run: Run) -> list[_Cell]:
    found, start = [], 0
    for piece in run.text.value.split("\t"):
        found.append(_Cell(run, start, start + len(piece)))
        start += len(piece) + 1
    return found


def _table_funder(title: str, names: Names) -> str | None:
    named = names.find(title)
    keys = {n.key for n in named}
    if len(keys) == 1:
        return keys.pop()
    return names.audited[0] if len(names.audited) == 1 and not keys else None


def _scale(text: str) -> tuple[Decimal, str] | None:
    """Return what numbers of a table are to be multiplied by and their currency, or None where it does not say."""
    code = next((code for pattern, code in _CURRENCIES if re.search(pattern, text)), None)
    if code is None:
        return None
    if re.search(r"\bthousands?\b|['’ (]000\b", text, re.IGNORECASE):
        return Decimal(1000), code
    if re.search(r"\bmillions?\b", text, re.IGNORECASE):
        return Decimal(10**6), code
    return Decimal(1), code


_CURRENCIES = (
    (r"(?i:\b(?:United States|US|U\.S\.)\s+dollars?\b|\bdollars?\b)|\bUSD?\b|\$", "USD"),
    (r"(?i:\beuros?\b)|€|\bEUR\b", "EUR"),
    (r"(?i:\bSwiss francs?\b)|\bCHF\b", "CHF"),
)


def _cell(text: str, factor: Decimal) -> str | None:
    match = _CELL_NUMBER.match(text.strip())
    if match is None:
        return None
    amount = value(match["digits"], match["scale"] or "")
    return None if amount is None else plain(amount * (1 if match["scale"] else factor))
