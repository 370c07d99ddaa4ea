"""Content negotiation by the book."""

from __future__ import annotations

import pytest

from auditgraph.web.media import GRAPHS, ROWS, form_of, named_media
from auditgraph.web.negotiation import accepts, choose

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
OFFERS = ["application/json", "text/csv", "text/turtle"]


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=0.2, text/turtle;q=0.9", "text/turtle"),
        ("text/csv; header=present", "text/csv"),
        ("text/csv;charset=utf-8;q=0.5, application/json;q=0.4", "text/csv"),
        ("text/*", "text/csv"),
        ("text/*;q=0.5, text/csv;q=0.1", "text/turtle"),
        ("*/*, text/turtle", "text/turtle"),
        ("*/*;q=0.1, text/turtle;q=0.2", "text/turtle"),
        ("application/json;q=0, */*", "text/csv"),
        ("image/png", None),
        ("application/json;q=0", None),
        ("text/csv;q=0.000", None),
        ("nonsense", "application/json"),
        ("nonsense, text/csv", "text/csv"),
    ],
)
def test_the_client_gets_what_it_likes_best(header: str | None, chosen: str | None) -> None:
    assert choose(header, OFFERS) == chosen


def test_browsers_name_html_and_scripts_do_not() -> None:
    assert accepts(BROWSER, "text/html")
    assert not accepts("*/*", "text/html")
    assert choose(BROWSER, ["application/json", "text/html"]) == "text/html"


@pytest.mark.parametrize(
    ("name", "offers", "media"),
    [
        ("json", ROWS, "application/sparql-results+json"),
        ("json", GRAPHS, "application/ld+json"),
        ("xml", GRAPHS, "application/rdf+xml"),
        ("application/sparql-results xml", ROWS, "application/sparql-results+xml"),
        (" CSV ", ROWS, "text/csv"),
        ("csv", GRAPHS, None),
        ("docx", ROWS, None),
    ],
)
def test_formats_have_short_names(name: str, offers: dict[str, str], media: str | None) -> None:
    assert named_media(name, offers) == media


@pytest.mark.parametrize(
    ("sparql", "form"),
    [
        ("PREFIX ask: <urn:select:> select * {}", "SELECT"),
        ("# CONSTRUCT\nASK {}", "ASK"),
        ("BASE <urn:ask> describe <a>", "DESCRIBE"),
        ("PREFIX select: <urn:x>", ""),
        ("DROP ALL", ""),
    ],
)
def test_the_form_of_a_query_is_its_first_verb(sparql: str, form: str) -> None:
    assert form_of(sparql) == form
