"""Make the page on the ontology: `python docs/build.py [FOLDER]` writes `ontology.html` there (default: docs).

Needs pyLODE (`pip install pylode`), which no other part of auditgraph does. The code lists are told on the
same page, after the terms.
"""

from __future__ import annotations

import logging
import sys
import types
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, SKOS


def main(folder: Path) -> int:
    """Write the page and return the exit status."""
    try:
        _mend_pylode()
        from pylode import OntPub
    except ImportError:
        print("docs/build.py needs pyLODE: pip install pylode", file=sys.stderr)
        return 1
    logging.disable(logging.INFO)
    ontology = files("auditgraph.ontology")
    page = OntPub(ontology=str(ontology / "auditgraph.ttl"), sort_subjects=True).make_html()
    lists = code_lists(rdflib.Graph().parse(str(ontology / "codes.ttl")))
    before, end, after = page.rpartition("</body>")
    target = folder / "ontology.html"
    target.write_text(before + lists + end + after, encoding="utf-8")
    print(target)
    return 0


def _mend_pylode() -> None:
    """Give pyLODE its version: 3.4 looks for it in a pyproject.toml that its wheel does not hold."""
    module = types.ModuleType("pylode.version")
    module.__dict__["__version__"] = version("pylode")
    sys.modules.setdefault("pylode.version", module)


def code_lists(graph: rdflib.Graph) -> str:
    """Return the code lists as a part of the page: a table for each scheme."""
    parts = ['<div class="section" id="codes"><h2>Code lists</h2>']
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme)):
        parts.append(f"<h3>{escape(str(graph.value(scheme, SKOS.prefLabel)))}</h3>")
        meaning = escape(str(graph.value(scheme, SKOS.definition)))
        parts.append(f"<p>{meaning} <code>{escape(scheme)}/</code></p><table>")
        for code in sorted(graph.subjects(SKOS.inScheme, scheme)):
            word, meaning = graph.value(code, SKOS.notation), graph.value(code, SKOS.definition)
            parts.append(f"<tr><th>{escape(str(word))}</th><td>{escape(str(meaning))}</td></tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</div>"])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent))
