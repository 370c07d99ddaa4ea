"""Any file as a Source: canonical text, where its pages begin, and the hash of its bytes."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from auditgraph.errors import SourceError
from auditgraph.loaders.readers.kinds import Kind, kind_of
from auditgraph.loaders.reflow import reflow
from auditgraph.model import Passage, SourceInfo, Text, passages

__all__ = ["SUFFIXES", "Source", "expand", "read", "read_bytes"]

SUFFIXES = frozenset(
    (".csv", ".docm", ".docx", ".htm", ".html", ".markdown", ".md", ".mht", ".mhtml", ".pdf", ".text", ".tsv", ".txt",
     ".xhtml")
)  # fmt: skip
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Source:
    r"""A file as text: what every span of a report refers to.

    `text` has newlines `\n` only, a table row on one line with its cells parted by tabs, and page breaks `\f` where
    known. `page_starts` are the offsets where the pages begin, empty where the file has none; `sha256` is of the
    file's bytes, in hex.
    """

    name: str
    text: str
    sha256: str
    media_type: str
    page_starts: tuple[int, ...] = ()

    @property
    def info(self) -> SourceInfo:
        """Return what is kept of the file beside its text."""
        return SourceInfo(self.name, self.sha256, self.media_type, len(self.page_starts))

    def passages(self, place: str, text: Text) -> tuple[Passage, ...]:
        """Return where a text stands in the source, as passages of a place."""
        return passages(self.text, self.page_starts, place, text)


def read(path: Path) -> Source:
    """Return a file as a Source.

    Raises SourceError with one line that names the file where it can't be read or holds no text.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "a device, pipe or socket"
            raise SourceError(f"{path}: is {what}, not a file")
        with path.open("rb") as file:
            head = file.read(_HEAD)
            limit = kind_of(head, path.suffix).limit
            data = head + file.read(limit + 1)
    except FileNotFoundError as error:
        raise SourceError(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise SourceError(f"{path}: can't be opened ({getattr(error, 'strerror', None) or error})") from error
    return _source(path.name, str(path), data)


def read_bytes(name: str, data: bytes) -> Source:
    """Return the bytes of a file called `name` as a Source; raises SourceError as `read` does.

    >>> read_bytes("note.txt", b"One\\r\\ntwo\\x0cthree").page_starts
    (0, 8)
    """
    return _source(name, name, data)


def expand(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files that files, folders and glob patterns stand for: sorted, each real file once.

    In folders, hidden files and folders and files of unknown suffix are passed over. What can't be found or
    listed stays in the answer, so that `read` says what is wrong with it.
    """
    found: dict[str, Path] = {}
    for path in sorted(_files(paths), key=lambda path: (path.is_symlink(), str(path))):
        found.setdefault(os.path.realpath(path), path)
    return sorted(found.values(), key=str)


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    for given in paths:
        path = Path(given)
        name = str(given)
        # A file may be called `[1].pdf`: only what does not exist is a pattern.
        pattern = glob.has_magic(name) and not os.path.lexists(path)
        matches = [Path(match) for match in glob.glob(name, recursive=True)] if pattern else []
        for match in matches or [path]:
            if match.is_dir():
                yield from _walk(match, set())
            else:
                yield match


def _walk(folder: Path, seen: set[str]) -> Iterator[Path]:
    """Yield the files under a folder, each real folder visited once, so that loops of links end."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        real = os.path.realpath(here)
        if real in seen:
            continue
        seen.add(real)
        try:
            entries = [Path(entry.path) for entry in os.scandir(here) if not entry.name.startswith(".")]
        except OSError:
            yield here
            continue
        for entry in entries:
            if entry.is_dir():
                waiting.append(entry)
            elif entry.suffix.lower() in SUFFIXES and entry.is_file():
                yield entry


def _source(name: str, shown: str, data: bytes) -> Source:
    kind = kind_of(data[:_HEAD], Path(name).suffix)
    try:
        text, pages = _convert(kind, data)
    except SourceError as error:
        raise SourceError(f"{shown}: {error.message}", error.remedy) from error
    except (MemoryError, RecursionError) as error:
        raise SourceError(f"{shown}: is too large or too deeply nested to read") from error
    return Source(name, text, hashlib.sha256(data).hexdigest(), kind.media_type, pages)


def _convert(kind: Kind, data: bytes) -> tuple[str, tuple[int, ...]]:
    if kind.refusal:
        raise SourceError(kind.refusal, kind.remedy)
    if len(data) > kind.limit:
        raise SourceError(f"has more than {kind.limit // 10**6} MB, the limit for {kind.label}", "Split it.")
    if not data:
        raise SourceError("is empty")
    text = _reader(kind.name)(data)
    if not text.strip():
        raise SourceError("has no text in it")
    if kind.name in ("text", "html"):
        text = reflow(text)
    if not kind.paged or (kind.name == "text" and "\f" not in text):
        return text, ()
    # pdftotext ends each page with a form feed, the last one too; our own PDF text only parts them by it.
    pages = text.removesuffix("\f").split("\f") if kind.name == "text" else text.split("\f")
    return text, (0, *accumulate(len(page) + 1 for page in pages[:-1]))


def _reader(name: str) -> Callable[[bytes], str]:
    """Return the reader of a kind; a heavy library is imported only when its reader is."""
    if name == "pdf":
        from auditgraph.loaders.readers.pdf import read_pdf

        return read_pdf
    if name == "docx":
        from auditgraph.loaders.readers.docx import read_docx

        return read_docx
    if name == "html":
        from auditgraph.loaders.readers.html import read_html

        return read_html
    from auditgraph.loaders.readers.text import read_text

    return read_text
