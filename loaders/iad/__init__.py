"""Reports of the OIOS Internal Audit Division, in all their layouts since 2004."""

from auditgraph.loaders.iad.skeleton import skeleton

__all__ = ["skeleton"]
