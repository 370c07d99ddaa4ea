"""Lines of letters and memoranda as they were meant: a title torn by the labels beside it put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.extract.titles import RANK
from auditgraph.model import ProseKind, Text

__all__ = ["ADDRESSES", "addressed"]

# Where names of people stand before their titles.
ADDRESSES = frozenset({ProseKind.LETTER, ProseKind.SIGNATURE, ProseKind.NOTE})
# What stands in another column of the form: "DATE: 29 May 2012", "REF: 12-00123", "DE:".
_ASIDE = re.compile(r"(?:DATE|REF|REFERENCE|TEL|FAX|Date|Reference|Ref)\b\s*[.:].*|[A-ZÀ]{1,9}\s*:")
# A title that goes on in the next line: "..., Under-Secretary-General", "..., Acting Director".
_OPEN = re.compile(rf"(?:Under-Secretary-General|Assistant Secretary-General|Special Representative|{RANK})$")
_GOES_ON = re.compile(
    r"(?:for|of) (?:the )?[A-Z]|[A-Z][\w-]+(?: (?:and )?[A-Z][\w-]+)* (?:Division|Service|Section|Office)\b"
)
_BETWEEN = 3  # lines of other columns


def addressed(everything: Iterable[Run]) -> Iterator[Run]:
    """Yield runs, the lines of an address that make one title joined, what stands between them after them."""
    held: list[Run] = []
    for run in everything:
        if not held:
            if run.kind in ADDRESSES and _OPEN.search(run.text.value):
                held = [run]
            else:
                yield run
            continue
        if run.kind is held[0].kind and _GOES_ON.match(run.text.value):
            first = held[0]
            glue = " " if run.text.value[0].islower() else ", "
            yield Run(first.place, first.kind, Text.joined((first.text, run.text), glue), first.column)
            yield from held[1:]
            held = []
        elif run.kind is held[0].kind and _ASIDE.fullmatch(run.text.value) and len(held) <= _BETWEEN:
            held.append(run)
        else:
            yield from held
            held = []
            yield run
    yield from held
