from __future__ import annotations

import pytest
from made_skeletons import FIRST, skeleton_of

from auditgraph.loaders.extract.abbreviations import abbreviations
from auditgraph.loaders.extract.organisations import organisations
from auditgraph.model import Organisation, ProseKind, Skeleton
from auditgraph.ontology.gazetteer import gazetteer


def read(skeleton: Skeleton) -> dict[str, Organisation]:
    return {o.name.value: o for o in organisations(skeleton, abbreviations(skeleton, gazetteer()), gazetteer())}


def rows(skeleton: Skeleton) -> list[tuple[str, str, str]]:
    """Return name, acronym and parent of all but the audited body and the auditors."""
    found = read(skeleton)
    label = {o.key: o.acronym.value if o.acronym else o.name.value for o in found.values()}
    return [
        (o.name.value, o.acronym.value if o.acronym else "", label[o.parent.value] if o.parent else "")
        for o in found.values()
        if o.key not in {"oios"} and not o.name.value.startswith("United Nations Mission in")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The UNMIZ Fuel Section (FS) met.", [("Fuel Section", "FS", "UNMIZ")]),
        ("The Mission's Fuel Section met.", [("Fuel Section", "", "UNMIZ")]),
        ("The Tank Unit of the Fuel Section met.", [("Tank Unit", "", "Fuel Section"), ("Fuel Section", "", "")]),
        (
            "The Tank Unit (TU), which is part of the Fuel and Rations Section, met.",
            [("Tank Unit", "TU", "Fuel and Rations Section"), ("Fuel and Rations Section", "", "")],
        ),
        (
            "The Fuel Group (FG) and regional groups were mechanisms reporting to the Tide Committee.",
            [("Fuel Group", "FG", "Tide Committee"), ("Tide Committee", "", "")],
        ),
        ("The Ministry of Tides and Dippers, the Harbour Court and the National Tide Commission met.",
         [("Ministry of Tides and Dippers", "", ""), ("Harbour Court", "", ""), ("National Tide Commission", "", "")]),
        ("The Office of the Chief of Staff met.", [("Office of the Chief of Staff", "", "")]),
        ("Fuel, Rations and Water Unit staff met.", [("Fuel, Rations and Water Unit", "", "")]),
        ("The Tide Section and the Dipper Section met.", [("Tide Section", "", ""), ("Dipper Section", "", "")]),
        ("UNMIZ and the Tide Section met.", [("Tide Section", "", "")]),
        ("The Chief of the Tide Section met.", [("Tide Section", "", "")]),
        ("UNMIZ established a committee on tide tables in 2017.", [("committee on tide tables", "", "UNMIZ")]),
        ("The Tide, Dipper and Fuel (TDF) Section met.", [("Tide, Dipper and Fuel Section", "", "")]),
        ("The Tide Office (TO), Department of Dippers (DD), met.",
         [("Tide Office", "TO", ""), ("Department of Dippers", "DD", "")]),
        ("The Tide Section has two units, the Fuel Unit and the Tank Unit, in one hall.",
         [("Tide Section", "", ""), ("Fuel Unit", "", "Tide Section"), ("Tank Unit", "", "Tide Section")]),
        ("It is in the United Nations Offices at Geneva (UNOG) and Vienna (UNOV).",
         [("United Nations Office at Geneva", "UNOG", ""), ("United Nations Office at Vienna", "UNOV", "")]),
        ("The National Programme for Tide Care, the United Nations Office and Delegated Authority met.", []),
        ("The Unit, the Division, a Team Leader and the Office Manager met.", []),
        ("The document IOM/044 was lost.", []),
        ("A national non-governmental organization (NGO) met.", []),
        (
            "The Human Rights Council and Tides Division (CTD) met.",
            [("Human Rights Council and Tides Division", "CTD", "")],
        ),
        (
            "The Assistant Secretary-General for Supply Chain Management of DFS signed it.",
            [("DFS", "DFS", "")],
        ),
        (
            "The DFS's Tide and Dipper Section (TDS) met.",
            [("DFS", "DFS", ""), ("Tide and Dipper Section", "TDS", "DFS")],
        ),
        (
            "DFS informed OIOS that it was prepared by its Tide Division.",
            [("DFS", "DFS", ""), ("Tide Division", "", "DFS")],
        ),
        (
            "The Tide Team (TT) is embedded in the Dipper Section and reports to the Fuel Division.",
            [("Tide Team", "TT", "Dipper Section"), ("Dipper Section", "", ""), ("Fuel Division", "", "")],
        ),
        (
            "OICT, in the Department of Management, met.",
            [("OICT", "OICT", "Department of Management"), ("Department of Management", "", "")],
        ),
        (
            "The Tide Division includes the Fuel Office and the Rations Office. The Tank Unit and the Pump Unit fall "
            "under the latter.",
            [
                ("Tide Division", "", ""),
                ("Fuel Office", "", "Tide Division"),
                ("Rations Office", "", "Tide Division"),
                ("Tank Unit", "", "Rations Office"),
                ("Pump Unit", "", "Rations Office"),
            ],
        ),
        (
            "The Tank, Pump and General Services Sections fall under the Tide Division.",
            [
                ("Tide Division", "", ""),
                ("Tank Section", "", "Tide Division"),
                ("Pump Section", "", "Tide Division"),
                ("General Services Section", "", "Tide Division"),
            ],
        ),
        (
            "The Tide Division has a country office in Gao and two field offices in Kidal (North) and Menaka.",
            [
                ("Tide Division", "", ""),
                ("field office in Kidal", "", "Tide Division"),
                ("field office in Menaka", "", "Tide Division"),
                ("country office in Gao", "", "Tide Division"),
            ],
        ),
        (
            "The Joint Tide and Dipper Mechanism (JTDM) met.",
            [("Joint Tide and Dipper Mechanism", "JTDM", "")],
        ),
        ("The minutes of the Review Board were lost.", []),
        (
            "The Tide Section has two units: (i) Dispatch; and (ii) Fuel and Warehouse.",
            [
                ("Tide Section", "", ""),
                ("Dispatch Unit", "", "Tide Section"),
                ("Fuel and Warehouse Unit", "", "Tide Section"),
            ],
        ),
        (
            "UNEP had its Branch Office in Gao.",
            [("UNEP", "UNEP", ""), ("Branch Office in Gao", "", "UNEP")],
        ),
        (
            "The Chief of the Tide Section met staff of the Regional Offices in Gao and Kidal.",
            [("Tide Section", "", ""), ("Regional Office in Gao", "", ""), ("Regional Office in Kidal", "", "")],
        ),
        (
            "The Tide Unit and the Tank Unit form part of the Fuel Section.",
            [("Tide Unit", "", "Fuel Section"), ("Tank Unit", "", "Fuel Section"), ("Fuel Section", "", "")],
        ),
        (
            "The joint steering committee and the local property survey board met; an audit committee did not.",
            [("joint steering committee", "", ""), ("local property survey board", "", "")],
        ),
        ("In UNEP, a separate Tide Section met.", [("UNEP", "UNEP", ""), ("Tide Section", "", "UNEP")]),
        ("The Conference of the Parties (COP) spent COP 12.", [("Conference of the Parties", "COP", "")]),
        (
            "The Tide Division comprises the Fuel Unit, headed by a Chief at the P-5 level, and the Tank Unit.",
            [("Tide Division", "", ""), ("Fuel Unit", "", "Tide Division"), ("Tank Unit", "", "Tide Division")],
        ),
        ("The Policy on Delegation of Authority for Tides was lost.", []),
        ("The Tide Agency – Cyprus met.", [("Tide Agency – Cyprus", "", "")]),
        (
            "The Tide Office is organized around the Fuel Section and the Tank Unit; the last-mentioned falls under "
            "the Fuel Section.",
            [("Tide Office", "", ""), ("Fuel Section", "", "Tide Office"), ("Tank Unit", "", "Fuel Section")],
        ),
        (
            "The Tide Board includes the Fuel Section and the Tank Section.",
            [("Tide Board", "", ""), ("Fuel Section", "", ""), ("Tank Section", "", "")],
        ),
        (
            "The Tide Division has two entities: (i) Tide Administration, led by a Chief; and (ii) the Fuel "
            "Office, led by a Head.",
            [
                ("Tide Division", "", ""),
                ("Fuel Office", "", "Tide Division"),
                ("Tide Administration", "", "Tide Division"),
            ],
        ),
        (
            "The COE/MOU Tide Board, of contingent-owned equipment (COE) and a memorandum of understanding (MOU), and "
            "the Contingent-Owned Equipment/Memorandum of Understanding Tide Board met.",
            [("Contingent-Owned Equipment/Memorandum of Understanding Tide Board", "", "")],
        ),
        (
            "The Tribunal's Registry consists of the Tide Section and the Dipper Section.",
            [("Registry", "", ""), ("Tide Section", "", "Registry"), ("Dipper Section", "", "Registry")],
        ),
        (
            "The Tide Section comprises two teams, namely the Fuel and Tank Team and the Pump Team, and has "
            "many staff.",
            [("Tide Section", "", ""), ("Fuel and Tank Team", "", "Tide Section"), ("Pump Team", "", "Tide Section")],
        ),
    ],
)  # fmt: skip
def test_wording(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert rows(skeleton_of(FIRST, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Fuel Division has three units: (i) Tank, Pump and Hose; (ii) Dippers; and (iii) Rations and Water.",
        "The Fuel Division comprises three units: Tank, Pump and Hose; Dippers; and Rations and Water.",
        "The Fuel Division had three Units, namely, Tank, Pump and Hose; Dippers; and Rations and Water.",
        "The Fuel Division met. It comprises the Tank, Pump and Hose Unit, the Dippers Unit and the Rations and Water "
        "Unit.",
        "The Fuel Division has three units:\nTank, Pump and Hose;\nDippers; and\nRations and Water.",
    ],
)
def test_listed_units(text: str) -> None:
    assert set(rows(skeleton_of(FIRST, text))[1:]) == {
        ("Tank, Pump and Hose Unit", "", "Fuel Division"),
        ("Dippers Unit", "", "Fuel Division"),
        ("Rations and Water Unit", "", "Fuel Division"),
    }


def test_a_count_tells_how_a_list_is_parted() -> None:
    text = "FD had three Units, namely, Planning and Programme, Legal, and Rations and Water. The Fuel Division (FD)."
    names = [r[0] for r in rows(skeleton_of(FIRST, text))]
    assert {"Planning and Programme Unit", "Legal Unit", "Rations and Water Unit"} <= set(names)


def test_offices_by_their_places() -> None:
    text = "The Fuel Division (FD) is small. There are also three regional offices in Gao, Kidal and Sand Harbour."
    assert rows(skeleton_of(FIRST, text))[1:] == [
        ("regional office in Gao", "", "FD"),
        ("regional office in Kidal", "", "FD"),
        ("regional office in Sand Harbour", "", "FD"),
    ]


def test_same_initials_are_two_organisations() -> None:
    text = (
        "The UNMIZ Elver Affairs Division (EAD) met the Elver Assistance Division in the Department of Political and "
        "Peacebuilding Affairs. EAD left."
    )
    found = read(skeleton_of(FIRST, text))
    assert found["Elver Affairs Division"].key != found["Elver Assistance Division"].key
    assert found["Elver Assistance Division"].parent is not None
    assert found["Elver Assistance Division"].parent.value == "dppa"


def test_the_signature_tells_what_the_division_is_part_of() -> None:
    lines = [
        (ProseKind.SIGNATURE, "Internal Audit Division"),
        (ProseKind.SIGNATURE, "Office of Internal Oversight Services"),
    ]
    assert ("Internal Audit Division", "", "OIOS") in rows(skeleton_of(FIRST, lines=lines))


def test_every_statement_has_evidence_that_stands_in_the_source() -> None:
    made = skeleton_of(FIRST, "The UNMIZ Fuel Division (FD) has two units: (i) Tank; and (ii) Pump.")
    for organisation in read(made).values():
        said = [organisation.name, *filter(None, (organisation.acronym, organisation.parent))]
        for passages in (*(s.evidence for s in said), organisation.mentions):
            for passage in passages:
                assert passage.quote == made.source[passage.span.start : passage.span.end]
        assert all(s.evidence for s in said)


def test_keys_are_unique_and_go_down_the_hierarchy() -> None:
    made = skeleton_of(FIRST, "The UNMIZ Fuel Division (FD) has two units: (i) Tank; and (ii) Pump.")
    keys = [o.key for o in organisations(made, abbreviations(made, gazetteer()), gazetteer())]
    assert len(keys) == len(set(keys))
    assert keys[-1] == f"{keys[0]}/fd/pump-unit"


def test_a_body_named_in_full_owns_the_unit_behind_it() -> None:
    text = "The United Nations Environment Programme (UNEP) Regional Office for Asia and the Pacific (ROAP) met."
    assert ("Regional Office for Asia and the Pacific", "ROAP", "UNEP") in rows(skeleton_of(FIRST, text))


def test_a_division_s_unit_is_part_of_it() -> None:
    assert rows(skeleton_of(FIRST, "The Tide Division's Fuel Unit met."))[1] == ("Fuel Unit", "", "Tide Division")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "UNMIZ had sub-offices in Ibbek and Orsk, and field offices in Velm and Zara.",
            [
                ("sub-office in Ibbek", "", "UNMIZ"),
                ("sub-office in Orsk", "", "UNMIZ"),
                ("field office in Velm", "", "UNMIZ"),
                ("field office in Zara", "", "UNMIZ"),
            ],
        ),
        (
            "UNMIZ has programme offices in Ibbek and Dar es Salaam.",
            [("programme office in Ibbek", "", "UNMIZ"), ("programme office in Dar es Salaam", "", "UNMIZ")],
        ),
        (
            "UNMIZ had a liaison office in Washington, D.C. at the time.",
            [("liaison office in Washington, D.C.", "", "UNMIZ")],
        ),
        (
            "The Tide Division serves all through its Fuel Section, Boat Section and General Oar Section.",
            [
                ("Tide Division", "", ""),
                ("Fuel Section", "", "Tide Division"),
                ("Boat Section", "", "Tide Division"),
                ("General Oar Section", "", "Tide Division"),
            ],
        ),
        (
            "The Tide Division serves all through its Fuel Section and its Boat Section.",
            [("Tide Division", "", ""), ("Fuel Section", "", "Tide Division"), ("Boat Section", "", "Tide Division")],
        ),
        (
            "Within the Tide Division (TD) of UNMIZ, the Fuel Section leads.",
            [("Tide Division", "TD", "UNMIZ"), ("Fuel Section", "", "TD")],
        ),
        ("UNMIZ stated that its Fuel Section was short.", [("Fuel Section", "", "UNMIZ")]),
        (
            "UNMIZ stated that its Fuel Section and its Boat Section were short.",
            [("Fuel Section", "", "UNMIZ"), ("Boat Section", "", "UNMIZ")],
        ),
        ("It waited for the Force Headquarters of UNMIZ.", [("Force Headquarters", "", "UNMIZ")]),
        ("A task force on old boats had been set up in 2019.", [("task force on old boats", "", "")]),
        ("A Joint Working Group on boats set up in May met.", [("Joint Working Group on boats", "", "")]),
        ("It asked for a Friends of the Tide Group.", [("Friends of the Tide Group", "", "")]),
        ("The Orsinian Tide Corporation (OTC) paid.", [("Orsinian Tide Corporation", "OTC", "")]),
    ],
)
def test_lists_that_change_their_head_groups_and_whose_a_unit_is(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [row for row in rows(skeleton_of(FIRST, text)) if row[1] != "UNMIZ"]
    assert sorted(found) == sorted(expected)


def test_items_below_name_what_a_body_established() -> None:
    text = "UNMIZ established two coordination mechanisms:\nThe Tide Working Group (TWG), which met once."
    assert rows(skeleton_of(FIRST, text)) == [("Tide Working Group", "TWG", "UNMIZ")]


def test_reading_long_text_takes_no_longer_in_proportion() -> None:
    made = skeleton_of(FIRST, "The Unit of Tides and Fuel, A, B and C, in Juba (FU). " * 2000)
    assert len(organisations(made, abbreviations(made, gazetteer()), gazetteer())) < 10
