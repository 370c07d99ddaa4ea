"""Tell by its first bytes what kind of file one is; the suffix only decides where they leave a doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Kind", "kind_of"]

MB = 10**6


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its reader's name, or why it is refused; `limit` is in bytes."""

    name: str
    media_type: str
    limit: int = 30 * MB
    paged: bool = False
    refusal: str = ""
    remedy: str = ""

    @property
    def label(self) -> str:
        """Return what messages call the kind."""
        return "text" if self.name == "text" else self.name.upper()


_TEXT_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_PDF = Kind("pdf", "application/pdf", 200 * MB, paged=True)
_DOCX = Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 100 * MB)
_HTML = Kind("html", "text/html")


def _refused(media_type: str, refusal: str, remedy: str) -> Kind:
    return Kind("refused", media_type, MB, refusal=refusal, remedy=remedy)


_OLE = _refused(
    "application/x-ole-storage",
    "is a Word file of the old or the password-protected kind",
    "Save it as .docx without a password.",
)
_IMAGE = _refused("image/*", "is an image without text", "Run OCR over it first, e.g. `img2pdf` and `ocrmypdf`.")
_ARCHIVE = _refused("application/x-archive", "is a compressed archive", "Unpack it and give the files in it.")
_MAGIC = (
    (b"PK\x03\x04", _DOCX),
    (b"PK\x05\x06", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"{\\rtf", _refused("application/rtf", "is an RTF file", "Save it as .docx or PDF.")),
    (b"%!PS", _refused("application/postscript", "is a PostScript file", "Turn it into a PDF, e.g. with `ps2pdf`.")),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
)
_MARKS = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*")
_HTML_START = re.compile(
    rb"\A(?:<\?xml[^>]*>\s*)?(?:<!--.*?(?:-->|\Z)\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S
)
_TAG = re.compile(rb"</?[a-z][a-z0-9]*[\s>/]", re.I)
_MIME = re.compile(rb"^(?:mime-version:|content-type:\s*multipart/)", re.I | re.M)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".mht", ".mhtml")


def kind_of(head: bytes, suffix: str = "") -> Kind:
    """Return the kind of a file that begins with `head` (some kB).

    >>> kind_of(b"%PDF-1.7", ".txt").name, kind_of(b"REPORT 2021/001", ".pdf").name
    ('pdf', 'text')
    """
    suffix = suffix.lower()
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    start = _MARKS.sub(b"", head, count=1).replace(b"\0", b"")
    if start.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:1024]):
        return _PDF
    if _HTML_START.match(start) or (suffix in _HTML_SUFFIXES and (_TAG.search(start) or _MIME.search(start))):
        return _HTML
    return Kind("text", _TEXT_TYPES.get(suffix, "text/plain"), paged=True)
