"""Set the words of a page into lines, paragraphs and table rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from auditgraph.loaders.readers.columns import unruled
from auditgraph.loaders.readers.grid import Grid, grids
from auditgraph.loaders.readers.pdf_page import Page, Word

__all__ = ["leading_of", "page_text", "vocabulary_of"]

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What may stand before a paragraph with a wide gap after it: a number, letter or bullet.
_LABEL = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,6})[.)\]]|[^\w\s(]")
_STOP = re.compile(r"[.,;:)]")
_WIDE = 1.6  # a gap of so many font heights parts two columns
_INDENT = 6  # a label may stand so far before its text
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
_ODD_SPACES = {0x2002: " ", 0x2003: " ", 0x2009: " ", 0x200B: "", 0x00AD: ""}
_SYMBOL = re.compile("\\A[\ue000-\uf8ff]\\Z")  # a bullet of a symbol font
_LETTERS = {**_LIGATURES, **_ODD_SPACES}


class Line(NamedTuple):
    """Words that stand side by side, from left to right, on one baseline `y` (downwards)."""

    words: list[Word]
    y: float
    size: float


class _Block(NamedTuple):
    """A table's rows as text, standing from `top` to `bottom`."""

    text: str
    top: float
    bottom: float


def page_text(page: Page, leading: float, vocabulary: frozenset[str] = frozenset()) -> str:
    """Return the text of a page: lines, a blank one between paragraphs, table rows with tabs between their cells.

    `leading` is the usual distance of two baselines in font heights, as `leading_of` gives it; `vocabulary` the
    words of the whole document in lower case, by which words that narrow columns break are known.
    """
    tables = _tables(page)
    lines = [] if tables else lines_of(page.words)
    if tables := tables or unruled([line.words for line in lines], leading):
        blocks, outside = _blocks(page, tables, vocabulary)
        lines = lines_of(outside)
    else:
        blocks = []
    left = min((line.words[0].x0 for line in lines), default=0.0)
    items: list[Line | _Block] = [*lines, *blocks]
    items.sort(key=lambda item: item.y if isinstance(item, Line) else item.top)
    parts: list[str] = []
    for before, item in zip([None, *items], items, strict=False):
        if before is not None:
            parts.append("\n\n" if _is_apart(before, item, leading) else "\n")
        parts.append(_line_text(item, left) if isinstance(item, Line) else item.text)
    return "".join(parts)


def _blocks(page: Page, tables: list[Grid], vocabulary: frozenset[str]) -> tuple[list[_Block], list[Word]]:
    """Return the tables with the words in them, and the words that stand in none."""
    inside: list[dict[int, list[Word]]] = [{} for _ in tables]
    outside: list[Word] = []
    for word in page.words:
        x, y = (word.x0 + word.x1) / 2, word.y - word.size * 0.3
        for table, cells in zip(tables, inside, strict=True):
            if (cell := table.cell_at(x, y)) is not None:
                cells.setdefault(cell, []).append(word)
                break
        else:
            outside.append(word)
    blocks = [_table(table, cells, vocabulary) for table, cells in zip(tables, inside, strict=True)]
    return [block for block in blocks if block.text], outside


def leading_of(pages: Iterable[Page]) -> float:
    """Return the usual distance of two baselines of one paragraph, in font heights."""
    seen: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(lines_of(page.words)):
            if abs(above.size - below.size) < 0.1 * below.size and _overlap(above, below):
                seen[round((below.y - above.y) / below.size, 1)] += 1
    close = {step: count for step, count in seen.items() if 0.7 <= step <= 2.4}
    if not close:
        return 1.1
    enough = max(close.values()) / 3
    return min(step for step, count in close.items() if count >= enough)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Return words as lines from top to bottom; a mark that is raised belongs to the line it is raised from."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda w: w.y):
        if lines and word.y - lines[-1].y < 0.2 * max(word.size, lines[-1].size):
            line = lines[-1]
            line.words.append(word)
            if word.size > line.size:
                lines[-1] = Line(line.words, word.y, word.size)
        else:
            lines.append(Line([word], word.y, word.size))
    kept: list[Line] = []
    for i, line in enumerate(lines):
        small = line.words
        for other in [*lines[i + 1 : i + 3], *reversed(kept[-1:])]:
            low = other.y - line.y
            if line.size < 0.85 * other.size and -0.35 * other.size < low < 0.75 * other.size:
                small, clinging = [], small
                for word in clinging:
                    (other.words if _clings(word, other) else small).append(word)
            if not small:
                break
        if small:
            kept.append(Line(small, line.y, line.size))
    for line in kept:
        line.words.sort(key=lambda w: w.x0)
    return kept


def _clings(word: Word, line: Line) -> bool:
    reach = 0.5 * line.size
    return any(
        other.size > word.size and (abs(word.x0 - other.x1) < reach or abs(other.x0 - word.x1) < reach)
        for other in line.words
    )


def _overlap(above: Line, below: Line) -> bool:
    return above.words[0].x0 < below.words[-1].x1 and below.words[0].x0 < above.words[-1].x1


def _tables(page: Page) -> list[Grid]:
    """Return the tables of a page; a box with one column is but a frame round its text."""
    if len(page.rules) + len(page.fills) < 4:
        return []
    found = [grid for grid in grids(page.rules) if grid.columns > 1 and grid.size > 1]
    if not found and page.fills:
        found = [grid for grid in grids([*page.rules, *page.fills]) if grid.columns > 1 and grid.size > 1]
    return [grid for grid in found if len({grid.cell_at((w.x0 + w.x1) / 2, w.y) for w in page.words} - {None}) > 1]


def _table(grid: Grid, cells: dict[int, list[Word]], vocabulary: frozenset[str]) -> _Block:
    edges = {number: grid.xs[column + 1] for row in grid.cells for column, number in enumerate(row)}
    texts = {number: _cell_text(words, edges[number], vocabulary) for number, words in cells.items()}
    rows: list[list[str]] = []
    seen: set[int] = set()
    for row in grid.cells:
        rows.append([])
        for number in row:
            rows[-1].append("" if number in seen else texts.get(number, ""))
            seen.add(number)
    slivers = {i for i, (a, b) in enumerate(pairwise(grid.xs)) if b - a < 8 and not any(row[i] for row in rows)}
    lines = ["\t".join(text for i, text in enumerate(row) if i not in slivers) for row in rows if any(row)]
    return _Block("\n".join(lines), grid.ys[0], grid.ys[-1])


def _cell_text(words: list[Word], edge: float, vocabulary: frozenset[str]) -> str:
    """Return the text of a cell whose right border is at `edge`: one line."""
    text = ""
    above: Line | None = None
    for line in lines_of(words):
        if above is not None and not _is_torn(above, line, edge, vocabulary):
            text += " "
        text += _joined(line)
        above = line
    return text


def _is_torn(above: Line, below: Line, edge: float, vocabulary: frozenset[str]) -> bool:
    """Tell whether a word goes on in the next line without a hyphen, its column being too narrow for it."""
    last, first = above.words[-1], below.words[0]
    if len(above.words) > 1 or edge - last.x1 > 1.5 * last.size:
        return False
    return _STOP.fullmatch(first.text) is not None or _bare(last.text + first.text) in vocabulary


def vocabulary_of(pages: Iterable[Page]) -> frozenset[str]:
    """Return the words of a document in lower case, without the punctuation round them."""
    return frozenset(_bare(word.text) for page in pages for word in page.words)


def _bare(text: str) -> str:
    return text.strip(".,;:()").lower()


def _line_text(line: Line, left: float) -> str:
    """Return a line as text; where a wide gap parts columns, spaces keep the next one at its place."""
    text = ""
    start = 0
    for i in range(1, len(line.words) + 1):
        if i < len(line.words) and line.words[i].x0 - line.words[i - 1].x1 <= _WIDE * line.size:
            continue
        piece = _joined(Line(line.words[start:i], line.y, line.size))
        if start == 1 and line.words[1].x0 - line.words[0].x1 < _INDENT * line.size and _LABEL.fullmatch(text):
            text += " "
        elif text:
            column = round((line.words[start].x0 - left) / (0.42 * line.size))
            text += " " * max(3, column - len(text))
        text += piece
        start = i
    return text


def _joined(line: Line) -> str:
    parts: list[str] = []
    before: Word | None = None
    for word in line.words:
        if before is not None:
            gap = word.x0 - before.x1
            near = 0.25 if not word.before else 0.1  # no gap at all may show after an italic word
            parts.append(" " if word.before == " " or gap > near * min(word.size, before.size) else "")
        raised = word.size < 0.85 * line.size and word.y < line.y - 0.08 * line.size
        text = _SYMBOL.sub("•", word.text.translate(_LETTERS))
        parts.append(text.translate(_SUPERSCRIPT) if raised else text)
        before = word
    return "".join(parts)


def _is_apart(above: Line | _Block, below: Line | _Block, leading: float) -> bool:
    if isinstance(above, _Block) or isinstance(below, _Block):
        return True
    return below.y - above.y > 1.22 * leading * max(above.size, below.size)
