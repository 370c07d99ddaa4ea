"""Fuzz the loaders with atheris: bytes in, a graph or one of our own errors out.

    pip install atheris          (CPython 3.11 to 3.13 on Linux)
    python tests/fuzz/atheris_loaders.py -max_total_time=60 -rss_limit_mb=2048 -timeout=30 [CORPUS FOLDER]

The first byte chooses the format; the invented reports are good seeds: `tests/reports`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["auditgraph"]):
    from auditgraph.errors import SourceError
    from auditgraph.loaders import parse
    from auditgraph.loaders.mapping import quads
    from auditgraph.loaders.source import read_bytes

NAMES = ("a.txt", "a.html", "a.docx", "a.pdf", "a.md", "a.csv")
FRONT = b"INTERNAL AUDIT DIVISION\nREPORT 2030/999\nAssignment No. AP2029-999-01\n\nI. BACKGROUND\n\n1. "


def one_input(data: bytes) -> None:
    """Read one input as a file, and behind the cover of a report as text."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    for file, content in ((name, data[1:]), ("b.txt", FRONT + data[1:])):
        try:
            for _ in quads(parse(read_bytes(file, content))):
                pass
        except SourceError:
            continue


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
