"""Organisations as they are put together from all that a report says of each: fullest name, acronym, parent, key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditgraph.iris import slug
from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.reading import merged
from auditgraph.loaders.extract.references import Names
from auditgraph.model import Abbreviation, Organisation, Passage, Said

__all__ = ["DERIVED", "OrganisationEntry", "finished"]

# The rank of a parent that no words tell.
DERIVED = 9
# Levels of unit words that stand for bodies of their own, such as a country's ministries and courts.
_OUTSIDE = {"body", "government", "department"}


# "Tide Committee on the Closure | of UNMIZ"
_OF = re.compile(r" of (?:the )?\S+$")


@dataclass(slots=True)
class OrganisationEntry:
    """What has been found of one organisation."""

    key: str
    printed: list[tuple[str, tuple[Passage, ...]]] = field(default_factory=list)
    acronym: Said[str] | None = None
    known: str = ""
    parents: list[tuple[int, str, tuple[Passage, ...]]] = field(default_factory=list)
    mentions: dict[str, Passage] = field(default_factory=dict)


def finished(
    entries: dict[str, OrganisationEntry], main: str, names: Names, abbreviations: Sequence[Abbreviation]
) -> Iterator[Organisation]:
    """Yield the organisations of `entries` (by canonical name); `main` is the audited body."""
    for abbreviation in abbreviations:
        entry = entries.get(names.canonical(abbreviation.expansion.value))
        if entry is not None and entry.acronym is None:
            entry.acronym = Said(abbreviation.acronym, abbreviation.expansion.evidence)
    for entry in entries.values():
        if entry.acronym is None:
            shorts = [(name, said) for name, said in entry.printed if is_acronym(name) or _shortened(name, entry)]
            entry.acronym = Said(*shorts[0]) if shorts else None
    parents = _parents(entries)
    keys = _keys(entries, main, names, parents)
    for entry in entries.values():
        said = parents.get(entry.key)
        yield Organisation(
            keys[entry.key],
            Said(*_fullest(entry, names)),
            entry.acronym,
            Said(keys[said[0]], said[1], all(rank == DERIVED for rank, *_ in entry.parents)) if said else None,
            entry.key[1:] if entry.key.startswith("=") else "",
            tuple(entry.mentions.values()),
        )


def _shortened(name: str, entry: OrganisationEntry) -> bool:
    """Tell whether a name is a fuller one with its first words as an acronym: "HRDDP Unit"."""
    words = name.split()
    return len(words) == 2 and is_acronym(words[0]) and any(not is_acronym(n.split()[0]) for n, _ in entry.printed)


def _fullest(entry: OrganisationEntry, names: Names) -> tuple[str, tuple[Passage, ...]]:
    """Return the fullest printed form: without acronyms before with, the first of the longest."""
    full = [(n, s) for n, s in entry.printed if not any(is_acronym(w.strip(",")) for w in _OF.sub("", n).split())]
    if not full:
        return max(entry.printed, key=lambda p: len(p[0]))
    return max(full, key=lambda p: len(p[0]) if not entry.key.startswith("=") else 0)


def _parents(entries: dict[str, OrganisationEntry]) -> dict[str, tuple[str, tuple[Passage, ...]]]:
    """Return each organisation's parent: the plainest statement, the first of them; never in a circle."""
    chosen: dict[str, tuple[str, tuple[Passage, ...]]] = {}
    for entry in entries.values():
        for _, parent, passages in sorted(entry.parents, key=lambda p: p[0]):
            if parent in entries and not _within(parent, entry.key, chosen):
                same = [s for _, p, s in entry.parents if p == parent]
                chosen[entry.key] = (parent, merged(passages, tuple(x for s in same for x in s)))
                break
    return chosen


def _within(key: str, other: str, parents: dict[str, tuple[str, tuple[Passage, ...]]]) -> bool:
    while key:
        if key == other:
            return True
        key = parents[key][0] if key in parents else ""
    return False


def _keys(
    entries: dict[str, OrganisationEntry], main: str, names: Names, parents: dict[str, tuple[str, tuple[Passage, ...]]]
) -> dict[str, str]:
    """Return a key for each organisation: a known body's id, else below its parent's, else below the audited body's."""
    keys: dict[str, str] = {}
    body = names.lexicon.gazetteer.by_id.get(main[1:])

    def key_of(name: str) -> str:
        if name not in keys:
            entry = entries[name]
            if name.startswith("="):
                keys[name] = name[1:]
            else:
                own = slug(entry.acronym.value if entry.acronym else _fullest(entry, names)[0])
                parent = key_of(parents[name][0]) if name in parents else _scope(name)
                made = f"{parent}/{own}" if parent else own
                keys[name] = made if made not in keys.values() else f"{parent}/{slug(name)}"
        return keys[name]

    def _scope(name: str) -> str:
        words = name.split()
        heads = names.lexicon.heads
        outside = {heads.get(words[-1].capitalize(), ""), heads.get(words[0].capitalize(), "")} & _OUTSIDE
        if body is None or (outside and not body.country):
            return ""
        return slug(body.country) if outside or words[0] == "government" else body.id

    for name in entries:
        key_of(name)
    return keys
