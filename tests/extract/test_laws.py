"""Laws of states, and papers whose titles go on: by whom, where, for whom, and in what they were issued."""

from __future__ import annotations

import pytest
from handmade import report

from auditgraph.loaders.extract.instruments import cited_instruments
from auditgraph.loaders.extract.laws import laws


def cited(text: str) -> list[str]:
    return [
        " | ".join(said.value for said in (i.title, i.identifier, i.year) if said is not None)
        for i in (one.instrument for one in cited_instruments(report(text)))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Under the Boats and Oars Act of 2017, rowers row.", [("Boats and Oars Act of 2017", "2017")]),
        ("The Harbour Act, 2003 and Organic Law No. 15.003 apply.",
         [("Harbour Act, 2003", "2003"), ("Organic Law No. 15.003", "")]),
        ("Decree No. 2005/006 of 27 July 2005 lapsed.", [("Decree No. 2005/006 of 27 July 2005", "2005")]),
        ("It complied with the Public Boats Act.", [("Public Boats Act", "")]),
    ],
)  # fmt: skip
def test_laws_are_named_with_their_year(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], year) for start, end, year in laws(text)] == expected


@pytest.mark.parametrize(
    "text", ["The Act of 2017 says so.", "Under the Act, rowers row.", "the act of rowing in 2019"]
)
def test_an_act_without_a_name_is_no_law(text: str) -> None:
    assert list(laws(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It follows the Department of Boats (DB)/Department of Oars (DO) Rowing Manual.",
         ["Department of Boats (DB)/Department of Oars (DO) Rowing Manual"]),
        ("The Financial and Administrative Framework Agreement (FAFA) between the Lutha Rowing Bank and UNMOT helps.",
         ["Financial and Administrative Framework Agreement (FAFA) between the Lutha Rowing Bank and UNMOT"]),
        ("The policy on night rowing by freelance boat staff was old.",
         ["policy on night rowing by freelance boat staff"]),
        ("According to the administrative instruction on oar management at field offices, oars are counted.",
         ["administrative instruction on oar management at field offices"]),
        ("It did not follow the policy on oar care at field offices.", ["policy on oar care"]),
        ("The policy on rowing races in the field requires nets.", ["policy on rowing races in the field"]),
        ("Oars were not kept in line with the guidelines of the World Rowing Board (WRB) on oar care.",
         ["guidelines of the World Rowing Board (WRB) on oar care"]),
        ("The standard operating procedures on boat washing and handover of piers of OOP require soap.",
         ["standard operating procedures on boat washing and handover of piers of OOP"]),
        ("The OOP management instruction on the use of boats (OOP/MI/9/Rev.2) requires oars.",
         ["OOP management instruction on the use of boats | OOP/MI/9/Rev.2"]),
        ("The boat sharing policy of the Secretariat, promulgated in ST/SGB/2099/11, requires oars.",
         ["boat sharing policy of the Secretariat | ST/SGB/2099/11 | 2099"]),
        ("They follow the harbour policy for United Nations field missions.",
         ["harbour policy for United Nations field missions"]),
        ("According to the Oar Delivery Mechanism Assessment Tool, oars are weighed.",
         ["Oar Delivery Mechanism Assessment Tool"]),
        ("The technical guidelines on pier design by boat engineers at remote harbours were issued.",
         ["technical guidelines on pier design by boat engineers at remote harbours"]),
        ("It did not follow the OOP guidelines for working with rowing partners.",
         ["OOP guidelines for working with rowing partners"]),
        ("It did not follow the OOP guidelines on reporting to donors.", []),
        ("The policy directive on care for oars in field missions (DBX/DOX 2099.10) and the guidance note on oars "
         "regulate it.",
         ["policy directive on care for oars in field missions | DBX/DOX 2099.10", "guidance note on oars"]),
        ("The policy on oars for approval by all was sent.", ["policy on oars"]),
        ("The Fund’s boat theft strategy for 2018-2021 and the UNMOT oar action plan of 2018 help.",
         ["boat theft strategy for 2018-2021 | 2018", "UNMOT oar action plan | 2018"]),
        ("UNMOT would finalize its boat strategy for 2024-2026.", []),
        ("The multi-year strategy for 2022-2024 was sent.", []),
        ("It follows UNMOT/AI/2019/97 on boats and information circular 2018/044 on oars.",
         ["boats | UNMOT/AI/2019/97 | 2019", "information circular 2018/044 | 2018"]),
        ("The guidelines on night rowing were still in draft.", []),
        ("The revised SOP for the hire of boats (UNMOT/SOP/2018/12) was sent.",
         ["revised SOP for the hire of boats | UNMOT/SOP/2018/12 | 2018"]),
        ("The Boat Chain Blueprint and the Agreement on the Privileges and Immunities of the Tribunal apply.",
         ["Boat Chain Blueprint", "Agreement on the Privileges and Immunities of the Tribunal"]),
        ("The Boat Strategy of UNHCR 2017-2021 and Administrative Instruction No. UNHCR/AI/2016/4 on Oars apply.",
         ["Oars | UNHCR/AI/2016/4 | 2016", "Boat Strategy of UNHCR 2017-2021"]),
        ("The guidelines for the preparation of the 2014/15 budgets of boats were late.",
         ["guidelines for the preparation of the 2014/15 budgets of boats"]),
        ("It met the Department of Boats’ policy on oar care and the handbook on piers.",
         ["policy on oar care", "handbook on piers"]),
        ("The “Guidelines on Boat Care” (June 2015) and the Boat Policy Statement (BPS) of 2019 help.",
         ["Guidelines on Boat Care | 2015", "Boat Policy Statement | 2019"]),
        ("SOP 2019/05 on covered boats and Harbour Order 12 on oars lapsed.", ["covered boats | SOP 2019/05"]),
        ("According to the policy on standards for oar care at boat headquarters and the SOP for the care of boats "
         "associated with armed rowers, boats are shut.",
         ["policy on standards for oar care at boat headquarters",
          "SOP for the care of boats associated with armed rowers"]),
        ("The policy on boat loss reporting by crews and offices helps.",
         ["policy on boat loss reporting by crews and offices"]),
        ("It was issued by the Department of Operational Support (2020.09) in April 2020.", []),
        ("The Charter and the Rules Governing Boats (ST/SGB/2018/99) apply.",
         ["Rules Governing Boats | ST/SGB/2018/99 | 2018"]),
        ("The Boat Policy for Field Missions (2009/6) of June 2009 lapsed.", ["Boat Policy for Field Missions | 2009"]),
        ("Staff entered it in the Oar Delivery Mechanism Assessment Tool.", []),
        ("They should implement standard operating procedures for oar-based pay.", []),
        ("The oar purchase policy for official rowing was not met.", []),
    ],
)  # fmt: skip
def test_titles_that_go_on(text: str, expected: list[str]) -> None:
    assert cited(text) == expected


def test_a_policy_issued_in_a_bulletin_is_cited_again_by_its_description() -> None:
    text = "The boat policy of the Secretariat, promulgated in ST/SGB/2099/11, requires oars."
    (first,) = cited_instruments(report(("4", text), ("9", "The boat policy is clear.")))
    assert [c.place for c in first.citations] == ["4", "9"]
