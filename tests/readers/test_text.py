"""Text of any encoding and any newline becomes the same canonical text, and nothing else changes."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditgraph.errors import SourceError
from auditgraph.loaders.readers.text import canonical, decode, read_text

PROSE = "The Mission’s “plan” – a café in Côte d’Ivoire • “naïve” it was\n" * 4


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"],
)
def test_encodings(encoding: str) -> None:
    assert read_text(PROSE.encode(encoding)) == PROSE


def test_byte_order_marks() -> None:
    assert read_text(codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be")) == PROSE
    assert read_text(codecs.BOM_UTF32_LE + PROSE.encode("utf-32-le")) == PROSE


def test_cyrillic_is_not_taken_for_western() -> None:
    text = "Миссия Организации Объединенных Наций в Руритании. Отчет о проверке садового инвентаря.\n" * 5
    assert read_text(text.encode("cp1251")) == text


def test_a_stray_byte_leaves_utf8_what_it_is() -> None:
    assert read_text(PROSE.encode() + b"the Mission\x92s") == PROSE + "the Mission’s"


def test_declared_encoding_counts_only_where_utf8_fails() -> None:
    assert decode("Zażółć gęślą jaźń".encode("iso-8859-2"), "iso-8859-2") == "Zażółć gęślą jaźń"
    assert decode("Zażółć".encode(), "iso-8859-2") == "Zażółć"
    assert decode("café".encode("cp1252"), "no-such-encoding") == "café"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\r\r\n", "\u2028", "\x85", "\v"])
def test_newlines(newline: str) -> None:
    assert canonical(f"one{newline}two{newline}{newline}three") == "one\ntwo\n\nthree"


def test_controls_go_and_layout_stays() -> None:
    assert canonical("a\x00b\x1b[31mc\x7f\td\fe\u00a0f\u00adg\ufeff") == "ab[31mc\td\fe\u00a0f\u00adg"


def test_latin1_controls_are_what_cp1252_says() -> None:
    assert canonical("the Mission\x92s \x93plan\x94") == "the Mission’s “plan”"


@given(st.text())
def test_canonical_text_stays_as_it_is(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert "\r" not in once
    assert "\0" not in once


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\u2028\u2029")))
def test_printed_text_is_verbatim(text: str) -> None:
    assert canonical(text) == text


@given(st.binary(min_size=600, max_size=2000).filter(lambda data: len(set(data)) > 200))
def test_binary_data_is_refused_or_read(data: bytes) -> None:
    with contextlib.suppress(SourceError):
        read_text(data)
