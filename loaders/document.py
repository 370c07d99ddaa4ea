"""A source cut into blocks that tile it: prose, table rows and page furniture, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from auditgraph.loaders.lines import Line, lines_of
from auditgraph.loaders.running import without_running_headers
from auditgraph.loaders.source import Source
from auditgraph.text import Span, Text

__all__ = ["Block", "BlockKind", "Document", "document_of", "is_complete", "join", "rejoined", "untiled"]


class BlockKind(StrEnum):
    """What a block is, as far as layout alone tells."""

    PROSE = "prose"
    ROW = "row"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together: a paragraph, heading or item, or one table row."""

    kind: BlockKind
    span: Span
    text: Text
    cells: tuple[Text, ...] = ()
    blank_before: bool = False
    page_break: bool = False
    lines: tuple[Line, ...] = ()

    @property
    def value(self) -> str:
        """Return the cleaned characters of the block on one line (cells parted by tabs)."""
        return self.text.value if not self.cells else "\t".join(c.value for c in self.cells)

    @property
    def marked(self) -> bool:
        """Tell whether the converter marked the block as a heading."""
        return bool(self.lines) and self.lines[0].marked


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a source, in order; their spans cover all of it but white space."""

    source: Source
    blocks: tuple[Block, ...]


# What begins a block of its own even where no empty line stands before it.
_BULLET = r"(?:[-–•▪●■◦·]|\*|o(?=\s+[A-Z]))\s+"
_NUMBERED = re.compile(r"(\d{1,3})\s?\.(?!\d)(?:\s+|(?=[A-Z“\"(])|$)")
_IN_BRACKETS = re.compile(rf"(?:{_BULLET})?\((\d{{1,2}})\)(?:\s+|(?=[A-Z])|$)")
_STARTERS = re.compile(
    rf"{_BULLET}"
    r"|(?:ANNEX|APPENDIX|Annex|Appendix)\s+(?:[IVX]+|\d+)\b"
    r"|(?:Chart|Table|Figure|Graph|Diagram|Box|Picture)\s*\d+\s*[:.–-]"
    r"|Sources?\s*:"
    r"|Recommendations?\s+\d+(?:\s*(?:to|and|[-–])\s*\d+)?\s*[:.]?$"
    r"|[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s*\S"
    r"|\d{1,2} [A-Z][a-z]+ 20\d\d$"
)
_HEADING = re.compile(
    r"(?:[IVX]{1,4}\.\s+[A-Z][A-Z ,/&’'()-]+|[A-H]\.\s+[A-Z][^.;:]{2,120}"
    r"|EXECUTIVE SUMMARY|(?:TABLE OF )?CONTENTS|BACKGROUND|INTRODUCTION|AUDIT RESULTS"
    r"|OBJECTIVE AND SCOPE|ACKNOWLEDGE?MENTS?|STATUS OF (?:AUDIT )?RECOMMENDATIONS"
    r"|MANAGEMENT RESPONSE|Management Response)\s*(?:\d+(?:\s*-\s*\d+)?)?"
)
_COMPLETE = re.compile(r"[.:;?!][”\"’')\]]*[⁰¹²³⁴-⁹]*$")
# `sub-` at the end of a line: the rest of the word is on the next.
_HYPHEN = re.compile(r"\b(\w+)-$")
# `on- line` inside a line was broken by an earlier conversion; `pre- and post-` was not.
_BROKEN_HYPHEN = re.compile(r"(?<=\w)- (?!and\b|or\b|to\b|nor\b|but\b)(?=[a-z])")
# Lines of text are at least _FULL characters long; where many are longer than _LONG, a line is a paragraph.
_FULL = 70
_LONG = 200


@lru_cache(maxsize=1)
def document_of(source: Source) -> Document:
    """Cut a source into blocks: join wrapped lines, part what begins anew, keep every row apart.

    The last one is kept, because one family after the other may look at it.
    """
    lines = without_running_headers(lines_of(source.text))
    full = [len(line.text) for line in lines if len(line.text) > _FULL]
    wrapped = sum(length > _LONG for length in full) <= len(full) / 4
    printed = sorted(len(line.raw) for line in lines if not line.is_row and not line.furniture)
    width = printed[int(len(printed) * 0.9)] if printed else 0
    words = set(re.findall(r"[a-z]{4,}", source.text.lower())) if wrapped else set()
    blocks: list[Block] = []
    run: list[Line] = []
    last_number = last_bracket = 0

    def close() -> None:
        if run:
            blocks.append(_prose(run, words))
            run.clear()

    for line in lines:
        if line.furniture or line.is_row:
            close()
            kind = BlockKind.ROW if line.is_row else BlockKind.FURNITURE
            blocks.append(Block(kind, line.span, Text.empty(), line.cells, line.blank_before, line.page_break, (line,)))
            continue
        numbered, bracketed = _NUMBERED.match(line.text.value), _IN_BRACKETS.match(line.text.value)
        starts = (
            not run
            or line.blank_before
            or line.marked
            or run[-1].marked
            or not wrapped
            or (numbered is not None and int(numbered.group(1)) in (last_number + 1, 1))
            or (bracketed is not None and int(bracketed.group(1)) in (last_bracket + 1, 1))
            or _STARTERS.match(line.text.value) is not None
            or _HEADING.fullmatch(line.text.value) is not None
            or _ends_short(run[-1], line, width)
        )
        if starts:
            close()
            last_number = int(numbered.group(1)) if numbered else last_number
            last_bracket = int(bracketed.group(1)) if bracketed else last_bracket
        run.append(line)
    close()
    return Document(source, tuple(blocks))


def untiled(document: Document) -> tuple[Span, ...]:
    """Return the ranges of the source outside white space that no block covers; none where they tile."""
    text = document.source.text
    missing: list[Span] = []
    at = 0
    for block in [*document.blocks, None]:
        start = block.span.start if block else len(text)
        if start > at and text[at:start].strip():
            missing.append(Span(at, start))
        at = max(at, block.span.end) if block else at
    return tuple(missing)


def is_complete(value: str) -> bool:
    """Tell whether a run of text ends as a sentence or an item of a list does."""
    return _COMPLETE.search(value) is not None


def join(first: Text, second: Text, words: frozenset[str] | set[str] = frozenset()) -> Text:
    """Put two pieces of one sentence together, rejoining a word broken at the end of the line.

    The hyphen goes only where the word is known without it; `risk-` + `based` keeps it.
    """
    hyphen = _HYPHEN.search(first.value) if first.value.endswith("-") else None
    if hyphen and second.value[:1].isalpha():
        head = re.match(r"[a-z]+", second.value)
        if head and (hyphen.group(1) + head.group()).lower() in words:
            return Text.joined([first[: len(first) - 1], second], "")
        return Text.joined([first, second], "")
    return Text.joined([first, second], " ")


def rejoined(text: Text) -> Text:
    """Return the text with words whole that an earlier conversion broke at a hyphen.

    >>> rejoined(Text.of("the on- line course, pre- and post-test")).value
    'the on-line course, pre- and post-test'
    """
    return text.sub(_BROKEN_HYPHEN, "-") if "- " in text.value else text


def _prose(run: list[Line], words: set[str]) -> Block:
    pieces = [line.text for line in run]
    while len(pieces) > 1:  # by twos: one after the other would copy the first line as often as there are lines
        pieces = [join(two[0], two[1], words) if len(two) == 2 else two[0] for two in _by_twos(pieces)]
    text = rejoined(pieces[0])
    span = Span(run[0].span.start, run[-1].span.end)
    return Block(BlockKind.PROSE, span, text, (), run[0].blank_before, run[0].page_break, tuple(run))


def _by_twos(pieces: list[Text]) -> Iterator[list[Text]]:
    return (pieces[at : at + 2] for at in range(0, len(pieces), 2))


def _ends_short(last: Line, line: Line, width: int) -> bool:
    """Tell whether `last` ended before the margin and `line` begins like something new."""
    first_word = line.text.value.split(" ", 1)[0]
    return (
        len(last.raw) + len(first_word) + 1 < 0.75 * width
        and first_word[:1].isupper()
        and not last.text.value.endswith((",", "-", " and", " of", " the", " to", " in", " for"))
    )
