"""Counts of one thing that can't both be right: digits that changed places, and the posts of one unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.loaders.extract.counted import counted
from auditgraph.loaders.extract.numbers import COUNT, count
from auditgraph.loaders.extract.ratios import ratios
from auditgraph.loaders.extract.reading import Run, numbered, runs, sentences
from auditgraph.loaders.sought import sought
from auditgraph.model import Discrepancy, Passage, ProseKind, Said, Skeleton

__all__ = ["other_posts", "swapped_digits"]

_SMALLEST = 100  # of two digits nearly all are each other's turned round
_THING = re.compile(r"\s+(?:[a-z][\w’'-]*\s+){0,2}?(?P<head>[a-z][\w’'-]*s)(?=\s*[,.;:()]|\s+[a-z]|$)")
_YEAR = re.compile(r"(?:19|20)\d\d")
# What tells that the number is of a part, so that another number is no contradiction.
_OF_A_PART = re.compile(r"\b(?:samples?|sampled|selected|reviewed|tested|wrote\s+off|written\s+off|sold|disposed)\b")
_ITS_YEAR = re.compile(r"\b(?:19|20)\d\d(?:/\d\d)?\b")


def swapped_digits(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield where two places, the summary among them, count one thing with the same digits in another order."""
    parts = {(ratio.run.place, ratio.count) for ratio in ratios(skeleton)}
    found: dict[tuple[str, str], list[tuple[int, str, tuple[Passage, ...]]]] = {}
    for run in _told(skeleton):
        value = run.text.value
        for sentence in sentences(run):
            if _OF_A_PART.search(value, sentence.start, sentence.end):
                continue
            for part in counted(sentence):
                thing = _THING.match(value, part[1], sentence.end)
                number = count(value[slice(*part)])
                if thing is None or number is None or number < _SMALLEST or (run.place, part) in parts:
                    continue
                if not _YEAR.fullmatch(value[slice(*part)]):
                    key = thing["head"], "".join(sorted(str(number)))
                    said = number, run.place, run.passages(skeleton, part[0], thing.end())
                    found.setdefault(key, []).append(said)
    for (head, _), several in found.items():
        first = several[0]
        other = next((one for one in several if one[0] != first[0] and one[1] != first[1]), None)
        if len({number for number, _, _ in several}) == 2 and other is not None:
            yield Discrepancy("count", f"count of {head}", Said(str(first[0]), first[2]), Said(str(other[0]), other[2]))


def _told(skeleton: Skeleton) -> Iterator[Run]:
    kinds = {ProseKind.PARAGRAPH, ProseKind.ITEM}
    return (run for run in runs(skeleton)
            if run.kind in kinds and (run.place[:1].isdigit() or run.place == "executive summary"))  # fmt: skip


# --- the posts of a unit --------------------------------------------------------------------------------

_WORD = r"(?:Unit|Section|Division|Service|Branch|Office|Team|Centre|Cell)"
_UNIT = rf"(?P<unit>(?:[A-Z][\w’'&-]*\s+(?:(?:and|of|for)\s+)?){{0,5}}{_WORD})"
_N = rf"(?P<n>{COUNT})"
_POSTS = r"\s+(?:authorized\s+|authorised\s+|approved\s+|established\s+|budgeted\s+){0,2}(?:posts|positions)\b"
# "The Unit had 16 authorized posts comprising"
_HAS = sought(
    rf"\b{_UNIT}\s+(?:\([^()]{{1,20}}\)\s+)?(?:had|has|comprised|comprises|consisted\s+of|consists\s+of)\s+"
    rf"(?:a\s+total\s+of\s+)?{_N}{_POSTS}"
)
# "in the COE Unit, where five of its 14 posts were vacant"
_OF_ITS = sought(rf"\b{_UNIT}[^.;]{{0,60}}?\bof\s+(?:its|the)\s+{_N}{_POSTS}")
_FULL_NAME = re.compile(_UNIT)


def other_posts(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield where two paragraphs give one unit different numbers of posts, no year being told that parts them."""
    found: dict[str, tuple[int, str, tuple[Passage, ...]]] = {}
    for run in numbered(skeleton):
        value = run.text.value
        for sentence in sentences(run):
            if _ITS_YEAR.search(value, sentence.start, sentence.end):
                continue
            for pattern in (_HAS, _OF_ITS):
                for match in pattern.finditer(value, sentence.start, sentence.end):
                    unit, number = _unit(value, match), count(match["n"])
                    if unit is None or number is None:
                        continue
                    said = number, run.place, run.passages(skeleton, *match.span())
                    first = found.setdefault(unit, said)
                    if first[0] != number and first[1] != run.place:
                        about = f"posts of {unit}"
                        yield Discrepancy("count", about, Said(str(first[0]), first[2]), Said(str(number), said[2]))


def _unit(value: str, match: re.Match[str]) -> str | None:
    """Return the name of the unit; "the Unit" is the one of that kind named first in its paragraph."""
    name = re.sub(r"^(?:The|Each|This|Its)\s+", "", match["unit"])
    if " " in name:
        return name
    named = (re.sub(r"^The\s+", "", other["unit"]) for other in _FULL_NAME.finditer(value, 0, match.start()))
    return next((other for other in named if " " in other and other.endswith(f" {name}")), None)
