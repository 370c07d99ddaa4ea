"""The page on the ontology is made from the .ttl files by one command."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

BUILD = Path(__file__).parents[2] / "docs" / "build.py"


@pytest.mark.slow
@pytest.mark.skipif(find_spec("pylode") is None, reason="needs pyLODE")
def test_the_page_tells_terms_and_codes_and_fetches_nothing(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, str(BUILD), str(tmp_path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == str(tmp_path / "ontology.html")
    page = (tmp_path / "ontology.html").read_text(encoding="utf-8")
    for words in ("The auditgraph ontology", "status assertion", "closing reason", "Not yet closed by the auditors."):
        assert words in page
    assert "<script src" not in page
    assert 'rel="stylesheet"' not in page
