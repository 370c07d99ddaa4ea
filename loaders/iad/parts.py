"""Part a recommendation at its letters."""

from __future__ import annotations

import re

from auditgraph.loaders.iad.places import Draft
from auditgraph.model import Part, Text

__all__ = ["LETTERED", "parts_of"]

# `(a) remind`, `b) monitor`: a letter that begins a part.
LETTERED = re.compile(r"(?:(?<=^)|(?<=[\s:;,]))\(?([a-z])\)\s+")
# `; and`, `.`: what ends a part and is no word of it.
_TAIL = re.compile(r"(?:\s*[;,.]?\s*\b(?:and|or)\b\s*|\s*[;,.]\s*)$")


def parts_of(draft: Draft, place: str, text: Text) -> list[Part]:
    """Return the lettered parts of a recommendation: `(a) ...; and (b) ...`, in order from a.

    Letters that do not follow on from each other are words of the sentence.
    """
    marks = []
    expected = "a"
    for match in LETTERED.finditer(text.value):
        if match.group(1) == expected:
            marks.append(match)
            expected = chr(ord(expected) + 1)
    if len(marks) < 2:
        return []
    parts = []
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        part = text[mark.end() : after.start() if after else len(text)]
        kept = _TAIL.sub("", part.value.rstrip())
        parts.append(Part(mark.group(1), draft.said(place, part[: len(kept)])))
    return parts
