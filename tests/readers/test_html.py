"""HTML as people save it: lists, tables, nested layouts, encodings, ruins."""

from __future__ import annotations

import quopri

import pytest

from auditgraph.errors import SourceError
from auditgraph.loaders.source import read_bytes


def text_of(body: str) -> str:
    return read_bytes("a.html", f"<html><body>{body}</body></html>".encode()).text.strip("\n")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One\n  line<p>and <b>an</b>other", "One line\n\nand another"),
        ("one<br>two<div>three</div>four", "one\ntwo\nthree\nfour"),
        ("<p>&lt;b&gt; &eacute; &#8217; &#146;&nbsp;x</p>", "<b> é ’ ’ x"),
        ("risk<sup>1</sup>, m<sup>th</sup>", "risk¹, mth"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=7><li>a<li value=12>b<li>c</ol>", "7. a\n12. b\n13. c"),
        ("<ol type=a><li>x<ol type=i><li>y<li>z</ol></ol>", "a. x\ni. y\nii. z"),
        ('<ol style="list-style-type:upper-roman"><li>x</ol>', "I. x"),
        ("<ol><li>1. printed<li>2. too</ol>", "1. printed\n2. too"),
        ("<ul><li>x<li><p>y</p><p>z</p></ul>", "• x\n\n• y\n\nz"),
        ("<script>x()</script><style>p{}</style>t<p hidden>h</p><p style='display: none'>i</p>", "t"),
        ("<pre>a   b\nc</pre>", "a   b\nc"),
        ("<table><tr><th>A<th>B<tr><td>1<br>2<td><p>3</p><p>4</p></table>", "A\tB\n1 2\t3 4"),
        ("<table><tr><td rowspan=2>A<td>b<tr><td>c</table>", "A\tb\n\tc"),
        ("<table><tr><td colspan=2>A<td>b<tr><td>1<td>2<td>3</table>", "A\t\tb\n1\t2\t3"),
        ("<table><tr><td rowspan=3>A<td colspan=2 rowspan=2>b<tr><td>c<tr><td>d<td>e<td>f</table>",
         "A\tb\t\n\t\t\tc\n\td\te\tf"),
        ("<table><tr><td>menu<td><table><tr><td>a<td>b</table><p>text</table>", "menu\n\na\tb\n\ntext"),
        ("<table><tr><td><p>boxed</p><p>text</p></table>", "boxed\n\ntext"),
    ],
)  # fmt: skip
def test_elements(body: str, text: str) -> None:
    assert text_of(body) == text


def test_charset_from_meta_and_declaration() -> None:
    page = "<html><head><meta charset=iso-8859-2></head><p>zażółć gęślą jaźń</p>"
    assert "zażółć" in read_bytes("a.html", page.encode("iso-8859-2")).text
    page = '<?xml version="1.0" encoding="windows-1252"?><html><p>the Mission’s</p></html>'
    assert read_bytes("a.xhtml", page.encode("cp1252")).text == "the Mission’s\n"


def test_saved_web_page() -> None:
    page = quopri.encodestring("<html><body><p>Côte d’Azur</p></body></html>".encode())
    mime = b"From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    part = b"--x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    assert read_bytes("a.mhtml", mime + part + page + b"\n--x--\n").text == "Côte d’Azur\n"
    with pytest.raises(SourceError, match="without an HTML part"):
        read_bytes("a.mht", mime + b"--x\nContent-Type: image/png\n\nx\n--x--\n")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li"])
def test_deep_nesting_ends_in_one_line(tag: str) -> None:
    with pytest.raises(SourceError, match="deep"):
        read_bytes("a.html", b"<html>" + f"<{tag}>".encode() * 100_000 + b"text")


def test_absurd_spans_are_bounded() -> None:
    assert len(text_of("<table><tr><td colspan=99999999 rowspan=99999999>a<td>b<tr><td>c</table>")) < 500
    assert text_of("<ol start=-99999999999999999999><li>x</ol>") == "-99999999999999999999. x"
