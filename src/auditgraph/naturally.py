"""Numbers as people write them: an order with rec 2 before rec 10 and paragraph 9 before 25, and counts of things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["natural", "natural_text", "plural"]

_DIGITS = re.compile(r"(\d+)")


def natural(cells: Iterable[str]) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Return a sort key for cells in which runs of digits count as numbers; the text itself breaks ties.

    >>> sorted([("rec 10",), ("rec 2",), ("25",), ("9",), ("",)], key=natural)
    [('',), ('9',), ('25',), ('rec 2',), ('rec 10',)]
    """
    return tuple(natural_text(cell) for cell in cells)


# The same names are compared again and again.
@lru_cache(maxsize=50_000)
def natural_text(cell: str) -> tuple[tuple[int, int, str], ...]:
    """Return the sort key of one cell."""
    return (*map(_piece, filter(None, _DIGITS.split(cell))), (2, 0, cell)) if cell else ()


def _piece(piece: str) -> tuple[int, int, str]:
    # Python refuses to read numbers of thousands of digits; beyond 30 they are no numbers here either.
    return (0, int(piece), "") if len(piece) <= 30 and piece.isascii() and piece.isdigit() else (1, 0, piece.casefold())


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> plural(1, "report"), plural(2, "report")
    ('1 report', '2 reports')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
