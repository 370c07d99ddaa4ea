"""The site over the example reports, and over a report whose every word is hostile."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from sample_graph import sample

from auditgraph.store import Store
from auditgraph.store.embedded import open_memory
from auditgraph.web import create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

HOSTILE = "</title><script>alert(1)</script>\" onmouseover='alert(2)' \x1b]0;x\x07\x1b[31m \u202egnp.exe {{ 7*7 }}"


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the indexes of the tests out of the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def client(store: Store) -> TestClient:
    return TestClient(create_app(store), headers={"accept": "text/html"})


@pytest.fixture(scope="session")
def hostile_store() -> Store:
    """A report in which every string but keys and codes ends in what would break a careless page."""
    data = sample().data()
    quads = []
    for quad in ox.parse(data.nquads, format=ox.RdfFormat.N_QUADS):
        term, name = quad.object, quad.predicate.value
        plain = isinstance(term, ox.Literal) and term.datatype.value.endswith("#string")
        if plain and not name.endswith(("#key", "#place", "#notation", "#number")):
            quad = ox.Quad(quad.subject, quad.predicate, ox.Literal(term.value + HOSTILE), quad.graph_name)
        quads.append(quad)
    nquads = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert nquads is not None
    store = open_memory()
    store.put([dataclasses.replace(data, nquads=nquads)])
    return store
