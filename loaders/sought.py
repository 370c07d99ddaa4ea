"""Patterns that are tried only where a text has words that they can't match without.

Most patterns of the loaders look for what few sentences say, and take a thousand times as long to find that out as it
takes to see that "resolution" stands nowhere in a sentence. The words are read from the pattern itself, so that nobody
has to keep them in step with it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

__all__ = ["Sought", "needs", "sought"]

# How likely a character is in a text, roughly: letters are everywhere, other characters rarer, a space says nothing.
_LETTER, _OTHER, _SPACE = 0.3, 0.1, 1.0
# Needs that most texts meet spare nothing.
_TOO_LIKELY = 0.2


class Sought:
    """A compiled pattern that knows what it can't match without.

    >>> cited = sought(r"\\b(?:resolution|decision)s? (\\d+)")
    >>> cited.needs
    ('decision', 'resolution')
    >>> [match[1] for match in cited.finditer("Decision 2 and resolutions 1701")]
    ['1701']
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Return case-folded words of which any text that the pattern matches has one; empty where none are sure."""
        return needs(self.pattern)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find the pattern in a text, as `re.Pattern.finditer` does."""
        if self.needs:  # as `_may_match`, without a call: most of what this does is to say no
            folded = _folded(text)
            for need in self.needs:
                if need in folded:
                    break
            else:
                return iter(())
        return self.pattern.finditer(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the pattern's first match in a text, as `re.Pattern.search` does."""
        return self.pattern.search(text, start, end) if self._may_match(text) else None

    def _may_match(self, text: str) -> bool:
        if not self.needs:
            return True
        folded = _folded(text)
        for need in self.needs:  # noqa: SIM110 (any() takes twice as long)
            if need in folded:
                return True
        return False


def sought(pattern: str, flags: int = 0) -> Sought:
    """Return a pattern that is tried only where it may match."""
    return Sought(re.compile(pattern, flags))


def needs(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return case-folded words of which any text that a pattern matches has one; empty where none are sure.

    >>> needs(re.compile(r"(?<!\\w)(?:[Tt]he )?(?:Policy|Manual)(?:, \\d+)?"))
    ('manual', 'policy')
    >>> needs(re.compile(r"\\d+ (?:sites)?"))
    ()
    """
    try:
        from re import _parser  # type: ignore[attr-defined]  # no public way to read a pattern

        found = _best(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    except (ImportError, AttributeError, TypeError, ValueError):  # another Python: every text is tried
        return ()
    return tuple(sorted(found or ()))


# One text is asked about by dozens of patterns in turn.
_folded = lru_cache(maxsize=256)(str.casefold)


def _best(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """Return the needs of a sequence of pattern items that fewest texts meet, or None."""
    best = min(_candidates(items), key=_likelihood, default=None)
    return best if best is not None and _likelihood(best) < _TOO_LIKELY else None


def _candidates(items: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    """Yield sets of words of which a match of the items has one: their runs of letters, their branches, their parts."""
    run = ""
    for kind, given in items:
        name = str(kind)
        letter = _letter(name, given)
        if letter:
            run += letter
            continue
        if name in {"AT", "ASSERT_NOT"}:  # no character of the match stands here
            continue
        inner = _inner(name, given)
        if inner:
            yield inner
        if name != "ASSERT":
            if run:
                yield frozenset({run})
            run = ""
    if run:
        yield frozenset({run})


def _letter(name: str, given: Any) -> str:
    """Return the one character, case-folded, that an item stands for: `t` of `t` and of `[Tt]`."""
    if name == "LITERAL":
        return chr(given).casefold()
    if name == "IN":
        either = {chr(what).casefold() if str(how) == "LITERAL" else "" for how, what in given}
        return either.pop() if len(either) == 1 else ""
    return ""


def _inner(name: str, given: Any) -> frozenset[str] | None:
    """Return the needs of an item with items inside."""
    if name == "BRANCH":
        branches = [_best(branch) for branch in given[1]]
        words = [word for branch in branches if branch for word in branch]
        return _shortest(words) if all(branches) else None
    if name == "SUBPATTERN":
        return _best(given[3])
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return _best(given[2]) if given[0] else None
    if name == "ASSERT":
        return _best(given[1])
    return _best(given) if name == "ATOMIC_GROUP" else None


def _shortest(words: Iterable[str]) -> frozenset[str]:
    """Leave out words that have another within them."""
    kept: list[str] = []
    for word in sorted(set(words), key=len):
        if not any(other in word for other in kept):
            kept.append(word)
    return frozenset(kept)


def _likelihood(words: frozenset[str]) -> float:
    """Return roughly how likely a text is to have one of the words."""
    total = 0.0
    for word in words:
        chance = 1.0
        for c in word:
            chance *= _LETTER if c.isalpha() else _SPACE if c == " " else _OTHER
        total += chance
    return total
