"""Map what reports share: organisations, posts, people, instruments, locations, systems, and abbreviations."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from auditgraph import iris
from auditgraph.loaders.mapping import values
from auditgraph.loaders.mapping.draft import Draft
from auditgraph.loaders.mapping.identity import Identities
from auditgraph.model import Passage, Person, Post, Report, Said
from auditgraph.ontology.namespaces import AG, DCTERMS, FOAF, ORG, RDF, RDFS, SKOS

__all__ = ["map_abbreviations", "map_instruments", "map_organisations", "map_people", "map_places", "map_posts"]


class _Names:
    """Gives each thing one label in a report, the first printed; other names are kept beside it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._labels: dict[NamedNode, str] = {}

    def name(self, node: NamedNode, kind: NamedNode, said: Said[str]) -> None:
        self._draft.add(node, RDF.type, kind)
        label = self._labels.setdefault(node, said.value)
        self._draft.say(node, RDFS.label if label == said.value else SKOS.altLabel, said)


def map_organisations(draft: Draft, report: Report, identities: Identities) -> None:
    """State the organisations with their names and the hierarchy that the report tells."""
    names, named = _Names(draft), set[NamedNode]()
    for organisation in report.organisations:
        node = NamedNode(identities.organisations[organisation.key])
        parent = identities.organisations.get(organisation.parent.value) if organisation.parent else None
        names.name(node, ORG.OrganizationalUnit if parent else ORG.Organization, organisation.name)
        if node not in named:
            named.add(node)
            draft.say(node, AG.acronym, organisation.acronym)
            draft.add(node, AG.shortName, values.text((organisation.acronym or organisation.name).value))
        if organisation.parent is not None and parent and parent != node.value:
            said = organisation.parent
            draft.claim(node, ORG.subOrganizationOf, NamedNode(parent), said.evidence, said.derived)
        _mentions(draft, node, organisation.mentions)


def _mentions(draft: Draft, node: NamedNode, mentions: Iterable[Passage]) -> None:
    for name in dict.fromkeys(passage.place for passage in mentions):
        draft.add(draft.place(name), AG.mentions, node)


def map_posts(draft: Draft, report: Report, identities: Identities) -> None:
    """State the posts, where they stand and whom they report to."""
    names = _Names(draft)
    for post in report.posts:
        node = NamedNode(identities.posts[post.key])
        names.name(node, ORG.Post, post.title)
        draft.add(node, AG.shortName, values.text(post.title.value))
        draft.say(node, AG.acronym, post.acronym)
        draft.say(node, AG.grade, post.grade)
        _post_links(draft, node, post, identities)


def _post_links(draft: Draft, node: NamedNode, post: Post, identities: Identities) -> None:
    if post.organisation is not None and (iri := identities.organisations.get(post.organisation.value)):
        draft.claim(node, ORG.postIn, NamedNode(iri), post.organisation.evidence, post.organisation.derived)
    for said in post.reports_to:
        if (iri := identities.agent(said.value)) and iri != node.value:
            draft.claim(node, ORG.reportsTo, NamedNode(iri), said.evidence, said.derived)


def map_people(draft: Draft, report: Report, identities: Identities) -> None:
    """State the named people and the part that each has in the report."""
    names = _Names(draft)
    for person in report.people:
        node = NamedNode(identities.person(person.name.value))
        names.name(node, FOAF.Person, person.name)
        _involvement(draft, node, person)


def _involvement(draft: Draft, person: NamedNode, said: Person) -> None:
    node = draft.part("involvement", said.role.value, said.name.value)
    draft.head(node, AG.Involvement, said.name, said.role)
    draft.add(node, DCTERMS.isPartOf, draft.report)
    draft.add(node, RDFS.label, values.text(said.name.value))
    draft.add(node, AG.agent, person)
    draft.add(node, AG.role, draft.code("role", said.role.value))
    draft.say(node, AG.postTitle, said.post)


def map_instruments(draft: Draft, report: Report, identities: Identities) -> None:
    """State the policies, standards, bulletins and plans that the report cites."""
    names = _Names(draft)
    for instrument in report.instruments:
        node = NamedNode(identities.instruments[instrument.key])
        names.name(node, AG.Instrument, instrument.title)
        draft.say(node, AG.identifier, instrument.identifier)
        draft.say_date(node, AG.year, instrument.year)


def map_places(draft: Draft, report: Report, identities: Identities) -> None:
    """State the locations and the information systems."""
    names = _Names(draft)
    for location in report.locations:
        node = NamedNode(identities.location(location))
        names.name(node, DCTERMS.Location, location.name)
        _mentions(draft, node, location.mentions)
    for system in report.systems:
        node = NamedNode(identities.system(system))
        names.name(node, AG.InformationSystem, system.name)
        if system.acronym:
            draft.claim(node, AG.acronym, values.text(system.acronym), system.name.evidence)
        _mentions(draft, node, system.mentions)


def map_abbreviations(draft: Draft, report: Report) -> None:
    """State the abbreviations that the report defines; one defined twice differently is two."""
    for abbreviation in report.abbreviations:
        expansion = abbreviation.expansion
        path = iris.slug(abbreviation.acronym)
        node = draft.fresh("abbreviation", path)
        draft.head(node, AG.Abbreviation, expansion)
        draft.add(node, RDFS.label, values.text(abbreviation.acronym))
        draft.add(node, AG.acronym, values.text(abbreviation.acronym))
        draft.add(node, AG.expansion, values.text(expansion.value))
        draft.add(node, DCTERMS.isPartOf, draft.report)
