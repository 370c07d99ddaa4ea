"""The structure of small reports in the layouts of the Internal Audit Division."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditgraph.loaders.iad.responses import numbers_in
from auditgraph.loaders.iad.skeleton import skeleton
from auditgraph.loaders.source import Source
from auditgraph.model import Said, Skeleton

REPORT = """\
INTERNAL AUDIT DIVISION

REPORT 2031/007

Audit of fuel in the United Nations Mission in Zubara

The Mission needed to count its dippers

2 May 2031 Assignment No. AP2030-699-01

Audit of fuel in the United Nations Mission in Zubara

EXECUTIVE SUMMARY

OIOS made two recommendations.

CONTENTS

I.\tBACKGROUND\t1

I. BACKGROUND

1. Auditors looked at fuel in the United Nations Mission in Zubara (UNMIZ) for ten weeks.

2. Fuel is kept in three stores that the Mission rents from the port.

II. AUDIT RESULTS

A. Stock

Need to keep dippers

3. Dippers were lost in the first store and nobody looked for them.

(1) UNMIZ should: (a) count its dippers every week; and (b) buy new ones where they are lost.

UNMIZ accepted recommendation 1 and stated that it had begun. Recommendation 1 remains open pending receipt of a count.

Need to lock the stores

4. The stores stood open at night, and the keys were kept by a driver who had left the Mission.

(2) UNMIZ should lock its stores.

UNMIZ partially accepted recommendation 2. Based on the action taken by UNMIZ, recommendation 2 has been closed.

III. ACKNOWLEDGEMENT

5. OIOS wishes to thank the Mission.

(Signed) Ada Quill Director, Internal Audit Division

STATUS OF AUDIT RECOMMENDATIONS

Rec. no.\tRecommendation\tCritical ¹ / Important ²\tC/ O ³\tActions needed to close recommendation\tImplementation date ⁴
1\tUNMIZ should: (a) count its dippers every week; and (b) buy new ones where they are lost.\tImportant\t0\tReceipt of a count.\t31 December 2031
2\tUNMIZ should lock its stores.\tCritical\tC\tClosed without implementation-overtaken by events.\t

⁴ Date provided by UNMIZ in response to recommendations.
"""


def read(text: str) -> Skeleton:
    return skeleton(Source("report.txt", text, "0" * 64, "text/plain"))


def value(said: Said[str] | None) -> str | None:
    return said.value if said else None


def facts(report: Skeleton) -> object:
    return (
        [value(x) for x in (report.number, report.assignment, report.title, report.headline, report.issued)],
        [(p.number, p.text.value) for p in report.paragraphs],
        [(f.area, f.heading.value, f.first, f.last, [r.value for r in f.recommendations]) for f in report.findings],
        [(r.number, r.text.value, [(p.letter, p.text.value) for p in r.parts]) for r in report.recommendations],
        [(a.number, value(a.importance), value(a.status), value(a.closing_reason), value(a.action), value(a.due)) for a in report.annex_rows],
    )  # fmt: skip


def test_the_parts_of_a_report() -> None:
    report = read(REPORT)
    assert facts(report) == (
        ["2031/007", "AP2030-699-01", "Audit of fuel in the United Nations Mission in Zubara",
         "The Mission needed to count its dippers", "2031-05-02"],
        [
            ("1", "Auditors looked at fuel in the United Nations Mission in Zubara (UNMIZ) for ten weeks."),
            ("2", "Fuel is kept in three stores that the Mission rents from the port."),
            ("3", "Dippers were lost in the first store and nobody looked for them."),
            ("4", "The stores stood open at night, and the keys were kept by a driver who had left the Mission."),
            ("5", "OIOS wishes to thank the Mission."),
        ],
        [("Stock", "Need to keep dippers", "3", "3", ["1"]), ("Stock", "Need to lock the stores", "4", "4", ["2"])],
        [
            ("1", "UNMIZ should: (a) count its dippers every week; and (b) buy new ones where they are lost.",
             [("a", "count its dippers every week"), ("b", "buy new ones where they are lost")]),
            ("2", "UNMIZ should lock its stores.", []),
        ],
        [
            ("1", "important", "open", None, "Receipt of a count.", "2031-12-31"),
            ("2", "critical", "closed", "without implementation - overtaken by events", None, None),
        ],
    )  # fmt: skip
    assert report.warnings == ()
    first, second = (r.responses[0] for r in report.recommendations)
    assert (value(first.accepted), value(first.status), value(first.pending)) == ("yes", "open", "receipt of a count")
    assert (value(second.accepted), value(second.status)) == ("partially", "closed")


def test_all_evidence_is_verbatim() -> None:
    report = read(REPORT)
    said = [report.title, *(p.text for p in report.paragraphs), *(r.text for r in report.recommendations)]
    quotes = [e for s in said if s for e in s.evidence]
    assert quotes
    assert all(REPORT[e.span.start : e.span.end] == e.quote for e in quotes)


@given(st.data())
def test_page_breaks_change_no_fact(data: st.DataObject) -> None:
    torn = REPORT
    for number in range(data.draw(st.integers(1, 4), label="breaks")):
        start, end = torn.index("\n3. Dippers"), torn.index("III. ACKNOWLEDGEMENT")
        spaces = [i for i in range(start, end) if torn[i] == " " and torn[i - 1] not in ".)" and torn[i - 1].islower()]
        at = data.draw(st.sampled_from(spaces), label="where")
        furniture = data.draw(st.sampled_from(["\n\n", f"\n\n{number + 2}\n\n", "\n\f", f"\n\n{number + 2}\n\f\n"]))
        torn = torn[:at] + furniture + torn[at + 1 :]
    assert facts(read(torn)) == facts(read(REPORT))


def test_missing_paragraphs_and_recommendations_are_warned_of() -> None:
    report = read(REPORT.replace("\n4. The stores", "\n6. The stores").replace("(2) UNMIZ", "(3) UNMIZ"))
    assert {(w.place, w.message) for w in report.warnings} >= {
        ("6", "paragraph 4 to 5 is missing before paragraph 6"),
        ("rec 3", "recommendation 3 follows recommendation 1"),
    }


def test_lists_of_recommendations() -> None:
    assert numbers_in("2 and 4 to 7") == ("2", "4", "5", "6", "7")
