"""Read the header of a table of recommendations in running text: its columns, and where its first row begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from auditgraph.loaders.reflow.words import AHEAD, begins_like, skip_space
from auditgraph.text import Span

__all__ = ["Header", "headers_of"]

_HEADER = re.compile(
    r"(?<!\S)Rec(?:om)?(?:mendation)?\s?\.?\s*(?:no|No|NO|number)\s?\.?\s+(?=(?:Audit\s+)?Recommendation)"
)
_MARK = re.compile(r"\s*(?:\[\d\](?=\s|/|\Z)|([1-9¹²³⁴⁵⁶⁷⁸⁹])(?=\s|/|\Z))")
# The columns behind the number, as `columns_of` names them; a footnote's mark may follow each word.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?:{pattern})(?![A-Za-z])", re.I))
    for name, pattern in (
        ("recommendation", r"(?:audit\s+)?recommendations?"),
        ("category", r"risk\s+category"),
        ("importance", r"risk\s+rating|critical(?:\s*(?:[1-9¹²³⁴⁵⁶⁷⁸⁹]|\[\d\]))?\s*/\s*important"),
        ("status", r"c\s*/\s*o|open\s*/\s*closed"),
        ("action", r"actions?\s+(?:needed|required)\s+to\s+close\s+(?:the\s+)?recommendations?"),
        ("accepted", r"accepted\s*\?(?:\s*\(\s*yes\s*/\s*no\s*\))?|accepted\s*\(\s*yes\s*/\s*no\s*\)"),
        ("official", r"title\s+of\s+(?:the\s+)?responsible\s+(?:individual|officer|official|person)s?"),
        ("due", r"(?:target\s+)?implementation\s+date"),
        ("comments", r"(?:client|management)(?:['’]s)?\s+comments?"),
    )
)
_LEAST = 3  # columns behind the number
_COLUMN = 80  # characters that the label of a column fits in


class Header(NamedTuple):
    """A header: where it begins, where each column behind the number does, and where the first row does."""

    start: int
    columns: Mapping[str, int]
    end: int


def headers_of(flat: str, page: Span, advice: Mapping[str, str]) -> list[Header]:
    """Return the headers of a page; `advice` are the words of the recommendations by number."""
    found = (_header(flat, match, page.end, advice) for match in _HEADER.finditer(flat, page.start, page.end))
    return [header for header in found if len(header.columns) >= _LEAST]


def _header(flat: str, found: re.Match[str], end: int, advice: Mapping[str, str]) -> Header:
    columns: dict[str, int] = {}
    at = found.end()
    last = 0
    while at < end:
        name, match = next(((n, m) for n, p in _COLUMNS if (m := p.match(flat, at, end))), ("", None))
        if match is None or name in columns:
            break
        columns[name] = at
        last += len(re.findall(r"[1-9¹²³]", match[0]))
        at = match.end()
        mark = _MARK.match(flat, at, end)
        if mark and (not mark[0][0].isspace() or mark[1] is None or _is_mark(flat, mark, last, advice)):
            last += 1
            at = mark.end()
        at = skip_space(flat, at)
    return Header(found.start(), columns, min(at, end))


def _is_mark(flat: str, mark: re.Match[str], last: int, advice: Mapping[str, str]) -> bool:
    """Tell the mark of a footnote from the number of the first row: marks go up, and a row may follow one."""
    if not mark[1].isascii():
        return True
    if begins_like(flat, mark.end(), mark.end() + AHEAD, advice.get(mark[1], "")):
        return False
    following = flat[mark.end() : mark.end() + _COLUMN].lstrip()
    likely = last > 0 or re.match(r"/|\d{1,2}\s", following) or any(p.match(following) for _, p in _COLUMNS)
    return bool(int(mark[1]) == last + 1 and likely)
