"""Text whose pages are lines: recognise it, know its pages, keep the breaks that are put into it."""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditgraph.loaders.reflow.numbers import Numbered
from auditgraph.text import Span

__all__ = ["Sheet", "sheet_of"]

_MOST = 2_000_000  # characters; a long report has a fifth of them
_FRONT = 6000
_PAGE = 120  # characters of a line that may be a page
_LONG = 1500  # characters of a line that is no paragraph
_PAGES = 3  # lines that begin by their ordinal
_MEAN = 400  # characters of such a line
_COVER_LINES = 12
_LINE = re.compile(r"[^\n\f]+")
# `12 text of the page`, `Page 12: text of the page`.
_ORDINAL = re.compile(r"\s{0,20}(?:Page\s{1,3})?(\d{1,4})\s?:?(?=\s|$)")
_FOOT = re.compile(r"(?<=\s)(\d{1,3})\s*\Z")
_OVERSIGHT = re.compile(r"INTERNAL\s+AUDIT\s+DIVISION|OFFICE\s+OF\s+INTERNAL\s+OVERSIGHT|\bOIOS\b", re.I)
_COVER = tuple(
    re.compile(pattern)
    for pattern in (
        r"INTERNAL AUDIT DIVISION",
        r"REPORT\b",
        r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b",
        r"\b[A-Z]{2}20\d\d[/-]\d{3}[/-]\d{1,2}\b",
    )
)
_WHITE = str.maketrans("\n\f\t\xa0", "    ")


@dataclass(slots=True)
class Sheet:
    """A text, the same with its pages run together (`flat`: as long, ordinals blank), its pages, and its breaks.

    `edits` say by offset what stands in place of a white space; `marks` are where lines begin, in the text's order;
    `tabs` tell which edits part cells, in the order of their making.
    """

    text: str
    flat: str
    pages: tuple[Span, ...]
    printed: bool = False  # the pages' ordinals are printed, the cover is one line
    edits: dict[int, str] = field(default_factory=dict)
    marks: list[int] = field(default_factory=list)
    tabs: list[int] = field(default_factory=list)

    def likely(self, paragraphs: Sequence[Numbered]) -> bool:
        """Tell whether the numbers of paragraphs stand inside lines, as they do where lines are pages."""
        starts = {page.start for page in self.pages}
        at_start = sum(found.start in starts for found in paragraphs)
        return 2 * at_start <= len(paragraphs) and (self.printed or len(paragraphs) > _PAGES)

    def line(self, at: int, mark: bool = True) -> None:
        """Begin a paragraph at an offset: an empty line parts it from the one before."""
        if mark:
            insort(self.marks, at)
        if at and self.text[at - 1] in " \t\xa0":
            self.edits.setdefault(at - 1, "\n\n")

    def row(self, at: int, empty: int = 0) -> None:
        """Begin a row of a table, with so many empty cells."""
        if at and self.text[at - 1] in " \t\xa0":
            self.edits.setdefault(at - 1, "\n")
        if at and empty:
            before = self.edits.get(at - 1, self.text[at - 1])
            self.edits[at - 1] = before + "\t" * empty

    def cell(self, at: int, count: int = 1) -> None:
        """Begin the next cell of a row, or the one so many columns on."""
        if at and self.text[at - 1] in " \t\xa0":
            self.edits[at - 1] = "\t" * count
            self.tabs.append(at - 1)

    def close(self, at: int, empty: int) -> None:
        """End a row before an offset with so many empty cells; a negative number takes some back."""
        while at and self.text[at - 1].isspace():
            at -= 1
        if empty and at < len(self.text):
            after = self.edits.get(at, "\n" if self.text[at] in " \t\xa0" else self.text[at])
            self.edits[at] = "\t" * empty + after if empty > 0 else after[-empty:]
            self.tabs.append(at)

    def merge(self, first: int, last: int) -> None:
        """Put the cells together again that the tabs from the one to the other part."""
        for at in self.tabs[first:last]:
            value = self.edits.pop(at, "").replace("\t", "")
            if value:
                self.edits[at] = value

    def written(self) -> str:
        """Return the text with its breaks."""
        out = []
        last = 0
        for at in sorted(self.edits):
            out += [self.text[last:at], self.edits[at]]
            last = at + 1
        return "".join([*out, self.text[last:]])


def sheet_of(text: str) -> Sheet | None:
    """Return a text as a sheet if its lines look like pages of a report; None for any other text."""
    if len(text) > _MOST:
        return None
    lines = [match.span() for match in _LINE.finditer(text) if match.end() - match.start() > _PAGE or match[0].strip()]
    lengths = [end - start for start, end in lines]
    if not lengths or max(lengths) < _PAGE or not _OVERSIGHT.search(text[:_FRONT]):
        return None
    ordinals = _ordinals(text, lines)
    cover = any(_is_cover(text[start : min(end, start + _LONG)]) for start, end in lines[:_COVER_LINES])
    first = min(ordinals, default=0)  # a site's own lines may stand before
    counted = sum(start >= first for start, _ in lines)
    on_lines = len(ordinals) >= 0.6 * counted and (
        cover or (len(ordinals) >= _PAGES and sum(lengths) / len(lengths) >= _MEAN)
    )
    if not on_lines and not cover and sum(n for n in lengths if n >= _LONG) * 2 < len(text):
        return None
    feet = _feet(text, lines, ordinals)
    flat = []
    last = before = 0
    pages: list[Span] = []
    edits = {}
    for start, end in lines:
        number, begin = ordinals.get(start, (0, start))
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
        foot = feet.get(start, end)
        flat += [text[last:start].translate(_WHITE), " " * (begin - start), text[begin:foot].translate(_WHITE)]
        flat.append(" " * (end - foot))
        last = end
        if number and begin < end:
            edits[begin - 1] = "\n"
        if number > before and pages and on_lines:
            edits[lines[len(pages) - 1][1]] = "\f" * (number - before if before else number - 1) or "\n"
        if foot < end:
            edits[foot - 1] = "\n"
        before = number or before
        pages.append(Span(begin, foot))
    flat.append(text[last:].translate(_WHITE))
    return Sheet(text, "".join(flat), tuple(pages), on_lines or cover, edits)


def _ordinals(text: str, lines: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Return the ordinals that lines begin by, in succession, and where they end; an empty page may be left out."""
    found = {}
    last = 0
    for start, end in lines:
        match = _ORDINAL.match(text, start, end)
        if match and last < int(match[1]) <= last + 1 + 2 * bool(last):
            last = int(match[1])
            found[start] = (last, match.end())
    return found if len(found) > 1 else {}


def _feet(text: str, lines: Sequence[tuple[int, int]], ordinals: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """Return where the printed number of a page begins, at the end of its line, where most pages have one."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, (start, end) in enumerate(lines):
        number, begin = ordinals.get(start, (index, start))
        match = _FOOT.search(text, max(begin, end - 12), end)
        if match and text[begin : match.start(1)].strip():
            found[number - int(match[1])].append((start, match.start(1)))
    most = max(found.values(), key=len, default=[])
    return dict(most) if len(most) >= max(_PAGES, len(lines) / 2) else {}


def _is_cover(line: str) -> bool:
    return "\t" not in line and all(pattern.search(line) for pattern in _COVER)
