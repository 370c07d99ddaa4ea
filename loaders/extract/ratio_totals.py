"""Which of the numbers said before a count is its total, where the sentence itself does not say it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice, pairwise

from auditgraph.loaders.extract.numbers import count
from auditgraph.loaders.extract.reading import Run, Sentence

__all__ = [
    "YEAR",
    "by_percent",
    "number_at",
    "number_of",
    "of_sentence_before",
    "of_the_same",
    "only_posts",
    "percent_in",
    "said_before",
]

# Where a number stands in a run's text: its first character, and the one after its last.
Part = tuple[int, int]

YEAR = re.compile(r"(?:19|20)\d\d")
# "214 posts, comprising": the numbers that follow are its parts
_MADE_OF = re.compile(r"\b(?:comprising|comprised|comprises|consist(?:s|ed|ing)\s+of|composed\s+of|made\s+up\s+of)\b")
# "for more than 90 days": no total
_TIME = re.compile(r"[\s-]+(?:calendar\s+|working\s+)?(?:minutes?|hours?|days?|weeks?|months?|years?)\b")
# What tells that a percentage may be of less or more than what was counted in a sentence before
_OTHERS = re.compile(
    r"\b(?:sample[sd]?|tested|reviewed|examined|selected|checked|visited|remaining|rest|others?|another|additional|"
    r"further|new|first|these|those|them|which|whom|each|(?:19|20)\d\d(?:/\d\d)?|months?|quarter|by\s+value)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
# "45 authorized posts", "20 temporary field service positions"
_POSTS = re.compile(r"(?:\s+(?!of\b|and\b|or\b)[A-Za-z][\w'’-]*){0,4}?\s+(?:posts|positions)\b")
_FAR = 40  # numbers that may stand between a total and a part of it


def number_of(
    sentence: Sentence,
    noun: str,
    part: Part,
    here: list[Part],
    before: list[tuple[Run, Part]],
) -> Part | None:
    """Return the number of things of that name said last before `part` in its run that may be its total."""
    value = sentence.run.text.value
    number = count(value[slice(*part)]) or 0
    things = re.compile(rf"(?:\s+[A-Za-z][\w'’-]*){{0,4}}?\s+{re.escape(noun)}\b")
    candidates = [p for run, p in before if run is sentence.run] + [p for p in here if p[1] <= part[0]]
    for candidate in candidates[: -_FAR - 1 : -1]:
        if things.match(value, candidate[1]) and (count(value[slice(*candidate)]) or 0) >= number:
            return candidate
    return None


def said_before(
    sentence: Sentence,
    here: list[Part],
    part: Part,
    known: Sequence[tuple[Part, Part]] = (),
) -> Part | None:
    """Return the number said last before `part` in its sentence that is large enough to be its total.

    `known` are the counts and totals read already: "8 of these" after "19 of the 31" are among the 19.
    """
    value = sentence.run.text.value
    number = count(value[slice(*part)]) or count(value[slice(*here[[p[1] for p in here].index(part[1])])]) or 0
    aside = [m.span() for m in _BRACKETS.finditer(value, sentence.start, part[0])]
    earlier = [
        p
        for p in here
        if p[1] <= part[0]
        and not YEAR.fullmatch(value[slice(*p)])
        and not _TIME.match(value, p[1])
        and not any(start < p[0] < end for start, end in aside)  # in brackets: a part itself
    ]
    whole = {total for _, total in known}
    for total, first in pairwise(earlier):
        if _MADE_OF.search(value, total[1], first[0]) and first != earlier[-1] and total not in whole:
            # "214 posts, comprising 47 P and 14 G, of which 19 were vacant": of all, or else it may be of both
            last = count(value[slice(*earlier[-1])]) or 0
            return total if last < number <= (count(value[slice(*total)]) or 0) else None
    for candidate in sorted(earlier, key=lambda p: (p not in whole, p), reverse=True):
        if (count(value[slice(*candidate)]) or 0) >= number:
            return candidate
    return None


def of_the_same(
    sentence: Sentence,
    here: list[Part],
    before: list[tuple[Run, Part]],
    part: Part,
    match: re.Match[str],
) -> Part | None:
    """Return the one number of the same things said before, where the printed percentage of it is merely wrong.

    "It gave 842 items. 97 items (15 per cent) were broken": no other number, sample or time can be meant.
    """
    value = sentence.run.text.value
    thing = re.compile(r"\s+(?:[a-z][\w’'-]*\s+)?(?P<noun>[a-z][\w’'-]*s)\s*\(").match(value, part[1], sentence.end)
    printed, hedged = percent_in(match)
    if thing is None or printed is None or hedged or len(here) > 1:
        return None
    earlier = [p for run, p in before if run is sentence.run]
    things = re.compile(rf"(?:\s+[a-z][\w’'-]*)?\s+{re.escape(thing['noun'])}\b")
    same = [p for p in earlier[-_FAR:] if things.match(value, p[1])]
    if len(same) != 1 or _OTHERS.search(value, sentence.start, sentence.end):
        return None
    number, total, share = count(value[slice(*part)]), count(value[slice(*same[0])]), float(value[slice(*printed)])
    near = number and total and number < total and share / 1.5 <= 100 * number / total <= share * 1.5
    larger = [p for p in earlier[-_FAR:] if p != same[0] and (count(value[slice(*p)]) or 0) > (number or 0)]
    return same[0] if near and not larger else None


def by_percent(
    sentence: Sentence,
    here: list[Part],
    before: list[tuple[Run, Part]],
    part: Part,
    match: re.Match[str],
) -> dict[int, Part]:
    """Return the numbers said before, in this run, whose share `part` is by the printed percentage."""
    value = sentence.run.text.value
    printed, _ = percent_in(match)
    number = count(value[slice(*part)])
    if printed is None or number is None:
        return {}
    text = value[slice(*printed)]
    places = len(text.partition(".")[2])
    candidates = [p for run, p in before if run is sentence.run] + [p for p in here if p[1] <= part[0]]
    fitting: dict[int, Part] = {}
    for candidate in candidates[-5 * _FAR :]:
        total = count(value[slice(*candidate)])
        if total and total >= number and abs(100 * number / total - float(text)) <= 0.5 * 10**-places + 1e-9:
            fitting[total] = candidate
    return fitting


def percent_in(match: re.Match[str]) -> tuple[Part | None, bool]:
    """Return where a match prints a percentage, and whether that is only about right."""
    for name, text in match.groupdict().items():
        if name.startswith("percent") and text is not None:
            return match.span(name), match[f"hedge{name[7:]}"] is not None
    return None, False


def of_sentence_before(
    sentence: Sentence, part: Part, inside: Sequence[Part], found: Sequence[tuple[Part, Part]]
) -> Part | None:
    """Return what "Of these, 21 ..." is part of: the one number of the sentence before, or what that took of a total.

    `inside` are the numbers of that sentence, `found` the counts and totals read there: of "It chose 45 of the 212
    orders" it is the 45.
    """
    pairs = [pair for pair in found if set(pair) == set(inside)] if len(inside) == 2 else []
    only = pairs[0][0] if pairs else inside[0] if len(inside) == 1 else None
    return only if only is not None and number_at(sentence, only) >= number_at(sentence, part) else None


def only_posts(sentence: Sentence, part: Part, before: list[tuple[Run, Part]], totals: Collection[Part]) -> Part | None:
    """Return the number of posts said before "12 posts were vacant", where the run gives one number of posts only.

    None where that is one of the `totals` of the run's ratios already: the posts vacant then are not those of now.
    """
    value = sentence.run.text.value
    posts = (p for run, p in reversed(before) if run is sentence.run and _POSTS.match(value, p[1]))
    told = list(islice(posts, 2))  # to see a second is enough
    if len(told) != 1 or told[0] in totals:
        return None
    return told[0] if number_at(sentence, told[0]) > number_at(sentence, part) else None


def number_at(sentence: Sentence, part: Part) -> int:
    """Return the number that stands at a part of a sentence's run; 0 where none does."""
    return count(sentence.run.text.value[slice(*part)]) or 0
