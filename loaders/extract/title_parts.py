"""Parts of titles of instruments: the words before the kind, the years printed with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditgraph.loaders.extract.paper_words import HEAD, SMALL, WHOSE

__all__ = [
    "ACRONYM",
    "CAP",
    "MAKE",
    "NOT_MADE",
    "NOT_YET",
    "OF_A_BODY",
    "SENTENCE_STARTERS",
    "YEARS",
    "Title",
    "left",
    "single",
    "year",
]


@dataclass(frozen=True, slots=True)
class Title:
    """A title at characters `start:end`; `head` its kind of instrument in the singular, `year` printed with it."""

    start: int
    end: int
    head: str
    year: str = ""


# A capitalised word or initials: "Field", "DPKO/DFS", "Contingent-Owned", "Women’s", "2018-2021".
CAP = r"(?:[A-ZÀ-Þ][\w’'&-]*(?:/[A-Z][\w-]*)*)"
YEARS = r"(?:(?:19|20)\d\d(?:[-–/](?:19|20)?\d\d)?)"
ACRONYM = r"\([A-Z][\w&/-]{1,12}\)"
# What stands before the head: "Department of Field Support (DFS) Rations Management", "2020", "Secretary-General's".
_LEFT = re.compile(
    rf"(?:(?:{CAP}|{YEARS})(?:\s+{ACRONYM})?(?:,?\s+(?:and|of|&)\s+|,\s+(?=(?:{CAP},?\s+)+(?:and|or)\s+{CAP})|"
    rf"(?<=\))\s?/\s?(?=[A-Z])|\s+))*$"
)
_KIND_BEFORE = re.compile(rf"(?:^|\s)(?:{HEAD})\s+(?:and|of|&)\s+")
# Words that begin a sentence, not a title.
SENTENCE_STARTERS = frozenset(
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
    r"(?:\s+\((?:[A-Z][\w/-]{1,12}|\d{4}[/.]\d{1,3})\))?,?\s+(?:of|dated|issued\s+in|from)\s+(?:(?:\d{1,2}\s+)?[A-Z][a-z]+\s+)?(?P<of>(?:19|20)\d\d)\b(?!/)"
    r"|[”\"]?\s*\((?:(?:\d{1,2}\s+)?[A-Z][a-z]+\s+)?(?P<in>(?:19|20)\d\d)\)"
)
# What is done to papers that are still to be made: "should adopt guidelines on fuel"; who issued them made them
MAKE = (
    r"(?:adopt(?:ing)?|issue|issuing|prepar(?:e|ing)|establish(?:ing)?|introduc(?:e|ing)|formulat(?:e|ing)|"
    r"creat(?:e|ing)|promulgat(?:e|ing)|draw(?:ing)?\s+up|develop(?:ing)?|draft(?:ing)?|"
    r"(?:not|never)\s+(?:yet\s+)?(?:adopted|issued|prepared|established|introduced|formulated|promulgated|drawn\s+up))"
)
# What comes before papers that are to be made, or are any: "develop the", "no", "a draft of the"
NOT_MADE = re.compile(
    r"\b(?:(?:develop|draft|prepar|establish|formulat|finali[sz]|promulgat|issu|creat|introduc)(?:e|es|ing|ment|ation)?(?:\s+of)?|"
    r"drafts?|no|any|without|lack\s+of|absence\s+of|need\s+for|an?|such|each|every)\s+(?:an?\s+|the\s+|its\s+|of\s+the\s+)*$",
    re.IGNORECASE,
)
# What comes after papers that do not exist yet: "... had not been finalized", "was still in draft"
NOT_YET = re.compile(
    r"[^.;:]{0,60}?\s(?:(?:was|were|is|are|had|has|have)\s+(?:still\s+)?(?:not|never|yet\s+to\s+be)\s+(?:yet\s+)?(?:been\s+)?"
    r"(?:formally\s+)?(?:sign|finali|issu|promulgat|develop|draft|complet|prepar|adopt|establish|approv|endors)"
    r"|(?:was|were|is|are)\s+(?:still\s+)?(?:being\s+(?:draft|develop|prepar|finali)|in\s+draft\b|under\s+(?:development|"
    r"preparation)\b)|did\s+not\s+exist\b)"
)
# "Department of Management Strategy, Policy and Compliance": the name of a body
OF_A_BODY = re.compile(r"(?:Department|Office|Division|Bureau|Branch|Section|Service|Unit)\s+(?:of|for)\b")

# "the Department of Boats’ | Policy on ...": whose it is
_WHOSE_BODY = re.compile(
    r"(?:The\s+)?(?:Department|Office|Division)\s+(?:of|for)\s+[^’'.;:()]{3,80}(?:[’']s|(?<=s)[’'])\s+"
)


def left(text: str, start: int, floor: int) -> int:
    """Return where the words before a title's kind begin."""
    match = _LEFT.search(text, max(floor, start - 160), start)
    begin = match.start() if match else start
    # the sentence's first word, the kind of another instrument or a unit's name end it
    owner = _WHOSE_BODY.match(text, begin, start)
    begin = owner.end() if owner else begin
    while begin < start:
        word = re.match(r"[^\s,()]+", text[begin:start])
        if word is None:
            begin += 1
            continue
        first = word[0]
        # whose it is: "UNHCR's Policy on ..." is the "Policy on ..." (but "Secretary-General's bulletin" is its kind)
        whose = WHOSE.match(text, begin, start)
        inside = _KIND_BEFORE.search(text[begin:start])
        if first in SENTENCE_STARTERS or first in SMALL or first == "&":
            begin += len(first)
        elif inside is not None:
            begin += inside.end()
        elif whose is not None:
            begin = whose.end()
        else:
            break
        begin += len(text[begin:start]) - len(text[begin:start].lstrip(" ,"))
    return begin


def year(text: str, start: int, end: int) -> str:
    """Return the year printed before or after a title, or an empty string."""
    leading = re.match(r"((?:19|20)\d\d)\s", text[start:end])
    if leading is not None:
        return leading[1]
    after = _AFTER.match(text, end)
    return (after["of"] or after["in"]) if after else ""


def single(head: str) -> str:
    """Return a kind of papers in the singular."""
    return {"Policies": "Policy", "SOPs": "SOP", "Guideline": "Guidelines"}.get(head, head)
