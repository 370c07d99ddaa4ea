"""Rows are counted right wherever the pieces of an answer end, and whatever is in them."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditgraph.web.counting import counter

FORMS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
hostile = st.lists(
    st.one_of(
        st.text(alphabet='"\\,{}[]<>\n\r\tresult', max_size=8), st.sampled_from(['},{"', "<result>", '"\n"', "[{"])
    ),
    max_size=6,
)


@pytest.mark.parametrize("form", FORMS)
@given(values=hostile, cuts=st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_rows_are_counted_through_any_pieces(form: str, values: list[str], cuts: list[int]) -> None:
    # `?n` keeps a row from being empty, whatever the value is.
    rows = " ".join(f"({ox.Literal(value)} {number})" for number, value in enumerate(values))
    answer = ox.Store().query(f"SELECT ?v ?n {{ VALUES (?v ?n) {{ {rows} }} }}")
    assert isinstance(answer, ox.QuerySolutions)
    whole = io.BytesIO()
    answer.serialize(whole, FORMS[form])
    data, count, seen, at, turn = whole.getvalue(), counter(form), 0, 0, 0
    assert count is not None
    while at < len(data):
        size = cuts[turn % len(cuts)]
        seen = count(data[at : at + size])
        at, turn = at + size, turn + 1
    assert seen == len(values)
