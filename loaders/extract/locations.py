"""Countries, regions and towns that a report names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from auditgraph.loaders.extract.lexicon import Lexicon
from auditgraph.loaders.extract.names import mentions
from auditgraph.loaders.extract.pieces import pieces
from auditgraph.loaders.extract.place_wording import WORD, beside, listed, told
from auditgraph.loaders.extract.reading import Run
from auditgraph.model import Location, Passage, Said, Skeleton
from auditgraph.ontology.gazetteer import Gazetteer

__all__ = ["locations"]

# A word that may begin a name.
_CAPITALISED = re.compile(rf"(?<![\w’'-]){WORD}")
_OWN = re.compile(r"[’']s$|[’']$|-based$")  # "Gao's", "Gao-based"
_OWN_ENDS = ("’s", "'s", "’", "'", "-based")
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Col|Gen|Maj|Capt|Lt)\.? $")
_IN = re.compile(r"\bin (?:the )?$")
_INITIALS = re.compile(r"(?<=\S) \(([A-Z]{2,})\)")
_ODD = re.compile(r"[,.]")
# "New York Audit Service", "Asia-Pacific Ministerial Conference": names that only begin with a place's
_NAMES_ON = re.compile(r" (?:Regional )?(?:Audit|Investigations?) (?:Service|Section|Unit|Office)\b")
_MEETING = re.compile(r"(?: [A-Z][\w’'-]*){0,4} (?:Conference|Forum|Summit|Meeting|Dialogue|Congress|Network)\b")
# "the Government of North Darfur"
_GOVERNED = re.compile(r"\bGovernment of ")
_NEAR = 20  # characters before a name in which such words stand


def locations(skeleton: Skeleton, gazetteer: Gazetteer) -> tuple[Location, ...]:
    """Return the countries, territories, regions and towns that a report names, each with where it does.

    Known names are taken as printed. Unknown ones are taken where the wording says that they are places: an office or
    site is in them, they stand in a list beside a known place, or a mission is named after them.
    """
    everything = [run for run in pieces(skeleton) if not run.text.value.isupper()]
    known = set(gazetteer.place_names)
    lexicon = Lexicon(gazetteer)
    inferred = {name for run in everything for name in told(run.text.value, gazetteer)}
    lists = [parts for run in everything for parts in listed(run.text.value)]
    for _ in range(2):
        inferred |= {n for parts in lists for n in beside(parts, known | inferred, gazetteer)}
    names = (_begun(everything, gazetteer) | inferred) - set(_otherwise(everything, gazetteer))
    longest, odd = _lengths(names), _odd(names)
    found: dict[str, list[Passage]] = {}
    for run in everything:
        text, bodies = run.text.value, None
        for start, end, name in _names(text, names, longest, odd):
            place = gazetteer.place_names.get(name)
            if _NAMES_ON.match(text, end) or (
                place is not None and place.kind == "region" and _MEETING.match(text, end)
            ):
                continue
            if place is not None and place.kind == "region" and not _IN.search(text, max(0, start - _NEAR), start):
                bodies = mentions(text, lexicon) if bodies is None else bodies
                if any(m.start <= start and end <= m.end and not _GOVERNED.search(m.name) for m in bodies):
                    continue  # "Economic Commission for Africa"
            passages = run.passages(skeleton, start, end)
            seen = found.setdefault(name, [])
            if not any(p.place == run.place for p in seen):
                seen.extend(passages)
    joined: dict[str, Location] = {}
    for name, seen in found.items():
        place = gazetteer.place_names.get(name)
        key = place.name if place is not None else name
        old = joined.get(key)
        everywhere = tuple(seen)
        joined[key] = (
            Location(old.name, old.mentions + everywhere) if old else Location(Said(name, everywhere), everywhere)
        )
    return tuple(joined.values())


def _begun(everything: Sequence[Run], gazetteer: Gazetteer) -> set[str]:
    """Return the known names whose first word stands in a report."""
    words = {_bare(word) for run in everything for word in _CAPITALISED.findall(run.text.value)}
    known = _by_first_word(gazetteer)
    return {name for word in words for name in known.get(word, ())}


@lru_cache(maxsize=4)
def _by_first_word(gazetteer: Gazetteer) -> dict[str | None, tuple[str, ...]]:
    """Return the names of known places by their first word."""
    names = sorted(gazetteer.place_names, key=lambda name: _first(name) or "")
    return {word: tuple(several) for word, several in groupby(names, key=_first)}


def _otherwise(everything: Sequence[Run], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the initials of known places that mean another thing: "Division of Regional Cooperation (DRC)"."""
    for run in everything:
        text = run.text.value
        for match in _INITIALS.finditer(text):
            place = gazetteer.place_names.get(match[1])
            if place is not None and not text.endswith((place.name, *place.other_names), 0, match.start()):
                yield match[1]


def _lengths(names: set[str]) -> dict[str, int]:
    """Return by their first word how many words names have at most."""
    longest: dict[str, int] = {}
    for name in names:
        word = _first(name)
        if word is not None:
            longest[word] = max(longest.get(word, 0), name.count(" ") + 1)
    return longest


@lru_cache(maxsize=4096)
def _first(name: str) -> str | None:
    """Return the word that a name begins with, where that is capitalised."""
    first = _CAPITALISED.match(name)
    return _bare(first.group()) if first is not None else None


def _bare(name: str) -> str:
    """Return a name without what says that something is its own: "Gao" of "Gao's"."""
    return _OWN.sub("", name) if name.endswith(_OWN_ENDS) else name


def _odd(names: set[str]) -> list[str]:
    """Return the names that are no row of words, the longest first: "Washington, D.C."."""
    return sorted((n for n in names if _ODD.search(n)), key=len, reverse=True)


def _names(text: str, names: set[str], longest: dict[str, int], odd: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where names stand in a text, the longest at each place, none inside another word."""
    at = 0
    odd = [n for n in odd if n in text]
    for match in _CAPITALISED.finditer(text):
        if match.start() < at:
            continue
        dotted = next((n for n in odd if text.startswith(n, match.start())), None)
        if dotted is not None:
            at = match.start() + len(dotted)
            yield match.start(), at, dotted
            continue
        for length in range(longest.get(_bare(match.group()), 0), 0, -1):
            end = _words_end(text, match.start(), length)
            name = _bare(text[match.start() : end])
            if name in names and not text[match.start() + len(name) : match.start() + len(name) + 1].isalnum():
                at = match.start() + len(name)
                joined = re.match(r"-\w| dollars?\b", text[at:])  # "Asia-Pacific" is no Asia, a dollar no country
                if _PERSON.search(text, max(0, match.start() - _NEAR), match.start()):
                    break  # "Ms. Ngozi Haldane"
                if not joined or text[at : at + 6] == "-based":
                    yield match.start(), at, name
                break


def _words_end(text: str, start: int, count: int) -> int:
    match = re.match(rf"[^\s,;:.()/]+(?: [^\s,;:.()/]+){{0,{count - 1}}}", text[start : start + 120])
    return start + (match.end() if match else 0)
