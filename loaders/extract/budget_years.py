"""Which sums of a sentence are of which fiscal years."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from auditgraph.loaders.extract.fiscal import Year
from auditgraph.loaders.extract.money import Money

__all__ = ["paired"]

# "$2 million each in 2015/16 and 2016/17"
_EACH = re.compile(r"\s+(?:each|annually|per\s+(?:year|annum)|a\s+year)\b|\s+(?:for|in)\s+each\s+of\b")
_WAS = re.compile(
    r"\bbudget\s+(?:was|is|of|amounted\s+to|totall?ed)\s+(?:about\s+|some\s+|approximately\s+)?$", re.IGNORECASE
)


def paired(text: str, here: list[Year], sums: list[Money], word: re.Match[str] | None) -> Iterator[tuple[Year, Money]]:
    """Yield each sum with its year: one and one; one after the other; or all years, then all sums, in order."""
    for year in list(here):  # "$91.3 million (2016-2017: $86.9 million)"
        if not text[max(0, year.start - 3) : year.start].rstrip().endswith("("):
            continue
        sum_ = next((m for m in sums if m.start >= year.end), None)
        if sum_ is not None and re.fullmatch(r"\s*:\s*", text[year.end : sum_.start]):
            yield year, sum_
            here = [y for y in here if y is not year]
            sums = [m for m in sums if m is not sum_]
    if not sums:
        return
    if len(sums) == 1 < len(here) and _EACH.match(text, sums[0].end):
        yield from ((year, sums[0]) for year in here)
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
        near = re.search(r"\b(?:for|in|of|year|biennium|during)\b", lead, re.IGNORECASE) is not None
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
    if len(here) == len(sums) > 1:
        # "in 2019 $3 million and in 2020 $4 million": strictly one after the other
        ends = [(y.start, m.start) for y, m in zip(here, sums, strict=True)]
        flat = [at for pair in ends for at in pair]
        if flat == sorted(flat):
            yield from zip(here, sums, strict=True)
            return
    # "for 2021 amounted to $19.6 million, compared with $19.2 million for 2020": the first year is before its sum
    rest = [y for y in here if y.end <= first]
    others = _each_followed(text, [y for y in here if y.start > first], sums)
    if len(rest) == 1 and len(others) == len(sums) - 1 > 0 and all(sum_ is not sums[0] for _, sum_ in others):
        yield rest[0], sums[0]
    yield from others


def _each_followed(text: str, here: list[Year], sums: list[Money]) -> list[tuple[Year, Money]]:
    """Return the sums that their year follows: "$3 million for 2019/20 and $4 million for 2020/21"."""
    found: list[tuple[Year, Money]] = []
    for at, sum_ in enumerate(sums):
        stop = sums[at + 1].start if at + 1 < len(sums) else len(text)
        first = bisect_left(here, sum_.end, key=lambda year: year.start)
        after = [y for y in here[first : first + 1] if y.start < stop]
        if after and re.fullmatch(
            r"\s*(?:\([^()]*\)\s*)?(?:for|in|during)\s+(?:the\s+)?(?:(?:fiscal|financial|budget|"
            r"calendar)\s+)?(?:years?\s+|periods?\s+|biennium\s+|FY\s?)*(?:from\s+|of\s+)?(?:the\s+)?|\s*\(",
            text[sum_.end : after[0].start],
        ):
            found.append((after[0], sum_))
    return found
