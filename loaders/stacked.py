"""Find tables whose cells a converter printed one below the other (`pdftotext` without `-layout`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditgraph.loaders.column_positions import joined_lines
from auditgraph.loaders.columns import ColumnTable
from auditgraph.loaders.markup import clean, strip_marks
from auditgraph.text import Span, Text

__all__ = ["stacked_tables"]

# The cells of a header, in the words of the annexes, and the name that each column gets here.
_HEADER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("number", r"rec(?:om)?(?:mendation)?\.?\s*(?:no\.?|number)"),
        ("recommendation", r"recommendations?"),
        ("category", r"risk category"),
        ("importance", r"critical\s*/\s*important.*|risk rating|risk"),
        ("status", r"c\s*/\s*o"),
        ("action", r"actions?\s+(?:needed|required|to)\b.*"),
        ("accepted", r"accepted.*"),
        ("official", r"title of\b.*|responsible\b.*"),
        ("due", r"implementation\s*date|date"),
        ("comments", r"(?:client|management)\s+(?:comments?|response)"),
    )
)
# What a cell of a column that has few values looks like; the others take what stands between.
_TYPED = {
    "category": re.compile(
        r"(?:operational|financial|governance|compliance|strategy|strategic|information|human)\b.*", re.I
    ),
    "importance": re.compile(r"critical|important|high|medium|moderate|low", re.I),
    "status": re.compile(r"[CO0]|open|closed|implemented", re.I),
    "accepted": re.compile(r"yes|no|partially(?:\s+accepted)?|accepted", re.I),
    "due": re.compile(
        r".{0,20}\b20\d\d|implemented|n/?a|not (?:provided|applicable)|closed|ongoing|completed|tbd", re.I
    ),
}
_END = re.compile(
    r"[⁰¹²³⁴-⁹\d]?\s?(?:(?:Critical|Important)\s+recommendations?\s+(?:address|are)|Please note|Date provided by)"
    r"|(?:ANN\s?EX|APPENDIX)\b|STATUS OF|MANAGEMENT RESPONSE|Management Response$|Audit of|Review of",
)
# A footnote mark that lost its height: `O3`, `date4`.
_PLAIN_MARK = re.compile(r"(?<=[A-Za-z])\d\b")
_LEAST = 4  # columns of a header


class _Group:
    """The lines between two empty ones."""

    def __init__(self, start: int, lines: list[tuple[int, str]]) -> None:
        self.start = start
        self.end = lines[-1][0] + len(lines[-1][1].rstrip())
        self.text = joined_lines([clean(Text.of(raw.rstrip(), at)).squeezed() for at, raw in lines])

    @property
    def value(self) -> str:
        return strip_marks(self.text).value.strip()


def stacked_tables(source: str) -> Iterator[ColumnTable]:
    """Yield the tables of recommendations whose cells stand one below the other, in order."""
    if not re.search(r"^[^\S\n]*Rec(?:om)?\.?\s*(?:no\.?)?[^\S\n]*$", source, re.M | re.I):
        return
    groups = _groups(source)
    at = 0
    while at < len(groups):
        columns, after = _header(groups, at)
        if len(columns) < _LEAST:
            at += 1
            continue
        end = after
        while end < len(groups) and not _END.match(groups[end].value):
            again, later = _header(groups, end)
            end = later if len(again) >= _LEAST else end + 1
        rows = [(Span(groups[at].start, groups[after - 1].end), tuple(g.text for g in _cells(groups, at, columns)))]
        rows += _rows(groups, after, end, columns)
        if len(rows) > 1:
            yield ColumnTable(Span(rows[0][0].start, groups[end - 1].end), tuple(rows))
            at = end
        else:
            at = after


def _groups(source: str) -> list[_Group]:
    groups: list[_Group] = []
    lines: list[tuple[int, str]] = []
    at = 0
    for raw in [*re.split(r"(?<=[\n\f])", source), ""]:
        if raw.strip():
            lines.append((at, raw))
        elif lines:
            groups.append(_Group(lines[0][0], lines))
            lines = []
        at += len(raw)
    return groups


def _header(groups: Sequence[_Group], at: int) -> tuple[list[str], int]:
    """Return the columns of a header that begins at a group, and the group after it."""
    names: list[str] = []
    while at < len(groups):
        value = _PLAIN_MARK.sub("", groups[at].value)
        name = next((n for n, pattern in _HEADER if n not in names and pattern.fullmatch(value)), None)
        if name is None or (not names and name != "number"):
            break
        names.append(name)
        at += 1
    return names, at


def _cells(groups: Sequence[_Group], at: int, columns: Sequence[str]) -> Sequence[_Group]:
    return groups[at : at + len(columns)]


def _rows(
    groups: Sequence[_Group], at: int, end: int, columns: Sequence[str]
) -> Iterator[tuple[Span, tuple[Text, ...]]]:
    """Yield the rows: each begins at the number that is due, and its cells fill the columns in order."""
    number = 0
    start = last = 0
    column = 0
    cells: list[list[Text]] = []
    while at < end:
        group = groups[at]
        again, later = _header(groups, at)
        if len(again) >= _LEAST:
            at = later
            continue
        if group.value.isdecimal():
            if int(group.value) == number + 1:
                if cells:
                    yield Span(start, last), tuple(map(joined_lines, cells))
                number, start, column = number + 1, group.start, 1
                cells = [[group.text], *([] for _ in columns[1:])]
            at += 1
            continue
        if cells:
            column = _column(columns, column, group.value, bool(cells[column]))
            cells[column].append(group.text)
            last = group.end
        at += 1
    if cells:
        yield Span(start, last), tuple(map(joined_lines, cells))


def _column(columns: Sequence[str], current: int, value: str, filled: bool) -> int:
    """Return the column of a cell: the next that its words fit; free text goes on in the current one."""
    for i in range(current, len(columns)):
        pattern = _TYPED.get(columns[i])
        if pattern is not None and pattern.fullmatch(value) and not (i == current and filled):
            return i
        if pattern is None and i > current and columns[current] in _TYPED and filled:
            return i
    if columns[current] in _TYPED and not filled:
        return min(current + 1, len(columns) - 1)
    return current
