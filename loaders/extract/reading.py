"""Runs of prose as a reader takes them: torn sentences whole again, and where each sentence ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar

from auditgraph.model import Passage, ProseKind, Skeleton, Text

__all__ = ["Run", "Sentence", "merged", "numbered", "of_the_form", "once", "runs", "sentences"]

T = TypeVar("T")


def once(read: Callable[[Skeleton], Iterator[T]]) -> Callable[[Skeleton], tuple[T, ...]]:
    """Keep what a function reads from the skeleton that it was given last: several extractions ask for it in turn."""
    last: tuple[Skeleton, tuple[T, ...]] | None = None

    @wraps(read)
    def kept(skeleton: Skeleton) -> tuple[T, ...]:
        nonlocal last
        known = last  # one read, so that threads do not mix two skeletons
        if known is None or known[0] is not skeleton:
            last = known = (skeleton, tuple(read(skeleton)))
        return known[1]

    return kept


@dataclass(frozen=True, slots=True)
class Run:
    """A run of prose whose sentences are whole: `place` and `kind` are those of its first piece."""

    place: str
    kind: ProseKind
    text: Text
    column: str = ""

    def passages(self, skeleton: Skeleton, start: int = 0, end: int | None = None) -> tuple[Passage, ...]:
        """Return where characters `start:end` stand in the source."""
        return skeleton.passages_of(self.place, self.text, start, end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start:end` of a run."""

    run: Run
    start: int
    end: int

    @property
    def value(self) -> str:
        """Return the sentence's characters."""
        return self.run.text.value[self.start : self.end]


_FLOWING = {ProseKind.PARAGRAPH, ProseKind.ITEM}
_ENDED = re.compile(r"[.:;!?][)\]\"”’'*]*$")
# A torn piece goes on in the middle of a sentence: "and 0 of 12", "(40 per cent)", "6 of the".
_GOES_ON = re.compile(r"[a-z(\d&$€£%–-]|[A-Z][\w'’-]*(?: [\w'’-]+)* (?:were|was|had|and|of|to)\b")
# What ends in a full stop without ending a sentence.
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|St|No|Nos|no|nos|para|paras|Para|Paras|Rec|rec|recs|vs|approx|incl|cf|"
    r"e\.g|i\.e|etc|viz|al|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ltd|Inc|Co|Art|art|Sect|sect|Chap|chap|"
    r"Add|Rev|Corr|vol|Vol|Fig)"
    r"|(?:^|[\s(.])[A-Z])$"
)
_STOP = re.compile(r"[.!?][)\]\"”’']*(?=\s+[\"“‘'(\[]*[A-Z0-9])")


def of_the_form(run: Run) -> bool:
    """Tell whether a run is printed by the cover's form, the same on each report: "FUNCTION", "CONTACT", dates."""
    return run.place == "cover" and run.kind is ProseKind.NOTE


@once
def runs(skeleton: Skeleton) -> Iterator[Run]:
    """Yield the prose in reading order, a paragraph's torn pieces joined where a sentence was torn."""
    last: Run | None = None
    for prose in skeleton.prose:
        run = Run(prose.place, prose.kind, prose.text, prose.column)
        if last is not None and _torn(last, run):
            last = Run(last.place, last.kind, Text.joined((last.text, run.text)), last.column)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


@once
def numbered(skeleton: Skeleton) -> Iterator[Run]:
    """Yield the runs of numbered paragraphs, their bullets and cells."""
    return (run for run in runs(skeleton) if run.place[:1].isdigit())


def sentences(run: Run) -> Iterator[Sentence]:
    """Yield the sentences of a run.

    A full stop ends one where a capital, a digit or a bracket follows and what stands before it is
    no abbreviation or initial.
    """
    return (Sentence(run, start, end) for start, end in _ends(run.text.value))


@lru_cache(maxsize=2048)
def _ends(value: str) -> tuple[tuple[int, int], ...]:
    found = []
    start = 0
    for match in _STOP.finditer(value):
        if value[match.start()] == "." and _SHORT.search(value, max(start, match.start() - 12), match.start()):
            continue
        found.append((start, match.end()))
        start = match.end() + len(value[match.end() :]) - len(value[match.end() :].lstrip())
    if start < len(value):
        found.append((start, len(value)))
    return tuple(found)


def merged(first: tuple[Passage, ...], second: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Put evidence together, each passage once."""
    return first + tuple(passage for passage in second if passage not in first)


def _torn(last: Run, run: Run) -> bool:
    if last.place != run.place or not last.text or not run.text:
        return False
    if run.kind is not ProseKind.PARAGRAPH or last.kind not in _FLOWING:
        return False
    return _ENDED.search(last.text.value) is None and _GOES_ON.match(run.text.value) is not None
