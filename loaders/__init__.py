"""Read reports: a file becomes a Source, a Source a Report."""

from auditgraph.loaders.families import FAMILIES, Family, parse
from auditgraph.loaders.source import Source, expand, read, read_bytes

__all__ = ["FAMILIES", "Family", "Source", "expand", "parse", "read", "read_bytes"]
