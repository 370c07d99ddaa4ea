"""Rows for a person at a terminal, in which no value can steer it."""

from __future__ import annotations

from typing import TextIO

from auditgraph.queries.results import Rows, cell

__all__ = ["plain_table", "rich_table", "visible"]


def visible(text: str) -> str:
    r"""Return text without the power to steer a terminal: control and direction characters are spelt out.

    >>> visible("a\x1b[31mb\nc\u202e")
    'a\\x1b[31mb c\\u202e'
    """
    if text.isprintable():
        return text
    return "".join(map(_spelt, text))


def _spelt(character: str) -> str:
    if character in "\n\t":
        return " "
    spaces = "\u00a0\u2003\u202f"  # what str.isprintable does not count as such, and is
    return character if character.isprintable() or character in spaces else ascii(character)[1:-1]


def plain_table(rows: Rows, out: TextIO) -> None:
    """Write rows as columns of plain text."""
    cells = [[visible(cell(term)) for term in row] for row in rows.rows]
    widths = [max(map(len, column)) for column in zip(rows.columns, *cells, strict=True)]
    for row in (list(rows.columns), ["-" * width for width in widths], *cells):
        out.write("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() + "\n")


def rich_table(rows: Rows) -> int:
    """Print rows as a table as wide as the terminal, and how many they are; return the number."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in rows.columns:
        table.add_column(name, overflow="fold")
    count = 0
    for row in rows.rows:
        table.add_row(*(Text(visible(cell(term))) for term in row))
        count += 1
    console = Console(highlight=False)
    console.print(table)
    console.print(f"{count} row{'' if count == 1 else 's'}", style="dim")
    return count
