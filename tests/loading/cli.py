"""Run the real command line in a process of its own, as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Said", "auditgraph", "outcomes", "start"]


@dataclass(frozen=True)
class Said:
    """What a command did."""

    status: int
    out: str
    err: str


def start(*arguments: object, cwd: Path | None = None) -> subprocess.Popen[bytes]:
    """Start a command."""
    command = [sys.executable, "-m", "auditgraph", *map(str, arguments)]
    here = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "COLUMNS": "100", "PYTHONPATH": here}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=cwd)


def auditgraph(*arguments: object, timeout: float = 300) -> Said:
    """Run a command to its end."""
    process = start(*arguments)
    out, err = process.communicate(timeout=timeout)
    return Said(process.returncode, out.decode(), err.decode())


def outcomes(log: Path) -> dict[str, dict[str, Any]]:
    """Read a log of `load`, by the file's name."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return {Path(line["path"]).name: line for line in lines}
