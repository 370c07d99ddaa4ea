"""Totals whose parts, listed beside them in a sentence, add up to another number: of things and of money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from auditgraph.loaders.extract import money
from auditgraph.loaders.extract.money import Money
from auditgraph.loaders.extract.numbers import COUNT, SCALE, count, plain
from auditgraph.loaders.extract.ratios import Ratio, ratios
from auditgraph.loaders.extract.reading import Run, numbered, once
from auditgraph.loaders.sought import sought
from auditgraph.model import Discrepancy, Said, Skeleton

__all__ = ["totals", "wrong_sums"]

_N = rf"(?<![\w$€£/.,'’-])(?:{COUNT})(?![-\w%/]|\s?(?:per\s?cent|percent|%|million|billion))"
_WORDS = r"(?:\s+(?!and\b|or\b|with\b|which\b|who\b|were\b|was\b|in\b|at\b|to\b|from\b|under\b)[A-Za-zÀ-ÿ][\w’'/()-]*)"
# One part: "26 international", "19 United Nations volunteers (UNV)", "163 individual contractors".
_PART = rf"{_N}{_WORDS}{{0,6}}?(?:\s+\([A-Z][\w-]{{1,9}}\))?"
_PARTS = rf"(?P<parts>{_PART}(?:\s*(?:,\s*and\s+|;\s*and\s+|,\s*|;\s*|\s+and\s+|\s+plus\s+)\s*{_PART})+)"
_END = (
    r"(?=\s*(?:[.;)]|$|,?\s+(?:to|in|at|under|as|who|which|that|for|located|based|deployed|headed|is|are|was|were|"
    r"had|has)\b))"
)
# "79 authorized posts comprising 26 international and 34 national staff, and 19 volunteers"
_COMPRISING = sought(
    rf"(?P<total>{_N}){_WORDS}{{1,8}},?\s*(?:which\s+)?(?:comprising|comprised|comprises|consisting\s+of|"
    rf"consisted\s+of|consists\s+of|"
    rf"composed\s+of|made\s+up\s+of|namely|i\.e\.,?|(?=:))(?:\s+of)?:?\s+{_PARTS}{_END}",
    re.IGNORECASE,
)
# "182 electoral assistants (162 contractors and 20 volunteers)"
_BRACKET = sought(
    rf"(?P<total>{_N}){_WORDS}{{1,6}}\s+\((?:comprising\s+|namely\s+|i\.e\.,?\s+)?{_PARTS}\)", re.IGNORECASE
)
_NUMBER = re.compile(_N, re.IGNORECASE)
# What the parts of a total are where there can be no further part: these two together are all.
_PAIRS = (("men", "women"), ("male", "female"), ("males", "females"), ("boys", "girls"), ("civilian", "military"))
# The verb of the first part is left out in the next ones, so that nothing can be in two of them: "9 as low priority"
_ELIDED = re.compile(r"\s+(?:as|for|in|at|by|from|to|on|under|with|without|above|below)\b")
_REMAINING = re.compile(r"\bthe\s+(?:remaining|other|rest\s+of\s+the)\s+$", re.IGNORECASE)
# "$10 million, comprising $4 million for ... and $5 million for ..."
_MADE_OF = re.compile(
    r"[^.;$€£]{0,120}?[,(]?\s*(?:comprising|comprised|which\s+comprised|consisting\s+of|consisted\s+of|made\s+up\s+of|"
    r"composed\s+of|namely)\s*(?:of\s+)?:?\s*(?:\(?[a-z]{1,3}\)\s*)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[^.;$€£]{0,120}(?:;\s*(?:and\s+)?|,\s*(?:and\s+)?|\band\s+)(?:\([a-z]{1,3}\)\s*)?[^.;,$€£]{0,60}", re.IGNORECASE
)
_MOST_PARTS = 20
_ENDS = re.compile(r"[^.;,$€£\d]{0,120}(?:[.;)]|$)")


def wrong_sums(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield the totals in numbered paragraphs whose parts, listed right after them, add up to another number."""
    for run, match in totals(skeleton):
        total = count(match["total"])
        parts = [count(n[0]) for n in _NUMBER.finditer(run.text.value, *match.span("parts"))]
        if total is None or len(parts) < 2 or None in parts:
            continue
        sum_ = sum(part or 0 for part in parts)
        if sum_ != total:
            yield _wrong(skeleton, run, match.span(), str(total), str(sum_))
    yield from _wrong_shares(skeleton)
    yield from _wrong_money(skeleton)


def _wrong(skeleton: Skeleton, run: Run, span: tuple[int, int], printed: str, sum_: str) -> Discrepancy:
    evidence = run.passages(skeleton, *span)
    return Discrepancy("sum", f"paragraph {run.place} sum", Said(printed, evidence), Said(sum_, evidence, True))


@once
def totals(skeleton: Skeleton) -> Iterator[tuple[Run, re.Match[str]]]:
    """Yield the totals that numbered paragraphs print with their parts."""
    for run in numbered(skeleton):
        for pattern in (_COMPRISING, _BRACKET):
            for match in pattern.finditer(run.text.value):
                yield run, match


# --- "of the 34, 12 were critical, 15 important and 9 low" ----------------------------------------------


def _wrong_shares(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield the totals of which shares are told that can't be: more than all, or not all where they must be."""
    shares: dict[tuple[int, int, int], list[Ratio]] = {}
    for ratio in ratios(skeleton):
        shares.setdefault((id(ratio.run), *ratio.total), []).append(ratio)
    for several in shares.values():
        run, total = several[0].run, several[0].number(several[0].total)
        sum_ = sum(ratio.number(ratio.count) for ratio in several)
        if len(several) < 2 or sum_ == total or several[0].total[0] > several[0].count[0]:
            continue
        value = run.text.value
        after = [value[a.count[1] : b.count[0]] for a, b in pairwise(several)]
        after.append(value[several[-1].count[1] : several[-1].count[1] + 80])
        if any("." in between for between in after[:-1]):
            continue
        exclusive = all(_ELIDED.match(text) for text in after[1:])
        all_told = _all_told(after) or _REMAINING.search(value[: several[-1].count[0]]) is not None
        if (exclusive and sum_ > total) or (all_told and abs(sum_ - total) <= max(2, total // 5)):
            span = min(r.span[0] for r in several), max(r.span[1] for r in several)
            yield _wrong(skeleton, run, span, str(total), str(sum_))


def _all_told(parts: list[str]) -> bool:
    """Tell whether two parts are all that there can be: men and women."""
    if len(parts) != 2:
        return False
    said = [frozenset(re.findall(r"[a-z]+", part.casefold().partition(",")[0])[:4]) for part in parts]
    return any((a in said[0] and b in said[1]) or (b in said[0] and a in said[1]) for a, b in _PAIRS)


# --- money ---------------------------------------------------------------------------------------------


def _wrong_money(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield the sums of money that are said to be made up of parts that add up to another one, rounding allowed."""
    for run in numbered(skeleton):
        value = run.text.value
        sums = money.find(value)
        for at, total in enumerate(sums[:-2]):
            if _MADE_OF.fullmatch(value[total.end : sums[at + 1].start]) is None:
                continue
            last = at + 1
            while last + 1 < min(len(sums), at + _MOST_PARTS) and _GOES_ON.fullmatch(
                value[sums[last].end : sums[last + 1].start]
            ):
                last += 1
            parts = sums[at + 1 : last + 1]
            currencies = {m.currency for m in (total, *parts)}
            if len(parts) < 2 or len(currencies) > 1 or _ENDS.match(value, parts[-1].end) is None:
                continue
            sum_ = sum((Decimal(part.amount) for part in parts), Decimal(0))
            slack = sum((_step(value, one) for one in (total, *parts)), Decimal(0)) / 2
            apart = abs(sum_ - Decimal(total.amount))
            if slack < apart <= Decimal(total.amount) / 5:
                yield _wrong(skeleton, run, (total.start, parts[-1].end), total.amount, plain(sum_))


def _step(text: str, sum_: Money) -> Decimal:
    """Return the value of the last digit that a sum prints: 100000 of "$2.4 million", nothing of "$2,400"."""
    printed = text[sum_.start : sum_.end]
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", printed)
    if digits is None or not re.search(SCALE, printed[digits.end() :], re.IGNORECASE):
        return Decimal(0)
    number = Decimal(digits[0].replace(",", "").rstrip(".") or "1")
    whole = Decimal(sum_.amount) / number if number else Decimal(0)
    return whole * Decimal(1).scaleb(-len(digits[1] or ""))
