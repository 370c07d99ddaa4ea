"""What resolutions do to organisations, as a report says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from auditgraph.loaders.extract.entities import Named, Names
from auditgraph.loaders.extract.mandate_targets import allowed, also, antecedent, object_of, subject_of
from auditgraph.loaders.extract.mandate_words import (
    ACTIVE,
    AND_ANOTHER,
    AND_BY,
    AND_THEN,
    AND_VERB,
    AS_MANDATED,
    BARE,
    BY_ANOTHER,
    BY_ORGAN,
    DECIDED,
    DERIVED,
    FIRST_WORD,
    FORMS,
    GOES_ON,
    IS_DONE,
    ITS_MANDATE_IS,
    ITS_PAPER,
    OF_IT,
    ORGAN,
    ORGAN_LAST,
    PASSIVE,
    PURSUANT,
    SAME,
    THE_MANDATE_IS,
    TO_DO,
    VERBS,
    WHICH,
)
from auditgraph.loaders.extract.reading import Run, Sentence, merged, sentences
from auditgraph.loaders.extract.resolutions import Resolved
from auditgraph.model import Mandate, Organisation, ProseKind, Said, Skeleton

__all__ = ["VERBS", "mandates"]


@dataclass(frozen=True, slots=True)
class _Group:
    """The resolutions of one list in a sentence."""

    start: int
    end: int
    members: tuple[Resolved, ...]


@dataclass(frozen=True, slots=True)
class _Effect:
    group: _Group
    key: str
    effect: str
    start: int
    end: int


def mandates(
    skeleton: Skeleton,
    organisations: Iterable[Organisation],
    audited: Iterable[str],
    resolved: Iterable[Resolved],
) -> tuple[Mandate, ...]:
    """Return what each resolution does to an organisation, each once, in reading order.

    `audited` are the keys of the audited organisations, `resolved` the report's citations of resolutions. The
    organisation is named in the clause, or meant by "the Mission", "its mandate" after it was named.
    """
    names = Names(organisations, audited)
    by_run: dict[tuple[str, int], list[Resolved]] = {}
    for one in resolved:
        run = one.resolution.run
        if run.kind not in (ProseKind.HEADING, ProseKind.CAPTION):
            by_run.setdefault((run.place, run.text.offset(0)), []).append(one)
    found: dict[tuple[str, str, str], Mandate] = {}
    for members in by_run.values():
        for sentence, effect in _in_run(members, names):
            words = sentence.run.passages(skeleton, effect.start, effect.end)
            for one in effect.group.members:
                key = one.resolution.symbol, effect.key, effect.effect
                symbol = Said(key[0], merged(one.evidence, words), one.derived)
                found.setdefault(key, Mandate(symbol, effect.key, Said(effect.effect, words)))
    return tuple(found.values())


def _in_run(members: list[Resolved], names: Names) -> Iterator[tuple[Sentence, _Effect]]:
    """Yield what the resolutions of a run do, each with its sentence."""
    run = members[0].resolution.run
    members = [*members, *_named_again(run, members)]
    theme: Named | None = None
    for sentence in sentences(run):
        here = [one for one in members if sentence.start <= one.resolution.start < sentence.end]
        for effect in _effects(sentence, _groups(here), names, theme):
            yield sentence, effect
        opening = re.compile(r"(?:The\s+(?:mandate\s+of\s+(?:the\s+)?)?)?").match(run.text.value, sentence.start)
        value = run.text.value
        named = [
            n for n in names.find(value, sentence.start, sentence.end) if not ORGAN.fullmatch(value[n.start : n.end])
        ]
        first = next((n for n in named if opening and n.start <= opening.end()), None)
        theme = first or (theme if not named else None)


def _named_again(run: Run, members: list[Resolved]) -> Iterator[Resolved]:
    """Yield "the same resolution" as the one cited last before it, where that is one and not a list."""
    for match in SAME.finditer(run.text.value):
        before = [one for one in members if one.resolution.end <= match.start()]
        last = [one for one in before if before and one.resolution.group == before[-1].resolution.group]
        if len(last) == 1:
            same = replace(last[0].resolution, start=match.start(), end=match.end(), group=match.span())
            yield Resolved(same, last[0].evidence, True)


def _groups(members: list[Resolved]) -> list[_Group]:
    spans: dict[tuple[int, int], list[Resolved]] = {}
    for one in members:
        spans.setdefault(one.resolution.group, []).append(one)
    return [_Group(start, end, tuple(ones)) for (start, end), ones in sorted(spans.items())]


def _effects(sentence: Sentence, groups: list[_Group], names: Names, theme: Named | None = None) -> Iterator[_Effect]:
    """Yield what the resolutions of a sentence do; `theme` is what the sentences before it are about, for "its"."""
    value = sentence.run.text.value
    named = [n for n in names.find(value, sentence.start, sentence.end) if not ORGAN.fullmatch(value[n.start : n.end])]
    floor = sentence.start
    passive: _Effect | None = None
    for at, group in enumerate(groups):
        stop = groups[at + 1].start if at + 1 < len(groups) else sentence.end
        before = ORGAN_LAST.sub("", value[floor : group.start])
        found = False
        for pattern in (PASSIVE, BY_ORGAN):
            match = _last(pattern, before)
            if match is None:
                continue
            begin = floor + match.start()
            if pattern is PASSIVE:
                subject = subject_of(value, sentence.start, begin, named, names, theme)
            else:
                subject = object_of(
                    value, floor + match.start("object"), floor + match.end("object"), named, names, theme
                )
            if subject is not None and not found:
                found = True
                passive = _Effect(group, subject.key, FORMS[match["verb"]], min(subject.start, begin), group.end)
                yield passive
        goes_on = GOES_ON.fullmatch(before) or (AND_BY.fullmatch(before) and not ACTIVE.match(value, group.end, stop))
        if not found and passive is not None and goes_on:
            found = True
            yield _Effect(group, passive.key, passive.effect, passive.start, group.end)
        if not found and passive is not None and (then := AND_THEN.fullmatch(before)) is not None:
            found = True
            yield _Effect(group, passive.key, FORMS[then["verb"]], passive.start, group.end)
        another = next((n for n in named if floor <= n.start < group.start), None) if passive and not found else None
        if passive is not None and another is not None and _is_another(value, floor, another, group.start):
            found = True
            yield _Effect(group, another.key, passive.effect, passive.start, group.end)
        if not found and (match := _last(DERIVED, before)) is not None:
            subject = subject_of(value, sentence.start, floor + match.end(), named, names, theme)
            if subject is not None:
                found = True
                yield _Effect(group, subject.key, "mandates", min(subject.start, floor + match.start()), group.end)
        opening = FIRST_WORD.search(before)
        following = next((n for n in named if group.end <= n.start <= group.end + 60), None)
        if not found and opening is not None and following is not None:
            found = True
            verb = FORMS[opening["verb"].lower()]
            yield _Effect(group, following.key, verb, floor + opening.start("verb"), following.end)
        if not found or WHICH.match(value, group.end, stop):
            for effect in _after(value, group, stop, named, names, sentence, floor, theme):
                found = True
                yield effect
        floor = group.end if not found else max(floor, group.end)


def _is_another(value: str, floor: int, another: Named, end: int) -> bool:
    """Tell whether words since the last resolution only name another one of which the same is said."""
    gap = ORGAN_LAST.sub("", value[another.end : end])
    return AND_ANOTHER.fullmatch(value[floor : another.start]) is not None and BY_ANOTHER.fullmatch(gap) is not None


def _after(
    value: str,
    group: _Group,
    stop: int,
    named: list[Named],
    names: Names,
    sentence: Sentence,
    floor: int,
    theme: Named | None,
) -> Iterator[_Effect]:
    """Yield what the words after a list of resolutions say it does."""
    before = value[floor : group.start]
    as_mandated = AS_MANDATED.search(before)
    pursuant = PURSUANT.search(before)
    lead = re.compile(OF_IT).match(value, group.end)
    subject = next((n for n in named if lead and group.end <= n.start <= lead.end()), None)
    if as_mandated is not None:
        subject = subject or subject_of(value, sentence.start, floor + as_mandated.start(), named, names)
        if subject is not None:
            start, end = min(subject.start, floor + as_mandated.start()), max(subject.end, group.end)
            yield _Effect(group, subject.key, FORMS[as_mandated["verb"]], start, end)
        return
    if pursuant is not None and subject is not None:
        its = ITS_MANDATE_IS.match(value, subject.end, stop)
        if its is not None:
            yield _Effect(group, subject.key, "mandates", floor + pursuant.start(), its.end())
            return
        done = IS_DONE.match(value, subject.end, stop)
        if done is not None:
            yield _Effect(group, subject.key, FORMS[done["verb"]], floor + pursuant.start(), done.end())
            return
    if pursuant is not None and (done := THE_MANDATE_IS.match(value, group.end, stop)) is not None:
        whose = antecedent(value, group.end, done.end(), named, names, theme)
        if whose is not None:
            yield _Effect(group, whose.key, FORMS[done["verb"]], floor + pursuant.start(), done.end())
        return
    after = TO_DO if DECIDED.search(before) else ACTIVE
    match = after.match(value, group.end, stop)
    while match is not None:
        whom = object_of(value, match.end(), stop, named, names, theme)
        if whom is None and FORMS[match["verb"]] == "authorises":
            whom = allowed(value, match.end(), stop, named)
        if whom is None or ITS_PAPER.match(value, whom.end, stop):
            return
        bare = match["verb"] in BARE
        for one in (whom, *also(value, whom, stop, named)):
            yield _Effect(group, one.key, FORMS[match["verb"]], group.start, max(one.end, match.end()))
        # "... and expanded its mandate": a further verb with an object of its own, in the form of the first
        further = AND_VERB.finditer(value, max(whom.end, match.end()), min(stop, whom.end + 120))
        match = next((verb for verb in further if (verb["verb"] in BARE) == bare), None)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the match of a pattern, anchored at the end of the text, that begins last."""
    found = None
    at = 0
    while (match := pattern.search(text, at)) is not None:
        found, at = match, match.start() + 1
    return found
