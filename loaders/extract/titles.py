"""Words that titles of posts begin and end with, and the form in which titles are compared."""

from __future__ import annotations

import re

from auditgraph.ontology.gazetteer import folded

__all__ = ["GRADE", "RANK", "TITLE_ENDS", "TITLE_STARTS", "title_key"]

# A grade as printed: D-1, P5, FS-6, NO-C, Assistant Secretary-General.
GRADE = (
    r"(?:Under-Secretary-General|Assistant Secretary-General|USG|ASG"
    r"|D-?[12]|P-?[1-7]|FS-?[1-7]|GS?-?[1-7]|NO-?[A-E]|L-?[1-7])"
)
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
_SMALL = re.compile(r"\b(?:of|the|for|to|in|and)\b|[,&()]")


def title_key(title: str) -> str:
    """Return the form in which titles of the same post are equal.

    >>> title_key("Chief, Rations Unit") == title_key("Chief of the Rations Unit") == title_key("Chief Rations Unit")
    True
    """
    return " ".join(_SMALL.sub(" ", folded(title).replace("secretary general", "secretary-general")).split())
