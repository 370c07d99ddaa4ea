"""Which words an acronym stands for, by their initials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

__all__ = ["ACRONYM", "SMALL", "cost", "expansion_start", "is_acronym"]

# Words that an acronym usually passes over: "Department (of) Safety (and) Security".
SMALL = frozenset(
    "a an and & as at by de des do du da d' e et for from in into la le les l' of on or per the to und with y".split()
)
# The shape of an acronym: OIOS, UN-Habitat, DSRSG-Political, ToRs, DSRSG/RC/HC, eRFMS, COVID-19, R&D.
ACRONYM = r"(?:[A-Z]|e-?(?=[A-Z])|i(?=[A-Z]))[A-Za-z0-9&]*(?:[-/][A-Za-z0-9&]+)*"
_SHAPE = re.compile(ACRONYM)
# What has that shape and is none: grades (P-5, FS-6), document symbols, form codes, months and currencies' amounts.
_GRADE = re.compile(r"(?:D|P|L|G|GS|FS|NO|NPO|SB|LL|R)-?\d.*|NO-?[A-E]|G\d.*|Q\d.*|H\d")
_SYMBOL = re.compile(r"(?:ST|A|S|E|SGB|AI|JIU|ECE|TD|HRC)/.*\d.*|.*\d{3,}.*|[A-Z]{2}\d{4}.*")
_ROMAN = re.compile(r"[IVX]+")
_WORD = re.compile(r"[^\W\d_][\w’'.]*|&|\d+")
# The end of what can belong to an expansion, looking back: a sentence's end, a bracket, a colon, a dash.
_BARRIER = re.compile(r"[.;:!?()\[\]\"“”•—|\t]|\s[-–]\s")
_TOO_FAR = 24


@lru_cache(maxsize=8192)
def is_acronym(token: str) -> bool:
    """Tell whether a token has the shape of an acronym.

    >>> [t for t in ("OIOS", "ToRs", "DSRSG-Political", "P-5", "ST/SGB/2003/13", "Umoja", "A") if is_acronym(t)]
    ['OIOS', 'ToRs', 'DSRSG-Political']
    """
    if not 2 <= len(token) <= 24 or _SHAPE.fullmatch(token) is None:
        return False
    if _GRADE.fullmatch(token) or _SYMBOL.fullmatch(token):
        return False
    head = re.split(r"[-/]", token)[0]
    head = head if sum(c.isupper() for c in head) > 1 else token
    capitals, letters = sum(c.isupper() for c in head), sum(c.isalpha() for c in head)
    return bool(capitals >= 2 and capitals * 5 >= letters * 2)


def is_roman(token: str) -> bool:
    """Tell whether a token may be a Roman number."""
    return _ROMAN.fullmatch(token) is not None


def cost(acronym: str, words: Sequence[str]) -> float | None:
    """Return how badly the words fit the acronym (0: every initial in order), None where they do not.

    The first word gives the first letter; a word may give several letters; each content word that gives
    none costs 1, each letter from inside a word a little.

    >>> cost("SRSG", ["Special", "Representative", "of", "the", "Secretary", "General"])
    0.0
    >>> cost("GSE", ["Strategic", "Electoral", "Group"]) is None
    True
    """
    wanted = re.sub(r"[^A-Za-z]", "", acronym)
    if len(wanted) > 2 and wanted.endswith("s") and wanted[-2].isupper():
        wanted = wanted[:-1]
    if words and wanted[:1] == "X" and words[0].casefold().startswith("ex"):
        words = [words[0][1:], *words[1:]]  # "extrabudgetary (XB)"
    if not words or not wanted or words[0][0].casefold() != wanted[0].casefold():
        return None

    @cache
    def rest(word: int, letter: int) -> float:
        if word == len(words):
            return 0.0 if letter == len(wanted) else float("inf")
        text = words[word].casefold()
        best = float("inf")
        if word > 0:
            best = rest(word + 1, letter) + (0.0 if text in SMALL or text.isdigit() else 1.0)
        at, spent, given = -1, 0.0, letter
        while given < len(wanted):
            found = (
                text.find(wanted[given].casefold(), at + 1) if at >= 0 else (0 if _starts(text, wanted[given]) else -1)
            )
            if found < 0:
                break
            if at >= 0:
                spent += (0.0 if wanted[given].islower() else 0.3) if found == at + 1 else 0.5
            at, given = found, given + 1
            best = min(best, spent + rest(word + 1, given))
        return best

    result = rest(0, 0)
    return None if result > 0.4 * len(wanted) else result


def expansion_start(acronym: str, before: str) -> int | None:
    """Return where in `before` the words begin that the acronym after it stands for, or None.

    >>> text = "The MIDWEST Human Rights and Protection Division"
    >>> text[expansion_start("HRPD", text):]
    'Human Rights and Protection Division'
    """
    limit = 0
    for barrier in _BARRIER.finditer(before):
        limit = barrier.end()
    words = [(m.start(), m.group()) for m in _WORD.finditer(before, limit)][-_TOO_FAR:]
    best: tuple[float, int] | None = None
    for first in range(len(words) - 1, -1, -1):
        if words[first][1].casefold() in SMALL:
            continue
        fit = cost(acronym, [word for _, word in words[first:]])
        if fit is not None and (best is None or fit < best[0]):
            best = (fit, words[first][0])
    return best[1] if best else None


def _starts(text: str, letter: str) -> bool:
    return text[:1] == letter.casefold()
