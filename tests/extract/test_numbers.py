from decimal import Decimal

import pytest

from auditgraph.loaders.extract.numbers import count, plain, value


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("12", 12),
        ("1,496", 1496),
        ("1\u00a0496", 1496),
        ("nine", 9),
        ("Twenty-one", 21),
        ("ninety nine", 99),
        ("zero", 0),
    ],
)
def test_counts_are_read_in_digits_and_words(printed: str, number: int) -> None:
    assert count(printed) == number


@pytest.mark.parametrize("printed", ["", "1.5", "none", "several", "2017/18", "-3", "twelfth"])
def test_what_is_no_count_is_none(printed: str) -> None:
    assert count(printed) is None


@pytest.mark.parametrize(
    ("digits", "scale", "number"),
    [("1.21", "million", "1210000"), ("355,900", "", "355900"), ("2.4", "bn", "2400000000"), ("1.5", "m", "1500000"),
     ("500", "K", "500000"), ("two", "million", "2000000"), ("1,234.50", "", "1234.5"), ("0.05", "million", "50000")],
)  # fmt: skip
def test_values_have_no_zeros_that_say_nothing(digits: str, scale: str, number: str) -> None:
    found = value(digits, scale)
    assert found is not None
    assert plain(found) == number


def test_plain_never_writes_an_exponent() -> None:
    assert plain(Decimal("1E+9")) == "1000000000"
