"""Where the columns of a table set in spaces stand, and what of its lines falls into each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditgraph.loaders.markup import clean
from auditgraph.text import Text

__all__ = ["Row", "columns_of", "cut", "header_cells", "joined_lines", "segments", "titled", "whole"]

_PIECE = re.compile(r"\S+(?: \S+)*")
_WORD = re.compile(r"\S+")
_MIN_GUTTER = 1
_MANY = 4  # lines


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the source in a table."""

    start: int
    raw: str


def segments(lines: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the ranges of character positions that the cells of a header take, its lines put over each other."""
    pieces = sorted(match.span() for line in lines for match in _PIECE.finditer(line.raw.rstrip("\n\f")))
    merged: list[tuple[int, int]] = []
    for start, end in pieces:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def columns_of(lines: Sequence[Row], head: Sequence[tuple[int, int]], named: bool) -> list[tuple[int, int]]:
    """Return the columns as ranges of character positions: what the empty strips between them leave.

    A word that runs over its column spoils a strip, so a few such lines are allowed where the strips are fewer than
    the header's cells, which stand at the positions `head`; then a strip one character wide will do between two cells.
    Where these are `named`, one with nothing below it is a column too.
    """
    width = max(len(line.raw.rstrip()) for line in lines)
    used = [0] * (width + 1)
    for line in lines:
        for i, character in enumerate(line.raw.rstrip()):
            used[i] += not character.isspace()
    best: list[tuple[int, int]] = []
    for allowed in range(max(1 + (len(lines) > _MANY), len(lines) // 12)):
        bounds = _runs(used, allowed)
        if len(bounds) > len(best):
            best = bounds
        if len(best) >= len(head):
            break
    if len(best) < len(head):
        best = [part for run in best for part in _parted(run, used, head)]
    empty = [cell for cell in head if max(_overlaps(cell, best), default=0) < -1] if named else []
    return sorted([*best, *empty])


def _runs(used: Sequence[int], allowed: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start: int | None = None
    gap = 0
    for i, count in enumerate([*used, 0, 0]):
        if count > allowed:
            start = i if start is None else start
            gap = 0
        elif start is not None:
            gap += 1
            if gap > _MIN_GUTTER:
                runs.append((start, i - gap + 1))
                start, gap = None, 0
    return runs


def _parted(run: tuple[int, int], used: Sequence[int], head: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Part a column that several cells of the header stand over at the one empty position where most lines begin.

    In few lines words stand over each other by chance.
    """
    start, end = run
    middles = [(a + b) // 2 for a, b in head if start <= (a + b) // 2 < end]
    for one, next_ in pairwise(middles):
        empty = [i for i in range(max(one, start + 1), next_) if not used[i] and used[i + 1] >= _MANY]
        if empty:
            at = max(empty, key=lambda i: used[i + 1])
            yield start, at
            start = at + 1
    yield start, end


def titled(runs: Sequence[tuple[int, int]], head: Sequence[Row]) -> list[tuple[int, int]]:
    """Join each column that no word of the header stands over to the nearer one beside it: "31" of "31 May 2019"."""
    kept = list(runs)
    titles = [header_cells(line, runs) for line in head]
    for run in [run for at, run in enumerate(runs) if head and not any(cells[at] for cells in titles)]:
        if run not in kept:
            continue  # joined by its neighbour
        at = kept.index(run)
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(kept)]
        other = min(beside, key=lambda i: max(kept[i][0] - run[1], run[0] - kept[i][1]), default=at)
        first, last = sorted((at, other))
        kept[first : last + 1] = [(kept[first][0], kept[last][1])]
    return kept


def whole(bounds: list[tuple[int, int]], lines: Sequence[Row]) -> list[tuple[int, int]]:
    """Stretch each column to the next, so that every character falls into one."""
    width = max(len(line.raw) for line in lines)
    starts = [0, *(start for start, _ in bounds[1:])]
    return list(zip(starts, [*starts[1:], width], strict=True)) if bounds else []


def cut(line: Row, bounds: Sequence[tuple[int, int]]) -> list[Text]:
    """Cut a line at its columns; a word that stands across a boundary stays whole, on the left."""
    raw = line.raw.rstrip("\n\f")
    cells = []
    at = 0
    for _, end in bounds:
        while end < len(raw) and end > 0 and not raw[end - 1].isspace() and not raw[end].isspace():
            end += 1
        end = max(at, min(end, len(raw)))
        cells.append(clean(Text.of(raw[at:end], line.start + at)).squeezed())
        at = end
    return cells


def header_cells(line: Row, runs: Sequence[tuple[int, int]]) -> list[Text]:
    """Put each piece of a header's line into the column that it stands over most: headers are wider than columns.

    A piece over several columns is several cells that one space parts: then each word goes where it stands.
    """
    columns: list[list[Text]] = [[] for _ in runs]
    for match in _PIECE.finditer(line.raw.rstrip("\n\f")):
        several = sum(overlap > 0 for overlap in _overlaps(match.span(), runs)) > 1
        for piece in _WORD.finditer(line.raw, *match.span()) if several else (match,):
            over = _overlaps(piece.span(), runs)
            text = clean(Text.of(piece.group(), line.start + piece.start())).squeezed()
            columns[over.index(max(over))].append(text)
    return [joined_lines(pieces) for pieces in columns]


def _overlaps(span: tuple[int, int], runs: Sequence[tuple[int, int]]) -> list[int]:
    """Return how many characters of a range stand over each column; below 0 how far it is away."""
    return [min(span[1], end) - max(span[0], start) for start, end in runs]


def joined_lines(parts: Sequence[Text]) -> Text:
    """Join the lines of a cell; a word that a hyphen broke at the end of a line stays one word."""
    text = Text.empty()
    for part in parts:
        glue = "" if text.value.endswith("-") and part.value[:1].islower() else " "
        text = Text.joined([text, part], glue)
    return text
