import pytest
from handmade import check_quotes, report

from auditgraph.loaders.extract.citations import citations
from auditgraph.loaders.extract.instruments import cited_instruments
from auditgraph.loaders.extract.paper_words import identifiers
from auditgraph.loaders.extract.papers import titles
from auditgraph.loaders.extract.resolutions import resolutions
from auditgraph.model import Abbreviation, ProseKind, Said, Skeleton


def found(text: str) -> list[str]:
    return [" | ".join(filter(None, (text[t.start : t.end], t.year))) for t in titles(text)]


def cited(skeleton: Skeleton, *short: Abbreviation) -> list[str]:
    return [
        " | ".join(
            filter(None, (i.title.value, i.identifier.value if i.identifier else "", i.year.value if i.year else ""))
        )
        for i in (one.instrument for one in cited_instruments(skeleton, short))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It follows the Policy on Human Rights in the United Nations Field Missions and Offices.",
         ["Policy on Human Rights in the United Nations Field Missions and Offices"]),
        ("the Integrated Mission Plan (1 March 2023) and the UNMOT Integrated Roads Plan (2022-2024 cycle)",
         ["Integrated Mission Plan | 2023", "UNMOT Integrated Roads Plan"]),
        ("The 2018 Policy Directive on Principles and Types of Fuel "
         "says", ["2018 Policy Directive on Principles and Types of Fuel | 2018"]),
        ("the Department of Fuel Support (DFS) Rations Management Guidelines of 2014, the DFS/Department",
         ["Department of Fuel Support (DFS) Rations Management Guidelines | 2014"]),
        ("The DFS Policy on Health Risk Management and the Rations Manual "
         "require", ["DFS Policy on Health Risk Management", "Rations Manual"]),
        ("in the Integrated Roads, Bridges and Harbour Standards (IRBHS) "
         "and", ["Integrated Roads, Bridges and Harbour Standards"]),
        ("The UNMOT standard operating procedures on fleet management "
         "require", ["UNMOT standard operating procedures on fleet management"]),
        ("Chapter 8 of the OOP Manual requires", ["OOP Manual"]),
        ("the OOP Policies and Procedures Manual and the OOP Strategy 2021-2025 say",
         ["OOP Policies and Procedures Manual", "OOP Strategy 2021-2025 | 2021"]),
        ("The Boat Hire and Repair guidelines require", ["Boat Hire and Repair guidelines"]),
        ("UNMOT’s Policy on Boat Hire and the UNMOT SOP on Boat Repair, issued in August 2019, say",
         ["Policy on Boat Hire", "UNMOT SOP on Boat Repair | 2019"]),
        ("The administrative instruction on the hiring of boats needed updates",
         ["administrative instruction on the hiring of boats"]),
        ("the Guidelines on Managing Roads of May 2019 say", ["Guidelines on Managing Roads | 2019"]),
        ("the Guidelines on Hiring Boats before, during and after Floods require",
         ["Guidelines on Hiring Boats before, during and after Floods"]),
        ("the Strategy for Rowing 2.0 and Chapter 4 of the Boat Manual", ["Strategy for Rowing 2.0", "Boat Manual"]),
        ("Revise its standard operating procedure on boat and pier repairs (critical);",
         ["standard operating procedure on boat and pier repairs"]),
        ("the Guidelines on Rowing of the World Rowing Organization say", ["Guidelines on Rowing"]),
        ("the Boat Strategy for Fleets 2017-2023 of the Department of Rowing Support and the Policy on the "
         "Reform of the Department of Boats",
         ["Boat Strategy for Fleets 2017-2023", "Policy on the Reform of the Department of Boats"]),
        ("the Standard Operating Procedures for boat hire and the SOPs for the prevention of fires were old",
         ["Standard Operating Procedures for boat hire", "SOPs for the prevention of fires"]),
        ("the policy on gifts, hospitality and travel requires; the Minimum Standards in Rowing, the Information "
         "Circular 2013/005",
         ["policy on gifts, hospitality and travel", "Minimum Standards in Rowing",
          "Information Circular 2013/005 | 2013"]),
        ("the 2018 guidelines on oar theft, the policy on rowing applies; the SOP on boats lists the steps",
         ["2018 guidelines on oar theft | 2018", "policy on rowing", "SOP on boats"]),
    ],
)  # fmt: skip
def test_titles_in_running_text(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Adopt standard operating procedures for boat hire and conduct checks;",
     "UNMOT should issue guidelines on the hiring of boats.", "It should develop Guidelines on Rowing.",
     "It had not yet adopted guidelines on piers.",
     "The Policy requires", "in accordance with the manual", "DFS Guidelines require",
     "in the Policy and Practice Database", "the Policy Unit",
     "It should have standard operating procedures for the hiring of boats.", "The Capital Master Plan is a project.",
     "Department of Boat Strategy, Policy and Compliance", "the Director of the Global Strategy and Policy Division",
     "The Office of Boats and Oars Technology policy was old.",
     "It holds 12 separate guidelines for rowers, which differ",
     "UNMOT should develop a Site Plan", "there were no guidelines on fuel",
     "According to the Guidelines, staff", "The Mission Plan"],
)  # fmt: skip
def test_what_is_no_title(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "symbol",
    ["ST/SGB/2003/13", "ST/AI/2013/4/Amend.1", "ST/SGB/188", "UNHCR/HCP/2015/7",
     "UNHCR/AI/2018/18/Rev.1", "A/72/773", "A/C.5/69/18",
     "JSPB/G.4/Rev.22", "JIU/REP/2014/5", "IOM/044-FOM/044/2013", "APP.02.PROC", "A/72/5 (Vol. II)"],
)  # fmt: skip
def test_identifiers_are_found_whole(symbol: str) -> None:
    assert [m[0] for m in identifiers(f"It is ({symbol}) and more.")] == [symbol]


@pytest.mark.parametrize(
    "text", ["DPKO/DFS", "and/or", "2019/20", "A/RES/72/266", "S/RES/2100 (2013)", "AP2019/641/08", "HIV/AIDS"]
)
def test_what_is_no_identifier(text: str) -> None:
    assert list(identifiers(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Secretary-General’s bulletin on sale of harbours (ST/SGB/2003/99) "
         "says", "Secretary-General’s bulletin on sale of harbours | ST/SGB/2003/99 | 2003"),
        ("ST/AI/2013/99 on harbours and individual boats "
         "requires", "harbours and individual boats | ST/AI/2013/99 | 2013"),
        ("the administrative instruction on general harbours (ST/AI/999) "
         "states", "administrative instruction on general harbours | ST/AI/999"),
        ("the technical guidance on boat building (APP.99.PROC), "
         "which", "technical guidance on boat building | APP.99.PROC"),
        ("as in ST/SGB/2001/77.", "ST/SGB/2001/77 | ST/SGB/2001/77 | 2001"),
        ("The Regulations, Rules and Boat System of the Fund (BSPB/G.4/Rev.2) "
         "apply.", "Regulations, Rules and Boat System of the Fund | BSPB/G.4/Rev.2"),
    ],
)  # fmt: skip
def test_identifiers_and_their_titles(text: str, expected: str) -> None:
    assert cited(report(text)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orders were contrary to ST/SGB/2005/7, Designation of rowers performing significant functions.",
         ["Designation of rowers performing significant functions | ST/SGB/2005/7 | 2005"]),
        ("Under ST/AI/2010/3, Heads of boats row.", ["ST/AI/2010/3 | ST/AI/2010/3 | 2010"]),
        ("It follows ST/AI/2010/3 and its amendments on the rower selection system.",
         ["rower selection system | ST/AI/2010/3 | 2010"]),
        ("The OOP Boat Policy and the Rules on Rowing (ST/SGB/2000/8) differ.",
         ["OOP Boat Policy", "Rules on Rowing | ST/SGB/2000/8 | 2000"]),
    ],
)  # fmt: skip
def test_titles_beside_an_identifier(text: str, expected: list[str]) -> None:
    assert sorted(cited(report(text))) == sorted(expected)


def test_a_short_form_in_brackets_is_the_same_instrument() -> None:
    skeleton = report(("3", "It follows the OOP Boat Manual (the Manual)."), ("14", "The Manual asks for oars."))
    (one,) = cited_instruments(skeleton)
    assert [c.place for c in one.citations] == ["3", "14"]


def test_shorter_forms_initials_and_bodies_are_the_same_instrument() -> None:
    skeleton = report(
        ("3", "It follows the Department of Fuel Support (DFS) Rations Boat Guidelines (RBG) of 2014."),
        ("13", "The Rations Boat Guidelines require orders."),
        ("16", "The DFS Guidelines require more."),
        ("18", "As RBG says."),
        ("19", ProseKind.HEADING, "RBG were not followed"),
        ("rec 2", ProseKind.RECOMMENDATION, "The Mission should follow RBG."),
    )
    (one,) = cited_instruments(skeleton)
    assert one.instrument.title.value == "Department of Fuel Support (DFS) Rations Boat Guidelines"
    assert [c.place for c in one.citations] == ["3", "13", "16", "18", "rec 2"]
    for citation in one.citations:
        check_quotes(skeleton, citation.evidence)


def test_an_abbreviation_of_a_title_cites_it() -> None:
    skeleton = report(("4", "The Harbour Due Diligence Policy (HDDP) applies."), ("21", "It set up an HDDP process."))
    short = Abbreviation("HDDP", Said("Harbour Due Diligence Policy", ()))
    (one,) = cited_instruments(skeleton, [short])
    assert [c.place for c in one.citations] == ["4", "21"]


def test_two_policies_of_one_subject_and_two_years_are_two() -> None:
    skeleton = report(
        "The 2018 Policy Directive on Boats and Harbours and the 2020 Policy on Boats and Harbours differ."
    )
    assert len(cited(skeleton)) == 2


def test_citations_are_one_for_each_place_and_thing() -> None:
    skeleton = report(
        ("2", "SCR 2640 (2022) and SCR 2640 (2022) say so."), ("3", "The Boat Manual and the Boat Manual.")
    )
    found = citations(resolutions(skeleton), cited_instruments(skeleton))
    assert [(c.place, c.symbol, c.instrument) for c in found] == [
        ("2", "S/RES/2640 (2022)", ""),
        ("3", "", "boat-manual"),
    ]


def places(skeleton: Skeleton, *short: Abbreviation) -> list[tuple[str, list[str]]]:
    return [
        (one.instrument.title.value, [c.place for c in one.citations]) for one in cited_instruments(skeleton, short)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Secretary-General’s bulletins on the use of boats (ST/SGB/2004/99) and on rowing, sailing and "
         "swimming (ST/SGB/2007/99) apply.",
         ["Secretary-General’s bulletins on the use of boats | ST/SGB/2004/99 | 2004",
          "rowing, sailing and swimming | ST/SGB/2007/99 | 2007"]),
        ("It cites ST/AI/2000/99 (boat leave) and ST/AI/2000/98 (as amended).",
         ["boat leave | ST/AI/2000/99 | 2000", "ST/AI/2000/98 | ST/AI/2000/98 | 2000"]),
        ("The Administrative Instruction (UNMOT/AI/2016/3) on counting boats was followed.",
         ["counting boats | UNMOT/AI/2016/3 | 2016"]),
        ("UNMOTBAY issued SOP UNMOTBAY/SOP/2012/07 on oars and boats in August 2012.",
         ["oars and boats | UNMOTBAY/SOP/2012/07 | 2012"]),
        ("The Boat Information Security Policy Directive for the Harbours of Lutha applies.",
         ["Boat Information Security Policy Directive for the Harbours of Lutha"]),
        ("The Minimum Boat Requirements for Public Harbours of Lutha apply.",
         ["Minimum Boat Requirements for Public Harbours of Lutha"]),
        ("It was set up by article 26 of the Optional Protocol to the Convention against Drowning and Other Cruel, "
         "Wet or Cold Treatment.",
         ["Optional Protocol to the Convention against Drowning and Other Cruel, Wet or Cold Treatment"]),
        ("The Memorandum of Understanding dated 3 May 2012 between UNMOT and the Government of Lutha regulates it.",
         ["Memorandum of Understanding dated 3 May 2012 between UNMOT and the Government of Lutha | 2012"]),
        ("The 2010 working arrangement between the United Nations Office on Drugs and Crime and UNMOT ended.",
         ["2010 working arrangement between the United Nations Office on Drugs and Crime and UNMOT | 2010"]),
        ("Grants follow the Boat and Oar Framework Agreement (BOFA).", ["Boat and Oar Framework Agreement"]),
        ("COBIT 5 and ITIL are good practice.", ["COBIT 5", "ITIL"]),
        ("In its report on the review of boats, the Joint Boat Unit (JBU/REP/2010/2) wrote.",
         ["JBU/REP/2010/2 | JBU/REP/2010/2 | 2010"]),
        ("The Secretary-General’s bulletin ST/SGB/2003/99 “Special measures for oars” applies.",
         ["Special measures for oars | ST/SGB/2003/99 | 2003"]),
        ("ST/SGB/2003/99 of 9 October 2003 on special oars applies.", ["special oars | ST/SGB/2003/99 | 2003"]),
        ("The bulletin entitled “Loss of oars” (ST/SGB/2008/98) was issued.",
         ["Loss of oars | ST/SGB/2008/98 | 2008"]),
        ("The Secretary-General’s Bulletin, Status, rights and duties of rowers (ST/SGB/2016/99), applies.",
         ["Status, rights and duties of rowers | ST/SGB/2016/99 | 2016"]),
        ("Under ST/AI/2010/99, ST/AI/1999/98 and ST/SGB/2008/97 on the sale of boats, boats are sold.",
         ["ST/AI/2010/99 | ST/AI/2010/99 | 2010", "ST/AI/1999/98 | ST/AI/1999/98 | 1999",
          "sale of boats | ST/SGB/2008/97 | 2008"]),
        ("The delegation of authority in the administration of the Staff Regulations and Rules (ST/SGB/2019/2) helps.",
         ["delegation of authority in the administration of the Staff Regulations and Rules | ST/SGB/2019/2 | 2019"]),
        ("Inter-Office Memorandum No. 049/2014 and the 1951 Convention apply.",
         ["1951 Convention", "Inter-Office Memorandum No. 049/2014 | 2014"]),
        ("The Guidelines on Boats (Ref. No. 2013.2) and the Policy on Oars (2016.10) apply.",
         ["Guidelines on Boats | 2013.2 | 2013", "Policy on Oars | 2016.10 | 2016"]),
        ("It was told in OOP/EB.A/2013/5 and OOP/Env.Law/2014/5.",
         ["OOP/EB.A/2013/5 | OOP/EB.A/2013/5 | 2013", "OOP/Env.Law/2014/5 | OOP/Env.Law/2014/5 | 2014"]),
        ("A host country agreement between UNMOT and the Government of Trinidad and Tobago was signed in 1969.",
         ["host country agreement between UNMOT and the Government of Trinidad and Tobago"]),
        ("The report A/66/999 on the boat strategy and the OOP report A/66/998 agree with IOM 49/2012.",
         ["boat strategy | A/66/999", "A/66/998 | A/66/998", "IOM 49/2012 | IOM 49/2012 | 2012"]),
        ("The Boat Guidance Note No. 4 and the Policy on Boats and Guidelines on Oars apply.",
         ["Boat Guidance Note", "Policy on Boats", "Guidelines on Oars"]),
        ("The UNMOT guidelines on Boats and UNMOT standard operating procedures on Oars in Lutha were issued.",
         ["UNMOT guidelines on Boats", "UNMOT standard operating procedures on Oars"]),
        ("ST/SGB/2008/99 on theft of oars, splashing, including loud splashing, and waste of time, staff must row.",
         ["theft of oars, splashing, including loud splashing, and waste of time | ST/SGB/2008/99 | 2008"]),
        ("Under the Boat Operations Manual Chapter 3 and the Rowing Strategy for 2018-2021 stocks are checked.",
         ["Boat Operations Manual", "Rowing Strategy for 2018-2021 | 2018"]),
        ("The trilateral Memorandum of Understanding between the Governments of Lutha and Boria and UNICEF ended.",
         ["trilateral Memorandum of Understanding between the Governments of Lutha and Boria and UNICEF"]),
        ("The Mission’s standard operating procedures (SOP) on the conduct of boat races, issued in March 2021, help.",
         ["standard operating procedures (SOP) on the conduct of boat races | 2021"]),
        ("UNMOT signed a memorandum of understanding with the Ministry of Boats and Fish on the cleaning of piers (the "
         "Piers MOU). The framework agreement with the Lutha Rowing Bank signed in 2013 ended.",
         ["memorandum of understanding with the Ministry of Boats and Fish on the cleaning of piers",
          "framework agreement with the Lutha Rowing Bank | 2013"]),
        ("A host country agreement with the Government of Lutha was signed; the MOU with UNICEF of 2008 was not.",
         ["host country agreement with the Government of Lutha", "MOU with UNICEF | 2008"]),
        ("The memorandum of understanding on oars between UNMOT and UNICEF and the Rules Governing the Hire of Boats "
         "help.",
         ["memorandum of understanding on oars between UNMOT and UNICEF", "Rules Governing the Hire of Boats"]),
        ("Mission Directive No. 3 of 2012, Administrative Instruction No. 6/2014 on boats and Organizational Directive "
         "No. 10 apply.",
         ["Mission Directive No. 3 of 2012 | 2012", "Administrative Instruction No. 6/2014 | 2014",
          "Organizational Directive No. 10"]),
        ("Its revised boat guidelines of 2012 were old.", ["boat guidelines | 2012"]),
        ("There was no Boat Continuity Plan; the Boat Plan of the Mission and the Durban Declaration and Programme of "
         "Action helped, and SOP No. 2017/03 on oars.",
         ["oars | SOP No. 2017/03", "Durban Declaration and Programme of Action", "Boat Plan"]),
        ("It follows its Policy on Boats and the OOP Financial Rules (A/AC.99/503/Rev.10).",
         ["OOP Financial Rules | A/AC.99/503/Rev.10", "Policy on Boats"]),
        ("Under the Tripartite Agreement signed by Lutha, Boria and UNHCR boats go home.", ["Tripartite Agreement"]),
        ("The memorandum of understanding between UNHCR and WFP of January 2011 applies.",
         ["memorandum of understanding between UNHCR and WFP | 2011"]),
        ("The Standard Operating Procedure on Boat Fires (SOP 2021.04) and the Policy on Oars (DBS/2020.07) apply.",
         ["Standard Operating Procedure on Boat Fires | SOP 2021.04", "Policy on Oars | DBS/2020.07 | 2020"]),
        ("Section 21 of the programme budget for the biennium 2014-2015 (A/68/6 (Sect. 21)) gave boats.",
         ["programme budget for the biennium 2014-2015 | A/68/6 (Sect. 21)"]),
        ("Under financial rule 105.99 of the Financial Regulations and Rules of the United Nations (ST/SGB/2013/4) and "
         "staff rule 4.8 boats are sold as administrative instruction ST/AI/2006/99 says.",
         ["Financial Regulations and Rules of the United Nations | ST/SGB/2013/4 | 2013",
          "ST/AI/2006/99 | ST/AI/2006/99 | 2006", "staff rule 4.8"]),
    ],
)  # fmt: skip
def test_instruments_in_the_ways_they_are_named(text: str, expected: list[str]) -> None:
    assert cited(report(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It hosts the secretariats of the Boat Convention and the Oar Convention.",
        "The Conference of the Parties to the Convention on Boats met.",
        "The Boat Convention secretariat is in Lutha.",
        "Data go to the Boat Action Plan and Performance (bAPP) database.",
        "UNMOT should sign a memorandum of understanding between UNMOT and UNICEF.",
        "A Peace Agreement was sought; each Project Partnership Agreement was signed.",
        "The Chief of Protocol met the Protocol Liaison Service.",
        "The Results Framework and the User Guide were short.",
        "Contract UNMOT/CON/12/034 and the order (No. UNMOT/PO/12/9) expired.",
        "The grant agreement between the Oar Office and UNDP was late.",
        "The Letter of Instruction was signed. A Boat Hiring Framework was asked for.",
        "The Policy requires oars, and the Manual of another office too.",
        "The service level agreement with UNMOT was not signed. UNMOT should sign a framework agreement with UNICEF.",
        "UNMOT had cooperation agreements with 13 States, and a grant agreement with the Oar Office.",
    ],
)
def test_what_cites_no_instrument(text: str) -> None:
    assert cited(report(text)) == []


def test_a_long_name_of_the_gazetteer_is_known_in_any_letters_and_by_its_short_form() -> None:
    skeleton = report(
        ("4", "The Manual on Policies and Procedures Concerning the Reimbursement and Control of Contingent-Owned "
              "Equipment of Troop/Police Contributors Participating in Peacekeeping Missions (A/C.5/69/18) applies."),
        ("16", "The COE Manual requires oars."),
    )  # fmt: skip
    (one,) = cited_instruments(skeleton)
    assert one.instrument.identifier is not None
    assert one.instrument.identifier.value == "A/C.5/69/18"
    assert [c.place for c in one.citations] == ["4", "16"]


def test_the_one_instrument_of_a_kind_is_cited_by_its_kind() -> None:
    skeleton = report(
        ("2", "The Manual was old."),
        ("3", "It follows the Boat Manual, the Guidelines on Rowing and the Guidelines on Sailing."),
        ("4", "The Manual asks for oars; the Guidelines do not."),
    )
    assert dict(places(skeleton))["Boat Manual"] == ["3", "4"]
    assert dict(places(skeleton))["Guidelines on Rowing"] == ["3"]


def test_a_kind_and_subject_is_the_instrument_of_that_subject() -> None:
    skeleton = report(
        ("3", "ST/AI/2010/99 on the boat selection system applies."),
        ("4", "The administrative instruction on the boat selection system asks for oars."),
    )
    assert [[c.place for c in one.citations] for one in cited_instruments(skeleton)] == [["3", "4"]]
