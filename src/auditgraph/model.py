"""What a report says, as frozen dataclasses: the form between the loaders and the graph.

Every value that a report states is a `Said`: the value and the passages it rests on. Names of
organisations are kept as the report prints them; which organisation is meant is told by an
`OrganisationRef`, an index into `Report.organisations` by its key.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from auditgraph.text import Span, Text

__all__ = [
    "Abbreviation", "Amount", "AnnexRow", "AppendixRow", "Budget", "Citation", "Discrepancy", "Figure", "Finding",
    "FollowUp", "Instrument", "LaterStatus", "Letter", "Listed", "Listing", "Location", "Mandate", "Organisation",
    "Paragraph", "Part", "Passage", "Period", "Person", "Post", "Prose", "ProseKind", "Recommendation", "Report",
    "Response", "Responsibility", "Said", "Skeleton", "SourceInfo", "Span", "System", "Text", "Warn", "passages",
]  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report and where they stand.

    `place` is the contract's name of the place (`25`, `cover`, `rec 3 response`, `annex I rec 3`);
    `span` a range of the source text; `quote` exactly `source[span.start:span.end]`; `page` the page
    of a paged source, from 1, or 0.
    """

    place: str
    span: Span
    quote: str
    page: int = 0


def passages(
    source: str, page_starts: tuple[int, ...], place: str, text: Text, start: int = 0, end: int | None = None
) -> tuple[Passage, ...]:
    """Return where characters `start:end` of a text stand in the source, each with its page (from 1; 0: no pages)."""
    return tuple(
        Passage(place, span, source[span.start : span.end], bisect_right(page_starts, span.start))
        for span in text.spans(source, start, end)
    )


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """A value and the passages it rests on; `derived` where it was computed from them."""

    value: T
    evidence: tuple[Passage, ...]
    derived: bool = False


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """The file a report was read from: its name, SHA-256 (hex), media type and number of pages (0: unpaged)."""

    name: str
    sha256: str
    media_type: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """A time with a beginning and an end, each an ISO 8601 date of the precision printed, or empty."""

    start: str
    end: str


class ProseKind(StrEnum):
    """What a run of prose is in its document."""

    TITLE = "title"
    HEADLINE = "headline"
    RATING = "rating"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    RECOMMENDATION = "recommendation"
    RESPONSE = "response"
    CELL = "cell"
    LETTER = "letter"
    SIGNATURE = "signature"
    CAPTION = "caption"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Prose:
    """A run of cleaned text at a place: what the extractors read.

    A numbered paragraph and the bullets, sub-lists and torn pieces that belong to it are several runs
    with one place. `text` is one line. `column` names the column of a cell (`recommendation`, `importance`,
    `status`, `action`, `due`, `accepted`, `official`, `comments`).
    """

    place: str
    kind: ProseKind
    text: Text
    column: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph with its bullets: `number` as printed, `text` without it."""

    number: str
    text: Said[str]
    section: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sub-heading under the audit results, the paragraphs it covers, the recommendations it led to."""

    area: str
    heading: Said[str]
    first: str
    last: str
    recommendations: tuple[Said[str], ...]
    area_heading: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A lettered part of a recommendation."""

    letter: str
    text: Said[str]


@dataclass(frozen=True, slots=True)
class Response:
    """What management says of a recommendation in the body, right after it.

    `accepted`: `yes`, `no`, `partially` or None where it does not say; `status` and `pending` from
    "Recommendation 1 remains open pending ..." or "... has been closed".
    """

    numbers: tuple[str, ...]
    text: Said[str]
    accepted: Said[str] | None = None
    status: Said[str] | None = None
    pending: Said[str] | None = None
    closing_reason: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A numbered recommendation of the body with the responses that follow it."""

    number: str
    text: Said[str]
    parts: tuple[Part, ...] = ()
    responses: tuple[Response, ...] = ()
    importance: Said[str] | None = None
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A row of the status annex: what it says of a recommendation. Values as in the contract."""

    annex: str
    number: str
    text: Said[str] | None = None
    importance: Said[str] | None = None
    status: Said[str] | None = None
    closing_reason: Said[str] | None = None
    action: Said[str] | None = None
    due: Said[str] | None = None
    entity: str = ""


@dataclass(frozen=True, slots=True)
class AppendixRow:
    """A row of the management response: what the client says of a recommendation."""

    appendix: str
    number: str
    text: Said[str] | None = None
    importance: Said[str] | None = None
    accepted: Said[str] | None = None
    officials: Said[str] | None = None
    due: Said[str] | None = None
    comments: Said[str] | None = None
    entity: str = ""


@dataclass(frozen=True, slots=True)
class LaterStatus:
    """What a document says of the state of a recommendation that an earlier report made.

    `report` is the earlier report's number and `assignment` that of its audit, as the document names it; one of them
    may be empty. `evidence` is the row or sentence, `words` the state as printed, `said_on` the date as of which it
    is said, `due` the date that holds now and `first_due` the one before it was revised.
    """

    report: str
    assignment: str
    number: str
    place: str
    evidence: tuple[Passage, ...]
    words: Said[str] | None = None
    status: Said[str] | None = None
    closing_reason: Said[str] | None = None
    importance: Said[str] | None = None
    due: Said[str] | None = None
    first_due: Said[str] | None = None
    closed_on: Said[str] | None = None
    said_on: Said[str] | None = None
    text: Said[str] | None = None
    remarks: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """The cover letter, facsimile or memorandum of the management response."""

    date: Said[str] | None = None
    reference: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class Warn:
    """Something in a report that a person should look at: where, and what."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The structure of a report: what its layout tells, before its sentences are understood.

    `source` is the whole source text that every span refers to; `prose` everything in reading order.
    """

    source: str
    info: SourceInfo
    prose: tuple[Prose, ...]
    number: Said[str] | None = None
    assignment: Said[str] | None = None
    title: Said[str] | None = None
    headline: Said[str] | None = None
    issued: Said[str] | None = None
    overall_rating: Said[str] | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    annex_rows: tuple[AnnexRow, ...] = ()
    appendix_rows: tuple[AppendixRow, ...] = ()
    letter: Letter | None = None
    later: tuple[LaterStatus, ...] = ()
    warnings: tuple[Warn, ...] = ()
    page_starts: tuple[int, ...] = ()

    def passages(self, prose: Prose, start: int = 0, end: int | None = None) -> tuple[Passage, ...]:
        """Return where characters `start:end` of a run of prose stand in the source."""
        return self.passages_of(prose.place, prose.text, start, end)

    def passages_of(self, place: str, text: Text, start: int = 0, end: int | None = None) -> tuple[Passage, ...]:
        """Return where characters `start:end` of a text stand in the source, as passages of `place`."""
        return passages(self.source, self.page_starts, place, text, start, end)

    def said(self, prose: Prose, value: str, start: int = 0, end: int | None = None) -> Said[str]:
        """Return a value that rests on characters `start:end` of a run of prose."""
        return Said(value, self.passages(prose, start, end))

    def numbered(self) -> Iterator[Prose]:
        """Yield the runs of prose that belong to numbered paragraphs."""
        return (p for p in self.prose if p.place[:1].isdigit())


# --- what the sentences say -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation that the report defines."""

    acronym: str
    expansion: Said[str]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, organ, division, section, unit, office, team, task force or committee.

    `key` is unique in the report; `parent` is the key of another one. `name` is the fullest form printed,
    `acronym` what the report abbreviates it to. `known` is its id in the gazetteer, or empty.
    """

    key: str
    name: Said[str]
    acronym: Said[str] | None = None
    parent: Said[str] | None = None
    known: str = ""
    mentions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A post: `organisation` and each of `reports_to` (a post's or organisation's key) as the report states them."""

    key: str
    title: Said[str]
    acronym: Said[str] | None = None
    organisation: Said[str] | None = None
    grade: Said[str] | None = None
    reports_to: tuple[Said[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A named person and the part they have in the report (`signatory`, `addressee`, ...); `post` as printed."""

    name: Said[str]
    role: Said[str]
    post: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A post or body that answers for a recommendation in the management response."""

    number: str
    official: Said[str]
    appendix: str = "appendix I"
    key: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A policy, standard, bulletin, plan or other instrument that the report cites, resolutions aside."""

    key: str
    title: Said[str]
    identifier: Said[str] | None = None
    year: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that cites a resolution (`symbol`) or an instrument (`instrument`, its key); one is empty."""

    place: str
    evidence: tuple[Passage, ...]
    symbol: str = ""
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a resolution does to an entity: `entity` an organisation's key."""

    symbol: Said[str]
    entity: str
    effect: Said[str]


@dataclass(frozen=True, slots=True)
class Location:
    """A country, region or town."""

    name: Said[str]
    mentions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget by funder (an organisation's key) and fiscal year (`2017/18`): amount in units of the currency.

    `source` is the funder where it is no organisation but a source of funds: the regular budget, a trust fund.
    """

    funder: str
    fiscal_year: Said[str]
    amount: Said[str]
    currency: str
    beneficiary: str = ""
    source: Said[str] | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in a numbered paragraph: a plain number in units of the currency (ISO 4217)."""

    paragraph: str
    amount: Said[str]
    currency: str


@dataclass(frozen=True, slots=True)
class Figure:
    """`n of the m (p per cent)` in a numbered paragraph; `percent` as printed, or empty."""

    paragraph: str
    count: Said[str]
    total: Said[str]
    percent: Said[str] | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """An information system, database or application."""

    name: Said[str]
    acronym: str = ""
    mentions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A place where the report contradicts itself: `about` what, and what each of two places says.

    `kind` names the check (`importance`, `due date`, `wording`, `sum`, `percentage`, `count`, `announced`).
    """

    kind: str
    about: str
    first: Said[str]
    second: Said[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a listing of reports: a report that exists, whether it can be read or not.

    `important` and `critical` are numbers of recommendations made, `available` the date from which the report can be
    had, `withheld` true where it can't.
    """

    number: Said[str]
    title: Said[str] | None = None
    entities: tuple[Said[str], ...] = ()
    issued: Said[str] | None = None
    available: Said[str] | None = None
    important: Said[int] | None = None
    critical: Said[int] | None = None
    withheld: Said[bool] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing of reports, as a body publishes it; `key` is made of its file's name."""

    family: str
    key: str
    source: str
    info: SourceInfo
    entries: tuple[Listed, ...]
    warnings: tuple[Warn, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A table of the state of recommendations that earlier reports made; `key` is made of its file's name and date.

    `issued` is when it was made known, where it says so; else the date as of which it speaks.
    """

    family: str
    key: str
    source: str
    info: SourceInfo
    statements: tuple[LaterStatus, ...]
    issued: Said[str] | None = None
    warnings: tuple[Warn, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it was understood: its skeleton and what its sentences say.

    `key` is its number, or its assignment number where it has none; `entities` keys of the audited
    organisations with the words that say so.
    """

    family: str
    key: str
    skeleton: Skeleton
    entities: tuple[Said[str], ...] = ()
    audit_period: Said[Period] | None = None
    fieldwork: Said[Period] | None = None
    abbreviations: tuple[Abbreviation, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    posts: tuple[Post, ...] = ()
    people: tuple[Person, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    citations: tuple[Citation, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    locations: tuple[Location, ...] = ()
    budgets: tuple[Budget, ...] = ()
    amounts: tuple[Amount, ...] = ()
    figures: tuple[Figure, ...] = ()
    systems: tuple[System, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    later: tuple[LaterStatus, ...] = ()
    warnings: tuple[Warn, ...] = field(default=())
