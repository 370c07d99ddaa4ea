import pytest
from handmade import check_quotes, report

from auditgraph.loaders.extract.systems import systems
from auditgraph.model import Abbreviation, Said, Skeleton


def names(skeleton: Skeleton, *short: Abbreviation) -> list[str]:
    return [s.name.value for s in systems(skeleton, short)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Data in Umoja and Inspira differ.", ["Umoja", "Inspira"]),
        ("It was not input into the OHCHR database.", ["OHCHR database"]),
        ("It must use the Policy and Practice Database.", ["Policy and Practice Database"]),
        (
            "EAD developed the Boat Result Management Information System to count.",
            ["Boat Result Management Information System"],
        ),
        ("The electronic Boat Management System was down.", ["electronic Boat Management System"]),
        ("The Mission had no access to the Field Boat Suite where leave was recorded.", ["Field Boat Suite"]),
        (
            "Invoices in the Nebula system and the Star accounting system differ.",
            ["Nebula system", "Star accounting system"],
        ),
        ("Trips are recorded in BoatLog by drivers.", ["BoatLog"]),
        ("The United Nations boat database, BTRM, had no data.", ["BTRM"]),
        ("Contacts are kept in a contact management system (Contactus).", ["Contactus"]),
        (
            "The Environmental Data Portal and the Contract Boat Management System differ.",
            ["Environmental Data Portal", "Contract Boat Management System"],
        ),
        ("Losses were recorded in PRIMUS.", ["PRIMUS"]),
        ("The Unit recorded 29 losses in its boat loss database, of which 2 were boats.", ["boat loss database"]),
        ("The Unit had no boat loss database and recorded losses in its database.", []),
        ("BOATY, an application to collect data, was built.", ["BOATY"]),
        ("Data come from the Star and Nebula accounting systems.", ["Star", "Nebula"]),
        ("Leave is recorded in Umoja and Nebula to count days.", ["Umoja", "Nebula"]),
        ("The report in Power BI was late.", ["Power BI"]),
        (
            "It reads the Boat Dashboards, and its asset management system, Nebula, is down.",
            ["Boat Dashboards", "Nebula"],
        ),
        ("It is kept in a tracker known as Nebula.", ["Nebula"]),
        (
            "It scanned servers with Nessus; Windows Server 2008 ran Citrix.",
            ["Nessus", "Windows Server 2008", "Citrix"],
        ),
        ("It used systems such as Umoja, Star and the Nebula terminal.", ["Umoja", "Star", "Nebula"]),
        ("Applications including Nebula and Star (STR) were old.", ["Nebula", "Star"]),
        ("The scanning tool Matrixor was used, and Nebula, an online tool, too.", ["Matrixor", "Nebula"]),
        ("Requests go to Unite Boats.", ["Unite Boats"]),
        (
            "It used Atlas, the “Blue Boat Force” system and an online tool, Nebula.",
            ["Atlas", "Blue Boat Force", "Nebula"],
        ),
        ("The “Boat Tracker” application and Nebula, an online portal, were old.", ["Boat Tracker", "Nebula"]),
        ("The Tribunal’s Case Database and UNMOT’s Boat Portal differ.", ["Case Database", "Boat Portal"]),
        ("They used Star and Nebula software.", ["Star", "Nebula"]),
        ("A system called Nebula Pro was bought.", ["Nebula Pro"]),
        ("Use was seen in the electronic fuel management system.", ["electronic fuel management system"]),
        ("It has no electronic boat management system.", []),
        ("The Division of Information Systems and Boats, HelpReef International and the ReefAction Branch met.", []),
    ],
)
def test_systems_in_the_ways_they_are_named(text: str, expected: list[str]) -> None:
    assert names(report(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The database was incomplete.",
        "The United Nations system has an internal control system.",
        "The Government’s justice system failed.",
        "It strengthened the records management system of the Division.",
        "The Database Unit and the Systems Section met.",
        "The Mission’s system of checks.",
        "It is a United Nations-owned application.",
        "The Board System Committee met.",
        "Document the functions of the application and strengthen the software.",
        "The Quality Management System was certified.",
        "The Tribunal’s Registry and the Court Registry met; the Risk Register was short.",
        "The security management system, the ERP system, the CCTV system and the Reverse Osmosis system work.",
        "The Beijing Platform for Action and the Global Platform for Boats were cited.",
        "It set up systems such as Early Warning and Rapid Response.",
        "Platforms such as Facebook and Twitter were used.",
        "Staff passed the Induction Module and the Prevention of Drowning Module.",
        "The Staff Selection System and the Performance Management and Development System changed.",
    ],
)
def test_what_is_no_named_system(text: str) -> None:
    assert names(report(text)) == []


def test_initials_and_full_name_are_one_system_with_all_its_mentions() -> None:
    skeleton = report(("3", "The Boat Counting Management System (BCMS) was old."), ("4", "BCMS data were wrong."))
    expansion = Said("Boat Counting Management System", skeleton.passages(skeleton.prose[0], 4, 35))
    (system,) = systems(skeleton, [Abbreviation("BCMS", expansion)])
    assert (system.name.value, system.acronym) == ("Boat Counting Management System", "BCMS")
    assert {p.place for p in system.mentions} == {"3", "4"}
    check_quotes(skeleton, system.name.evidence, "Boat Counting Management System")


def test_initials_that_a_report_gives_another_meaning_are_no_system() -> None:
    skeleton = report("The Integrated Marine Inspection Service (IMIS) met. IMIS has ten staff.")
    assert names(skeleton, Abbreviation("IMIS", Said("Integrated Marine Inspection Service", ()))) == []


@pytest.mark.parametrize(
    ("text", "short", "expected"),
    [
        ("It used the electronic boat inspection (eBI) system. eBI data differ.", "eBI|electronic boat inspection",
         ["electronic boat inspection (eBI) system"]),
        ("Data of the Boat Planning, Management and Reporting (BPMR) system differ.",
         "BPMR|Boat Planning, Management and Reporting",
         ["Boat Planning, Management and Reporting (BPMR) system"]),
        ("The Strategic Boat Stocks (SBS) database was old. SBS rot.", "SBS|Strategic Boat Stocks",
         ["Strategic Boat Stocks (SBS) database"]),
        ("The quick boat projects (QBPs) database was old. QBPs rot.", "QBPs|quick boat projects", []),
        ("The Enterprise Risk Management (ERM) system works.", "ERM|Enterprise Risk Management", []),
        ("The principles of the Boat Risk and Wave Control Points (BRWCP) system apply.",
         "BRWCP|Boat Risk and Wave Control Points", []),
        ("The Society for Interbank Rowing (SWIFT) met. SWIFT has rules.", "SWIFT|Society for Interbank Rowing", []),
    ],
)  # fmt: skip
def test_what_a_report_calls_a_system_by_its_initials(text: str, short: str, expected: list[str]) -> None:
    acronym, expansion = short.split("|")
    assert names(report(text), Abbreviation(acronym, Said(expansion, ()))) == expected


def test_a_name_and_the_full_one_of_the_gazetteer_are_one_system() -> None:
    assert names(report("Galileo was used. The Galileo Inventory Management System was old.")) == [
        "Galileo Inventory Management System"
    ]
