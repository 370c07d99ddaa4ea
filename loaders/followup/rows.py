"""Read the rows of tables of the state of recommendations: what each says of which recommendation, with its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from auditgraph.loaders.extract import dates
from auditgraph.loaders.followup.columns import Column, columns_of, names_reports
from auditgraph.loaders.followup.references import Reference, numbers_of, reference_in
from auditgraph.loaders.followup.states import State, state_of
from auditgraph.model import LaterStatus, Passage, Said, Text, Warn

__all__ = ["Table"]

# The passages of a text at a place.
Evidence = Callable[[str, Text], tuple[Passage, ...]]

# `2031/007/03`, `2031/007 rec. 3`, `AP2030/699/01-3`: the report and the number in one cell.
_COMBINED = re.compile(
    r"((?:20\d\d\s?/\s?\d{3})|(?:[A-Z]{2}20\d\d[/-]\d{3}[/-]\d\d))\s*[/.,:–-]?\s*(?:rec\S*\s*)?(?:no\.?\s*)?(\d{1,2})",
    re.I,
)
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s")
_IMPORTANCE = re.compile(r"\b(critical|important|high|medium|moderate|low)\b", re.I)
_NOTHING = frozenset(("", "n/a", "na", "none", "nil", "-", "–", "—"))


@dataclass(slots=True)
class Table:
    """Tables while they are read: the columns now, and the report that stands above them or in a row before.

    `caption` is the one report that the words above a table name, with these words.
    """

    evidence: Evidence
    place: Callable[[Reference, str], str]
    caption: tuple[Reference, Text] | None = None
    columns: tuple[Column, ...] = ()
    found: list[LaterStatus] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)
    _last: tuple[Reference, Text, int] | None = None

    def header(self, cells: Sequence[Text]) -> bool:
        """Take a row as header where it is one."""
        columns = columns_of(cells)
        if columns:
            self.columns, self._last = columns, None
        return bool(columns)

    def end(self) -> None:
        """Forget what stood above the table; rows that name their reports themselves may go on on the next page."""
        self.caption, self._last = None, None
        self.columns = self.columns if names_reports(self.columns) else ()

    def row(self, cells: Sequence[Text]) -> None:
        """Read a row below a header: one statement for each recommendation and dated column of states."""
        by_name: dict[str, Text] = {}
        states: list[tuple[Text, Column]] = []
        for column, cell in zip(self.columns, cells, strict=False):
            if column.name == "status" and cell:
                states.append((cell, column))
            elif column.name and cell.value.strip().lower() not in _NOTHING:
                by_name[column.name] = cell
        numbers = self._numbers(by_name)
        named = self._report(by_name, numbers)
        line = " | ".join(cell.value for cell in cells if cell)[:120]
        if named is None or not numbers:
            if states and line:
                what = "no report number" if named is None else "no number of a recommendation that could be read"
                self.warnings.append(Warn("status", f"a row has {what}: {line}"))
            return
        told: list[tuple[Text, Column | None, State]] = [
            (cell, column, state) for cell, column in states if (state := state_of(cell.value))
        ]
        if not told and not {"due", "revised", "closed_on"} & set(by_name):
            self.warnings.append(Warn("status", f"a row tells no state that could be read: {line}"))
            return
        for number in numbers:
            for cell, under, state in told or [(Text.empty(), None, ("", ""))]:
                self.found.append(self._statement(named, number, by_name, cell, under, state))

    def _numbers(self, cells: dict[str, Text]) -> tuple[str, ...]:
        cell = cells.get("number")
        if cell is not None:
            combined = _COMBINED.fullmatch(cell.value.strip())
            return (str(int(combined[2])),) if combined else numbers_of(cell.value)
        text = cells.get("text")
        if text is None or "number" in {column.name for column in self.columns}:
            return ()
        match = _NUMBERED.match(text.value)
        return (str(int(match[1])),) if match else numbers_of(text.value)

    def _report(self, cells: dict[str, Text], numbers: tuple[str, ...]) -> tuple[Reference, list[Text]] | None:
        """Return the report of a row with the words that name it: its own cells, the row's above it, the caption."""
        own = [cells[name] for name in ("report", "assignment", "number") if name in cells]
        named = [(cell, reference) for cell in own if (reference := self._in(cell))]
        said, found = [cell for cell, _ in named], [reference for _, reference in named]
        report = {r.report for r in found if r.report}
        assignment = {r.assignment for r in found if r.assignment}
        if len(report) > 1 or len(assignment) > 1:
            return None
        first = int(numbers[0]) if numbers else 0
        if found:
            reference = Reference("".join(report), "".join(assignment))
            self._last = (reference, said[0], first)
            return reference, said
        if not names_reports(self.columns):
            return (self.caption[0], [self.caption[1]]) if self.caption else None
        # A merged cell: the rows below one that names its report go on with it as long as their numbers go on.
        if self._last and not {"report", "assignment"} & set(cells) and first > self._last[2]:
            self._last = (self._last[0], self._last[1], first)
            return self._last[0], [self._last[1]]
        self._last = None
        return None

    @staticmethod
    def _in(cell: Text) -> Reference | None:
        combined = _COMBINED.fullmatch(cell.value.strip())
        # A narrow column breaks a number: "2031/0 07".
        alone = re.sub(r"\s", "", cell.value)
        return reference_in(combined[1] if combined else alone) or reference_in(cell.value)

    def _statement(
        self, named: tuple[Reference, list[Text]], number: str, cells: dict[str, Text], cell: Text,
        column: Column | None, state: State,
    ) -> LaterStatus:  # fmt: skip
        reference, said = named
        place = self.place(reference, number)

        def words(text: Text | None, value: str | None = None) -> Said[str] | None:
            return Said(text.value if value is None else value, self.evidence(place, text)) if text else None

        def dated(name: str) -> Said[str] | None:
            text = cells.get(name)
            iso = dates.parse(text.value.strip(" .")) if text else None
            return words(text, iso) if iso else None

        weight = _IMPORTANCE.search(cells["importance"].value) if "importance" in cells else None
        reason = words(cell, state[1]) if state[1] else self._reason(words, cells, state)
        due = dated("revised") or dated("due")
        first_due = dated("first_due") or (dated("due") if "revised" in cells else None)
        row = [*said, *(cells[name] for name in ("number", "text") if name in cells), cell]
        header = words(column.heading, column.date) if column and column.date else None
        return LaterStatus(
            report=reference.report,
            assignment=reference.assignment,
            number=number,
            place=place,
            evidence=tuple(dict.fromkeys(p for text in row if text for p in self.evidence(place, text))),
            words=words(cell),
            status=words(cell, state[0]) if state[0] else None,
            closing_reason=reason if state[0] == "closed" else None,
            importance=words(cells["importance"], weight.group(1).lower()) if weight else None,
            due=due,
            first_due=first_due if first_due and due and first_due.value != due.value else None,
            closed_on=dated("closed_on") if state[0] == "closed" else None,
            said_on=dated("said_on") or header,
            text=words(cells.get("text")) if "number" in cells else None,
            remarks=words(cells.get("remarks")),
        )

    @staticmethod
    def _reason(
        words: Callable[[Text | None, str | None], Said[str] | None], cells: dict[str, Text], state: State
    ) -> Said[str] | None:
        """Return why it was closed where a column of its own says so."""
        said = cells.get("reason")
        told = state_of(said.value) if said and state[0] == "closed" else None
        return words(said, told[1]) if said and told and told[1] else None
