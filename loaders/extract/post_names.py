"""Titles of posts in running text: where one stands, and which organisation's post it is by its wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from auditgraph.loaders.extract.headship import headed_by
from auditgraph.loaders.extract.hierarchy import Reference
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.known_titles import KnownTitles, names_level
from auditgraph.loaders.extract.lexicon import Token, tokens
from auditgraph.loaders.extract.mandate_titles import above_all, holders, reporting, secretaries
from auditgraph.loaders.extract.ranks import Ranks
from auditgraph.loaders.extract.references import Names
from auditgraph.loaders.extract.titles import (
    CATEGORIES,
    GRADE,
    NOT_IN_TITLES,
    RANKS_BY_LETTERS,
    TITLE_ENDS,
    TITLE_PLURALS,
    TITLE_STARTS,
    Title,
    title_key,
)
from auditgraph.loaders.sought import sought

__all__ = ["Titles"]

# "Head of Field Office, Gao"
_LOCAL = re.compile(
    r"(?P<head>Head of (?P<kind>(?:[A-Z][\w-]* )?(?:Office|Sub-[Oo]ffice)))(?:,| in) (?P<place>[A-Z].*)"
)
# "the Manual for the Hiring Manager": a document's title.
_DOCUMENT = re.compile(
    r"\b(?:Manual|Guide|Guidelines|Handbook|Toolkit|Policy|Charter|Compact) (?:for|of|on) (?:the )?$"
)
# "the incumbent of the P-3 | Planning Officer post"
_GRADED = re.compile(GRADE)
# "headed by a Representative"
_HEADED = sought(
    rf"(?:headed|led) by (?:an? |the )(?:{GRADE} )?(?P<title>[A-Z][\w-]+(?: (?:and |of |for )?[A-Z][\w-]+)*)"
)
_REPRESENTATIVE = sought(r"\b(?:an?|one|[Tt]he) (?P<title>Representative)\b(?! of| [A-Z])")
# Unit words that titles have as well: "Team Leader", "Warehouse Manager".
_IN_TITLES = frozenset("Team Group Police Service Office Warehouse".split())
# "Women's Protection Adviser"
_OWNERS_IN_TITLES = frozenset("Women Children Victims".split())
# Heads of the names of software as well as of titles.
_PRODUCT_HEADS = frozenset("Manager Analyst Assistant Inspector Observer Supervisor Controller".split())
_USED = re.compile(
    r"\b(?:[Uu]s(?:es?|ed|ing)|(?:deploy|install|implement|procur|introduc|acquir)(?:s|ed|ing)) (?:the )?$"
)
_SOFTWARE = re.compile(r"(?: \([^()]*\))? (?:systems?|modules?|applications?|software|tools?|databases?|platforms?)\b")
# What titles have before "of" within them: "Rule of Law Officer".
_OF = ("Rule of ", "Protection of ", "Board of ")
# Ranks that stand before the title of who has them: "the Assistant Secretary-General, Controller".
_RANKS = frozenset(map(title_key, ("Assistant Secretary-General", "Under-Secretary-General")))


class Titles:
    """Finds the posts named in texts, in order."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.known = KnownTitles(names)
        self.ranks = Ranks(self.known)

    def find(self, text: str, refs: Sequence[Reference], address: bool = False) -> list[Title]:
        """Return the posts named in a text; `address` where names of people stand before their titles."""
        words = tokens(text)
        bodies = [r for r in refs if r.named]
        found = [
            *self.known.find(text, bodies),
            *self._acronyms(text, words),
            *self.ranks.find(text, refs, address),
            *self._ending(text, words, refs, address),
            *self._headed(text, refs),
            *holders(text),
            *secretaries(text, refs),
            *reporting(text),
            *above_all(text),
        ]
        kept: list[Title] = []
        for title in sorted(found, key=lambda t: (t.start, -t.end, not t.body)):
            inside = any(r.start <= title.start and title.end <= r.end for r in bodies) or _DOCUMENT.search(
                text, 0, title.start
            )
            if not inside and all(title.end <= k.start or title.start >= k.end or _twin(title, k) for k in kept):
                kept.append(title)
        for title in self.ranks.bare(text):
            named = any(r.start <= title.start < r.end for r in bodies)
            if not named and all(title.end <= k.start or title.start >= k.end for k in kept):
                kept.append(title)
        return list(_apposed(text, sorted(kept, key=lambda t: t.start)))

    def alone(self, title: str) -> Title:
        """Return what a title that stands alone names ("Chief Rations Unit")."""
        if local := _LOCAL.fullmatch(title):  # "Head of Field Office, Gao"
            body = self.names.canonical(f"{local['kind']} in {local['place']}")
            return Title(0, len(local["head"]), title_key(local["head"]), body, (0, len(title)))
        head = title.partition(", ")[0]
        refs = self._refs(title)
        for ranked in self.ranks.find(title, refs):
            rest = title[ranked.end :]  # "Chief, Budget Service, UNON"
            owned = ranked.until == len(title) or rest.lstrip(", ") in self.names.lexicon.organisation_acronyms
            if ranked.start == 0 and ((ranked.body and owned) or not rest):
                return ranked
        for ranked in self.known.find(title, refs):
            if ranked.start == 0 and max(ranked.end, ranked.span[1]) == len(title):
                return ranked
        whole = next((r for r in refs if (r.start, r.end) == (len(head) + 2, len(title))), None)
        if head in TITLE_ENDS and whole is not None:  # "Representative, UNHCR Nubaria"
            return Title(0, len(head), title_key(head), whole.key, (0, len(title)))
        for ending in self._ending(title, tokens(title), refs, False):
            if ending.start == 0 and ending.span[1] == len(title):
                return ending
        return Title(0, len(title), title_key(self.known.proper(title)), mission=self.known.mission(title))

    def _refs(self, text: str) -> list[Reference]:
        return [Reference(m.start, m.end, m.until, self.names.canonical(m.name)) for m in self.names.mentions(text)]

    def _acronyms(self, text: str, words: Sequence[Token]) -> Iterator[Title]:
        short = self.known.short
        for index, word in enumerate(words):
            rank, slash, whose = word.base.partition("/")
            if slash and rank in RANKS_BY_LETTERS and whose in self.names.lexicon.organisation_acronyms:  # "ASG/OHRM"
                end = word.start + len(word.base)
                body = self.names.canonical(whose)
                yield Title(word.start, end, f"{title_key(RANKS_BY_LETTERS[rank])} @ {body}", body, (word.start, end))
                continue
            acronym = word.base if word.base in short else word.base.removesuffix("s")  # "all CTAs report to"
            if acronym not in short or not is_acronym(acronym):
                continue
            end = word.start + len(acronym)
            meant = short[acronym]
            before = words[index - 1] if index else None
            if before and before.text in {"Deputy", "Acting"} and text[before.end : word.start] == " ":
                alone = self.alone(f"Deputy {meant}" if before.text == "Deputy" else meant)
                start = before.start if before.text == "Deputy" else word.start
            else:
                alone, start = self.alone(meant), word.start
            span = (start, word.start + len(word.base))
            yield Title(start, end, alone.key, alone.body, span, alone.mission)

    def _headed(self, text: str, refs: Sequence[Reference]) -> Iterator[Title]:
        """Yield a title of any kind after "headed by": "headed by a Representative at the D-1 level"."""
        for match in _HEADED.finditer(text):
            title = match["title"]
            owner = headed_by(text, refs, match.start("title"))
            words = title.split()
            if (words[-1] in TITLE_ENDS or words[0] in TITLE_STARTS) and words[0] not in {"Chief", "Director", "Head"}:
                span = (owner.start, match.end()) if owner else (0, 0)
                yield Title(
                    *match.span("title"),
                    title_key(self.known.proper(title)),
                    owner.key if owner else "",
                    span,
                    self.known.mission(title),
                    owner.key if owner else "",
                )
        for match in _REPRESENTATIVE.finditer(text):
            yield Title(*match.span("title"), title_key("Representative"))

    def _ending(self, text: str, words: Sequence[Token], refs: Sequence[Reference], address: bool) -> Iterator[Title]:
        """Yield titles that end in the word for the post: "Force Medical Officer", "Senior Electoral Officer"."""
        for index, word in enumerate(words):
            focal = word.text == "Point" and index and words[index - 1].text == "Focal"
            several = word.base in TITLE_PLURALS
            if not focal and not several and (word.base not in TITLE_ENDS or word.text == "Director"):
                continue
            first = self._first(text, words, index - bool(focal), address)
            if several and CATEGORIES.issuperset(w.base for w in words[first:index]):
                continue
            following = words[index + 1] if index + 1 < len(words) else None
            if first == index - bool(focal) or (
                following and following.base in TITLE_ENDS and text[word.end : following.start] == " "
            ):
                continue
            start, end = words[first].start, word.start + len(word.base)
            title = text[start:end].removesuffix("s" if several else "")
            if names_level(text, start, end) or self._is_product(text, word.base, start, end):
                continue
            found = self.known.extended(text, title, start, end, refs)
            if several and found.end == end:  # "two Tide Officers": each is a Tide Officer
                found = replace(found, end=end - 1, span=found.span if found.body else (start, end))
            yield found

    def _is_product(self, text: str, head: str, start: int, end: int) -> bool:
        """Tell whether a title's words name software: "used the Tide Manager", "the Tide Manager module"."""
        used = head in _PRODUCT_HEADS and _USED.search(text, 0, start)
        return bool(used or _SOFTWARE.match(text, end) or text[start:end] in self._products)

    @cached_property
    def _products(self) -> frozenset[str]:
        return frozenset(n for s in self.names.lexicon.gazetteer.systems for n in s.names)

    def _short(self, word: str) -> bool:
        """Tell whether a word is an acronym that stands for posts: "HROs and Team Leaders"."""
        return is_acronym(word) and (word in self.known.short or word.removesuffix("s") in self.known.short)

    def _first(self, text: str, words: Sequence[Token], index: int, address: bool) -> int:
        """Return the first token of the title that ends at `index`."""
        lexicon = self.names.lexicon
        start = index
        while start > 0 and text[words[start - 1].end : words[start].start] == " ":
            before = words[start - 1]
            joins = before.text in {"and", "&"} and start > 1 and words[start - 2].capital
            if (
                joins
                and words[start - 2].base not in TITLE_ENDS | TITLE_PLURALS
                and not self._short(words[start - 2].base)
            ):
                start -= 1
                continue
            if (
                not before.capital
                or (before.possessive and before.base not in _OWNERS_IN_TITLES)
                or before.text in NOT_IN_TITLES
                or _GRADED.fullmatch(before.text)
            ):
                break
            if before.base in TITLE_ENDS - {"Associate", "Assistant"} or before.base in lexicon.organisation_acronyms:
                break
            if before.base in lexicon.heads and before.base not in _IN_TITLES:
                break
            start -= 1
        while start < index and words[start].text in {"and", "&"}:
            start += 1
        if start > 1 and text.endswith(_OF, 0, words[start].start):
            start = self._first(text, words, start - 2, address)  # "Senior | Rule of | Law Officer"
        starts = [i for i in range(start, index) if words[i].base in TITLE_STARTS - {"Force", "Police", "Humanitarian"}]
        if starts and (address or words[starts[0]].base in {"Chief", "Deputy", "Senior", "Acting"}):
            start = starts[0]
        return start


def _apposed(text: str, titles: Sequence[Title]) -> Iterator[Title]:
    """Yield the titles, "the Assistant Secretary-General, | Controller" as one."""
    last: Title | None = None
    for title in titles:
        between = text[last.end : title.start] if last is not None else ""
        if last is not None and _is_rank(last) and between in {", ", " and "} and " @ " not in title.key:
            last = replace(title, start=last.start, span=(last.start, title.span[1]) if title.body else title.span)
        elif last is not None and between == " and " and title.key.split(" @ ")[0] in _RANKS:
            # "Deputy Director and Assistant Secretary-General of UNMIZ": the rank of the one
            own = last.body or not title.body
            last = last if own else replace(last, body=title.body, span=(last.start, title.span[1]))
        else:
            if last is not None:
                yield last
            last = title
    if last is not None:
        yield last


def _is_rank(title: Title) -> bool:
    return title.key in _RANKS and not title.body


def _twin(title: Title, other: Title) -> bool:
    """Tell whether the same words name the heads of two bodies: "each headed by a Chief"."""
    same = (title.start, title.end) == (other.start, other.end) and title.key != other.key
    return same and bool(title.head_of or other.head_of) and bool(title.body and other.body)
