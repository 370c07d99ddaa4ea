from __future__ import annotations

import pytest
from made_skeletons import skeleton_of

from auditgraph.loaders.extract.locations import locations
from auditgraph.ontology.gazetteer import gazetteer


def found(*paragraphs: str) -> list[str]:
    return [x.name.value for x in locations(skeleton_of(*paragraphs, title=""), gazetteer())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is in the Democratic Republic of the Congo.", ["Democratic Republic of the Congo"]),
        ("Fuel is kept in Gao and Kidal.", ["Gao", "Kidal"]),
        ("OIOS visited 12 posts, including Naqoura, Osmund and At Tiri.", ["Naqoura", "Osmund", "At Tiri"]),
        ("There are field offices in Mirnasz, Tolvarik and Beldunja.", ["Mirnasz", "Tolvarik", "Beldunja"]),
        ("The United Nations Stabilization Mission in Vardania met.", ["Vardania"]),
        ("It pays youth at risk in Upper Lenna and the Sarma Basin.", ["Sarma Basin", "Upper Lenna"]),
        ("It helps people in the Osmund and Teldar sub-districts.", ["Osmund", "Teldar"]),
        ("They fled from the Kestrel State of Vardania.", ["Kestrel State"]),
        ("The Zubarian State, Member States, the Arab region and Ms. Sofia Okoye met.", []),
        ("The Economic Commission for Africa met.", []),
        ("The budget in United States dollars was recorded in Umoja and in the Fuel System.", []),
        ("Results of projects in the Comprehensive Planning and Performance Assessment System.", []),
        ("Staff in the Procurement Section and in Annex I met in March and June.", []),
        (
            "It has a Sub-Office in Mirnasz, and Field Offices in Tolvarik and Beldunja.",
            ["Mirnasz", "Tolvarik", "Beldunja"],
        ),
        ("A patrol was dispatched to Mirnasz after an attack in Osmund.", ["Mirnasz", "Osmund"]),
        ("They live in Osmund and Teldar settlements.", ["Osmund", "Teldar"]),
        ("The Division of Regional Cooperation (DRC) met. DRC left.", []),
        ("The adviser on violence in Conflict left Bangui Mirnasz airport.", ["Bangui"]),
        ("In Osmund and Kidal, it built houses.", ["Osmund", "Kidal"]),
        ("It has a liaison office in Washington, D.C. and a hub in Gao.", ["Washington, D.C.", "Gao"]),
        ("OIOS visited Teldar Central Prison in Gao.", ["Gao"]),
        ("It protects people in the Far North and South-West regions.", ["Far North", "South-West"]),
        ("Boats went to the Government of North Darfur.", ["North Darfur"]),
        ("The Tide Centre (TC) in Orsk met.", ["Orsk"]),
        ("The office, based in Orsk, sees to Mali and Neighbouring Countries.", ["Orsk", "Mali"]),
        ("It rained in the Velm and Tiri States.", ["Velm", "Tiri"]),
        (
            "It has a printing plant in Orsk Bay City and a border crossing at Velm Kala.",
            ["Orsk Bay City", "Velm Kala"],
        ),
        ("The New York Audit Service met at the Asia-Pacific Ministerial Conference.", []),
        ("A Nairobi-based vendor of Guinea-Bissau met.", ["Nairobi", "Guinea-Bissau"]),
    ],
)
def test_places(text: str, expected: list[str]) -> None:
    assert sorted(found(text)) == sorted(expected)


def test_other_names_of_a_place_are_one_location() -> None:
    (only,) = locations(skeleton_of("In Menaka.", "In Ménaka.", title=""), gazetteer())
    assert only.name.value == "Menaka"
    assert [m.place for m in only.mentions] == ["1", "2"]
