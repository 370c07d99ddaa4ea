"""The invented reports are what their sources say, and their expected answers stand in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fictional import COLUMNS, EXPECTED, FORMS, answers, names, read, render, text_path, torn
from fictional.source import Source, whole

NUMBER_WORDS = "zero one two three four five six seven eight nine ten".split()
# Queries of which every text cell is printed somewhere; a cell may name several forms of which one is.
PRINTED = {
    "recommendations": ("text", "action"),
    "recommendation-parts": ("text",),
    "responses": ("comments",),
    "findings": ("heading",),
    "instruments": ("title", "identifier"),
    "organisations": ("name", "acronym", "parent"),
    "posts": ("title", "organisation", "grade", "reports_to"),
    "people": ("name",),
    "abbreviations": ("acronym", "expansion"),
    "locations": ("name",),
    "systems": ("name",),
}
# Names put together from "The Section has three units: ...", "X and Y subregional offices", "Chief of X".
COMPOSED = re.compile(r"\b(?:Unit|[Ss]ection|Chief|Head|Director|[Oo]ffice|terms of reference|report|instruction)\b")


def rows(name: str, query: str) -> Iterator[dict[str, str]]:
    path = EXPECTED / name / f"{query}.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\\$", "$")).casefold()


def words_of(source: Source) -> str:
    parts = [block.text for block in source.blocks] + list(source.head.values())
    for block in source.blocks:
        if block.table:
            parts += [cell for row in block.table.rows for cell in row]
    return plain(" ".join(map(whole, parts)))


def paragraph(source: Source, number: str) -> str:
    """Return a numbered paragraph with the bullets, captions and tables below it."""
    found = []
    inside = False
    for block in source.blocks:
        if block.kind == "paragraph":
            inside = block.number == number
        elif block.kind not in ("bullet", "caption", "table"):
            inside = False
        if inside:
            found.append(whole(block.text))
    return plain(" ".join(found))


def in_words(value: int, unit: int, word: str) -> list[str]:
    """Return the ways to print a number in millions or billions: `3 million`, `3.0 million`, `3.00 million`."""
    exact = [digits for digits in range(4) if round(round(value / unit, digits) * unit) == value]
    return [f"{value / unit:.{digits}f} {word}" for digits in exact]


@pytest.mark.parametrize("name", names())
def test_files_are_made_from_the_source(name: str, tmp_path: Path) -> None:
    source = read(name)
    assert text_path(source).read_bytes() == render(source, "converted"), "run tests/reports/render.py"
    expected = answers(source)
    assert {path.stem for path in (EXPECTED / name).glob("*.csv")} == set(expected)
    for query, made in expected.items():
        with (EXPECTED / name / f"{query}.csv").open(encoding="utf-8", newline="") as file:
            header, *kept = csv.reader(file)
        assert header == ["report", *COLUMNS[query].split(","), "need"]
        assert kept == made
        assert len({tuple(row) for row in made}) == len(made), f"{query}: a row is expected twice"


@pytest.mark.parametrize("name", names())
def test_expected_names_are_printed(name: str) -> None:
    text = words_of(read(name))
    for query, columns in PRINTED.items():
        for row in rows(name, query):
            for column in columns:
                forms = row[column].split("|")
                if row["need"] == "required" and not any(plain(form) in text for form in forms):
                    assert COMPOSED.search(row[column]), f"{query}.{column}: {row[column]!r} is not in the report"


@pytest.mark.parametrize("name", names())
def test_expected_numbers_stand_in_their_paragraph(name: str) -> None:
    source = read(name)
    for row in rows(name, "amounts"):
        text = paragraph(source, row["paragraph"])
        value = int(row["amount"])
        forms = [f"{value:,}", *in_words(value, 10**6, "million"), *in_words(value, 10**9, "billion")]
        assert any(form in text for form in forms), row
    for row in rows(name, "figures"):
        text = paragraph(source, row["paragraph"])
        for number in (row["count"], row["total"]):
            value = int(number)
            spelt = [NUMBER_WORDS[value]] if value <= 10 else []
            printed = any(re.search(rf"(?<![\d,.]){form}(?![\d,]*\d)", text) for form in (f"{value:,}", *spelt))
            assert printed or (value == 0 and "n" in text), row
        if row["percent"]:
            assert f"{row['percent']} per cent" in text, row
            quotient = 100 * int(row["count"]) / int(row["total"])
            if abs(quotient - float(row["percent"])) > 0.5:
                planted = [r for r in rows(name, "discrepancies") if row["percent"] in r["first"].split("|")]
                assert planted, f"{row}: {quotient}"


@pytest.mark.parametrize("name", names())
def test_expected_citations_stand_in_their_paragraph(name: str) -> None:
    source = read(name)
    for row in rows(name, "citations"):
        if not row["paragraph"].isdigit():
            continue
        text = paragraph(source, row["paragraph"])
        symbol = re.fullmatch(r"[SAE]/RES/(\d+(?:/\d+)?)(?: \((\d+)\)| [A-Z])?", row["instrument"])
        forms = [symbol[1]] if symbol else row["instrument"].split("|")
        assert any(plain(form) in text for form in forms), row


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_written(form: str) -> None:
    source = read("2022-031")
    data = render(source, form)
    assert data == render(source, form) or form.startswith("docx"), "the same bytes each time"
    assert len(data) > 10_000
    if form == "pdf":
        assert data.startswith(b"%PDF-")


@pytest.mark.parametrize("name", names())
def test_tears_leave_the_words_alone(name: str) -> None:
    source = read(name)
    first, again, other = torn(source, 1), torn(source, 1), torn(source, 2)
    assert first == again
    assert first.blocks != other.blocks
    assert answers(first) == answers(source)
    assert words_of(first) == words_of(source)
    assert render(first, "converted") != render(source, "converted")
