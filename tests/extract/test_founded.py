import pytest
from handmade import report

from auditgraph.loaders.extract.founded import founded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Reef Trust Fund was established by General Assembly resolution 61/123.", ["Reef Trust Fund"]),
        ("The Reef Fund (RF) was created in 2006 by the Assembly in its resolution 61/123.", ["Reef Fund"]),
        ("In resolution 61/123, the General Assembly established the Fund for Reefs. The Sea Fund grew.", []),
        ("In resolution 61/123, the General Assembly established the Reef Fund. The Sea Fund grew.", ["Reef Fund"]),
        ("The Tide Fund was established by resolution 58 (I), and the Reef Account by resolution 52/12 B.",
         ["Tide Fund", "Reef Account"]),
        ("Under resolution 61/123, money of the Reef Fund is spent. The Sea Fund was established in 2001.", []),
    ],
)  # fmt: skip
def test_funds_that_resolutions_established(text: str, expected: list[str]) -> None:
    assert list(founded(report(text), ())) == expected
