"""Where a report cites resolutions and instruments: one citation for each place and thing cited."""

from __future__ import annotations

from collections.abc import Iterable

from auditgraph.loaders.extract.instruments import Cited
from auditgraph.loaders.extract.reading import of_the_form
from auditgraph.loaders.extract.resolutions import Resolved, places
from auditgraph.model import Citation

__all__ = ["citations"]


def citations(resolved: Iterable[Resolved], cited: Iterable[Cited]) -> tuple[Citation, ...]:
    """Return the citations of resolutions, then those of instruments, each in reading order."""
    resolved = [one for one in resolved if not of_the_form(one.resolution.run)]
    of_resolutions = [Citation(place, evidence, symbol=symbol) for symbol, place, evidence in places(resolved)]
    return (*of_resolutions, *(citation for one in cited for citation in one.citations))
