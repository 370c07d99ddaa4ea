"""Part the cover, the memorandum, the executive summary and the contents of a report in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from rapidfuzz import fuzz

from auditgraph.loaders.reflow.sheet import Sheet
from auditgraph.loaders.reflow.words import DATE, RATING, ROMAN, SECTION, TITLE, same_words, skip_space
from auditgraph.text import Span

__all__ = ["part_front", "title_end", "titles_of"]

_DIVISION = re.compile(r"INTERNAL\s+AUDIT\s+DIVISION")
_NUMBER = re.compile(
    r"(?:FINAL\s+)?(?:AUDIT\s+)?REPORT(?!\s+OF\b)(?:\s+(?:No\.?\s*)?20\d\d\s*/\s*\d{3}\b)?|RISK\s+ASSESSMENT"
)
_ASSIGNMENT = re.compile(
    r"(?:Assignment\s+(?:No|Number)s?\s?[.:]{0,2}\s*)?(?<![\w/-])[A-Z]{2}\s?2[0O][0-9O]{2}\s?[/-]\s?[0-9O]{3}\s?[/-]\s?[0-9O]{1,2}\b"
)
_COVER = 1500  # characters
_COVERS = 6  # times that the division is named before its cover
_TITLE = 400
_SHORTEST = 3  # words of a title that are repeated
_AGAIN = 40  # places looked at for a title
_WORD = re.compile(r"\S+")
_TITLES = 12  # wordings of one title
_MOST = 80  # entries of the contents
_SUMMARY = re.compile(r"EXECUTIVE\s+SUMMARY(?=\s+[A-Z])")
_CONTENTS = re.compile(r"(?:TABLE\s+OF\s+)?CONTENTS(?![\w-])")
_MEMORANDUM = re.compile(r"INTEROFFICE\s+MEMORANDUM|(?<!\w)cc:")
_FIELDS = re.compile(
    r"(?<!\S)(?:INTEROFFICE\s+MEMORANDUM|(?:TO|FROM|A|DE|DATE|REFERENCE|SUBJECT|OBJET|THROUGH|S/C DE|cc)\s?:"
    r"|Form\s+AUD-|(?<=[.:;)]\s)\d\.\s+(?=[A-Z]))"
)
_PERSON = re.compile(r"(?<!\S)(?:Mr|Mrs|Ms|Dr)\.\s+(?=[A-Z])")
_MATTER = re.compile(r"(?<!\S)(?:FUNCTION|CONTACT\s+INFORMATION)(?=\s)")
# What a title said again stands before.
_BEHIND_TITLE = re.compile(
    r"EXECUTIVE\s+SUMMARY|(?:I\s?\.\s+)?(?:BACKGROUND|INTRODUCTION|Background|Introduction)\b|(?:TABLE\s+OF\s+)?CONTENTS\b"
    r"|Rec(?:om)?(?:mendation)?s?\s?\.?\s*(?:no|No|NO)\b"
)
_AUDIT_OF = re.compile(r"(?:Audit|Review)\s+of\s+(?:the\s+)?")
_BEFORE_TITLE = re.compile(r"AUDIT\s+REPORT\s|RECOMMENDATIONS\s|(?:RESPONSE|Response)\s")
_REPORT = re.compile(r"AUDIT\s+REPORT\s+(?=[A-Z][a-z])")
_LABEL = re.compile(rf"(?<!\S)(?:(?:{ROMAN}|[A-H])\s?\.\s+(?=[A-Z“])|(?:ANN\s?EX|APPENDIX)(?!\w))", re.ASCII)
_PAGES = re.compile(r"\s+\d{1,3}(?:\s?[-–]\s?\d{1,3})?(?!\S)")


def titles_of(sheet: Sheet) -> list[str]:
    """Return the title as the pages behind the cover say it, each wording once."""
    flat = sheet.flat
    starts = sorted(page.start for page in sheet.pages)
    found: dict[str, None] = {}
    page = 0
    for match in _BEHIND_TITLE.finditer(flat):
        while page + 1 < len(starts) and starts[page + 1] <= match.start():
            page += 1
        low = max(starts[page], match.start() - _TITLE)
        marks = [m.end() for p in (_BEFORE_TITLE, _ASSIGNMENT) for m in p.finditer(flat, low, match.start())]
        low = max([*marks, low])
        value = " ".join(flat[low : match.start()].split())
        named = TITLE.match(value) or (marks and match[0][:3] in ("Rec", "REC"))
        if named and value and ". " not in value and len(value) < _TITLE:
            found[value] = None
    return list(found)[:_TITLES]


def title_end(sheet: Sheet, at: int, titles: Sequence[str]) -> int | None:
    """Return where the title ends that begins at an offset, in the wording that is most like one of the titles."""
    best, end = 90.0, None
    audit = _AUDIT_OF.match(sheet.flat, at)
    skip = audit.end() - at if audit else 0
    for title in titles:
        said = _AUDIT_OF.match(title)
        title = title[said.end() :].casefold() if said else title.casefold()
        window = sheet.flat[at : at + len(title) + skip + 60]
        for word in re.finditer(r"\S(?=\s|\Z)", window):
            value = " ".join(window[skip : word.end()].split()).casefold()
            if abs(len(value) - len(title)) <= 30 and (ratio := fuzz.ratio(value, title)) > best:
                best, end = ratio, at + word.end()
    return end


def part_front(sheet: Sheet, first: int, titles: list[str]) -> list[str]:
    """Part what stands before the body; return the entries of the contents. A title found on the cover is added."""
    flat = sheet.flat
    _cover(sheet, first, titles)
    for page in sheet.pages:
        if page.start >= first:
            break
        if _MEMORANDUM.search(flat, page.start, min(page.end, first)):
            for field in _FIELDS.finditer(flat, page.start, min(page.end, first)):
                sheet.line(field.start())
            copies = re.compile(r"(?<!\w)cc:").search(flat, page.start, min(page.end, first))
            for person in _PERSON.finditer(flat, copies.end() + 2 if copies else page.end, min(page.end, first)):
                sheet.line(person.start())
    for match in _MATTER.finditer(flat, 0, first):
        sheet.line(match.start())
        sheet.line(skip_space(flat, match.end()))
    summary = _SUMMARY.search(flat, 0, first)
    if summary:
        sheet.line(summary.start())
        sheet.line(skip_space(flat, summary.end()))
        _titled(sheet, skip_space(flat, summary.end()), titles)
    headings = [m.start() for m in _REPORT.finditer(flat, max(0, first - _TITLE - 40), first)]
    for at in [*(page.start for page in sheet.pages if page.start < first), *headings]:
        _titled(sheet, at, titles)
    if first < len(flat):
        sheet.line(first)
    return _contents(sheet, first, summary.start() if summary else first)


def _titled(sheet: Sheet, at: int, titles: Sequence[str]) -> None:
    """Put a title that begins at an offset, or behind `AUDIT REPORT` there, on a line of its own."""
    heading = _REPORT.match(sheet.flat, at)
    at = heading.end() if heading else at
    if end := title_end(sheet, at, titles):
        sheet.line(at)
        sheet.line(skip_space(sheet.flat, end))


def _common_end(flat: str, at: int, span: Span) -> int | None:
    """Return where the longest run of words from an offset ends that the pages behind the cover repeat."""
    audit = _AUDIT_OF.match(flat, at)
    start = audit.end() if audit else at
    best, end = _SHORTEST - 1, None
    for again in islice(_AUDIT_OF.finditer(flat, span.start, span.end), _AGAIN):
        here, there = _WORD.finditer(flat, start, start + _TITLE), _WORD.finditer(flat, again.end(), span.end)
        run = list(same_words(here, there))
        if len(run) > best:
            best, end = len(run), run[-1][0].end()
    return end


def _cover(sheet: Sheet, first: int, titles: list[str]) -> None:
    """Part the cover: division, number, title, headline, rating, date, assignment."""
    flat = sheet.flat
    for division in islice(_DIVISION.finditer(flat, 0, first), _COVERS):
        limit = min(first, division.start() + _COVER)
        limit = min([limit, *(page.end for page in sheet.pages if page.start <= division.start() < page.end)])
        assignment = _ASSIGNMENT.search(flat, division.end(), limit)
        dates = list(DATE.finditer(flat, division.end(), limit))
        if assignment is None or not dates:
            continue
        ahead = [m for m in dates if m.end() <= assignment.start()]
        date = (ahead or dates)[-1]
        number = _NUMBER.match(flat, skip_space(flat, division.end()))
        rating = RATING.search(flat, division.end(), limit)
        for match in filter(None, (division, number, rating, date, assignment)):
            sheet.line(match.start())
            sheet.line(skip_space(flat, match.end()))
        at = skip_space(flat, (number or division).end())
        end = title_end(sheet, at, titles) or _common_end(flat, at, Span(max(limit, assignment.end()), first))
        if end and end < limit:
            sheet.line(skip_space(flat, end))
            titles.append(" ".join(flat[at:end].split()))
        elif relating := re.compile(r"\sOverall results relating to\s").search(flat, at, limit):
            sheet.line(relating.start() + 1)
        return


def _contents(sheet: Sheet, first: int, summary: int) -> list[str]:
    """Part the contents into lines; return the headings they announce, labels included."""
    flat = sheet.flat
    heading = _CONTENTS.search(flat, 0, first)
    if heading is None:
        return []
    at = skip_space(flat, heading.end())
    page = next((page.end for page in sheet.pages if page.start <= heading.start() < page.end), first)
    limit = min(page, first, summary if summary > heading.start() else first)
    sheet.line(heading.start())
    sheet.line(at)
    labels = [m.start() for m in _LABEL.finditer(flat, at, limit)]
    entries: list[str] = []
    for start, end in pairwise([*labels, limit]):
        sheet.line(start)
        annex = flat.startswith("A", start) and "." not in flat[start : start + 3]
        pieces = list(_PAGES.finditer(flat, start, end))
        begin = start
        for match in [*pieces, None]:
            stop = match.start() if match else end
            value = " ".join(flat[begin:stop].split())
            section = SECTION.match(value)
            if value and not annex:
                whole = section.end() if section and value[section.end() :].strip() else len(value)
                entries += [piece for piece in (value[:whole], value[whole:].strip()) if piece]
                sheet.line(skip_space(flat, begin))
            begin = skip_space(flat, match.end()) if match else end
    return [entry for entry in entries if len(entry) < _TITLE][:_MOST]
