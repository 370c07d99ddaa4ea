"""Lines of letters and memoranda as they were meant: a title torn by the labels beside it put together again."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator

from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.extract.titles import RANK, offices
from auditgraph.model import ProseKind, Text
from auditgraph.ontology.gazetteer import folded, gazetteer

__all__ = ["ADDRESSES", "addressed"]

# Where names of people stand before their titles.
ADDRESSES = frozenset({ProseKind.LETTER, ProseKind.SIGNATURE, ProseKind.NOTE})
# What stands in another column of the form: "DATE: 29 May 2012", "REF: 12-00123", "DE:".
_ASIDE = re.compile(r"(?:DATE|REF|REFERENCE|TEL|FAX|Date|Reference|Ref)\b\s*[.:].*|[A-ZÀ]{1,9}\s*:")
# A title that goes on in the next line: "..., Under-Secretary-General", "..., Acting Director".
_OPEN = re.compile(rf"(?:Under-Secretary-General|Assistant Secretary-General|Special Representative|{RANK})$")
_GOES_ON = re.compile(
    r"(?:for|of) (?:the )?[A-Z]|[A-Z][\w-]+(?: (?:and )?[A-Z][\w-]+)* (?:Division|Service|Section|Office)\b"
)
_LONGEST = 200  # characters of a line with a name and a title
_BETWEEN = 3  # lines of other columns
# The French label of the second line: "FROM: ..., Acting Director", "DE: Boat Division"
_LABELLED = re.compile(r"(?:DE|A|À)\s*:\s*(?=[A-Z])")
# "Under-Secretary-General for Internal", which the next line ends: "Oversight Services"
_PURPOSE = re.compile(r"(?:.*[,:] )?(?P<title>(?:Under-Secretary-General|Assistant Secretary-General) for [A-Z].*)")
# "CHIEF, BOAT AUDIT SERVICE: Ada Holt": a label of the page that tells whom to ask
_CONTACT = re.compile(r"(?P<title>(?:(?:ACTING|DEPUTY) )*(?:CHIEF|DIRECTOR|HEAD), [A-Z][A-Z ,&-]+):(?=\s|$)")
# "..., Director of Mission", "Chief, Boat Audit": what the next line may end, "Support", "Section"
_TITLED = re.compile(
    rf"(?:^|[,.:] )(?P<title>(?:(?:{RANK}|Special Representative|Special Adviser|Force|Police|Resident|Principal) ?"
    r"(?:,|of|of the|for)? ?[A-Z][\w-]*(?:,? (?:and |of |for |the )*[A-Z][\w-]*)*(?: of| of the| for| and)?))$"
)
_UNIT_ALONE = re.compile(r"(?:Service|Section|Division|Unit|Branch|Team|Cell|Centre)")
_SMALL = frozenset(("OF", "AND", "FOR", "THE", "IN"))


def addressed(everything: Iterable[Run]) -> Iterator[Run]:
    """Yield runs, the lines of an address that make one title joined, what stands between them after them."""
    held: list[Run] = []
    for run in map(_in_small_letters, everything):
        if not held:
            value = run.text.value
            if run.kind in ADDRESSES and (_OPEN.search(value) or _PURPOSE.fullmatch(value) or _begun(value)):
                held = [run]
            else:
                yield run
            continue
        label = _LABELLED.match(run.text.value)
        rest = run.text[label.end() :] if label else run.text
        ends = _ends_purpose(held[0].text.value, rest.value) or _ends_title(held[0].text.value, rest.value)
        going_on = _OPEN.search(held[0].text.value) and _GOES_ON.match(rest.value)
        if run.kind is held[0].kind and (ends or going_on):
            first = held[0]
            glue = " " if ends or rest.value[0].islower() else ", "
            yield Run(first.place, first.kind, Text.joined((first.text, rest), glue), first.column)
            yield from held[1:]
            held = []
        elif run.kind is held[0].kind and _ASIDE.fullmatch(run.text.value) and len(held) <= _BETWEEN:
            held.append(run)
        else:
            yield from held
            held = []
            yield run
    yield from held


def _ends_purpose(first: str, second: str) -> bool:
    """Tell whether a line ends the purpose that the line before it begins: a known office has both in its name."""
    begun = _PURPOSE.fullmatch(first)
    if begun is None:
        return False
    known = gazetteer().by_name
    return any(folded(name) in known for name in offices(f"{begun['title']} {second}"))


def _begun(line: str) -> str:
    """Return the title of a line that the next one may end: "Director of Mission"; empty where it has none."""
    title = _TITLED.search(line) if len(line) <= _LONGEST else None
    return title["title"] if title else ""


def _ends_title(first: str, second: str) -> bool:
    """Tell whether a line ends the title that the line before it begins: a known one, or one of a unit."""
    begun = _begun(first)
    if not begun:
        return False
    return _UNIT_ALONE.fullmatch(second) is not None or folded(f"{begun} {second}") in gazetteer().post_titles


def _in_small_letters(run: Run) -> Run:
    """Return a run whose title is no longer in capitals: "CHIEF, BOAT AUDIT SERVICE: Ada Holt"."""
    value = run.text.value
    label = _CONTACT.match(value) if run.kind in ADDRESSES else None
    if label is None:
        return run
    title = " ".join(word.lower() if word in _SMALL else word.capitalize() for word in label["title"].split(" "))
    offsets = array("I", map(run.text.offset, range(len(title))))
    return Run(run.place, run.kind, Text(title, offsets), run.column)
