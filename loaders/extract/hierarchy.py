"""Which organisation is part of which, as sentences say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from auditgraph.loaders.extract.lexicon import POST_WORDS
from auditgraph.loaders.extract.wording import any_of
from auditgraph.loaders.sought import sought

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
    r"(?:forms? |formed |forming )?(?:an? )?(?:integral )?"
    rf"{any_of('part unit component section division branch service office arm')} of "
)
_SITS = any_of("located placed established housed positioned embedded based falls fell functions operates sits")
# What stands between a part and the whole: "X of Y", "X within the Y", "X, which is part of Y", "X reports to Y".
_BETWEEN = re.compile(
    rf"(?:,? (?:of|within|under|in|at) {_THE}"
    rf"|,? (?:which |that )?(?:is|was|are|were|,)? ?{_PART}{_THE}"
    rf"|,? (?:which |that )?(?:is |was |are )?{_SITS} (?:within|under|in) {_THE}"
    rf"|,? (?:and )?(?:which |that )?(?:also )?report(?:s|ed|ing)(?: directly| administratively)? to {_THE})"
)
_ARE_PARTS = re.compile(
    rf",? (?:(?:are|were) (?:all |both )?(?:part of|under|within|located in)"
    rf"|(?:all |both )?(?:fall|fell|come|came) under|form(?:ed)? part of) {_THE}"
)
_LATTER = sought(
    r"\b(?:(?:are|were) (?:all |both )?(?:part of|under|within)|(?:falls?|fell|comes?|came) under) "
    r"the (?P<which>latter|former)\b"
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
_ESTABLISHED = re.compile(r",? (?:has |had )?(?:also )?(?:established|created|set up) (?:an? |the )?(?:new )?")
_OWNS = sought(r"\b(?:has|had|maintains?|maintained|operates?|operated|opened)\b")
_A = re.compile(r"\b(?:an?|its|one|the|main|and) $")
_ITS = re.compile(r"\b(?:through |by |and |including |via )its $")
_NEAR = 40  # characters before a name in which words stand that belong to it
# "the A Section, | headed by a Chief at the P-5 level, | and the B Section"
_ROLE = re.compile(r"^,? (?:which is |each |both )?(?:headed|led|managed) by [^,;.:]{1,80},")
_MEETINGS = frozenset("committee board group force team panel council".split())
# "; the last-mentioned falls under the X"
_LAST = sought(
    r"\bthe (?:latter|last-mentioned) (?:falls under|reports to|is (?:part of|located in|embedded in)|sits in)"
    r" (?:the )?"
)
_TOLD = re.compile(r"(?: also| further)? (?:informed|told|advised|assured|notified|asked|requested|reminded) (?:the )?")
_COMPOSED = sought(
    r"\b(?:has|had|comprises?|comprised|includes?|included) (?:\d+|two|three|four|five|six|seven|eight) (?:[a-z]+ )?"
    r"(?:[Ss]ections|[Uu]nits|[Dd]ivisions|[Bb]ranches|[Ss]ervices|[Oo]ffices|[Tt]eams|[Cc]ells)[,:](?= the [A-Z])|"
    r"\b(?:comprises?|comprised|consists? of|consisted of|(?:is|was) (?:composed of|made up of|comprised of|"
    r"organi[sz]ed (?:into|around|in)|structured (?:into|around|in)|divided into|subdivided into)"
    r"|(?:has|had|includes|included)(?= an? [A-Z]))\b"
    r"|\bincludes?\b(?= the (?:[A-Z][\w-]+ (?:(?:and|of|for) )?){1,7}"
    r"(?:Division|Section|Unit|Service|Branch|Office)(?: \([A-Z]+\))?(?:,|;| and))"
)


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
    for index, ref in enumerate(refs[:-1]):
        after = refs[index + 1]
        if ref.key == after.key:
            continue
        gap = text[ref.until : after.start]
        if ref.start in wholes and _AND_REPORTS.fullmatch(gap):
            part = wholes[ref.start]
            yield Child(part.key, after.key, part.start, after.until, 5)
            continue
        if chained and gap in {" ", ", ", ". "} and ref.unit:
            yield Child(ref.key, after.key, ref.start, after.until, 1)
        elif gap == ", " and ref.unit and ref.named and after.top and _last_of_two(text, ref, after):
            yield Child(ref.key, after.key, ref.start, after.until, 2)
        elif _BETWEEN.fullmatch(gap) and ref.unit and not (not ref.named and gap.startswith((" of", " in"))):
            wholes[after.start] = ref
            yield Child(ref.key, after.key, ref.start, after.until, 0)
        elif after.top and _IN_DEPARTMENT.fullmatch(gap) and text.startswith("Department", after.start):
            yield Child(ref.key, after.key, ref.start, after.until, 0)
        elif gap in {"'s ", "’s "} and after.unit:
            yield Child(after.key, ref.key, ref.start, after.until, 0)
        elif _REPORTING.fullmatch(gap) and ref.unit and not _passive(text, ref.start):
            yield Child(ref.key, after.key, ref.start, after.until, 2)
        elif _ESTABLISHED.fullmatch(gap) and after.unit and after.named:
            yield Child(after.key, ref.key, ref.start, after.until, 4)
        if _ITS.search(text, max(0, after.start - _NEAR), after.start) and after.unit:
            owner = _teller(text, refs[: index + 1])
            yield Child(after.key, owner.key, owner.start, after.until, 3)
    yield from _composed(text, refs)
    yield from _within(text, refs)
    yield from _together(text, refs)
    yield from _of_latter(text, refs)
    yield from _located(text, refs)


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


def _located(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the offices in "Y had its Branch Office in A, a Sub-Office in B"."""
    for verb in _OWNS.finditer(text):
        start, end = sentence_bounds(text, verb.start())
        before = [r for r in refs if start <= r.start and r.until <= verb.start()]
        after = [r for r in refs if before and verb.end() <= r.start and r.end <= end and r.unit]
        for ref in after:
            placed = re.search(r" in [A-ZÀ-Þ]", text[ref.start : ref.end]) and _A.search(
                text, max(0, ref.start - _NEAR), ref.start
            )
            if placed and before[-1].key != ref.key:
                yield Child(ref.key, before[-1].key, before[-1].start, ref.end, 2)


def _together(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the parts in "A, B, and the C Section are part of Y"."""
    for index, (last, whole) in enumerate(pairwise(refs)):
        if not _ARE_PARTS.fullmatch(text, last.until, whole.start):
            continue
        at = index
        while at and re.fullmatch(r",?(?: and)?(?: the)? ", text[refs[at - 1].until : refs[at].start]):
            at -= 1
        for ref in refs[at : index + 1]:
            if ref.unit and ref.key != whole.key:
                yield Child(ref.key, whole.key, ref.start, whole.until, 0)


def _of_latter(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the parts in "A, B and the C Section fall under the latter": the last body named in the sentence before."""
    for match in _LAST.finditer(text):
        part = next((r for r in reversed(refs) if r.until <= match.start()), None)
        of = next((r for r in refs if r.start == match.end()), None)
        if part is not None and of is not None and part.unit and part.key != of.key:
            yield Child(part.key, of.key, part.start, of.until, 0)
    for match in _LATTER.finditer(text):
        start, _ = sentence_bounds(text, match.start())
        before, _ = sentence_bounds(text, max(0, start - 2))
        named = [r for r in refs if before <= r.start < start]
        if start and len(named) > 1:
            whole = named[-1] if match["which"] == "latter" else named[-2]
            for ref in refs:
                if start <= ref.start < match.start() and ref.unit and ref.key != whole.key:
                    yield Child(ref.key, whole.key, whole.start, match.end(), 1)


def _within(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the parts in "Within Y, the A Unit and the B Unit are headed by ..."."""
    for index, ref in enumerate(refs):
        start, _ = sentence_bounds(text, ref.start)
        if re.fullmatch(r"(?:Within|In|Under) (?:the )?", text[start : ref.start]) is None:
            continue
        at = ref.until
        for after in refs[index + 1 :]:
            if not after.unit or not re.fullmatch(
                r"(?: pillar)?,? (?:and )?(?:the |an? )?(?:(?:new|separate|dedicated) )?", text[at : after.start]
            ):
                break
            yield Child(after.key, ref.key, ref.start, after.until, 1)
            at = after.until


def _last_of_two(text: str, part: Reference, whole: Reference) -> bool:
    """Tell whether two names with a comma between are no list: "guidance of the X Office, Department of Y"."""
    listed = re.search(r"(?:,|\band)(?: the)? $", text[: part.start])
    return (
        not listed
        and re.match(r"[.;)]|$|,? (?:to|for|in|on|was|is|has|had|should|which|that)\b", text[whole.until :]) is not None
    )


def _passive(text: str, at: int) -> bool:
    start, _ = sentence_bounds(text, at)
    return any(word in POST_WORDS for word in re.findall(r"[\w-]+", text[start:at]))


def _composed(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the parts in "Y comprises the A Section, the B Section and the C Unit"."""
    for verb in _COMPOSED.finditer(text):
        start, end = sentence_bounds(text, verb.start())
        before = [r for r in refs if start <= r.start and r.until <= verb.start()]
        after = [r for r in refs if verb.end() <= r.start and r.until <= end and r.unit and r.named]
        if not before:
            continue
        at = verb.end()
        for ref in after:
            gap = _ROLE.sub("", text[at : ref.start])
            if re.search(r"\b(?:from|representatives?|members?|of|chaired|by|in|staff|posts)\b", gap) or len(gap) > 60:
                break
            if verb.group().startswith("include") and before[-1].key.split()[-1] in _MEETINGS:
                break  # its members, no parts
            if ref.key != before[-1].key:
                yield Child(ref.key, before[-1].key, before[-1].start, ref.until, 1)
            at = ref.until
