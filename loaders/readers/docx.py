"""Read a Word document (.docx) as it prints: with its list numbers, notes, text boxes and changes accepted.

Word's XML is read as it stands (ECMA-376, part 1): libraries give its text without what Word adds in printing.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from auditgraph.errors import SourceError
from auditgraph.loaders.readers.docx_parts import Parts
from auditgraph.loaders.readers.numbering import label_of
from auditgraph.loaders.readers.text import canonical
from auditgraph.loaders.readers.word_lists import Element, Lists, attribute, child, lists_of, local

__all__ = ["read_docx"]

_SKIPPED = frozenset(
    (
        "del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr",
        "sdtPr", "sdtEndPr", "rubyPr", "rt", "Fallback", "annotationRef", "delInstrText", "fldChar", "numPr",
    )
)  # fmt: skip
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DINGBATS = {"\uf0fc": "✓", "\uf0fe": "☑", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fd": "☒", "\uf078": "☒"}
_LABEL_TAB = re.compile(r"\A([(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,6})[.)\]]|[^\w\s])\t+")


def read_docx(data: bytes) -> str:
    r"""Return the canonical text of a Word document; `\f` stands for its explicit page breaks.

    Raises SourceError where it is broken, no Word document, or beyond a limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            text = _Reader(Parts(package)).document()
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, OSError) as error:
        raise SourceError("is a broken or cut-off DOCX file", "Get the file again.") from error
    except RuntimeError as error:  # zipfile has nothing better for a member with a password
        raise SourceError("is encrypted", "Save a copy without a password.") from error
    except etree.LxmlError as error:
        raise SourceError(f"is a DOCX file with broken XML ({error})") from error
    return canonical(text)


class _Reader:
    """Writes the body of a document as blocks of text."""

    def __init__(self, parts: Parts) -> None:
        self.body = parts.document()
        styles = parts.part("styles")
        self.lists: Lists = lists_of(parts.part("numbering"), styles)
        self.raised = _raised_styles(styles)
        self.notes = _notes(parts.part("footnotes"))
        self.endnotes = _notes(parts.part("endnotes"))
        self.marks: list[tuple[str, str]] = []  # the notes referred to since the last block: mark, id
        self.footnotes_seen = 0
        self.end: list[tuple[str, str]] = []
        self.boxes: list[Element] = []
        self.carried = ""  # the text of a paragraph whose end was deleted

    def document(self) -> str:
        blocks = list(self._blocks(self.body))
        if self.carried:
            blocks.append(self.carried)
        for mark, key in self.end:
            blocks += self._note(mark, self.endnotes.get(key))
        text = "\n\n".join(blocks).strip("\n")
        return re.sub(r"\n*\f\n*", "\n\f", text) + "\n"

    def _blocks(self, parent: Element) -> Iterator[str]:
        """Yield paragraphs and tables in order, each followed by its notes and text boxes."""
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._with_boxes(self._paragraph(element))
            elif name == "tbl":
                yield from self._with_boxes(*self._table(element))
            elif name == "AlternateContent":
                yield from self._blocks(_choice(element))
            elif name not in _SKIPPED:
                yield from self._blocks(element)

    def _with_boxes(self, *blocks: str) -> Iterator[str]:
        boxes, self.boxes = self.boxes, []
        marks, self.marks = self.marks, []
        yield from (block for block in blocks if block.strip(" \t\n"))
        for mark, key in marks:
            yield from self._note(mark, self.notes.get(key))
        for box in boxes:
            yield from self._blocks(box)

    def _note(self, mark: str, note: Element | None) -> list[str]:
        if note is None:
            return []
        text = " ".join(" ".join(self._blocks(note)).split())
        return [f"{mark} {text}" if mark and not text.startswith(mark) else text] if text else []

    def _paragraph(self, element: Element, in_cell: bool = False) -> str:
        properties = child(element, "pPr")
        text = self.carried + "".join(self._inline(element))
        self.carried = ""
        if child(properties, "rPr", "del") is not None:  # the next paragraph goes on in this one
            self.carried = text
            return ""
        label = self.lists.label(properties)
        text = _LABEL_TAB.sub(r"\1 ", text.strip(" \n").lstrip("\t "))
        if label and (text.strip("\f") or in_cell):
            text = f"{label} {text}".rstrip() if not text.startswith("\f") else f"\f{label} {text[1:]}"
        if _on(child(properties, "pageBreakBefore")):
            text = f"\f{text}"
        section = child(properties, "sectPr")
        if section is not None and attribute(child(section, "type"), "val") != "continuous":
            text = f"{text}\f"
        return text

    def _inline(self, parent: Element, raised: bool = False) -> Iterator[str]:
        for element in parent:
            name = local(element)
            if name == "r":
                properties = child(element, "rPr")
                if not _on(child(properties, "vanish")):
                    yield from self._inline(element, self._is_raised(properties))
            elif name == "t":
                text = element.text or ""
                yield text.translate(_SUPERSCRIPT) if raised else text
            elif name == "tab" or name == "ptab":
                yield "\t"
            elif name == "br":
                yield "\f" if attribute(element, "type") == "page" else "\n"
            elif name == "cr":
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                yield _symbol(element)
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._reference(element, name)
            elif name == "txbxContent":
                self.boxes.append(element)
            elif name == "AlternateContent":
                yield from self._inline(_choice(element), raised)
            elif name not in _SKIPPED:
                yield from self._inline(element, raised)

    def _reference(self, element: Element, name: str) -> str:
        key = attribute(element, "id")
        own_mark = _on_value(attribute(element, "customMarkFollows"))
        if name == "endnoteReference":
            self.end.append(("" if own_mark else label_of("lowerRoman", len(self.end) + 1), key))
            return ""
        if own_mark:
            self.marks.append(("", key))
            return ""
        self.footnotes_seen += 1
        mark = str(self.footnotes_seen).translate(_SUPERSCRIPT)
        self.marks.append((mark, key))
        return mark

    def _is_raised(self, properties: Element | None) -> bool:
        if properties is None:
            return False
        if align := attribute(child(properties, "vertAlign"), "val"):
            return align == "superscript"
        return attribute(child(properties, "rStyle"), "val") in self.raised

    def _table(self, table: Element) -> list[str]:
        """Return a table as one block of rows; one with a single column as the paragraphs in it."""
        rows = [row for row in _within(table, "tr") if child(row, "trPr", "del") is None]
        if all(sum(1 for _ in _within(row, "tc")) < 2 for row in rows):
            return [block for row in rows for cell in _within(row, "tc") for block in self._blocks(cell)]
        lines = []
        for row in rows:
            properties = child(row, "trPr")
            cells = [""] * _count(child(properties, "gridBefore"), 0)
            for cell in _within(row, "tc"):
                cell_properties = child(cell, "tcPr")
                merged = child(cell_properties, "vMerge")
                goes_on = merged is not None and attribute(merged, "val") != "restart"
                cells.append("" if goes_on else self._cell(cell))
                cells += [""] * (_count(child(cell_properties, "gridSpan"), 1) - 1)
            if any(cells):
                lines.append("\t".join(cells))
        return ["\n".join(lines)]

    def _cell(self, parent: Element) -> str:
        parts: list[str] = []
        for element in parent:
            name = local(element)
            if name == "p":
                parts.append(self._paragraph(element, in_cell=True))
            elif name == "AlternateContent":
                parts.append(self._cell(_choice(element)))
            elif name not in _SKIPPED:
                parts.append(self._cell(element))
        boxes, self.boxes = self.boxes, []
        parts += [self._cell(box) for box in boxes]
        return " ".join(" ".join(parts).split())


def _choice(element: Element) -> Element:
    """Return what to read of an alternative: the choice, unless only the fallback has content."""
    choice, fallback = child(element, "Choice"), child(element, "Fallback")
    if choice is not None and (fallback is None or next(choice.iter("{*}t"), None) is not None):
        return choice
    return fallback if fallback is not None else element


def _within(parent: Element, name: str) -> Iterator[Element]:
    """Yield a table's rows or a row's cells; content controls and changes may stand round them."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(element, name)


def _notes(part: Element | None) -> dict[str, Element]:
    if part is None:
        return {}
    return {attribute(note, "id"): note for note in part if not attribute(note, "type").startswith(("sep", "cont"))}


def _raised_styles(styles: Element | None) -> frozenset[str]:
    if styles is None:
        return frozenset()
    return frozenset(
        attribute(style, "styleId")
        for style in styles
        if attribute(child(style, "rPr", "vertAlign"), "val") == "superscript"
    )


def _symbol(element: Element) -> str:
    try:
        char = chr(int(attribute(element, "char"), 16))
    except (ValueError, OverflowError):
        return ""
    return _DINGBATS.get(char, "•") if "\ue000" <= char <= "\uf8ff" else char


def _on(element: Element | None) -> bool:
    return element is not None and (not attribute(element, "val") or _on_value(attribute(element, "val")))


def _on_value(value: str) -> bool:
    return value in ("1", "true", "on")


def _count(element: Element | None, default: int) -> int:
    value = attribute(element, "val")
    return min(int(value), 100) if value.isdigit() else default
