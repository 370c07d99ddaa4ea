"""The engines that must give the same answers: memory, embedded, and two real servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import engines
import pytest

from auditgraph.store import Store, open_store

ENVIRONMENT = (
    "AUDITGRAPH_UPDATE_URL", "AUDITGRAPH_GRAPH_STORE_URL", "AUDITGRAPH_USER", "AUDITGRAPH_PASSWORD", "AUDITGRAPH_AUTH",
    "AUDITGRAPH_TIMEOUT", "AUDITGRAPH_STORE",
)  # fmt: skip


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[engines.Server]:
    with engines.oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[engines.Server]:
    with engines.virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> engines.Server:
    """Give a server that runs, empty of reports, and set the environment for it."""
    found: engines.Server = request.getfixturevalue(f"{request.param}_server")
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    for name, value in found.environment.items():
        monkeypatch.setenv(name, value)
    store = open_store(found.place, write=True)
    for graph in store.graphs():
        store.remove(graph)
    store.close()  # others may write
    return found


@pytest.fixture
def remote(server: engines.Server) -> Iterator[Store]:
    with open_store(server.place, write=True) as store:
        yield store


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("here")
