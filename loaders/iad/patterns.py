"""The fixed words of the reports of the Internal Audit Division: headings, labels, labels' order.

Each pattern stands with an example of what it reads. They follow the layouts used since 2004.
"""

from __future__ import annotations

import re

from auditgraph.loaders.document import is_complete as complete
from auditgraph.loaders.extract import dates

__all__ = [
    "ANNEX", "APPENDIX", "AREA", "ASSIGNMENT", "BULLET", "CAPTION", "CONTENTS", "DATE", "DIVISION",
    "FORMULA_NOTE", "MANAGEMENT_RESPONSE", "MONTHS", "NUMBERED", "OPENING", "RATING", "RECOMMENDATION",
    "RECOMMENDATION_HEADING", "REPORT_NUMBER", "RESULTS", "SECTION", "SIGNED", "STATUS", "SUBITEM", "SUMMARY",
    "TITLE_START", "complete",
]  # fmt: skip

_BULLET = r"(?:(?:[-–•▪●■◦·*]|o(?=\s+[A-Z(]))\s+)"

# `- Implement an annual plan`: a bullet of any kind.
BULLET = re.compile(_BULLET)
# `(a) remind`, `b) monitor`, `(iii) carry`, `i. The Group`: a part of a list inside a paragraph.
SUBITEM = re.compile(rf"{_BULLET}?(?:\(?[a-z]\)|\(?[ivx]{{1,5}}\)|[ivx]{{1,4}}\.|[a-z]\.)\s+", 0)
# `25. OIOS reviewed`, `25.OIOS`, `25 . OIOS`: a numbered paragraph.
NUMBERED = re.compile(rf"{_BULLET}?(\d{{1,3}})\s?\.(?!\d)(?:\s+|(?=[A-Z“\"(]))")
# `(1) UNMIL should`, `- (9) The Office should`, `1) DFS should`: a recommendation.
RECOMMENDATION = re.compile(rf"{_BULLET}?(?:\((\d{{1,2}})\)|(\d{{1,2}})\)(?=.{{1,120}}\bshould\b))\s*")
# `Recommendation 1`, `Recommendations 2 to 4:`, `Recommendation 3: UNMIL should`.
RECOMMENDATION_HEADING = re.compile(
    r"Recommendations?\s+(?:No\.?\s*)?(\d{1,2})(?:\s*(?:to|and|,|[-–])\s*\d{1,2})*\s*(?:[:.–-]\s*|$)",
    re.I,
)
# `III. AUDIT RESULTS`, `V. Acknowledgement`; without the numeral only in capitals.
SECTION = re.compile(
    r"(?:(?:I{1,3}|IV|VI{0,3}|IX|X)\s?\.\s+(?P<numbered>[A-Z][^.;:]{3,90}?)"
    r"|(?P<plain>BACKGROUND|INTRODUCTION|(?:AUDIT )?OBJECTIVES?(?:[, ]+(?:AND )?SCOPE)?(?:,? AND METHODOLOGY)?"
    r"|AUDIT SCOPE AND METHODOLOGY|AUDIT RESULTS|RESULTS OF THE (?:AUDIT|REVIEW)|OVERALL ASSESSMENT"
    r"|AUDIT FINDINGS AND RECOMMENDATIONS|ACKNOWLEDGE?MENTS?))\s*:?"
)
# `A. Regulatory framework`: a lettered heading under the results.
AREA = re.compile(r"([A-H])\s?\.\s+(?P<title>[A-Z“][^;]{2,160}?)")
OPENING = re.compile(r"(?:I\s?\.\s+)?(?:BACKGROUND|INTRODUCTION)", re.I)
RESULTS = re.compile(r"results|findings", re.I)
SUMMARY = re.compile(r"(?:EXECUTIVE\s+)?SUMMARY", re.I)
CONTENTS = re.compile(r"(?:TABLE\s+OF\s+)?CONTENTS?(?:\s+Page)?", re.I)

DIVISION = re.compile(r"INTERNAL\s+AUDIT\s+DIVISION|OFFICE\s+OF\s+INTERNAL\s+OVERSIGHT\s+SERVICES", re.I)
# `REPORT 2021/011`, `AUDIT REPORT 2013/064`, `REPORT 2018 /018`.
REPORT_NUMBER = re.compile(
    r"(?:(?:FINAL\s+)?(?:AUDIT\s+)?REPORT|DIVISION REPORT)\s+(?:No\.?\s*)?(20\d\d)\s*/\s*(\d{3})\b", re.I
)
# `Assignment No. AP2019-641-08`, `AN2019/590/03`; the letter O for a zero in scanned copies.
ASSIGNMENT = re.compile(
    r"(?:Assignment\s+(?:No|Number)s?\s?[.:]{0,2}\s*:?\s*)?(?<![\w/-])([A-Z]{2}\s?2[0O][0-9O]{2}\s?[/-]\s?[0-9O]{3}\s?[/-]\s?[0-9O]{1,2})\b"
)
# `FINAL OVERALL RATING: PARTIALLY SATISFACTORY`.
RATING = re.compile(
    r"(?:FINAL\s+)?OVERALL\s+RATING\s*:?\s*(PARTIALLY\s+SATISFACTORY|UNSATISFACTORY|SATISFACTORY)", re.I
)
MONTHS = "|".join(dates.MONTHS)
DATE = re.compile(rf"(?<!\d)\d{{1,2}}\s+(?:{MONTHS})\s+20\d\d(?!\d)", re.I)
TITLE_START = re.compile(
    r"(?:(?:Thematic|Joint|Follow[- ]?up|Comprehensive|Horizontal|Management|Performance)\s+)*"
    r"(?:Audit(?!\s+Reports?\b|\s*$)|Review|Report(?!\s+(?:No\b|\d)|\s*$)|Follow|Advisory|Assessment|Evaluation)\b",
    re.I,
)

# `ANNEX I`, `Annex 1`, `ANN EX II`; alone or with its title.
ANNEX = re.compile(r"ANN\s?EX\s*([IVX]{1,5}|\d{1,2})?\b(?P<rest>.*)")
APPENDIX = re.compile(r"APPENDIX\s*([IVX]{1,5}|\d{1,2})?\b(?P<rest>.*)")
STATUS = re.compile(r"STATUS\s+OF\s+(?:AUDIT\s+)?RECOMMENDATIONS.*", re.I)
MANAGEMENT_RESPONSE = re.compile(r"MANAGEMENT\s+RESPONSES?.*", re.I)
SIGNED = re.compile(r"\(\s?signed\s?\)", re.I)

# `Chart 1: Status of cases`, `Table 2`, `Source: OHCHR database`.
CAPTION = re.compile(
    r"(?:(?:Chart|Table|Figure|Graph|Diagram|Box|Picture|Photo|Map)s?\s*\d{1,2}\s*(?:[:.–-]|$)|Sources?\s?:|Note\s?:)",
    re.I,
)
# The notes under the annexes, which every report prints in the same words.
FORMULA_NOTE = re.compile(
    r"[⁰¹²³⁴-⁹\d]{0,2}\s*(?:(?:Critical|Important) recommendations?\s+(?:address|are)|Please note (?:that )?the value C"
    r"|Date provided by|C\s*=\s*closed|Risk category\s*:)",
    re.I,
)
