"""The listing of audit reports on the web site of OIOS, saved as HTML or CSV."""

from auditgraph.loaders.listing.parse import parse
from auditgraph.loaders.listing.recognise import recognise

__all__ = ["parse", "recognise"]
