"""Read what a report says of the state of recommendations that earlier reports made: in sentences and in tables.

Only where one place names both the earlier report and the recommendation: a sentence, a row, or a row under a heading
that names the report. Whatever management says of it, or is asked, is not a state that the report tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditgraph.loaders.document import Block, BlockKind, Document
from auditgraph.loaders.extract.reading import runs, sentences
from auditgraph.loaders.followup.columns import columns_of, names_reports
from auditgraph.loaders.followup.references import Reference, bare, numbers_of, reference_in, references_in
from auditgraph.loaders.followup.rows import Table
from auditgraph.loaders.followup.states import state_said
from auditgraph.loaders.iad import patterns as p
from auditgraph.loaders.iad.title import is_title
from auditgraph.model import LaterStatus, ProseKind, Said, Skeleton, Text

__all__ = ["captioned", "later_rows", "later_sentences", "of_earlier_reports"]

_LONGEST_HEADING = 250
_REPORT = re.compile(r"\breport|assignment|\baudit (?:no|number|code|ref)", re.I)
_RECOMMENDATIONS = re.compile(r"recommendations?", re.I)
_NUMBERS = r"\d{1,2}(?:\s*(?:,|,?\s+and|to|[-–])\s*\d{1,2})*"
_NUMBERED = re.compile(
    rf"\brecommendations?\s+(?:no(?:s|\.)?\s*)?(?P<numbers>{_NUMBERS})\b(?!\s*(?:per cent|%|\())", re.I
)
# "report 2031/007", "audit report No. AP2030/699/01", "OIOS report on fuel (2031/007)".
_NAMES_REPORT = re.compile(r"\b(?:report|audit|assignment)\b", re.I)
# What is asked, planned, doubted, or told by somebody else.
_NOT_TOLD = re.compile(
    r"\b(?:should|shall|will|would|may|might|could|must|if|whether|unless|until|once|when|expected|planned|at the time"
    r"|stated|indicated|advised|informed|claimed|explained|commented|reported that|according to|confirm(?:ed)? that"
    r"|which|that (?:was|were|is|are|had|has)|whose|except)\b",
    re.I,
)


def captioned(value: str, own: Sequence[str], title: str) -> Reference | None:
    """Return the earlier report that a heading names as the one whose recommendations follow.

    >>> captioned("ANNEX II Status of recommendations in report 2031/007", ("2033/020",), "Audit of stores")
    Reference(report='2031/007', assignment='')
    >>> captioned("STATUS OF AUDIT RECOMMENDATIONS", ("2033/020",), "Audit of stores")
    """
    if len(value) > _LONGEST_HEADING or not _RECOMMENDATIONS.search(value) or p.complete(value):
        return None
    found = reference_in(value, own)
    # A follow-up audit's own title names the earlier report too: what stands under it is its own.
    return None if found is None or (title and (title in value or is_title(value, title))) else found


def of_earlier_reports(cells: Sequence[Text]) -> bool:
    """Tell whether a row is the header of a table whose rows name the reports that their recommendations are from."""
    return len(cells) > 2 and any(_REPORT.search(cell.value) for cell in cells) and names_reports(columns_of(cells))


def _names_others(source: str, own: Sequence[str]) -> bool:
    """Tell whether a text names any report but its own: most do not, and need no closer look."""
    mine = set(map(bare, own))
    return any(bare(name) not in mine for names in references_in(source) for name in names)


def later_rows(document: Document, own: Sequence[str], title: str, issued: Said[str] | None) -> Iterator[LaterStatus]:
    """Yield what the tables of a report say of earlier reports' recommendations, as of its date of issue."""
    source = document.source
    if not _names_others(source.text, own):
        return
    place = "body"
    table = Table(source.passages, lambda reference, number: place)
    for block in document.blocks:
        if block.kind is BlockKind.ROW:
            _row(table, block)
        elif block.kind is BlockKind.PROSE:
            place = _place(place, block)
            if _is_heading(block):
                table.end()
                found = captioned(block.value, own, title)
                table.caption = (found, block.text) if found else None
    mine = set(map(bare, own))
    for said in table.found:
        if not {bare(said.report), bare(said.assignment)} & mine:
            yield said if said.said_on or issued is None else replace(said, said_on=_derived(issued))


def _row(table: Table, block: Block) -> None:
    columns = columns_of(block.cells)
    if columns:
        table.columns = columns if names_reports(columns) or table.caption else ()
    elif table.columns:
        table.row(block.cells)


def _is_heading(block: Block) -> bool:
    return len(block.value) <= _LONGEST_HEADING and not p.complete(block.value)


def _place(before: str, block: Block) -> str:
    """Return the place of what follows a block, by the contract's names."""
    value = block.value
    if annex := p.ANNEX.fullmatch(value) if _is_heading(block) else None:
        return f"annex {annex[1] or 'I'}"
    if appendix := p.APPENDIX.fullmatch(value) if _is_heading(block) else None:
        return f"appendix {appendix[1] or 'I'}"
    number = p.NUMBERED.match(value)
    return number[1] if number and not before.startswith(("annex", "appendix")) else before


def later_sentences(skeleton: Skeleton) -> Iterator[LaterStatus]:
    """Yield what the sentences of a report say of earlier reports' recommendations, as of its date of issue."""
    own = [said.value for said in (skeleton.number, skeleton.assignment) if said]
    if not _names_others(skeleton.source, own):
        return
    for run in runs(skeleton):
        if run.kind not in (ProseKind.PARAGRAPH, ProseKind.ITEM) or not _NUMBERED.search(run.text.value):
            continue
        if not any(references_in(run.text.value)):
            continue
        for sentence in sentences(run):
            yield from _told(skeleton, own, run.text, run.place, sentence.start, sentence.end)


def _told(
    skeleton: Skeleton, own: Sequence[str], text: Text, place: str, start: int, end: int
) -> Iterator[LaterStatus]:
    value = text.value[start:end]
    reference = reference_in(value, own)
    named = list(_NUMBERED.finditer(value))
    if reference is None or len(named) != 1 or _NOT_TOLD.search(value) or not _NAMES_REPORT.search(value):
        return
    if any(bare(name) in bare(value) for name in own):
        return
    told = state_said(value, named[0].end())
    if told is None or state_said(value, told[2]) is not None:  # two states: which is whose is not sure
        return
    (status, reason), first, last = told
    evidence = skeleton.passages_of(place, text, start, end)
    words = skeleton.passages_of(place, text, start + first, start + last)
    for number in numbers_of(named[0]["numbers"]):
        yield LaterStatus(
            report=reference.report,
            assignment=reference.assignment,
            number=number,
            place=place,
            evidence=evidence,
            words=Said(value[first:last], words),
            status=Said(status, words),
            closing_reason=Said(reason, words) if reason else None,
            said_on=_derived(skeleton.issued) if skeleton.issued else None,
        )


def _derived(issued: Said[str]) -> Said[str]:
    """Return the date of issue as that of what the document says."""
    return Said(issued.value, issued.evidence, derived=True)
