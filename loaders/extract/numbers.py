"""Numbers as reports print them: digits, words, millions."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["COUNT", "DIGITS", "ORDINALS", "SCALE", "SCALES", "WORDS", "count", "plain", "value"]

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS: dict[str, int] = {word: number for number, word in enumerate(_UNITS)}
WORDS |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
WORDS |= {
    f"{tens}{glue}{unit}": 10 * ten + one
    for ten, tens in enumerate(_TENS, 2)
    for one, unit in enumerate(_UNITS[1:10], 1)
    for glue in "- "
}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}

# "1,496", "1 496" (thin or no-break space), "1496"; with cents "1,234.56"; never "1,49".
# Runs are bounded: patterns would else take the square of the time of a long one.
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,8}|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,8}|\d{1,24})(?:\.\d{1,24})?"
# "million", "mn", "bn", "m": the letter alone only right after digits.
SCALE = r"(?:million|billion|trillion|thousand|mln|mn|bn|m(?![\w'’])|k(?![\w'’]))"
_WORD = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(sorted(_UNITS, key=len, reverse=True))}"
# The characters that a number begins with, in digits or words: most words are passed over at the first.
_FIRST = "".join(sorted({word[0] for word in WORDS} | {word[0].upper() for word in WORDS}))
# "12", "1,496", "twelve", "twenty-one", "none": what is counted; not "1.5", not "2017/18".
COUNT = rf"(?:(?=[\d{_FIRST}])(?:(?:\d{{1,3}}(?:,\d{{3}}){{1,8}}|\d{{1,24}})(?![\d/]|[.,]\d|(?<=\d)-\d)|(?:{_WORD})\b))"
# Longer runs of digits count nothing.
_MOST_DIGITS = 30
_SHORT = {"mln": "million", "mn": "million", "m": "million", "bn": "billion", "k": "thousand"}


def count(text: str) -> int | None:
    """Return a whole number printed in digits or words, or None.

    >>> count("1,496"), count("Twenty-one"), count("none"), count("1.5")
    (1496, 21, None, None)
    """
    line = " ".join(text.lower().split())
    if line in WORDS:
        return WORDS[line]
    bare = re.sub(r"(?<=\d)[,\u00a0\u2009\u202f](?=\d{3})", "", text.strip())
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= _MOST_DIGITS else None


def value(digits: str, scale: str = "") -> Decimal | None:
    """Return what digits (or a small number in words) and a scale stand for, or None.

    >>> value("1.21", "million"), value("355,900"), value("two", "million")
    (Decimal('1210000.00'), Decimal('355900'), Decimal('2000000'))
    """
    scale = scale.lower().rstrip(".")
    factor = SCALES[_SHORT.get(scale, scale)] if scale else 1
    bare = re.sub(r"[,\s\u00a0\u2009\u202f]", "", digits)
    if len(bare) <= _MOST_DIGITS and re.fullmatch(r"\d+(?:\.\d+)?", bare):
        return Decimal(bare) * factor
    number = count(digits)
    return None if number is None else Decimal(number) * factor


def plain(number: Decimal) -> str:
    """Return a number without exponent, separators or zeros that say nothing.

    >>> plain(Decimal("1210000.00")), plain(Decimal("1234.50"))
    ('1210000', '1234.5')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
