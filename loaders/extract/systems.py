"""Information systems, databases and applications that a report names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from auditgraph.loaders.extract.reading import Run, merged, runs
from auditgraph.loaders.extract.system_names import Known, named
from auditgraph.loaders.extract.system_words import BODY, INFORMATION, KIND, PAPER, is_expansion, keeps_nothing
from auditgraph.model import Abbreviation, Passage, ProseKind, Said, Skeleton, System
from auditgraph.ontology.gazetteer import Gazetteer, gazetteer

__all__ = ["systems"]

# What only a system is called: "the Planning and Reporting (PAR) solution".
_PRODUCT_AFTER = re.compile(r"\s+(?:solution|module|application|database|platform|software|portal|dashboard|tool)\b")
# "the electronic boat inspection (eBI) system": what is electronic and a system keeps information, and so does what has
# a name that says so: "Boat Relations Management (BRM) system"
_SYSTEM_AFTER = re.compile(r"\s+system\b")
_ELECTRONIC = re.compile(r"(?:electronic|on-?line|web-based|computeri[sz]ed|automated|digital)\b", re.IGNORECASE)
# "Strategic Boat Stocks": what is counted, not what counts it
_PLURAL = re.compile(r"(?<![isu])(?<!ic)s$")
_HAS_KIND = re.compile(rf"\b(?:{KIND}|systems?|suite|module|tool|network|register)\b", re.IGNORECASE)
_QUOTED_END = re.compile(r"[\"”’]?\s+$")


@dataclass(slots=True)
class _Found:
    name: str
    acronym: str
    first: tuple[Passage, ...]
    mentions: tuple[Passage, ...]


def systems(
    skeleton: Skeleton, abbreviations: Iterable[Abbreviation] = (), names: Gazetteer | None = None
) -> tuple[System, ...]:
    """Return the systems that a report names, each once, by its fullest name, in order of their first mention.

    A name is one that the gazetteer knows, or that ends in a kind ("Field Support Suite", "Mercury system"); the
    initials that the report defines for it are the same one.
    """
    names = names or gazetteer()
    body = [
        run for run in runs(skeleton) if run.kind is not ProseKind.LETTER and run.place not in ("cover", "signature")
    ]
    abbreviations = tuple(abbreviations)
    acronyms = {a.acronym: a.expansion for a in abbreviations if is_expansion(a.expansion.value, a.acronym, names)}
    acronyms |= _named_by_kind(body, abbreviations, names)
    others = {a.acronym: a.expansion.value for a in abbreviations if a.acronym not in acronyms}
    spelled = {_folded(said.value): acronym for acronym, said in acronyms.items()}
    known = Known.of(names, acronyms, others, (run.text.value for run in body))
    found: dict[str, _Found] = {}
    for run in body:
        for start, end, name in named(run.text.value, known):
            acronym = name if name in acronyms else spelled.get(_folded(name), "")
            shown = acronyms[acronym].value if acronym else name
            key = _folded(shown)
            passages = run.passages(skeleton, start, end)
            if key not in found:
                whole = _with_kind(skeleton, body, shown, acronym) if acronym else None
                said = whole or (acronyms[acronym] if acronym else Said(shown, passages))
                found[key] = _Found(said.value, acronym, said.evidence, passages)
            else:
                found[key].mentions = merged(found[key].mentions, passages)
    return tuple(System(Said(f.name, f.first), f.acronym, f.mentions) for f in _joined(found, names).values())


def _named_by_kind(body: list[Run], abbreviations: tuple[Abbreviation, ...], names: Gazetteer) -> dict[str, Said[str]]:
    """Return the initials that the text calls a system where it defines them: "Trade and Rowing (TAR) solution"."""
    found: dict[str, Said[str]] = {}
    for a in abbreviations:
        expansion = a.expansion.value
        if a.acronym in names.by_acronym or BODY.search(expansion) or PAPER.search(expansion):
            continue
        electronic = _ELECTRONIC.match(expansion) or re.match(r"e[A-Z]", a.acronym)
        if not electronic and (expansion[:1].islower() or _PLURAL.search(expansion)):
            continue  # "quick-impact projects (QIPs) database"
        kinds = [_PRODUCT_AFTER]
        of_information = expansion[:1].isupper() and INFORMATION.search(expansion) and not keeps_nothing(expansion)
        if of_information or electronic:
            kinds.append(_SYSTEM_AFTER)
        if any(_called(run.text.value, expansion, f"({a.acronym})", kind) for run in body for kind in kinds):
            found[a.acronym] = a.expansion
    return found


def _with_kind(skeleton: Skeleton, body: list[Run], expansion: str, acronym: str) -> Said[str] | None:
    """Return a name of which "system" is a part as printed: "electronic Boat Equipment (eBE) system"."""
    if _HAS_KIND.search(expansion):
        return None
    whole = f"{expansion} ({acronym}) system"
    for run in body:
        at = run.text.value.find(whole)
        if at >= 0:
            return Said(whole, run.passages(skeleton, at, at + len(whole)))
    return None


def _called(value: str, expansion: str, bracket: str, kind: re.Pattern[str]) -> bool:
    """Tell whether a text calls an expansion and its initials in brackets a system."""
    return bracket in value and any(
        kind.match(value, at.end())
        and (gap := _QUOTED_END.search(value, 0, at.start())) is not None
        and value.endswith(expansion, 0, gap.start())
        for at in re.finditer(re.escape(bracket), value)
    )


def _joined(found: dict[str, _Found], names: Gazetteer) -> dict[str, _Found]:
    """Join "Umoja system" with "Umoja", and a name with the full one that the gazetteer gives it."""
    full = _full_names(names)
    joined: dict[str, _Found] = {}
    for key, one in found.items():
        bare = re.sub(r"\s+(?:system|application|platform|software|database|portal)$", "", key)
        longer = [name for name in full.get(bare, ()) if name in found and name != key]
        other = bare if bare != key and bare in found else "".join(longer[:1])
        if other:
            found[other].mentions = merged(found[other].mentions, one.mentions)
            continue
        joined[key] = one
    return joined


@lru_cache(maxsize=4)
def _full_names(names: Gazetteer) -> dict[str, tuple[str, ...]]:
    """Return the full names of the gazetteer's systems by their short one."""
    return {_folded(system.name): tuple(map(_folded, system.full_names)) for system in names.systems}


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").replace("-", " ").split())
