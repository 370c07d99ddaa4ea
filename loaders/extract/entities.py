"""Where a text names one of the organisations that were found in a report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from auditgraph.model import Organisation

__all__ = ["Named", "Names"]


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation named at characters `start:end` of a text; `generic` where by a word such as "the Mission"."""

    start: int
    end: int
    key: str
    generic: bool = False


# Words that stand for the audited body where its own name has them (and "the Mission" for any field mission).
_GENERIC = (
    "Mission", "Force", "Operation", "Office", "Programme", "Fund", "Department", "Tribunal", "Mechanism", "Centre",
    "Commission", "Secretariat", "Representation", "Institute", "University", "Agency", "Institution",
    "secretariat", "Team", "Division",
)  # fmt: skip
_OF_EVERY_REPORT = {"oios", "iad"}  # the auditors' own
_MISSIONS = re.compile(r"\b(?:Mission|Force|Operation|Office in|Assistance|Truce|Observer|Verification)\b")


class Names:
    """The names of a report's organisations as one pattern: the longest name wins.

    Generic words ("the Mission", "the Force") mean the audited organisation where there is just one.
    """

    def __init__(self, organisations: Iterable[Organisation], audited: Iterable[str] = ()) -> None:
        self._keys: dict[str, str] = {}
        self._first: dict[str, int] = {}  # where each is named first
        clash: set[str] = set()
        organisations = tuple(organisations)
        for organisation in organisations:
            self._first[organisation.key] = min((p.span.start for p in organisation.mentions), default=0)
            forms = [organisation.name.value]
            if organisation.acronym is not None:
                forms.append(organisation.acronym.value)
            for form in forms:
                if len(form) > 1 and self._keys.setdefault(form, organisation.key) != organisation.key:
                    clash.add(form)
        for form in clash:
            del self._keys[form]
        self.audited = tuple(audited)
        self._generic: dict[str, str] = {}
        if len(self.audited) == 1:
            name = next((o.name.value for o in organisations if o.key == self.audited[0]), "")
            words = [word for word in _GENERIC if word in name and re.search(rf"\b{word}\b", name)]
            words += ["Mission"] if _MISSIONS.search(name) else []
            words += ["Representation"] if "Refugees" in name else []
            self._generic = dict.fromkeys(words, self.audited[0])

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        names = "|".join(re.escape(form) for form in sorted(self._keys, key=len, reverse=True))
        generic = "|".join(self._generic)
        both = [rf"(?<![\w/])(?P<name>{names})(?![\w])"] if names else []
        # "the Department", but not "the Department of Operational Support"
        longer = r"(?!\s+(?:(?:of|for|on)\s+)?[A-Z])"
        both += [rf"\b(?:[Tt]he|[Tt]his)\s+(?P<word>{generic})(?=['’]|\b){longer}"] if generic else []
        return re.compile("|".join(both)) if both else None

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Named]:
        """Return the organisations named in a text, in order."""
        if self._pattern is None:
            return []
        found = []
        for match in self._pattern.finditer(text, start, len(text) if end is None else end):
            groups = match.groupdict()
            if groups.get("name"):
                found.append(Named(*match.span("name"), self._keys[groups["name"]]))
            elif groups.get("word"):
                found.append(Named(*match.span(), self._generic[groups["word"]], True))
        return found

    def of_kind(self, word: str, offset: int) -> str | None:
        """Return the one organisation that "the Section" can mean: the only one of that kind named before `offset`."""
        keys = {
            key
            for form, key in self._keys.items()
            if (form.endswith(f" {word}") or form.startswith((f"{word} of ", f"{word} for ")))
            and self._first.get(key, offset) < offset
        }
        keys -= _OF_EVERY_REPORT
        return next(iter(keys)) if len(keys) == 1 else None

    def at(self, text: str, start: int, end: int) -> Named | None:
        """Return the organisation that the words at `start` name, after an article, or None."""
        article = re.compile(r"\s*(?:[Tt]he\s+)?").match(text, start, end)
        begin = article.end() if article else start
        return next((n for n in self.find(text, start, end) if n.start in (begin, start) or n.start < begin), None)
