"""Find tables without ruled lines by the white space between their columns; y grows downwards, in points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditgraph.loaders.readers.grid import Grid
from auditgraph.loaders.readers.pdf_page import Word

__all__ = ["unruled"]

_GUTTER = 2.5  # the least white space between two columns
_WIDE = 1.2  # a gap of so many font heights shows columns
_FEWEST_LINES = 5
_TAIL = 6
_SAME_CELL = 1.13  # of the usual leading: lines farther apart are of two rows

Band = list[Word]  # words on one baseline


def unruled(bands: Sequence[Band], leading: float) -> list[Grid]:
    """Return the tables that bands of words stand in, from top to bottom.

    A table has three columns or more that nothing crosses, two rows or more, and a cell of several lines:
    what has less (contents, addresses) reads well as lines. `leading` is in font heights.
    """
    wide = [i for i, band in enumerate(bands) if _wide_gaps(band) > 1]
    if len(wide) < 2:
        return []
    found: list[Grid] = []
    at = 0
    for start in wide:
        if start < at:
            continue
        end = start + 1
        while end < len(bands) and _is_near(bands, end, leading) and _columns(bands[start : end + 1]) > 2:
            end += 1
        end = _without_tail(bands, start, end)
        first = start
        while first > at and _is_near(bands, first, leading):
            columns = _columns(bands[first - 1 : end])
            if columns < 3 or (not _wide_gaps(bands[first - 1]) and columns < _columns(bands[first:end])):
                break
            first -= 1
        if end - first >= _FEWEST_LINES and (grid := _grid(bands[first:end], leading)) is not None:
            found.append(grid)
            at = end
    return found


def _without_tail(bands: Sequence[Band], start: int, end: int) -> int:
    """Return where a table ends: short lines of the text below it may cross but some of its columns."""
    ends = [end]
    while ends[-1] > start + _FEWEST_LINES and not _wide_gaps(bands[ends[-1] - 1]) and len(ends) < _TAIL:
        ends.append(ends[-1] - 1)
    return max(ends, key=lambda e: (_columns(bands[start:e]), e))


def _wide_gaps(band: Band) -> int:
    return sum(b.x0 - a.x1 > _WIDE * b.size for a, b in pairwise(band))


def _is_near(bands: Sequence[Band], at: int, leading: float) -> bool:
    above, below = bands[at - 1][0], bands[at][0]
    return below.y - above.y < 3 * leading * below.size


def _columns(bands: Sequence[Band]) -> int:
    return len(_gutters(bands)) + 1


def _gutters(bands: Sequence[Band]) -> list[float]:
    """Return the middles of the white strips that no word of the bands stands in."""
    gutters: list[float] = []
    reach = float("inf")
    for x0, x1 in sorted((word.x0, word.x1) for band in bands for word in band):
        if x0 - reach >= _GUTTER:
            gutters.append((reach + x0) / 2)
        reach = x1 if reach == float("inf") else max(reach, x1)
    return gutters


def _grid(bands: Sequence[Band], leading: float) -> Grid | None:
    gutters = _gutters(bands)
    words = [word for band in bands for word in band]
    xs = (min(w.x0 for w in words) - 1, *gutters, max(w.x1 for w in words) + 1)
    cells: list[tuple[float, float, int]] = []  # top and bottom of what stands together in a column, its lines
    for left, right in pairwise(xs):
        lines: list[list[float]] = []  # top, bottom, baseline, height, lines
        for band in bands:
            inside = [w for w in band if left <= w.x0 < right]
            if not inside:
                continue
            y, size = inside[0].y, max(w.size for w in inside)
            last = lines[-1] if lines else None
            if last and y - last[2] <= _SAME_CELL * leading * max(size, last[3]):
                lines[-1] = [last[0], y + 0.2 * size, y, size, last[4] + 1]
            else:
                lines.append([y - 0.75 * size, y + 0.2 * size, y, size, 1])
        cells += [(top, bottom, int(count)) for top, bottom, _, _, count in lines]
    rows: list[list[float]] = []
    for top, bottom, _ in sorted(cells):
        if rows and top < rows[-1][1]:
            rows[-1][1] = max(rows[-1][1], bottom)
        else:
            rows.append([top, bottom])
    full = sum(sum(a <= top < b for top, _, _ in cells) > 2 for a, b in rows)
    if full < 2 or max(count for *_, count in cells) < 2:
        return None
    ys = (rows[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(rows)), rows[-1][1] + 1)
    width = len(xs) - 1
    return Grid(xs, ys, tuple(tuple(range(row * width, (row + 1) * width)) for row in range(len(rows))))
