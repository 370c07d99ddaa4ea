"""The posts that a report names: title, organisation, grade, and whom each reports to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from auditgraph.iris import slug
from auditgraph.loaders.extract.addresses import ADDRESSES, addressed
from auditgraph.loaders.extract.hierarchy import Reference, sentence_bounds
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.pieces import pieces
from auditgraph.loaders.extract.post_names import Title, Titles, headed_by, heads
from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.extract.references import Names, References, main_bodies
from auditgraph.loaders.extract.responsibilities import split_officials
from auditgraph.loaders.extract.titles import GRADE, TITLE_ENDS, TITLE_STARTS
from auditgraph.model import Abbreviation, Organisation, Passage, Post, ProseKind, Said, Skeleton
from auditgraph.ontology.gazetteer import Gazetteer

__all__ = ["posts"]

_BRACKETS = r"(?:\s*\([^()]*\))*"
# "at the D-1 level", "(P-5)", ", at the Assistant Secretary-General level", ", both at the D-2 level".
_AT_GRADE = re.compile(
    rf"{_BRACKETS},? (?:both |each |all )?(?:graded )?(?:at|with|on) (?:the |an? )?(?P<grade>{GRADE}) (?:level|grade)"
    rf"|{_BRACKETS}, (?:who|which) (?:is|was) (?:at|on) the (?P<who>{GRADE}) (?:level|grade)"
    rf"|\s*(?:\([^()]*\)\s*)?\((?:at )?(?:the )?(?P<short>{GRADE})(?: level)?\)"
    rf"|{_BRACKETS}, (?P<comma>(?:D-?[12]|P-?[1-7]|FS-?[1-7]))(?=[,.;]|$)"
)
_LISTED = re.compile(rf"{_BRACKETS},?(?: and)?(?: the| an?)? ")
_BOTH_AT = re.compile(rf"{_BRACKETS},? (?:both|all|each) at (?:the )?(?P<grade>{GRADE}) level")
_GRADE_BEFORE = re.compile(rf"\b(?P<grade>{GRADE})(?: level)? $")
_LEVEL = r"(?:,? (?:both |each )?(?:at|with|on) (?:the |an? )?[\w-]+(?: [\w-]+)? (?:level|grade))?"
# What stands between a post and whom it reports to.
_REPORTS = re.compile(
    rf"{_BRACKETS}{_LEVEL}{_BRACKETS}(?:, appointed by [^,]+,)?,?(?: (?:who|and|which|that))?"
    r"(?: (?:in turn|also|then|directly|and))*,? "
    r"(?:(?:report(?:s|ed|ing)?|(?:is|was) (?:accountable|answerable|responsible)) "
    r"(?:directly |administratively |functionally |jointly |both )*to|report(?:s|ed|ing)?,? (?:through|via)"
    r"|(?:has|had|with) an? (?:(?:functional|direct|administrative|dual|secondary|dotted|technical) )*"
    r"reporting lines? to"
    r") (?:both )?(?:the |an? )?"
)
_MORE = re.compile(
    rf"{_BRACKETS},? (?:(?:and|as well as|and also|or|through|via)(?:, [^,.;]{{3,40}},)? |(?=to ))"
    r"(?P<to>(?:functionally |administratively |directly )*to )?(?P<the>the |an? )?"
)
# "The Chief of Staff is the focal point for claims and reports to": later in the same sentence.
_LATER = re.compile(
    rf"{_BRACKETS},? (?:(?:who|which) )?"
    r"(?:is|was|has|had|acts?|serves?|heads|leads|oversees|manages|chairs|supervises)\b"
    r"[^.;:]{1,120}?,? (?:and|who) (?:also )?report(?:s|ed) (?:directly )?to (?:the )?"
)
_BOTH = re.compile(r"\b(?:Both(?: posts| of whom)?|both of whom) (?:report|reported)(?: directly)? to (?:the )?")
# Whose posts stand in every report beside those of the audited body: OIOS and its Internal Audit Division.
_AUDITORS = frozenset({"=oios", "=iad"})


@dataclass(slots=True)
class _Entry:
    """What has been found of one post."""

    key: str
    printed: list[tuple[str, tuple[Passage, ...]]] = field(default_factory=list)
    body: tuple[str, tuple[Passage, ...]] | None = None
    mission: bool = False
    grade: Said[str] | None = None
    reports: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    acronym: Said[str] | None = None


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
    found = _Found(skeleton, names, audited[0] if len(audited) == 1 else "")
    for run in addressed(pieces(skeleton)):
        found.read(run)
    found.abbreviate(abbreviations)
    return found.posts({names.canonical(o.name.value): o.key for o in organisations})


class _Found:
    """Collects what the runs of a report say of posts."""

    def __init__(self, skeleton: Skeleton, names: Names, main: str) -> None:
        self.skeleton, self.names, self.main = skeleton, names, main
        self.titles = Titles(names)
        self.references = References(names, main)
        self.entries: dict[str, _Entry] = {}
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
        found = [self._apart(_owned(t, text, refs)) for t in self.titles.find(text, refs, run.kind in ADDRESSES)]
        for index, title in enumerate(found):
            self._take(run, title, refs)
            both = _BOTH_AT.match(text, title.until)
            first = index
            while both and first and _LISTED.fullmatch(text[found[first - 1].until : found[first].start]):
                first -= 1
                entry = self.entries[found[first].key]
                entry.grade = entry.grade or Said(
                    both["grade"], run.passages(self.skeleton, found[first].start, both.end())
                )
        self._reports(run, found, refs)

    def _apart(self, title: Title) -> Title:
        """Keep the posts of two bodies apart that both have one: "the Director of Mission Support of ..."."""
        own = title.mission and title.body in {self.main, title.head_of}
        if title.body and " @ " not in title.key and not own:
            return replace(title, key=f"{title.key} @ {title.body}")
        return title

    def _take(self, run: Run, title: Title, refs: Sequence[Reference]) -> None:
        text = run.text.value
        entry = self.entries.setdefault(title.key, _Entry(title.key))
        passages = run.passages(self.skeleton, title.start, title.end)
        entry.printed.append((text[title.start : title.end], passages))
        entry.mission = entry.mission or title.mission
        if title.body and entry.body is None:
            entry.body = (title.body, run.passages(self.skeleton, *title.span))
        entry.grade = entry.grade or self._grade(run, title)
        if title.body and title.mission and title.body != self.main:
            entry.mission = False

    def _grade(self, run: Run, title: Title) -> Said[str] | None:
        text = run.text.value
        after = _AT_GRADE.match(text, title.until)
        if after:
            value = next(filter(None, after.groups()))
            return Said(value, run.passages(self.skeleton, title.start, after.end()))
        before = _GRADE_BEFORE.search(text, 0, title.start)
        if before:
            return Said(before["grade"], run.passages(self.skeleton, before.start("grade"), title.end))
        return None

    def _reports(self, run: Run, titles: Sequence[Title], refs: Sequence[Reference]) -> None:
        text = run.text.value
        for title in titles:
            link = _REPORTS.match(text, title.until) or _later(text, title, titles)
            if link:
                self._targets(run, [title], link.end(), titles, refs)
        for both in _BOTH.finditer(text):
            before = [t for t in titles if t.end <= both.start()][-2:]
            self._targets(run, before, both.end(), titles, refs)

    def _targets(
        self, run: Run, who: Sequence[Title], at: int, titles: Sequence[Title], refs: Sequence[Reference]
    ) -> None:
        text = run.text.value
        while True:
            post = next((t for t in titles if t.start == at), None)
            body = next((r for r in refs if r.start == at or (not r.named and r.start == at - 4)), None)
            if post is not None:
                key, end = post.key, post.until
            elif body is not None:
                key, end = f"={body.key}", body.end
            else:
                return
            for title in who:
                if title.key != key:
                    said = run.passages(self.skeleton, title.start, end)
                    self.entries[title.key].reports.setdefault(key, said)
            more = _MORE.match(text, end)
            # "the Executive Secretary and Chief of Staff" is one person.
            if more is None or (
                post is not None and not (more["to"] or more["the"] or is_acronym(text[more.end() :].split(" ")[0]))
            ):
                return
            at = more.end()

    def _officials(self, run: Run) -> None:
        text = run.text.value
        for official in split_officials(text):
            bare = re.sub(r"\s*\([^()]*\)$", "", official).strip("()")
            title = self.titles.short.get(bare, bare)
            words = title.replace(",", " ").split()
            post = title.split(",")[0].split()  # "Administrative Officer, Cascadia Secretariat"
            if not words or not (words[0] in TITLE_STARTS or words[-1] in TITLE_ENDS or post[-1] in TITLE_ENDS):
                continue
            if self.names.lexicon.is_organisation(bare) and words[0] in {
                "Senior",
                "Executive",
                "Joint",
                "Force",
                "Police",
            }:
                continue
            alone = self.titles.alone(title)
            entity = self.names.canonical(self.entities.get(run.place, ""))
            if alone.mission and not alone.body and entity:
                alone = self._apart(replace(alone, body=entity))
            entry = self.entries.setdefault(alone.key, _Entry(alone.key))
            start = max(text.find(official), 0)
            passages = run.passages(self.skeleton, start, start + len(official))
            entry.printed.append((bare[: alone.end] if title == bare else bare, passages))
            entry.mission = entry.mission or alone.mission
            if alone.body and entry.body is None:
                entry.body = (alone.body, passages)

    def abbreviate(self, abbreviations: Sequence[Abbreviation]) -> None:
        """Give posts the acronyms that the report defines for them."""
        for abbreviation in abbreviations:
            if self.titles.short.get(abbreviation.acronym) == abbreviation.expansion.value:
                entry = self.entries.get(self.titles.alone(abbreviation.expansion.value).key)
                if entry is not None and entry.acronym is None:
                    entry.acronym = Said(abbreviation.acronym, abbreviation.expansion.evidence)

    def posts(self, organisations: dict[str, str]) -> tuple[Post, ...]:
        """Return what was found; `organisations` are keys by canonical name."""
        self._join()
        keys = {e.key: self._key(e, organisations) for e in self.entries.values()}

        def superior(key: str) -> str:
            return organisations.get(key[1:], "") if key.startswith("=") else keys[key]

        return tuple(
            Post(
                keys[entry.key],
                Said(*_fullest(entry)),
                entry.acronym,
                self._organisation(entry, organisations),
                entry.grade,
                tuple(Said(superior(key), said) for key, said in entry.reports.items() if superior(key)),
            )
            for entry in self.entries.values()
        )

    def _join(self) -> None:
        """Take a post that is named without its body for the only one that is named with it."""
        for key, entry in list(self.entries.items()):
            same = [k for k in self.entries if k.startswith(f"{key} @ ") and k[len(key) + 3 :] not in _AUDITORS]
            if entry.body is not None:
                for other in same:
                    if self.entries[other].body == entry.body or other == f"{key} @ {entry.body[0]}":
                        self._merge(other, key)
            elif len(same) == 1 and not (entry.mission and self.main):
                self._merge(key, same[0])
        for key, entry in self.entries.items():
            if key.startswith("deputy ") and entry.body is None:
                of = [e.body for k, e in self.entries.items() if k.split(" @ ")[0] == key[7:] and e.body is not None]
                entry.body = of[0] if len(of) == 1 else None

    def _merge(self, key: str, into: str) -> None:
        entry, whole = self.entries.pop(key), self.entries[into]
        whole.printed += entry.printed
        whole.grade = whole.grade or entry.grade
        whole.acronym = whole.acronym or entry.acronym
        whole.reports = whole.reports | entry.reports
        for other in self.entries.values():
            if key in other.reports:
                other.reports[into] = other.reports.pop(key)

    def _organisation(self, entry: _Entry, organisations: dict[str, str]) -> Said[str] | None:
        if entry.body is not None and entry.body[0] in organisations:
            return Said(organisations[entry.body[0]], entry.body[1])
        if entry.mission and entry.body is None and self.main in organisations:
            return Said(organisations[self.main], entry.printed[0][1], True)
        return None

    def _key(self, entry: _Entry, organisations: dict[str, str]) -> str:
        body = organisations.get(entry.body[0] if entry.body else self.main, "")
        name = slug(entry.key.split(" @ ")[0])
        return f"{body}/post/{name}" if body else f"post/{name}"


def _owned(title: Title, text: str, refs: Sequence[Reference]) -> Title:
    """Let the organisation that a post heads be the post's."""
    owner = None if title.body else headed_by(text, refs, title.start) or heads(text, refs, title.end)
    if owner is None:
        start, _ = sentence_bounds(text, title.start)
        subject = next((r for r in refs if start <= r.start and r.until <= title.start), None)
        if title.body or title.mission or subject is None or not text.endswith((" its ", " whose "), 0, title.start):
            return title  # else "the Executive Office, ... and its Executive Officer"
        return replace(title, body=subject.key, span=(subject.start, title.end))
    return replace(title, body=owner.key, span=(min(owner.start, title.start), title.end), head_of=owner.key)


def _later(text: str, title: Title, titles: Sequence[Title]) -> re.Match[str] | None:
    """Return the wording that says whom a post reports to later in its sentence, no other post between."""
    link = _LATER.match(text, title.until)
    return None if link and any(title.until <= t.start < link.end() for t in titles) else link


def _fullest(entry: _Entry) -> tuple[str, tuple[Passage, ...]]:
    """Return the fullest printed title: without acronyms before with, then the longest; a lone rank last."""
    full = [p for p in entry.printed if not any(is_acronym(w.strip(",")) for w in p[0].split())]
    full = [
        p for p in full if not re.search(r" of (?:the )?(?:Section|Division|Unit|Service|Branch|Office)$", p[0])
    ] or full
    several = [p for p in full if " " in p[0]] or [p for p in entry.printed if " " in p[0]] or entry.printed
    return max(several, key=lambda p: len(p[0]))
