"""What resolutions do to organisations, as a report says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from auditgraph.loaders.extract.entities import Named, Names
from auditgraph.loaders.extract.reading import Run, Sentence, merged, sentences
from auditgraph.loaders.extract.resolutions import Resolved
from auditgraph.model import Mandate, Organisation, ProseKind, Said, Skeleton

__all__ = ["VERBS", "mandates"]

# The verbs of resolutions: past form (or both spellings of it) -> what the graph says, third person present.
VERBS: dict[str, str] = {
    "established": "establishes",
    "created": "creates",
    "founded": "founds",
    "set up": "sets up",
    "mandated": "mandates",
    "tasked": "tasks",
    "entrusted": "entrusts",
    "assigned": "assigns",
    "extended": "extends",
    "renewed": "renews",
    "prolonged": "prolongs",
    "authorized": "authorises",
    "authorised": "authorises",
    "terminated": "terminates",
    "ended": "ends",
    "closed": "closes",
    "required": "requires",
    "requested": "requests",
    "directed": "directs",
    "instructed": "instructs",
    "urged": "urges",
    "encouraged": "encourages",
    "invited": "invites",
    "called upon": "calls upon",
    "called on": "calls on",
    "expanded": "expands",
    "enhanced": "enhances",
    "strengthened": "strengthens",
    "broadened": "broadens",
    "increased": "increases",
    "reduced": "reduces",
    "adjusted": "adjusts",
    "revised": "revises",
    "amended": "amends",
    "modified": "modifies",
    "updated": "updates",
    "redefined": "redefines",
    "defined": "defines",
    "reconfigured": "reconfigures",
    "restructured": "restructures",
    "transformed": "transforms",
    "reaffirmed": "reaffirms",
    "reiterated": "reiterates",
    "endorsed": "endorses",
    "approved": "approves",
    "reprioritized": "reprioritises",
    "reprioritised": "reprioritises",
    "refocused": "refocuses",
    "realigned": "realigns",
    "reoriented": "reorients",
    "shifted": "shifts",
    "renamed": "renames",
    "merged": "merges",
    "transferred": "transfers",
    "decided": "decides",
    "suspended": "suspends",
    "replaced": "replaces",
    "designated": "designates",
    "appointed": "appoints",
    "obliged": "obliges",
    "enabled": "enables",
    "governed": "governs",
    "guided": "guides",
}
# "mandating", "extends": the other forms that reports use of the same verbs.
_FORMS: dict[str, str] = {**VERBS, **{third: third for third in VERBS.values()}, "authorizes": "authorises"}
_FORMS |= {
    re.sub(r"(?:ed|e)$", "ing", past): third for past, third in VERBS.items() if past.endswith("ed") and " " not in past
}
_FORMS |= {
    base: third
    for past, third in VERBS.items()
    if " " not in past
    for base in (re.sub(r"ies$", "y", third) if third.endswith("ies") else re.sub(r"(?<=sh)es$|s$", "", third),)
}
_FORMS |= {"authorize": "authorises", "call upon": "calls upon", "call on": "calls on"}
_VERB = rf"(?P<verb>{'|'.join(sorted(map(re.escape, _FORMS), key=len, reverse=True))})"
_ADVERBS = (
    r"(?:(?:also|further|initially|originally|formally|subsequently|most\s+recently|recently|last|lastly|"
    r"first|later|again|significantly|unanimously|thereby|therefore|[a-z]+ly|in\s+turn|inter\s+alia)[\s,]+)*"
)
# The organ right before "resolution" where its list begins at the word: "by Council resolution", "by Assembly"
_WHOSE = r"(?:(?:the|its)\s+)?(?:(?:Security\s+)?Council|(?:General\s+)?Assembly)?(?:['’]s)?\s*"
# After a resolution comes its verb: "... (2019) mandated", "..., which required", "..., the Council enhanced"
_ACTIVE = re.compile(
    rf"(?:\s+of\s+[\w ]{{4,18}})?\s*(?:\([^()]{{0,60}}\))?,?\s*(?:dated\s+[\w ]{{4,18}},?\s*)?"
    rf"(?:(?:section|part|paragraphs?|para\.?)\s+[\dIVXL]+(?:\s?\([a-z]+\))?,?\s*)?"
    rf"(?:(?:the\s+)?(?:Security\s+Council|General\s+Assembly|Council|Assembly)\s+|(?:which|that|it|and)\s+)?"
    rf"(?:has\s+|have\s+|had\s+)?{_ADVERBS}(?:decided\s+to\s+)?{_VERB}\b"
)
# "was established in 2013 by", "has been mandated under", "its mandate extended until 2020 by", "UNMIL, created by"
_PASSIVE = re.compile(
    rf"(?:\b(?:was|were|is|are|been|being|mandate)\s+|[\w)],\s+(?:as\s+)?){_ADVERBS}{_VERB}(?P<gap>\b[^.;]{{0,160}}?)\b"
    r"(?:(?:by|through|under|pursuant\s+to|via|in|per|with|following|vide)\s+(?:(?:the|its|"
    r"paragraph\s+\d+\s+of)\s+)*|\()$"
)
# "The Security Council established UNMISS on 9 July 2011 by its", "extended the mandate until ... through": before one
_BY_ORGAN = re.compile(
    rf"\b(?:Council|Assembly|and)\s+(?:has\s+|had\s+)?{_ADVERBS}{_VERB}(?P<object>\b[^.;]{{3,200}}?)"
    r"(?:\b(?:by|through|under|pursuant\s+to|via|in|vide|with)\s+(?:(?:the|its)\s+)?|\()$"
)
# "UNAMID's mandate is derived from", "the mandate of X is set out in": before one
_DERIVED = re.compile(
    r"\b(?:derives\s+(?:its|their)\s+)?mandate[^.;]{0,80}?\b(?:derive[sd]?|stems|emanate[sd]?|originates|set\s+out|"
    r"set\s+forth|contained|outlined|defined|"
    r"described|provided|laid\s+down|stipulated|established|based|given|specified|articulated)\b[^.;]{0,40}?"
    r"\b(?:by|from|in|on|under|through)\s+(?:(?:the|its)\s+)?$|\bderives?\s+(?:its|"
    r"their)\s+mandate\s+from\s+(?:the\s+)?$"
    r"|\bmandate\b[^.;()]{0,120}\($"
)
# "Established by resolution 31/109 in 1975, UN-Habitat ...": the one that is named next
_FIRST_WORD = re.compile(
    r"(?:^|[.;]\s)(?P<verb>Established|Created|Founded|Mandated|Authorized|Authorised)\b[^.;]{0,100}?"
    r"\b(?:by|under|pursuant\s+to|through)\s+(?:(?:the|its)\s+)?$"
)
_AS_MANDATED = re.compile(
    r"\b[Aa]s\s+(?P<verb>mandated|required|authorized|authorised|requested)\s+(?:by|in|under)\s+(?:(?:the|its)\s+)?$"
)
# "Pursuant to resolution 1996 (2011), UNMISS is mandated to": after the list
_PURSUANT = re.compile(
    r"\b(?:[Pp]ursuant\s+to|[Uu]nder|[Ii]n\s+accordance\s+with|[Bb]ased\s+on|[Ff]ollowing|[Bb]y|[Ii]n\s+line\s+with|"
    r"[Tt]hrough)\s+(?:(?:the|its)\s+)?$"
)
# "... resolution 2362 (2017) and until 30 June 2019 by": the verb of the resolution before goes on
_GOES_ON = re.compile(
    rf"[\s,)]*(?:and|then|,)?[\s,]*\s*{_ADVERBS}(?:(?:until|to|for|through)\s+[^.;]{{3,50}}?\s+|(?<=[\w,]\s)){_ADVERBS}"
    r"(?:by|through|under)\s+(?:(?:the|its)\s+)?"
)
_ITS_MANDATE_IS = re.compile(
    r"['’]s?\s+mandate\s+(?:is|was|includes?|included|covers|consists)\b|\s+(?:has|had)\s+(?:a|the)\s+mandate\b"
)
_IS_DONE = re.compile(rf"\s*(?:\([^()]{{1,20}}\)\s*)?(?:has\s+been|is|was|are|were)\s+{_ADVERBS}{_VERB}\b")
# "the Fund of the Programme": what stands before the organisation that is named for all of it
_OF_IT = r"[\s,]*(?:the\s+(?:(?:mandate|Fund|establishment|deployment|term)\s+of\s+)?(?:the\s+)?)?"
_AND_VERB = re.compile(rf"(?:,|\band\b|,\s+and)\s+{_ADVERBS}{_VERB}\b")
# What stands between the verb and the organisation that it is done to: "the mandate of", "the deployment of".
_TO_WHOM = re.compile(
    r"\s*(?:(?:the|an?|all)\s+)?(?:(?!Secretary|Member|States|parties)[\w’'-]+\s+){0,7}?(?:of|for|by|to|in|"
    r"as)\s+(?:the\s+)?$"
)
_ITS = re.compile(
    r"\s*(?:the\s+)?(?:(?:[Ii]ts|[Tt]heir)\s+)(?:(?:[\w’'-]+\s+){0,3}?)(?:mandate|deployment|establishment|presence|"
    r"operations|authorization|strength|ceiling|tasks|term|activities)\b"
)
# The organs that act by resolution are not what it acts on.
_ORGAN = re.compile(
    r"(?:(?:United Nations|UN)\s+)?(?:Security Council|General Assembly|Council|Assembly|United Nations)"
)
_THE_MANDATE = re.compile(r"\s*(?:(?:the|this|that)\s+mandate\b(?!\s+of)|it\b(?!\s+(?:is|was)\b))")


_ORGAN_LAST = re.compile(rf"(?<=\s){_WHOSE}$")
# "UNSOS is mandated by the same resolution to": the one named last before it
_SAME = re.compile(r"\b(?:the\s+(?:same|said|above|above-mentioned|aforementioned)|this|that)\s+resolution\b(?!\s+\d)")
# "decided to establish", "requested to extend": a verb in its bare form is said only after "to"
_BARE = frozenset(_FORMS) - set(VERBS) - set(VERBS.values()) - {form for form in _FORMS if form.endswith("ing")}
# "X (ABC), Y and Z": what is done to the first is done to the next too
_AND_ALSO = re.compile(r"\s*(?:\([^()]{1,20}\)\s*)?(?:,\s+and|,|and)\s+(?:the\s+)?$")


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
        opening = re.compile(r"(?:The\s+)?").match(run.text.value, sentence.start)
        named = names.find(run.text.value, sentence.start, sentence.end)
        first = next((n for n in named if opening and n.start <= opening.end()), None)
        theme = first or (theme if not named else None)


def _named_again(run: Run, members: list[Resolved]) -> Iterator[Resolved]:
    """Yield "the same resolution" as the one cited last before it, where that is one and not a list."""
    for match in _SAME.finditer(run.text.value):
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
    named = [n for n in names.find(value, sentence.start, sentence.end) if not _ORGAN.fullmatch(value[n.start : n.end])]
    floor = sentence.start
    passive: _Effect | None = None
    for at, group in enumerate(groups):
        stop = groups[at + 1].start if at + 1 < len(groups) else sentence.end
        before = _ORGAN_LAST.sub("", value[floor : group.start])
        found = False
        for pattern in (_PASSIVE, _BY_ORGAN):
            match = _last(pattern, before)
            if match is None:
                continue
            begin = floor + match.start()
            if pattern is _PASSIVE:
                subject = _subject(value, sentence.start, begin, named, names, theme)
            else:
                subject = _object(
                    value, floor + match.start("object"), floor + match.end("object"), named, names, theme
                )
            if subject is not None and not found:
                found = True
                passive = _Effect(group, subject.key, _FORMS[match["verb"]], min(subject.start, begin), group.end)
                yield passive
        if not found and passive is not None and _GOES_ON.fullmatch(before):
            found = True
            yield _Effect(group, passive.key, passive.effect, passive.start, group.end)
        if not found and (match := _last(_DERIVED, before)) is not None:
            subject = _subject(value, sentence.start, floor + match.end(), named, names, theme)
            if subject is not None:
                found = True
                yield _Effect(group, subject.key, "mandates", min(subject.start, floor + match.start()), group.end)
        opening = _FIRST_WORD.search(before)
        following = next((n for n in named if group.end <= n.start <= group.end + 60), None)
        if not found and opening is not None and following is not None:
            found = True
            verb = _FORMS[opening["verb"].lower()]
            yield _Effect(group, following.key, verb, floor + opening.start("verb"), following.end)
        if not found:
            for effect in _after(value, group, stop, named, names, sentence, floor, theme):
                found = True
                yield effect
        floor = group.end if not found else max(floor, group.end)


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
    as_mandated = _AS_MANDATED.search(before)
    pursuant = _PURSUANT.search(before)
    lead = re.compile(_OF_IT).match(value, group.end)
    subject = next((n for n in named if lead and group.end <= n.start <= lead.end()), None)
    if as_mandated is not None:
        subject = subject or _subject(value, sentence.start, floor + as_mandated.start(), named, names)
        if subject is not None:
            start, end = min(subject.start, floor + as_mandated.start()), max(subject.end, group.end)
            yield _Effect(group, subject.key, _FORMS[as_mandated["verb"]], start, end)
        return
    if pursuant is not None and subject is not None:
        its = _ITS_MANDATE_IS.match(value, subject.end, stop)
        if its is not None:
            yield _Effect(group, subject.key, "mandates", floor + pursuant.start(), its.end())
            return
        done = _IS_DONE.match(value, subject.end, stop)
        if done is not None:
            yield _Effect(group, subject.key, _FORMS[done["verb"]], floor + pursuant.start(), done.end())
            return
    match = _ACTIVE.match(value, group.end, stop)
    while match is not None:
        whom = _object(value, match.end(), stop, named, names, theme)
        if whom is None:
            return
        bare = match["verb"] in _BARE
        for one in (whom, *_also(value, whom, stop, named)):
            yield _Effect(group, one.key, _FORMS[match["verb"]], group.start, max(one.end, match.end()))
        # "... and expanded its mandate": a further verb with an object of its own, in the form of the first
        further = _AND_VERB.finditer(value, max(whom.end, match.end()), min(stop, whom.end + 120))
        match = next((verb for verb in further if (verb["verb"] in _BARE) == bare), None)


def _also(value: str, whom: Named, stop: int, named: list[Named]) -> Iterator[Named]:
    """Yield the organisations that are listed right after another one."""
    for one in named:
        if whom.end <= one.start < stop and not one.generic and _AND_ALSO.match(value[whom.end : one.start]):
            yield one
            whom = one


def _object(value: str, start: int, stop: int, named: list[Named], names: Names, theme: Named | None) -> Named | None:
    """Return whom the verb that ends at `start` acts on."""
    its = _ITS.match(value, start, stop) or _THE_MANDATE.match(value, start, stop)
    if its is not None:
        return _antecedent(value, start, its.end(), named, names, theme)
    for one in named:
        if one.start < start or one.start >= stop:
            continue
        between = value[start : one.start]
        if re.fullmatch(r"\s*(?:that\s+)?(?:the\s+)?(?:mandate\s+of\s+)?(?:the\s+)?", between) or _TO_WHOM.fullmatch(
            between
        ):
            return one
        return None
    return None


def _subject(
    value: str, floor: int, end: int, named: list[Named], names: Names, theme: Named | None = None
) -> Named | None:
    """Return whom a passive verb acts on: the organisation named last before it in the sentence, "its" included."""
    its = re.compile(r"\b(?:[Ii]ts|[Tt]he)\s+(?:mandate|role)\b").search(value, floor, end + 8)
    earlier = [one for one in named if floor <= one.start < end]
    if earlier:
        # "The Rule of Law Section of the Mission was established by": the head, not what it belongs to
        last = earlier[-1]
        heads = [o for o in earlier if re.fullmatch(r"\s+(?:of|in|at|within)\s+(?:the\s+)?", value[o.end : last.start])]
        return heads[-1] if heads else last
    key = theme.key if theme else names.audited[0] if len(names.audited) == 1 else None
    return Named(*its.span(), key, True) if its is not None and key is not None else None


def _antecedent(
    value: str, start: int, end: int, named: list[Named], names: Names, theme: Named | None
) -> Named | None:
    earlier = [one for one in named if one.start < start]
    if earlier:
        return Named(earlier[-1].start, end, earlier[-1].key, True)
    key = theme.key if theme else names.audited[0] if len(names.audited) == 1 else None
    return None if key is None else Named(start, end, key, True)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the match of a pattern, anchored at the end of the text, that begins last."""
    found = None
    at = 0
    while (match := pattern.search(text, at)) is not None:
        found, at = match, match.start() + 1
    return found
