"""Skeletons made by hand: runs of prose with places, as the structure of a report would yield them."""

from __future__ import annotations

from collections.abc import Iterable

from auditgraph.model import AppendixRow, Prose, ProseKind, Said, Skeleton, SourceInfo
from auditgraph.text import Text

TITLE = "Audit of fuel management in the United Nations Mission in Zubara"
FIRST = (
    "The Office of Internal Oversight Services (OIOS) conducted an audit of fuel management in the United Nations "
    "Mission in Zubara (UNMIZ)."
)


def skeleton_of(
    *paragraphs: str,
    title: str = TITLE,
    lines: Iterable[tuple[ProseKind, str]] = (),
    officials: Iterable[tuple[str, str]] = (),
) -> Skeleton:
    """Return a skeleton of a title, numbered paragraphs (lines below the first are items), lines and officials."""
    source = ""
    prose: list[Prose] = []
    rows: list[AppendixRow] = []

    def add(place: str, kind: ProseKind, text: str, column: str = "") -> Text:
        nonlocal source
        kept = Text.of(text, len(source))
        prose.append(Prose(place, kind, kept, column))
        source += text + "\n"
        return kept

    if title:
        add("cover", ProseKind.TITLE, title)
    for number, paragraph in enumerate(paragraphs, 1):
        first, *items = paragraph.split("\n")
        add(str(number), ProseKind.PARAGRAPH, first)
        for item in items:
            add(str(number), ProseKind.ITEM, item)
    for kind, line in lines:
        add("signature" if kind is ProseKind.SIGNATURE else "appendix I", kind, line)
    cells = [(number, add(f"appendix I rec {number}", ProseKind.CELL, cell, "official")) for number, cell in officials]
    skeleton = Skeleton(source, SourceInfo("made.txt", "", "text/plain"), tuple(prose))
    for number, text in cells:
        said = Said(text.value, skeleton.passages_of(f"appendix I rec {number}", text))
        rows.append(AppendixRow("appendix I", number, officials=said))
    return Skeleton(source, skeleton.info, skeleton.prose, appendix_rows=tuple(rows))
