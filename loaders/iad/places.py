"""Collect the prose of a report in reading order, and make evidence for what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditgraph.loaders.document import Block, Document, join
from auditgraph.loaders.markup import clean, strip_marks
from auditgraph.model import Passage, Prose, ProseKind, Said, Text, Warn

__all__ = ["Draft"]

# What parts the lines and cells of a letter: tags, tabs, pipes, wide gaps.
_LETTER_BREAK = re.compile(r"</?(?:p|br|li|ol|ul|div|tr|td|th)\b[^>]{0,200}>|\t|\|| {3,}", re.I)
# The first cell of a row of a list of abbreviations.
_ACRONYM = re.compile(r"[A-Z][\w/&-]{1,11}")
_WIDE_GAP = re.compile(r"\S {3,}\S")


@dataclass(slots=True)
class Draft:
    """What has been read so far: prose, warnings, and the blocks that were furniture."""

    document: Document
    prose: list[Prose] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)

    def add(self, place: str, kind: ProseKind, text: Text, column: str = "") -> Prose | None:
        """Keep a run of prose; marks of footnotes go. Returns None where nothing is left."""
        text = strip_marks(text).stripped()
        if not text:
            return None
        prose = Prose(place, kind, text, column)
        self.prose.append(prose)
        return prose

    def extend(self, index: int, more: Text) -> Prose:
        """Join a torn piece to the run of prose at `index`."""
        old = self.prose[index]
        text = join(old.text, strip_marks(more).stripped())
        self.prose[index] = Prose(old.place, old.kind, text, old.column)
        return self.prose[index]

    def passages(self, place: str, text: Text) -> tuple[Passage, ...]:
        """Return where a text stands in the source."""
        return self.document.source.passages(place, text)

    def said(self, place: str, text: Text, value: str | None = None) -> Said[str]:
        """Return a value (the text itself unless given) that rests on a text."""
        return Said(text.value if value is None else value, self.passages(place, text))

    def warn(self, place: str, message: str) -> None:
        """Keep a warning, once."""
        warning = Warn(place, message)
        if warning not in self.warnings:
            self.warnings.append(warning)

    def leave(self, place: str, block: Block) -> None:
        """Keep a block that belongs to no known part of a report, as a note at its place."""
        if len(block.cells) == 2 and _ACRONYM.fullmatch(block.cells[0].value):
            self.add(place, ProseKind.CELL, Text.joined(block.cells, "\t"), "table")
            return
        wide = any(_WIDE_GAP.search(line.raw.strip()) for line in block.lines)
        for text in block.cells or (self.pieces(block) if wide else (block.text,)):
            self.add(place, ProseKind.NOTE, text)

    def pieces(self, block: Block) -> Iterator[Text]:
        """Yield the lines and cells of a letter or memorandum one by one: a line may hold several."""
        source = self.document.source.text
        for line in block.lines:
            at = line.span.start
            raw = source[line.span.start : line.span.end]
            for match in [*_LETTER_BREAK.finditer(raw), None]:
                end = line.span.start + (match.start() if match else len(raw))
                yield clean(Text.of(source[at:end], at)).squeezed()
                at = line.span.start + match.end() if match else end
