"""The words by which reports say what a resolution does: its verbs, and what stands around them."""

from __future__ import annotations

import re

__all__ = [
    "ACTIVE",
    "AND_ALSO",
    "AND_ANOTHER",
    "AND_BY",
    "AND_THEN",
    "AND_VERB",
    "AS_MANDATED",
    "BARE",
    "BY_ANOTHER",
    "BY_ORGAN",
    "DECIDED",
    "DERIVED",
    "FIRST_WORD",
    "FORMS",
    "GOES_ON",
    "INTO",
    "IS_DONE",
    "ITS",
    "ITS_MANDATE_IS",
    "ITS_PAPER",
    "OF_IT",
    "ORGAN",
    "ORGAN_LAST",
    "PASSIVE",
    "PURSUANT",
    "SAME",
    "THE_MANDATE",
    "THE_MANDATE_IS",
    "TO_DO",
    "TO_WHOM",
    "VERBS",
    "WHICH",
]

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
    "upgraded": "upgrades",
    "dissolved": "dissolves",
    "abolished": "abolishes",
    "downsized": "downsizes",
    "deployed": "deploys",
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
FORMS: dict[str, str] = {**VERBS, **{third: third for third in VERBS.values()}, "authorizes": "authorises"}
FORMS |= {
    re.sub(r"(?:ed|e)$", "ing", past): third for past, third in VERBS.items() if past.endswith("ed") and " " not in past
}
FORMS |= {
    base: third
    for past, third in VERBS.items()
    if " " not in past
    for base in (re.sub(r"ies$", "y", third) if third.endswith("ies") else re.sub(r"(?<=sh)es$|s$", "", third),)
}
FORMS |= {"authorize": "authorises", "call upon": "calls upon", "call on": "calls on"}
VERB = rf"(?P<verb>{'|'.join(sorted(map(re.escape, FORMS), key=len, reverse=True))})"
ADVERBS = (
    r"(?:(?:also|further|initially|originally|formally|subsequently|most\s+recently|recently|last|lastly|"
    r"first|later|again|significantly|unanimously|thereby|therefore|[a-z]+ly|in\s+turn|inter\s+alia)[\s,]+)*"
)
# The organ right before "resolution" where its list begins at the word: "by Council resolution", "by Assembly"
WHOSE = r"(?:(?:the|its)\s+)?(?:(?:Security\s+)?Council|(?:General\s+)?Assembly)?(?:['’]s)?\s*"
# After a resolution comes its verb: "... (2019) mandated", "..., which required", "..., the Council enhanced"
ACTIVE = re.compile(
    rf"(?:\s+of\s+[\w ]{{4,18}})?\s*(?:\([^()]{{0,60}}\))?,?\s*(?:dated\s+[\w ]{{4,18}},?\s*)?"
    rf"(?:(?:section|part|paragraphs?|para\.?)\s+[\dIVXL]+(?:\s?\([a-z]+\))?,?\s*)?"
    rf"(?:(?:the\s+)?(?:Security\s+Council|General\s+Assembly|Council|Assembly)\s+|(?:which|that|it|and)\s+)?"
    rf"(?:has\s+|have\s+|had\s+)?{ADVERBS}(?:decided\s+to\s+)?{VERB}\b"
)
# "was established in 2013 by", "has been mandated under", "its mandate extended until 2020 by", "UNMIL, created by"
PASSIVE = re.compile(
    rf"(?:\b(?:was|were|is|are|been|being|mandate)\s+|[\w)],\s+(?:as\s+)?){ADVERBS}{VERB}(?P<gap>\b[^.;]{{0,160}}?)\b"
    r"(?:(?:by|through|under|pursuant\s+to|via|in|per|with|following|vide)\s+(?:(?:the|its|adoption\s+of|"
    r"paragraph\s+\d+\s+of)\s+)*|\()$"
)
# "The Security Council established UNMISS on 9 July 2011 by its", "extended the mandate until ... through": before one
BY_ORGAN = re.compile(
    rf"\b(?:Council|Assembly|and)\s+(?:has\s+|had\s+)?{ADVERBS}{VERB}(?P<object>\b[^.;]{{3,200}}?)"
    r"(?:\b(?:by|through|under|pursuant\s+to|via|in|vide|with)\s+(?:(?:the|its)\s+)?|\()$"
)
# "UNAMID's mandate is derived from", "the mandate of X is set out in": before one
DERIVED = re.compile(
    r"\b(?:derives\s+(?:its|their)\s+)?mandate[^.;]{0,80}?\b(?:derive[sd]?|stems|emanate[sd]?|originates|set\s+out|"
    r"set\s+forth|contained|outlined|defined|"
    r"described|provided|laid\s+down|stipulated|established|based|given|specified|articulated)\b[^.;]{0,40}?"
    r"\b(?:by|from|in|on|under|through)\s+(?:the\s+annex\s+(?:to|of)\s+)?(?:(?:the|its)\s+)?$|\bderives?\s+(?:its|"
    r"their)\s+mandate\s+from\s+(?:the\s+)?$"
    r"|\bmandate\b[^.;()]{0,120}\($"
)
# "Established by resolution 31/109 in 1975, UN-Habitat ...": the one that is named next
FIRST_WORD = re.compile(
    r"(?:^|[.;]\s)(?P<verb>Established|Created|Founded|Mandated|Authorized|Authorised)\b[^.;]{0,100}?"
    r"\b(?:by|under|pursuant\s+to|through)\s+(?:(?:the|its)\s+)?$"
)
AS_MANDATED = re.compile(
    r"\b[Aa]s\s+(?P<verb>mandated|required|authorized|authorised|requested)\s+(?:by|in|under)\s+(?:(?:the|its)\s+)?$"
)
# "Pursuant to resolution 1996 (2011), UNMISS is mandated to": after the list
PURSUANT = re.compile(
    r"\b(?:[Pp]ursuant\s+to|[Uu]nder|[Ii]n\s+accordance\s+with|[Bb]ased\s+on|[Ff]ollowing(?:\s+the\s+adoption\s+of)?|[Bb]y|[Ii]n\s+line\s+with|"
    r"[Tt]hrough)\s+(?:(?:the|its)\s+)?$"
)
# "... resolution 2362 (2017) and until 30 June 2019 by": the verb of the resolution before goes on
GOES_ON = re.compile(
    rf"[\s,)]*(?:and|then|,)?[\s,]*\s*{ADVERBS}(?:(?:until|to|for|through)\s+[^.;]{{3,50}}?\s+|(?<=[\w,]\s)){ADVERBS}"
    r"(?:by|through|under)\s+(?:(?:the|its)\s+)?"
)
# "was expanded by resolution 1770 (2007) and most recently extended until 31 May 2020 by": another verb, of the same
AND_THEN = re.compile(
    rf"[\s,)]*(?:and|then)[\s,]+(?:then\s+|was\s+)?{ADVERBS}{VERB}\b[^.;]{{0,60}}?\s(?:by|through|under)\s+(?:(?:the|its)\s+)?"
)
ITS_MANDATE_IS = re.compile(
    r"['’]s?\s+mandate\s+(?:is|was|includes?|included|covers|consists)\b|\s+(?:has|had)\s+(?:a|the)\s+mandate\b"
)
IS_DONE = re.compile(rf"\s*(?:\([^()]{{1,20}}\)\s*)?(?:has\s+been|is|was|are|were)\s+{ADVERBS}{VERB}\b")
# "Pursuant to resolution 2180 (2014), the mandate was further extended until": whose, the sentences before tell
THE_MANDATE_IS = re.compile(rf"[\s,]*(?:the|its|this)\s+mandate\s+(?:has\s+been|was|is)\s+{ADVERBS}{VERB}\b")
# "established by resolution 60/180 and Security Council resolution 1645 (2005)": the same is said of both
AND_BY = re.compile(
    r"(?:\s+of\s+the\s+(?:Security\s+Council|General\s+Assembly))?[\s,)]*(?:and|as\s+well\s+as)\s+"
    r"(?:(?:in|by|through)\s+)?(?:(?:the|its)\s+)?"
)
# ", and the Reef Account by": the verb of the one before is said of this one too
AND_ANOTHER = re.compile(r"[\s,;]*(?:and|while)\s+(?:that\s+of\s+)?(?:the\s+)?$", re.IGNORECASE)
BY_ANOTHER = re.compile(r"\s*(?:\([^()]{1,60}\)\s*)?(?:by|in|through|under)\s+(?:(?:the|its)\s+)?")
# "the Fund of the Programme": what stands before the organisation that is named for all of it
OF_IT = r"[\s,]*(?:the\s+(?:(?:mandate|Fund|establishment|deployment|term)\s+of\s+)?(?:the\s+)?)?"
AND_VERB = re.compile(rf"(?:,|\band\b|,\s+and)\s+{ADVERBS}{VERB}\b")
# What stands between the verb and the organisation that it is done to: "the mandate of", "the deployment of".
TO_WHOM = re.compile(
    r"\s*(?:(?:the|an?|all)\s+)?(?:(?!Secretary|Member|States|parties)[\w’'-]+\s+){0,7}?(?:of|for|by|to|in|"
    r"as)\s+(?:the\s+)?$"
)
ITS = re.compile(
    r"\s*(?:the\s+)?(?:(?:[Ii]ts|[Tt]heir)\s+)(?:(?:[\w’'-]+\s+){0,3}?)(?:mandate|deployment|establishment|presence|"
    r"operations|authorization|strength|ceiling|tasks|term|activities)\b"
)
# The organs that act by resolution are not what it acts on.
ORGAN = re.compile(
    r"(?:(?:United Nations|UN)\s+)?(?:Security Council|General Assembly|Council|Assembly|United Nations)"
)
THE_MANDATE = re.compile(r"\s*(?:(?:the|this|that)\s+mandate\b(?!\s+of)|it\b(?!\s+(?:is|was)\b))")


ORGAN_LAST = re.compile(rf"(?<=\s){WHOSE}$")
# "The Council decided, in resolution 9001 (2099), to extend the mandate": before one, and after it
DECIDED = re.compile(
    r"\b(?:decided|resolved|agreed),?\s+(?:in|by|through|under)\s+(?:(?:the|its)\s+)?(?:(?:Security\s+)?Council\s+)?$"
)
TO_DO = re.compile(rf",?\s+to\s+{ADVERBS}{VERB}\b")
# "UNSOS is mandated by the same resolution to": the one named last before it
SAME = re.compile(
    r"\b(?:[Tt]he\s+(?:same|said|above|above-mentioned|aforementioned)|[Tt]his|that)\s+resolution\b(?!\s+\d)"
)
# "established by resolution 9001 (2099), which also authorized a ceiling for UNMIZ": what else it does
WHICH = re.compile(r",\s+which\s")
# "approved the UNMIZ boat strategy": what is approved is the paper
ITS_PAPER = re.compile(
    r"(?:['’]s?)?\s+(?:(?!to\b)[a-z-]+\s+){0,3}(?:strategy|policy|framework|report|proposals?|regulations|rules|statute|guidelines)\b"
)
# "decided to establish", "requested to extend": a verb in its bare form is said only after "to"
BARE = frozenset(FORMS) - set(VERBS) - set(VERBS.values()) - {form for form in FORMS if form.endswith("ing")}
# "X (ABC), Y and Z": what is done to the first is done to the next too
# "transformed the Centre into the Programme": done to what came of it too
INTO = re.compile(r"\s*(?:\([^()]{1,20}\)\s*)?into\s+(?:the\s+)?$")
AND_ALSO = re.compile(r"\s*(?:\([^()]{1,20}\)\s*)?(?:,\s+and|,|and)\s+(?:the\s+)?$")
