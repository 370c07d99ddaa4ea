"""Counts out of a total in numbered paragraphs, with their percentages: where their numbers stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from auditgraph.loaders.extract.counted import counted
from auditgraph.loaders.extract.numbers import count
from auditgraph.loaders.extract.ratio_totals import (
    YEAR,
    by_percent,
    number_at,
    number_of,
    of_sentence_before,
    of_the_same,
    only_posts,
    percent_in,
    said_before,
)
from auditgraph.loaders.extract.ratio_words import (
    BARE,
    FURTHER,
    INVERTED,
    LACKING,
    LATER,
    NONE_OF,
    OF,
    OF_THEM,
    OF_THESE,
    OF_WHICH,
    PCT,
    PERCENT_FIRST,
    PLANNED,
    POSTS,
    THING_OF,
)
from auditgraph.loaders.extract.reading import Run, Sentence, numbered, once, sentences
from auditgraph.model import Skeleton

__all__ = ["Ratio", "ratios"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A count, its total and the percentage printed with them: (start, end) of each in the run's text.

    `percent` is None where none is printed; `hedged` where it is only said to be about right.
    """

    run: Run
    count: tuple[int, int]
    total: tuple[int, int]
    percent: tuple[int, int] | None = None
    hedged: bool = False

    def number(self, part: tuple[int, int]) -> int:
        """Return the whole number that a part prints; "none" is 0."""
        text = self.run.text.value[slice(*part)]
        number = 0 if text.lower() == "none" else count(text)
        assert number is not None
        return number

    @property
    def printed_percent(self) -> str:
        """Return the percentage as printed, or an empty text."""
        return self.run.text.value[slice(*self.percent)] if self.percent else ""

    @property
    def span(self) -> tuple[int, int]:
        """Return where the words of the figure begin and end."""
        parts = [self.count, self.total, *([self.percent] if self.percent else [])]
        return min(start for start, _ in parts), max(end for _, end in parts)


# How far a printed percentage may be from the quotient.
_ROUNDED = 0.51
# "one of these two cases", "as one of the five regional commissions", "is one of three hubs"
_WHICH = re.compile(
    r"\b(?:one\s+of\s+(?:these|those)\s+|(?:as|is|was|being|remains|became|"
    r",)\s+one\s+(?:out\s+)?of\s+(?:the\s+)?(?:[a-z-]+\s+){0,3})$",
    re.IGNORECASE,
)


class _Read(NamedTuple):
    """What has been read of a sentence: its numbers and its ratios."""

    numbers: Sequence[tuple[int, int]] = ()
    ratios: Sequence[Ratio] = ()


@once
def ratios(skeleton: Skeleton) -> Iterator[Ratio]:
    """Yield the counts out of a total with their places, in reading order.

    A total that an earlier sentence states is taken only from the same paragraph, and only where the
    words ("these", "them") or the printed percentage leave no choice.
    """
    before: list[tuple[Run, tuple[int, int]]] = []
    place = ""
    for run in numbered(skeleton):
        if run.place != place:
            before, place = [], run.place
        last, totals = _Read(), set[tuple[int, int]]()
        for sentence in sentences(run):
            here = counted(sentence)
            found = _in_sentence(sentence, here, before, last, totals)
            yield from found
            last = _Read(here, found)
            totals.update(ratio.total for ratio in found)
            before.extend((run, part) for part in here)


def _in_sentence(
    sentence: Sentence,
    here: list[tuple[int, int]],
    before: list[tuple[Run, tuple[int, int]]],
    last: _Read,
    of_run: set[tuple[int, int]],
) -> list[Ratio]:
    """Return the ratios of a sentence.

    `before` are the numbers of those before it, `last` what the one before it has, `of_run` the totals of its run.
    """
    if not here:
        return []
    taken: set[tuple[int, int]] = set()
    totals: list[tuple[int, int]] = []
    found: list[Ratio] = []
    pairs = [(r.count, r.total) for r in last.ratios]

    def add(ratio: Ratio | None) -> bool:
        if ratio is None or ratio.count in taken:
            return False
        taken.add(ratio.count)
        totals.append(ratio.total)
        found.append(ratio)
        return True

    for pattern in (PERCENT_FIRST, OF, INVERTED, LACKING, THING_OF, PLANNED) if len(here) > 1 else ():
        for match in _matches(pattern, sentence):
            ratio = _ratio(sentence, match, here)
            if ratio is None or (pattern is THING_OF and not _same_thing(sentence, match)):
                continue
            if pattern is not PLANNED and ratio.number(ratio.count) > ratio.number(ratio.total):
                continue
            if pattern is OF and ratio.percent is None:
                ratio = _percent_later(sentence, ratio, here)
            if add(ratio) and pattern is INVERTED:
                _parts(sentence, here, ratio, taken, add)
    for match in _matches(NONE_OF, sentence):
        if match.span("total1") in here and not _is_year(sentence, match.span("total1")):
            add(Ratio(sentence.run, match.span("count1"), match.span("total1")))
    for match in _matches(OF_THEM, sentence):
        part = match.span("count1")
        if part in here and part not in taken:
            total = said_before(sentence, here, part, [(r.count, r.total) for r in found])
            if total is None and number_at(sentence, part) > 1:  # "One of them, in Velisk, ..." counts nothing
                total = of_sentence_before(sentence, part, last.numbers, pairs)
            if total is not None:
                add(Ratio(sentence.run, part, total, *percent_in(match)))
    for match in _matches(OF_THESE, sentence):
        part = match.span("count1")
        if part in here and part not in taken:
            total = number_of(sentence, match["noun1"], part, here, before)
            if total is not None:
                add(Ratio(sentence.run, part, total, *percent_in(match)))
    for match in _matches(OF_WHICH, sentence):
        part = match.span("count1")
        if part in here and part not in taken:
            total = said_before(sentence, here, (match.start(), part[1]))
            if total is None and match.start() == sentence.start:
                total = of_sentence_before(sentence, part, last.numbers, pairs)
            if total is not None:
                # "trained 45 of 60 farmers, of whom 20 were women": of the 45
                closer = next((r.count for r in found if r.total == total and r.count[1] <= total[0]), total)
                total = (
                    closer
                    if (count(sentence.run.text.value[slice(*closer)]) or 0) >= number_at(sentence, part)
                    else total
                )
                ratio = Ratio(sentence.run, part, total, *percent_in(match))
                if add(ratio):
                    _parts(sentence, here, ratio, taken, add)
    for match in _matches(POSTS, sentence):
        part = match.span("count1")
        if part in here and part not in taken and (total := only_posts(sentence, part, before, of_run)) is not None:
            add(Ratio(sentence.run, part, total, *percent_in(match)))
    bare: list[tuple[tuple[int, int], re.Match[str], dict[int, tuple[int, int]]]] = []
    for match in _matches(BARE, sentence):
        part = match.span("count1")
        if part in here and part not in taken and part not in totals:
            bare.append((part, match, by_percent(sentence, here, before, part, match)))
    # where one part leaves several totals open, those of the sentence's other parts tell which it is
    sure = {next(iter(fitting)) for _, _, fitting in bare if len(fitting) == 1}
    for part, match, fitting in bare:
        chosen = fitting if len(fitting) == 1 else {number: at for number, at in fitting.items() if number in sure}
        if len(chosen) == 1:
            add(Ratio(sentence.run, part, next(iter(chosen.values())), *percent_in(match)))
        elif not fitting and (opening := _opening(sentence, found)) is not None and _is_case(sentence, part, opening):
            add(Ratio(sentence.run, part, opening.total, *percent_in(match)))
        elif not fitting and (total := of_the_same(sentence, here, before, part, match)) is not None:
            add(Ratio(sentence.run, part, total, *percent_in(match)))
    return sorted(found, key=lambda ratio: ratio.span)


def _opening(sentence: Sentence, found: Sequence[Ratio]) -> Ratio | None:
    """Return the ratio of a sentence that begins with its total: "Of the 65 grants reviewed, 18 ..."."""
    first = min(found, key=lambda ratio: ratio.total, default=None)
    if first is None or not re.fullmatch(
        r"(?:Out\s+of|Of|From|Among)\s+(?:the\s+|its\s+|a\s+)?(?:\w+\s+){0,3}",
        sentence.run.text.value[sentence.start : first.total[0]],
    ):
        return None
    return first


def _is_case(sentence: Sentence, part: tuple[int, int], opening: Ratio) -> bool:
    """Tell whether a count is of cases, or of what the sentence's total counts: then it is a part of that."""
    value = sentence.run.text.value
    thing = re.compile(r"\s+([a-z]+)").match(value, part[1])
    total = re.compile(r"\s+([a-z]+)").match(value, opening.total[1])
    small = opening.number(part) <= opening.number(opening.total)
    said = thing[1] if thing else ""
    return small and (said in {"cases", "instances", "occasions"} or (total is not None and said == total[1]))


def _percent_later(sentence: Sentence, ratio: Ratio, here: list[tuple[int, int]]) -> Ratio:
    """Give a ratio the percentage in brackets that ends its clause, where no other number stands between."""
    later = LATER.match(sentence.run.text.value, ratio.total[1], sentence.end)
    if later is None:
        return ratio
    if any(ratio.total[1] <= start < later.end() for start, _ in here):
        # "of 54,870 persons aged five years and above (57 per cent)": only where it is what the numbers make
        share = 100 * ratio.number(ratio.count) / max(1, ratio.number(ratio.total))
        if later["hedge"] is not None or abs(share - float(later["percent"])) > _ROUNDED:
            return ratio
    return replace(ratio, percent=later.span("percent"), hedged=later["hedge"] is not None)


def _matches(pattern: re.Pattern[str], sentence: Sentence) -> Iterator[re.Match[str]]:
    """Find a pattern in a sentence, matches that share a number with the one before included."""
    value = sentence.run.text.value
    at = sentence.start
    while (match := pattern.search(value, at, sentence.end)) is not None:
        yield match
        end = match.end("count1")
        at = max(end, match.start() + 1) if pattern not in (INVERTED, LACKING) else match.end()
        if at >= sentence.end:
            return


def _ratio(sentence: Sentence, match: re.Match[str], here: list[tuple[int, int]]) -> Ratio | None:
    part, total = match.span("count1"), match.span("total1")
    if part not in here or total not in here:
        return None
    if _WHICH.search(sentence.run.text.value, max(sentence.start, part[0] - 12), total[0]):
        return None  # says which or what kind, not how many
    if _is_year(sentence, total):
        return None
    return Ratio(sentence.run, part, total, *percent_in(match))


def _is_year(sentence: Sentence, total: tuple[int, int]) -> bool:
    value = sentence.run.text.value
    return bool(YEAR.fullmatch(value[slice(*total)])) and not re.match(r"\s+[a-z]|\s*\(", value[total[1] :])


def _same_thing(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether "12 contracts of the 30 ..." counts among the 30: said by "out of", a percentage or the noun."""
    value = sentence.run.text.value
    between = value[match.end("count1") : match.start("total1")]
    if "out of" in between or match["aside1"] is not None:
        return True
    noun = re.search(r"([A-Za-z'’-]+)\s+of\s", between)
    after = re.match(r"\s*([A-Za-z'’-]*)", value[match.end("total1") :])
    assert after is not None
    same = noun is not None and noun[1].casefold() == after[1].casefold()
    return same or after[1].endswith("ed") or (not after[1] and " of the " in between)


def _parts(
    sentence: Sentence,
    here: list[tuple[int, int]],
    first: Ratio,
    taken: set[tuple[int, int]],
    add: object,
) -> None:
    """Add the further parts of a total: all that follow where each has a verb of its own or a percentage."""
    assert callable(add)
    value = sentence.run.text.value
    total = first.number(first.total)
    at = first.span[1]
    while (match := FURTHER.search(value, at, sentence.end)) is not None:
        part = match.span("count1")
        said, at = at, part[1]
        if part not in here or part in taken:
            continue
        # "12 were bought for boats, 15 for oars": the verb of the first part goes on
        like = match["as1"]
        if like and (part[0] - said > 80 or not re.search(rf"\s{like}\s", value[first.count[1] : match.start()])):
            continue
        ratio = Ratio(sentence.run, part, first.total)
        aside = re.compile(rf"\s*\({PCT}\s*\)", re.IGNORECASE).match(value, part[1], sentence.end)
        if aside is not None:
            ratio = Ratio(sentence.run, part, first.total, aside.span("percent"), aside["hedge"] is not None)
        if ratio.number(part) <= total:
            add(ratio)
