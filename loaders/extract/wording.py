"""Small parts that patterns are built from."""

from __future__ import annotations

__all__ = ["any_case", "any_of"]


def any_of(words: str) -> str:
    """Return a pattern of any of the words (themselves patterns), as written.

    >>> any_of("part unit")
    '(?:part|unit)'
    """
    return f"(?:{'|'.join(words.split())})"


def any_case(words: str) -> str:
    """Return a pattern of any of the words, beginning with a capital or not; `_` stands for a space.

    >>> any_case("task_force unit")
    '(?:[Tt]ask [Ff]orce|[Uu]nit)'
    """
    made = (" ".join(f"[{part[0].upper()}{part[0]}]{part[1:]}" for part in word.split("_")) for word in words.split())
    return f"(?:{'|'.join(made)})"
