"""Tell the title from the headline, on covers whose lines may be torn or out of order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from auditgraph.loaders.iad import patterns as p
from auditgraph.text import Text

__all__ = ["is_title", "title_and_headline"]

_SAME_TITLE = 92  # per cent of likeness above which two lines are one title
_TITLE_LINES = 4
_SHORTEST = 12  # characters of a title
# The summary's title may put `Audit of` before what the cover prints.
_AUDIT_OF = re.compile(r"Audit of (?:the )?", re.I)


def is_title(value: str, title: str) -> bool:
    """Tell whether a line repeats a report's title, as running headers do with a slip or two."""
    value, title = _subject(value), _subject(title)
    return abs(len(value) - len(title)) < 30 and fuzz.ratio(value.lower(), title.lower()) >= _SAME_TITLE


def title_and_headline(
    rest: Sequence[Text], lines: Sequence[Text], later: Sequence[Text]
) -> tuple[Text | None, Text | None]:
    """Return title and headline from what the cover prints beside its fixed parts.

    `rest` are its paragraphs, `lines` the same line by line, `later` the lines of the next pages. The title is what
    the next pages repeat, or what begins like one.
    """
    found = _found(rest, later)
    if found is not None and found[0] == 0 and found[2]:
        return _parted(rest, found[0], found[1])
    titles = [line for line in later if p.TITLE_START.match(line.value) and not p.complete(line.value)]
    scrambled = _scrambled(lines, titles)
    if scrambled is not None:
        return scrambled
    if found is not None:
        return _parted(rest, found[0], found[1])
    at = next((i for i, piece in enumerate(rest) if p.TITLE_START.match(piece.value)), None)
    if at is not None:
        return _parted(rest, at, at + 1)
    if titles:
        return titles[0], _joined(rest)
    return (rest[0], _joined(rest[1:])) if rest else (None, None)


def _found(rest: Sequence[Text], later: Sequence[Text]) -> tuple[int, int, bool] | None:
    """Return which pieces of the cover are the title that comes again, and whether to the letter."""
    for count in range(min(_TITLE_LINES, len(rest)), 0, -1):
        for first in range(len(rest) - count + 1):
            title = Text.joined(rest[first : first + count]).value
            again = _repeated(title, [*rest[first + count :], None, *later])
            if again is not None and len(title) > _SHORTEST:
                return first, first + count, _same(title, again)
    return None


def _parted(rest: Sequence[Text], start: int, end: int) -> tuple[Text, Text | None]:
    """Return pieces `start:end` as the title and what follows as the headline, the title said again left out."""
    title = Text.joined(rest[start:end])
    after = list(rest[end:])
    again = _where(title.value, [*after, None])
    if again is not None:
        del after[again[0] : again[1]]
    return title, _joined(after)


def _repeated(title: str, pieces: Sequence[Text | None]) -> str | None:
    """Return how the pieces say a title again."""
    where = _where(title, pieces)
    return " ".join(t.value for t in pieces[where[0] : where[1]] if t is not None) if where else None


def _where(title: str, pieces: Sequence[Text | None]) -> tuple[int, int] | None:
    """Return which pieces in a row say a title again; None parts the cover from the later pages."""
    for i in range(len(pieces)):
        for count in range(1, _TITLE_LINES + 1):
            run = pieces[i : i + count]
            if None in run or len(run) < count:
                break
            if is_title(" ".join(t.value for t in run if t is not None), title):
                return i, i + count
    return None


def _same(one: str, other: str) -> bool:
    return _subject(one).casefold() == _subject(other).casefold()


def _subject(title: str) -> str:
    """Return a title without "Audit of"."""
    said = _AUDIT_OF.match(title)
    return title[said.end() :] if said else title


def _scrambled(lines: Sequence[Text], titles: Sequence[Text]) -> tuple[Text, Text | None] | None:
    """Return a later page's title whose words the cover prints in another order, and what else the cover prints."""
    for title in titles:
        words = Counter(_subject(title.value).split())
        missing = Counter(words)
        used = set()
        for i, line in enumerate(lines):
            printed = Counter(_subject(line.value).split())
            if not printed - missing:
                missing -= printed
                used.add(i)
        if used and not missing:
            others = [line for i, line in enumerate(lines) if i not in used]
            return title, _joined([line for line in others if not is_title(line.value, title.value)])
    return None


def _joined(pieces: Sequence[Text]) -> Text | None:
    return Text.joined(pieces) if pieces else None
