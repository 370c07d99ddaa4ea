"""Reports of the OIOS Internal Audit Division, in all their layouts since 2004."""

from auditgraph.loaders.iad.parse import parse
from auditgraph.loaders.iad.recognise import recognise
from auditgraph.loaders.iad.skeleton import skeleton

__all__ = ["parse", "recognise", "skeleton"]
