"""Whose parts units are: lists in brackets, "It" behind "It", offices beside a headquarters, and names that go on."""

from __future__ import annotations

import pytest
from made_skeletons import FIRST, skeleton_of
from test_organisations import read, rows

from auditgraph.loaders.iad.entities import audited_entities
from auditgraph.model import ProseKind


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
            "The Tide Service of the Boat Division supervises the Oar Unit and the Sail Unit.",
            [
                ("Tide Service", "", "Boat Division"),
                ("Boat Division", "", ""),
                ("Oar Unit", "", "Tide Service"),
                ("Sail Unit", "", "Tide Service"),
            ],
        ),
        (
            "The Chief of the Boat Section supervises the Oar Unit. The Tide Committee supervises the Reef Section.",
            [
                ("Boat Section", "", ""),
                ("Oar Unit", "", ""),
                ("Reef Section", "", ""),
                ("Tide Committee", "", ""),
            ],
        ),
        (
            "The Boat Section and the Tide Section, both of the Reef Division, met.",
            [("Boat Section", "", "Reef Division"), ("Reef Division", "", ""), ("Tide Section", "", "Reef Division")],
        ),
        (
            "In UNMIZ, the Force Headquarters, the Tide Centre and the Reef Centre share a hall.",
            [("Reef Centre", "", "UNMIZ"), ("Tide Centre", "", "UNMIZ")],
        ),
        (
            "The Reef Unit of the Tide Office, Department of Operational Support, released boats.",
            [
                ("Department of Operational Support", "", ""),
                ("Reef Unit", "", "Tide Office"),
                ("Tide Office", "", "Department of Operational Support"),
            ],
        ),
        (
            "The UNMIZ Country Office in Ibbek is new. The Country Office has a Fuel Unit.",
            [("Country Office in Ibbek", "", "UNMIZ"), ("Fuel Unit", "", "Country Office in Ibbek")],
        ),
    ],
)
def test_whose_parts_units_are(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found_in(text) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is Chief of Integrated Boat Services (CIBS).", [("Integrated Boat Services", "", "")]),
        ("The Director, Tide and Reef Services, left.", [("Tide and Reef Services", "", "")]),
        ("The Chief of Boat Services and the Chief, Boat Services Unit, met.", [("Boat Services Unit", "", "")]),
        ("The Clean Tide Boat Partnership at UNMIZ met.", [("Clean Tide Boat Partnership", "", "")]),
        ("A Strategic Partnership and the Tide Boat Partnership Agreement ended.", []),
        ("It is overseen by a Steering Committee. The Steering Committee met.", [("Steering Committee", "", "")]),
        ("The Steering Committee met in the Regional Office.", []),
        (
            "The UNMIZ subregional headquarters for the Western Isles is new.",
            [("subregional headquarters for the Western Isles", "", "UNMIZ")],
        ),
        (
            "It paid the secretariat of the Convention on Kelp and Reefs (CKR) in Ibbek.",
            [("secretariat of the Convention on Kelp and Reefs", "", "")],
        ),
        ("The Reef Office is the secretariat of the Kelp Convention.", [("Reef Office", "", "")]),
        ("The Registry has two rooms.", []),
        ("It is supported by a Standing Committee.", [("Standing Committee", "", "")]),
        ("UNMIZ should establish a local project review committee.", [("local project review committee", "", "UNMIZ")]),
        ("The OIOS Investigations Division met.", [("Investigations Division", "", "OIOS")]),
        (
            "UNMIZ questioned expenditure of $28,450 by Tide Reef Action (TRA). TRA paid $10 for Boat Hire Fees (BHF).",
            [("Tide Reef Action", "TRA", "")],
        ),
        (
            "Partners included Save the Reefs International (SRI), the Kelp Committee and Action contre le Vent (ACV).",
            [
                ("Action contre le Vent", "ACV", ""),
                ("Kelp Committee", "", ""),
                ("Save the Reefs International", "SRI", ""),
            ],
        ),
        ("It follows the agreement with the Boat Hire Manual (BHM).", []),
        ("UNMIZ left the West Bank.", []),
        ("The Research and Right to Reefs Branch met.", [("Research and Right to Reefs Branch", "", "")]),
        ("The Boats and Payroll Service Line met.", [("Boats and Payroll Service Line", "", "")]),
        (
            "The Tide Board of the Mission met.",
            [("Tide Board", "", "UNMIZ")],
        ),
        (
            "The Regional Office for Central America, Cuba and Mexico met.",
            [("Regional Office for Central America, Cuba and Mexico", "", "")],
        ),
        (
            "The Supply Chain Management pillar in UNMIZ comprises the Boat Section and the Oar Section.",
            [
                ("Boat Section", "", "Supply Chain Management"),
                ("Oar Section", "", "Supply Chain Management"),
                ("Supply Chain Management", "", "UNMIZ"),
            ],
        ),
        (
            "The Reef Mission (RM) Regional Office for Western Africa and the UNMIZ Boat Unit and Oar Unit met.",
            [
                ("Boat Unit", "", "UNMIZ"),
                ("Oar Unit", "", "UNMIZ"),
                ("Regional Office for Western Africa", "", ""),
            ],
        ),
        (
            "UNMIZ established a Boat Team and an Oar Team (OT).",
            [("Boat Team", "", "UNMIZ"), ("Oar Team", "OT", "UNMIZ")],
        ),
        (
            "The Reef Division works through its Boat Branch, its Oar Branch in Orsk and its Sail Centre.",
            [
                ("Boat Branch", "", "Reef Division"),
                ("Oar Branch", "", "Reef Division"),
                ("Reef Division", "", ""),
                ("Sail Centre", "", "Reef Division"),
            ],
        ),
        (
            "The National Commission on Boats, Sails and Oars met.",
            [("National Commission on Boats, Sails and Oars", "", "")],
        ),
        (
            "The Division of Administration, Mali and Chad met. The Division of Reefs, Boat Unit and Oar Unit met.",
            [
                ("Boat Unit", "", ""),
                ("Division of Administration", "", ""),
                ("Division of Reefs", "", ""),
                ("Oar Unit", "", ""),
            ],
        ),
        (
            "UNMIZ has four boat service sections: Fuel, Oars, Sails and Ropes, Kelp, Reefs and Tides, and Nets.",
            [],
        ),
        (
            "UNMIZ has two divisions in Orsk: the Reef Division and the Boat Division.",
            [("Boat Division", "", "UNMIZ"), ("Reef Division", "", "UNMIZ")],
        ),
        ("UNMIZ's Central Boat Services met.", [("Central Boat Services", "", "UNMIZ")]),
        (
            "ICTY has branches in Ibbek and Orsk.",
            [("ICTY", "ICTY", ""), ("branch in Ibbek", "", "ICTY"), ("branch in Orsk", "", "ICTY")],
        ),
        ("The bank has branches in Ibbek and Orsk.", []),
        (
            "The Boat Centre in Orsk is a regional branch of the Reef Division. The Reefs' Friends left.",
            [("Boat Centre", "", "Reef Division"), ("Reef Division", "", "")],
        ),
        (
            "The Department of Reefs' Boat Division met.",
            [("Boat Division", "", "Department of Reefs"), ("Department of Reefs", "", "")],
        ),
        (
            "The Boat Division (BD), composed of the Oar Section and the Sail Section, has a hall.",
            [("Boat Division", "BD", ""), ("Oar Section", "", "BD"), ("Sail Section", "", "BD")],
        ),
        (
            "The Boat Committee, comprising the Oar Section and the Sail Section, met.",
            [("Boat Committee", "", ""), ("Oar Section", "", ""), ("Sail Section", "", "")],
        ),
        (
            "The Boat Unit, Reef Section, did not row. The Oar Unit, Sail Unit, was small.",
            [("Boat Unit", "", "Reef Section"), ("Oar Unit", "", ""), ("Reef Section", "", ""), ("Sail Unit", "", "")],
        ),
        (
            "The Boat Division (the Row Division) is under the Reef Department. The Row Division rows.",
            [("Boat Division", "", "Reef Department"), ("Reef Department", "", "")],
        ),
        ("It asked the Field Central Review Body.", [("Field Central Review Body", "", "")]),
        (
            "The Boat Section and the Oar Section belong to the Reef Division.",
            [("Boat Section", "", "Reef Division"), ("Oar Section", "", "Reef Division"), ("Reef Division", "", "")],
        ),
    ],
)
def test_names_that_the_words_around_them_tell(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found_in(text) == sorted(expected)


def test_a_court_has_a_registry() -> None:
    text = "ICTY moved. The Registry, headed by the Registrar, comprises the Tide Section and the Reef Unit."
    assert [row for row in found_in(text) if row[1] != "ICTY"] == [
        ("Reef Unit", "", "Registry"),
        ("Registry", "", ""),
        ("Tide Section", "", "Registry"),
    ]


def test_the_form_of_the_cover_names_an_audit_service() -> None:
    lines = [(ProseKind.NOTE, "CHIEF, IBBEK AUDIT SERVICE: Ola Reef, Tel: +1.212.555.0101")]
    assert ("IBBEK AUDIT SERVICE", "", "") in rows(skeleton_of(FIRST, lines=lines))


def test_a_partnership_at_a_body_is_not_what_is_audited() -> None:
    title = "Audit of the Clean Tide Boat Partnership at the United Nations Mission in Zubara"
    made = skeleton_of(FIRST, title=title)
    assert [said.value for said in audited_entities(made, list(read(made).values()))] == ["unmiz"]
