"""Read what follows the body: signature, status annexes, management responses with their letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from auditgraph.loaders.document import Block, BlockKind, join, rejoined
from auditgraph.loaders.extract import dates
from auditgraph.loaders.iad import cells
from auditgraph.loaders.iad import patterns as p
from auditgraph.loaders.iad.headers import columns_of, is_header
from auditgraph.loaders.iad.later import captioned, of_earlier_reports
from auditgraph.loaders.iad.places import Draft
from auditgraph.loaders.iad.title import is_title
from auditgraph.loaders.markup import strip_marks
from auditgraph.model import AnnexRow, AppendixRow, Letter, ProseKind, Text

__all__ = ["Annexes", "read_annexes"]

_ANSWER = re.compile(r"yes|no|partially(?: accepted)?|[CO0]|open|closed", re.I)
_LONG_COLUMNS = ("recommendation", "action", "official", "comments")
_ROW_NUMBER = re.compile(r"\(?(\d{1,2})\s?[.)]?")
_DATE_LINE = re.compile(r"(?:Date\s*:?\s*)?(\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\.?,?\s+20\d\d)")
_REFERENCE = re.compile(r"(?:Our\s+)?Ref(?:erence|\.)?(?:\s+No)?\s*[.:]+\s*(\S.{2,60})", re.I)
_PROVIDED_BY = re.compile(r"Date provided by (?:the )?([A-Z][\w/ &-]{1,60}?)(?:\s+in response\b|[.,;]|$)")
_ROMAN = {
    "1": "I",
    "2": "II",
    "3": "III",
    "4": "IV",
    "5": "V",
    "6": "VI",
    "7": "VII",
    "8": "VIII",
    "9": "IX",
    "10": "X",
}


@dataclass(frozen=True, slots=True)
class Annexes:
    """The rows of the status annexes and of the management responses, in order."""

    annex_rows: tuple[AnnexRow, ...]
    appendix_rows: tuple[AppendixRow, ...]
    letter: Letter | None


@dataclass(slots=True)
class _Row:
    """A row while it is read: the pieces of its cells, by column."""

    table: str
    number: str
    cells: dict[str, Text] = field(default_factory=dict)
    entity: str = ""


class _Reader:
    """Go through the blocks after the body, knowing which annex or appendix is open."""

    def __init__(self, draft: Draft, title: str, own: Sequence[str]) -> None:
        self.draft = draft
        self.title = title
        self.own = own
        self.elsewhere = ""  # what tells that the rows are about an earlier report's recommendations: caption, columns
        self.place = "signature"
        self.columns: tuple[str, ...] = ()
        self.rows: list[_Row] = []
        self.letter_runs: list[Text] = []

    def read(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if block.kind is BlockKind.FURNITURE:
                continue
            if block.kind is BlockKind.ROW:
                self.row(block)
            elif not self.heading(block.value):
                self.prose(block)

    def heading(self, value: str) -> bool:
        """Follow the headings; what each page repeats is furniture."""
        if len(value) > 250 or p.complete(value):
            return False
        self.elsewhere = "caption" if captioned(value, self.own, self.title) else ""
        annex, appendix = p.ANNEX.fullmatch(value), p.APPENDIX.fullmatch(value)
        if annex or appendix:
            match = annex or appendix
            assert match is not None
            numeral = match.group(1) or "I"
            self.open(f"{'annex' if annex else 'appendix'} {_ROMAN.get(numeral, numeral)}")
            return True
        if p.STATUS.fullmatch(value):
            if not self.place.startswith("annex"):
                self.open("annex I")
            return True
        if p.MANAGEMENT_RESPONSE.fullmatch(value):
            if not self.place.startswith("appendix"):
                self.open("appendix I")
            return True
        return bool(self.title) and is_title(value, self.title)

    def open(self, place: str) -> None:
        if place != self.place:
            self.place, self.columns = place, ()

    def row(self, block: Block) -> None:
        if of_earlier_reports(block.cells):
            self.elsewhere = "columns"
        elif self.elsewhere == "columns" and is_header(block.cells):
            self.elsewhere = ""
        if self.elsewhere:
            self.draft.leave(self.place, block)
            return
        if is_header(block.cells):
            self.columns = columns_of(block.cells)
            kind = "appendix" if {"accepted", "official", "comments"} & set(self.columns) else "annex"
            if not self.place.startswith(kind):
                self.open(f"{kind} I")
                self.columns = columns_of(block.cells)
            return
        if not self.columns:
            self.letter(block)
            return
        number = _ROW_NUMBER.fullmatch(block.cells[0].value) if block.cells else None
        if number and self.columns[0] in ("number", ""):
            self.rows.append(_Row(self.place, number.group(1)))
            self.fill(self.rows[-1], zip(self.columns, block.cells, strict=False))
        elif self.answers_again(block):
            # A second entity answers the same recommendation in a row of its own.
            self.rows.append(_Row(self.place, self.rows[-1].number))
            self.fill(self.rows[-1], zip(self.columns, block.cells, strict=False))
        elif self.rows and self.rows[-1].table == self.place:
            self.fill(self.rows[-1], self.aligned(self.rows[-1], block.cells))
        elif not _is_header_rest(block.cells):
            self.draft.leave(self.place, block)

    def answers_again(self, block: Block) -> bool:
        """Tell whether a row without a number says yes or no, open or closed, where the row before it has said so."""
        if not self.rows or self.rows[-1].table != self.place or len(block.cells) < len(self.columns):
            return False
        cells = dict(zip(self.columns, block.cells, strict=False))
        return any(
            _ANSWER.fullmatch(cells[c].value) and c in self.rows[-1].cells for c in ("accepted", "status") if c in cells
        )

    def fill(self, row: _Row, cells: Iterable[tuple[str, Text]]) -> None:
        for column, cell in cells:
            if not cell:
                continue
            name = column or "note"
            row.cells[name] = join(row.cells[name], cell) if name in row.cells else cell

    def aligned(self, row: _Row, cells: Sequence[Text]) -> list[tuple[str, Text]]:
        """Return the columns of a torn row's rest: by position, or in the order of the cells left unfinished."""
        if len(cells) >= len(self.columns) and not (cells[0] and self.columns[0] == "number"):
            return list(zip(self.columns, cells, strict=False))
        open_columns = [c for c in self.columns if c in _LONG_COLUMNS and not _finished(row.cells.get(c))]
        open_columns += [c for c in self.columns if c in _LONG_COLUMNS and c not in open_columns]
        filled = list(cells)
        while filled and not filled[0] and len(filled) > len(open_columns):
            filled.pop(0)
        return list(zip(open_columns, filled, strict=False))

    def prose(self, block: Block) -> None:
        value = block.value
        provided = _PROVIDED_BY.search(value)
        if provided and self.place.startswith("annex"):
            for row in self.rows:
                if row.table == self.place and not row.entity:
                    row.entity = provided.group(1).strip()
        if self.place == "signature":
            self.draft.add(self.place, ProseKind.SIGNATURE, block.text)
        elif p.FORMULA_NOTE.match(value) or (value[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹"):
            self.draft.add(self.place, ProseKind.NOTE, block.text)
        elif self.place.startswith("appendix") and not self.columns:
            self.letter(block)
        else:
            self.draft.leave(self.place, block)

    def letter(self, block: Block) -> None:
        """Keep the lines of a letter or facsimile one by one: a cell may hold several."""
        kind = ProseKind.LETTER if self.place.startswith("appendix") else ProseKind.NOTE
        for text in self.draft.pieces(block):
            if self.draft.add(self.place, kind, text):
                self.letter_runs.append(text)

    # --- results ---

    def annexes(self) -> Annexes:
        annex = tuple(self.annex_row(r) for r in self.rows if r.table.startswith("annex"))
        appendix = tuple(self.appendix_row(r) for r in self.rows if r.table.startswith("appendix"))
        return Annexes(annex, appendix, self.letter_fields())

    def cells(self, row: _Row) -> dict[str, tuple[str, Text]]:
        """Keep each cell as prose at its row's place; return place and text by column."""
        place = f"{row.table} rec {row.number}"
        cells = {}
        for column, text in row.cells.items():
            text = rejoined(strip_marks(text)).stripped()
            if text and column != "number":
                self.draft.add(place, ProseKind.CELL, text, column)
                cells[column] = (place, text)
        return cells

    def annex_row(self, row: _Row) -> AnnexRow:
        found = self.cells(row)
        status = cells.status(self.draft, found.get("status"))
        action = found.get("action")
        closed = status is not None and status.value == "closed"
        return AnnexRow(
            annex=row.table,
            number=row.number,
            text=cells.plain(self.draft, found.get("recommendation")),
            importance=cells.importance(self.draft, found.get("importance")),
            status=status,
            closing_reason=cells.closing_reason(self.draft, action, found.get("due")) if closed else None,
            action=cells.plain(self.draft, action) if action and not closed else None,
            due=cells.due(self.draft, found.get("due")),
            entity=row.entity,
        )

    def appendix_row(self, row: _Row) -> AppendixRow:
        found = self.cells(row)
        return AppendixRow(
            appendix=row.table,
            number=row.number,
            text=cells.plain(self.draft, found.get("recommendation")),
            importance=cells.importance(self.draft, found.get("importance")),
            accepted=cells.accepted(self.draft, found.get("accepted")),
            officials=cells.plain(self.draft, found.get("official")),
            due=cells.due(self.draft, found.get("due")),
            comments=cells.plain(self.draft, found.get("comments")),
            entity=row.entity,
        )

    def letter_fields(self) -> Letter | None:
        if not self.letter_runs:
            return None
        date = reference = None
        for text in self.letter_runs:
            dated, referred = _DATE_LINE.fullmatch(text.value), _REFERENCE.match(text.value)
            if dated and date is None and (iso := dates.parse(dated.group(1))):
                date = self.draft.said("appendix I", text, iso)
            if referred and reference is None:
                reference = self.draft.said("appendix I", text[referred.start(1) :])
        return Letter(date, reference)


def _finished(text: Text | None) -> bool:
    return text is not None and p.complete(text.value)


def _is_header_rest(cells: Sequence[Text]) -> bool:
    """Tell whether a row is the second line of a header that a converter cut in two."""
    return all(len(cell) < 40 for cell in cells) and any(columns_of(cells))


def read_annexes(draft: Draft, blocks: Sequence[Block], title: str, own: Sequence[str] = ()) -> Annexes:
    """Read the blocks after the body; `own` are the numbers of the report itself."""
    reader = _Reader(draft, title, own)
    reader.read(blocks)
    return reader.annexes()
