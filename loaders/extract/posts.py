"""The posts that a report names: title, organisation, grade, and whom each reports to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from auditgraph.loaders.extract.addresses import ADDRESSES, addressed
from auditgraph.loaders.extract.headship import headed_by, heads, listed_after, staffed_by
from auditgraph.loaders.extract.hierarchy import Reference, sentence_bounds
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.known_titles import names_part, without_purpose
from auditgraph.loaders.extract.pieces import pieces
from auditgraph.loaders.extract.post_entries import PostEntry, finished, merge
from auditgraph.loaders.extract.post_names import Titles
from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.extract.references import Names, References, main_bodies
from auditgraph.loaders.extract.reporting import (
    both_report,
    further,
    grade,
    joint_grade,
    link,
    superiors,
    supervised,
    together,
)
from auditgraph.loaders.extract.responsibilities import split_officials
from auditgraph.loaders.extract.titles import TITLE_ENDS, TITLE_STARTS, Title, offices
from auditgraph.model import Abbreviation, Organisation, Post, ProseKind, Said, Skeleton
from auditgraph.ontology.gazetteer import Gazetteer

__all__ = ["posts"]


def posts(
    skeleton: Skeleton,
    abbreviations: Sequence[Abbreviation],
    organisations: Sequence[Organisation],
    gazetteer: Gazetteer,
    names: Names | None = None,
) -> tuple[Post, ...]:
    """Return the posts that a report names, each once, with what it says of their organisation, grade and superiors.

    A post that a mission has once (its head, its Director of Mission Support) belongs to the audited body where the
    report says no other; that is marked as derived. `names` are the report's where they have been read before.
    """
    names = names or Names(abbreviations, gazetteer)
    audited = main_bodies(skeleton, names)
    names.learn(o.name.value for o in organisations)
    found = _Found(skeleton, names, audited[0] if len(audited) == 1 else "")
    for run in addressed(pieces(skeleton)):
        found.read(run)
    found.abbreviate(abbreviations)
    keys = {names.canonical(o.name.value): o.key for o in organisations}
    found.settle(keys)
    return tuple(finished(found.entries, found.main, keys))


# Words that begin titles and names of bodies as well: "Senior Management Team".
_OF_BODIES = frozenset("Senior Executive Joint Force Police".split())


class _Found:
    """Collects what the runs of a report say of posts."""

    def __init__(self, skeleton: Skeleton, names: Names, main: str) -> None:
        self.skeleton, self.names, self.main = skeleton, names, main
        self.titles = Titles(names)
        self.references = References(names, main)
        self.entries: dict[str, PostEntry] = {}
        self.entities = {f"{r.appendix} rec {r.number}": r.entity for r in skeleton.appendix_rows if r.entity}

    def read(self, run: Run) -> None:
        """Take in what a run says."""
        text = run.text.value
        if text.isupper() or run.kind is ProseKind.TITLE:
            return
        if run.column == "official":
            self._officials(run)
            return
        _, refs = self.references.read(text)
        titles = [_owned(t, text, refs) for t in self.titles.find(text, refs, run.kind in ADDRESSES)]
        found = [self._apart(t) for t in _in_units(titles, text, refs)]
        for index, title in enumerate(found):
            self._take(run, title)
            for listed, value, end in joint_grade(text, found, index):
                entry = self.entries[listed.key]
                entry.grade = entry.grade or Said(value, run.passages(self.skeleton, listed.start, end))
        self._reports(run, found, refs)

    def _apart(self, title: Title) -> Title:
        """Keep the posts of two bodies apart that both have one: "the Director of Mission Support of ..."."""
        own = title.mission and title.body in {self.main, title.head_of}
        if title.body and " @ " not in title.key and not own:
            return replace(title, key=f"{title.key} @ {title.body}")
        return title

    def _take(self, run: Run, title: Title) -> None:
        text = run.text.value
        entry = self.entries.setdefault(title.key, PostEntry(title.key))
        passages = run.passages(self.skeleton, title.start, title.end)
        entry.printed.append((text[title.start : title.end], passages))
        entry.mission = entry.mission or title.mission
        entry.heads |= {title.head_of} - {""}
        if title.body and entry.body is None:
            entry.body = (title.body, run.passages(self.skeleton, *title.span))
        if entry.grade is None and (told := grade(text, title)):
            entry.grade = Said(told[0], run.passages(self.skeleton, told[1], told[2]))
        if title.body and title.mission and title.body != self.main:
            entry.mission = False

    def _reports(self, run: Run, titles: Sequence[Title], refs: Sequence[Reference]) -> None:
        text = run.text.value
        links: list[tuple[Sequence[Title], int | None]] = [
            (together(text, titles, i), link(text, t, titles)) for i, t in enumerate(titles)
        ]
        taken: set[int] = set()
        for who, at in (*links, *both_report(text, titles)):
            while at is not None and at not in taken:
                end = at
                for key, end in superiors(text, at, titles, refs):
                    for title in who:
                        if title.key != key:
                            said = run.passages(self.skeleton, title.start, end)
                            self.entries[title.key].reports.setdefault(key, said)
                taken.add(at)
                at = further(text, end) if end > at else None
        for index, chief in enumerate(titles):
            for title, end in supervised(text, titles, index):
                if title.key != chief.key:
                    said = run.passages(self.skeleton, chief.start, end)
                    self.entries[title.key].reports.setdefault(chief.key, said)

    def _officials(self, run: Run) -> None:
        text = run.text.value
        expansions = self.names.lexicon.expansions
        for official in split_officials(text, expansions.keys() - self.titles.known.short.keys()):
            bare = official if names_part(official) else re.sub(r"\s*\([^()]*\)$", "", official).strip("()")
            head, _, tail = bare.partition(", ")
            if tail in expansions and tail not in self.names.lexicon.organisation_acronyms:
                bare = head  # "Executive Secretary, CMS" where the report defines that as a convention
            title = self.titles.known.short.get(bare, bare)
            words = title.replace(",", " ").split()
            post = title.split(",")[0].split()  # "Administrative Officer, Cascadia Secretariat"
            other = words and is_acronym(words[0]) and words[0] not in self.titles.known.short
            if other and words[0] in expansions:
                continue  # "CMS" where the report defines it as a convention
            if not words or not (words[0] in TITLE_STARTS or words[-1] in TITLE_ENDS or post[-1] in TITLE_ENDS):
                continue
            if self.names.lexicon.is_organisation(bare.split(",")[0]) and words[0] in _OF_BODIES:
                continue
            alone = self.titles.alone(title)
            entity = self.names.canonical(self.entities.get(run.place, ""))
            if alone.mission and not alone.body and entity:
                alone = replace(alone, body=entity)
            alone = self._apart(alone)
            entry = self.entries.setdefault(alone.key, PostEntry(alone.key))
            start = max(text.find(official), 0)
            passages = run.passages(self.skeleton, start, start + len(official))
            entry.printed.append((bare[: alone.end] if title == bare else bare, passages))
            entry.mission = entry.mission or alone.mission
            if alone.body and entry.body is None:
                entry.body = (alone.body, passages)

    def settle(self, organisations: Collection[str]) -> None:
        """Give posts without a body the one that is named after them, where the report names it."""
        for entry in self.entries.values():
            if entry.body is None and not entry.mission:
                title = max((printed for printed, _ in entry.printed), key=len)
                bodies = {self.names.canonical(name) for name in offices(title)} & set(organisations)
                if len(bodies) == 1:
                    entry.body, entry.inherited = (bodies.pop(), entry.printed[0][1]), True
        for key, entry in list(self.entries.items()):
            small = all(" " in printed and printed[1:].islower() for printed, _ in entry.printed)
            above = any(key in other.reports for other in self.entries.values()) if small else True
            if not above and entry.body is None and entry.grade is None and not entry.reports:
                del self.entries[key]  # officers of whom nothing is told
        for entry in [e for e in self.entries.values() if e.mission and e.body is None]:
            # "Chief Service Delivery" where "Service Delivery, headed by a Chief" is named as well
            rank, _, what = entry.key.partition(" ")
            if f"{rank} @ {what}" in self.entries:
                merge(self.entries, entry.key, f"{rank} @ {what}")
        for key, entry in list(self.entries.items()):
            # "Chief, Oar Section" where "the Oar Section is headed by a Chief Oarsman" is told
            for rank, body in itertools.product(("chief", "head"), entry.heads):
                if f"{rank} @ {body}" in self.entries and key not in {f"{rank} @ {body}", ""} and key in self.entries:
                    merge(self.entries, f"{rank} @ {body}", key)
        for top in ("secretary-general", "deputy secretary-general"):
            if not any(top in entry.reports for entry in self.entries.values()):
                self.entries.pop(top, None)  # it matters as a superior only
        for entry in list(self.entries.values()):
            rank = " ".join(entry.key.split()[:2])  # "assistant secretary-general tides" heads the Office of Tides
            same = f"{rank} @ {entry.body[0]}" if entry.inherited and entry.body else ""
            if same in self.entries and same != entry.key:
                merge(self.entries, same, entry.key)

    def abbreviate(self, abbreviations: Sequence[Abbreviation]) -> None:
        """Give posts the acronyms that the report defines for them."""
        for abbreviation in abbreviations:
            meant = self.titles.known.short.get(abbreviation.acronym)
            if meant and meant == without_purpose(abbreviation.expansion.value):
                entry = self.entries.get(self.titles.alone(meant).key)
                if entry is not None and entry.acronym is None:
                    entry.acronym = Said(abbreviation.acronym, abbreviation.expansion.evidence)


def _in_units(titles: Sequence[Title], text: str, refs: Sequence[Reference]) -> Iterator[Title]:
    """Yield the posts, those that a unit comprises as the unit's."""
    unit: Reference | None = None
    end = 0
    for title in titles:
        here = staffed_by(text, refs, title.start)
        unit = here or (unit if unit and listed_after(text, end, title.start) else None)
        end = title.until
        own = unit is None or title.body or title.mission
        yield title if own or unit is None else replace(title, body=unit.key, span=(unit.start, title.until))


def _owned(title: Title, text: str, refs: Sequence[Reference]) -> Title:
    """Let the organisation that a post heads be the post's."""
    owner = None if title.body else headed_by(text, refs, title.start) or heads(text, refs, title.end, title.mission)
    if owner is None:
        start, _ = sentence_bounds(text, title.start)
        subject = next((r for r in refs if start <= r.start and r.until <= title.start), None)
        if title.body or title.mission or subject is None or not text.endswith((" its ", " whose "), 0, title.start):
            return title  # else "the Executive Office, ... and its Executive Officer"
        return replace(title, body=subject.key, span=(subject.start, title.end))
    return replace(title, body=owner.key, span=(min(owner.start, title.start), title.end), head_of=owner.key)
