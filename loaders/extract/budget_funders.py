"""Whose budget a sentence speaks of."""

from __future__ import annotations

import re

from auditgraph.loaders.extract import funds
from auditgraph.loaders.extract.entities import Named, Names
from auditgraph.loaders.extract.money import Money
from auditgraph.loaders.extract.reading import Sentence, sentences

__all__ = ["APPROVED", "PROVIDED", "funder_of"]

PROVIDED = re.compile(r"\b(?:provided|contributed|funded|allocated|financed)\b")
# "the Assembly approved $3 million for the maintenance of the Mission"
APPROVED = re.compile(
    r"\b(?:Assembly|Council|Committee|Board|States|Parties|Conference|Controller)"
    r"(?:,\s+(?:in|by|through)\s+(?:its|their)\s+(?:resolutions?|decisions?)\s+[^,;.$]{1,40},)?\s+"
    r"(?:also\s+|had\s+|has\s+|further\s+)*"
    r"(?:approved|appropriated|authorized|authorised|allocated|assessed)\b"
)
_FOR_WHOM = re.compile(r"\s+(?:for|to)\s+(?:the\s+)?(?:[\w-]+\s+(?:and\s+[\w-]+\s+)?(?:of|for)\s+(?:the\s+)?)?")

_UNIT = (
    r"(?P<unit>Section|Unit|Branch|Division|Office|Service|Centre|Center|Team|Cell|Department|Bureau|Fund|Programme|Project|"
    r"Institute|Committee|Board|Secretariat|Component|Registry|Chamber|Regional|Country|Liaison|Facility|Trust)"
)
_ANOTHER = re.compile(rf"(?:The|This|Each)\s+{_UNIT}\b")
_FOR_UNIT = re.compile(rf"\s+(?:of|for)\s+(?:the|this|each)\s+{_UNIT}\b")
_ITS = re.compile(r"(?:Its|Their)\s")


_OF_WHOM = re.compile(
    r"\b(?:resources|requirements|appropriations?|allocations?|provisions?|funding)\s+(?:of|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:\s+\([^()]{2,40}\))?\s+(?:under|in|within|from)\s+(?:the\s+)?(?:section\s+\d+[A-Z]?\s+of\s+the\s+)?"
    r"(?:(?:proposed|approved|programme|regular|biennium|annual)\s+)*"
)


def _meant(text: str, sentence: Sentence, names: Names, word: re.Match[str]) -> Named | None:
    """Return whose "its" opens a sentence: the organisation that opened the one before, else the one audited."""
    last = max((s for s in sentences(sentence.run) if s.start < sentence.start), key=lambda s: s.start, default=None)
    start = last.start if last else sentence.start
    if (unit := _ANOTHER.match(text, start, sentence.start)) is not None:  # "The Section has two posts. Its budget"
        key = names.of_kind(unit["unit"], sentence.run.text.offset(unit.start()))
        return Named(sentence.start, word.end(), key, True) if key else None
    earlier = names.find(text, start, sentence.start)
    only = names.audited[0] if len(names.audited) == 1 else None
    key = earlier[0].key if earlier else only
    if earlier and key != only and not re.fullmatch(r"\s*(?:The\s+)?", text[start : earlier[0].start]):
        return None  # not surely the one meant
    return Named(sentence.start, word.end(), key, True) if key is not None else None


def funder_of(
    text: str, sentence: Sentence, names: Names, word: re.Match[str] | None, sums: list[Money]
) -> Named | None:
    """Return whose budget it is: the organisation bound to the word "budget", or which provided the sum."""
    named = names.find(text, sentence.start, sentence.end)
    if APPROVED.search(text, sentence.start, sums[0].start):
        whom = [n for n in named if n.start >= sums[0].end and _FOR_WHOM.fullmatch(text[sums[0].end : n.start])]
        if whom:
            return whom[0]
    if word is None:
        given = PROVIDED.search(text, sentence.start, sums[0].start)
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
    # "the resources of OCHA under section 27 of the programme budget"
    under = [n for n in before if _OF_WHOM.search(text, sentence.start, n.start)]
    if under and _UNDER.fullmatch(text, under[-1].end, word.start()):
        return under[-1]
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
    if any(word.start() - 60 <= f.end <= word.start() for f in funds.find(text, sentence.start, word.start())):
        return None  # "The Trust Fund had a budget of"
    unit = _ANOTHER.match(text, sentence.start, word.start()) or _FOR_UNIT.match(text, word.end(), sentence.end)
    if unit is not None:  # "The Section had a budget of": a part of the body that is audited
        key = names.of_kind(unit["unit"], sentence.run.text.offset(unit.start()))
        return Named(unit.start(), unit.end(), key, True) if key else None
    if _ITS.match(text, sentence.start, word.start()):
        return _meant(text, sentence, names, word)
    if len(names.audited) == 1 and not before:
        return Named(word.start(), word.end(), names.audited[0], True)
    return None
