"""Read the words and the ruled lines of a PDF page through PDFium, as the page is seen.

Only raw calls of PDFium, as few as will do: a call costs more than what it does.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from auditgraph.loaders.readers.grid import Rule

__all__ = ["Page", "Word", "read_page"]

_THIN = 3.0  # a filled box this thin is a line
_MOST_PATHS = 30_000  # of a page: more are a drawing
_MOST_POINTS = 500  # of a path
_DEEPEST_FORM = 5
_SAMPLED = 10
# PDFium marks the hyphen that ends a line by U+0002 (U+FFFE in older releases) and runs the lines together.
_WORD = re.compile("[^\\s\x00\x02\ufffe\ufffd\u00ad]*[\x02\ufffe\u00ad]|[^\\s\x00\x02\ufffe\u00ad]+")
# Words that may hide a footnote mark or a lost space: it would cost too much to look at each letter of all.
_SUSPECT = re.compile(r".\d|\d.|\w{10}|[A-Z]{6}")


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
    drawing = _drawn(page, place)
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


Place = Callable[[float, float], tuple[float, float]]


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


@dataclass(slots=True)
class _Drawing:
    """What is drawn on a page: `dots` are (left, right, middle) of small round shapes."""

    rules: list[Rule] = field(default_factory=list)
    fills: list[Rule] = field(default_factory=list)
    dots: list[tuple[float, float, float]] = field(default_factory=list)
    pictures: int = 0


def _drawn(page: pdfium.PdfPage, place: Place) -> _Drawing:
    drawing = _Drawing()
    paths = 0
    for handle, matrix in _objects(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, None, 0):
        if raw.FPDFPageObj_GetType(handle) == raw.FPDF_PAGEOBJ_IMAGE:
            drawing.pictures += 1
            continue
        paths += 1
        if paths > _MOST_PATHS:
            return _Drawing(pictures=drawing.pictures)
        _path(handle, matrix, place, drawing)
    return drawing


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


Matrix = tuple[float, float, float, float, float, float]


def _objects(
    parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], matrix: Matrix | None, depth: int
) -> Iterator[tuple[Any, Matrix | None]]:
    """Yield the paths and pictures of a page and of the forms on it, each with the matrix of its form."""
    for i in range(count(parent)):
        handle = get(parent, i)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield handle, matrix
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _times(_matrix(handle), matrix)
            yield from _objects(handle, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)


def _matrix(handle: Any) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(first: Matrix, second: Matrix | None) -> Matrix:
    if second is None:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _through(matrix: Matrix | None, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _path(handle: Any, matrix: Matrix | None, place: Place, drawing: _Drawing) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke))
    count = raw.FPDFPath_CountSegments(handle)
    if not (fill.value or stroke.value) or count > _MOST_POINTS:
        return
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, *(ctypes.byref(side) for side in (left, low, right, high)))
    ax, ay = place(*_through(matrix, left.value, low.value))
    bx, by = place(*_through(matrix, right.value, high.value))
    x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
    edges = drawing.rules if stroke.value else drawing.fills
    if count in (1, 2, 4, 5):
        _area(x0, x1, y0, y1, drawing.rules, edges, count >= 4)
    elif fill.value and 2 < x1 - x0 < 8 and abs((y1 - y0) / (x1 - x0) - 1) < 0.15:
        drawing.dots.append((x0, x1, (y0 + y1) / 2))
    else:
        whole = _times(_matrix(handle), matrix)
        _pieces(handle, count, whole, place, drawing.rules, None if stroke.value else edges)


def _area(
    x0: float, x1: float, y0: float, y1: float, rules: list[Rule], edges: list[Rule], is_area: bool = True
) -> None:
    """Add a thin area as a line to `rules`, the sides of a thick one to `edges`."""
    if y1 - y0 <= _THIN < x1 - x0:
        rules.append(Rule(False, (y0 + y1) / 2, x0, x1))
    elif x1 - x0 <= _THIN < y1 - y0:
        rules.append(Rule(True, (x0 + x1) / 2, y0, y1))
    elif is_area and x1 - x0 > _THIN:
        edges += [Rule(False, y0, x0, x1), Rule(False, y1, x0, x1), Rule(True, x0, y0, y1), Rule(True, x1, y0, y1)]


def _pieces(
    handle: Any, count: int, matrix: Matrix, place: Place, rules: list[Rule], fills: list[Rule] | None
) -> None:
    """Add the lines of a path of many pieces, or the areas where it is filled only (`fills` given)."""
    x, y = ctypes.c_float(), ctypes.c_float()
    pieces: list[list[tuple[float, float]]] = []
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, i)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = place(*_through(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not pieces:
            pieces.append([here])
        else:
            pieces[-1].append(here)
        if raw.FPDFPathSegment_GetClose(segment):
            pieces[-1].append(pieces[-1][0])
    for points in pieces:
        if fills is None:
            for a, b in pairwise(points):
                rules.extend(_line(a, b))
        elif len(points) in (4, 5):
            xs, ys = sorted(p[0] for p in points), sorted(p[1] for p in points)
            _area(xs[0], xs[-1], ys[0], ys[-1], rules, fills)


def _line(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    across, down = abs(a[0] - b[0]), abs(a[1] - b[1])
    if down < 1 < across:
        yield Rule(False, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]))
    elif across < 1 < down:
        yield Rule(True, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))
