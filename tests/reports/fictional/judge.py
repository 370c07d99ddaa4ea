"""Tell which answers of a query are right: what a report's expected rows ask for, what was said beyond them.

A cell may offer several right values (`a|b`). In the queries of `OPEN` an empty expected cell is not compared. Case,
quotes, dashes, white space, a leading "the" and final stops make no difference; texts of 60 characters and more may
differ in a few (hyphens, spaces). A query without expected rows has none that are right.
"""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["OPEN", "Verdict", "judge", "same"]

OPEN = frozenset({"organisations", "posts", "instruments", "people", "systems", "mandates"})
_LONG = 60
_CLOSE = 0.985


@dataclass(frozen=True)
class Verdict:
    """Required rows that were not answered, answers that are not right, and how many there were of each."""

    missed: tuple[tuple[str, ...], ...]
    wrong: tuple[tuple[str, ...], ...]
    required: int
    given: int

    @property
    def recall(self) -> float:
        """Return the share of required rows that were answered."""
        return 1 - len(self.missed) / self.required if self.required else 1.0

    @property
    def precision(self) -> float:
        """Return the share of answers that are right."""
        return 1 - len(self.wrong) / self.given if self.given else 1.0


def _norm(cell: str) -> str:
    cell = unicodedata.normalize("NFKC", cell).translate(str.maketrans("’‘“”–—", "''\"\"--"))
    cell = re.sub(r"\s+", " ", cell).strip().casefold()
    cell = re.sub(r"(?<=\w)-\s(?=\w)", "-", cell)
    return cell.removeprefix("the ").rstrip(" .;,")


def same(got: str, want: str, is_open: bool = False) -> bool:
    """Tell whether an answered cell is one that was expected.

    >>> same("the Mission's mandate.", "Mission’s mandate|its mandate")
    True
    >>> same("anything", "", is_open=True)
    True
    """
    if is_open and not want:
        return True
    given = _norm(got)
    for wanted in map(_norm, want.split("|")):
        if given == wanted:
            return True
        if len(wanted) >= _LONG and difflib.SequenceMatcher(None, given, wanted, autojunk=False).ratio() >= _CLOSE:
            return True
    return False


def judge(expected: Path, query: str, answers: Iterable[Sequence[str]], changed: Callable[[str], str] = str) -> Verdict:
    """Judge the rows that a query answers for one report.

    `expected` is the report's folder of expected rows, `answers` rows of the contract's columns; `changed` is
    what the form of the report did to its text (`worn_answer`).
    """
    rows: list[list[str]] = []
    path = expected / f"{query}.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            _, *rows = csv.reader(file)
    wanted = [([changed(cell) for cell in row[:-1]], row[-1] == "required") for row in rows]
    left = [tuple(row) for row in answers]
    given = len(left)
    missed = []
    for cells, required in sorted(wanted, key=lambda row: not row[1]):
        found = next((row for row in left if _fits(row, cells, query)), None)
        if found is not None:
            left.remove(found)
        elif required:
            missed.append(tuple(cells))
    wrong = tuple(row for row in left if not any(_fits(row, cells, query) for cells, _ in wanted))
    return Verdict(tuple(missed), wrong, sum(required for _, required in wanted), given)


def _fits(row: Sequence[str], cells: Sequence[str], query: str) -> bool:
    return len(row) == len(cells) and all(same(a, b, query in OPEN) for a, b in zip(row, cells, strict=True))
