"""Open a Word document's package: its parts one by one, within limits."""

from __future__ import annotations

import posixpath
import zipfile

from lxml import etree

from auditgraph.errors import SourceError
from auditgraph.loaders.readers.word_lists import Element

__all__ = ["Parts"]

MOST_MEMBERS = 20_000
MOST_XML = 40_000_000  # bytes of one part
MOST_UNPACKED = 1_000_000_000  # bytes declared by all members, pictures too
_OTHERS = (
    ("xl/", "is an Excel workbook", "Save it as CSV."),
    ("ppt/", "is a PowerPoint file", "Save it as PDF."),
    ("content.xml", "is an OpenDocument file", "Save it as .docx or PDF."),
)


class Parts:
    """The XML parts of a package, read one by one within the limit."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        _check(package)
        self.package = package
        relations = self._relations("_rels/.rels", "")
        self.main = relations.get("officeDocument", "word/document.xml")
        folder, name = posixpath.split(self.main)
        self.related = self._relations(f"{folder}/_rels/{name}.rels".lstrip("/"), folder)

    def document(self) -> Element:
        """Return the main part."""
        return self._read(self.main)

    def part(self, kind: str) -> Element | None:
        """Return the part that the document relates to as its `kind` (styles, numbering, footnotes, ...)."""
        name = self.related.get(kind, "")
        return self._read(name) if name in self.package.NameToInfo else None

    def _relations(self, name: str, folder: str) -> dict[str, str]:
        if name not in self.package.NameToInfo:
            return {}
        found: dict[str, str] = {}
        for relation in self._read(name):
            target = relation.get("Target") or ""
            kind = (relation.get("Type") or "").rpartition("/")[2]
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.setdefault(kind, path)
        return found

    def _read(self, name: str) -> Element:
        info = self.package.getinfo(name)
        if info.file_size > MOST_XML:
            raise SourceError(f"has a part of {info.file_size // 10**6} MB", "It may be a decompression bomb.")
        data = self.package.read(info)  # no more than the declared size comes out
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise SourceError("has XML with a document type declaration, which Word never writes", "Don't trust it.")
        return root


def _check(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    if len(members) > MOST_MEMBERS:
        raise SourceError(f"has more than {MOST_MEMBERS} members", "It may be a decompression bomb.")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise SourceError(f"unpacks to more than {MOST_UNPACKED // 10**6} MB", "It may be a decompression bomb.")
    names = [member.filename for member in members]
    if not any(name.startswith("word/") for name in names):
        for start, what, remedy in _OTHERS:
            if any(name.startswith(start) for name in names):
                raise SourceError(what, remedy)
        if "_rels/.rels" not in names:
            raise SourceError("is a ZIP archive, not a DOCX file", "Unpack it and give the files in it.")
