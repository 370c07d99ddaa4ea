"""What refers to an organisation in running text: its names, "the Division", and "It" at the head of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from auditgraph.loaders.extract.hierarchy import Reference, sentence_bounds
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.lexicon import Lexicon
from auditgraph.loaders.extract.names import Mention, mentions
from auditgraph.loaders.extract.pieces import pieces
from auditgraph.loaders.extract.titles import RANKS_BY_LETTERS
from auditgraph.loaders.extract.told_names import introduced, partners
from auditgraph.loaders.sought import sought
from auditgraph.model import Abbreviation, ProseKind, Skeleton
from auditgraph.ontology.gazetteer import Gazetteer, first_word, folded

__all__ = ["Names", "References", "main_bodies"]

# "the Division", "the Mission": words that refer to an organisation named before.
_ANAPHOR = sought(
    r"\b[Tt]he (Division|Section|Unit|Service|Branch|Office|Centre|Center|Department|Committee|Team|Task Force|Group|"
    r"Board|Registry|Fund|Tribunal|Regional Bureau|(?:Country|Regional|Liaison|Branch) Office|Mission|Cell|"
    r"Directorate|Force|Secretariat|Commission|Representation)\b"
    r"(?:[’']s?)?(?! (?:of|on|for|[A-Z(]))"
)
_IT = sought(
    r"(?<=\. )It(?= (?:also |currently )?(?:has|had|is|was|comprise|consist|report|include|operate[sd]? |maintain))"
)
# "part of Service Delivery": a name that only this tells to be an organisation's.
_PART_OF = sought(r"\b[Pp]art of (?:the )?((?:[A-Z][\w-]+ ){1,3}[A-Z][\w-]+)(?=[,.;]| (?:and|which|whose)\b)")
_OF_RANKS = tuple(f"{rank}/" for rank in RANKS_BY_LETTERS)
# "Tide Committee on the Closure of UNMIZ (the Tide Committee)": by what a body is called from then on.
_CALLED = sought(
    r" \((?:hereinafter |hereafter )?(?:referred to as )?[“\"‘']?the [“\"‘']?"
    r"(?P<short>[A-Z][\w-]+(?: [A-Z][\w-]+){1,3})[”\"’']?\)"
)
# A court, which has Chambers and a Registry: elsewhere that is a room where papers are kept.
_COURT = sought(r"\b(?:ICTY|ICTR|IRMCT|MICT|Residual Mechanism|Criminal Tribunals?|Special Tribunal|Special Court)\b")
# How many names back "the Division" may refer.
_REMEMBERED = 400
_FIRST = {"cover", "1", "executive summary"}
_NEVER_AUDITED = {"=oios", "=iad", "=ga", "=sc", "=ecosoc", "=boa"}
_UNIT_KINDS = {"unit", "committee", "component"}
_WHOLE = ("government", "ministry", "department", "united nations country team")
_TOGETHER = (" partnership",)


class Names:
    """The names of a report: which organisation each stands for."""

    def __init__(self, abbreviations: Sequence[Abbreviation], gazetteer: Gazetteer) -> None:
        self.lexicon = Lexicon(gazetteer, abbreviations)
        self._canonical: dict[str, str] = {}
        self._called: dict[str, str] = {}
        self._mentions: dict[str, list[Mention]] = {}

    def mentions(self, text: str) -> list[Mention]:
        """Return the organisations named in a text; each text of a report is read once, then remembered."""
        if text not in self._mentions:
            self._mentions[text] = mentions(text, self.lexicon)
        return self._mentions[text]

    def learn(self, found: Iterable[str]) -> None:
        """Take names that only lists told to be organisations' for names wherever they stand from now on."""
        bodies = self.lexicon.bodies
        new = [
            n
            for n in found
            if " " in n and not any(folded(n) == known for known, _, _ in bodies.get(first_word(n), ()))
        ]
        for name in new:
            self.lexicon.learn(name)
        for text in [t for t in self._mentions if any(name in t for name in new)]:
            del self._mentions[text]

    def call(self, texts: Sequence[str]) -> None:
        """Take the short names that a report gives to bodies for theirs, and its general names of bodies for names."""
        self.learn({name for text in texts for name in introduced(text)})
        for acronym in {a for text in texts for a in partners(text, self.lexicon.expansions)}:
            self.lexicon.take_for_body(acronym)
        if any(_COURT.search(text) for text in texts):
            for name in ("Registry", "Chambers"):
                self.lexicon.learn(name)
            self._mentions.clear()
        for text in texts:
            for match in _CALLED.finditer(text):
                full = next((m.name for m in self.mentions(text) if m.end == match.start()), "")
                words = iter(full.split())
                shorter = all(word in words for word in match["short"].split())
                same_head = full.split()[-1:] == match["short"].split()[-1:]
                if full and full != match["short"] and (shorter or same_head):
                    self._called[_plain(match["short"])] = self.canonical(full)

    def canonical(self, name: str) -> str:
        """Return the form in which names of the same organisation are equal.

        Acronyms are spelled out as the report defines them, known bodies stand under `=id`.
        """
        if name not in self._canonical:
            self._canonical[name] = self._found(name)
        return self._canonical[name]

    def _found(self, name: str) -> str:
        gazetteer = self.lexicon.gazetteer
        expansion = self.lexicon.expansions.get(name)
        if expansion is not None and expansion != name and name not in self.lexicon.grouped:
            name = expansion
        body = (
            gazetteer.by_name.get(folded(name))
            or gazetteer.by_name.get(folded(self.lexicon.singular(name)))
            or (gazetteer.by_acronym.get(name) if is_acronym(name) else None)
        )
        if body is not None and body.id not in gazetteer.pillars:
            return f"={body.id}"
        if body is not None:
            name = body.name
        words = [self._spelled(word) for word in name.split()]
        plain = _plain(" ".join(words))
        return self._called.get(plain, plain)

    def may_be_part(self, key: str) -> bool:
        """Tell whether wording such as "X of Y" makes an organisation a part: not where it is a body of its own."""
        body = self.lexicon.gazetteer.by_id.get(key[1:]) if key.startswith("=") else None
        if key.startswith("="):
            return body is not None and body.kind in _UNIT_KINDS
        return not key.startswith(_WHOLE) and not key.endswith(_TOGETHER)

    def _spelled(self, word: str) -> str:
        bare = word.strip(",")
        parts = [self.lexicon.expansions.get(part, "") if is_acronym(part) else "" for part in bare.split("/")]
        if bare in self.lexicon.expansions and is_acronym(bare):
            return word.replace(bare, self.lexicon.expansions[bare])
        return word.replace(bare, "/".join(parts)) if len(parts) > 1 and all(parts) else word  # "COE/MOU"


def main_bodies(skeleton: Skeleton, names: Names) -> tuple[str, ...]:
    """Return the canonical names of the bodies that the title, else the first paragraph, is about."""
    firsts = [r for r in pieces(skeleton) if r.kind is ProseKind.TITLE or r.place in _FIRST]
    titles = [r for r in firsts if r.kind is ProseKind.TITLE]
    for group in (titles, [r for r in firsts if r not in titles]):
        found: dict[str, None] = {}
        for run in group:
            for mention in names.mentions(run.text.value):
                key = names.canonical(mention.name)
                if key not in _NEVER_AUDITED:
                    found.setdefault(key)
        tops = [key for key in found if key.startswith(("=", "united nations"))]
        if found:
            return tuple(tops) or tuple(found)[:1]
    return ()


class References:
    """Reads runs in order and tells what in each refers to which organisation."""

    def __init__(self, names: Names, main: str) -> None:
        self.names, self.main = names, main
        self._recent: list[str] = []

    def read(self, text: str) -> tuple[list[Mention], list[Reference]]:
        """Return the names in a text, and everything in it that refers to an organisation, in order."""
        named = self.names.mentions(text)
        refs: list[Reference] = []
        owners = {mention.owner for mention in named}
        for mention in named:
            if (mention.start, mention.end) in owners:
                continue  # "the UNIFIL Rations Unit" speaks of the unit
            if text.endswith(_OF_RANKS, 0, mention.start):
                continue  # "ASG/OHRM" speaks of a post
            key = self.names.canonical(mention.name)
            part, top = self.names.may_be_part(key), key[1:] in self.names.lexicon.gazetteer.owners
            refs.append(Reference(mention.start, mention.end, mention.until, key, True, part, top))
        for start, end in _part_of(text, named):
            refs.append(Reference(start, end, end, self.names.canonical(text[start:end])))
        refs.sort(key=lambda r: r.start)
        refs = sorted([*refs, *self._anaphors(text, refs)], key=lambda r: r.start)
        refs = sorted([*refs, *_pronouns(text, refs)], key=lambda r: r.start)
        self._recent = [*self._recent, *(r.key for r in refs if r.named)][-_REMEMBERED:]
        return named, refs

    def _anaphors(self, text: str, refs: Sequence[Reference]) -> Iterator[Reference]:
        for match in _ANAPHOR.finditer(text):
            if any(r.start < match.end() and match.start() < r.end for r in refs):
                continue
            key = self._referred(match[1], [r.key for r in refs if r.end <= match.start()])
            if key:
                yield Reference(match.start(), match.end(), match.end(), key, False, not key.startswith("="))

    def _referred(self, head: str, here: Sequence[str]) -> str:
        """Return the organisation that "the Division" means: the last one named that is a division."""
        if head in {"Mission", "Force"}:
            return self.main
        wanted = head.lower().replace("center", "centre")
        bodies = self.names.lexicon.gazetteer.by_id
        for key in (*reversed(here), *reversed(self._recent)):
            if key in _NEVER_AUDITED and key != self.main:
                continue  # "the Office" is none of the auditors
            name = folded(bodies[key[1:]].name) if key.startswith("=") else key
            if name == wanted or name.endswith(f" {wanted}") or name.startswith(f"{wanted} "):
                return key
        return ""


def _part_of(text: str, named: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    for match in _PART_OF.finditer(text):
        start, end = match.span(1)
        if not any(m.start < end and start < m.end for m in named):
            yield start, end


def _pronouns(text: str, refs: Sequence[Reference]) -> Iterator[Reference]:
    """Yield "It" at the head of a sentence: what the sentence before is about."""
    last: Reference | None = None
    for match in _IT.finditer(text):
        start, _ = sentence_bounds(text, match.start() - 2)
        before = [r for r in refs if start <= r.start < match.start()]
        if text.startswith("It ", start):  # "It has two units. It is in Bonn."
            before = [last] if last is not None and last.start == start else []
        if before and not re.search(r"\bby\b|[Ii]n ", text[start : before[0].start]):
            last = Reference(match.start(), match.end(), match.end(), before[0].key, False, before[0].unit)
            yield last


def _plain(name: str) -> str:
    name = re.sub(r"\s*\([^()]*\)", "", folded(name)).replace("&", "and").replace("center", "centre")
    return re.sub(r"[-,/\s]+", " ", name).replace("'s ", " ").strip()
