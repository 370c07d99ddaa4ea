"""A store of many invented reports: the twelve of tests/reports again and again, under other numbers and missions."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from auditgraph.api import load
from auditgraph.store import MEMORY, GraphData, Store, open_store

__all__ = ["many_reports"]

ROOT = Path(__file__).resolve().parents[1]
# The subject of a statement that says what kind of thing it is, among the kinds that a graph shows.
_KINDS = "AuditReport|Finding|Recommendation|Post|Person|Organization|OrganizationalUnit|Resolution|Instrument|Location"
_THING = re.compile(rf"^<([^>]+)> <[^>]+#type> <[^>]+[#/](?:{_KINDS}|InformationSystem)>", re.MULTILINE)


def many_reports(folder: str, things: int) -> Store:
    """Return a store with about so many things in it; made once for each folder."""
    place = Path(folder)
    if place.exists() and any(place.iterdir()):
        return open_store(folder)
    import pyoxigraph as ox

    memory = open_store(MEMORY, write=True)
    load([str(path) for path in sorted((ROOT / "tests" / "reports").glob("*.txt"))], store=memory)
    told = [
        (record, (ox.serialize(memory.quads(graph), format=ox.RdfFormat.N_QUADS) or b"").decode())
        for graph, record in memory.records().items()
    ]
    store = open_store(folder, write=True)
    iris: set[str] = set()
    number = 0
    batch = []
    while len(iris) < things:
        record, text = told[number % len(told)]
        year, count = 2040 + number // 900, number % 900 + 1
        key = f"{year}/{count:03d}"
        graph = record.graph.rpartition("/")[0] + f"/{year}-{count:03d}"
        text = text.replace(record.graph, graph).replace(f'"{record.key}"', f'"{key}"')
        text = re.sub(r"(/audit/)[\w-]+", rf"\g<1>ap{year}-{count:03d}", text)
        mission = number // len(told)
        text = re.sub(r"(auditgraph/(?:organisation|post|location)/)([\w-]+)", rf"\g<1>\g<2>-{mission}", text)
        text = re.sub(r"(auditgraph/person/)([\w-]+)", rf"\g<1>\g<2>-{mission % 9}", text)
        iris.update(_THING.findall(text))
        batch.append(GraphData(replace(record, graph=graph, key=key, sha256=f"{number:064x}"), text.encode()))
        if len(batch) == 50:
            store.put(batch)
            batch = []
        number += 1
    store.put(batch)
    store.flush()
    store.close()  # a writer goes on moving its files, under the eyes of those who read
    return open_store(folder)
