"""Part the body of a report in running text: headings, paragraphs, bullets, recommendations, responses, signature."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from auditgraph.loaders.reflow.numbers import Numbered
from auditgraph.loaders.reflow.sheet import Sheet
from auditgraph.loaders.reflow.words import (
    AHEAD,
    AREA,
    CAPTION,
    RATING,
    SECTION,
    SHOULD,
    ends_sentence,
    is_heading,
    may_end_heading,
    sentence_starts,
    skip_space,
)

__all__ = ["part_body"]

_BULLET = re.compile(r"(?<=\s)(?:[•▪●■◦·\uf0a7\uf0b7\uf0d8\uf0fc\uf076]|(?<=[:;.]\s)[-–*]|(?<=; and\s)[-–*])\s+(?=\S)")
_ADVICE = re.compile(r"(?<=\s)\((\d{1,2})\)\s+(?=[A-Z“])")
_NEXT_ADVICE = re.compile(r"\s\(\d{1,2}\)\s")
# `Recommendation 1`, `Recommendations 2 to 4` as a heading.
_HEADED = re.compile(r"Recommendations?\s+\d{1,2}(?:\s*(?:to|and|,|[-–])\s*\d{1,2}){0,8}\s*[:.]?\s*\Z")
_PART = re.compile(r"\((?:[a-z]|[ivx]{1,4})\)\s|[•▪●■◦]\s")
_ANSWER = re.compile(
    r"\b(?:recommendations?|accepted|agreed|stated|commented|noted|advised|explained|informed)\b", re.I
)
_THANKS = re.compile(r"\bappreciation\b|\bthanks?\b|\bcooperation\b")
_SIGNED = re.compile(r"\(\s?[Ss]igned\s?\)")
# What a heading behind the title of an area begins with, where the contents do not tell the title.
_BEGINS = re.compile(r"(?:The|There|OIOS|An?|Some|Need|Needs|Opportunities|Controls?|Improvements?|While|Although)\Z")
# `The key controls tested for the audit were: (a) regulatory framework; and (b) ...`: areas are headed by their names.
_CONTROL = re.compile(r"\bkey\s+controls?\s+(?:that\s+were\s+)?tested\b")
_CONTROLS = 400
_GAP = 3  # numbers of recommendations


class _Advice(NamedTuple):
    """A recommendation: its number, and where its heading (or else its number), its number and its words begin."""

    number: str
    heading: int
    start: int
    words: int


def part_body(
    sheet: Sheet, first: int, end: int, paragraphs: Sequence[Numbered], entries: Sequence[str]
) -> dict[str, str]:
    """Part the body; return the words of the recommendations by number."""
    flat = sheet.flat
    for match in _BULLET.finditer(flat, 0, end):
        sheet.line(match.start(), mark=False)
        item = next(sentence_starts(flat, match.end(), min(end, match.end() + 2 * AHEAD)), None)
        if item and not _BULLET.search(flat, match.end(), item):
            sheet.line(item, mark=False)
    _labelled(sheet, first, end, entries)
    for found in paragraphs:
        sheet.line(found.start)
    for match in CAPTION.finditer(flat, first, end):
        said = flat[max(first, match.start() - 40) : match.start()].rstrip()
        if flat[match.start() - 1].isspace() and (match[0][0] == "S" or ends_sentence(said)):
            sheet.line(match.start())
    for match in RATING.finditer(flat, first, end):
        sheet.line(match.start())
        sheet.line(skip_space(flat, match.end()))
    advice = _advice(flat, first, end)
    for one in advice:
        sheet.line(one.heading)
        sheet.line(one.start)
    titles = [entry for entry in entries if not AREA.match(entry) and not SECTION.match(entry)]
    controls = " ".join(flat[m.start() : m.start() + _CONTROLS] for m in islice(_CONTROL.finditer(flat, first, end), 9))
    for before, after in pairwise(paragraphs):
        _heading(sheet, before.words, after.start, titles, controls.casefold())
    _signature(sheet, paragraphs[-1].words if paragraphs else first, end)
    return {one.number: _recommend(sheet, one.words, end) for one in advice}


def _labelled(sheet: Sheet, first: int, end: int, entries: Sequence[str]) -> None:
    """Put main headings, and those that the contents announce with their labels, on lines of their own."""
    flat = sheet.flat
    pages = {first, *(page.start for page in sheet.pages)}
    patterns = [SECTION]
    known = [entry for entry in entries if re.match(r"(?:[IVX]{1,4}|[A-H])\s?\.\s", entry)]
    if known:
        spaced = (r"\s+".join(map(re.escape, entry.split())) for entry in sorted(known, key=len, reverse=True))
        patterns.append(re.compile(rf"(?<=\s)(?:{'|'.join(spaced)})(?=\s)"))
    for pattern in patterns:
        for match in pattern.finditer(flat, first, end):
            before = flat[max(0, match.start() - 40) : match.start()].rstrip()
            numeral = pattern is not SECTION or match["numeral"]
            if (match.start() in pages or ends_sentence(before) or (numeral and may_end_heading(before))) and (
                not match.start() or flat[match.start() - 1].isspace()
            ):
                sheet.line(match.start())
                sheet.line(skip_space(flat, match.end()))


def _advice(flat: str, first: int, end: int) -> list[_Advice]:
    """Return the recommendations in the succession of their numbers."""
    out: list[_Advice] = []
    last = 0
    for match in _ADVICE.finditer(flat, first, end):
        number = int(match[1])
        if not last < number <= last + _GAP:
            continue
        following = _NEXT_ADVICE.search(flat, match.end(), min(end, match.end() + AHEAD))
        stop = following.start() if following else min(end, match.end() + AHEAD)
        if not SHOULD.search(flat, match.end(), stop):
            continue
        low = max(first, match.start() - 80)
        before = flat[low : match.start()]
        headed = _HEADED.search(before)
        if headed or ends_sentence(before.rstrip()) or (number == last + 1 and may_end_heading(before.rstrip())):
            heading = low + headed.start() if headed else match.start()
            out.append(_Advice(match[1], heading, match.start(), match.end()))
            last = number
    return out


def _recommend(sheet: Sheet, words: int, end: int) -> str:
    """End a recommendation before what is said of it; return its words."""
    flat = sheet.flat
    index = bisect_left(sheet.marks, words)
    limit = min(end, sheet.marks[index] if index < len(sheet.marks) else end)
    starts = [at for at in sentence_starts(flat, words, limit) if at < limit]
    for at, stop in pairwise([*starts, limit]):
        sentence = flat[at : min(stop, at + AHEAD)]
        if not _PART.match(sentence) and (not SHOULD.search(sentence) or _ANSWER.search(sentence)):
            sheet.line(at, mark=False)
            limit = at
            break
    return " ".join(flat[words:limit].split())


def _heading(sheet: Sheet, start: int, stop: int, titles: Sequence[str], controls: str) -> None:
    """Find the headings between the last sentence of a paragraph and the number of the next."""
    flat = sheet.flat
    if ends_sentence(flat[max(start, stop - 60) : stop].rstrip()):
        return
    at = max(sentence_starts(flat, start, stop), default=stop)
    index = bisect_right(sheet.marks, stop - 1)
    if index and sheet.marks[index - 1] > start:
        at = max(at if at < stop else start, sheet.marks[index - 1])
    if at >= stop or CAPTION.match(flat, at) or flat[at] == "(":
        return
    area = AREA.match(flat, at)
    if area:
        sheet.line(at)
        at = _control_end(flat, area.end(), stop, controls) or _area_end(flat, area.end(), stop)
    elif control := _control_end(flat, at, stop, controls):
        sheet.line(at)
        at = control
    for title in titles:
        spaced = re.compile(r"\s+".join(map(re.escape, title.split())) + r"\s+(?=[A-Z“])")
        if match := spaced.match(flat, at, stop):
            sheet.line(at)
            at = match.end()
    if is_heading(" ".join(flat[at:stop].split())):
        sheet.line(at)


def _control_end(flat: str, start: int, stop: int, controls: str) -> int | None:
    """Return where the name of a key control ends that the report says it tested, before another heading."""
    words = list(islice(re.finditer(r"\S+", flat[start : min(stop, start + 200)]), 8))
    for last, word in reversed(list(pairwise(words))):
        name = " ".join(flat[start : start + last.end()].split()).casefold()
        if word[0][0].isupper() and re.search(rf"(?:\W|^){re.escape(name)}(?:\W|$)", controls):
            return start + word.start()
    return None


def _area_end(flat: str, start: int, stop: int) -> int:
    """Return where the title of an area ends: before the one word that can begin the next heading."""
    words = list(re.finditer(r"\S+", flat[start:stop]))
    may = [
        word
        for last, word in pairwise(words)
        if word[0][0].isupper() and last[0].islower() and may_end_heading(last[0])
    ]
    sure = next((word for word in may if _BEGINS.match(word[0])), None)
    chosen = sure or (may[0] if len(may) == 1 else None)
    return start + chosen.start() if chosen else stop


def _signature(sheet: Sheet, start: int, end: int) -> None:
    flat = sheet.flat
    if thanks := _THANKS.search(flat, start, end):
        at = next(sentence_starts(flat, thanks.end(), end), None)
        if at is not None:
            sheet.line(at)
    for match in _SIGNED.finditer(flat, start, end):
        sheet.line(match.start())
