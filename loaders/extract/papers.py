"""Titles of instruments in running text: where "the 2020 Policy on Principles ..." begins and ends."""

from __future__ import annotations

import re
from functools import lru_cache

from auditgraph.loaders.extract.paper_words import HEAD, WITH_SUBJECT, distinctive
from auditgraph.loaders.extract.plain_papers import plain_titles
from auditgraph.loaders.extract.title_parts import ACRONYM, CAP, MAKE, OF_A_BODY, YEARS, Title, left, single, year
from auditgraph.loaders.sought import sought

__all__ = ["Title", "titles"]


_KIND = sought(rf"(?<![\w-])(?:{HEAD})(?![\w-])")
_KIND_NEXT = re.compile(rf"\s+(?:{HEAD})(?![\w-])")
# Kinds that a body's own name is enough to tell apart: "UNHCR Manual".
_SELF = frozenset(
    {"Manual", "Handbook", "Policies and Procedures Manual", "Code of Conduct", "Charter", "Statute", "Constitution"}
)

# What stands after it: "on Human Rights in the United Nations Peace Operations and Political Missions".
_FIRST = (
    r"(?:on|for|of|[Cc]oncerning|governing|Governing(?!\s+(?:Council|Bod|Board))|regarding|"
    r"relating\s+to|related\s+to|against|(?<=Standards\s)in)"
)
_INNER = (
    rf"(?:(?:in|before|during),?\s+(?:during\s+)?and\s+(?:after|during|around|near|outside)|of|"
    rf"and(?!\s+the\b|\s+its\b|\s+(?:{HEAD})\s+(?:on\b|for\b|\d|[Nn]o\b)|\s+(?:Chapter|Section|Part|Annex|Article|Rule|Paragraph|Appendix)s?\s+[\dIVX])|at(?=\s+(?:{CAP}\s+){{0,2}}(?:Locations|Sites|Offices|Missions|Headquarters|Sea|Work|Stations|Airports)\b)|on|for|the|in|to|with|from|within|by|through|under|as|its|among|concerning|relating|related|"
    r"governing|against|a|an|or|between)"
)
_ENUMERATED = rf",\s+(?=(?:{CAP},?\s+)+(?:and|or)\s+{CAP})"
_SUBJECT = re.compile(
    rf"(?:\s+[Nn]o\.?\s?\d+(?:[./-]\d+)*)?(?:\s+\((?:SOPs?|[A-Z]{{2,6}}s?)\))?\s+(?:{_FIRST}|(?<=Protocol\s)to(?=\s+the\s))\s+(?:{_INNER}\s+)*{CAP}"
    rf"(?:(?:\s+(?:{_INNER}\s+)*|{_ENUMERATED})(?!ST/|[A-Z]+/[A-Z]+/\d){CAP}|\s+{YEARS}){{0,40}}"
)
# "Guidelines on Boats of the World Rowing Organization": whose they are, after their subject
_OF_ANOTHER = re.compile(
    r"(?<!Rules)(?<!Regulations)(?<!Immunities)(?<!System)(?<!Statute)(?<!Charter)\s+of\s+the\s+(?:(?:World|International|Food|Pan)\s+(?:[A-Z][\w-]+\s+(?:and\s+)?)*(?:Organi[sz]ation|Agency|Federation)|"
    r"Mission|Office|Organi[sz]ation|Fund|Department|Representation|Tribunal|Secretariat|Centre|Agency)$"
)
# "Strategy for Peace Operations 2017-2023 of the Department of X": so too; but "on the Reform of the Department of X"
_OF_DEPARTMENT = re.compile(
    rf"(?<!Rules)(?<!Regulations)(?<!ment)(?<!tion)(?<!ing)(?<!Reform)(?<!Role)(?<!Mandate)(?<!Structure)(?<!Functions)"
    rf"(?<!ities)(?<!Work)(?<!Staff)(?<!Head)(?<!Chief)\s+of\s+the\s+(?:Department|Division|Office)\s+(?:of|for)\s+"
    rf"{CAP}(?:\s+(?:(?:and|of|for|the)\s+)*{CAP}){{0,8}}$"
)
# "of May 2019" at the end of a subject: the date of issue, not its subject
_DATED_SUBJECT = re.compile(r"\s+of\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d$")
# "Strategy for Boats 2.0": the edition is of its name
_EDITION = re.compile(r"\s+\d\.\d(?![\d.])(?!\s+(?:per\s+cent|million|billion))")
# "UNMOT Strategy 2021-2025", "Strategy for 2021-2025"
_PERIOD = re.compile(rf"\s+(?:(?:for\s+(?:the\s+period\s+)?)(?=\d{{4}}[-–/]))?(?P<years>{YEARS})(?![\w/]|[.-]\d)")
# What a longer name goes on with, that of a body or a system: "Policy Unit", "Action Plan and Performance database"
_UNIT_AFTER = re.compile(
    r"(?:,\s+[A-Z]\w+)?\s+(?:and\s+(?:[A-Z][\w-]*\s+){1,3})?(?:\([A-Za-z][\w-]*\)\s+)?(?:database|system|application|module|portal|platform|dashboard|tool|Unit|Section|Division|Database|Task\s+Force|Committee|Board|Group|Team|Office|"
    r"Officer|Cell|"
    r"Centre|Center|Adviser|Advisor|System|Working|Service|Department|Branch|Specialist|Coordinator|Repository|"
    r"Portal|Tool)\b"
)


@lru_cache(maxsize=64)
def titles(text: str) -> tuple[Title, ...]:
    """Return the titles in a text, in order, none inside another.

    A title has a word besides its kind and the body's name; "the Policy" and "DFS Guidelines" are none.

    >>> text = "As the 2020 Policy on Fair Play in Sports and the Games Manual of 2014 say, the Policy is law."
    >>> [(text[t.start:t.end], t.year) for t in titles(text)]
    [('2020 Policy on Fair Play in Sports', '2020'), ('Games Manual', '2014')]
    """
    found: list[Title] = []
    at = 0
    for match in _KIND.finditer(text):
        if match.start() < at:
            continue
        title = _title(text, match, at)
        if title is not None:
            found.append(title)
            at = title.end
    found += plain_titles(text, found)
    return tuple(sorted(found, key=lambda t: t.start))


# Papers that a body numbers: "Mission Directive No. 3 of 2012", "Administrative Instruction No. 6/2014"
_ISSUED = re.compile(r"(?:Directive|Instruction|Circular|Bulletin|Memorandum)$")
_NUMBERED = re.compile(
    r"\s+(?:(?:No|no)\.?\s?|(?=(?:19|20)\d\d/))(?:(?P<in>(?:19|20)\d\d)/\d{1,3}|\d{1,3}(?:[./-]\d{1,3})?(?:\s+of\s+|/)(?P<of>(?:19|20)\d\d)|\d{1,3}(?:[./-]\d{1,3})*)"
    r"(?![\d/])"
)
# Whose name has a treaty's in it cites it not: "hosts the secretariats of the Basel Convention and the ..."; but who
# "is the secretariat of the Basel Convention" has a name of its own
_TREATY = re.compile(r"(?:Convention|Protocol|Agreement|Covenant|Treaty|Accord)$")
_SERVES = re.compile(
    r"(?:(?<!is\sthe\s)(?<!as\sthe\s)[Ss]ecretariats?\s+of|(?:Conference|Meeting)s?\s+of\s+(?:the\s+)?Parties\s+to|"
    r"Executive\s+Secretary\s+of|Bureau\s+of)\s+the\s+(?:(?:[A-Z][\w-]*|and|or|of|on|for|in|to|the|its),?\s+){0,40}$"
)
_SERVED = re.compile(rf"\s+(?:{ACRONYM}\s+)?(?:[Ss]ecretariats?|COP)\b")


def _title(text: str, match: re.Match[str], floor: int) -> Title | None:
    head = match[0]
    # "Policy Directive", "Standards Manual": the kind is the last of such words
    if _KIND_NEXT.match(text, match.end()) is not None:
        return None
    start = left(text, match.start(), floor)
    end = match.end()
    subject = _SUBJECT.match(text, end)
    if subject is not None:
        end = subject.end()
        edition = _EDITION.match(text, end)
        end = edition.end() if edition else end
    if subject is None and _CAP_NEXT.match(text, end):
        return None  # "Policy Unit", "Standards Board": a body, or a longer name
    if head in WITH_SUBJECT and subject is None and (head != "Principles" or len(distinctive(text[start:end])) < 2):
        return None
    if _UNIT_AFTER.match(text, end) and subject is None and not _BRACKET_NEXT.match(text, end):
        return None
    for pattern in (_DATED_SUBJECT, _OF_ANOTHER, _OF_DEPARTMENT):
        rest = pattern.search(text, start, end)
        end = rest.start() if rest is not None else end
    numbered = _NUMBERED.match(text, end) if subject is None and _ISSUED.search(head) else None
    end = numbered.end() if numbered else end
    words = text[start:end]
    if _TREATY.search(head) and (_SERVES.search(text, max(0, start - 300), start) or _SERVED.match(text, end)):
        return None
    if re.search(r"\b[Aa]n?\s+(?:[a-z-]+\s+){0,2}$", text[max(0, start - 40) : start]):
        return None  # "a Site Plan": one that is to be made, or any
    if _TO_BE.search(text, max(0, start - 60), start):
        return None
    if _PROJECT.search(words) or _POST.match(words) or words.startswith("Letter of "):
        return None
    if subject is None and OF_A_BODY.match(words) and _LIST_NEXT.match(text, end):
        return None
    period = _PERIOD.match(text, end)  # "UNHCR Strategy 2021-2025"
    if period is not None and subject is None:
        end = period.end()
        return Title(start, end, single(head), period["years"][:4])
    if numbered is not None:
        return Title(start, end, single(head), numbered["of"] or numbered["in"] or "")
    if not distinctive(words) and "," not in head and not (head in _SELF and re.search(r"\b[A-Z]{3,}\b", words)):
        return None
    return Title(start, end, single(head), year(text, start, end))


# What is called a plan and is a project of building.
_PROJECT = re.compile(r"(?:Capital\s+Master|Strategic\s+Heritage|Flexible\s+Workspace)\s+Plan$")
# "Chief of Protocol"
_POST = re.compile(
    r"(?:(?:Deputy|Assistant|Acting)\s+)?(?:Chief|Director|Head|Adviser|Advisor|Coordinator)s?\s+(?:of|for)\s+"
    rf"(?:{HEAD})(?![\w-])"
)
_TO_BE = re.compile(
    rf"\b(?:{MAKE}\s+(?:(?:an?|its|their|own)\s+){{0,2}}|(?:no|without|(?:lack|absence)\s+of)\s+(?:(?:an?|any)\s+)?"
    r"(?:(?:approved|formal|written|comprehensive)\s+)?)$",
    re.IGNORECASE,
)
_CAP_NEXT = re.compile(
    rf"\s+(?!(?:No|Chapter|Section|Part|Volume|Vol|Annex|Version|Revision|Rev|Edition|Article)\b){CAP}"
)
_BRACKET_NEXT = re.compile(r"\s+\(")
_LIST_NEXT = re.compile(r",\s+[A-Z]")
