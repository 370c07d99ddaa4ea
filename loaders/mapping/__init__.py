"""Turn a report as it was understood into the quads of its named graph."""

from auditgraph.loaders.mapping.whole import drafted, quads

__all__ = ["drafted", "quads"]
