"""Agreements named by their parties or their kind: "Memorandum of Understanding between UNMOT and UNICEF"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.sought import Sought, sought
from auditgraph.ontology.gazetteer import gazetteer

__all__ = ["pacts"]

_CAP = r"[A-ZÀ-Þ][\w’'.-]*(?<![.'’])"
_INNER = r"(?:of|the|for|in|on|to|de|du|des|la)"
_ACRONYM = r"(?:\s\([A-Z][\w&/-]+\))?"
_DATE = rf"(?:(?:\d{{1,2}}\s+)?{MONTH}\s+)?{YEAR}"
# What the two agree on: "memorandum of understanding", "Host Country Agreement", "2010 working arrangement"
_QUALITY = (
    r"(?:[Hh]ost[\s-][Cc]ountry|[Ff]ramework|[Ss]ervice[\s-][Ll]evel|[Bb]asic|[Ss]tandard|[Aa]ssistance|[Cc]ooperation|[Tt]echnical|[Rr]elationship|"
    r"[Hh]eadquarters|[Aa]dministrative|[Ww]orking|[Pp]eace|[Dd]ata[\s-][Ss]haring|[Ss]upplementary|[Tt]ripartite|[Tt]rilateral|[Bb]ilateral|"
    r"[Pp]artnership|[Ss]tatus[\s-][Oo]f[\s-](?:[Ff]orces|[Mm]ission)|[Cc]o-?location)"
)
_KIND = (
    rf"(?:{YEAR}\s+)?(?:(?:[Tt]ripartite|[Tt]rilateral|[Bb]ilateral)\s+)?(?:[Mm]emorandum\s+of\s+(?:[Uu]nderstanding|[Aa]greement)|[Ll]etter\s+of\s+(?:[Uu]nderstanding|"
    rf"[Aa]greement|[Aa]ssist)|[Ee]xchange\s+of\s+[Ll]etters|(?:[A-Z][a-z]+(?:al|ic|ive|ary)\s+and\s+(?={_QUALITY}))?(?:{_QUALITY}\s+)*(?:[Aa]greement|[Aa]rrangement))"
)
# What comes before a paper that does not exist, or is any one.
_NONE = re.compile(
    r"\b(?:no|any|without|lack\s+of|absence\s+of|need\s+for|drafts?|drafting|draft(?:ed)?|develop(?:ed|ing)?|finali[sz]e|"
    r"finali[sz]ing|establish|sign|conclude|concluding|negotiat\w+|propos\w+|new|each|every|such|separate|pending|"
    r"prepar\w+|(?:not|never)\s+(?:yet\s+)?\w+)\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
# What is agreed with one party, named by it: "framework agreement with the Rowing Fund", "host country agreement with"
_ONE_KIND = (
    r"(?:[Mm]emorandum\s+of\s+[Uu]nderstanding|MO[Uu]|MoU|[Ll]etter\s+of\s+(?:[Uu]nderstanding|[Aa]ssist)|"
    r"(?:[Hh]ost[\s-][Cc]ountry|[Ff]ramework|[Ss]ervice[\s-][Ll]evel|[Cc]ooperation|[Rr]elationship|[Hh]eadquarters|"
    r"[Tt]ripartite|[Dd]ata[\s-][Ss]haring)\s+(?:[Aa]greement|[Aa]rrangement))"
)
# ... where it is said to be: "signed a", "under a", "the"
_IS = re.compile(
    r"\b(?:(?:signed|concluded|entered\s+into|under|has|had|have)\s+an?|(?i:the|its|their|this)|[A-Z][\w-]*['’]s?)"
    r"(?:\s+(?:new|existing|current|global|bilateral|general|regional|original|\d{4}))?\s+$"
)
# "a host country agreement with Lutha was signed in 1995"
_ANY = re.compile(r"\b[Aa]n?\s+$")
_SIGNED = re.compile(r",?\s+(?:(?:was|were)\s+)?(?:signed|concluded)\b")
_UNSIGNED = re.compile(
    r"[^.;:]{0,60}?\s(?:was|were|is|are|had|has|have)\s+(?:not|never|still|being)\s+(?:yet\s+|to\s+be\s+)?(?:been\s+|being\s+)?"
    r"(?:sign|conclud|finali|negotiat|draft|develop|prepar)"
)
# "on boats (the Boats MOU)": its subject, where a short name follows
_SUBJECT = r"(?:\s+on\s+[^.;:()]{3,100}(?=\s+\((?:the\s+)?[A-Z][\w\s-]+\)))?"
# "the grant agreement between ...": one of many; "the agreement between ..." is what it is
_BARE = re.compile(r"a(?:greement|rrangement)\b")
_QUALIFIED = re.compile(
    r"(?:\b(?!(?:the|an?|this|that|its|their|under|by|of|in|and|to|existing|current|formal|written)\s)[a-z-]+|-)\s*$"
)
# Kinds that are one agreement by their name alone: "Comprehensive Peace Agreement"; a grant agreement is one of many
_NAMED = sought(
    rf"(?<![\w-])(?P<title>(?P<left>(?:{_CAP}\s+(?:(?:and|of|for)\s+)?){{0,8}})(?:Framework|Peace|Reconciliation|Relationship|"
    r"Headquarters|Host[\s-]Country|Tripartite|Basic\s+Assistance|Basic\s+Cooperation|Ceasefire|Political)\s+(?:Agreement|Accord))"
    rf"(?![\w-]|\s+(?:{_CAP}|with\b|on\b|for\b))"
)
_ALONE = re.compile(r"(?:Tripartite|Relationship|Headquarters|Host[\s-]Country|Assistance|Cooperation)\s+A\w+$")
_FIRST = re.compile(r"(?:The|In|Under|Per|Its|This|That|A|An|As|By|Both|Of|And|For|To)\s+")


def pacts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the agreements of a text begin and end: those between or with named parties, then those of a name.

    >>> text = "The memorandum of understanding of 2014 between UNMOT and the Government of Lutha ended; so did a pact."
    >>> [text[start:end] for start, end in pacts(text)]
    ['memorandum of understanding of 2014 between UNMOT and the Government of Lutha']
    """
    end = 0
    for match in _between().finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        if not _NONE.search(before) and not (_BARE.match(match[0]) and _QUALIFIED.search(before)):
            end = match.end()
            yield match.span()
    for match in _with().finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        sure = _IS.search(before) or (_ANY.search(before) and _SIGNED.match(text, match.end()))
        if sure and not _NONE.search(before) and not _UNSIGNED.match(text, match.end()):
            yield match.span()
    for match in _NAMED.finditer(text):
        start = match.start("title")
        while (first := _FIRST.match(text, start, match.end())) is not None:
            start = first.end()
        words = text[start : match.end()].split()
        if len(words) < 3 and _ALONE.search(text, start, match.end()) is None:
            continue
        if re.search(r"\b(?:an?|any|no|each|every)\s+$", text[max(0, start - 8) : start]) is None and start >= end:
            yield start, match.end()


@cache
def _with() -> Sought:
    """Return the pattern of an agreement with one party."""
    ministry = rf"Ministry\s+of\s+(?:the\s+)?{_CAP}(?:(?:,\s+|,?\s+(?:and|of)\s+(?:the\s+)?|\s+){_CAP}){{0,8}}"
    return sought(rf"(?<![\w-]){_ONE_KIND}{_ACRONYM}\s+with\s+(?:the\s+)?(?:{ministry}|{_one()}){_SUBJECT}")


def _one() -> str:
    """Return the pattern of a party: words in capitals, or a known name that has an "and"."""
    known_names = (*(name for body in gazetteer().bodies for name in body.names), *gazetteer().place_names)
    names = {name for name in known_names if " and " in name}
    known = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=lambda n: (-len(n), n)))
    word = rf"(?:(?:{known})(?![\w-])|(?!{MONTH}\s+{YEAR}){_CAP})"
    return rf"(?:the\s+)?{word}(?:\s+(?:{_INNER}\s+)*{word}){{0,12}}"


@cache
def _between() -> Sought:
    """Return the pattern of an agreement between parties; names of bodies that have an "and" are known."""
    governments = rf"the\s+Governments\s+of\s+{_CAP}(?:,\s+{_CAP})*\s+and\s+(?:the\s+)?{_CAP}"
    party = rf"(?:{governments}|{_one()}{_ACRONYM})"
    return sought(
        rf"(?<![\w-]){_KIND}{_ACRONYM}(?:,?\s+(?:of|dated|signed(?:\s+(?:on|in))?|concluded(?:\s+(?:on|in))?)\s+{_DATE},?)?"
        r"(?:\s+(?:on|for|concerning)\s+(?:the\s+)?[a-z][a-z -]{2,60}?)?"
        rf"\s+(?:(?:signed|concluded|entered\s+into)\s+)?between\s+{party}(?:,\s+{party})*,?\s+and\s+{party}"
    )
