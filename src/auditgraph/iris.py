"""Mint the IRIs of the graph: readable, stable, never a blank node.

Every function is pure and returns a string below `base`, which ends in `/`. The segments of a path are
slugs, so that whatever a report prints (quotes, angle brackets, line breaks) is safe in an IRI.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

__all__ = [
    "DEFAULT_BASE", "audit", "child", "claim", "code", "follow_up", "listing", "passage", "place", "report",
    "resolution", "segments", "shared", "short_hash", "slug",
]  # fmt: skip

DEFAULT_BASE = "https://w3id.org/auditgraph/"
CODES = "https://w3id.org/auditgraph/code/"
LONGEST = 100

_APOSTROPHES = re.compile(r"['’‘`´]")
_GAPS = re.compile(r"[\W_]+")
# `annex I rec 3`, `appendix II rec 12`: a row of a table about a recommendation.
_ROW = re.compile(r"((?:annex|appendix)(?: [\w.]+)?) rec (\S+)", re.IGNORECASE)
# `rec 3`, `rec 3 response`, `rec 3 (a)`.
_RECOMMENDATION = re.compile(r"rec (\S+?)(?: (.+))?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\d[\w.]*")


def short_hash(*parts: str) -> str:
    """Return twelve hexadecimal digits that stand for `parts`, the same on every machine and run.

    >>> short_hash("a", "b") == short_hash("a", "b") != short_hash("ab")
    True
    """
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=6).hexdigest()


@lru_cache(maxsize=1 << 13)  # the same names come again in each report
def slug(text: str) -> str:
    """Return `text` as one segment of a path: lower case, words joined by hyphens, accents dropped.

    Letters of other scripts stay. Where nothing is left, or more than 100 characters would be, a hash tells it apart.

    >>> slug("S/RES/2690 (2023)"), slug("Secretary-General's Bulletin"), slug("Côte d’Ivoire")
    ('s-res-2690-2023', 'secretary-generals-bulletin', 'cote-divoire')
    """
    plain = text
    if not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    made = _GAPS.sub("-", _APOSTROPHES.sub("", plain).casefold()).strip("-")
    if not made:
        return short_hash(text)
    if len(made) > LONGEST:
        return f"{made[:LONGEST].rpartition('-')[0] or made[:LONGEST]}-{short_hash(made)}"
    return made


def segments(parts: Iterable[str]) -> str:
    """Return a path of slugs, one for each part.

    >>> segments(["minusma", "Resident/Humanitarian Coordinator"])
    'minusma/resident-humanitarian-coordinator'
    """
    return "/".join(map(slug, parts))


def report(key: str, base: str = DEFAULT_BASE) -> str:
    """Return a report's IRI, which also names its graph.

    >>> report("2021/011"), report("AP2009/620/03", "urn:x/")
    ('https://w3id.org/auditgraph/report/2021-011', 'urn:x/report/ap2009-620-03')
    """
    return f"{base}report/{slug(key)}"


def listing(key: str, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a listing of reports, which also names its graph.

    >>> listing("audit-reports-2024")
    'https://w3id.org/auditgraph/listing/audit-reports-2024'
    """
    return f"{base}listing/{slug(key)}"


def follow_up(key: str, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a table of the state of recommendations, which also names its graph.

    >>> follow_up("status-2033-12-31")
    'https://w3id.org/auditgraph/follow-up/status-2033-12-31'
    """
    return f"{base}follow-up/{slug(key)}"


def child(parent: str, *path: str) -> str:
    """Return the IRI of something that belongs to `parent` alone.

    >>> child(report("2021/011"), "recommendation", "2", "annex I")
    'https://w3id.org/auditgraph/report/2021-011/recommendation/2/annex-i'
    """
    return "/".join([parent, *map(slug, path)])


def shared(kind: str, path: Iterable[str], base: str = DEFAULT_BASE) -> str:
    """Return the IRI of something that several reports may speak of.

    >>> shared("organisation", ["minusma", "HRPD"])
    'https://w3id.org/auditgraph/organisation/minusma/hrpd'
    """
    return f"{base}{kind}/{segments(path)}"


def audit(assignment: str, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the audit with an assignment number.

    >>> audit("AP2019-641-08") == audit("AP2019/641/08")
    True
    """
    return f"{base}audit/{slug(assignment)}"


def resolution(symbol: str, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a resolution.

    >>> resolution("S/RES/2690 (2023)")
    'https://w3id.org/auditgraph/resolution/s-res-2690-2023'
    """
    return f"{base}resolution/{slug(symbol)}"


def code(scheme: str, value: str) -> str:
    """Return the IRI of a code, which is the same under every base.

    >>> code("status", "open")
    'https://w3id.org/auditgraph/code/status/open'
    """
    return f"{CODES}{scheme}/{slug(value)}"


def passage(report_iri: str, start: int, end: int) -> str:
    """Return the IRI of characters `start:end` of a report's source.

    >>> passage(report("2021/011"), 5, 9)
    'https://w3id.org/auditgraph/report/2021-011/passage/5-9'
    """
    return f"{report_iri}/passage/{start}-{end}"


def claim(report_iri: str, subject: str, predicate: str, obj: str) -> str:
    """Return the IRI of the claim that a report makes the statement `subject predicate obj` (N-Triples terms)."""
    return f"{report_iri}/claim/{short_hash(subject, predicate, obj)}"


def place(report_iri: str, name: str) -> str:
    """Return the IRI of a place of a report, from the contract's name of it.

    >>> [place("r", p) for p in ("25", "rec 3", "rec 3 response", "annex I rec 3", "executive summary")]
    ['r/paragraph/25', 'r/recommendation/3', 'r/recommendation/3/response', 'r/recommendation/3/annex-i', \
'r/place/executive-summary']
    """
    name = " ".join(name.split())
    if _PARAGRAPH.fullmatch(name):
        return child(report_iri, "paragraph", name)
    if row := _ROW.fullmatch(name):
        return child(report_iri, "recommendation", row[2], row[1])
    if rec := _RECOMMENDATION.fullmatch(name):
        return child(report_iri, "recommendation", *filter(None, rec.groups()))
    return child(report_iri, "place", name)
