"""Skeletons made by hand for the tests of values: runs at any place, invented bodies, and a check of quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditgraph.model import Organisation, Passage, Prose, ProseKind, Said, Skeleton, SourceInfo, Text

__all__ = ["bodies", "body", "check_quotes", "report"]


def report(*runs: str | tuple[str, str] | tuple[str, ProseKind, str]) -> Skeleton:
    """Return a skeleton of runs: a text is paragraph 1; (place, text) a paragraph; (place, kind, text) any run."""
    full: list[tuple[str, ProseKind, str]] = []
    for run in runs:
        if isinstance(run, str):
            full.append(("1", ProseKind.PARAGRAPH, run))
        elif len(run) == 2:
            full.append((run[0], ProseKind.PARAGRAPH, run[1]))
        else:
            full.append(run)
    source, prose = "", []
    for place, kind, text in full:
        prose.append(Prose(place, kind, Text.of(text, len(source)), "table" if kind is ProseKind.CELL else ""))
        source += text + "\n"
    return Skeleton(source, SourceInfo("invented.txt", "0" * 64, "text/plain"), tuple(prose))


def body(key: str, name: str, acronym: str = "") -> Organisation:
    """Return an organisation without evidence."""
    return Organisation(key, Said(name, ()), Said(acronym, ()) if acronym else None)


def bodies() -> tuple[Organisation, ...]:
    """Return the invented bodies of the tests: a mission, its section, an office, a fund and the organs."""
    return (
        body("unmot", "United Nations Mission of Transition in Tessaria", "UNMOT"),
        body("unmot/eng", "Engineering Section"),
        body("oop", "United Nations Office for Ocean Partnerships", "OOP"),
        body("pbf", "Peacebuilding Fund", "PBF"),
        body("sc", "Security Council"),
        body("ga", "General Assembly"),
    )


def check_quotes(skeleton: Skeleton, evidence: Sequence[Passage], *words: str) -> None:
    """Assert that evidence stands verbatim in the source and shows the words."""
    assert evidence
    for passage in evidence:
        assert skeleton.source[passage.span.start : passage.span.end] == passage.quote
    quotes = re.sub(r"\s+", " ", " ".join(passage.quote for passage in evidence))
    for word in words:
        assert word in quotes
