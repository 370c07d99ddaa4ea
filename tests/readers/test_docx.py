"""Word documents as they print: numbers, changes, notes, boxes, tables; and the broken ones."""

from __future__ import annotations

import io
import zipfile

import pytest
from rendered import as_docx, report

from auditgraph.errors import SourceError
from auditgraph.loaders.source import read_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def package(body: str, **parts: str) -> bytes:
    """Return a document of that body and of other parts (numbering, styles, footnotes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        relations = "".join(f'<Relationship Id="{n}" Type="{RELATION}{n}" Target="{n}.xml"/>' for n in parts)
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="d" Type="{RELATION}officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{xml}</w:{name}>")
    return buffer.getvalue()


def text_of(body: str, **parts: str) -> str:
    return read_bytes("a.docx", package(body, **parts)).text.strip("\n")


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at: int, style: str, text: str, extra: str = "") -> str:
    style = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>'
    return f'<w:lvl w:ilvl="{at}">{style}{extra}<w:lvlText w:val="{text}"/></w:lvl>'


LEVELS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "lowerRoman", "(%3)")
    + level(3, "decimal", "%1.%4", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">' + level(0, "bullet", "\uf0b7") + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
    "</w:lvlOverride></w:num>"
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
)  # fmt: skip


def test_numbers_that_word_makes() -> None:
    body = item("a") + item("b", 1) + item("c", 1) + item("d", 2) + item("e") + item("f", 1) + item("g", 3)
    body += p("plain") + item("h", number=2) + item("i", number=4) + item("j", number=3) + item("k", number=3)
    assert text_of(body, numbering=LEVELS).split("\n\n") == [
        "1. a", "(a) b", "(b) c", "(i) d", "2. e", "(a) f", "2.1 g", "plain", "• h", "3. i", "7. j", "8. k",
    ]  # fmt: skip


def test_numbers_that_styles_give() -> None:
    styles = (
        '<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Para"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    off = '<w:pStyle w:val="Para"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("a", '<w:pStyle w:val="Para"/>') + p("b", off) + p("c", '<w:pStyle w:val="Loop"/>') + item("d")
    assert text_of(body, numbering=LEVELS, styles=styles).split("\n\n") == ["1. a", "b", "c", "2. d"]


def test_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>kept </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>one </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>two</w:t></w:r></w:p>"
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
    )
    assert text_of(body) == "kept new\n\none two"


def test_footnotes_follow_their_paragraph() -> None:
    notes = (
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="5">{p("first note")}</w:footnote><w:footnote w:id="2">{p("second")}</w:footnote>'
    )
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = f"<w:p><w:r><w:t>risk</w:t></w:r>{reference.format(5)}</w:p>" + p("between")
    body += f"<w:p><w:r><w:t>more</w:t></w:r>{reference.format(2)}</w:p>"
    assert text_of(body, footnotes=notes).split("\n\n") == [
        "risk¹", "¹ first note", "between", "more²", "² second",
    ]  # fmt: skip


def test_superscripts_breaks_and_symbols() -> None:
    body = (
        '<w:p><w:r><w:t>risk</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>12</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>(a)</w:t><w:tab/><w:t>text</w:t></w:r></w:p>"
        '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:t>x</w:t></w:r></w:p>'
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + p("next", "<w:pageBreakBefore/>")
    )
    assert text_of(body) == "risk¹²\n\na\nb\tc-d\n\n(a) text\n\n• x\n\f\n\fnext"


def test_tables() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(cells) + "</w:tr>"

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>"

    body = "<w:tbl>" + row(
        cell(p("A") + p("b"), '<w:vMerge w:val="restart"/>'), cell(p("wide"), '<w:gridSpan w:val="2"/>')
    )
    body += row(cell(p(""), "<w:vMerge/>"), cell(p("c")), f"<w:sdt><w:sdtContent>{cell(p('d'))}</w:sdtContent></w:sdt>")
    body += row(cell(item("")), cell(item("")), cell("<w:tbl>" + row(cell(p("in")), cell(p("ner"))) + "</w:tbl>"))
    body += "<w:tr><w:trPr><w:del/></w:trPr>" + cell(p("deleted")) + cell(p("row")) + "</w:tr></w:tbl>"
    body += "<w:tbl>" + row(cell(p("boxed"))) + row(cell(p("text"))) + "</w:tbl>"
    assert text_of(body, numbering=LEVELS) == "A b\twide\t\n\tc\td\n1.\t2.\tin ner\n\nboxed\n\ntext"


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p><w:r><w:t>before</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>" + p("after")
    )
    assert text_of(body) == "before\n\nin the box\n\nafter"


def test_strict_documents() -> None:
    data = package(p("strict"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(
                name,
                content.replace(b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml").replace(
                    b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"
                ),
            )
    assert read_bytes("a.docx", buffer.getvalue()).text == "strict\n"


# --- broken and hostile ----------------------------------------------------------------------------


def test_truncated() -> None:
    data = as_docx(report())
    for end in (10, 1000, len(data) // 2, len(data) - 1):
        with pytest.raises(SourceError, match="broken or cut-off"):
            read_bytes("a.docx", data[:end])


def test_billion_laughs() -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l11;</d>')
    with pytest.raises(SourceError):
        read_bytes("a.docx", buffer.getvalue())


def test_bombs_are_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<d>" + b" " * 50_000_000)
    with pytest.raises(SourceError, match="bomb"):
        read_bytes("a.docx", buffer.getvalue())
    bomb = bytearray(buffer.getvalue())
    declared = bomb.rindex(b"PK\x01\x02") + 24
    bomb[declared : declared + 4] = (1000).to_bytes(4, "little")  # the directory lies
    with pytest.raises(SourceError):
        read_bytes("a.docx", bytes(bomb))


def test_deep_xml() -> None:
    with pytest.raises(SourceError):
        text_of("<w:sdt>" * 5000 + "</w:sdt>" * 5000)
