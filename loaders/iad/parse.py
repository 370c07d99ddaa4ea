"""Read a source as a whole report of the Internal Audit Division: structure, then what its sentences say."""

from __future__ import annotations

from auditgraph.errors import SourceError
from auditgraph.loaders.iad.checks import warnings_of
from auditgraph.loaders.iad.entities import audited_entities
from auditgraph.loaders.iad.skeleton import skeleton
from auditgraph.loaders.source import Source
from auditgraph.model import Report, Skeleton


# TEMPORARY until every extractor exists: a missing one finds nothing.
def _late(module, name):
    try:
        import importlib

        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as e:
        import sys

        print("missing", module, name, e, file=sys.stderr)
        return lambda *a: None if name in ("audit_period", "fieldwork", "gazetteer") else ()


abbreviations = _late("auditgraph.loaders.extract.abbreviations", "abbreviations")
amounts = _late("auditgraph.loaders.extract.amounts", "amounts")
budgets = _late("auditgraph.loaders.extract.budgets", "budgets")
citations = _late("auditgraph.loaders.extract.citations", "citations")
discrepancies = _late("auditgraph.loaders.extract.discrepancies", "discrepancies")
figures = _late("auditgraph.loaders.extract.figures", "figures")
instruments = _late("auditgraph.loaders.extract.instruments", "instruments")
locations = _late("auditgraph.loaders.extract.locations", "locations")
mandates = _late("auditgraph.loaders.extract.mandates", "mandates")
organisations = _late("auditgraph.loaders.extract.organisations", "organisations")
people = _late("auditgraph.loaders.extract.people", "people")
audit_period = _late("auditgraph.loaders.extract.periods", "audit_period")
fieldwork = _late("auditgraph.loaders.extract.periods", "fieldwork")
posts = _late("auditgraph.loaders.extract.posts", "posts")
responsibilities = _late("auditgraph.loaders.extract.responsibilities", "responsibilities")
systems = _late("auditgraph.loaders.extract.systems", "systems")
gazetteer = _late("auditgraph.ontology.gazetteer", "gazetteer")

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
    bodies = organisations(bones, short, known)
    jobs = posts(bones, short, bodies, known)
    tools = instruments(bones, short)
    return Report(
        family=FAMILY,
        key=key,
        skeleton=bones,
        entities=audited_entities(bones, bodies),
        audit_period=audit_period(bones),
        fieldwork=fieldwork(bones),
        abbreviations=short,
        organisations=bodies,
        posts=jobs,
        people=people(bones),
        responsibilities=responsibilities(bones, short, jobs),
        instruments=tools,
        citations=citations(bones, tools, short),
        mandates=mandates(bones, bodies, short),
        locations=locations(bones, known),
        budgets=budgets(bones, bodies),
        amounts=amounts(bones),
        figures=figures(bones),
        systems=systems(bones, short),
        discrepancies=discrepancies(bones),
        warnings=warnings_of(bones),
    )


def _key(bones: Skeleton, name: str) -> str:
    said = bones.number or bones.assignment
    if said is None:
        raise SourceError(
            f"{name}: the cover has neither a report number nor an assignment number", "Check its first page."
        )
    return said.value
