"""Titles of instruments in running text: where "the 2020 Policy on Principles ..." begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from auditgraph.loaders.extract.numbers import COUNT
from auditgraph.loaders.extract.paper_words import HEAD, SMALL, WHOSE, WITH_SUBJECT, distinctive
from auditgraph.loaders.sought import sought

__all__ = ["Title", "titles"]


@dataclass(frozen=True, slots=True)
class Title:
    """A title at characters `start:end`; `head` its kind of instrument in the singular, `year` printed with it."""

    start: int
    end: int
    head: str
    year: str = ""


_KIND = sought(rf"(?<![\w-])(?:{HEAD})(?![\w-])")
_KIND_NEXT = re.compile(rf"\s+(?:{HEAD})(?![\w-])")
_KIND_BEFORE = re.compile(rf"(?:^|\s)(?:{HEAD})\s+(?:and|of|&)\s+")
# Kinds that a body's own name is enough to tell apart: "UNHCR Manual".
_SELF = frozenset(
    {"Manual", "Handbook", "Policies and Procedures Manual", "Code of Conduct", "Charter", "Statute", "Constitution"}
)

# A capitalised word or initials: "Field", "DPKO/DFS", "Contingent-Owned", "Women’s", "2018-2021".
_CAP = r"(?:[A-ZÀ-Þ][\w’'&-]*(?:/[A-Z][\w-]*)*)"
_YEARS = r"(?:(?:19|20)\d\d(?:[-–/](?:19|20)?\d\d)?)"
_ACRONYM = r"\([A-Z][\w&/-]{1,12}\)"
# What stands before the head: "Department of Field Support (DFS) Rations Management", "2020", "Secretary-General's".
_LEFT = re.compile(
    rf"(?:(?:{_CAP}|{_YEARS})(?:\s+{_ACRONYM})?(?:,?\s+(?:and|of|&)\s+|,\s+(?=(?:{_CAP},?\s+)+(?:and|or)\s+{_CAP})|"
    rf"\s+))*$"
)
# What stands after it: "on Human Rights in the United Nations Peace Operations and Political Missions".
_FIRST = (
    r"(?:on|for|of|[Cc]oncerning|governing|Governing(?!\s+(?:Council|Bod|Board))|regarding|"
    r"relating\s+to|related\s+to|against)"
)
_INNER = (
    rf"(?:(?:in|before|during),?\s+(?:during\s+)?and\s+(?:after|during|around|near|outside)|of|"
    rf"and(?!\s+the\b|\s+its\b|\s+(?:{HEAD})\s+(?:on\b|for\b|\d)|\s+(?:Chapter|Section|Part|Annex|Article|Rule|Paragraph|Appendix)s?\s+[\dIVX])|on|for|the|in|to|with|from|within|by|through|under|as|its|among|concerning|relating|related|"
    r"governing|against|a|an|or|between)"
)
_ENUMERATED = rf",\s+(?=(?:{_CAP},?\s+)+(?:and|or)\s+{_CAP})"
_SUBJECT = re.compile(
    rf"(?:\s+[Nn]o\.?\s?\d+(?:[./-]\d+)*)?(?:\s+\((?:SOPs?|[A-Z]{{2,6}}s?)\))?\s+(?:{_FIRST}|(?<=Protocol\s)to(?=\s+the\s))\s+(?:{_INNER}\s+)*{_CAP}"
    rf"(?:(?:\s+(?:{_INNER}\s+)*|{_ENUMERATED})(?!ST/|[A-Z]+/[A-Z]+/\d){_CAP}|\s+{_YEARS}){{0,40}}"
)
# A subject in small letters, to the verb or stop that ends it: "on the management of fuel", "on surplus property".
_PLAIN_END = (
    r"(?:requires?|required|asks?|states?|stated|provides?|provided|stipulates?|stipulated|specif(?:y|ies|ied)|were|was|is|"
    r"are|"
    r"had|has|have|did|do|does|which|that|to|and|as|by|in|but|with|should|would|could|must|may|can|calls?|called|"
    r"indicates?|indicated|defines?|defined|recommends?|recommended|describes?|described|outlines?|outlined|"
    r"prescribes?|"
    r"prescribed|allows?|suggests?|issued|promulgated|dated|approved|at|from|before|after|when|where|until|during|"
    r"also|not|needs?|needed|tailored|consistent|aligned|specific|applicable|relevant|based|"
    r"because|since|while|if|so|for|emphasi[sz]es?|mandates?|sets?|establish(?:es|ed)?|governing|prepared|developed|"
    r"revised|updated|or|thus|therefore|cover(?:s|ed)?|include[sd]?|encourages?|prohibits?|assigns?|adopted|"
    r"of\s+(?:19|20)\d\d)"
)
# What is done after "and", no part of a subject: "guidelines on boats and conduct checks"
_DOES = (
    r"(?:conduct|ensure|monitor|train|provide|implement|make|take|submit|enforce|hold|keep|maintain|carry|improve|"
    r"strengthen|follow|disseminate|share|communicate|assess|verify|require|seek|put|apply|complete|assign|clarify|"
    r"[a-z]+ly|related|other|relevant|associated|corresponding|reconcile|recover|define|introduce|initiate|identify|address|obtain|prepare|develop|adopt|use|consult|appoint|recruit|remind|"
    r"(?:review|report|update|revise|establish|issue)(?=\s+(?:the|an?|its|their|all|on|to|how)\b))"
)
_PLAIN_SUBJECT = re.compile(
    rf"(?:\s+\([A-Z]{{2,6}}s?\))?\s+(?:(?:on|governing)\s+(?:the\s+)?|(?<!policy\s)(?<!manual\s)for\s+)(?!{_PLAIN_END}\b|(?:the|a|an|its|their|this|these|how|all|any|"
    rf"such|each)\b)"
    rf"[A-Za-z][\w’'-]*(?:\s+(?:(?!{_PLAIN_END}\b)[A-Za-z][\w’'-]*|and\s+(?!{_DOES}\b|{_PLAIN_END}\b|the\b|its\b|"
    rf"their\b)[a-z][\w-]*(?:\s+(?!{_PLAIN_END}\b)[a-z][\w-]*){{0,2}}(?=\s+(?:{_PLAIN_END})\b|\s*[.,;(]|$))){{0,7}}"
)
# "casualty and", "gifts, hospitality and": a subject that goes on, though not how far
_GOES_ON = re.compile(
    rf"\s+and\s+(?!{_DOES}\b|{_PLAIN_END}\b|(?:the|its|their|an?|all)\b)[a-z]"
    rf"|,\s+(?!{_DOES}\b|{_PLAIN_END}\b|(?:the|its|their|an?|all)\b)[a-z][\w-]+(?:\s+[a-z][\w-]+)?,?\s+and\s+[a-z]"
)
# Kinds that reports print in small letters before a subject: "the guidelines on surplus property".
_PLAIN_HEAD = sought(
    r"\b(?:(?:technical|joint|internal|interim)\s+)?(?:(?:standard\s+operating\s+procedures?|SOPs?)|"
    r"administrative\s+instructions?|guidelines|technical\s+guidance|policy(?:\s+directive)?|manual)"
)
# A plan or policy in small letters that only its year tells from others: "the business continuity plan of 2017"
_DATED = sought(
    r"\b(?:[Tt]he|[Ii]ts|[’']s)\s+(?:(?:revised|updated|new|current|existing|latest)\s+)?(?P<title>(?!revised|updated|new\b|current|existing|latest)(?:[a-z][\w-]+\s+){1,4}(?:plan|policy|strategy|manual|guidelines|"
    r"framework|directive))"
    r"(?=\s+of\s+(?:19|20)\d\d\b)"
)
# A title in capitals but for its kind: "Global Property Management and Reporting guidelines"
_SMALL_HEAD = sought(
    rf"(?<![\w-])(?P<title>(?:{_CAP}\s+(?:(?:and|of|for)\s+)?){{2,8}}(?:guidelines|policy|manual|handbook|directive))"
    r"(?!\s+(?:on|for|of|governing|directive|framework|document|unit|section)\b|[\w-])"
)
# Words that begin a sentence, not a title.
_STARTERS = frozenset(
    "The A An In Under Per Both These This That All Its Existing Current Each Also However Although While As For "
    "By Based According Following Given Since Despite During When Where If Such Any No Our Their Other Neither "
    "Pursuant On At To Furthermore Moreover Additionally Contrary Further Similarly Therefore Thus Though Until "
    "With Without From Of And Section Chapter Paragraph Article Annex Appendix Rule Rules Within Through Because "
    "Unlike Note Draft Finalize Develop Update Implement Establish Review Finalise Ensure Issue Comply Adhere "
    "Disseminate Revise Prepare Approve Adopt Introduce Formulate Create Promulgate Complete Request Seek Provide "
    "Strengthen Enforce Apply Follow Conduct Submit Obtain Require".split()
)
# "of 2014", "(2014)", "(1 March 2023)", "(2022-2024 cycle)", "dated 5 May 2014": a year printed after the title
_AFTER = re.compile(
    r",?\s+(?:of|dated|issued\s+in|from)\s+(?:(?:\d{1,2}\s+)?[A-Z][a-z]+\s+)?(?P<of>(?:19|20)\d\d)\b(?!/)"
    r"|\s*\((?:(?:\d{1,2}\s+)?[A-Z][a-z]+\s+)?(?P<in>(?:19|20)\d\d)\)"
)
# "Guidelines on Boats of the World Rowing Organization": whose they are, after their subject
_OF_ANOTHER = re.compile(
    r"(?<!Rules)(?<!Regulations)(?<!System)(?<!Statute)(?<!Charter)\s+of\s+the\s+(?:(?:World|International|Food|Pan)\s+(?:[A-Z][\w-]+\s+(?:and\s+)?)*(?:Organi[sz]ation|Agency|Federation)|"
    r"Mission|Office|Organi[sz]ation|Fund|Department|Representation|Tribunal|Secretariat|Centre|Agency)$"
)
# "of May 2019" at the end of a subject: the date of issue, not its subject
_DATED_SUBJECT = re.compile(r"\s+of\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d$")
# "Strategy for Boats 2.0": the edition is of its name
_EDITION = re.compile(r"\s+\d\.\d(?![\d.])(?!\s+(?:per\s+cent|million|billion))")
# "UNMOT Strategy 2021-2025", "Strategy for 2021-2025"
_PERIOD = re.compile(rf"\s+(?:(?:for\s+(?:the\s+period\s+)?)(?=\d{{4}}[-–/]))?(?P<years>{_YEARS})(?![\w/]|[.-]\d)")
# "Department of Management Strategy, Policy and Compliance": the name of a body
_OF_A_BODY = re.compile(r"(?:Department|Office|Division|Bureau|Branch|Section|Service|Unit)\s+(?:of|for)\b")
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
    for match in _PLAIN_HEAD.finditer(text):
        if any(t.start < match.end() and match.start() < t.end for t in found):
            continue
        plain = _plain(text, match, max((t.end for t in found if t.end <= match.start()), default=0))
        if plain is not None and not any(t.start < plain.end and plain.start < t.end for t in found):
            found.append(plain)
    for match in _DATED.finditer(text):
        start, end = match.span("title")
        if all(t.end <= start or t.start >= end for t in found):
            found.append(Title(start, end, "Plan", _year(text, start, end)))
    for match in _SMALL_HEAD.finditer(text):
        end = match.end("title")
        kind = end - len(match["title"].split()[-1])
        start = _left(text, kind, 0)
        if (
            _OF_A_BODY.match(text, start) is None
            and len(distinctive(text[start:kind])) > 1
            and all(t.end <= start or t.start >= end for t in found)
        ):
            found.append(Title(start, end, _single(text[kind:end].capitalize()), _year(text, start, end)))
    return tuple(sorted(found, key=lambda t: t.start))


# Papers that a body numbers: "Mission Directive No. 3 of 2012", "Administrative Instruction No. 6/2014"
_ISSUED = re.compile(r"(?:Directive|Instruction|Circular|Bulletin)$")
_NUMBERED = re.compile(
    r"\s+(?:No|no)\.?\s?(?:(?P<in>(?:19|20)\d\d)/\d{1,3}|\d{1,3}(?:[./-]\d{1,3})?(?:\s+of\s+|/)(?P<of>(?:19|20)\d\d)|\d{1,3}(?:[./-]\d{1,3})*)"
    r"(?![\d/])"
)
# Whose name has a treaty's in it cites it not: "hosts the secretariats of the Basel Convention and the ..."; but who
# "is the secretariat of the Basel Convention" has a name of its own
_TREATY = re.compile(r"(?:Convention|Protocol|Agreement|Covenant|Treaty|Accord)$")
_SERVES = re.compile(
    r"(?:(?<!is\sthe\s)(?<!as\sthe\s)[Ss]ecretariats?\s+of|(?:Conference|Meeting)s?\s+of\s+(?:the\s+)?Parties\s+to|"
    r"Executive\s+Secretary\s+of|Bureau\s+of)\s+the\s+(?:(?:[A-Z][\w-]*|and|or|of|on|for|in|to|the|its),?\s+){0,40}$"
)
_SERVED = re.compile(rf"\s+(?:{_ACRONYM}\s+)?(?:[Ss]ecretariats?|COP)\b")


def _title(text: str, match: re.Match[str], floor: int) -> Title | None:
    head = match[0]
    # "Policy Directive", "Standards Manual": the kind is the last of such words
    if _KIND_NEXT.match(text, match.end()) is not None:
        return None
    start = _left(text, match.start(), floor)
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
    for pattern in (_DATED_SUBJECT, _OF_ANOTHER):
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
    if _POST.match(words) or words.startswith("Letter of "):
        return None
    if subject is None and _OF_A_BODY.match(words) and _LIST_NEXT.match(text, end):
        return None
    period = _PERIOD.match(text, end)  # "UNHCR Strategy 2021-2025"
    if period is not None and subject is None:
        end = period.end()
        return Title(start, end, _single(head), period["years"][:4])
    if numbered is not None:
        return Title(start, end, _single(head), numbered["of"] or numbered["in"] or "")
    if not distinctive(words) and "," not in head and not (head in _SELF and re.search(r"\b[A-Z]{3,}\b", words)):
        return None
    return Title(start, end, _single(head), _year(text, start, end))


def _left(text: str, start: int, floor: int) -> int:
    """Return where the words before a title's kind begin."""
    match = _LEFT.search(text, max(floor, start - 160), start)
    begin = match.start() if match else start
    # the sentence's first word, the kind of another instrument or a unit's name end it
    while begin < start:
        word = re.match(r"[^\s,()]+", text[begin:start])
        if word is None:
            begin += 1
            continue
        first = word[0]
        # whose it is: "UNHCR's Policy on ..." is the "Policy on ..." (but "Secretary-General's bulletin" is its kind)
        whose = WHOSE.match(text, begin, start)
        inside = _KIND_BEFORE.search(text[begin:start])
        if first in _STARTERS or first in SMALL or first == "&":
            begin += len(first)
        elif inside is not None:
            begin += inside.end()
        elif whose is not None:
            begin = whose.end()
        else:
            break
        begin += len(text[begin:start]) - len(text[begin:start].lstrip(" ,"))
    return begin


# "Chief of Protocol"
_POST = re.compile(
    r"(?:(?:Deputy|Assistant|Acting)\s+)?(?:Chief|Director|Head|Adviser|Advisor|Coordinator)s?\s+(?:of|for)\s+"
    rf"(?:{HEAD})(?![\w-])"
)
# What is done to papers that are still to be made: "should adopt guidelines on fuel"; who issued them made them
_MAKE = (
    r"(?:adopt(?:ing)?|issue|issuing|prepar(?:e|ing)|establish(?:ing)?|introduc(?:e|ing)|formulat(?:e|ing)|"
    r"creat(?:e|ing)|promulgat(?:e|ing)|draw(?:ing)?\s+up|develop(?:ing)?|draft(?:ing)?|"
    r"(?:not|never)\s+(?:yet\s+)?(?:adopted|issued|prepared|established|introduced|formulated|promulgated|drawn\s+up))"
)
_TO_BE = re.compile(
    rf"\b(?:{_MAKE}\s+(?:(?:an?|its|their|own)\s+){{0,2}}|(?:no|without|(?:lack|absence)\s+of)\s+(?:(?:an?|any)\s+)?"
    r"(?:(?:approved|formal|written|comprehensive)\s+)?)$",
    re.IGNORECASE,
)
# What comes before papers that do not exist, or are any: "no guidelines on fuel"
_NONE = re.compile(
    r"\b(?:no|any|without|lack\s+of|absence\s+of|develop(?:ed|ing)?|draft(?:ed|ing)?|need\s+for|new|additional|"
    rf"such|specific|local|updated|revised|separate|several|various|different|many|{COUNT}|{_MAKE})\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_CAP_BEFORE = re.compile(rf"\b{_CAP}(?:['’]s)?\s+$")
_CAP_NEXT = re.compile(
    rf"\s+(?!(?:No|Chapter|Section|Part|Volume|Vol|Annex|Version|Revision|Rev|Edition|Article)\b){_CAP}"
)
_BRACKET_NEXT = re.compile(r"\s+\(")
_LIST_NEXT = re.compile(r",\s+[A-Z]")


def _plain(text: str, match: re.Match[str], floor: int) -> Title | None:
    subject = _PLAIN_SUBJECT.match(text, match.end())
    at = match.start()
    if subject is None or _NONE.search(text, max(0, at - 60), at):
        return None
    end = subject.end()
    if _GOES_ON.match(text, end):
        return None
    before = _CAP_BEFORE.search(text, max(0, at - 60), at)
    start = _left(text, at, floor) if before else at
    return Title(start, end, _single(match[0].capitalize()), _year(text, start, end))


def _year(text: str, start: int, end: int) -> str:
    leading = re.match(r"((?:19|20)\d\d)\s", text[start:end])
    if leading is not None:
        return leading[1]
    after = _AFTER.match(text, end)
    return (after["of"] or after["in"]) if after else ""


def _single(head: str) -> str:
    return {"Policies": "Policy", "SOPs": "SOP", "Guideline": "Guidelines"}.get(head, head)
