"""Who answers for each recommendation in the management response."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from auditgraph.loaders.extract.initials import ACRONYM, is_acronym
from auditgraph.loaders.extract.known_titles import names_part
from auditgraph.loaders.extract.titles import TITLE_ENDS, TITLE_STARTS, title_key
from auditgraph.model import Abbreviation, Post, Responsibility, Said, Skeleton

__all__ = ["responsibilities", "split_officials"]

# What stands in the cell where nobody is named.
_NOBODY = re.compile(
    r"(?:n\s?[/.]?\s?a\.?|not applicable|none|nil|tbd|tbc|to be (?:determined|confirmed)|[-–—.*]*)", re.I
)
# Where one post may end and the next begin: "A; B", "A / B", "A and B", "A, B", "A Unit Chief B".
_CUT = re.compile(
    r"\s*;\s*(?:and\s+)?|\s*[/|]\s*|\s*,?\s+(?:and|&|or|through)\s+(?:the\s+)?|\s*,\s+"
    r"|\s+(?=(?:Deputy |Acting )?(?:Chief|Director|Head)\b)"
)
# Characters; a longer cell is a column gone astray, not posts.
_LONGEST = 1000
# One post with three hats.
_ONE = re.compile(
    r"(?:DSRSG|(?:Deputy |D)SRSG|Deputy Special Representative[^/]*)\s*/\s*(?:RC|Resident Coordinator)"
    r"(?:\s*/\s*(?:HC|Humanitarian Coordinator))?"
    r"|\b(?:USG|ASG)\s*/\s*[A-Z]{2,}"
)
# "(i) Director; (ii) Chief": how a cell numbers its posts.
_MARK = re.compile(r"^\(?(?:[ivx]{1,4}|[a-h]|\d)[.)]\s+")
_BRACKET = re.compile(r"\s*\((" + ACRONYM + r")\)\s*$")
_ALONE = re.compile(r"\(?(" + ACRONYM + r")\)?")
_LAST = re.compile(
    r"(?P<post>.*\b(?:Chief|Director|Head|Officer-in-Charge|OIC),? (?:of (?:the )?)?)(?P<acronym>" + ACRONYM + r")$"
)
# Titles of one word: "Representative and Senior Supply Officer".
_ONE_WORD = frozenset("Representative Registrar Prosecutor Controller Ombudsman Treasurer".split())
_ORG_ENDS = frozenset(
    "Team Section Unit Division Branch Service Office Committee Board Group Centre Center Department Force Cell "
    "Staff Support".split()
)


def responsibilities(
    skeleton: Skeleton, abbreviations: Sequence[Abbreviation], posts: Sequence[Post]
) -> tuple[Responsibility, ...]:
    """Return each post or body that answers for a recommendation; two in a cell are two.

    An acronym that stands for a post or a unit is spelled out where the report defines it.
    """
    meaning = {a.acronym: a.expansion.value for a in reversed(abbreviations)}
    other = frozenset(a for a, means in meaning.items() if means.split()[0] not in TITLE_STARTS)
    keys = {title_key(title): post.key for post in posts for title in _titles(post)}
    found: dict[tuple[str, str, str], Responsibility] = {}
    for row in skeleton.appendix_rows:
        if row.officials is None:
            continue
        for official in split_officials(row.officials.value, other):
            name = _spelled(official, meaning)
            said = Said(name, row.officials.evidence, name not in row.officials.value)
            key = keys.get(title_key(name), "")
            found.setdefault((row.appendix, row.number, name), Responsibility(row.number, said, row.appendix, key))
    return tuple(found.values())


def split_officials(cell: str, other: Collection[str] = ()) -> list[str]:
    """Return the posts and bodies in a cell; `other` are acronyms that stand for no post in this report.

    >>> split_officials("Chief, Operations and Resource Management and Chief Rations Unit")
    ['Chief, Operations and Resource Management', 'Chief Rations Unit']
    >>> split_officials("Executive Secretary, CMS", {"CMS"})
    ['Executive Secretary, CMS']
    """
    cell = re.sub(r"^[Tt]he ", "", cell.strip())
    if len(cell) > _LONGEST:
        return []
    parts, start = [], 0
    whole = [m.span() for m in _ONE.finditer(cell)]
    for cut in _CUT.finditer(cell):
        left, right = cell[start : cut.start()], cell[cut.end() :]
        if any(a < cut.start() < b for a, b in whole):
            continue
        ended = _whole(left) or (";" in cut.group() and left.strip())
        if cut.start() >= start and ended and _begins(right, cut.group(), _closed(left), other):
            parts.append(left)
            start = cut.end()
    parts.append(cell[start:])
    parts = [_MARK.sub("", part.strip()) for part in parts]
    return [p for p in (part.strip(" ,;.") for part in parts) if p and not _NOBODY.fullmatch(p)]


def _whole(left: str) -> bool:
    """Tell whether what stands before a cut names a post or a body already: not "Chief" or "Director of"."""
    words = left.replace(",", " ").split()
    if len(words) == 1 and words[0] not in _ONE_WORD:
        return _ALONE.fullmatch(left.strip(" ,")) is not None and is_acronym(words[0].strip("()"))
    return bool(words) and words[-1] not in {"of", "for", "the", "and", "&", "Deputy", "Acting", "Assistant", "Senior"}


def _closed(left: str) -> bool:
    """Tell whether a name has ended for sure, so that "and X Section" is another: "Chief Rations Unit and ...".

    "Chief, Programme Support and Budget Section" is one.
    """
    last = left.replace(",", " ").split()[-1]
    return (
        last.endswith(")")
        or is_acronym(last)
        or last in (_ORG_ENDS - {"Support"}) | TITLE_ENDS | {"Secretary-General", "General"}
    )


def _begins(right: str, cut: str, whole_unit: bool, other: Collection[str]) -> bool:
    """Tell whether a post or body begins here rather than goes on ("Risk Management and | Compliance Officer")."""
    words = re.findall(r"[^\s,;/()]+", re.split(r"\s(?:and|&)\s|[;/]", right)[0])
    if not words:
        return False
    first = words[0]
    if cut.strip() in {";", "; and"}:
        return True
    if first in TITLE_STARTS or is_acronym(first):
        return cut.strip() != "," or (first in TITLE_STARTS and first not in other)
    if cut.strip() == "," or not cut.strip():
        return False
    if len(words) < 2 or not first[0].isupper():
        return False
    return whole_unit and words[-1] in TITLE_ENDS | _ORG_ENDS


def _spelled(official: str, meaning: dict[str, str]) -> str:
    alone = _ALONE.fullmatch(official)
    if alone:
        return meaning.get(alone[1], alone[1])
    if not names_part(official):  # "Assistant Representative (Programme)"
        official = _BRACKET.sub("", official)
    last = _LAST.fullmatch(official)
    if last and last["acronym"] in meaning:
        return last["post"] + meaning[last["acronym"]]
    return official


def _titles(post: Post) -> Iterator[str]:
    yield post.title.value
    if post.acronym is not None:
        yield post.acronym.value
