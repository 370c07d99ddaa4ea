from dataclasses import replace

import pytest
from handmade import check_quotes, report

from auditgraph.loaders.extract import announced
from auditgraph.loaders.extract.discrepancies import discrepancies
from auditgraph.model import AnnexRow, AppendixRow, Passage, ProseKind, Recommendation, Said, Skeleton, Span

WORDS = "UNMOT should develop a plan for its boats and monitor it."


def said(value: str, place: str = "annex I rec 1") -> Said[str]:
    return Said(value, (Passage(place, Span(0, len(value)), value),))


def found(skeleton: Skeleton) -> list[tuple[str, str, str]]:
    return [(d.about, d.first.value, d.second.value) for d in discrepancies(skeleton)]


def rows(annex: dict[str, str], appendix: dict[str, str], text: str = WORDS) -> Skeleton:
    one = {name: said(value) for name, value in annex.items()}
    two = {name: said(value, "appendix I rec 1") for name, value in appendix.items()}
    return replace(
        report("Nothing."),
        recommendations=(Recommendation("1", said(text, "rec 1")),),
        annex_rows=(AnnexRow("annex I", "1", **one),),  # type: ignore[arg-type]
        appendix_rows=(AppendixRow("appendix I", "1", **two),),  # type: ignore[arg-type]
    )


def test_importance_of_annex_and_appendix() -> None:
    assert found(rows({"importance": "important"}, {"importance": "critical"})) == [
        ("rec 1 importance", "important", "critical")
    ]
    assert found(rows({"importance": "important"}, {"importance": "important"})) == []
    assert found(rows({}, {"importance": "critical"})) == []


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("2021-12-31", "2021-12-31", False),
        ("2021-12", "2021-12-31", False),
        ("2021", "2021-12-31", False),
        ("2016-Q2", "2016-06-30", False),
        ("2016-Q2", "2016-05", True),
        ("2021-Q1", "2020-09-30", True),
        ("2022-12-31", "2023-03-31", True),
        ("2021-11", "2021-12-31", True),
        ("2021", "2021-09-30", True),
    ],
)
def test_due_dates_differ_only_where_they_cannot_be_the_same(first: str, second: str, differ: bool) -> None:
    expected = [("rec 1 due", first, second)] if differ else []
    assert found(rows({"due": first}, {"due": second})) == expected


@pytest.mark.parametrize(
    "layout",
    [
        "UNMOT should develop a plan for its boats, and monitor it",
        "UNMOT  should develop a plan for its boats and monitor it.",
        "UNMOT should devel- op a plan for its boats and monitor it.",
        "“UNMOT should develop a plan for its boats and monitor it.”",
    ],
)
def test_layout_is_no_wording(layout: str) -> None:
    assert found(rows({"text": layout}, {"text": WORDS})) == []


def test_wording_is_told_where_it_differs() -> None:
    other = WORDS.replace("plan", "programme")
    assert found(rows({"text": WORDS}, {"text": other})) == [("rec 1 wording", WORDS, other)]
    assert found(rows({"text": other}, {"text": WORDS})) == [("rec 1 wording", WORDS, other)]
    assert found(rows({"text": WORDS.replace("monitor", "monitour")}, {}))


def test_a_text_that_layout_cut_off_is_not_another_wording() -> None:
    assert found(rows({"text": WORDS[:20]}, {})) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were 468 of the 1,496 (30 per cent) cases.", [("paragraph 1 percentage", "30", "31")]),
        ("There were 14 of its 79 posts (17.5 per cent) vacant.", [("paragraph 1 percentage", "17.5", "17.7")]),
        ("There were 14 of its 79 posts (18 per cent) vacant.", []),
        ("There were 14 of its 79 posts (about 20 per cent) vacant.", []),
        ("It made 118 of the required 400 visits (30 per cent).", []),
        ("It made 118 of the required 400 visits (28 per cent).", [("paragraph 1 percentage", "28", "30")]),
    ],
)
def test_percentages_are_quotients_rounded(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(report(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It had 79 authorized posts comprising 26 foreign and 34 local staff, and 19 United Nations "
         "volunteers.", []),
        ("It had 80 authorized posts comprising 26 foreign and 34 local staff, and 19 United Nations "
         "volunteers.",
         [("paragraph 1 sum", "80", "79")]),
        ("It had 62 authorized posts: 14 international staff, 31 national staff and 15 "
         "volunteers.", [("paragraph 1 sum", "62", "60")]),
        ("It recruited 182 assistants (162 contractors and 20 volunteers) for it.", []),
        ("It recruited 183 assistants (162 contractors and 20 volunteers) for "
         "it.", [("paragraph 1 sum", "183", "182")]),
        ("It has 12 offices comprising 3 sections with 40 staff.", []),
    ],
)  # fmt: skip
def test_parts_add_up(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(report(text)) == expected


def test_one_thing_counted_twice() -> None:
    skeleton = report(
        ("6", "It recruited 183 temporary staff comprising 20 volunteers and 163 individual contractors for the work."),
        ("33", "It recruited 182 boat assistants (162 national individual contractors and 20 volunteers)."),
    )
    assert found(skeleton) == [
        ("count of temporary staff", "183", "182"),
        ("count of individual contractors", "163", "162"),
    ]
    for discrepancy in discrepancies(skeleton):
        check_quotes(skeleton, discrepancy.first.evidence, discrepancy.first.value)
        check_quotes(skeleton, discrepancy.second.evidence, discrepancy.second.value)


def test_one_thing_counted_twice_in_the_same_years() -> None:
    first = ("16", "During 2019 and 2020, UNMOT completed 214 hirings: 118 in 2019 and 96 in 2020.")
    second = ("23", "Dates of the 231 hirings completed in 2019 and 2020 were wrong.")
    assert found(report(first, second)) == [("count of hirings completed", "214", "231")]
    assert found(report(first, ("23", "The 231 hirings completed in 2018 were late."))) == []


def test_one_thing_counted_twice_in_the_audit_period() -> None:
    scope = ("3", "The audit covered the period from 1 July 2019 to 30 September 2021.")
    first = ("5", "During the audit period, the Mission approved 42 boats, of which 25 were painted by a partner.")
    since = ("27", "The colours of the 44 boats approved since {} were missing.")
    assert found(report(scope, first, ("27", since[1].format("July 2019")))) == [
        ("count of boats approved", "42", "44")
    ]
    assert found(report(scope, first, ("27", since[1].format("July 2020")))) == []
    assert found(report(first, ("27", since[1].format("July 2019")))) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It approved 42 boat projects.", "In 2019, it approved 44 boat projects."),
        ("It approved 42 boat projects.", "It approved 12 boat projects."),
        ("It sampled 42 boat projects.", "It sampled 42 boat projects."),
        ("It reviewed a sample of 30 files.", "It reviewed 31 other files."),
        ("It did 40 of the 42 boat projects.", "It did 41 boat trips."),
    ],
)
def test_other_counts_are_no_contradiction(first: str, second: str) -> None:
    assert found(report(("1", first), ("2", second))) == []


def test_recommendations_announced_and_found() -> None:
    summary = ("executive summary", "OIOS made three important recommendations. To address them, UNMOT needed to act.")
    two = (Recommendation("1", said("a", "rec 1")), Recommendation("2", said("b", "rec 2")))
    assert found(replace(report(summary), recommendations=two)) == [("number of recommendations", "3", "2")]
    assert found(replace(report(("13", "OIOS made two recommendations.")), recommendations=two)) == []
    assert found(report(summary)) == []


def test_announced_recommendations_that_are_missing_are_warned_of() -> None:
    cut_off = report(("executive summary", "OIOS made 11 recommendations to address issues identified in the audit."))
    told = [(warn.place, warn.message) for warn in announced.warnings(cut_off)]
    assert told == [("executive summary", "11 recommendations are announced, 0 were found")]
    one = replace(cut_off, recommendations=tuple(Recommendation(str(n), said("a", f"rec {n}")) for n in range(11)))
    assert list(announced.warnings(one)) == []


def test_recommendations_in_progress_and_open() -> None:
    headline = (
        "cover",
        ProseKind.HEADLINE,
        "Implementation of one critical and two important recommendations remains in progress",
    )
    open_, closed = said("open"), said("closed")
    annex = tuple(AnnexRow("annex I", str(n), status=s) for n, s in enumerate((open_, open_, closed), 1))
    assert found(replace(report(headline), annex_rows=annex)) == [("number of recommendations in progress", "3", "2")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It had 21 posts: 5 rowers, 9 drivers and 8 United Nations Volunteers (UNV).",
         [("paragraph 1 sum", "21", "22")]),
        ("It had 34 boats, of which 12 were ranked as big, 15 as small and 9 as tiny.",
         [("paragraph 1 sum", "34", "36")]),
        ("It had 34 boats, of which 12 were ranked as big, 15 as small and 5 as tiny.", []),
        ("Of the 40 boats, 20 lacked oars, 15 had leaks and 30 were lost.", []),
        ("Of the 1,960 guests at 24 dinners, 1,647 were men and 293 were women.",
         [("paragraph 1 sum", "1960", "1940")]),
        ("Of the 960 guests, 647 were men.", []),
        ("It cost $10 million, comprising $4.2 million for boats, $3.1 million for oars and $1.7 million for rope.",
         [("paragraph 1 sum", "10000000", "9000000")]),
        ("It cost $9 million, comprising $4.2 million for boats, $3.1 million for oars and $1.6 million for rope.", []),
    ],
)  # fmt: skip
def test_shares_and_sums_of_money_that_do_not_add_up(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(report(text)) == expected


def table(*lines: str) -> Skeleton:
    kinds = [ProseKind.CELL if "\t" in line else ProseKind.CAPTION for line in lines]
    return report(*(("4", kind, line) for kind, line in zip(kinds, lines, strict=True)))


def test_totals_of_tables() -> None:
    staff = ("Place\tRowers\tDrivers\tTotal", "Port\t7\t6\t13", "Pier\t2\t3\t5", "Dock\t1\t2\t3")
    assert found(table("Table 2: Staff", *staff, "Total\t10\t11\t21")) == []
    assert found(table("Table 2: Staff", *staff, "Total\t10\t11\t22")) == [("Table 2 total", "22", "21")]
    assert found(table("Table 2: Staff", *staff, "Total\t10\t12\t21")) == [("Table 2 total", "12", "11")]
    wrong_row = ("Place\tRowers\tDrivers\tTotal", "Port\t7\t6\t14", "Pier\t2\t3\t5", "Dock\t1\t2\t3")
    assert found(table("Table 2: Staff", *wrong_row)) == [("Table 2 total", "14", "13")]


def test_totals_that_are_rounded_or_of_rows_within_rows_are_none() -> None:
    rounded = ("Kind\t2018", "Boats\t1.4", "Oars\t1.3", "Rope\t1.4", "Total\t4.0")
    assert found(table("Table 1: Costs in millions", *rounded)) == []
    nested = ("Kind\tNumber held", "Boats\t10", "of which leaking\t4", "Oars\t20", "Total\t30")
    assert found(table("Table 1: Stock", *nested)) == []


def test_digits_that_changed_places() -> None:
    summary = ("executive summary", "It had to pay 614 grants awarded in the period.")
    assert found(report(summary, ("19", "For 389 of the 641 grants awarded it was late."))) == [
        ("count of grants", "614", "641")
    ]
    assert found(report(summary, ("19", "For 389 of the 741 grants awarded it was late."))) == []
    assert found(report(("2", "It serves 4,200 users."), ("9", "There were 4,020 boats."))) == []


def test_posts_of_one_unit() -> None:
    first = ("6", "The Boat Unit of the Mission sails. The Unit had 16 authorized posts.")
    assert found(
        report(first, ("18", "There were vacancies in the Boat Unit, where five of its 14 posts were empty."))
    ) == [("posts of Boat Unit", "16", "14")]
    assert found(report(first, ("18", "In 2019, five of the 14 posts of the Boat Unit were empty."))) == []
    assert found(report(first, ("18", "In the Oar Unit, five of its 14 posts were empty."))) == []


def test_rows_of_a_kind_that_the_paragraph_counts_otherwise() -> None:
    told = "Of the four recommendations, three were implemented and one was rejected. Table 1 shows them."
    lines = ("No.\tResult", "1\tImplemented", "2\tImplemented", "3\tRejected", "4\tRejected")
    cells = (("14", ProseKind.CELL, line) for line in lines)
    caption = ("14", ProseKind.CAPTION, "Table 1: Results")
    assert found(report(("14", told), caption, *cells)) == [("paragraph 14 and Table 1: implemented", "3", "2")]
    right = (("14", ProseKind.CELL, line.replace("4\tRejected", "4\tImplemented")) for line in lines)
    assert found(report(("14", told), caption, *right)) == []


def test_a_sample_and_what_was_disposed_of_are_no_digits_turned_round() -> None:
    first, second = ("1", "Tests covered a sample of 120 boats."), ("2", "UNMOT wrote off 210 boats.")
    assert found(report(first, second)) == []
    assert found(report(("1", "UNMOT had 120 boats."), ("2", "UNMOT had 210 boats."))) != []
