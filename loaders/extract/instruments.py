"""The policies, standards, bulletins, manuals and plans that a report cites, and where it does."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from auditgraph.loaders.extract.papers import HEADS, IDENTIFIER, WHOSE, distinctive, identifiers, titles
from auditgraph.loaders.extract.reading import Run, merged, runs
from auditgraph.loaders.sought import sought
from auditgraph.model import Abbreviation, Citation, Instrument, Passage, ProseKind, Said, Skeleton

__all__ = ["Cited", "cited_instruments"]


@dataclass(frozen=True, slots=True)
class Cited:
    """An instrument and the places that cite it."""

    instrument: Instrument
    citations: tuple[Citation, ...]


@dataclass(slots=True)
class _Mention:
    """An instrument named at characters `start:end` of a run, by title, identifier or initials."""

    run: Run
    start: int
    end: int
    title: str = ""
    identifier: str = ""
    year: str = ""
    head: str = ""
    evidence: tuple[Passage, ...] = ()


@dataclass(slots=True)
class _Entry:
    """An instrument in the making: all that was found to be the same one."""

    mentions: list[_Mention] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def title(self) -> _Mention | None:
        """Return the mention with the fullest title."""
        titled = [m for m in self.mentions if m.title]
        return max(titled, key=lambda m: len(m.title)) if titled else None


# A title, then its identifier in brackets, perhaps after initials: "Policy on X (UNHCR/HCP/2015/7)".
_TITLE_BEFORE = re.compile(r"\s*(?:\([A-Z][\w-]*\)\s*)?\(\s*(?:[Rr]ef(?:erence)?[.:]?\s*|[Nn]o\.?\s*|document\s+)?$")
# An identifier, then its subject: "ST/AI/2013/4 on consultants and individual contractors".
_SUBJECT_AFTER = re.compile(
    rf"(?:(?:,|\s+and)\s+(?:its\s+amendments?\s+)?{IDENTIFIER})*(?:\s+and\s+(?:its|their)\s+amendments?|,?\s+as\s+amended)?"
    r",?\s+(?:on|entitled|titled)\s+(?:the\s+)?[\"“]?(?P<title>[A-Za-z][^.;:()\"”]*?(?:,\s+the\s+[a-z]+(?:\s+[a-z]+)*?\s+of\s+[^.,;:()]+?)*)[\"”]?"
    r"(?=\s*(?:[.;:()\"”]|,|$|\b(?:requires?|states?|provides?|stipulates?|specif\w+|limits?|prescribes?|allows?|"
    r"defines?|prohibits?|outlines?|permits?|describes?|"
    r"establish(?:es)?|sets?|appl(?:y|ies)|governs?|should|must|calls?|and\s+(?:the\s+)?(?:[A-Z]|ST/)|which|were|was|"
    r"is|are|to|by|as|had|have|that|in\s+respect)\b))"
)
# An identifier, then its title to the sentence's end: "contrary to ST/SGB/2005/7, Designation of staff members ..."
_TITLE_AFTER = re.compile(r",\s+[\"“]?(?P<title>[A-Z][a-z]+\s+[a-z][^.;:()\"”]{10,200})[\"”]?(?=\.(?:\s|$)|;|\))")
# What tells that words are a clause, no title.
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|should|must|shall|may|can|will|would|noted|found|did|does|do|which|who|"
    r"requires?|required|approved?|OIOS)\b"
)
# The kinds of papers in any letters: "Bulletin", "administrative instruction".
_PAPER = (
    r"(?:policy(?:\s+directive)?|policies|guidelines?|guidance(?:\s+notes?)?|manual|directive|"
    r"standard\s+operating\s+procedures?|"
    r"procedures?|(?:administrative\s+)?instructions?|bulletins?|(?:information\s+)?circulars?|report|framework|"
    r"strategy|plan|"
    r"rules|regulations(?:\s+and\s+rules)?|note)"
)
# What a subject does not run across: a verb, or another paper ("and the Manual on ...").
_SUBJECT_STOP = (
    r"\b(?:requires?|states?|stipulates?|which|were|was|is|are|that)\b|"
    rf"\band\s+(?:the|its)\s+(?:(?!Financial|Staff)[\w’'-]+\s+){{0,3}}(?i:{_PAPER})\b"
)
# A kind before its subject and identifier: "Secretary-General's Bulletin on special measures for ... (".
_LOOSE_TITLE = re.compile(
    r"(?P<title>(?:[A-Z][\w’'/-]*\s+)*(?:(?:technical|joint|internal|interim|revised|operational)\s+)?"
    rf"\b(?i:{_PAPER})"
    rf"(?:\s+(?:on|for|of|concerning|governing|regarding|relating\s+to|to)\s+(?:(?!{_SUBJECT_STOP})[^.;:()])+?)?)$"
)
# Capitalised words right before the bracket: "Regulations, Rules and Pension Adjustment System of the Fund (".
_CAPITALS = re.compile(
    r"(?P<title>(?:[A-Z][\w’'/-]*(?:,?\s+(?:(?:and|of|the|for|on|in|to|with|from)\s+)*|,\s+))+(?:[A-Z][\w’'/-]*|"
    r"(?:19|20)[\d-]+))$"
)
# A numbered rule of the two codes that reports cite by rule: "Financial Rule 105.14", "staff rule 3.17 (ii)".
_PRINTED_YEAR = re.compile(r"\s*\((?P<year>(?:19|20)\d\d)\)")
_RULE = sought(
    r"\b(?:(?:UN|United\s+Nations)\s+)?(?:[Ff]inancial|[Ss]taff)\s+(?:[Rr]ules?|"
    r"[Rr]egulations?)\s+\d+\.\d+(?:\s?\([a-z]+\))*"
)
_WHOSE_PLAIN = re.compile(r"(?:\b(?:[Tt]he|[Ii]ts|[Tt]heir)|[’']s?)\s+(?P<title>(?:[a-z][\w-]+\s+){1,5}[a-z]+)$")
_LEAD = re.compile(r"^(?:The|In|Under|Per|According to|As|By|Both|Its|This|That)\s+(?:the\s+)?")
_PAPER_AND = re.compile(r"\b(?:Policy|Manual|Guidelines|Strategy|Framework|Handbook|Directive)\s+and\s+the\s+(?=[A-Z])")
# A kind right before an identifier: "memorandum ABC/DA/2023/14", "Administrative Instruction ST/AI/2013/4".
_KIND_BEFORE = re.compile(
    r"(?P<title>(?:[A-Z]\w+[’']s\s+)?(?:[Mm]emorandum|(?:[Aa]dministrative\s+)?[Ii]nstruction|[Bb]ulletin|"
    r"(?:[Ii]nformation\s+)?[Cc]ircular|[Dd]irective)\s+)$"
)
# Initials or a short form in brackets right after a title: "(DOA)", "(the Manual)"
_INITIALS = re.compile(
    r"\s*\((?:[\"“]?[A-Z]{2,}[\"”]?\s+or\s+)?(?:hereinafter\s+|referred\s+to\s+as\s+)?(?P<the>[\"“]?the\s+)?[\"“]?"
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
_HEAD_END = re.compile(rf"\b(?:{'|'.join(map(re.escape, HEADS))})$")
_ITS_SUBJECT = re.compile(r" (?:for|on|of|concerning|relating)\b")
_OWN_YEAR = re.compile(r"[/:](?P<year>(?:19|20)\d\d)(?:[/.]|$)")
# A standard cited by its designation; its edition may be left out: "ISO 9001:2015", "ISO 9001"
_STANDARD = re.compile(r"(?:ISO|IPSAS)\b")
# What only a body does or has: the initials before it are the body's, though a treaty may share them
_ACTS = r"\s+(?:should|accepted|stated|had|did|Secretariat|management|staff)\b"


# A name of the gazetteer, its pattern, and the name that it stands for.
_Known = tuple[str, re.Pattern[str], str]


def cited_instruments(skeleton: Skeleton, abbreviations: Iterable[Abbreviation] = ()) -> tuple[Cited, ...]:
    """Return the instruments that a report cites, resolutions aside, in order of their first mention.

    Titles are as printed in their fullest form. Shorter forms ("Procurement Manual" after "United Nations Procurement
    Manual"), initials that the report defines for a title, and identifiers printed beside it are the same one.
    """
    body = [
        run
        for run in runs(skeleton)
        if run.kind not in (ProseKind.CAPTION, ProseKind.LETTER) and run.place != "signature"
    ]
    book = _Book()
    everything = _one_hyphen("\n".join(run.text.value for run in body))
    known = [name for name in _known() if name[0] in everything]
    for run in body:
        for mention in _mentions(run, known):
            book.add(mention)
    book.settle()
    book.shorten(body, abbreviations)
    return tuple(_cited(skeleton, entry) for entry in book.entries if any(_counts(m) for m in entry.mentions))


def _counts(mention: _Mention) -> bool:
    return mention.run.kind is not ProseKind.HEADING


# --- finding mentions -------------------------------------------------------------------------------


def _mentions(run: Run, known: Iterable[_Known]) -> Iterator[_Mention]:
    value = run.text.value
    taken: list[tuple[int, int]] = []
    for match in identifiers(value):
        mention = _identified(run, match)
        taken.append((mention.start, mention.end))
        yield mention
    for match in _RULE.finditer(value):
        taken.append(match.span())
        yield _Mention(run, *match.span(), title=match[0])
    plain = _one_hyphen(value)
    for name, pattern, canonical in known:
        for match in pattern.finditer(value) if name in plain else ():
            if all(match.end() <= a or match.start() >= b for a, b in taken):
                taken.append(match.span())
                year = _PRINTED_YEAR.match(value, match.end())
                yield _Mention(run, *match.span(), title=match[0], head=canonical, year=year["year"] if year else "")
    for title in titles(value):
        if all(title.end <= a or title.start >= b for a, b in taken):
            taken.append((title.start, title.end))
            yield _Mention(run, title.start, title.end, value[title.start : title.end], year=title.year)


def _identified(run: Run, match: re.Match[str]) -> _Mention:
    """Return the mention of an identifier with the title printed before or after it."""
    value = run.text.value
    start, end = match.span()
    own = _OWN_YEAR.search(match[0])
    year = own["year"] if own else ""
    if _STANDARD.match(match[0]):
        return _Mention(run, start, end, "", match[0], year)
    before = _TITLE_BEFORE.search(value, max(0, start - 40), start)
    if before is not None:
        near = next((t for t in titles(value) if t.end == before.start()), None)
        loose = _loose(value, before.start())
        if near is not None and (loose is None or near.start <= loose):
            return _Mention(run, near.start, end, value[near.start : near.end], match[0], year or near.year)
        if loose is not None:
            return _Mention(run, loose, end, value[loose : before.start()], match[0], year)
    after = _SUBJECT_AFTER.match(value, end)
    if after is not None and len(after["title"].split()) <= 26:
        return _Mention(run, start, after.end("title"), after["title"], match[0], year)
    titled = _TITLE_AFTER.match(value, end)
    clause = re.split(r"[.;]", value[max(0, start - 400) : start])[-1]
    if titled is not None and not _CLAUSE.search(titled["title"]) and len(clause.split()) > 3:
        return _Mention(run, start, titled.end("title"), titled["title"], match[0], year)
    kind = _KIND_BEFORE.search(value, max(0, start - 60), start)
    if kind is not None:
        return _Mention(run, kind.start("title"), end, value[kind.start("title") : end], match[0], year)
    return _Mention(run, start, end, "", match[0], year)


def _loose(value: str, end: int) -> int | None:
    """Return where the title that ends at `end` begins: the first kind in the clause with its subject."""
    floor = max(0, end - 240)
    clause = max((m.end() for m in re.finditer(r"[.;:()]\s", value[floor:end])), default=0)
    match = _LOOSE_TITLE.search(value, floor + clause, end) or _CAPITALS.search(value, floor + clause, end)
    if match is None:
        return None
    if match["title"].islower() and " " not in match["title"]:
        # "the Fund's patch management procedure (": the words in small letters after whose it is
        plain = _WHOSE_PLAIN.search(value, floor + clause, end)
        return plain.start("title") if plain else None
    lead = _LEAD.match(match["title"])
    start = match.start("title") + (lead.end() if lead else 0)
    # "the Evaluation Policy and the Regulations ... (": the last paper only
    start = max((other.end() for other in _PAPER_AND.finditer(value, start, end)), default=start)
    whose = WHOSE.match(value, start, end)
    return whose.end() if whose else start


@cache
def _known() -> tuple[_Known, ...]:
    """Return the gazetteer's names and their patterns, the longest first, each with the name it stands for."""
    names: list[tuple[str, str]] = []
    table = (files("auditgraph.ontology") / "gazetteer" / "instruments.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        for name in (row["name"], *row["other_names"].split(" | ")):
            if name.strip():
                names.append((name.strip(), row["name"]))
    names.sort(key=lambda pair: len(pair[0]), reverse=True)
    return tuple(
        (
            _one_hyphen(name),
            re.compile(rf"(?<![\w-]){re.escape(name).replace('-', '[-‑–]')}(?![\w-])"),
            canonical,
        )
        for name, canonical in names
    )


def _one_hyphen(text: str) -> str:
    """Return a text whose hyphens and short dashes are all one character."""
    return text.replace("‑", "-").replace("–", "-")


# --- which mentions are one instrument ----------------------------------------------------------------


class _Book:
    """The instruments found so far, with what tells that two mentions are of one."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []

    def add(self, mention: _Mention) -> None:
        for entry in self.entries:
            if self._same(entry, mention):
                entry.mentions.append(mention)
                return
        self.entries.append(_Entry([mention]))

    def _same(self, entry: _Entry, mention: _Mention) -> bool:
        for other in entry.mentions:
            if mention.identifier and other.identifier:
                if _edition(mention.identifier) == _edition(other.identifier):
                    return True
                continue
            if mention.head and mention.head == other.head:
                return True
            if mention.title and other.title and _key(mention.title) == _key(other.title):
                return True
        return False

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
            if len(fitting) == 1:
                fitting[0].mentions.extend(entry.mentions)
                self.entries.remove(entry)

    def shorten(self, body: list[Run], abbreviations: Iterable[Abbreviation]) -> None:
        """Add the mentions by initials, by short forms in brackets and without "United Nations"."""
        forms: dict[str, _Entry] = {}
        for entry in self.entries:
            for mention in entry.mentions:
                after = _INITIALS.match(mention.run.text.value, mention.end)
                if after is not None and mention.title and not _GENERIC_EXPANSION.fullmatch(mention.title):
                    short = after["short"]
                    if after["the"] and _HEAD_END.search(short):
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
                spans = [(m.start, m.end) for e in self.entries for m in e.mentions if m.run is run]
                for match in pattern.finditer(run.text.value):
                    if all(match.end() <= a or match.start() >= b for a, b in spans):
                        entry.mentions.append(_Mention(run, *match.span()))
        self._by_body(body)

    def _by_body(self, body: list[Run]) -> None:
        """Add "the DFS Guidelines" where just one of the report's instruments is a guideline of DFS."""
        for run in body:
            spans = [(m.start, m.end) for e in self.entries for m in e.mentions if m.run is run]
            for match in _OF_BODY.finditer(run.text.value):
                if any(a < match.end() and match.start() < b for a, b in spans):
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
                    fitting[0].mentions.append(_Mention(run, *match.span()))


def _edition(identifier: str) -> str:
    """Return the identifier of a standard without the year of its edition, any other as it is."""
    return identifier.split(":")[0] if _STANDARD.match(identifier) else identifier


def _initials_of(short: str, title: str) -> bool:
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z]\w*", title) if word[0].isupper())
    return short.isupper() and short.rstrip("S") in letters


@lru_cache(maxsize=4096)
def _key(title: str) -> str:
    """Return a title in the form in which titles are compared: no brackets, quotes or case; bodies left out."""
    title = re.sub(r"\([^()]*\)", " ", title)
    title = re.sub(r"^SOP(?=s?\s+(?:on|for)\b)", "Standard Operating Procedure", title.strip())
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


# --- the outcome ------------------------------------------------------------------------------------


def _cited(skeleton: Skeleton, entry: _Entry) -> Cited:
    titled = entry.title
    identified = next((m for m in entry.mentions if m.identifier and m.year), None)
    identified = identified or next((m for m in entry.mentions if m.identifier), None)
    shown = titled or identified
    assert shown is not None
    title = titled.title if titled else shown.identifier
    dated = next((m for m in entry.mentions if m.year), None)
    key = _slug(identified.identifier if identified else title)
    instrument = Instrument(
        key,
        Said(title, _passages(skeleton, shown)),
        Said(identified.identifier, _passages(skeleton, identified)) if identified else None,
        Said(dated.year, _passages(skeleton, dated, 30)) if dated else None,
    )
    places: dict[str, tuple[Passage, ...]] = {}
    for mention in sorted((m for m in entry.mentions if _counts(m)), key=lambda m: m.run.text.offset(m.start)):
        places[mention.run.place] = merged(places.get(mention.run.place, ()), _passages(skeleton, mention))
    return Cited(instrument, tuple(Citation(place, evidence, instrument=key) for place, evidence in places.items()))


def _passages(skeleton: Skeleton, mention: _Mention, more: int = 0) -> tuple[Passage, ...]:
    end = mention.end
    if more and mention.year:
        at = mention.run.text.value.find(mention.year, mention.start, mention.end + more)
        end = max(end, at + 4)
    return mention.run.passages(skeleton, mention.start, end)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:90]
