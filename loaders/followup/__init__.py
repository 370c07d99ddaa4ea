"""Tables of the state of recommendations that earlier reports made, saved as HTML, CSV or text."""

from auditgraph.loaders.followup.parse import parse
from auditgraph.loaders.followup.recognise import recognise

__all__ = ["parse", "recognise"]
