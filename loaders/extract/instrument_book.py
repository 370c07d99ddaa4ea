"""Which mentions are of one instrument: longer and shorter titles, initials, identifiers and short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from auditgraph.loaders.extract.described import NOT_LONGER
from auditgraph.loaders.extract.identified import STANDARD
from auditgraph.loaders.extract.instrument_mentions import Mention
from auditgraph.loaders.extract.paper_words import HEADS, distinctive
from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.sought import sought
from auditgraph.model import Abbreviation

__all__ = ["Book", "Entry"]


@dataclass(slots=True)
class Entry:
    """An instrument in the making: all that was found to be the same one."""

    mentions: list[Mention] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def title(self) -> Mention | None:
        """Return the mention with the fullest title, without initials in it where it is printed so too."""
        titled = [m for m in self.mentions if m.title]
        return max(titled, key=lambda m: (len(_BRACKETS.sub("", m.title)), -len(m.title))) if titled else None


# Initials or a short form in brackets right after a title: "(DOA)", "(the Manual)"
_INITIALS = re.compile(
    r"\)?\s*\((?:[\"“]?[A-Z]{2,}[\"”]?\s+or\s+)?(?:hereinafter\s+|referred\s+to\s+as\s+)?(?P<the>[\"“]?the\s+)?[\"“]?"
    r"(?P<short>[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3})[\"”]?\)"
)
# Words whose initials stand for a kind of paper, not for one instrument.
_GENERIC_EXPANSION = re.compile(
    r"(?:standard operating procedures?|terms of reference|memorand(?:um|a) of understanding|statements? of works?|"
    r"concept of operations|"
    r"key performance indicators?|code of conduct|corrective action plan|business continuity plan|annual work ?plan|"
    r"risk management plan|results framework)",
    re.IGNORECASE,
)
# "the DFS Guidelines"
_OF_BODY = sought(
    r"\b(?P<body>[A-Z]{2,}(?:/[A-Z]{2,})*)\s+(?P<head>Guidelines|Manual|Policy|Handbook|Procedures|"
    r"Directive)(?!\s+(?:[A-Z]|on\b|for\b))"
)
# Kinds of which a report may cite just one, and then call it by its kind: "the Manual"; not "the Manual on ..."
_NO_LONGER = r"(?![\w-]|['’]|\s+(?:[A-Z(]|on\b|for\b|of\b|against\b|to\s+the\b|and\s+(?:the\s+)?[A-Z]))"
_THE_KIND = tuple(
    (kind, sought(rf"\b[Tt]he\s+{kind}{_NO_LONGER}"))
    for kind in ("Policy", "Manual", "Guidelines", "Handbook", "Strategy", "Framework", "Policy Directive", "Directive",
                 "Optional Protocol", "Bulletin", "Administrative Instruction", "SOPs?")
)  # fmt: skip
_HEAD_END = re.compile(rf"\b(?:{'|'.join(map(re.escape, HEADS))})$")
_PACT_END = re.compile(r"\b(?:Agreement|Accord|MO[Uu]|MoU)$")
_ITS_SUBJECT = re.compile(r" (?:for|on|of|to|concerning|relating)\b")
_KIND_AND_SUBJECT = re.compile(
    r"(?:\w+ ){0,6}?(?:procedures?|instructions?|bulletins?|circulars?|polic(?:y|ies)|guidelines|manual|directive) "
    r"(?:on|for|concerning|governing|regarding) (?:the )?(?P<subject>.+)"
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# What only a body does or has: the initials before it are the body's, though a treaty may share them
_ACTS = r"\s+(?:should|accepted|stated|had|did|Secretariat|management|staff)\b"


class Book:
    """The instruments found so far, with what tells that two mentions are of one."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._signs: dict[tuple[str, str], int] = {}  # what tells that two mentions are of one: index of the first
        self._taken: dict[int, bytearray] = {}  # by run, 1 for each character that a mention has

    def add(self, mention: Mention) -> None:
        """Put a mention with those of the same instrument.

        Two with identifiers are of one where these are the same; others where titles or names of the gazetteer are.
        """
        named = [("head", mention.head), ("title", _key(mention.title))]
        signs = [("identifier", _edition(mention.identifier))]
        signs += [(f"{sign} {'plain' if mention.identifier else 'any'}", name) for sign, name in named]
        known = [self._signs[sign] for sign in signs if sign[1] and sign in self._signs]
        at = min(known, default=len(self.entries))
        if not known:
            self.entries.append(Entry())
        self._cite(self.entries[at], mention)
        given = [signs[0], *((f"{sign} any", name) for sign, name in named)]
        given += [(f"{sign} plain", name) for sign, name in named if not mention.identifier]
        for sign in given:
            self._signs.setdefault(sign, at)

    def _cite(self, entry: Entry, mention: Mention) -> None:
        entry.mentions.append(mention)
        self._taken_in(mention.run)[mention.start : mention.end] = b"\1" * (mention.end - mention.start)

    def _taken_in(self, run: Run) -> bytearray:
        return self._taken.setdefault(id(run), bytearray(len(run.text.value)))

    def _free(self, run: Run, start: int, end: int) -> bool:
        return self._taken_in(run).find(1, start, end) < 0

    def settle(self) -> None:
        """Join entries whose titles are a longer and a shorter form of one, where just one longer form fits."""
        for entry in sorted(self.entries, key=lambda e: len(_key(e.title.title)) if e.title else 0):
            if entry.title is None or len({m.identifier for m in entry.mentions if m.identifier}) > 0:
                continue
            fitting = [
                other
                for other in self.entries
                if other is not entry and any(m.title and _shorter(entry.title.title, m.title) for m in other.mentions)
            ]
            if not fitting:  # "SOP on boats" after "SOP UNMOT/SOP/2012/7 on boats", whose title is its subject
                subject = _KIND_AND_SUBJECT.match(_key(entry.title.title))
                fitting = [
                    other
                    for other in self.entries
                    if other is not entry
                    and subject is not None
                    and any(m.identifier and _key(m.title) == subject["subject"] for m in other.mentions)
                ]
            if len(fitting) == 1:
                fitting[0].mentions.extend(entry.mentions)
                self.entries.remove(entry)

    def shorten(self, body: list[Run], abbreviations: Iterable[Abbreviation]) -> None:
        """Add the mentions by initials, by short forms in brackets and without "United Nations"."""
        forms: dict[str, Entry] = {}
        for entry in self.entries:
            for mention in entry.mentions:
                after = _INITIALS.match(mention.run.text.value, mention.end)
                if after is not None and mention.title and not _GENERIC_EXPANSION.fullmatch(mention.title):
                    short = after["short"]
                    if after["the"] and (_HEAD_END.search(short) or _PACT_END.search(short)):
                        forms[f"the {short}"] = entry
                    elif _HEAD_END.search(short) or _initials_of(short, mention.title):
                        forms[short] = entry
                if mention.title.casefold().startswith("united nations ") and mention.title[15:16].islower():
                    forms[mention.title[15:]] = entry
        for abbreviation in abbreviations:
            expansion = abbreviation.expansion.value
            if _GENERIC_EXPANSION.fullmatch(expansion):
                continue
            for entry in self.entries:
                if any(m.title and _key(m.title) == _key(expansion) for m in entry.mentions):
                    forms[abbreviation.acronym] = entry
        for short, entry in forms.items():
            acts = re.compile(rf"(?<![\w/-]){re.escape(short)}{_ACTS}")
            if short.isupper() and any(acts.search(run.text.value) for run in body):
                continue
            # "the Manual", not "the Manual for Hiring"
            own = short.startswith("the ")
            words = f"[Tt]{re.escape(short[1:])}" + (r"(?!\s+(?:for|on|of)\b|\s+[A-Z])" if own else "")
            pattern = re.compile(rf"(?<![\w/-]){words if own else re.escape(short)}(?![\w/])")
            for run in body:
                for match in pattern.finditer(run.text.value):
                    if self._free(run, *match.span()):
                        self._cite(entry, Mention(run, *match.span()))
        self._by_description(body)
        self._by_kind(body)
        self._by_body(body)

    def _by_description(self, body: list[Run]) -> None:
        """Add "the evaluation policy" and "its evaluation policy" where it has been told whose that is."""
        described: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for short in {m.short for m in entry.mentions if m.short}:
                described.setdefault(short, []).append(entry)
        for short, entries in described.items():
            if len(entries) > 1:
                continue
            words = re.escape(short).replace(r"\ ", r"\s+")
            pattern = sought(rf"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]heir)\s+(?P<short>{words}){NOT_LONGER}")
            for run in body:
                for match in pattern.finditer(run.text.value):
                    if self._free(run, *match.span("short")):
                        self._cite(entries[0], Mention(run, *match.span("short")))

    def _by_kind(self, body: list[Run]) -> None:
        """Add "the Manual" after the one manual that the report cites."""
        order = {id(run): at for at, run in enumerate(body)}
        for kind, pattern in _THE_KIND:
            cited = [e for e in self.entries if any(_of_kind(m.title, kind) for m in e.mentions)]
            if len(cited) != 1:
                continue
            first = min((order[id(m.run)], m.start) for m in cited[0].mentions)
            for run in body:
                for match in pattern.finditer(run.text.value):
                    if first < (order[id(run)], match.start()) and self._free(run, *match.span()):
                        self._cite(cited[0], Mention(run, *match.span()))

    def _by_body(self, body: list[Run]) -> None:
        """Add "the DFS Guidelines" where just one of the report's instruments is a guideline of DFS."""
        for run in body:
            for match in _OF_BODY.finditer(run.text.value):
                if not self._free(run, *match.span()):
                    continue
                fitting = [
                    e
                    for e in self.entries
                    if any(
                        m.title.endswith(match["head"]) and re.search(rf"\b{match['body']}\b", m.title)
                        for m in e.mentions
                    )
                ]
                if len(fitting) == 1:
                    self._cite(fitting[0], Mention(run, *match.span()))


def _of_kind(title: str, kind: str) -> bool:
    """Tell whether a title ends in a kind or goes on with its subject after it."""
    title = re.sub(r"(?i:standard operating procedures?)", "SOP", _BRACKETS.sub("", title))
    return re.search(rf"(?<![\w-]){kind}(?:$|\s+(?:on|for|of|against|to|concerning|governing)\b)", title) is not None


def _edition(identifier: str) -> str:
    """Return the identifier of a standard without the year of its edition, any other as it is."""
    return identifier.split(":")[0] if STANDARD.match(identifier) else identifier


def _initials_of(short: str, title: str) -> bool:
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z]\w*", title) if word[0].isupper())
    return short.isupper() and short.rstrip("S") in letters


@lru_cache(maxsize=4096)
def _key(title: str) -> str:
    """Return a title in the form in which titles are compared: no brackets, quotes or case; bodies left out."""
    title = re.sub(r"\([^()]*\)", " ", title)
    title = re.sub(r"^(?:MO[Uu]|MoU)(?=\s)", "memorandum of understanding", title.strip())
    title = re.sub(r"^SOPs?(?=\s+(?:on|for)\b)", "Standard Operating Procedures", title.strip())
    title = re.sub(r"^(standard operating procedure)s? (?:on|for)\b", r"\1s on", title, flags=re.IGNORECASE)
    title = re.sub(r"^(?:(?:UN|United Nations|(?!SOPs?\b)[A-Z]{2,}(?:/[A-Z]{2,})*)\s+)+(?=\S+\s+\S)", "", title.strip())
    return " ".join(re.findall(r"[\w/]+", title.casefold().replace("’", "'")))


def _shorter(short: str, long: str) -> bool:
    """Tell whether one title is a shorter form of the other: its end, or its beginning with a subject of its own."""
    a, b = _key(short), _key(long)
    if a == b or len(a) >= len(b):
        return False
    if b.endswith(" " + a):
        return bool(distinctive(short))
    if b.startswith(a) and _ITS_SUBJECT.match(b, len(a)) and _HEAD_END.search(short):
        return bool(distinctive(short))
    return b.startswith(a + " ") and len(distinctive(short)) >= 2
