"""Find a verbatim quote in a text whose layout was undone."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

__all__ = ["clean", "coded", "excerpt", "find_quote", "mark", "marked"]

# What no page may hold: controls of terminals and the like (XML 1.0, production 2).
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff￾￿]")
_START, _END = "\x02", "\x03"


def clean(html: str) -> str:
    """Replace control characters by U+FFFD.

    >>> clean("a\\x1b[31mb")
    'a�[31mb'
    """
    return _CONTROLS.sub("\ufffd", html)


def coded(text: str) -> Markup:
    """Return text in which what stands between backquotes is code.

    >>> coded("`high` & low")
    Markup('<code>high</code> &amp; low')
    """
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a quote stands in a text, whatever white space, hyphens and markup part its letters.

    >>> find_quote("The internal audit was late.", "inter-\\nnal **audit**")
    (4, 18)
    >>> find_quote("The audit", "a budget") is None
    True
    """
    at = text.find(quote)
    if at >= 0 and quote.strip() == quote != "":
        return at, at + len(quote)
    letters = [(c.casefold(), at) for at, c in enumerate(text) if c.isalnum()]
    wanted = "".join(c.casefold() for c in quote if c.isalnum())
    if not wanted:
        return None
    plain = "".join(c for c, _ in letters)
    if len(plain) != len(letters):  # a letter that folds to two: ß
        at = text.find(quote)
    if at >= 0 and quote.strip() == quote != "":
        return at, at + len(quote)
    letters = [(c, at) for folded, at in letters for c in folded]
    found = plain.find(wanted)
    if found < 0:
        return None
    return letters[found][1], letters[found + len(wanted) - 1][1] + 1


def mark(text: str, *quotes: str) -> Markup:
    """Return a text escaped, with the first of the quotes that stands in it marked.

    >>> mark("a <b> c", "b")
    Markup('a &lt;<mark id="quote">b</mark>&gt; c')
    """
    for quote in quotes:
        span = find_quote(text, quote)
        if span:
            first, last = span
            return Markup('{}<mark id="quote">{}</mark>{}').format(text[:first], text[first:last], text[last:])
    return escape(text)


def excerpt(text: str, name: str, around: int = 110) -> Markup:
    """Return the part of a text around a name, with the name marked; the beginning where the name is not in it."""
    span = find_quote(text, name)
    first, last = span or (0, 0)
    start = max(0, first - around)
    end = min(len(text), max(last, first) + around + (0 if span else around))
    if start:
        start = text.find(" ", start, first) + 1 or start
    if end < len(text):
        cut = text.rfind(" ", last, end)
        end = cut if cut > last else end
    body = (
        Markup("{}<mark>{}</mark>{}").format(text[start:first], text[first:last], text[last:end])
        if span
        else escape(text[start:end])
    )
    return Markup("{}{}{}").format("…" if start else "", body, "…" if end < len(text) else "")


def marked(snippet: str) -> Markup:
    """Return a snippet of the index escaped; what stands between STX and ETX is marked.

    >>> marked("a \\x02<b>\\x03")
    Markup('a <mark>&lt;b&gt;</mark>')
    """
    return Markup(str(escape(snippet)).replace(_START, "<mark>").replace(_END, "</mark>"))
