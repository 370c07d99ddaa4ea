"""Whatever the bytes, nothing but a Source or a SourceError comes out."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rendered import as_docx, as_html, as_pdf, as_text, report

from auditgraph.errors import SourceError
from auditgraph.loaders.source import read_bytes

REPORT = report(rows=2)
SEEDS = {
    "r.pdf": as_pdf(REPORT),
    "r.docx": as_docx(REPORT),
    "r.html": as_html(REPORT),
    "r.txt": as_text(REPORT).encode("utf-16"),
}
STARTS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"MIME-Version: 1.0\nContent-Type: multipart/x\n"]
CALM = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=12)


def edited(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Return data with pieces taken out and others put in."""
    for place, length, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + length :]
    return data


def survives(name: str, data: bytes) -> None:
    try:
        source = read_bytes(name, data)
    except SourceError as error:
        line = str(error)
        assert line.startswith(name)
        assert len(line.splitlines()) == 1
    else:
        assert source.text.strip()
        assert "\r" not in source.text
        assert list(source.page_starts) == sorted(source.page_starts)


@CALM
@given(st.sampled_from(STARTS), st.binary(max_size=3000), st.sampled_from(["", ".pdf", ".html", ".mht", ".docx"]))
def test_random_bytes(start: bytes, rest: bytes, suffix: str) -> None:
    survives(f"x{suffix}", start + rest)


@pytest.mark.parametrize("name", SEEDS)
@CALM
@given(edits)
def test_edited_files(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    survives(name, edited(SEEDS[name], changes))


@CALM
@given(edits, st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml", "_rels/.rels"]))
def test_edited_members(changes: list[tuple[float, int, bytes]], member: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SEEDS["r.docx"])) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, edited(content, changes) if info.filename == member else content)
    survives("r.docx", buffer.getvalue())


@CALM
@given(st.text(st.sampled_from("<>/=\"'& abtrdholius123\n") | st.sampled_from("</td><tr>"), max_size=400))
def test_tag_soup(soup: str) -> None:
    with contextlib.suppress(SourceError):
        read_bytes("a.html", f"<html><table><tr><td>{soup}".encode())
