"""Names of organisations in running text: where one begins and ends, and what it is part of by its wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.model import Abbreviation
from auditgraph.ontology.gazetteer import Gazetteer, first_word, folded

__all__ = ["POST_WORDS", "Lexicon", "Mention", "Token", "mentions", "tokens"]

# Words that end or begin a post's title: an organisation's name does not run across them.
POST_WORDS = frozenset(
    "Acting Administrator Adviser Advisor Analyst Assistant Auditor Auditors Chair Chairman Chairperson Chief Chiefs "
    "Commander Commissioner Controller Coordinator Deputy Director Directors Engineer Head Heads Leader Manager "
    "Managers Officer Officer-in-Charge Officers OIC Representative Secretary Secretary-General Specialist "
    "Supervisor USG ASG SRSG DSRSG DMS CMS Under-Secretary-General Assistant-Secretary-General".split()
)
# Words that never belong to a name, wherever they stand (a heading joined to a sentence).
_NEVER = frozenset("The A An This These Those Its Their Our Although However While When Where Whether".split())
# Units whose name does not run on into the next word: "Internal Audit Division Office of ..." are two.
_CLOSED = frozenset("Division Section Department Branch Unit".split())
# Posts that an office is named after without "of": "Resident Coordinator Office".
_OFFICE_OF = frozenset("Coordinator Commissioner Commander Representative SRSG DSRSG Secretary-General".split())
# Words that begin a sentence and no name.
_STARTERS = frozenset(
    "A About According Additionally After All Also Although Among An And Another Any As At Based Because Before Besides "
    "Between Both But By Consequently Despite Due During Each Either Establish Every Few Finally First For Four Five "
    "Following From Further Furthermore Given Had Has He Hence However If In Instead It Its Lastly Many Moreover Most "
    "Need Needs Neither Nevertheless Nine No Nonetheless Nor Not Of On One Once Only Or Other Our Out Over Overall Per "
    "Prior Rec Recommendation Regarding Second Seven Several She Similarly Since Six So Some Source Specifically Such Table "
    "Chart Figure Ten That The Their Then There Therefore These They Third This Those Three Through Thus To Two Under Unless Until "
    "Upon Was We Were What When Where Whereas Whether Which While Who Whose Why With Within Without Yet Receipt "
    "Evidence Copy Please Note Noted Yes Opportunity Opportunities Also".split()
)
# Heads of names that go on behind them: "Department of ...", "Committee on ...".
_PREFIX_HEADS = frozenset(
    "Department Ministry Office Bureau Division Directorate Committee Commission Board Council Centre Center Institute "
    "Secretariat Court Agency Authority Inspectorate Branch Service Bank University Government Group Panel".split()
)
_PREFIX_HEADS_ON = _PREFIX_HEADS | {"Working Group", "Task Force", "Task Team", "Team", "Steering Group", "Sub-Committee"}
# Modifiers that make no name by themselves: "the Regional Office", "the Joint Team".
_GENERIC = frozenset(
    "Regional Field Country Sub Local Head Front Main New Joint Sector Liaison National State International Own Same "
    "Other First Second Third Mission Technical Steering Inter-Agency Project Programme Audit Support Core Expert "
    "Headquarters Field-based Relevant Respective".split()
)
_WORD = re.compile(
    r"[^\W_]+(?:[’'][^\W_]+)*(?:[-–](?:[^\W_]|[’'])+|/[A-Z]{2,}(?![a-z]))*|&"
)  # Secretary-General, Mission's, DSRSG/RC/HC, N'Djamena
# Heads of the names of partners, and of names in French, Spanish and Portuguese, which begin with them.
_SOCIETIES = frozenset("Community Federation Society Union Association Foundation Consortium Network Cross Crescent".split())
_FOREIGN_HEADS = frozenset(
    "Agence Agencia Comité Commission Comisión Comissão Conseil Consejo Direction Dirección Haut Institut Instituto "
    "Ministère Ministerio Ministério Fondation Fundación".split()
)
# Heads that a place makes a name of: "Representation in Merovia", "Sub-Office in Kakuma".
_LOCAL_HEADS = frozenset(
    ("Representation", "Sub-Office", "Sub-office", "Regional Office", "Field Office", "Country Office", "Liaison Office", "Branch Office")
)
_POSSESSIVE = re.compile(r"[’']s?$")
_CONNECT = frozenset({"and", "of", "&", "de", "des", "du", "la", "le", "les", "et"})
_AFTER = re.compile(r"\s*\(([^()]{2,60})\)")
# "United Nations Office on Drugs and Crime (UNODC) Country Office in ...".
_OWNER_BRACKET = re.compile(r"\(([A-Z][\w-]+)\) $")
_BRACKETED = re.compile(r" \([A-Z][\w&/-]+\) $")
_LOWER_GROUP = re.compile(
    r"\b(?:(?:high-level|joint|technical|steering|ad hoc|interdepartmental|inter-agency|national|local|internal) )*"
    r"(?:working group|task force|task team|steering group|committee|subcommittee|board) on (?:the )?"
    r"[A-Za-z][\w’'-]*(?: (?!(?:to|which|that|who|is|was|were|are|has|had|have|and|for|in|at|with|by|from|as|chaired|"
    r"led|comprising|should|would|could|did|does|on|but|of the|during|since|met|under)\b)[\w’'-]+){0,5}"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word: where it stands, and whether it is capitalised."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        """Tell whether the word begins with a capital or is an acronym."""
        return self.text[0].isupper() or (len(self.text) > 1 and self.text[1].isupper())

    @property
    def base(self) -> str:
        """Return the word without a possessive."""
        return _POSSESSIVE.sub("", self.text) if "’" in self.text or "'" in self.text else self.text

    @property
    def possessive(self) -> bool:
        """Tell whether the word owns what follows: "Mission's", "Headquarters'"."""
        return self.base != self.text


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named at `start:end` of a text.

    `until` is the end with a bracket that follows; `owner` the range of the words before it that own it
    ("the MINUSMA Rations Unit", "the Mission's Rations Unit").
    """

    start: int
    end: int
    until: int
    name: str
    owner: tuple[int, int] | None = None
    known: str = ""


@dataclass(frozen=True)
class Lexicon:
    """What a report's abbreviations and the gazetteer tell of names."""

    gazetteer: Gazetteer
    abbreviations: Sequence[Abbreviation] = field(default=())

    @cached_property
    def expansions(self) -> dict[str, str]:
        """Return what acronyms stand for in the report, the first definition of each."""
        return {a.acronym: a.expansion.value for a in reversed(self.abbreviations)}

    @cached_property
    def heads(self) -> dict[str, str]:
        """Return the words that end a unit's name, with their level."""
        return {unit.word: unit.level for unit in self.gazetteer.units}

    @cached_property
    def plurals(self) -> dict[str, str]:
        """Return the singular of the plural of each unit word."""
        return {unit.plural: unit.word for unit in self.gazetteer.units if unit.plural}

    @cached_property
    def bodies(self) -> dict[str, list[tuple[str, str, str]]]:
        """Return the names of known bodies (folded and printed) by their first word, longest first, with their ids."""
        first = {word: list(names) for word, names in self.gazetteer.names_by_word.items()}
        for abbreviation in self.abbreviations:
            name = abbreviation.expansion.value
            if self.is_organisation(name) and folded(name) not in self.gazetteer.by_name:
                first.setdefault(first_word(name), []).append((folded(name), name, ""))
                first[first_word(name)].sort(key=lambda n: -len(n[0]))
        return first

    @cached_property
    def pillars(self) -> frozenset[str]:
        """Return the ids of bodies whose name may begin a longer one."""
        return frozenset(b.id for b in self.gazetteer.bodies if b.kind == "local")

    @cached_property
    def organisation_acronyms(self) -> dict[str, str]:
        """Return the acronyms that stand for organisations, with the name meant ("" where none is printed)."""
        found = {b.acronym: "" for b in self.gazetteer.bodies if len(b.acronym) > 2 or b.acronym in {"AU", "EU"}}
        for acronym, expansion in self.expansions.items():
            if self.is_organisation(expansion):
                found[acronym] = expansion
            else:
                found.pop(acronym, None)
        return found

    def is_organisation(self, name: str) -> bool:
        """Tell whether an expansion names an organisation, by the gazetteer or its head word."""
        if folded(name) in self.gazetteer.by_name:
            return True
        words = re.findall(r"[^\s,/()]+", name)
        if words[:2] == ["Office", "of"]:
            return True
        if not words or words[0] in POST_WORDS or words[-1] in POST_WORDS:
            return False
        before = re.split(r"\s(?:of|on|for|in|at|to)\s", name)[0].split()
        ends = {" ".join(words[-2:]), words[-1], " ".join(before[-2:]), before[-1]}
        heads = {*self.heads, *(h.lower() for h in self.heads), *(p for p in self.plurals if words[0][0].isupper())}
        if ends & heads:
            return len(words) > 1
        if {words[-1], before[-1]} & {"Forces", "Police", "Mission", "Operation", "Programme", "Fund", "Union", "Force"}:
            return bool({"Nations", "National", "African", "European", "Armed", "World", "Joint"} & set(words))
        return bool({words[-1], before[-1]} & _SOCIETIES or words[0] in _FOREIGN_HEADS)

    def body_at(self, text: str, start: int) -> tuple[int, str] | None:
        """Return the end and the id of a known body whose name begins at `start` of a text."""
        word = re.match(r"[\w’'-]+", text[start : start + 40])
        if word is None:
            return None
        for name, proper, known in self.bodies.get(first_word(word.group()), ()):
            end = start + len(name)
            printed = text[start:end]
            if folded(printed) != name or text[end : end + 1].isalnum() or _capitals(printed) < _capitals(proper):
                continue
            if not (known in self.pillars and re.match(r" [A-Z]", text[end:])):  # "Service Delivery Section"
                return end, known
        return None


def tokens(text: str) -> list[Token]:
    """Return the words of a text."""
    return [Token(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]


def mentions(text: str, lexicon: Lexicon) -> list[Mention]:
    """Return the organisations named in a text, in order, none inside another."""
    if text.isupper():  # "INTERNAL AUDIT DIVISION" on a cover
        body = lexicon.gazetteer.by_name.get(folded(text))
        return [Mention(0, len(text), len(text), text, None, body.id)] if body else []
    words = tokens(text)
    found = [
        *_bodies(text, words, lexicon),
        *_units(text, words, lexicon),
        *_acronyms(text, words, lexicon),
        *_lower_groups(text, words, lexicon),
        *_governments(text, words, lexicon),
    ]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= k.start or mention.start >= k.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _bodies(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Mention]:
    for index, word in enumerate(words):
        if (hit := lexicon.body_at(text, word.start)) and hit[1] != "un":
            end, known = hit
            before = words[index - 1] if index else None
            owns = not known and before is not None and _owns(before, lexicon) and text[before.end : word.start] == " "
            owner = (before.start, before.start + len(before.base)) if owns and before else None
            yield Mention(word.start, end, _until(text, end), text[word.start : end], owner, known)


def _acronyms(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Mention]:
    for word in words:
        if is_acronym(word.base) and word.base in lexicon.organisation_acronyms:
            end = word.start + len(word.base)
            if re.match(r"/\d|/[\w-]+/\d", text[end:]):
                continue  # a document's symbol: IOM/044
            yield Mention(word.start, end, _until(text, end), word.base)


def _governments(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Mention]:
    places = lexicon.gazetteer.place_names
    for match in re.finditer(r"\b(?:Transitional )?(?:Federal )?Government of (?:the )?", text):
        names = [n for n in places if text.startswith(n, match.end())]
        if names:
            end = match.end() + len(max(names, key=len))
            if not text[end : end + 1].isalnum():
                yield Mention(match.start(), end, _until(text, end), text[match.start() : end])


def _lower_groups(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Mention]:
    for match in _LOWER_GROUP.finditer(text):
        before = [w for w in words if w.end <= match.start()]
        owner = None
        if before and text[before[-1].end : match.start()] == " " and _owns(before[-1], lexicon):
            owner = (before[-1].start, before[-1].start + len(before[-1].base))
        elif not re.search(r"\b(?:established|created|set up|constituted) an? $", text[: match.start()]):
            continue
        yield Mention(match.start(), match.end(), _until(text, match.end()), match.group(), owner)


def _units(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Mention]:
    for index, word in enumerate(words):
        head = _head(text, words, index, lexicon)
        if head is None:
            continue
        first, last = head
        start, owner = _back(text, words, first, lexicon)
        if start == first and (bracket := _BRACKETED.search(text, 0, words[first].start)):
            yield from _bracketed(text, words, first, last, bracket.start(), lexicon)
            continue
        end = _forward(text, words, first, last, start < first, lexicon)
        if end == last and start == first:
            continue
        kept = words[start : end + 1]
        modifiers = {w.base for w in words[start:first]}
        if end == last and modifiers <= _GENERIC and len(modifiers) < 2 and not _enough(modifiers, words[last].base):
            continue
        stop = kept[-1].start + len(kept[-1].base)
        behind = _OWNER_BRACKET.search(text, 0, kept[0].start)
        if owner is None and behind and behind[1] in lexicon.organisation_acronyms:
            owner = behind.span(1)
        yield Mention(kept[0].start, stop, _until(text, stop), text[kept[0].start : stop], owner)


def _bracketed(
    text: str, words: Sequence[Token], first: int, last: int, at: int, lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield "Disarmament, Demobilization and Reintegration (DDR) Section", its acronym left out of the name."""
    before = [i for i, w in enumerate(words) if w.end <= at]
    if not before:
        return
    # The words up to the bracket, with the head in place of it.
    start, owner = _back(text[:at] + " " + text[words[first].start :], [*words[: before[-1] + 1], _moved(words[first], at + 1)],
                         before[-1] + 1, lexicon)  # fmt: skip
    if start <= before[-1]:
        end = words[last].start + len(words[last].base)
        name = f"{text[words[start].start : at].rstrip()} {text[words[first].start : end]}"
        yield Mention(words[start].start, end, _until(text, end), name, owner)


def _moved(word: Token, start: int) -> Token:
    return Token(start, start + len(word.text), word.text)


def _enough(modifiers: Iterable[str], head: str) -> bool:
    """Tell whether a generic modifier names a unit together with its head: "Programme Unit", not "Project Team"."""
    return head in {"Section", "Unit", "Division"} and set(modifiers) <= {"Programme", "Project", "Audit", "Technical"}


def _head(text: str, words: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the first and last token of a unit word that begins at `index`, where it is the head of a name."""
    two = text[words[index].start : words[index + 1].end] if index + 1 < len(words) else ""
    last = index + 1 if two in lexicon.heads else index
    word = words[last].base if last == index else two
    if word not in lexicon.heads:
        return None
    if last == index and index and text[words[index - 1].start : words[index].end] in lexicon.heads:
        return None  # the second word of "Task Force"
    if last + 1 < len(words) and not words[last].possessive:
        following = words[last + 1]
        adjacent = text[words[last].end : following.start] == " "
        if adjacent and following.capital and following.base not in {"Chief", "Head", "Director"}:
            return None  # "Team Leader", "Office Manager"
    return index, last


def _back(text: str, words: Sequence[Token], first: int, lexicon: Lexicon) -> tuple[int, tuple[int, int] | None]:
    """Return the first token of the modifiers before a head, and the owner that stands before them."""
    start, joined = first, False
    index = first - 1
    while index >= 0:
        word, gap = words[index], text[words[index].end : words[index + 1].start]
        if gap not in {" ", ", "} or (gap == ", " and not joined):
            break
        if gap == ", " and (not word.capital or _ends_name(words, index, lexicon)):
            break
        if word.text in _CONNECT:
            joined = joined or word.text in {"and", "&", "et"}
            if index and _ends_name(words, index - 1, lexicon) and word.text in {"and", "&", "et"}:
                break
            index -= 1
            continue
        if not word.capital:
            break
        if _owns(word, lexicon) and index + 1 == start:
            return start, (word.start, word.start + len(word.base))
        if word.possessive or _owns(word, lexicon):
            break
        if word.base in POST_WORDS and not (
            index + 1 == first and words[first].text in {"Office", "Team"} and word.base in _OFFICE_OF
        ):
            break
        if word.text in _NEVER or (word.base in _CLOSED and words[index + 1].capital):
            break
        if word.text in _STARTERS and (index == 0 or text[words[index - 1].end : word.start].strip() or
                                       not words[index - 1].capital):
            break
        start = index
        index -= 1
    return start, None


def _ends_name(words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Tell whether a name ends with this token, so that "and" or a comma after it begins another."""
    word = words[index]
    return (
        word.base in lexicon.heads
        or (word.base in lexicon.plurals and word.base not in {"Services", "Authorities"})
        or word.base in POST_WORDS
        or word.base in lexicon.organisation_acronyms
        or (is_acronym(word.base) and word.base in lexicon.expansions)
        or word.base in lexicon.gazetteer.place_names
        or word.text in _STARTERS
        or word.possessive
    )


def _owns(word: Token, lexicon: Lexicon) -> bool:
    """Tell whether a word before a unit's name says whose it is: an organisation's acronym, "the Mission's"."""
    return word.base in lexicon.organisation_acronyms or (word.possessive and word.base in {"Mission", "Office"})


def _forward(text: str, words: Sequence[Token], first: int, last: int, named: bool, lexicon: Lexicon) -> int:
    """Return the last token of what follows a head in its name: "Department of ...", "Regional Office in Gao"."""
    if last + 2 >= len(words) or words[last].possessive or text[words[last].end : words[last + 1].start] != " ":
        return last
    head = text[words[first].start : words[last].end]
    link = words[last + 1].text
    if link in {"in", "at"}:
        generic = head in _LOCAL_HEADS or (named and words[first - 1].base in _GENERIC and head in {"Office", "Unit", "Hub"})
        place = re.compile(r"(?:[A-ZÀ-Þ](?:[’'][A-Z])?[^\W\d_]+[ -]?)+").match(text, words[last + 2].start)
        if generic and place and words[last + 2].base not in _NEVER:
            inside = [i for i in range(last + 2, min(last + 6, len(words))) if words[i].end <= place.end()]
            return inside[-1] if inside else last
        return last
    if link not in {"of", "on", "for"} or head not in _PREFIX_HEADS_ON:
        return last
    if link == "of" and head not in _PREFIX_HEADS:
        return last
    index, end = last + 2, last
    if words[index].text == "the":
        index += 1
    if index < len(words) and link == "of" and named and _names_organisation(text, words, index, lexicon):
        return last  # "Rations Unit of UNIFIL", "Supply Section of the Department of ..."
    if not named and head not in {"Office"} and index < len(words) and _owns(words[index], lexicon):
        return last
    while index < len(words):
        word = words[index]
        gap = text[words[index - 1].end : word.start]
        if gap == ", " and _listed(text, words, index, lexicon) and head in {"Ministry", "Department", "Office"}:
            pass
        elif gap != " " and not (end == last and gap == " "):
            break
        if word.text in _CONNECT | {"for", "the", "on", "to"}:
            follows = words[index + 1] if index + 1 < len(words) else None
            if follows is None or text[word.end : follows.start] != " ":
                break
            if word.text in {"and", "&"} and (
                not follows.capital or _owns(follows, lexicon) or is_acronym(follows.base)
                or _starts_unit(text, words, index + 1, lexicon)
            ):
                break
            if word.text == "the" and words[index - 1].text == "and":
                break
            after = index + (2 if follows.text == "the" else 1)
            if word.text == "of" and end != last and after < len(words) and _is_body(text, words, after, lexicon):
                break
            index += 1
            continue
        if not word.capital or (word.text in _STARTERS and end != last):
            break
        end = index
        if word.possessive:
            break
        index += 1
    return end


def _listed(text: str, words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Tell whether a comma goes on with a name: "Ministry of Agriculture, Livestock and Fisheries"."""
    seen = 0
    for at in range(index, min(index + 6, len(words) - 1)):
        if words[at].text == "and":
            follows = words[at + 1]
            return seen > 0 and follows.capital and not is_acronym(follows.base) and not _starts_unit(
                text, words, index, lexicon
            )
        if not words[at].capital or is_acronym(words[at].base) or words[at].base in POST_WORDS:
            return False
        if seen and text[words[at - 1].end : words[at].start] not in {" ", ", "}:
            return False
        seen += 1
    return False


def _starts_unit(text: str, words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Tell whether the capitalised words from `index` on are a unit's name of their own."""
    at = index
    while at < len(words) and words[at].capital and (at == index or text[words[at - 1].end : words[at].start] == " "):
        if words[at].base in lexicon.heads or words[at].base in POST_WORDS:
            return True
        at += 1
    return False


def _names_organisation(text: str, words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    if words[index].base in lexicon.organisation_acronyms or lexicon.body_at(text, words[index].start):
        return True
    return words[index].capital and _starts_unit(text, words, index, lexicon)


def _capitals(name: str) -> int:
    return sum(word[0].isupper() for word in name.split())


def _is_body(text: str, words: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Tell whether a body of its own begins at a token: "Commission for Refugees of the | Ministry of Interior"."""
    word = words[index]
    if word.text in _PREFIX_HEADS or word.base in lexicon.organisation_acronyms or lexicon.body_at(text, word.start):
        return True
    return word.base not in POST_WORDS and _starts_unit(text, words, index, lexicon)


def _until(text: str, end: int) -> int:
    bracket = _AFTER.match(text, end)
    return bracket.end() if bracket else end
