"""Tables without rulings are read by their columns; text that only looks so is left as it is."""

from __future__ import annotations

import random
import re
import textwrap
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendered import Block, as_pdf, report

from auditgraph.loaders.columns import column_tables
from auditgraph.loaders.source import read_bytes


def test_an_unruled_annex_has_the_rows_of_the_ruled_one() -> None:
    def rows(grid: bool) -> list[str]:
        text = read_bytes("r.pdf", as_pdf(report(rows=12), grid=grid)).text
        return [line for line in text.splitlines() if re.match(r"\d+\tUNMIR", line)]

    assert len(rows(grid=True)) == 12
    assert rows(grid=False) == rows(grid=True)


def test_prose_and_lists_are_no_tables() -> None:
    prose = [block for block in report() if block.kind not in ("table", "page")]
    assert "\t" not in read_bytes("r.pdf", as_pdf(prose)).text


def test_contents_stay_lines() -> None:
    entries = (("I.", "BACKGROUND", "1"), ("II.", "AUDIT RESULTS", "2-9"), ("III.", "ACKNOWLEDGEMENT", "9")) * 3
    text = read_bytes("r.pdf", as_pdf([Block("table", rows=entries)], grid=False)).text
    assert "\t" not in text
    assert re.search(r"^II\. +AUDIT RESULTS +2-9$", text, re.M)


def test_a_header_whose_first_word_a_narrow_column_breaks() -> None:
    annex = """ANNEX I

  Reco  Recommendation                    Critical/   C/    Actions needed to close    Implementation
  m.                                      Important   O     the recommendation         date
  no.

  1     UNMIR should count its boats      Important   O     Receipt of the count       31 January
        every month.                                        of boats                   2031
"""
    text = read_bytes("r.txt", annex.encode()).text
    (table,) = column_tables(text)
    assert [[cell.value for cell in cells] for _, cells in table.rows] == [
        ["Reco m. no.", "Recommendation", "Critical/ Important", "C/ O", "Actions needed to close the recommendation",
         "Implementation date"],
        ["1", "UNMIR should count its boats every month.", "Important", "O", "Receipt of the count of boats",
         "31 January 2031"],
    ]  # fmt: skip


HEADERS = (
    ("Rec. no.", "Recommendation", "Critical1/ Important2", "C/ O3", "Actions needed to close the recommendation",
     "Implementation date4"),
    ("Rec. no.", "Recommendation", "Critical5/ Important6", "Accepted? (Yes/No)", "Title of responsible officer",
     "Implementation date", "Client comments"),
)  # fmt: skip
WORDS = (
    "UNMIR should count its boats oars and nets every month so that none sinks in the lakes of Ruritania by May".split()
)


def set_in_columns(rows: list[list[str]], widths: list[int], gutters: list[int], centred: bool) -> str:
    """Set a header and rows as converters do: cells wrapped, the header's in the middle or not."""
    lines = []
    for row in rows:
        cells = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        for wrapped in zip_longest(*cells, fillvalue=""):
            pieces = zip(wrapped, widths, gutters, strict=True)
            placed = (p.center(w) if centred and row is rows[0] else p.ljust(w) for p, w, _ in pieces)
            lines.append("".join(p + " " * g for p, g in zip(placed, gutters, strict=True)).rstrip())
    return "\n".join(["ANNEX I", "", *lines, "", "1 Critical recommendations address those risk issues", ""])


@pytest.mark.parametrize("seed", range(60))
def test_headers_in_the_middle_of_columns_that_are_narrower(seed: int) -> None:
    chance = random.Random(seed)

    def words(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(4, most))).capitalize() + "."

    def due() -> str:
        return chance.choice(["31 December 2031", "1 May 2031", "Implemented"])

    header = HEADERS[seed % 2]
    rows = [list(header)]
    for number in range(1, chance.randint(3, 6)):
        asked = [str(number), words(40), chance.choice(["Important", "Critical"])]
        if header is HEADERS[0]:
            rows.append(
                [*asked, *(["O", words(30), due()] if chance.random() < 0.7 else ["C", "Action completed", ""])]
            )
        else:
            rows.append([*asked, "Yes", chance.choice(["Chief Ferryman", "Head of the Boat Unit"]), due(), words(30)])
    widths = [4, chance.randint(30, 55), 10, *([2, 30, 16] if header is HEADERS[0] else [9, 18, 16, 40])]
    gutters = [3, *(chance.choice([2, 2, 3, 5]) for _ in header[1:])]
    (table,) = column_tables(set_in_columns(rows, widths, gutters, centred=chance.random() < 0.7))
    assert [[cell.value for cell in cells] for _, cells in table.rows] == rows


def test_a_date_that_fills_its_column() -> None:
    rows = [
        list(HEADERS[1]),
        ["1", "UNMIR should count its boats.", "Important", "Yes", "Chief Ferryman", "31 December 2031", "They sank."],
        [
            "2",
            "UNMIR should count its oars every May.",
            "Critical",
            "Yes",
            "Chief",
            "29 February 2032",
            "They swam away.",
        ],
        ["3", "UNMIR should count its nets.", "Critical", "No", "Chief", "1 May 2031", "There are none left to count."],
    ]
    text = set_in_columns(rows, [4, 24, 10, 9, 16, 16, 20], [3, 2, 2, 2, 2, 1, 1], centred=True)
    (table,) = column_tables(text)
    assert [[cell.value for cell in cells] for _, cells in table.rows] == rows


PIECES = ["Rec. no.", "no", "Recommendation", "Critical/", "Accepted?", "1", "2", "word", "31 May", "date", *" \n\f"]


@given(st.lists(st.sampled_from([*PIECES, "  ", "   ", "\n\n"]), max_size=60))
def test_nothing_breaks_the_columns(parts: list[str]) -> None:
    text = "Rec.  Recommendation  Critical  Accepted  date\n" + "".join(parts)
    for table in column_tables(text):
        assert all(text[span.start : span.end].strip() for span, _ in table.rows)
