"""The words of papers: the kinds of instruments, their identifiers, and what tells one title from another."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = [
    "HEAD",
    "HEADS",
    "IDENTIFIER",
    "ORGANISATIONS",
    "SMALL",
    "WHOSE",
    "WITH_SUBJECT",
    "distinctive",
    "identifiers",
]

# The kinds of instruments, as the last word of a title ("Procurement Manual") or before its subject ("Policy on ...").
HEADS = (
    "Policy Statement", "Policy", "Policies", "Policy Directive",
    "Guideline", "Guidelines", "Guidance", "Guidance Note", "Guidance Notes",
    "Technical Guidance", "Manual", "Manuals", "Handbook", "Directive", "Directives", "Procedures", "Procedure",
    "Standard Operating Procedure", "Standard Operating Procedures", "SOP", "SOPs", "Operating Procedures",
    "Administrative Instruction", "Administrative Instructions", "Instruction", "Instructions", "Bulletin", "Circular",
    "Information Circular", "Framework", "Strategy", "Plan", "Convention", "Covenant", "Statute",
    "Regulations", "Rules", "Regulations and Rules", "Regulations and Financial Rules", "Standards", "Standard",
    "Code of Conduct", "Code of Ethics", "Declaration", "Protocol", "Compact", "Doctrine", "Toolkit", "Principles",
    "Concept of Operations", "Mission Concept", "Accountability Framework", "Rules of Procedure", "Roadmap", "Guide",
    "Blueprint", "Optional Protocol", "Inter-Office Memorandum", "Interoffice Memorandum",
)  # fmt: skip
# Kinds that are an instrument only with a subject after them: "Agreement on Peace and Reconciliation in ...".
WITH_SUBJECT = (
    "Agreement",
    "Memorandum of Understanding",
    "Accord",
    "Principles",
    "Procedures",
    "Procedure",
    "Standard",
)
_ALL = tuple(sorted({*HEADS, *WITH_SUBJECT}, key=len, reverse=True))
HEAD = r"Regulations,\s+Rules\s+and\s+[A-Z]\w+\s+Adjustment\s+System|Standards\s+and\s+Recommended\s+Practices|"
# "Minimum Security Requirements": requirements are an instrument where they are the least that is asked
HEAD += r"Minimum\s+(?:[A-Z][\w-]*\s+){0,4}Requirements|"
# "Policies and Procedures Manual": the manual
HEAD += r"Policies\s+and\s+Procedures\s+(?:Manual|Handbook)|"
# two kinds for one subject: "Delegation of Authority Policy and Framework for ..."
HEAD += r"(?:Policy|Policies|Standards|Guidelines|Principles)\s+and\s+"
HEAD += r"(?:Framework|Guidelines|Guidance|Procedures|Strategy|Plan)|"
HEAD += "|".join(re.escape(head) for head in _ALL)
_HEAD_WORDS = frozenset(word for head in _ALL for word in head.split() if word[0].isupper()) - {"Information"}
SMALL = frozenset("of and on for the in to with at by from under within".split())
ORGANISATIONS = frozenset(
    "United Nations UN Department Office Mission Secretariat Council General Assembly Optional Secretary-General "
    "Organization Organisation Division Unit Section Service Representation Director Headquarters Force Bureau Results "
    "Logical User".split()
)
WHOSE = re.compile(
    r"(?:[A-Z]{3,}|UN-[A-Z][a-z]+|Mission|Office|Organi[sz]ation|Fund|Department|Representation|Secretariat|(?:Residual\s+)?Mechanism|"
    r"Tribunal|Agency|Centre|Commission|Programme)['’]s?\s+"
)
# Identifiers of instruments: "ST/SGB/2003/13", "ST/AI/2013/4/Amend.1", "UNHCR/HCP/2015/7", "A/72/773", "APP.02.PROC".
# A symbol is initials and two parts or more between slashes, one with a number; resolutions are read elsewhere.
_PART = r"(?:[A-Z][A-Za-z]*(?:\.[A-Z][A-Za-z]*)*\.?\s?\d*|(?:19|20)\d\d\.\d{2}(?!\d)|\d+(?:-[A-Z]+)?)"
IDENTIFIER = (
    rf"(?:(?!(?:[A-Z]+/)+RES/)[A-Z]{{1,9}}(?:/[A-Z]{{1,4}}\."
    rf"\d+)?(?=[A-Za-z./]*/[A-Za-z./]*\d)(?:/{_PART}){{2,6}}"
    r"|ST/(?:SGB|AI|IC)/\d+"
    # papers of two departments: "DPKO/DFS 2015.10"
    r"|[A-Z]{3,5}/[A-Z]{3,5}\s(?:19|20)\d\d\.\d{1,2}"
    # UNHCR's memorandums: "IOM 49/2012", "IOM/FOM No. 12/2014"
    r"|(?:IOM|FOM)(?:[/-][FI]OM)?(?:\sNo\.)?\s\d{1,3}/(?:19|20)\d\d"
    r"|[A-Z]{2,6}/(?:19|20)\d\d\.\d{1,2}|SOP\s(?:No\.\s)?(?:19|20)\d\d[./]\d{1,3}"
    r"|[A-Z]{2,5}\.\d{2}\.[A-Z]{3,6}|(?:(?<=[Rr]ef\. )|(?<=[Rr]ef\. No\. )|(?<=[Rr]ef: )|(?<=[Rr]eference )|"
    r"(?<=[Rr]eference No\. )|(?<=[Rr]eference number ))(?:19|20)\d{2}\.\d{1,3}"
    r"|(?<=\()(?:19|20)\d\d\.\d{1,2}(?=\))"
    # standards by designation: "ISO/IEC 27001:2013", "IPSAS 12"; a procedure's code in brackets: "(ABCD-PRO-012)"
    r"|ISO(?:/IEC)?\s\d{4,5}(?:-\d)?(?::(?:19|20)\d\d)?|IPSAS\s\d{1,2}|(?<=\()[A-Z]{2,6}-[A-Z]{2,4}-\d{2,4}(?=\)))"
    r"(?:\s\((?:Vol\.\s?[IVX]+|(?:Prog|Sect)\.\s?\d+)\))?"
)
_IDENTIFIER = re.compile(rf"(?<![\w/.-]){IDENTIFIER}(?![\w/]|\.\d)")


def identifiers(text: str) -> Iterator[re.Match[str]]:
    """Find the identifiers of instruments in a text."""
    return _IDENTIFIER.finditer(text)


def distinctive(title: str) -> tuple[str, ...]:
    """Return the words of a title that tell it from others of its kind: no kind, no body, no small words.

    >>> distinctive("DFS Rations Management Guidelines"), distinctive("DFS Guidelines")
    (('Rations', 'Management'), ())
    """
    title = re.sub(r"\([^()]*\)", " ", title)
    words = re.findall(r"[\w’'&/-]+", title)
    return tuple(
        word
        for word in words
        if word not in _HEAD_WORDS
        and word not in ORGANISATIONS
        and word not in SMALL
        and not re.fullmatch(r"(?:[A-Z]{2,}s?[’']?s?(?:/[A-Z]+)*|\d[\d/–-]*|[A-Z][\w-]*['’]s)", word)
    )
