"""Who heads what, as sentences say it: "X is headed by a Chief", "the Chief heads X", "X and Y, each headed by"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditgraph.loaders.extract.hierarchy import Reference, outer, sentence_bounds
from auditgraph.loaders.extract.titles import GRADE, RANK

__all__ = ["alike", "headed_by", "heads", "joined", "listed_after", "staffed_by"]

# "X is headed by a", "X, led by the": what stands before the title of the head of X.
_HEADED = re.compile(
    rf"\b(?:headed|led|managed|directed|supervised|overseen|run) by (?:an? |the |its |one )?(?:{GRADE}(?: level)? )?$"
)
# "X has a Chief at the P-4 level": so too, where the head's grade is told.
_HAS = re.compile(r"\b(?:has|had) (?:an? |one )$")
_GRADED = re.compile(rf"{RANK} (?:at the|\() ?{GRADE}")
_HEADS = re.compile(
    rf"(?:\s*\([^()]*\))*(?:,? at the {GRADE} level,?)? (?P<verb>heads|headed|leads|led|oversees|manages) (?:the )?"
)
# "The Oar Unit comprises an Oar Officer", "the Oar Unit is staffed by two Oar Officers": the posts are the unit's.
_NUMBER = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
_STAFFED = re.compile(
    r"(?:\s*\([^()]*\))?,?(?: which)? (?:comprises|comprised|consists of|consisted of|has|had|includes|included|"
    r"(?:(?:is|was) )?(?:composed of|staffed (?:by|with)|made up of))"
    rf" (?:only )?{_NUMBER} (?:{GRADE}(?:[ -]level)? )?(?:posts? of (?:an? )?)?$"
)
# Who sits in these has a post elsewhere.
_MEETINGS = frozenset("committee subcommittee board group force panel council commission cluster".split())
# What stands between two posts of such a list.
_AND_POST = re.compile(
    rf"(?:\s*\([^()]*\))*(?: (?:both |each )?(?:at|with) (?:the )?{GRADE} level)?(?:,|,? and|,? as well as) "
    rf"(?:{_NUMBER} )?(?:{GRADE}(?:[ -]level)? )?"
)
# "UNIFIL Force Commander", "the Division's Director", "Service Delivery, whose Chief".
_OWNED = frozenset((" ", "’s ", "'s ", ", whose ", " whose "))
_INSIDE = re.compile(
    r",? (?:of|in|within|under|which is part of|(?:is|was) (?:located|based|placed|housed) (?:with)?in) (?:the )?"
)
_NEAR = 40  # characters before "by" in which "each headed" stands
_EACH = re.compile(r"\b(?:each|both|all)(?: of which)?(?: (?:is|was|are|were))? \w+ by (?:an? )?$")


def heads(text: str, refs: Sequence[Reference], end: int, above: bool = False) -> Reference | None:
    """Return the organisation that the post named up to `end` heads ("the CHRO heads the X"), or None.

    `above`: the post may oversee bodies that others head, as those of a mission's leaders do.
    """
    match = _HEADS.match(text, end)
    if match and above and match["verb"] in {"oversees", "manages"}:
        return None
    return next((r for r in refs if match and r.start in {match.end(), match.end() - 4}), None)


def headed_by(text: str, refs: Sequence[Reference], at: int) -> Reference | None:
    """Return the organisation whose head is named at `at` ("X is headed by a"), or None."""
    match = _HEADED.search(text, 0, at) or (_GRADED.match(text, at) and _HAS.search(text, 0, at))
    if match is None:
        return None
    start, _ = sentence_bounds(text, match.start())
    before = [r for r in outer(refs) if start <= r.start and r.until <= match.start() + 1]
    before = [
        r
        for r, after in zip(before, [*before[1:], None], strict=False)
        if after is None or text[r.end : after.start] not in _OWNED
    ]  # "the UNIFIL Rations Unit": the unit
    if not before:
        return None
    each = _EACH.search(text, match.start() - 1 - _NEAR if match.start() > _NEAR else 0, at)
    if each and text[before[-1].until : each.start()].strip(" ,"):
        return None  # "an office in A and Sub-Offices in B and C, each headed by": the latter, which are no names
    chosen = len(before) - 1
    # "The Client Section in the Geneva Office, headed by a Chief": the section, not the office.
    while chosen and _INSIDE.fullmatch(text, before[chosen - 1].until, before[chosen].start):
        chosen -= 1
    subject = before[0]
    verb = re.match(
        r"(?:, )?[^.;:,]*\b(?:is|was|are|were)\b(?: currently)? $", text[before[chosen].until : match.start()]
    )
    if re.fullmatch(r",? and ", text[before[chosen].until : match.start()]):
        return subject  # "The Unit is located within the Y and has a Chief"
    if verb and re.match(r", (?:which|that) (?:is|was) ", verb.group()):
        return before[chosen]  # "A has an office in B and a Sub-Office in C, which is headed by"
    if verb and (" and is " in f" {verb.group()}" or verb.group().startswith(", ")):
        return subject  # "The Centre, established by the Y, is headed by a"
    return before[chosen]


def staffed_by(text: str, refs: Sequence[Reference], at: int) -> Reference | None:
    """Return the unit that has the post named at `at` ("the Oar Unit comprises an Oar Officer"), or None."""
    start, _ = sentence_bounds(text, at)
    before = [r for r in outer(refs) if start <= r.start and r.until <= at and r.unit]
    if not before or not _MEETINGS.isdisjoint(before[-1].key.split()):
        return None
    return before[-1] if _STAFFED.fullmatch(text, before[-1].until, at) else None


def listed_after(text: str, end: int, start: int) -> bool:
    """Tell whether a post named at `start` follows one that ends at `end` in a list: ", two Oar Officers (P-3) and"."""
    return _AND_POST.fullmatch(text, end, start) is not None


def alike(text: str, refs: Sequence[Reference], owner: Reference, start: int) -> Iterator[Reference]:
    """Yield the other bodies that "each headed by" speaks of."""
    if _EACH.search(text, 0, start) is None:
        return
    named = [r for r in outer(refs) if r.named and r.start <= owner.start]
    for before, after in zip(reversed(named[:-1]), reversed(named), strict=False):
        if re.fullmatch(r",?(?: and)? (?:the )?", text[before.until : after.start]) is None:
            return
        yield before


def joined(text: str, ref: Reference, start: int) -> bool:
    """Tell whether a post named at `start` stands right behind the body whose it is: "the Division's Director"."""
    return text[ref.until : start] in _OWNED or text[ref.end : start] in _OWNED
