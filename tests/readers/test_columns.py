"""Tables without rulings are read by their columns; text that only looks so is left as it is."""

from __future__ import annotations

import re

from rendered import Block, as_pdf, report

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
