"""Budgets by source of funds, as sentences say them: "$4 million from the regular budget and $2 million from ..."."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditgraph.loaders.extract import funds
from auditgraph.loaders.extract.entities import Names
from auditgraph.loaders.extract.fiscal import BUDGET, Year
from auditgraph.loaders.extract.funds import Fund
from auditgraph.loaders.extract.money import Money
from auditgraph.loaders.extract.reading import Sentence

__all__ = ["MOST_SUMS", "FundBudget", "by_fund"]


@dataclass(frozen=True, slots=True)
class FundBudget:
    """A sum that a sentence says a fund gives in a year; `told` where the year is that of the sentence before."""

    fund: Fund
    sum: Money
    year: Year
    told: bool = False


# "$4 million (was funded) from the regular budget", "$4 million of the support account", "$2 million (XB)"
_AFTER = re.compile(
    r"(?:\s+(?:to|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,4}(?=\s+(?:from|under|through)\b))?"
    r"\s*,?\s*(?:(?:each|annually)\s+)?(?:(?:was|were|is|are|being|to\s+be|came|comes|which\s+was)\s+)?"
    r"(?:(?:funded|financed|provided|drawn|received|allocated|allotted|approved|appropriated|met)\s+)?"
    r"(?:from|under|through|by|of|in|for|as)\s+(?:(?:the|its|their|other)\s+)?|\s*\(\s*(?:from\s+)?(?:the\s+)?"
)
# "regular budget ($4 million)", "XB: $2 million", "the RPTC budget was $13 million", "trust funds of $2 million"
_VERB = (
    r"(?:was|were|is|are|of|at|to|totall?ed|totalling|totaling|amounted|amounting|estimated|stood|provided|"
    r"contributed|financed|funded)"
)
_BEFORE = re.compile(
    r"\s*[(:–-]\s*|\s+(?:(?:resources|funds?|funding|contributions?|budgets?|components?|allocations?|portion|share|"
    r"requirements?|appropriations?)\s+)?(?:(?:of|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,6}\s+)?"
    rf"(?:(?:for|in)\s+[^,.;:()$€£]{{0,50}}?\b(?:19|20)\d\d(?:[/–-]\d{{2,4}})?\s+)?(?:{_VERB}\s+){{1,3}}"
    r"(?:(?:about|some|approximately|an?\s+(?:amount|total)\s+of)\s+)?"
)
_IN_YEAR = re.compile(r"\s*\(|\s+(?:for|in)\s+(?:the\s+)?(?:biennium\s+|years?\s+)?")
MOST_SUMS = 40  # sums of a sentence: more are no list that a person wrote
_NEAR = 150  # characters between a sum and its fund at most
_AND = re.compile(r"\s*(?:,|and|,\s*and)\s*")
_OF_YEAR_AND = re.compile(r"\s*(?:(?:for|in)\s+[^,.;:()$€£]{4,40}?\s*|\([^()]{4,20}\)\s*)?(?:,|and|,\s*and)\s*")
_GIVEN = re.compile(
    r"\b(?:fund(?:ed|ing|s)?|financed|resources|approved|allocated|provided|received|authorized|authorised)\b", re.I
)
# "a budget of $18 million, of which $2 million was funded from the Fund": what the fund gives is a part
_OF_WHICH = re.compile(r"\bof\s+which\s+(?:about\s+|some\s+|approximately\s+)?$")
# Sums that flow from a fund without being a budget: what was bought, lent, owed or left.
_FLOW = re.compile(
    r"\b(?:purchased?|procured?|procurement|contracts?|invoices?|transferred|loans?|borrowed|advanced?|receivables?|"
    r"outstanding|unpaid|unspent|arrears|savings|balances?|reserves?|recovered|recover|reimbursed|written|owed|charged|"
    r"losses|overpayments?|refund\w*|pledge\w*|cost\s+of|salaries|cash|deficits?|shortfalls?|surplus\w*|increased?\s+by|"
    r"decreased?\s+by|reduced\s+by)\b|\bexpenditures?\b|\bspent\b",
    re.IGNORECASE,
)


def by_fund(
    sentence: Sentence, sums: Sequence[Money], here: Sequence[Year], last: Sequence[Year], names: Names
) -> list[FundBudget]:
    """Return the sums of a sentence that are said of a source of funds, with their years.

    One fund alone that is said of an organisation ("UNEP's regular budget") is that organisation's budget: not here.
    `last` are the years of the sentence before, for one that tells how its budget was funded.
    """
    text = sentence.run.text.value
    found = funds.find(text, sentence.start, sentence.end)
    if not found or not sums or _FLOW.search(text, sentence.start, sentence.end):
        return []
    if not (BUDGET.search(text, sentence.start, sentence.end) or _GIVEN.search(text, sentence.start, sentence.end)):
        return []
    groups = _groups(text, sums, found)
    if all(fund.weak for fund, _ in groups):
        return []
    if len({fund.name for fund, _ in groups}) == 1:
        fund = groups[0][0]
        said_first = fund.start < groups[0][1][0].start
        owned = said_first and _owned(text, sentence, fund, names)
        if owned or (fund.named and not _OF_WHICH.search(text, sentence.start, groups[0][1][0].start)):
            return []
    only = here[0] if len({year.name for year in here}) == 1 else None
    before = last[0] if not here and len({year.name for year in last}) == 1 else None
    result: list[FundBudget] = []
    for fund, group in groups:
        result += _dated(text, fund, group, here, only)
        if before is not None and len(group) == 1:
            result.append(FundBudget(fund, group[0], Year(fund.start, fund.end, before.name, True), True))
    return result


def _groups(text: str, sums: Sequence[Money], found: Sequence[Fund]) -> list[tuple[Fund, list[Money]]]:
    """Return the funds with the sums that belong to each."""
    if _in_order(text, sums, found):
        return [(fund, [sum_]) for fund, sum_ in zip(found, sums, strict=True)]
    before = {at: fund for at, m in enumerate(sums) if (fund := _said_before(text, m, found)) is not None}
    groups: list[tuple[Fund, list[Money]]] = []
    waiting: list[Money] = []
    for at, sum_ in enumerate(sums):
        fund = before.get(at)
        if fund is None:
            fund = _said_after(text, sum_, found)
            if fund is not None:
                groups.append((fund, [*waiting, sum_]))
                waiting = []
                continue
        following = sums[at + 1] if at + 1 < len(sums) else None
        if fund is not None:
            groups.append((fund, [sum_]))
            waiting = []
        elif _goes_on(text, groups, sums, at):
            groups[-1][1].append(sum_)
        elif following is not None and _AND.fullmatch(text[sum_.end : following.start]):
            waiting.append(sum_)
        else:
            waiting = []
    return groups


def _goes_on(text: str, groups: Sequence[tuple[Fund, list[Money]]], sums: Sequence[Money], at: int) -> bool:
    """Tell whether a sum is the next of the fund that was said before its list: "$7 million for 2016 and $8 ..."."""
    if not groups or not at:
        return False
    fund, group = groups[-1]
    if group[-1] is not sums[at - 1] or fund.start > group[0].start:
        return False
    return _OF_YEAR_AND.fullmatch(text[sums[at - 1].end : sums[at].start]) is not None


def _in_order(text: str, sums: Sequence[Money], found: Sequence[Fund]) -> bool:
    """Tell whether a list of funds has a list of sums after it: "A and B provided $4 million and $5 million"."""
    if len(found) != len(sums) or len(sums) < 2 or found[-1].end > sums[0].start:
        return False
    lists = [text[a.end : b.start] for a, b in pairwise(found)] + [text[a.end : b.start] for a, b in pairwise(sums)]
    joined = (re.fullmatch(r"\s*(?:,|,?\s*and)\s+(?:the\s+)?", between) for between in lists)
    return all(joined) and _BEFORE.fullmatch(text[found[-1].end : sums[0].start]) is not None


def _said_after(text: str, sum_: Money, found: Sequence[Fund]) -> Fund | None:
    at = bisect_left(found, sum_.end, key=lambda fund: fund.start)
    if at == len(found) or found[at].start - sum_.end > _NEAR:
        return None
    fund, between = found[at], text[sum_.end : found[at].start]
    closed = "(" not in between or text[fund.end : fund.end + 1] == ")"
    return fund if closed and _AFTER.fullmatch(between) else None


def _said_before(text: str, sum_: Money, found: Sequence[Fund]) -> Fund | None:
    at = bisect_left(found, sum_.start, key=lambda fund: fund.start)
    last = found[at - 1] if at else None
    near = last is not None and 0 <= sum_.start - last.end <= _NEAR
    return last if last is not None and near and _BEFORE.fullmatch(text[last.end : sum_.start]) else None


def _owned(text: str, sentence: Sentence, fund: Fund, names: Names) -> bool:
    """Tell whether a fund is said to be an organisation's own: "UNEP's regular budget", "its", "the ... of UNEP"."""
    if re.search(
        r"\b(?:its|their)\s+(?:[\w-]+\s+){0,2}$", text[max(sentence.start, fund.start - _NEAR) : fund.start], re.I
    ):
        return True
    begin, end = max(sentence.start, fund.start - _NEAR), min(sentence.end, fund.end + _NEAR)
    named = names.find(text, begin, end)
    if any(re.fullmatch(r"(?:['’]s?)?\s+(?:approved\s+|annual\s+)?", text[n.end : fund.start]) for n in named):
        return True
    return any(re.fullmatch(r"\s+(?:budget\s+)?(?:of|for)\s+(?:the\s+)?", text[fund.end : n.start]) for n in named)


def _dated(text: str, fund: Fund, group: list[Money], here: Sequence[Year], only: Year | None) -> list[FundBudget]:
    """Return the sums of one fund with their years: one year for all, one for each in order, or said beside each."""
    beside = []
    for sum_ in group:
        at = bisect_left(here, sum_.end, key=lambda year: year.start)
        near = [y for y in here[at : at + 1] if _IN_YEAR.fullmatch(text[sum_.end : y.start][:_NEAR])]
        beside += [FundBudget(fund, sum_, near[0])] if near else []
    if len(beside) == len(group) and len(here) > 1:
        return beside
    if len(here) == len(group):
        return [FundBudget(fund, sum_, year) for sum_, year in zip(group, here, strict=True)]
    return [FundBudget(fund, group[0], only)] if only is not None and len(group) == 1 else []
