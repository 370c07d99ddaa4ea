"""Titles told by a mandate, a body served or a superior: "Special Rapporteur on", "liaison officers report to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditgraph.loaders.extract.hierarchy import Reference
from auditgraph.loaders.extract.titles import Title, title_key
from auditgraph.loaders.extract.wording import any_case, any_of
from auditgraph.loaders.sought import sought

__all__ = ["above_all", "holders", "reporting", "secretaries"]

# What no word of a mandate is: with it the sentence goes on.
_VERBS = any_of(
    "who which that is was are were has had have to with from by at as under during since after briefed visited stated "
    "reported noted presented should would could may will did does "
    "left met accepted agreed issued chaired informed wrote signed approved acts leads heads reports manages oversees"
)
_GOES_ON = rf"(?:(?:and |as well as )?the [A-Z]|and for\b|for the period\b|in (?:his|her|its|the period|\d)|{_VERBS}\b)"
_WORD = r"[^\W\d_][\w’'-]*"
_MANDATE = rf"{_WORD}(?:,? (?!{_GOES_ON}){_WORD}){{0,9}}(?<! on)(?<! of)(?<! and)(?<! the)(?<! in)"
# "Special Rapporteur on contemporary forms of slavery", "Special Adviser on the Prevention of Genocide".
_HOLDERS = sought(
    r"\b(?P<title>(?:Special Rapporteur|Independent Expert|Special Adviser|Special Advisor|High Representative|"
    r"Special Representative of the Secretary-General|Special Envoy|Special Advocate|Victims[’'] Rights Advocate) on "
    rf"(?:the )?{_MANDATE}"
    rf"|Special Advis[eo]r (?:to|of) the Secretary-General(?: on (?:the )?{_MANDATE})?)(?![\w’'])"
)
_SECRETARY = sought(r"(?<!Executive )(?<!General )\b(?P<title>(?:Deputy )?Secretary) (?:of|to|for) (?:the )?(?=[A-Z])")
_SERVED = ("board", "committee", "subcommittee", "commission", "council", "group", "panel", "conference", "tribunal")
_TO_THE_TOP = sought(
    r"\b(?:report(?:s|ed|ing)?|accountable|answerable|responsible) (?:directly )?to the "
    r"(?P<title>(?:Deputy )?Secretary-General)(?![\w’'])"
)
# Words before the head of a title in small letters: "military community liaison | officers".
_NUMBERS = "two three four five six seven eight nine ten"
_NONE = any_of(
    "the an? and or of by to in on at with for from all both each its their other these those such as are is was were "
    "had has have that which who also several most some many respective relevant reporting supervisory senior staff "
    + _NUMBERS
)
_SMALL = rf"(?:(?!{_NONE}\b)[a-z][a-z-]+ )"
_ENDS = any_of("officer adviser advisor coordinator assistant engineer specialist supervisor analyst")
_BEFORE = any_case(f"the a an by of with and to for all both each {_NUMBERS}")
_CAPITAL = r"(?:(?!The|An?|All|Both|Each|These|Those|Two|Three|Four|Five|Six|Senior)[A-Z][a-z]+ )?"
_REPORTING = sought(
    rf"(?:^|(?<=[.;:,(] )|\b(?:{_BEFORE}|\d+) )(?P<title>{_CAPITAL}{_SMALL}{{1,3}}{_ENDS})s?"
    r"(?=(?:,? (?:who|which))? report(?:s|ed|ing)? (?:directly |administratively |functionally )?to )"
)


def holders(text: str) -> Iterator[Title]:
    """Yield holders of a mandate: "Special Rapporteur on the rights of coastal people"."""
    for match in _HOLDERS.finditer(text):
        yield Title(*match.span("title"), title_key(match["title"]))


def secretaries(text: str, refs: Sequence[Reference]) -> Iterator[Title]:
    """Yield the secretaries of boards and committees: "Secretary of the Pension Board"."""
    for match in _SECRETARY.finditer(text):
        served = next((r for r in refs if r.named and r.start == match.end()), None)
        if served is not None and any(word in served.key.split() for word in _SERVED):
            yield Title(match.start(), served.end, f"secretary @ {served.key}", served.key, (match.start(), served.end))


def above_all(text: str) -> Iterator[Title]:
    """Yield the Secretary-General where somebody reports to him or her."""
    for match in _TO_THE_TOP.finditer(text):
        yield Title(*match.span("title"), title_key(match["title"]))


def reporting(text: str) -> Iterator[Title]:
    """Yield titles in small letters where whom they report to is told: "the community liaison officers report to"."""
    for match in _REPORTING.finditer(text):
        start, end = match.span("title")
        yield Title(start, end, title_key(match["title"]), "", (start, match.end()))
