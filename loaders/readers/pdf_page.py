"""Read the words of a PDF page through PDFium, as the page is seen, with what is drawn round them.

Only raw calls of PDFium, as few as will do: a call costs more than what it does.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from auditgraph.loaders.readers.grid import Rule
from auditgraph.loaders.readers.pdf_drawing import Place, drawn

__all__ = ["Page", "Word", "read_page"]

_SAMPLED = 10
# PDFium marks the hyphen that ends a line by U+0002 (U+FFFE in older releases) and runs the lines together.
_WORD = re.compile("[^\\s\x00\x02\ufffe\ufffd\u00ad]*[\x02\ufffe\u00ad]|[^\\s\x00\x02\ufffe\u00ad]+")
# Words that may hide a footnote mark or a lost space: it would cost too much to look at each letter of all.
_SUSPECT = re.compile(r".\d|\d.|[a-z][A-Z]|[A-Z]{6}|\w{15}")


class Word(NamedTuple):
    """A word as it is seen: `y` is its baseline, growing downwards; `size` the height of its font's box, in points.

    `before` is what PDFium found before it: a space, a line's end, or nothing where it parts a mark from its word.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    before: str = " "


class Page(NamedTuple):
    """A page: its words in the file's order, its ruled lines (`fills`: edges of coloured areas), and its pictures."""

    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    fills: list[Rule]
    pictures: int
    unreadable: int


def read_page(page: pdfium.PdfPage) -> Page:
    """Return what stands on a page, turned as a reader sees it."""
    frame = raw.FS_RECTF()  # boxes that a page inherits count too
    raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(frame))
    left, bottom, right, top = frame.left, frame.bottom, frame.right, frame.top
    turn = page.get_rotation() % 360
    textpage = page.get_textpage()
    try:
        text, chars = _text(textpage)
        boxes = _boxes(textpage.raw, text, chars)
    finally:
        textpage.close()
    if not turn:
        turn = _turn_of_text(boxes)
    place = _placer(turn, left, bottom, right, top)
    drawing = drawn(page, place)
    width, height = (right - left, top - bottom) if turn in (0, 180) else (top - bottom, right - left)
    words = [_word(box, place) for box in boxes]
    words = [w for w in words if -1 < (w.x0 + w.x1) / 2 < width + 1 and -1 < w.y < height + w.size]
    words += _bullets(drawing.dots, words)
    unreadable = text.count("\ufffd") + text.count("\0")
    return Page(width, height, words, drawing.rules, drawing.fills, drawing.pictures, unreadable)


class _Box(NamedTuple):
    text: str
    before: str
    left: float
    bottom: float
    right: float
    top: float
    x: float  # origin of the first character
    y: float
    last_x: float  # origin of the last one (of each tenth word: it tells which way the page is written)
    last_y: float


def _text(textpage: pdfium.PdfTextPage) -> tuple[str, int]:
    """Return the page's characters, one for each of PDFium's."""
    chars = textpage.count_chars()
    if not chars:
        return "", 0
    buffer = (ctypes.c_ushort * (chars + 1))()
    raw.FPDFText_GetText(textpage.raw, 0, chars, buffer)
    text = bytes(buffer)[: 2 * chars].decode("utf-16-le", "replace").rstrip("\0")
    if len(text) == chars:
        return text, chars
    handle = textpage.raw  # some characters were left out, or take two units
    codes = (raw.FPDFText_GetUnicode(handle, i) for i in range(chars))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes), chars


def _boxes(handle: Any, text: str, chars: int) -> list[_Box]:
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    found: list[_Box] = []

    def extent(i: int) -> tuple[float, float, float, float]:
        raw.FPDFText_GetLooseCharBox(handle, i, box_at)
        return box.left, box.bottom, box.right, box.top

    def origin(i: int) -> tuple[float, float]:
        raw.FPDFText_GetCharOrigin(handle, i, x_at, y_at)
        return x.value, y.value

    def add(start: int, end: int, before: str) -> None:
        first = extent(start)
        last = extent(end - 1) if end - start > 1 else first
        began = origin(start)
        ended = origin(end - 1) if end - start > 1 and len(found) % _SAMPLED == 0 else began
        found.append(
            _Box(
                text[start:end], before,
                min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]),
                *began, *ended,
            )
        )  # fmt: skip

    end = -1
    for match in _WORD.finditer(text):
        start, before = match.start(), _gap(text[max(end, 0) : match.start()])
        end = match.end()
        cuts = {start: before, **(_cuts(extent, start, end) if _SUSPECT.search(match[0]) else {})}
        for a, b in pairwise([*cuts, end]):
            add(a, b, cuts[a])
    return found


def _gap(between: str) -> str:
    return "\n" if "\n" in between or "\r" in between else between[:1]


def _cuts(extent: Callable[[int], tuple[float, float, float, float]], start: int, end: int) -> dict[int, str]:
    """Return where PDFium's words have to be cut, and what to put there.

    A footnote mark that clings to its word is of another size; a space that the file leaves out is a gap between
    letters that otherwise touch each other.
    """
    pairs = list(pairwise([extent(i) for i in range(start, end)]))
    gaps = [here[0] - before[2] for before, here in pairs]
    usual = sorted(gaps)[len(gaps) // 2]
    cuts: dict[int, str] = {}
    for i, (before, here) in enumerate(pairs):
        was, now = before[3] - before[1], here[3] - here[1]
        if abs(now - was) > 0.15 * max(now, was):
            cuts[start + 1 + i] = ""
        elif gaps[i] > 0.11 * now > 4 * usual:
            cuts[start + 1 + i] = " "
    return cuts


def _turn_of_text(boxes: list[_Box]) -> int:
    """Return by how much the page must be turned clockwise for most of its words to stand upright."""
    votes = {0: 0, 90: 0, 180: 0, 270: 0}
    for box in boxes[::_SAMPLED]:
        across, up = box.last_x - box.x, box.last_y - box.y
        if abs(across) >= abs(up):
            votes[0 if across >= 0 else 180] += len(box.text)
        else:
            votes[90 if up > 0 else 270] += len(box.text)
    return max(votes, key=lambda turn: votes[turn])


def _placer(turn: int, left: float, bottom: float, right: float, top: float) -> Place:
    if turn == 90:
        return lambda x, y: (y - bottom, x - left)
    if turn == 180:
        return lambda x, y: (right - x, y - bottom)
    if turn == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _word(box: _Box, place: Place) -> Word:
    ax, ay = place(box.left, box.bottom)
    bx, by = place(box.right, box.top)
    _, y = place(box.x, box.y)
    text = box.text
    if text[-1] in "\x02\ufffe\u00ad":
        text = text[:-1] + "-"
    return Word(text, min(ax, bx), max(ax, bx), y, abs(by - ay) or 1.0, box.before)


def _bullets(dots: list[tuple[float, float, float]], words: list[Word]) -> list[Word]:
    """Return the dots that stand before a line as bullets: browsers draw them."""
    found = []
    for left, right, middle in dots:
        near = [w for w in words if 0 < w.x0 - right < 2.5 * w.size and 0.05 < (w.y - middle) / w.size < 0.5]
        if near:
            word = min(near, key=lambda w: w.x0)
            if not any(w.x0 < left and abs(w.y - word.y) < 1 and left - w.x1 < 2.5 * w.size for w in words):
                found.append(Word("•", left, right, word.y, word.size))
    return found
