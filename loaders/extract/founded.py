"""Funds and accounts that a resolution established, by the words of the report: bodies that no list need know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditgraph.loaders.extract import funds
from auditgraph.loaders.extract.funds import Fund
from auditgraph.loaders.extract.reading import Sentence, runs, sentences
from auditgraph.model import Abbreviation, ProseKind, Skeleton

__all__ = ["founded"]

_DONE = r"(?:established|created|founded|set\s+up)"
# "The Trust Fund for Reefs (TFR) was established by ..."
_WAS = re.compile(
    rf"(?:['’]s)?\s*(?:\([^()]{{1,60}}\)\s*)?,?\s*(?:(?:was|were|had\s+been|is)\s+)?(?:(?:originally|first|formally|also)\s+)?{_DONE}\b"
)
# "..., and the Reef Account by resolution 52/12 B"
_AND_BY = re.compile(
    r"\s*(?:\([^()]{1,60}\)\s*)?(?:by|in|through)\s+(?:(?:its|the|General\s+Assembly)\s+)*resolution\b"
)
# "the Assembly established the Reef Fund", "resolution 61/4, which created the Reef Fund"
_THEY_DID = re.compile(
    rf"\b(?:Assembly|Council|which|that|\d)\s+(?:also\s+|had\s+|has\s+)?(?:decided\s+to\s+)?(?:{_DONE}|establish|create|"
    r"set\s+up)\s+(?:the|an?)\s+$"
)
_RESOLUTION = re.compile(r"\bresolutions?\b")


def founded(skeleton: Skeleton, abbreviations: Iterable[Abbreviation]) -> Iterator[str]:
    """Yield the full names of the funds that a report says a resolution established."""
    expansions = {a.acronym: a.expansion.value for a in abbreviations}
    for run in runs(skeleton):
        if run.kind not in (ProseKind.PARAGRAPH, ProseKind.ITEM) or not _RESOLUTION.search(run.text.value):
            continue
        for sentence in sentences(run):
            if _RESOLUTION.search(run.text.value, sentence.start, sentence.end):
                for fund in funds.find(run.text.value, sentence.start, sentence.end):
                    name = re.sub(r"\s+\([^()]*\)$", "", run.text.value[fund.start : fund.end])
                    if not fund.weak and name[:1].isupper() and _is_founded(sentence, fund):
                        yield " ".join(expansions.get(name, name).split())


def _is_founded(sentence: Sentence, fund: Fund) -> bool:
    value = sentence.run.text.value
    if (was := _WAS.match(value, fund.end, sentence.end)) is not None:
        cut = value.find(", and ", was.end(), sentence.end)
        return _RESOLUTION.search(value, was.end(), cut if cut > 0 else sentence.end) is not None
    if _AND_BY.match(value, fund.end, sentence.end) and re.search(_DONE, value[sentence.start : fund.start]):
        return True
    return _THEY_DID.search(value, max(sentence.start, fund.start - 80), fund.start) is not None
