"""Units that only a list names: "The Division has three units: (i) Planning; (ii) Reporting", "the A and B Units"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditgraph.loaders.extract.hierarchy import Child, Reference, sentence_bounds
from auditgraph.loaders.extract.lexicon import Lexicon
from auditgraph.loaders.extract.wording import any_case, any_of
from auditgraph.loaders.sought import sought

__all__ = ["NUMBER", "cut", "entities", "listed", "shared", "split", "subject"]

NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|various|the following)"
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
# Heads of lists whose items have names of their own: "two entities: (i) Tide Administration; and (ii) ...".
_OWN_NAMES = any_of("entities organs pillars parts bodies")
_ENTITIES = sought(
    rf"\b{_HAS} (?:(?P<number>{NUMBER}) )?(?:main |separate |distinct )?{_OWN_NAMES}(?:,? namely[,:]?|:) (?P<items>.+)"
)
_NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|for|and|the) )*[A-Z][\w’'-]*){1,7}")
_ROLE = re.compile(r",? (?:led|headed|managed|administered|responsible|which|that|under)\b.*")
_LIST = sought(
    rf"\b{_HAS} (?:also )?(?:(?P<number>{NUMBER}) (?:[a-z-]+ ){{0,2}})?(?:{_KIND} )*(?P<head>(?:[Ss]ub-)?{_HEAD})"
    r"(?: \([^()]*\))?"
    r"(?:,? namely[,:]?|,? i\.e\.,?|,? including|:|,? as follows:) (?P<items>.+)"
)
# "comprises three programme units (Tides, Harbour Law, and Reefs)"
_BRACKETED = sought(
    rf"\b{_HAS} (?:also )?(?P<number>{NUMBER}) (?:[a-z-]+ ){{0,2}}(?P<head>(?:[Ss]ub-)?{_HEAD}) "
    r"\((?:namely,? |i\.e\.,? )?(?P<items>[A-Z][^().;:]*, [^().;:]*)\)"
)
# "the Human Resources, Finance and Supply Sections": units with one head; "Services" may be in one name.
_ITEM = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
_SHARED = sought(
    rf"\b[Tt]he (?P<items>{_ITEM}(?:, {_ITEM}){{0,8}},? and {_ITEM}) "
    r"(?P<head>Sections|Units|Divisions|Branches|Cells)\b(?! of [a-z])"
)
_OF_WHOLE = re.compile(
    r",? (?:of|in|within|(?:which )?(?:are|were) (?:all )?(?:part of|under|within)|f[ae]ll under|report(?:ed)? to)"
    r" (?:the )?"
)
_PARTS = re.compile(r"\b(?:comprises?|comprised|consists? of|consisted of|composed of|made up of|includes?|included) $")
_MARK = re.compile(r"(?:^|(?<=[\s;,]))\((?:[ivx]{1,4}|[a-z]|\d{1,2})\)\s*")
_STOP = re.compile(
    rf",? {any_of('which that each all responsible headed led with to are is was were')}\b.*|,? as well\b.*|;.*|\. .*"
    rf"|,? and {any_of('has had is was reports operates maintains')}\b.*"
)


def listed(text: str, refs: Sequence[Reference], lexicon: Lexicon, more: Sequence[str] = ()) -> Iterator[Child]:
    """Yield the parts in "Y has three units: (i) A; (ii) B; and (iii) C" or "..., namely, A, B, and C"."""
    for match in (*_LIST.finditer(text), *_BRACKETED.finditer(text)):
        parent = subject(text, refs, match.start())
        if parent is None:
            continue
        head = _singular(match["head"])
        offset = match.start("items")
        for start, end in _items(text, offset, match["number"] or "", refs, match.end("items")):
            name = text[start:end]
            if _nameable(name):
                full = name if _headed(name, lexicon) else f"{name} {head}"
                yield Child(
                    "", parent.key, match.start() if parent.start > start else parent.start, end, 0, full, (start, end)
                )


def entities(text: str, refs: Sequence[Reference]) -> Iterator[Child]:
    """Yield the parts in "The Fund consists of two entities: (i) Tide Administration, led by ...; and (ii) ..."."""
    for match in _ENTITIES.finditer(text):
        parent = subject(text, refs, match.start())
        for start, end in _items(text, match.start("items"), match["number"] or "", refs) if parent else ():
            role = _ROLE.search(text, start, end)
            start, end = _trim(text, start, role.start() if role else end)
            name = text[start:end]
            if parent and (_NAME.fullmatch(name) or name in {"Registry", "Chambers"}):
                yield Child("", parent.key, min(parent.start, start), end, 0, name, (start, end))


def shared(text: str, refs: Sequence[Reference], lexicon: Lexicon) -> Iterator[Child]:
    """Yield the units in "the Human Resources, Finance and Supply Sections of Y", each by its name and their head."""
    for match in _SHARED.finditer(text):
        start, end = match.span("items")
        items = split(text, start, end, False)
        if any(r.named and r.start < end and start < r.end for r in refs) or len(items) < 2:
            continue
        words = set(match["items"].replace(",", "").split()) - {"Service", "Services"}
        if not words.isdisjoint(lexicon.plurals) or not words.isdisjoint(lexicon.heads):
            continue
        after = _OF_WHOLE.match(text, match.end())
        whole = next((r for r in refs if after and r.start in {after.end(), after.end() - 4}), None)
        if whole is None and _PARTS.search(text, max(0, match.start() - 40), match.start()):
            whole = subject(text, refs, match.start())
        for first, last in items:
            name = f"{text[first:last]} {lexicon.plurals[match['head']]}"
            said = whole or Reference(first, first, match.end(), "")
            yield Child(
                "", said.key, min(said.start, first), max(said.until, match.end()), 1, name, (first, match.end())
            )


def subject(text: str, refs: Sequence[Reference], at: int) -> Reference | None:
    """Return what the sentence is about: the last reference before `at` in it, or the subject of the one before."""
    start, _ = sentence_bounds(text, at)
    here = [r for r in refs if start <= r.start and r.until <= at]
    if here:
        return here[0] if len(here) > 1 and text[start : here[0].start].strip() in {"", "The"} else here[-1]
    if start == 0:
        return None
    before, _ = sentence_bounds(text, start - 2)
    subjects = [r for r in refs if before <= r.start < start]
    if subjects and subjects[0].start > before and _IT.match(text, before):
        return None  # "It has a Tide Unit. It has offices": nobody knows whose
    return subjects[0] if subjects else None


def _items(text: str, start: int, number: str, refs: Sequence[Reference], until: int = -1) -> list[tuple[int, int]]:
    end = sentence_bounds(text, start)[1]
    end = min(end, until) if until >= 0 else end
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
    inside = [(r.start, r.end) for r in refs if r.named and start <= r.start and r.end <= cut(text, start, end)]
    if count > 1 and len(inside) == count:
        return inside
    commas = split(text, start, cut(text, start, end), True, refs)
    both = split(text, start, cut(text, start, end), False, refs)
    if count and count not in {len(commas), len(both)}:
        return []  # nobody knows which words belong together
    return commas if count == len(commas) else both


_IT = re.compile(r"(?:It|They)\b")
_COUNTS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}


def cut(text: str, start: int, end: int) -> int:
    """Return where a list ends that begins at `start`: where the sentence goes on with something else."""
    stop = _STOP.search(text, start, end)
    return stop.start() if stop else end


def split(text: str, start: int, end: int, oxford: bool, refs: Sequence[Reference] = ()) -> list[tuple[int, int]]:
    """Split a list at its commas and its last "and" (`oxford`: only where a comma stands before that)."""
    comma = r",\s+(?!D\.C\b)(?:and |as well as )?"
    glue = re.compile(comma if oxford else rf"{comma}|\s+and\s+")
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
