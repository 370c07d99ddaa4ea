"""Counts that contradict each other: one thing counted twice with two outcomes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditgraph.loaders.extract import dates
from auditgraph.loaders.extract.counted import counted
from auditgraph.loaders.extract.dates import MONTH
from auditgraph.loaders.extract.numbers import count
from auditgraph.loaders.extract.periods import audit_period
from auditgraph.loaders.extract.ratios import ratios
from auditgraph.loaders.extract.reading import Run, Sentence, numbered, sentences
from auditgraph.loaders.extract.sums import totals
from auditgraph.model import Discrepancy, Passage, Said, Skeleton

__all__ = ["different_counts"]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number of things in a paragraph: the number, what is counted (last two words), the verb and years beside it."""

    place: str
    number: int
    thing: tuple[str, ...]
    verb: str
    evidence: tuple[Passage, ...]
    printed: str = ""
    years: frozenset[str] = frozenset()
    in_period: bool = False  # in the audit period, as its sentence says


# "recruited 183 temporary staff": the verb of the mission's doing right before the number
_VERB_BEFORE = re.compile(r"\b(?P<verb>[a-z]{3,}ed)\s+(?:a\s+total\s+of\s+)?$")
# "44 projects approved since"
_VERB_AFTER = re.compile(r"\s*(?:that\s+(?:had\s+been|were)\s+|which\s+were\s+)?(?P<verb>[a-z]{3,}ed)\b")
_THING = re.compile(
    r"\s+(?P<thing>[a-z][\w’'-]*(?:\s+[a-z][\w’'-]*){0,3}?)(?=\s*[,.;:()]|\s+(?:and|or|who|which|that|in|of|for|to|"
    r"from|with|at|by|on|as|were|was|had|have|since|during|[a-z]+ed)\b|$)"
)
# "in 2019 and 2020", "2018/19": what is counted of other years is another thing
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:/\d\d)?\b")
# "44 projects approved since July 2019", where the audit covered what was from then on: the audit period
_SINCE = re.compile(rf"\bsince\s+(?:1\s+)?(?P<date>{MONTH}\s+\d{{4}})\b")
_AUDITED = frozenset({"audit period"})
_IN_PERIOD = re.compile(
    r"\b(?:[Dd]uring|[Ii]n)\s+the\s+(?:audit\s+period|period\s+(?:under\s+audit|covered|audited))\b"
)
# What tells that another sample or time is meant: no contradiction then.
_OTHER = re.compile(
    r"\b(?:sample|sampled|selected|remaining|other|another|additional|further|new|more|first|only|average|planned|"
    r"target|at\s+least|about|approximately|over|around|some|nearly|almost|"
    r"as\s+(?:at|of)|by\s+\d|quarter|each|per|every|up\s+to|between|from\s+\d)\b",
    re.IGNORECASE,
)


def different_counts(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield where two paragraphs count the same thing and come to slightly different numbers.

    Strict on purpose: both numbers are no part of another, of ten or more, less than a tenth apart, stand beside the
    same verb or in a list of parts, and the thing counted ends in the same two words or is the one thing of that verb.
    """
    subset = {(r.run.place, r.count) for r in ratios(skeleton)}
    period = audit_period(skeleton)
    begin = period.value.start if period is not None else ""
    found: list[_Counted] = []
    for run in numbered(skeleton):
        for sentence in sentences(run):
            for part in counted(sentence):
                if (run.place, part) not in subset:
                    one = _read(skeleton, run, sentence, part, begin)
                    if one is not None:
                        found.append(one)
    reported: set[tuple[str, ...]] = set()
    yield from _different_totals(skeleton)
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            if one.place == other.place or one.thing in reported or not _contradict(one, other):
                continue
            reported.add(one.thing)
            about = f"count of {one.printed}" + (f" {one.verb}" if one.verb else "")
            yield Discrepancy(
                "count", about, Said(str(one.number), one.evidence), Said(str(other.number), other.evidence)
            )


def _contradict(one: _Counted, other: _Counted) -> bool:
    low, high = sorted((one.number, other.number))
    same_time = one.years == other.years or (one.in_period and other.in_period)
    if not same_time or low < 10 or low == high or high - low > max(2, low // 10):
        return False
    if one.thing == other.thing and len(one.thing) == 2:
        return one.verb == other.verb
    return one.thing[-1:] == other.thing[-1:] and one.verb == other.verb != ""


def _read(skeleton: Skeleton, run: Run, sentence: Sentence, part: tuple[int, int], begin: str) -> _Counted | None:
    """Read what a number counts; `begin` is the first day of the audit period, where the report tells it."""
    value = run.text.value
    thing = _THING.match(value, part[1], sentence.end)
    number = count(value[slice(*part)])
    if thing is None or number is None:
        return None
    around = value[max(sentence.start, part[0] - 40) : min(sentence.end, thing.end() + 30)]
    if _OTHER.search(around):
        return None
    years = frozenset(_YEAR.findall(sentence.value)) if _YEAR.search(around) else frozenset()
    since = _SINCE.search(sentence.value, max(0, thing.end() - sentence.start))
    from_then = since is not None and begin != "" and (dates.parse(since["date"]) or "?") == begin[:7]
    years = _AUDITED if from_then else years
    in_period = from_then or (not years and _IN_PERIOD.search(sentence.value) is not None)
    before = _VERB_BEFORE.search(value, max(sentence.start, part[0] - 30), part[0])
    after = _VERB_AFTER.match(value, thing.end(), sentence.end)
    words = tuple(_singular(w) for w in thing["thing"].split())[-2:]
    verb = before["verb"] if before else after["verb"] if after else ""
    evidence = run.passages(skeleton, part[0], thing.end())
    return _Counted(run.place, number, words, verb, evidence, thing["thing"], years, in_period)


def _different_totals(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield two totals of the same kinds of parts that differ: "183 comprising 20 X and 163 Y", "182 (162 Y, 20 X)"."""
    lists: list[tuple[Run, re.Match[str], frozenset[str]]] = []
    for run, match in totals(skeleton):
        things = re.findall(r"\d[\d,]*((?:\s+[A-Za-z][\w’'/-]*)+?)(?=\s*(?:[,;]|\band\b|$))", match["parts"])
        kinds = frozenset(_singular(thing.split()[-1]) for thing in things)
        if len(kinds) > 1:
            lists.append((run, match, kinds))
    for at, (run, match, kinds) in enumerate(lists):
        for other, twin, same in lists[at + 1 :]:
            one, two = count(match["total"]), count(twin["total"])
            if run.place == other.place or kinds != same or one is None or two is None:
                continue
            low, high = sorted((one, two))
            if low != high and high - low <= max(2, low // 10):
                thing = re.match(
                    r"((?:\s+[A-Za-z][\w’'-]*){1,3}?)(?=\s*(?:[,(]|compris|consist|compos|made))",
                    run.text.value[match.end("total") :],
                )
                about = f"count of {thing[1].strip()}" if thing else "count"
                yield Discrepancy(
                    "count", about,
                    Said(str(one), run.passages(skeleton, *match.span())),
                    Said(str(two), other.passages(skeleton, *twin.span())),
                )  # fmt: skip


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
