"""Undo what converters put into printed text: Markdown, HTML, LaTeX marks, escapes, odd characters."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from auditgraph.text import Text

__all__ = ["clean", "is_footnote_mark", "strip_marks"]

_BLOCK_TAGS = r"p|br|div|li|ol|ul|tr|td|th|table|tbody|thead|tfoot|h[1-6]|blockquote|center|hr|section|article"
_INLINE_TAGS = r"i|b|u|em|strong|span|font|small|big|a|s|ins|del|mark|sup|sub|tt|code|pre|img|o:p|strike|label"

# `<p class="x">`, `</li>`, `<br/>`: stands between words, so it becomes a space.
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s[^<>\n]{{0,300}})?/?>", re.I)
# `<i>`, `</strong>`: stands within words, so it goes.
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE_TAGS})(?:\s[^<>\n]{{0,300}})?/?>", re.I)
# `![](_page_3.jpeg)`: a picture.
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)")
# `[text](address)`: only the text was printed.
_LINK_HEAD = re.compile(r"\[(?=[^\[\]\n]{1,300}\]\((?:https?:|mailto:|#)[^)\s]{0,500}\))")
_LINK_TAIL = re.compile(r"\]\((?:https?:|mailto:|#)[^)\s]{0,500}\)")
# `\$`, `\&`, `\_`: the escape goes, the character stays.
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!$&%~|<>^\"'])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
# `**bold**`, `***both***`; a lone `*` only where it touches a word.
_STARS = re.compile(r"\*{2,3}|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])")
_UNDERSCORES = re.compile(r"(?<!\w)_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?!\w)")
# `$^{2}$`, `$^{\text{1}}$`, `^{3}`, `^1^`, `<sup>4</sup>`, `[^2]`: a footnote mark; `\(^{1}\)` as well.
_MARK = re.compile(
    r"\$[\s{]*\^[\s{^]*(?:\\(?:text|mathrm)[\s{]*)?(?:\d{1,2}|[*†‡])[\s}]*\$"
    r"|\\\(\s*\^\{?\d{1,2}\}?\s*\\\)|\^\{\d{1,2}\}|\^\d{1,2}\^|<sup>\s*\d{1,2}\s*</sup>|\[\^\d{1,2}\]",
    re.I,
)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUPERSCRIPT_DIGIT = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_SUPERSCRIPT = re.compile(r"\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
# Zero-width characters and soft hyphens are not printed.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
# Bullets of symbol fonts come as private-use characters.
_PRIVATE_BULLET = re.compile("[\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf02d\uf0e8]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\r\x0b]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LIGATURES = re.compile("[ﬀﬁﬂﬃﬄ]")
_LIGATURE = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_SPECIAL = re.compile(
    "[*\\\\<&$_^!\\[\\]\u00ad\u200b-\u200d\u2060\ufeff\uf000-\uf0ff]|[ﬀ-ﬄ]|[\x00-\x09\x0b-\x1f\x7f-\xa0\u2000-\u200a\u202f]"
)


def clean(text: Text) -> Text:
    """Return the characters that were printed; footnote marks become superscript digits.

    >>> clean(Text.of(r"**\\$1.2 million**&nbsp;was <i>spent</i>$^{2}$")).value
    '$1.2 million was spent²'
    """
    if not _SPECIAL.search(text.value):
        return text
    if "]" in text.value:
        text = text.sub(_IMAGE).sub(_LINK_HEAD).sub(_LINK_TAIL)
    text = _replaced(text, _MARK, _superscript)
    if "<" in text.value:
        text = text.sub(_BLOCK_TAG, " ").sub(_INLINE_TAG)
    text = _replaced(text, _ENTITY, html.unescape)
    text = text.sub(_ESCAPE)
    text = text.sub(_STARS) if "*" in text.value else text
    text = text.sub(_UNDERSCORES) if "_" in text.value else text
    text = text.sub(_INVISIBLE).sub(_PRIVATE_BULLET, "•").sub(_SPACES, " ").sub(_CONTROL, " ")
    return _replaced(text, _LIGATURES, _LIGATURE.__getitem__)


def strip_marks(text: Text) -> Text:
    """Return the text without superscript footnote marks.

    >>> strip_marks(Text.of("Critical ¹ / Important ²")).value
    'Critical / Important'
    """
    return text.sub(_SUPERSCRIPT) if _SUPERSCRIPT_DIGIT.search(text.value) else text


def is_footnote_mark(value: str) -> bool:
    """Tell whether a cleaned line begins with a footnote mark."""
    return bool(value) and value[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹"


def _replaced(text: Text, pattern: re.Pattern[str], make: Callable[[str], str]) -> Text:
    parts: list[Text] = []
    last = 0
    for match in pattern.finditer(text.value):
        parts += [text[last : match.start()], Text.at(make(match.group()), text.offset(match.start()))]
        last = match.end()
    return Text.joined([*parts, text[last:]], "") if parts else text


def _superscript(mark: str) -> str:
    return re.sub(r"\D", "", mark).translate(_SUPERSCRIPTS) or "¹"
