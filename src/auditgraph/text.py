"""Printed text with its layout undone, each character knowing where it stood in the source."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Span", "Text"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of the source text: `source[start:end]`."""

    start: int
    end: int


class Text:
    """Cleaned text and, for each of its characters, the offset in the source it came from.

    It slices like a string and never loses its place:

    >>> text = Text.of("1.  The  Mission", 100)
    >>> text[4:].squeezed().value
    'The Mission'
    >>> text[4:].squeezed().offset(4)
    109
    """

    __slots__ = ("_offsets", "value")

    def __init__(self, value: str, offsets: array[int]) -> None:
        if len(value) != len(offsets):
            raise ValueError("a text needs one offset for each character")
        self.value = value
        self._offsets = offsets

    @classmethod
    def of(cls, source: str, start: int = 0) -> Text:
        """Return `source` as it stands, its first character at offset `start`."""
        return cls(source, array("I", range(start, start + len(source))))

    @classmethod
    def at(cls, value: str, offset: int) -> Text:
        """Return characters that all stand for the one at `offset` (what an entity or a ligature decodes to)."""
        return cls(value, array("I", [offset] * len(value)))

    @classmethod
    def empty(cls) -> Text:
        """Return the text of no characters."""
        return cls("", array("I"))

    def __str__(self) -> str:
        """Return the cleaned characters."""
        return self.value

    def __repr__(self) -> str:
        """Show the characters and where they begin."""
        return f"Text({self.value!r} @{self._offsets[0] if self._offsets else '-'})"

    def __len__(self) -> int:
        """Count the cleaned characters."""
        return len(self.value)

    def __bool__(self) -> bool:
        """Tell whether there is any character."""
        return bool(self.value)

    def __getitem__(self, key: slice) -> Text:
        """Return a part, as of a string (slices only)."""
        return Text(self.value[key], self._offsets[key])

    def offset(self, index: int) -> int:
        """Return where in the source the character at `index` stood."""
        return self._offsets[index]

    def sub(self, pattern: re.Pattern[str], replacement: str = "") -> Text:
        """Replace each match by `replacement`, which takes the place of the match's first character.

        A match that is shorter than its replacement is refused: text is never made up.
        """
        parts: list[Text] = []
        last = 0
        for match in pattern.finditer(self.value):
            start, end = match.span()
            if end - start < len(replacement):
                raise ValueError(f"{pattern.pattern!r} would make up text")
            parts.append(self[last:start])
            parts.append(Text(replacement, self._offsets[start : start + len(replacement)]))
            last = end
        if not parts:
            return self
        parts.append(self[last:])
        return Text.joined(parts, "")

    def squeezed(self) -> Text:
        """Return the text with runs of white space made one space and the ends stripped."""
        text = self.stripped()
        return text if text.value == " ".join(text.value.split()) else text.sub(_WHITE, " ")

    def stripped(self) -> Text:
        """Return the text without white space at its ends."""
        bare = self.value.strip()
        if len(bare) == len(self.value):
            return self
        start = len(self.value) - len(self.value.lstrip())
        return self[start : start + len(bare)]

    @staticmethod
    def joined(parts: Iterable[Text], glue: str = " ") -> Text:
        """Put parts together; `glue` takes the place of the character before it."""
        value: list[str] = []
        offsets: array[int] = array("I")
        for part in parts:
            if not part:
                continue
            if offsets and glue:
                value.append(glue)
                offsets.extend([offsets[-1]] * len(glue))
            value.append(part.value)
            offsets.extend(part._offsets)
        return Text("".join(value), offsets)

    def spans(self, source: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Return the source ranges that characters `start:end` came from, in order.

        Ranges are joined where only white space or a little markup stands between them; text that
        belongs to something else (a running header, the next cell) parts them.
        """
        offsets = self._offsets[start:end]
        if not offsets:
            return ()
        if offsets == array("I", range(offsets[0], offsets[0] + len(offsets))):
            return (Span(offsets[0], offsets[0] + len(offsets)),)  # most texts
        jumps = [at for at, (one, next_) in enumerate(pairwise(offsets), 1) if next_ != one + 1]
        runs: list[list[int]] = []
        for first, after in pairwise([0, *jumps, len(offsets)]):
            at, stop = offsets[first], offsets[after - 1] + 1
            if runs and runs[-1][0] <= at < runs[-1][1]:
                runs[-1][1] = max(runs[-1][1], stop)
            elif runs and at >= runs[-1][1] and _is_layout(source, runs[-1][1], at):
                runs[-1][1] = stop
            else:
                runs.append([at, stop])
        return tuple(Span(a, b) for a, b in runs)

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Find a pattern in the cleaned characters."""
        return pattern.finditer(self.value)


_WHITE = re.compile(r"\s+")
# What a converter puts between two pieces of one sentence: tags, emphasis, escapes, a soft hyphen.
_LAYOUT = re.compile(r"(?:\s|[*_\\\u00ad$^{}-]|</?[a-zA-Z][^<>\n]{0,40}>|&nbsp;)*")


def _is_layout(source: str, start: int, end: int) -> bool:
    return start == end or _LAYOUT.fullmatch(source, start, end) is not None
