"""The page at `/sparql` on which people write queries."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from auditgraph.iris import DEFAULT_BASE
from auditgraph.queries.named import named_queries
from auditgraph.web.site import Site

__all__ = ["editor"]

FIRST = """# Open recommendations, and who answers for them
SELECT ?report ?number ?official ?due WHERE {
  ?recommendation a ag:Recommendation ;
    ag:number ?number ;
    ag:status <https://w3id.org/auditgraph/code/status/open> ;
    dcterms:isPartOf ?report .
  ?report a ag:AuditReport .
  OPTIONAL { ?recommendation ag:official ?official }
  OPTIONAL { ?recommendation ag:due ?due }
}
ORDER BY ?due
LIMIT 100
"""

# Beside the named queries: what else can be asked. Name, query.
SAMPLES = (
    ("Open recommendations", FIRST),
    (
        "What a report says of one paragraph",
        """# The paragraphs of a report, in the order of its text, with the words that each rests on
SELECT ?paragraph ?text WHERE {
  GRAPH ?report {
    ?report ag:key ?key .
    ?paragraph a ag:Paragraph ; ag:text ?text .
    ?claim rdf:subject ?paragraph ; ag:evidence/oa:start ?start .
  }
}
ORDER BY ?key ?start
LIMIT 50
""",
    ),
    (
        "Everything of one kind",
        """# How many things of each kind there are
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?thing a ?kind
}
GROUP BY ?kind
ORDER BY DESC(?things)
""",
    ),
    (
        "A graph: who is part of whom",
        """# The hierarchy of organisations, as triples
CONSTRUCT {
  ?part org:subOrganizationOf ?whole .
  ?part rdfs:label ?name .
}
WHERE {
  ?part org:subOrganizationOf ?whole ; rdfs:label ?name .
}
""",
    ),
)


def editor(request: Request, site: Site) -> Response:
    """Answer with the editor; a query of the address stands in it."""
    query = request.query_params.get("query", "")
    page = site.page(
        request,
        "sparql.html.j2",
        query=query or FIRST,
        asked=bool(query),
        samples=SAMPLES,
        queries=list(named_queries().values()),
        base=site.base,
        default_base=DEFAULT_BASE,
    )
    page.headers.update({"Vary": "Accept", "Cache-Control": "no-cache"})
    return page
