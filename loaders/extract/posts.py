"""The posts that a report names: title, organisation, grade, and whom each reports to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditgraph.iris import slug
from auditgraph.loaders.extract.hierarchy import sentence_bounds
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.names import Token, mentions, tokens
from auditgraph.loaders.extract.references import Names, main_body
from auditgraph.loaders.extract.reading import Run, merged, runs
from auditgraph.loaders.extract.responsibilities import split_officials
from auditgraph.loaders.extract.titles import RANK, TITLE_ENDS, TITLE_STARTS, title_key
from auditgraph.model import Abbreviation, Organisation, Passage, Post, ProseKind, Said, Skeleton
from auditgraph.ontology.gazetteer import Gazetteer, folded

__all__ = ["posts"]

_GRADE = (
    r"(?:Under-Secretary-General|Assistant Secretary-General|USG|ASG|D-?[12]|P-?[1-7]|FS-?[1-7]|GS?-?[1-7]|NO-?[A-E]|L-?[1-7])"
)
# "at the D-1 level", "(P-5)", ", at the Assistant Secretary-General level".
_AT_GRADE = re.compile(rf"(?:\s*\([^()]{{2,40}}\))?,? (?:(?:graded )?at|with|on) (?:the |an? )?(?P<grade>{_GRADE}) (?:level|grade)|\s*\((?:at )?(?P<short>{_GRADE})(?: level)?\)")
_GRADE_BEFORE = re.compile(rf"\b(?P<grade>{_GRADE})(?: level)? $")
_RANK = re.compile(rf"(?<![\w-]){RANK}(?![\w-])")
_LINK = re.compile(r",? (?:of (?:the )?|for (?:the )?|in (?:the )?|the )?")
_HEADED = re.compile(
    r"\b(?:is|was|are|were|,|which is|and is|unit|section)? ?(?:currently |each )?(?:headed|led|managed|directed|supervised|overseen|run) by (?:an? |the |its |one )?"
    rf"(?:{_GRADE}(?: level)? )?$"
)
_REPORTS = re.compile(
    r"(?:\s*\([^()]*\))*(?:,? (?:at|with|on) (?:the |an? )?[\w-]+(?: [\w-]+)? (?:level|grade))?(?:\s*\([^()]*\))*"
    r"(?:,? (?:who|and|which|that|whose incumbent))?(?: (?:in turn|also|then|directly|and))*,? report(?:s|ed|ing)? (?:directly |administratively |functionally |jointly )*to (?:both )?(?:the |an? )?"
)
_MORE = re.compile(r"(?:\s*\([^()]*\))*,? (?:and|as well as|and also|or|through) (?:(?:functionally |administratively |directly )*to )?(?:the |an? )?")
# "UNIFIL Force Commander", "the Division's Director", "Service Delivery, whose Chief".
_OWNED = frozenset((" ", "’s ", "'s ", ", whose ", " whose "))
_FUNCTION = re.compile(r"(?:[A-Z][\w’'-]*|&|and|of|for)(?: (?:[A-Z][\w’'-]*(?:[ ,]?)|&|and|of|for))*")
_BARE = re.compile(r"\b(?:[Tt]he |[Ii]ts |or |and )(?P<title>(?:Deputy )?(?:Chief|Director|Head)(?: of (?:the )?(?:Section|Division|Unit|Service|Branch|Office))?)(?![\w-]| [A-Z]| of|,? [A-Z])")


@dataclass(frozen=True, slots=True)
class _Title:
    """A post named at `start:end`: `key` of the post, `body` the canonical name of its organisation or empty."""

    start: int
    end: int
    key: str
    body: str = ""
    full: bool = True


@dataclass(slots=True)
class _Entry:
    key: str
    printed: list[tuple[str, tuple[Passage, ...]]] = field(default_factory=list)
    body: tuple[str, tuple[Passage, ...], bool] | None = None
    grade: Said[str] | None = None
    reports: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    acronym: Said[str] | None = None


def posts(
    skeleton: Skeleton, abbreviations: Sequence[Abbreviation], organisations: Sequence[Organisation], gazetteer: Gazetteer
) -> tuple[Post, ...]:
    """Return the posts that a report names, each once, with what it says of their organisation, grade and superiors."""
    names = Names(abbreviations, gazetteer)
    keys = {names.canonical(o.name.value): o.key for o in organisations}
    reader = _Reader(skeleton, names, main_body(skeleton, names), keys)
    for run in runs(skeleton):
        reader.read(run)
    return reader.posts()


class _Reader:
    """Collects what the runs of a report say of posts."""

    def __init__(self, skeleton: Skeleton, names: Names, main: str, keys: dict[str, str]) -> None:
        self.skeleton, self.names, self.main, self.keys = skeleton, names, main, keys
        self.entries: dict[str, _Entry] = {}
        self.headed: dict[str, str] = {}  # rank ("director") -> the body whose head was named with it last
        self.seen: list[str] = []  # the bodies named so far
        self.known = self._known_titles()
        self.short = self._short_titles()

    def _known_titles(self) -> dict[str, list[str]]:
        first: dict[str, list[str]] = {}
        for post in self.names.lexicon.gazetteer.posts:
            if post.level != "united nations":
                for title in post.titles:
                    first.setdefault(re.split(r"[ ,/]", title)[0], []).append(title)
        return {word: sorted(titles, key=len, reverse=True) for word, titles in first.items()}

    def _short_titles(self) -> dict[str, str]:
        """Return acronyms that stand for posts: those that the report defines so, and well-known ones."""
        short = {p.acronym: p.title for p in self.names.lexicon.gazetteer.posts if len(p.acronym) > 2 and p.level == "mission"}
        for acronym, expansion in self.names.lexicon.expansions.items():
            words = expansion.replace(",", " ").split()
            if words[0] in TITLE_STARTS or words[-1] in TITLE_ENDS:
                short[acronym] = expansion
            else:
                short.pop(acronym, None)
        return short

    def read(self, run: Run) -> None:
        """Take in what a run says."""
        text = run.text.value
        if text.isupper() or run.kind is ProseKind.TITLE:
            return
        if run.column == "official":
            self._officials(run)
            return
        bodies = [(m.start, m.end, m.until, self.names.canonical(m.name)) for m in mentions(text, self.names.lexicon)]
        titles = self._titles(text, bodies)
        for title in titles:
            self._take(run, title)
        self._reports(run, titles, bodies)
        self.seen += [b[3] for b in bodies]

    def _titles(self, text: str, bodies: Sequence[tuple[int, int, int, str]]) -> list[_Title]:
        found: list[_Title] = []
        words = tokens(text)
        for title in (*self._known(text), *self._acronyms(words), *self._ranked(text, bodies), *self._ending(text, words)):
            inside = any(a <= title.start and title.end <= b for a, b, _, _ in bodies)
            if not inside:
                found.append(title)
        kept: list[_Title] = []
        for title in sorted(found, key=lambda t: (t.start - t.end, t.start)):
            if all(title.end <= k.start or title.start >= k.end for k in kept):
                kept.append(title)
        for match in _BARE.finditer(text):
            start, end = match.span("title")
            if all(end <= k.start or start >= k.end for k in kept) and not any(a <= start < b for a, b, _, _ in bodies):
                title_ = self._bare(text, start, end, bodies)
                if title_ is not None:
                    kept.append(title_)
        return sorted(kept, key=lambda t: t.start)

    def _known(self, text: str) -> Iterator[_Title]:
        for match in re.finditer(r"(?<![\w-])[A-Z][\w-]*", text):
            for title in self.known.get(match.group(), ()):
                pattern = re.escape(title).replace("/", r"\s?/\s?").replace(r"\-General", r"[- ]General")
                printed = re.compile(pattern + r"(?!\w)").match(text, match.start())
                if printed and not re.match(r" [A-Z][a-z]+ (?:Officer|Assistant)", text[printed.end() :]):
                    level = self.names.lexicon.gazetteer.post_titles[folded(title)].level
                    yield _Title(match.start(), printed.end(), title_key(self._canonical(title)), self.main if level == "mission" else "")
                    break

    def _canonical(self, title: str) -> str:
        post = self.names.lexicon.gazetteer.post_titles.get(folded(title))
        return post.title if post is not None else title

    def _acronyms(self, words: Sequence[Token]) -> Iterator[_Title]:
        for word in words:
            if word.base in self.short and is_acronym(word.base):
                meant = self.short[word.base]
                post = self.names.lexicon.gazetteer.post_titles.get(folded(meant))
                body = self.main if post is not None and post.level == "mission" else ""
                key, owner = self._of(meant)
                yield _Title(word.start, word.start + len(word.base), key, owner or body)

    def _of(self, title: str) -> tuple[str, str]:
        """Return the key and the organisation of a title that stands alone ("Chief Rations Unit")."""
        bodies = [(m.start, m.end, m.until, self.names.canonical(m.name)) for m in mentions(title, self.names.lexicon)]
        for ranked in self._ranked(title, bodies):
            if ranked.start == 0 and ranked.body and ranked.end == len(title):
                return ranked.key, ranked.body
        return title_key(self._canonical(title)), ""

    def _ranked(self, text: str, bodies: Sequence[tuple[int, int, int, str]]) -> Iterator[_Title]:
        """Yield "Chief of the Rations Unit", "Director, Rations Division", "Head, Planning", "a Chief at the P-5 level"."""
        for rank in _RANK.finditer(text):
            link = _LINK.match(text, rank.end())
            at = link.end() if link else rank.end()
            body = next((b for b in bodies if b[0] == at and at > rank.end()), None)
            owner = next((b for b in bodies if text[b[2] : rank.start()] in _OWNED or text[b[1] : rank.start()] in _OWNED), None)
            name = re.sub(r"^(?:Acting|Interim) ", "", rank.group()).lower()
            if body is not None:
                self.headed[name] = body[3]
                yield _Title(rank.start(), body[1], f"{name} @ {body[3]}", body[3])
                continue
            headed = _HEADED.search(text, 0, rank.start())
            if headed:
                before = [b for b in bodies if b[2] <= headed.start() + 1]
                subject = before[-1][3] if before else ""
                anaphor = re.search(r"\b(?:The|the|each) (Division|Section|Unit|Service|Branch|Office|Centre|Center|Team|Department)\b[^.]{0,60}$", text[: headed.start() + 1])
                if anaphor and (not before or anaphor.start() >= before[-1][2]):
                    subject = self._last(anaphor[1], text, bodies, anaphor.start())
                function = re.compile(r" of (?:the )?(?:Section|Division|Unit|Service|Branch|Office)\b").match(text, rank.end())
                if subject and not re.match(r" [A-Z]| of (?:the )?[A-Z]", text[rank.end() :]) or (subject and function):
                    self.headed[name] = subject
                    end = function.end() if function else rank.end()
                    yield _Title(rank.start(), end, f"{name} @ {subject}", subject, False)
                    continue
            if owner is not None and not re.match(r"\s(?:of|[A-Z])", text[rank.end() :]):
                self.headed[name] = owner[3]
                yield _Title(rank.start(), rank.end(), f"{name} @ {owner[3]}", owner[3], False)
                continue
            function = re.compile(r"(?:,| of(?: the)?| for(?: the)?)? (?=[A-Z])").match(text, rank.end())
            phrase = _FUNCTION.match(text, function.end()) if function else None
            if function and phrase:
                words = re.sub(r"(?:[ ,]|\b(?:and|of|for)|&)+$", "", self._until_title(phrase.group()))
                if words and words.split()[0] not in TITLE_STARTS | {"The"} and (function.group().strip() != "," or len(words.split()) > 1):
                    end = function.end() + len(words)
                    yield _Title(rank.start(), end, title_key(self._canonical(text[rank.start() : end])))

    @staticmethod
    def _until_title(phrase: str) -> str:
        """Cut a phrase where another title begins: "Service Delivery and Chief ..."."""
        cut = re.search(rf",?(?: and)? (?={RANK}\b)", phrase)
        phrase = phrase[: cut.start()] if cut else phrase
        return phrase.split(",")[0]

    def _last(self, head: str, text: str, bodies: Sequence[tuple[int, int, int, str]], at: int) -> str:
        wanted = head.lower().replace("center", "centre")
        here = [b[3] for b in bodies if b[1] <= at and b[3].endswith(wanted)]
        if here:
            return here[-1]
        earlier = [k for k in self.seen if k.endswith(wanted)]
        return earlier[-1] if earlier else ""

    def _ending(self, text: str, words: Sequence[Token]) -> Iterator[_Title]:
        """Yield titles that end in the word for the post: "Force Medical Officer", "Senior Electoral Officer"."""
        for index, word in enumerate(words):
            if word.base not in TITLE_ENDS or word.text == "Director":
                continue
            start = index
            while start > 0 and text[words[start - 1].end : words[start].start] == " ":
                before = words[start - 1]
                if before.text in {"and", "&"} and start > 1 and words[start - 2].capital and not before.possessive:
                    if words[start - 2].base in TITLE_ENDS:
                        break
                    start -= 1
                    continue
                if not before.capital or before.possessive or before.text in _NOT_IN_TITLES or before.base in TITLE_ENDS - {"Associate", "Assistant"}:
                    break
                if is_acronym(before.base) and before.base in self.names.lexicon.organisation_acronyms:
                    break
                if before.base in self.names.lexicon.heads and before.base not in {"Team", "Group", "Police", "Service", "Office"}:
                    break
                start -= 1
            while start < index and words[start].text in {"and", "&"}:
                start += 1
            if start == index or (words[start].base in {"Team"} and index == start + 1 and word.text != "Leader"):
                continue
            end = word.start + len(word.base)
            if index + 1 < len(words) and words[index + 1].capital and text[word.end : words[index + 1].start] == " " and not word.possessive:
                following = words[index + 1].base
                if following not in TITLE_STARTS and following in TITLE_ENDS:
                    continue
            title = text[words[start].start : end]
            key, body = self._of_ending(title)
            yield _Title(words[start].start, end, key, body)

    def _of_ending(self, title: str) -> tuple[str, str]:
        post = self.names.lexicon.gazetteer.post_titles.get(folded(title))
        return title_key(self._canonical(title)), self.main if post is not None and post.level == "mission" else ""

    def _bare(self, text: str, start: int, end: int, bodies: Sequence[tuple[int, int, int, str]]) -> _Title | None:
        """Return what "the Director" or "the Deputy Director" means: the post of the body whose head was named so."""
        name = text[start:end].split(" of ")[0].lower()
        rank = name.removeprefix("deputy ")
        body = self.headed.get(name) or (self.headed.get(rank) if name != rank else None)
        return _Title(start, end, f"{name} @ {body}", body, False) if body else None

    def _take(self, run: Run, title: _Title) -> None:
        text = run.text.value
        entry = self.entries.setdefault(title.key, _Entry(title.key))
        passages = run.passages(self.skeleton, title.start, title.end)
        entry.printed.append((text[title.start : title.end], passages))
        if title.body and entry.body is None:
            derived = title.body == self.main
            entry.body = (title.body, passages, derived)
        at = _AT_GRADE.match(text, title.end)
        before = _GRADE_BEFORE.search(text, 0, title.start)
        if entry.grade is None and (at or before):
            if at:
                value, end = at["grade"] or at["short"], at.end()
                entry.grade = Said(value, run.passages(self.skeleton, title.start, end))
            elif before:
                entry.grade = Said(before["grade"], run.passages(self.skeleton, before.start("grade"), title.end))
        headed = _HEADED.search(text, 0, title.start)
        if headed and entry.body is None:
            owner = [m for m in mentions(text[: headed.start() + 1], self.names.lexicon)]
            if owner:
                said = run.passages(self.skeleton, owner[-1].start, title.end)
                entry.body = (self.names.canonical(owner[-1].name), said, False)

    def _reports(self, run: Run, titles: Sequence[_Title], bodies: Sequence[tuple[int, int, int, str]]) -> None:
        text = run.text.value
        for index, title in enumerate(titles):
            link = _REPORTS.match(text, title.end)
            if link is None:
                continue
            at = link.end()
            while True:
                target = next((t for t in titles if t.start == at), None)
                body = next((b for b in bodies if b[0] == at), None)
                if target is not None and target.key != title.key:
                    key, end = target.key, target.end
                elif body is not None:
                    key, end = f"={body[3]}", body[1]
                else:
                    break
                said = run.passages(self.skeleton, title.start, end)
                self.entries[title.key].reports.setdefault(key, said)
                more = _MORE.match(text, end)
                if more is None:
                    break
                at = more.end()

    def _officials(self, run: Run) -> None:
        text = run.text.value
        for official in split_officials(text):
            start = text.find(official)
            bare = re.sub(r"\s*\([^()]*\)$", "", official).strip("()")
            title = self.short.get(bare, bare)
            key, body = self._of(title)
            if self.names.lexicon.is_organisation(bare) or not self._is_title(title):
                continue
            entry = self.entries.setdefault(key, _Entry(key))
            passages = run.passages(self.skeleton, start, start + len(official))
            entry.printed.append((bare, passages))
            if body and entry.body is None:
                entry.body = (body, passages, False)
            if entry.body is None and self.main:
                post = self.names.lexicon.gazetteer.post_titles.get(folded(title))
                if post is not None and post.level == "mission":
                    entry.body = (self.main, passages, True)

    def _is_title(self, title: str) -> bool:
        words = title.replace(",", " ").split()
        return bool(words) and (words[0] in TITLE_STARTS or words[-1] in TITLE_ENDS)

    def posts(self) -> tuple[Post, ...]:
        """Return what was found."""
        for acronym, expansion in self.short.items():
            entry = self.entries.get(self._of(expansion)[0])
            printed = next((a for a in self.names.lexicon.abbreviations if a.acronym == acronym), None)
            if entry is not None and printed is not None and entry.acronym is None:
                entry.acronym = Said(acronym, printed.expansion.evidence)
        keys = {e.key: self._key(e) for e in self.entries.values()}
        return tuple(
            Post(
                keys[e.key],
                Said(*self._title(e)),
                e.acronym,
                Said(self.keys[e.body[0]], e.body[1], e.body[2]) if e.body and e.body[0] in self.keys else None,
                e.grade,
                tuple(
                    Said(keys[k] if not k.startswith("=") else self.keys[k[1:]], said)
                    for k, said in e.reports.items()
                    if (k in keys if not k.startswith("=") else k[1:] in self.keys)
                ),
            )
            for e in self.entries.values()
        )

    def _key(self, entry: _Entry) -> str:
        body = self.keys.get(entry.body[0], "") if entry.body else self.keys.get(self.main, "")
        name = entry.key.split(" @ ")[0]
        return f"{body}/post/{slug(name)}" if body else f"post/{slug(name)}"

    @staticmethod
    def _title(entry: _Entry) -> tuple[str, tuple[Passage, ...]]:
        """Return the fullest printed title: without acronyms before with, then the longest."""
        full = [p for p in entry.printed if not any(is_acronym(w.strip(",")) for w in p[0].split())]
        ranked = [p for p in full if "," in p[0] or " " in p[0]]
        if not ranked:
            ranked = [p for p in entry.printed if " " in p[0]] or entry.printed
        best = max(ranked, key=lambda p: len(p[0]))
        return best[0], merged(best[1], ())


_NOT_IN_TITLES = frozenset(
    "The A An This These Those Its Their Each All Any No For From In On At By With To As If When While Although However "
    "During After Before Following Also Additionally Moreover Furthermore Based Under Both".split()
)
