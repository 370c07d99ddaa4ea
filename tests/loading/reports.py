"""An invented report to spoil, and the files that are no reports at all."""

from __future__ import annotations

import io
import os
import random
import zipfile
import zlib
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

__all__ = ["REPORT", "bad_files", "pages_pdf", "report"]

_RECOMMENDATIONS = ("count its rakes every quarter", "lock its sheds at night", "train its gardeners each spring")
_HEADER = (
    "Rec. no.\tRecommendation\tCritical/ Important\tC/ O\tActions needed to close the recommendation"
    "\tImplementation date"
)


def report(
    number: str = "2030/999",
    title: str = "Audit of garden tools in the United Nations Mission in Ruritania",
    extra: str = "",
) -> str:
    """Return a report of three recommendations as text, `extra` in a paragraph."""
    advice = "\n\n".join(
        f"{n + 3}. Nobody knew how many there were.\n\n({n}) UNMIR should {what}.\n\n"
        f"UNMIR accepted recommendation {n} and stated that it would do so."
        for n, what in enumerate(_RECOMMENDATIONS, 1)
    )
    rows = "\n".join(
        f"{n}\tUNMIR should {what}.\tImportant\tO\tReceipt of evidence that this was done\t31 March 2031"
        for n, what in enumerate(_RECOMMENDATIONS, 1)
    )
    return f"""INTERNAL AUDIT DIVISION

REPORT {number}

{title}

The Mission needed to count its rakes more often

7 May 2030
Assignment No. AP2029-{number[-3:]}-01

{title}

I. BACKGROUND

1. The Office of Internal Oversight Services (OIOS) carried out an audit of garden tools in the United Nations Mission
in Ruritania (UNMIR).

2. The Tools Unit has 468 of the 1,496 rakes planned (31 per cent). {extra}

3. Sheds cost $1.2 million.

II. AUDIT RESULTS

A. Tools

There was a need to count rakes

{advice}

ANNEX I

STATUS OF AUDIT RECOMMENDATIONS

{_HEADER}
{rows}
"""


REPORT = report()


def pages_pdf(texts: list[str], **options: object) -> bytes:
    """Return a PDF with a text on each page; an empty one is a page that holds a picture only."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, **options)
    for text in texts:
        if not text:
            from PIL import Image

            canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "grey")), 0, 0, *A4)
        canvas.setFont("Times-Roman", 9)
        for i, line in enumerate(text.splitlines()):
            canvas.drawString(40, 800 - 11 * i, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bad_files(folder: Path) -> dict[str, str]:
    """Write every kind of bad file into a folder; return words that the line on each must hold."""
    good_pdf = pages_pdf([REPORT[:1500], REPORT[1500:]])
    noise = random.Random(3).randbytes(20_000)
    document = _docx(b"<w:document/>")
    files: dict[str, tuple[bytes, str]] = {
        "empty.txt": (b"", "is empty"),
        "white.txt": (b" \n\t\n" * 50, "has no text"),
        "binary.txt": (noise, "binary data"),
        "binary.pdf": (b"%PDF-1.7\n" + noise, "broken or cut short"),
        "truncated.pdf": (good_pdf[: len(good_pdf) // 3], "cut short"),
        "encrypted.pdf": (pages_pdf([REPORT[:900]], encrypt=StandardEncryption("secret")), "encrypted"),
        "scanned.pdf": (pages_pdf(["", "", ""]), "ocrmypdf"),
        "bomb.pdf": (_pdf_bomb(), "bomb"),
        "truncated.docx": (document[: len(document) // 2], "truncated.docx"),
        "encrypted.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise, "password-protected"),
        "bomb.docx": (_docx(b" " * 10_000_000, 150), "bomb.docx"),
        "archive.zip.txt": (b"PK\x05\x06" + bytes(18), "archive"),
        "picture.pdf": (b"\x89PNG\r\n\x1a\n" + noise, "is an image"),
        "deep.html": (b"<html><body>" + b"<div>" * 400_000 + b"x", "deep.html"),
        "diary.txt": (b"Dear diary,\n\nit rained.\n" * 40, "no report that auditgraph can read"),
        "draft.txt": (b"DRAFT AUDIT REPORT\n\n" + REPORT.encode(), "is a draft"),
        "jiu.txt": (b"JIU/REP/2030/3\nReview of umbrellas\n\n1. It rained.\n" * 5, "Joint Inspection Unit"),
        "cover-only.txt": (REPORT.partition("I. BACKGROUND")[0].encode(), "no numbered paragraph"),
        "huge.txt": ((REPORT.encode() + b"\n" * 100) * (60_000_000 // len(REPORT)), "MB, the limit"),
    }  # fmt: skip
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    expected = {name: words for name, (_, words) in files.items()}
    os.mkfifo(folder / "pipe.txt")
    (folder / "itself.txt").symlink_to("itself.txt")
    expected |= {"pipe.txt": "pipe", "itself.txt": "symbolic links", "missing.txt": "no such file"}
    if os.geteuid():  # root may read everything
        (folder / "secret.txt").write_text(REPORT)
        (folder / "secret.txt").chmod(0)
        expected["secret.txt"] = "Permission denied"
    return expected


def _docx(document: bytes, times: int = 1) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(times):
                member.write(document)
    return buffer.getvalue()


def _pdf_bomb() -> bytes:
    packer = zlib.compressobj(1)
    stream = b"".join(packer.compress(b" " * 10_000_000) for _ in range(60)) + packer.flush()
    head = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    head += b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    page = b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>\nendobj\n"
    entries = b"<</Length %d/Filter/FlateDecode>>" % len(stream)
    return (
        head
        + page
        + b"4 0 obj\n"
        + entries
        + b"\nstream\n"
        + stream
        + b"\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
