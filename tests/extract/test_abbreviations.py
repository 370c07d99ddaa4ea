from __future__ import annotations

import pytest
from made_skeletons import skeleton_of

from auditgraph.loaders.extract.abbreviations import abbreviations
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.ontology.gazetteer import gazetteer


def found(*paragraphs: str) -> list[tuple[str, str]]:
    return [(a.acronym, a.expansion.value) for a in abbreviations(skeleton_of(*paragraphs, title=""), gazetteer())]


@pytest.mark.parametrize(
    ("text", "acronym", "expansion"),
    [
        ("The UNMIZ Rations and Fuel Division (RFD) is small.", "RFD", "Rations and Fuel Division"),
        (
            "The United Nations Human Settlements Programme (UN-HABITAT) met.",
            "UN-HABITAT",
            "United Nations Human Settlements Programme",
        ),
        ("Use results-based budgeting (RBB) here.", "RBB", "results-based budgeting"),
        ("There were no terms of reference (ToRs).", "ToRs", "terms of reference"),
        ("It helps internally displaced persons (IDPs).", "IDPs", "internally displaced persons"),
        ("By Security Council resolution (SCR) 1 it began.", "SCR", "Security Council resolution"),
        (
            "He is Deputy Special Representative of the Secretary-General, Political (DSRSG-Political).",
            "DSRSG-Political",
            "Deputy Special Representative of the Secretary-General, Political",
        ),
        ("The Strategic Harvest Group (GSR) met.", "GSR", "Strategic Harvest Group"),
        ("The National Dipper Council (CND, its French acronym) met.", "CND", "National Dipper Council"),
        ("The National Dipper Council (Conseil national, CND) met.", "CND", "National Dipper Council"),
        ("The HRF (Harvest Reserve Fund) is empty.", "HRF", "Harvest Reserve Fund"),
        ("The Harvest Reserve Fund (HRF or the Fund) is empty.", "HRF", "Harvest Reserve Fund"),
        ("The United Nations Office for Tides (OFT) is wet.", "OFT", "United Nations Office for Tides"),
        ("The National Commission for Dippers (CND) met.", "CND", "National Commission for Dippers"),
        ("During the coronavirus disease 2019 (COVID-19) it closed.", "COVID-19", "coronavirus disease 2019"),
        (
            "Agreement on the Conservation of Austral-Eurasian Migratory Waders (AEWA) parties met.",
            "AEWA",
            "Agreement on the Conservation of Austral-Eurasian Migratory Waders",
        ),
        (
            "The Envoy of the Secretary-General for the return of the herons (ESG) met.",
            "ESG",
            "Envoy of the Secretary-General for the return of the herons",
        ),
        ("The Risk & Dipper Unit (RDU) met.", "RDU", "Risk & Dipper Unit"),
        ("The Red Dipper Army - Sea Force (RDA-SF) met.", "RDA-SF", "Red Dipper Army - Sea Force"),
        (
            "The Swedish International Development Cooperation Agency (Sida) paid.",
            "Sida",
            "Swedish International Development Cooperation Agency",
        ),
        ("The Movement Control Section (MovCon) met.", "MovCon", "Movement Control Section"),
        ("The Manual on the Care of Dippers (CD Manual) is old.", "CD Manual", "Manual on the Care of Dippers"),
        ("UNMIZ has dipper-owned equipment (DOE), hereinafter so.", "DOE", "dipper-owned equipment"),
        (
            "The Division for Policy Analysis and Public Affairs (DPA) met.",
            "DPA",
            "Division for Policy Analysis and Public Affairs",
        ),
        (
            "The DFS's Tide and Dipper Section (TDS) met.",
            "TDS",
            "Tide and Dipper Section",
        ),
    ],
)
def test_definitions(text: str, acronym: str, expansion: str) -> None:
    assert found(text) == [(acronym, expansion)]


@pytest.mark.parametrize(
    "text",
    [
        "The United Nations Mission in Zubara (the Mission) is far.",
        "The bulletin (ST/SGB/2003/13) and the procedure (APP.02.PROC) say so.",
        "Of these, 12 (30 per cent) were late (see Annex I), in 2017 (II).",
        "The Chief (P-5) and the Director (D-1) left, as did FS (FS-6).",
        "The office in Gao (OIOS) was small.",
        "Enterprise resource planning (Umoja) works.",
    ],
)
def test_what_is_no_definition(text: str) -> None:
    assert found(text) == []


def test_one_row_for_an_acronym_with_all_places_that_define_it() -> None:
    made = skeleton_of("The Fuel Unit (FU) met.", "The Fuel Unit (FU) met again.", title="")
    (only,) = abbreviations(made, gazetteer())
    assert [p.place for p in only.expansion.evidence] == ["1", "2"]
    assert all(p.quote == made.source[p.span.start : p.span.end] for p in only.expansion.evidence)


def test_two_meanings_of_one_acronym_are_both_kept() -> None:
    assert found("The Fuel Unit (FU) met.", "The Finance Union (FU) met.") == [
        ("FU", "Fuel Unit"),
        ("FU", "Finance Union"),
    ]


def test_shapes_of_acronyms() -> None:
    assert [t for t in ("UN-Habitat", "eRFMS", "R&D", "P-4", "NO-C", "Umoja", "S/2021/1") if is_acronym(t)] == [
        "UN-Habitat",
        "eRFMS",
        "R&D",
    ]


def test_initials_of_a_body_with_the_head_of_its_name() -> None:
    text = "The Tide and Reef Board (the TR Board) met. The Kelp Board (the Reef Board)."
    assert found(text) == [("TR Board", "Tide and Reef Board")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The United Nations Offices at Geneva (UNOG), Vienna (UNOV) and Nairobi (UNON) met.",
            [
                ("UNOG", "United Nations Office at Geneva"),
                ("UNOV", "United Nations Office at Vienna"),
                ("UNON", "United Nations Office at Nairobi"),
            ],
        ),
        (
            "The Economic and Social Commissions for Asia and the Pacific (ESCAP) and Western Asia (ESCWA) met.",
            [
                ("ESCAP", "Economic and Social Commission for Asia and the Pacific"),
                ("ESCWA", "Economic and Social Commission for Western Asia"),
            ],
        ),
        ("The United Nations Offices are old. In Vienna (UNOV) it rained.", []),
        (
            "The secretariat of the United Nations Framework Convention on Climate Change (UNFCCC) met.",
            [("UNFCCC", "United Nations Framework Convention on Climate Change")],
        ),
    ],
)
def test_bodies_named_together(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected
