"""The ontology: its terms, the code lists, the rules for graphs and the gazetteer of names."""

from __future__ import annotations

from auditgraph.ontology.rules import validate

__all__ = ["validate"]
