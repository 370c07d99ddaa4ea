"""Whose parts units are: lists in brackets, "It" behind "It", offices beside a headquarters, and names that go on."""

from __future__ import annotations

import pytest
from made_skeletons import FIRST, skeleton_of
from test_organisations import rows


def found_in(text: str) -> list[tuple[str, str, str]]:
    return sorted(row for row in rows(skeleton_of(FIRST, text)) if row[1] != "UNMIZ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Tide Division comprises three field units (Fuel, Harbour Law, and Reefs and Kelp) and a Paper Unit.",
            [
                ("Fuel Unit", "", "Tide Division"),
                ("Harbour Law Unit", "", "Tide Division"),
                ("Paper Unit", "", "Tide Division"),
                ("Reefs and Kelp Unit", "", "Tide Division"),
                ("Tide Division", "", ""),
            ],
        ),
        (
            "The Tide Division met. It comprises a Fuel Unit. It has provincial offices in Ibbek and Orsk.",
            [
                ("Fuel Unit", "", "Tide Division"),
                ("Tide Division", "", ""),
                ("provincial office in Ibbek", "", "Tide Division"),
                ("provincial office in Orsk", "", "Tide Division"),
            ],
        ),
        (
            "It comprises a Fuel Unit. It has provincial offices in Ibbek and Orsk.",
            [
                ("Fuel Unit", "", ""),
                ("provincial office in Ibbek", "", ""),
                ("provincial office in Orsk", "", ""),
            ],
        ),
        (
            "The Tide Section works from the Mission's headquarters in Ibbek and from the sector offices in Orsk and "
            "Velm.",
            [
                ("Tide Section", "", ""),
                ("sector office in Orsk", "", "UNMIZ"),
                ("sector office in Velm", "", "UNMIZ"),
            ],
        ),
        (
            "UNMIZ maintains sector offices in Ibbek, Orsk and Velm in addition to its hall.",
            [
                ("sector office in Ibbek", "", "UNMIZ"),
                ("sector office in Orsk", "", "UNMIZ"),
                ("sector office in Velm", "", "UNMIZ"),
            ],
        ),
        (
            "The Boat Service (BS) of the Tide Division at UNMIZ comprises the Oar Unit and the Sail Unit.",
            [
                ("Boat Service", "BS", "Tide Division"),
                ("Oar Unit", "", "BS"),
                ("Sail Unit", "", "BS"),
                ("Tide Division", "", "UNMIZ"),
            ],
        ),
        (
            "It is led by a Secretariat (the Reef Secretariat), which is located in the Kelp Branch.",
            [("Kelp Branch", "", ""), ("Reef Secretariat", "", "Kelp Branch")],
        ),
        (
            "The Regional Section for Europe, West and Central Asia met.",
            [("Regional Section for Europe, West and Central Asia", "", "")],
        ),
        (
            "The Regional Bureau for the East and Horn of Africa and the Great Lakes met.",
            [("Regional Bureau for the East and Horn of Africa and the Great Lakes", "", "")],
        ),
        (
            "The Tide Committee on the Closure of UNMIZ (the Tide Committee) met twice.",
            [("Tide Committee on the Closure of UNMIZ", "", "")],
        ),
        (
            "The UNMIZ Country Office in Ibbek is new. The Country Office has a Fuel Unit.",
            [("Country Office in Ibbek", "", "UNMIZ"), ("Fuel Unit", "", "Country Office in Ibbek")],
        ),
    ],
)
def test_whose_parts_units_are(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found_in(text) == sorted(expected)
