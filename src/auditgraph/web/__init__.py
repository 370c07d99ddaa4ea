"""The graph in the browser and over HTTP: a SPARQL endpoint, an editor, pages and graphs; read-only, always."""

from auditgraph.web.app import create_app
from auditgraph.web.config import Config

__all__ = ["Config", "create_app"]
