"""Names of units in running text: where one begins before its head ("Section", "Office") and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from auditgraph.loaders.extract.lexicon import POST_WORDS, STARTERS, Hits, Lexicon, Token, token
from auditgraph.loaders.extract.names_behind import CONNECT, GENERIC, NEVER, PREFIX_HEADS, Behind

__all__ = ["UnitNames"]

# Units whose name does not run on into the next word: "Internal Audit Division Office of ..." are two.
_CLOSED = frozenset("Division Section Department Branch Unit".split())
# Posts that an office is named after without "of": "Resident Coordinator Office".
_OFFICE_OF = frozenset("Coordinator Commissioner Commander Representative SRSG DSRSG Secretary-General".split())
# Parts that each court has one of.
_OF_COURTS, _COURTS = frozenset({"Registry", "Chambers"}), frozenset({"Tribunal", "Mechanism", "Court"})
_ENOUGH = frozenset("Programme Project Audit Technical".split())
_LONGEST = 16  # words before a head
_LEVELS = frozenset("Level I II III 1 2 3 Standing Organizing Ad Hoc".split())
_SEAT = re.compile(r" [-–] (?P<place>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)")
# "Tide Committee on the Closure | of UNMIZ (the Tide Committee)"
_WHOLE = re.compile(
    r"(?P<owner> of (?:the )?[A-Z][\w-]+) "
    r"\((?:hereinafter |hereafter )?[“\"‘']?the (?P<called>[A-Z][^()]{2,60}?)[”\"’']?\)"
)
# "United Nations Office on Drugs and Crime (UNODC) Country Office in ...".
_OWNER_BRACKET = re.compile(r"\(([A-Z][\w-]+)\) $")
# "Disarmament, Demobilization and Reintegration (DDR) | Section".
_BRACKETED = re.compile(r" \([A-Z][\w&/-]+\) $")
_FRIENDS = "Friends of the "  # "a Friends of the Tide Group"
# "Right to Development Section"
_OF_LAW = frozenset({"Right", "Rights", "Access"})
# Characters before a name in which a bracket stands.
_NEAR = 60


class UnitNames:
    """The names of units in one text: finds heads and walks back and forth from them."""

    def __init__(self, text: str, words: Sequence[Token], lexicon: Lexicon, known: Hits | None = None) -> None:
        self.text, self.words, self.lexicon = text, words, lexicon
        self._behind = Behind(text, words, lexicon)
        self._known = lexicon.bodies_in(text, words) if known is None else known

    @cached_property
    def bodies(self) -> dict[int, int]:
        """Return where known bodies end in the text, with where they start."""
        owners = self.lexicon.gazetteer.owners
        return {
            end: word.start
            for index, (end, known) in self._known.items()
            if (word := self.words[index]).capital and known in owners
        }

    def found(self) -> Iterator[tuple[int, int, str, tuple[int, int] | None]]:
        """Yield where each name starts and ends, the name, and where its owner stands ("the MIVA Rations Unit")."""
        text, words = self.text, self.words
        for index in range(len(words)):
            head = self._head(index)
            if head is None:
                continue
            first, last = head
            start, owner = self._back(first)
            if (
                start == first
                and (bracket := _BRACKETED.search(text, max(0, words[first].start - _NEAR), words[first].start))
                and self._behind.last_word(first, last, False) == last  # not "(UNMIZ) Regional Office for ..."
            ):
                yield from self._bracketed(first, last, bracket.start())
                continue
            if any(words[i].text in PREFIX_HEADS and words[i + 1].text == "of" for i in range(start, first - 1)):
                start, owner = first, None  # "Department of Tides and | Department of Dippers"
            end = self._behind.last_word(first, last, start < first)
            delegated = words[last].base == "Authority" and any("elegat" in w.base for w in words[start:first])
            if delegated:
                continue  # "Exercise of Delegated Authority", "Delegation of Authority for ..."
            if end == last and not self._named(start, first, last):
                if (
                    words[last].base in _OF_COURTS
                    and first
                    and words[first - 1].base in _COURTS
                    and words[first - 1].possessive
                ):
                    whose = words[first - 1]  # "the Tribunal's Registry"
                    yield (
                        words[first].start,
                        words[last].end,
                        words[last].base,
                        (whose.start, whose.start + len(whose.base)),
                    )
                continue
            at, stop = words[start].start, words[end].start + len(words[end].base)
            if text[at:stop] in self.lexicon.gazetteer.place_names:
                continue  # "the West Bank"
            at -= len(_FRIENDS) if text.endswith(_FRIENDS, 0, at) else 0
            if whole := _WHOLE.match(text, stop):
                called = whole["called"]  # "Committee on the Reefs | of UNMIZ (the Committee)"
                stop = whole.end("owner") if text.startswith(called, at) or called in text[at:stop] else stop
            seat = _SEAT.match(text, stop)
            if seat and end == last and seat["place"] in self.lexicon.gazetteer.place_names:
                stop = seat.end()  # "Tide Agency - Abu Dhabi"
            behind = _OWNER_BRACKET.search(text, max(0, at - _NEAR), at)
            if owner is None and behind and behind[1] in self.lexicon.organisation_acronyms:
                owner = behind.span(1)
            yield at, stop, text[at:stop], owner

    def _named(self, start: int, first: int, last: int) -> bool:
        """Tell whether the words before a head make a name of it: "Programme Unit", not "Regional Office"."""
        modifiers = {w.base for w in self.words[start:first]} - {"United", "Nations"}
        if modifiers <= _LEVELS:
            return False  # "a Level II Hospital", "the Standing Committee"
        if len(modifiers) == 1 and modifiers <= GENERIC:
            return self.words[last].base in {"Section", "Unit", "Division"} and modifiers <= _ENOUGH
        return bool(modifiers)

    def _bracketed(self, first: int, last: int, at: int) -> Iterator[tuple[int, int, str, tuple[int, int] | None]]:
        """Yield "Disarmament, Demobilization and Reintegration (DDR) Section", its acronym left out of the name."""
        text, words = self.text, self.words
        before = [word for word in words if word.end <= at]
        if not before:
            return
        head = token(words[first].text, at + 1)
        without = UnitNames(f"{text[:at]} {text[words[first].start :]}", [*before, head], self.lexicon)
        start, owner = without._back(len(before))
        if start < len(before):
            end = words[last].start + len(words[last].base)
            name = f"{text[words[start].start : at].rstrip()} {text[words[first].start : end]}"
            yield words[start].start, end, name, owner

    def _gap(self, index: int) -> str:
        """Return what stands between a word and the next."""
        return self.text[self.words[index].end : self.words[index + 1].start]

    def _head(self, index: int) -> tuple[int, int] | None:
        """Return the first and last word of a unit word that begins at `index`, where it is the head of a name."""
        words, heads = self.words, self.lexicon.heads
        if words[index].base not in self.lexicon.head_starts and words[index].text not in self.lexicon.head_starts:
            return None  # most words
        two = self.text[words[index].start : words[index + 1].end] if index + 1 < len(words) else ""
        last = index + 1 if two in heads else index
        if (words[last].base if last == index else two) not in heads:
            return None
        if last == index and index and self.text[words[index - 1].start : words[index].end] in heads:
            return None  # the second word of "Task Force"
        if last + 1 < len(words) and not words[last].possessive:
            following = words[last + 1]
            if self._gap(last) == " " and following.capital and following.base not in {"Chief", "Head", "Director"}:
                return None  # "Team Leader", "Office Manager"
        return index, last

    def _back(self, first: int) -> tuple[int, tuple[int, int] | None]:
        """Return the first word of the modifiers before a head, and the owner that stands before them."""
        words, lexicon = self.words, self.lexicon
        start, joined, index = first, False, first - 1
        while index >= max(0, first - _LONGEST):
            word, gap = words[index], self._gap(index)
            if gap not in {" ", ", ", "/"} or (gap == ", " and not joined):
                break
            if gap != " " and (not word.capital or lexicon.ends_name(words, index)):
                break
            if word.text in CONNECT or (word.text == "to" and index and words[index - 1].text in _OF_LAW):
                joins = word.text in {"and", "&", "et"}
                joined = joined or joins
                if index and joins and lexicon.ends_name(words, index - 1):
                    break
                index -= 1
                continue
            if not word.capital:
                break
            if gap == " " and word.end in self.bodies and index + 1 == start:
                return start, (self.bodies[word.end], word.end)
            if lexicon.owns(word) and index + 1 == start:
                return start, (word.start, word.start + len(word.base))
            if word.possessive or lexicon.owns(word) or self._stops(index, first):
                break
            start = index
            index -= 1
        return start, None

    def _stops(self, index: int, first: int) -> bool:
        """Tell whether a capitalised word before a head is no part of its name."""
        words = self.words
        word = words[index]
        if word.base in POST_WORDS:
            office = index + 1 == first and words[first].text in {"Office", "Team"}
            return not (office and word.base in _OFFICE_OF)
        if word.text in NEVER or word.text.endswith("-based") or (word.base in _CLOSED and words[index + 1].capital):
            return True
        begins = index == 0 or bool(self._gap(index - 1).strip()) or not words[index - 1].capital
        return word.text in STARTERS and begins
