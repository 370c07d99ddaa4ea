"""One invented report, rendered as PDF, DOCX, HTML and text: the readers must tell the same of all four."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass
from typing import Any

HEADER = ("Rec. no.", "Recommendation", "Critical¹/ Important²", "C/ O³", "Actions needed to close", "Date⁴")


@dataclass(frozen=True)
class Block:
    """A part of the report: `kind` is title, heading, numbered, bullet, plain, note, table or page."""

    kind: str
    text: str = ""
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def report(rows: int = 9) -> list[Block]:
    """Return the report of the invented Mission in Ruritania (UNMIR), its annex with so many recommendations."""
    action = "Receipt of evidence that the plan of the Motor Pool has been approved and that staff keep to it."
    table = [HEADER] + [
        (
            str(i),
            f"UNMIR should: (a) keep the register of garden tools of depot {i} up to date; (b) count them each "
            "quarter; and (c) report what is missing to the Chief of the Tools Unit without delay.",
            "Important" if i % 3 else "Critical",
            "O" if i % 2 else "C",
            action if i % 2 else "Action completed",
            "31 March 2031" if i % 2 else "Implemented",
        )
        for i in range(1, rows + 1)
    ]
    letter = (("Rec.", "Title", "Comments"), ("1", "Chief, Tools Unit", "The Mission agrees."), ("2", "", "None."))
    return [
        Block("title", "INTERNAL AUDIT DIVISION"),
        Block("title", "REPORT 2030/999"),
        Block("title", "Audit of garden tools in the United Nations Mission in Ruritania"),
        Block("title", "The Mission needed to count its rakes and spades more often than once in a decade"),
        Block("title", "7 May 2030\nAssignment No. AP2029-999-01"),
        Block("page"),
        Block("title", "Audit of garden tools in the United Nations Mission in Ruritania"),
        Block("heading", "I. BACKGROUND"),
        Block("numbered", "The Mission in Ruritania (UNMIR) has “tools” worth $1.2 million and 40 – 50 sheds; they "
              "were bought in 2027/28 for its gardens in Strelsau, Zenda and Hentzau, where gardeners use them.", "1."),
        Block("numbered", "Rakes are counted by the Tools Unit, in the Motor Pool, every ten years. It has:", "2."),
        Block("bullet", "468 rakes of the 1,496 planned (31 per cent);", "•"),
        Block("bullet", "no spades, although the Côte d’Azur office sent twelve.", "•"),
        Block("heading", "II. AUDIT RESULTS"),
        Block("heading", "A. Tool management"),
        Block("heading", "There was a need to count rakes, spades and other long-handled tools more often, and to keep "
              "a register that every gardener can read"),
        *(Block("numbered", f"Depot {i} keeps its tools under an oak. Nobody knows who put them there, nor if they "
                "will be found again when spring comes and the gardens of the Mission are to be dug. " * 2, f"{i}.")
          for i in range(3, 13)),
        Block("plain", "(1) UNMIR should keep a register of garden tools."),
        Block("plain", "UNMIR accepted recommendation 1 and stated that it would buy a notebook."),
        Block("page"),
        Block("heading", "ANNEX I"),
        Block("heading", "STATUS OF AUDIT RECOMMENDATIONS"),
        Block("table", rows=tuple(table)),
        Block("note", "Critical recommendations address risks that can’t wait.", "¹"),
        Block("note", "Important recommendations address risks that can.", "²"),
        Block("page"),
        Block("heading", "APPENDIX I"),
        Block("heading", "Management Response"),
        Block("table", rows=letter),
    ]  # fmt: skip


_SUPER = {ord(high): str(low) for low, high in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}


def _marked(text: str) -> str:
    """Return text as HTML, as reportlab takes it too, with superscript digits as `<super>`."""
    escaped = html.escape(text, quote=False).replace("\n", "<br/>")
    return "".join(f"<super>{c.translate(_SUPER)}</super>" if ord(c) in _SUPER else c for c in escaped)


def as_text(blocks: list[Block]) -> str:
    """Return the report as the converters of the real ones write it."""
    parts = []
    for block in blocks:
        if block.kind == "table":
            parts.append("\n".join("\t".join(row) for row in block.rows))
        elif block.kind != "page":
            parts.append(f"{block.label} {block.text}".strip())
    return "\n\n".join(parts) + "\n"


def as_html(blocks: list[Block]) -> bytes:
    """Return the report as a page in UTF-8, its numbers in ordered lists."""
    parts = []
    for block in blocks:
        text = _marked(block.text)
        if block.kind == "table":
            cells = ("".join(f"<td><p>{_marked(cell)}</p></td>" for cell in row) for row in block.rows)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
        elif block.kind == "numbered":
            parts.append(f"<ol start={block.label.rstrip('.')}><li>{text}</li></ol>")
        elif block.kind == "bullet":
            parts.append(f"<ul><li>{text}</li></ul>")
        elif block.kind == "note":
            parts.append(f"<p><sup>{block.label.translate(_SUPER)}</sup> {text}</p>")
        elif block.kind in ("heading", "title"):
            parts.append(f"<h2>{text}</h2>")
        elif block.kind == "plain":
            parts.append(f"<p>{text}</p>")
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title></head><body>{''.join(parts)}</body></html>"
    return page.replace("<super>", "<sup>").replace("</super>", "</sup>").encode()


def as_docx(blocks: list[Block]) -> bytes:
    """Return the report as python-docx makes it; Word numbers the paragraphs."""
    import docx
    from docx.enum.text import WD_BREAK

    document = docx.Document()

    def put(paragraph: Any, text: str) -> None:
        for char in text:
            run = paragraph.add_run(char.translate(_SUPER))
            run.font.superscript = ord(char) in _SUPER or None

    for block in blocks:
        if block.kind == "table":
            table = document.add_table(0, len(block.rows[0]))
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    put(cell.paragraphs[0], text)
        elif block.kind == "page":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif block.kind == "note":
            put(document.add_paragraph(), f"{block.label} {block.text}")
        else:
            style = {"numbered": "List Number", "bullet": "List Bullet", "heading": "Heading 2"}.get(block.kind)
            put(document.add_paragraph(style=style), block.text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_pdf(blocks: list[Block], *, grid: bool = True, font: float = 11) -> bytes:
    """Return the report as reportlab sets it: ruled tables that repeat their header, a running title, page numbers."""
    from reportlab.lib import colors, enums, pagesizes
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        NextPageTemplate,
        PageBreak,
        PageTemplate,
        Paragraph,
        Spacer,
        Table,
    )  # fmt: skip

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=font, leading=font * 1.2, spaceAfter=font)
    title = ParagraphStyle("title", body, fontName="Times-Bold", fontSize=16, leading=19, spaceAfter=24, alignment=1)
    heading = ParagraphStyle("heading", body, fontName="Times-Bold", alignment=enums.TA_CENTER)
    justified = ParagraphStyle("justified", body, alignment=enums.TA_JUSTIFY)
    bullet = ParagraphStyle("bullet", body, leftIndent=36, bulletIndent=18)
    cell = ParagraphStyle("cell", body, fontSize=9, leading=10.5, spaceAfter=0)
    note = ParagraphStyle("note", body, fontSize=8, leading=9.5, spaceAfter=2)
    portrait, landscape = pagesizes.A4, pagesizes.landscape(pagesizes.A4)
    story: list[Any] = []
    for index, block in enumerate(blocks):
        text = _marked(block.text)
        if block.kind == "page":
            wide = any(later.kind == "table" for later in blocks[index:]) and not any(
                later.kind == "numbered" for later in blocks[index:]
            )
            story += [NextPageTemplate("landscape" if wide else "portrait"), PageBreak()]
        elif block.kind == "table":
            columns = len(block.rows[0])
            widths = [40, 280, 70, 40, 180, 90] if columns == 6 else [60, 200, 300]
            rows = [[Paragraph(_marked(text), cell) for text in row] for row in block.rows]
            style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
            if grid:
                style += [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
                style += [("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]
            story += [Table(rows, colWidths=widths, repeatRows=1, splitInRow=1, style=style), Spacer(1, 24)]
        elif block.kind == "numbered":
            story.append(Paragraph(f"{block.label}&nbsp;&nbsp;&nbsp;&nbsp; {text}", justified))
        elif block.kind == "bullet":
            story.append(Paragraph(text, bullet, bulletText=block.label))
        elif block.kind == "note":
            story.append(Paragraph(f"{_marked(block.label)} {text}", note))
        else:
            story.append(Paragraph(text, {"title": title, "heading": heading}.get(block.kind, body)))

    def furniture(canvas: Any, document: Any) -> None:
        width = canvas._pagesize[0]
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(width / 2, 30, str(document.page))

    def template(name: str, size: tuple[float, float]) -> PageTemplate:
        return PageTemplate(name, [Frame(60, 60, size[0] - 120, size[1] - 120)], onPage=furniture, pagesize=size)

    buffer = io.BytesIO()
    BaseDocTemplate(
        buffer, pagesize=portrait, pageTemplates=[template("portrait", portrait), template("landscape", landscape)]
    ).build(story)
    return buffer.getvalue()
