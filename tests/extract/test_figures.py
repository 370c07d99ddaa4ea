import pytest
from handmade import check_quotes, report

from auditgraph.loaders.extract.figures import figures
from auditgraph.model import ProseKind


def numbers(*texts: str) -> list[str]:
    found = figures(report(*texts))
    return [f"{f.count.value}/{f.total.value}" + (f" {f.percent.value}%" if f.percent else "") for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For instance, 468 of the 1,496 (31 per cent) cases were late.", ["468/1496 31%"]),
        ("There were 14 of its 79 posts (18 per cent) vacant.", ["14/79 18%"]),
        ("Only 337 (20 per cent) of the 1,685 people had done it.", ["337/1685 20%"]),
        ("It took 12 (or 40 per cent) of 30 orders.", ["12/30 40%"]),
        ("By May, 35,000 of the 215,000 boats had been counted (16 per cent).", ["35000/215000 16%"]),
        ("The rules were not met on 3 of 14 occasions (21 per cent).", ["3/14 21%"]),
        ("There are 22 posts (5 drivers and 17 rowers), three of which were vacant.", ["3/22"]),
        (
            "It took 203 days for 214 boats. Only 27 (13 per cent) sank, while 49 (23 per cent) did not.",
            ["27/214 13%", "49/214 23%"],
        ),
        ("It trained 45 of 60 rowers, of whom 20 were women.", ["45/60", "20/45"]),
        ("It had 80 boats, comprising 52 tugs and 28 ferries, of which 31 leaked.", ["31/80"]),
        ("It had 80 boats, comprising 52 tugs and 28 ferries, of which 21 leaked.", []),
        ("It lent 842 oars to clubs. According to its list, 97 oars (15 per cent) were broken.", ["97/842 15%"]),
        ("It lent 842 oars to clubs. Later, 97 new oars (15 per cent) were broken.", []),
        ("It lent 842 oars and 90 nets. According to its list, 75 oars (15 per cent) were broken.", []),
        ("In 33 per cent of cases (10 of the 30 cases) it failed.", ["10/30 33%"]),
        ("For 40 per cent (12 of 30), no file existed.", ["12/30 40%"]),
        ("Only 3 of 12 and 0 of 12 planned visits took place.", ["3/12", "0/12"]),
        ("For 6 of the 30 requests there was no file.", ["6/30"]),
        ("In three of the five yards gates were open.", ["3/5"]),
        ("It checked 12 out of a sample of 30 trips.", ["12/30"]),
        ("It made 61 of the required 112 visits (54.5 per cent).", ["61/112 54.5%"]),
        ("The vacancy of two of the five posts in the Rations Unit (40 per cent) hurt.", ["2/5 40%"]),
        ("Of the 60 contracts reviewed, 18 (30 per cent) had expired.", ["18/60 30%"]),
        ("Files were checked. Of the 4,859 forms not returned, 1,204 benefits were suspended.", ["1204/4859"]),
        ("There were 226 cases at that stage, with 195 of them there since 2018.", ["195/226"]),
        ("A total of 301 people attended of which 231 were men and 70 were women.", ["231/301", "70/301"]),
        ("In all 14 trips were made, which were more than the 12 that had been planned.", ["14/12"]),
        ("A review of 28 periods showed that data for 17 periods (61 per cent) were late.", ["17/28 61%"]),
        ("Twelve contracts out of 40 had expired.", ["12/40"]),
        ("None of the 14 boats had oars, and none of a sample of 30 had nets.", ["0/14", "0/30"]),
        (
            "Of the 18 boats bought, papers were found for 4. Of the 30 trips, no log was kept for 12, and so on.",
            ["4/18", "12/30"],
        ),
        ("It lent 133 oars. Of these, 21 belonged to clubs and 12 to schools.", ["21/133", "12/133"]),
        ("Of 480 leaks, 312 had been open for 90 days, and 57 of those were large.", ["312/480", "57/312"]),
        ("It had 4 boats. One of them, in Velisk, sank.", []),
        ("It had 33 boats. OIOS inspected 12 of them and was wet.", ["12/33"]),
        ("It listed 310 of the 550 rowers aged five and more (56 per cent).", ["310/550 56%"]),
        ("It listed 310 of the 550 rowers aged five and more (66 per cent).", ["310/550"]),
        ("It lent 133 oars and 12 nets. Of these, 9 were lost.", []),
        ("The Unit had 45 approved posts and 3 boats. As of May 2016, 12 posts were vacant.", ["12/45"]),
        ("It had 14 of its 79 posts (18 per cent) vacant. Since May, only three posts were vacant.", ["14/79 18%"]),
        ("The Unit had 45 posts, and the Cell 20 posts. In May, 12 posts were vacant.", []),
        (
            "It chose 45 of the 212 orders. Of these, 12 orders totalling $1.2 million (27 per cent) were late.",
            ["45/212", "12/45 27%"],
        ),
    ],
)
def test_counts_out_of_totals(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2690 of 30 June 2023 said so.",
        "It was signed on 30 of June.",
        "One of these two staff members left.",
        "It is one of the five regional commissions.",
        "It has 79 posts comprising 26 international and 34 national staff.",
        "It took an average of 45 days.",
        "It cost $30 of the $50.",
        "Paragraph 5 of 12 was empty.",
        "About 30 per cent of the 500 staff left.",
        "In 2017/18 and 2018/19 there were 24-hour guards for 12 of-duty men.",
        "The number rose to 12 (40 per cent).",
        "None of the officers had rowed in 2019, and none of the five-year plans existed.",
    ],
)
def test_what_is_no_count_out_of_a_total(text: str) -> None:
    assert numbers(text) == []


def test_a_figure_that_a_page_tears_is_whole_and_shows_both_pieces() -> None:
    skeleton = report(("17", "It did only 3 of 12"), ("17", "and 0 of 12 planned visits."))
    found = figures(skeleton)
    assert [(f.count.value, f.total.value) for f in found] == [("3", "12"), ("0", "12")]
    skeleton = report(("17", "It did only 3 of"), ("17", "12 planned visits."))
    (figure,) = figures(skeleton)
    check_quotes(skeleton, figure.count.evidence, "3 of", "12")


def test_bullets_are_read_and_responses_are_not() -> None:
    skeleton = report(
        ("4", "A review showed:"),
        ("4", ProseKind.ITEM, "5 of the 9 gates were open;"),
        ("rec 1 response", ProseKind.RESPONSE, "It closed 4 of the 5 gates."),
    )
    assert [(f.paragraph, f.count.value) for f in figures(skeleton)] == [("4", "5")]
