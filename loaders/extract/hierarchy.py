"""Which organisation is part of which, as sentences say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditgraph.loaders.extract.lexicon import POST_WORDS, Lexicon

__all__ = ["Child", "Reference", "children", "listed", "placed", "sentence_bounds"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Words at `start:end` that refer to the organisation `key`; `until` includes a bracket behind them.

    `named` is false for "the Division", which refers without naming.
    """

    start: int
    end: int
    until: int
    key: str
    named: bool = True
    unit: bool = True


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
_PART = r"(?:forms? |formed |forming )?(?:an? )?(?:integral )?(?:part|unit|component|section|division|branch|service|office|arm) of "
# What stands between a part and the whole: "X of Y", "X within the Y", "X, which is part of Y", "X reports to Y".
_BETWEEN = re.compile(
    rf"(?:,? (?:of|within|under|in|at) {_THE}"
    rf"|,? (?:which |that )?(?:is|was|are|were|,)? ?{_PART}{_THE}"
    rf"|,? (?:which |that )?(?:is |was |are )?(?:located|placed|established|housed|positioned|embedded|based|falls|fell|functions|operates|sits)"
    rf" (?:within|under|in) {_THE}"
    rf"|,? (?:and )?(?:which |that )?(?:also )?(?:reports|reported|reporting)(?: directly| administratively)? to {_THE})"
)
# "X and its regional groups were coordination mechanisms reporting to the Y".
_REPORTING = re.compile(
    r"(?:(?!who\b|headed|whose|\bby\b|Chief|Director|Head\b|Officer|\. ).){0,90}?\breport(?:s|ed|ing)(?: directly)? to (?:the )?"
)
_ESTABLISHED = re.compile(r",? (?:has |had )?(?:also )?(?:established|created|set up) (?:an? |the )?(?:new )?")
_OWNS = re.compile(r"\b(?:has|had|maintains?|maintained|operates?|operated|opened)\b")
_A = re.compile(r"\b(?:an?|its|one|the|main|and) $")
_ITS = re.compile(r"\b(?:through |by |and |including |via )its $")
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|various|the following)"
_HAS = (
    r"(?:has|had|comprises?|comprised|comprising|consists? of|consisted of|consisting of|includes?|included|with|"
    r"(?:is|was|are|were) (?:composed of|made up of|organi[sz]ed (?:in|into)|divided into|structured (?:in|into|around)|"
    r"comprised of|supported by|subdivided into)|operates through|There (?:are|were)(?: also)?)"
)
_COMPOSED = re.compile(
    r"\b(?:comprises?|comprised|consists? of|consisted of|(?:is|was) (?:composed of|made up of|comprised of|"
    r"organi[sz]ed into|divided into|subdivided into))\b"
)
_HEAD = r"(?P<head>(?:[Ss]ub-)?(?:[Uu]nits|[Ss]ections|[Dd]ivisions|[Bb]ranches|[Ss]ervices|[Tt]eams|[Oo]ffices|[Cc]ells|[Pp]illars|[Cc]entres|[Cc]omponents|[Cc]lusters|[Dd]esks|[Ww]orking [Gg]roups|[Cc]ommittees))"
_LIST = re.compile(
    rf"\b{_HAS} (?:also )?(?:(?P<number>{_NUMBER}) )?(?:(?:main|functional|substantive|operational|thematic|technical|support|distinct|different) )*"
    rf"{_HEAD}(?: \([^()]*\))?(?:,? namely[,:]?|,? i\.e\.,?|,? including|:|,? as follows:) (?P<items>.+)"
)
_OFFICES = re.compile(
    rf"\b(?:(?P<number>{_NUMBER}) )?(?P<kind>(?:[Rr]egional|[Ss]ub-?regional|[Bb]ranch|[Ff]ield|[Ss]ub-?|[Ll]iaison|[Aa]rea|[Ss]ector|[Ss]tate|[Cc]ounty|[Pp]rovincial|[Cc]ountry|[Bb]ranch)[ -]?[Oo]ffices)"
    r"(?:(?: located| based)? (?:in|at) (?P<places>[A-ZÀ-Þ][^.;:()]*)| \((?P<bracket>[A-ZÀ-Þ][^.;:()]*)\))"
)
_MARK = re.compile(r"(?:^|(?<=[\s;,]))\((?:[ivx]{1,4}|[a-z]|\d{1,2})\)\s*")
_STOP = re.compile(r",? (?:which|that|each|all|responsible|headed|led|with|as well|to|are|is|was|were|for the purpose)\b.*|;.*|\. .*")
_SENTENCE = re.compile(r"(?<=[a-z0-9)\]’'\"])[.;] (?=[A-Z(])")


def sentence_bounds(text: str, at: int) -> tuple[int, int]:
    """Return the beginning and end of the sentence around a character (full stops only, no semicolons)."""
    start, end = 0, len(text)
    for stop in re.finditer(r"(?<=[a-z0-9A-Z)\]’'\"%])\. (?=[A-Z(])", text):
        if stop.end() <= at:
            start = stop.end()
        else:
            end = stop.start()
            break
    return start, end


def children(text: str, refs: Sequence[Reference], chained: bool = False) -> Iterator[Child]:
    """Yield what the wording between references says; `chained` where a line break or comma means "of" (letters)."""
    refs = _outer(refs)
    for index, ref in enumerate(refs[:-1]):
        after = refs[index + 1]
        if ref.key == after.key:
            continue
        gap = text[ref.until : after.start]
        if chained and gap in {" ", ", ", ". "} and ref.unit:
            yield Child(ref.key, after.key, ref.start, after.until, 1)
        elif _BETWEEN.fullmatch(gap) and ref.unit and not (not ref.named and gap.startswith((" of", " in"))):
            yield Child(ref.key, after.key, ref.start, after.until, 0)
        elif _REPORTING.fullmatch(gap) and ref.unit and not _passive(text, ref.start):
            yield Child(ref.key, after.key, ref.start, after.until, 2)
        elif _ESTABLISHED.fullmatch(gap) and after.unit and after.named:
            yield Child(after.key, ref.key, ref.start, after.until, 4)
        if _ITS.search(text, 0, after.start) and after.unit:
            yield Child(after.key, ref.key, ref.start, after.until, 3)
    yield from _composed(text, refs)
    yield from _within(text, refs)
    yield from _together(text, refs)
    yield from _located(text, refs)


def _outer(refs: Sequence[Reference]) -> list[Reference]:
    """Leave out what stands in the bracket behind a name: its own acronym."""
    kept: list[Reference] = []
    for ref in refs:
        if not kept or ref.start >= kept[-1].until:
            kept.append(ref)
    return kept


def _located(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the offices in "Y had its Branch Office in A, a Sub-Office in B"."""
    for verb in _OWNS.finditer(text):
        start, end = sentence_bounds(text, verb.start())
        before = [r for r in refs if start <= r.start and r.until <= verb.start()]
        for ref in refs:
            if before and verb.end() <= ref.start and ref.end <= end and ref.unit and before[-1].key != ref.key:
                if re.search(r" in [A-ZÀ-Þ]", text[ref.start : ref.end]) and _A.search(text, 0, ref.start):
                    yield Child(ref.key, before[-1].key, before[-1].start, ref.end, 2)


def _together(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the parts in "A, B, and the C Section are part of Y"."""
    for index, (last, whole) in enumerate(pairwise(refs)):
        if not re.fullmatch(rf",? (?:are|were) (?:all |both )?(?:part of|under|within) {_THE}", text[last.until : whole.start]):
            continue
        at = index
        while at and re.fullmatch(r",?(?: and)?(?: the)? ", text[refs[at - 1].until : refs[at].start]):
            at -= 1
        for ref in refs[at : index + 1]:
            if ref.unit and ref.key != whole.key:
                yield Child(ref.key, whole.key, ref.start, whole.until, 0)


def _within(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the parts in "Within Y, the A Unit and the B Unit are headed by ..."."""
    for index, ref in enumerate(refs):
        start, _ = sentence_bounds(text, ref.start)
        if re.fullmatch(r"(?:Within|In|Under) (?:the )?", text[start : ref.start]) is None:
            continue
        at = ref.until
        for after in refs[index + 1 :]:
            if not after.unit or not re.fullmatch(r",? (?:and )?(?:the |an? )?", text[at : after.start]):
                break
            yield Child(after.key, ref.key, ref.start, after.until, 1)
            at = after.until


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
            gap = text[at : ref.start]
            if re.search(r"\b(?:from|representatives?|members?|of|chaired|by|in|staff|posts)\b", gap) or len(gap) > 60:
                break
            if ref.key != before[-1].key:
                yield Child(ref.key, before[-1].key, before[-1].start, ref.until, 1)
            at = ref.until


def listed(text: str, refs: Sequence[Reference], lexicon: Lexicon, more: Sequence[str] = ()) -> Iterator[Child]:
    """Yield the parts in "Y has three units: (i) A; (ii) B; and (iii) C" or "..., namely, A, B, and C"."""
    for match in _LIST.finditer(text):
        parent = _subject(text, refs, match.start())
        if parent is None:
            continue
        head = _singular(match["head"])
        offset = match.start("items")
        for start, end in _items(text, offset, match["number"] or "", refs):
            name = text[start:end]
            if _nameable(name):
                full = name if _headed(name, lexicon) else f"{name} {head}"
                yield Child("", parent.key, match.start() if parent.start > start else parent.start, end, 0, full, (start, end))


def placed(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the offices in "five regional offices in A, B and C", each by its kind and place."""
    for match in _OFFICES.finditer(text):
        parent = _subject(text, refs, match.start())
        if parent is None and match["bracket"]:
            continue  # "three of the subregional offices (A, B and C)"
        parent = parent or Reference(match.start(), match.start(), match.start(), "")
        kind = re.sub(r"ffices$", "ffice", match["kind"])
        first, last = match.span("places" if match["places"] else "bracket")
        for start, end in _split(text, first, _cut(text, first, last), False):
            name = text[start:end]
            if re.fullmatch(r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2}", name):
                yield Child("", parent.key, min(parent.start, match.start()), end, 0, f"{kind} in {name}", (match.start("kind"), end))


def _subject(text: str, refs: Sequence[Reference], at: int) -> Reference | None:
    """Return what the sentence is about: the last reference before `at` in it, or the subject of the one before."""
    start, _ = sentence_bounds(text, at)
    here = [r for r in refs if start <= r.start and r.until <= at]
    if here:
        return here[0] if len(here) > 1 and text[start : here[0].start].strip() in {"", "The"} else here[-1]
    if start == 0:
        return None
    before, _ = sentence_bounds(text, start - 2)
    subjects = [r for r in refs if before <= r.start < start]
    return subjects[0] if subjects else None


def _items(text: str, start: int, number: str, refs: Sequence[Reference]) -> list[tuple[int, int]]:
    _, end = sentence_bounds(text, start)
    marks = list(_MARK.finditer(text, start, end))
    if marks and marks[0].start() - start < 3:
        found = []
        for mark, following in zip(marks, [*(m.start() for m in marks[1:]), end], strict=True):
            stop = re.search(r"[;,]?(?: and)?\s*$", text[mark.end() : following])
            until = mark.end() + (stop.start() if stop else following - mark.end())
            found.append(_trim(text, mark.end(), until))
        return found
    if ";" in text[start:end]:
        edges = [(start, start), *(m.span() for m in re.finditer(r";\s*(?:and )?", text[start:end])), (end, end)]
        edges = [(start, start), *((a + start, b + start) for a, b in edges[1:-1]), (end, end)]
        return [_trim(text, a[1], b[0]) for a, b in pairwise(edges)]
    count = _COUNTS.get(number.lower(), int(number) if number.isdigit() else 0)
    commas = _split(text, start, _cut(text, start, end), True, refs)
    both = _split(text, start, _cut(text, start, end), False, refs)
    return commas if count == len(commas) or (count and count != len(both) and re.search(r", and ", text[start:end])) else both


_COUNTS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}


def _cut(text: str, start: int, end: int) -> int:
    stop = _STOP.search(text, start, end)
    return stop.start() if stop else end


def _split(text: str, start: int, end: int, oxford: bool, refs: Sequence[Reference] = ()) -> list[tuple[int, int]]:
    """Split a list at its commas and its last "and" (`oxford`: only where a comma stands before that)."""
    glue = re.compile(r",\s+(?:and |as well as )?" if oxford else r",\s+(?:and |as well as )?|\s+and\s+")
    cuts = [m.span() for m in glue.finditer(text, start, end) if text.count("(", start, m.start()) == text.count(")", start, m.start())
            and not any(r.named and r.start < m.start() and m.end() < r.end for r in refs)]
    edges = [start, *(e for span in cuts for e in span), end]
    return [_trim(text, edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out an article before a name, and its acronym and full stop behind it."""
    lead = re.match(r"\s*(?:the |an? )?", text[start:end])
    start += lead.end() if lead else 0
    tail = re.search(r"[\s.,;]*(?:\([^()]*\))?[\s.,;]*$", text[start:end])
    return start, start + (tail.start() if tail else end - start)


def _nameable(name: str) -> bool:
    words = name.split()
    return bool(words) and len(words) <= 9 and words[0][0].isupper() and not set(words) & {"is", "are", "was", "has", "who"}


def _headed(name: str, lexicon: Lexicon) -> bool:
    return name.split()[-1] in lexicon.heads or name.split()[0] in {"Office", "Department"}


def _singular(plural: str) -> str:
    word = plural.lower()
    word = {"branches": "branch"}.get(word, word[:-1])
    return " ".join(part.capitalize() for part in word.split())
