from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditgraph.loaders.markup import clean, strip_marks
from auditgraph.text import Text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (r"**(9) UNSMIV should**", "(9) UNSMIV should"),
        (r"\$1.21 million and \$3", "$1.21 million and $3"),
        ("$187,500, $105,090 and $168,000", "$187,500, $105,090 and $168,000"),
        ("date $^{4}$", "date ⁴"),
        (r"$^{\text{1}}$ Critical", "¹ Critical"),
        ("$^{^{2}}$ Important", "² Important"),
        ("<p><i>Reference</i></p><ol><li>1. In reply", " Reference   1. In reply"),
        ("fish &amp; chips &lt;5", "fish & chips <5"),
        ("5 < 7 and 9 > 8", "5 < 7 and 9 > 8"),
        ("e-performance_target and _this_", "e-performance_target and this"),
        ("![](_page_3.jpeg)see [the page](https://example.org/a)", "see the page"),
        ("soft\u00adhyphen and\u00a0space", "softhyphen and space"),
        ("\uf0b7 Develop", "• Develop"),
        ("3 * 4 = 12", "3 * 4 = 12"),
        ("oﬃce", "office"),
    ],
)
def test_what_was_printed_is_kept(printed: str, read: str) -> None:
    assert clean(Text.of(printed)).value == read


def test_footnote_marks_go_from_text() -> None:
    assert strip_marks(clean(Text.of("Critical <sup>1</sup>/ Important $^{2}$"))).value == "Critical/ Important"


@given(st.text(alphabet="ab *_\\$<>&;#[](){}^123¹ﬁ\u00ad\u00a0\t-", max_size=60))
def test_every_character_keeps_a_place_in_the_source(printed: str) -> None:
    text = clean(Text.of(printed, 7))
    offsets = [text.offset(i) for i in range(len(text))]
    assert offsets == sorted(offsets)
    assert all(7 <= offset < 7 + len(printed) for offset in offsets)
