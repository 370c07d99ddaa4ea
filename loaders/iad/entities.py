"""Tell which organisations a report audits: those its title names, else those whose comments it carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from auditgraph.loaders.sought import sought
from auditgraph.model import Organisation, Prose, Said, Skeleton

__all__ = ["audited_entities"]

# `Comments provided by UNMIL are incorporated in italics`: the entity that the draft went to.
_COMMENTS = sought(
    r"Comments\s+provided\s+by\s+(?:the\s+)?(?P<who>.{2,160}?)\s+(?:are|were|have been)\s+incorporated", re.I
)
_Hit = tuple[int, int, Organisation]  # where a name begins and ends, and whose it is
_OVERSIGHT = ("Office of Internal Oversight Services", "Internal Audit Division", "United Nations", "Secretariat")


def audited_entities(skeleton: Skeleton, organisations: Sequence[Organisation]) -> tuple[Said[str], ...]:
    """Return the keys of the audited organisations with the words that say so, the most telling place first."""
    candidates = [
        o for o in organisations if o.name.value not in _OVERSIGHT and (o.acronym is None or o.acronym.value != "OIOS")
    ]
    title = skeleton.title
    places: list[tuple[Prose, int, int]] = []
    places += [
        (p, 0, len(p.text)) for p in skeleton.prose if p.place == "cover" and title and p.text.value == title.value
    ]
    for prose in skeleton.prose:
        places += [(prose, m.start("who"), m.end("who")) for m in _COMMENTS.finditer(prose.text.value)]
    places += [(p, 0, min(len(p.text), 500)) for p in skeleton.prose if p.place == "1"][:1]
    for prose, start, end in places:
        found = _named(skeleton, prose, start, end, candidates)
        if found:
            return found
    return ()


def _named(
    skeleton: Skeleton, prose: Prose, start: int, end: int, organisations: Sequence[Organisation]
) -> tuple[Said[str], ...]:
    """Return the organisations that a stretch of prose names, without those inside another one's name or part of it."""
    hits: list[_Hit] = []
    for organisation in organisations:
        for form in filter(None, (organisation.name.value, organisation.acronym.value if organisation.acronym else "")):
            said = prose.text.value[start:end]
            match = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", said) if form in said else None
            if match:
                hits.append((start + match.start(), start + match.end(), organisation))
                break
    outer = [
        h
        for h in hits
        if not any(
            o is not h and o[0] <= h[0] and h[1] <= o[1] and o[2] is not h[2] and (o[1] - o[0]) > (h[1] - h[0])
            for o in hits
        )
    ]
    ordered = sorted(outer, key=lambda h: h[0])
    hosted = [a for a, b in pairwise(ordered) if _AT.fullmatch(prose.text.value, a[1], b[0])]
    outer = [h for h in outer if h not in hosted]
    keys = {h[2].key for h in outer}
    parents = {o.key: o.parent.value for o in organisations if o.parent}
    listed = _listed(prose, outer)
    top = [h for h in outer if h in listed or not _below(h[2].key, keys, parents)]
    seen: dict[str, Said[str]] = {}
    for a, b, organisation in sorted(top, key=lambda h: h[0]):
        seen.setdefault(organisation.key, skeleton.said(prose, organisation.key, a, b))
    return tuple(seen.values())


# `the Tide Partnership at UNMIZ`: the second is audited.
_AT = re.compile(r"(?:\s*\([^()]{1,40}\))?\s+(?:at|within|hosted by|administered by)\s+(?:the\s+)?")
# `A, the B and the C`: what stands between members of a list.
_BETWEEN = re.compile(
    r"(?:\s*\([^()]{1,40}\))?\s*(?:,|,?\s*and\b|;|&)\s*(?:and\s+)?(?:(?:in|at|by|of)\s+)?(?:the\s+)?", re.I
)


def _listed(prose: Prose, hits: list[_Hit]) -> list[_Hit]:
    """Return the names that stand in a list with another: they are audited beside it, not as part of it."""
    ordered = sorted(hits, key=lambda h: h[0])
    pairs = [(a, b) for a, b in pairwise(ordered) if _BETWEEN.fullmatch(prose.text.value[a[1] : b[0]])]
    return [hit for pair in pairs for hit in pair]


def _below(key: str, others: set[str], parents: dict[str, str]) -> bool:
    seen = {key}
    while (key := parents.get(key, "")) and key not in seen:
        if key in others:
            return True
        seen.add(key)
    return False
