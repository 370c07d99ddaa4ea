"""Words that tell a system of information from other systems, bodies and papers."""

from __future__ import annotations

import re

from auditgraph.ontology.gazetteer import Gazetteer

__all__ = ["BODY", "INFORMATION", "KIND", "NO_NAMES", "PAPER", "STARTERS", "is_expansion", "keeps_nothing", "trimmed"]

# The kinds of systems that stand in small letters after a name: "Sun accounting system", "DDRS project database".
_QUALITY = (
    r"(?:accounting|information|management|tracking|reporting|inventory|payroll|records?|procurement|planning|monitoring|"
    r"ticketing|registration|finance|financial|asset|case|fleet|fuel|booking|e-?procurement|document|legacy|trading|"
    r"investment|recruitment|budget(?:ing)?|travel)"
)
KIND = (
    r"(?:database|data\s+base|application|platform|portal|software|dashboard|repository|data\s+warehouse|"
    rf"(?:{_QUALITY}\s+){{0,3}}system)"
)
# Words that tell of information kept: with one of them a system is one of information.
INFORMATION = re.compile(
    r"\b(?:information|data|manag|report|planning|record|track|monitor|registration|case|document|electronic|e-|"
    r"online|enterprise|resource|inventory|identity|assessment|account|procurement|travel|logistic|"
    r"personnel|staff|attendance|leave|performance|budget|grant|project|pension|benefit|entitlement|knowledge|content|"
    r"request|ticketing|complaint|incident|geographic|statistic|query|medical|claim|payroll|flight|aviation|visa|archiv|"
    r"correspondence|conference|web|digital|biometric|beneficiary|distribution|supply|warehouse|stock|property|equipment|"
    r"vehicle|dispatch|cargo|ration|fuel|fleet|movement|automat|learning|support|integrated)\w*",
    re.IGNORECASE,
)
# An expansion that is a system: it ends in a kind and, unless printed in capitals, tells that it keeps information.
_EXPANSION = re.compile(
    r".*\b(?:system|systems|database|application|platform|portal|suite|software|dashboard|repository|module)"
    r"(?:\s+(?:version\s+|v\.?\s?)?\d+(?:\.\d+)?)?$",
    re.IGNORECASE,
)
# Systems that are no information systems.
_NEVER = re.compile(
    r"(?:(?:United\s+Nations|UN)\s+)?(?:internal\s+(?:control|justice)|administration\s+of\s+justice|"
    r"(?:quality|(?:occupational\s+(?:health\s+and\s+)?)?safety(?:\s+and\s+health)?|environmental|security|"
    r"organi[sz]ational\s+resilience|(?:solid\s+)?waste|water|wastewater|energy|results-based)\s+management(?!\s+(?:and\s+)?[Iit])|"
    r"(?:enterprise\s+)?risk\s+management|(?:remotely\s+piloted|unmanned)\s+a\w+|enterprise\s+resource\s+planning|global\s+positioning|closed[\s-]circuit|public\s+address|access\s+control|Resident\s+Coordinator|"
    r"incident\s+command|(?:staff\s+)?(?:selection|mobility)|salary|performance\s+(?:appraisal|management)(?:\s+and\s+"
    r"development)?)\b|(?:United\s+Nations|UN)\s+(?:common\s+|development\s+|justice\s+)?system\b",
    re.IGNORECASE,
)
# Systems that are none unless they are said to keep information: "justice system", "health information system".
_NOT = re.compile(
    r"(?:common|quality|environmental|early\s+warning|waste|water|energy|justice|legal|court|power|solar|generator|fire|"
    r"alarm|sewage|wastewater|treatment|weapons?|health|education|judicial|banking|penal|prison|electoral|political|"
    r"contract|security|surveillance|radio|communications|transport|sanitation|Contingent|Mission|cluster|coordination|"
    r"incentive|rewards?|governance|accountability|tender|roster|electricity|electrical|reverse\s+osmosis|heating|"
    r"cooling|ventilation|irrigation|lighting|drainage|plumbing|purification|photovoltaic|hybrid)\b",
    re.IGNORECASE,
)
# Plant, ways of working and all systems of a sort, by their initials: "CCTV system", "the ERP system".
_PLANT = re.compile(
    r"(?:CCTV|GPS|UPS|HVAC|PABX|V?HF|UHF|GSM|VSAT|LED|RBM|RBB|HACCP|ERM|EMS|QMS|IT|ICT|ERP)(?:\s+(?:[a-z]+\s+)*[a-z]+)?$"
)
# A register of risks or gifts is a paper; a registry is an office of a court, a platform a forum and a module a lesson
# unless they say what data they keep.
_LIST = re.compile(r"(?:Risk|Gift|Lessons|Court|Tribunal|Visitors?)\s+Register$")
_REGISTRY = re.compile(r"\bRegistry$")
_FORUM = re.compile(r"\b(?:Platform|Module)$")
_KEPT = re.compile(
    r"\b(?:Vendor|Asset|Property|Data|Equipment|Beneficiary|Population|Civil|Project|Contract|Case|Information)\b"
)
_LESSON = re.compile(r"\b(?:Training|Learning|Induction|Course)\s+Module$")
BODY = re.compile(
    r"\b(?:Unit|Section|Division|Branch|Department|Office|Mission|Team|Committee|Board|Nations|Service|Bureau|Centre|Group|"
    r"Force|Government|Society|Cluster|Commission|Bank|Union|Tribunal|Court|"
    r"Ministry|Agency|Fund|Programme|Representation|Secretariat|Policy|Manual|Chief|Director|Officer|Council|"
    r"Assembly|OIOS|Umoja\s+[A-Z])\b"
)
PAPER = re.compile(r"\b(?:Regulations|Rules|Standards|Guidelines|Manual|Committee|Board)\b")
# Names with a capital inside that are no systems: companies, plurals of initials, degrees, media.
NO_NAMES = frozenset(
    "WhatsApp YouTube LinkedIn PowerPoint McKinsey FaceBook Facebook Twitter Instagram Flickr TikTok EcoCash UNWomen "
    "MoUs ToRs LoAs PhD MoU HoM HoMs DePuy AfriCa".split()
)
STARTERS = frozenset(
    "It There They He She Which OIOS The A An In For This That These Those Its Their Each Any No Such All Our "
    "Another Other Both Also However "
    "Although While As At By On With From To Of If When Existing Current New Table Chart Figure Source "
    "Additionally Furthermore Moreover Mission Office Division Unit Section Department Organization Use Using "
    "Developed Access Annex Appendix Internet Excel Headquarters Government Word".split()
)
# Whose it is: "UNON's Visitor Management System", "the Tribunal's Judicial Database".
_WHOSE = re.compile(
    r"(?:\S+\s+)*(?:[A-Z][A-Z-]{2,}|Tribunal|Court|Mission|Office|Organi[sz]ation|Fund|Department|Secretariat|Unit|"
    r"Section|Division|Service|Centre|Agency|Government|Representation|Nations)(?:['’]s|s['’])\s+(?=\S)"
)


def is_expansion(expansion: str, acronym: str, names: Gazetteer) -> bool:
    """Tell whether initials stand for a system by what they are short for."""
    same = [system for system in names.systems if system.name == acronym]
    if same and not BODY.search(expansion):
        full = {name.casefold() for system in same for name in system.full_names}
        if not full or expansion.casefold() in full:
            return True
    if _EXPANSION.fullmatch(expansion) is None or keeps_nothing(expansion):
        return False
    return expansion.split()[-1][0].isupper() or INFORMATION.search(expansion) is not None


def keeps_nothing(name: str) -> bool:
    """Tell whether a name is of a system that is none of information, of a paper or of an office.

    >>> [keeps_nothing(name) for name in ("Waste Management System", "Court Registry", "Vendor Registry")]
    [True, True, False]
    """
    if _NEVER.match(name) or _PLANT.match(name) or _LIST.search(name) or _LESSON.search(name):
        return True
    if _REGISTRY.search(name) and not _KEPT.search(name):
        return True
    if _FORUM.search(name) and not INFORMATION.search(name):
        return True
    return _NOT.match(name) is not None and INFORMATION.search(name) is None


def trimmed(start: int, name: str) -> tuple[int, str]:
    """Take the sentence's first words and whose it is off a name that begins at `start`.

    >>> trimmed(10, "The UNMOT’s Boat System")
    (22, 'Boat System')
    """
    while (word := name.split(" ", 1)[0]) in STARTERS:
        if " " not in name:
            return start, ""
        start += len(word) + 1
        name = name[len(word) + 1 :]
    if name.startswith(("of ", "and ", "for ")):
        return start, ""  # "Division | of Information Systems"
    whose = _WHOSE.match(name)
    if whose is not None and (name[whose.end()].isupper() or name[whose.end() + 1 : whose.end() + 2].isupper()):
        return start + whose.end(), name[whose.end() :]
    return start, name
