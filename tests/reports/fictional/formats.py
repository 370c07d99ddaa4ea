"""Write a report as HTML, DOCX and PDF, with what these formats add: styles, ruled tables over pages, furniture."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import escape

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)

from fictional.flow import Piece, flow
from fictional.source import Source, Table, whole
from fictional.variants import line_of, pages_of, table_title

__all__ = ["FORMATS", "docx_bytes", "html_bytes", "numbered_docx_bytes", "pdf_bytes"]

_MARKS = "¹²³⁴"
_TAGS = re.compile(r"</?[a-z][^<>]*>")


def _plain(piece: Piece) -> str:
    return whole(_TAGS.sub(" ", line_of(piece))).replace("\t", "   ")


def _marked(text: str, tag: str) -> str:
    text = escape(whole(text), quote=False)
    for number, mark in enumerate(_MARKS, 1):
        text = text.replace(" " + mark, f"<{tag}>{number}</{tag}>").replace(mark, f"<{tag}>{number}</{tag}>")
    return text


def html_bytes(source: Source) -> bytes:
    """Return an HTML page: headings, paragraphs, lists, tables, superscript footnote marks."""
    tags = {"h1": "h2", "h2": "h3", "h3": "h4", "cover": "h1", "title": "h2", "recommendation": "p", "annex": "h2"}
    out = ["<!DOCTYPE html>", f"<html lang='en'><head><meta charset='utf-8'><title>{escape(source.key)}</title>",
           "<style>p { margin: 1em }</style></head><body>"]  # fmt: skip
    items: list[str] = []
    for piece in [*flow(source), Piece("page")]:
        if piece.kind == "bullet":
            items.append(f"<li>{escape(_plain(piece))}</li>")
            continue
        if items:
            out += ["<ul>", *items, "</ul>"]
            items = []
        if piece.table:
            rows = ["".join(f"<td>{_marked(c, 'sup')}</td>" for c in row) for row in piece.table.rows]
            head = "".join(f"<th>{_marked(c, 'sup')}</th>" for c in piece.table.header)
            out += ["<table border='1'>", f"<thead><tr>{head}</tr></thead>", "<tbody>",
                    *(f"<tr>{row}</tr>" for row in rows), "</tbody></table>"]  # fmt: skip
            out += [f"<p><sup>{n}</sup> {escape(note)}</p>" for n, note in enumerate(piece.table.notes, 1)]
        elif piece.kind == "page":
            out.append("<hr>")
        elif piece.kind == "toc":
            out.append(f"<p>{escape(piece.text)} &nbsp; {escape(piece.number)}</p>")
        else:
            text = escape(_plain(piece), quote=False)
            inner = {"recommendation": f"<b>{text}</b>", "response": f"<i>{text}</i>"}.get(piece.kind, text)
            tag = tags.get(piece.kind, "p")
            out.append(f"<{tag}>{inner}</{tag}>")
    return ("\n".join(out) + "</body></html>\n").encode()


def docx_bytes(source: Source, automatic: bool = False) -> bytes:
    """Return a Word document; `automatic` numbers the paragraphs by a list style, so that no digits stand in it."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"OIOS Internal Audit Division    {source.key}"
    _page_field(document.sections[0].footer.paragraphs[0])
    styles = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "cover": "Title", "title": "Subtitle",
              "bullet": "List Bullet", "annex": "Heading 1"}  # fmt: skip
    for piece in flow(source):
        if piece.kind == "page":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif piece.table:
            _docx_table(document, piece.table)
        elif piece.kind == "toc":
            document.add_paragraph(f"{piece.text}\t{piece.number}".rstrip("\t"))
        elif piece.kind == "paragraph" and automatic:
            document.add_paragraph(whole(piece.text), style="List Number")
        else:
            paragraph = document.add_paragraph(style=styles.get(piece.kind))
            run = paragraph.add_run(_plain(piece))
            run.bold = piece.kind == "recommendation" or None
            run.italic = piece.kind == "response" or None
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def numbered_docx_bytes(source: Source) -> bytes:
    """Return a Word document whose paragraph numbers are automatic."""
    return docx_bytes(source, automatic=True)


def _page_field(paragraph: DocxParagraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _docx_table(document: Document, table: Table) -> None:
    made = document.add_table(rows=0, cols=len(table.header), style="Table Grid")
    for row in (table.header, *table.rows):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            for part in re.split(f"([{_MARKS}])", whole(text)):
                run = paragraph.add_run(str(_MARKS.index(part) + 1) if part and part in _MARKS else part)
                run.font.superscript = bool(part and part in _MARKS) or None
                run.bold = row is table.header or None
    repeat = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    for number, note in enumerate(table.notes, 1):
        paragraph = document.add_paragraph()
        paragraph.add_run(str(number)).font.superscript = True
        paragraph.add_run(f" {note}")


pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # a font that says which character its bullet is

_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=13.5, spaceAfter=8, alignment=4)
_STYLES = {
    "cover": ParagraphStyle("cover", _BODY, fontName="Helvetica-Bold", fontSize=20, leading=24, spaceAfter=26,
                            alignment=0),
    "title": ParagraphStyle("title", _BODY, fontName="Times-Bold", fontSize=14, leading=17, alignment=1),
    "annex": ParagraphStyle("annex", _BODY, fontName="Times-Bold", alignment=2),
    "h1": ParagraphStyle("h1", _BODY, fontName="Times-Bold", fontSize=12, alignment=1, keepWithNext=1),
    "h2": ParagraphStyle("h2", _BODY, fontName="Times-Bold", fontSize=12, alignment=1, keepWithNext=1),
    "h3": ParagraphStyle("h3", _BODY, fontName="Times-Bold", keepWithNext=1),
    "paragraph": ParagraphStyle("paragraph", _BODY),
    "bullet": ParagraphStyle("bullet", _BODY, leftIndent=36, bulletIndent=18, bulletFontName="Vera"),
    "recommendation": ParagraphStyle("recommendation", _BODY, fontName="Times-Bold", leftIndent=36),
    "response": ParagraphStyle("response", _BODY, fontName="Times-Italic"),
    "signature": ParagraphStyle("signature", _BODY, alignment=2, spaceAfter=0),
    "caption": ParagraphStyle("caption", _BODY, alignment=1),
}  # fmt: skip
_CELL = ParagraphStyle("cell", fontName="Times-Roman", fontSize=10, leading=12)
_NOTE = ParagraphStyle("note", _CELL, fontSize=8, leading=9.5)
_HEAD = ParagraphStyle("head", _CELL, fontName="Times-Bold", alignment=1)
_SHARES: dict[str, dict[int, tuple[int, ...]]] = {"annex": {6: (6, 40, 11, 6, 26, 12), 7: (6, 32, 12, 9, 6, 24, 11)},
           "appendix": {7: (5, 26, 10, 10, 13, 13, 23)}}  # fmt: skip


def pdf_bytes(source: Source) -> bytes:
    """Return a PDF: cover, portrait text, landscape ruled tables over pages with their header, notes at the foot."""
    target = io.BytesIO()
    document = BaseDocTemplate(target, pagesize=A4, title=source.key, invariant=1, pageCompression=1)
    wide = landscape(A4)
    notes: dict[str, tuple[str, ...]] = {}
    templates = [
        PageTemplate("cover", [_frame(A4)], pagesize=A4),
        PageTemplate("text", [_frame(A4)], onPage=_furniture(source, A4), pagesize=A4),
    ]
    story: list[Flowable] = [NextPageTemplate("text")]
    for piece in flow(source):
        if piece.kind == "page":
            story.append(PageBreak())
        elif piece.table and piece.table.kind in ("annex", "appendix"):
            # the headings of an annex stand on its landscape page
            name = f"{piece.table.kind}{len(notes)}"
            notes[name] = piece.table.notes
            templates.append(PageTemplate(name, [_frame(wide, 3.6)], pagesize=wide,
                                          onPage=_furniture(source, wide, piece.table.notes)))  # fmt: skip
            last = max(i for i, flowable in enumerate(story) if isinstance(flowable, PageBreak))
            story.insert(last, NextPageTemplate(name))
            for number, rows in enumerate(pages_of(piece.table)):
                if number:
                    story += [PageBreak(), Paragraph(table_title(piece.table), _STYLES["h1"])]
                page = Table(piece.table.kind, piece.table.header, tuple(rows))
                story.append(_pdf_table(page, wide[0] - 4 * cm))
            story.append(NextPageTemplate("text"))
        elif piece.table:
            story += [_pdf_table(piece.table, A4[0] - 5 * cm), Spacer(1, 10)]
        else:
            story += _pdf_text(piece)
    document.addPageTemplates(templates)
    document.build(story)
    return target.getvalue()


def _frame(size: tuple[float, float], foot: float = 2.2) -> Frame:
    side = (2.5 if size[0] < size[1] else 2) * cm
    return Frame(side, foot * cm, size[0] - 2 * side, size[1] - (foot + 2.4) * cm, 0, 0, 0, 0)


def _furniture(source: Source, size: tuple[float, float], notes: tuple[str, ...] = ()) -> Callable[..., None]:
    def draw(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(2.5 * cm, size[1] - 1.5 * cm, "OIOS Internal Audit Division")
        canvas.drawRightString(size[0] - 2.5 * cm, size[1] - 1.5 * cm, source.key)
        canvas.drawCentredString(size[0] / 2, 1 * cm, str(document.page - 1))
        at = 3.2 * cm
        for number, note in enumerate(notes, 1):
            made = Paragraph(f"<super>{number}</super> {escape(note)}", _NOTE)
            height = made.wrap(size[0] - 4 * cm, 3 * cm)[1]
            at -= height
            made.drawOn(canvas, 2 * cm, at)
        canvas.restoreState()

    return draw


def _pdf_text(piece: Piece) -> list[Flowable]:
    style = _STYLES.get(piece.kind, _BODY)
    if piece.kind == "toc":
        row = LongTable([[Paragraph(escape(piece.text), _BODY), piece.number]], colWidths=[13 * cm, 2.5 * cm])
        return [row]
    if piece.kind == "signature":
        return [Paragraph(escape(part.strip()), style) for part in piece.text.split("|")]
    if "\t" in piece.text:
        cells = [Paragraph(escape(whole(_TAGS.sub(" ", part))), _CELL) for part in piece.text.split("\t")]
        return [LongTable([cells], colWidths=[8 * cm, 8 * cm], style=_grid(0))]
    text = escape(_plain(piece), quote=False)
    return [Paragraph(text, style, bulletText="•" if piece.kind == "bullet" else None)]


def _grid(head: int) -> TableStyle:
    return TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                       ("BACKGROUND", (0, 0), (-1, head - 1), colors.lightgrey)][: 2 + bool(head)])  # fmt: skip


def _pdf_table(table: Table, width: float) -> Flowable:
    count = len(table.header)
    shares = _SHARES.get(table.kind, {}).get(count) or (1,) * count
    head = [Paragraph(_marked(text, "super"), _HEAD) for text in table.header]
    rows = [[Paragraph(_marked(text, "super"), _CELL) for text in row] for row in table.rows]
    widths = [width * share / sum(shares) for share in shares]
    return LongTable([head, *rows], colWidths=widths, repeatRows=1, splitInRow=1, style=_grid(1))


FORMATS: dict[str, Callable[[Source], bytes]] = {
    "html": html_bytes,
    "docx": docx_bytes,
    "docx-numbered": numbered_docx_bytes,
    "pdf": pdf_bytes,
}
