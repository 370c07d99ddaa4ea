"""Find the tables that ruled lines draw: pure geometry, y growing downwards, in points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Grid", "Rule", "grids"]

SNAP = 2.5  # lines nearer than this are one: borders drawn twice, once for each cell
JOIN = 3.5  # a gap up to this still joins two pieces of a line, or a line and a corner
_MOST_CELLS = 40_000


class Rule(NamedTuple):
    """A ruled line at `at` (the y of a horizontal one, the x of a vertical one) from `start` to `end`."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the borders of its columns and rows, and for each field which cell it belongs to.

    `cells[row][column]` is the number of a cell; a cell that spans several fields has its number in each.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell at a point, None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return self.cells[row][column] if inside else None

    @property
    def size(self) -> int:
        """Count the cells."""
        return len({cell for row in self.cells for cell in row})

    @property
    def columns(self) -> int:
        """Count the columns."""
        return len(self.xs) - 1


def grids(rules: Iterable[Rule]) -> list[Grid]:
    """Return the tables that rules draw, from top to bottom; rules that cross no other are left aside.

    >>> box = [Rule(False, y, 0, 100) for y in (0, 20, 40)] + [Rule(True, x, 0, 40) for x in (0, 30, 100)]
    >>> [grid.cells for grid in grids(box)]
    [((0, 1), (2, 3))]
    """
    merged = _merged([r for r in rules if not r.upright]) + _merged([r for r in rules if r.upright])
    found = [grid for group in _connected(merged) if (grid := _grid(group)) is not None]
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Snap lines that nearly share a place, and join their pieces."""
    joined: list[Rule] = []
    snapped: list[Rule] = []
    place = float("-inf")
    for rule in sorted(rules, key=lambda r: r.at):
        if rule.at - place > SNAP:
            place = rule.at
        snapped.append(rule._replace(at=place))
    for rule in sorted(snapped, key=lambda r: (r.at, r.start)):
        last = joined[-1] if joined else None
        if last and last.at == rule.at and rule.start <= last.end + JOIN:
            joined[-1] = last._replace(end=max(last.end, rule.end))
        else:
            joined.append(rule)
    return [rule for rule in joined if rule.end - rule.start > JOIN]


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Group the lines that touch each other, directly or by way of others."""
    parent = list(range(len(rules)))
    level = [i for i, rule in enumerate(rules) if not rule.upright]
    for i, rule in enumerate(rules):
        if rule.upright:
            for j in level:
                other = rules[j]
                if (rule.start - JOIN <= other.at <= rule.end + JOIN
                        and other.start - JOIN <= rule.at <= other.end + JOIN):  # fmt: skip
                    parent[_root(parent, i)] = _root(parent, j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(_root(parent, i), []).append(rule)
    return list(groups.values())


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _grid(rules: list[Rule]) -> Grid | None:
    level = [rule for rule in rules if not rule.upright]
    upright = [rule for rule in rules if rule.upright]
    if len(level) < 2 or not upright:
        return None
    # A table may be open at its sides: its rows' lines then tell how far it goes.
    xs = _borders([r.at for r in upright], [r.start for r in level] + [r.end for r in level])
    ys = _borders([r.at for r in level], [r.start for r in upright] + [r.end for r in upright])
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1 or width * height > _MOST_CELLS:
        return None
    parent = list(range(width * height))
    for row in range(height):
        middle = (ys[row] + ys[row + 1]) / 2
        drawn = {rule.at for rule in upright if rule.start <= middle <= rule.end}
        for column in range(1, width):
            if xs[column] not in drawn:
                parent[_root(parent, row * width + column)] = _root(parent, row * width + column - 1)
    for column in range(width):
        middle = (xs[column] + xs[column + 1]) / 2
        drawn = {rule.at for rule in level if rule.start <= middle <= rule.end}
        for row in range(1, height):
            if ys[row] not in drawn:
                parent[_root(parent, row * width + column)] = _root(parent, (row - 1) * width + column)
    numbers: dict[int, int] = {}
    roots = [_root(parent, i) for i in range(width * height)]
    flat = [numbers.setdefault(root, len(numbers)) for root in roots]
    return Grid(xs, ys, tuple(tuple(flat[row * width : (row + 1) * width]) for row in range(height)))


def _borders(places: list[float], reach: list[float]) -> tuple[float, ...]:
    found = sorted(set(places))
    if min(reach) < found[0] - 3 * JOIN:
        found.insert(0, min(reach))
    if max(reach) > found[-1] + 3 * JOIN:
        found.append(max(reach))
    return tuple(found)
