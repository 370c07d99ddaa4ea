"""Heads of bodies by their rank: "Chief of the Rations Unit", "Head, Planning Cell", "its Director"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditgraph.loaders.extract.headship import alike, headed_by, heads, joined
from auditgraph.loaders.extract.hierarchy import Reference, sentence_bounds
from auditgraph.loaders.extract.known_titles import KnownTitles
from auditgraph.loaders.extract.titles import (
    NOT_IN_TITLES,
    RANK,
    TITLE_PLURALS,
    TITLE_STARTS,
    WORDS,
    Title,
    cut,
    title_key,
)
from auditgraph.loaders.sought import sought

__all__ = ["Ranks"]

_RANK = sought(rf"(?<![\w-]){RANK}(?![\w-])")
_LINK = re.compile(r",? (?:of (?:the )?|for (?:the )?|in (?:the )?|the )?")
_ITS = re.compile(r"\b[Ii]ts $")
_FUNCTION = re.compile(rf"(?:,| of(?: the)?| for(?: the)?)? (?P<words>{WORDS})")
_UNIT = r"(?:Section|Division|Unit|Service|Branch|Office|Centre|Center|Department|Team)"
_OF_ANAPHOR = re.compile(rf" of (?:the |this )?(?P<head>{_UNIT})\b(?! [A-Z])")
_IN_PLACE = re.compile(r"(?: in |, )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}")
_BARE = sought(
    r"\b(?:[Tt]he |[Ii]ts |or |and )(?P<title>(?:Deputy |Executive )*(?:Chief|Director|Head))"
    rf"(?P<of> of (?:the )?{_UNIT})?"
    r"(?![\w-]| [A-Z]| of|,? [A-Z])"
)
_SMALL_RANK = sought(r"(?<=\b[Tt]he )(?P<rank>head|chief|director) of (?:the )?")
_UNIT_HEAD = sought(rf"\b{_UNIT} (?P<rank>Chief|Head|Director)\b(?! of| [A-Z])")
_AFFAIRS = re.compile(
    r" (?:Affairs|Operations|Programmes)\b(?: \([A-Z][a-z]+\)| in (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})?"
)
# "Director of the Tide Services | programme": what some secretariats call their divisions.
_PROGRAMME = re.compile(r" (?:sub)?programme\b")
_OWNER = re.compile(r" (?:of|in|at) (?:the )?|, ")
# A rank that is a title without what is headed: "Executive Director", "Deputy Executive Director".
_WHOLE = ("Executive Director", "Managing Director")


class Ranks:
    """Finds the posts that a rank and a body make, remembering which body's head was named with which rank."""

    def __init__(self, known: KnownTitles) -> None:
        self.known = known
        self.headed: dict[str, str] = {}  # rank ("director") -> the body whose head was named with it last

    def find(self, text: str, refs: Sequence[Reference], address: bool = False) -> Iterator[Title]:
        """Yield "Chief of the Rations Unit", "Head, Planning Cell", "its Director", "headed by a Chief"."""
        bodies = [r for r in refs if r.named]
        for rank in _UNIT_HEAD.finditer(text):
            owner = headed_by(text, refs, rank.start())
            if owner is not None:  # "headed by a Section Chief"
                name = rank["rank"].lower()
                self.headed[name] = owner.key
                yield Title(*rank.span(), f"{name} @ {owner.key}", owner.key, (owner.start, rank.end()))
        for rank in _SMALL_RANK.finditer(text):
            body = next((r for r in bodies if r.start == rank.end() and r.unit), None)
            if body is not None:  # "the head of the Fuel Section"
                name = rank["rank"]
                self.headed[name] = body.key
                yield Title(rank.start(), body.end, f"{name} @ {body.key}", body.key, (rank.start(), body.end))
        for rank in _RANK.finditer(text):
            start, end = rank.span()
            name = re.sub(r"^(?:Acting|Interim) ", "", rank.group()).lower()
            link = _LINK.match(text, end)
            body = next((r for r in bodies if link and self._behind(text, link.end(), r)), None)
            if body is not None and text[end : body.start] == " " and self.known.mission(text[start : body.end]):
                continue  # "Chief Service Delivery": a post that a mission has once
            if body is not None:
                affairs = _AFFAIRS.match(text, body.end)
                if affairs:  # "Director of UNRWA Affairs": one of several
                    title = title_key(text[start : affairs.end()])
                    yield Title(start, affairs.end(), title, body.key, (start, affairs.end()))
                    continue
                self.headed[name] = body.key
                stop = end if rank.group().endswith(_WHOLE) else body.end
                yield Title(start, stop, f"{name} @ {body.key}", body.key, (start, body.end))
                continue
            anaphor = _OF_ANAPHOR.match(text, end)
            if anaphor:
                head = next((r for r in refs if not r.named and r.end == anaphor.end("head")), None)
                owner = head or headed_by(text, refs, start) or heads(text, refs, anaphor.end())
                if owner is not None:
                    self.headed[name] = owner.key
                    yield Title(
                        start,
                        anaphor.end(),
                        f"{name} @ {owner.key}",
                        owner.key,
                        (min(owner.start, start), anaphor.end()),
                    )
                elif seated := _IN_PLACE.match(text, anaphor.end()) if anaphor["head"] == "Office" else None:
                    title = text[start : seated.end()]  # "Head of Office in Tarsa"
                    yield Title(start, seated.end(), title_key(title))
                continue
            if re.match(r" [A-Z&]| (?:of|for) (?:the )?[A-Z]|, [A-Z][\w-]+ (?:and |& |[A-Z])", text[end:]):
                yield from self._function(text, start, end, address, bodies)
                continue
            owner = headed_by(text, refs, start) or heads(text, refs, end)
            if owner is not None:
                for other in alike(text, refs, owner, start):  # "the A Unit and the B Unit, each headed by a Chief"
                    yield Title(start, end, f"{name} @ {other.key}", other.key, (other.start, end), head_of=other.key)
            owner = owner or next((r for r in bodies if joined(text, r, start)), None)
            if owner is None and _ITS.search(text, max(0, start - 4), start):
                begin, _ = sentence_bounds(text, start)
                owner = next((r for r in refs if begin <= r.start < start), None)
            if owner is None and text.startswith("Its ", start - 4):  # "The Fuel Unit ... . Its Chief, at"
                before, _ = sentence_bounds(text, max(0, start - 6))
                owner = next((r for r in bodies if before <= r.start <= before + len("The ") and r.unit), None)
            if owner is not None:
                self.headed[name] = owner.key
                yield Title(start, end, f"{name} @ {owner.key}", owner.key, (owner.start, end))

    def _behind(self, text: str, at: int, body: Reference) -> bool:
        """Tell whether a body's name stands at `at`, perhaps behind its owner's: "the | UNEP Office for Tides"."""
        if at >= body.start:
            return at == body.start
        owner = text[at : body.start]
        return owner.count(" ") == 1 and owner.removesuffix(" ") in self.known.names.lexicon.organisation_acronyms

    def bare(self, text: str) -> Iterator[Title]:
        """Yield what "the Director" or "the Deputy Director" means: the post of the body whose head was named so."""
        for match in _BARE.finditer(text):
            start, end = match.span("title")
            end = match.end() if match["of"] else end
            name = match["title"].lower()
            rank = name.removeprefix("deputy ")
            body = self.headed.get(name) or (self.headed.get(rank) if name != rank else None)
            if body:
                yield Title(start, end, f"{name} @ {body}", body, (start, end))

    def _function(self, text: str, start: int, end: int, address: bool, bodies: Sequence[Reference]) -> Iterator[Title]:
        """Yield a rank with what it heads that is no named body: "Chief of Operations", "Director, Strategy"."""
        match = _FUNCTION.match(text, end)
        if match is None:
            return
        words = cut(match["words"])
        if not words or words.split()[0] in TITLE_STARTS - {"Resident", "Executive"} | NOT_IN_TITLES:
            return
        if text[end] == "," and len(words.split()) < 2:
            return
        stop = match.start("words") + len(words)
        more = re.match(r"(?: [a-z]+)+(?=[.,;]|$)", text[stop:]) if address else _PROGRAMME.match(text[stop:])
        stop += more.end() if more else 0  # "Chief Peacekeeping audit service"
        span = (start, stop)
        if text[start:stop].split()[-1] in TITLE_PLURALS:
            stop -= 1  # "Chief Technical Advisers": each is a Chief Technical Adviser
        title = text[start:stop]
        owner = _OWNER.match(text, span[1])
        body = next((r for r in bodies if owner and r.start == owner.end()), None)
        if body is not None:  # "Head of Administration | of the Tarsa Field Office"
            span = (start, body.end)
        key = title_key(self.known.proper(title))
        yield Title(start, stop, key, body.key if body else "", span, self.known.mission(title))
