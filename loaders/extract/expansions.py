"""Where the words before a bracket begin that the acronym in it stands for."""

from __future__ import annotations

import re

from auditgraph.loaders.extract.initials import SMALL, cost, expansion_start, is_acronym, is_roman
from auditgraph.ontology.gazetteer import Gazetteer, first_word, folded

__all__ = ["BARRIER", "beginning", "together"]

_CAPITALISED = re.compile(r"[A-ZÀ-ÞŒ0-9][\w’'.]*(?:[-/–][\w’'.]+)*|[dl][’'][A-ZÀ-Þ][\w’'-]*")
# "Agreement on the Conservation of | ...": what a treaty's name begins with, the initials fitting behind it too.
_TREATY = re.compile(
    r"\b(?:Agreement|Convention|Protocol|Treaty) (?:on|for) (?:the )?(?:[A-Z][a-z]+ (?:and|of|for) (?:the )?)*$"
)
# "Envoy of the Secretary-General | for the return of the refugees (ESG)": a purpose that gives no initials.
_PURPOSE = re.compile(r" (?:for|on) (?:[a-z]+ )+[A-Za-z]+$")
# "UNODC's | Corruption and Economic Crime Branch": whose it is, no part of the name.
_OWNER = re.compile(
    r"(?:[A-Z]{2,}[\w-]*|Mission|Department|Division|Secretariat|Tribunal|Office|Section|Fund)[’']s (?=[A-Z])"
)
_TOKEN = re.compile(r"[^\s,]+,?")
# What an expansion does not run across.
BARRIER = re.compile(r"[.;:!?()\[\]\"“”•—|\t]\s*")


def beginning(acronym: str, before: str, gazetteer: Gazetteer) -> tuple[int, bool] | None:
    """Return where in `before` the expansion begins that it ends with, and whether that is sure; None where none is.

    Sure is what the gazetteer or the initials tell; else the capitalised words before the bracket are taken.
    """
    start = _known_start(acronym, before, gazetteer)
    if start is None:
        start = _extended(acronym, before, expansion_start(acronym, before), gazetteer)
    if start is None and (purpose := _PURPOSE.search(before)):
        start = expansion_start(acronym, before[: purpose.start()])
        if start is None or not before[start].isupper() or _words_cost(acronym, before[start : purpose.start()]) != 0:
            start = None
    if start is not None:
        start = _unowned(before, start)
        return (start, True) if "(" not in before[start:] else None
    if is_roman(acronym) or not is_acronym(acronym):
        return None
    start = _capitalised_start(before, "-" in acronym)
    start = _unowned(before, start) if start is not None else None
    return (start, False) if start is not None and _may_mean(acronym, before[start:], gazetteer) else None


def together(acronym: str, before: str, gazetteer: Gazetteer) -> tuple[int, str] | None:
    """Return where in `before` a known body is named together with others, and its name; None where it is not.

    "United Nations Offices at Geneva (UNOG) and Vienna" names the United Nations Office at Vienna.
    """
    body = gazetteer.by_acronym.get(acronym)
    sentence = max(before.rfind(stop) for stop in (". ", "; ", ": ")) + 1
    plurals = {one: several for several, one in gazetteer.unit_plurals.items()}
    for name in body.names if body else ():
        words = name.split()
        for at in range(2, len(words)):
            if not before.endswith(f" {' '.join(words[at:])}"):
                continue
            first = " ".join(plurals.get(word, word) for word in words[:at])
            start = before.find(f"{first} ", sentence)
            if start >= 0 and first != " ".join(words[:at]):
                return start, name
    return None


def _unowned(before: str, start: int) -> int:
    owner = _OWNER.match(before, start)
    return owner.end() if owner else start


def _words_cost(acronym: str, phrase: str) -> float | None:
    return cost(acronym, re.findall(r"[^\W\d_]+", phrase))


def _known_start(acronym: str, before: str, gazetteer: Gazetteer) -> int | None:
    body = gazetteer.by_acronym.get(acronym) or gazetteer.by_name.get(folded(acronym))  # UN-HABITAT
    if body is None:
        return None
    for name in sorted((n for n in body.names if n[0].isupper()), key=len, reverse=True):  # no "secretariat of the X"
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
    for barrier in BARRIER.finditer(before):
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
