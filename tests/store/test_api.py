"""The few calls that scripts use."""

from __future__ import annotations

from pathlib import Path

import pytest

import auditgraph
from auditgraph.errors import UsageError

REPORTS = Path(__file__).parents[1] / "reports"


def test_load_and_ask(tmp_path: Path) -> None:
    store = auditgraph.open_store(tmp_path / "store", write=True)
    (loaded,) = auditgraph.load(REPORTS / "2023-062.txt", store)
    assert loaded.outcome == "loaded"
    rows = auditgraph.query("recommendations", store, report=loaded.key)
    assert rows
    assert all(row["report"] == loaded.key for row in rows)
    numbers = auditgraph.query(
        "SELECT ?n { ?r a ag:Recommendation ; ag:number ?n }", auditgraph.open_store(tmp_path / "store")
    )
    assert {row["n"] for row in numbers} == {row["number"] for row in rows}
    assert auditgraph.query("ASK { ?s ?p ?o }", store) == [{"": True}]
    with pytest.raises(UsageError):
        auditgraph.query("recommendations", store, report="1999/999")
    with pytest.raises(UsageError):
        auditgraph.query("recommendations", store, colour="red")
    (tmp_path / "nothing").mkdir()
    with pytest.raises(UsageError):
        auditgraph.load(tmp_path / "nothing", store)
