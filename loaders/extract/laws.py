"""Laws of states that a text cites by name and number or year: "Refugees Act of 2017", "Law No. 2005/006"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.extract.title_parts import SENTENCE_STARTERS
from auditgraph.loaders.sought import sought

__all__ = ["laws"]

_CAP = r"[A-ZÀ-Þ][\w’'-]*"
_KIND = r"(?:Act|Ordinance|Decree|Constitution)"
_OF_YEAR = (
    rf"(?:\s+\(No\.\s?\d{{1,4}}\s+of\s+(?P<bracket>{YEAR})\)|\s+\(?(?P<year>{YEAR})\)?(?![\w/-])|,\s+(?P<in>{YEAR})\b"
    rf"|,?\s+(?:(?:No\.\s?)?\d{{1,4}}\s+)?of\s+(?:\d{{1,2}}\s+{MONTH}\s+)?(?P<of>{YEAR})\b)"
)
# "the Refugees Act of 2017", "the Public Finance and Audit Act, 2003"
_NAMED = sought(rf"(?<![\w’'-])(?P<words>(?:{_CAP}\s+(?:(?:and|of|for|on)\s+(?:the\s+)?)?){{1,8}}){_KIND}{_OF_YEAR}")
# "the Refugee Act": the law's name alone, where an article says that it is one
_ALONE = sought(
    rf"\b(?:[Tt]he|[’']s)\s+(?:(?:national|new|amended|revised)\s+)?(?P<words>(?:{_CAP}\s+(?:(?:and|of)\s+)?){{1,6}}Act|(?:Labour|Penal|Criminal|Civil|Customs|Family)\s+Code)(?![\w’'-]|\s+[A-Z(])"
)
# "Organic Law No. 15.003", "Decree No. 12/2014 of 3 May 2014"
_NUMBERED = sought(
    rf"(?<![\w-])(?:(?:Organic|Presidential|Ministerial|Royal|Executive|Federal|Legislative|Supreme|National)\s+)?"
    rf"(?:Law|Decree|Decree-Law|Act|Ordinance|Statutory\s+Instrument)\s+[Nn]o\.?\s?\d[\d./-]*(?<=\d)"
    rf"(?:\s+of\s+(?:\d{{1,2}}\s+)?(?:{MONTH}\s+)?(?P<year>{YEAR})\b)?"
)
_YEAR_IN = re.compile(rf"(?<!\d)(?P<year>{YEAR})(?!\d)")


def laws(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the laws named in a text begin and end, each with its year, empty where none is printed.

    >>> text = "The Boats Act of 2017 and Decree No. 12/2014 apply; the act of 2019 was one of courage."
    >>> [(text[start:end], year) for start, end, year in laws(text)]
    [('Boats Act of 2017', '2017'), ('Decree No. 12/2014', '2014')]
    """
    dated: set[int] = set()
    for match in _NAMED.finditer(text):
        start = _without_starters(text, match.start("words"), match.end("words"))
        if start < match.end("words"):
            dated.add(start)
            yield start, match.end(), match["year"] or match["of"] or match["in"] or match["bracket"]
    for match in _NUMBERED.finditer(text):
        inside = _YEAR_IN.search(match[0])
        yield match.start(), match.end(), match["year"] or (inside["year"] if inside else "")
    for match in _ALONE.finditer(text):
        if match.start("words") not in dated:
            yield *match.span("words"), ""


def _without_starters(text: str, start: int, end: int) -> int:
    """Return where a name begins, the first words of a sentence left out: "Under the | Boats Act of 2017"."""
    while (word := re.compile(r"\S+\s+").match(text, start, end)) and word[0].strip() in SENTENCE_STARTERS:
        start = word.end()
    return start
