"""Whom a resolution's verb acts on: the organisation named beside it, or meant by "its mandate"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.loaders.extract.entities import Named, Names
from auditgraph.loaders.extract.mandate_words import AND_ALSO, INTO, ITS, THE_MANDATE, TO_WHOM

__all__ = ["allowed", "also", "antecedent", "object_of", "subject_of"]

# What stands between an organisation and one that only says more of it: "the Section of", ", formerly the ... of"
_HEAD_OF = re.compile(
    r"\s+(?:of|in|at|within)\s+(?:the\s+)?|"
    r"(?:\s+\([^()]{1,30}\))?,?\s+\(?(?:formerly|previously)\s+(?:known\s+as\s+)?(?:the\s+)?"
)
# What stands between a verb and whom it acts on: "the mandate of the", "strengthened | and upgraded the"
_AT_ONCE = re.compile(r"\s*(?:and\s+[a-z]+ed\s+)?(?:that\s+)?(?:the\s+)?(?:mandate\s+of\s+)?(?:the\s+)?")
# What a resolution lets an organisation have or do: "the retention of guards to protect the boats, oars and piers of"
_WHAT = re.compile(
    r"\s+(?:the|an?|all|additional|further|\d[\d,]*)\s(?:(?!Secretary|Member|States|Government|which|that|who|while|but)[\w’',-]+\s+){1,20}?"
    r"(?:of|for|to|in|within|from|by)\s+(?:the\s+)?"
)


def allowed(value: str, start: int, stop: int, named: list[Named]) -> Named | None:
    """Return the organisation that has or does what the verb that ends at `start` authorises."""
    first = next((one for one in named if start <= one.start < stop), None)
    if first is None:
        return None
    begin = first.start + (len("the ") if value[first.start : first.start + 4].lower() == "the " else 0)
    return first if _WHAT.fullmatch(value, start, begin) else None


def also(value: str, whom: Named, stop: int, named: list[Named]) -> Iterator[Named]:
    """Yield the organisations that are listed right after another one."""
    for one in named:
        between = value[whom.end : one.start]
        if whom.end <= one.start < stop and not one.generic and (AND_ALSO.match(between) or INTO.match(between)):
            yield one
            whom = one


def object_of(value: str, start: int, stop: int, named: list[Named], names: Names, theme: Named | None) -> Named | None:
    """Return whom the verb that ends at `start` acts on."""
    its = ITS.match(value, start, stop) or THE_MANDATE.match(value, start, stop)
    if its is not None:
        return antecedent(value, start, its.end(), named, names, theme)
    for one in named:
        if one.start < start or one.start >= stop:
            continue
        between = value[start : one.start]
        return one if _AT_ONCE.fullmatch(between) or TO_WHOM.fullmatch(between) else None
    return None


def subject_of(
    value: str, floor: int, end: int, named: list[Named], names: Names, theme: Named | None = None
) -> Named | None:
    """Return whom a passive verb acts on: the organisation named last before it in the sentence, "its" included."""
    its = re.compile(r"\b(?:[Ii]ts|[Tt]he)\s+(?:mandate|role)\b(?!\s+of\b)").search(value, floor, end + 8)
    earlier = [one for one in named if floor <= one.start < end]
    if earlier:
        # "The Rule of Law Section of the Mission was established by": the head, not what it belongs to
        last = earlier[-1]
        heads = [o for o in earlier if _HEAD_OF.fullmatch(value, o.end, last.start)]
        return heads[-1] if heads else last
    it = re.compile(r"It\s+(?:was|is|has\s+been)\b").match(value, floor, end + 8)
    if it is not None and theme is not None:
        return Named(floor, floor + len("It"), theme.key, True)
    key = theme.key if theme else names.audited[0] if len(names.audited) == 1 else None
    return Named(*its.span(), key, True) if its is not None and key is not None else None


def antecedent(value: str, start: int, end: int, named: list[Named], names: Names, theme: Named | None) -> Named | None:
    """Return whom "its" or "the mandate" at `start:end` means: named last before it, or what the text is about."""
    earlier = [one for one in named if one.start < start]
    if earlier:
        return Named(earlier[-1].start, end, earlier[-1].key, True)
    key = theme.key if theme else names.audited[0] if len(names.audited) == 1 else None
    return None if key is None else Named(start, end, key, True)
