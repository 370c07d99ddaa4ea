"""Tear a report at random where pages end: in paragraphs, recommendations, responses, and rows of its annexes."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from fictional.source import Block, Source, whole

__all__ = ["torn"]

_KINDS = frozenset({"paragraph", "bullet", "recommendation", "response", "prose"})
_LEAST = 12  # words on each side of a tear in running text
# A page may end before these too, but then nobody can tell the rest from a list item, number or heading.
_STARTS = re.compile(r"[(\d•-]|[ivx]+\.|[A-Z]\.")


def torn(source: Source, seed: int, often: float = 0.3) -> Source:
    """Return a report with other tears: each text and row torn with probability `often`, the same for one seed."""
    dice = random.Random(f"{source.name} {seed}")
    return replace(source, blocks=tuple(_block(block, dice, often) for block in source.blocks))


def _block(block: Block, dice: random.Random, often: float) -> Block:
    if block.table and block.table.kind in ("annex", "appendix"):
        rows = [_row(row, dice) if dice.random() < often else tuple(map(whole, row)) for row in block.table.rows]
        return replace(block, table=replace(block.table, rows=tuple(rows)))
    if block.kind in _KINDS and dice.random() < often:
        return replace(block, text=_text(block.text, dice, _LEAST))
    return block


def _row(row: tuple[str, ...], dice: random.Random) -> tuple[str, ...]:
    """Tear a row's long cells at about the same line, as a page does; short ones stay on the first page."""
    return tuple(_text(cell, dice, 4) if len(cell.split()) > 9 else whole(cell) for cell in map(whole, row))


def _text(text: str, dice: random.Random, least: int) -> str:
    words = re.sub(r"\s+//\s+", " ", text).split(" ")
    places = [at for at in range(least, len(words) - least) if not _STARTS.match(words[at])]
    if not places:
        return text
    at = dice.choice(places)
    return " ".join([*words[:at], "//", *words[at:]])
