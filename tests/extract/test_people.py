from __future__ import annotations

import pytest
from made_skeletons import skeleton_of

from auditgraph.loaders.extract.people import name_at, people
from auditgraph.model import ProseKind


def found(kind: ProseKind, *lines: str) -> list[tuple[str, str, str]]:
    skeleton = skeleton_of(title="", lines=[(kind, line) for line in lines])
    return [(p.name.value, p.role.value, p.post.value if p.post else "") for p in people(skeleton)]


@pytest.mark.parametrize(
    "lines",
    [
        ["(Signed) Ada T. Okoye Director, Internal Audit Division Office of Internal Oversight Services"],
        ["(Signed) Ada T. Okoye", "Director, Internal Audit Division Office of Internal Oversight Services"],
        ["(Signed)", "Ada T. Okoye", "Director, Internal Audit Division Office of Internal Oversight Services"],
    ],
)
def test_signatory(lines: list[str]) -> None:
    post = "Director, Internal Audit Division Office of Internal Oversight Services"
    assert found(ProseKind.SIGNATURE, *lines) == [("Ada T. Okoye", "signatory", post)]


def test_a_signature_without_a_name_names_nobody() -> None:
    assert found(ProseKind.SIGNATURE, "Internal Audit Division", "Office of Internal Oversight Services") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TO: Mr. Ben Adeyemi-Holt, Acting Chief", ("Ben Adeyemi-Holt", "addressee", "Acting Chief")),
        ("ATTN: Ms. Ana de la Cruz Chief Resident Auditor", ("Ana de la Cruz", "attention", "Chief Resident Auditor")),
        ("FROM: Col. (Ret.) El Hadji Sow Chief of Staff", ("El Hadji Sow", "sender", "Chief of Staff")),
        ("FROM: Brigadier General Oba Sow, Force Commander", ("Oba Sow", "sender", "Force Commander")),
        ("TO: Lieutenant-General Ada Kone, Head of Mission", ("Ada Kone", "addressee", "Head of Mission")),
        ("FROM: Rear Admiral Ben Holt", ("Ben Holt", "sender", "")),
        ("ATTN: (Ms.) Ana Costa, Chief", ("Ana Costa", "attention", "Chief")),
        ("Drafted by: Bmusa Boni Musa, Admin Assistant", ("Boni Musa", "drafted by", "Admin Assistant")),
        ("Authorized by: A.K Ada Kone, Chief", ("Ada Kone", "authorized by", "Chief")),
    ],
)  # fmt: skip
def test_letters(line: str, expected: tuple[str, str, str]) -> None:
    assert found(ProseKind.LETTER, line) == [expected]


def test_labels_side_by_side_have_their_names_below_them_in_order() -> None:
    lines = ["Drafted by:", "Authorized by:", "Ada Kone", "Ben Holt", "Tide Focal Point", "Chief, Tides"]
    expected = [("Ada Kone", "drafted by", ""), ("Ben Holt", "authorized by", "Chief, Tides")]
    assert found(ProseKind.LETTER, *lines) == expected
    lines = ["Drafted by:", "Authorized by:", "Ada Kone", "Senior Tide Officer", "Ben Holt", "Chief, Tides"]
    expected = [("Ada Kone", "drafted by", "Senior Tide Officer"), ("Ben Holt", "authorized by", "Chief, Tides")]
    assert found(ProseKind.LETTER, *lines) == expected


def test_labels_of_parts_that_are_not_told_have_columns_too() -> None:
    lines = ["Drafted by:", "Reviewed by:", "Authorized by:", "Ada Kone", "Ana Sow", "Ben Holt"]
    assert found(ProseKind.LETTER, *lines) == [("Ada Kone", "drafted by", ""), ("Ben Holt", "authorized by", "")]


def test_names_on_one_line_are_parted_where_it_is_plain() -> None:
    expected = [("Ada Kone", "drafted by", ""), ("Ben Holt", "authorized by", "")]
    assert found(ProseKind.LETTER, "Drafted by: Authorized by:", "Ada Kone   Ben Holt") == expected
    assert found(ProseKind.LETTER, "Drafted by: Authorized by:", "Ms. Ada Kone Mr. Ben Holt") == expected
    assert found(ProseKind.LETTER, "Drafted by: Authorized by:", "Ada Kone Ben Holt") == []


def test_who_signs_a_letter_without_a_sender_sent_it() -> None:
    assert found(ProseKind.LETTER, "Yours sincerely,", "(signed)", "Ms. Ada Kone") == [("Ada Kone", "sender", "")]
    lines = ["From: Ben Holt, Chief", "Yours sincerely,", "Ada Kone"]
    assert found(ProseKind.LETTER, *lines) == [("Ben Holt", "sender", "Chief")]


def test_one_name_below_two_labels_is_nobody_s() -> None:
    assert found(ProseKind.LETTER, "Drafted by:", "Authorized by:", "Ada Kone", "Chief, Tides") == []


@pytest.mark.parametrize("line", ["TO: Director, Internal Audit Division", "FROM: UNMIZ", "TO: The Fuel Section"])
def test_posts_and_offices_are_no_people(line: str) -> None:
    assert found(ProseKind.LETTER, line) == []


def test_names_end_where_a_title_begins() -> None:
    text = "H.E. Ingrid O'Neill Senior Tide Officer"
    assert name_at(text, 0) == (5, 19)
