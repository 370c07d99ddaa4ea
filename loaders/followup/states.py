"""Read the state of a recommendation from the words of a later document: open or closed, and why it was closed."""

from __future__ import annotations

import re

__all__ = ["State", "state_of", "state_said"]

# The status (`open`, `closed`) and the reason for closing, or nothing.
State = tuple[str, str]

_OPEN = re.compile(
    r"(?:(?:remains?|still|currently)\s+)*(?:open|o|outstanding|on-?going|overdue|past due|delayed|re-?opened"
    r"|unimplemented|pending(?:\s.{1,60})?|(?:work |implementation )?(?:is )?in (?:progress|process)"
    r"|under (?:way|implementation)"
    r"|(?:being|to be) implemented|implementation (?:is )?(?:on-?going|under ?way|pending|started|initiated|delayed)"
    r"|(?:not|not yet|not fully|partially|partly|substantially) (?:been )?(?:implemented|closed|completed)"
    r"|implemented (?:in part|partially|partly)|(?:not|not yet) (?:due|started)|implementation not (?:yet )?started)"
)
# What may stand before the reason: "Closed -", "closed as", "Closed (".
_CLOSED_AS = r"(?:closed\s*(?:as\b|because\b|and\b|[-–—:,(/])?\s*)?"
_IMPLEMENTED = re.compile(rf"{_CLOSED_AS}(?:fully )?(?:implemented|completed)|(?:action|implementation) completed")
_WITHOUT = re.compile(rf"{_CLOSED_AS}(?P<why>without (?:being |having been )?implement(?:ation|ed)\b.*)")
_REASON = re.compile(
    rf"{_CLOSED_AS}(?P<why>overtaken by events|withdrawn|superseded|risk accepted|(?:management )?accepted (?:the )?"
    r"risk|no longer (?:applicable|relevant|valid|required|needed))"
)
_NOT_DONE = re.compile(r"closed\s*(?:as\b|[-–—:,(/])?\s*(?P<why>not implemented)")
_CLOSED = re.compile(r"closed|c")
# Remarks behind the state that take it back in part.
_BUT = re.compile(r"\b(?:pending|subject to|await|partial|partly|not\b|in part|except|to be|ongoing|in progress|open)")
_TAIL = re.compile(r"\s*(?:$|[-–—,;:.(].*)")


def state_of(said: str) -> State | None:
    """Return the state that a cell's words tell, None where they tell none for sure.

    >>> state_of("Implemented"), state_of("Closed - overtaken by events"), state_of("Partially implemented")
    (('closed', 'implemented'), ('closed', 'overtaken by events'), ('open', ''))
    >>> state_of("Closed without implementation – risk accepted"), state_of("Open/Closed"), state_of("See remarks")
    (('closed', 'without implementation - risk accepted'), None, None)
    >>> state_of("Implemented, pending verification"), state_of("C"), state_of("In progress (75 per cent)")
    (None, ('closed', ''), ('open', ''))
    """
    value = " ".join(said.lower().split()).strip(" .;*").removeprefix("recommendation ")
    value = {"с": "c", "о": "o", "0": "o"}.get(value, value)
    if match := _WITHOUT.fullmatch(value):
        why = match["why"].rstrip(" )").replace("being ", "").replace("having been ", "")
        why = re.sub(r"^without implemented", "without implementation", why)
        return "closed", re.sub(r"\s*[-–—(;:,]+\s*", " - ", why)
    if match := _NOT_DONE.match(value):
        return ("closed", match["why"]) if _TAIL.fullmatch(value, match.end()) else None
    if _is(_OPEN, value):
        return "open", ""
    for pattern, why in ((_IMPLEMENTED, "implemented"), (_REASON, ""), (_CLOSED, "")):
        match = pattern.match(value)
        if match is None or not _TAIL.fullmatch(value, match.end()) or _BUT.search(value, match.end()):
            continue
        return "closed", why or match.groupdict().get("why", "")
    return None


def _is(pattern: re.Pattern[str], value: str) -> bool:
    match = pattern.match(value)
    return match is not None and _TAIL.fullmatch(value, match.end()) is not None


_DONE = r"(?:(?:fully|partially|partly|substantially) )?(?:implemented|closed(?: without implementation)?)"
_STATES = (
    rf"{_DONE}|withdrawn|superseded|overtaken by events|open|outstanding|pending|in progress|under implementation"
    r"|being implemented|ongoing|unimplemented"
)
# "has since been implemented", "are still open", "remains in progress", "had not yet been implemented".
_ADVERB = r"(?:since|now|still|also|already|thus|therefore|however|consequently|subsequently|recently)"
_SAID = re.compile(
    rf"(?:(?:has|have|had) (?P<n1>not (?:yet )?)?(?:{_ADVERB} )*been|"
    rf"(?:is|are|was|were) (?P<n2>not (?:yet )?)?(?:{_ADVERB} )*|"
    rf"remain(?:s|ed)?)\s*(?P<state>{_STATES})\b(?! (?:in part|partially|partly|only|except|pending|to)\b)",
    re.I,
)


def state_said(sentence: str, start: int = 0) -> tuple[State, int, int] | None:
    """Return the state that a finite verb tells after `start`, with where its words stand.

    >>> state_said("recommendation 3 has since been implemented.")[0]
    ('closed', 'implemented')
    >>> state_said("recommendation 3 had not yet been implemented.")[0], state_said("it should be implemented")
    (('open', ''), None)
    """
    match = _SAID.search(sentence, start)
    if match is None:
        return None
    words = match["state"].lower()
    if match["n1"] or match["n2"]:
        return (
            (("open", ""), match.start(), match.end())
            if words in ("implemented", "fully implemented", "closed")
            else None
        )
    state = state_of(words)
    return (state, match.start(), match.end()) if state else None
