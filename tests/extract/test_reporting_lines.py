"""Reporting lines, grades and units of posts, as the words beside their titles tell them."""

from __future__ import annotations

import pytest
from made_skeletons import FIRST, skeleton_of
from test_posts import Row, rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Tide Officer in Gorna, at the P-4 level, works under the supervision of the Chief of Mission Support, "
            "with a functional reporting line to the Legal Adviser.",
            [
                ("Tide Officer", "", "P-4", ("Chief of Mission Support", "Legal Adviser")),
                ("Chief of Mission Support", "UNMIZ", "", ()),
                ("Legal Adviser", "", "", ()),
            ],
        ),
        (
            "The Tide Unit is headed by a Tide Manager (D-1), supported by a Deputy Tide Manager (P-5), and is "
            "accountable to the Chief of Staff.",
            [
                ("Tide Manager", "Tide Unit", "D-1", ("Chief of Staff",)),
                ("Deputy Tide Manager", "Tide Unit", "P-5", ()),
                ("Chief of Staff", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Tide Manager, at the D-1 level, who covers eight isles, reports to the Chief of Staff.",
            [("Tide Manager", "", "D-1", ("Chief of Staff",)), ("Chief of Staff", "UNMIZ", "", ())],
        ),
        (
            "The Tide Section is headed by a Chief, a P-5, who reports to the Chief of Staff.",
            [("Chief", "Tide Section", "P-5", ("Chief of Staff",)), ("Chief of Staff", "UNMIZ", "", ())],
        ),
        (
            "The Fuel Division is headed by a Director (D-2) under the direct supervision of the Head of Mission.",
            [("Director", "Fuel Division", "D-2", ("Head of Mission",)), ("Head of Mission", "UNMIZ", "", ())],
        ),
        (
            "The Tide Officer, at the P-4 level, and the Boat Officer, also at the P-3 level, report to the Chief of "
            "Staff.",
            [
                ("Tide Officer", "", "P-4", ("Chief of Staff",)),
                ("Boat Officer", "", "P-3", ("Chief of Staff",)),
                ("Chief of Staff", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Head of Office in Tarsa is at the D-1 level and reports to the Chief of Staff.",
            [("Head of Office in Tarsa", "", "D-1", ("Chief of Staff",)), ("Chief of Staff", "UNMIZ", "", ())],
        ),
    ],
)
def test_whom_posts_report_to(text: str, expected: list[Row]) -> None:
    assert sorted(rows(skeleton_of(FIRST, text))) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Boat Unit comprises a Boat Officer at the P-3 level and two Oar Assistants at the FS-5 level.",
            [("Boat Officer", "Boat Unit", "P-3", ()), ("Oar Assistant", "Boat Unit", "FS-5", ())],
        ),
        (
            "The Boat Unit is staffed by one P-4 Boat Officer, two P-3 Oar Officers and staff of the Legal Officer.",
            [("Boat Officer", "Boat Unit", "P-4", ()), ("Oar Officer", "Boat Unit", "P-3", ()),
             ("Legal Officer", "", "", ())],
        ),
        ("The Boat Survey Board comprises a Boat Officer and an Oar Officer.",
         [("Boat Officer", "", "", ()), ("Oar Officer", "", "", ())]),
        ("The Boat Officer met the Boat Unit, and the Oar Officer had a boat.",
         [("Boat Officer", "", "", ()), ("Oar Officer", "", "", ())]),
        ("The Tide Officer is graded P-5, and a Rule of Law Officer (P-2) left.",
         [("Tide Officer", "", "P-5", ()), ("Rule of Law Officer", "", "P-2", ())]),
        ("Chief Service Delivery met the Deputy Director, Mission Support.",
         [("Chief Service Delivery", "UNMIZ", "", ()), ("Deputy Director, Mission Support", "UNMIZ", "", ())]),
        ("The Director of the Tide Services programme met the Commissioner-General.",
         [("Director of the Tide Services programme", "", "", ()), ("Commissioner-General", "UNMIZ", "", ())]),
    ],
)  # fmt: skip
def test_units_and_grades_of_posts(text: str, expected: list[Row]) -> None:
    assert sorted(rows(skeleton_of(FIRST, text))) == sorted(expected)
