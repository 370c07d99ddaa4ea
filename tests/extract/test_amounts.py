import pytest
from handmade import check_quotes, report

from auditgraph.loaders.extract.amounts import amounts
from auditgraph.loaders.extract.money import find
from auditgraph.model import ProseKind


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("$355,900", ["355900 USD"]),
        (r"\$1.21 million", ["1210000 USD"]),
        ("US$ 2.4 million", ["2400000 USD"]),
        ("USD 1.2 billion", ["1200000000 USD"]),
        ("USD100,000", ["100000 USD"]),
        ("EUR 250,000", ["250000 EUR"]),
        ("€3 million", ["3000000 EUR"]),
        ("€1,5 million", ["1500000 EUR"]),
        ("¥115 million", ["115000000 JPY"]),
        ("CHF 1.1 million", ["1100000 CHF"]),
        ("£2,000", ["2000 GBP"]),
        ("KES 4,500", ["4500 KES"]),
        ("Kenya shillings 5 million", ["5000000 KES"]),
        ("300 million Iraqi dinars ($250,000)", ["300000000 IQD", "250000 USD"]),
        ("2 million Swiss francs", ["2000000 CHF"]),
        ("two million dollars", ["2000000 USD"]),
        ("$1,234.50", ["1234.5 USD"]),
        ("$1.5m", ["1500000 USD"]),
        ("$ 40 000", ["40000 USD"]),
        ("$5,000 to $10,000", ["5000 USD", "10000 USD"]),
        ("between $5 and $10 million", ["5000000 USD", "10000000 USD"]),
        ("$2-3 million", ["2000000 USD", "3000000 USD"]),
        ("$500 to $1 million", ["500 USD", "1000000 USD"]),
        ("$1.21 million, $1.52 million, and $1.30 million", ["1210000 USD", "1520000 USD", "1300000 USD"]),
    ],
)
def test_sums_of_money_in_the_ways_they_are_printed(text: str, sums: list[str]) -> None:
    assert [f"{m.amount} {m.currency}" for m in find(text)] == sums


@pytest.mark.parametrize(
    "text",
    [
        "30 per cent",
        "1,028 cases",
        "ALL 5 cases",
        "TOP 10",
        "five dollars",
        "UN$",
        "2017/18",
        "3 PEN",
        "CFA francs 300,000",
    ],
)
def test_what_is_no_sum_of_one_known_currency_is_left_out(text: str) -> None:
    assert find(text) == []


def test_amounts_belong_to_numbered_paragraphs_and_their_bullets() -> None:
    skeleton = report(
        ("executive summary", "It lost $9 million."),
        ("7", "Fuel worth $12,000 was not accounted for."),
        ("7", ProseKind.ITEM, "two vouchers of $12,000 and $50 were paid twice;"),
        ("rec 1", ProseKind.RECOMMENDATION, "The Mission should recover $12,000."),
    )
    found = amounts(skeleton)
    assert [(a.paragraph, a.amount.value, a.currency) for a in found] == [("7", "12000", "USD"), ("7", "50", "USD")]
    check_quotes(skeleton, found[0].amount.evidence, "$12,000")
    assert len(found[0].amount.evidence) == 2


def test_a_sum_torn_by_a_page_is_whole() -> None:
    skeleton = report(("3", "The stores were worth"), ("3", "$1.2 million in June."))
    assert [a.amount.value for a in amounts(skeleton)] == ["1200000"]
