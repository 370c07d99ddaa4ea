"""Instruments described in small letters by whose they are: "UNODC evaluation policy", "statute of the Fund"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.extract.plain_papers import PLAIN_END
from auditgraph.loaders.extract.title_parts import NOT_MADE, NOT_YET
from auditgraph.loaders.sought import sought
from auditgraph.model import Abbreviation
from auditgraph.ontology.gazetteer import gazetteer

__all__ = ["NOT_LONGER", "Described", "described", "owners"]


@dataclass(frozen=True, slots=True)
class Described:
    """An instrument described at characters `start:end`; `short` is its description without whose it is."""

    start: int
    end: int
    short: str
    year: str = ""


# The kinds of documents that a subject and an owner make one: "evaluation policy".
_KIND = (
    r"(?:policy\s+manual|policy\s+statement|policy|manual|handbook|guidelines|policy\s+directive|directive|"
    r"code\s+of\s+(?:conduct|ethics))"
)
# Kinds that are one by whose they are alone: "norms and standards of the Rowing Group", "its rules of procedure"
_WHOLE = (
    r"(?:norms\s+and\s+standards|[Rr]ules\s+of\s+[Pp]rocedure(?:\s+and\s+evidence)?|"
    r"[Ff]inancial\s+(?:[Rr]egulations\s+and\s+(?:[Ff]inancial\s+)?[Rr]ules|[Rr]ules\s+and\s+[Rr]egulations|[Rr]egulations|"
    r"[Rr]ules|procedures)|"
    r"staff\s+(?:regulations\s+and\s+(?:staff\s+)?rules|rules\s+and\s+regulations|regulations|rules)|"
    r"[Cc]ode\s+of\s+(?:[Cc]onduct|[Ee]thics)|[Ss]tatute|accountability\s+framework|"
    r"(?:enterprise\s+)?risk\s+management\s+framework|anti-fraud\s+and\s+anti-corruption\s+framework)"
)
# Words that tell no subject: verbs, links, and what papers of all kinds are.
_NONE = (
    r"(?:(?!(?:supply|family|early)\b)[a-z]+ly|[a-z]+ed|a|an|the|its|their|his|her|this|that|these|those|all|any|each|both|"
    r"no|not|of|in|on|at|to|for|from|with|by|as|under|per|via|or|but|if|is|are|was|were|be|has|had|have|did|does|do|should|"
    r"must|shall|may|can|could|will|would|also|which|who|whose|when|where|while|than|then|using|following|applying|"
    r"including|implementing|issuing|regarding|concerning|between|within|against|through|during|since|until|"
    r"applies|issues|uses|follows|requires|states|through|relevant|applicable|respective|specific|"
    r"overall|written|formal|draft|local|corporate|detailed|various|other|certain|key|main|clear|appropriate|"
    r"comprehensive|original|previous|earlier|former|same|such|recent|own|personnel|"
    r"polic(?:y|ies)|manuals?|guidelines?|procedures?|handbooks?|rules?|regulations?|directives?|frameworks?|guidance|"
    r"strateg(?:y|ies)|plans?|national|foreign|government|different|separate|similar|new)"
)
# ... and words that tell none alone: "internal guidelines"
_VAGUE = r"(?:internal|external|general|standard|operational|official|public|field|technical|management|staff)"
_WORD = rf"(?!{_NONE}\b)(?:[a-z][a-z-]+|ICT|IT|HIV|HR)(?![\w’'-])"
_SUBJECT = (
    rf"(?!(?:{_VAGUE}(?:\s+and)?\s+){{1,3}}{_KIND})"
    rf"(?:delegation\s+of\s+authority|{_WORD}(?:(?:\s+|\s+and\s+){_WORD}){{0,4}})"
)
_AGE = r"(?:(?:revised|updated|current|existing|new|latest|overall|own|(?:19|20)\d\d)\s+){0,2}"
# What makes a longer name or tells of papers of a kind: "evaluation policy unit", "travel policy and procedures"
NOT_LONGER = (
    r"(?![\w’'-]|\s+(?:and\s+(?:procedures?|guidelines|practices?|standards|manuals?|guidance|plans?|process(?:es)?|"
    r"oversight|coordination)\b|(?:units?|"
    r"sections?|divisions?|branch|teams?|committees?|boards?|groups?|framework|makers?|making|decisions?|dialogue|issues|"
    r"matters|guidance|advice|officers?|advis[eo]rs?|support|development|work|areas?|objectives?|frameworks|"
    r"documents?|instruments|papers?|options?|changes?|gaps?|notes?|statements?|directives?|level|on|for|governing|"
    r"concerning|regarding)\b))"
)
_ACRONYM = r"(?:UN[- ](?:Habitat|HABITAT|Women)|[A-Z][A-Z&]+[a-z]?(?:[/-][A-Z]{2,})*)"
_GENERIC = (
    r"(?:Fund|Mission|Tribunal|Mechanism|Department|Registry|Agency|Commission|Secretariat|Office|Programme|Institute|"
    r"University|Representation|Centre|Division|Board|Committee)"
)
_CAP = rf"(?!(?:{MONTH}|The)\b)[A-ZÀ-Þ][\w’-]*"
_NAME = rf"{_CAP}(?:\s+(?:(?:of|for|on|in)\s+(?:the\s+)?|and\s+)?{_CAP}){{0,9}}"
# one word is a name where no other follows: "of UNODC and the Board", "of the Fund and ..."
_OWNER = rf"(?:(?:{_ACRONYM}|{_GENERIC}(?!\s+(?:of|for|on)\b))(?![\w-]|\s+[A-Z])|{_NAME})"
_HEADED = rf"(?:Department|Office|Division)\s+(?:of|for)\s+{_NAME}"
_NAMED_KIND = rf"(?P<short>{_SUBJECT}\s+{_KIND}|{_WHOLE})"
# "UNODC evaluation policy", "Department of Field Support aviation manual"
_BEFORE = sought(rf"(?<![\w/’'-])(?P<owner>{_ACRONYM}|{_HEADED})\s+(?:{YEAR}\s+)?{_NAMED_KIND}{NOT_LONGER}")
# "UNHCR's evaluation policy", "the Fund's whistleblower policy"
_WHOSE = sought(
    rf"(?<![\w/-])(?P<owner>{_ACRONYM}|{_GENERIC}|(?:[Ss]ecretariat))[’']s?\s+{_AGE}{_NAMED_KIND}{NOT_LONGER}"
)
# "grants policy of UNODC", "norms and standards of the United Nations Rowing Group"
_AFTER = sought(
    rf"\b(?:[Tt]he|and|its|in|to|under|[Aa]ll|with|by)\s+{_AGE}(?P<title>(?P<short>(?<!and\s){_SUBJECT}\s+{_KIND}|{_WHOLE})\s+"
    rf"(?:of|(?<=rules\s)for|(?<=procedures\s)for|(?<=procedure\s)for)\s+(?:(?:the\s+)?voluntary\s+funds?\s+of\s+)?"
    rf"(?:the\s+)?(?P<owner>{_OWNER}))(?![\w-])"
)
# "the harbour policy for United Nations field missions": for whom it is
_LIMIT = rf"(?!{PLAIN_END}\b)"
_GROUPS = (
    r"(?:staff|personnel|missions|operations|offices|partners|consultants|contractors|volunteers|contingents|officials|"
    r"departments|entities|organi[sz]ations|agencies|members|suppliers|vendors|refugees)"
)
_FOR_WHOM = sought(
    rf"\b(?:[Tt]he|[Ii]ts|(?<=[’'])s)\s+{_AGE}(?P<title>(?P<short>{_SUBJECT}\s+(?:policy|manual|handbook|guidelines))\s+for\s+"
    rf"(?:the\s+)?(?:{_LIMIT}[A-Za-z][\w’'-]*\s+){{0,4}}{_GROUPS})(?![\w’'-]|\s+and\s+[a-z])"
)
# What a body is called by: the last word of its name, or the first.
_BODY = re.compile(
    r"(?:Department|Office|Division|Bureau|Conference|Secretariat)\b"
    r"|.*\b(?:Group|Board|Committee|Council|Commission|Fund|Funds|Agency|Programme|Organi[sz]ation|Office|Department|"
    r"Division|Section|Service|Unit|Registry|Tribunal|Mechanism|Secretariat|Institute|University|Centre|Bank|Assembly|"
    r"Mission|Representation|Authority|Parties|Police|Force|Union|Court)\b"
)
_NAMES_BODY = re.compile(rf"United Nations\b|{_BODY.pattern}")
# Whose papers are laws, or have a name of their own in the gazetteer.
_NO_OWNER = re.compile(r"(?:Government|Ministry|Republic|State|Kingdom|Parliament)\b|United Nations$")
_YEAR_BEFORE = re.compile(r"\b(?P<year>(?:19|20)\d\d)\s+$")
_YEAR_AFTER = re.compile(
    rf"(?:\s+\([A-Z][\w-]*\))?,?\s+(?:of|dated|issued\s+(?:in|on)|approved\s+(?:in|on)|adopted\s+(?:in|on))\s+"
    rf"(?:(?:\d{{1,2}}\s+)?{MONTH}\s+)?(?P<year>{YEAR})\b|\s+\((?P<in>{YEAR})\)"
)


def owners(abbreviations: Iterable[Abbreviation]) -> frozenset[str]:
    """Return the acronyms that stand for bodies: the gazetteer's, and those that a report defines for one."""
    known = {acronym for acronym in gazetteer().by_acronym if acronym != "UN"}
    told = {a.acronym: _NAMES_BODY.match(a.expansion.value) is not None for a in abbreviations}
    return frozenset(
        {acronym for acronym in known if told.get(acronym, True)} | {a for a, body in told.items() if body}
    )


def described(text: str, bodies: Collection[str]) -> Iterator[Described]:
    """Yield the instruments that a text describes as a body's; `bodies` are acronyms that stand for bodies.

    >>> text = "The UNODC evaluation policy and the norms and standards of the Rowing Group apply."
    >>> [text[one.start:one.end] for one in described(text, {"UNODC"})]
    ['UNODC evaluation policy', 'norms and standards of the Rowing Group']
    """
    for match in _BEFORE.finditer(text):
        if _is_body(match["owner"], bodies) and _made(text, match.start(), match.end()):
            yield _found(text, match.start("owner"), match)
    for match in _WHOSE.finditer(text):
        owner = match["owner"]
        known = owner in bodies or not owner.isupper()
        if known and _made(text, match.start("short"), match.end()):
            yield _found(text, match.start("short"), match)
    for match in _AFTER.finditer(text):
        owner = match["owner"]
        body = _is_body(owner, bodies) or _BODY.match(owner)
        if body and not _NO_OWNER.match(owner) and _made(text, match.start("title"), match.end()):
            yield _found(text, match.start("title"), match)
    for match in _FOR_WHOM.finditer(text):
        if _made(text, match.start("title"), match.end()):
            yield _found(text, match.start("title"), match)


def _is_body(owner: str, bodies: Collection[str]) -> bool:
    return " " in owner or all(part in bodies for part in owner.split("/")) or owner in bodies


def _made(text: str, start: int, end: int) -> bool:
    """Tell whether papers named at `start:end` exist: not "develop the", "no", "... had not been finalized"."""
    return NOT_MADE.search(text, max(0, start - 40), start) is None and NOT_YET.match(text, end) is None


def _found(text: str, start: int, match: re.Match[str]) -> Described:
    end = match.end()
    before = _YEAR_BEFORE.search(text, max(0, match.start("short") - 6), match.start("short")) or _YEAR_BEFORE.search(
        text, max(0, start - 6), start
    )
    after = _YEAR_AFTER.match(text, end)
    year = before["year"] if before else (after["year"] or after["in"]) if after else ""
    return Described(start, end, " ".join(match["short"].split()), year)
