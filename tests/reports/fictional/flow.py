"""Turn a source into the run of pieces that every format prints: cover, headings, paragraphs, tables, page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fictional.source import Source, Table

__all__ = ["Piece", "flow"]

_SUPERSCRIPTS = "¹²³⁴"


@dataclass(frozen=True)
class Piece:
    """What is printed next; `kind`: cover, title, h1-h3, paragraph, bullet, recommendation, response, prose, toc,
    caption, signature, note, line, table or page."""

    kind: str
    text: str = ""
    number: str = ""
    table: Table | None = None


def flow(source: Source) -> Iterator[Piece]:
    """Yield the pieces of a report in reading order."""
    yield from _cover(source)
    for block in source.blocks:
        if block.kind == "page":
            yield Piece("page")
        elif block.kind == "title":
            yield Piece("page")
            if source.form == "2013":
                yield Piece("line", "AUDIT REPORT")
            yield Piece("title", source.head.get("inner", source.head["title"]))
        elif block.kind == "toc":
            yield from _contents(source)
        elif block.kind == "letter":
            yield Piece("page")
            yield Piece("annex", block.text)
        elif block.kind == "annex":
            yield Piece("page")
            yield Piece("annex", block.text or "ANNEX I")
            yield Piece("h1", "STATUS OF AUDIT RECOMMENDATIONS")
            yield Piece("title", source.head["title"])
            yield Piece("table", table=block.table)
        elif block.kind == "appendix":
            if not block.text.endswith(" again"):
                yield Piece("page")
                yield Piece("annex", block.text)
            yield Piece("page")
            yield Piece("h1", "Management Response")
            yield Piece("title", source.head["title"])
            yield Piece("table", table=block.table)
        elif block.kind == "assessment":
            yield Piece("table", table=block.table)
        else:
            yield Piece(block.kind, block.text, block.number, block.table)


def _cover(source: Source) -> Iterator[Piece]:
    head = source.head
    if head.get("cover") == "none":
        return
    number = head.get("number", "")
    word = {"2017": "REPORT", "2013": head.get("word", "REPORT")}.get(source.form, "AUDIT REPORT")
    yield Piece("cover", "INTERNAL AUDIT DIVISION")
    yield Piece("cover", f"{word} {number}".strip())
    yield Piece("cover", head["title"])
    if "headline" in head:
        yield Piece("cover", head["headline"])
    if "rating" in head:
        yield Piece("cover", f"FINAL OVERALL RATING: {head['rating']}")
    yield Piece("cover", head["issued"])
    yield Piece("cover", f"Assignment No. {head['assignment']}")
    yield Piece("page")
    if source.form == "2017":
        yield Piece("title", head["title"])


def _contents(source: Source) -> Iterator[Piece]:
    if source.form != "2009":
        yield Piece("page")
    yield Piece("h1", "TABLE OF CONTENTS" if source.form == "2009" else "CONTENTS")
    yield Piece("toc", "Chapter", "Paragraphs" if source.form == "2009" else "Page")
    entries: list[list[str]] = []
    numbers: list[list[str]] = []
    annexes = []
    for block in source.blocks:
        if block.kind in ("h1", "h2") and re.match(r"[IVX]+\. |[A-Z]\. ", block.text):
            entries.append([block.kind, block.text])
            numbers.append([])
        elif block.kind == "paragraph":
            for index in range(len(numbers) - 1, -1, -1):
                numbers[index].append(block.number)
                if entries[index][0] == "h1":
                    break
        elif block.kind in ("annex", "appendix", "letter") and not block.text.endswith("again"):
            what = "Status of audit recommendations" if block.kind == "annex" else "Management response"
            annexes.append((block.text or "ANNEX I", what))
    for (kind, text), paragraphs in zip(entries, numbers, strict=True):
        first, last = (paragraphs or ["1"])[0], (paragraphs or ["1"])[-1]
        if source.form != "2009":  # about five paragraphs a page
            first, last = str(int(first) // 5 + 1), str(int(last) // 5 + 1)
        yield Piece("toc", ("    " if kind == "h2" else "") + text, first if first == last else f"{first}-{last}")
    for name, what in annexes:
        yield Piece("toc", f"{name} {what}")
