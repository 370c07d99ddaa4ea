"""A knowledge-graph store of the audit reports of the United Nations."""

__all__ = ["__version__"]

__version__ = "0.1.0"
