"""Part the blocks of a report into cover, summary, body and annexes, by its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditgraph.loaders.document import Block, BlockKind
from auditgraph.loaders.iad import patterns as p
from auditgraph.loaders.iad.headers import is_header

__all__ = ["Zones", "zones_of"]


# A list of abbreviations on a page of its own, behind the contents.
_ABBREVIATIONS = re.compile(r"(?:LIST OF )?(?:ABBREVIATIONS|ACRONYMS)(?: AND (?:ABBREVIATIONS|ACRONYMS))?", re.I)


@dataclass(frozen=True, slots=True)
class Zones:
    """The blocks of each zone, in order. `contents` is furniture."""

    cover: tuple[Block, ...]
    summary: tuple[Block, ...]
    contents: tuple[Block, ...]
    body: tuple[Block, ...]
    end: tuple[Block, ...]


def zones_of(blocks: tuple[Block, ...]) -> Zones:
    """Part a report's blocks; a zone that it lacks is empty."""
    opening = _opening(blocks)
    end = next((i for i in range(opening, len(blocks)) if _ends_body(blocks, i)), len(blocks))
    heads = blocks[:opening]
    summary = next((i for i, b in enumerate(heads) if p.SUMMARY.fullmatch(b.value)), None)
    contents = next((i for i, b in enumerate(heads) if p.CONTENTS.fullmatch(b.value.replace("\t", " "))), None)
    marks = sorted(i for i in (summary, contents) if i is not None)
    first = marks[0] if marks else _body_title(heads)
    after_contents = next((i for i in marks if contents is not None and i > contents), None)
    contents_end = after_contents if after_contents is not None else _contents_end(heads, contents)
    summary_end = contents if summary is not None and contents is not None and contents > summary else len(heads)
    lead = contents_end if after_contents is None and contents is not None else len(heads) if marks else first
    return Zones(
        cover=heads[:first],
        summary=heads[summary:summary_end] if summary is not None else (),
        contents=heads[contents:contents_end] if contents is not None else (),
        body=heads[lead:] + blocks[opening:end],
        end=blocks[end:],
    )


def _opening(blocks: tuple[Block, ...]) -> int:
    """Return where the body begins: at its first heading that prose follows, else at paragraph 1."""
    for i, block in enumerate(blocks):
        if block.kind is BlockKind.PROSE and p.OPENING.fullmatch(block.value):
            following = next((b for b in blocks[i + 1 :] if b.kind is not BlockKind.FURNITURE), None)
            if following is not None and following.kind is BlockKind.PROSE and len(following.value) > 80:
                return i
    for i, block in enumerate(blocks):
        number = p.NUMBERED.match(block.value)
        if block.kind is BlockKind.PROSE and number and number.group(1) == "1" and len(block.value) > 60:
            return i
    return next((i for i in range(len(blocks)) if _ends_body(blocks, i)), len(blocks))


def _contents_end(heads: tuple[Block, ...], contents: int | None) -> int:
    """Return where the table of contents ends: what follows is the title that the body repeats."""
    if contents is None:
        return len(heads)
    for i in range(contents + 1, len(heads)):
        value = heads[i].value
        if p.TITLE_START.match(value) and len(value) > 40 and not value.rstrip()[-1:].isdigit():
            return i
        if _ABBREVIATIONS.fullmatch(value):
            return i
    return len(heads)


def _body_title(heads: tuple[Block, ...]) -> int:
    """Return where a repeated title begins right before the body, in a report without summary and contents."""
    starts = [i for i, b in enumerate(heads) if p.TITLE_START.match(b.value)]
    return starts[-1] if len(starts) > 1 else len(heads)


def _ends_body(blocks: tuple[Block, ...], i: int) -> bool:
    block = blocks[i]
    if block.kind is BlockKind.ROW:
        return is_header(block.cells)
    value = block.value
    if block.kind is not BlockKind.PROSE or len(value) > 200:
        return False
    annex = p.ANNEX.fullmatch(value) or p.APPENDIX.fullmatch(value)
    if annex is not None:
        return not p.complete(value) and (annex.group(1) is not None or not annex.group("rest").strip())
    return p.STATUS.fullmatch(value) is not None or (
        p.MANAGEMENT_RESPONSE.fullmatch(value) is not None and value.isupper()
    )
