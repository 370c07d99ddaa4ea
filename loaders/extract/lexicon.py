"""Words of running text, and what a report's abbreviations and the gazetteer tell of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.model import Abbreviation
from auditgraph.ontology.gazetteer import Gazetteer, first_word, folded

__all__ = ["POST_WORDS", "STARTERS", "Hits", "Lexicon", "Token", "token", "tokens"]

# Words that end or begin a post's title: an organisation's name does not run across them.
POST_WORDS = frozenset(
    "Acting Administrator Adviser Advisor Analyst Assistant Auditor Auditors Chair Chairman Chairperson Chief Chiefs "
    "Commander Commissioner Controller Coordinator Deputy Director Directors Engineer Head Heads Leader Manager "
    "Managers Officer Officer-in-Charge Officers OIC Representative Secretary Secretary-General Specialist "
    "Supervisor USG ASG SRSG DSRSG DMS CMS Under-Secretary-General Assistant-Secretary-General".split()
)
# Words that begin a sentence and no name.
STARTERS = frozenset(
    "A About According Additionally After All Also Although Among An And Another Any As At Based Because Before "
    "Besides Between Both But By Consequently Despite Due During Each Either Establish Every Few Finally First "
    "For Four Five Following From Further Furthermore Given Had Has He Hence However If In Instead It Its Lastly "
    "Many Moreover Most Need Needs Neither Nevertheless Nine No Nonetheless Nor Not Of On One Once Only Or Other "
    "Our Out Over Overall Per Prior Rec Recommendation Regarding Second Seven Several She Similarly Since Six So "
    "Some Source Specifically Such Table Chart Figure Ten That The Their Then There Therefore These They Third "
    "This Those Three Through Thus To Two Under Unless Until Upon Was We Were What When Where Whereas Whether "
    "Which While Who Whose Why With Within Without Yet Receipt Evidence Copy Please Note Noted Yes Opportunity "
    "Opportunities Also".split()
)
# Heads of the names of partners, and of names in French, Spanish and Portuguese, which begin with them.
_SOCIETIES = frozenset(
    "Community Corporation Federation Society Union Association Foundation Consortium Network Cross Crescent".split()
)
_FOREIGN_HEADS = frozenset(
    "Agence Agencia Comité Commission Comisión Comissão Conseil Consejo Direction Dirección Haut Institut Instituto "
    "Police Forces Ministère Ministerio Ministério Fondation Fundación".split()
)
_WORD = re.compile(
    r"[^\W_]+(?:[’'][^\W_]+)*(?:[-–](?:[^\W_]|[’'])+|/[A-Z]{2,}(?![a-z]))*|&"
)  # Secretary-General, Mission's, DSRSG/RC/HC, N'Djamena
_FIRST = re.compile(r"[\w’'-]+")
_POSSESSIVE = re.compile(r"[’']s?$")


# By the index of a word: where the body that begins with it ends, and its id.
Hits = dict[int, tuple[int, str]]


class Token(NamedTuple):
    """A word: where it stands, and whether it is capitalised; `base` is the word without a possessive."""

    start: int
    end: int
    text: str
    base: str

    @property
    def capital(self) -> bool:
        """Tell whether the word begins with a capital or is an acronym."""
        return self.text[0].isupper() or (len(self.text) > 1 and self.text[1].isupper())

    @property
    def possessive(self) -> bool:
        """Tell whether the word owns what follows: "Mission's", "Headquarters'"."""
        return self.base != self.text


@dataclass(frozen=True)
class Lexicon:
    """What a report's abbreviations and the gazetteer tell of names."""

    gazetteer: Gazetteer
    abbreviations: Sequence[Abbreviation] = field(default=())

    @cached_property
    def expansions(self) -> dict[str, str]:
        """Return what acronyms stand for in the report, the first definition of each."""
        return {a.acronym: a.expansion.value for a in reversed(self.abbreviations)}

    @property
    def heads(self) -> dict[str, str]:
        """Return the words that end a unit's name, with their level."""
        return self.gazetteer.unit_levels

    @cached_property
    def head_starts(self) -> frozenset[str]:
        """Return the words that such words begin with: "Task" of "Task Force"."""
        return frozenset(tokens(head)[0].text for head in self.heads)

    @property
    def plurals(self) -> dict[str, str]:
        """Return the singular of the plural of each unit word."""
        return self.gazetteer.unit_plurals

    @cached_property
    def bodies(self) -> dict[str, list[tuple[str, str, str]]]:
        """Return the names of known bodies (folded and printed) by their first word, longest first, with their ids."""
        first = dict(self.gazetteer.names_by_word)
        for abbreviation in self.abbreviations:
            name = abbreviation.expansion.value
            if (
                not self._several(abbreviation.acronym)
                and self.is_organisation(name)
                and folded(name) not in self.gazetteer.by_name
            ):
                _enter(first, name)
        return first

    def learn(self, name: str) -> None:
        """Take a name for that of a body from now on."""
        _enter(self.bodies, name)

    def take_for_body(self, acronym: str) -> None:
        """Take what initials stand for in the report for a body from now on."""
        if acronym not in self.organisation_acronyms:
            self.organisation_acronyms[acronym] = self.expansions[acronym]
            self.learn(self.expansions[acronym])

    @cached_property
    def organisation_acronyms(self) -> dict[str, str]:
        """Return the acronyms that stand for organisations, with the name meant ("" where none is printed)."""
        found = dict.fromkeys((a for a in self.gazetteer.by_acronym if len(a) > 2 or a in {"AU", "EU"}), "")
        for acronym, expansion in self.expansions.items():
            if acronym in self.grouped or (self.is_organisation(expansion) and not self._several(acronym)):
                found[acronym] = expansion
            else:
                found.pop(acronym, None)
        return found

    @cached_property
    def grouped(self) -> frozenset[str]:
        """Return acronyms of known bodies that are named together: "United Nations Offices at Geneva (UNOG), ..."."""
        known = self.gazetteer.by_name
        ones = {a: self.singular(e) for a, e in self.expansions.items()}
        return frozenset(a for a, one in ones.items() if one != self.expansions[a] and folded(one) in known)

    def singular(self, name: str) -> str:
        """Return a name with its unit words in the singular: "United Nations Office at Geneva"."""
        return " ".join(self.plurals.get(word, word) for word in name.split())

    def _several(self, acronym: str) -> bool:
        """Tell whether an acronym stands for several known bodies: DPKO/DFS."""
        parts = acronym.split("/")
        return len(parts) > 1 and all(part in self.gazetteer.by_acronym for part in parts)

    def is_organisation(self, name: str) -> bool:
        """Tell whether an expansion names an organisation, by the gazetteer or its head word."""
        if folded(name) in self.gazetteer.by_name:
            return True
        words = re.findall(r"[^\s,/()]+", name)
        if words[:2] == ["Office", "of"]:
            return True
        if not words or words[0] in POST_WORDS or words[-1] in POST_WORDS:
            return False
        before = re.split(r"\s(?:of|on|for|in|at|to)\s", name)[0].split()
        if name.islower() and self.heads.get(words[-1].capitalize()) == "body":
            return False  # "non-governmental organization": a kind of bodies
        ends = {" ".join(words[-2:]), words[-1], " ".join(before[-2:]), before[-1]}
        heads = {*self.heads, *(h.lower() for h in self.heads), *(p for p in self.plurals if words[0][0].isupper())}
        if ends & heads:
            return len(words) > 1
        last = {words[-1], before[-1]}
        if last & {"Programme", "Fund"}:  # a country's "National Programme for ..." is a plan
            return bool({"Nations", "World"} & set(words))
        if last & {"Forces", "Police", "Mission", "Operation", "Union", "Force"}:
            return bool({"Nations", "National", "African", "European", "Armed", "World", "Joint"} & set(words))
        if "Mechanism" in last:
            return bool({"Joint", "International", "Independent", "Residual"} & set(words))
        return bool({words[-1], before[-1]} & _SOCIETIES or words[0] in _FOREIGN_HEADS)

    @cached_property
    def _small(self) -> tuple[str, ...]:
        """Return the first words of bodies whose names begin with a small letter."""
        return tuple({w for w, names in self.bodies.items() for _, proper, _ in names if proper[0].islower()})

    def body_at(self, text: str, start: int) -> tuple[int, str] | None:
        """Return the end and the id of a known body whose name begins at `start` of a text."""
        if text[start].islower() and not text.startswith(self._small, start):
            return None
        word = _FIRST.match(text, start)
        if word is None or (text[start].islower() and word.group() not in self._small):
            return None
        for name, proper, known in self.bodies.get(first_word(word.group()), ()):
            end = start + len(name)
            printed = text[start:end]
            if folded(printed) != name or text[end : end + 1].isalnum() or _capitals(printed) < _capitals(proper):
                continue
            if not (known in self.gazetteer.pillars and re.match(r" [A-Z]", text[end:])):  # "Service Delivery Section"
                return end, known
        return None

    def bodies_in(self, text: str, words: Sequence[Token]) -> Hits:
        """Return the ends and ids of the known bodies in a text, by the index of the word that each begins with."""
        hits: Hits = {}
        for index, word in enumerate(words):
            # Most words begin no name: a small letter tells it at once.
            small = text[word.start].islower() and not text.startswith(self._small, word.start)
            if not small and (hit := self.body_at(text, word.start)):
                hits[index] = hit
        return hits

    def ends_name(self, words: Sequence[Token], index: int) -> bool:
        """Tell whether a name ends with this token, so that "and" or a comma after it begins another."""
        word = words[index]
        return (
            word.base in self.heads
            or (word.base in self.plurals and word.base not in {"Services", "Authorities"})
            or word.base in POST_WORDS
            or word.base in self.organisation_acronyms
            or (is_acronym(word.base) and word.base in self.expansions)
            or word.base in self.gazetteer.place_names
            or word.text in STARTERS
            or word.possessive
        )

    def owns(self, word: Token) -> bool:
        """Tell whether a word before a unit's name says whose it is: an organisation's acronym, "the Mission's"."""
        return word.base in self.organisation_acronyms or (word.possessive and word.base == "Mission")


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text, kept because one extraction after the other asks for those of each run."""
    return tuple([token(match[0], match.start()) for match in _WORD.finditer(text)])


def token(word: str, start: int) -> Token:
    """Return the token of a word that begins at `start`."""
    base = _POSSESSIVE.sub("", word) if "’" in word or "'" in word else word
    return Token(start, start + len(word), word, base)


def _enter(first: dict[str, list[tuple[str, str, str]]], name: str) -> None:
    """Enter a body's name under its first word, the longest name first; the gazetteer's own lists stay as they are."""
    names = [*first.get(first_word(name), ()), (folded(name), name, "")]
    first[first_word(name)] = sorted(names, key=lambda n: -len(n[0]))


def _capitals(name: str) -> int:
    return sum(word[0].isupper() for word in name.split())
