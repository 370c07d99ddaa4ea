"""Where running text names an instrument: by identifier, by title, or by a name of the gazetteer."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.extract.pacts import pacts
from auditgraph.loaders.extract.paper_words import IDENTIFIER, WHOSE, identifiers
from auditgraph.loaders.extract.papers import titles
from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.sought import sought

__all__ = ["STANDARD", "Mention", "mentions", "named_in"]


@dataclass(slots=True)
class Mention:
    """An instrument named at characters `start:end` of a run, by title, identifier or initials."""

    run: Run
    start: int
    end: int
    title: str = ""
    identifier: str = ""
    year: str = ""
    head: str = ""


# The kinds of papers in any letters: "Bulletin", "administrative instruction".
_PAPER = (
    r"(?:policy(?:\s+directive)?|policies|guidelines?|guidance(?:\s+notes?)?|manual|directive|"
    r"standard\s+operating\s+procedures?|"
    r"procedures?|(?:administrative\s+)?instructions?|bulletins?|(?:information\s+)?circulars?|report|framework|"
    r"strategy|plan|"
    r"rules|regulations(?:\s+and\s+rules)?|note)"
)
# A title, then its identifier in brackets, perhaps after initials: "Policy on X (UNHCR/HCP/2015/7)".
_TITLE_BEFORE = re.compile(r"\s*(?:\([A-Z][\w-]*\)\s*)?\(\s*(?:[Rr]ef(?:erence)?[.:]?\s*|[Nn]o\.?\s*|document\s+)?$")
# One of several papers of a kind: "... bulletins on rowing (ST/SGB/2001/1) and on the sale of boats (ST/SGB/2001/2)".
_ANOTHER = re.compile(
    r"\)(?:,?\s+and|,|;)\s+(?:on|concerning|governing)\s+(?:the\s+)?(?P<title>[A-Za-z][^.;:()]*[^.;:()\s])\s*\(\s*$"
)
# A kind alone before the bracket, its subject after it: "Administrative Instruction (UNMOT/AI/2016/3) on the hiring"
_BARE_KIND = re.compile(rf"(?:^|[\s’'])(?i:{_PAPER})$")
# The title in brackets after its identifier: "ST/AI/2000/5 (annual leave)".
_BRACKET_AFTER = re.compile(
    r"\s+\((?P<title>(?!the\b|as\b|see\b|hereinafter|section|para|chapter|annex|article|dated|issued|revised|formerly|"
    r"replac|supersed|and\b|or\b|which|that|for\s+example|in\b)[A-Za-z][a-z]+[^()]{2,120})\)"
)
# A word of a list: "classification and handling", "harassment, including sexual harassment, and abuse"
_WORD = (
    r"(?:(?!(?:is|are|was|were|be|has|have|had|should|must|shall|may|can|will|would|did|does|do|to|by|which|that|who|"
    r"requires?|states?|provides?)\b)[a-z][a-z-]+)"
)
# An identifier, then its subject: "ST/AI/2013/4 on consultants and individual contractors".
_SUBJECT_AFTER = re.compile(
    rf"(?:(?:,|\s+and)\s+(?:its\s+amendments?\s+)?{IDENTIFIER})*(?:\s+and\s+(?:its|their)\s+amendments?|,?\s+as\s+amended)?"
    r",?\s+(?:on|entitled|titled)\s+(?:the\s+)?[\"“]?(?P<title>[A-Za-z][^.;:()\"”]*?(?:,\s+the\s+[a-z]+(?:\s+[a-z]+)*?\s+of\s+[^.,;:()]+?)*"
    rf"(?:,\s+{_WORD}\s+and\s+{_WORD}|(?:,\s+{_WORD}(?:\s+{_WORD}){{0,3}}){{1,5}},\s+and\s+{_WORD}(?:\s+{_WORD}){{0,3}})?)[\"”]?"
    r"(?=\s*(?:[.;:()\"”]|,|$|\b(?:requires?|states?|provides?|stipulates?|specif\w+|limits?|prescribes?|allows?|"
    r"defines?|prohibits?|outlines?|permits?|describes?|"
    r"establish(?:es)?|sets?|appl(?:y|ies)|governs?|should|must|calls?|and\s+the\s+[A-Z]\w*|and\s+(?:ST|[A-Z]{2,}(?:/[A-Z]+)*)|which|were|was|"
    rf"is|are|to|by|as|had|have|that|in\s+respect|in\s+(?:{MONTH}\s+)?{YEAR}|of\s+(?:\d{{1,2}}\s+)?(?:{MONTH}\s+)?{YEAR})\b))"
)
# An identifier, then its title to the sentence's end: "contrary to ST/SGB/2005/7, Designation of staff members ..."
_TITLE_AFTER = re.compile(r",\s+[\"“]?(?P<title>[A-Z][a-z]+\s+[a-z][^.;:()\"”]{10,200})[\"”]?(?=\.(?:\s|$)|;|\))")
# What tells that words are a clause, no title.
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|should|must|shall|may|can|will|would|noted|found|did|does|do|which|who|"
    r"requires?|required|approved?|OIOS)\b"
)
# What a subject does not run across: a verb, or another paper ("and the Manual on ...").
_SUBJECT_STOP = (
    r"\b(?:requires?|states?|stipulates?|which|were|was|is|are|that)\b|"
    rf"\band\s+(?:the|its)\s+(?:(?!Financial|Staff)[\w’'-]+\s+){{0,3}}(?i:{_PAPER})\b"
)
# A kind before its subject and identifier: "Secretary-General's Bulletin on special measures for ... (".
_LOOSE_TITLE = re.compile(
    r"(?P<title>(?:[A-Z][\w’'/-]*\s+)*(?:(?:technical|joint|internal|interim|revised|operational|strategic)\s+)?"
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
# "dated 3 May 2012", "2010 working arrangement": the year inside a title, or right after it
_DATED = re.compile(r"\b(?P<year>(?:19|20)\d\d)\b")
_DATED_AFTER = re.compile(rf",?\s+(?:of|dated|signed\s+(?:on|in))\s+(?:(?:\d{{1,2}}\s+)?{MONTH}\s+)?(?P<year>{YEAR})\b")
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
_OWN_YEAR = re.compile(r"[/:](?P<year>(?:19|20)\d\d)(?:[/.]|$)")
# A standard cited by its designation; its edition may be left out: "ISO 9001:2015", "ISO 9001"
STANDARD = re.compile(r"(?:ISO|IPSAS)\b")
# Characters from which a name is the same instrument in capitals or small letters.
_LONG = 40
# A name of the gazetteer, its pattern, and the name that it stands for.
_Known = tuple[str, re.Pattern[str], str]


def mentions(run: Run, known: Iterable[_Known]) -> Iterator[Mention]:
    """Yield the instruments that a run names, none inside another; `head` is the name that the gazetteer gives it."""
    for mention in _found(run, known):
        mention.head = mention.head or _canonical().get(mention.title.casefold(), "")
        yield mention


def _found(run: Run, known: Iterable[_Known]) -> Iterator[Mention]:
    value = run.text.value
    taken = bytearray(len(value))  # 1 for each character that a mention has

    def free(start: int, end: int) -> bool:
        if taken.find(1, start, end) >= 0:
            return False
        taken[start:end] = b"\1" * (end - start)
        return True

    for match in identifiers(value):
        mention = _identified(run, match)
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        yield mention
    for match in _RULE.finditer(value):
        taken[slice(*match.span())] = b"\1" * len(match[0])
        yield Mention(run, *match.span(), title=match[0])
    plain = _one_hyphen(value).casefold()
    for name, pattern, canonical in known:
        for match in pattern.finditer(value) if name.casefold() in plain else ():
            if free(*match.span()):
                printed = _PRINTED_YEAR.match(value, match.end())
                yield Mention(
                    run, *match.span(), title=match[0], head=canonical, year=printed["year"] if printed else ""
                )
    for start, end in pacts(value):
        if free(start, end):
            year = _DATED.search(value, start, end) or _DATED_AFTER.match(value, end)
            yield Mention(run, start, end, value[start:end], year=year["year"] if year else "")
    for title in titles(value):
        if free(title.start, title.end):
            yield Mention(run, title.start, title.end, value[title.start : title.end], year=title.year)


def _identified(run: Run, match: re.Match[str]) -> Mention:
    """Return the mention of an identifier with the title printed before or after it."""
    value = run.text.value
    start, end = match.span()
    own = _OWN_YEAR.search(match[0])
    year = own["year"] if own else ""
    if STANDARD.match(match[0]):
        return Mention(run, start, end, "", match[0], year)
    before = _TITLE_BEFORE.search(value, max(0, start - 40), start)
    subject = _SUBJECT_AFTER.match(value, end + 1) if before is not None and value[end : end + 1] == ")" else None
    if before and subject and _BARE_KIND.search(value, max(0, start - 80), before.start()):
        return Mention(run, start, subject.end("title"), subject["title"], match[0], year)
    if before is not None:
        near = next((t for t in titles(value) if t.end == before.start()), None)
        loose = _loose(value, before.start())
        if near is not None and (loose is None or near.start <= loose):
            return Mention(run, near.start, end, value[near.start : near.end], match[0], year or near.year)
        if loose is not None:
            return Mention(run, loose, end, value[loose : before.start()], match[0], year)
        another = _ANOTHER.search(value, max(0, start - 240), start)
        if another is not None:
            return Mention(run, another.start("title"), end, another["title"], match[0], year)
    after = _SUBJECT_AFTER.match(value, end)
    if after is not None and len(after["title"].split()) <= 26:
        return Mention(run, start, after.end("title"), after["title"], match[0], year)
    titled = _TITLE_AFTER.match(value, end)
    clause = re.split(r"[.;]", value[max(0, start - 400) : start])[-1]
    if titled is not None and not _CLAUSE.search(titled["title"]) and len(clause.split()) > 3:
        return Mention(run, start, titled.end("title"), titled["title"], match[0], year)
    bracket = _BRACKET_AFTER.match(value, end)
    if bracket is not None and not _CLAUSE.search(bracket["title"]):
        return Mention(run, start, bracket.end("title"), bracket["title"], match[0], year)
    kind = _KIND_BEFORE.search(value, max(0, start - 60), start)
    if kind is not None:
        return Mention(run, kind.start("title"), end, value[kind.start("title") : end], match[0], year)
    return Mention(run, start, end, "", match[0], year)


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


def named_in(texts: Iterable[str]) -> tuple[_Known, ...]:
    """Return the names of the gazetteer that stand anywhere in a report's texts."""
    everything = _one_hyphen("\n".join(texts)).casefold()
    return tuple(name for name in _known() if name[0].casefold() in everything)


@cache
def _canonical() -> dict[str, str]:
    """Return the gazetteer's name for each of its names, case-folded."""
    return {name.casefold(): canonical for name, _, canonical in _known()}


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
            _name_pattern(name),
            canonical,
        )
        for name, canonical in names
    )


def _name_pattern(name: str) -> re.Pattern[str]:
    words = re.escape(name).replace(r"\-", "[-‑–]")
    # a long name is the same in any letters: "... Procedures Concerning the Reimbursement ..."
    return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE if len(name) > _LONG else 0)


def _one_hyphen(text: str) -> str:
    """Return a text whose hyphens and short dashes are all one character."""
    return text.replace("‑", "-").replace("–", "-")
