"""Read a listing of audit reports: number, title, entities, dates, numbers of recommendations, withheld or not."""

from __future__ import annotations

import re
from pathlib import PurePath

from auditgraph.errors import SourceError
from auditgraph.loaders.extract import dates
from auditgraph.loaders.listing.table import columns_of, rows_of
from auditgraph.loaders.source import Source
from auditgraph.model import Listed, Listing, Passage, Said, Text, Warn

__all__ = ["parse"]

FAMILY = "listing"
# `2019/068`; the site prints `2018 /018` and `2019/ 068` too.
_NUMBER = re.compile(r"(20\d\d)\s*/\s*(\d{3})")
_ENTITIES = re.compile(r"\s*[,;]\s*")
_WITHHELD = re.compile(r"withheld", re.I)
_OPEN = re.compile(r"download|\.pdf", re.I)


class _Row:
    """The cells of a row by column, with the means to make evidence of them."""

    def __init__(self, source: Source, columns: tuple[str, ...], cells: tuple[Text, ...]) -> None:
        self.source = source
        self.cells = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}
        number = self.cells.get("number")
        match = _NUMBER.search(number.value) if number else None
        self.number = f"{match.group(1)}/{match.group(2)}" if match else ""

    def said(self, text: Text) -> Said[str]:
        """Return the words of a cell."""
        return Said(text.value, self.evidence(text))

    def evidence(self, text: Text) -> tuple[Passage, ...]:
        """Return where the words stand; the place is the report's row."""
        return self.source.passages(f"listing {self.number}", text)

    def words(self, name: str) -> Said[str] | None:
        """Return a cell's words, None where it is empty."""
        return self.said(self.cells[name]) if name in self.cells else None

    def date(self, name: str) -> Said[str] | None:
        """Return a cell's date in ISO form."""
        cell = self.cells.get(name)
        iso = dates.parse(cell.value) if cell else None
        return Said(iso, self.evidence(cell)) if cell and iso else None

    def count(self, name: str) -> Said[int] | None:
        """Return a cell's number."""
        cell = self.cells.get(name)
        return Said(int(cell.value), self.evidence(cell)) if cell and cell.value.isdigit() else None

    def withheld(self) -> Said[bool] | None:
        """Return whether the report is withheld, where a cell says so or offers it."""
        for name in ("file", "confidential", "available"):
            cell = self.cells.get(name)
            if cell and (_WITHHELD.search(cell.value) or cell.value.strip().lower() == "confidential"):
                return Said(True, self.evidence(cell))
            if cell and (_OPEN.search(cell.value) or cell.value.strip().lower() == "non confidential"):
                return Said(False, self.evidence(cell))
        return None

    def entities(self) -> tuple[Said[str], ...]:
        """Return the entities of a comma list: `DMSPC, DOS, DGC`."""
        cell = self.cells.get("entity")
        if cell is None:
            return ()
        found = []
        at = 0
        for part in _ENTITIES.split(cell.value):
            start = cell.value.index(part, at) if part else at
            at = start + len(part)
            if part:
                found.append(self.said(cell[start:at]))
        return tuple(found)


def parse(source: Source) -> Listing:
    """Return the listing that a recognised source holds; rows without a report number are warned of.

    Raises SourceError where no row has one.
    """
    columns: tuple[str, ...] = ()
    entries: list[Listed] = []
    warnings: list[Warn] = []
    for cells in rows_of(source):
        header = columns_of(cells)
        if header:
            columns = header
            continue
        row = _Row(source, columns, cells)
        if not columns or not row.cells:
            continue
        if not row.number:
            warnings.append(Warn("listing", f"a row has no report number: {' | '.join(c.value for c in cells)[:120]}"))
            continue
        entries.append(
            Listed(
                number=Said(row.number, row.evidence(row.cells["number"])),
                title=row.words("title"),
                entities=row.entities(),
                issued=row.date("issued"),
                available=row.date("available"),
                important=row.count("important"),
                critical=row.count("critical"),
                withheld=row.withheld(),
            )
        )
    if not entries:
        raise SourceError(f"{source.name}: the listing has no row with a report number", "Save the whole page.")
    key = re.sub(r"[^a-z0-9]+", "-", PurePath(source.name).stem.lower()).strip("-") or "listing"
    return Listing(FAMILY, key, source.text, source.info, tuple(entries), tuple(warnings))
