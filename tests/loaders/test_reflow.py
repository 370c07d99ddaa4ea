"""Text whose every page is one line reads like any other; text of other converters is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from fictional import FORMS, SUFFIXES, names, read, render, torn
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditgraph.loaders.iad.skeleton import skeleton
from auditgraph.loaders.reflow import reflow
from auditgraph.loaders.source import read_bytes
from auditgraph.model import Said, Skeleton

FORM = "pages-on-lines"
COVER = (
    "1 INTERNAL AUDIT DIVISION REPORT 2019/201 Audit of ferries in the United Nations Mission in Ostrava The Mission needed"
    " to count its ferries 3 May 2019 Assignment No. AP2018/699/01"
)
TITLE = "Audit of ferries in the United Nations Mission in Ostrava"
ANNEX = (
    f"4 ANNEX I STATUS OF AUDIT RECOMMENDATIONS {TITLE} Rec. no. Recommendation Critical 1 / Important 2 C/ O 3 Actions"
    " needed to close the recommendation Implementation date 4"
)


def pages(*texts: str) -> str:
    return "\n\n".join(texts) + "\n"


def lines(text: str) -> list[str]:
    return [line for line in reflow(text).split("\n") if line.strip()]


def plain(said: Said[str] | None) -> str:
    return "" if said is None else said.value


def assert_some(got: object, right: object, lost: int) -> None:
    """Check that rows are right, and at most so many left out."""
    assert isinstance(got, list)
    assert isinstance(right, list)
    assert [row for row in got if row not in right] == []
    assert len(got) >= len(right) - lost


def told(bones: Skeleton) -> dict[str, object]:
    """Return what a report says, without where it says it."""
    return {
        "cover": [plain(s) for s in (bones.number, bones.assignment, bones.title, bones.headline, bones.issued)],
        "rating": plain(bones.overall_rating),
        "paragraphs": [(p.number, p.section, p.area) for p in bones.paragraphs],
        "findings": [
            (f.area, f.heading.value, f.first, f.last, [r.value for r in f.recommendations]) for f in bones.findings
        ],
        "recommendations": [(r.number, r.text.value, len(r.parts)) for r in bones.recommendations],
        "responses": [
            [(x.numbers, x.text.value, plain(x.accepted), plain(x.status)) for x in r.responses]
            for r in bones.recommendations
        ],
        "annexes": [
            (
                r.annex,
                r.number,
                *map(plain, (r.text, r.importance, r.status, r.closing_reason, r.action, r.due)),
                r.entity,
            )
            for r in bones.annex_rows
        ],
        "appendices": [
            (r.appendix, r.number, *map(plain, (r.text, r.importance, r.accepted, r.officials, r.due, r.comments)))
            for r in bones.appendix_rows
        ],
        "warnings": [(w.place, w.message) for w in bones.warnings],
    }


@pytest.mark.parametrize("name", names())
def test_pages_on_lines_say_what_other_text_says(name: str) -> None:
    source = read(name)
    right = told(skeleton(read_bytes("a.txt", render(source, "converted"))))
    got = told(skeleton(read_bytes("b.txt", render(source, FORM))))
    if name == "AP2011-649-04":  # no number tells where its headings stand
        for key in ("findings", "paragraphs", "responses"):
            del right[key], got[key]
    assert got == right


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", [name for name in names() if name != "AP2011-649-04"])
def test_rows_torn_by_pages_are_whole_or_left(name: str, seed: int) -> None:
    source = torn(read(name), seed)
    right = told(skeleton(read_bytes("a.txt", render(read(name), "converted"))))
    got = told(skeleton(read_bytes("b.txt", render(source, FORM))))
    for key in ("cover", "findings", "recommendations"):
        assert got[key] == right[key], key
    assert_some(got["annexes"], right["annexes"], lost=1)  # one is worded otherwise than in the body
    assert_some(got["appendices"], right["appendices"], lost=1)


@pytest.mark.parametrize("form", [form for form in FORMS if form not in (FORM, "pdf")])
@pytest.mark.parametrize("name", ["2014-061", "2022-031", "AP2009-651-06", "AP2011-649-04"])
def test_other_text_is_left_alone(name: str, form: str) -> None:
    text = read_bytes(f"a{SUFFIXES.get(form, '.txt')}", render(read(name), form)).text
    assert reflow(text) == text


@pytest.mark.parametrize("name", names())
def test_no_word_changes(name: str) -> None:
    text = render(read(name), FORM).decode()
    assert reflow(text) != text
    assert reflow(text).split() == text.split()
    assert reflow(reflow(text)) == reflow(text)


def test_quotes_name_their_page() -> None:
    text = pages(
        COVER, f"2 {TITLE} I. BACKGROUND 1. OIOS audited ferries.", "3 2. The Mission had nine. 3. It lost one."
    )
    source = read_bytes("a.txt", text.encode())
    third = skeleton(source).paragraphs[2].text
    assert [passage.page for passage in third.evidence] == [3]


def test_printed_page_numbers_are_no_text() -> None:
    source = read("2021-019")
    text = render(source, FORM).decode()
    printed = "\n\n".join(f"{line} {n}" if n else line for n, line in enumerate(text.split("\n\n"))).replace("\n ", " ")
    right = told(skeleton(read_bytes("a.txt", text.encode())))
    assert told(skeleton(read_bytes("b.txt", printed.encode()))) == right


def test_pages_keep_their_numbers_where_one_is_missing() -> None:
    site = f"Download\n\nSize: px\n\n{COVER}"
    source = read_bytes(
        "a.txt", pages(site, f"3 {TITLE} I. BACKGROUND 1. OIOS audited.", "4 2. The Mission sank.").encode()
    )
    assert [passage.page for passage in skeleton(source).paragraphs[1].text.evidence] == [4]


@pytest.mark.parametrize("marks", ["1 / 2| 3| 4", "1/ 2|3|4", "[1] / [2]|[3]|[4]", " ¹ / ²| ³| ⁴", "/||"])
def test_marks_of_footnotes_are_told_from_the_number_of_the_first_row(marks: str) -> None:
    importance, status, due = marks.split("|")
    first, _, second = importance.partition("/")
    head = (
        f"Rec. no. Recommendation Critical{first}/ Important{second.strip()} C/O{status} Actions needed to close"
        f" the recommendation Implementation date{due}"
    )
    body = f"2 {TITLE} I. BACKGROUND 1. OIOS audited. 2. They sank. (1) The Mission should count. 3. Done."
    annex = f"3 ANNEX I STATUS OF AUDIT RECOMMENDATIONS {TITLE} {head} 1 The Mission should count. Important O A list. May 2020"
    (row,) = skeleton(read_bytes("a.txt", pages(COVER, body, annex).encode())).annex_rows
    assert (row.number, plain(row.status), plain(row.action), plain(row.due)) == ("1", "open", "A list.", "2020-05")


def test_title_is_the_longest_run_that_later_pages_repeat() -> None:
    cover = COVER.replace("Audit of ferries", "Ferries").replace(TITLE, "x")
    text = pages(
        cover, "2 EXECUTIVE SUMMARY Audit of ferries in the United Nations Mission in Ostrava OIOS audited ferries."
    )
    assert "Ferries in the United Nations Mission in Ostrava" in lines(text)


def test_cover_without_a_page_that_repeats_its_title_parts_the_fixed_lines() -> None:
    found = lines(pages(COVER, "2 CONTENTS Page I. BACKGROUND 1"))
    assert found[1:3] == ["INTERNAL AUDIT DIVISION", "REPORT 2019/201"]
    assert found[4].startswith("3 May 2019")
    assert found[5].startswith("Assignment No.")


def test_only_the_number_that_is_due_begins_a_paragraph() -> None:
    body = (
        f"2 AUDIT REPORT {TITLE} I. BACKGROUND 1. OIOS audited ferries of class 2. The Mission sank three. 2. See Table 3. and"
        " Figure 3. Show 4 of 3. The P-4. 3. Staff rose from 2 to 4. The rest left. 4. Nine stayed. Ferries were late 5."
        " They came."
    )
    found = [line for line in lines(pages(COVER, body)) if line[:2] in ("1.", "2.", "3.", "4.", "5.")]
    assert [line[:8] for line in found] == ["1. OIOS ", "2. See T", "3. Staff", "4. Nine ", "5. They "]
    assert "Ferries were late" in lines(pages(COVER, body))


def test_recommendation_ends_where_what_is_said_of_it_begins() -> None:
    body = (
        f"2 {TITLE} I. BACKGROUND 1. OIOS audited ferries. 2. Ferries sank. (1) The Mission should: (a) count; and (b) paint"
        " its ferries. It should do so monthly. The Mission accepted recommendation 1 and stated that it would. 3. Done."
    )
    found = lines(pages(COVER, body))
    assert "(1) The Mission should: (a) count; and (b) paint its ferries. It should do so monthly." in found
    assert "The Mission accepted recommendation 1 and stated that it would." in found


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("1 The Mission should count. Important O Receipt of a list. 31 March 2020", 6),
        ("1 The Mission should count. Important C Action completed Implemented", 6),
        ("1 The Mission should count. Important O Receipt of a list by 31 March 2020", 6),
        ("1 The Mission should count ferries. Important O Receipt of a list. 31 March 2020", 6),
        ("1 The Mission should count. Receipt of a list. 31 March 2020", 1),
    ],
)
def test_row_is_parted_only_where_its_typed_cells_are_sure(row: str, cells: int) -> None:
    body = f"2 {TITLE} I. BACKGROUND 1. OIOS audited. 2. They sank. (1) The Mission should count. 3. Done."
    found = next(
        line for line in lines(pages(COVER, body, f"{ANNEX} {row}")) if line.startswith("1") and "count" in line
    )
    assert found.count("\t") == cells - 1
    if " by " in row:
        assert found.endswith("Receipt of a list by 31 March 2020\t")


def test_official_that_nothing_parts_from_the_comments_is_not_asserted() -> None:
    head = "Rec. no. Recommendation Critical/Important Accepted? (Yes/No) Title of the responsible individual Implementation date"
    body = f"2 {TITLE} I. BACKGROUND 1. OIOS audited. 2. They sank. (1) The Mission should count. 3. Done."
    unsure = f"3 APPENDIX I Management Response {TITLE} {head} Client comments 1 The Mission should count. Important Yes Chief"
    assert skeleton(read_bytes("a.txt", pages(COVER, body, unsure).encode())).appendix_rows == ()
    (row,) = skeleton(read_bytes("a.txt", pages(COVER, body, f"{unsure} May 2020 Noted.").encode())).appendix_rows
    assert (plain(row.officials), plain(row.due), plain(row.comments)) == ("Chief", "2020-05", "Noted.")


def test_one_line_for_a_whole_report_is_read_too() -> None:
    source = read("2018-072")
    text = " ".join(line.split(" ", 1)[1] for line in render(source, FORM).decode().split("\n") if line)
    right = told(skeleton(read_bytes("a.txt", render(source, "converted"))))
    got = told(skeleton(read_bytes("b.txt", text.encode())))
    for key in ("cover", "findings", "recommendations", "annexes"):
        assert got[key] == right[key], key


def test_saved_page_of_a_site_is_read_too(tmp_path: Path) -> None:
    source = read("2018-072")
    paragraphs = "".join(f"<p>{line}</p>" for line in render(source, FORM).decode().split("\n") if line)
    html = f"<html><head><title>x</title></head><body><p>Size: px</p>{paragraphs}</body></html>"
    right = told(skeleton(read_bytes("a.txt", render(source, "converted"))))
    got = told(skeleton(read_bytes("a.html", html.encode())))
    assert got["recommendations"] == right["recommendations"]
    assert got["annexes"] == right["annexes"]


PIECES = st.sampled_from(
    f"{COVER}|{TITLE}|{ANNEX}|CONTENTS|I. BACKGROUND|III. AUDIT RESULTS|A. Planning|EXECUTIVE SUMMARY|AUDIT REPORT|1.|2.|3."
    "|The Mission|was late.|(1)|(2)|should count|recommendation 1|Important O|Important Yes|Low C|31 March 2020|Implemented"
    "|Rec. no. Recommendation|Critical / Important|C/O|Actions needed to close the recommendation|Implementation date|Client"
    " comments|ANNEX I|APPENDIX II|Management Response|1 Critical recommendations address|• |\n\n|\n2 |\n3 |\f|\t|\xa0|  "
    "|Table 1:|(Signed)|appreciation.|key control tested|FINAL OVERALL RATING: SATISFACTORY|TO:|FUNCTION|cc:".split("|")
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=80), st.booleans())
@example(["\n2 ", "\n3 "], True)
@example([COVER, COVER, "CONTENTS"], False)
def test_nothing_breaks_it(parts: list[str], cover: bool) -> None:
    text = (COVER + "\n\n2 " if cover else "") + " ".join(parts)
    assert reflow(text).split() == text.split()
