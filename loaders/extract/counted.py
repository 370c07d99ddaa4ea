"""The whole numbers of a sentence that count something."""

from __future__ import annotations

import re
from functools import lru_cache

from auditgraph.loaders.extract import money
from auditgraph.loaders.extract.dates import MONTH
from auditgraph.loaders.extract.ratio_words import N
from auditgraph.loaders.extract.reading import Sentence

__all__ = ["counted"]

# Words before a number that make it a name: "resolution 2364", "Table 1", "rule 105".
_LABEL = re.compile(
    r"(?:\b(?:resolutions?|SCRs?|tables?|charts?|figures?|annex(?:es)?|appendix|appendices|paragraphs?|paras?\.?|"
    r"pages?|"
    r"sections?|articles?|rules?|regulations?|recommendations?|chapters?|phases?|parts?|steps?|options?|levels?|"
    r"versions?|category|tiers?|grades?|lots?|nos?\.?|numbers?|chapter|volume|IPSAS|form|year|years?\s+ended|version|"
    r"age|"
    rf"objectives?|indicators?|pillars?|goals?|stages?|{MONTH}|as\s+(?:at|of)|on|since|by)\s*)$",
    re.IGNORECASE,
)
# "on 3 of 14 occasions": no date
_OF_NUMBER = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+)?\d")
_DATE_AFTER = re.compile(
    rf"\s*(?:{MONTH}\b|(?:hundred|thousand|million|billion|trillion)\b|(?:st|nd|rd|th)\b)", re.IGNORECASE
)


def counted(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the whole numbers of a sentence that count something: no dates, sums, percentages, names."""
    return list(_counted(sentence.run.text.value, sentence.start, sentence.end))


@lru_cache(maxsize=2048)
def _counted(value: str, start: int, stop: int) -> tuple[tuple[int, int], ...]:
    sums = money.find(value, start, stop)
    found: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(value, start, stop):
        if any(m.start < match.end() and match.start() < m.end for m in sums):
            continue
        labelled = _LABEL.search(value, max(start, match.start() - 30), match.start())
        if (
            labelled
            and match[0].isdigit()
            and not (labelled[0].lower().split()[-1] in {"on", "by"} and _OF_NUMBER.match(value, match.end()))
        ):
            continue
        if _DATE_AFTER.match(value, match.end()):
            continue
        found.append(match.span())
    return tuple(found)


_NUMBER = re.compile(N, re.IGNORECASE)
