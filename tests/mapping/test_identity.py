"""The same thing in two reports has one IRI; two things that share a name or initials have two."""

from __future__ import annotations

from dataclasses import replace

import invented
import pytest

from auditgraph import model as m
from auditgraph.loaders.mapping.identity import Identities

BASE = "https://w3id.org/auditgraph/"


def said(value: str) -> m.Said[str]:
    return m.Said(value, ())


def body(name: str, acronym: str = "", parent: str = "", known: str = "") -> m.Organisation:
    return m.Organisation(name, said(name), said(acronym) if acronym else None, said(parent) if parent else None, known)


def report(*bodies: m.Organisation, audited: str = "", key: str = "2031/001", **more: object) -> m.Report:
    entities = (said(audited),) if audited else ()
    return replace(
        m.Report("iad", key, invented.skeleton(), entities=entities, organisations=bodies),
        **more,  # type: ignore[arg-type]
    )


def iris(made: m.Report) -> dict[str, str]:
    return {key: iri.removeprefix(BASE) for key, iri in Identities(made, BASE).organisations.items()}


def test_the_gazetteer_decides_where_it_knows() -> None:
    made = iris(report(body("Mission in Mali", "MINUSMA", known="minusma")))
    assert made["Mission in Mali"] == "organisation/minusma"


def test_a_part_stands_below_its_parent_by_its_acronym() -> None:
    made = iris(report(body("Mission", known="unmiz"), body("Electoral Division", "ED", "Mission")))
    assert made["Electoral Division"] == "organisation/unmiz/ed"


def test_shared_initials_are_two_things() -> None:
    made = iris(
        report(
            body("Mission", known="unmiz"), body("Department", known="dppa"),
            body("Electoral Affairs Division", "EAD", "Mission"),
            body("Electoral Assistance Division", "EAD", "Department"),
            body("Engineering Assets Desk", "EAD", "Mission"),
            body("Early Alert Desk", "EAD"),
        )
    )  # fmt: skip
    assert len(set(made.values())) == 6
    assert made["Early Alert Desk"] != "organisation/ead"


def test_bare_initials_are_never_an_identity() -> None:
    assert "zmp" not in iris(report(body("Zubara Mine Programme", "ZMP")))["Zubara Mine Programme"].split("/")


def test_a_common_name_is_told_apart_by_whom_was_audited() -> None:
    mine = report(body("Mission", known="unmiz"), body("Senior Leadership Team"), audited="Mission")
    again = replace(mine, key="2032/002")
    other = report(body("Other", known="unmop"), body("Senior Leadership Team"), audited="Other")
    assert iris(mine)["Senior Leadership Team"] == iris(again)["Senior Leadership Team"]
    assert iris(mine)["Senior Leadership Team"] != iris(other)["Senior Leadership Team"]
    assert iris(mine)["Mission"] == "organisation/unmiz"


def test_a_world_wide_name_is_one_thing() -> None:
    name = "International Association of Dippers"
    one = iris(report(body("Mission", known="unmiz"), body(name), audited="Mission"))
    two = iris(report(body("Other", known="unmop"), body(name), audited="Other"))
    assert one[name] == two[name] == "organisation/international-association-of-dippers"


def test_every_country_has_a_country_team_of_its_own() -> None:
    name = "United Nations Country Team"
    one = iris(report(body("Mission", known="unmiz"), body(name), audited="Mission"))
    two = iris(report(body("Other", known="unmop"), body(name), audited="Other"))
    assert one[name] != two[name]


def test_a_circle_of_parents_ends() -> None:
    made = iris(report(body("A", parent="B"), body("B", parent="C"), body("C", parent="A"), audited="A"))
    assert len(made) == len(set(made.values())) == 3


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Director, Fuel Unit", "post/unmiz/fu/director"),
        ("Director of FU", "post/unmiz/fu/director"),
        ("Director", "post/unmiz/fu/director"),
        ("Director of Fuel Unity", "post/unmiz/fu/director-of-fuel-unity"),
    ],
)
def test_a_post_is_the_same_with_and_without_the_name_of_its_unit(title: str, path: str) -> None:
    bodies = (body("Mission", known="unmiz"), body("Fuel Unit", "FU", "Mission"))
    made = Identities(report(*bodies, posts=(m.Post("p", said(title), organisation=said("Fuel Unit")),)), BASE)
    assert made.posts["p"] == BASE + path


def test_a_town_of_that_name_in_another_country_is_another_town() -> None:
    def tripoli(known: str) -> str:
        made = report(body("Mission", known=known), audited="Mission")
        return Identities(made, BASE).location(m.Location(said("Tripoli")))

    assert tripoli("unsmil") == BASE + "location/libya/tripoli"
    assert tripoli("unifil") not in (BASE + "location/tripoli", tripoli("unsmil"))


def test_countries_and_proper_systems_are_one_thing_for_all_reports() -> None:
    made = Identities(report(body("Mission", known="unmiz"), audited="Mission"), BASE)
    assert made.location(m.Location(said("Mali"))) == BASE + "location/mali"
    assert made.system(m.System(said("Umoja"))) == BASE + "system/umoja"
    assert made.system(m.System(said("training database"))) == BASE + "system/unmiz/training-database"


def test_instruments_by_identifier_else_by_a_title_that_can_be_only_one() -> None:
    titles = {
        "i": m.Instrument("i", said("Special measures"), said("ST/SGB/2003/13")),
        "t": m.Instrument("t", said("Policy on Human Rights in Political Missions"), None, said("2030")),
        "p": m.Instrument("p", said("Integrated Electoral Support Plan")),
    }
    made = Identities(
        report(body("Mission", known="unmiz"), audited="Mission", instruments=tuple(titles.values())), BASE
    ).instruments
    assert {key: iri.removeprefix(BASE + "instrument/") for key, iri in made.items()} == {
        "i": "st-sgb-2003-13",
        "t": "policy-on-human-rights-in-political-missions-2030",
        "p": "unmiz/integrated-electoral-support-plan",
    }


def test_the_parent_of_the_audited_keeps_its_own_name_and_a_parent_of_others_does_not() -> None:
    made = iris(
        report(
            body("Bureau of Dippers"), body("Fuel Office", parent="Bureau of Dippers"),
            body("Stores Office"), body("Tank Unit", parent="Stores Office"), audited="Fuel Office",
        )
    )  # fmt: skip
    assert made["Fuel Office"] == "organisation/bureau-of-dippers/fuel-office"
    assert made["Stores Office"] == "organisation/bureau-of-dippers/fuel-office/stores-office"
    assert made["Tank Unit"] == "organisation/bureau-of-dippers/fuel-office/stores-office/tank-unit"


def test_a_slash_in_a_title_makes_no_level() -> None:
    made = Identities(report(posts=(m.Post("p", said("Resident/Humanitarian Coordinator")),)), BASE)
    assert made.posts["p"].endswith("/resident-humanitarian-coordinator")


def test_courtesy_makes_no_other_person() -> None:
    made = Identities(report(), BASE)
    assert made.person("Mr. Ali Bey") == made.person("Ali Bey") == BASE + "person/ali-bey"
