"""Render the invented reports into the forms that readers meet: converted text of several tools, HTML, DOCX, PDF.

Run as a script it writes `examples/*.txt`, `<name>.txt` and `expected/<name>/*.csv` anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from expect import write  # noqa: E402
from flow import Piece, flow  # noqa: E402
from source import SOURCES, Source, Table, read  # noqa: E402

__all__ = ["EXAMPLES", "converted", "names"]

EXAMPLES = HERE.parents[1] / "examples"


def names() -> list[str]:
    """List the invented reports."""
    return sorted(path.stem for path in SOURCES.glob("*.report"))


def converted(source: Source) -> str:
    """Return the form that most converters give: a line a paragraph, tab-separated rows, no page marks."""
    out: list[str] = [""]
    inner = False
    for piece in flow(source):
        if piece.kind == "page":
            inner = True
        elif piece.kind == "table" and piece.table:
            out += _tabbed(piece.table, source)
        elif piece.kind == "toc":
            out.append(f"{piece.text}\t{piece.number}".rstrip() if piece.number else piece.text)
        elif piece.kind == "cover" and piece.text.startswith("Assignment No.") and not inner:
            out[-2] += " " + piece.text
        else:
            text = _line(piece)
            out += ["", *re.sub(r"\s+//\s+", "\n\n", text).split("\n"), ""]
    text = "\n".join(out)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _line(piece: Piece) -> str:
    if piece.kind == "paragraph":
        return f"{piece.number}. {piece.text}"
    if piece.kind == "recommendation":
        return f"({piece.number}) {piece.text}"
    if piece.kind == "bullet":
        return f"- {piece.text}"
    if piece.kind == "signature":
        return " ".join(part.strip() for part in piece.text.split("|"))
    return piece.text


def _pages(table: Table) -> list[list[tuple[str, ...]]]:
    """Split a table's rows into pages at the tears of its cells."""
    pages: list[list[tuple[str, ...]]] = [[]]
    for row in table.rows:
        pieces = [re.split(r"\s+//\s+", cell) for cell in row]
        for turn in range(max(map(len, pieces))):
            if turn:
                pages.append([])
            pages[-1].append(tuple(p[turn] if turn < len(p) else "" for p in pieces))
    return pages


def _tabbed(table: Table, source: Source) -> list[str]:
    out: list[str] = [""]
    title = "Management Response" if table.kind == "appendix" else "STATUS OF AUDIT RECOMMENDATIONS"
    for number, page in enumerate(_pages(table)):
        if number:
            out += ["", title, "", source.head["title"], ""]
        out.append("\t".join(table.header))
        out += ["\t".join(row) for row in page]
        for mark, note in zip("¹²³⁴", table.notes, strict=False):
            out += ["", f"{mark} {note}"]
        out.append("")
    return out


def main() -> None:
    """Write the text form and the expected answers of every report."""
    for name in names():
        source = read(name)
        folder = EXAMPLES if source.head.get("example") else HERE
        (folder / f"{name}.txt").write_text(converted(source), encoding="utf-8")
        write(source, HERE / "expected" / name)


if __name__ == "__main__":
    main()
