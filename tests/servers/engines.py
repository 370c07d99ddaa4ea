"""Start real SPARQL servers for the tests, on a port and a folder of their own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

__all__ = ["Server", "oxigraph", "virtuoso"]

PASSWORD = "zubara"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: the place to open, the environment that goes with it, its web address."""

    place: str
    environment: dict[str, str]
    root: str


def missing(what: str) -> None:
    """Skip where a server is not installed; in CI that is a failure."""
    if os.environ.get("CI", "").casefold() in ("1", "true", "yes"):
        pytest.fail(what)
    pytest.skip(what)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"no server at {url}: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
    try:
        wait_for(url, process, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path, timeout: int = 5) -> Iterator[Server]:
    """Run Oxigraph's own server."""
    beside = Path(sys.executable).with_name("oxigraph")
    binary = str(beside) if beside.exists() else shutil.which("oxigraph")
    if binary is None:
        missing("the Oxigraph server is not installed: pip install oxigraph")
    root = f"http://127.0.0.1:{free_port()}"
    command = [str(binary), "serve", "--location", str(folder / "data"), "--bind", root.removeprefix("http://")]
    with running([*command, "--timeout-s", str(timeout)], folder, f"{root}/"):
        environment = {"AUDITGRAPH_UPDATE_URL": f"{root}/update", "AUDITGRAPH_GRAPH_STORE_URL": f"{root}/store"}
        yield Server(f"sparql:{root}/query", environment, root)


INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
MaxQueryMem = 1G
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 20
MaxQueryCostEstimationTime = 0
"""


@contextmanager
def virtuoso(folder: Path, rows: int = 1_000_000) -> Iterator[Server]:
    """Run Virtuoso Open Source (Debian's virtuoso-opensource), writable by dba."""
    binary = shutil.which("virtuoso-t")
    if binary is None:
        missing("Virtuoso is not installed: apt-get install virtuoso-opensource")
    http = free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(INI.format(folder=folder, sql=free_port(), http=http, rows=rows))
    root = f"http://127.0.0.1:{http}"
    command = [str(binary), "+foreground", "+configfile", str(ini)]
    # The first run makes the database and sets the password, then ends.
    first = subprocess.run(
        [*command, "+pwdold", "dba", "+pwddba", PASSWORD], cwd=folder, capture_output=True, timeout=90
    )
    assert first.returncode == 0, first.stderr[-2000:]
    with running(command, folder, f"{root}/sparql"):
        yield Server(
            f"sparql:{root}/sparql-auth",
            {
                "AUDITGRAPH_UPDATE_URL": f"{root}/sparql-auth",
                "AUDITGRAPH_GRAPH_STORE_URL": f"{root}/sparql-graph-crud-auth",
                "AUDITGRAPH_USER": "dba",
                "AUDITGRAPH_PASSWORD": PASSWORD,
                "AUDITGRAPH_AUTH": "digest",
            },
            root,
        )
