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

    Words of one first letter stand together, so that another word is passed over at its first.

    >>> any_case("task_force unit offices? orders?")
    '(?:[Tt]ask [Ff]orce|[Uu]nit|[Oo](?:ffices?|rders?))'
    """
    rests: dict[str, list[str]] = {}
    for word in words.split():
        made = " ".join(f"[{part[0].upper()}{part[0]}]{part[1:]}" for part in word.split("_"))
        rests.setdefault(made[:4], []).append(made[4:])
    groups = (first + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for first, rest in rests.items())
    return f"(?:{'|'.join(groups)})"
