"""What the body of a report has said so far, and what is open: a section, a finding, a paragraph, a recommendation."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditgraph.loaders.iad import patterns as p
from auditgraph.loaders.iad.parts import parts_of
from auditgraph.loaders.iad.places import Draft
from auditgraph.loaders.iad.responses import responses_in
from auditgraph.loaders.markup import strip_marks
from auditgraph.model import Finding, Paragraph, Prose, ProseKind, Recommendation, Response, Said, Text

__all__ = ["Advice", "Body", "Found", "Story"]


@dataclass(frozen=True, slots=True)
class Body:
    """What the body says, in order."""

    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]


@dataclass(slots=True)
class Found:
    """A finding while it is read."""

    area: str
    area_heading: Said[str] | None
    heading: Said[str]
    first: str = ""
    last: str = ""
    recommendations: list[Said[str]] = field(default_factory=list)


@dataclass(slots=True)
class Advice:
    """A recommendation while it is read: where its runs of prose stand in the draft."""

    number: str
    runs: list[int]
    paragraph: str
    responses: list[list[int]] = field(default_factory=list)


class Story:
    """The body while it is read."""

    def __init__(self, draft: Draft) -> None:
        """Begin before the first section."""
        self.draft = draft
        self.section = ""
        self.in_results = False
        self.area: Said[str] | None = None
        self.label = ""  # of the section or area that is open
        self.nth = 0  # headings below it so far
        self.finding: Found | None = None
        self.findings: list[Found] = []
        self.paragraphs: list[tuple[str, str, str, list[int]]] = []
        self.advice: list[Advice] = []
        self.place = "cover"
        self.kind = ProseKind.NOTE
        self.open: int | None = None  # the run of prose that a torn piece would continue
        self.number = 0
        self.headed = 0  # recommendation that a heading of its own has just announced
        self.lone_heading: Said[str] | None = None

    def begin_section(self, text: Text, name: str) -> None:
        """Open a section; nothing of the one before is open any more."""
        self.section = " ".join(name.split())
        self.label, self.nth = text.value.split(".")[0].strip() if "." in text.value[:6] else self.section, 0
        self.draft.add(self.heading_place(), ProseKind.HEADING, text)
        self.in_results = p.RESULTS.search(name) is not None
        self.area = self.finding = self.lone_heading = None
        self.place, self.kind, self.open = self.section.lower(), ProseKind.PARAGRAPH, None

    def begin_area(self, letter: str, text: Text) -> None:
        """Open a lettered area of the results."""
        text = strip_marks(text).stripped()
        self.label, self.nth = letter, 0
        self.draft.add(self.heading_place(), ProseKind.HEADING, text)
        self.area = self.draft.said(self.heading_place(), text)
        self.finding = self.lone_heading = None
        self.kind, self.open = ProseKind.PARAGRAPH, None

    def begin_recommendation(self, number: str, text: Text) -> None:
        """Open a recommendation; numbers that jump or stand twice are warned of."""
        self.headed = 0
        if any(a.number == number for a in self.advice):
            self.draft.warn(f"rec {number}", f"recommendation {number} stands twice in the body")
        elif self.advice and int(number) != int(self.advice[-1].number) + 1:
            self.draft.warn(f"rec {number}", f"recommendation {number} follows recommendation {self.advice[-1].number}")
        self.place, self.kind = f"rec {number}", ProseKind.RECOMMENDATION
        index = self.add(text)
        self.advice.append(Advice(number, [index], self.paragraphs[-1][0] if self.paragraphs else ""))
        if self.finding:
            self.finding.recommendations.append(self.draft.said(self.place, self.draft.prose[index].text, number))

    def add(self, text: Text, kind: ProseKind | None = None) -> int:
        """Keep a run at the open place; a torn piece would go on with it."""
        self.lone_heading = None
        if self.draft.add(self.place, kind or self.kind, text) is None:
            self.draft.prose.append(Prose(self.place, kind or self.kind, Text.empty()))
        self.open = len(self.draft.prose) - 1
        return self.open

    def extend(self, text: Text) -> bool:
        """Go on with the open run."""
        assert self.open is not None
        run = self.draft.extend(self.open, text)
        if run.kind is ProseKind.HEADING and self.finding is not None:
            self.finding.heading = self.draft.said(run.place, run.text)
        return True

    def heading_place(self) -> str:
        """Return the place of the heading just read: `heading III`, `heading B`, `heading B.2`."""
        if not self.label:
            return "cover"
        return f"heading {self.label}.{self.nth}" if self.nth else f"heading {self.label}"

    def body(self) -> Body:
        """Return what was read."""
        prose = self.draft.prose
        paragraphs = tuple(
            Paragraph(number, self.joined(number, [i for i in runs if prose[i].text]), section, area)
            for number, section, area, runs in self.paragraphs
        )
        findings = tuple(
            Finding(f.area, f.heading, f.first, f.last, tuple(f.recommendations), f.area_heading) for f in self.findings
        )
        return Body(paragraphs, findings, tuple(self.finished(a) for a in self.advice))

    def joined(self, place: str, runs: list[int]) -> Said[str]:
        """Return runs of prose as one text."""
        return self.draft.said(place, Text.joined(self.draft.prose[i].text for i in runs))

    def finished(self, advice: Advice) -> Recommendation:
        """Return a recommendation with its parts and responses."""
        text = Text.joined(self.draft.prose[i].text for i in advice.runs)
        place = f"rec {advice.number}"
        responses: list[Response] = []
        for runs in advice.responses:
            responses += responses_in(self.draft, [self.draft.prose[i] for i in runs], (advice.number,))
        return Recommendation(
            number=advice.number,
            text=self.draft.said(place, text),
            parts=tuple(parts_of(self.draft, place, text)),
            responses=tuple(responses),
            paragraph=advice.paragraph,
        )
