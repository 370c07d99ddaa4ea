"""Read an HTML page, or the one in a saved web page (MHTML), as lines, list labels and table rows."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from auditgraph.errors import SourceError
from auditgraph.loaders.readers.numbering import label_of
from auditgraph.loaders.readers.text import canonical, decode

__all__ = ["read_html"]

DEEPEST = 200  # levels of elements: deeper ones are a trap, or a page in ruins
_MOST_SPAN = 50

_DROPPED = frozenset(
    (
        "script", "style", "head", "template", "noscript", "svg", "math", "object", "iframe", "select",
        "textarea", "button", "nav", "audio", "video", "canvas",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table",
        "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_APART = frozenset(
    (
        "blockquote", "caption", "dl", "fieldset", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol",
        "p", "pre", "table", "ul",
    )
)  # fmt: skip
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CHARSET = re.compile(rb"""<(?:meta\b[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_STYLES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS_STYLES = {
    "decimal": "decimal", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?([a-z-]+)\s*(?:;|$)")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DIGITS = re.compile("[0-9, ]*[0-9]")
_SPACES = re.compile("[ \t\n\r\f\u00a0]+")
_LABELLED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s|[•\-–]\s")


def read_html(data: bytes) -> str:
    """Return the canonical text of an HTML page.

    Raises SourceError where it is nested too deeply or holds no page.
    """
    if _is_mime(data):
        data = _page_of(data)
    found = _CHARSET.search(data[:4096])
    text = canonical(decode(data, found[1].decode("ascii") if found else ""))
    text = re.sub(r"\A\s*<\?xml[^>]*>", "", text)  # lxml refuses a declaration in text
    parser = lxml_html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError("is no HTML page that can be read") from error
    if _depth(root) > DEEPEST:
        raise SourceError(f"has elements nested more than {DEEPEST} deep")
    writer = _Writer()
    writer.element(root)
    return canonical(writer.result())


def _depth(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


class _Writer:
    """Writes elements as lines: one for each block, a blank one round paragraphs, headings, lists and tables."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.open = ""  # the line being written
        self.label = ""  # stands before the next line

    def result(self) -> str:
        self.close()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n") + "\n"

    def text(self, text: str | None, pre: bool = False) -> None:
        if not text:
            return
        if pre:
            *full, last = text.split("\n")
            for line in full:
                self.open += line
                self.close(keep_empty=True)
            self.open += last
        else:
            text = _SPACES.sub(" ", text)
            self.open += text.lstrip(" ") if not self.open or self.open.endswith(" ") else text

    def close(self, keep_empty: bool = False) -> None:
        line = self.open.rstrip()
        self.open = ""
        if line and self.label:
            # Some pages print the numbers that the list would add, too.
            line = line if _LABELLED.match(f"{line} ") and _LABELLED.match(f"{self.label} ") else f"{self.label} {line}"
            self.label = ""
        if line or keep_empty:
            self.lines.append(line)

    def blank(self) -> None:
        self.close()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def element(self, element: etree._Element, pre: bool = False) -> None:
        """Write an element and what is in it; not what follows it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _DROPPED or _is_hidden(element):
            return
        if tag == "br":
            self.close(keep_empty=True)
        elif tag == "table":
            self.table(element)
        elif tag in ("ol", "ul", "menu"):
            self.list(element)
        elif tag == "sup" and _DIGITS.fullmatch(text := "".join(map(str, element.itertext())).strip()):
            self.text(text.translate(_SUPERSCRIPT))
        elif tag in _BLOCKS:
            leave = self.blank if tag in _APART else self.close
            leave()
            self.children(element, pre or tag == "pre")
            leave()
        else:
            self.children(element, pre)

    def children(self, element: etree._Element, pre: bool = False) -> None:
        self.text(element.text, pre)
        for child in element:
            self.element(child, pre)
            self.text(child.tail, pre)

    def list(self, element: etree._Element) -> None:
        parent = element.getparent()
        leave = self.close if parent is not None and parent.tag == "li" else self.blank
        leave()
        number = _int(element.get("start"), 1)
        style = _style(element)
        for child in element:
            if child.tag != "li":
                self.element(child)
                continue
            self.close()
            number = _int(child.get("value"), number)
            label = label_of(_style(child, style), number)
            self.label = f"{label}." if style not in ("bullet", "none") else label
            number += 1
            self.children(child)
            self.close()
            self.label = ""
        leave()

    def table(self, element: etree._Element) -> None:
        rows = list(_rows(element))
        if _is_layout(element, rows):
            self.close()
            for part in element:
                self.text(part.text)
                self.element(part) if part.tag == "caption" else None
            for row in rows:
                for cell in row:
                    self.close()
                    self.children(cell)
                    self.close()
            return
        self.blank()
        for caption in element.iterchildren("caption"):
            self.element(caption)
        spanned: dict[int, int] = {}  # columns that a cell above still covers, and for how many rows
        for row in rows:
            line: list[str] = []
            below = {column: left - 1 for column, left in spanned.items() if left > 1}
            for cell in row:
                while spanned.get(len(line)):
                    line.append("")
                down = min(_int(cell.get("rowspan"), 1), len(rows))
                across = max(1, min(_int(cell.get("colspan"), 1), _MOST_SPAN))
                for column in range(len(line), len(line) + across):
                    if down > 1:
                        below[column] = down - 1
                line += [_cell(cell), *[""] * (across - 1)]
            spanned = below
            if any(line):
                self.lines.append("\t".join(line))
        self.blank()


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _cell(cell: etree._Element) -> str:
    writer = _Writer()
    writer.children(cell)
    return " ".join(writer.result().split())


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for child in table:
        if child.tag == "tr":
            yield [cell for cell in child if cell.tag in ("td", "th")]
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _is_layout(table: etree._Element, rows: list[list[etree._Element]]) -> bool:
    """Tell a table that only places things on a page: of one column, or with tables or headings in its cells."""
    if table.get("role") == "presentation" or max((len(row) for row in rows), default=0) < 2:
        return True
    return next(table.iterdescendants("table", "h1", "h2", "h3"), None) is not None


def _style(element: etree._Element, inherited: str = "") -> str:
    found = _LIST_STYLE.search((element.get("style") or "").lower())
    if found and found[1] in _CSS_STYLES:
        return _CSS_STYLES[found[1]]
    kind = element.get("type") or ""
    if kind in _STYLES:
        return _STYLES[kind]
    return inherited or ("decimal" if element.tag == "ol" else "bullet")


def _int(value: str | None, default: int) -> int:
    try:
        return int(value or "")
    except ValueError:
        return default


def _is_mime(data: bytes) -> bool:
    return re.match(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+", data[:8192]) is not None and data.lstrip()[:1] != b"<"


def _page_of(data: bytes) -> bytes:
    message = email.message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b""
    raise SourceError("is a saved web page without an HTML part")
