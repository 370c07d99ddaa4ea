"""The policies, standards, bulletins, manuals and plans that a report cites, and where it does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from auditgraph.loaders.extract.described import owners
from auditgraph.loaders.extract.instrument_book import Book, Entry
from auditgraph.loaders.extract.instrument_mentions import Mention, mentions, named_in
from auditgraph.loaders.extract.reading import merged, of_the_form, runs
from auditgraph.model import Abbreviation, Citation, Instrument, Passage, ProseKind, Said, Skeleton

__all__ = ["Cited", "cited_instruments"]


@dataclass(frozen=True, slots=True)
class Cited:
    """An instrument and the places that cite it."""

    instrument: Instrument
    citations: tuple[Citation, ...]


def cited_instruments(skeleton: Skeleton, abbreviations: Iterable[Abbreviation] = ()) -> tuple[Cited, ...]:
    """Return the instruments that a report cites, resolutions aside, in order of their first mention.

    Titles are as printed in their fullest form. Shorter forms ("Procurement Manual" after "United Nations Procurement
    Manual"), initials that the report defines for a title, and identifiers printed beside it are the same one.
    """
    body = [
        run
        for run in runs(skeleton)
        if run.kind not in (ProseKind.CAPTION, ProseKind.LETTER) and run.place != "signature" and not of_the_form(run)
    ]
    abbreviations = tuple(abbreviations)
    bodies = owners(abbreviations)
    book = Book()
    known = named_in(run.text.value for run in body)
    for run in body:
        for mention in mentions(run, known, bodies):
            book.add(mention)
    book.settle()
    book.shorten(body, abbreviations)
    return tuple(_cited(skeleton, entry) for entry in book.entries if any(_counts(m) for m in entry.mentions))


def _counts(mention: Mention) -> bool:
    return mention.run.kind is not ProseKind.HEADING


def _cited(skeleton: Skeleton, entry: Entry) -> Cited:
    titled = entry.title
    identified = next((m for m in entry.mentions if m.identifier and m.year), None)
    identified = identified or next((m for m in entry.mentions if m.identifier), None)
    shown = titled or identified
    assert shown is not None
    title = titled.title if titled else shown.identifier
    dated = next((m for m in entry.mentions if m.year), None)
    key = _slug(identified.identifier if identified else title)
    instrument = Instrument(
        key,
        Said(title, _passages(skeleton, shown)),
        Said(identified.identifier, _passages(skeleton, identified)) if identified else None,
        Said(dated.year, _passages(skeleton, dated, 30)) if dated else None,
    )
    places: dict[str, tuple[Passage, ...]] = {}
    for mention in sorted((m for m in entry.mentions if _counts(m)), key=lambda m: m.run.text.offset(m.start)):
        places[mention.run.place] = merged(places.get(mention.run.place, ()), _passages(skeleton, mention))
    return Cited(instrument, tuple(Citation(place, evidence, instrument=key) for place, evidence in places.items()))


def _passages(skeleton: Skeleton, mention: Mention, more: int = 0) -> tuple[Passage, ...]:
    end = mention.end
    if more and mention.year:
        at = mention.run.text.value.find(mention.year, mention.start, mention.end + more)
        end = max(end, at + 4)
    return mention.run.passages(skeleton, mention.start, end)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:90]
