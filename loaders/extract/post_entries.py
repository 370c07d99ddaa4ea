"""Posts as they are put together from all that a report says of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditgraph.iris import slug
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.model import Passage, Post, Said

__all__ = ["PostEntry", "finished", "merge"]

# Whose posts stand in every report beside those of the audited body: OIOS and its Internal Audit Division.
_AUDITORS = frozenset({"=oios", "=iad"})
# "Chief of Section": what is headed is told elsewhere.
_OF_UNIT = re.compile(r" of (?:the )?(?:Section|Division|Unit|Service|Branch|Office)$")


@dataclass(slots=True)
class PostEntry:
    """What has been found of one post; `inherited` where its body is that of the post it is the deputy of.

    `heads` are the bodies that the report says it heads.
    """

    key: str
    printed: list[tuple[str, tuple[Passage, ...]]] = field(default_factory=list)
    body: tuple[str, tuple[Passage, ...]] | None = None
    mission: bool = False
    grade: Said[str] | None = None
    reports: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    acronym: Said[str] | None = None
    inherited: bool = False
    heads: set[str] = field(default_factory=set)


def finished(entries: dict[str, PostEntry], main: str, organisations: dict[str, str]) -> Iterator[Post]:
    """Yield the posts of `entries`; `main` is the audited body, `organisations` are keys by canonical name."""
    _join(entries, main)
    keys = {e.key: _key(e, main, organisations) for e in entries.values()}
    for entry in entries.values():
        # A superior is a post, or a body with "=" before its name.
        above = {k: organisations.get(k[1:], "") if k.startswith("=") else keys[k] for k in entry.reports}
        yield Post(
            keys[entry.key],
            Said(*_fullest(entry)),
            entry.acronym,
            _organisation(entry, main, organisations),
            entry.grade,
            tuple(Said(above[key], said) for key, said in entry.reports.items() if above[key]),
        )


def _join(entries: dict[str, PostEntry], main: str) -> None:
    """Take a post that is named without its body for the only one that is named with it."""
    for key, entry in list(entries.items()):
        same = [k for k in entries if k.startswith(f"{key} @ ") and k[len(key) + 3 :] not in _AUDITORS]
        if entry.body is not None:
            for other in same:
                if entries[other].body == entry.body or other == f"{key} @ {entry.body[0]}":
                    merge(entries, other, key)
        elif len(same) == 1 and not (entry.mission and main):
            merge(entries, key, same[0])
    for key, entry in entries.items():
        if key.startswith("deputy ") and entry.body is None:
            of = [e.body for k, e in entries.items() if k.split(" @ ")[0] == key[7:] and e.body is not None]
            if len(of) == 1:
                entry.body, entry.inherited = of[0], True


def merge(entries: dict[str, PostEntry], key: str, into: str) -> None:
    """Take two posts for one, in place."""
    entry, whole = entries.pop(key), entries[into]
    whole.printed += entry.printed
    whole.grade = whole.grade or entry.grade
    whole.acronym = whole.acronym or entry.acronym
    whole.reports = whole.reports | entry.reports
    for other in entries.values():
        if key in other.reports:
            other.reports[into] = other.reports.pop(key)
    whole.reports.pop(into, None)


def _organisation(entry: PostEntry, main: str, organisations: dict[str, str]) -> Said[str] | None:
    if entry.body is not None and entry.body[0] in organisations:
        return Said(organisations[entry.body[0]], entry.body[1], entry.inherited)
    if entry.mission and entry.body is None and main in organisations:
        return Said(organisations[main], entry.printed[0][1], True)
    return None


def _key(entry: PostEntry, main: str, organisations: dict[str, str]) -> str:
    body = organisations.get(entry.body[0] if entry.body else main, "")
    name = slug(entry.key.split(" @ ")[0])
    return f"{body}/post/{name}" if body else f"post/{name}"


def _fullest(entry: PostEntry) -> tuple[str, tuple[Passage, ...]]:
    """Return the fullest printed title: without acronyms before with, then the longest; a lone rank last."""
    printed = [p for p in entry.printed if not p[0].startswith("Acting ")] or entry.printed
    full = [p for p in printed if not any(is_acronym(w.strip(",")) for w in p[0].split())]
    full = [p for p in full if not _OF_UNIT.search(p[0])] or full
    several = [p for p in full if " " in p[0]] or [p for p in printed if " " in p[0]] or printed
    return max(several, key=lambda p: len(p[0]))
