"""Names of organisations in running text: where one begins and ends, and whose it is by the words before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.lexicon import Hits, Lexicon, Token, tokens
from auditgraph.loaders.extract.titles import RANKS_BY_LETTERS
from auditgraph.loaders.extract.told_names import told_names
from auditgraph.loaders.extract.unit_names import UnitNames
from auditgraph.loaders.extract.wording import any_of
from auditgraph.loaders.sought import sought
from auditgraph.ontology.gazetteer import folded

__all__ = ["Mention", "mentions"]

_AFTER = re.compile(r"\s*\(([^()]{2,60})\)")
_SET_UP = re.compile(
    r"(?: (?:had|has|have|was|were) (?:been )?(?:also )?| )(?:set up|established|created|constituted|formed)\b"
)
_GOVERNMENT = sought(r"\b(?:Transitional )?(?:Federal )?Government of (?:the )?")
_LOWER_GROUP = sought(
    r"\b(?:(?:high-level|[Jj]oint|technical|steering|ad hoc|interdepartmental|inter-agency|national|local|internal) )*"
    r"(?:[Ww]orking [Gg]roup|[Tt]ask [Ff]orce|task team|steering group|committee|subcommittee|board) on (?:the )?"
    r"[A-Za-z][\w’'-]*(?: (?!(?:to|which|that|who|is|was|were|are|has|had|have|and|for|in|at|with|by|from|as|chaired|"
    r"set|established|created|constituted|formed|led|comprising|should|would|could|did|does|on|but|of the|"
    r"during|since|met|under)\b)[\w’'-]+){0,5}"
)


# "the joint steering committee": a group without a name that the report knows as one.
_KINDS = any_of(
    "joint local national inter-agency high-level project programme property contracts vendor quality technical review "
    "survey steering selection oversight coordination monitoring management approval advisory assurance working"
)
_KNOWN_GROUP = sought(
    rf"(?:(?<=\b[Tt]he )|(?<=\bestablish a ))(?:{_KINDS} ){{2,4}}"
    r"(?:committee|board|group|task force)\b(?! (?:on|for|members?|meetings?|of)\b)"
)


# "the Force Headquarters of UNMIZ": without whose they are, they are a place.
_HEADQUARTERS = sought(
    r"\b(?:Force|Police|Sector(?: [A-Z][a-z]+)?) Headquarters(?= of (?:the )?(?P<whose>[A-Z][\w-]+))"
)


# What the report calls so only behind an article: "the Registry".
_OF_COURTS, _ARTICLES = frozenset({"Registry", "Chambers"}), frozenset({"the", "The"})
# "Assistant Secretary-General for Supply Chain Management": what a post is for, no pillar of that name.
_SECRETARY_FOR = ("Secretary-General for ", "Secretary General for ")


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named at `start:end` of a text.

    `until` is the end with a bracket that follows; `owner` the range of the words before it that own it
    ("the MINUSMA Rations Unit", "the Mission's Rations Unit").
    """

    start: int
    end: int
    until: int
    name: str
    owner: tuple[int, int] | None = None
    known: str = ""


def mentions(text: str, lexicon: Lexicon) -> list[Mention]:
    """Return the organisations named in a text, in order, none inside another."""
    if text.isupper():  # "INTERNAL AUDIT DIVISION" on a cover
        body = lexicon.gazetteer.by_name.get(folded(text))
        return [Mention(0, len(text), len(text), text, None, body.id)] if body else []
    words = tokens(text)
    known = lexicon.bodies_in(text, words)
    bodies = list(_bodies(text, words, known, lexicon))
    defined = {(b.end, b.start) for b in bodies if not b.known}
    found = [
        *bodies,
        *(
            Mention(start, end, _until(text, end), name, owner)
            for start, end, name, owner in UnitNames(text, words, lexicon, known).found()
            # "UNHQ Air Section" is the Air Section that the report defines.
            if not any(e == end and is_acronym(text[start:s].strip()) for e, s in defined)
        ),
        *_acronyms(text, words, lexicon),
        *_lower_groups(text, words, lexicon),
        *_known_groups(text),
        *_told(text, words, lexicon),
        *_headquarters(text, lexicon),
        *_governments(text, words, lexicon),
    ]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= k.start or mention.start >= k.end for k in kept):
            kept.append(mention)
    kept.sort(key=lambda m: m.start)
    return [_owned(text, mention, kept[index - 1] if index else None, lexicon) for index, mention in enumerate(kept)]


def _owned(text: str, mention: Mention, before: Mention | None, lexicon: Lexicon) -> Mention:
    """Let a body that stands right before a unit's name own it: "... Mission in Zubara (UNMIZ) Fuel Unit"."""
    if before is None or mention.owner or mention.known or is_acronym(mention.name):
        return mention
    body = before.known in lexicon.gazetteer.owners or is_acronym(before.name)
    adjacent = text[before.end : mention.start] in {" ", ") "} or text[before.until : mention.start] == " "
    return replace(mention, owner=(before.start, before.end)) if body and adjacent else mention


def _bodies(text: str, words: Sequence[Token], hits: Hits, lexicon: Lexicon) -> Iterator[Mention]:
    for index, (end, known) in hits.items():
        word = words[index]
        if not known and index and text[word.start : end] in _OF_COURTS and words[index - 1].text not in _ARTICLES:
            continue  # "the Trial Chambers"
        if known != "un" and not text.endswith(_SECRETARY_FOR, 0, word.start):
            before = words[index - 1] if index else None
            unit = not known or lexicon.gazetteer.by_id[known].kind == "unit"  # "the OIOS Investigations Division"
            owns = unit and before is not None and lexicon.owns(before) and text[before.end : word.start] == " "
            owner = (before.start, before.start + len(before.base)) if owns and before else None
            yield Mention(word.start, end, _until(text, end), text[word.start : end], owner, known)


def _acronyms(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Mention]:
    acronyms = lexicon.organisation_acronyms
    for word in words:
        rank, slash, whose = word.base.partition("/")
        if slash and rank in RANKS_BY_LETTERS and whose in acronyms:  # "ASG/OHRM"
            start = word.start + len(rank) + 1
            yield Mention(start, start + len(whose), start + len(whose), whose)
        elif word.base in acronyms and is_acronym(word.base):
            end = word.start + len(word.base)
            if re.match(r"/\d|/[\w-]+/\d", text[end:]):
                continue  # a document's symbol: IOM/044
            yield Mention(word.start, end, _until(text, end), word.base)


def _governments(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Mention]:
    places = lexicon.gazetteer.place_names
    for match in _GOVERNMENT.finditer(text):
        names = [n for n in places if text.startswith(n, match.end())]
        if names:
            end = match.end() + len(max(names, key=len))
            if not text[end : end + 1].isalnum():
                yield Mention(match.start(), end, _until(text, end), text[match.start() : end])


def _lower_groups(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Mention]:
    for match in _LOWER_GROUP.finditer(text):
        before = [w for w in words if w.end <= match.start()]
        owner = None
        if before and text[before[-1].end : match.start()] == " " and lexicon.owns(before[-1]):
            owner = (before[-1].start, before[-1].start + len(before[-1].base))
        elif not _SET_UP.match(text, match.end()) and not re.search(
            r"\b(?:established|created|set up|constituted) an? $", text[: match.start()]
        ):
            continue
        yield Mention(match.start(), match.end(), _until(text, match.end()), match.group(), owner)


def _told(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Mention]:
    for start, end in told_names(text):
        before = next((w for w in words if w.end == start - 1), None)
        owner = (before.start, before.start + len(before.base)) if before and lexicon.owns(before) else None
        services = text.endswith("Services", start, end)  # the bracket is the Chief's: "(CISS)"
        yield Mention(start, end, end if services else _until(text, end), text[start:end], owner)


def _known_groups(text: str) -> Iterator[Mention]:
    for match in _KNOWN_GROUP.finditer(text):
        yield Mention(match.start(), match.end(), _until(text, match.end()), match.group())


def _headquarters(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    for match in _HEADQUARTERS.finditer(text):
        if match["whose"] in lexicon.organisation_acronyms:
            yield Mention(match.start(), match.end(), match.end(), match.group())


def _until(text: str, end: int) -> int:
    bracket = _AFTER.match(text, end)
    return bracket.end() if bracket else end
