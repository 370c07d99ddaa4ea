from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditgraph.loaders.document import BlockKind, document_of, untiled
from auditgraph.loaders.source import Source


def blocks(text: str) -> list[str]:
    return [
        b.value
        for b in document_of(Source("x.txt", text, "", "text/plain")).blocks
        if b.kind is not BlockKind.FURNITURE
    ]


WRAPPED = """\
I. BACKGROUND

1.  The Office conducted an audit of the management of
fuel in the United Nations Mission in Zubara, which con-
tingent- owned vehicles consume.
2.  The Mission's fuel is stored in three places: (a) the
port; and (b) the airfield.

                      4
\f
of which the second is empty.

A. Stock
Need to count dippers
3.  Dippers were lost.
"""


def test_wrapped_lines_become_blocks() -> None:
    assert blocks(WRAPPED) == [
        "I. BACKGROUND",
        "1. The Office conducted an audit of the management of fuel in the United Nations Mission in Zubara, "
        "which con-tingent-owned vehicles consume.",
        "2. The Mission's fuel is stored in three places: (a) the port; and (b) the airfield.",
        "of which the second is empty.",
        "A. Stock",
        "Need to count dippers",
        "3. Dippers were lost.",
    ]


def test_a_word_broken_at_a_line_end_is_rejoined_where_it_is_known_whole() -> None:
    text = "The manage-\nment of fuel.\n\nFuel management is hard and risk-\nbased.\n"
    assert blocks(text) == ["The management of fuel.", "Fuel management is hard and risk-based."]


def test_rows_of_every_kind() -> None:
    html = "<table><tr><th>Rec.</th><th>Text</th></tr><tr><td colspan=2>a &amp; b</td><td>c</td></tr></table>"
    assert blocks("1\tUNMIZ should\tImportant\n") == ["1\tUNMIZ should\tImportant"]
    assert blocks("| 1 | a \\| b | O |\n|---|---|---|\n") == ["1\ta | b\tO"]
    assert blocks(html) == ["Rec.\tText", "a & b\t\tc"]
    assert blocks("12.\tThe Office of fuel\n") == ["12. The Office of fuel"]


COLUMNS = """\
Rec.   Recommendation                Critical1/   C/    Actions needed to close     Implementation
no.                                  Important2   O3    recommendation              date4
 1     UNMIZ should count its        Important    O     Receipt of the count.       31 December 2031
       dippers.
 2     UNMIZ should buy self-        Critical     C     Implemented
       sealing tanks.

1 Critical recommendations address risks.
"""


def test_columns_of_spaces_become_cells() -> None:
    assert blocks(COLUMNS)[:3] == [
        "Rec. no.\tRecommendation\tCritical1/ Important2\tC/ O3\tActions needed to close recommendation\tImplementation date4",
        "1\tUNMIZ should count its dippers.\tImportant\tO\tReceipt of the count.\t31 December 2031",
        "2\tUNMIZ should buy self-sealing tanks.\tCritical\tC\tImplemented\t",
    ]


def test_running_headers_are_furniture_but_for_titles_of_annexes() -> None:
    pages = [
        f"OIOS report 2031/007   {n}\n\nParagraph on page {n} says enough.\n\nSTATUS OF AUDIT RECOMMENDATIONS\n"
        for n in range(1, 6)
    ]
    kept = blocks("\f".join(pages))
    assert not any("OIOS report" in value for value in kept)
    assert kept.count("STATUS OF AUDIT RECOMMENDATIONS") == 5


@given(
    st.lists(
        st.sampled_from(
            ["1. Fuel was lost.", "", "\f", "a\tb\tc", "| x | y | z |", "<table><tr><td>q</td></tr>", "</table>", "12", "Page 3:",
             "Rec.  Recommendation   Critical   C/O", " 1   Count.    Important   O", "- item", "## Heading", "&amp;", "\\$5"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_blocks_tile_whatever_comes(lines: list[str]) -> None:
    document = document_of(Source("x.txt", "\n".join(lines), "", "text/plain"))
    assert untiled(document) == ()
    spans = [block.span for block in document.blocks]
    assert spans == sorted(spans)


STACKED = """\
Rec.
no.

Recommendation

Critical1 /
Important2

C/
O3

Actions needed to close
recommendation

Implementation
date4

1

UNMIZ should count its
dippers.

Important

O

Receipt of the count.

31 December 2031

2

UNMIZ should lock its stores.

Critical

7

C

Implemented

1 Critical recommendations address risks.
"""


def test_cells_one_below_the_other_become_rows() -> None:
    assert blocks(STACKED)[1:3] == [
        "1\tUNMIZ should count its dippers.\tImportant\tO\tReceipt of the count.\t31 December 2031",
        "2\tUNMIZ should lock its stores.\tCritical\tC\tImplemented\t",
    ]
