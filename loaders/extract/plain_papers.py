"""Titles of instruments with small letters in them: "guidelines on surplus property", "Boat Hire policy"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditgraph.loaders.extract.numbers import COUNT
from auditgraph.loaders.extract.paper_words import distinctive
from auditgraph.loaders.extract.title_parts import CAP, MAKE, NOT_MADE, NOT_YET, OF_A_BODY, Title, left, single, year
from auditgraph.loaders.sought import sought

__all__ = ["PLAIN_END", "plain_titles"]

# A subject in small letters, to the verb or stop that ends it: "on the management of fuel", "on surplus property".
PLAIN_END = (
    r"(?:requires?|required|asks?|states?|stated|provides?|provided|stipulates?|stipulated|specif(?:y|ies|ied)|were|was|is|"
    r"are|"
    r"had|has|have|did|do|does|which|that|to|and|as|by|in|but|with|should|would|could|must|may|can|calls?|called|"
    r"indicates?|indicated|defines?|defined|recommends?|recommended|describes?|described|outlines?|outlined|"
    r"prescribes?|"
    r"prescribed|allows?|suggests?|issued|promulgated|dated|approved|at|from|before|after|when|where|until|during|"
    r"also|not|needs?|needed|tailored|consistent|aligned|specific|applicable|relevant|based|"
    r"because|since|while|if|so|for|emphasi[sz]es?|mandates?|sets?|establish(?:es|ed)?|governing|prepared|developed|"
    r"appl(?:y|ies|ied)|contain(?:s|ed)?|govern(?:s|ed)?|lays?|laid|foresees?|envisages?|obliges?|identif(?:y|ies|ied)|"
    r"explain(?:s|ed)?|regulate[sd]?|says?|said|shows?|aims?|seeks?|addresse[sd]|permit(?:s|ted)|forbids?|refers?|gives?|gave|reflect(?:s|ed)|entered|expired|remain(?:s|ed)?|lack(?:s|ed)|"
    r"exist(?:s|ed)?|became|took|superseded|replaced|already|currently|further|formally|clearly|however|who|whose|whether|whereas|"
    r"(?:guide|limit|list|detail|form|help|ban|restrict|assist|support|serve)s?(?=\s+(?:the|an?|its|their|all|each|how|when|that)\b)|"
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
# "for conduct" goes on, "for approval" and "for hiring boats" say what was done with the paper
_NOT_FOR = (
    r"(?:\w+ing|the|an?|all|any|its|their|his|this|that|these|each|every|both|more|most|many|use|approval|review|guidance|"
    r"reference|implementation|information|consideration|clearance|comments?|signature|endorsement|example|instance|"
    r"distribution|further|future|which|whom|such|some|several|purposes?|at|over|years?|months?)"
)
_PLAIN_WORD = rf"(?!{PLAIN_END}\b|the\b|an?\b|its\b|their\b|of\b)[a-z][a-z-]*"
# "guidelines of the World Rowing Board (WRB) on oars": whose they are
_WHOSE = (
    r"(?:\s+of\s+(?:the\s+)?[A-Z][\w-]*(?:\s+(?:(?:of|for|and)\s+(?:the\s+)?)?[A-Z][\w-]*){0,7}"
    r"(?:\s+\([A-Z]{2,8}\))?(?=\s+on\s+(?![A-Z][a-z]+day\b)))?"
)
_PLAIN_SUBJECT = re.compile(
    rf"(?:\s+\([A-Z]{{2,6}}s?\))?{_WHOSE}\s+(?:(?:on|governing)\s+(?:the\s+)?|(?<!(?i:policy)\s)(?<!(?i:manual)\s)for\s+(?P<the>the\s+(?=[a-z]+\s+of\b))?)(?!{PLAIN_END}\b|(?:the|a|an|its|their|this|these|how|all|any|"
    rf"such|each|matter|subject|issue|topic|latter|same)\b)"
    rf"[A-Za-z][\w’'-]*(?:\s+(?:(?!{PLAIN_END}\b)[A-Za-z][\w’'-]*|(?<=the\s)(?:19|20)\d\d(?:[/-]\d{{2,4}})?(?=\s+[a-z])|for\s+(?!{_NOT_FOR}\b)[a-z][\w-]*|and\s+(?!{_DOES}\b|{PLAIN_END}\b|the\b|its\b|"
    rf"their\b)[a-z][\w-]*(?:\s+(?!{PLAIN_END}\b)[a-z][\w-]*){{0,3}}(?=\s+(?:{PLAIN_END}|of\s+[A-Z]\w+)\b|\s*[.,;(]|$))){{0,7}}"
)
# "by freelance language staff", "at field offices": whose doing it is on, and where
_SEVERAL = rf"(?!{PLAIN_END}\b|means\b|ways\b|times\b|\w+ing\b)[a-z-]+[a-rt-z]s"
_TAIL = re.compile(
    rf"\s+(?:(?P<by>by)\s+(?!\w+ing\b)(?:{_PLAIN_WORD}\s+){{0,3}}(?:{_SEVERAL}(?:\s+and\s+{_SEVERAL})?|staff|personnel)"
    rf"|at\s+(?:{_PLAIN_WORD}\s+){{0,2}}(?:headquarters|{_SEVERAL})"
    rf"|in\s+(?:the\s+field|(?:{_PLAIN_WORD}\s+){{0,2}}(?:offices|missions|operations|settings|countries|emergencies|camps|"
    r"schools)))"
    r"(?![\w-]|\s+(?:and|or)\b(?!\s+(?:the|its)\b))"
)
# "guidelines for working | with implementing partners": what is done goes on
_WITH = re.compile(
    rf"(?:(?<=ing)\s+(?P<link>with|in|at|to|from|for)|(?<=ed)(?<!used)\s+(?P<of>with|to))\b"
    rf"(?:(?:(?<=with)|(?<=ed\sto))\s+{_PLAIN_WORD}(?:\s+{_PLAIN_WORD}){{0,3}}"
    rf"(?=\s+{PLAIN_END}\b|\s*[.,;(]|$))?"
)
# ... "in field missions" only where what follows tells that it is part of the title
_TITLE_OVER = re.compile(
    r"\s*\(|,|\s+and\s+(?:the|its)\b|\s+(?:requires?|states?|stipulates?|provides?|specif\w+|prescribes?|sets?|was|were|is|are|had|has|did|does|"
    r"defines?|recommends?|describes?|outlines?|allows?|limits?|calls?)\b"
)
# ", hospitality and travel": a list that ends a subject
_ITEM = rf"(?!{_DOES}\b|(?:{PLAIN_END}|the|its|their|an?|all)\b)[a-z][\w-]*"
_SERIES = re.compile(
    rf"(?:,\s+{_ITEM}(?:\s+{_ITEM}){{0,2}}){{1,4}},?\s+and\s+{_ITEM}(?:\s+{_ITEM}){{0,2}}"
    rf"(?=\s+(?:{PLAIN_END})\b|\s*[.;(]|$)"
)
_OPEN_END = re.compile(r"\s(?:the|of|an?|on|for)$")
# "casualty and", "gifts, hospitality and": a subject that goes on, though not how far
_GOES_ON = re.compile(
    rf"\s+and\s+(?!{_DOES}\b|{PLAIN_END}\b|(?:the|its|their|an?|all)\b)[a-z]"
    rf"|,\s+(?!{_DOES}\b|{PLAIN_END}\b|(?:the|its|their|an?|all)\b)[a-z][\w-]+(?:\s+[a-z][\w-]+)?,?\s+and\s+[a-z]"
)
# Kinds that reports print before a subject in small letters: "the guidelines on surplus property", but with a capital
# not where that is the sentence's: "Guidelines on surplus property are rare."
_PLAIN_HEAD = sought(
    r"\b(?:(?:technical|joint|internal|interim)\s+)?(?:(?:standard\s+operating\s+procedures?|SOPs?)|"
    r"(?:administrative|management)\s+instructions?|guidance\s+notes?|information\s+circulars?|guidelines|technical\s+guidance|policy(?:\s+directive)?|manual|handbook)"
    r"|(?<=[A-Za-z’']\s)(?:Standard\s+[Oo]perating\s+[Pp]rocedures?|Administrative\s+[Ii]nstructions?|Guidelines|"
    r"Policy(?:\s+Directive)?)"
)
# A plan or policy in small letters that only its year tells from others: "the business continuity plan of 2017"
_DATED = sought(
    r"(?:\b(?:[Tt]he|[Ii]ts|[’']s)\s+(?:(?:revised|updated|new|current|existing|latest)\s+)?|(?<![\w/’'-])(?=[A-Z]{3,}\s))"
    r"(?P<title>(?:[A-Z]{3,}\s+)?(?!revised|updated|new\b|current|existing|latest|multi-)"
    r"(?:(?!(?:its|their|the|a|an|had|has|have|was|were|would|will|should|to|and|in|on|by|did|[a-z]+ed)\b)[a-z][\w-]+\s+){1,4}"
    r"(?:(?:plan|policy|strategy|manual|guidelines|framework|directive)(?=\s+of\s+(?:19|20)\d\d\b)"
    r"|(?:strategy|policy|framework)\s+for\s+(?:the\s+period\s+)?(?P<years>(?:19|20)\d\d[-–](?:19|20)?\d\d\b)))"
)
# A title in capitals but for its kind: "Global Property Management and Reporting guidelines"
_SMALL_HEAD = sought(
    rf"(?<![\w-])(?P<title>(?:{CAP}\s+(?:(?:and|of|for)\s+)?){{2,8}}(?:guidelines|policy|manual|handbook|directive))"
    r"(?!\s+(?:on|for|of|governing|directive|framework|document|unit|section)\b|[\w-])"
)
# A tool or list to be filled in that tells how to go about something: "Boat Safety Assessment Tool"
_FORM = sought(
    rf"(?<![\w-])(?P<title>(?:{CAP}\s+(?:(?:and|of|for)\s+)?){{2,8}}(?:Assessment\s+Tool|Checklist))(?![\w-]|\s+[A-Z])"
)
# ... that binds where words like these stand before or behind it
_BINDS_BEFORE = re.compile(
    r"\b(?:[Aa]ccording\s+to|accordance\s+with|[Uu]nder|required\s+by|line\s+with|compl(?:iance|y|ies|ied)\s+with|"
    r"prescribed\s+(?:by|in)|stipulated\s+(?:by|in)|governed\s+by|guided\s+by|requirements\s+(?:of|in))\b[^.;:]{0,200}$"
)
_BINDS_AFTER = re.compile(
    r"\s*(?:\([^()]{1,40}\))?\s*(?:requires?|states?|stipulates?|prescribes?|provides?|recommends?)\b"
)
# "information circular 2099/014": a kind and a number of the year
_OF_YEAR = sought(
    r"\b(?P<title>(?:information\s+circular|administrative\s+instruction|(?:mission|policy)\s+directive|bulletin)\s+"
    r"(?:[Nn]o\.?\s?)?(?:(?P<first>(?:19|20)\d\d)[/-]\d{1,3}|\d{1,3}(?:/|\s+of\s+)(?P<last>(?:19|20)\d\d)))(?![\w/-])"
)
# What comes before papers that do not exist, or are any: "no guidelines on fuel"
_NONE = re.compile(
    r"\b(?:no|any|without|lack\s+of|absence\s+of|develop(?:ed|ing)?|draft(?:ed|ing)?|need\s+for|new|additional|"
    rf"such|specific|local|updated|revised|separate|several|various|different|many|{COUNT}|{MAKE})\s+(?:the\s+|an?\s+)?$"
    # ... papers of any number that are to be put to use: "implement guidelines on fuel"
    r"|\b(?:implement|finali[sz]e|roll\s+out|institute|put\s+in\s+place)(?:ing)?\s+$",
    re.IGNORECASE,
)
_THE_BEFORE = re.compile(r"(?:\b(?:[Tt]he|[Ii]ts)|[A-Z][\w-]*(?:['’]s?)?)\s+$")
_YEAR_BEFORE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Aa]nd|[’']s?|,)\s+(?P<year>(?:19|20)\d\d)\s+$")
_CAP_BEFORE = re.compile(rf"\b{CAP}(?:['’]s)?\s+$")


_NEAR = 200  # characters before a kind in which its title may begin


def _plain(text: str, match: re.Match[str], floor: int) -> Title | None:
    subject = _PLAIN_SUBJECT.match(text, match.end())
    dated = _YEAR_BEFORE.search(text, max(0, match.start() - 12), match.start())
    at = dated.start("year") if dated else match.start()
    if subject is None or _NONE.search(text, max(0, at - 60), at):
        return None
    if subject["the"] and not _THE_BEFORE.search(text, max(0, at - 20), at):
        return None  # "should have standard operating procedures for the hiring of boats"
    end = subject.end()
    working = _WITH.match(text, end)
    if working and working.end() in (working.end("link"), working.end("of")):
        alone = len(text[match.end() : end].split()) == 2  # "guidelines on reporting | to"
        if working["link"] == "with" or working["of"] or alone:
            return None
        working = None
    end = working.end() if working else end
    while (tail := _TAIL.match(text, end)) and (tail["by"] or _TITLE_OVER.match(text, tail.end())):
        end = tail.end()
    series = _SERIES.match(text, end)
    end = series.end() if series else end
    if _OPEN_END.search(text, match.end(), end) or _GOES_ON.match(text, end) or NOT_YET.match(text, end):
        return None
    before = _CAP_BEFORE.search(text, max(0, at - 60), at)
    start = left(text, at, floor) if before else at
    return Title(start, end, single(match[0].capitalize()), year(text, start, end))


def plain_titles(text: str, known: Sequence[Title]) -> Iterator[Title]:
    """Yield the titles whose kind is in small letters, outside those that are known.

    >>> text = "The guidelines on surplus property and its Boat Hire policy say nothing of the policy."
    >>> [text[t.start:t.end] for t in plain_titles(text, ())]
    ['guidelines on surplus property', 'Boat Hire policy']
    """
    found: list[Title] = []
    taken = bytearray(len(text))  # 1 for each character that a title has
    for title in known:
        taken[title.start : title.end] = b"\1" * (title.end - title.start)

    def add(title: Title) -> None:
        found.append(title)
        taken[title.start : title.end] = b"\1" * (title.end - title.start)

    for match in _PLAIN_HEAD.finditer(text):
        if not _free(taken, *match.span()):
            continue
        plain = _plain(text, match, taken.rfind(1, max(0, match.start() - _NEAR), match.start()) + 1)
        if plain is not None and _free(taken, plain.start, plain.end):
            add(plain)
    for match in _DATED.finditer(text):
        start, end = match.span("title")
        made = NOT_MADE.search(text, max(0, match.start() - 30), start) is None or not match["years"]
        if made and _free(taken, start, end):
            years = match["years"]
            add(Title(start, end, "Plan", years[:4] if years else year(text, start, end)))
    for match in _SMALL_HEAD.finditer(text):
        end = match.end("title")
        kind = end - len(match["title"].split()[-1])
        start = left(text, kind, 0)
        if OF_A_BODY.match(text, start) is None and len(distinctive(text[start:kind])) > 1 and _free(taken, start, end):
            add(Title(start, end, single(text[kind:end].capitalize()), year(text, start, end)))
    for match in _OF_YEAR.finditer(text):
        if _free(taken, *match.span("title")):
            add(Title(*match.span("title"), "Circular", match["first"] or match["last"]))
    for match in _FORM.finditer(text):
        end = match.end("title")
        start = left(text, end - len(match["title"].split()[-1]), 0)
        binds = _BINDS_BEFORE.search(text, max(0, start - 240), start) or _BINDS_AFTER.match(text, end)
        if binds and len(distinctive(text[start:end])) > 3 and _free(taken, start, end):
            add(Title(start, end, "Tool", year(text, start, end)))
    return iter(found)


def _free(taken: bytearray, start: int, end: int) -> bool:
    return taken.find(1, start, end) < 0
