"""Tables without rulings are read by their columns; text that only looks so is left as it is."""

from __future__ import annotations

import re

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
