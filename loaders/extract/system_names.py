"""The ways in which running text names a system: by its kind, in a list, set off, or by a name that is known."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from auditgraph.loaders.extract.system_words import (
    BODY,
    INFORMATION,
    KIND,
    NO_NAMES,
    PAPER,
    STARTERS,
    keeps_nothing,
    trimmed,
)
from auditgraph.loaders.sought import sought
from auditgraph.model import Said
from auditgraph.ontology.gazetteer import Gazetteer

__all__ = ["Known", "named"]

# The kinds of systems, as the last word of a name printed in capitals: "Field Support Suite".
_HEAD = (
    r"(?:Information\s+System|Management\s+System|System|Systems|Database|Data\s?base|Application|Platform|Portal|"
    r"Suite|Software|Dashboards?|Repository|Module|Registry|Register|Tool|Data\s+Warehouse|"
    r"Information\s+Network)"
)
_CAP = r"(?:[A-Z][\w’'&-]*(?:/[A-Z][\w-]*)*|e[A-Z]\w*|i[A-Z]\w*|[a-z]-[A-Z]\w*)"
# "Election Result Management Information System", "Policy and Practice Database",
# "Managing for Systems, Resources and People system"; a platform for action is a paper
_NAMED = sought(
    rf"(?<![\w-])(?P<name>(?:(?:[Ee]lectronic|[Oo]nline|[Aa]utomated|[Ii]ntegrated)\s+)?{_CAP}(?:\s+(?:(?:and|of|for|"
    rf"&)\s+)?{_CAP}|,\s+{_CAP}(?=(?:,\s+{_CAP})*,?\s+and\s)){{0,7}}?\s+{_HEAD})"
    r"(?!\s+(?:[A-Z][a-z]|Officer|Unit|Section|Team|Group|Committee|Division|Service|for\s+(?:[A-Z]|action|dialogue)))"
    r"(?![\w-])"
)
# "OHCHR database", "Mercury system", "Sun accounting system", "SIGRE application", "DDRS project database"
_CALLED = sought(
    rf"(?<![\w-])(?P<name>{_CAP}(?:\s+(?!and\b){_CAP}){{0,3}})\s*(?P<bracket>\([A-Z][\w-]+\)\s*)?"
    rf"(?P<rest>\s(?:(?!(?:the|an?|its|their|this|that|and|or|to|of|in|for|on|as|with|by|own|new|such|owned)\b)[a-z]+\s+)?"
    rf"{KIND})(?![\w-])"
)
# "a database called ProFi", "the system known as Comet"
_KNOWN_AS = sought(
    rf"\b(?:system|database|application|platform|software|tool|module|portal|dashboard|solution|register|tracker)"
    rf"\s*,?\s+(?:called|named|known\s+as)\s+[\"“‘']?(?P<name>{_CAP}(?:\s+{_CAP}){{0,4}})"
)
# "the United Nations aviation database, ATRM, therefore": initials set off by commas right after the kind
_SET_OFF = sought(rf"\b{KIND},\s+(?P<name>[A-Z][A-Za-z]*[A-Z]\w*),")
# "Nebula and Star accounting systems", "the UNDP Atlas and Quantum systems": each name is one
_ONE = rf"(?:{_CAP}(?:\s+{_CAP}){{0,2}})"
_EACH = re.compile(_ONE)
_SEVERAL = sought(rf"(?<![\w-])(?P<names>{_ONE}(?:,\s+{_ONE}){{0,6}},?\s+and\s+{_ONE})\s+(?:{KIND}s|software)(?![\w-])")
# "systems such as Nebula, Star and the Comet terminal", "applications including Jabber"
_LISTED = sought(
    r"\b(?:(?:[Ss]ystems|[Aa]pplications|[Dd]atabases|[Ss]oftware)(?:\s+(?!in\b|of\b|for\b)[a-z]+){0,3}?,?\s*\(?"
    r"(?:such\s+as|including|like|namely|e\.g\.,?|i\.e\.,?|\s?:)|(?:systems|databases|software\s+tools?)\s+\()\s*"
    rf"(?P<names>(?:the\s+)?{_ONE}(?:\s\([\w-]+\))?(?:(?:,\s+(?:and\s+)?|\s+and\s+|\s+or\s+)(?:the\s+)?{_ONE}(?:\s\([\w-]+\))?)*)"
    r"(?=\s*(?:[.,;)]|$|\s[a-z]))"
)
# "the vulnerability scanner Nebula": a name of one word right after a kind that says what it is for
_AFTER_KIND = sought(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s+(?:[a-z-]+\s+){0,3}(?:software|scanner|(?:scanning|management|monitoring|tracking|reporting|"
    r"planning|online|web-based|electronic|information|accounting|payroll|ticketing)\s+(?:tool|system|platform|application|"
    r"database))\s+[\"“]?(?P<name>[A-Z][\w-]*[a-z][\w-]*|[A-Z]{4,})[\"”]?(?=[.,;)]|\s+(?:to|was|is|and|for|which|in|on|since|by)\b)"
)
# "the “Boat Tracker” application"
_QUOTED = sought(rf"[“\"‘'](?P<name>{_CAP}(?:\s+{_CAP}){{0,4}})[”\"’']\s+(?:{KIND}|tool)(?![\w-])")
# "Umoja and Matrix to record": a name of one word beside that of a system
_BESIDE = re.compile(
    r"\s*(?:\([A-Z][\w-]+\)\s*)?(?:,?\s+and|,)\s+(?P<name>[A-Z][a-z]+[A-Z]?\w*)"
    r"(?=\s+(?:to|were|was|are|data|records)\b|[.;)])"
)
_NOT_BESIDE = re.compile(r"(?:[A-Z]\w*['’]s|[A-Z][a-z]+(?:ly|ing)$|United|Security)")
# "the asset management system, Nebula,": a name of one word set off after a kind that says what it is for
_SET_OFF_NAME = sought(
    r"(?:\b(?:the|an?|its|their)|['’]s?)\s+(?:[\w’'/-]+\s+){1,5}"
    r"(?:system|database|application|platform|software|portal|tool),\s+"
    r"(?P<name>[A-Z]\w+)(?=[,.;)])"
)
# "contact management system (Contacts)": a name in brackets after the kind
_BRACKETED = sought(
    rf"\b(?:{KIND}|system|tool|module)\s+\((?:called\s+|known\s+as\s+|"
    rf"the\s+)?[\"“]?(?P<name>{_CAP}(?:\s+{_CAP}){{0,3}})[\"”]?\)"
)
# "the Stock and Route Planning tool": two words or more in capitals before a kind in small letters
_CAPITAL_TOOL = sought(r"\b[Tt]he\s+(?P<name>[A-Z][a-z]+(?:\s+(?:and\s+)?[A-Z][a-z]+){1,4}\s+(?:tool|module))(?![\w-])")
# "SIGRE, an application to ...", "Umoja, the enterprise resource planning system", "eSafe, its web-based database"
_APPOSED = sought(
    rf"(?<![\w-])(?P<name>{_CAP}(?:\s+(?!and\b){_CAP}){{0,3}})(?:\s\([A-Z][\w-]+\))?(?:,\s+(?:which\s+is\s+)?|\s+is\s+)(?:the|an?|its|their|"
    rf"[A-Z][\w-]*['’]s?)\s+"
    r"(?:[\w’'/-]+\s+){0,5}?(?:information\s+system|planning\s+system|management\s+system|tracking\s+system|"
    r"based\s+system|database|(?:scanning|monitoring|tracking|reporting|software|online|web-based)\s+tool|"
    r"application|software|(?:online|web|internet)[\s-]?(?:based\s+)?(?:platform|portal|system)|data\s+warehouse|central\s+repository)\b"
)
# "uploaded to iNeed", "recorded in FleetWave": a name with a capital inside, where data go or come from
_CAMEL = re.compile(
    r"(?<![\w/.@-])(?P<name>(?:e-[A-Z][A-Za-z]{3,}|[a-z]{1,2}[A-Z][A-Za-z]{2,}|[A-Z][a-z]{2,}[A-Z][A-Za-z]+))(?![\w/]|-\w|\.\w)"
)
# "the ReefAction Branch", "HelpReef International": a body is called so
_MAKER = re.compile(rf"(?:{BODY.pattern}|(?:International|Foundation|Worldwide|Inc|Ltd|Limited|Corporation)\b)")
_SURNAME = re.compile(r"Mac|Mc|De|Le|La|Di|Van")
# "recorded in PRIMUS", "uploaded to ATLAS": initials that data go into; bodies and defined initials are left out
_INTO = sought(
    r"\b(?:recorded|entered|uploaded|registered|captured|input|stored|posted|encoded|logged|keyed)\s+"
    r"(?:in|into|to|on)\s+(?P<name>[A-Z][A-Z0-9]{3,})(?![\w/-])"
)
# "recorded 29 incidents in its boat incident database": whose it is and what it keeps, where something is recorded
_OWN = sought(
    r"\b(?:recorded|entered|registered|logged|kept|captured|stored|maintained)\b[^.;:]{0,60}?\sin(?:to)?\s+"
    r"(?:its|their)\s+(?P<name>(?!own\b|new\b|central\b)[a-z][\w-]+\s+(?:[a-z][\w-]+\s+){1,2}database)(?!,?\s+[(A-Z])(?![\w-])"
)
_ELECTRONIC = sought(r"\b(?:electronic|enterprise|integrated) (?:[a-z]+ ){1,3}system\b")
# "Unite Apps": the applications of the Secretariat are named so
_UNITE = sought(r"\bUnite\s(?!Nations\b|Against\b|To\b)[A-Z][a-z]+(?![\w-])")


_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Known:
    """What a report and the gazetteer tell of names.

    `acronyms` stand for systems, `others` for something else (by what each is short for); `bodies` are initials of
    bodies; `words` are systems' names that are also common words.
    """

    acronyms: dict[str, Said[str]]
    others: dict[str, str]
    bodies: Container[str]
    words: frozenset[str]
    names: tuple[tuple[str, re.Pattern[str]], ...]
    gazetteer: Gazetteer

    @classmethod
    def of(
        cls, table: Gazetteer, acronyms: dict[str, Said[str]], others: dict[str, str], texts: Iterable[str]
    ) -> Known:
        """Return what is known where a report of these texts gives initials these meanings."""
        everything = "\n".join(texts)
        words = set(_WORDS.findall(everything))
        names = {name for word, name in _by_first_word(table) if word in words and name in everything}
        return cls(
            acronyms,
            others,
            table.by_acronym.keys(),
            _common_words(table),
            tuple((name, _pattern(name)) for name in sorted(names - set(others), key=lambda name: (-len(name), name))),
            table,
        )

    def in_text(self, value: str) -> Iterator[re.Match[str]]:
        """Yield where the names of known systems stand in a text, the longest first."""
        for name, pattern in self.names:
            if name in value:
                yield from pattern.finditer(value)

    def no_name(self, name: str) -> bool:
        """Tell whether a name is taken: by a body, a place, initials of something else or a sentence's first word."""
        return (
            name in self.others
            or name in self.bodies
            or name in STARTERS
            or name in NO_NAMES
            or name in self.gazetteer.place_names
            or self.gazetteer.body(name) is not None
            or BODY.search(name) is not None
        )


def named(value: str, known: Known) -> list[tuple[int, int, str]]:
    """Return the systems that a text names: where each name begins and ends, and the name or its initials."""
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(value))

    def add(start: int, end: int, name: str) -> None:
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end, name))

    for start, end, name in _candidates(value, known):
        add(start, end, name)
    for _, end, _name in sorted(found):
        beside = _BESIDE.match(value, end)
        if beside is not None and not _NOT_BESIDE.match(beside["name"]) and not _taken(beside["name"], known):
            add(*beside.span("name"), beside["name"])
    return sorted(found)


def _candidates(value: str, known: Known) -> Iterator[tuple[int, int, str]]:
    """Yield what names a system, the surest first: of two that overlap, the first is right."""
    yield from _defined(value, known)
    for match in _NAMED.finditer(value):
        start, name = trimmed(match.start("name"), match["name"])
        if len(name.split()) > 1 and not keeps_nothing(name) and not PAPER.search(name):
            yield start, start + len(name), name
    for match in known.in_text(value):
        if match[0] not in known.words or _alone(value, *match.span()):
            yield *match.span(), match[0]
    yield from _in_small_letters(value, known.gazetteer)
    for match in (*_UNITE.finditer(value), *_KNOWN_AS.finditer(value)):
        at = match.re.groupindex.get("name", 0)
        yield *match.span(at), match[at]
    for match in _LISTED.finditer(value):
        # "systems such as Early Warning": any systems, unless one of those named keeps information
        plain = match[0].startswith(("systems", "Systems")) and not INFORMATION.search(value[: match.start()][-24:])
        if plain and next(known.in_text(match["names"]), None) is None:
            continue
        for one in _EACH.finditer(value, *match.span("names")):
            start, name = trimmed(one.start(), one[0])
            if name and value[start - 1] != "(" and not keeps_nothing(name) and not known.no_name(name):
                yield start, start + len(name), name
    for match in _SEVERAL.finditer(value):
        for one in _EACH.finditer(match["names"]):
            _, name = trimmed(one.start(), one[0])
            if (
                name
                and name not in known.others
                and name not in known.bodies
                and not BODY.search(name)
                and not keeps_nothing(name)
            ):
                start = match.start("names") + one.end() - len(name)
                yield start, start + len(name), name
    yield from _called(value, known)
    for match in _CAMEL.finditer(value):
        name = match["name"]
        of_body = value[match.end() : match.end() + 1] == " " and _MAKER.match(value, match.end() + 1)
        if name not in NO_NAMES and not _SURNAME.match(name) and name not in known.others and not of_body:
            yield *match.span("name"), name
    for match in _QUOTED.finditer(value):
        if match["name"] not in known.others and not keeps_nothing(match["name"]):
            yield *match.span("name"), match["name"]
    for match in (*_INTO.finditer(value), *_AFTER_KIND.finditer(value)):
        if not known.no_name(match["name"]):
            yield *match.span("name"), match["name"]
    for pattern in (_BRACKETED, _APPOSED):
        for match in pattern.finditer(value):
            start, name = trimmed(match.start("name"), match["name"])
            if name and name not in known.others and not keeps_nothing(name) and not BODY.search(name):
                yield start, start + len(name), name
    for match in _CAPITAL_TOOL.finditer(value):
        if not keeps_nothing(match["name"]) and not BODY.search(match["name"]):
            yield *match.span("name"), match["name"]
    for match in (*_SET_OFF.finditer(value), *_OWN.finditer(value)):
        yield *match.span("name"), match["name"]
    for match in _SET_OFF_NAME.finditer(value):
        if not _taken(match["name"], known) and _NOT_BESIDE.match(match["name"]) is None:
            yield *match.span("name"), match["name"]


def _in_small_letters(value: str, table: Gazetteer) -> Iterator[tuple[int, int, str]]:
    """Yield known systems whose full name is printed without capitals: "the electronic boat management system"."""
    for match in _ELECTRONIC.finditer(value):
        if match[0].casefold() in _small_names(table):
            yield *match.span(), match[0]


def _taken(name: str, known: Known) -> bool:
    return name in known.others or name in known.bodies or name in STARTERS


def _defined(value: str, known: Known) -> Iterator[tuple[int, int, str]]:
    """Yield the systems that a report gives initials, by their initials."""
    for acronym, expansion in known.acronyms.items():
        if expansion.value in value:
            for match in re.finditer(rf"(?<![\w/-]){re.escape(expansion.value)}(?![\w-])", value):
                yield *match.span(), acronym
        if acronym in value:
            for match in re.finditer(rf"(?<![\w/-]){re.escape(acronym)}(?![\w/])", value):
                yield *match.span(), acronym


def _called(value: str, known: Known) -> Iterator[tuple[int, int, str]]:
    for match in _CALLED.finditer(value):
        start, name = trimmed(match.start("name"), match["name"])
        rest = match["rest"].strip()
        if not name or name.endswith(("’s", "'s", "-owned", "Nations")) or keeps_nothing(name) or keeps_nothing(rest):
            continue
        if rest == "system" and (name in known.bodies or name in known.others or _OWNER.search(name)):
            continue  # "MINUSMA system", "Government system": the way of working of a body
        short = (match["bracket"] or "").strip("() ")
        if rest == "system" and short in known.others and not INFORMATION.search(known.others[short]):
            continue  # "Hazard Analysis (HA) system"
        yield start, match.end("rest"), value[start : match.end("rest")]


_OWNER = re.compile(r"\b(?:Nations|Government|Bank|HR)$")


@lru_cache(maxsize=4)
def _small_names(table: Gazetteer) -> frozenset[str]:
    return frozenset(name.casefold() for system in table.systems for name in system.full_names)


@lru_cache(maxsize=4)
def _by_first_word(table: Gazetteer) -> tuple[tuple[str, str], ...]:
    """Return the names of the systems, each behind its first word."""
    return tuple((_WORDS.findall(name)[0], name) for system in table.systems for name in system.names)


@lru_cache(maxsize=4)
def _common_words(table: Gazetteer) -> frozenset[str]:
    return frozenset(system.name for system in table.systems if system.word)


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.@-]){re.escape(name)}(?:(?<=Server)\s20\d\d)?(?![\w-]|\.\w)")


def _alone(value: str, start: int, end: int) -> bool:
    """Tell whether a common word in capitals stands in mid-sentence and in no longer name."""
    return (
        re.search(r"(?:[a-z]|[a-z),]\s*,?)\s$", value[:start]) is not None
        and re.match(r"\s+(?:[A-Z]|on\b|of\b|group|area|point|codes?\b)", value[end:]) is None
        and re.search(r"\b(?:[Cc]onvention|[Tt]reaty)\b", value[max(0, start - 60) : start]) is None
    )
