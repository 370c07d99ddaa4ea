import pytest
from handmade import bodies, check_quotes, report

from auditgraph.loaders.extract.budgets import budgets
from auditgraph.loaders.extract.fiscal import years
from auditgraph.model import ProseKind, Skeleton


def rows(skeleton: Skeleton) -> list[str]:
    found = budgets(skeleton, bodies(), ["unmot"])
    return [f"{b.funder} {b.fiscal_year.value} {b.amount.value} {b.currency}" for b in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The UNMOT budget for roads for 2021/22 and 2022/23 was $959,000, and $3.4 million, respectively.",
         ["unmot 2021/22 959000 USD", "unmot 2022/23 3400000 USD"]),
        ("The approved budgets of UNMOT for roads for the three years ending in 2019/20 were $3 million, $2 million "
         "and $1 million.",
         ["unmot 2017/18 3000000 USD", "unmot 2018/19 2000000 USD", "unmot 2019/20 1000000 USD"]),
        ("The Mission had a budget of $960 million for the period 1 July 2018 to 30 June "
         "2019.", ["unmot 2018/19 960000000 USD"]),
        ("The approved budget for 2018/19 was $34.5 million, of which $2 million was for "
         "fuel.", ["unmot 2018/19 34500000 USD"]),
        ("The budget increased from $1.2 million in 2017/18 to $1.5 million in 2018/19.",
         ["unmot 2017/18 1200000 USD", "unmot 2018/19 1500000 USD"]),
        ("The 2018/19 budget of UNMOT was EUR 12 million.", ["unmot 2018/19 12000000 EUR"]),
        ("The OOP budget for the year ended 30 June 2019 was $3 million, and expenditure in 2018 was $1 million.",
         ["oop 2018/19 3000000 USD"]),
        ("The budget of OOP for 2021 amounted to $4 million, compared with $3 million for 2020 and $5 million for the "
         "biennium 2018-2019.",
         ["oop 2021 4000000 USD", "oop 2020 3000000 USD", "oop 2018-2019 5000000 USD"]),
        ("The budget of OOP for the biennium 2018-2019 was $91.3 million (2016-2017: $86.9 million).",
         ["oop 2016-2017 86900000 USD", "oop 2018-2019 91300000 USD"]),
        ("The budget of UNMOT was $6.5 million in 2019/20. The Peacebuilding Fund (PBF) contributed an additional "
         "$1.8 million in 2020/21.",
         ["unmot 2019/20 6500000 USD", "pbf 2020/21 1800000 USD"]),
        ("The UNMOT budgets for 2017/18 and 2018/19 were $2 million and $3 million. OOP provided $5,000 and $6,000 "
         "for the corresponding periods.",
         ["unmot 2017/18 2000000 USD", "unmot 2018/19 3000000 USD", "oop 2017/18 5000 USD", "oop 2018/19 6000 USD"]),
    ],
)  # fmt: skip
def test_budgets_of_sentences(text: str, expected: list[str]) -> None:
    assert sorted(rows(report(text))) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "The expenditure for 2018/19 was $12 million.",
        "Contracts worth $12 million were signed in 2018/19.",
        "The budget was overspent by $2 million in 2018/19.",
        "The budget for 2017/18 and 2018/19 was $4 million.",
        "UNMOT joined a project signed in 2021 with a budget of $56 million to hold the 2023-24 races.",
    ],
)
def test_what_is_no_budget_of_a_year(text: str) -> None:
    assert rows(report(text)) == []


def test_years_told_by_position_are_derived_and_show_where_they_come_from() -> None:
    skeleton = report(
        "The UNMOT budgets for the two years ending in 2019/20 were $2 million and $3 million. OOP provided $5,000 "
        "and $6,000 for "
        "the corresponding periods."
    )
    found = {(b.funder, b.fiscal_year.value): b for b in budgets(skeleton, bodies(), ["unmot"])}
    told = found["oop", "2018/19"].fiscal_year
    assert told.derived
    check_quotes(skeleton, told.evidence, "corresponding periods", "ending in 2019/20")
    check_quotes(skeleton, found["oop", "2018/19"].amount.evidence, "OOP", "$5,000")


def table(*lines: str) -> Skeleton:
    kinds = [ProseKind.CELL if "\t" in line else ProseKind.CAPTION for line in lines]
    return report(*(("4", kind, line) for kind, line in zip(kinds, lines, strict=True)))


def test_years_along_the_top_with_a_total() -> None:
    skeleton = table("Table 1: Approved budgets (in thousands of United States dollars)", "Category\t2016/17\t2017/18",
                     "Civilians\t1,200\t1,300", "Fuel\t200\t300", "Total\t1,400\t1,600")  # fmt: skip
    assert rows(skeleton) == ["unmot 2016/17 1400000 USD", "unmot 2017/18 1600000 USD"]


def test_years_down_the_side_and_funders_along_the_top() -> None:
    skeleton = table(
        "Table 2: Budget by source (in euros)", "Year\tUNMOT\tOOP\tExpenditure", "2017/18\t1,210,000\t187,500\t9"
    )
    assert rows(skeleton) == ["unmot 2017/18 1210000 EUR", "oop 2017/18 187500 EUR"]


def test_a_header_without_the_cell_above_the_labels_stands_to_the_right() -> None:
    skeleton = table("Table 1: Fuel budgets (in $ million)", "2019/20\t2020/21",
                     "UNMOT\t61.9\t58.4", "OOP\t2.1\t2.2")  # fmt: skip
    assert rows(skeleton) == [
        "unmot 2019/20 61900000 USD", "unmot 2020/21 58400000 USD",
        "oop 2019/20 2100000 USD", "oop 2020/21 2200000 USD",
    ]  # fmt: skip


def test_the_caption_of_a_table_counts_more_than_the_sentence_before() -> None:
    skeleton = report(
        ("4", "UNMOT spent $3 million. Table 1 shows its budgets."),
        ("4", ProseKind.CAPTION, "Table 1: Approved budget (in thousands of dollars)"),
        *(
            ("4", ProseKind.CELL, line)
            for line in ("Category\t2016/17", "Boats\t69 208", "Oars\t15 410", "Total\t84 618")
        ),
    )
    assert rows(skeleton) == ["unmot 2016/17 84618000 USD"]


def test_a_table_without_currency_or_of_other_things_has_no_budgets() -> None:
    assert rows(table("Table 1: Approved budgets", "\t2016/17", "Total\t1,400")) == []
    assert rows(table("Table 1: Cars (each $10)", "Kind\t2016\t2017", "Total\t14\t15")) == []


def test_fiscal_years_have_one_form() -> None:
    assert [y.name for y in years("2017/18, 2017-18, 2018-2019, 2019; 1 July 2019 to 30 June 2020; 30 June 2019")] == [
        "2017/18", "2017/18", "2018-2019", "2019", "2019/20",
    ]  # fmt: skip
    assert [y.name for y in years("the years 2016/17 to 2018/19")] == ["2016/17", "2017/18", "2018/19"]
    assert years("2017/35") == []
