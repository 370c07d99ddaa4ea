"""Patterns that are tried only where a text has their words: no match may be lost by that."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditgraph import loaders
from auditgraph.loaders.sought import Sought, needs, sought

REPORTS = Path(__file__).parents[1] / "reports"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bresolutions? \d+", ("resolution",)),
        (r"(?:the )?(?:Mission|Force)s?", ("force", "mission")),
        (r"[Tt]he (?P<name>[A-Z]\w+) [Uu]nit", (" unit",)),
        (r"(?=.*total)\d+", ("total",)),
        (r"(?:audit|auditor|audits) of", ("audit",)),
        (r"(?i:DATABASE|SYSTEM)\b", ("database", "system")),
        (r"(?:sites )?\d+", ()),
        (r"(?:sites|\d+)", ()),
        (r"(?!total)\w+", ()),
        (r"(?:policy ){2,}", ("policy ",)),
        (r"(?:policy ){0,2}\d", ()),
    ],
)
def test_what_a_pattern_needs_is_read_from_it(pattern: str, words: tuple[str, ...]) -> None:
    assert needs(re.compile(pattern)) == words


def test_a_text_without_the_words_is_not_searched_and_one_with_them_is() -> None:
    cited = sought(r"\bresolutions? (\d+)", re.IGNORECASE)
    assert cited.search("decision 12") is None
    assert [match[1] for match in cited.finditer("RESOLUTION 12 and resolutions 13")] == ["12", "13"]
    found = cited.search("resolution 12, resolution 13", 5)
    assert found is not None
    assert found[1] == "13"
    assert [*cited.finditer("resolution 12", 0, 5)] == []


def test_no_pattern_of_the_loaders_loses_a_match() -> None:
    patterns = list(_patterns())
    texts = [line for path in sorted(REPORTS.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(patterns) > 30
    assert len(texts) > 500
    found = 0
    for one in patterns:
        for text in texts:
            if one.pattern.search(text):
                found += 1
                assert one.search(text), (one.pattern.pattern, one.needs, text)
    assert found > 100


def _patterns() -> Iterator[Sought]:
    for module in pkgutil.walk_packages(loaders.__path__, "auditgraph.loaders."):
        yield from (one for one in vars(importlib.import_module(module.name)).values() if isinstance(one, Sought))
