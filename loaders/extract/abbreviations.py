"""Abbreviations that a report defines: `Human Rights Division (HRD)` and its like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditgraph.loaders.extract.initials import ACRONYM, SMALL, cost, expansion_start, is_acronym, is_roman
from auditgraph.loaders.extract.pieces import pieces
from auditgraph.loaders.extract.reading import Run, merged
from auditgraph.loaders.sought import sought
from auditgraph.model import Abbreviation, Said, Skeleton
from auditgraph.ontology.gazetteer import Gazetteer, first_word, folded

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
# "Movement Control Section (MovCon)": clipped words, taken only where they fit.
_CLIPPED = re.compile(r"(?:[A-Z][a-z]{1,4}){2,3}")
_CAPITALISED = re.compile(r"[A-ZÀ-ÞŒ0-9][\w’'.]*(?:[-/–][\w’'.]+)*|[dl][’'][A-ZÀ-Þ][\w’'-]*")
# "Agreement on the Conservation of | ...": what a treaty's name begins with, the initials fitting behind it too.
_TREATY = re.compile(
    r"\b(?:Agreement|Convention|Protocol|Treaty) (?:on|for) (?:the )?(?:[A-Z][a-z]+ (?:and|of|for) (?:the )?)*$"
)
# "Envoy of the Secretary-General | for the return of the refugees (ESG)": a purpose that gives no initials.
_PURPOSE = re.compile(r" (?:for|on) (?:[a-z]+ )+[A-Za-z]+$")
# A row of a list of abbreviations: `IAM<tab>Identity and access management`.
_ROW = re.compile(r"(?P<acronym>[A-Z][\w/&-]{1,11})\t(?P<expansion>[A-Za-z][^\t]{3,120})")
# "UNODC's | Corruption and Economic Crime Branch": whose it is, no part of the name.
_OWNER = re.compile(
    r"(?:[A-Z]{2,}[\w-]*|Mission|Department|Division|Secretariat|Tribunal|Office|Section|Fund)[’']s (?=[A-Z])"
)
_TOKEN = re.compile(r"[^\s,]+,?")
_BARRIER = re.compile(r"[.;:!?()\[\]\"“”•—|\t]\s*")


@dataclass(frozen=True, slots=True)
class _Definition:
    acronym: str
    run: Run
    start: int
    end: int
    until: int  # the end of the evidence: the closing bracket
    sure: bool  # by initials or the gazetteer, not by capitals alone

    @property
    def expansion(self) -> str:
        return self.run.text.value[self.start : self.end].strip(_QUOTES + ",")


def abbreviations(skeleton: Skeleton, gazetteer: Gazetteer) -> tuple[Abbreviation, ...]:
    """Return the abbreviations that a report defines, in reading order, each with the places that define it.

    Initials decide where an expansion begins; where they do not fit (acronyms of another language), the
    capitalised words before the bracket are taken, unless the acronym is defined with fitting initials elsewhere.
    """
    found = [d for run in pieces(skeleton) for d in _definitions(run, gazetteer)]
    sure = {d.acronym for d in found if d.sure}
    kept: dict[tuple[str, str], Abbreviation] = {}
    for definition in found:
        if not definition.sure and definition.acronym in sure:
            continue
        key = (_singular(definition.acronym), _same(definition.expansion))
        said = definition.run.passages(skeleton, definition.start, definition.until)
        old = kept.get(key)
        if old is None:
            kept[key] = Abbreviation(definition.acronym, Said(definition.expansion, said))
        else:
            evidence = merged(old.expansion.evidence, said)
            kept[key] = Abbreviation(old.acronym, Said(old.expansion.value, evidence))
    return tuple(kept.values())


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
            if start and not _BARRIER.search(text, start, bracket.start()):
                end = len(text[: bracket.start()].rstrip())
                yield _Definition(inside, run, start, end, bracket.end(), True)
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
    before = text[:end]
    start = _known_start(acronym, before, gazetteer)
    if start is None:
        start = _extended(acronym, before, expansion_start(acronym, before), gazetteer)
    if start is None and (purpose := _PURPOSE.search(before)):
        start = expansion_start(acronym, before[: purpose.start()])
        if start is None or not before[start].isupper() or _words_cost(acronym, before[start : purpose.start()]) != 0:
            start = None
    if start is not None:
        start = _unowned(before, start)
        if "(" not in before[start:]:
            yield _Definition(acronym, run, start, end, until, True)
        return
    start = None if is_roman(acronym) or not is_acronym(acronym) else _capitalised_start(before, "-" in acronym)
    start = _unowned(before, start) if start is not None else None
    if start is not None and _may_mean(acronym, before[start:], gazetteer):
        yield _Definition(acronym, run, start, end, until, False)


def _unowned(before: str, start: int) -> int:
    owner = _OWNER.match(before, start)
    return owner.end() if owner else start


def _words_cost(acronym: str, phrase: str) -> float | None:
    return cost(acronym, re.findall(r"[^\W\d_]+", phrase))


def _known_start(acronym: str, before: str, gazetteer: Gazetteer) -> int | None:
    body = gazetteer.by_acronym.get(acronym)
    if body is None:
        return None
    for name in sorted(body.names, key=len, reverse=True):
        tail = before[-len(name) :]
        if folded(tail) == folded(name) and (len(before) == len(name) or not before[-len(name) - 1].isalnum()):
            return len(before) - len(name)
    return None


def _across(before: str, start: int, gazetteer: Gazetteer) -> int | None:
    """Return where the known body begins in the midst of whose name `start` lies: "Human Rights | Council and ..."."""
    capitals = [m.start() for m in re.finditer(r"(?<![\w-])[A-Z]", before[:start])][-6:]
    for begin in capitals:
        for name, _, _ in gazetteer.names_by_word.get(first_word(before[begin:start]), ()):
            end = begin + len(name)
            if start < end < len(before) and folded(before[begin:end]) == name and not before[end].isalnum():
                return begin
    return None


def _extended(acronym: str, before: str, start: int | None, gazetteer: Gazetteer) -> int | None:
    """Return an earlier start where the name plainly begins before its initials: "United Nations Office for X (OX)"."""
    if start is None:
        return None
    if before[:start].endswith("United Nations ") and before[start].isupper():
        return start - len("United Nations ")
    if body := _across(before, start, gazetteer):
        return body
    treaty = _TREATY.search(before, 0, start)
    if treaty and treaty.group()[0] == acronym[0]:
        return treaty.start()
    words = re.findall(r"[^\W\d_]\w*", before[start:])
    initials = {w[0].casefold() for w in words}
    wanted = [c.casefold() for c in acronym if c.isupper()]
    longer = _capitalised_start(before)
    if all(c in initials for c in wanted) or longer is None or longer >= start:
        return start
    more = {w[0].casefold() for w in re.findall(r"[^\W\d_]\w*", before[longer:])}
    return longer if all(c in more for c in wanted) else start  # "National Commission for X (CNX)"


def _capitalised_start(before: str, hyphened: bool = False) -> int | None:
    """Return where the capitalised words begin that `before` ends in, two at least; None where it does not.

    `hyphened`: a dash may stand between them, as one does in the acronym ("... Forces - Army (FAR-E)").
    """
    limit = 0
    for barrier in _BARRIER.finditer(before):
        limit = barrier.end()
    start, capitals = None, 0
    all_tokens = list(_TOKEN.finditer(before, limit))
    for index in range(len(all_tokens) - 1, -1, -1):
        token = all_tokens[index]
        word = token.group()
        if word == "the" and index and all_tokens[index - 1].group() not in {"of", "in", "for", "to", "on"}:
            break  # "the Force and the | National Police"
        if word.endswith(",") and token.end() != len(before):
            break
        if _CAPITALISED.fullmatch(word.rstrip(",")) and not is_acronym(word) and token.start() != limit:
            start, capitals = token.start(), capitals + 1
        elif word.casefold() in SMALL or (word in {"-", "–"} and hyphened):
            continue
        else:
            # The first word of a sentence may be part of the name: "Strategic Electoral Group (GSE) ...".
            if token.start() == limit and _CAPITALISED.fullmatch(word) and start == token.end() + 1:
                start, capitals = token.start(), capitals + 1
            break
    return start if capitals >= 2 else None


def _may_mean(acronym: str, phrase: str, gazetteer: Gazetteer) -> bool:
    """Refuse a phrase for the acronym of a known body that is not called so: "in the Gao Office (OIOS)"."""
    body = gazetteer.by_acronym.get(acronym)
    if body is None:
        letters = {c.casefold() for c in acronym if c.isupper()}
        initials = {w[0].casefold() for w in re.findall(r"[^\W\d_]\w*", phrase)}
        return len(letters & initials) * 2 >= len(letters)
    first = [w[0] for w in re.findall(r"[^\W\d_]\w*", phrase) if w[0].isupper()]
    rest = iter(first)
    if first[:1] == [acronym[0]] and all(c in rest for c in acronym if c.isupper()):
        return True  # the report calls another body so: "Division for Policy Analysis and Public Affairs (DPA)"
    known = {w for name in body.names for w in folded(name).split()}
    words = set(folded(phrase).split())
    return len(words & known) * 2 > len(words)


def _singular(acronym: str) -> str:
    return acronym[:-1] if len(acronym) > 2 and acronym[-1] == "s" and acronym[-2].isupper() else acronym


def _same(expansion: str) -> str:
    words = folded(expansion).replace("-", " ").replace("/", " ").replace("&", "and").replace(",", "").split()
    return " ".join(word.rstrip("s") if len(word) > 3 else word for word in words)
