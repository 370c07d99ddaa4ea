"""Invented documents that tell the state of invented reports' recommendations."""

from __future__ import annotations

from pathlib import Path

__all__ = ["EARLIER", "FOLLOW_UP_AUDIT", "TABLE", "as_csv", "as_html", "write"]

EARLIER = """\
INTERNAL AUDIT DIVISION

REPORT 2031/007

Audit of fuel in the United Nations Mission in Zubara

2 May 2031
Assignment No. AP2030-699-01

I. BACKGROUND

1. The Office of Internal Oversight Services (OIOS) audited fuel in the United Nations Mission in Zubara (UNMIZ).

II. AUDIT RESULTS

A. Stock

Need to keep dippers

2. UNMIZ lost 3 of its 9 dippers.

(1) UNMIZ should count its dippers.

3. UNMIZ painted none of its dippers.

(2) UNMIZ should paint its dippers.

ANNEX I

STATUS OF AUDIT RECOMMENDATIONS

Rec. no.\tRecommendation\tCritical/Important\tC/O\tActions needed to close recommendation\tImplementation date
1\tUNMIZ should count its dippers.\tImportant\tO\tReceipt of a count\t31 December 2031
2\tUNMIZ should paint its dippers.\tImportant\tO\tReceipt of a photograph\t30 June 2031
"""

# A table by report, with merged cells, a revised date, parts, a state that tells nothing.
TABLE = (
    ("Report No.", "Rec. No.", "Priority", "Recommendation", "Current status", "Target date", "Revised target date",
     "Date closed", "Remarks"),
    ("2031/007", "1", "Important", "UNMIZ should count its dippers.", "In progress", "31 December 2031",
     "30 June 2034", "", "Counting goes on."),
    ("", "2", "Critical", "UNMIZ should paint its dippers.", "Implemented", "", "", "5 May 2033", ""),
    ("AP2009/651/06", "3", "High", "", "Closed - overtaken by events", "", "", "", ""),
    ("2031/008", "1 and 2", "", "", "Withdrawn", "", "", "", ""),
    ("2031/008", "3 (a)", "", "", "Open", "", "", "", ""),
    ("2031/009", "4", "", "", "See remarks", "", "", "", "The Mission has moved."),
    ("Total", "", "", "", "7", "", "", "", ""),
)  # fmt: skip


def as_csv() -> bytes:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in TABLE]
    return "\n".join(["Status of recommendations as at 31 December 2033", "Issued: 15 January 2034", *quoted]).encode()


def as_html() -> bytes:
    rows = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE]
    head = "<h1>Status of recommendations as at 31 December 2033</h1><p>Issued: 15 January 2034</p>"
    return f"<html><body>{head}<table>{''.join(rows)}</table></body></html>".encode()


FOLLOW_UP_AUDIT = """\
INTERNAL AUDIT DIVISION

REPORT 2033/020

Follow-up audit of fuel in the United Nations Mission in Zubara

UNMIZ had acted upon most of what was recommended

7 March 2033
Assignment No. AP2032-699-04

I. BACKGROUND

1. The Office of Internal Oversight Services (OIOS) followed up on report 2031/007 on fuel in the United Nations
Mission in Zubara (UNMIZ).

II. AUDIT RESULTS

A. Earlier recommendations

UNMIZ had counted its dippers

2. UNMIZ counted all 9 dippers in June 2032. Recommendation 1 of report 2031/007 has therefore been implemented.
Recommendation 2 in OIOS report 2031/007 remains open. UNMIZ stated that recommendation 3 of report 2031/007 had been
implemented. Recommendation 4 of report 2031/007 should be implemented soon. The dippers of report 2031/007 are open.
Recommendation 5 of reports 2031/007 and 2031/008 was closed.

3. UNMIZ lost a ladle.

(1) UNMIZ should look for its ladle.

ANNEX I

STATUS OF AUDIT RECOMMENDATIONS

Rec. no.\tRecommendation\tCritical/Important\tC/O\tActions needed to close recommendation\tImplementation date
1\tUNMIZ should look for its ladle.\tImportant\tO\tReceipt of the ladle\t31 December 2033

ANNEX II

Status of recommendations in report AP2009/651/06

Rec. no.\tRecommendation\tRisk rating\tStatus\tImplementation date
2\tUNMIZ should own a dipper.\tHigh\tImplemented\t1 May 2010
3\tUNMIZ should own a funnel.\tMedium\tOpen\t31 December 2033
"""


def write(folder: Path) -> None:
    """Write the earlier report, the later audit and the table of states as files."""
    (folder / "earlier.txt").write_text(EARLIER)
    (folder / "audit.txt").write_text(FOLLOW_UP_AUDIT)
    (folder / "status.csv").write_bytes(as_csv())
