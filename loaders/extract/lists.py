"""Units that only a list names: "The Division has three units: (i) Planning; (ii) Reporting", "offices in A and B"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditgraph.loaders.extract.hierarchy import Child, Reference, sentence_bounds
from auditgraph.loaders.extract.lexicon import Lexicon
from auditgraph.loaders.extract.wording import any_case, any_of
from auditgraph.loaders.sought import sought

__all__ = ["listed", "placed", "seated"]

_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|various|the following)"
_HAS = (
    r"(?:has|had|comprises?|comprised|comprising|consists? of|consisted of|consisting of|includes?|included|with|"
    r"(?:is|was|are|were) (?:composed of|made up of|organi[sz]ed (?:in|into)|(?:sub)?divided into|comprised of|"
    r"structured (?:in|into|around)|supported by)|operates through|There (?:are|were)(?: also)?)"
)
_HEAD = any_case(
    "units sections divisions branches services teams offices cells pillars centres components clusters desks "
    "working_groups committees"
)
_KIND = any_of("main functional substantive operational thematic technical support distinct different")
_LIST = sought(
    rf"\b{_HAS} (?:also )?(?:(?P<number>{_NUMBER}) )?(?:{_KIND} )*(?P<head>(?:[Ss]ub-)?{_HEAD})(?: \([^()]*\))?"
    r"(?:,? namely[,:]?|,? i\.e\.,?|,? including|:|,? as follows:) (?P<items>.+)"
)
_OF_OFFICE = any_case("regional sub-?regional branch field sub-? liaison area sector state county provincial country")
_OFFICES = sought(
    rf"\b(?:(?P<number>{_NUMBER}) )?(?P<kind>{_OF_OFFICE}[ -]?[Oo]ffices)"
    r"(?:(?: located| based)? (?:in|at) (?P<places>[A-ZÀ-Þ][^.;:()]*)| \((?P<bracket>[A-ZÀ-Þ][^.;:()]*)\))"
)
# "the United Nations Offices at Geneva (UNOG), Vienna (UNOV) and Nairobi (UNON)"
_DUTY_STATIONS = sought(r"\bUnited Nations (?P<kind>Offices at) (?P<places>[A-ZÀ-Þ][^.;:]*)")
_MARK = re.compile(r"(?:^|(?<=[\s;,]))\((?:[ivx]{1,4}|[a-z]|\d{1,2})\)\s*")
_STOP = re.compile(
    rf",? {any_of('which that each all responsible headed led with to are is was were')}\b.*|,? as well\b.*|;.*|\. .*"
    rf"|,? and {any_of('has had is was reports operates maintains')}\b.*"
)


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
                yield Child(
                    "", parent.key, match.start() if parent.start > start else parent.start, end, 0, full, (start, end)
                )


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
                yield Child(
                    "",
                    parent.key,
                    min(parent.start, match.start()),
                    end,
                    0,
                    f"{kind} in {name}",
                    (match.start("kind"), end),
                )


def seated(text: str) -> Iterator[Child]:
    """Yield the bodies in "the United Nations Offices at Geneva (UNOG), Vienna (UNOV) and Nairobi (UNON)"."""
    for match in _DUTY_STATIONS.finditer(text):
        for start, end in _split(text, match.start("places"), _cut(text, *match.span("places")), False):
            if re.fullmatch(r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?", text[start:end]):
                name = f"United Nations Office at {text[start:end]}"
                yield Child("", "", match.start(), end, 0, name, (match.start(), end))


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
    count = _COUNTS.get(number.lower(), int(number) if number.isdecimal() else 0)
    inside = [(r.start, r.end) for r in refs if r.named and start <= r.start and r.end <= _cut(text, start, end)]
    if count > 1 and len(inside) == count:
        return inside
    commas = _split(text, start, _cut(text, start, end), True, refs)
    both = _split(text, start, _cut(text, start, end), False, refs)
    return (
        commas
        if count == len(commas) or (count and count != len(both) and re.search(r", and ", text[start:end]))
        else both
    )


_COUNTS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}


def _cut(text: str, start: int, end: int) -> int:
    stop = _STOP.search(text, start, end)
    return stop.start() if stop else end


def _split(text: str, start: int, end: int, oxford: bool, refs: Sequence[Reference] = ()) -> list[tuple[int, int]]:
    """Split a list at its commas and its last "and" (`oxford`: only where a comma stands before that)."""
    glue = re.compile(r",\s+(?:and |as well as )?" if oxford else r",\s+(?:and |as well as )?|\s+and\s+")
    cuts = [
        m.span()
        for m in glue.finditer(text, start, end)
        if text.count("(", start, m.start()) == text.count(")", start, m.start())
        and not any(r.named and r.start < m.start() and m.end() < r.end for r in refs)
    ]
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
    return (
        bool(words)
        and len(words) <= 9
        and words[0][0].isupper()
        and not set(words) & {"is", "are", "was", "has", "who"}
    )


def _headed(name: str, lexicon: Lexicon) -> bool:
    return name.split()[-1] in lexicon.heads or name.split()[0] in {"Office", "Department"}


def _singular(plural: str) -> str:
    word = plural.lower()
    word = {"branches": "branch"}.get(word, word[:-1])
    return " ".join(part.capitalize() for part in word.split())
