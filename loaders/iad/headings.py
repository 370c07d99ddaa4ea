"""Tell headings from torn sentences: by how they end, and by what they head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditgraph.loaders.document import Block, BlockKind
from auditgraph.loaders.iad import patterns as p

__all__ = ["BARE_LABEL", "FOOTNOTE", "LONGEST", "SHORT", "heads", "may_be_heading"]

LONGEST = 320  # characters of a heading
SHORT = 120  # characters of a heading in a report whose paragraphs have no numbers
_AHEAD = 12  # blocks to look at behind a heading
_IN_A_ROW = 4  # headings that stand right behind each other
# `12.` or `3 .` alone on its line: the label of what follows.
BARE_LABEL = re.compile(r"\d{1,3}\s?\.")
# `² Important recommendations`, `1 OIOS defined`: but not a torn `1 January 2012`.
FOOTNOTE = re.compile(rf"[⁰¹²³⁴-⁹]+\s*\S|\d{{1,2}}\s+(?!(?:{p.MONTHS})\b)(?=[A-Z“][a-z])")
# A heading torn over two pages ends like this, and goes on low; a torn sentence ends like this too.
_UNFINISHED = re.compile(r"(?:[,–-]|\s(?:the|of|and|an?))$")


def may_be_heading(blocks: Sequence[Block], i: int) -> bool:
    """Tell whether a block has the form of a heading: short, begins high, no full stop."""
    value = blocks[i].value
    begins = value[:1].isupper() or value[:1] in "“\"‘'"
    if not begins or len(value) > LONGEST or p.complete(value) or p.BULLET.match(value):
        return False
    if _UNFINISHED.search(value):
        rest = next((b.value for b in blocks[i + 1 : i + 4] if b.kind is BlockKind.PROSE), "")
        return rest[:1].islower() and not p.complete(rest)
    return True


def heads(blocks: Sequence[Block], i: int, due: range, in_a_row: int = _IN_A_ROW) -> bool:
    """Tell whether what follows block `i`, asides left out, begins with a label or is a heading that heads something.

    `due` are the numbers that the next paragraph may have.
    """
    after = blocks[i + 1 : i + _AHEAD]
    following = next((b for b in after if b.kind is not BlockKind.FURNITURE), None)
    if following is not None and following.kind is BlockKind.ROW:
        return False  # the title of a table
    for j, block in enumerate(after, i + 1):
        value = block.value
        if block.kind is not BlockKind.PROSE or p.CAPTION.match(value) or FOOTNOTE.match(value):
            continue
        number = p.NUMBERED.match(value)
        if number:
            return int(number.group(1)) in due
        if BARE_LABEL.fullmatch(value) or p.SECTION.fullmatch(value) or p.AREA.fullmatch(value):
            return True
        if value[:1].islower() and len(value) < LONGEST and not p.complete(value):
            continue  # the second line of a heading
        other = p.RECOMMENDATION.match(value) or p.BULLET.match(value) or p.complete(value) or len(value) > LONGEST
        return not other and value[:1].isupper() and in_a_row > 0 and heads(blocks, j, due, in_a_row - 1)
    return False
