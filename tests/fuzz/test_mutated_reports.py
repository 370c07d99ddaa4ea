"""Whatever happened to a report, what comes out is a graph that rests on its words, or one of our own errors."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from mutated import mutated

from auditgraph.errors import SourceError
from auditgraph.loaders import parse
from auditgraph.loaders.mapping import quads
from auditgraph.loaders.source import read_bytes
from auditgraph.model import Report

CALM = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def check(text: str) -> None:
    """Read a text as a report; refuse every error but SourceError, and quotes that the text does not hold."""
    try:
        source = read_bytes("mutated.txt", text.encode("utf-8", "replace"))
        report = parse(source)
    except SourceError as error:
        if not str(error).startswith("mutated.txt: ") or "\n" in str(error):
            raise AssertionError("an error is one line that names the file") from error
        return
    graphs = {quad.graph_name for quad in quads(report)}
    assert len(graphs) == 1
    if isinstance(report, Report):
        for recommendation in report.skeleton.recommendations:
            for passage in recommendation.text.evidence:
                assert source.text[passage.span.start : passage.span.end] == passage.quote


@settings(max_examples=15, **CALM)  # type: ignore[arg-type]
@given(mutated())
def test_mutated_reports(text: str) -> None:
    check(text)


@pytest.mark.slow
@settings(max_examples=int(os.environ.get("AUDITGRAPH_FUZZ", "400")), **CALM)  # type: ignore[arg-type]
@given(mutated())
def test_many_mutated_reports(text: str) -> None:
    check(text)
