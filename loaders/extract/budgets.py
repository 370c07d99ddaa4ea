"""Budgets by funder and fiscal year, from sentences and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditgraph.loaders.extract import funds, money
from auditgraph.loaders.extract.budget_funders import APPROVED, PROVIDED, funder_of
from auditgraph.loaders.extract.budget_years import paired
from auditgraph.loaders.extract.entities import Named, Names
from auditgraph.loaders.extract.fiscal import BUDGET, SPENT, Year, years
from auditgraph.loaders.extract.fund_budgets import MOST_SUMS, FundBudget, by_fund
from auditgraph.loaders.extract.money import Money
from auditgraph.loaders.extract.reading import Run, Sentence, runs, sentences
from auditgraph.loaders.extract.table_budgets import table_budgets
from auditgraph.model import Abbreviation, Budget, Organisation, Passage, ProseKind, Said, Skeleton

__all__ = ["budgets"]


@dataclass(frozen=True, slots=True)
class _Entry:
    sentence: Sentence
    funder: Named
    year: Year
    sum: Money
    year_evidence: tuple[Passage, ...] = ()
    fund: str = ""


# "for the corresponding periods", "for the same years, respectively": the years of the sentence before
_SAME = re.compile(
    r"\b(?:corresponding|same|respective|these|those|said)\s+(?:fiscal\s+|financial\s+|three\s+|two\s+|"
    r"four\s+)?(?:periods?|years?)\b"
)
# A part of the budget only or a sum that is no budget of a year: "of which $2 million", "increase of $3 million"
_PART = re.compile(
    r"(?:of\s+which|including|increase\s+of|decrease\s+of|reduction\s+of|savings?\s+of|valued?\s+at|difference\s+of|"
    r"overspent|underspent|balance\s+of|"
    r"by|shortfall\s+of|costing|worth|surplus\s+of|deficit\s+of)\s+(?:about\s+|some\s+|approximately\s+)?$",
    re.IGNORECASE,
)
# The same sum in another currency: "EUR 33.1 million, or $36 million", "EUR 2 million ($2.2 million)"
_THAT_IS = re.compile(
    r"\s*(?:,?\s*\(?\s*(?:or|i\.e\.,?|equivalent\s+(?:to|of))|\()\s*(?:about|approximately|some|around)?\s*"
)
_GROSS = re.compile(r"\s+\(?gross\)?\s*[(,]\s*(?:or\s+)?")  # "$20 million gross ($18 million net)"
# "..., and that of the Section was $3 million and $4 million": the budget of another one
_THAT_OF = re.compile(r"[,;]?\s*(?:\band\s+|\bwhile\s+)?\b(?:that|those)\s+(?:of|for)\s+")
_SHARES = re.compile(r"(?:The\s+|Its\s+)?(?:annual|yearly)\s+(?:shares|portions|instalments|amounts)\b", re.IGNORECASE)
# "UNEP budgeted $4 million in 2018 and UN-Habitat budgeted $2 million": what follows is another one's
_WHILE = re.compile(r"[,;]?\s+(?:and|while|whereas|but)\s+|;\s+")
_ITS_BUDGET = re.compile(
    r"(?:['’]s?|\))?\s+(?:(?!and\b|of\b)[\w-]+\s+){0,4}?(?:budgets?|budgeted|appropriations?|allotments?)\b"
)
# Who approves budgets is not who has or gives them.
_APPROVER = re.compile(
    r"(?:(?:United\s+Nations|UN)\s+)?(?:General\s+Assembly|Security\s+Council|Economic\s+and\s+Social\s+Council|.*\bCouncil|"
    r".*\bCommittee|.*\bBoard|.*\bAssembly|Conference\s+of\s+.*|.*\bCommission\s+on\b.*|Controller)"
)
# What follows are parts of the budget, not budgets: "comprising $2 million for ..."
_COMPRISING = re.compile(
    r"\b(?:comprising|comprised|consisting\s+of|made\s+up\s+of|composed\s+of|broken\s+down|of\s+which|including|"
    r"representing|accounting\s+for|or\s+(?:about\s+)?\d+(?:\.\d+)?\s?(?:per\s?cent|percent|%))"
)
# A new clause on what was spent: ", and expenditure in 2015 was", "; actual expenditures amounted to"
_THEN_SPENT = re.compile(
    r"(?:[,;]\s+(?:and|while|whereas|with|(?:against|of)\s+which|against|but)?\s*|\band\s+)(?:(?:the|its|their|an|actual|total|corresponding|"
    rf"related|overall)\s+)*(?:{SPENT.pattern})",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:budget|appropriation|allotment)s?\s+and\s+(?:actual\s+)?expenditures?\b", re.IGNORECASE)


def budgets(
    skeleton: Skeleton,
    organisations: Iterable[Organisation],
    audited: Iterable[str],
    abbreviations: Iterable[Abbreviation] = (),
) -> tuple[Budget, ...]:
    """Return the budgets that numbered paragraphs and their tables state: funder, fiscal year, amount.

    `audited` are the keys of the audited organisations: "the Mission's budget" is theirs where there is one. A year
    that is told by its position ("the three years ending in 2019/20") is derived. The funder is an organisation, or a
    source of funds such as the regular budget, named as the report's abbreviations have it.
    """
    organisations, abbreviations = tuple(organisations), tuple(abbreviations)
    approvers = {o.key for o in organisations if _APPROVER.fullmatch(o.name.value)} - set(audited := tuple(audited))
    names = Names((o for o in organisations if o.key not in approvers), audited)
    found: dict[tuple[str, ...], Budget] = {}
    last: list[Year] = []
    last_sentence: Sentence | None = None
    last_funder: Named | None = None
    place = ""
    for run in _body(skeleton):
        if run.place != place:
            last, last_sentence, last_funder, place = [], None, None, run.place
        if run.kind not in (ProseKind.PARAGRAPH, ProseKind.ITEM):
            continue
        for sentence in _clauses(run, names):
            entries = list(_in_sentence(skeleton, sentence, names, last, last_sentence))
            entries = entries or list(_shares(sentence, last_funder))
            for entry in entries:
                _keep(found, skeleton, entry, names, abbreviations)
            if entries and not entries[0].year_evidence:
                last, last_sentence = [entry.year for entry in entries], sentence
                last_funder = entries[0].funder if not entries[0].fund else None
    for budget in table_budgets(skeleton, tuple(_body(skeleton)), names, abbreviations):
        found.setdefault(_key(budget), budget)
    return tuple(found.values())


def _key(budget: Budget) -> tuple[str, ...]:
    fund = budget.source.value.casefold() if budget.source else ""
    return budget.funder, fund, budget.fiscal_year.value, budget.amount.value, budget.currency


def _clauses(run: Run, names: Names) -> Iterator[Sentence]:
    """Yield the sentences of a run, one parted where it goes on to another's budget: "..., while B budgeted $2"."""
    value = run.text.value
    for sentence in sentences(run):
        start = sentence.start
        sums = money.find(value, start, sentence.end)
        several = 1 < len(sums) <= MOST_SUMS and BUDGET.search(value, start, sentence.end)
        for match in _WHILE.finditer(value, sums[0].end, sums[-1].start) if several else ():
            named = names.at(value, match.end(), min(match.end() + 150, sentence.end))
            if named is not None and _ITS_BUDGET.match(value, named.end, sentence.end):
                yield Sentence(run, start, match.start())
                start = match.end()
        yield Sentence(run, start, sentence.end)


def _body(skeleton: Skeleton) -> Iterator[Run]:
    """Yield the runs of the body, its paragraphs numbered or not."""
    return (run for run in runs(skeleton) if not run.place.startswith(_ELSEWHERE))


_ELSEWHERE = ("rec ", "annex", "appendix", "cover", "signature", "executive summary")


# --- sentences --------------------------------------------------------------------------------------


def _in_sentence(
    skeleton: Skeleton, sentence: Sentence, names: Names, last: list[Year], last_sentence: Sentence | None
) -> Iterator[_Entry]:
    text = sentence.run.text.value
    every = _once_each(text, money.find(text, sentence.start, sentence.end))
    if not every or len(every) > MOST_SUMS:
        return
    given = by_fund(sentence, every, years(text, sentence.start, sentence.end), last, names)
    for one in given:
        yield _of_fund(skeleton, sentence, one, names, last_sentence)
    taken = [one.sum for one in given]
    sums = [m for m in every if not _PART.search(text, max(sentence.start, m.start - 80), m.start) and m not in taken]
    if not sums:
        return
    word = BUDGET.search(text, sentence.start, sentence.end) or APPROVED.search(text, sentence.start, sentence.end)
    same = _SAME.search(text, sentence.start, sentence.end)
    stop = _end(text, sentence, sums[0])
    that = _THAT_OF.search(text, sums[0].end, sentence.end)
    rest = [m for m in sums if that and m.start >= that.end()]
    stop = min(stop, that.start()) if that else stop
    sums = [m for m in sums if m.end <= stop]
    here = years(text, sentence.start, stop) or (years(text, sentence.start, sentence.end) if given else [])
    gave = PROVIDED.search(text, sentence.start, sentence.end) is not None
    continues = bool(last) and not here and same is not None and (word is not None or gave)
    adds = bool(last) and bool(here) and gave
    both = _BOTH.search(text, sentence.start, sums[0].start)
    if both is not None and len(sums) == 2 and len(here) == 1:
        # "the budget and expenditures for 2018/19 were $4 million and $3 million": the first is the budget
        sums = sums[:1]
    elif (word is None and not continues and not adds) or SPENT.search(text, sentence.start, sums[0].start):
        return
    funder = funder_of(text, sentence, names, word, sums)
    if funder is None:
        return
    if continues and last_sentence is not None and same is not None:
        if len(sums) == len(last):
            shown = last_sentence.run.passages(skeleton, min(y.start for y in last), max(y.end for y in last))
            for year, sum_ in zip(last, sums, strict=True):
                yield _Entry(sentence, funder, Year(same.start(), same.end(), year.name, True), sum_, shown)
        return
    for year, sum_ in paired(text, here, sums, word):
        yield _Entry(sentence, funder, year, sum_)
    if that is not None and rest and not SPENT.search(text, that.start(), rest[0].start):
        other = names.at(text, that.end(), rest[0].start)
        later = years(text, that.end(), sentence.end) or here
        if other is not None and len(later) == len(rest):
            yield from (_Entry(sentence, other, year, sum_) for year, sum_ in zip(later, rest, strict=True))


def _shares(sentence: Sentence, funder: Named | None) -> Iterator[_Entry]:
    """Yield the shares of single years in the budget of the sentence before: "Annual shares were $2 million ..."."""
    text = sentence.run.text.value
    if funder is None or _SHARES.match(text, sentence.start) is None:
        return
    sums = _once_each(text, money.find(text, sentence.start, sentence.end))
    for year, sum_ in paired(text, years(text, sentence.start, sentence.end), sums, None):
        yield _Entry(sentence, Named(sum_.start, sum_.end, funder.key, True), year, sum_)


def _once_each(text: str, sums: list[Money]) -> list[Money]:
    """Leave out what only says a sum again in another currency."""
    kept: list[Money] = []
    for sum_ in sums:
        between = text[kept[-1].end : sum_.start] if kept else ""
        again = kept and kept[-1].currency != sum_.currency and _THAT_IS.fullmatch(between)
        again = again or _GROSS.fullmatch(between)
        if not again:
            kept.append(sum_)
    return kept


def _of_fund(
    skeleton: Skeleton, sentence: Sentence, one: FundBudget, names: Names, last_sentence: Sentence | None
) -> _Entry:
    """Return a fund's budget: the fund is the organisation of its name, where the report has one."""
    text = sentence.run.text.value
    body = next((n for n in names.find(text, one.fund.start, one.fund.end) if n.end - n.start > 3), None)
    shown: tuple[Passage, ...] = ()
    if one.told and last_sentence is not None:
        year = next(y for y in years(last_sentence.run.text.value, last_sentence.start, last_sentence.end)
                    if y.name == one.year.name)  # fmt: skip
        shown = last_sentence.run.passages(skeleton, year.start, year.end)
    if body is not None and body.end == one.fund.end:
        return _Entry(sentence, body, one.year, one.sum, shown)
    return _Entry(sentence, Named(one.fund.start, one.fund.end, ""), one.year, one.sum, shown, one.fund.name)


def _end(text: str, sentence: Sentence, first: Money) -> int:
    """Return where a sentence leaves off speaking of the budget: for its parts, or in a clause on what was spent."""
    cuts = (pattern.search(text, first.end, sentence.end) for pattern in (_COMPRISING, _THEN_SPENT))
    return min((cut.start() for cut in cuts if cut), default=sentence.end)


def _keep(
    found: dict[tuple[str, ...], Budget],
    skeleton: Skeleton,
    entry: _Entry,
    names: Names,
    abbreviations: Iterable[Abbreviation],
) -> None:
    run, sum_, year = entry.sentence.run, entry.sum, entry.year
    start, end = min(entry.funder.start, sum_.start), max(sum_.end, entry.funder.end if entry.fund else 0)
    amount = run.passages(skeleton, start, end)
    said = run.passages(skeleton, min(year.start, start), max(year.end, end)) + entry.year_evidence
    fiscal, sum_said = Said(year.name, said, year.derived), Said(sum_.amount, amount)
    budget = Budget(entry.funder.key, fiscal, sum_said, sum_.currency)
    if entry.fund:
        audited = names.audited[0] if len(names.audited) == 1 else ""
        source = Said(funds.short_name(entry.fund, abbreviations), amount)
        budget = Budget("", fiscal, sum_said, sum_.currency, audited, source)
    found.setdefault(_key(budget), budget)
