"""Names that the wording tells to be places': "field offices in A and B", "the town of C", "D airport"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditgraph.loaders.extract.initials import is_acronym
from auditgraph.loaders.extract.lexicon import POST_WORDS
from auditgraph.loaders.extract.wording import any_case, any_of
from auditgraph.loaders.sought import sought
from auditgraph.ontology.gazetteer import Gazetteer

__all__ = ["WORD", "beside", "listed", "told"]

WORD = r"[A-ZÀ-Þ][^\W\d_]*(?:[’'-][^\W\d_]+)*"
# A place's name: Kidal, Port-au-Prince, Upper Lenna, Dar es Salaam, Democratic Republic of the Congo.
_NAME = rf"(?:{WORD})(?: (?:(?:of|of the|es|el|al|de|la|du) )?{WORD}){{0,3}}"
# "..., and Field Offices in": with this a list of places is over.
_NEXT = r"(?!(?:Field|Country|Branch|Regional|Liaison|Sub)[ -]?(?:Field )?[Oo]ffices?\b)"
_LIST = rf"(?:the )?{_NAME}(?:, (?:and |the )?{_NEXT}{_NAME})*(?:,? and (?:the )?{_NEXT}{_NAME})?"
# What is in a place, so that an unknown name behind it is one: "field offices in Mirnasz and Tolvarik".
_SITES = any_case(
    "offices? bases? sites? camps? locations? positions? headquarters hubs? sectors? towns? city cities villages? "
    "airports? airfields? stores? warehouses? facility facilities depots? ports? clinics? hospitals? centres? prisons? "
    "compounds? settlements? institutes? universities university training laboratories laboratory shelters? "
    "regions? provinces? districts? county counties units? staff personnel managers troops "
    "storage yards? refugees returnees incidents projects? presence at_risk violence capital checks? states? areas? "
    "attacks? ambush ambushes clashes fighting killings floods? flooding "
    "battalions? contingents? stations? duty_stations? logistics_base superbases? team_sites? markets? schools? "
    "plants? border_crossings? crossings? checkpoints? border_posts? police_posts? police_stations? workshops?"
)
_MOVES = (
    "visits? visited travelled trips? missions? deployed redeployed dispatched evacuated airlifted patrols? flights? "
    "relocated moved convoys?"
)
_IN_SITES = sought(
    rf"\b{_SITES}(?: for the {_NAME})?"
    rf"(?: \([A-Z][\w/-]+\))?(?: {any_of('located based situated established deployed respectively')})? (?:in|at|near) "
    rf"(?P<list>{_LIST})"
    rf"|\b{any_of(_MOVES)}"
    rf"(?: (?:to|in))(?: {_SITES})?(?: in)? (?P<list2>{_LIST})"
    rf"|, (?:which is )?(?:based|located|situated|headquartered) in (?P<list4>{_LIST})"
    rf"|\b(?:[Bb]etween|[Ff]rom) (?P<list3>{_NAME} (?:and|to) {_NAME})"
)
# Words that say of a name that it is a place's: "the Sarma Basin".
_LAND = any_of(
    "Province Region District County State Islands? Isles Highlands Plateau Basin Valley Coast Peninsula Desert "
    "Governorate"
)
# "the town of Ibbek", "Gao airport", "Unity State": a name beside the word for what it is.
_KINDS = sought(
    rf"\b{any_of('town city village settlement camp province region district county state area port island')}s?"
    rf" of (?P<after>{_LIST})"
    rf"|\b(?P<before>{_NAME}) {any_of('airport airfield town city province region district camp sector basin')}\b"
    rf"|\b(?P<whole>(?:{WORD} ){{1,2}}{_LAND})\b(?! [A-Z])"
    rf"|\bthe capital,? (?P<capital>{_NAME})"
)
# "the Ukhiya and Teknaf sub-districts", "the Kutupalong, Nayapara and Chakmarkul camps": a list before its kind.
_COUNTED = (
    "sub-?districts districts provinces counties townships upazilas regions governorates camps settlements States"
)
_LISTED_KINDS = sought(
    rf"\b(?:[Tt]he|in|from|to|of|at) (?P<list>{_NAME}(?:, {_NAME})*(?:,? and {_NAME}))"
    r" (?:refugee |IDP )?"
    rf"{any_of(_COUNTED)}\b"
)
# The country in a mission's name: "United Nations Stabilization Mission in Vardania".
_MISSION = sought(
    rf"\b(?:{any_of('Mission Operation Force Team Authority Administration Presence Representation')}|Transition"
    rf"|operations) (?:in|for) (?:the )?(?P<name>{_NAME})"
)
_OF_COUNTRY = sought(
    rf"\b(?:{any_of('Government Republic authorities people population country')}|Armed Forces) of (?:the )?"
    rf"(?P<name>{_NAME})"
)
_LISTS = sought(
    rf"(?<!\w)(?:{_NAME}(?:, (?:and )?(?:the )?{_NAME})+(?:,? and (?:the )?{_NAME})?|{_NAME} and (?:the )?{_NAME})"
)
_FROM = sought(rf"\b(?:refugees|returnees|persons|people|arriving|arrivals|fled|fleeing) (?:from )?(?P<list>{_NAME})")
# "In Sri Lanka and Indonesia, ...": the word that begins the sentence is no part of a name.
_LEADING = re.compile(
    r"^(?:In|At|From|For|To|By|On|With|Both|Between|Near|Like|Unlike|While|Since|After|Before|Outside|Within|Across|"
    r"Throughout|Around|Through|Via|Besides|Except|Including|Also|Only|Namely|Towards?|Among|Of|Under) (?:the )?"
)
# "Ngabo Central Prison", "Saint Mary Hospital": a house in a place
_HOUSE = re.compile(
    r".* (?:Prison|Hospital|Clinic|School|College|University|Barracks|Hotel|Court|Building|Warehouse|Police|Airport|"
    r"Museum|Church|Mosque|Bank|Hall|Tower|Bridge|Terminal|Laboratory|Academy|Stadium|Prisons|Hospitals|Schools)"
)
# "the Far North": a region of that name
_FAR = re.compile(r"(?:Far|Extreme) (?:North|South|East|West)")
_WHOLE = re.compile(rf".* (?:{_LAND}|Sea|Lakes)")
_STATE = re.compile(rf"(?P<of>{WORD}) {_LAND}")
_OF_PEOPLE = re.compile(r"(?:ian|ese|ish|ean|ic)$")  # "the Malian State"
_PARTS = re.compile(r",? and |, | to ")
_GLUE = re.compile(r",? and (?:the )?|, (?:the )?| to ")
_NOT_PLACES = frozenset(
    "System Systems Assessment Planning Platform Database Portal Tool Framework Strategy Plan Project Initiative "
    "Umoja Inspira Annex Appendix Table Chart Figure Section Part Chapter Recommendation Recommendations Mission "
    "Headquarters Office United Nations Human Rights January February March April May June July August September "
    "October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Security Council General "
    "Assembly Internet English French Arabic The This These Those There It He She They While However During In At "
    "On For As If When Government Organization Member States State Department Division Unit Team Committee Board "
    "Fund Secretariat Service Force Police Military Sector Level Phase Part East West North South Northern "
    "Southern Eastern Western Central Finance Procurement Supply Administrative Policy Programme Operations "
    "African European Special Resident Political Affairs Support Management Access Excel SharePoint Microsoft "
    "Executive Client Financial Women Peacekeeping Peace Information Civilian Review Contracts Contract Fuel "
    "Rations Manual Guidelines Standards Rules Regulations Economic Social Technical Legal Joint National "
    "International Local Global Regional Country Field Refugees Article Articles Partner Partners Each All Both "
    "Some No Not Under Although Since Further Furthermore Moreover Additionally Also Staff Key Data Gender Health "
    "Food COVID Arab Asian European Latin American Host Member Home Governments Agreements Conventions Protocols "
    "Treaties Neighbouring Countries Conflict Conflicts Crisis Emergency Emergencies".split()
)
_SENTENCE = frozenset("The This These It United Security General Human National Joint Special African European".split())


def told(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield names that the wording says are places."""
    for pattern in (_IN_SITES, _KINDS, _LISTED_KINDS, _MISSION, _OF_COUNTRY, _FROM):
        for match in pattern.finditer(text):
            for group, listed in match.groupdict().items():
                for part in _PARTS.split(listed) if listed else ():
                    name = re.sub(r"^(?:the|The) |[’']s$", "", part.strip())
                    # With "the", only what says of itself that it is a place: "the Sarma Basin".
                    if part.strip() != name and group.startswith("list") and not _WHOLE.fullmatch(name):
                        break
                    known = name.split()[0] in gazetteer.place_names
                    if group == "before" and " " in name and known and name not in gazetteer.place_names:
                        continue  # "Bangui Mirnasz airport" is in Bangui
                    if _plausible(name, gazetteer):
                        yield name


def listed(text: str) -> Iterator[list[str]]:
    """Yield the names of each list of names."""
    for match in _LISTS.finditer(text):
        opens = text[: match.start()].rstrip()[-1:] in {"", ".", ":", ";"}  # not "At Tiri" within a sentence
        whole = _LEADING.sub("", match.group()) if opens else match.group()
        yield [re.sub(r"^(?:the|The) |[’']s$", "", part) for part in _GLUE.split(whole)]


def beside(parts: list[str], known: set[str], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the names of a list of which another is a known place."""
    if any(part in known for part in parts) and all(part in known or _plausible(part, gazetteer) for part in parts):
        yield from parts


def _plausible(name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether an unknown name may be a place's: no unit, post, system, month or acronym."""
    if name in gazetteer.place_names or _FAR.fullmatch(name):
        return True
    if _HOUSE.fullmatch(name):
        return False
    if (land := _STATE.fullmatch(name)) and land["of"] not in _NOT_PLACES and not _OF_PEOPLE.search(land["of"]):
        return True  # "Rakhine State"
    words = re.split(r"[ ]", name)
    if re.search(r"-[a-z]+$| (?:Province|Region|District|State|Count(?:y|ie))s$", name):
        return False  # "Mission-provided"
    capitals = [w for w in words if w[0].isupper()]
    if words[0] in _NOT_PLACES and "of" in words:
        return False  # "the Governments of Vardania"
    if not capitals or len(capitals) > 3 or any(is_acronym(w) or w.isupper() for w in capitals):
        return False
    if len(capitals) == 1 and (len(name) < 3 or capitals[0] in _NOT_PLACES):
        return False
    if not (gazetteer.thing_words | POST_WORDS).isdisjoint(words) or name in _NOT_PLACES:
        return False
    return not set(capitals) <= _NOT_PLACES and capitals[-1] not in _NOT_PLACES and capitals[0] not in _SENTENCE
