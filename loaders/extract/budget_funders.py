"""Whose budget a sentence speaks of."""

from __future__ import annotations

import re

from auditgraph.loaders.extract import funds
from auditgraph.loaders.extract.entities import Named, Names
from auditgraph.loaders.extract.money import Money
from auditgraph.loaders.extract.reading import Sentence

__all__ = ["APPROVED", "PROVIDED", "funder_of"]

PROVIDED = re.compile(r"\b(?:provided|contributed|funded|allocated|financed)\b")
# "the Assembly approved $3 million for the maintenance of the Mission"
APPROVED = re.compile(
    r"\b(?:Assembly|Council|Committee|Board|States|Parties|Conference|Controller)\s+(?:also\s+|had\s+|has\s+|further\s+)*"
    r"(?:approved|appropriated|authorized|authorised|allocated|assessed)\b"
)
_FOR_WHOM = re.compile(r"\s+(?:for|to)\s+(?:the\s+)?(?:[\w-]+\s+(?:and\s+[\w-]+\s+)?(?:of|for)\s+(?:the\s+)?)?")


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
    if len(names.audited) == 1 and not before:
        return Named(word.start(), word.end(), names.audited[0], True)
    return None
