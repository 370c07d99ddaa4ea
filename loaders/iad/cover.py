"""Read the cover: number, assignment, title, headline, rating and date, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from auditgraph.loaders.document import Block, BlockKind, join
from auditgraph.loaders.extract import dates
from auditgraph.loaders.iad import patterns as p
from auditgraph.loaders.iad.places import Draft
from auditgraph.loaders.iad.title import title_and_headline
from auditgraph.model import ProseKind, Said, Text

__all__ = ["Cover", "read_cover"]

# `FINAL OVERALL RATING: PARTIALLY`, with the rest on the next line.
_TORN_RATING = re.compile(r"OVERALL\s+RATING\s*:?\s*(?:PARTIALLY)?\s*$", re.I)
_DATE_LINE = 60  # characters beside a date that a line of the cover may have
_DOCUMENT_TYPE = re.compile(
    r"(?:FINAL\s+)?(?:DETAILED\s+)?(?:AUDIT\s+)?REPORT|RISK ASSESSMENT|(?:UNITED NATIONS|NATIONS UNIES|\s)+|OIOS", re.I
)
_LEFTOVER = re.compile(r"(?:AUDIT\s+)?REPORT|DIVISION|INTERNAL AUDIT|Assignment\s+No\.?|AUDIT", re.I)
# What the later pages of an older front part begin with: memo, function, contacts.
_FRONT_MATTER = re.compile(r"FUNCTION|CONTACT INFORMATION|INTEROFFICE MEMORANDUM|MEMORANDUM|TO:|FROM:|cc:|A\s*:", re.I)


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says; None where it does not."""

    number: Said[str] | None = None
    assignment: Said[str] | None = None
    title: Said[str] | None = None
    headline: Said[str] | None = None
    issued: Said[str] | None = None
    overall_rating: Said[str] | None = None


def read_cover(draft: Draft, blocks: tuple[Block, ...], later: tuple[Block, ...]) -> Cover:
    """Read the cover blocks; `later` blocks may repeat the title, which tells it from the headline."""
    start = next((i for i, b in enumerate(blocks) if _opens_cover(b.value)), 0)
    front = next((i for i, b in enumerate(blocks) if i >= start and _FRONT_MATTER.match(b.value)), len(blocks))
    found: dict[str, Said[str]] = {}
    printed = [b for b in blocks[start:front] if b.kind is BlockKind.PROSE]
    rest: list[Text] = []
    for piece in _groups(printed):
        fixed, left = _cut(piece)
        _keep(draft, fixed, found)
        rest += left
    lines = [text for block in printed for line in block.lines for text in _cut(line.text)[1]]
    title, headline = title_and_headline(rest, lines, [b.text for b in later if b.kind is BlockKind.PROSE])
    if title is not None:
        draft.add("cover", ProseKind.TITLE, title)
        found["title"] = draft.said("cover", title)
    if headline is not None:
        draft.add("cover", ProseKind.HEADLINE, headline)
        found["headline"] = draft.said("cover", headline)
    for block in blocks:
        if block.kind is BlockKind.ROW:
            _keep(draft, _cut(Text.joined(block.cells))[0], found)
    for block in (*blocks[:start], *blocks[front:]):
        draft.leave("cover", block)
    return Cover(**found)


def _groups(blocks: Iterable[Block]) -> list[Text]:
    """Join the lines of the cover that no empty line parts; a line that begins low continues the one before."""
    blocks = list(blocks)
    spaced = sum(block.blank_before for block in blocks) > 1
    groups: list[Text] = []
    for block in blocks:
        value = block.value
        fixed = _fixed(value) or (bool(groups) and _fixed(groups[-1].value))
        rating_torn = bool(groups) and _TORN_RATING.search(groups[-1].value) is not None
        continues = rating_torn or (
            groups
            and not fixed
            and ((spaced and not block.blank_before) or (value[:1].islower() and not p.complete(groups[-1].value)))
        )
        if continues:
            groups[-1] = join(groups[-1], block.text)
        else:
            groups.append(block.text)
    return groups


def _opens_cover(value: str) -> bool:
    """Tell whether a line is the first of a cover; a memorandum may stand before it."""
    return bool(p.DIVISION.match(value) or p.REPORT_NUMBER.match(value) or p.TITLE_START.match(value)) or (
        _DOCUMENT_TYPE.fullmatch(value) is not None
    )


def _fixed(value: str) -> bool:
    """Tell whether a line of the cover is one of those that every cover prints."""
    return bool(
        p.DIVISION.match(value)
        or p.REPORT_NUMBER.match(value)
        or p.RATING.match(value)
        or p.DATE.match(value)
        or p.ASSIGNMENT.match(value)
        or _DOCUMENT_TYPE.fullmatch(value)
        or _LEFTOVER.fullmatch(value)
    )


def _cut(piece: Text) -> tuple[list[tuple[str, Text, str]], list[Text]]:
    """Return the fixed parts of a line of the cover (name, words, value) and what is left of it."""
    number, assignment, rating = (f.search(piece.value) for f in (p.REPORT_NUMBER, p.ASSIGNMENT, p.RATING))
    matches: list[tuple[str, re.Match[str], str]] = []
    if number:
        matches.append(("number", number, f"{number.group(1)}/{number.group(2)}"))
    if assignment:
        matches.append(("assignment", assignment, _digits(assignment.group(1))))
    if rating:
        matches.append(("overall_rating", rating, " ".join(rating.group(1).lower().split())))
    cuts = [m.span() for m in p.DIVISION.finditer(piece.value)] + [m.span() for _, m, _ in matches]
    date = p.DATE.search(piece.value)
    if date and (len(piece) - len(date.group()) < _DATE_LINE or cuts):
        matches.append(("issued", date, dates.parse(date.group()) or ""))
        cuts.append(date.span())
    left: list[Text] = []
    at = 0
    for start, end in sorted([*cuts, (len(piece), len(piece))]):
        part = piece[at:start].squeezed() if start > at else Text.empty()
        fixed = _DOCUMENT_TYPE.fullmatch(part.value) or _LEFTOVER.fullmatch(part.value)
        if part.value.strip(" .:-–") and not fixed:
            left.append(part)
        at = max(at, end)
    return [(name, piece[m.start() : m.end()], value) for name, m, value in matches], left


def _keep(draft: Draft, fixed: list[tuple[str, Text, str]], found: dict[str, Said[str]]) -> None:
    for name, text, value in fixed:
        draft.add("cover", ProseKind.RATING if name == "overall_rating" else ProseKind.NOTE, text)
        found.setdefault(name, draft.said("cover", text, value))


def _digits(assignment: str) -> str:
    """Return an assignment number with its digits as digits: scanned copies read `AP2OO8/634/O2`."""
    compact = assignment.replace(" ", "")
    return compact[:2] + compact[2:].replace("O", "0")
