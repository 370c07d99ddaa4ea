"""Information systems, databases and applications that a report names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from auditgraph.loaders.extract.reading import Run, merged, runs
from auditgraph.loaders.sought import Sought, sought
from auditgraph.model import Abbreviation, Passage, ProseKind, Said, Skeleton, System
from auditgraph.ontology.gazetteer import Gazetteer, gazetteer

__all__ = ["systems"]

# The kinds of systems, as the last word of a name printed in capitals: "Field Support Suite".
_HEAD = (
    r"(?:Information\s+System|Management\s+System|System|Systems|Database|Data\s?base|Application|Platform|Portal|"
    r"Suite|Software|"
    r"Dashboards?|Repository|Module|Registry|Register|Tool|Toolkit|Data\s+Warehouse|Information\s+Network)"
)
_CAP = r"(?:[A-Z][\w’'&-]*(?:/[A-Z][\w-]*)*|e[A-Z]\w*|i[A-Z]\w*|[a-z]-[A-Z]\w*)"
# "Election Result Management Information System", "Policy and Practice Database",
# "Managing for Systems, Resources and People system"
_NAMED = sought(
    rf"(?<![\w-])(?P<name>(?:(?:[Ee]lectronic|[Oo]nline|[Aa]utomated|[Ii]ntegrated)\s+)?{_CAP}(?:\s+(?:(?:and|of|for|"
    rf"&)\s+)?{_CAP}|,\s+{_CAP}(?=(?:,\s+{_CAP}){{0,7}},?\s+and\s)){{0,7}}?\s+{_HEAD})"
    r"(?!\s+(?:[A-Z][a-z]|Officer|Unit|Section|Team|Group|Committee|Division|Service))(?![\w-])"
)
# "OHCHR database", "Mercury system", "Sun accounting system", "SIGRE application", "DDRS project database"
_KIND = (
    r"(?:database|data\s+base|application|platform|portal|software|dashboard|repository|data\s+warehouse|"
    r"(?:(?:accounting|information|management|tracking|reporting|inventory|payroll|records?|procurement|planning|"
    r"monitoring|ticketing|"
    r"registration|finance|financial|asset|case|fleet|fuel|booking|e-?procurement|document)\s+){0,3}system)"
)
_CALLED = sought(
    rf"(?<![\w-])(?P<name>{_CAP}(?:\s+(?!and\b){_CAP}){{0,3}})\s*(?P<bracket>\([A-Z][\w-]+\)\s*)?(?P<rest>\s(?:(?!(?:the|an?|its|their|this|that|and|or|to|of|in|for|on|as|with|by|own|new|such|owned)\b)[a-z]+\s+)?{_KIND})(?![\w-])"
)
# What only a system is called: "the Planning and Reporting (PAR) solution".
_PRODUCT_AFTER = re.compile(r"\s+(?:solution|module|application|database|platform|software|portal|dashboard|tool)\b")
_QUOTED_END = re.compile(r"[\"”’]?\s+$")
# "a database called ProFi", "the system known as Comet"
_KNOWN_AS = sought(
    rf"\b(?:system|database|application|platform|software|tool|module|portal|dashboard|solution|register|tracker)"
    rf"\s*,?\s+(?:called|named|"
    rf"known\s+as)\s+[\"“‘']?(?P<name>{_CAP}(?:\s+{_CAP}){{0,4}})"
)
# "the United Nations aviation database, ATRM, therefore": initials set off by commas right after the kind
_SET_OFF = sought(rf"\b{_KIND},\s+(?P<name>[A-Z][A-Za-z]*[A-Z]\w*),")
# "Nebula and Star accounting systems", "the UNDP Atlas and Quantum systems": each name is one
_ONE = rf"(?:{_CAP}(?:\s+{_CAP}){{0,2}})"
_SEVERAL = sought(rf"(?<![\w-])(?P<names>{_ONE}(?:,\s+{_ONE}){{0,6}},?\s+and\s+{_ONE})\s+{_KIND}s(?![\w-])")
# "Umoja and Matrix to record": a name of one word beside that of a system
_BESIDE = re.compile(
    r"\s*(?:\([A-Z][\w-]+\)\s*)?(?:,?\s+and|,)\s+(?P<name>[A-Z][a-z]+[A-Z]?\w*)"
    r"(?=\s+(?:to|were|was|are|data|records)\b|[.;)])"
)
_NOT_BESIDE = re.compile(r"(?:[A-Z]\w*['’]s|[A-Z][a-z]+(?:ly|ing)$|United|Security)")
# "the asset management system, Nebula,": a name of one word set off after a kind that says what it is for
_SET_OFF_NAME = sought(
    r"(?:\b(?:the|an?|its|their)|['’]s?)\s+(?:[\w’'/-]+\s+){1,5}"
    r"(?:system|database|application|platform|software|portal),\s+"
    r"(?P<name>[A-Z]\w+)(?=[,.;)])"
)
# "contact management system (Contacts)": a name in brackets after the kind
_BRACKETED = sought(
    rf"\b(?:{_KIND}|system|tool|module)\s+\((?:called\s+|known\s+as\s+|"
    rf"the\s+)?[\"“]?(?P<name>{_CAP}(?:\s+{_CAP}){{0,3}})[\"”]?\)"
)
# "the Stock and Route Planning tool": two words or more in capitals before a kind in small letters
_CAPITAL_TOOL = sought(r"\b[Tt]he\s+(?P<name>[A-Z][a-z]+(?:\s+(?:and\s+)?[A-Z][a-z]+){1,4}\s+(?:tool|module))(?![\w-])")
# "SIGRE, an application to ...", "Umoja, the enterprise resource planning system", "eSafe, its web-based database"
_APPOSED = sought(
    rf"(?<![\w-])(?P<name>{_CAP}(?:\s+(?!and\b){_CAP}){{0,3}})(?:,\s+(?:which\s+is\s+)?|\s+is\s+)(?:the|an?|its|their|"
    rf"[A-Z][\w-]*['’]s?)\s+"
    r"(?:[\w’'/-]+\s+){0,5}?(?:information\s+system|planning\s+system|management\s+system|tracking\s+system|"
    r"based\s+system|database|"
    r"application|software|online\s+platform|web\s?portal|data\s+warehouse|central\s+repository)\b"
)
# "uploaded to iNeed", "recorded in FleetWave": a name with a capital inside, where data go or come from
_CAMEL = re.compile(
    r"(?<![\w/.@-])(?P<name>(?:e-[A-Z][A-Za-z]{3,}|[a-z]{1,2}[A-Z][A-Za-z]{2,}|[A-Z][a-z]{2,}[A-Z][A-Za-z]+))(?![\w/]|-\w|\.\w)"
)
_NO_SYSTEM = frozenset(
    "WhatsApp YouTube LinkedIn PowerPoint McKinsey FaceBook EcoCash UNWomen MoUs ToRs LoAs PhD MoU HoM HoMs "
    "TikTok DePuy AfriCa".split()
)
# "recorded in PRIMUS", "uploaded to ATLAS": initials that data go into; bodies and defined initials are left out
_INTO = sought(
    r"\b(?:recorded|entered|uploaded|registered|captured|input|stored|posted|encoded|logged)\s+(?:in|into|to|on)\s+"
    r"(?P<name>[A-Z][A-Z0-9]{3,})(?![\w/-])"
)
# Words that tell of information kept: with one of them a system is one of information.
_INFORMATION = re.compile(
    r"\b(?:information|data|manag|report|planning|record|track|monitor|registration|case|document|electronic|e-|"
    r"online|enterprise|resource|inventory|identity|assessment|account|procurement|travel|logistic|"
    r"personnel|staff|attendance|leave|performance|budget|grant|project|pension|benefit|entitlement|knowledge|content|"
    r"request|ticketing|complaint|incident|geographic|statistic|query|medical|claim|payroll|flight|aviation|visa|archiv|"
    r"correspondence|conference|web|digital|biometric|beneficiary|distribution|supply|warehouse|stock|property|equipment|"
    r"vehicle|dispatch|cargo|ration|fuel|fleet|movement|automat|learning|support|integrated)\w*",
    re.IGNORECASE,
)
# An expansion that is a system: it ends in a kind and, unless printed in capitals, tells that it keeps information.
_EXPANSION = re.compile(
    r".*\b(?:system|systems|database|application|platform|portal|suite|software|dashboard|repository|module)"
    r"(?:\s+(?:version\s+|v\.?\s?)?\d+(?:\.\d+)?)?$",
    re.IGNORECASE,
)
# Systems that are no information systems.
_NEVER = re.compile(
    r"(?:internal\s+(?:control|justice)|administration\s+of\s+justice|(?:quality|safety|environmental)\s+management|"
    r"(?:United\s+Nations|UN)\s+(?:common\s+|development\s+|justice\s+)?system|global\s+positioning|Resident\s+Coordinator|"
    r"incident\s+command|(?:staff\s+)?(?:selection|mobility)|salary|performance\s+(?:appraisal|management)(?:\s+and\s+"
    r"development)?)\b",
    re.IGNORECASE,
)
# Systems that are none unless they are said to keep information: "justice system", "health information system".
_NOT = re.compile(
    r"(?:common|quality|environmental|early\s+warning|waste|water|energy|justice|legal|court|power|solar|generator|fire|alarm|sewage|wastewater|treatment|weapons?|health|education|judicial|"
    r"banking|penal|prison|electoral|political|contract|security|surveillance|radio|communications|transport|sanitation|"
    r"Contingent|Mission|cluster|coordination|incentive|rewards?|governance|accountability|tender|roster)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:Unit|Section|Division|Department|Office|Mission|Team|Committee|Board|Nations|Service|Bureau|Centre|Group|"
    r"Force|Government|"
    r"Ministry|Agency|Fund|Programme|Representation|Secretariat|Policy|Manual|Chief|Director|Officer|Council|"
    r"Assembly|OIOS|Umoja\s+[A-Z])\b"
)
_PAPER = re.compile(r"\b(?:Regulations|Rules|Standards|Guidelines|Manual|Committee|Board)\b")
_STARTERS = frozenset(
    "It There They He She Which OIOS The A An In For This That These Those Its Their Each Any No Such All Our "
    "Another Other Both Also However "
    "Although While As At By On With From To Of If When Existing Current New Table Chart Figure Source "
    "Additionally Furthermore Moreover Mission Office Division Unit Section Department Organization Use Using "
    "Developed Access".split()
)


@dataclass(slots=True)
class _Found:
    name: str
    acronym: str
    first: tuple[Passage, ...]
    mentions: tuple[Passage, ...]


def systems(
    skeleton: Skeleton, abbreviations: Iterable[Abbreviation] = (), names: Gazetteer | None = None
) -> tuple[System, ...]:
    """Return the systems that a report names, each once, by its fullest name, in order of their first mention.

    A name is one that the gazetteer knows, or that ends in a kind ("Field Support Suite", "Mercury system"); the
    initials that the report defines for it are the same one.
    """
    names = names or gazetteer()
    body = [
        run for run in runs(skeleton) if run.kind is not ProseKind.LETTER and run.place not in ("cover", "signature")
    ]
    abbreviations = tuple(abbreviations)
    acronyms = {a.acronym: a.expansion for a in abbreviations if _is_expansion(a.expansion.value, a.acronym, names)}
    acronyms |= _named_by_kind(body, abbreviations, names)
    others = {a.acronym for a in abbreviations} - set(acronyms)
    spelled = {_folded(said.value): acronym for acronym, said in acronyms.items()}
    known = _known(names, others)
    bodies = set(names.by_acronym)
    found: dict[str, _Found] = {}
    for run in body:
        for start, end, name in _named(run, known, acronyms, others, bodies):
            acronym = name if name in acronyms else spelled.get(_folded(name), "")
            shown = acronyms[acronym].value if acronym else name
            key = _folded(shown)
            passages = run.passages(skeleton, start, end)
            if key not in found:
                evidence = acronyms[acronym].evidence if acronym else passages
                found[key] = _Found(shown, acronym, evidence, passages)
            else:
                found[key].mentions = merged(found[key].mentions, passages)
    return tuple(System(Said(f.name, f.first), f.acronym, f.mentions) for f in _joined(found).values())


def _is_expansion(expansion: str, acronym: str, names: Gazetteer) -> bool:
    if any(acronym == system.name for system in names.systems) and not _BODY.search(expansion):
        return True
    if _EXPANSION.fullmatch(expansion) is None or _no_system(expansion):
        return False
    return expansion.split()[-1][0].isupper() or _INFORMATION.search(expansion) is not None


def _named_by_kind(body: list[Run], abbreviations: tuple[Abbreviation, ...], names: Gazetteer) -> dict[str, Said[str]]:
    """Return the initials that the text calls a system where it defines them: "Trade and Rowing (TAR) solution"."""
    found: dict[str, Said[str]] = {}
    for a in abbreviations:
        if a.acronym in names.by_acronym or _BODY.search(a.expansion.value) or _PAPER.search(a.expansion.value):
            continue
        if any(_called(run.text.value, a.expansion.value, f"({a.acronym})") for run in body):
            found[a.acronym] = a.expansion
    return found


def _called(value: str, expansion: str, bracket: str) -> bool:
    """Tell whether a text calls an expansion and its initials in brackets a system."""
    return bracket in value and any(
        _PRODUCT_AFTER.match(value, at.end())
        and (gap := _QUOTED_END.search(value, 0, at.start())) is not None
        and value.endswith(expansion, 0, gap.start())
        for at in re.finditer(re.escape(bracket), value)
    )


def _no_system(name: str) -> bool:
    """Tell whether a name is of a system that is none of information."""
    return _NEVER.match(name) is not None or (_NOT.match(name) is not None and _INFORMATION.search(name) is None)


def _named(
    run: Run, known: Sought, acronyms: dict[str, Said[str]], others: set[str], bodies: set[str]
) -> list[tuple[int, int, str]]:
    value = run.text.value
    found: list[tuple[int, int, str]] = []

    def add(start: int, end: int, name: str) -> None:
        if all(end <= a or start >= b for a, b, _ in found):
            found.append((start, end, name))

    for acronym, expansion in acronyms.items():
        if expansion.value in value:
            for match in re.finditer(rf"(?<![\w/-]){re.escape(expansion.value)}(?![\w-])", value):
                add(*match.span(), acronym)
        if acronym in value:
            for match in re.finditer(rf"(?<![\w/-]){re.escape(acronym)}(?![\w/])", value):
                add(*match.span(), acronym)
    for match in _NAMED.finditer(value):
        start, name = _trimmed(match.start("name"), match["name"])
        if len(name.split()) > 1 and not _no_system(name) and not _PAPER.search(name):
            add(start, start + len(name), name)
    for match in known.finditer(value):
        if match[0] not in _WORDS or _alone(value, *match.span()):
            add(*match.span(), match[0])
    for match in _CALLED.finditer(value):
        start, name = _trimmed(match.start("name"), match["name"])
        if (
            not name
            or name.endswith(("’s", "'s", "-owned", "Nations"))
            or _NOT.fullmatch(name)
            or _no_system(match["rest"].strip())
        ):
            continue
        if (
            match["rest"].split()[-1] == "system"
            and len(match["rest"].split()) == 1
            and (name in bodies or name in others or re.search(r"\b(?:Nations|Government|Bank)$", name))
        ):
            continue  # "MINUSMA system", "Government system": the way of working of a body
        add(start, match.end("rest"), value[start : match.end("rest")])
    for match in _CAMEL.finditer(value):
        if (
            match["name"] not in _NO_SYSTEM
            and not re.match(r"Mac|Mc|De|Le|La|Di|Van", match["name"])
            and match["name"] not in others
        ):
            add(*match.span("name"), match["name"])
    for match in _INTO.finditer(value):
        if match["name"] not in others and match["name"] not in bodies:
            add(*match.span("name"), match["name"])
    for pattern in (_BRACKETED, _APPOSED):
        for match in pattern.finditer(value):
            start, name = _trimmed(match.start("name"), match["name"])
            if name and name not in others and not _no_system(name) and not _BODY.search(name):
                add(start, start + len(name), name)
    for match in _CAPITAL_TOOL.finditer(value):
        if not _no_system(match["name"]) and not _BODY.search(match["name"]):
            add(*match.span("name"), match["name"])
    for match in _SET_OFF.finditer(value):
        add(*match.span("name"), match["name"])
    for match in _SET_OFF_NAME.finditer(value):
        if match["name"] not in others | bodies | _STARTERS and _NOT_BESIDE.match(match["name"]) is None:
            add(*match.span("name"), match["name"])
    for match in _SEVERAL.finditer(value):
        for one in re.finditer(_ONE, match["names"]):
            _, name = _trimmed(one.start(), one[0])
            if name and name not in others and name not in bodies and not _BODY.search(name) and not _no_system(name):
                start = match.start("names") + one.end() - len(name)
                add(start, start + len(name), name)
    for _, end, _name in sorted(found):
        beside = _BESIDE.match(value, end)
        if (
            beside is not None
            and beside["name"] not in others | bodies | _STARTERS
            and _NOT_BESIDE.match(beside["name"]) is None
        ):
            add(*beside.span("name"), beside["name"])
    for match in _KNOWN_AS.finditer(value):
        add(*match.span("name"), match["name"])
    return sorted(found)


def _trimmed(start: int, name: str) -> tuple[int, str]:
    """Take the sentence's first words off a name."""
    while (word := name.split(" ", 1)[0]) in _STARTERS:
        if " " not in name:
            return start, ""
        start += len(word) + 1
        name = name[len(word) + 1 :]
    return start, name


def _known(table: Gazetteer, others: set[str]) -> Sought:
    """Return a pattern of the gazetteer's systems, less the names that the report uses for something else."""
    names = {name for system in table.systems for name in (system.name, system.full_name) if name}
    return _any_of(frozenset(names - others))


@lru_cache(maxsize=8)
def _any_of(names: frozenset[str]) -> Sought:
    usable = sorted(names, key=lambda name: (-len(name), name))
    return sought(rf"(?<![\w/.@-])(?:{'|'.join(map(re.escape, usable))})(?![\w-]|\.\w)")


def _alone(value: str, start: int, end: int) -> bool:
    """Tell whether a common word in capitals stands in mid-sentence and in no longer name."""
    return (
        re.search(r"(?:[a-z]|[a-z),]\s*,?)\s$", value[:start]) is not None
        and re.match(r"\s+(?:[A-Z]|on\b|group|area|point)", value[end:]) is None
        and re.search(r"\b(?:[Cc]onvention|[Tt]reaty)\b", value[max(0, start - 60) : start]) is None
    )


# Names of systems that are also common words.
_WORDS = frozenset(
    "Galaxy Mercury Comet Workday TRIP SAGE COMPASS FOCUS AIMS Focus Compass Oracle Quantum Tableau".split()
)


def _joined(found: dict[str, _Found]) -> dict[str, _Found]:
    """Join "Umoja system" with "Umoja" and "the database" forms with the name they end in."""
    joined: dict[str, _Found] = {}
    for key, one in found.items():
        bare = re.sub(r"\s+(?:system|application|platform|software|database|portal)$", "", key)
        if bare != key and bare in found:
            found[bare].mentions = merged(found[bare].mentions, one.mentions)
            continue
        joined[key] = one
    return joined


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").replace("-", " ").split())
