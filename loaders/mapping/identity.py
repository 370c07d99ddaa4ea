"""Decide which thing a report speaks of: the path of each shared thing's IRI.

The same thing in two reports has to get one path, two things that only share a name or initials two.
What the gazetteer knows, or what the report places below a parent, says itself which it is. A name alone
does so if it is a proper name of a world-wide kind ("United Nations ...", "ST/SGB/2003/13"); any other
("Senior Leadership Team", "Constitutional Court", a town, "training database") is told apart by whom was audited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditgraph import iris
from auditgraph.model import Instrument, Location, Organisation, Post, Report, System

__all__ = ["Identities"]

Path = tuple[str, ...]

# Beginnings of names that one body on earth bears.
_WORLD_WIDE = re.compile(
    r"(?:the )?(?:United Nations|UN\b|International|World|Global|Inter-?[Aa]gency|Inter-?[Pp]arliamentary|General Assembly"
    r"|Security Council|Secretary-General|African|European|Economic Com|Organi[sz]ation (?:of|for)|League of)\b"
)
# Instruments that every mission or office has its own of, however proper the title looks.
_LOCAL_INSTRUMENT = re.compile(
    r"\b(?:plans?|strateg(?:y|ies)|procedures?|terms of reference|memorand(?:um|a)|agreements?|concepts?|framework|guidelines"
    r"|guidance|directives?|instructions?|budget|roadmap|matrix|register|legislation|constitution|law)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]+")
_SMALL = re.compile(r"\b(?!(?:of|the|and|for|on|in|to|a|an|with|by)\b)[a-z]{2,}")


class Identities:
    """The IRIs of everything that one report names, by the keys that the report uses."""

    def __init__(self, report: Report, base: str) -> None:
        self._base = base
        self._organisations = {o.key: o for o in report.organisations}
        self._audited = tuple(dict.fromkeys(said.value for said in report.entities))
        self._key = report.key
        self._paths: dict[str, Path] = {}
        self._taken: dict[Path, str] = {}
        for organisation in report.organisations:
            self._path(organisation, frozenset())
        self.organisations: Mapping[str, str] = {
            key: iris.shared("organisation", path, base) for key, path in self._paths.items()
        }
        self._scope = self._scope_path()
        self.posts: Mapping[str, str] = {post.key: self._post(post) for post in report.posts}
        self.instruments: Mapping[str, str] = {i.key: self._instrument(i) for i in report.instruments}

    def agent(self, key: str) -> str | None:
        """Return the IRI of a post or organisation, by its key."""
        return self.posts.get(key) or self.organisations.get(key)

    def location(self, location: Location) -> str:
        """Return the IRI of a location: by its name alone if it is a country, else within what was audited."""
        name = location.name.value
        return self._shared("location", name, _is_country(name))

    def system(self, system: System) -> str:
        """Return the IRI of a system: by its name alone if that is a proper name (`Umoja`)."""
        name = system.name.value
        return self._shared("system", name, not _SMALL.search(name))

    def person(self, name: str) -> str:
        """Return the IRI of a person; titles of courtesy make no difference."""
        return iris.shared("person", [re.sub(r"^(?:Mr|Mrs|Ms|Miss|Mme|Dr|Prof)\b\.?\s*", "", name)], self._base)

    def _shared(self, kind: str, name: str, alone: bool) -> str:
        return iris.shared(kind, [name] if alone else [*self._scope, name], self._base)

    def _path(self, organisation: Organisation, above: frozenset[str]) -> Path:
        """Return an organisation's path; `above` are the keys on the way down, so that a circle of parents ends."""
        key, name = organisation.key, organisation.name.value
        if key in self._paths:
            return self._paths[key]
        parent = self._organisations.get(organisation.parent.value) if organisation.parent else None
        acronym = organisation.acronym.value if organisation.acronym else ""
        if organisation.known:
            path: Path = (organisation.known,)
        elif parent is not None and parent.key not in above | {key}:
            up = self._path(parent, above | {key})
            path = (*up, acronym or name)
            if acronym and self._taken.get(path, name) != name:
                path = (*up, name)  # two units of one body that share initials
        elif key in self._audited or _WORLD_WIDE.match(name) or above:
            path = (name,)
        else:
            path = (*self._scope_path(above | {key}), name)
        self._taken.setdefault(path, name)
        return self._paths.setdefault(key, path)

    def _scope_path(self, above: frozenset[str] = frozenset()) -> Path:
        """Return what tells a common name apart: the audited entity's path, or the report where there are several."""
        if len(self._audited) == 1 and (entity := self._organisations.get(self._audited[0])) is not None:
            return self._path(entity, above)
        return (f"report {self._key}".replace("/", "-"),)

    def _post(self, post: Post) -> str:
        organisation = self._organisations.get(post.organisation.value) if post.organisation else None
        if organisation is None:
            return iris.shared("post", [*self._scope, post.title.value], self._base)
        names = [organisation.name.value, *([organisation.acronym.value] if organisation.acronym else [])]
        return iris.shared("post", [*self._paths[organisation.key], _without(post.title.value, names)], self._base)

    def _instrument(self, instrument: Instrument) -> str:
        title = instrument.title.value
        year = [instrument.year.value] if instrument.year and instrument.year.value not in title else []
        if instrument.identifier:
            return iris.shared("instrument", [instrument.identifier.value.replace("/", "-")], self._base)
        proper = len(_CAPITALISED.findall(title)) >= 3 and not _LOCAL_INSTRUMENT.search(title)
        return self._shared("instrument", " ".join([title, *year]), proper)


def _without(title: str, names: list[str]) -> str:
    """Return a post's title without the organisation it is in.

    >>> _without("Director of HRPD", ["HRPD"]), _without("Chief, Fuel Unit", ["Fuel Unit"]), _without("Fuel Unit", ["Fuel Unit"])
    ('Director', 'Chief', 'Fuel Unit')
    """
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<=\w)(?:,|\s+of|\s+for)?\s+(?:the\s+)?(?:{alternatives})$", "", title, flags=re.IGNORECASE)


def _is_country(name: str) -> bool:
    return True
