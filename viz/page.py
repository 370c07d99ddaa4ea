"""Make one HTML file of a picture: it needs no network, runs no text of a report and is the same from run to run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from auditgraph.naturally import plural
from auditgraph.viz.kinds import KINDS, RELATIONS, relation
from auditgraph.viz.lanes import lanes
from auditgraph.viz.picture import Fact, Picture, Quote, place_label
from auditgraph.viz.visnet import drawing, library
from auditgraph.viz.web import web

__all__ = ["as_script_data", "count", "page"]


def page(picture: Picture) -> str:
    """Return the page as HTML."""
    # The server hands out drawing.js as a module; here it is part of the one script.
    shared = _part("static/drawing.js").replace("\nexport ", "\n")
    script, vis = f'(() => {{\n"use strict";\n{shared}{_part("static/page.js")}}})();\n', library()
    style = "".join(_part(f"static/{name}.css") for name in ("base", "drawing", "page"))
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(_part("templates/page.html.j2"))
    return template.render(
        title=picture.title or "Audit reports",
        subtitle=picture.subtitle,
        shown=len(picture.things),
        total=picture.total,
        truncated=picture.truncated,
        count=count(picture),
        data=Markup(as_script_data(_data(picture))),
        # The library and our own files are no text of a report: they go in as they are.
        library=Markup(vis),
        script=Markup(script),
        style=Markup(style),
        script_hashes=Markup(f"{_hash(vis)} {_hash(script)}"),
        style_hashes=Markup(_hash(style)),
    )


def count(picture: Picture) -> str:
    """Say how much is shown: `85 things, 143 links`, or `250 of 1,204 things shown`."""
    shown, links = len(picture.things), len(picture.links)
    if picture.truncated or shown < picture.total:
        more = "more than " if picture.truncated else ""
        return f"{shown:,} of {more}{picture.total:,} things shown"
    return f"{plural(shown, 'thing')}, {plural(links, 'link')}"


def as_script_data(value: Any) -> str:
    r"""Write a value as JSON that can stand in a script element.

    >>> as_script_data("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Lone surrogates can't be written as UTF-8.
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return re.sub("[<>&\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text)


def _data(picture: Picture) -> dict[str, Any]:
    placed = lanes(picture)
    spots = {iri: (spot.x, spot.y) for iri, spot in placed.spots.items()}
    drawn = drawing(picture, placed.spots, web(picture, spots))
    quotes: dict[Quote, int] = {}
    kinds = Counter(thing.kind for thing in picture.things)
    relations = Counter(link.relation for link in picture.links)
    iris = [thing.iri for thing in picture.things]
    return {
        "title": picture.title,
        "focus": iris.index(picture.focus) if picture.focus else None,
        "kinds": [
            {"key": k.key, "label": k.label, "plural": k.plural, "colour": k.colour, "glyph": k.glyph,
             "count": kinds[k.key]}
            for k in KINDS.values()
            if kinds[k.key]
        ],
        "relations": [
            {"key": r.key, "label": r.label, "inverse": r.inverse, "count": relations[r.key]}
            for r in (*RELATIONS.values(), *(relation(key) for key in sorted(relations.keys() - RELATIONS.keys())))
            if relations[r.key]
        ],
        "headings": [{"x": h.x, "y": h.y, "kind": h.kind, "align": h.align} for h in placed.headings],
        "things": [
            {"iri": t.iri, "title": t.title, "url": _safe(t.url), "facts": [_fact(fact, quotes) for fact in t.facts]}
            for t in picture.things
        ],
        "links": [_numbers(link.quotes, quotes) for link in picture.links],
        "quotes": [
            {"report": q.report, "place": place_label(q.place, q.page), "text": q.text} for q in quotes
        ],
        "nodes": drawn.nodes,
        "edges": drawn.edges,
        "options": drawn.options,
    }  # fmt: skip


def _fact(fact: Fact, quotes: dict[Quote, int]) -> dict[str, Any]:
    said: dict[str, Any] = {"label": fact.label, "value": fact.value, "quotes": _numbers(fact.quotes, quotes)}
    return said | {"derived": True} if fact.derived else said


def _numbers(said: tuple[Quote, ...], quotes: dict[Quote, int]) -> list[int]:
    return [quotes.setdefault(quote, len(quotes)) for quote in said]


def _safe(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""


def _part(name: str) -> str:
    return (resources.files("auditgraph.viz") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
