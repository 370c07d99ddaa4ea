from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import axe, browser
from served import Server, serve

from auditgraph.cli import main
from auditgraph.store import Store, open_store

__all__ = ["axe", "browser"]

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the examples."""
    place = tmp_path_factory.mktemp("web") / "store"
    assert main(["load", str(EXAMPLES), "--store", str(place)]) == 0
    return place


@pytest.fixture(scope="session")
def store(folder: Path) -> Store:
    return open_store(folder)


@pytest.fixture(scope="session")
def server(store: Store) -> Iterator[Server]:
    with serve(store) as running:
        yield running
