"""The vocabularies of the graph: prefixes, and the terms that auditgraph writes and reads.

`AG.Recommendation` or `AG["Recommendation"]` gives a `pyoxigraph.NamedNode`; `PREFIXES` maps each prefix to its
namespace for serialisers and queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

__all__ = [
    "AG", "CODE", "DCTERMS", "FOAF", "OA", "ONTOLOGY", "ORG", "OWL", "PREFIXES", "PROV", "RDF", "RDFS", "SH", "SKOS",
    "VERSION", "XSD", "Namespace",
]  # fmt: skip


@dataclass(frozen=True)
class Namespace:
    """A namespace whose terms are its attributes.

    >>> AG.Claim
    <NamedNode value=https://w3id.org/auditgraph/ontology#Claim>
    >>> RDF.type is RDF["type"]
    True
    >>> str(DCTERMS)
    'http://purl.org/dc/terms/'
    """

    iri: str

    def __getattr__(self, name: str) -> NamedNode:
        """Return the term with a local name."""
        if name.startswith("__"):  # what copy and pickle ask of every object
            raise AttributeError(name)
        term = self.__dict__[name] = _term(self.iri + name)  # found without this method from now on
        return term

    def __getitem__(self, name: str) -> NamedNode:
        """Return the term with a local name that is no identifier."""
        return _term(self.iri + name)

    def __str__(self) -> str:
        """Return the namespace."""
        return self.iri


@cache
def _term(iri: str) -> NamedNode:
    return NamedNode(iri)


VERSION = "1.0.0"
ONTOLOGY = "https://w3id.org/auditgraph/ontology"
AG = Namespace("https://w3id.org/auditgraph/ontology#")
CODE = Namespace("https://w3id.org/auditgraph/code/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

PREFIXES: dict[str, str] = {
    "ag": str(AG),
    "code": str(CODE),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "xsd": str(XSD),
}
