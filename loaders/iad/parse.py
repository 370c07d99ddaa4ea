"""Read a source as a whole report of the Internal Audit Division: structure, then what its sentences say."""

from __future__ import annotations

from auditgraph.errors import SourceError
from auditgraph.loaders.extract import announced
from auditgraph.loaders.extract.abbreviations import abbreviations
from auditgraph.loaders.extract.amounts import amounts
from auditgraph.loaders.extract.budgets import budgets
from auditgraph.loaders.extract.citations import citations
from auditgraph.loaders.extract.discrepancies import discrepancies
from auditgraph.loaders.extract.figures import figures
from auditgraph.loaders.extract.founded import founded
from auditgraph.loaders.extract.instruments import cited_instruments
from auditgraph.loaders.extract.locations import locations
from auditgraph.loaders.extract.mandates import mandates
from auditgraph.loaders.extract.organisations import organisations
from auditgraph.loaders.extract.people import people
from auditgraph.loaders.extract.periods import audit_period, fieldwork
from auditgraph.loaders.extract.posts import posts
from auditgraph.loaders.extract.references import Names
from auditgraph.loaders.extract.resolutions import resolutions
from auditgraph.loaders.extract.responsibilities import responsibilities
from auditgraph.loaders.extract.systems import systems
from auditgraph.loaders.iad.checks import warnings_of
from auditgraph.loaders.iad.entities import audited_entities
from auditgraph.loaders.iad.later import later_sentences
from auditgraph.loaders.iad.skeleton import skeleton
from auditgraph.loaders.source import Source
from auditgraph.model import Report, Skeleton
from auditgraph.ontology.gazetteer import gazetteer

__all__ = ["parse"]

FAMILY = "iad"


def parse(source: Source) -> Report:
    """Return the report that a recognised source holds.

    Raises SourceError where it has neither number nor assignment, or neither paragraphs nor recommendations.
    """
    bones = skeleton(source)
    key = _key(bones, source.name)
    if not any((bones.paragraphs, bones.recommendations, bones.annex_rows)):
        raise SourceError(
            f"{source.name}: report {key} has no numbered paragraph and no recommendation that could be read",
            "Convert the file to text again, in reading order, or load the original PDF.",
        )
    known = gazetteer()
    short = abbreviations(bones, known)
    names = Names(short, known)
    names.learn(founded(bones, short))
    bodies = organisations(bones, short, known, names)
    jobs = posts(bones, short, bodies, known, names)
    entities = audited_entities(bones, bodies)
    audited = tuple(said.value for said in entities)
    resolved = resolutions(bones)
    cited = cited_instruments(bones, short)
    return Report(
        family=FAMILY,
        key=key,
        skeleton=bones,
        entities=entities,
        audit_period=audit_period(bones),
        fieldwork=fieldwork(bones),
        abbreviations=short,
        organisations=bodies,
        posts=jobs,
        people=people(bones),
        responsibilities=responsibilities(bones, short, jobs),
        instruments=tuple(one.instrument for one in cited),
        citations=citations(resolved, cited),
        mandates=mandates(bones, bodies, audited, resolved),
        locations=locations(bones, known),
        budgets=budgets(bones, bodies, audited, short),
        amounts=amounts(bones),
        figures=figures(bones),
        systems=systems(bones, short, known),
        discrepancies=discrepancies(bones),
        later=tuple(later_sentences(bones)),
        warnings=(*warnings_of(bones), *announced.warnings(bones)),
    )


def _key(bones: Skeleton, name: str) -> str:
    said = bones.number or bones.assignment
    if said is None:
        raise SourceError(
            f"{name}: the cover has neither a report number nor an assignment number", "Check its first page."
        )
    return said.value
