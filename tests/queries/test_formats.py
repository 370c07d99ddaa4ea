"""Answers in every form, true to the data and harmless to who reads them."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from auditgraph.errors import UsageError
from auditgraph.queries.formats import FORMATS, GRAPH_FORMATS, ROW_FORMATS, write
from auditgraph.queries.named import closest, named_queries, named_query, parse_query
from auditgraph.queries.results import Row, Rows, Triples, Truth, tidy

HOSTILE = 'a "b", <b>|`c`\x1b[31m\td\ne\u202e'
INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def rows(plain: bool = True) -> Rows:
    cells: list[Row] = [
        (ox.Literal(HOSTILE), ox.Literal("7", datatype=INTEGER), None),
        (ox.NamedNode("http://x.org/"), None, None),
    ]
    return Rows(("text", "number", "nothing"), iter(cells), plain)


def written(form: str | None, result: Rows | Triples | Truth) -> str:
    out = io.StringIO()
    write(result, form, out)
    return out.getvalue()


def test_csv_has_the_data_as_it_is() -> None:
    table = list(csv.reader(io.StringIO(written("csv", rows()), newline="")))
    assert table == [["text", "number", "nothing"], [HOSTILE, "7", ""], ["http://x.org/", "", ""]]


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(written("json", rows())) == [
        {"text": HOSTILE, "number": 7, "nothing": None},
        {"text": "http://x.org/", "number": None, "nothing": None},
    ]


def test_tsv_of_named_queries_is_plain_and_of_others_by_the_standard() -> None:
    assert written("tsv", rows()).splitlines()[0] == "text\tnumber\tnothing"
    solutions = ox.parse_query_results(written("tsv", rows(plain=False)), ox.QueryResultsFormat.TSV)
    assert isinstance(solutions, ox.QuerySolutions)
    first, second = list(solutions)
    assert first["text"] == ox.Literal(HOSTILE)
    assert first["number"] == ox.Literal("7", datatype=INTEGER)
    assert second["nothing"] is None


def test_the_standard_forms_are_read_by_the_engine() -> None:
    for form, syntax in (("srj", ox.QueryResultsFormat.JSON), ("srx", ox.QueryResultsFormat.XML)):
        solutions = ox.parse_query_results(written(form, rows()), syntax)
        assert isinstance(solutions, ox.QuerySolutions)
        first, second = list(solutions)
        # XML has no escape character.
        assert first["text"] == ox.Literal(HOSTILE if form == "srj" else HOSTILE.replace("\x1b", "\ufffd"))
        assert second["text"] == ox.NamedNode("http://x.org/")
        assert first["nothing"] is None
        assert bool(ox.parse_query_results(written(form, Truth(True)), syntax)) is True
    ElementTree.fromstring(written("srx", rows()))


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_what_people_read_can_not_steer_a_terminal(form: str) -> None:
    text = written(form, rows())
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert len(text.splitlines()) == 4


def test_markdown_shows_the_text_as_it_is() -> None:
    assert r"\<b\>\|\`c\`" in written("markdown", rows())


def test_a_rich_table_holds_markup_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    write(Rows(("a",), iter([(ox.Literal("[red]x[/red]\x1b[31m"),)])), None, io.StringIO(), terminal=True)
    said = capsys.readouterr().out
    assert "[red]x[/red]\\x1b[31m" in said
    assert "1 row" in said


@pytest.mark.parametrize("form", ROW_FORMATS)
def test_no_rows_are_a_header(form: str) -> None:
    assert "a" in written(form, Rows(("a",), iter([]))) or form == "json"


@pytest.mark.parametrize("form", [form for form in GRAPH_FORMATS if form != "ntriples"])
def test_triples_are_the_same_text_on_every_run(form: str) -> None:
    a, b = (ox.NamedNode(f"https://w3id.org/auditgraph/ontology#{c}") for c in "ab")
    triples = [ox.Triple(a, b, ox.Literal("x")), ox.Triple(a, a, b)]
    assert written(form, Triples(iter(triples))) == written(form, Triples(iter(triples[::-1])))
    assert "ag:b" in written(form, Triples(iter(triples)))


def test_forms_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UsageError, match="turtle"):
        written("csv", Triples(iter([])))
    for form in GRAPH_FORMATS:
        with pytest.raises(UsageError, match="csv"):
            written(form, rows())
    assert set(FORMATS) == {*ROW_FORMATS, *GRAPH_FORMATS}


def test_rows_of_a_named_query_are_distinct_and_in_natural_order() -> None:
    cells = [("rec 10", "x"), ("rec 2", "x"), ("9", "y"), ("rec 2", "x"), ("25", None)]
    given: list[Row] = [(ox.Literal("drop"), *(ox.Literal(c) if c else None for c in row)) for row in cells]
    result = tidy(Rows(("extra", "place", "what"), given), ("place", "what"))
    assert result.columns == ("place", "what")
    assert [row[0].value for row in result.rows if row[0]] == ["9", "25", "rec 2", "rec 10"]


def test_headers_are_read() -> None:
    query = parse_query(
        "x",
        "# title: A title\n# answers: one row for each\n#   thing there is\n# parameter: entity - only this one\n"
        "# columns: a b\n# why: because\nPREFIX ag: <http://x.org/>\n"
        "SELECT DISTINCT ?a (STR(?c) AS ?b) ?more WHERE { ?a ag:c ?c }",
    )
    assert (query.title, query.answers) == ("A title", "one row for each thing there is")
    assert query.parameters == {"entity": "only this one"}
    assert query.columns == ("a", "b")
    bare = parse_query("y", "SELECT ?a (STR(CONCAT(?c, 'x')) AS ?b) (COUNT(?d) AS ?n)\n{ ?a ?c ?d } GROUP BY ?a")
    assert (bare.title, bare.columns) == ("y", ("a", "b", "n"))


def test_every_named_query_tells_what_it_is() -> None:
    assert named_queries()
    for query in named_queries().values():
        assert query.title != query.name
        assert query.columns[0] == "report"


def test_a_wrong_name_meets_the_right_one() -> None:
    with pytest.raises(UsageError, match="Did you mean recommendations"):
        named_query("recomendation")
    assert closest("2031/08", ["2031/008", "1999/444"])[0] == "2031/008"
    assert not closest("zzz", ["2031/008"])
