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
from auditgraph.ontology.gazetteer import folded
from auditgraph.ontology.gazetteer import gazetteer as known_names

__all__ = ["Identities"]

Path = tuple[str, ...]

# Beginnings of names that one body on earth bears.
_WORLD_WIDE = re.compile(
    r"(?:the )?(?:United Nations|UN\b|International|World|Global|Inter-?[Aa]gency|Inter-?[Pp]arliamentary"
    r"|General Assembly|Security Council|Secretary-General|African|European|Economic Com"
    r"|Organi[sz]ation (?:of|for)|League of)\b"
)
# Ends of names that each country or mission has one of ("United Nations Country Team").
_ONE_OF_MANY = re.compile(
    r"(?:Team|Police|Force|Group|Unit|Section|Cell|Component|Service|Branch|Division|Department|Desk|Committee|Board"
    r"|Hospital|Clinic|School|Camp|House|Staff|Forum|Cluster)s?$"
)
# Instruments that every mission or office has its own of, however proper the title looks.
_LOCAL_INSTRUMENT = re.compile(
    r"\b(?:plans?|strateg(?:y|ies)|procedures?|terms of reference|memorand(?:um|a)|agreements?|concepts?|framework"
    r"|guidelines|guidance|directives?|instructions?|budget|roadmap|matrix|register|legislation|constitution|law)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]+")
_SMALL = re.compile(r"\b(?!(?:of|the|and|for|on|in|to|a|an|with|by)\b)[a-z]{2,}")


class Identities:
    """The IRIs of everything that one report names, by the keys that the report uses."""

    def __init__(self, report: Report, base: str) -> None:
        """Mint the IRIs of a report's organisations, posts and instruments below `base`."""
        self._base = base
        self._organisations = {o.key: o for o in report.organisations}
        self._audited = tuple(dict.fromkeys(said.value for said in report.entities))
        self._key = report.key
        self._gazetteer = known_names()
        self._systems = {name for s in self._gazetteer.systems for name in s.names}
        self._countries = {place.name.value for place in report.locations}
        self._paths: dict[str, Path] = {}
        self._taken: dict[Path, str] = {}
        # The audited entity first: it and what it belongs to are named by themselves, others by them.
        for organisation in sorted(report.organisations, key=lambda o: o.key not in self._audited):
            self._path(organisation, frozenset())
        self.organisations: Mapping[str, str] = {
            key: iris.shared("organisation", path, base) for key, path in self._paths.items()
        }
        self._scope = self._scope_path()
        self._country = self._audited_country()
        self.posts: Mapping[str, str] = {post.key: self._post(post) for post in report.posts}
        self.instruments: Mapping[str, str] = {i.key: self._instrument(i) for i in report.instruments}

    def named(self, name: str) -> str | None:
        """Return the IRI of the one organisation that bears a key, acronym or name as printed."""
        found = {
            self.organisations[o.key]
            for o in self._organisations.values()
            if name in (o.key, o.name.value, o.acronym.value if o.acronym else "")
        }
        return found.pop() if len(found) == 1 else None

    def agent(self, key: str) -> str | None:
        """Return the IRI of a post or organisation, by its key."""
        return self.posts.get(key) or self.organisations.get(key)

    def location(self, location: Location) -> str:
        """Return the IRI of a location: countries and regions by name, a town within its country if that is sure."""
        name = location.name.value
        place = self._gazetteer.place_names.get(name)
        if place is None:
            return iris.shared("location", [*self._scope, name], self._base)
        if not place.within:
            return iris.shared("location", [place.name], self._base)
        # There is a Tripoli in Libya and one in Lebanon: a town is the gazetteer's only in a report on that country.
        within = place.within if place.within in self._countries else self._country
        return iris.shared("location", [within, place.name] if within else [*self._scope, name], self._base)

    def system(self, system: System) -> str:
        """Return the IRI of a system: by its name alone if that is a proper name (`Umoja`)."""
        name = system.name.value
        return self._shared("system", name, name in self._systems or not _SMALL.search(name))

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
        elif key in self._audited or _is_world_wide(name) or not above.isdisjoint(self._audited):
            path = (name,)
        else:
            path = (*self._scope_path(above | {key}), name)
        self._taken.setdefault(path, name)
        return self._paths.setdefault(key, path)

    def _scope_path(self, above: frozenset[str] = frozenset()) -> Path:
        """Return what tells a common name apart: the audited entity's path, or the report where there are several."""
        if len(self._audited) == 1 and (entity := self._organisations.get(self._audited[0])) is not None:
            return self._path(entity, above)
        return (f"report {self._key}",)

    def _audited_country(self) -> str:
        ids = {self._organisations[key].known for key in self._audited if key in self._organisations}
        found = {body.country for i in ids if (body := self._gazetteer.by_id.get(i)) is not None}
        return found.pop() if len(found) == 1 else ""

    def _post(self, post: Post) -> str:
        title = post.title.value
        known = self._gazetteer.post_titles.get(folded(title))
        if known is not None and known.level == "united nations":
            return iris.shared("post", [known.title], self._base)
        organisation = self._organisations.get(post.organisation.value) if post.organisation else None
        path = self._scope
        if organisation is not None:
            path = self._paths[organisation.key]
            acronym = [organisation.acronym.value] if organisation.acronym else []
            title = _without(title, [organisation.name.value, *acronym])
        return iris.shared("post", [*path, known.title if known else title], self._base)

    def _instrument(self, instrument: Instrument) -> str:
        title = instrument.title.value
        year = [instrument.year.value] if instrument.year and instrument.year.value not in title else []
        if instrument.identifier:
            return iris.shared("instrument", [instrument.identifier.value], self._base)
        proper = len(_CAPITALISED.findall(title)) >= 3 and not _LOCAL_INSTRUMENT.search(title)
        return self._shared("instrument", " ".join([title, *year]), proper)


def _is_world_wide(name: str) -> bool:
    """Tell whether a name alone says which body it is.

    >>> _is_world_wide("United Nations Office at Zubara"), _is_world_wide("United Nations Country Team")
    (True, False)
    """
    return _WORLD_WIDE.match(name) is not None and _ONE_OF_MANY.search(name) is None


def _without(title: str, names: list[str]) -> str:
    """Return a post's title without the organisation it is in.

    >>> _without("Director of HRPD", ["HRPD"]), _without("Chief, Fuel Unit", ["Fuel Unit"]), _without("HRPD", ["HRPD"])
    ('Director', 'Chief', 'HRPD')
    """
    heads = (title[: -len(name)] for name in names if title[-len(name) :].casefold() == name.casefold())
    links = filter(None, map(_LINK_BEFORE.search, heads))
    return title[: min((link.start() for link in links), default=len(title))]


# What parts a title from the organisation behind it: "Director | of the | HRPD".
_LINK_BEFORE = re.compile(r"(?<=\w)(?:,|\s+of|\s+for)?\s+(?:the\s+)?$", re.IGNORECASE)
