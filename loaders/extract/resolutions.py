"""Resolutions of United Nations organs: where a report cites them and what their symbols are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from auditgraph.loaders.extract.dates import MONTH, YEAR
from auditgraph.loaders.extract.organs import NAMED, OF_ORGAN, ORGAN, SPOKEN, beside, of_session, prefix
from auditgraph.loaders.extract.reading import Run, merged, runs
from auditgraph.loaders.sought import sought
from auditgraph.model import Passage, ProseKind, Skeleton

__all__ = ["Resolution", "Resolved", "find", "resolutions"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution cited at characters `start:end` of a run; `group` is where its list begins and ends.

    `organ` is the prefix of its symbol (`S/RES`) or, where an organ's resolutions have none in texts, its name
    ("Governing Council resolution"), `number` what follows (`2364`, `72/266 B`); `year` that of
    a numbering by year in brackets, or empty; `dated` tells that the year was said beside it, not in its symbol.
    """

    run: Run
    start: int
    end: int
    group: tuple[int, int]
    organ: str
    number: str
    year: str = ""
    dated: bool = False

    @property
    def symbol(self) -> str:
        """Return the symbol in the United Nations' own form: `S/RES/2364 (2017)`, `A/RES/72/266 B`."""
        session, slash, item = self.number.partition("/")
        if self.organ == f"Environment Assembly{NAMED}" and slash:
            return f"UNEP/EA.{session}/Res.{item}"
        glue = " " if self.organ.endswith(NAMED) else "/"
        return f"{self.organ}{glue}{self.number}" + (f" ({self.year})" if self.year else "")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A citation whose year is known from the report: `evidence` shows both, `derived` tells if it was joined."""

    resolution: Resolution
    evidence: tuple[Passage, ...]
    derived: bool


# "2364 (2017)", "2690", "72/266 B", "48/218B", "194 (III)", "1946/56", "S-17/1", "ES-10/2"
_SLASHED = r"(?:(?:E?S-)?\d{1,4}/\d{1,3})(?:\s?[A-Z](?:-[A-Z])?(?!\w|\.\w))?"
_ROMAN = r"\d{1,4}\s*(?:[A-Z]\s*)?\((?:S-)?[IVXL]+\)"
_PLAIN = rf"\d{{1,4}}(?:\s*\((?:{YEAR})\))?"
_ITEM = rf"(?:{_SLASHED}|{_ROMAN}|{_PLAIN})"
# "of 30 June 2023", ", dated 5 May 2014": the year where the symbol lacks it
_DATED = rf",?\s+(?:of|dated|adopted\s+(?:on|in))\s+(?:(?:\d{{1,2}}\s+)?{MONTH}\s+)?"
_OF_DATE = rf"(?:{_DATED}(?P<date>{YEAR})\b)?"
_GLUE = r"\s*(?:,\s*(?:and\s+)?|\band\b|\bor\b|&|;\s*(?:and\s+)?|\bto\b|\bas\s+well\s+as\b)\s*(?:resolutions?\s+)?"
# each but the last may be dated too, and no count follows: "resolutions 48/218 B of 29 July 1994, 54/244 and 59/272"
_MORE = r"(?=(?:E?S-)?\d+/|\d+\s*(?:[A-Z]\s*)?\(|\d{3,4}(?:\s*[,;.]|\s+(?:and|of|on|dated|adopted)\b))"
_LIST = rf"{_ITEM}(?:(?:{_GLUE}|{_DATED}{YEAR}\b{_GLUE}{_MORE}){_ITEM})*"
_WORD = r"resolutions?(?:\s+\((?:UN)?SCRs?\))?(?:\s+[Nn]os?\.?)?"
# "Security Council resolutions 2364 (2017), 2423 (2018) and 2480 (2019)", "the Council, by its resolution 1701 (2006)",
# "Security Council in its resolution 2100", "SCR 2690", "UNSCRs 1325 and 1820"
_CITED = sought(
    rf"(?:(?P<organ>\b(?:{ORGAN}))(?:\s+\((?:{ORGAN})\))?(?:['’]s)?(?:\s+\((?=resolution))?(?:,?\s+(?:in|by|"
    rf"through|under|pursuant\s+to|via|with)\s+(?:its\s+|the\s+)?)?\s*"
    rf"{_WORD}\s+|\b{_WORD}\s+(?!of\b)|\b(?P<scr>(?:UN)?SCRs?)\s+)(?P<list>{_LIST})(?![\w%]|[.,]\d){_OF_DATE}",
    re.IGNORECASE,
)
# A symbol as printed: "S/RES/2364 (2017)", "A/RES/72/266 B", "A/RES/194 (III)"
_SYMBOL = sought(rf"(?P<organ>\b(?:S|A|E|A/HRC)/RES)/(?P<item>{_SLASHED}|{_ROMAN}|{_PLAIN})", re.IGNORECASE)
_SPLIT = re.compile(rf"(?P<item>{_ITEM}){_OF_DATE}")
_WITH_YEAR = re.compile(rf"(?P<number>\d+)\s*\((?P<year>{YEAR})\)")
# "in 2013 by ...", "In June 2023, ...": the year in which the resolution that follows was adopted
_IN_YEAR = re.compile(
    rf"\b[Ii]n\s+(?:{MONTH}\s+)?(?P<year>{YEAR}),?\s+(?:by\s+|through\s+|under\s+|"
    rf"pursuant\s+to\s+)?(?:the\s+)?(?:(?:UN|United\s+Nations)\s+)?$"
)


def find(run: Run) -> Iterator[Resolution]:
    """Yield the resolutions of a known organ that a run cites, in order, each with the year printed with it."""
    return (one for one in _found(run) if one.organ)


def _found(run: Run) -> Iterator[Resolution]:
    """Yield the resolutions that a run cites; `organ` is empty where the run does not tell whose they are."""
    value = run.text.value
    taken: list[tuple[int, int]] = []
    for match in _SYMBOL.finditer(value):
        taken.append(match.span())
        yield _resolution(run, match.span(), match.span(), match["organ"].upper(), match["item"])
    for match in _CITED.finditer(value):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        start, end = match.span("list")
        items = list(_SPLIT.finditer(value, start, end))
        group = match.start(), match.end()
        said = "S/RES" if match["scr"] else prefix(match["organ"] or "")
        for item in items:
            number = item["item"]
            organ = said or _told(number, match, value) or ("S/RES" if _council(value, number) else "")
            one = _resolution(run, item.span("item"), group, organ, number)
            if not one.year and one.organ == "S/RES":
                one = _dated(one, item["date"] or (match["date"] if item is items[-1] else ""), match, value)
            yield one


def resolutions(skeleton: Skeleton) -> tuple[Resolved, ...]:
    """Return every citation of a resolution outside headings, with its year where the report tells it anywhere.

    A resolution cited again without its year is the same one; the evidence then shows both places.
    """
    found = [
        (
            cited,
            cited.run.passages(skeleton, cited.start if cited.group[0] > cited.start else cited.group[0], cited.end),
        )
        for run in runs(skeleton)
        if run.kind is not ProseKind.HEADING
        for cited in _found(run)
    ]
    council = {cited.number for cited, _ in found if cited.organ == "S/RES"}
    # "resolution 2245" after "Security Council resolution 2245 (2015)"
    found = [
        (cited if cited.organ else replace(cited, organ="S/RES"), passages)
        for cited, passages in found
        if cited.organ or cited.number in council
    ]
    years: dict[tuple[str, str], dict[str, tuple[Passage, ...]]] = {}
    for cited, _ in found:
        if cited.year:
            shown = cited.run.passages(skeleton, *_shown(cited))
            years.setdefault((cited.organ, cited.number), {}).setdefault(cited.year, shown)
    resolved: list[Resolved] = []
    for cited, passages in found:
        known = years.get((cited.organ, cited.number), {})
        if cited.year:
            resolved.append(
                Resolved(cited, merged(passages, known[cited.year]) if cited.dated else passages, cited.dated)
            )
        elif len(known) == 1:
            ((year, shown),) = known.items()
            resolved.append(Resolved(replace(cited, year=year), merged(passages, shown), True))
        else:
            resolved.append(Resolved(cited, passages, False))
    return tuple(resolved)


def _resolution(run: Run, span: tuple[int, int], group: tuple[int, int], organ: str, item: str) -> Resolution:
    item = " ".join(item.split())
    with_year = _WITH_YEAR.fullmatch(item)
    if with_year is not None:
        return Resolution(run, *span, group, organ, with_year["number"], with_year["year"])
    lettered = re.fullmatch(r"([\dES/-]+\d)\s?([A-Z](?:-[A-Z])?)", item)
    number = f"{lettered[1]} {lettered[2]}" if lettered else item
    return Resolution(run, *span, group, organ, number)


def _dated(one: Resolution, date: str, match: re.Match[str], value: str) -> Resolution:
    """Give a resolution the year of the date said right after it or right before its sentence's start of it."""
    if date:
        return replace(one, year=date, dated=True)
    if one.end != match.end("list"):
        return one
    before = _IN_YEAR.search(value, max(0, match.start() - 60), match.start())
    return replace(one, year=before["year"], dated=True) if before else one


def _shown(cited: Resolution) -> tuple[int, int]:
    """Return the words that show number and year: the date beside it is taken in."""
    value = cited.run.text.value
    if not cited.dated:
        return cited.start, cited.end
    after = value.find(cited.year, cited.end, cited.end + 40)
    if after >= 0 and cited.group[1] >= after:
        return cited.start, after + 4
    before = value.rfind(cited.year, max(0, cited.group[0] - 60), cited.start)
    return (before, cited.end) if before >= 0 else (cited.start, cited.end)


def _council(value: str, item: str) -> bool:
    """Tell whether a bare number can only be the Security Council's: the text speaks of no other organ."""
    if not re.fullmatch(r"\d{2,4}", item) or not re.search(r"\b(?:Security\s+Council|(?:the|The)\s+Council)\b", value):
        return False
    return re.search(r"\b(?:Assembly|Economic\s+and\s+Social\s+Council|Human\s+Rights\s+Council)\b", value) is None


def _guessed(item: str) -> str:
    """Return the organ that only such a number can be of: a year in brackets the Council, a session the Assembly."""
    if _WITH_YEAR.fullmatch(" ".join(item.split())):
        return "S/RES"
    if re.match(r"(?:E?S-)?\d{2}/\d{1,3}(?!\d)", item) or re.search(r"\([IVXL]+\)", item):
        return "A/RES"
    return ""


def _told(item: str, match: re.Match[str], value: str) -> str:
    """Return the organ of a resolution that is cited without it: guessed, unless the text speaks of another one.

    "The Governing Council approved it in its resolution 21/2": no resolution of the Assembly.
    """
    named = beside(match, value)
    if named is not None and not _WITH_YEAR.fullmatch(" ".join(item.split())):
        return named
    guessed = _guessed(item)
    by_year = re.match(rf"{YEAR}/\d", item)  # "2021/4": the Economic and Social Council's, where the text speaks of it
    if guessed != "A/RES" and not by_year:
        return guessed
    after = OF_ORGAN.match(value, match.end())
    before = [m["name"] for m in SPOKEN.finditer(value, max(0, match.start() - 600), match.start())]
    name = " ".join((after["name"] if after else before[-1] if before else "").split())
    if name == "Environment Assembly" and not of_session(item):
        return guessed
    organ = prefix(name)
    if by_year:
        return organ if organ == "E/RES" else ""
    if organ == "E/RES" and "(" not in item:
        return guessed  # since 1978 its resolutions are numbered by year, not by session
    return guessed if name in {"", "General Assembly", "Assembly"} else organ


def places(resolved: Iterable[Resolved]) -> Iterator[tuple[str, str, tuple[Passage, ...]]]:
    """Yield (symbol, place, evidence) of each citation, one for each place that cites a resolution."""
    seen: dict[tuple[str, str], tuple[Passage, ...]] = {}
    for one in resolved:
        key = one.resolution.symbol, one.resolution.run.place
        seen[key] = merged(seen.get(key, ()), one.evidence)
    for (symbol, place), evidence in seen.items():
        yield symbol, place, evidence
