"""A path becomes a Source or one clear line; folders and patterns become their files."""

from __future__ import annotations

import hashlib
import os
import socket
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from auditgraph.errors import SourceError
from auditgraph.loaders.readers import kinds
from auditgraph.loaders.source import expand, read, read_bytes


def test_a_source_knows_its_file(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_bytes(b"# Title\r\n\r\nOne paragraph.\r\n")
    source = read(path)
    assert (source.name, source.media_type) == ("report.md", "text/markdown")
    assert source.text == "# Title\n\nOne paragraph.\n"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.page_starts == ()


def test_form_feeds_begin_pages() -> None:
    source = read_bytes("a.txt", b"one\n\x0ctwo\n\x0cthree\n\x0c")
    assert [source.text[start : start + 3] for start in source.page_starts] == ["one", "two", "thr"]


@pytest.mark.parametrize("markup", ["**Bold** <b>bold</b> &amp; 1\\. $^{2}$", "<p>a fragment</p>\nof <i>a page</i>"])
def test_markup_in_text_is_left_to_the_parser(markup: str) -> None:
    assert read_bytes("a.txt", markup.encode()).text == markup


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (b"%PDF-1.4 ...", ".txt", "pdf"),
        (b"junk before\n%PDF-1.4", ".pdf", "pdf"),
        (b"How to write %PDF-1.4", ".txt", "text"),
        (b"<!DOCTYPE html><p>x", "", "html"),
        (b"\xef\xbb\xbf<!-- saved from url --><html><p>x", ".txt", "html"),
        ("<html>".encode("utf-16"), ".txt", "html"),
        (b"REPORT 2030/001", ".html", "text"),
        (b"<div>REPORT</div>", ".htm", "html"),
        (b"<div>REPORT</div>", ".txt", "text"),
        (b"PK\x03\x04", ".pdf", "docx"),
        (b"{\\rtf1", ".doc", "refused"),
    ],
)
def test_content_goes_before_suffix(data: bytes, suffix: str, kind: str) -> None:
    assert kinds.kind_of(data, suffix).name == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n\x0c ", "no text"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "ocrmypdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x1f\x8b\x08" + bytes(50), "Unpack"),
        (b"PK\x05\x06" + bytes(18), "Unpack"),
    ],
)
def test_bad_content_is_one_line(data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_bytes("bad.dat", data)
    line = str(caught.value)
    assert line.startswith("bad.dat: ")
    assert words in line
    assert "\n" not in line


def test_archives_name_what_they_are() -> None:
    for member, words in {"xl/workbook.xml": "Excel", "content.xml": "OpenDocument", "a.txt": "ZIP archive"}.items():
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(member, "x")
        with pytest.raises(SourceError, match=words):
            read_bytes("x.docx", buffer.getvalue())


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
    for path in (tmp_path, tmp_path / "fifo", tmp_path / "loop", tmp_path / "s", tmp_path / "none", Path("/dev/zero")):
        with pytest.raises(SourceError, match=str(path)):
            read(path)
    with pytest.raises(SourceError, match="can't be opened"):
        read(Path("a\0b"))
    with pytest.raises(SourceError, match="can't be opened"):
        read(tmp_path / ("x" * 5000))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(SourceError, match="can't be opened"):
        read(path)


def test_too_large_a_text_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write(b"REPORT 2030/001\n")
        file.truncate(10**12)  # a sparse file of a terabyte
    with pytest.raises(SourceError, match="more than 30 MB"):
        read(path)


def test_expand(tmp_path: Path) -> None:
    for name in ("b.txt", "a.pdf", "c.exe", ".hidden.txt", "sub/d.HTML", ".git/e.txt", "[1].txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "sub/loop").symlink_to(tmp_path)
    (tmp_path / "again.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")

    def names(*given: str) -> list[str]:
        return [str(path.relative_to(tmp_path)) for path in expand(tmp_path / g for g in given)]

    assert names("") == ["[1].txt", "a.pdf", "b.txt", "sub/d.HTML"]
    assert names("again.txt", "b.txt", "b.txt") == ["b.txt"]
    assert names("c.exe", "none.txt") == ["c.exe", "none.txt"]
    assert names("*.pdf", "**/*.HTML") == ["a.pdf", "sub/d.HTML"]
    assert names("[1].txt", "*.none") == ["*.none", "[1].txt"]
