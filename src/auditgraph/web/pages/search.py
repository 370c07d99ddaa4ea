"""Search over names and full text, bounded whatever is asked."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from auditgraph.web.pages.marking import clean, marked
from auditgraph.web.pages.pages import Pages, page_number
from auditgraph.web.pages.tables import Tables

__all__ = ["Hit", "headings", "match_of", "name_hits", "routes", "suggestions", "text_hits"]

# Characters and words of a question that are looked at.
_LONGEST, _WORDS = 300, 16
_PIECE = re.compile(r'"([^"]*)"?|(\S+)')
_PAGE, _NAMES = 20, 12
# Hits beyond are not counted, pages beyond not given.
_MOST = 1000
_SECONDS = 2.0
_FILTERS = {"": "Everything", "paragraph": "Paragraphs", "recommendation": "Recommendations", "response": "Responses",
            "finding": "Findings", "report": "Reports"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """A place of a report that holds the words."""

    iri: str
    kind: str
    name: str
    report: str
    key: str
    title: str
    text: Markup


def match_of(question: str, every: bool = True) -> str:
    """Return a question as a phrase query of FTS5 in which nothing is an operator; empty where it holds no word.

    What stands in quotes or without a space is one phrase; the last word may go on.

    >>> match_of('fuel "cash box" S/RES/2364')
    '"fuel" AND "cash box" AND "S/RES/2364" *'
    >>> match_of("OR * ) NEAR( --"), match_of("?!")
    ('"OR" AND "NEAR(" *', '')
    """
    question = clean(question[:_LONGEST]).replace("\0", " ")
    pieces = [(a or b).replace('"', " ") for a, b in _PIECE.findall(question)]
    phrases = [f'"{piece.strip()}"' for piece in pieces if any(c.isalnum() for c in piece)][:_WORDS]
    if not phrases:
        return ""
    # A quotation is meant as it stands; a word at the end may still be typed.
    if not question.rstrip().endswith('"'):
        phrases[-1] += " *"
    return (" AND " if every else " OR ").join(phrases)


def name_hits(catalogue: Tables, question: str, most: int = _NAMES, every: bool = True) -> list[sqlite3.Row]:
    """Return the shared things and reports whose names hold the words; exact acronyms and frequent things first."""
    match = match_of(question, every)
    if not match:
        return []
    sql = """SELECT t.iri, t.kind, t.label, t.acronym, t.reports FROM names JOIN thing t ON t.id = names.rowid
      WHERE names MATCH ? ORDER BY t.acronym = ? COLLATE NOCASE DESC, t.label = ? COLLATE NOCASE DESC,
      bm25(names, 3.0, 8.0, 1.0) - min(t.reports, 50) * 0.1 LIMIT ?"""
    said = question.strip()
    with catalogue.bounded(_SECONDS) as connection:
        try:
            return connection.execute(sql, (match, said, said, most)).fetchall()
        except sqlite3.OperationalError:
            return []


def text_hits(catalogue: Tables, question: str, kind: str = "", page: int = 1) -> tuple[list[Hit], int]:
    """Return a page of the places that hold the words, the best first, and how many there are (at most 1000)."""
    match = match_of(question)
    if not match:
        return [], 0
    only = "AND p.kind = ?" if kind else ""
    inner = f"SELECT words.rowid AS id FROM words JOIN place p ON p.id = words.rowid WHERE words MATCH ? {only}"
    values = (match, kind) if kind else (match,)
    sql = f"""SELECT p.iri, p.kind, p.name, r.iri AS report, r.key, r.title,
        snippet(words, 0, char(2), char(3), '…', 48) AS text
      FROM words JOIN place p ON p.id = words.rowid JOIN report r ON r.id = p.report
      WHERE words MATCH ? {only} %s LIMIT ? OFFSET ?"""
    bounds = (_PAGE, (page - 1) * _PAGE)
    with catalogue.bounded(_SECONDS) as connection:
        try:
            total = connection.execute(f"SELECT count(*) FROM ({inner} LIMIT {_MOST})", values).fetchone()[0]
            try:
                rows = connection.execute(sql % "ORDER BY bm25(words)", (*values, *bounds)).fetchall()
            except sqlite3.OperationalError:
                # Words that are everywhere: whatever comes first is as good.
                with catalogue.bounded(_SECONDS):
                    rows = connection.execute(sql % "", (*values, *bounds)).fetchall()
        except sqlite3.OperationalError:
            return [], 0
    return [Hit(row["iri"], row["kind"], row["name"], row["report"], row["key"], row["title"], marked(row["text"]))
            for row in rows], total  # fmt: skip


def headings(catalogue: Tables, question: str, most: int = 8) -> list[tuple[str, str]]:
    """Return findings whose headings hold the words, as (IRI, heading)."""
    match = match_of(question)
    sql = """SELECT p.iri, words.body FROM words JOIN place p ON p.id = words.rowid
      WHERE words MATCH ? AND p.kind = 'finding' ORDER BY bm25(words) LIMIT ?"""
    with catalogue.bounded(_SECONDS) as connection:
        try:
            return [(row["iri"], row["body"]) for row in connection.execute(sql, (match, most))] if match else []
        except sqlite3.OperationalError:
            return []


def suggestions(catalogue: Tables, path: str) -> list[sqlite3.Row]:
    """Return things that may be meant by an address that leads nowhere."""
    words = " ".join(re.findall(r"\w+", path.rpartition("report/")[2])[-6:])
    tail = " ".join(re.findall(r"\w+", path.rstrip("/").rpartition("/")[2]))
    return name_hits(catalogue, tail, 8) or name_hits(catalogue, words, 8, every=False)


def routes(pages: Pages) -> list[BaseRoute]:
    """Return the route of the search."""

    def search(request: Request) -> Response:
        if known := pages.known(request):
            return known
        question = request.query_params.get("q", "").strip()[:_LONGEST]
        kind = request.query_params.get("in", "")
        kind = kind if kind in _FILTERS else ""
        number = page_number(request, _MOST // _PAGE)
        catalogue = pages.catalogue
        hits, total = text_hits(catalogue, question, kind, number)
        names = name_hits(catalogue, question) if number == 1 and not kind else []
        loose = name_hits(catalogue, question, every=False) if question and not hits and not names else []
        return pages.answer(
            request, "pages/search.html.j2", q=question, kind=kind, hits=hits, total=total, names=names, loose=loose,
            number=number, pages=-(-total // _PAGE), filters=_FILTERS, most=_MOST, behind=catalogue.behind,
            done=catalogue.done, all=catalogue.total,
        )  # fmt: skip

    return [Route("/search", search, name="search")]
