"""Find where the body of a report begins and where its annexes do, in running text."""

from __future__ import annotations

import re

from auditgraph.loaders.reflow.sheet import Sheet
from auditgraph.loaders.reflow.words import ends_sentence

__all__ = ["annexes_start", "body_start"]

# The first heading with what it heads: a number, or a word that the contents do not go on with.
_BODY = re.compile(
    r"(?:\bI\s?\.\s+)?(?:BACKGROUND|INTRODUCTION|Background|Introduction)\s+(?=1\s?\.\s+[A-Z“\"]|(?:The|OIOS|In|This)\s)"
)
_FIRST = re.compile(r"(?<=\s)1\s?\.\s+(?=[A-Z])")
_ANNEX = re.compile(
    r"(?:ANN\s?EX|APPENDIX)(?:\s+(?:[IVX]{1,5}|\d{1,2}))?(?=\s+[A-Z]|\s*\Z)|STATUS\s+OF\s+(?:AUDIT\s+)?RECOMMENDATIONS"
)
_AGAIN = re.compile(r"(?:ANN\s?EX|APPENDIX)\s*(?:[IVX]{1,5}|\d{1,2})?\s+(?:STATUS|MANAGEMENT|Management)\b")


def body_start(sheet: Sheet) -> int:
    """Return where the body's first heading stands; without one, where paragraph 1 does, or the text's end."""
    found = _BODY.search(sheet.flat) or _FIRST.search(sheet.flat)
    return found.start() if found else len(sheet.flat)


def annexes_start(sheet: Sheet, first: int) -> int:
    """Return where the annexes begin: at the head of a page, or where a sentence and the signature have ended."""
    pages = {page.start for page in sheet.pages}
    for match in _ANNEX.finditer(sheet.flat, first):
        before = sheet.flat[max(0, match.start() - 40) : match.start()].rstrip()
        if match.start() in pages or (
            (_AGAIN.match(sheet.flat, match.start()) or match[0].startswith("STATUS"))
            and (ends_sentence(before) or before[-1:].isalpha())
        ):
            return match.start()
    return len(sheet.flat)
