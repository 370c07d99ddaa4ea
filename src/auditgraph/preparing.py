"""Make a file's graph: read it, understand it, map it, and record where it came from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditgraph import __version__

if TYPE_CHECKING:
    from auditgraph.model import FollowUp, Listing, Report
    from auditgraph.store import GraphData

__all__ = ["graph_data", "ontology_version"]


def graph_data(path: Path, base: str) -> GraphData:
    """Return the graph of a file's report, listing or follow-up, with its record.

    Raises SourceError where the file can't be read or holds none of them.
    """
    from auditgraph.loaders import parse
    from auditgraph.loaders.mapping import drafted
    from auditgraph.loaders.source import read
    from auditgraph.model import FollowUp, Listing
    from auditgraph.store import GraphData, LoadRecord

    source = read(path)
    document = parse(source)
    draft = drafted(document, base)
    lines = draft.lines()
    if isinstance(document, Listing):
        about = _of_listing(document)
    else:
        about = _of_follow_up(document) if isinstance(document, FollowUp) else _of_report(document)
    record = LoadRecord(
        graph=draft.iri,
        source=path.name,
        sha256=source.sha256,
        loader=__version__,
        ontology=ontology_version(),
        base=base,
        quads=len(lines),
        **about,  # type: ignore[arg-type]
    )
    return GraphData(record, "".join(lines).encode())


def _of_report(report: Report) -> dict[str, object]:
    skeleton = report.skeleton
    names = {organisation.key: organisation for organisation in report.organisations}
    entities = tuple(
        (org.acronym or org.name).value if (org := names.get(said.value)) else said.value for said in report.entities
    )
    warnings = dict.fromkeys(
        f"{warn.place}: {warn.message}" if warn.place else warn.message
        for warn in (*skeleton.warnings, *report.warnings)
    )
    return {
        "key": report.key,
        "assignment": skeleton.assignment.value if skeleton.assignment else "",
        "title": skeleton.title.value if skeleton.title else "",
        "entities": entities,
        "warnings": tuple(warnings),
    }


def _of_listing(listing: Listing) -> dict[str, object]:
    return {
        "key": listing.key,
        "title": f"Listing of {len(listing.entries)} reports",
        "warnings": tuple(warn.message for warn in listing.warnings),
    }


def _of_follow_up(document: FollowUp) -> dict[str, object]:
    reports = {said.report or said.assignment for said in document.statements}
    about = {(said.report or said.assignment, said.number) for said in document.statements}
    plural = "" if len(reports) == 1 else "s"
    return {
        "key": document.key,
        "title": f"State of {len(about)} recommendations of {len(reports)} report{plural}",
        "warnings": tuple(warn.message for warn in document.warnings),
    }


def ontology_version() -> str:
    """Return the version of the ontology that graphs are made with."""
    from auditgraph.ontology.namespaces import VERSION

    return VERSION
