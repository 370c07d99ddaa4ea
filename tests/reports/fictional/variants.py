"""Write a report as the text that different converters make of it: the same words, other marks.

Each function takes a source and returns text; `VARIANTS` names them. `worn` also loses apostrophes, as some
copies do: `worn_answer` says what is then right.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from html import escape

from fictional.flow import Piece, flow
from fictional.source import Source, Table, whole

__all__ = ["VARIANTS", "converted", "html_tables", "layout", "layout_centred", "line_of", "markdown", "paged",
           "pages_on_lines", "worn", "worn_answer"]  # fmt: skip

_MARKS = "¹²³⁴"
_TEAR = re.compile(r"\s+//\s+")
_TAGS = re.compile(r"</?[a-z][^<>]*>")


def line_of(piece: Piece) -> str:
    """Return a piece's text as printed, with its number, tears kept."""
    if piece.kind == "paragraph":
        return f"{piece.number}. {piece.text}"
    if piece.kind == "recommendation":
        return f"({piece.number}) {piece.text}"
    if piece.kind == "signature":
        return " ".join(part.strip() for part in piece.text.split("|"))
    return piece.text


def table_title(table: Table) -> str:
    """Return what stands above each page of an annex or appendix table."""
    return "Management Response" if table.kind == "appendix" else "STATUS OF AUDIT RECOMMENDATIONS"


def pages_of(table: Table) -> list[list[tuple[str, ...]]]:
    """Split a table's rows into pages at the tears of its cells."""
    pages: list[list[tuple[str, ...]]] = [[]]
    for row in table.rows:
        pieces = [_TEAR.split(cell) for cell in row]
        for turn in range(max(map(len, pieces))):
            if turn:
                pages.append([])
            pages[-1].append(tuple(p[turn] if turn < len(p) else "" for p in pieces))
    return pages


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _written(source: Source, line: Callable[[Piece], str], table: Callable[[Table], list[str]]) -> list[str]:
    out: list[str] = []
    for piece in flow(source):
        if piece.kind == "page":
            continue
        if piece.table:
            for number, rows in enumerate(pages_of(piece.table)):
                if number:
                    again = Piece("h1", table_title(piece.table)), Piece("title", source.head["title"])
                    out += ["", line(again[0]), "", line(again[1])]
                page = Table(piece.table.kind, piece.table.header, tuple(rows), piece.table.notes)
                out += ["", *table(page), ""]
                for mark, note in zip(_MARKS, page.notes, strict=False):
                    out += [line(Piece("note", f"{mark} {note}")), ""]
        elif piece.kind == "toc":
            out.append(f"{piece.text}\t{piece.number}".rstrip("\t"))
        elif piece.kind == "cover" and piece.text.startswith("Assignment No."):
            out[-2] += " " + line(piece)
        else:
            out += ["", *_TEAR.sub("\n\n", line(piece)).split("\n"), ""]
    return out


def converted(source: Source) -> str:
    """Return the commonest form: a line a paragraph, tab-separated rows, escaped dollars."""

    def table(page: Table) -> list[str]:
        return ["\t".join(row) for row in (page.header, *page.rows)]

    return _joined(_written(source, lambda p: ("- " if p.kind == "bullet" else "") + line_of(p), table))


def markdown(source: Source) -> str:
    """Return Markdown: headings, bold recommendations, italic responses, pipe tables with bold headers."""
    marks = {"h1": "## {}", "h2": "### {}", "h3": "**{}**", "title": "## {}", "recommendation": "**{}**",
             "response": "*{}*", "cover": "# {}", "bullet": "* {}", "annex": "**{}**"}  # fmt: skip

    def line(piece: Piece) -> str:
        if piece.kind == "note":
            return f"<sup>{_MARKS.index(piece.text[0]) + 1}</sup> {piece.text[2:]}"
        mark = marks.get(piece.kind, "{}")
        if piece.kind == "cover" and piece.text.startswith("Assignment"):
            mark = "**{}**"
        return mark.format(whole(line_of(piece)) if mark[-1] == "*" else line_of(piece))

    def table(page: Table) -> list[str]:
        head = "| " + " | ".join(f"**{_sup(h)}**" if h else "" for h in page.header) + " |"
        return [head, "|" + "---|" * len(page.header), *("| " + " | ".join(row) + " |" for row in page.rows)]

    return _joined(_written(source, line, table))


def _sup(text: str) -> str:
    for number, mark in enumerate(_MARKS, 1):
        text = text.replace(mark, f"<sup>{number}</sup>")
    return text


def html_tables(source: Source) -> str:
    """Return text whose tables alone are HTML, as several PDF converters write it."""

    def cells(tag: str, row: tuple[str, ...]) -> str:
        return "<tr>" + "".join(f"<{tag}>{_sup(escape(cell, quote=False))}</{tag}>" for cell in row) + "</tr>"

    def table(page: Table) -> list[str]:
        rows = [cells("td", row) for row in page.rows]
        return ["<table>", "<thead>" + cells("th", page.header) + "</thead>", "<tbody>", *rows, "</tbody>", "</table>"]

    def line(piece: Piece) -> str:
        if piece.kind == "recommendation":
            return f"<b>{whole(line_of(piece))}</b>"
        return ("• " if piece.kind == "bullet" else "") + line_of(piece)

    return _joined(_written(source, line, table))


def worn(source: Source) -> str:
    """Return a bad copy: lost apostrophes, digit 0 for O, LaTeX footnote marks, private-use bullets."""

    def line(piece: Piece) -> str:
        if piece.kind == "note":
            return f" $^{{{_MARKS.index(piece.text[0]) + 1}}}$ {piece.text[2:]}"
        return ("\uf0b7 " if piece.kind == "bullet" else "") + line_of(piece)

    def table(page: Table) -> list[str]:
        rows = [["0" if cell == "O" else cell for cell in row] for row in page.rows]
        return ["\t".join(row) for row in ([_latex(h) for h in page.header], *rows)]

    return worn_answer(_joined(_written(source, line, table)))


def _latex(text: str) -> str:
    return re.sub(f" ?([{_MARKS}])", lambda m: f"$^{{{_MARKS.index(m[1]) + 1}}}$", text)


def worn_answer(text: str) -> str:
    """Return what a text reads like without its apostrophes.

    >>> worn_answer("the Mission's mandate")
    'the Mission s mandate'
    """
    return re.sub(r"(?<=\w)['’](?=s\b)", " ", text)


def paged(source: Source) -> str:
    """Return text with "Page 1:" markers, the cover's lines out of order and its title torn."""
    pieces = list(flow(source))
    cover = [p.text for p in pieces if p.kind == "cover"]
    text = converted(source)
    if cover:
        start = text.index(f"{cover[-2]} {cover[-1]}") + len(f"{cover[-2]} {cover[-1]}")
        title = textwrap.wrap(source.head["title"], 40)
        torn = [f"{cover[1]} {cover[0]}", title[-1], *title[:-1], cover[-1], *cover[3:-2], cover[-2]]
        text = "\n".join(torn) + text[start:]
    blocks = text.split("\n\n")
    out, size = ["Page 1:"], 0
    for block in blocks:
        size += len(block)
        if size > 3000:
            out += [f"Page {sum(o.startswith('Page ') for o in out) + 1}:"]
            size = len(block)
        out.append(block)
    return "\n\n".join(out).strip("\n") + "\n"


_WIDTH = 112
_LINES = 54


def layout(source: Source, centred: bool = False) -> str:
    """Return pages as `pdftotext -layout` sets them: wrapped lines, columns of spaces, form feeds, page numbers.

    The cells of headers begin where their columns do, or stand in the middle.
    """
    running = f"{'OIOS Internal Audit Division':<80}{source.key:>32}"
    pages: list[list[str]] = [[]]

    def room(lines: int) -> bool:
        return len(pages[-1]) + lines <= _LINES

    for piece in flow(source):
        if piece.kind == "page":
            if pages[-1]:
                pages.append([])
        elif piece.table:
            head, rows = _columns(piece.table, centred)
            notes = [w for m, n in zip(_MARKS, piece.table.notes, strict=False) for w in textwrap.wrap(f"{m} {n}", 108)]
            pages[-1] += head
            for row in rows:
                for cells in row:
                    if not room(len(notes) + 2):
                        pages[-1] += ["", *notes]
                        pages.append([table_title(piece.table).center(_WIDTH).rstrip(), "", *head])
                    pages[-1].append(cells)
            pages[-1] += ["", *notes, ""]
        else:
            for text in [*_set(piece), ""]:
                if not room(1):
                    pages.append([])
                if text or pages[-1]:
                    pages[-1].append(text)
    out = []
    for number, page in enumerate(p for p in pages if any(p)):
        head = [running, ""] if number else []
        out.append("\n".join([*head, *page, "", str(number).center(_WIDTH).rstrip() if number else ""]))
    return "\f".join(out) + "\f"


def _set(piece: Piece) -> list[str]:
    text = whole(_TAGS.sub(" ", line_of(piece)))
    if piece.kind == "toc":
        return [f"  {piece.text:<90}{piece.number:>10}".rstrip()]
    if piece.kind in ("cover", "title", "annex") or (piece.kind == "h1" and "." not in text[:5]):
        return [row.center(_WIDTH).rstrip() for row in textwrap.wrap(text, 70)]
    if piece.kind == "paragraph":
        number, _, rest = text.partition(" ")
        return textwrap.wrap(f"{number:<6}{rest}", _WIDTH, break_on_hyphens=False)
    if piece.kind == "bullet":
        return textwrap.wrap("•   " + text, _WIDTH, initial_indent="    ", subsequent_indent="        ")
    if piece.kind == "recommendation":
        return textwrap.wrap(text, _WIDTH, initial_indent="      ", subsequent_indent="          ")
    if piece.kind == "signature":
        return [part.strip().rjust(_WIDTH - 10) for part in piece.text.split("|")]
    if "\t" in piece.text:
        left, _, right = (whole(_TAGS.sub(" ", part)) for part in piece.text.partition("\t"))
        return list(_side_by_side([(left, 54), (right, 54)]))
    return textwrap.wrap(text, _WIDTH, break_on_hyphens=False)


_WIDTHS: dict[str, dict[int, tuple[int, ...]]] = {"annex": {6: (5, 41, 11, 4, 28, 15), 7: (6, 30, 14, 8, 5, 24, 15)},
           "appendix": {7: (5, 28, 11, 10, 14, 15, 24)}}  # fmt: skip


def layout_centred(source: Source) -> str:
    """Return pages as `layout` does, the cells of headers in the middle of their columns."""
    return layout(source, centred=True)


def _columns(table: Table, centred: bool) -> tuple[list[str], list[list[str]]]:
    count = len(table.header)
    widths = _WIDTHS.get(table.kind, {}).get(count) or ((_WIDTH - 2 * count) // count,) * count
    made = [
        list(_side_by_side([*zip(map(whole, row), widths, strict=True)], centred and row is table.header))
        for row in (table.header, *table.rows)
    ]
    return made[0], made[1:]


def _side_by_side(cells: list[tuple[str, int]], centred: bool = False) -> Iterator[str]:
    wrapped = [textwrap.wrap(text, width) for text, width in cells]
    high = max((len(w) for w in wrapped), default=0)
    if centred:
        above = [["" for _ in range((high - len(w)) // 2)] for w in wrapped]
        wrapped = [[*a, *(part.center(c[1]) for part in w)] for a, w, c in zip(above, wrapped, cells, strict=True)]
    for turn in range(high):
        parts = (f"{w[turn] if turn < len(w) else '':<{c[1]}}" for w, c in zip(wrapped, cells, strict=True))
        yield "  ".join(parts).rstrip()


_PAGE = 2600  # characters
_LEAST = 12  # words on each side of the end of a page
_AS_DIGITS = str.maketrans("¹²³⁴", "1234")
# No page ends before these: the rest would read as an item, a number or a label.
_LABELS = re.compile(r"[(\d•-]|[ivx]+\.|[A-Z]\.")


def pages_on_lines(source: Source) -> str:
    """Return text as document-sharing sites have it: a page a line, begun by its ordinal; bullets lost or kept."""
    bullet = "" if source.form == "2017" else "• "
    pages: list[list[str]] = [[]]
    held: list[str] = []  # headings, which stay with what follows

    def put(text: str) -> None:
        words = [*held, *whole(_TAGS.sub(" ", text)).split()]
        held.clear()
        for at, word in enumerate(words):
            room = _PAGE - sum(len(w) + 1 for w in pages[-1])
            if room < 0 and at > _LEAST and len(words) - at > _LEAST and not _LABELS.match(word):
                pages.append([])
            pages[-1].append(word)

    for piece in flow(source):
        if piece.kind == "page":
            pages.append([])
        elif piece.table and piece.table.kind in ("annex", "appendix"):
            notes = [f"{n} {note}" for n, note in enumerate(piece.table.notes, 1)]
            for number, rows in enumerate(pages_of(piece.table)):
                if number:
                    pages.append(f"{table_title(piece.table)} {source.head['title']}".split())
                lines = [" ".join(row) for row in (piece.table.header, *rows)]
                pages[-1] += " ".join([*lines, *notes]).translate(_AS_DIGITS).split()
        elif piece.table:
            put(" ".join(" ".join(row) for row in (piece.table.header, *piece.table.rows)))
        elif piece.kind in ("h1", "h2", "h3"):
            held += piece.text.split()
        elif piece.kind == "toc":
            put(f"{piece.text} {piece.number}")
        else:
            put((bullet if piece.kind == "bullet" else "") + line_of(piece))
    printed = [" ".join(page) for page in pages if page]
    return "\n\n".join(f"{number} {page}" for number, page in enumerate(printed, 1)) + "\n"


VARIANTS: dict[str, Callable[[Source], str]] = {
    "converted": converted,
    "markdown": markdown,
    "html-tables": html_tables,
    "layout": layout,
    "layout-centred": layout_centred,
    "paged": paged,
    "pages-on-lines": pages_on_lines,
    "worn": worn,
}
