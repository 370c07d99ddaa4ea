"""The gazetteer: names of bodies, posts, places and systems that reports use, from readable tables."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

__all__ = ["Body", "Gazetteer", "KnownPost", "KnownSystem", "Place", "UnitWord", "first_word", "folded", "gazetteer"]


@dataclass(frozen=True, slots=True)
class Body:
    """An organ, department, mission, programme, agency, tribunal or partner.

    `parent` and `successors` are ids of other bodies; `since` and `until` years, or empty.
    """

    id: str
    name: str
    acronym: str
    kind: str
    parent: str
    country: str
    since: str
    until: str
    successors: tuple[str, ...]
    other_names: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the body, its acronym apart."""
        return (self.name, *self.other_names)


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that exists in many bodies; `level` is `mission` where a mission has one of it."""

    title: str
    acronym: str
    level: str
    other_titles: tuple[str, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title of the post, its acronym apart."""
        return (self.title, *self.other_titles)


@dataclass(frozen=True, slots=True)
class Place:
    """A country, territory, region or town; `within` the country it lies in."""

    name: str
    kind: str
    within: str
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownSystem:
    """An information system; `word` tells that its name is also a common word."""

    name: str
    full_names: tuple[str, ...]
    word: bool
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and what that is short for."""
        return (self.name, *self.full_names)


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A word that ends or begins the name of a part of an organisation (`Section`)."""

    word: str
    plural: str
    level: str


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The tables, with look-ups by name, acronym and id, each made once for all reports."""

    bodies: tuple[Body, ...]
    posts: tuple[KnownPost, ...]
    places: tuple[Place, ...]
    systems: tuple[KnownSystem, ...]
    units: tuple[UnitWord, ...]

    @cached_property
    def by_id(self) -> dict[str, Body]:
        """Bodies by id."""
        return {body.id: body for body in self.bodies}

    @cached_property
    def by_name(self) -> dict[str, Body]:
        """Bodies by folded name."""
        return {folded(name): body for body in reversed(self.bodies) for name in body.names}

    @cached_property
    def by_acronym(self) -> dict[str, Body]:
        """Bodies by acronym, as printed."""
        return {body.acronym: body for body in reversed(self.bodies) if body.acronym}

    @cached_property
    def post_titles(self) -> dict[str, KnownPost]:
        """Posts by folded title and by folded acronym."""
        return {folded(name): post for post in reversed(self.posts) for name in (*post.titles, post.acronym) if name}

    @cached_property
    def pillars(self) -> frozenset[str]:
        """Ids of bodies whose name may begin a longer one."""
        return frozenset(body.id for body in self.bodies if body.kind == "local")

    @cached_property
    def owners(self) -> frozenset[str]:
        """Ids of bodies that own the unit named right behind them: missions, programmes, departments."""
        alone = {"local", "organ", "organisation", "committee"}
        return frozenset(body.id for body in self.bodies if body.kind not in alone)

    @cached_property
    def unit_levels(self) -> dict[str, str]:
        """The levels of units by the words that end their names."""
        return {unit.word: unit.level for unit in self.units}

    @cached_property
    def unit_plurals(self) -> dict[str, str]:
        """The singular of the plural of each such word."""
        return {unit.plural: unit.word for unit in self.units if unit.plural}

    @cached_property
    def place_names(self) -> dict[str, Place]:
        """Places by name as printed."""
        return {name: place for place in reversed(self.places) for name in (place.name, *place.other_names)}

    @cached_property
    def thing_words(self) -> frozenset[str]:
        """Words of units and names of systems, which no place is called."""
        words = {word for unit in self.units for word in (unit.word, unit.plural)}
        return frozenset(words | {system.name for system in self.systems})

    @cached_property
    def names_by_word(self) -> dict[str, list[tuple[str, str, str]]]:
        """Names of bodies, folded and as written, with their ids, by their first word, the longest first."""
        first: dict[str, list[tuple[str, str, str]]] = {}
        for body in self.bodies:
            for name in body.names:
                first.setdefault(first_word(name), []).append((folded(name), name, body.id))
        return {word: sorted(names, key=lambda n: -len(n[0])) for word, names in first.items()}

    def body(self, name: str) -> Body | None:
        """Return the body of a name or acronym, or None."""
        return self.by_name.get(folded(name)) or self.by_acronym.get(name)


@lru_cache(maxsize=8192)
def first_word(name: str) -> str:
    """Return the first word of a name as names are compared, or an empty string."""
    match = re.match(r"[\w'-]+", folded(name))
    return match.group() if match else ""


@lru_cache(maxsize=1 << 14)  # each window of words of each sentence is looked up
def folded(name: str) -> str:
    """Return a name in the form in which names are compared.

    >>> folded("The United Nations Operation in Côte d’Ivoire")
    "united nations operation in côte d'ivoire"
    """
    name = name.replace("’", "'").replace("‘", "'").replace("–", "-").casefold()
    name = re.sub(r"\s+", " ", name.replace("stabilisation", "stabilization").replace("organisation", "organization"))
    return name.strip().removeprefix("the ")


@cache
def gazetteer() -> Gazetteer:
    """Read the gazetteer that is shipped with the package."""
    return Gazetteer(
        tuple(
            Body(r["id"], r["name"], r["acronym"], r["kind"], r["parent"], r["country"], r["since"], r["until"],
                 _several(r["successor"]), _several(r["other_names"]))
            for r in _rows("bodies")
        ),
        tuple(KnownPost(r["title"], r["acronym"], r["level"], _several(r["other_titles"])) for r in _rows("posts")),
        tuple(Place(r["name"], r["kind"], r["within"], _several(r["other_names"])) for r in _rows("places")),
        tuple(
            KnownSystem(r["name"], _several(r["full_names"]), r["word"] == "yes", r["note"]) for r in _rows("systems")
        ),
        tuple(UnitWord(r["word"], r["plural"], r["level"]) for r in _rows("units")),
    )  # fmt: skip


def _rows(table: str) -> Iterator[dict[str, str]]:
    path = files("auditgraph.ontology") / "gazetteer" / f"{table}.csv"
    yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def _several(cell: str) -> tuple[str, ...]:
    return tuple(_stripped(cell.split(" | ")))


def _stripped(values: Iterable[str]) -> Iterator[str]:
    return (value.strip() for value in values if value.strip())
