"""PDFs as producers make them: turned pages, marks, odd tables; and the broken ones."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pytest
from rendered import as_pdf, report
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from auditgraph.errors import SourceError
from auditgraph.loaders.readers import pdf
from auditgraph.loaders.readers.page_text import page_text
from auditgraph.loaders.readers.pdf_page import Page, Word
from auditgraph.loaders.source import read_bytes


def drawn(draw: Callable[[Canvas], None], pages: int = 1, **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800), **options)
    for _ in range(pages):
        canvas.setFont("Times-Roman", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text_of(draw: Callable[[Canvas], None]) -> str:
    return read_bytes("a.pdf", drawn(draw)).text.rstrip("\n")


def built(pages: bytes, content: bytes, content_entries: bytes = b"") -> bytes:
    """Return a PDF of one page with that page tree node and content, without a table of its objects."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        pages,
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), content_entries, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (i, o) for i, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>"


def grid(canvas: Canvas, xs: list[float], ys: list[float]) -> None:
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("declared", [True, False])
def test_turned_pages(turn: int, declared: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(turn)
        if declared:
            canvas.setPageRotation(turn)
        grid(canvas, [-200, 0, 200], [100, 60, 20])
        for x, y, text in ((-190, 70, "Number"), (10, 70, "What to do"), (-190, 30, "1"), (10, 30, "Count rakes")):
            canvas.drawString(x, y, text)
        canvas.drawString(-200, 130, "A line above the table")

    assert text_of(draw) == "A line above the table\n\nNumber\tWhat to do\n1\tCount rakes"


def test_each_page_begins_somewhere() -> None:
    assert read_bytes("a.pdf", drawn(hello)).page_starts == (0,)
    empty = drawn(lambda canvas: hello(canvas) if canvas.getPageNumber() == 2 else None, pages=4)
    assert read_bytes("a.pdf", empty).page_starts == (0, 1, 8, 9)


def test_lines_and_paragraphs_by_their_gaps() -> None:
    def draw(canvas: Canvas) -> None:
        lines = ["First line of a", "paragraph of", "three lines", "", "Second paragraph", "of two", "", "Third"]
        for i, line in enumerate(lines):
            canvas.drawString(50, 700 - 14 * i, line)

    assert text_of(draw) == "First line of a\nparagraph of\nthree lines\n\nSecond paragraph\nof two\n\nThird"


def test_raised_marks_keep_to_their_words() -> None:
    def draw(canvas: Canvas) -> None:
        for y, size, pieces in (
            (700, 11, ("Critical", "^1", " / Important", "^2", " in 2016", "^3")),
            (686, 11, ("On the 5", "^th", " of May 10", "^4", " were lost")),
            (660, 9, ("^1", "Those that matter 1 of 2")),
        ):
            text = canvas.beginText(50, y)
            for piece in pieces:
                raised = piece.startswith("^")
                text.setFont("Times-Roman", size * 0.65 if raised else size)
                text.setRise(size * 0.33 if raised else 0)
                text.textOut(piece.lstrip("^"))
            canvas.drawText(text)

    assert text_of(draw) == (
        "Critical¹ / Important² in 2016³\nOn the 5th of May 10⁴ were lost\n\n¹Those that matter 1 of 2"
    )


def test_spanning_cells_and_open_sides() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(50, 700, 450, 700)
        canvas.line(50, 660, 450, 660)
        canvas.line(150, 620, 450, 620)
        canvas.line(50, 580, 450, 580)
        canvas.line(150, 700, 150, 580)
        canvas.line(300, 660, 300, 580)
        for x, y, text in ((60, 670, "A"), (160, 670, "wide"), (60, 630, "tall"), (160, 630, "b"), (310, 630, "c")):
            canvas.drawString(x, y, text)
        canvas.drawString(160, 590, "d")
        canvas.drawString(310, 590, "e")

    assert text_of(draw) == "A\twide\t\ntall\tb\tc\n\td\te"


def test_tables_of_thin_boxes_and_of_shades() -> None:
    def boxes(canvas: Canvas) -> None:
        for x in (50, 150, 350):
            canvas.rect(x, 600, 0.5, 80, stroke=0, fill=1)
        for y in (600, 640, 680):
            canvas.rect(50, y, 300, 0.5, stroke=0, fill=1)

    def shades(canvas: Canvas) -> None:
        for x, y in ((50, 640), (50, 600), (150, 640), (150, 600)):
            canvas.setFillGray(0.8 if y == 640 else 0.95)
            canvas.rect(x, y, 100 if x == 50 else 200, 40, stroke=0, fill=1)
        canvas.setFillGray(0)

    for border in (boxes, shades):

        def draw(canvas: Canvas, border: Callable[[Canvas], None] = border) -> None:
            border(canvas)
            for x, y, text in ((60, 650, "No."), (160, 650, "What"), (60, 610, "1"), (160, 610, "Rakes")):
                canvas.drawString(x, y, text)

        assert text_of(draw) == "No.\tWhat\n1\tRakes"


def test_a_frame_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(40, 600, 300, 120)
        canvas.drawString(50, 700, "Boxed text")
        canvas.drawString(50, 686, "in two lines")

    assert text_of(draw) == "Boxed text\nin two lines"


def test_words_broken_by_a_narrow_column() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [50, 100, 300], [700, 640, 600])
        for x, y, text in ((54, 680, "Recomm"), (54, 668, "ation"), (110, 680, "Recommation here"), (54, 620, "in"),
                           (54, 608, "to"), (110, 620, "into")):  # fmt: skip
            canvas.drawString(x, y, text)

    assert text_of(draw) == "Recommation\tRecommation here\nin to\tinto"


def test_the_frame_of_a_page_may_be_inherited() -> None:
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>"
    data = built(pages, b"BT /F 11 Tf 50 830 Td (At the top) Tj ET")
    assert read_bytes("a.pdf", data).text == "At the top\n"


def test_bullets_of_symbol_fonts_and_drawn_ones() -> None:
    page = Page(600, 800, [Word("\uf0b7", 50, 55, 100, 12, "\n"), Word("Rakes", 70, 100, 100, 12)], [], [], 0, 0)
    assert page_text(page, 1.1) == "• Rakes"

    def draw(canvas: Canvas) -> None:
        canvas.circle(56, 703.5, 1.8, stroke=0, fill=1)
        canvas.drawString(68, 700, "Spades")

    assert text_of(draw) == "• Spades"


def test_hyphens_at_line_ends_stay() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "The contingent-")
        canvas.drawString(50, 686, "owned equipment")

    assert text_of(draw) == "The contingent-\nowned equipment"


def test_words_printed_twice_are_bold_not_double() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(50 + shift, 700, "EXECUTIVE SUMMARY")

    assert text_of(draw) == "EXECUTIVE SUMMARY"


# --- broken and hostile ----------------------------------------------------------------------------


def hello(canvas: Canvas) -> None:
    canvas.drawString(50, 700, "Hello")


def test_encrypted() -> None:
    with pytest.raises(SourceError, match="is encrypted"):
        read_bytes("a.pdf", drawn(hello, encrypt=StandardEncryption("secret", ownerPassword="more")))
    open_to_all = drawn(hello, encrypt=StandardEncryption("", ownerPassword="more", canPrint=0))
    assert read_bytes("a.pdf", open_to_all).text == "Hello\n"


def test_scanned() -> None:
    from PIL import Image

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (60, 80))), 0, 0, 600, 800)

    with pytest.raises(SourceError, match=r"scanned.*ocrmypdf"):
        read_bytes("a.pdf", drawn(draw, pages=3))

    def stamped(canvas: Canvas) -> None:
        draw(canvas)
        canvas.drawString(300, 20, "Page 1")

    with pytest.raises(SourceError, match=r"scanned.*ocrmypdf"):
        read_bytes("a.pdf", drawn(stamped, pages=3))


def test_without_any_text() -> None:
    with pytest.raises(SourceError, match="no text"):
        read_bytes("a.pdf", drawn(lambda canvas: canvas.line(0, 0, 100, 100)))


def test_truncated() -> None:
    data = as_pdf(report(rows=2))
    for end in (9, 200, len(data) // 3):
        with pytest.raises(SourceError) as caught:
            read_bytes("a.pdf", data[:end])
        assert "\n" not in str(caught.value)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 5)
    with pytest.raises(SourceError, match="6 pages"):
        read_bytes("a.pdf", drawn(hello, pages=6))


def test_too_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 20)
    with pytest.raises(SourceError, match="million characters"):
        read_bytes("a.pdf", drawn(hello, pages=6))


def test_stream_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_UNPACKED", 1_000_000)
    content = zlib.compress(b" " * 5_000_000)
    data = built(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", content, b"/Filter/FlateDecode")
    with pytest.raises(SourceError, match="bomb"):
        read_bytes("a.pdf", data)
