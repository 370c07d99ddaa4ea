"""The listing of audit reports: read from HTML and CSV, mapped, and held against the reports."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from auditgraph.errors import SourceError
from auditgraph.loaders import parse, read_bytes
from auditgraph.loaders.mapping import quads
from auditgraph.model import Listing
from auditgraph.ontology.namespaces import AG
from auditgraph.queries import reportwise
from auditgraph.queries.named import named_query
from auditgraph.queries.results import cell
from auditgraph.queries.runner import run_named
from auditgraph.store.embedded import OxigraphStore

HEADER = (
    "Issue Date", "Entity", "Report Number", "Report Title", "Avail Date", "No. of Important Recommendations",
    "No. of Critical Recommendations", "Report/Available Date", "Confidentiality",
)  # fmt: skip
ROWS = (
    ("14 July 2032", "UNMIZ", "2032/031", 'Audit of "dippers" in Zubara', "13 August 2032", "5", "0",
     "PDF icon Download (638.01 KB)", "Non Confidential"),
    ("02 November 2033", "DGZ, DOZ", "2033 /051", "Audit of stores", "02 November 2033", "3", "1",
     "Withheld", "Confidential"),
)  # fmt: skip


def as_csv() -> bytes:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (HEADER, *ROWS)]
    return "\n".join(quoted).encode()


def as_html() -> bytes:
    rows = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADER, *ROWS)]
    return f"<html><body><p>Menu</p><table>{''.join(rows)}</table></body></html>".encode()


def listing(name: str) -> Listing:
    parsed = parse(read_bytes(name, as_csv() if name.endswith("csv") else as_html()))
    assert isinstance(parsed, Listing)
    return parsed


@pytest.mark.parametrize("name", ["Audit reports 2033.csv", "Audit reports 2033.html"])
def test_rows(name: str) -> None:
    made = listing(name)
    first, second = made.entries
    assert made.key == "audit-reports-2033"
    assert [e.number.value for e in made.entries] == ["2032/031", "2033/051"]
    assert first.title is not None
    assert first.title.value == 'Audit of "dippers" in Zubara'
    assert [e.value for e in second.entities] == ["DGZ", "DOZ"]
    assert (second.issued and second.issued.value, second.available and second.available.value) == (
        "2033-11-02", "2033-11-02")  # fmt: skip
    assert [(e.important and e.important.value, e.critical and e.critical.value) for e in made.entries] == [
        (5, 0),
        (3, 1),
    ]
    assert [e.withheld and e.withheld.value for e in made.entries] == [False, True]
    assert all(made.source[p.span.start : p.span.end] == p.quote for e in made.entries for p in e.number.evidence)


def test_a_listing_without_numbers_is_refused() -> None:
    with pytest.raises(SourceError, match="no row with a report number"):
        parse(read_bytes("x.csv", ",".join(HEADER).encode() + b"\n1 May 2031,a,b,c,d,1,2,e,f\n"))


REPORT = """\
INTERNAL AUDIT DIVISION

REPORT 2032/031

Audit of dippers in the United Nations Mission in Zubara

16 July 2032 Assignment No. AP2031-699-01

I. BACKGROUND

1. The Office of Internal Oversight Services (OIOS) counted dippers in the United Nations Mission in Zubara (UNMIZ).

(1) UNMIZ should count its dippers.

STATUS OF AUDIT RECOMMENDATIONS

Rec. no.\tRecommendation\tCritical / Important\tC/ O\tActions needed to close recommendation\tImplementation date
1\tUNMIZ should count its dippers.\tCritical\tO\tReceipt of a count.\t31 December 2032
"""


@pytest.mark.parametrize("many", [0, 1000])
def test_contradictions_of_listing_and_report(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same all at once and report by report, each with the listings that have it."""
    monkeypatch.setattr(reportwise, "_MANY", many)
    monkeypatch.setattr(reportwise, "_FEW", many)
    store = ox.Store()
    store.extend(quads(listing("l.csv")))
    store.extend(quads(parse(read_bytes("r.txt", REPORT.encode()))))
    graph = next(quad.graph_name for quad in store.quads_for_pattern(None, AG.key, ox.Literal("2032/031")))
    for report in (None, graph.value):
        found = run_named(OxigraphStore(store, "memory:"), named_query("discrepancies"), report=report).rows
        assert {tuple(map(cell, row)) for row in found} == {
            ("2032/031", "listing: important recommendations", "5", "0"),
            ("2032/031", "listing: critical recommendations", "0", "1"),
            ("2032/031", "listing: issue date", "2032-07-14", "2032-07-16"),
        }


def test_a_listed_report_is_no_loaded_one() -> None:
    store = ox.Store()
    store.extend(quads(listing("l.csv")))
    answer = store.query(named_query("reports").text, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    assert list(answer) == []
