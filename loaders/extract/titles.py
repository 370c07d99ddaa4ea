"""Titles of posts: the words they begin and end with, how far they reach, and the form in which they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.ontology.gazetteer import folded

__all__ = [
    "CATEGORIES",
    "GRADE",
    "NOT_IN_TITLES",
    "RANK",
    "RANKS_BY_LETTERS",
    "TITLE_ENDS",
    "TITLE_PLURALS",
    "TITLE_STARTS",
    "WORDS",
    "Title",
    "cut",
    "offices",
    "title_key",
]

# A grade as printed: D-1, P5, FS-6, NO-C, Assistant Secretary-General.
GRADE = (
    r"(?:Under-Secretary-General|Assistant Secretary-General|USG|ASG"
    r"|D-?[12]|P-?[1-7]|FS-?[1-7]|GS?-?[1-7]|NO-?[A-E]|L-?[1-7])"
)
# Ranks that stand before a slash and the body: "ASG/OHRM".
RANKS_BY_LETTERS = {"USG": "Under-Secretary-General", "ASG": "Assistant Secretary-General"}
# The rank of who heads something: it stands before what is headed ("Chief of the Rations Unit").
RANK = (
    r"(?:(?:Acting|Deputy|Executive|Assistant|Associate|Managing|Joint|Regional|Interim) )*"
    r"(?:Chief|Director|Head|Officer-in-Charge|Officer in Charge|OIC)"
)
TITLE_STARTS = frozenset(
    "Acting Assistant Assistant-Secretary-General Associate Chief Chiefs Controller Coordinator Deputy Director "
    "Director-General Directors Executive Force Head Heads High Interim Joint Manager OIC Officer "
    "Officer-in-Charge Police Prosecutor Registrar Representative Resident Secretary Secretary-General Senior "
    "Special Under-Secretary-General SRSG DSRSG USG ASG DMS CMS Principal Commander Commissioner Administrator "
    "Humanitarian".split()
)
# The head of a title that ends in it: "Force Medical Officer".
TITLE_ENDS = frozenset(
    "Accountant Administrator Adviser Advisor Analyst Assistant Associate Auditor Commander Commissioner "
    "Controller Coordinator Counsel Director Engineer Envoy Inspector Leader Manager Observer Officer "
    "Ombudsman Prosecutor Registrar Representative Specialist Supervisor Technician Treasurer Secretary-General".split()
)
NOT_IN_TITLES = frozenset(
    "The A An This These Those Its Their Each All Any No For From In On At By With To As If When While Although "
    "However During After Before Following Also Additionally Moreover Furthermore Based Under Both United Nations "
    "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Several Many Some Other New".split()
)
# Plurals that name posts of a kind: "two Human Rights Officers".
TITLE_PLURALS = frozenset(
    "Advisers Advisors Analysts Assistants Coordinators Engineers Inspectors Officers Specialists Supervisors "
    "Technicians Commanders Leaders Managers".split()
)
# What stands before them where they are a category of staff or a part that many play, no posts: "Police Officers".
CATEGORIES = frozenset(
    "Alternate Approving Case Certifying Contract Field Formed General Headquarters Hiring Individual International "
    "Junior Line Local Military Mission National Police Professional Programme Project Section Senior "
    "Service Staff Team Unit".split()
)
# Capitalised words, also after small ones: "Operations and Resource Management".
WORDS = r"[A-Z][\w’'-]*(?:(?:,| and| &|, and| of| for)? [A-Z&][\w’'-]*)*"
_RANK_FOR = re.compile(r"(?:Under-Secretary|Assistant Secretary)[- ]General for (?P<what>.+)")
_HIGH_COMMISSIONER = re.compile(r"(?:United Nations )?(?:Deputy )?High Commissioner(?: for (?P<what>.+))?")
_SMALL = re.compile(r"\b(?:of|the|for|to|in|and)\b|[,&()]")


@dataclass(frozen=True, slots=True)
class Title:
    """A post named at `start:end`: `key` the same for the same post; `body` the canonical name of its organisation.

    `span` is where the words stand that say whose post it is; `mission` tells that the title is one that a mission has
    once, so that the audited mission's is meant where no other is named. `head_of` is the body where the wording says
    that this post heads it.
    """

    start: int
    end: int
    key: str
    body: str = ""
    span: tuple[int, int] = (0, 0)
    mission: bool = False
    head_of: str = ""

    @property
    def until(self) -> int:
        """Return the end of the title, with the words behind it that say whose post it is."""
        return max(self.end, self.span[1])


def title_key(title: str) -> str:
    """Return the form in which titles of the same post are equal.

    >>> title_key("Chief, Rations Unit") == title_key("Chief of the Rations Unit") == title_key("Chief Rations Unit")
    True
    """
    return " ".join(_SMALL.sub(" ", folded(title).replace("secretary general", "secretary-general")).split())


def offices(title: str) -> list[str]:
    """Return the names that the office or department of a post may have.

    >>> offices("Under-Secretary-General for Field Support")[0]
    'Department of Field Support'
    >>> offices("High Commissioner")[0]
    'Office of the High Commissioner for Human Rights'
    """
    if match := _RANK_FOR.fullmatch(title):
        return [f"{head} {link} {match['what']}" for head in ("Department", "Office") for link in ("of", "for")]
    if match := _HIGH_COMMISSIONER.fullmatch(title):
        whats = [match["what"]] if match["what"] else ["Human Rights", "Refugees"]
        return [f"Office of the {un}High Commissioner for {w}" for w in whats for un in ("", "United Nations ")]
    return [f"Office of the {title}"] if title in {"Prosecutor", "Registrar", "Controller"} else []


def cut(words: str) -> str:
    """Cut a function where another title or a list begins: "Service Delivery and Chief ..."."""
    cut = re.search(rf", and |,?(?: and)? (?={RANK}s?\b)|(?:,| and) (?=(?:Senior|Special|Deputy|Assistant)\b)", words)
    words = words[: cut.start()] if cut else words
    head, comma, tail = words.partition(",")
    if comma and " and " not in tail and " & " not in tail:
        words = head  # "Mission Support | , UNMIL"
    for owner in re.finditer(r" (?:of|for|in) (?:the )?([\w-]+)", words):
        if is_acronym(owner[1]):
            words = words[: owner.start()]
            break
    ends = [m.end() for m in re.finditer(r"[\w-]+", words) if m.group() in TITLE_ENDS]
    if ends and not re.match(r",? (?:and|&|of|for) ", words[ends[-1] :]):
        words = words[: ends[-1]]  # "Resident Auditor | Nairobi"
    return re.sub(r"(?:[ ,]|\b(?:and|of|for)|&)+$", "", words)
