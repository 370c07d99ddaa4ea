import pytest

from auditgraph.loaders.extract.dates import find, parse


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("30 September 2016", "2016-09-30"),
        ("07 August 2013", "2013-08-07"),
        ("30 Sept. 2023", "2023-09-30"),
        ("30 Sep 2023", "2023-09-30"),
        ("31-Dec-2021", "2021-12-31"),
        ("1st of May, 2015", "2015-05-01"),
        ("June 30, 2019", "2019-06-30"),
        ("2021-12-31", "2021-12-31"),
        ("31/12/2021", "2021-12-31"),
        ("12/31/2021", "2021-12-31"),
        ("05.05.2021", "2021-05-05"),
        ("December 2021", "2021-12"),
        ("Dec. 2021", "2021-12"),
        ("Q3 2023", "2023-Q3"),
        ("2023 Q3", "2023-Q3"),
        ("third quarter of 2023", "2023-Q3"),
        ("Fourth quarter 2017", "2017-Q4"),
        ("2021", "2021"),
        ("by 31 March 2020.", "2020-03-31"),
        ("  31\n December 2021 ", "2021-12-31"),
    ],
)
def test_a_date_is_read_at_the_precision_printed(printed: str, iso: str) -> None:
    assert parse(printed) == iso


@pytest.mark.parametrize(
    "printed",
    ["", "N/A", "Implemented", "ongoing", "end of 2022", "mid 2021", "03/04/2021", "31 June 2020",
     "2017/18", "30 February 2020",
     "1 May 2020 and 3 June 2020", "within six months", "2690", "$2,021"],
)  # fmt: skip
def test_what_is_no_clear_date_is_none(printed: str) -> None:
    assert parse(printed) is None


def test_leap_days_are_days() -> None:
    assert parse("29 February 2020") == "2020-02-29"
    assert parse("29 February 2019") is None


def test_dates_are_found_in_order_and_the_longest_reading_wins() -> None:
    text = "from January 2018 to 3 March 2023, not 2017/18"
    assert [(text[a:b], iso) for a, b, iso in find(text)] == [
        ("January 2018", "2018-01"),
        ("3 March 2023", "2023-03-03"),
    ]
