"""What a graph's address asks for: a report, what is around a thing, a query's answer, paths, or everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditgraph.errors import UsageError
from auditgraph.viz.kinds import KINDS

if TYPE_CHECKING:
    from starlette.datastructures import ImmutableMultiDict

__all__ = ["LIMIT", "MOST", "Grown", "Selection", "parse"]

# What a browser draws and a person still reads as a picture; the page says how many there are beside.
MOST = 20_000
# What is drawn unasked: it is there in a second or two.
LIMIT = 5_000
DEEPEST = 4
LONGEST = 20_000
GROWN = 60


@dataclass(frozen=True, slots=True)
class Grown:
    """A thing whose neighbours were asked for, all or of one kind."""

    thing: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """One graph: at most one of `report`, `around`, `query`, `sparql` and `start` (with `end`); none is everything."""

    report: str = ""
    around: str = ""
    depth: int = 1
    query: str = ""
    sparql: str = ""
    start: str = ""
    end: str = ""
    limit: int = LIMIT
    grown: tuple[Grown, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def drawn(self) -> Selection:
        """Return the selection without what only the browser hides."""
        return replace(self, hidden=())


def parse(values: ImmutableMultiDict[str, str]) -> Selection:
    """Read the parameters of an address or form. Raises UsageError with what is wrong."""
    said = {name: values.get(name, "").strip() for name in ("report", "around", "query", "sparql", "from", "to")}
    given = [name for name in ("around", "query", "sparql", "from") if said[name]]
    if said["report"] and not said["query"]:
        given.append("report")
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} ask for different graphs", "Give one of them")
    if bool(said["from"]) != bool(said["to"]):
        raise UsageError("a path has two ends", "Give from= and to=")
    if len(said["sparql"]) > LONGEST:
        raise UsageError(f"the query has more than {LONGEST:,} characters")
    grown = []
    for more in values.getlist("more")[:GROWN]:
        kind, bar, thing = more.partition("|")
        grown.append(Grown(thing, kind if kind in KINDS else "") if bar else Grown(more))
    return Selection(
        said["report"], said["around"], _number(values, "depth", 1, DEEPEST), said["query"], said["sparql"],
        said["from"], said["to"], _number(values, "limit", LIMIT, MOST), tuple(grown),
        tuple(sorted(kind for kind in values.get("hide", "").split(",") if kind in KINDS)),
    )  # fmt: skip


def _number(values: ImmutableMultiDict[str, str], name: str, default: int, most: int) -> int:
    text = values.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or not text.isascii() or not int(text[:9]) >= 1:
        raise UsageError(f"{name} is a number from 1", f"At most {most:,}")
    return min(int(text[:9]), most)
