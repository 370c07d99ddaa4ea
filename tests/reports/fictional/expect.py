"""Write the answers that an invented report must give, in the form that the scorer reads.

What the source says by its structure (recommendations, findings, responses, ...) is taken from there; what its
sentences say was written by hand under `%% expected`, by reading them.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from fictional.source import Block, Source, whole

__all__ = ["COLUMNS", "answers", "write"]

COLUMNS = {
    "reports": "assignment,title,headline,issued,entity,period_start,period_end,fieldwork_start,fieldwork_end,"
    "overall_rating",
    "recommendations": "number,text,importance,status,closing_reason,due,action",
    "recommendation-parts": "number,part,text",
    "responsibilities": "number,official",
    "responses": "number,accepted,comments",
    "findings": "area,heading,first,last,recommendation",
    "mandates": "symbol,entity,effect",
    "citations": "instrument,paragraph",
    "instruments": "title,identifier,year",
    "organisations": "name,acronym,parent",
    "posts": "title,organisation,grade,reports_to",
    "people": "name,role",
    "abbreviations": "acronym,expansion",
    "locations": "name",
    "budgets": "funder,fiscal_year,amount,currency",
    "amounts": "paragraph,amount,currency",
    "figures": "paragraph,count,total,percent",
    "systems": "name",
    "discrepancies": "about,first,second",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ACCEPTED = {"yes": "yes", "no": "no", "partially": "partially"}


def answers(source: Source) -> dict[str, list[list[str]]]:
    """Return the expected rows by query: the report's key, the contract's columns, `required` or `optional`."""
    made: dict[str, list[list[str]]] = {
        "reports": _reports(source),
        "recommendations": _recommendations(source),
        "recommendation-parts": _parts(source),
        "responses": _responses(source),
        "findings": _findings(source),
    }
    for query, rows in source.expected.items():
        if query not in COLUMNS:
            raise ValueError(f"{source.name}: no query {query}")
        made[query] = rows
    for query, rows in made.items():
        width = COLUMNS[query].count(",") + 2
        for row in rows:
            if len(row) != width:
                raise ValueError(f"{source.name}: {query}: {len(row)} cells, not {width}: {row}")
    return {query: [[source.key, *row] for row in made[query]] for query in COLUMNS if made.get(query)}


def write(source: Source, folder: Path) -> None:
    """Write one CSV a query into `folder`; queries without rows have no file."""
    folder.mkdir(parents=True, exist_ok=True)
    made = answers(source)
    for old in folder.glob("*.csv"):
        if old.stem not in made:
            old.unlink()
    for query, rows in made.items():
        with (folder / f"{query}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["report", *COLUMNS[query].split(","), "need"])
            writer.writerows(rows)


def iso(date: str) -> str:
    """Return a printed date in ISO 8601: `31 December 2021`, `30 Sept. 2020`, `January 2018`, `Q3 2020`, `2013`."""
    if match := re.fullmatch(r"(?:(\d{1,2}) )?([A-Z][a-z]+)\.? (\d{4})", date):
        month = next(i for i, name in enumerate(_MONTHS, 1) if match[2].startswith(name))
        return f"{match[3]}-{month:02}" + (f"-{int(match[1]):02}" if match[1] else "")
    if match := re.fullmatch(r"Q([1-4]) (\d{4})|([A-Z][a-z]+) quarter of (\d{4})", date):
        quarter = match[1] or str(["First", "Second", "Third", "Fourth"].index(match[3]) + 1)
        return f"{match[2] or match[4]}-Q{quarter}"
    return date if re.fullmatch(r"\d{4}", date) else ""


def _reports(source: Source) -> list[list[str]]:
    head = source.head
    period = (head.get("period", "") + "/").split("/")[:2]
    fieldwork = (head.get("fieldwork", "") + "/").split("/")[:2]
    entities = head.get("entities", head["entity"]).split(";")
    title = head["title"] + "".join("|" + t for t in head.get("titles", "").split("|") if t)
    return [
        [head["assignment"], title, head.get("headline", ""), iso(head["issued"]), entity.strip(), *period, *fieldwork,
         head.get("rating", "").lower(), "required"]
        for entity in entities
    ]  # fmt: skip


def _annex_rows(source: Source) -> dict[str, list[tuple[str, ...]]]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    for block in source.blocks:
        if block.kind == "annex" and block.table:
            for row in block.table.rows:
                rows.setdefault(row[0], []).append(tuple(map(whole, row)))
    return rows


def _reason(action: str) -> str:
    folded = action.casefold()
    if "overtaken" in folded:
        return "without implementation - overtaken by events"
    if "without implementation" in folded:
        return "without implementation"
    return "implemented"


def _recommendations(source: Source) -> list[list[str]]:
    annex = _annex_rows(source)
    made = []
    for block in _recommendation_blocks(source):
        said: list[list[str]] = []
        for row in annex.get(block.number, []):
            importance, letter, action, due = row[-4:]
            closed = letter == "C"
            reason = _reason(action) if closed else ""
            if reason == "implemented" and "implemented" not in action.casefold():
                reason = "implemented|"
            said.append([importance.lower(), "closed" if closed else "open", reason, iso(due),
                         "" if closed else action])  # fmt: skip
        # several annexes may speak of one recommendation: each of their values is right
        values = ["|".join(dict.fromkeys(cells)) for cells in zip(*said, strict=True)] or [""] * 5
        made.append([block.number, whole(block.text), *values, "required"])
    return made


def _recommendation_blocks(source: Source) -> list[Block]:
    return [block for block in source.blocks if block.kind == "recommendation"]


def _parts(source: Source) -> list[list[str]]:
    made = []
    for block in _recommendation_blocks(source):
        pieces = re.split(r"\(([a-f])\)\s*", whole(block.text))
        for letter, text in zip(pieces[1::2], pieces[2::2], strict=True):
            made.append([block.number, letter, re.sub(r"[;,.]?\s*(?:and)?\s*$", "", text), "required"])
    return made


def _responses(source: Source) -> list[list[str]]:
    made = []
    for block in source.blocks:
        if block.kind == "appendix" and block.table:
            for row in block.table.rows:
                accepted = _ACCEPTED[row[3].casefold()] if row[3] else ""
                made.append([row[0], accepted, whole(row[6]), "required"])
    return made


def _findings(source: Source) -> list[list[str]]:
    made: list[list[str]] = []
    area = heading = first = last = ""
    led: list[str] = []

    def flush() -> None:
        if heading and (first or source.form == "short"):
            made.extend([[area, heading, first, last, number, "required"] for number in led or [""]])

    for block in source.blocks:
        if block.kind in ("h1", "h2", "h3", "annex", "appendix"):
            flush()
            heading, first, last, led = "", "", "", []
            if block.kind == "h1":
                area = ""
            elif block.kind == "h2":
                match = re.fullmatch(r"(?:([A-Z])\. )?(.*)", block.text)
                assert match is not None
                area = match[2] if match[1] else match[2] + "|"
            elif block.kind == "h3":
                heading = whole(block.text)
        elif block.kind == "paragraph":
            first, last = first or block.number, block.number
        elif block.kind == "recommendation":
            led.append(block.number)
    flush()
    return made
