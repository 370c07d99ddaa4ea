"""How far a unit's name goes on behind its head: "Department of ...", "Regional Office for ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.lexicon import POST_WORDS, STARTERS, Lexicon, Token

__all__ = ["CONNECT", "GENERIC", "NEVER", "PREFIX_HEADS", "Behind"]

# Words that never belong to a name, wherever they stand (a heading joined to a sentence).
NEVER = frozenset(
    "The A An This These Those Its Their Our Although However While When Where Whether Mr Mrs Ms Dr".split()
)
# Heads of names that go on behind them: "Department of ...", "Committee on ...".
PREFIX_HEADS = frozenset(
    "Department Ministry Office Bureau Division Directorate Committee Commission Board Council Centre Center Institute "
    "Secretariat Court Agency Authority Inspectorate Branch Service Bank University Government Group Panel".split()
)
_PREFIX_HEADS_ON = PREFIX_HEADS | {
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
GENERIC = frozenset(
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
# Words for bodies that are named elsewhere: "the Ibbek Office of the Fund".
_REFERRED = frozenset("Fund Mission Department Tribunal Mechanism Agency Commission Organization Institute".split())
_LISTING = frozenset({"Ministry", "Department", "Office"})
_PLACE = re.compile(r"(?:[A-ZÀ-Þ](?:[’'][A-Z])?[^\W\d_]+(?:[’']s(?= [A-Z]))?[ -]?)+")
CONNECT = frozenset({"and", "of", "&", "de", "des", "du", "la", "le", "les", "et"})
_BEHIND = CONNECT | {"for", "the", "on", "to"}


class Behind:
    """The words of one text behind the heads of units' names."""

    def __init__(self, text: str, words: Sequence[Token], lexicon: Lexicon) -> None:
        self.text, self.words, self.lexicon = text, words, lexicon

    def _gap(self, index: int) -> str:
        """Return what stands between a word and the next."""
        return self.text[self.words[index].end : self.words[index + 1].start]

    def last_word(self, first: int, last: int, named: bool) -> int:
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
        heads = PREFIX_HEADS if link == "of" else _PREFIX_HEADS_ON
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
        generic = named and words[first - 1].base in GENERIC and head in {"Office", "Unit", "Hub"}
        place = _PLACE.match(self.text, words[last + 2].start)
        if not (generic or head in _LOCAL_HEADS) or place is None or words[last + 2].base in NEVER:
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
            elif not word.capital or word.text in NEVER or (word.text in STARTERS and end != last):
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
        if word.text in PREFIX_HEADS or word.base in self.lexicon.organisation_acronyms:
            return True
        if self.lexicon.body_at(self.text, word.start):
            return True
        return word.base not in POST_WORDS and self._starts_unit(index)
