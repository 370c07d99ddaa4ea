"""How reports print a count out of a total, and the percentage of it: the patterns, from their parts."""

from __future__ import annotations

import re

from auditgraph.loaders.extract.numbers import COUNT

__all__ = [
    "BARE",
    "FURTHER",
    "INVERTED",
    "LACKING",
    "LATER",
    "NONE_OF",
    "OF",
    "OF_THEM",
    "OF_THESE",
    "OF_WHICH",
    "PCT",
    "PERCENT_FIRST",
    "PLANNED",
    "POSTS",
    "THING_OF",
    "N",
]

# --- the parts that patterns are made of -----------------------------------------------------------

# A number that stands alone: not in "A/72/5", "2017/18", "$5", "1.5", "24-hour", "COVID-19".
_FREE = r"(?<![\w$€£/.,'’-])(?<![$€£] )"
N = rf"{_FREE}(?:{COUNT})(?![-\w%/]|\s?(?:per\s?cent|percent|%))"
# "30 per cent", "99.5%", "about 40 percent"; the group is the number as printed.
_HEDGE = r"(?:about|approximately|around|some|nearly|almost|over|more than|less than|at least|up to|roughly)"
_PER = r"(?:per\s?cent(?:age)?|percent|%)"
_PRINTED = r"(?P<percent>\d{1,6}(?:\.\d{1,6})?)"
PCT = rf"(?:or|i\.e\.,?|representing|equivalent to)?\s*(?P<hedge>{_HEDGE}\s+)?{_PRINTED}\s*{_PER}"
# The ways a percentage follows what it belongs to: "(30 per cent)", ", or 30 per cent,".
_ASIDE = rf"(?:\s*\({PCT}\s*\)|,?\s+or\s+{PCT.replace('(?:or|', '(?:', 1)},?)"
# What makes a total a total: "of the", "of its", "out of a total of", "of the sample of", "of all the".
_WHOLE = r"(?:out\s+)?of\s+(?:the\s+|its\s+|their\s+|his\s+|her\s+|our\s+|these\s+|those\s+|all\s+(?:the\s+)?|an?\s+)?"
_TOTAL_OF = (
    r"(?:(?:overall\s+|grand\s+)?total\s+(?:number\s+)?of\s+|sample\s+of\s+|population\s+of\s+|about\s+|some\s+)?"
)
# "planned", "required", "United Nations", "randomly selected" between the article and the total.
_KIND = r"(?:(?!of\b|and\b|in\b|to\b|per\b|on\b|by\b|for\b)[A-Za-z][\w'’-]*\s+){0,3}?"
# The thing counted: "contracts", "staff members", at most four words and no preposition that starts another thought.
_THING = (
    r"(?:\s+(?!of\b|out\b|and\b|in\b|to\b|from\b|for\b|on\b|were\b|was\b|had\b|by\b|per\b|or\b)[A-Za-z][\w'’/-]*){0,4}?"
)
# Words between the total and the percentage that belongs to both: "posts", "field service posts in the Rations Unit".
_REST = r"(?:\s+(?:(?:19|20)\d\d\b|(?!and\b|while\b|but\b|were\b|was\b|had\b|did\b|which\b)[A-Za-z][\w'’/-]*)){0,12}?"
# A sum may stand between: "12 orders totalling $1.2 million (27 per cent)".
_SUM = (
    r"(?:,?\s+(?:totalling|totaling|valued\s+at|worth|amounting\s+to|with\s+a\s+(?:total\s+)?value\s+of)\s+"
    rf"(?:{_HEDGE}\s+)?(?:[A-Z]{{2,3}}\s?)?[$€£]?\s?\d[\d.,]{{0,20}}(?:\s(?:million|billion))?)?"
)


def _pattern(*parts: str) -> re.Pattern[str]:
    named: dict[str, int] = {}

    def once(match: re.Match[str]) -> str:
        name = match.group(1)
        named[name] = named.get(name, 0) + 1
        return f"(?P<{name}{named[name]}>"

    return re.compile(re.sub(r"\(\?P<(\w+)>", once, "".join(parts)), re.IGNORECASE)


_C, _T = rf"(?P<count>{N})", rf"(?P<total>{N})"
# "468 of the 1,496 (30 per cent) cases"; "14 of its 79 posts (18 per cent)"; "337 (20 per cent) of the 1,685";
# "12 out of a sample of 30"; "two of the five posts in the unit (40 per cent)"
OF = _pattern(_C, rf"(?:{_ASIDE})?\s+{_WHOLE}{_KIND}{_TOTAL_OF}", _T, rf"(?:{_REST}{_ASIDE})?")
# "None of the 15 sites visited", "none of a sample of 30": a count of 0
NONE_OF = _pattern(rf"\b(?P<count>none)\s+{_WHOLE}{_KIND}{_TOTAL_OF}", _T)
# "12 contracts out of 30"; "25 vehicles (40 per cent) of the 60"
THING_OF = _pattern(_C, rf"{_THING}(?P<aside>{_ASIDE})?\s+{_WHOLE}{_KIND}{_TOTAL_OF}", _T, rf"(?:{_REST}{_ASIDE})?")
# "40 per cent (12 of 30)"; "in 33 per cent of cases (10 of the 30 cases)"
PERCENT_FIRST = _pattern(
    rf"{PCT}[^.;:()]{{0,80}}\(\s*(?:i\.e\.,?\s+)?", _C, rf"{_THING}\s+{_WHOLE}{_KIND}{_TOTAL_OF}", _T
)
# "Of the 60 contracts reviewed, 18 (30 per cent) had"; "out of 45 cases, only 12"
INVERTED = _pattern(
    rf"(?:^|(?<=[.;:,(]\s)|(?<=[.;:,(])|\b(?:that|and|while|noted|showed)\s+)(?:out\s+of|of|from|among)\s+(?!which\b|"
    rf"whom\b|them\b)"
    rf"(?:the\s+|its\s+|their\s+|these\s+|those\s+|all\s+(?:the\s+)?|an?\s+)?{_KIND}{_TOTAL_OF}",
    _T,
    r"[^.;:,()]{0,160}(?:\([^()]{0,40}\)[^.;:,()]{0,80})?,\s*(?:OIOS\s+noted\s+that\s+)?"
    rf"(?:only\s+|in\s+|for\s+|{_HEDGE}\s+)*",
    _C,
    rf"(?:{_THING}{_ASIDE})?",
)
# "Of the 18 contracts, securities had not been obtained for 4": the count ends the clause
LACKING = _pattern(
    r"(?:^|(?<=[.;:]\s))of\s+(?:the\s+|these\s+|those\s+|its\s+)?" + _KIND,
    _T,
    r"[^.;:,()]{1,80},\s*[^.;:,()\d]{10,120}?\s(?:for|in|by|from)\s+(?:only\s+)?",
    _C,
    r"(?=\s+(?:cases|instances)\b|\s*[.;]|,?\s+(?:and|but|while)\s)",
)
# "12 posts were vacant", "104 of the posts had been filled": of the posts that a sentence before gives
POSTS = _pattern(
    _C,
    rf"(?:\s+of\s+(?:the|these|its))?(?:\s+(?!of\b)[a-z-]+){{0,3}}?\s+(?:posts|positions)\s+(?:{_ASIDE}\s*)?(?:were|was|remained|had\s+been)\s+"
    r"(?:still\s+|already\s+)?(?:vacant|encumbered|unencumbered|filled|occupied|unfilled)\b",
)
# "9 visits took place, which was more than the 8 that had been planned"
PLANNED = _pattern(
    _C,
    r"(?:\s+[a-z][\w'’-]*){1,6},?\s+(?:which\s+(?:was|were)\s+)?(?:more|fewer|less|higher|lower)\s+than\s+the\s+",
    _T,
    r"(?=(?:\s+[a-z]+)?\s+(?:that\s+|which\s+)?(?:had\s+been\s+|were\s+|was\s+)?(?:planned|budgeted|targeted|"
    r"required))",
)
# "195 of them", "12 of these", "30 of whom were": the total was said before
OF_THEM = _pattern(
    _C, rf"(?:{_ASIDE})?\s+of\s+(?:them|which|whom|these|those)\b(?!\s+(?:{COUNT}|[a-z]+s\b))(?:\s*{_ASIDE})?"
)
# "489 (66 per cent) of these alerts": the total is the number of alerts said last
OF_THESE = _pattern(
    _C, rf"(?:{_ASIDE})?\s+of\s+(?:these|those|the\s+said)\s+(?P<noun>[a-z][a-z'’-]*s)\b(?:\s*{_ASIDE})?"
)
# "301 participants ..., of which 231 were men": the total comes before, the count after
OF_WHICH = _pattern(
    rf"\bof\s+(?:(?:which|whom),?|(?:these|those|them),)\s+(?:only\s+|{_HEDGE}\s+)?",
    _C,
    rf"(?:{_THING}{_SUM}{_ASIDE})?",
)
# A further part after the first: "and 70 were women", ", 12 had expired"
FURTHER = _pattern(
    r"(?:,|;|\band|\bwhile|\bwhereas)\s+(?:the\s+(?:remaining|other)\s+)?",
    _C,
    r"(?=\s+(?:were|was|had|did|have|are|remained|related)\b|\s*\(|"
    r"\s+(?P<as>as|for|in|at|by|from|to|on|under|with|without|above|below)\b)",
)
# A count with a percentage and no total: the total is the one number said before that gives that percentage.
BARE = _pattern(_C, rf"{_THING}{_SUM}\s*\({PCT}\s*\)")

# "35,000 of the 215,000 households had been verified (16 per cent)": at the end of the clause
LATER = re.compile(rf"[^.,;:()]{{1,120}}\(\s*{PCT}\s*\)", re.IGNORECASE)
