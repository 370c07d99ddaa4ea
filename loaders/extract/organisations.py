"""The organisations that a report names, their acronyms, and what each is part of as the report states it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditgraph.loaders.extract.hierarchy import Child, Reference, children
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.lists import entities, listed, shared
from auditgraph.loaders.extract.names import Mention
from auditgraph.loaders.extract.offices import branches, owned, placed, seated
from auditgraph.loaders.extract.organisation_entries import DERIVED, OrganisationEntry, finished
from auditgraph.loaders.extract.pieces import pieces
from auditgraph.loaders.extract.reading import Run, merged
from auditgraph.loaders.extract.references import Names, References, main_bodies
from auditgraph.loaders.extract.structure import parts
from auditgraph.model import Abbreviation, Organisation, Passage, ProseKind, Skeleton, Text
from auditgraph.ontology.gazetteer import Gazetteer

__all__ = ["organisations"]

_BULLET_END = re.compile(r"[;,]?(?: and| or)?[.;,\s]*$")
_BULLET = re.compile(r"^(?:[-•*]|[ivx]+[.)]|[(]?[a-z0-9]{1,2}[.)])\s*")
_DIVISION = re.compile(r"INTERNAL AUDIT\s+DIVISION")
# "CHIEF, NEW YORK AUDIT SERVICE:", in the form behind the memorandum
_SERVICE = re.compile(r"\bCHIEF, (?P<name>[A-Z]+(?: [A-Z]+)? AUDIT SERVICE):")
# "MIVA established three coordination mechanisms:", above items that name them.
_GROUPS = re.compile(
    r"\b(?:established|set up|created|has|had) [a-z ,-]*\b"
    r"(?:mechanisms|bodies|committees|groups|structures|teams|units|forums|boards):$"
)
# "the UNMIZ Boat Unit | and | Fuel Unit": no article, so that whose the first is the second is
_SAME_OWNER = {" and ", ", ", ", and "}
_CHAINED = {ProseKind.SIGNATURE, ProseKind.LETTER}


def organisations(
    skeleton: Skeleton, abbreviations: Sequence[Abbreviation], gazetteer: Gazetteer, names: Names | None = None
) -> tuple[Organisation, ...]:
    """Return the organisations that a report names, each once, with what the report says they are part of.

    `names` are the report's where they have been read before.
    """
    names = names or Names(abbreviations, gazetteer)
    names.call([run.text.value for run in pieces(skeleton)])
    found = _Found(skeleton, names, (*main_bodies(skeleton, names), "")[0])
    previous: Run | None = None
    everything = list(pieces(skeleton))
    for index, run in enumerate(everything):
        below = everything[index + 1 : index + 41] if run.text.value.endswith(":") else ()
        found.read(run, previous, below)
        previous = run
    found.cover()
    return tuple(finished(found.entries, found.main, names, abbreviations))


class _Found:
    """Collects what the runs of a report say of organisations."""

    def __init__(self, skeleton: Skeleton, names: Names, main: str) -> None:
        self.skeleton, self.names, self.main = skeleton, names, main
        self.entries: dict[str, OrganisationEntry] = {}
        self.references = References(names, main)
        self.pending: tuple[str, str, tuple[Passage, ...]] = ("", "", ())

    def read(self, run: Run, previous: Run | None, following: Sequence[Run]) -> None:
        """Take in what a run says."""
        text = run.text.value
        named, refs = self.references.read(text)
        for mention in named:
            self._name(run, mention.start, mention.end, mention.name)
        for ref in refs:
            if ref.named and not any(m.start == ref.start for m in named):
                self._name(run, ref.start, ref.end, text[ref.start : ref.end])
        memo = run.place == "cover" and run.kind is ProseKind.NOTE
        chained = memo or run.kind in _CHAINED or run.column == "official"
        if chained and previous is not None and previous.kind in _CHAINED and refs:
            self._line_after(previous, run, refs[0])
        said = [
            *children(text, refs, chained),
            *parts(text, refs),
            *listed(text, refs, self.names.lexicon),
            *entities(text, refs),
            *shared(text, refs, self.names.lexicon),
            *placed(text, refs),
            *owned(text, refs),
            *branches(text, refs),
            *seated(text),
        ]
        owner: tuple[int, int] | None = None
        for index, mention in enumerate(named):
            gap = text[named[index - 1].until : mention.start] if index else ""
            goes_on = gap in _SAME_OWNER and not mention.known and not is_acronym(mention.name)
            owner = mention.owner or (owner if goes_on else None)
            if owner:
                said.append(self._owned(text, replace(mention, owner=owner)))
        for child in said:
            self._part(run, child)
        if text.endswith(":"):
            self._bullets(run, refs, following)
            self._pending(run, refs)
        elif run.kind is ProseKind.ITEM and run.place == self.pending[0] and refs:
            first = refs[0]
            if first.start < 5 and first.named and first.unit and first.key != self.pending[1]:
                passages = merged(self.pending[2], run.passages(self.skeleton, 0, first.until))
                self.entries[first.key].parents.append((4, self.pending[1], passages))

    def cover(self) -> None:
        """Take in the name of the division above the title, which no sentence may repeat."""
        for key in [k for k in self.entries if k.startswith("office for ") and f"regional {k}" in self.entries]:
            del self.entries[key]  # torn by a line's end: "the Regional | Office for Africa"
        match = _DIVISION.search(self.skeleton.source, 0, 4000)
        if match and "=iad" not in self.entries:
            passages = self.skeleton.passages_of("cover", Text.of(match.group(), match.start()))
            name = " ".join(match.group().split())
            self.entries["=iad"] = OrganisationEntry("=iad", [(name, passages)], mentions={"cover": passages[0]})
        for match in _SERVICE.finditer(self.skeleton.source, 0, 8000):
            at = Text.of(match["name"], match.start("name"))
            key = self.names.canonical(match["name"].title())
            entry = self.entries.setdefault(key, OrganisationEntry(key))
            passages = self.skeleton.passages_of("cover", at)
            entry.printed.append((" ".join(match["name"].split()), passages))
            entry.mentions.setdefault("cover", passages[0])
        division, office = self.entries.get("=iad"), self.entries.get("=oios")
        if division is not None and office is not None and not division.parents and office.mentions:
            # No report need say whose the division on its cover is: it is OIOS's.
            said = (next(iter(division.mentions.values())), next(iter(office.mentions.values())))
            division.parents.append((DERIVED, "=oios", said))

    def _name(self, run: Run, start: int, end: int, name: str) -> None:
        key = self.names.canonical(name)
        entry = self.entries.setdefault(key, OrganisationEntry(key))
        passages = run.passages(self.skeleton, start, end)
        entry.printed.append((name, passages))
        if passages:
            entry.mentions.setdefault(run.place, passages[0])

    def _owned(self, text: str, mention: Mention) -> Child:
        assert mention.owner is not None
        start, end = mention.owner
        word = text[start:end]
        own = word == "Mission" or (word in {"Tribunal", "Mechanism", "Court"} and self._called(word.lower()))
        owner = self.main if own else self.names.canonical(word)
        self_key = self.names.canonical(mention.name)
        return Child(self_key, owner, start, mention.end, 0)

    def _called(self, word: str) -> bool:
        """Tell whether a word is in the audited body's name."""
        body = self.names.lexicon.gazetteer.by_id.get(self.main[1:])
        return word in (body.name.lower() if body else self.main).split()

    def _line_after(self, previous: Run, run: Run, first: Reference) -> None:
        """Take a line of an address under a unit's line to be what the unit is part of."""
        before = self.names.mentions(previous.text.value)
        if before and before[-1].until == len(previous.text.value.rstrip()) and first.start == 0:
            key = self.names.canonical(before[-1].name)
            if key != first.key and self.names.may_be_part(key):
                passages = merged(
                    previous.passages(self.skeleton, before[-1].start), run.passages(self.skeleton, 0, first.until)
                )
                self.entries[key].parents.append((1, first.key, passages))

    def _pending(self, run: Run, refs: Sequence[Reference]) -> None:
        """Remember who established the groups that the items below name."""
        match = _GROUPS.search(run.text.value)
        before = [r for r in refs if match and r.until <= match.start()]
        if match and before:
            said = run.passages(self.skeleton, before[-1].start, match.end())
            self.pending = (run.place, before[-1].key, said)

    def _bullets(self, run: Run, refs: Sequence[Reference], following: Sequence[Run]) -> None:
        """Take the items under "The Division has three units:" to be its parts."""
        items = []
        for item in following:
            if item.place != run.place or item.kind is not ProseKind.ITEM:
                break
            items.append(item)
        if not items:
            return
        joined = f"{run.text.value} " + " ".join(
            f"({n}) {_BULLET_END.sub('', _BULLET.sub('', i.text.value))};" for n, i in enumerate(items, 1)
        )
        for child in listed(joined, refs, self.names.lexicon):
            name = joined[slice(*child.name_span)]
            for item in (i for i in items if name in i.text.value):
                at = item.text.value.index(name)
                passages = item.passages(self.skeleton, at, at + len(name))
                self._add(child, passages, merged(run.passages(self.skeleton), passages))
                break

    def _part(self, run: Run, child: Child) -> None:
        if not child.parent and not child.name:
            return
        passages = run.passages(self.skeleton, child.start, child.end)
        if child.name:
            self._add(child, run.passages(self.skeleton, *child.name_span), passages)
        elif child.child in self.entries and child.child != child.parent:
            self.entries[child.child].parents.append((child.rank, child.parent, passages))

    def _add(self, child: Child, name: tuple[Passage, ...], said: tuple[Passage, ...]) -> None:
        key = self.names.canonical(child.name)
        entry = self.entries.setdefault(key, OrganisationEntry(key))
        entry.printed.append((child.name, name))
        if child.parent:
            entry.parents.append((child.rank, child.parent, said))
