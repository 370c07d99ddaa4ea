"""Tell a listing of audit reports from a report."""

from __future__ import annotations

import re

from auditgraph.loaders.listing.table import columns_of, rows_of
from auditgraph.loaders.source import Source

__all__ = ["recognise"]

_HEADER = re.compile(r"Report\s+(?:No|Number)", re.I)
_FRONT = 20_000  # characters in which a listing's header stands, behind the site's menus


def recognise(source: Source) -> bool:
    """Tell whether a source is a listing: it has a header row with the report's number and title."""
    front = source.text[:_FRONT]
    if not _HEADER.search(front) or not re.search(r"Report\s+Title|Title", front):
        return False
    return any(columns_of(row) for row in rows_of(source))
