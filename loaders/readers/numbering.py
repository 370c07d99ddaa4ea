"""Write the numbers that lists give their items, as Word and HTML do."""

from __future__ import annotations

__all__ = ["label_of"]

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def label_of(style: str, number: int) -> str:
    """Return a number in a style named as in WordprocessingML (ECMA-376 part 1, 17.18.59); unknown ones are decimal.

    >>> [label_of(style, 4) for style in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "bullet")]
    ['4', 'd', 'IV', '04', '•']
    """
    match style:
        case "none":
            return ""
        case "bullet":
            return "•"
        case "lowerLetter":
            return _letters(number)
        case "upperLetter":
            return _letters(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            last = 0 if number % 100 in (11, 12, 13) else number % 10
            return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
        case "decimalEnclosedParen":
            return f"({number})"
        case _:
            return str(number)


def _letters(number: int) -> str:
    if not 0 < number <= 780:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)  # Word: z, aa, bb


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    parts = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)
