"""Read plain text: find its encoding, make it canonical, change nothing else."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from auditgraph.errors import SourceError

__all__ = ["canonical", "decode", "read_text"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The encodings of Western text, the likelier first: it wins a tie.
_WESTERN = ("cp1252", "mac_roman", "cp850", "cp437")
# What an English or French report prints besides ASCII and accented letters.
_USUAL = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2022\u2026\u00a0\u00ad«»§°·¹²³½¼¾€£™®©−")
_SAMPLE = 256 * 1024

_NEWLINE = re.compile("[\r\u2028\u2029\u0085\v]")
_NEWLINES = re.compile("\r*\n|[\r\u2028\u2029\u0085\v]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
_C1 = re.compile("[\x80-\x9f]")


def read_text(data: bytes) -> str:
    """Return the canonical text of a plain text file; markup in it stays as it stands.

    Raises SourceError where the bytes are no text.
    """
    return canonical(decode(data))


def canonical(text: str) -> str:
    r"""Return text with newlines `\n` only, and no byte-order marks or control characters but tab and form feed.

    Control characters of Latin-1 are what cp1252 says of the same byte: no other text has them.

    >>> canonical("\ufeffTitle\r\nA\x1b[31m line\r\x92")
    'Title\nA[31m line\n’'
    """
    text = _NEWLINES.sub("\n", text) if _NEWLINE.search(text) else text
    text = _CONTROLS.sub("", text)
    return _C1.sub(lambda match: _cp1252(match[0]), text)


def decode(data: bytes, declared: str = "") -> str:
    """Decode bytes: by their byte-order mark, else as strict UTF-8, else as declared, else as they look most like.

    Raises SourceError where the bytes look like no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    if encoding := _wide(data):
        return _checked(data.decode(encoding, "replace"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if declared and (text := _try(data, declared)) is not None:
        return _checked(text)
    return _checked(_guess(data))


def _checked(text: str) -> str:
    sample = text[:_SAMPLE]
    strange = len(_CONTROLS.findall(sample)) + sample.count("\ufffd")
    if strange * 20 > len(sample) + 100:  # a converter leaves a stray one here and there, binary data one in ten
        raise SourceError("is binary data, not text", "Give the report as PDF, DOCX, HTML or text.")
    return text


def _wide(data: bytes) -> str:
    """Name UTF-16 or UTF-32 without a mark by where its zero bytes stand, or return an empty string."""
    sample = data[: 4096 - 4096 % 4]
    quarter = len(sample) // 4
    if quarter < 2 or b"\0" not in sample:
        return ""
    zeros = [sample[i::4].count(0) for i in range(4)]
    full = [count > quarter * 0.7 for count in zeros]
    none = [count < quarter * 0.1 + 1 for count in zeros]
    if full[1] and full[2] and full[3] and none[0]:
        return "utf-32-le"
    if full[0] and full[1] and full[2] and none[3]:
        return "utf-32-be"
    if full[1] and full[3] and none[0] and none[2]:
        return "utf-16-le"
    if full[0] and full[2] and none[1] and none[3]:
        return "utf-16-be"
    return ""


def _guess(data: bytes) -> str:
    first = _HIGH_BYTE.search(data)
    start = max(0, first.start() - 100) if first else 0
    sample = data[start : start + _SAMPLE]
    wide = len(_HIGH.findall(sample.decode("utf-8", "auditgraph-cp1252")))
    broken = wide - len(_HIGH.findall(sample.decode("utf-8", "ignore")))
    if broken * 4 < wide:
        return data.decode("utf-8", "auditgraph-cp1252")  # UTF-8 with a few bytes of something else in it
    high = sum(byte > 0x7F for byte in sample)
    letters = sum(byte > 0x7F or 0x40 < byte < 0x7B for byte in sample)
    best = max(_WESTERN, key=lambda encoding: _likeness(sample, encoding))
    if (high * 4 < letters or high < 8) and _likeness(sample, best) > 0:
        return data.decode(best, "auditgraph-cp1252")
    from charset_normalizer import from_bytes

    match = from_bytes(sample).best()
    return data.decode(match.encoding if match else "cp1252", "replace")


def _likeness(data: bytes, encoding: str) -> int:
    """Tell how much like Western text bytes are in an encoding: good characters less bad, of the first ones."""
    text = data.decode(encoding, "replace")
    score = 0
    for match in islice(_HIGH.finditer(text), 2000):
        before, char, after = text[match.start() - 1 : match.start()], match[0], text[match.end() : match.end() + 1]
        if char in _USUAL:
            good = True
        elif char.islower():
            good = before.isalpha() or after.isalpha()
        else:
            good = char.isupper() and after.isalpha() and not before.islower()
        score += 1 if good else -1
    return score


_HIGH = re.compile("[^\x00-\x7f]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _cp1252(char: str) -> str:
    return bytes([ord(char)]).decode("cp1252", "ignore")


def _bad_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("auditgraph-cp1252", _bad_byte)
