"""Which organisations are part of which, as lists and the structure of sentences tell it: "Y comprises A, B and C"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditgraph.loaders.extract.hierarchy import Child, Reference, outer, sentence_bounds
from auditgraph.loaders.sought import sought

__all__ = ["parts"]

_THE = r"(?:the |its )?"
_ARE_PARTS = re.compile(
    rf",? ?(?:(?:are|were) (?:all |both )?(?:part of|under|within|located in)"
    r"|(?:all |both )?(?:fall|fell|come|came) under|belong(?:ed)? to|form(?:ed)? part of"
    rf"|, (?:both|all) (?:of|in|within)) {_THE}"
)
_LATTER = sought(
    r"\b(?:(?:are|were) (?:all |both )?(?:part of|under|within)|(?:falls?|fell|comes?|came) under) "
    r"the (?P<which>latter|former)\b"
)
_OWNS = sought(r"\b(?:has|had|maintains?|maintained|operates?|operated|opened)\b")
_NEAR = 40  # characters before a name in which its article stands
_A = re.compile(r"\b(?:an?|its|one|the|main|and) $")
# "the A Section, | headed by a Chief at the P-5 level, | and the B Section"
_ROLE = re.compile(r"^,? (?:which is |each |both )?(?:headed|led|managed) by [^,;.:]{1,80},")
# "the A Service of | the B Division at | Y comprises"
_OF = re.compile(r"(?: pillar)?,? (?:of|at|in|within|under) (?:the |its )?")
_OF_POST = re.compile(r"\b(?:Chief|Director|Head|Officer|Representative|Manager|Coordinator)\b")
# "comprises three units (A, B and C) | and the D Section"
_LISTED = re.compile(r"\([^()]*\)")
# "In Y, the Force Headquarters, | the A Unit and | the B Unit"
_NEXT = re.compile(
    r"(?: pillar)?,?(?: the (?:Force|Police) Headquarters,)? (?:and )?(?:the |an? )?(?:(?:new|separate|dedicated) )?"
)
_MEETINGS = frozenset("committee board group force team panel council".split())
_OF_MEMBERS = (" committee", " board", " group")
# "; the last-mentioned falls under the X"
_LAST = sought(
    r"\bthe (?:latter|last-mentioned) (?:falls under|reports to|is (?:part of|located in|embedded in)|sits in)"
    r" (?:the )?"
)
_COMPOSED = sought(
    r"\b(?:has|had|comprises?|comprised|includes?|included) (?:\d+|two|three|four|five|six|seven|eight) (?:[a-z]+ )?"
    r"(?:[Ss]ections|[Uu]nits|[Dd]ivisions|[Bb]ranches|[Ss]ervices|[Oo]ffices|[Tt]eams|[Cc]ells)"
    r"(?: in [A-Z]\w+(?: [A-Z]\w+)?)?[,:](?= the [A-Z])|"
    r"\b(?:comprises?|comprised|consists? of|consisted of|(?:is|was) (?:composed of|made up of|comprised of|"
    r"organi[sz]ed (?:into|around|in)|structured (?:into|around|in)|divided into|subdivided into)"
    r"|(?:has|had|includes|included)(?= an? [A-Z])|supervises|supervised(?! by))\b"
    r"|(?<=, )(?:composed of|made up of|consisting of|comprising)\b"
    r"|\bincludes?\b(?= the (?:[A-Z][\w-]+ (?:(?:and|of|for) )?){1,7}"
    r"(?:Division|Section|Unit|Service|Branch|Office)(?: \([A-Z]+\))?(?:,|;| and))"
)


def parts(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the parts that lists of references tell: "Y comprises", "Within Y,", "A and B are part of Y"."""
    refs = outer(refs)
    yield from _composed(text, refs)
    yield from _within(text, refs)
    yield from _together(text, refs)
    yield from _of_latter(text, refs)
    yield from _located(text, refs)


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
        if re.fullmatch(r"(?:Within|In|At|Under) (?:the )?", text[start : ref.start]) is None:
            continue
        at, owned = ref.until, True
        for after in refs[index + 1 :]:
            if owned and re.fullmatch(r" of (?:the )?", text[at : after.start]):
                at = after.until  # "Within the Office of Tides (OT) of DT, the Fuel Division"
                continue
            owned = False
            if not after.unit or not _NEXT.fullmatch(text, at, after.start):
                break
            yield Child(after.key, ref.key, ref.start, after.until, 1)
            at = after.until


def _composed(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the parts in "Y comprises the A Section, the B Section and the C Unit"."""
    for verb in _COMPOSED.finditer(text):
        start, end = sentence_bounds(text, verb.start())
        before = [r for r in refs if start <= r.start and r.until <= verb.start()]
        after = [r for r in refs if verb.end() <= r.start and r.until <= end and r.unit and r.named]
        if not before:
            continue
        whole = _whose(text, before)
        at = verb.end()
        for ref in after:
            gap = _LISTED.sub("", _ROLE.sub("", text[at : ref.start]))
            if re.search(r"\b(?:from|representatives?|members?|of|chaired|by|in|staff|posts)\b", gap) or len(gap) > 60:
                break
            meets = whole.key.split()[-1] in _MEETINGS
            if meets and (verb.group().startswith(("include", "supervise")) or whole.key.endswith(_OF_MEMBERS)):
                break  # its members, no parts
            if verb.group().startswith("supervise") and _OF_POST.search(text[start : whole.start]):
                break  # "the Chief of the A Section supervises"
            if ref.key != whole.key:
                yield Child(ref.key, whole.key, whole.start, ref.until, 1)
            at = ref.until


def _whose(text: str, refs: Sequence[Reference]) -> Reference:
    """Return what comprises its parts: the A Service of "The A Service of the B Division at Y comprises"."""
    at = len(refs) - 1
    while at and _OF.fullmatch(text, refs[at - 1].until, refs[at].start) and refs[at - 1].unit:
        at -= 1
    return refs[at]
