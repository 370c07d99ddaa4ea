"""Read the cover: number, assignment, title, headline, rating and date, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from auditgraph.loaders.document import Block, BlockKind, join
from auditgraph.loaders.extract import dates
from auditgraph.loaders.iad import patterns as p
from auditgraph.loaders.iad.places import Draft
from auditgraph.model import ProseKind, Said, Text

__all__ = ["Cover", "is_title", "read_cover"]

_TITLE_LINES = 4
# The summary's title may put `Audit of` before what the cover prints.
_AUDIT_OF = re.compile(r"^Audit of (?:the )?", re.I)
# `FINAL OVERALL RATING: PARTIALLY`, with the rest on the next line.
_TORN_RATING = re.compile(r"OVERALL\s+RATING\s*:?\s*(?:PARTIALLY)?\s*$", re.I)
_SAME_TITLE = 92  # per cent of likeness above which two lines are one title
_DOCUMENT_TYPE = re.compile(
    r"(?:FINAL\s+)?(?:DETAILED\s+)?(?:AUDIT\s+)?REPORT|RISK ASSESSMENT|UNITED NATIONS|NATIONS UNIES|OIOS", re.I
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
    pieces = _groups(b for b in blocks[start:front] if b.kind is BlockKind.PROSE)
    found: dict[str, Said[str]] = {}
    rest: list[Text] = []
    for piece in pieces:
        rest += _take(draft, piece, found)
    title, headline = _title_and_headline(rest, later)
    if title is not None and "title" not in found:
        draft.add("cover", ProseKind.TITLE, title)
        found["title"] = draft.said("cover", title)
    if headline is not None:
        draft.add("cover", ProseKind.HEADLINE, headline)
        found["headline"] = draft.said("cover", headline)
    for block in blocks:
        if block.kind is BlockKind.ROW:
            _take(draft, Text.joined(block.cells), found)
    for block in (*blocks[:start], *blocks[front:]):
        draft.leave("cover", block)
    return Cover(**found)


def is_title(value: str, title: str) -> bool:
    """Tell whether a line repeats a report's title, as running headers do with a slip or two."""
    value, title = _AUDIT_OF.sub("", value), _AUDIT_OF.sub("", title)
    return abs(len(value) - len(title)) < 30 and fuzz.ratio(value.lower(), title.lower()) >= _SAME_TITLE


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


def _take(draft: Draft, piece: Text, found: dict[str, Said[str]]) -> list[Text]:
    """Take the fixed parts out of a line of the cover; return what is left of it."""
    cuts: list[tuple[int, int]] = [m.span() for m in p.DIVISION.finditer(piece.value)]

    def keep(name: str, match: re.Match[str] | None, value: str) -> None:
        if match is None:
            return
        cuts.append(match.span())
        text = piece[match.start() : match.end()]
        draft.add("cover", ProseKind.RATING if name == "overall_rating" else ProseKind.NOTE, text)
        found.setdefault(name, draft.said("cover", text, value))

    number = p.REPORT_NUMBER.search(piece.value)
    keep("number", number, f"{number.group(1)}/{number.group(2)}" if number else "")
    assignment = p.ASSIGNMENT.search(piece.value)
    keep("assignment", assignment, _digits(assignment.group(1)) if assignment else "")
    rating = p.RATING.search(piece.value)
    keep("overall_rating", rating, " ".join(rating.group(1).lower().split()) if rating else "")
    date = p.DATE.search(piece.value)
    if date and (len(piece) - len(date.group()) < 60 or cuts):
        keep("issued", date, dates.parse(date.group()) or "")
    left: list[Text] = []
    at = 0
    for start, end in sorted([*cuts, (len(piece), len(piece))]):
        part = piece[at:start].squeezed() if start > at else Text.empty()
        if (
            part.value.strip(" .:-–")
            and not _DOCUMENT_TYPE.fullmatch(part.value)
            and not _LEFTOVER.fullmatch(part.value)
        ):
            left.append(part)
        at = max(at, end)
    return left


def _digits(assignment: str) -> str:
    """Return an assignment number with its digits as digits: scanned copies read `AP2OO8/634/O2`."""
    compact = assignment.replace(" ", "")
    return compact[:2] + compact[2:].replace("O", "0")


def _title_and_headline(rest: list[Text], later: tuple[Block, ...]) -> tuple[Text | None, Text | None]:
    """Tell title from headline: the title is what later pages repeat, or what begins like one."""
    lines = [b.text for b in later if b.kind is BlockKind.PROSE]
    for count in range(min(_TITLE_LINES, len(rest)), 0, -1):
        for first in range(len(rest) - count + 1):
            title = Text.joined(rest[first : first + count])
            again = _repeated(title.value, [*rest[first + count :], None, *lines])
            if again is not None and len(title) > 12:
                start, end = again
                after = [piece for i, piece in enumerate(rest[first + count :]) if not start <= i < end]
                return title, _joined(_once(after, title))
    at = next((i for i, piece in enumerate(rest) if p.TITLE_START.match(piece.value)), None)
    if at is not None:
        return rest[at], _joined(_once(rest[at + 1 :], rest[at]))
    repeated = next((line for line in lines if p.TITLE_START.match(line.value) and not p.complete(line.value)), None)
    if repeated is not None:
        return repeated, _joined(rest)
    return (rest[0], _joined(rest[1:])) if rest else (None, None)


def _repeated(title: str, pieces: list[Text | None]) -> tuple[int, int] | None:
    """Return which pieces in a row say a title again; None parts the cover from the later pages."""
    for i in range(len(pieces)):
        for count in range(1, _TITLE_LINES + 1):
            run = pieces[i : i + count]
            if None in run or len(run) < count:
                break
            if is_title(" ".join(t.value for t in run if t is not None), title):
                return i, i + count
    return None


def _once(pieces: list[Text], title: Text) -> list[Text]:
    """Leave out the title where it stands again on the next page."""
    return [piece for piece in pieces if not is_title(piece.value, title.value)]


def _joined(pieces: list[Text]) -> Text | None:
    return Text.joined(pieces) if pieces else None
