"""Where running text names an instrument: by identifier, by title, or by a name of the gazetteer."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.extract.decisions import decisions
from auditgraph.loaders.extract.described import described
from auditgraph.loaders.extract.identified import identified
from auditgraph.loaders.extract.laws import laws
from auditgraph.loaders.extract.pacts import pacts
from auditgraph.loaders.extract.paper_words import identifiers
from auditgraph.loaders.extract.papers import titles
from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.sought import sought
from auditgraph.ontology.gazetteer import folded, gazetteer

__all__ = ["Mention", "mentions", "named_in"]


@dataclass(slots=True)
class Mention:
    """An instrument named at characters `start:end` of a run, by title, identifier or initials.

    `short` is what it is called where it has been told whose it is: "evaluation policy".
    """

    run: Run
    start: int
    end: int
    title: str = ""
    identifier: str = ""
    year: str = ""
    head: str = ""
    short: str = ""


# What has numbers like papers' but is none: "contract UNMOT/CON/12/034"
_NO_PAPER = re.compile(
    r"\b(?:[Cc]ontracts?|[Oo]rders?|[Pp]rojects?|[Ii]nvoices?|[Tt]enders?|[Aa]ssignment)\s+\(?(?:[Nn](?:os?|umbers?)\.?:?\s*)?$"
)
# A numbered rule of the two codes that reports cite by rule: "Financial Rule 105.14", "staff rule 3.17 (ii)".
_PRINTED_YEAR = re.compile(r"\s*\((?P<year>(?:19|20)\d\d)\)")
# "dated 3 May 2012", "2010 working arrangement": the year inside a title, or right after it
_DATED = re.compile(r"\b(?P<year>(?:19|20)\d\d)\b")
_DATED_AFTER = re.compile(rf",?\s+(?:of|dated|signed\s+(?:on|in))\s+(?:(?:\d{{1,2}}\s+)?{MONTH}\s+)?(?P<year>{YEAR})\b")
# but a rule "of the Financial Regulations and Rules" is a place in these, which are named
_RULE = sought(
    r"\b(?:(?:UN|United\s+Nations|[Aa]rea|[Ii]nternational)\s+)?(?:[Ff]inancial|[Ss]taff)\s+(?:[Rr]ules?|"
    r"[Rr]egulations?)\s+\d+\.\d+(?:\s?\([a-z]+\))*(?!\s+of\s+the\s+(?:\w+\s+){0,2}(?:Financial|Staff)\s)"
    r"(?![\d.]*\d|\s?\([a-z]+\))"
)
# What comes before a treaty whose name is also that of its secretariat, where the treaty is meant
_AS_TREATY = re.compile(
    r"\b(?:[Aa]rticles?\s+\d+(?:\s?\([a-z]\)|,\s\d+|\sand\s\d+){0,4}\s+of|[Pp]arties\s+to|[Uu]nder|"
    r"[Aa]ccordance\s+with|ratif\w+|signed|"
    r"(?:[Oo]bjectives?|[Pp]rovisions|[Ii]mplementation|[Aa]doption|[Ss]ignatories)\s+(?:of|to))\s+(?:the\s+)?$"
)
# Characters from which a name is the same instrument in capitals or small letters.
_LONG = 40
# A name of the gazetteer, its pattern, and the name that it stands for.
_Known = tuple[str, re.Pattern[str], str]


def mentions(run: Run, known: Iterable[_Known], bodies: Collection[str] = ()) -> Iterator[Mention]:
    """Yield the instruments that a run names, none inside another; `head` is the name that the gazetteer gives it.

    `bodies` are acronyms that stand for bodies.
    """
    for mention in _found(run, known, bodies):
        mention.head = mention.head or _canonical().get(mention.title.casefold(), "")
        yield mention


def _found(run: Run, known: Iterable[_Known], bodies: Collection[str]) -> Iterator[Mention]:
    value = run.text.value
    taken = bytearray(len(value))  # 1 for each character that a mention has

    def free(start: int, end: int) -> bool:
        if taken.find(1, start, end) >= 0:
            return False
        taken[start:end] = b"\1" * (end - start)
        return True

    owned = tuple(described(value, bodies))
    by_end = {one.end: one for one in reversed(owned)}
    by_start = {one.start: one for one in reversed(owned)}
    for match in identifiers(value):
        if _NO_PAPER.search(value, max(0, match.start() - 40), match.start()):
            continue
        found = identified(value, match, by_end)
        if not found.title and match[0].startswith(("19", "20")):
            continue  # "the Boat Department (2020.09)": a number that only a title makes a paper's
        one = by_start.get(found.start)
        short = one.short if one is not None and found.title.startswith(one.short) else ""
        mention = Mention(run, found.start, found.end, found.title, match[0], found.year, short=short)
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        yield mention
    for decision in decisions(value):
        if free(decision.start, decision.end):
            shown = decision.title or decision.symbol
            yield Mention(run, decision.start, decision.end, shown, decision.symbol, decision.year)
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
    for start, end, enacted in laws(value):
        if free(start, end):
            yield Mention(run, start, end, value[start:end], year=enacted)
    for one in owned:
        if free(one.start, one.end):
            head = f"{one.short} described"
            yield Mention(run, one.start, one.end, value[one.start : one.end], "", one.year, head, one.short)
    for title in titles(value):
        words = value[title.start : title.end]
        if folded(words) in gazetteer().by_name and not _AS_TREATY.search(value, max(0, title.start - 60), title.start):
            continue
        if free(title.start, title.end):
            yield Mention(run, title.start, title.end, words, year=title.year)


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
