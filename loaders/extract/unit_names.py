"""Names of units in running text: how far a name reaches before and behind its head ("Section", "Office")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.lexicon import POST_WORDS, STARTERS, Hits, Lexicon, Token, token

__all__ = ["UnitNames"]

# Words that never belong to a name, wherever they stand (a heading joined to a sentence).
_NEVER = frozenset(
    "The A An This These Those Its Their Our Although However While When Where Whether Mr Mrs Ms Dr".split()
)
# Units whose name does not run on into the next word: "Internal Audit Division Office of ..." are two.
_CLOSED = frozenset("Division Section Department Branch Unit".split())
# Posts that an office is named after without "of": "Resident Coordinator Office".
_OFFICE_OF = frozenset("Coordinator Commissioner Commander Representative SRSG DSRSG Secretary-General".split())
# Heads of names that go on behind them: "Department of ...", "Committee on ...".
_PREFIX_HEADS = frozenset(
    "Department Ministry Office Bureau Division Directorate Committee Commission Board Council Centre Center Institute "
    "Secretariat Court Agency Authority Inspectorate Branch Service Bank University Government Group Panel".split()
)
_PREFIX_HEADS_ON = _PREFIX_HEADS | {
    "Working Group",
    "Task Force",
    "Task Team",
    "Team",
    "Steering Group",
    "Sub-Committee",
    "Regional Office",
    "Liaison Office",
}
# Heads that go on with the places they see to where they are regional: "Regional Section for Europe and Central Asia".
_REGIONAL, _OF_REGIONS = (
    frozenset({"Regional", "Subregional", "Sub-regional"}),
    frozenset("Section Desk Division Branch Unit Bureau Office Centre Hub Team Service Representation".split()),
)
# Modifiers that make no name by themselves: "the Regional Office", "the Joint Team".
_GENERIC = frozenset(
    "Regional Field Area Country Sub Local Head Front Main New Joint Sector Liaison National State International Own "
    "Same Other First Second Third Mission Technical Steering Inter-Agency Project Programme Audit Support Core Expert "
    "Headquarters Review Field-based Relevant Respective Action General Professional Affairs".split()
)
# Heads that a place makes a name of: "Representation in Merovia", "Sub-Office in Kakuma".
_LOCAL_HEADS = frozenset(
    (
        "Representation",
        "Sub-Office",
        "Sub-office",
        "Regional Office",
        "Field Office",
        "Country Office",
        "Liaison Office",
        "Branch Office",
    )
)
# Parts that each court has one of.
_OF_COURTS, _COURTS = frozenset({"Registry", "Chambers"}), frozenset({"Tribunal", "Mechanism", "Court"})
# Words for bodies that are named elsewhere: "the Ibbek Office of the Fund".
_REFERRED = frozenset("Fund Mission Department Tribunal Mechanism Agency Commission Organization Institute".split())
_ENOUGH = frozenset("Programme Project Audit Technical".split())
_LONGEST = 16  # words before a head
_LEVELS = frozenset("Level I II III 1 2 3 Standing Organizing Ad Hoc".split())
_LISTING = frozenset({"Ministry", "Department", "Office"})
_PLACE = re.compile(r"(?:[A-ZÀ-Þ](?:[’'][A-Z])?[^\W\d_]+(?:[’']s(?= [A-Z]))?[ -]?)+")
_SEAT = re.compile(r" [-–] (?P<place>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)")
_WHOLE = re.compile(
    r"(?P<owner> of (?:the )?[A-Z][\w-]+) "
    r"\((?:hereinafter |hereafter )?[“\"‘']?the (?P<called>[A-Z][^()]{2,60}?)[”\"’']?\)"
)
_CONNECT = frozenset({"and", "of", "&", "de", "des", "du", "la", "le", "les", "et"})
_BEHIND = _CONNECT | {"for", "the", "on", "to"}
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
                and self._forward(first, last, False) == last  # not "(UNMIZ) Regional Office for ..."
            ):
                yield from self._bracketed(first, last, bracket.start())
                continue
            if any(words[i].text in _PREFIX_HEADS and words[i + 1].text == "of" for i in range(start, first - 1)):
                start, owner = first, None  # "Department of Tides and | Department of Dippers"
            end = self._forward(first, last, start < first)
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
        if len(modifiers) == 1 and modifiers <= _GENERIC:
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
            if word.text in _CONNECT or (word.text == "to" and index and words[index - 1].text in _OF_LAW):
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
        if word.text in _NEVER or word.text.endswith("-based") or (word.base in _CLOSED and words[index + 1].capital):
            return True
        begins = index == 0 or bool(self._gap(index - 1).strip()) or not words[index - 1].capital
        return word.text in STARTERS and begins

    def _forward(self, first: int, last: int, named: bool) -> int:
        """Return the last word of what follows a head in its name: "Department of ...", "Regional Office in Gao"."""
        words = self.words
        if last + 2 >= len(words) or words[last].possessive or self._gap(last) != " ":
            return last
        head, link = self.text[words[first].start : words[last].end], words[last + 1].text
        if link in {"in", "at"}:
            return self._placed(first, last, head, named)
        regional = link == "for" and (
            head.startswith("Regional ") or (first and words[first - 1].text in _REGIONAL and head in _OF_REGIONS)
        )
        heads = _PREFIX_HEADS if link == "of" else _PREFIX_HEADS_ON
        if link not in {"of", "on", "for"} or not (head in heads or regional):
            return last
        index = last + (3 if words[last + 2].text == "the" else 2)
        if index >= len(words):
            return last
        if link == "of" and named and (self._organisation(index) or self._referred(index)):
            return last  # "Rations Unit of UNIFIL", "Supply Section of the Department of ..."
        if not named and head != "Office" and self.lexicon.owns(words[index]):
            return last
        return self._behind(index, last, head, bool(regional))

    def _referred(self, index: int) -> bool:
        """Tell whether "of the Fund" refers to a body that is named elsewhere: no capital goes on behind it."""
        words = self.words
        if words[index - 1].text != "the" or words[index].base not in _REFERRED:
            return False
        follows = words[index + 1] if index + 1 < len(words) and self._gap(index) == " " else None
        return follows is None or not (follows.capital or follows.text in _BEHIND)

    def _placed(self, first: int, last: int, head: str, named: bool) -> int:
        words = self.words
        generic = named and words[first - 1].base in _GENERIC and head in {"Office", "Unit", "Hub"}
        place = _PLACE.match(self.text, words[last + 2].start)
        if not (generic or head in _LOCAL_HEADS) or place is None or words[last + 2].base in _NEVER:
            return last
        known = self.lexicon.gazetteer.place_names.get(place.group().strip()) if place else None
        if head == "Representation" and known is not None and known.kind == "town":
            return last  # "visits to the Representation in Dhaka": the country's
        inside = [i for i in range(last + 2, min(last + 6, len(words))) if words[i].end <= place.end()]
        return inside[-1] if inside else last

    def _behind(self, index: int, last: int, head: str, regional: bool = False) -> int:
        """Return the last word of the name that goes on at `index`, behind "Department of" or "Committee on"."""
        words, end = self.words, last
        while index < len(words):
            word, gap = words[index], self._gap(index - 1)
            if gap != " " and not (gap == ", " and self._listed(index) and (regional or self._no_place(index, head))):
                break
            if word.text in _BEHIND:
                if not self._goes_on(index, end != last):
                    break
            elif not word.capital or word.text in _NEVER or (word.text in STARTERS and end != last):
                break
            else:
                end = index
                if word.possessive:
                    break
            index += 1
        return end

    def _no_place(self, index: int, head: str) -> bool:
        """Tell whether a list that goes on is one of subjects: no places, which a sentence may list beside a body."""
        return head in _LISTING or self.words[index].base not in self.lexicon.gazetteer.place_names

    def _goes_on(self, index: int, begun: bool) -> bool:
        """Tell whether a name goes on behind a small word: "and Finance", not "and Procurement Section"."""
        words = self.words
        word, follows = words[index], words[index + 1] if index + 1 < len(words) else None
        if follows is None or self._gap(index) != " ":
            return False
        if "the" in {word.text, follows.text} and "and" in {word.text, words[index - 1].text}:
            at = index + 1 if word.text == "the" else min(index + 2, len(words) - 1)
            two = " ".join(w.base for w in words[at : at + 2])
            places = self.lexicon.gazetteer.place_names
            return words[at].base in places or two in places  # "Asia and the Pacific", "and the Great Lakes"
        if word.text in {"and", "&"}:
            other = self.lexicon.owns(follows) or is_acronym(follows.base) or self._starts_unit(index + 1)
            return follows.capital and not other
        after = index + (2 if follows.text == "the" else 1)
        return not (word.text == "of" and begun and after < len(words) and self._body(after))

    def _listed(self, index: int) -> bool:
        """Tell whether a comma goes on with a name: "Ministry of Agriculture, Livestock and Fisheries"."""
        words = self.words
        for at in range(index, min(index + 6, len(words) - 1)):
            word = words[at]
            if word.text == "and":
                follows = words[at + 1]
                ends = self._starts_unit(index) or self._starts_unit(at + 1)
                return at > index and follows.capital and not is_acronym(follows.base) and not ends
            if not word.capital or is_acronym(word.base) or word.base in POST_WORDS:
                return False
            if at > index and self._gap(at - 1) not in {" ", ", "}:
                return False
        return False

    def _starts_unit(self, index: int) -> bool:
        """Tell whether the capitalised words from `index` on are a unit's name of their own."""
        words, at = self.words, index
        while at < len(words) and words[at].capital and (at == index or self._gap(at - 1) == " "):
            if words[at].base in self.lexicon.heads or words[at].base in POST_WORDS:
                return True
            at += 1
        return False

    def _organisation(self, index: int) -> bool:
        """Tell whether an organisation is named at `index`."""
        word = self.words[index]
        if word.base in self.lexicon.organisation_acronyms or self.lexicon.body_at(self.text, word.start):
            return True
        return word.capital and self._starts_unit(index)

    def _body(self, index: int) -> bool:
        """Tell whether a body of its own begins here: "Commission for Refugees of the | Ministry of Interior"."""
        word = self.words[index]
        if word.text in _PREFIX_HEADS or word.base in self.lexicon.organisation_acronyms:
            return True
        if self.lexicon.body_at(self.text, word.start):
            return True
        return word.base not in POST_WORDS and self._starts_unit(index)
