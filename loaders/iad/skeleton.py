"""Read a source as a report of the Internal Audit Division: its structure, before its sentences."""

from __future__ import annotations

import re

from auditgraph.loaders.document import Block, BlockKind, document_of, untiled
from auditgraph.loaders.iad import patterns as p
from auditgraph.loaders.iad.annexes import read_annexes
from auditgraph.loaders.iad.body import read_body
from auditgraph.loaders.iad.cover import read_cover
from auditgraph.loaders.iad.later import later_rows
from auditgraph.loaders.iad.places import Draft
from auditgraph.loaders.iad.title import is_title
from auditgraph.loaders.iad.zones import zones_of
from auditgraph.loaders.source import Source
from auditgraph.model import ProseKind, Skeleton

__all__ = ["skeleton"]

_SIGNATURE = re.compile(
    r"\(\s?signed\s?\)|(?:Director|Chief|Officer[- ]in[- ]Charge)\b|Internal Audit Division"
    r"|Office of Internal Oversight",
    re.I,
)


def skeleton(source: Source) -> Skeleton:
    """Return the structure of a report; what is odd about it stands in the warnings."""
    document = document_of(source)
    draft = Draft(document)
    zones = zones_of(document.blocks)
    cover = read_cover(draft, zones.cover, zones.summary + zones.body[:3])
    title = cover.title.value if cover.title else ""
    _summary(draft, zones.summary, title)
    blocks, signature = _signature(zones.body)
    body = read_body(draft, blocks, title)
    own = tuple(said.value for said in (cover.number, cover.assignment) if said)
    annexes = read_annexes(draft, (*signature, *zones.end), title, own)
    for span in untiled(document):
        draft.warn("document", f"characters {span.start} to {span.end} belong to no part of the report")
    return Skeleton(
        source=source.text,
        info=source.info,
        prose=tuple(run for run in draft.prose if run.text),
        number=cover.number,
        assignment=cover.assignment,
        title=cover.title,
        headline=cover.headline,
        issued=cover.issued,
        overall_rating=cover.overall_rating,
        paragraphs=body.paragraphs,
        findings=body.findings,
        recommendations=body.recommendations,
        annex_rows=annexes.annex_rows,
        appendix_rows=annexes.appendix_rows,
        letter=annexes.letter,
        later=tuple(later_rows(document, own, title, cover.issued)),
        warnings=tuple(draft.warnings),
        page_starts=source.page_starts,
    )


def _summary(draft: Draft, blocks: tuple[Block, ...], title: str) -> None:
    """Keep the executive summary: paragraphs and bullets, torn pieces joined."""
    open_run: int | None = None
    for block in blocks[1:]:
        value = block.value
        if block.kind is BlockKind.FURNITURE or (title and is_title(value, title)):
            continue
        if block.kind is BlockKind.ROW:
            draft.leave("executive summary", block)
            continue
        bullet = p.BULLET.match(value)
        before = draft.prose[open_run].text.value if open_run is not None else ""
        if before and not bullet and (value[:1].islower() or not p.complete(before)) and not value.isupper():
            draft.extend(open_run or 0, block.text)
            continue
        kind = ProseKind.ITEM if bullet else ProseKind.NOTE if p.FORMULA_NOTE.match(value) else ProseKind.PARAGRAPH
        if draft.add("executive summary", kind, block.text[bullet.end() :] if bullet else block.text):
            open_run = len(draft.prose) - 1 if kind is not ProseKind.NOTE else open_run


def _signature(body: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Part the signature from the end of the body: short lines after the last paragraph."""
    at = len(body)
    for i in range(len(body) - 1, max(0, len(body) - 12), -1):
        value = body[i].value
        if body[i].kind is BlockKind.FURNITURE:
            continue
        if body[i].kind is BlockKind.ROW or p.NUMBERED.match(value) or p.SECTION.fullmatch(value) or len(value) > 200:
            break
        if p.complete(value) and not p.SIGNED.search(value):
            break
        at = i
    tail = body[at:]
    return (body[:at], tail) if any(_SIGNATURE.search(b.value) for b in tail) else (body, ())
