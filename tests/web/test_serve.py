"""`auditgraph serve` from start to end, in a process of its own."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditgraph.cli import main

COMMAND = [sys.executable, "-c", "import sys; from auditgraph.cli import main; sys.exit(main())", "serve"]


@contextmanager
def served(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            yield process, process.stderr.readline()
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_answers_and_ends_in_order(folder: Path, number: signal.Signals) -> None:
    with served("--store", str(folder), "--port", "0") as (process, line):
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, line
        # The address is good as soon as it is printed.
        with urllib.request.urlopen(f"{found[0]}queries/reports", timeout=20) as reply:
            assert b"2021/019" in reply.read()
        process.send_signal(number)
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")


def test_who_listens_to_everybody_is_warned(folder: Path) -> None:
    with served("--store", str(folder), "--port", "0", "--host", "0.0.0.0") as (process, _):
        assert process.stderr is not None
        assert "warning" in process.stderr.readline()


def test_a_port_that_is_taken_is_told_with_another(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--store", str(folder), "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert f"port {port}" in said
    assert "--port" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host"])
def test_an_address_that_is_not_ours_is_told(folder: Path, host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--store", str(folder), "--port", "0", "--host", host]) == 2
    assert host in capsys.readouterr().err


def test_an_empty_store_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--store", str(tmp_path / "none")]) == 1
    assert "auditgraph load" in capsys.readouterr().err
