"""The same invented report says the same in four formats."""

from __future__ import annotations

import re

import pytest
from rendered import Block, as_docx, as_html, as_pdf, as_text, report

from auditgraph.loaders.source import Source, read_bytes

REPORT = report(rows=30)


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {
        "txt": read_bytes("r.txt", as_text(REPORT).encode()),
        "html": read_bytes("r.html", as_html(REPORT)),
        "docx": read_bytes("r.docx", as_docx(REPORT)),
        "pdf": read_bytes("r.pdf", as_pdf(REPORT)),
    }


def blocks_of(source: Source) -> list[str]:
    """Return the blocks of a source on one line each, without page numbers, repeated headers and page breaks."""
    text = re.sub(r"\n\d+\n(?=\f|\Z)", "\n", source.text).replace("\f", "\n")
    blocks: list[str] = []
    for block in re.split(r"\n{2,}", text.strip("\n")):
        if "\t" in block and blocks and "\t" in blocks[-1]:
            blocks[-1] += "\n" + block.partition("\n")[2]  # the table goes on after its header
        else:
            blocks.append(block if "\t" in block else " ".join(block.split()))
    return [block for block in blocks if block]


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_four_formats_are_one_report(sources: dict[str, Source], form: str) -> None:
    assert blocks_of(sources[form]) == blocks_of(sources["txt"])


def test_only_the_pdf_has_pages(sources: dict[str, Source]) -> None:
    assert {form: bool(source.page_starts) for form, source in sources.items()} == {
        "txt": False, "html": False, "docx": False, "pdf": True,
    }  # fmt: skip
    pdf = sources["pdf"]
    starts = pdf.page_starts
    assert [pdf.text[start - 1] for start in starts[1:]] == ["\f"] * (len(starts) - 1)
    page = sum(start <= pdf.text.index("ANNEX I") for start in starts)
    assert pdf.text[starts[page - 1] :].startswith("ANNEX I\n")
    assert pdf.text.count("Rec. no.\tRecommendation") > 2  # the table goes over pages, its header repeated


def test_unruled_tables_keep_their_columns() -> None:
    table = Block("table", rows=(("Rec.", "Title", "Comments"), ("1", "Chief, Tools Unit", "The Mission agrees.")))
    text = read_bytes("r.pdf", as_pdf([table], grid=False)).text
    assert re.search(r"1 {3,}Chief, Tools Unit {3,}The Mission agrees", text)
