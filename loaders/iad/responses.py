"""Understand what a response says: accepted or not, open or closed, and of which recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from auditgraph.loaders.iad.places import Draft
from auditgraph.loaders.sought import sought
from auditgraph.model import Prose, Response

__all__ = ["is_response", "numbers_in", "responses_in"]

_NUMBERS = r"(?P<numbers>\d{1,2}(?:\s*(?:,|and|to|through|[-–]|&)\s*(?:and\s+)?(?:\d{1,2}))*)"
_RECOMMENDATIONS = rf"(?:the\s+|OIOS\s+|this\s+)?recommendations?(?:\s+{_NUMBERS})?"
# `UNMIL accepted recommendation 1`, `The Office partially accepted recommendations 2 and 3`.
_ACCEPTANCE = sought(
    rf"(?P<not>(?:did|does|do|has|have)\s+not\s+(?:yet\s+)?accept(?:ed)?|rejected|disagreed with|could not accept)"
    rf"(?:\s+(?:to|with|all|both))?\s+{_RECOMMENDATIONS}"
    rf"|(?P<partly>partially|partly|in part)\s+accept(?:ed|s)\s+{_RECOMMENDATIONS.replace('numbers', 'partly_numbers')}"
    rf"|(?P<yes>accept(?:ed|s)|agreed\s+(?:with|to)|agrees\s+with|concur(?:s|red)\s+with)\s+(?:all\s+|both\s+)?"
    rf"{_RECOMMENDATIONS.replace('numbers', 'yes_numbers')}",
    re.I,
)
# `Recommendation 1 remains open pending receipt of evidence that ...`.
_OPEN = sought(
    rf"Recommendations?\s+{_NUMBERS}\s+(?:will\s+)?(?:therefore\s+)?remains?\s+open(?P<pending>[,;]?\s+pending\s+(?P<what>(?:[^.]|\.(?!\s|$))+))?",
    re.I,
)
# `Based on the action taken by UNMIL, recommendation 3 has been closed.`; `recommendation 2 is considered closed`.
_CLOSED = sought(
    rf"recommendations?\s+{_NUMBERS}\s+(?:(?:has|have)\s+been|was|were|is|are)\s+(?:therefore\s+|considered\s+|now\s+)?(?P<how>closed|implemented)"
    r"(?P<rest>\s+without\s+(?:having\s+been\s+)?implement(?:ation|ed)[^.]{0,80})?",
    re.I,
)
_MENTION = sought(rf"recommendations?\s+{_NUMBERS}", re.I)


def numbers_in(printed: str) -> tuple[str, ...]:
    """Return the numbers that a list of recommendations names.

    >>> numbers_in("1, 3 and 5 to 7")
    ('1', '3', '5', '6', '7')
    """
    numbers: list[str] = []
    for first, to, last in re.findall(r"(\d{1,2})(?:\s*(to|through|[-–])\s*(\d{1,2}))?", printed):
        end = int(last) if to else int(first)
        numbers += [str(n) for n in range(int(first), min(end, int(first) + 40) + 1)]
    return tuple(dict.fromkeys(numbers))


def is_response(value: str) -> bool:
    """Tell whether a numbered paragraph is what management or OIOS says of a recommendation by its number."""
    acceptance = _ACCEPTANCE.search(value[:400])
    return bool(_OPEN.search(value) or _CLOSED.search(value) or (acceptance and _MENTION.search(value[:400])))


def responses_in(draft: Draft, runs: Sequence[Prose], current: Iterable[str]) -> tuple[Response, ...]:
    """Read the runs of one response; one Response for each recommendation it speaks of.

    `current` are the recommendations it follows: what names no number speaks of them.
    """
    current = tuple(current)
    text = runs[0].text if len(runs) == 1 else type(runs[0].text).joined(run.text for run in runs)
    place = runs[0].place
    facts: dict[str, dict[str, object]] = {}

    def note(printed: str | None, name: str, start: int, end: int, value: str) -> None:
        for number in numbers_in(printed) if printed else current:
            facts.setdefault(number, {}).setdefault(name, draft.said(place, text[start:end], value))

    for match in _ACCEPTANCE.finditer(text.value):
        value = "no" if match.group("not") else "partially" if match.group("partly") else "yes"
        printed = match.group("numbers") or match.group("partly_numbers") or match.group("yes_numbers")
        note(printed, "accepted", *match.span(), value)
    for match in _OPEN.finditer(text.value):
        note(match.group("numbers"), "status", *match.span(), "open")
        if match.group("what"):
            note(match.group("numbers"), "pending", match.start("what"), match.end("what"), match.group("what").strip())
    for match in _CLOSED.finditer(text.value):
        note(match.group("numbers"), "status", *match.span(), "closed")
        if match.group("rest"):
            note(match.group("numbers"), "closing_reason", *match.span(), " ".join(match.group("rest").split()))
        elif match.group("how").lower() == "implemented":
            note(match.group("numbers"), "closing_reason", *match.span(), "implemented")
    said = draft.said(place, text)
    grouped = dict.fromkeys([*current, *(n for n in facts if n not in current)])
    return tuple(Response(numbers=(n,), text=said, **facts.get(n, {})) for n in grouped)  # type: ignore[arg-type]
