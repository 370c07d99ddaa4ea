"""Read the body: sections, lettered areas, findings, numbered paragraphs, recommendations, responses."""

from __future__ import annotations

from collections.abc import Sequence

from auditgraph.loaders.document import Block, BlockKind
from auditgraph.loaders.iad import headings
from auditgraph.loaders.iad import patterns as p
from auditgraph.loaders.iad.parts import LETTERED
from auditgraph.loaders.iad.places import Draft
from auditgraph.loaders.iad.responses import is_response
from auditgraph.loaders.iad.story import Body, Found, Story
from auditgraph.loaders.iad.title import is_title
from auditgraph.loaders.markup import strip_marks
from auditgraph.model import ProseKind, Text

__all__ = ["Body", "read_body"]

_CAPITALS = 40  # characters of a line in capitals that is no section's name
_MAX_GAP = 3  # paragraph numbers that a conversion may lose in a row


class _Reader(Story):
    """Go through the body once and tell what each block is, from what is open."""

    def __init__(self, draft: Draft, blocks: Sequence[Block], title: str) -> None:
        super().__init__(draft)
        self.blocks = [b for b in blocks if not (b.kind is BlockKind.PROSE and title and is_title(b.value, title))]
        self.pending_label = ""

    def read(self) -> None:
        for i, block in enumerate(self.blocks):
            if block.kind is BlockKind.FURNITURE:
                continue
            if block.kind is BlockKind.ROW:
                self.table_row(block)
                continue
            if not (self.aside(i, block) or self.structure(i, block) or self.torn(i, block) or self.heading(i, block)):
                self.prose(block)

    def table_row(self, block: Block) -> None:
        self.draft.add(self.place, ProseKind.CELL, Text.joined(block.cells, "\t"), "table")

    def aside(self, i: int, block: Block) -> bool:
        """Read what floats between paragraphs: captions, notes at the foot of a page, the labels of a chart."""
        value = block.value
        if p.CAPTION.match(value) and not (p.complete(value) and len(value) > 250):
            self.draft.add(self.place, ProseKind.CAPTION, block.text)
            return True
        if p.FORMULA_NOTE.match(value) or headings.FOOTNOTE.match(value) or p.RATING.match(value):
            self.draft.add(self.place, ProseKind.NOTE, block.text)
            return True
        if self.in_results and value.isupper() and len(value) < _CAPITALS and not _labelled(value):
            # The torn last row of the assessment table: `FINAL OVERALL` / `RATING: UNSAT` / `ISFACTORY`.
            self.draft.add(self.place, ProseKind.CAPTION, block.text)
            return True
        letters = sum(map(str.isalpha, value))
        if (
            letters < 0.4 * len(value.replace(" ", ""))
            and not p.NUMBERED.match(value)
            and not headings.BARE_LABEL.fullmatch(value)
        ):
            self.draft.add(self.place, ProseKind.CAPTION, block.text)
            return True
        return False

    def structure(self, i: int, block: Block) -> bool:
        """Read what begins with a label: a section, an area, a numbered paragraph, a recommendation."""
        value = block.value
        section = p.SECTION.fullmatch(value)
        if section:
            self.begin_section(strip_marks(block.text), section.group("numbered") or section.group("plain"))
            return True
        if headings.BARE_LABEL.fullmatch(value):
            self.pending_label = value
            return True
        if self.numbered(block) or self.recommendation(block):
            return True
        area = p.AREA.fullmatch(value)
        if area and self.in_results and not p.complete(value) and self.heads(i):
            self.begin_area(area.group(1), block.text[area.start("title") :])
            return True
        return False

    def numbered(self, block: Block) -> bool:
        label = self.pending_label
        text = block.text
        match = p.NUMBERED.match(block.value)
        if label.endswith(".") and match is None:
            number, self.pending_label = int(label.rstrip(" .")), ""
        elif match is not None:
            number, text = int(match.group(1)), block.text[match.end() :]
        else:
            return False
        if not self.number < number <= self.number + _MAX_GAP:
            return False
        if number > self.number + 1:
            missing = str(number - 1) if number == self.number + 2 else f"{self.number + 1} to {number - 1}"
            self.draft.warn(str(number), f"paragraph {missing} is missing before paragraph {number}")
        self.number = number
        self.place, self.kind = str(number), ProseKind.PARAGRAPH
        index = self.add(text)
        self.paragraphs.append((self.place, self.section, self.area.value if self.area else "", [index]))
        if self.finding:
            self.finding.first = self.finding.first or self.place
            self.finding.last = self.place
        if self.advice and is_response(text.value):
            self.advice[-1].responses.append([index])
        return True

    def recommendation(self, block: Block) -> bool:
        value = block.value
        heading = p.RECOMMENDATION_HEADING.match(value)
        if heading and not heading.group().strip(" :.–-")[-1:].isalpha():
            rest = block.text[heading.end() :]
            if rest and "should" not in rest.value:
                return False
            self.headed = int(heading.group(1))
            if rest:
                self.begin_recommendation(heading.group(1), rest)
            else:
                self.draft.add(self.place, ProseKind.HEADING, block.text)
                self.open = None
            return True
        match = p.RECOMMENDATION.match(value)
        if match:
            number = match.group(1) or match.group(2)
            last = int(self.advice[-1].number) if self.advice else 0
            if int(number) == last + 1 or " should" in value[:400] or self.headed == int(number):
                self.begin_recommendation(number, block.text[match.end() :])
                return True
        if self.headed and " should" in value[:400]:
            self.begin_recommendation(str(self.headed), block.text)
            return True
        return False

    def torn(self, i: int, block: Block) -> bool:
        """Join a piece that a page break, a chart or a note tore off; and the lettered parts of a list."""
        if self.open is None:
            return False
        before = self.draft.prose[self.open]
        value = block.value
        part = p.SUBITEM.match(value) and not (value[:2] in {"- ", "• "} and not LETTERED.search(value[:8]))
        low = value[:1].islower() or value[:1] in "$,;)%"
        if (
            part
            and before.kind in (ProseKind.PARAGRAPH, ProseKind.RECOMMENDATION)
            and not before.text.value.endswith(".")
        ):
            self.extend(block.text)
            return True
        if p.BULLET.match(value):
            return False
        if before.kind is ProseKind.HEADING and not low and p.complete(value):
            return False
        if p.complete(before.text.value):
            return low and self.extend(block.text)
        if low or before.text.value.endswith((",", "-", "–", "(")) or not self.is_heading(i, block):
            return self.extend(block.text)
        return False

    def heading(self, i: int, block: Block) -> bool:
        if not self.is_heading(i, block):
            return False
        text = strip_marks(block.text)
        self.nth += self.in_results
        place = self.heading_place()
        self.draft.add(place, ProseKind.HEADING, text)
        said = self.draft.said(place, text)
        self.open = len(self.draft.prose) - 1
        if self.kind is not ProseKind.PARAGRAPH:
            self.place, self.kind = self.section.lower(), ProseKind.PARAGRAPH
        if self.in_results:
            if self.lone_heading is not None and self.finding is not None:
                # Two headings in a row: the first names the area.
                self.area = self.lone_heading
                self.findings.remove(self.finding)
            self.finding = Found(self.area.value if self.area else "", self.area, said)
            self.findings.append(self.finding)
            self.lone_heading = said
        return True

    def prose(self, block: Block) -> None:
        """Read prose without a number: a bullet, a response, more of the paragraph, unnumbered text."""
        bullet = p.BULLET.match(block.value)
        text = block.text[bullet.end() :] if bullet else block.text
        if self.kind is ProseKind.RECOMMENDATION and self.advice:
            advice = self.advice[-1]
            before = self.draft.prose[advice.runs[-1]].text.value
            if bullet and before.endswith((":", ";", "; and", "and")):
                self.extend(text)
                return
            self.kind = ProseKind.RESPONSE
            self.place = f"rec {advice.number} response"
            advice.responses.append([self.add(text)])
            return
        index = self.add(text, ProseKind.ITEM if bullet and self.kind is ProseKind.PARAGRAPH else None)
        if self.kind is ProseKind.RESPONSE and self.advice:
            self.advice[-1].responses[-1].append(index)
        elif self.kind is ProseKind.PARAGRAPH and self.paragraphs and self.place == self.paragraphs[-1][0]:
            self.paragraphs[-1][3].append(index)

    def is_heading(self, i: int, block: Block) -> bool:
        """Tell whether a run is a heading; in a report without numbers, any short line without a full stop may be."""
        if not headings.may_be_heading(self.blocks, i):
            return False
        unnumbered = not self.paragraphs and len(block.value) < headings.SHORT
        return block.marked or unnumbered or self.heads(i)

    def heads(self, i: int) -> bool:
        """Tell whether something that a heading can head follows."""
        return headings.heads(self.blocks, i, range(self.number + 1, self.number + _MAX_GAP + 1))


def _labelled(value: str) -> bool:
    return bool(p.SECTION.fullmatch(value) or p.AREA.fullmatch(value) or p.RECOMMENDATION_HEADING.match(value))


def read_body(draft: Draft, blocks: Sequence[Block], title: str) -> Body:
    """Read the body's blocks; `title` is left out where pages repeat it."""
    reader = _Reader(draft, blocks, title)
    reader.read()
    return reader.body()
