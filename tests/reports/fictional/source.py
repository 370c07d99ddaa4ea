"""Read the invented reports: one source text each, from which files and expected answers are made.

A source has a head (`key: value` lines), `%%`, the report's blocks (one a line), `%% expected`, and the
expected rows under `[query]` lines (CSV without the report column; a leading `? ` marks an optional row).

Blocks: `== ` main heading, `-- ` area, `__ ` finding, `1. ` paragraph, `- ` bullet, `(1) ` recommendation,
`> ` response, `cap ` caption, `tab ` table row, `sig ` signature, `note ` footnote, `line ` a bare line,
`[toc]`, `[title]`, `[page]`, `[letter NAME]` (its lines follow), `[annex NAME]` and `[appendix NAME]` with their
rows. ` // ` is where a page tears a text or a cell in the text forms. Everything else is an unnumbered paragraph.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["SOURCES", "Block", "Source", "Table", "parse", "read", "whole"]

SOURCES = Path(__file__).parents[1] / "sources"

_PREFIXES = {
    "== ": "h1", "-- ": "h2", "__ ": "h3", "- ": "bullet", "> ": "response",
    "cap ": "caption", "sig ": "signature", "note ": "note", "line ": "line",
}  # fmt: skip

CRITICAL_2017 = (
    "Critical recommendations address those risk issues that require immediate management attention. "
    "Failure to act could have a critical or significant adverse impact on the Organization.",
    "Important recommendations address risk issues that require timely management attention. "
    "Failure to act could have a high or moderate adverse impact on the Organization.",
)
CRITICAL_2013 = (
    "Critical recommendations address significant and/or pervasive deficiencies in governance, risk management or "
    "control processes, such that reasonable assurance cannot be provided on the achievement of objectives.",
    "Important recommendations address important deficiencies in governance, risk management or control "
    "processes, such that the achievement of objectives may be at risk.",
)


@dataclass(frozen=True)
class Table:
    """A table: its kind (`plain`, `annex`, `appendix`, `assessment`), columns, rows (`//` tears kept), footnotes."""

    kind: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A piece of a report; `kind` as in the module's list, `table` for tables only."""

    kind: str
    text: str = ""
    number: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Source:
    """An invented report: head, blocks in reading order, expected rows by query (with `need` last)."""

    name: str
    head: dict[str, str]
    blocks: tuple[Block, ...]
    expected: dict[str, list[list[str]]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The report's number, or its assignment number where it has none."""
        return self.head.get("number") or self.head["assignment"]

    @property
    def form(self) -> str:
        """The layout: `2017`, `2013`, `2012`, `short` (mid 2011-2012) or `2009`."""
        return self.head["form"]


def whole(text: str) -> str:
    """Return a text without the marks of page tears and without a converter's escapes."""
    return re.sub(r"\s+//\s+", " ", text).replace("\\$", "$").strip()


def read(name: str) -> Source:
    """Read the source of a report by its name."""
    return parse(name, (SOURCES / f"{name}.report").read_text(encoding="utf-8"))


def parse(name: str, text: str) -> Source:
    """Parse a source text; a block or row that is not understood raises ValueError."""
    head_text, body, expected = re.split(r"^%%(?: expected)?\n", text, maxsplit=2, flags=re.M)
    head: dict[str, str] = {}
    for line in filter(None, head_text.splitlines()):
        key, _, value = line.partition(":")
        head[key.strip()] = value.strip()
    return Source(name, head, tuple(_blocks(body.splitlines(), head)), _expected(expected))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in (" " + line).split(" |"))


def _blocks(lines: list[str], head: dict[str, str]) -> list[Block]:
    blocks: list[Block] = []
    recommendations: dict[str, str] = {}
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip():
            continue
        marker = re.fullmatch(r"\[(toc|title|page|letter|annex|appendix|assessment)\s*(.*)\]", line)
        prefix = next((p for p in _PREFIXES if line.startswith(p)), None)
        numbered = re.match(r"(\d+)\. (.*)", line)
        recommendation = re.match(r"\((\d+)\) (.*)", line)
        if marker and marker[1] in ("annex", "appendix", "assessment"):
            rows: list[str] = []
            while at < len(lines) and " |" in lines[at]:
                rows.append(lines[at])
                at += 1
            table = _table(marker[1], [_cells(r) for r in rows], recommendations, head)
            blocks.append(Block(marker[1], marker[2], table=table))
        elif marker:
            blocks.append(Block(marker[1], marker[2]))
        elif line.startswith("tab "):
            rows = [line]
            while at < len(lines) and lines[at].startswith("tab "):
                rows.append(lines[at])
                at += 1
            cells = [_cells(r[4:]) for r in rows]
            blocks.append(Block("table", table=Table("plain", cells[0], tuple(cells[1:]))))
        elif prefix:
            blocks.append(Block(_PREFIXES[prefix], line[len(prefix) :].replace("\\t", "\t")))
        elif recommendation:
            recommendations[recommendation[1]] = recommendation[2]
            blocks.append(Block("recommendation", recommendation[2], recommendation[1]))
        elif numbered:
            blocks.append(Block("paragraph", numbered[2], numbered[1]))
        else:
            blocks.append(Block("prose", line))
    return blocks


_ANNEX = ("Recommendation", "Critical ¹ / Important ²", "C/ O ³", "Actions needed to close the recommendation",
          "Implementation date ⁴")  # fmt: skip
_ANNEX_2009 = ("Recommendation", "Risk category", "Risk rating", "C/O ¹", "Actions needed to close the recommendation",
               "Implementation date ²")  # fmt: skip
_APPENDIX = ("Recommendation", "Critical ¹ / Important ²", "Accepted? (Yes/No)", "Title of the responsible individual",
             "Implementation date", "Client comments")  # fmt: skip


def _table(kind: str, rows: list[tuple[str, ...]], texts: dict[str, str], head: dict[str, str]) -> Table:
    form = head["form"]
    if kind == "assessment":
        return Table("assessment", rows[0], tuple(rows[1:]))
    first = "Rec. no." if form == "2017" else "Recom. no."
    columns = _APPENDIX if kind == "appendix" else _ANNEX_2009 if form == "2009" else _ANNEX
    header = (first if kind == "annex" else "Rec. no.", *columns)
    made = []
    for number, *cells in rows:
        want = len(columns) - 1
        text = cells.pop() if len(cells) > want else whole(texts[number])
        if len(cells) != want:
            raise ValueError(f"{kind} row {number}: {len(cells)} cells, not {want}")
        made.append((number, text, *cells))
    critical = CRITICAL_2017 if form == "2017" else CRITICAL_2013
    letters = "Please note the value C denotes closed recommendations whereas O refers to open recommendations."
    if form == "2009":
        letters = "C = closed, O = open"
        notes: tuple[str, ...] = (letters, f"Date provided by {head.get('client', head['entity'])}")
    elif kind == "annex":
        client = head.get("client", head["entity"])
        notes = (*critical, letters, f"Date provided by {client} in response to recommendations.")
    else:
        notes = critical
    return Table(kind, header, tuple(made), notes)


def _expected(text: str) -> dict[str, list[list[str]]]:
    expected: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in filter(None, text.splitlines()):
        section = re.fullmatch(r"\[([a-z-]+)\]", line)
        if section:
            rows = expected.setdefault(section[1], [])
            continue
        need = "optional" if line.startswith("? ") else "required"
        rows.append([*next(csv.reader(io.StringIO(line.removeprefix("? ")))), need])
    return expected
