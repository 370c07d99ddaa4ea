"""Abbreviations that a report defines: `Human Rights Division (HRD)` and its like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditgraph.loaders.extract.expansions import BARRIER, beginning, together
from auditgraph.loaders.extract.initials import ACRONYM, cost, is_acronym
from auditgraph.loaders.extract.pieces import pieces
from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.sought import sought
from auditgraph.model import Abbreviation, Passage, Said, Skeleton
from auditgraph.ontology.gazetteer import Gazetteer, folded

__all__ = ["abbreviations"]

# A bracket without brackets in it.
_BRACKET = re.compile(r"\(([^()]{2,120})\)")
_QUOTES = "\"“”'‘’ "
# What may stand before the acronym in its bracket: (the EAD), (hereinafter referred to as "HRD"), (or PoC).
_LEAD = r"(?:(?:hereinafter|hereafter|also|formerly|referred to as|known as|called|abbreviated as|or|the)[ ,:]*)*"
# (GSE), (GSE, its French acronym), (GSE in French), (GSE by its Spanish acronym).
_INSIDE_FIRST = re.compile(
    rf"{_LEAD}[\"“‘']?(?P<acronym>{ACRONYM}(?: [A-Z]{{2,4}})?)[\"”’']?"
    r"(?:\s+or .*|\s*(?:[,;–]|\s-\s|(?:in|by|from|for) (?:its|the|French|Spanish|Arabic|Portuguese)\b).*)?"
)
# (Groupe stratégique électoral, GSE), (known by its French acronym as GSE), (in French: GSE).
_INSIDE_LAST = re.compile(
    rf".*(?:,|acronym(?: of| as)?|known as|French:|abbreviated(?: as)?)\s+[\"“‘']?(?P<acronym>{ACRONYM})[\"”’']?"
)
# "..., hereinafter referred to as HRD" without brackets.
_REFERRED = sought(
    rf",? (?:hereinafter|hereafter)(?: referred to as| called)?,? (?:the )?[\"“‘']?(?P<acronym>{ACRONYM})\b"
)
# HRD (Human Rights Division): the acronym before the bracket.
_BEFORE = re.compile(rf"(?<![\w(/-])(?P<acronym>{ACRONYM})\s*$")
# "Manual on ... Contingent-Owned Equipment (COE Manual)": an acronym and the kind of document.
_TITLED = re.compile(
    rf"(?P<acronym>{ACRONYM}) (?P<word>Manual|Policy|Guidelines|Guidance|Plan|Strategy|Standards|Agreement)"
)
# "Tide and Fuel Technology Board (the TFT Board)": an acronym and the head of a body's name.
_HEADED = re.compile(
    rf"(?:the )?(?P<acronym>{ACRONYM}) (?P<head>Board|Committee|Group|Working Group|Task Force|Team|Unit|Section|"
    r"Division|Service|Centre|Office|Panel|Network|Secretariat)"
)
# "Movement Control Section (MovCon)": clipped words, taken only where they fit.
_CLIPPED = re.compile(r"(?:[A-Z][a-z]{1,4}){2,3}")
# A row of a list of abbreviations: `IAM<tab>Identity and access management`.
_ROW = re.compile(r"(?P<acronym>[A-Z][\w/&-]{1,11})\t(?P<expansion>[A-Za-z][^\t]{3,120})")


@dataclass(frozen=True, slots=True)
class _Definition:
    acronym: str
    run: Run
    start: int
    end: int
    until: int  # the end of the evidence: the closing bracket
    sure: bool  # by initials or the gazetteer, not by capitals alone
    name: str = ""  # where it is not all printed in a row

    @property
    def expansion(self) -> str:
        return self.name or self.run.text.value[self.start : self.end].strip(_QUOTES + ",")


def abbreviations(skeleton: Skeleton, gazetteer: Gazetteer) -> tuple[Abbreviation, ...]:
    """Return the abbreviations that a report defines, in reading order, each with the places that define it.

    Initials decide where an expansion begins; where they do not fit (acronyms of another language), the
    capitalised words before the bracket are taken, unless the acronym is defined with fitting initials elsewhere.
    """
    found = [d for run in pieces(skeleton) for d in _definitions(run, gazetteer)]
    sure = {d.acronym for d in found if d.sure}
    first: dict[tuple[str, str], _Definition] = {}
    evidence: dict[tuple[str, str], dict[Passage, None]] = {}
    for definition in found:
        if not definition.sure and definition.acronym in sure:
            continue
        key = (_singular(definition.acronym), _same(definition.expansion))
        first.setdefault(key, definition)
        said = definition.run.passages(skeleton, definition.start, definition.until)
        evidence.setdefault(key, {}).update(dict.fromkeys(said))
    return tuple(Abbreviation(d.acronym, Said(d.expansion, tuple(evidence[key]))) for key, d in first.items())


def _definitions(run: Run, gazetteer: Gazetteer) -> Iterator[_Definition]:
    text = run.text.value
    for bracket in _BRACKET.finditer(text):
        inside = bracket[1].strip()
        acronym = _inside(inside, gazetteer)
        if acronym is not None:
            yield from _defined(run, acronym, bracket.start(), bracket.end(), gazetteer)
            continue
        titled = _TITLED.fullmatch(inside)
        if titled and is_acronym(titled["acronym"]):
            start = text.rfind(f" {titled['word']} ", 0, bracket.start()) + 1
            if start and not BARRIER.search(text, start, bracket.start()):
                end = len(text[: bracket.start()].rstrip())
                yield _Definition(inside, run, start, end, bracket.end(), True)
                continue
        headed = _HEADED.fullmatch(inside)
        if headed and is_acronym(headed["acronym"]) and text.endswith(f" {headed['head']}", 0, bracket.start() - 1):
            end = bracket.start() - 1
            found = beginning(headed["acronym"], text[: end - len(headed["head"]) - 1], gazetteer)
            if found is not None and found[1]:
                shown = inside.removeprefix("the ")
                yield _Definition(shown, run, found[0], end, bracket.end(), True)
                continue
        before = _BEFORE.search(text, 0, bracket.start())
        if before and is_acronym(before["acronym"]):
            words = re.findall(r"[^\W\d_][\w’'.]*|&", inside)
            fit = cost(before["acronym"], words) if len(words) > 1 else None
            if fit is not None and fit <= 0.5:
                start = bracket.start(1)
                yield _Definition(before["acronym"], run, start, start + len(bracket[1].rstrip()), bracket.end(), True)
    row = _ROW.fullmatch(text)
    if row and is_acronym(row["acronym"]):
        fit = cost(row["acronym"], re.findall(r"[^\W\d_][\w’'.]*|&", row["expansion"]))
        if fit is not None and fit <= 0.5:
            yield _Definition(row["acronym"], run, row.start("expansion"), row.end("expansion"), row.end(), True)
    for match in _REFERRED.finditer(text):
        if is_acronym(match["acronym"]):
            yield from _defined(run, match["acronym"], match.start(), match.end(), gazetteer)


def _inside(inside: str, gazetteer: Gazetteer) -> str | None:
    if inside in gazetteer.by_acronym:
        return inside  # whatever its shape: Sida, Norad
    match = _INSIDE_FIRST.fullmatch(inside) or _INSIDE_LAST.fullmatch(inside)
    if match is None:
        return None
    acronym = match["acronym"]
    return acronym if all(map(is_acronym, acronym.split())) or _CLIPPED.fullmatch(acronym) else None


def _defined(run: Run, acronym: str, at: int, until: int, gazetteer: Gazetteer) -> Iterator[_Definition]:
    text = run.text.value[:at]
    end = len(text.rstrip(_QUOTES + ","))
    if several := together(acronym, text[:end], gazetteer):
        yield _Definition(acronym, run, several[0], end, until, True, several[1])
        return
    found = beginning(acronym, text[:end], gazetteer)
    if found is not None:
        yield _Definition(acronym, run, found[0], end, until, found[1])


def _singular(acronym: str) -> str:
    return acronym[:-1] if len(acronym) > 2 and acronym[-1] == "s" and acronym[-2].isupper() else acronym


def _same(expansion: str) -> str:
    words = folded(expansion).replace("-", " ").replace("/", " ").replace("&", "and").replace(",", "").split()
    return " ".join(word.rstrip("s") if len(word) > 3 else word for word in words)
