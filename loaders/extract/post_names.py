"""Titles of posts in running text: where one stands, and which organisation's post it is by its wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditgraph.loaders.extract.hierarchy import Reference, outer, sentence_bounds
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.lexicon import Token, tokens
from auditgraph.loaders.extract.references import Names
from auditgraph.loaders.extract.titles import GRADE, RANK, TITLE_ENDS, TITLE_STARTS, title_key
from auditgraph.ontology.gazetteer import folded

__all__ = ["Title", "Titles", "headed_by", "heads"]

_RANK = re.compile(rf"(?<![\w-]){RANK}(?![\w-])")
_LINK = re.compile(r",? (?:of (?:the )?|for (?:the )?|in (?:the )?|the )?")
# "X is headed by a", "X, led by the": what stands before the title of the head of X.
_HEADED = re.compile(
    rf"\b(?:headed|led|managed|directed|supervised|overseen|run) by (?:an? |the |its |one )?(?:{GRADE}(?: level)? )?$"
)
# "X has a Chief at the P-4 level": so too, where the head's grade is told.
_HAS = re.compile(r"\b(?:has|had) (?:an? |one )$")
_GRADED = re.compile(rf"{RANK} (?:at the|\() ?{GRADE}")
_HEADS = re.compile(
    rf"(?:\s*\([^()]*\))*(?:,? at the {GRADE} level,?)? (?:heads|headed|leads|led|oversees|manages) (?:the )?"
)
# "UNIFIL Force Commander", "the Division's Director", "Service Delivery, whose Chief".
_OWNED = frozenset((" ", "’s ", "'s ", ", whose ", " whose "))
_INSIDE = re.compile(
    r",? (?:of|in|within|under|which is part of|(?:is|was) (?:located|based|placed|housed) (?:with)?in) (?:the )?"
)
_ITS = re.compile(r"\b[Ii]ts $")
_WORDS = r"[A-Z][\w’'-]*(?:(?:,| and| &|, and| of| for)? [A-Z&][\w’'-]*)*"
_FUNCTION = re.compile(rf"(?:,| of(?: the)?| for(?: the)?)? (?P<words>{_WORDS})")
# What goes on with a known title: "Under-Secretary-General for Field Support".
_MORE = re.compile(rf" for (?:the )?(?P<words>{_WORDS})|, (?P<part>Political|Protection|Operations|Rule of Law)\b")
_UNIT = r"(?:Section|Division|Unit|Service|Branch|Office|Centre|Center|Department|Team)"
_OF_ANAPHOR = re.compile(rf" of (?:the |this )?(?P<head>{_UNIT})\b(?! [A-Z])")
_BARE = re.compile(
    r"\b(?:[Tt]he |[Ii]ts |or |and )(?P<title>(?:Deputy |Executive )*(?:Chief|Director|Head))"
    rf"(?P<of> of (?:the )?{_UNIT})?"
    r"(?![\w-]| [A-Z]| of|,? [A-Z])"
)
_LOCAL = re.compile(
    r"(?P<head>Head of (?P<kind>(?:[A-Z][\w-]* )?(?:Office|Sub-[Oo]ffice)))(?:,| in) (?P<place>[A-Z].*)"
)
_TOP = {"USG": "Under-Secretary-General", "ASG": "Assistant Secretary-General"}
# "the Manual for the Hiring Manager": a document's title.
_DOCUMENT = re.compile(
    r"\b(?:Manual|Guide|Guidelines|Handbook|Toolkit|Policy|Charter|Compact) (?:for|of|on) (?:the )?$"
)
_AT_LEVEL = re.compile(r"(?: or [\w-]+)? levels?\b")
# Words that begin titles and other names as well: "Police nationale", "Senior Leadership Team".
# A rank that is a title without what is headed: "Executive Director", "Deputy Executive Director".
_WHOLE = ("Executive Director", "Managing Director")
_ADJECTIVES = frozenset(
    "Police Force Resident Humanitarian Executive High Senior Joint Special Principal Interim".split()
)
_NOT_IN_TITLES = frozenset(
    "The A An This These Those Its Their Each All Any No For From In On At By With To As If When While Although "
    "However During After Before Following Also Additionally Moreover Furthermore Based Under Both United Nations "
    "One Two".split()
)
# A bare rank or an acronym may stand before the body of the post: "Chief of Staff in the Office of ...".
_IN_BODY = re.compile(r",? (?:of|in|at|with|within|for) (?:the )?|, ")


@dataclass(frozen=True, slots=True)
class Title:
    """A post named at `start:end`: `key` the same for the same post; `body` the canonical name of its organisation.

    `span` is where the words stand that say whose post it is; `mission` tells that the title is one that a mission has
    once, so that the audited mission's is meant where no other is named. `head_of` is the body where the wording says
    that this post heads it.
    """

    start: int
    end: int
    key: str
    body: str = ""
    span: tuple[int, int] = (0, 0)
    mission: bool = False
    head_of: str = ""

    @property
    def until(self) -> int:
        """Return the end of the title, with the words behind it that say whose post it is."""
        return max(self.end, self.span[1])


def heads(text: str, refs: Sequence[Reference], end: int) -> Reference | None:
    """Return the organisation that the post named up to `end` heads ("the CHRO heads the X"), or None."""
    match = _HEADS.match(text, end)
    return next((r for r in refs if match and r.start in {match.end(), match.end() - 4}), None)


def headed_by(text: str, refs: Sequence[Reference], at: int) -> Reference | None:
    """Return the organisation whose head is named at `at` ("X is headed by a"), or None."""
    match = _HEADED.search(text, 0, at) or (_GRADED.match(text, at) and _HAS.search(text, 0, at))
    if match is None:
        return None
    start, _ = sentence_bounds(text, match.start())
    before = [r for r in outer(refs) if start <= r.start and r.until <= match.start() + 1]
    before = [
        r
        for r, after in zip(before, [*before[1:], None], strict=False)
        if after is None or text[r.end : after.start] not in _OWNED
    ]  # "the UNIFIL Rations Unit": the unit
    if not before:
        return None
    chosen = len(before) - 1
    # "The Client Section in the Geneva Office, headed by a Chief": the section, not the office.
    while chosen and _INSIDE.fullmatch(text, before[chosen - 1].until, before[chosen].start):
        chosen -= 1
    subject = before[0]
    verb = re.match(
        r"(?:, )?[^.;:,]*\b(?:is|was|are|were)\b(?: currently)? $", text[before[chosen].until : match.start()]
    )
    if re.fullmatch(r",? and ", text[before[chosen].until : match.start()]):
        return subject  # "The Unit is located within the Y and has a Chief"
    if verb and re.match(r", (?:which|that) (?:is|was) ", verb.group()):
        return before[chosen]  # "A has an office in B and a Sub-Office in C, which is headed by"
    if verb and (" and is " in f" {verb.group()}" or verb.group().startswith(", ")):
        return subject  # "The Centre, established by the Y, is headed by a"
    return before[chosen]


class Titles:
    """Finds the posts named in texts, in order."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.headed: dict[str, str] = {}  # rank ("director") -> the body whose head was named with it last

    @cached_property
    def known(self) -> dict[str, list[str]]:
        """Return titles of the gazetteer by their first word, the longest first."""
        first: dict[str, list[str]] = {}
        for post in self.names.lexicon.gazetteer.posts:
            if post.level != "united nations":
                for title in post.titles:
                    first.setdefault(re.split(r"[ ,/]", title)[0], []).append(title)
        return {word: sorted(titles, key=len, reverse=True) for word, titles in first.items()}

    @cached_property
    def short(self) -> dict[str, str]:
        """Return acronyms that stand for posts: those that the report defines so, and well-known ones."""
        posts = self.names.lexicon.gazetteer.posts
        short = {p.acronym: p.title for p in posts if len(p.acronym) > 2 and p.level == "mission"}
        for acronym, expansion in self.names.lexicon.expansions.items():
            words = expansion.replace(",", " ").split()
            titled = words[0] in TITLE_STARTS - _ADJECTIVES or words[-1] in TITLE_ENDS
            if titled and not self.names.lexicon.is_organisation(expansion):
                short[acronym] = expansion
            else:
                short.pop(acronym, None)
        return short

    def find(self, text: str, refs: Sequence[Reference], address: bool = False) -> list[Title]:
        """Return the posts named in a text; `address` where names of people stand before their titles."""
        words = tokens(text)
        bodies = [r for r in refs if r.named]
        found = [
            *self._known(text, bodies),
            *self._acronyms(text, words),
            *self._ranked(text, refs, address),
            *self._ending(text, words, refs, address),
            *self._headed(text, refs),
        ]
        kept: list[Title] = []
        for title in sorted(found, key=lambda t: (t.start, -t.end, not t.body)):
            inside = any(r.start <= title.start and title.end <= r.end for r in bodies) or _DOCUMENT.search(
                text, 0, title.start
            )
            if not inside and all(title.end <= k.start or title.start >= k.end or _twin(title, k) for k in kept):
                kept.append(title)
        for match in _BARE.finditer(text):
            start, end = match.span("title")
            end = match.end() if match["of"] else end
            if all(end <= k.start or start >= k.end for k in kept) and not any(
                r.start <= start < r.end for r in bodies
            ):
                kept.extend(self._bare(match["title"].lower(), start, end))
        return sorted(kept, key=lambda t: t.start)

    def alone(self, title: str) -> Title:
        """Return what a title that stands alone names ("Chief Rations Unit")."""
        if local := _LOCAL.fullmatch(title):  # "Head of Field Office, Gao"
            body = self.names.canonical(f"{local['kind']} in {local['place']}")
            return Title(0, len(local["head"]), title_key(local["head"]), body, (0, len(title)))
        head = title.partition(", ")[0]
        refs = self._refs(title)
        for ranked in self._ranked(title, refs):
            rest = title[ranked.end :]  # "Chief, Budget Service, UNON"
            owned = ranked.until == len(title) or rest.lstrip(", ") in self.names.lexicon.organisation_acronyms
            if ranked.start == 0 and ((ranked.body and owned) or not rest):
                return ranked
        for ranked in self._known(title, refs):
            if ranked.start == 0 and max(ranked.end, ranked.span[1]) == len(title):
                return ranked
        whole = next((r for r in refs if (r.start, r.end) == (len(head) + 2, len(title))), None)
        if head in TITLE_ENDS and whole is not None:  # "Representative, UNHCR Nubaria"
            return Title(0, len(head), title_key(head), whole.key, (0, len(title)))
        for ending in self._ending(title, tokens(title), refs, False):
            if ending.start == 0 and ending.span[1] == len(title):
                return ending
        return Title(0, len(title), title_key(self._proper(title)), mission=self._mission(title))

    def _refs(self, text: str) -> list[Reference]:
        return [Reference(m.start, m.end, m.until, self.names.canonical(m.name)) for m in self.names.mentions(text)]

    def _proper(self, title: str) -> str:
        post = self.names.lexicon.gazetteer.post_titles.get(folded(title))
        return post.title if post is not None else title

    def _mission(self, title: str) -> bool:
        post = self.names.lexicon.gazetteer.post_titles.get(folded(title))
        return post is not None and post.level == "mission"

    def _known(self, text: str, bodies: Sequence[Reference]) -> Iterator[Title]:
        for match in re.finditer(r"(?<![\w-])[A-Z][\w-]*", text):
            for title in self.known.get(match.group(), ()):
                pattern = re.escape(title).replace("/", r"\s?/\s?").replace(r"\-General", r"[- ]General")
                printed = re.compile(pattern + r"(?!\w)").match(text, match.start())
                if printed is None:
                    continue
                if _AT_LEVEL.match(text, printed.end()) or re.search(r"\bat (?:the )?$", text[: match.start()]):
                    break
                yield self._extended(text, title, match.start(), printed.end(), bodies)
                break

    def _extended(self, text: str, title: str, start: int, end: int, bodies: Sequence[Reference]) -> Title:
        """Return a known title with what goes on with it: a body, or "for Field Support"."""
        link = _IN_BODY.match(text, end)
        body = next(
            (r for r in bodies if link and (r.start == link.end() or (not r.named and r.start == link.end() - 4))), None
        )
        if link is not None and body is not None and (link.group().strip() != "for" or not body.named):
            mission = self._mission(title)
            return Title(start, end, title_key(self._proper(title)), body.key, (start, body.end), mission)
        more = _MORE.match(text, end)
        if more:
            stop = more.start("words") + len(_cut(more["words"])) if more["words"] else more.end()
            whole = text[start:stop]
            if folded(whole) in self.names.lexicon.gazetteer.post_titles:
                whole = self._proper(whole)
            mission = self._mission(title) and not title.startswith(("Under-Sec", "Assistant Sec"))
            return Title(start, stop, title_key(whole), mission=mission)
        return Title(start, end, title_key(self._proper(title)), mission=self._mission(title))

    def _acronyms(self, text: str, words: Sequence[Token]) -> Iterator[Title]:
        for index, word in enumerate(words):
            rank, slash, whose = word.base.partition("/")
            if slash and rank in _TOP and whose in self.names.lexicon.organisation_acronyms:  # "ASG/OHRM"
                end = word.start + len(word.base)
                body = self.names.canonical(whose)
                yield Title(word.start, end, f"{title_key(_TOP[rank])} @ {body}", body, (word.start, end))
                continue
            if word.base not in self.short or not is_acronym(word.base):
                continue
            end = word.start + len(word.base)
            meant = self.short[word.base]
            before = words[index - 1] if index else None
            if before and before.text in {"Deputy", "Acting"} and text[before.end : word.start] == " ":
                alone = self.alone(f"Deputy {meant}" if before.text == "Deputy" else meant)
                start = before.start if before.text == "Deputy" else word.start
            else:
                alone, start = self.alone(meant), word.start
            yield Title(start, end, alone.key, alone.body, (start, end), alone.mission)

    def _ranked(self, text: str, refs: Sequence[Reference], address: bool = False) -> Iterator[Title]:
        """Yield "Chief of the Rations Unit", "Head, Planning Cell", "its Director", "headed by a Chief"."""
        bodies = [r for r in refs if r.named]
        for rank in _RANK.finditer(text):
            start, end = rank.span()
            name = re.sub(r"^(?:Acting|Interim) ", "", rank.group()).lower()
            link = _LINK.match(text, end)
            body = next((r for r in bodies if link and r.start == link.end()), None)
            if body is not None:
                self.headed[name] = body.key
                stop = end if rank.group().endswith(_WHOLE) else body.end
                yield Title(start, stop, f"{name} @ {body.key}", body.key, (start, body.end))
                continue
            anaphor = _OF_ANAPHOR.match(text, end)
            if anaphor:
                head = next((r for r in refs if not r.named and r.end == anaphor.end("head")), None)
                owner = head or headed_by(text, refs, start) or heads(text, refs, anaphor.end())
                if owner is not None:
                    self.headed[name] = owner.key
                    yield Title(
                        start,
                        anaphor.end(),
                        f"{name} @ {owner.key}",
                        owner.key,
                        (min(owner.start, start), anaphor.end()),
                    )
                continue
            if re.match(r" [A-Z&]| (?:of|for) (?:the )?[A-Z]|, [A-Z][\w-]+ (?:and |& |[A-Z])", text[end:]):
                yield from self._function(text, start, end, address)
                continue
            owner = headed_by(text, refs, start) or heads(text, refs, end)
            if owner is not None:
                for other in _alike(text, refs, owner, start):  # "the A Unit and the B Unit, each headed by a Chief"
                    yield Title(start, end, f"{name} @ {other.key}", other.key, (other.start, end), head_of=other.key)
            owner = owner or next((r for r in bodies if _joined(text, r, start)), None)
            if owner is None and _ITS.search(text, 0, start):
                begin, _ = sentence_bounds(text, start)
                owner = next((r for r in refs if begin <= r.start < start), None)
            if owner is not None:
                self.headed[name] = owner.key
                yield Title(start, end, f"{name} @ {owner.key}", owner.key, (owner.start, end))

    def _function(self, text: str, start: int, end: int, address: bool) -> Iterator[Title]:
        """Yield a rank with what it heads that is no named body: "Chief of Operations", "Director, Strategy"."""
        match = _FUNCTION.match(text, end)
        if match is None:
            return
        words = _cut(match["words"])
        if not words or words.split()[0] in TITLE_STARTS - {"Resident", "Executive"} | _NOT_IN_TITLES:
            return
        if text[end] == "," and len(words.split()) < 2:
            return
        stop = match.start("words") + len(words)
        more = re.match(r"(?: [a-z]+)+(?=[.,;]|$)", text[stop:]) if address else None
        stop += more.end() if more else 0  # "Chief Peacekeeping audit service"
        title = text[start:stop]
        yield Title(start, stop, title_key(self._proper(title)), mission=self._mission(title))

    def _headed(self, text: str, refs: Sequence[Reference]) -> Iterator[Title]:
        """Yield a title of any kind after "headed by": "headed by a Representative at the D-1 level"."""
        for match in re.finditer(
            rf"(?:headed|led) by (?:an? |the )(?:{GRADE} )?(?P<title>[A-Z][\w-]+(?: (?:and |of |for )?[A-Z][\w-]+)*)",
            text,
        ):
            title = match["title"]
            owner = headed_by(text, refs, match.start("title"))
            words = title.split()
            if (words[-1] in TITLE_ENDS or words[0] in TITLE_STARTS) and words[0] not in {"Chief", "Director", "Head"}:
                span = (owner.start, match.end()) if owner else (0, 0)
                yield Title(
                    *match.span("title"),
                    title_key(self._proper(title)),
                    owner.key if owner else "",
                    span,
                    self._mission(title),
                    owner.key if owner else "",
                )
        for match in re.finditer(r"\b(?:an?|one) (?P<title>Representative)\b(?! of| [A-Z])", text):
            yield Title(*match.span("title"), title_key("Representative"))

    def _ending(self, text: str, words: Sequence[Token], refs: Sequence[Reference], address: bool) -> Iterator[Title]:
        """Yield titles that end in the word for the post: "Force Medical Officer", "Senior Electoral Officer"."""
        for index, word in enumerate(words):
            focal = word.text == "Point" and index and words[index - 1].text == "Focal"
            if not focal and (word.base not in TITLE_ENDS or word.text == "Director"):
                continue
            first = self._first(text, words, index - bool(focal), address)
            following = words[index + 1] if index + 1 < len(words) else None
            if first == index - bool(focal) or (
                following and following.base in TITLE_ENDS and text[word.end : following.start] == " "
            ):
                continue
            start, end = words[first].start, word.start + len(word.base)
            title = text[start:end]
            if title == "High Commissioner" or _AT_LEVEL.match(text, end):
                continue
            yield self._extended(text, title, start, end, refs)

    def _first(self, text: str, words: Sequence[Token], index: int, address: bool) -> int:
        """Return the first token of the title that ends at `index`."""
        lexicon = self.names.lexicon
        start = index
        while start > 0 and text[words[start - 1].end : words[start].start] == " ":
            before = words[start - 1]
            joins = before.text in {"and", "&"} and start > 1 and words[start - 2].capital
            if joins and words[start - 2].base not in TITLE_ENDS:
                start -= 1
                continue
            if not before.capital or before.possessive or before.text in _NOT_IN_TITLES:
                break
            if before.base in TITLE_ENDS - {"Associate", "Assistant"} or before.base in lexicon.organisation_acronyms:
                break
            if before.base in lexicon.heads and before.base not in {"Team", "Group", "Police", "Service", "Office"}:
                break
            start -= 1
        while start < index and words[start].text in {"and", "&"}:
            start += 1
        starts = [i for i in range(start, index) if words[i].base in TITLE_STARTS - {"Force", "Police", "Humanitarian"}]
        if starts and (address or words[starts[0]].base in {"Chief", "Deputy", "Senior", "Acting"}):
            start = starts[0]
        return start

    def _bare(self, name: str, start: int, end: int) -> Iterator[Title]:
        """Yield what "the Director" or "the Deputy Director" means: the post of the body whose head was named so."""
        rank = name.removeprefix("deputy ")
        body = self.headed.get(name) or (self.headed.get(rank) if name != rank else None)
        if body:
            yield Title(start, end, f"{name} @ {body}", body, (start, end))


def _alike(text: str, refs: Sequence[Reference], owner: Reference, start: int) -> Iterator[Reference]:
    """Yield the other bodies that "each headed by" speaks of."""
    if re.search(r"\b(?:each|both|all)(?: of which)?(?: (?:is|was|are|were))? \w+ by (?:an? )?$", text[:start]) is None:
        return
    named = [r for r in outer(refs) if r.named and r.start <= owner.start]
    for before, after in zip(reversed(named[:-1]), reversed(named), strict=False):
        if re.fullmatch(r",?(?: and)? (?:the )?", text[before.until : after.start]) is None:
            return
        yield before


def _twin(title: Title, other: Title) -> bool:
    """Tell whether the same words name the heads of two bodies: "each headed by a Chief"."""
    same = (title.start, title.end) == (other.start, other.end) and title.key != other.key
    return same and bool(title.head_of or other.head_of) and bool(title.body and other.body)


def _joined(text: str, ref: Reference, start: int) -> bool:
    return text[ref.until : start] in _OWNED or text[ref.end : start] in _OWNED


def _cut(words: str) -> str:
    """Cut a function where another title or a list begins: "Service Delivery and Chief ..."."""
    cut = re.search(rf", and |,?(?: and)? (?={RANK}s?\b)|(?:,| and) (?=(?:Senior|Special|Deputy|Assistant)\b)", words)
    words = words[: cut.start()] if cut else words
    head, comma, tail = words.partition(",")
    if comma and " and " not in tail and " & " not in tail:
        words = head  # "Mission Support | , UNMIL"
    for owner in re.finditer(r" (?:of|for|in) (?:the )?([\w-]+)", words):
        if is_acronym(owner[1]):
            words = words[: owner.start()]
            break
    ends = [m.end() for m in re.finditer(r"[\w-]+", words) if m.group() in TITLE_ENDS]
    if ends and not re.match(r",? (?:and|&|of|for) ", words[ends[-1] :]):
        words = words[: ends[-1]]  # "Resident Auditor | Nairobi"
    return re.sub(r"(?:[ ,]|\b(?:and|of|for)|&)+$", "", words)
