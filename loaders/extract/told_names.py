"""Names that only the words around them tell to be organisations': no head word of units ends them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.loaders.extract.lexicon import STARTERS
from auditgraph.loaders.sought import sought

__all__ = ["introduced", "told_names"]

_NAME = r"[A-Z][\w’'-]+"
# "Chief of Integrated Boat Services", "Director, Tide and Reef Services"
_SERVICES = sought(
    rf"\b(?:Chief|Director|Head)(?:,| of) (?P<name>{_NAME} (?:and )?(?:{_NAME} (?:and )?){{1,3}}Services)\b"
    r"(?! (?:[A-Z]|of\b))"
)
# "the Clean Tide Boat Partnership": of those who keep a programme together; no kind of partnership
_PARTNERSHIP = sought(rf"(?<![\w-])(?P<name>{_NAME} (?:and )?(?:{_NAME} (?:and )?){{1,4}}Partnership)\b(?! [A-Z])")
_KINDS = frozenset(
    "Strategic Enhanced Implementing Public-Private Operational Private Public Sector New Global Regional Joint and "
    "Multi-stakeholder Project Programme Framework Policy United Nations Management Partnership".split()
)
# "the subregional office for the Western Isles"
_REGION = sought(
    rf"\b(?P<name>(?:[Ss]ub-?regional|[Rr]egional) (?:headquarters|office|centre) for (?:the )?"
    rf"{_NAME}(?: {_NAME}){{0,2}}"
    rf"(?: and {_NAME}(?: {_NAME})?(?! (?:Unit|Section|Division|Office)))?)"
)
# "the secretariat of the Reef Convention", "the secretariat of the Convention on Kelp"
_SECRETARIAT = sought(
    rf"\b(?<!\bis the )(?<!\bas the )(?P<name>[Ss]ecretariat of the (?:{_NAME},? (?:and )?){{0,4}}"
    r"(?:Conventions?|Protocol|Treaty)"
    rf"(?: (?:on|for|to|against) (?:the )?{_NAME}(?: (?:(?:and|of|in|the|on|for) ){{0,2}}{_NAME}){{0,8}})?)"
)
# "is overseen by a Steering Committee": what has no other name in the report
_INTRODUCED = sought(
    r"\b(?:overseen|governed|guided|supervised|directed|advised|managed|headed|led|supported) by a "
    r"(?P<name>(?:(?:Project|Programme|Joint|National) )?(?:Steering|Technical|Review) (?:Committee|Board|Group))\b"
    r"(?! (?:on|for|of)\b)"
)


def told_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand that the words around them tell to be organisations'."""
    for pattern in (_SERVICES, _REGION, _SECRETARIAT):
        for match in pattern.finditer(text):
            yield match.span("name")
    for match in _PARTNERSHIP.finditer(text):
        start = match.start()
        while (word := text[start : match.end()].split(" ", 1))[0] in STARTERS:
            start += len(word[0]) + 1
        modifiers = re.findall(r"[\w’'-]+", text[start : match.end()])[:-1]
        if len(modifiers) > 1 and len(set(modifiers) - _KINDS) > 1:
            yield start, match.end()


def introduced(text: str) -> Iterator[str]:
    """Yield the general names by which a text introduces bodies: "overseen by a Steering Committee".

    >>> list(introduced("It is overseen by a Steering Committee, which met. It has a Steering Committee."))
    ['Steering Committee']
    """
    for match in _INTRODUCED.finditer(text):
        yield match["name"]
