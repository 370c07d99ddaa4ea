"""The families of documents that can be read: each a module that recognises its own and parses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from auditgraph.errors import SourceError
from auditgraph.loaders import followup, iad, listing
from auditgraph.loaders.source import Source
from auditgraph.model import FollowUp, Listing, Report

__all__ = ["FAMILIES", "Family", "parse"]


@dataclass(frozen=True, slots=True)
class Family:
    """A body's kind of document.

    `recognise` tells whether a source is one of its documents, as a word for the log or `""`; it may raise
    SourceError for a document that is its body's but no final report. `parse` reads a recognised source.
    """

    name: str
    title: str
    recognise: Callable[[Source], bool]
    parse: Callable[[Source], Report | Listing | FollowUp]


# Tables come first: one on the state of recommendations names an audit report's number as that report's cover does.
FAMILIES: tuple[Family, ...] = (
    Family("followup", "Tables of the state of recommendations", followup.recognise, followup.parse),
    Family("iad", "Reports of the Internal Audit Division of OIOS", iad.recognise, iad.parse),
    Family("listing", "The listing of audit reports on the web site of OIOS", listing.recognise, listing.parse),
)


def parse(source: Source, families: tuple[Family, ...] = FAMILIES) -> Report | Listing | FollowUp:
    """Read a source as a document of the first family that recognises it.

    Raises SourceError, in one line, where none does or where it holds nothing that a report must have.
    """
    for family in families:
        if family.recognise(source):
            return family.parse(source)
    known = "; ".join(family.title for family in families)
    raise SourceError(f"{source.name}: this is no report that auditgraph can read", f"It reads: {known}.")
