"""Identifiers of instruments with the titles printed beside them: "... bulletin on rowing (ST/SGB/2003/99)"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.extract.described import Described
from auditgraph.loaders.extract.paper_words import IDENTIFIER, WHOSE
from auditgraph.loaders.extract.papers import Title, titles
from auditgraph.ontology.gazetteer import folded, gazetteer

__all__ = ["STANDARD", "Identified", "identified"]


class Identified(NamedTuple):
    """What an identifier names, at characters `start:end`; `title` and `year` are empty where none is printed."""

    start: int
    end: int
    title: str
    year: str


# The kinds of papers in any letters: "Bulletin", "administrative instruction".
_PAPER = (
    r"(?:policy(?:\s+directive)?|policies|guidelines?|guidance(?:\s+notes?)?|manual|directive|"
    r"standard\s+operating\s+procedures?|SOPs?|"
    r"procedures?|(?:administrative\s+)?instructions?|bulletins?|(?:information\s+)?circulars?|report|framework|"
    r"strategy|plan|"
    r"rules|regulations(?:\s+and\s+rules)?|(?:proposed\s+)?programme\s+budget|note)"
)
# The title of what delegates authority has small letters and the titles of others: "(ST/SGB/2019/2)"
_DELEGATION = re.compile(
    r"(?P<title>(?:(?:Secretary-General[’']s\s+)?[Bb]ulletin\s+on\s+)?[Dd]elegation\s+of\s+authority\s+in\s+the\s+administration\s+of\s+[^.;:()]{10,160})$"
)
# A title, then its identifier in brackets, perhaps after initials: "Policy on X (UNHCR/HCP/2015/7)".
_TITLE_BEFORE = re.compile(
    r"\s*(?:\([A-Z][\w-]*\)\s*)?\(\s*(?:[Rr]ef(?:erence)?\.?:?\s*)?(?:[Nn]o\.?\s*|number\s+|document\s+)?$"
)
# A title, then the paper in which it was issued: "the travel policy of the Fund, promulgated in ST/SGB/2099/4"
_SET_OUT = re.compile(
    r",?\s+(?:as\s+)?(?:which\s+(?:is|was)\s+)?(?:promulgated|issued|set\s+out|set\s+forth|contained|laid\s+down|"
    r"published|established)\s+(?:in|as|under|by|through|via)\s+(?:(?:the|its)\s+)?(?:document\s+|"
    r"(?:Secretary-General['’]s\s+)?[Bb]ulletin\s+|(?:[Aa]dministrative\s+)?[Ii]nstruction\s+|[Ii]nformation\s+[Cc]ircular\s+)?$"
)
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
# A title in quotation marks before the bracket, or right after the identifier; one after its kind and a comma:
# "bulletin entitled “Boats” (", "ST/SGB/2003/99 “Boats”", "Bulletin, Status, rights and duties of rowers ("
_QUOTED_BEFORE = re.compile(r"[“\"](?P<title>[A-Z][^“”\"]{4,200})[”\"],?(?=\s*\()")
_QUOTED_AFTER = re.compile(r",?\s*[“\"](?P<title>[A-Z][^“”\"]{4,200})[”\"]")
_COMMA_BEFORE = re.compile(
    r"(?:[Bb]ulletin|[Ii]nstruction|[Cc]ircular|[Pp]olicy|[Dd]irective),\s+(?P<title>[A-Z][a-z][^.;:()]{8,200}?)(?=\s*\()"
)
# A word of a list: "classification and handling", "harassment, including sexual harassment, and abuse"
_WORD = (
    r"(?:(?!(?:is|are|was|were|be|has|have|had|should|must|shall|may|can|will|would|did|does|do|to|by|which|that|who|"
    r"requires?|states?|provides?)\b)[a-z][a-z-]+)"
)
# An identifier, then its subject: "ST/AI/2013/4 on consultants and individual contractors".
_SUBJECT_AFTER = re.compile(
    rf"(?:(?:,|\s+and)\s+(?:its\s+amendments?\s+)?{IDENTIFIER}){{0,4}}(?:\s+and\s+(?:its|their)\s+amendments?|,?\s+as\s+amended)?"
    rf"(?:,?\s+(?:of|dated)\s+(?:\d{{1,2}}\s+)?(?:{MONTH}\s+)?{YEAR},?)?"
    r",?\s+(?:on|entitled|titled)\s+(?:the\s+)?[\"“]?(?P<title>[A-Za-z][^.;:()\"”]*?(?:,\s+the\s+[a-z]+(?:\s+[a-z]+)*?\s+of\s+[^.,;:()]+?)*"
    rf"(?:,\s+{_WORD}\s+and\s+{_WORD}|(?:,\s+{_WORD}(?:\s+{_WORD}){{0,3}}){{1,5}},\s+and\s+{_WORD}(?:\s+{_WORD}){{0,3}})?)[\"”]?"
    r"(?=\s*(?:[.;:()\"”]|,|$|\b(?:requires?|states?|provides?|stipulates?|specif\w+|limits?|prescribes?|allows?|"
    r"defines?|prohibits?|outlines?|permits?|describes?|"
    r"establish(?:es)?|sets?|appl(?:y|ies)|governs?|should|must|calls?|and\s+the\s+[A-Z]\w*|"
    r"and\s+(?:[A-Z]\w+\s+){1,3}(?:Order|Directive|Instruction|Policy|Manual|Guidelines)|"
    r"and\s+(?:the\s+)?(?:information\s+circular|administrative\s+instruction|bulletin|memorandum|policy\s+directive)|and\s+(?:ST|[A-Z]{2,}(?:/[A-Z]+)*)|which|were|was|"
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
    r"\band\s+(?:the|its)\s+[A-Z]{3,}\s+(?:Financial|Staff)\s+(?:Rules|Regulations)\b|"
    rf"\band\s+(?:the|its)\s+(?:(?!Financial|Staff)[\w’'-]+\s+){{0,3}}(?i:{_PAPER})\b"
)
# A kind before its subject and identifier: "Secretary-General's Bulletin on special measures for ... (".
_LOOSE_TITLE = re.compile(
    r"(?P<title>(?:[A-Z][\w’'/-]*\s+)*(?:(?:technical|joint|internal|interim|revised|operational|strategic|management(?=\s+instruction))\s+)?"
    rf"\b(?i:{_PAPER})"
    rf"(?:\s+(?:on|for|of|concerning|governing|regarding|relating\s+to|to)\s+(?:(?!{_SUBJECT_STOP})[^.;:()])+?)?)$"
)
# Capitalised words right before the bracket: "Regulations, Rules and Pension Adjustment System of the Fund (".
_CAPITALS = re.compile(
    r"(?P<title>(?:[A-Z][\w’'/-]*(?:,?\s+(?:(?:and|of|the|for|on|in|to|with|from)\s+)*|,\s+))+(?:[A-Z][\w’'/-]*|"
    r"(?:19|20)[\d-]+))$"
)
_WHOSE_PLAIN = re.compile(r"(?:\b(?:[Tt]he|[Ii]ts|[Tt]heir)|[’']s?)\s+(?P<title>(?:[a-z][\w-]+\s+){1,5}[a-z]+)$")
_LEAD = re.compile(r"^(?:The|In|Under|Per|According to|As|By|Both|Its|This|That)\s+(?:the\s+)?")
_PAPER_AND = re.compile(
    r"\b(?:Policy|Manual|Guidelines|Strategy|Framework|Handbook|Directive|Charter|Statute|Convention)\s+and\s+the\s+(?=[A-Z])"
)
# "In its report on travel, the Inspection Unit (": whose paper it is stands between
_BODY_LAST = re.compile(
    r",\s+the\s+(?:[A-Z][\w-]*\s+(?:of\s+)?){0,4}(?:Unit|Board|Committee|Council|Commission|Assembly|Office|Auditors|"
    r"Department|Division|Secretariat|Secretary-General|Mission)$"
)
# A kind right before an identifier: "memorandum ABC/DA/2023/14", "Administrative Instruction ST/AI/2013/4".
_KIND_BEFORE = re.compile(
    r"(?P<title>(?:[A-Z][\w-]+[’']s\s+)?(?:[Mm]emorandum|(?:[Aa]dministrative\s+|[Mm]anagement\s+)?[Ii]nstruction|[Bb]ulletin|"
    r"(?:[Ii]nformation\s+)?[Cc]ircular|[Dd]irective)\s+)$"
)
# Symbols that tell the kind themselves: "administrative instruction ST/AI/2099/1" has no title more than "ST/AI/2099/1"
_TELLS_KIND = re.compile(r"ST/(?:SGB|AI|IC)/")
_OWN_YEAR = re.compile(r"(?:[/:]|^(?=\d{4}\.))(?P<year>(?:19|20)\d\d)(?:[/.]|$)")
# A standard cited by its designation; its edition may be left out: "ISO 9001:2015", "ISO 9001"
STANDARD = re.compile(r"(?:ISO|IPSAS)\b")


_NOTHING: Mapping[int, Described] = {}


@lru_cache(maxsize=64)
def _ending(text: str) -> Mapping[int, Title]:
    """Return the titles of a text by where they end."""
    return {title.end: title for title in reversed(titles(text))}


def identified(value: str, match: re.Match[str], owned: Mapping[int, Described] = _NOTHING) -> Identified:
    """Return an identifier of a text with the title printed before or after it.

    `owned` are the instruments that the text describes by whose they are, by where they end.
    """
    start, end = match.span()
    own = _OWN_YEAR.search(match[0])
    year = own["year"] if own else ""
    if STANDARD.match(match[0]):
        return Identified(start, end, "", year)
    set_out = _SET_OUT.search(value, max(0, start - 90), start)
    until = set_out.start() if set_out is not None else -1
    issued: Described | Title | None = owned.get(until) or _ending(value).get(until)
    if issued is not None:
        return Identified(issued.start, end, value[issued.start : issued.end], year or issued.year)
    before = _TITLE_BEFORE.search(value, max(0, start - 40), start)
    subject = _SUBJECT_AFTER.match(value, end + 1) if before is not None and value[end : end + 1] == ")" else None
    if before and subject and _BARE_KIND.search(value, max(0, start - 80), before.start()):
        return Identified(start, subject.end("title"), subject["title"], year)
    if before is not None:
        for pattern in (_QUOTED_BEFORE, _COMMA_BEFORE):
            said = next(
                (m for m in pattern.finditer(value, max(0, start - 260), start) if m.end() == before.start()), None
            )
            if said is not None and not _CLAUSE.search(said["title"]):
                return Identified(said.start("title"), end, said["title"], year)
        delegation = _DELEGATION.search(value, max(0, start - 240), before.start())
        if delegation is not None:
            return Identified(delegation.start(), end, delegation["title"], year)
        near = _ending(value).get(before.start())
        loose = _loose(value, before.start())
        if near is not None and (loose is None or near.start <= loose):
            return Identified(near.start, end, value[near.start : near.end], year or near.year)
        if loose is not None:
            return Identified(loose, end, value[loose : before.start()], year)
        another = _ANOTHER.search(value, max(0, start - 240), start)
        if another is not None:
            return Identified(another.start("title"), end, another["title"], year)
    after = _SUBJECT_AFTER.match(value, end)
    amended = after is not None and _of_one(match[0], value[end : after.start("title")])
    if after is not None and amended and len(after["title"].split()) <= 26:
        return Identified(start, after.end("title"), after["title"], year)
    quoted = _QUOTED_AFTER.match(value, end)
    if quoted is not None:
        return Identified(start, quoted.end("title"), quoted["title"], year)
    titled = _TITLE_AFTER.match(value, end)
    clause = re.split(r"[.;]", value[max(0, start - 400) : start])[-1]
    if titled is not None and not _CLAUSE.search(titled["title"]) and len(clause.split()) > 3:
        return Identified(start, titled.end("title"), titled["title"], year)
    bracket = _BRACKET_AFTER.match(value, end)
    if bracket is not None and not _CLAUSE.search(bracket["title"]):
        return Identified(start, bracket.end("title"), bracket["title"], year)
    kind = _KIND_BEFORE.search(value, max(0, start - 60), start)
    if kind is not None and _TELLS_KIND.match(match[0]) is None:
        return Identified(kind.start("title"), end, value[kind.start("title") : end], year)
    return Identified(start, end, "", year)


def _of_one(identifier: str, between: str) -> bool:
    """Tell whether identifiers between one and a subject are its amendments: "ST/AI/1/9, ST/AI/1/9/Amend.1 on"."""
    others = re.findall(rf"(?<![\w/.-]){IDENTIFIER}", between)
    return all(other.startswith(f"{identifier}/") for other in others)


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
    if _BODY_LAST.search(value, start, end) is not None or folded(value[start:end]) in gazetteer().by_name:
        return None
    whose = WHOSE.match(value, start, end)
    return whose.end() if whose else start
