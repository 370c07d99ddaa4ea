"""The words by which running text shows where sentences, headings and parts of a report end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from auditgraph.loaders.extract import dates

__all__ = [
    "AHEAD", "AREA", "CAPTION", "DATE", "MONTHS", "RATING", "ROMAN", "SECTION", "SHOULD", "TITLE", "WORD",
    "begins_like", "ends_sentence", "is_heading", "may_end_heading", "same_words", "sentence_starts", "skip_space",
]  # fmt: skip

MONTHS = "|".join(dates.MONTHS)
DATE = re.compile(rf"(?<!\d)\d{{1,2}}\s+(?:{MONTHS})\s+20\d\d(?!\d)")
RATING = re.compile(
    r"(?:FINAL\s+)?OVERALL\s+RATING\s*:?\s*(?:PARTIALLY\s+SATISFACTORY|UNSATISFACTORY|SATISFACTORY)(?!\w)"
)
TITLE = re.compile(
    r"(?:(?:Thematic|Joint|Follow[- ]?up|Comprehensive|Horizontal)\s+)*"
    r"(?:Audit|Review|Advisory|Assessment|Evaluation|Follow[- ]?up|Report\s+on)\s"
)
_NAMES = (
    r"BACKGROUND|INTRODUCTION|(?:AUDIT\s+)?OBJECTIVES?(?:,?\s+(?:AND\s+)?SCOPE)?(?:,?\s+AND\s+METHODOLOGY)?"
    r"|(?:AUDIT\s+)?SCOPE(?:\s+AND\s+METHODOLOGY)?|AUDIT\s+FINDINGS\s+AND\s+RECOMMENDATIONS|AUDIT\s+RESULTS"
    r"|RESULTS\s+OF\s+THE\s+(?:AUDIT|REVIEW)|OVERALL\s+(?:ASSESSMENT|CONCLUSION)|(?:AUDIT\s+)?CONCLUSIONS?"
    r"|ACKNOWLEDGE?MENTS?"
)
# The numerals of main headings.
ROMAN = r"I{1,3}|IV|VI{0,3}|IX|X"
# `III. AUDIT RESULTS`, `AUDIT RESULTS`: a main heading.
SECTION = re.compile(rf"(?:(?P<numeral>{ROMAN})\s?\.\s+)?(?:{_NAMES})(?![\w/-])")
# `A. Regulatory framework`: only the label.
AREA = re.compile(r"[A-H]\s?\.\s+(?=[A-Z“])")
CAPTION = re.compile(r"(?:Chart|Table|Figure|Graph|Diagram|Box|Picture|Photo|Map)\s*\d{1,2}\s*[:.–-]|Sources?\s?:\s")
# What a recommendation says, and in how many characters.
SHOULD = re.compile(r"\bshould\b")
AHEAD = 400
WORD = re.compile(r"\w+")

_ENDED = re.compile(r"[.;:?!][”\"’')\]]*(?:\s?(?:\d{1,2}|[⁰¹²³⁴-⁹]{1,2}))?\Z")
_SENTENCE = re.compile(r"[.?!][”\"’')\]]*(?:\d{1,2}|[⁰¹²³⁴-⁹]{1,2})?\s+(?=[A-Z(“\"‘'\d•▪])")
_SHORTENED = re.compile(
    r"(?:\b(?:[A-Z]|[IVX]{1,4}|Nos?|Mr|Mrs|Ms|Dr|St|vs|para|paras|art|approx|Col|Gen|Lt|Maj|Ret|Sgt|Vol|Ref|Rev|Add|Corr"
    r"|e\.g|i\.e|U\.S|cf|p|pp|Inc|Ltd|Fig)|(?:^|\s)\d{1,3})\Z"
)
# Words that no heading ends by: what comes next goes on with the sentence.
_OPEN_END = frozenset(
    """
    of to by in the and or than from was were is are be been had has have at on for with about approximately a
    an only all least most over under between until total no nos para paras paragraph figure table chart section
    rule regulation article chapter resolution annex appendix recommendation phase level version part item step
    class category which that its their these those as per
    """.split()
)
_CLOSERS = frozenset(")”\"’'")
_TABLE = re.compile(r"(?:Chart|Table|Figure|Graph|Diagram|Box)\s\d")
_LONGEST = 320  # characters of a heading
_LIKE = 4  # words by which a row begins as the recommendation does


def ends_sentence(before: str) -> bool:
    """Tell whether a run of text ends as a sentence or an item does, a footnote's mark aside."""
    last = before[-1:]
    return last in ".;:?!" or (not last.isalpha() and _ENDED.search(before[-12:]) is not None) if last else False


def may_end_heading(before: str) -> bool:
    """Tell whether a run of text may end with a heading."""
    last = before[-1:]
    return (last.isalnum() or last in _CLOSERS) and before[-20:].split()[-1].casefold() not in _OPEN_END


def is_heading(value: str) -> bool:
    """Tell whether what stands between a sentence and the next number reads as a heading."""
    return (
        (value[:1].isupper() or value[:1] in "“\"‘'")
        and len(value) <= _LONGEST
        and "; " not in value
        and ": " not in value
        and " " in value
        and not _TABLE.match(value)
        and (value[-1:].isalnum() or value[-1:] in _CLOSERS)
    )


def sentence_starts(flat: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences begin inside a run of text, the first one left out.

    >>> list(sentence_starts("It was so. No. 3 was not. The U.N. is.", 0, 38))
    [11, 26]
    """
    for match in _SENTENCE.finditer(flat, start, end):
        if match[0][0] != "." or not _SHORTENED.search(flat[max(start, match.start() - 8) : match.start()]):
            yield match.end()


def skip_space(flat: str, at: int) -> int:
    """Return where the next word begins, or the text's end."""
    while at < len(flat) and flat[at].isspace():
        at += 1
    return at


def same_words(
    here: Iterator[re.Match[str]], there: Iterator[re.Match[str]]
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield the words, by twos, that two runs of words begin with alike."""
    return takewhile(lambda two: two[0][0].casefold() == two[1][0].casefold(), zip(here, there, strict=False))


def begins_like(flat: str, start: int, end: int, text: str) -> bool:
    """Tell whether a place begins with the first words of a text; one of an empty text does not."""
    run = islice(same_words(WORD.finditer(flat, start, end), WORD.finditer(text)), _LIKE)
    return bool(text) and len(list(run)) >= min(_LIKE, len(text.split()))
