"""The organs that act by resolution: their names, their symbols, and whose a resolution is by the words beside it."""

from __future__ import annotations

import re

from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.sought import sought

__all__ = ["NAMED", "OF_ORGAN", "ORGAN", "SPOKEN", "beside", "of_session", "prefix"]

# What the name of an organ is followed by in the symbol of a resolution that has none of another form.
NAMED = " resolution"
# "Security Council", "UN Security Council", "General Assembly", "the Council": whose resolution it is.
_ORGANS = (
    (r"Security\s+Council|UNSC|SC", "S/RES"),
    (r"General\s+Assembly|GA|UNGA", "A/RES"),
    (r"Economic\s+and\s+Social\s+Council|ECOSOC", "E/RES"),
    (r"Human\s+Rights\s+Council|HRC", "A/HRC/RES"),
)
ORGAN = "|".join(names for names, _ in _ORGANS)
# The organs that act by resolution, wherever a text speaks of them.
_ANY_ORGAN = (
    r"(?P<name>General\s+Assembly|Economic\s+and\s+Social\s+Council|ECOSOC|Human\s+Rights\s+Council|"
    r"(?:Governing|Industrial\s+Development|Trade\s+and\s+Development)\s+(?:Council|Board)|Environment\s+Assembly|"
    r"(?:UN-H(?:abitat|ABITAT)|Habitat|World\s+Health)\s+Assembly|Executive\s+(?:Board|Committee|Council)|"
    r"Conference\s+of\s+(?:the\s+)?(?:States\s+)?Parties|Commission\s+on\s+(?:Narcotic\s+Drugs|"
    r"Crime\s+Prevention(?:\s+and\s+Criminal\s+Justice)?|Human\s+Settlements|Human\s+Rights)|"
    r"(?<=[Tt]he\s)Assembly)\b"
)
SPOKEN = sought(_ANY_ORGAN)
OF_ORGAN = re.compile(
    rf"(?:\s+(?:of\s+(?:\d{{1,2}}\s+)?{MONTH}\s+{YEAR}\s+)?of|,)\s+the\s+(?:United\s+Nations\s+)?{_ANY_ORGAN}"
)
# Organs whose resolutions texts cite by the organ's name: "Governing Council resolution 21/2"
_COMMISSIONS = (
    r"ESCAP|ESCWA|ECLAC|ECE|ECA|Economic(?:\s+and\s+Social)?\s+Commission\s+for\s+(?:the\s+)?"
    r"[A-Z]\w+(?:\s+(?:and\s+(?:the\s+)?)?[A-Z]\w+){0,3}"
)
_ITS_ORGAN = re.compile(
    rf"(?:{_ANY_ORGAN}|(?<![\w/])(?P<short>UNEA|CND|CCPCJ|WHA|IDB|TDB|{_COMMISSIONS})|(?P<none>\bCommission))"
    r"(?:\s+of\s+(?:the\s+)?(?:UNEP|UNDP|UN-Habitat|(?:[A-Z]\w+\s+){1,3}Programme))?"
    r"(?:\s+\([A-Z][\w/-]*\))?(?:['’]s?)?(?:,?\s+(?:in|by|through|under|pursuant\s+to|via|with)\s+(?:its|the)|"
    r",?\s+(?:in|by|through))?\s+$"
)
_AND_ORGAN = re.compile(
    rf"(?:\s+of|,)\s+the\s+(?:United\s+Nations\s+)?(?:{_ANY_ORGAN}|(?P<short>{_COMMISSIONS})|"
    r"(?P<none>Commission\b(?!\s+on\b)))"
)
_SESSIONS = 30  # of the Environment Assembly, which met first in 2014
_IN_FULL = {
    "UNEA": "Environment Assembly",
    "CND": "Commission on Narcotic Drugs",
    "CCPCJ": "Commission on Crime Prevention and Criminal Justice",
    "WHA": "World Health Assembly",
    "IDB": "Industrial Development Board",
    "TDB": "Trade and Development Board",
}


def prefix(name: str) -> str:
    """Return what symbols of an organ begin with: `S/RES` of "Security Council"; empty for other names."""
    name = " ".join(name.split())
    return next((symbol for names, symbol in _ORGANS if name and re.fullmatch(names, name, re.IGNORECASE)), "")


def of_session(number: str) -> bool:
    """Tell whether a resolution may be the Environment Assembly's by its number: its sessions are few yet."""
    session = re.match(r"\d+(?=/)", number)
    return session is None or int(session[0]) <= _SESSIONS


def beside(match: re.Match[str], value: str) -> str | None:
    """Return what symbols of an organ begin with that is named right beside a resolution, empty where it has no name.

    "The Governing Council, in its resolution 21/2", "Commission resolution 64/1"; None where none is named.
    """
    if match["organ"] or match["scr"]:
        return None
    before = _ITS_ORGAN.search(value, max(0, match.start() - 160), match.start())
    organ = before or _AND_ORGAN.match(value, match.end())
    if organ is None:
        return None
    name = " ".join((organ["name"] or organ["short"] or "").split())
    if name in {"Assembly", "Council"}:
        return None
    name = _IN_FULL.get(name, name)
    if name == "Environment Assembly" and not of_session(match["list"]):
        return None  # "renamed the Environment Assembly by resolution 67/251": the General Assembly's
    return prefix(name) or (f"{name}{NAMED}" if name else "")
