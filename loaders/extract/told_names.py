"""Names that only the words around them tell to be organisations': no head word of units ends them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditgraph.loaders.extract.initials import ACRONYM
from auditgraph.loaders.extract.lexicon import POST_WORDS, STARTERS
from auditgraph.loaders.sought import sought

__all__ = ["introduced", "partners", "told_names"]

_NAME = r"[A-Z][\w’'-]+"
# "Chief of Integrated Boat Services", "Director, Tide and Reef Services"
_SERVICES = sought(
    rf"\b(?:(?:Chief|Director|Head)(?:,| of)|[A-Z]{{3,}}[’']s) "
    rf"(?P<name>{_NAME} (?:and )?(?:{_NAME} (?:and )?){{1,3}}Services)\b"
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
    r"(?P<name>(?:(?:Project|Programme|Joint|National) )?(?:Steering|Standing|Technical|Review) "
    r"(?:Committee|Board|Group))\b(?! (?:on|for|of)\b)"
)
# "expenditure of $28,450 by Tide Action (TA)", "the agreement with", "partners included A (AB) and B (BC)"
_PARTNER = sought(
    r"(?:\$[\d,.]+(?: (?:million|billion))? (?:by|to|from)|\b(?:agreements?|contracts?) (?:signed |concluded )?with"
    r"|\b(?:implemented|executed|run) by|\b(?:NGO|non-governmental organi[sz]ation|partner),?"
    r"|\b[Pp]artners(?: \([A-Z]+s?\))?,? (?:included|including|namely|such as|were)) (?:the )?(?=[A-Z])"
)
_DEFINED = re.compile(rf" \((?P<acronym>{ACRONYM})\)")
_THINGS = re.compile(
    r"\b(?:Systems?|Database|Policy|Plans?|Manual|Guidelines|Procedures?|Agreements?|Memorand\w+|Strategy|Framework|"
    r"Standards?|Reports?|Committee|Contracts?|Note|Software|Rules|Regulations|Projects?|Assessments?)\b"
)
_NEXT = re.compile(rf"(?:,| and|, and) (?:the )?(?={_NAME})")


def partners(text: str, expansions: Mapping[str, str]) -> Iterator[str]:
    """Yield the initials of those whom a text tells to be partners: it names them behind what only those get or do.

    >>> list(partners("It paid $20 to Reef Action (RA) for Boat Hire (BH).", {"RA": "Reef Action", "BH": "Boat Hire"}))
    ['RA']
    """
    for match in _PARTNER.finditer(text):
        at, several = match.end(), "artners" in match.group()
        for defined in _DEFINED.finditer(text, at, at + 600):
            name = expansions.get(defined["acronym"], "")
            start = defined.start() - len(name)
            if not name or start < at or not text.startswith(name, start) or "." in text[at:start]:
                break
            after = start == at or (several and text.endswith((", ", " and ", ", the ", " and the "), at, start))
            if after and name[0].isupper() and " " in name and not _THINGS.search(name):
                if POST_WORDS.isdisjoint(name.split()):
                    yield defined["acronym"]
            elif not several:
                break
            following = _NEXT.match(text, defined.end())
            if not several or following is None:
                break
            at = following.end()


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
