"""The media types of answers, and the short names that clients give them."""

from __future__ import annotations

from collections.abc import Container, Mapping

from auditgraph.queries.safety import FORMS, tokens

__all__ = ["GRAPHS", "HTML", "NAMES", "ROWS", "content_type", "form_of", "named_media"]

HTML = "text/html"

# From the media type to the form of the reader process; the first is what a client gets that takes anything.
ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPHS: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/n-quads": "nquads",
    "application/trig": "trig",
    "text/n3": "turtle",  # Turtle is N3
    "application/x-turtle": "turtle",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
    "text/plain": "ntriples",
}

# `format=` and `output=`: for rows, for graphs.
NAMES: Mapping[str, tuple[str, str]] = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "srj": ("application/sparql-results+json", ""),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "srx": ("application/sparql-results+xml", ""),
    "csv": ("text/csv", ""),
    "tsv": ("text/tab-separated-values", ""),
    "turtle": ("", "text/turtle"),
    "ttl": ("", "text/turtle"),
    "n3": ("", "text/n3"),
    "nt": ("", "application/n-triples"),
    "ntriples": ("", "application/n-triples"),
    "n-triples": ("", "application/n-triples"),
    "rdf": ("", "application/rdf+xml"),
    "rdfxml": ("", "application/rdf+xml"),
    "rdf+xml": ("", "application/rdf+xml"),
    "jsonld": ("", "application/ld+json"),
    "json-ld": ("", "application/ld+json"),
    "nq": ("", "application/n-quads"),
    "nquads": ("", "application/n-quads"),
    "trig": ("", "application/trig"),
    "html": (HTML, HTML),
}


def named_media(name: str, offers: Container[str]) -> str | None:
    """Return the media type that a short name, or a media type itself, means among `offers`; None where none.

    >>> named_media("JSON", ROWS), named_media("json", GRAPHS), named_media("text/csv", GRAPHS)
    ('application/sparql-results+json', 'application/ld+json', None)
    """
    said = name.strip().lower()
    # A plus sign that a client did not encode arrives as a space.
    for spelling in (said, said.replace(" ", "+")):
        if spelling in offers:
            return spelling
        for media in NAMES.get(spelling, ()):
            if media and (media in offers or media == HTML):
                return media
    return None


def form_of(sparql: str) -> str:
    """Return the form of a query: SELECT, ASK, CONSTRUCT, DESCRIBE; empty where it has none.

    >>> form_of("PREFIX select: <urn:x> # ask\\nConstruct { ?s ?p ?o } WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    words = (token[0].upper() for token in tokens(sparql) if token.lastgroup == "word")
    return next((word for word in words if word in FORMS), "")


def content_type(media: str) -> str:
    """Return the Content-Type of an answer in UTF-8.

    >>> content_type("text/csv"), content_type("application/json")
    ('text/csv; charset=utf-8', 'application/json')
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
