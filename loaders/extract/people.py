"""People whom a report names: who signed it, and who wrote, received and drafted the management response."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.titles import TITLE_ENDS, TITLE_STARTS
from auditgraph.model import Person, Prose, ProseKind, Said, Skeleton

__all__ = ["name_at", "people"]

_HONORIFIC = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Mme|Dr|Prof|Professor|Amb|Ambassador|Hon|Honourable|Judge|Sir|H\.E|Col|Colonel|Lt|Lieutenant|"
    r"Gen|General|Maj|Major|Brig|Brigadier|Capt|Captain|Cdr|Commodore|Admiral|Rear(?=\sAdm)|Vice(?=\sAdm)|"
    r"Air(?=\s(?:Com|Mar|Vice))|Marshal)\b\.?"
    r"|\((?:Dr|Mr|Ms|Mrs|[Rr]et(?:\.|ired)?)\.?\)|-(?=Gen|Col|Adm|Com))\s*"
)
# A name's words: Eleanor, T., O'Neill, Adeyemi-Holt, El, de.
_NAME = re.compile(
    r"(?:(?:[A-Z]\.)+[A-Z]?\.?|[A-ZÀ-ÞŁŠŽ][\w’'-]*\.?|de|da|di|dos|del|van|von|der|den|bin|ben|bint|al|el|la|le)(?=[\s,;.:(]|$)"
)
# The labels of a letter or memorandum and the part they give a person; French labels stand in bilingual forms.
_LABELS = {
    "addressee": r"TO|To",
    "attention": r"ATTN|Attn|ATTENTION|Attention",
    "sender": r"FROM|From",
    "drafted by": r"[Dd]rafted by|DRAFTED BY|[Pp]repared by",
    "authorized by": r"[Aa]uthori[sz]ed by|AUTHORI[SZ]ED BY",
}
_LABEL = re.compile(
    "|".join(f"(?P<r{n}>(?<![\\w])(?:{p}))" for n, p in enumerate(_LABELS.values())).join(
        ("(?:", r")\s*[:.]\s*(?:(?:A|À|DE|De)\s*:\s*)?")
    )
)
_OTHER_LABEL = re.compile(
    r"\b(?:FAX|TEL|SUBJECT|OBJET|DATE|REF|REFERENCE|THROUGH|THRU|Subject|Email|E-mail|DE|A|cc|CC)\b\s*#?\s*:"
)
# "Approved by:", which is no part that a report's people have here
_BY = re.compile(r"[A-Z][a-z]+ed by\s*:")
# What parts two names on a line: the space of a form, or the next honorific
_GAP = re.compile(r"\t\s*| {2,}|(?<=\w) (?=(?:Mr|Mrs|Ms|Dr|Col|Gen|Lt)\b\.? )")
_SIGNED = re.compile(r"\(\s?[Ss]igned\s?\)\s*")
_CLOSING = re.compile(r"(?:Yours sincerely|Sincerely|Best regards|Kind regards|Yours truly|Regards)[,.]?$", re.I)
_COLUMNS = 4  # labels side by side in a letter
_COVER = {ProseKind.PARAGRAPH, ProseKind.NOTE}  # where the memorandum of older reports stands
_NOT_NAMES = frozenset(
    "United Nations Internal Audit Division Office Department Section Unit Service Branch Mission Oversight "
    "Services Security Council General Assembly Report Management Response Peacekeeping Support Operations "
    "Regional Reference Human Rights Government Ministry Republic The This In Please New York Geneva Nairobi "
    "Headquarters Best Annex".split()
)


def people(skeleton: Skeleton) -> tuple[Person, ...]:
    """Return the people named in the signature and the letters of a report, each once for each part they have."""
    found: dict[tuple[str, str], Person] = {}
    for person in (*_signatories(skeleton), *_correspondents(skeleton)):
        found.setdefault((person.name.value, person.role.value), person)
    return tuple(found.values())


def name_at(text: str, start: int) -> tuple[int, int] | None:
    """Return where a person's name stands that begins at `start`, honorifics left out; None where there is none.

    >>> text = "Ms. Ana B. Costa Chief of Staff"
    >>> text[slice(*name_at(text, 0))]
    'Ana B. Costa'
    """
    while match := _HONORIFIC.match(text, start):
        start = match.end()
    at = start
    words: list[re.Match[str]] = []
    while (match := _NAME.match(text, at)) and len(words) < 6:
        word = match.group()
        if word in TITLE_STARTS or word in TITLE_ENDS or word.rstrip(".") in _NOT_NAMES:
            break
        words.append(match)
        space = re.match(r" +", text[match.end() :])
        if space is None:
            at = match.end()
            break
        at = match.end() + space.end()
    while words and (words[-1].group().islower() or words[-1].group() in {"Admin", "Senior", "Force", "Human"}):
        words.pop()
    words = words[_scrawl([w.group() for w in words]) :]
    capitals = [w for w in words if w.group()[0].isupper()]
    if len(capitals) < 2 or any(len(w.group()) > 2 and is_acronym(w.group()) for w in words[:1]):
        return None
    if text[words[-1].end() :].lstrip()[:1].islower() and not words[-1].group().endswith("."):
        return None
    end = words[-1].end()
    return words[0].start(), end - (text[end - 1] == "." and len(words[-1].group()) > 3)


def _scrawl(words: Sequence[str]) -> int:
    """Count the first words that are a signature's letters before the name in full: "A.K Anita Kabuga"."""
    if len(words) < 3:
        return 0
    first = re.sub(r"[^a-z]", "", words[0].casefold())
    initials = "".join(w[0] for w in words[1:]).casefold()
    surname = words[-1].casefold()
    return (
        1
        if first and (initials.startswith(first) or first == initials or first == words[1][0].casefold() + surname)
        else 0
    )


def _signatories(skeleton: Skeleton) -> Iterator[Person]:
    lines = [p for p in skeleton.prose if p.kind is ProseKind.SIGNATURE]
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        text = line.text.value
        signed = _SIGNED.search(text)
        start = signed.end() if signed else 0
        name = name_at(text, start)
        if signed and name is None and following is not None and not text[start:].strip():
            continue  # the name is on the next line
        alone = name is not None and not text[name[1] :].strip(" ,") and following is not None
        if name is None or not (
            signed or _titled(text[name[1] :]) or (alone and following and _titled(following.text.value))
        ):
            continue
        post = _rest(skeleton, line, name[1])
        if post is None and following is not None and _titled(following.text.value):
            post = skeleton.said(following, following.text.value)
        yield Person(
            skeleton.said(line, text[slice(*name)], *name), skeleton.said(line, "signatory", start, name[1]), post
        )


def _correspondents(skeleton: Skeleton) -> Iterator[Person]:
    lines = [p for p in skeleton.prose if p.kind is ProseKind.LETTER or (p.place == "cover" and p.kind in _COVER)]
    roles = list(_LABELS)
    beside = _rows_of_labels(lines)
    yield from _in_columns(skeleton, lines, beside)
    in_rows = {n for at, labels in beside for n in range(at, at + len(labels))}
    sent = False
    for n, line in enumerate(lines):
        text = line.text.value
        following = lines[n + 1] if n + 1 < len(lines) else None
        labels = list(_LABEL.finditer(text))
        parts = [next(roles[int(g[1:])] for g, v in label.groupdict().items() if v) for label in labels]
        sent = sent or "sender" in parts
        if len(labels) > 1 and "".join(_LABEL.split(text)[:: _LABEL.groups + 1]).strip() == "":
            yield from _side_by_side(skeleton, parts, following)
            continue
        for label, role in zip(labels, parts, strict=True):
            name = name_at(text, label.end())
            if name is not None:
                post = _rest(skeleton, line, name[1])
                said = skeleton.said(line, role, label.start(), name[1])
                yield Person(skeleton.said(line, text[slice(*name)], *name), said, post)
            elif (
                label.end() == len(text)
                and following
                and n not in in_rows
                and (name := name_at(following.text.value, 0))
            ):
                said = skeleton.said(following, role, *name)
                yield Person(skeleton.said(following, following.text.value[slice(*name)], *name), said,
                             _rest(skeleton, following, name[1]))  # fmt: skip
    if not sent:
        yield from _by_closing(skeleton, lines)


def _side_by_side(skeleton: Skeleton, roles: Sequence[str], names: Prose | None) -> Iterator[Person]:
    """Yield the people of a line below a line of labels, where it is plain where one name ends: "Ms. A B  Mr. C D"."""
    text = names.text.value if names else ""
    starts = [0, *(m.end() for m in _GAP.finditer(text))]
    if names is None or len(starts) != len(roles):
        return
    for role, start, end in zip(roles, starts, [*starts[1:], len(text)], strict=True):
        name = name_at(text[:end], start)
        if name is not None:
            yield Person(skeleton.said(names, text[slice(*name)], *name), skeleton.said(names, role, *name), None)


def _by_closing(skeleton: Skeleton, lines: Sequence[Prose]) -> Iterator[Person]:
    """Yield who signed a letter that tells no sender: "Yours sincerely, (signed) Ada Okoye"."""
    for n, line in enumerate(lines):
        if not _CLOSING.match(line.text.value):
            continue
        for below in lines[n + 1 : n + 3]:
            signed = _SIGNED.match(below.text.value)
            start = signed.end() if signed else 0
            name = name_at(below.text.value, start)
            if name is not None and not below.text.value[name[1] :].strip(" ,."):
                text = below.text.value
                said = skeleton.said(below, "sender", *name)
                yield Person(skeleton.said(below, text[slice(*name)], *name), said, None)
                return


def _role(text: str) -> str:
    """Return the part that a line gives to whom the next lines name, empty where it is no label alone."""
    label = _LABEL.fullmatch(text)
    if label is None and _BY.fullmatch(text):
        return text  # "Approved by:"
    return next((role for role, found in zip(_LABELS, label.groups(), strict=True) if found), "") if label else ""


def _rows_of_labels(lines: Sequence[Prose]) -> list[tuple[int, list[str]]]:
    """Return where labels side by side begin, "Drafted by:", "Authorized by:", with the parts that they give."""
    found = []
    at = 0
    while at < len(lines):
        labels = [_role(line.text.value) for line in lines[at : at + _COLUMNS]]
        many = labels.index("") if "" in labels else len(labels)
        if many > 1 and len(set(labels[:many])) == many:
            found.append((at, labels[:many]))
        at += max(many, 1)
    return found


def _in_columns(skeleton: Skeleton, lines: Sequence[Prose], rows: Sequence[tuple[int, list[str]]]) -> Iterator[Person]:
    """Yield the people named below labels side by side: as many names as labels, in their order."""
    for at, labels in rows:
        below = lines[at + len(labels) : at + len(labels) * 4]
        named = [(n, line, name) for n, line in enumerate(below) if (name := _alone(line.text.value))]
        if len(named) < len(labels):
            continue
        named = named[: len(labels)]
        together = named[-1][0] - named[0][0] == len(labels) - 1  # the posts follow in a row of their own
        for role, (n, line, name) in zip(labels, named, strict=True):
            if role not in _LABELS:
                continue
            after = n + (len(labels) if together else 1)
            post = below[after] if after < len(below) and _alone(below[after].text.value) is None else None
            text = line.text.value
            said = skeleton.said(line, role, *name)
            shown = skeleton.said(post, post.text.value) if post and _titled(post.text.value) else None
            yield Person(skeleton.said(line, text[slice(*name)], *name), said, shown)


def _alone(text: str) -> tuple[int, int] | None:
    """Return where a name stands that is all of a line."""
    name = name_at(text, 0)
    return name if name and not text[name[1] :].strip(" ,.") and not _titled(text[name[0] :]) else None


def _titled(text: str) -> bool:
    words = text.replace(",", " ").split()
    return bool(words) and words[0] in TITLE_STARTS


def _rest(skeleton: Skeleton, line: Prose, start: int) -> Said[str] | None:
    """Return what follows a name up to the next label, as the person's post."""
    text = line.text.value
    ends = [m.start() for m in (*_LABEL.finditer(text, start), *_OTHER_LABEL.finditer(text, start))]
    end = min(ends, default=len(text))
    post = text[start:end]
    start += len(post) - len(post.lstrip(" ,;"))
    post = post.strip(" ,;")
    return skeleton.said(line, post, start, start + len(post)) if post and post[0].isupper() else None
