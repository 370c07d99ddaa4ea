"""Write the graph in the forms that RDF has, the same bytes on every run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from auditgraph.errors import AuditgraphError, UsageError
from auditgraph.rdf import write_rdf
from auditgraph.store import Store
from auditgraph.store.history import HISTORY_GRAPH
from auditgraph.store.records import STORE_GRAPH

__all__ = ["EXPORTS", "atomic_file", "export", "form_of"]

# Names and file endings of the forms.
EXPORTS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_ENDINGS = {
    ".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".nt": "ntriples", ".jsonld": "jsonld", ".rdf": "rdfxml",
    ".xml": "rdfxml", ".json": "jsonld",
}  # fmt: skip
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def form_of(path: Path) -> str:
    """Return the form that a file's name asks for.

    >>> form_of(Path("dump.nq.gz"))
    'nquads'
    """
    ending = (Path(path.stem) if path.suffix == ".gz" else path).suffix.lower()
    if ending not in _ENDINGS:
        raise UsageError(f"{path} does not tell its form", f"Give --format: {', '.join(EXPORTS)}")
    return _ENDINGS[ending]


def export(
    store: Store,
    out: IO[bytes],
    form: str,
    *,
    graphs: Iterable[str] | None = None,
    records: bool = False,
    warn: Callable[[str], None] = lambda message: None,
) -> int:
    """Write graphs (all of them where not named) to a binary stream and return the number of quads written.

    Graphs come in the order of their IRIs, quads in the order of their terms: two runs on one store, or
    on two that loaded the same files, write the same bytes. Memory holds one graph at a time. What the store
    knows of its loads (times, versions) is left out unless `records`.
    """
    if form not in EXPORTS:
        raise UsageError(f"there is no form {form!r}", f"Choose one of {', '.join(EXPORTS)}")
    rdf = EXPORTS[form]
    chosen = sorted(graphs) if graphs is not None else store.graphs()
    if records:
        chosen += [STORE_GRAPH.value, HISTORY_GRAPH.value]
    counter = _Counter()
    quads: Iterator[ox.Quad] = chain.from_iterable(_ordered(store.quads(graph)) for graph in chosen)
    if form == "rdfxml":
        quads = _for_xml(quads, warn)
    counted = counter.count(quads)
    write_rdf(counted if rdf.supports_datasets else (quad.triple for quad in counted), out, rdf)
    return counter.total


class _Counter:
    def __init__(self) -> None:
        self.total = 0

    def count(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in quads:
            self.total += 1
            yield quad


def _ordered(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return sorted(quads, key=_key)


def _key(quad: ox.Quad) -> tuple[str, bool, str, str]:
    # The type of a thing first: that is what one wants to read first in Turtle.
    predicate = quad.predicate.value
    return str(quad.subject), predicate != _TYPE, predicate, str(quad.object)


def _for_xml(quads: Iterable[ox.Quad], warn: Callable[[str], None]) -> Iterator[ox.Quad]:
    """Replace the characters that XML 1.0 can't hold, such as a page break in a quote, and say so at the end."""
    replaced = 0
    for quad in quads:
        term = quad.object
        if isinstance(term, ox.Literal) and not all(map(_in_xml, term.value)):
            replaced += 1
            text = "".join(c if _in_xml(c) else "\ufffd" for c in term.value)
            typed = {"language": term.language} if term.language else {"datatype": term.datatype}
            quad = ox.Quad(quad.subject, quad.predicate, ox.Literal(text, **typed), quad.graph_name)
        yield quad
    if replaced:
        warn(f"RDF/XML can't hold the page breaks and the like of {replaced} texts: they are U+FFFD; Turtle keeps them")


def _in_xml(character: str) -> bool:
    # XML 1.0, production 2.
    return character >= " " or character in "\t\n\r"


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that stands at `path` when all went well, and else nowhere.

    A name that ends in `.gz` is compressed, with no time in it, so that the bytes depend on the contents alone.
    """
    import gzip

    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise AuditgraphError(f"{path} can't be written: {error.strerror}") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
                    yield packed  # type: ignore[misc]
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        # mkstemp makes a file for its owner alone; give it the rights that any new file gets.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        raise AuditgraphError(f"{path} can't be written: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)
