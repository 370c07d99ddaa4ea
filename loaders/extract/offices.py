"""Offices that are told by their places: "five regional offices in A, B and C", "a country office in Beirut"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditgraph.loaders.extract.hierarchy import Child, Reference, sentence_bounds
from auditgraph.loaders.extract.lists import NUMBER, cut, split, subject
from auditgraph.loaders.extract.wording import any_case
from auditgraph.loaders.sought import sought

__all__ = ["branches", "owned", "placed", "seated"]

_OF_OFFICE = any_case(
    "regional sub-?regional branch field sub-? liaison area sector state county provincial country programme national "
    "satellite zonal"
)
# "sub-offices in A and B, | and field offices in C": another list begins.
_NEXT = rf"(?:,|,? and|,? as well as) (?:(?:an?|{NUMBER}) )?{_OF_OFFICE}[ -]?(?:[Oo]ffices?|[Cc]entres|[Hh]ubs)\b"
_OFFICES = sought(
    rf"\b(?:(?P<number>{NUMBER}) )?(?P<kind>{_OF_OFFICE}[ -]?(?:[Oo]ffices|[Cc]entres|[Hh]ubs))"
    rf"(?:(?: located| based)? (?:in|at) (?P<places>[A-ZÀ-Þ](?:\bD\.C\.|(?!{_NEXT})[^.;:()]|\([^()]*\))*)"
    r"| \((?P<bracket>[A-ZÀ-Þ][^.;:()]*)\))"
)
# "had a country office in Beirut": one that somebody has.
_PLACE = r"[A-ZÀ-Þ][\w’'-]+(?:(?: (?:de|del|es|la))? [A-ZÀ-Þ][\w’'-]+){0,2}(?:, D\.C\.)?"
_ONE = sought(
    rf"\b(?:an?|its|one) (?P<kind>(?:{_OF_OFFICE}|[Oo]ut-?posted)[ -]?[Oo]ffice)(?: located| based)? (?:in|at) "
    rf"(?P<place>{_PLACE})"
)
# "It has branches in Arusha and The Hague": what a known body has, no bank's
_BRANCHES = sought(r"\b(?:has|had|with) branches in (?P<places>[A-ZÀ-Þ][^.;:()]*)")
_HAS = re.compile(
    r"\b(?:has|had|having|with|maintain(?:s|ed)|operate[sd](?! (?:from|in|at|under)\b)|opened|established|comprise[sd]"
    r"|include[sd]|consist(?:s|ed) of)\b"
)
_THERE = re.compile(r"(?:There|It|They|These|This|Its)\b|In addition")
# "FD regional offices", "FD's six field offices", "FD, through its offices", "FD staff and the field offices"
_ADJACENT = re.compile(r"^(?:[’']s)? (?:[a-z]+ )?$|\b(?:its|their|through|including)\b")
# "the Mission's headquarters in A and from the sector offices in B"
_HEADQUARTERS = re.compile(
    r"(?:[’']s)? headquarters in [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?,? and (?:(?:in|from|at) )?the "
)
_ENDED = re.compile(
    rf"{_PLACE}(?= (?:ha[ds]|have|was|were|are|is|did|do|does|could|would|should|will|during|since|in addition)\b)"
)
# "the United Nations Offices at Geneva (UNOG), Vienna (UNOV) and Nairobi (UNON)"
_DUTY_STATIONS = sought(r"\bUnited Nations (?P<kind>Offices at) (?P<places>[A-ZÀ-Þ][^.;:]*)")


def placed(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the offices in "five regional offices in A, B and C", each by its kind and place."""
    for match in _OFFICES.finditer(text):
        parent = subject(text, refs, match.start())
        if parent is None and match["bracket"]:
            continue  # "three of the subregional offices (A, B and C)"
        nearest = next((r for r in reversed(refs) if r.until <= match.start()), None)
        if nearest is not None and _HEADQUARTERS.fullmatch(text, nearest.until, match.start()):
            parent = nearest
        elif parent is not None and not _theirs(text, parent, match.start()):
            parent = None
        parent = parent or Reference(match.start(), match.start(), match.start(), "")
        kind = match["kind"].removesuffix("s")
        first, last = match.span("places" if match["places"] else "bracket")
        for start, end in split(text, first, cut(text, first, last), False):
            end += text.startswith("D.C.", end - 3)  # the stop is the place's
            if (ended := _ENDED.match(text, start, end)) is not None:
                end = ended.end()  # "in A, B and C had no staff"
            name = text[start:end]
            if re.fullmatch(_PLACE, name):
                yield Child(
                    "",
                    parent.key,
                    min(parent.start, match.start()),
                    end,
                    0,
                    f"{kind} in {name}",
                    (match.start("kind"), end),
                )


def _theirs(text: str, body: Reference, at: int) -> bool:
    """Tell whether offices named at `at` are a body's that is named before: "FD has offices", "the FD offices"."""
    start, _ = sentence_bounds(text, at)
    if body.start < start:
        return _THERE.match(text, start) is not None
    between = text[body.until : at]
    return _HAS.search(between) is not None or _ADJACENT.search(between) is not None


def owned(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the offices in "Y had a country office in A and a sub-office in B"."""
    for match in _ONE.finditer(text):
        begin, _ = sentence_bounds(text, match.start())
        verb = _HAS.search(text, begin, match.start())
        if verb is None:
            continue
        owner = subject(text, refs, verb.start())
        name = f"{match['kind']} in {match['place']}"
        start = min(owner.start, match.start()) if owner else match.start()
        yield Child("", owner.key if owner else "", start, match.end(), 0, name, (match.start("kind"), match.end()))


def branches(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the branches in "ICTY has branches in A and B"."""
    for match in _BRANCHES.finditer(text):
        owner = subject(text, refs, match.start())
        if owner is None or not owner.key.startswith("="):
            continue
        for start, end in split(text, match.start("places"), cut(text, *match.span("places")), False):
            place = re.match(_PLACE, text[start:end])
            if place is not None and place.end() == end - start:
                yield Child("", owner.key, owner.start, end, 0, f"branch in {place.group()}", (match.start(), end))


def seated(text: str) -> Iterator[Child]:
    """Yield the bodies in "the United Nations Offices at Geneva (UNOG), Vienna (UNOV) and Nairobi (UNON)"."""
    for match in _DUTY_STATIONS.finditer(text):
        for start, end in split(text, match.start("places"), cut(text, *match.span("places")), False):
            if re.fullmatch(r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?", text[start:end]):
                name = f"United Nations Office at {text[start:end]}"
                yield Child("", "", match.start(), end, 0, name, (match.start(), end))
