"""What later documents say of a recommendation stands on its page, with the words and the way to them."""

from __future__ import annotations

import re
from pathlib import Path

import later_documents as made_up
import pytest
from starlette.testclient import TestClient

from auditgraph.api import load
from auditgraph.store import MEMORY, open_store
from auditgraph.web import create_app


@pytest.fixture
def site(tmp_path: Path) -> TestClient:
    made_up.write(tmp_path)
    store = open_store(MEMORY, write=True)
    load([str(tmp_path)], store)
    return TestClient(create_app(store), headers={"accept": "text/html"})


def test_the_page_of_a_recommendation_tells_what_was_said_later(site: TestClient) -> None:
    page = site.get("/report/2031-007/recommendation/1").text
    later = page[page.index("Said later") :]
    later = later[: later.index("</dl>")]
    assert [later.index(word) for word in ("7 March 2033", "implemented", "31 December 2033", "In progress")] == sorted(
        later.index(word) for word in ("7 March 2033", "implemented", "31 December 2033", "In progress")
    )
    assert "Recommendation 1 of report 2031/007 has therefore been implemented." in later
    links = set(re.findall(r'href="([^"]+)"', later))
    assert len(links) >= 4
    assert {site.get(link).status_code for link in links} == {200}


def test_a_recommendation_that_nobody_spoke_of_again_has_no_such_part(site: TestClient) -> None:
    assert "Said later" not in site.get("/report/2033-020/recommendation/1").text


def test_a_table_of_states_opens_itself(site: TestClient) -> None:
    assert "status.csv" in site.get("/follow-up/status-2033-12-31").text
    assert "2 reports" in " ".join(re.sub("<[^>]+>", " ", site.get("/reports").text).split())  # and is none itself
