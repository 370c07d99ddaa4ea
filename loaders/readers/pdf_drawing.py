"""Read what is drawn on a PDF page through PDFium: ruled lines, coloured areas, dots and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from auditgraph.loaders.readers.grid import Rule

__all__ = ["Drawing", "Place", "drawn"]

_THIN = 3.0  # a filled box this thin is a line
_MOST_PATHS = 30_000  # of a page: more are a drawing
_MOST_POINTS = 500  # of a path
_DEEPEST_FORM = 5

Place = Callable[[float, float], tuple[float, float]]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page: `dots` are (left, right, middle) of small round shapes."""

    rules: list[Rule] = field(default_factory=list)
    fills: list[Rule] = field(default_factory=list)
    dots: list[tuple[float, float, float]] = field(default_factory=list)
    pictures: int = 0


def drawn(page: pdfium.PdfPage, place: Place) -> Drawing:
    """Return what is drawn on a page; `place` turns PDF coordinates into those of the page as it is seen."""
    drawing = Drawing()
    paths = 0
    for handle, matrix in _objects(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, None, 0):
        if raw.FPDFPageObj_GetType(handle) == raw.FPDF_PAGEOBJ_IMAGE:
            drawing.pictures += 1
            continue
        paths += 1
        if paths > _MOST_PATHS:
            return Drawing(pictures=drawing.pictures)
        _path(handle, matrix, place, drawing)
    return drawing


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


def _path(handle: Any, matrix: Matrix | None, place: Place, drawing: Drawing) -> None:
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


def _pieces(handle: Any, count: int, matrix: Matrix, place: Place, rules: list[Rule], fills: list[Rule] | None) -> None:
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
