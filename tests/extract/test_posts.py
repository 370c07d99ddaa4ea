from __future__ import annotations

import pytest
from made_skeletons import FIRST, skeleton_of

from auditgraph.loaders.extract.abbreviations import abbreviations
from auditgraph.loaders.extract.organisations import organisations
from auditgraph.loaders.extract.posts import posts
from auditgraph.model import ProseKind, Skeleton
from auditgraph.ontology.gazetteer import gazetteer

Row = tuple[str, str, str, tuple[str, ...]]


def rows(skeleton: Skeleton) -> list[Row]:
    """Return title, organisation, grade and superiors of each post."""
    known = gazetteer()
    short = abbreviations(skeleton, known)
    bodies = organisations(skeleton, short, known)
    found = posts(skeleton, short, bodies, known)
    label = {o.key: o.acronym.value if o.acronym else o.name.value for o in bodies} | {
        p.key: p.title.value for p in found
    }
    for post in found:
        for said in (post.title, post.grade, post.organisation, *post.reports_to):
            if said is not None:
                assert said.evidence
                assert all(e.quote == skeleton.source[e.span.start : e.span.end] for e in said.evidence)
    return [
        (
            p.title.value,
            label[p.organisation.value] if p.organisation else "",
            p.grade.value if p.grade else "",
            tuple(label[r.value] for r in p.reports_to),
        )
        for p in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Fuel Unit is headed by a Chief at the P-4 level who reports to the Chief, Tide Section.",
            [("Chief", "Fuel Unit", "P-4", ("Chief, Tide Section",)), ("Chief, Tide Section", "Tide Section", "", ())],
        ),
        (
            "The Fuel Unit met. It is headed by a Chief (P-4) and reports to the Director of Mission Support (DMS).",
            [
                ("Chief", "Fuel Unit", "P-4", ("Director of Mission Support",)),
                ("Director of Mission Support", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Fuel Division (FD) is headed by a Director. The Deputy Director and the Director of FD met.",
            [("Director of FD", "FD", "", ()), ("Deputy Director", "FD", "", ())],
        ),
        (
            "The Fuel Unit buys fuel. Its Chief, at the P-4 level, reports to the Director of Mission Support.",
            [
                ("Chief", "Fuel Unit", "P-4", ("Director of Mission Support",)),
                ("Director of Mission Support", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Chief of Mission Support, who is at the D-1 level and in turn reports to the Head of Mission, agreed.",
            [("Chief of Mission Support", "UNMIZ", "D-1", ("Head of Mission",)), ("Head of Mission", "UNMIZ", "", ())],
        ),
        (
            "The Fuel Section is led by the Chief Engineer at the P-5 level.",
            [("Chief Engineer", "Fuel Section", "P-5", ())],
        ),
        (
            "The Fuel Division, whose Director reports to the Under-Secretary-General for Tides, met.",
            [
                ("Director", "Fuel Division", "", ("Under-Secretary-General for Tides",)),
                ("Under-Secretary-General for Tides", "", "", ()),
            ],
        ),
        (
            "The Fuel Unit (FU) in the Tide Section (TS) at Headquarters is headed by a Chief at the P-4 level.",
            [("Chief", "FU", "P-4", ())],
        ),
        (
            "The Fuel Unit is located within the Tide Section and has a Chief at the P-4 level.",
            [("Chief", "Fuel Unit", "P-4", ())],
        ),
        (
            "The Fuel Unit and the Tank Unit, each managed by a Chief at the P-3 level, met.",
            [("Chief", "Fuel Unit", "P-3", ()), ("Chief", "Tank Unit", "P-3", ())],
        ),
        (
            "The Chief, Tide Section reports, through the Director of Mission Support, to the Director of UNEP, "
            "who is at the D-2 level.",
            [
                ("Chief, Tide Section", "Tide Section", "", ("Director of Mission Support", "Director of UNEP")),
                ("Director of Mission Support", "UNMIZ", "", ()),
                ("Director of UNEP", "UNEP", "D-2", ()),
            ],
        ),
        (
            "The Force Commander is the focal point for tides and reports to the Special Representative of the "
            "Secretary-General.",
            [
                ("Force Commander", "UNMIZ", "", ("Special Representative of the Secretary-General",)),
                ("Special Representative of the Secretary-General", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Tide Secretariat is headed by a Registrar, supported by a Deputy Registrar (P-5).",
            [("Registrar", "Tide Secretariat", "", ()), ("Deputy Registrar", "Tide Secretariat", "P-5", ())],
        ),
        ("The Executive Director of UNEP left. The Executive Director left.", [("Executive Director", "UNEP", "", ())]),
        ("The ASG/DSS left.", [("ASG/DSS", "DSS", "", ())]),
        ("The Tide Focal Point read the Manual for the Dipper Manager.", [("Tide Focal Point", "", "", ())]),
        ("The Force Medical Officer left.", [("Force Medical Officer", "", "", ())]),
        ("The Special Representative to the Secretary General left.",
         [("Special Representative to the Secretary General", "UNMIZ", "", ())]),
        ("The Team Leaders left at the Assistant Secretary-General level.", []),
        ("The Section used the Tide Asset Manager and the Dipper Manager module.", []),
        (
            "The Fuel Section (FS) is headed by a Section Chief at the P-5 level.",
            [("Section Chief", "FS", "P-5", ())],
        ),
        (
            "The Deputy Special Representative of the Secretary-General (Tides and Dippers) oversees the Fuel Section "
            "and the Tide Section.",
            [("Deputy Special Representative of the Secretary-General (Tides and Dippers)", "UNMIZ", "", ())],
        ),
        ("The Deputy Director-General of UNON left.", [("Deputy Director-General", "UNON", "", ())]),
        (
            "The Fuel Unit, whose Chief (P-5) doubles as the Tide Adviser and reports to the Head of Mission, met.",
            [
                ("Chief", "Fuel Unit", "P-5", ("Head of Mission",)),
                ("Tide Adviser", "", "", ()),
                ("Head of Mission", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Tide Envoy reports to the Secretary-General. The Secretary-General of the United Nations left.",
            [("Tide Envoy", "", "", ("Secretary-General",)), ("Secretary-General", "", "", ())],
        ),
        ("The Secretary-General left.", []),
        ("Project Managers and Tank Officers left.", [("Tank Officer", "", "", ())]),
        ("The Chief of Staff of the Zubarian Forces left.", [("Chief of Staff", "", "", ())]),
        (
            "The Fuel Unit, headed by a Tide Adviser (P-5) reporting to the Head of Mission, and the Tank Unit, led by "
            "a Tank Adviser, met.",
            [
                ("Tide Adviser", "Fuel Unit", "P-5", ("Head of Mission",)),
                ("Head of Mission", "UNMIZ", "", ()),
                ("Tank Adviser", "Tank Unit", "", ()),
            ],
        ),
        (
            "The Fuel Unit, staffed with six Tide Officers, reports to the Head of Mission.",
            [("Tide Officer", "Fuel Unit", "", ()), ("Head of Mission", "UNMIZ", "", ())],
        ),
        (
            "The Tide Adviser reports to the Force Commander, with a reporting line to the Head of Mission.",
            [
                ("Tide Adviser", "", "", ("Force Commander", "Head of Mission")),
                ("Force Commander", "UNMIZ", "", ()),
                ("Head of Mission", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Director of the Tide Division in Gao is at the D-2 level. Tide management officers report to nobody.",
            [("Director of the Tide Division", "Tide Division", "D-2", ())],
        ),
        ("It has a Branch Office in Gao and Sub-Offices in Kidal and Menaka, each headed by a Chief (P-5).", []),
        (
            "The head of the Fuel Unit (P-4) and the Chief of the UNEP Tide Office left.",
            [
                ("head of the Fuel Unit", "Fuel Unit", "P-4", ()),
                ("Chief of the UNEP Tide Office", "Tide Office", "", ()),
            ],
        ),
        (
            "The Fuel Unit is managed by a Chief who reports to the Director of UNEP at the D-2 level, and, for tides "
            "and all that, to the Head of Mission.",
            [
                ("Chief", "Fuel Unit", "", ("Director of UNEP", "Head of Mission")),
                ("Director of UNEP", "UNEP", "D-2", ()),
                ("Head of Mission", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Office of Tides is led by an Assistant Secretary-General. The Assistant Secretary-General for Tides "
            "left.",
            [("Assistant Secretary-General for Tides", "Office of Tides", "", ())],
        ),
        (
            "Two Tide Officers at the P-4 level and six National Officers met.",
            [("Tide Officer", "", "P-4", ())],
        ),
        (
            "The bases are covered by dipper liaison officers reporting to the Force Commander.",
            [("dipper liaison officer", "", "", ("Force Commander",)), ("Force Commander", "UNMIZ", "", ())],
        ),
        (
            "The incumbent of the D-1 post of Principal Officer reports to the Head of Mission.",
            [("Principal Officer", "", "D-1", ("Head of Mission",)), ("Head of Mission", "UNMIZ", "", ())],
        ),
        (
            "The Fuel Unit is headed by a Chief (D-1) who reports to the Director of UNEP (D-2) and has a technical "
            "reporting line to the Assistant Secretary-General, Controller.",
            [
                ("Chief", "Fuel Unit", "D-1", ("Director of UNEP", "Assistant Secretary-General, Controller")),
                ("Director of UNEP", "UNEP", "D-2", ()),
                ("Assistant Secretary-General, Controller", "", "", ()),
            ],
        ),
        (
            "The Tide Adviser (P-4), the Dipper Adviser (P-3) and the Police Commissioner report "
            "to the Head of Mission.",
            [
                ("Tide Adviser", "", "P-4", ("Head of Mission",)),
                ("Dipper Adviser", "", "P-3", ("Head of Mission",)),
                ("Police Commissioner", "UNMIZ", "", ("Head of Mission",)),
                ("Head of Mission", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Tide Adviser reports to the Chief of the Fuel Unit. The latter reports to the Head of Mission.",
            [
                ("Tide Adviser", "", "", ("Chief of the Fuel Unit",)),
                ("Chief of the Fuel Unit", "Fuel Unit", "", ("Head of Mission",)),
                ("Head of Mission", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Chief of Staff oversees the Tide Adviser and the Fuel Unit.",
            [("Chief of Staff", "UNMIZ", "", ()), ("Tide Adviser", "", "", ("Chief of Staff",))],
        ),
        (
            "The Force Commander reports to the Head of Mission and the Tide Adviser reports to the Chief of Staff.",
            [
                ("Force Commander", "UNMIZ", "", ("Head of Mission",)),
                ("Head of Mission", "UNMIZ", "", ()),
                ("Tide Adviser", "", "", ("Chief of Staff",)),
                ("Chief of Staff", "UNMIZ", "", ()),
            ],
        ),
        (
            "The Chief, Fuel Unit also serves as Secretary of the Tide Board and met the Special Rapporteur on the "
            "rights of dippers, who left.",
            [
                ("Chief, Fuel Unit", "Fuel Unit", "", ()),
                ("Secretary of the Tide Board", "Tide Board", "", ()),
                ("Special Rapporteur on the rights of dippers", "", "", ()),
            ],
        ),
        (
            "OHCHR and the Department of Field Support (DFS) met. The High Commissioner and the "
            "Under-Secretary-General for Field Support left.",
            [("High Commissioner", "OHCHR", "", ()), ("Under-Secretary-General for Field Support", "DFS", "", ())],
        ),
        (
            "The Tide Secretariat is headed by a Registrar at the level of Assistant Secretary-General.",
            [("Registrar", "Tide Secretariat", "Assistant Secretary-General", ())],
        ),
    ],
)  # fmt: skip
def test_wording(text: str, expected: list[Row]) -> None:
    assert rows(skeleton_of(FIRST, text)) == expected


def test_officials_are_posts_of_what_they_head() -> None:
    made = skeleton_of(FIRST, "The Fuel Unit met.", officials=[("1", "Chief Fuel Unit"), ("2", "Senior Tide Officer")])
    assert rows(made) == [("Chief Fuel Unit", "Fuel Unit", "", ()), ("Senior Tide Officer", "", "", ())]


def test_an_acronym_behind_a_title_is_no_post_where_the_report_gives_it_another_meaning() -> None:
    text = "The Convention on Mountain Seals (CMS) is old. The Warehouse Manager left."
    made = skeleton_of(FIRST, text, officials=[("1", "Executive Secretary, CMS")])
    assert [r[0] for r in rows(made)] == ["Warehouse Manager", "Executive Secretary"]


def test_a_title_of_one_word_stays() -> None:
    text = "The Fuel Unit is headed by a Representative (D-1). The Tide Adviser reports to the Representative."
    assert rows(skeleton_of(FIRST, text)) == [
        ("Representative", "Fuel Unit", "D-1", ()),
        ("Tide Adviser", "", "", ("Representative",)),
    ]


def test_a_letter_names_people_before_their_posts() -> None:
    made = skeleton_of(FIRST, lines=[(ProseKind.LETTER, "ATTN: Ms. Ada Okoye Chief Resident Auditor Kestrova")])
    assert rows(made) == [("Chief Resident Auditor", "", "", ())]


def test_a_place_or_body_behind_a_title_tells_whose_post_it_is() -> None:
    made = skeleton_of(
        FIRST,
        "The Tide Secretariat and the Field Office in Gao met.",
        officials=[("1", "Senior Tide Officer, Tide Secretariat"), ("2", "Head of Field Office, Gao")],
    )
    assert rows(made) == [
        ("Senior Tide Officer", "Tide Secretariat", "", ()),
        ("Head of Field Office", "Field Office in Gao", "", ()),
    ]


def test_a_title_torn_by_the_date_beside_it_is_one() -> None:
    lines = ["Ms. Ada Okoye, Under-Secretary-General", "DATE: 2 May 2020", "for Tides"]
    made = skeleton_of(FIRST, lines=[(ProseKind.LETTER, line) for line in lines])
    assert rows(made) == [("Under-Secretary-General for Tides", "", "", ())]


def test_a_purpose_torn_between_two_lines_is_one_where_the_office_is_known() -> None:
    lines = ["Under-Secretary-General for Internal", "Oversight Services"]
    made = skeleton_of(FIRST, lines=[(ProseKind.LETTER, line) for line in lines])
    assert rows(made)[0][0] == "Under-Secretary-General for Internal Oversight Services"
    lines = ["Under-Secretary-General for Field Support", "New York"]
    made = skeleton_of(FIRST, lines=[(ProseKind.LETTER, line) for line in lines])
    assert [title for title, *_ in rows(made)] == ["Under-Secretary-General for Field Support"]


def test_a_title_torn_before_its_last_word_is_one() -> None:
    lines = ["ATTN: Ms. Ada Okoye, Director of Mission", "Support", "TO: Chief, Tide Audit", "Service"]
    made = skeleton_of(FIRST, lines=[(ProseKind.LETTER, line) for line in lines])
    assert [title for title, *_ in rows(made)] == ["Director of Mission Support", "Chief, Tide Audit Service"]


def test_memoranda_name_posts_beside_french_labels_and_in_capitals() -> None:
    lines = ["FROM: Ada Okoye, Acting Director", "DE: Tide Division, UNMIZ"]
    made = skeleton_of(FIRST, "The Tide Division met.", lines=[(ProseKind.LETTER, line) for line in lines])
    assert ("Acting Director, Tide Division", "Tide Division", "", ()) in rows(made)
    made = skeleton_of(FIRST, lines=[(ProseKind.NOTE, "CHIEF, TIDE AUDIT SERVICE: Ada Okoye, Tel: 1")])
    assert [title for title, *_ in rows(made)] == ["Chief, Tide Audit Service"]


def test_who_acts_has_the_same_post() -> None:
    text = "The Acting Special Representative of the Secretary-General left."
    assert rows(skeleton_of(FIRST, text))[0][0] == "Acting Special Representative of the Secretary-General"
    both = f"{text} The Special Representative of the Secretary-General came."
    assert [title for title, *_ in rows(skeleton_of(FIRST, both))] == [
        "Special Representative of the Secretary-General"
    ]


def test_the_chief_of_a_section_is_who_is_said_to_head_it() -> None:
    text = "The Fuel Section is headed by a Fuel Engineer at the P-4 level. The Chief, Fuel Section, agreed."
    assert rows(skeleton_of(FIRST, text)) == [("Chief, Fuel Section", "Fuel Section", "P-4", ())]


def test_the_same_post_of_two_missions_is_two() -> None:
    title = "Audit of handover from the United Nations Mission in Zubara to the United Nations Mission in Orsinia"
    first = (
        "It moved from the United Nations Mission in Zubara (UNMIZ) to the United Nations Mission in Orsinia (UNMOR)."
    )
    text = "The Director of Mission Support of UNMIZ met the Director of Mission Support of UNMOR."
    assert [r[:2] for r in rows(skeleton_of(first, text, title=title))] == [
        ("Director of Mission Support", "UNMIZ"),
        ("Director of Mission Support", "UNMOR"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The incumbent of the P-3 Tide Officer post was on loan.", [("Tide Officer", "", "P-3", ())]),
        ("The Tide Officer post at the P-4 level was vacant.", [("Tide Officer", "", "P-4", ())]),
        ("The Tide Focal Point, the incumbent of a P-2 position, left.", [("Tide Focal Point", "", "P-2", ())]),
        (
            "The Tide Coordinator, a P-3 position reporting to the Senior Fuel Officer, left.",
            [("Tide Coordinator", "", "P-3", ("Senior Fuel Officer",)), ("Senior Fuel Officer", "", "", ())],
        ),
        ("They were managed by Chief Tide Advisers (CTAs) at last.", [("Chief Tide Adviser", "", "", ())]),
        (
            "Each has a Chief Tide Adviser (CTA). All CTAs report to the Senior Fuel Officer.",
            [("Chief Tide Adviser", "", "", ("Senior Fuel Officer",)), ("Senior Fuel Officer", "", "", ())],
        ),
        (
            "The Assistant Representative (Programme) and the Deputy Representative (P-5) met.",
            [("Assistant Representative (Programme)", "", "", ()), ("Deputy Representative", "", "P-5", ())],
        ),
        ("The Director of UNMIZ Affairs (D-2) met.", [("Director of UNMIZ Affairs", "UNMIZ", "D-2", ())]),
        ("The Tide Officer position (P-3) was vacant.", [("Tide Officer", "", "P-3", ())]),
        ("The Tide Officer position, at the P-4 level, was cut.", [("Tide Officer", "", "P-4", ())]),
        ("The Tide Adviser, whose post was at the P-5 level, left.", [("Tide Adviser", "", "P-5", ())]),
        (
            "The Registrar, who is an Assistant Secretary-General, left.",
            [("Registrar", "", "Assistant Secretary-General", ())],
        ),
        (
            "The Women’s Tide Adviser and the Chief of Oars of UNMIZ met.",
            [("Women’s Tide Adviser", "", "", ()), ("Chief of Oars", "UNMIZ", "", ())],
        ),
        (
            "The Tide Coordinator (P-5) of UNMIZ reports technically to the Tide Adviser and administratively to the "
            "Oar Adviser.",
            [
                ("Tide Coordinator", "UNMIZ", "P-5", ("Tide Adviser", "Oar Adviser")),
                ("Tide Adviser", "", "", ()),
                ("Oar Adviser", "", "", ()),
            ],
        ),
        (
            "The Tide Adviser, at the D-2 level, heads the Fuel Unit and reports to the Oar Adviser.",
            [("Tide Adviser", "Fuel Unit", "D-2", ("Oar Adviser",)), ("Oar Adviser", "", "", ())],
        ),
        (
            "The Officer-in-Charge of the Fuel Unit, a P-4 staff member, reported to the Tide Adviser.",
            [
                ("Officer-in-Charge of the Fuel Unit", "Fuel Unit", "P-4", ("Tide Adviser",)),
                ("Tide Adviser", "", "", ()),
            ],
        ),
        (
            "The Deputy Executive Director and Assistant Secretary-General of UNMIZ left.",
            [("Deputy Executive Director", "UNMIZ", "", ())],
        ),
        (
            "The Special Adviser to the Secretary-General on Kestrova left.",
            [("Special Adviser to the Secretary-General on Kestrova", "", "", ())],
        ),
    ],
)
def test_grades_plurals_and_brackets_around_titles(text: str, expected: list[Row]) -> None:
    assert rows(skeleton_of(FIRST, text)) == expected
