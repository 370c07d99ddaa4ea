"""Read a PDF that has a text layer, with PDFium (pypdfium2): text in reading order, ruled tables as rows."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pypdfium2 as pdfium

from auditgraph.errors import SourceError
from auditgraph.loaders.readers.page_text import leading_of, page_text, vocabulary_of
from auditgraph.loaders.readers.pdf_page import Page, read_page
from auditgraph.loaders.readers.text import canonical

__all__ = ["read_pdf"]

MOST_PAGES = 2_000
MOST_CHARACTERS = 10_000_000
MOST_UNPACKED = 300_000_000  # bytes of all streams but pictures, which are not unpacked
MOST_STREAMS = 200_000
_OCR = "Run OCR over it first, e.g. `ocrmypdf in.pdf out.pdf`."
_FEWEST = 25  # characters a page on average: fewer beside pictures are stamps on a scan


def read_pdf(data: bytes) -> str:
    r"""Return the canonical text of a PDF, its pages parted by `\f`.

    Raises SourceError where it is broken, encrypted, scanned without text, or beyond a limit.
    """
    _check_bomb(data)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise SourceError(*_why(str(error))) from error
    try:
        if not 0 < len(document) <= MOST_PAGES:
            raise SourceError(f"has {len(document)} pages; between 1 and {MOST_PAGES} can be read", "Split it.")
        pages = list(_pages(document))
    finally:
        document.close()
    _check_text(pages)
    leading, vocabulary = leading_of(pages[:: 1 + len(pages) // 20]), vocabulary_of(pages)
    # A form feed stands for a page break and nothing else: page starts are counted by it.
    texts = (canonical(page_text(page, leading, vocabulary)).replace("\f", "\n") for page in pages)
    return "\f".join(f"{text}\n" if text else "" for text in texts)


def _pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise SourceError(f"is broken: page {index + 1} can't be read", "Get the file again.") from error
        try:
            read = read_page(page)
        finally:
            page.close()
        characters += sum(len(word.text) for word in read.words)
        if characters > MOST_CHARACTERS:
            raise SourceError(f"has more than {MOST_CHARACTERS // 10**6} million characters", "Split it.")
        yield read


def _why(error: str) -> tuple[str, str]:
    if "password" in error.lower():
        return "is encrypted: it opens only with a password", "Save a copy without one, e.g. with `qpdf --decrypt`."
    if "security" in error.lower():
        return "is encrypted in a way that can't be read", "Save a copy without encryption."
    return "is broken or cut short: no PDF reader can open it", "Get the file again."


def _check_text(pages: list[Page]) -> None:
    characters = sum(len(word.text) for page in pages for word in page.words)
    unreadable = sum(page.unreadable for page in pages)
    pictures = sum(1 for page in pages if page.pictures)
    if not characters or (pictures * 2 > len(pages) and characters < _FEWEST * len(pages)):
        what = "is scanned: its pages are pictures without text" if pictures else "has no text in it"
        raise SourceError(what, _OCR)
    if unreadable * 4 > characters:
        raise SourceError("has a text layer that can't be decoded", "Use `ocrmypdf --force-ocr in.pdf out.pdf`.")


_STREAM = re.compile(rb"stream\r?\n(?=[\x08-\x78][\x01\x5e\x9c\xda])")
_BOMB = "It may be a decompression bomb."


def _check_bomb(data: bytes) -> None:
    """Refuse streams that unpack to more than the limit, counting without keeping what comes out."""
    total = 0
    for count, match in enumerate(_STREAM.finditer(data)):
        if count > MOST_STREAMS:
            raise SourceError(f"has more than {MOST_STREAMS} streams", _BOMB)
        entries = data[max(0, match.start() - 500) : match.start()].rpartition(b" obj")[2]
        if b"/Image" in entries:
            continue
        if entries.count(b"/FlateDecode") > 1:
            raise SourceError("has a stream that is packed twice", _BOMB)
        for length in _unpacked(data, match.end()):
            total += length
            if total > MOST_UNPACKED:
                raise SourceError(f"unpacks to more than {MOST_UNPACKED // 10**6} MB", _BOMB)


def _unpacked(data: bytes, at: int) -> Iterator[int]:
    """Yield the lengths of the pieces that the stream at an offset unpacks to."""
    unpacker = zlib.decompressobj()
    rest = b""
    with suppress(zlib.error):
        while not unpacker.eof:
            if not rest:
                rest = data[at : at + 65536]
                at += len(rest)
                if not rest:
                    return
            yield len(unpacker.decompress(rest, 1 << 20))
            rest = unpacker.unconsumed_tail
