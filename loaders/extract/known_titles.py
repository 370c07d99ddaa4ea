"""Titles of posts that the gazetteer or the report's abbreviations know, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property

from auditgraph.loaders.extract.hierarchy import Reference
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.references import Names
from auditgraph.loaders.extract.titles import GRADE, TITLE_ENDS, TITLE_STARTS, WORDS, Title, cut, title_key
from auditgraph.ontology.gazetteer import folded

__all__ = ["KnownTitles", "names_level", "names_part", "without_purpose"]

# What goes on with a known title: "Under-Secretary-General for Field Support".
_MORE = re.compile(rf" for (?:the )?(?P<words>{WORDS})|, (?P<part>Political|Protection|Operations|Rule of Law)\b")
# "Deputy Special Representative of the Secretary-General (Political)": which of several is meant.
_PILLAR = re.compile(r" \((?P<words>[A-Z][\w-]+(?:(?:,| and|, and| of)? [A-Z][\w-]+)*)\)")
_LEADERS = re.compile(r"Special Representative|SRSG|DSRSG|Special Coordinator|Resident Coordinator")
# "Assistant Representative (Programme)": who is one of several by what they see to.
_DEPUTIES = re.compile(
    r"(?:Deputy|Assistant|Associate) (?:Country |Regional |Resident |Special |Field |Executive (?=D))*"
    r"(?:Representative|High Commissioner|Director|Commissioner|Executive Secretary)"
)
_OTHER_BRACKETS = re.compile(r"(?:Acting|Interim|Alternate|Designate|Retired|Vacant|Chair\w*|Member)\b")
# "at the Assistant Secretary-General level": a grade, no post.
_AT_LEVEL = re.compile(r"(?: or [\w-]+)? levels?\b")
_AT = re.compile(r"\bat (?:the )?(?:level of (?:an? )?)?$")
# "the Envoy, also an Assistant Secretary-General": her grade as well.
_ALSO = re.compile(r", (?:also|who (?:is|was)) an? $")
# "Envoy of the Secretary-General | for the return of the refugees".
_PURPOSE = re.compile(r" for the [a-z][a-z ]*(?:[A-Z]\w+)?$")
# "Chief of Staff of the | Armed Forces": not the mission's.
_OF_OTHER = re.compile(r" of (?:the )?(?!United Nations|UN\b|Mission\b)[A-Z]")
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z][\w-]*")
# Words that begin titles and other names as well: "Police nationale", "Senior Leadership Team".
_ADJECTIVES = frozenset(
    "Police Force Resident Humanitarian Executive High Senior Joint Special Principal Interim".split()
)
# A bare rank or an acronym may stand before the body of the post: "Chief of Staff in the Office of ...".
_IN_BODY = re.compile(r",? (?:of|in|at|with|within|for) (?:the )?|, ")


# "Country Representative | (P-5) | of the Tarsa Office"
_GRADE_BETWEEN = re.compile(rf" \({GRADE}\)(?= (?:of|in) )")


class KnownTitles:
    """Titles of the gazetteer and acronyms for posts, as a report uses them."""

    def __init__(self, names: Names) -> None:
        self.names = names

    @cached_property
    def known(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        """Return titles of the gazetteer, with patterns of how they are printed, by their first word, longest first."""
        first: dict[str, list[str]] = {}
        for post in self.names.lexicon.gazetteer.posts:
            if post.level != "united nations":
                for title in post.titles:
                    first.setdefault(re.split(r"[ ,/]", title)[0], []).append(title)
        return {word: [(t, _printed(t)) for t in sorted(found, key=len, reverse=True)] for word, found in first.items()}

    @cached_property
    def short(self) -> dict[str, str]:
        """Return acronyms that stand for posts: those that the report defines so, and well-known ones."""
        posts = self.names.lexicon.gazetteer.posts
        short = {p.acronym: p.title for p in posts if len(p.acronym) > 2 and p.level == "mission"}
        for acronym, expansion in self.names.lexicon.expansions.items():
            expansion = without_purpose(expansion)
            words = expansion.replace(",", " ").split()
            titled = words[0] in TITLE_STARTS - _ADJECTIVES or words[-1] in TITLE_ENDS
            if titled and not self.names.lexicon.is_organisation(expansion):
                short[acronym] = expansion
            else:
                short.pop(acronym, None)
        return short

    def proper(self, title: str) -> str:
        """Return the title under which the gazetteer knows a post, else the title itself."""
        post = self.names.lexicon.gazetteer.post_titles.get(folded(title))
        return post.title if post is not None else title

    def mission(self, title: str) -> bool:
        """Tell whether a mission has one post of this title."""
        post = self.names.lexicon.gazetteer.post_titles.get(folded(title))
        return post is not None and post.level == "mission"

    def find(self, text: str, bodies: Sequence[Reference]) -> Iterator[Title]:
        """Yield the known titles in a text."""
        for match in _CAPITALISED.finditer(text):
            for title, pattern in self.known.get(match.group(), ()):
                printed = pattern.match(text, match.start())
                if printed is None:
                    continue
                start = match.start()
                if names_level(text, start, printed.end()):
                    break
                if text.endswith("Deputy ", 0, start):
                    title, start = f"Deputy {title}", start - len("Deputy ")
                found = self.extended(text, title, start, printed.end(), bodies)
                acting = len("Acting ") if text.endswith("Acting ", 0, start) else 0
                yield replace(found, start=start - acting)
                break

    def extended(self, text: str, title: str, start: int, end: int, bodies: Sequence[Reference]) -> Title:
        """Return a known title with what goes on with it: a body, or "for Field Support"."""
        graded = _GRADE_BETWEEN.match(text, end)
        link = _IN_BODY.match(text, graded.end() if graded else end)
        body = next(
            (r for r in bodies if link and (r.start == link.end() or (not r.named and r.start == link.end() - 4))), None
        )
        if link is not None and body is not None and (link.group().strip() != "for" or not body.named):
            mission = self.mission(title)
            return Title(start, end, title_key(self.proper(title)), body.key, (start, body.end), mission)
        more = _MORE.match(text, end)
        pillar = _PILLAR.match(text, end)
        deputies = pillar and names_part(text[start : pillar.end()])
        deputies = deputies and pillar and pillar["words"] not in self.names.lexicon.gazetteer.place_names
        if pillar and (deputies or _LEADERS.search(title)) and not any(map(is_acronym, pillar["words"].split())):
            return Title(start, pillar.end(), title_key(text[start : pillar.end()]), mission=self.mission(title))
        if more:
            stop = more.start("words") + len(cut(more["words"])) if more["words"] else more.end()
            whole = text[start:stop]
            if folded(whole) in self.names.lexicon.gazetteer.post_titles:
                whole = self.proper(whole)
            place = self.names.lexicon.gazetteer.place_names.get(whole.partition(" for ")[2].removeprefix("the "))
            envoy = title.endswith("Secretary-General") and more["words"]
            elsewhere = envoy and (place is None or place.kind != "country")  # "for Children and Armed Conflict"
            mission = self.mission(title) and not title.startswith(("Under-Sec", "Assistant Sec")) and not elsewhere
            return Title(start, stop, title_key(whole), mission=mission)
        mission = self.mission(title) and _OF_OTHER.match(text, end) is None
        return Title(start, end, title_key(self.proper(title)), mission=mission)


def names_level(text: str, start: int, end: int) -> bool:
    """Tell whether a title's words only say of what level a post is: "at the level of Assistant Secretary-General"."""
    after = _AT_LEVEL.match(text, end)
    return (after or _AT.search(text, 0, start) or _ALSO.search(text, 0, start)) is not None


def names_part(title: str) -> bool:
    """Tell whether a bracket behind a title says which of several posts is meant.

    >>> [names_part(t) for t in ("Assistant Representative (Programme)", "Deputy Director (DD)", "Chief (Acting)")]
    [True, False, False]
    """
    head, _, rest = title.partition(" (")
    pillar = _PILLAR.fullmatch(f" ({rest}") if rest else None
    words = pillar["words"] if pillar else ""
    return bool(
        words
        and _DEPUTIES.fullmatch(head)
        and not _OTHER_BRACKETS.match(words)
        and not any(is_acronym(w) or re.search(r"\d", w) for w in words.split())
    )


def without_purpose(title: str) -> str:
    """Return a title of a representative without what it is for.

    >>> without_purpose("Envoy of the Secretary-General for the return of refugees")
    'Envoy of the Secretary-General'
    """
    return _PURPOSE.sub("", title) if " of the Secretary-General for the " in title else title


@cache
def _printed(title: str) -> re.Pattern[str]:
    """Return how a title is printed: "Under-Secretary General", "RC / HC" as well."""
    pattern = re.escape(title).replace("/", r"\s?/\s?").replace(r"\-General", r"[- ]General")
    return re.compile(pattern + r"(?!\w)")
