"""Recognise running headers and footers: lines that come again at the edges of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from auditgraph.loaders.lines import Line
from auditgraph.text import Text

__all__ = ["without_running_headers"]

_EDGE = 2  # lines from the top or the bottom of a page
_LEAST = 3  # pages on which a line must come again
_DIGITS = re.compile(r"\d+")
# `STATUS OF AUDIT RECOMMENDATIONS` comes again on each page of its annex, and says which annex it is.
# `4 Date provided by UNMIL` stands under each page of it, and says whose answers they are.
_SAYS_WHERE = re.compile(
    r"ANN\s?EX|APPENDIX|STATUS OF|MANAGEMENT RESPONSE|Rec(?:om)?\b|(?:\d\s?)?Date provided by", re.I
)


def without_running_headers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with running headers and footers made furniture, but for the first of each kind.

    A line is one where it stands at the edge of at least three pages, numbers aside. Pages end at page breaks and at
    lines that hold a page number alone.
    """
    edges = _edges(lines)
    pages = max(1, len({page for page, _ in edges}))
    counts = Counter(key for _, key in {(page, _key(lines[i])) for page, i in edges} if key)
    running = {key for key, count in counts.items() if count >= max(_LEAST, pages // 3)}
    if not running:
        return list(lines)
    at_edge = {i for _, i in edges}
    seen: set[str] = set()
    out: list[Line] = []
    for i, line in enumerate(lines):
        key = _key(line)
        if i in at_edge and key in running and (key in seen or _DIGITS.search(line.text.value)):
            line = replace(line, text=Text.empty(), furniture=True)
        seen.add(key)
        out.append(line)
    return out


def _key(line: Line) -> str:
    value = line.text.value
    if line.is_row or len(value) > 200 or _SAYS_WHERE.match(value):
        return ""
    return _DIGITS.sub("#", value).lower()


def _edges(lines: Sequence[Line]) -> set[tuple[int, int]]:
    """Return page and index of each printed line near the top or the bottom of its page."""
    pages: list[list[int]] = [[]]
    for i, line in enumerate(lines):
        if line.page_break and pages[-1]:
            pages.append([])
        if line.furniture:
            if any(c.isalnum() for c in line.raw) and pages[-1]:
                pages.append([])
        else:
            pages[-1].append(i)
    filled = [page for page in pages if page]
    if len(filled) < _LEAST:
        return set()
    return {(n, i) for n, page in enumerate(filled) for i in (*page[:_EDGE], *page[-_EDGE:])}
