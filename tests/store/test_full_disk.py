"""A full disk stops a load with one line; the store opens again, each report whole or absent."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_embedded import graph_of, versions

from auditgraph.store import open_store

WRITER = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
import auditgraph.store.embedded as embedded
from auditgraph.errors import StoreError
from auditgraph.store import open_store
from test_embedded import graph_of
if int(sys.argv[3]):  # no file may be larger, which the engine meets as it meets a full disk
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
embedded._BULK = int(sys.argv[4])
try:
    store = open_store(sys.argv[1], write=True)
    for version in range(int(sys.argv[5]), 99):
        for number in range(0, 500, 5):
            store.put([graph_of(n, version, 400) for n in range(number, number + 5)])
except StoreError as error:
    print(error)
    sys.exit(7)
"""


def full(place: Path, limit: int, bulk: int, version: int) -> str:
    command = [
        sys.executable,
        "-c",
        WRITER,
        str(place),
        str(Path(__file__).parent),
        str(limit),
        str(bulk),
        str(version),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 7, done.stderr
    return done.stdout


def check(place: Path) -> int:
    store = open_store(place)
    records = store.records()
    assert store.graphs() == sorted(records)
    for graph, record in records.items():
        (version,) = versions(store, graph)
        assert len(list(store.quads(graph))) == 400
        assert record.sha256.endswith("-" + version.removeprefix("v"))
    store.close()
    return len(records)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of a few MB where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    try:
        mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("only root can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


@pytest.mark.slow
@pytest.mark.parametrize("bulk", [4_000_000, 0], ids=["log", "bulk"])
def test_a_full_disk(small_disk: Path, bulk: int) -> None:
    place = small_disk / "store"
    assert "can't be" in full(place, 0, bulk, 1)
    first = check(place)
    assert first
    assert "can't be" in full(place, 0, bulk, 2)
    assert check(place) >= first


@pytest.mark.slow
@pytest.mark.parametrize("bulk", [4_000_000, 0], ids=["log", "bulk"])
def test_a_limit_of_files(tmp_path: Path, bulk: int) -> None:
    place = tmp_path / "store"
    open_store(place, write=True).put([graph_of(1, 1, 400)])
    assert "can't be" in full(place, 2_000_000, bulk, 2)
    assert check(place)
    # With room again it goes on.
    open_store(place, write=True).put([graph_of(999, 1, 400)])
    assert check(place)
