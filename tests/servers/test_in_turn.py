"""Real servers, asked report by report and as of a date, give the rows that memory gives of all at once."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from test_servers import memory

from auditgraph.asof import as_of
from auditgraph.queries import reportwise
from auditgraph.queries.named import named_queries
from auditgraph.queries.results import cell
from auditgraph.queries.runner import Limits, run_named
from auditgraph.store import Store, open_store
from auditgraph.store.copying import copy

pytestmark = pytest.mark.server
BEGUN = {name: query for name, query in named_queries().items() if query.begins}


def answers(store: Store, names: Any = BEGUN, **how: Any) -> dict[str, list[tuple[str, ...]]]:
    return {name: [tuple(map(cell, row)) for row in run_named(store, BEGUN[name], **how).rows] for name in names}


def test_report_by_report_and_as_of_a_date(remote: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    entity = {"entity": ox.Literal(next(row[5] for row in answers(memory(), ["reports"])["reports"] if row[5]))}
    least = sorted(memory().graphs())[:6]
    some = open_store("memory:", write=True)
    with as_of(memory(), "2099", least) as held:
        copy(held, some)
    expected = answers(some), answers(some, ["recommendations"], bind=entity)
    copy(some, remote)
    monkeypatch.setattr(reportwise, "_MANY", 0)
    monkeypatch.setattr(reportwise, "_TOGETHER_REMOTE", 2)
    assert (answers(remote), answers(remote, ["recommendations"], bind=entity)) == expected
    limited = answers(remote, ["recommendations"], limits=Limits())
    assert limited["recommendations"] == expected[0]["recommendations"]
    with as_of(some, "2016") as then, as_of(remote, "2016") as there:
        assert 0 < len(then.graphs()) < 6
        names = ["recommendations", "reports", "evidence"]
        assert answers(there, names) == answers(then, names)
        assert there._copy is None
