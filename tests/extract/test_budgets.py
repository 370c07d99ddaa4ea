import pytest
from handmade import bodies, check_quotes, report

from auditgraph.loaders.extract.budgets import budgets
from auditgraph.loaders.extract.fiscal import years
from auditgraph.model import ProseKind, Skeleton


def rows(skeleton: Skeleton) -> list[str]:
    found = budgets(skeleton, bodies(), ["unmot"])
    return [
        f"{b.source.value if b.source else b.funder} {b.fiscal_year.value} {b.amount.value} {b.currency}" for b in found
    ]


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
        ("Section 21 of the programme budget for the biennium 2014-2015 (A/68/6 (Sect. 21)) gave $12.9 million to OOP "
         "under the regular budget. In the biennium, resources were $6.3 million from RPTC and $5.1 million from the "
         "Development Account.",
         ["regular budget 2014-2015 12900000 USD", "RPTC 2014-2015 6300000 USD",
          "Development Account 2014-2015 5100000 USD"]),
        ("OOP rows. Its approved budget for 2021 was $4 million.", ["oop 2021 4000000 USD"]),
        ("The General Assembly, in its resolution 72/295, appropriated $37 million for the maintenance of OOP for the "
         "period from 1 July 2018 to 30 June 2019.", ["oop 2018/19 37000000 USD"]),
        ("The Branch had a budget of $4 million in 2021.", []),
        ("The budget of the Unit for 2021 was $4 million.", []),
        ("The budget of OOP for 2021 was $201 million gross ($179 million net).", ["oop 2021 201000000 USD"]),
        ("The core budget of OOP for 2009 was made up of $2.6 million from the Rowing and Sailing Foundation and "
         "$740,000 from the regular budget.",
         ["Rowing and Sailing Foundation 2009 2600000 USD", "regular budget 2009 740000 USD"]),
        ("The budget of UNMOT was $6.5 million in 2019/20. The Peacebuilding Fund (PBF) contributed an additional "
         "$1.8 million in 2020/21.",
         ["unmot 2019/20 6500000 USD", "pbf 2020/21 1800000 USD"]),
        ("The UNMOT budgets for 2017/18 and 2018/19 were $2 million and $3 million. OOP provided $5,000 and $6,000 "
         "for the corresponding periods.",
         ["unmot 2017/18 2000000 USD", "unmot 2018/19 3000000 USD", "oop 2017/18 5000 USD", "oop 2018/19 6000 USD"]),
        ("The General Assembly appropriated $98.4 million for the maintenance of the Mission for 2018/19.",
         ["unmot 2018/19 98400000 USD"]),
        ("The resources of OOP under section 9 of the programme budget amounted to $4 million in 2020 and $5 million "
         "in 2021.", ["oop 2020 4000000 USD", "oop 2021 5000000 USD"]),
        ("In 2017/18, the General Assembly approved $1.05 billion for UNMOT.", ["unmot 2017/18 1050000000 USD"]),
        ("Budget allocations for boats were $2 million each in 2015/16 and 2016/17.",
         ["unmot 2015/16 2000000 USD", "unmot 2016/17 2000000 USD"]),
        ("The budget of OOP for 2020 was EUR 33.1 million, or $36 million.", ["oop 2020 33100000 EUR"]),
        ("The budget for 2016/17 was $28.9 million, against which expenditures of $25.2 million were recorded.",
         ["unmot 2016/17 28900000 USD"]),
        ("The budget for rowing for 2017/18 was $154.3 million, representing 16 per cent of the $960 million.",
         ["unmot 2017/18 154300000 USD"]),
        ("The budget of OOP for the years ended 30 June 2018 and 30 June 2019 was $38 million and $37.2 million.",
         ["oop 2017/18 38000000 USD", "oop 2018/19 37200000 USD"]),
        ("The budget of OOP was $2 million for 2019 and $3 million for 2020; that of the PBF for the same years was "
         "$4 million and $5 million.",
         ["oop 2019 2000000 USD", "oop 2020 3000000 USD", "pbf 2019 4000000 USD", "pbf 2020 5000000 USD"]),
        ("The Parties approved a budget of EUR 6 million for OOP for 2012-2014. Annual shares were EUR 1 million, "
         "EUR 2 million and EUR 3 million for 2012, 2013 and 2014.",
         ["oop 2012-2014 6000000 EUR", "oop 2012 1000000 EUR", "oop 2013 2000000 EUR", "oop 2014 3000000 EUR"]),
    ],
)  # fmt: skip
def test_budgets_of_sentences(text: str, expected: list[str]) -> None:
    assert sorted(rows(report(text))) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The regular budget for 2014-2015 was $151 million and extrabudgetary resources were $70 million.",
         ["regular budget 2014-2015 151000000 USD", "extrabudgetary resources 2014-2015 70000000 USD"]),
        ("For 2014-2015, OOP had a budget of $206.9 million, of which $120 million was from the regular budget and "
         "$86.9 million from extrabudgetary (XB) resources.",
         ["regular budget 2014-2015 120000000 USD", "extrabudgetary (XB) resources 2014-2015 86900000 USD",
          "oop 2014-2015 206900000 USD"]),
        ("It was funded from the regular budget ($4.8 million), the support account ($2.1 million) and the "
         "Peacebuilding Fund ($1.1 million) in 2018-2019.",
         ["regular budget 2018-2019 4800000 USD", "support account 2018-2019 2100000 USD",
          "pbf 2018-2019 1100000 USD"]),
        ("The budget for 2016 was $8.2 million (regular budget: $5.1 million; extrabudgetary: $3.1 million).",
         ["unmot 2016 8200000 USD", "regular budget 2016 5100000 USD", "extrabudgetary 2016 3100000 USD"]),
        ("In 2019 and 2020, OOP received $3.2 million and $3.9 million from the regular budget and $1.1 million and "
         "$1.4 million from the Trust Fund for Eels.",
         ["regular budget 2019 3200000 USD", "regular budget 2020 3900000 USD",
          "Trust Fund for Eels 2019 1100000 USD", "Trust Fund for Eels 2020 1400000 USD"]),
        ("The Development Account and the Regular Programme of Technical Cooperation (RPTC) provided $4 million and "
         "$5 million, respectively, in 2012-2013.",
         ["Development Account 2012-2013 4000000 USD", "RPTC 2012-2013 5000000 USD"]),
        ("Member States approved $3.3 million of the support account for OOP in 2022/23.",
         ["support account 2022/23 3300000 USD"]),
        ("The regular budget of OOP for 2018 was $3 million.", ["oop 2018 3000000 USD"]),
        ("OOP budgeted $4 million in 2018 and the PBF budgeted $2 million in 2018.",
         ["oop 2018 4000000 USD", "pbf 2018 2000000 USD"]),
        ("The needs for 2017 were $252 million, comprising $107 million from the regular budget and $145 million "
         "from voluntary contributions.",
         ["regular budget 2017 107000000 USD", "voluntary contributions 2017 145000000 USD"]),
        ("OOP received $3.6 million in voluntary contributions in 2013.", []),
        ("The approved resources under the support account for 1 July 2014 to 30 June 2015 amounted to $326 million.",
         ["support account 2014/15 326000000 USD"]),
        ("The Trust Fund had a budget of $3 million in 2016.", []),
        ("The budget of OOP for 2016-2017 was $18.6 million, of which $2 million was financed from the Lakes Fund.",
         ["oop 2016-2017 18600000 USD", "Lakes Fund 2016-2017 2000000 USD"]),
    ],
)  # fmt: skip
def test_budgets_by_source_of_funds(text: str, expected: list[str]) -> None:
    assert sorted(rows(report(text))) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "UNMOT spent $2.1 million from the regular budget in 2019 on boats.",
        "The 20 projects funded from extrabudgetary resources in 2014 had contracts of $38 million.",
        "Tessaria contributed $3 million to the Trust Fund for Eels in 2019.",
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


def test_rows_of_funders_that_are_no_organisations() -> None:
    skeleton = table("Table 1: Resources by biennium", "Source of funding\t2016-2017 ($)\t2018-2019 ($)",
                     "Regular budget\t4,810\t5,240", "OOP\t3,975\t4,120", "Total\t8,785\t9,360")  # fmt: skip
    assert rows(skeleton) == [
        "Regular budget 2016-2017 4810 USD", "Regular budget 2018-2019 5240 USD",
        "oop 2016-2017 3975 USD", "oop 2018-2019 4120 USD",
    ]  # fmt: skip
    found = budgets(skeleton, bodies(), ["unmot"])[0]
    assert (found.funder, found.beneficiary) == ("", "unmot")
    assert found.source is not None
    check_quotes(skeleton, found.source.evidence, "Regular budget")


def test_cost_plans_of_funds() -> None:
    skeleton = table("Approved cost plans of trust funds (in United States dollars)", "Fund\t2019\t2020\tTotal",
                     "Eel Fund\t9,000\t8,000\t17,000", "Total\t9,000\t8,000\t17,000")  # fmt: skip
    assert rows(skeleton) == ["Eel Fund 2019 9000 USD", "Eel Fund 2020 8000 USD"]


def test_funders_years_and_sums_in_columns_of_their_own() -> None:
    skeleton = table("Table 3: Trust fund budgets", "Trust fund\tBiennium\tApproved budget ($)",
                     "Eel Fund\t2014-2015\t2,340", "Eel Fund\t2016-2017\t2,100", "Total\t\t4,440")  # fmt: skip
    assert rows(skeleton) == ["Eel Fund 2014-2015 2340 USD", "Eel Fund 2016-2017 2100 USD"]


def test_budget_and_expenditure_of_each_year_side_by_side() -> None:
    skeleton = table("Table 1: Budget and expenditure (in dollars)",
                     "Category\tBudget 2016/17\tExpenditure 2016/17\tBudget 2017/18\tExpenditure 2017/18",
                     "Boats\t10\t9\t20\t19", "Oars\t1\t1\t2\t2", "Total\t11\t10\t22\t21")  # fmt: skip
    assert rows(skeleton) == ["unmot 2016/17 11 USD", "unmot 2017/18 22 USD"]


def test_a_year_told_by_the_caption_and_a_currency_of_each_column() -> None:
    one = table("Table 1: Resources by source of funds, 2018-2019 (in thousands of dollars)",
                "Source of funds\tBudget\tExpenditure", "Support account\t1,200\t1,100", "Total\t1,200\t9")  # fmt: skip
    assert rows(one) == ["Support account 2018-2019 1200000 USD"]
    two = table("Table 2: Budget", "Year\tRegular budget (USD)\tExtrabudgetary (EUR)\tAll", "2018\t12\t30\t42")
    assert rows(two) == ["Regular budget 2018 12 USD", "Extrabudgetary 2018 30 EUR"]


def test_tables_of_income_or_posts_have_no_budgets() -> None:
    assert rows(table("Table 1: Contributions received by fund (in dollars)", "Fund\t2018", "Eel Fund\t2")) == []
    assert rows(table("Table 1: Staffing resources", "Category\t2018\t2019", "National\t10\t9")) == []


def test_fiscal_years_have_one_form() -> None:
    assert [y.name for y in years("2017/18, 2017-18, 2018-2019, 2019; 1 July 2019 to 30 June 2020; 30 June 2019")] == [
        "2017/18", "2017/18", "2018-2019", "2019", "2019/20",
    ]  # fmt: skip
    assert [y.name for y in years("the years 2016/17 to 2018/19")] == ["2016/17", "2017/18", "2018/19"]
    assert years("2017/35") == []
