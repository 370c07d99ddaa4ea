"""Which organisation is part of which, as sentences say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditgraph.loaders.extract.lexicon import POST_WORDS
from auditgraph.loaders.extract.wording import any_of

__all__ = ["Child", "Reference", "children", "outer", "sentence_bounds"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Words at `start:end` that refer to the organisation `key`; `until` includes a bracket behind them.

    `named` is false for "the Division", which refers without naming; `unit` tells that it may be part of another,
    `top` that it is a department, a mission or the like, which has parts.
    """

    start: int
    end: int
    until: int
    key: str
    named: bool = True
    unit: bool = True
    top: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    """Words at `start:end` that say that `child` is part of `parent`; the lower the `rank`, the plainer.

    `name` is the name of a child that only a list names ("six Units, namely, Planning, ..."), else empty.
    """

    child: str
    parent: str
    start: int
    end: int
    rank: int
    name: str = ""
    name_span: tuple[int, int] = (0, 0)


_THE = r"(?:the |its )?"
_PART = (
    r"(?:forms? |formed |forming )?(?:an? )?(?:(?:integral|regional|field|separate) )?"
    rf"{any_of('part unit component section division branch service office arm')} of "
)
_SITS = any_of("located placed established housed positioned embedded based falls fell functions operates sits")
# What stands between a part and the whole: "X of Y", "X within the Y", "X, which is part of Y", "X reports to Y".
_BETWEEN = re.compile(
    rf"(?:(?: pillar)?,? (?:of|within|under|in|at) {_THE}"
    rf"|,? (?:which |that )?(?:is|was|are|were|,)? ?{_PART}{_THE}"
    rf"|,? (?:which |that )?(?:is|was) (?:under|within) {_THE}"
    rf"|,? (?:which |that )?(?:is |was |are )?{_SITS} (?:within|under|in) {_THE}"
    rf"|,? (?:and )?(?:which |that )?(?:also )?report(?:s|ed|ing)(?: directly| administratively)? to {_THE})"
)
# "The Boat Centre | in Orsk | is part of the"
_PLACED = re.compile(
    r"^ in [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?(?:, [A-ZÀ-Þ][\w’'-]+)?"
    r"(?=,? (?:which|that|is|was|reports|reported|falls|forms)\b)"
)
# "OICT, in the Department of Management,": where even an office of its own sits.
_IN_DEPARTMENT = re.compile(r",? (?:which )?(?:is |was )?(?:located |placed )?(?:a part of|part of|within|in) the ")
_AND_REPORTS = re.compile(
    rf",? and (?:which |that )?(?:also )?report(?:s|ed|ing)(?: directly| administratively)? to {_THE}"
)
# "X and its regional groups were coordination mechanisms reporting to the Y".
_REPORTING = re.compile(
    r"(?:(?!who\b|headed|whose|\bby\b|Chief|Director|Head\b|Officer|\. ).){0,90}?"
    r"\breport(?:s|ed|ing)(?: directly)? to (?:the )?"
)
_ESTABLISHED = re.compile(
    r",? (?:has |had )?(?:also )?(?:should establish|established|created|set up) (?:an? |the )?(?:new )?"
)
_ITS = re.compile(r"\b(?:through |by |and |including |via )its $")
# "UNMIZ stated that its Fuel Section"
_STATED = re.compile(
    r" (?:also |further )?(?:stated|explained|indicated|acknowledged|confirmed|added|replied|responded|commented)"
    r" that its "
)
_FIRST = re.compile(r"(?:^|\. |\n)(?:The )?$")
_AND_ITS = re.compile(r"(?: in [A-Z][\w-]+(?: [A-Z][\w-]+)?)?,? (?:and |as well as )?its ")
# "UNMIZ's A Division | and | B Division", "established a Tide Team | and a | Reef Unit"
_AND_ALSO = re.compile(r",? and |, ")
_AND_A = re.compile(r",? and an? |, an? ")
_AND = re.compile(r", |,? and ")  # "through its A, B and C"
_SIZES = {"cell": 1, "unit": 1, "section": 2, "service": 3, "branch": 3, "division": 4, "department": 5}
_NEAR = 40  # characters before a name in which words stand that belong to it
_TOLD = re.compile(r"(?: also| further)? (?:informed|told|advised|assured|notified|asked|requested|reminded) (?:the )?")


def sentence_bounds(text: str, at: int) -> tuple[int, int]:
    """Return the beginning and end of the sentence around a character (full stops only, no semicolons)."""
    start, end = 0, len(text)
    for stop in _stops(text):
        if stop + 2 <= at:
            start = stop + 2
        else:
            end = stop
            break
    return start, end


@lru_cache(maxsize=256)
def _stops(text: str) -> tuple[int, ...]:
    """Return where the full stops stand that end a sentence."""
    return tuple(stop.start() for stop in re.finditer(r"\. (?=[A-Z(])(?<=[a-z0-9A-Z)\]’'\"%]\. )", text))


def children(text: str, refs: Sequence[Reference], chained: bool = False) -> Iterator[Child]:
    """Yield what the wording between references says; `chained` where a line break or comma means "of" (letters)."""
    refs = outer(refs)
    wholes: dict[int, Reference] = {}  # by where a whole stands, its part
    whose: dict[int, Reference] = {}  # by where a part stands behind a possessive, whose
    founders: dict[int, Reference] = {}  # by where a part stands that is told to be set up, who did
    owners: dict[int, Reference] = {}  # by where a part stands that is told as "its", whose
    for index, ref in enumerate(refs[:-1]):
        after = refs[index + 1]
        if ref.key == after.key:
            continue
        gap = _PLACED.sub("", text[ref.until : after.start])
        if ref.start in wholes and _AND_REPORTS.fullmatch(gap):
            part = wholes[ref.start]
            yield Child(part.key, after.key, part.start, after.until, 5)
            continue
        if chained and gap in {" ", ", ", ". "} and ref.unit:
            yield Child(ref.key, after.key, ref.start, after.until, 1)
        elif gap == ", " and ref.unit and ref.named and _set_off(text, ref, after):
            yield Child(ref.key, after.key, ref.start, after.until, 2)
        elif _BETWEEN.fullmatch(gap) and ref.unit and not (not ref.named and gap.startswith((" of", " in"))):
            wholes[after.start] = ref
            yield Child(ref.key, after.key, ref.start, after.until, 0)
        elif after.top and _IN_DEPARTMENT.fullmatch(gap) and text.startswith("Department", after.start):
            yield Child(ref.key, after.key, ref.start, after.until, 0)
        elif gap in {"'s ", "’s ", "' ", "’ "} and after.unit:
            whose[after.start] = ref
            yield Child(after.key, ref.key, ref.start, after.until, 0)
        elif gap.startswith(")") and ref.unit and _called(text, ref) and _BETWEEN.fullmatch(gap, 1):
            yield Child(ref.key, after.key, ref.start, after.until, 0)
        elif _REPORTING.fullmatch(gap) and ref.unit and not _passive(text, ref.start):
            yield Child(ref.key, after.key, ref.start, after.until, 2)
        elif _AND.fullmatch(gap) and ref.start in owners and after.unit and after.named and not after.top:
            owners[after.start] = owners[ref.start]
            yield Child(after.key, owners[ref.start].key, owners[ref.start].start, after.until, 3)
        elif ref.start in whose and after.unit and after.named and not after.top and _AND_ALSO.fullmatch(gap):
            whose[after.start] = whose[ref.start]
            yield Child(after.key, whose[ref.start].key, whose[ref.start].start, after.until, 1)
        elif _ESTABLISHED.fullmatch(gap) and after.unit and after.named:
            founders[after.start] = ref
            yield Child(after.key, ref.key, ref.start, after.until, 4)
        elif ref.start in founders and after.unit and after.named and _AND_A.fullmatch(gap):
            founders[after.start] = founders[ref.start]
            yield Child(after.key, founders[ref.start].key, founders[ref.start].start, after.until, 4)
        if _STATED.fullmatch(gap) and after.unit and after.named and _FIRST.search(text, 0, ref.start):
            owners[after.start] = ref
            yield Child(after.key, ref.key, ref.start, after.until, 3)
        its = _ITS.search(text, max(0, after.start - _NEAR), after.start)
        if after.unit and (its or (ref.start in owners and _AND_ITS.fullmatch(gap))):
            owner = owners.get(ref.start) if _AND_ITS.fullmatch(gap) else None
            owner = owner or _teller(text, refs[: index + 1])
            owners[after.start] = owner
            yield Child(after.key, owner.key, owner.start, after.until, 3)


def outer(refs: Sequence[Reference]) -> list[Reference]:
    """Leave out what stands in the bracket behind a name: its own acronym."""
    kept: list[Reference] = []
    for ref in refs:
        if not kept or ref.start >= kept[-1].until:
            kept.append(ref)
    return kept


def _teller(text: str, refs: Sequence[Reference]) -> Reference:
    """Return whose something is: the last named, but "DOS informed OIOS that its X" speaks of DOS."""
    told = len(refs) > 1 and _TOLD.fullmatch(text, refs[-2].until, refs[-1].start)
    return refs[-2] if told else refs[-1]


def _last_of_two(text: str, part: Reference, whole: Reference) -> bool:
    """Tell whether two names with a comma between are no list: "guidance of the X Office, Department of Y"."""
    listed = re.search(r"(?:,|\band)(?: the)? $", text[: part.start])
    return (
        not listed
        and re.match(r"[.;)]|$|,? (?:to|for|in|on|was|is|has|had|should|which|that|[a-z]+ed)\b", text[whole.until :])
        is not None
    )


def _called(text: str, ref: Reference) -> bool:
    """Tell whether a name is given to what stands before it: "a Secretariat (the Tide Secretariat), which is"."""
    return text.endswith(("(the ", "(the “", '(the "', "(“the "), 0, ref.start)


def _set_off(text: str, part: Reference, whole: Reference) -> bool:
    """Tell whether a comma stands for "of" between two names."""
    return (whole.top and _last_of_two(text, part, whole)) or (whole.named and _larger(text, part, whole))


def _larger(text: str, part: Reference, whole: Reference) -> bool:
    """Tell whether a larger unit is set off behind a smaller: "The Boat Unit, Fuel Section, did not"."""
    small, large = (_SIZES.get(r.key.rsplit(" ", 1)[-1], 0) for r in (part, whole))
    start, _ = sentence_bounds(text, part.start)
    return (
        0 < small < large
        and text[start : part.start] in {"", "The "}
        and re.match(r", (?:did|was|were|had|has|is|are|does|could|[a-z]+ed)\b", text[whole.until :]) is not None
    )


def _passive(text: str, at: int) -> bool:
    start, _ = sentence_bounds(text, at)
    return any(word in POST_WORDS for word in re.findall(r"[\w-]+", text[start:at]))
