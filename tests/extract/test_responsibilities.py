from __future__ import annotations

import pytest
from made_skeletons import FIRST, skeleton_of

from auditgraph.loaders.extract.abbreviations import abbreviations
from auditgraph.loaders.extract.responsibilities import responsibilities, split_officials
from auditgraph.ontology.gazetteer import gazetteer


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Chief, Operations and Resource Management", ["Chief, Operations and Resource Management"]),
        ("Chief Tide Section and Chief Fuel Unit", ["Chief Tide Section", "Chief Fuel Unit"]),
        ("Chief, Programme Support and Budget Section", ["Chief, Programme Support and Budget Section"]),
        ("SRSG and Senior Leadership Team (SLT)", ["SRSG", "Senior Leadership Team (SLT)"]),
        ("Chief of Operations/Chief Information Officer", ["Chief of Operations", "Chief Information Officer"]),
        ("DSRSG/RC/HC; DMS", ["DSRSG/RC/HC", "DMS"]),
        ("Chief Tide Section Chief Fuel Unit", ["Chief Tide Section", "Chief Fuel Unit"]),
        ("Force Commander, Police Commissioner and DMS", ["Force Commander", "Police Commissioner", "DMS"]),
        ("Chief Tide and Budget Officer", ["Chief Tide and Budget Officer"]),
        ("(i) ASG/OHRM; (ii) Director, Tide Division", ["ASG/OHRM", "Director, Tide Division"]),
        ("Not applicable", []),
        ("N/A", []),
        ("Representative; Senior Tide Officer", ["Representative", "Senior Tide Officer"]),
        ("Representative and Senior Tide Officer", ["Representative", "Senior Tide Officer"]),
        ("-", []),
    ],
)
def test_split(cell: str, expected: list[str]) -> None:
    assert split_officials(cell) == expected


def test_acronyms_are_spelled_out_as_the_report_defines_them() -> None:
    made = skeleton_of(
        FIRST,
        "The Tide Analysis Centre (TAC) met.",
        officials=[("1", "Chief Fuel and Tides Division (CFTD)"), ("2", "(CFTD)"), ("3", "Chief, TAC"), ("4", "XYZ")],
    )
    found = responsibilities(made, abbreviations(made, gazetteer()), ())
    assert [(r.number, r.official.value, r.official.derived) for r in found] == [
        ("1", "Chief Fuel and Tides Division", False),
        ("2", "Chief Fuel and Tides Division", True),
        ("3", "Chief, Tide Analysis Centre", True),
        ("4", "XYZ", False),
    ]
