import pytest
from handmade import check_quotes, report

from auditgraph.loaders.extract.periods import audit_period, fieldwork


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("The audit covered the period from 1 July 2017 to 31 December 2019.", "2017-07-01", "2019-12-31"),
        ("The audit covered the period from May 2018 to July 2023 and looked at risks.", "2018-05", "2023-07"),
        ("The audit covered the period 1 January 2012 to 31 May 2014.", "2012-01-01", "2014-05-31"),
        ("The audit covered the period from 1 January to 30 June 2016 and included plans.", "2016-01-01", "2016-06-30"),
        ("The audit covered the period between 1 and 30 June 2016.", "2016-06-01", "2016-06-30"),
        ("The audit covered the period from 1 July 2012 through 30 June 2014.", "2012-07-01", "2014-06-30"),
        ("The review covered the years 2011 to 2013.", "2011", "2013"),
        ("The audit covered the biennium 2018-2019.", "2018", "2019"),
        ("The audit covered 2015 and 2016.", "2015", "2016"),
        ("The audit covered activities from July 2012 to June 2013.", "2012-07", "2013-06"),
    ],
)
def test_the_period_that_an_audit_covered(text: str, start: str, end: str) -> None:
    skeleton = report(text)
    said = audit_period(skeleton)
    assert said is not None
    assert (said.value.start, said.value.end) == (start, end)
    check_quotes(skeleton, said.evidence, start[:4], end[:4])


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("OIOS conducted this audit from January to June 2020.", "2020-01", "2020-06"),
        ("OIOS conducted the audit in March and April 2015.", "2015-03", "2015-04"),
        ("OIOS conducted this audit between October 2015 and January 2016 in Ardona.", "2015-10", "2016-01"),
        ("The audit was conducted from 5 May to 29 August 2014.", "2014-05-05", "2014-08-29"),
        ("The audit was conducted in April 2016.", "2016-04", "2016-04"),
        ("The audit fieldwork was conducted in Velisk in June, July and September 2017.", "2017-06", "2017-09"),
        (
            "The audit covered 2016. It was conducted in Velisk, Ardona and Tesk in May and June 2017.",
            "2017-05",
            "2017-06",
        ),
    ],
)
def test_the_time_of_the_fieldwork(text: str, start: str, end: str) -> None:
    said = fieldwork(report(text))
    assert said is not None
    assert (said.value.start, said.value.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    ["The audit was conducted in accordance with the Standards.", "The audit covered higher risk areas in 2 sections.",
     "The audit covered fiscal years 2015/16 and 2016/17.", "The Unit made a survey. It was conducted in May 2017."],
)  # fmt: skip
def test_nothing_is_guessed(text: str) -> None:
    assert audit_period(report(text)) is None
    assert fieldwork(report(text)) is None


def test_the_summary_speaks_where_no_paragraph_does() -> None:
    summary = ("executive summary", "The audit covered the period from May 2018 to June 2019.")
    assert (said := audit_period(report(summary, ("9", "Nothing here.")))) is not None
    assert said.value.start == "2018-05"
    both = report(summary, ("9", "The audit covered the period from 1 May 2018 to 30 June 2019."))
    assert (said := audit_period(both)) is not None
    assert said.value.start == "2018-05-01"
