import pytest
from handmade import bodies, check_quotes, report

from auditgraph.loaders.extract.mandates import VERBS, mandates
from auditgraph.loaders.extract.reading import Run
from auditgraph.loaders.extract.resolutions import find, resolutions
from auditgraph.model import ProseKind, Skeleton, Text


def symbols(text: str) -> list[str]:
    return [r.symbol for r in find(Run("1", ProseKind.PARAGRAPH, Text.of(text)))]


def effects(skeleton: Skeleton) -> list[str]:
    found = mandates(skeleton, bodies(), ["unmot"], resolutions(skeleton))
    return [f"{m.symbol.value} {m.effect.value} {m.entity}" for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Security Council resolutions 2364 (2017), 2423 (2018) and 2480 "
         "(2019)", ["S/RES/2364 (2017)", "S/RES/2423 (2018)", "S/RES/2480 (2019)"]),
        ("SCR 2640 (2022)", ["S/RES/2640 (2022)"]),
        ("UNSCRs 1325 and 1820 (2008)", ["S/RES/1325", "S/RES/1820 (2008)"]),
        ("Security Council resolution (SCR) 2100", ["S/RES/2100"]),
        ("Security Council resolution 2690 of 30 June 2023", ["S/RES/2690 (2023)"]),
        ("established in 2013 by Security Council resolution 2100", ["S/RES/2100 (2013)"]),
        ("Assembly resolutions 48/218 B of 29 July 1994, 54/244 and 59/272",
         ["A/RES/48/218 B", "A/RES/54/244", "A/RES/59/272"]),
        ("Security Council resolutions 2149 of 10 April 2014 and 2217 of 28 April 2015",
         ["S/RES/2149 (2014)", "S/RES/2217 (2015)"]),
        ("Security Council resolution 2149 of 10 April 2014 and 120 troops", ["S/RES/2149 (2014)"]),
        ("the Council, by its resolution 1701 (2006),", ["S/RES/1701 (2006)"]),
        ("General Assembly resolution 72/266 B", ["A/RES/72/266 B"]),
        ("The General Assembly, in its resolutions 60/283 and 63/250, section IX,", ["A/RES/60/283", "A/RES/63/250"]),
        ("the General Assembly (resolution 428 (V))", ["A/RES/428 (V)"]),
        ("Economic and Social Council (ECOSOC) resolution 671 A (XXV)", ["E/RES/671 A (XXV)"]),
        ("The Governing Council approved it in its resolution 21/2", []),
        ("the Governing Council. The Assembly, in resolution 56/206,", ["A/RES/56/206"]),
        ("The Economic and Social Council, in resolution 671 A (XXV)", ["E/RES/671 A (XXV)"]),
        ("by resolution 106 (VI) of 25 February 1948 of the Economic and Social Council", ["E/RES/106 (VI)"]),
        ("the Commission on Narcotic Drugs, in resolution 58/12,", ["Commission on Narcotic Drugs resolution 58/12"]),
        ("In resolution 2021/4, the Economic and Social Council asked", ["E/RES/2021/4"]),
        ("The Governing Council, in resolution 2021/4, asked", ["Governing Council resolution 2021/4"]),
        ("It serves ECOSOC. In its resolution 428 (V), the General Assembly", ["A/RES/428 (V)"]),
        ("S/RES/1325 (2000) and A/RES/70/286", ["S/RES/1325 (2000)", "A/RES/70/286"]),
    ],
)  # fmt: skip
def test_symbols_have_the_form_of_the_united_nations(text: str, expected: list[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(
    "text", ["the resolution of 12 cases", "resolution 2690", "resolutions 1706 and 1769 of the board", "SCR-100"]
)
def test_what_cites_no_resolution_of_a_known_organ(text: str) -> None:
    assert symbols(text) == []


def test_a_resolution_cited_again_without_its_year_is_the_same_one() -> None:
    skeleton = report(("2", "SCR 2690 required UNMOT to close."), ("15", "In view of SCR 2690 (2023) it closed."))
    first, second = resolutions(skeleton)
    assert first.resolution.symbol == second.resolution.symbol == "S/RES/2690 (2023)"
    assert first.derived
    assert not second.derived
    check_quotes(skeleton, first.evidence, "SCR 2690", "2690 (2023)")


def test_a_bare_number_is_the_councils_where_the_report_cites_it_so() -> None:
    skeleton = report(("2", "Security Council resolution 2245 (2015) is long."), ("9", "Resolution 2245 asks."))
    assert [r.resolution.symbol for r in resolutions(skeleton)] == ["S/RES/2245 (2015)"] * 2


def test_two_years_for_one_number_settle_nothing() -> None:
    skeleton = report("SCR 900 (1993) and SCR 900 (1994) differ from SCR 900.")
    assert [r.resolution.symbol for r in resolutions(skeleton)][-1] == "S/RES/900"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Security Council resolutions 2364 (2017) and 2423 (2018) mandated UNMOT to: protect; and report.",
         ["S/RES/2364 (2017) mandates unmot", "S/RES/2423 (2018) mandates unmot"]),
        ("UNMOT was established in 2013 by Security Council resolution (SCR) "
         "2100.", ["S/RES/2100 (2013) establishes unmot"]),
        ("By resolution 2119 (2013), the Council extended the mandate of UNMOT. Pursuant to resolution 2180 (2014), "
         "the mandate was further extended until 2015.",
         ["S/RES/2119 (2013) extends unmot", "S/RES/2180 (2014) extends unmot"]),
        ("The PBF was established by General Assembly resolution 60/180 and Security Council resolution 1645 (2005).",
         ["A/RES/60/180 establishes pbf", "S/RES/1645 (2005) establishes pbf"]),
        ("The Council, by its resolution 1701 (2006), significantly enhanced the Mission and expanded its mandate.",
         ["S/RES/1701 (2006) enhances unmot", "S/RES/1701 (2006) expands unmot"]),
        ("The mandate was most recently extended until 31 August 2020 by resolution 2485 "
         "(2019).", ["S/RES/2485 (2019) extends unmot"]),
        ("Its mandate was extended until 30 June 2018 by Security Council resolution 2362 (2017) and until 30 June "
         "2019 by Security Council "
         "resolution 2429 (2018).", ["S/RES/2362 (2017) extends unmot", "S/RES/2429 (2018) extends unmot"]),
        ("SCR 2640 (2022) authorized UNMOT to assist OOP.", ["S/RES/2640 (2022) authorises unmot"]),
        ("OOP was created by General Assembly resolution 62/317 B.", ["A/RES/62/317 B creates oop"]),
        ("UNMOT's mandate is derived from Security Council resolution 1996 "
         "(2011).", ["S/RES/1996 (2011) mandates unmot"]),
        ("Pursuant to Security Council resolution 1990 (2011), OOP is required to "
         "report.", ["S/RES/1990 (2011) requires oop"]),
        ("UNMOT, established by Security Council resolution 1996 (2011), is "
         "large.", ["S/RES/1996 (2011) establishes unmot"]),
        ("In view of SCR 2690 (2023) mandating the Mission to end, it ended.", ["S/RES/2690 (2023) mandates unmot"]),
        ("In its resolution 2459 (2019), the Security Council decided to extend the mandate of "
         "UNMOT.", ["S/RES/2459 (2019) extends unmot"]),
        ("The Council extended the Mission’s mandate until 2020 (resolution 2502 (2019)) and, through resolution "
         "2556 of 18 December 2020, until 2021.",
         ["S/RES/2502 (2019) extends unmot", "S/RES/2556 (2020) extends unmot"]),
        ("OOP was founded by General Assembly resolution 62/317. Its mandate has been renewed yearly, most recently by "
         "Assembly resolution 70/12.", ["A/RES/62/317 founds oop", "A/RES/70/12 renews oop"]),
        ("Security Council resolution 1996 (2011) established OOP. UNMOT is mandated by the same resolution to row.",
         ["S/RES/1996 (2011) establishes oop", "S/RES/1996 (2011) mandates unmot"]),
        ("By its resolution 61/252, section XI, the Assembly authorized OOP to row.",
         ["A/RES/61/252 authorises oop"]),
        ("In accordance with General Assembly resolution 46/185 C, the Fund of OOP (OPX) was established.",
         ["A/RES/46/185 C establishes oop"]),
        ("OOP was established by General Assembly resolution 2997 (XXVII) and UNMOT by resolution 2951 (XXVII).",
         ["A/RES/2997 (XXVII) establishes oop", "A/RES/2951 (XXVII) establishes unmot"]),
        ("OOP, formerly UNMOT, was established by General Assembly resolution 61/4.", ["A/RES/61/4 establishes oop"]),
        ("Security Council resolution 2531 (2020) mandated the Mission to row. Its mandate was extended until 30 June "
         "2022 by Security Council resolution 2584 (2021).",
         ["S/RES/2531 (2020) mandates unmot", "S/RES/2584 (2021) extends unmot"]),
        ("By its resolution 56/206, the Assembly transformed UNMOT into OOP with effect from 1 January 2002.",
         ["A/RES/56/206 transforms unmot", "A/RES/56/206 transforms oop"]),
        ("The Assembly, in its resolution 67/213, strengthened and upgraded OOP.", ["A/RES/67/213 strengthens oop"]),
        ("OOP was set up in 2019 following the adoption of Assembly resolution 72/266 B.",
         ["A/RES/72/266 B sets up oop"]),
        ("In its resolution 72/266 B, the General Assembly decided to establish OOP and UNMOT.",
         ["A/RES/72/266 B establishes oop", "A/RES/72/266 B establishes unmot"]),
        ("OOP was established by General Assembly resolution 61/4. Its mandate was expanded by resolution 62/8 and "
         "most recently extended until 31 May 2020 by resolution 70/12.",
         ["A/RES/61/4 establishes oop", "A/RES/62/8 expands oop", "A/RES/70/12 extends oop"]),
        ("UNMOT was set up by SCR 2100 (2013). The same resolution authorized the retention of a boat crew to guard "
         "the piers, oars and boats of UNMOT.",
         ["S/RES/2100 (2013) sets up unmot", "S/RES/2100 (2013) authorises unmot"]),
        ("The mandate of UNMOT was set up by Security Council resolution 2502 (2019), which also authorized a ceiling "
         "of 14 boats for UNMOT.", ["S/RES/2502 (2019) sets up unmot", "S/RES/2502 (2019) authorises unmot"]),
        ("Following the adoption of Security Council resolution 2447 (2018), UNMOT was requested to row.",
         ["S/RES/2447 (2018) requests unmot"]),
        ("OOP was upgraded by General Assembly resolution 56/206.", ["A/RES/56/206 upgrades oop"]),
        ("The mandate of UNMOT is contained in the annex to Security Council resolution 1966 (2010).",
         ["S/RES/1966 (2010) mandates unmot"]),
        ("The Council decided, in resolution 2334 (2019), to extend the mandate of UNMOT.",
         ["S/RES/2334 (2019) extends unmot"]),
        ("The mandate of OOP, as set out in Security Council resolution 2333 (2019), was to row. It was extended by "
         "resolution 2400 (2020) and terminated on 31 March 2021 under resolution 2500 (2020).",
         ["S/RES/2333 (2019) mandates oop", "S/RES/2400 (2020) extends oop", "S/RES/2500 (2020) terminates oop"]),
        ("SCR 2690 (2023) required UNMOT to cease work, transfer its tasks and close its camps.",
         ["S/RES/2690 (2023) requires unmot"]),
    ],
)  # fmt: skip
def test_what_resolutions_do(text: str, expected: list[str]) -> None:
    assert effects(report(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "UNMOT supports the implementation of Security Council resolution 1701 (2006).",
        "The General Assembly, in its resolution 64/243, requested the Secretary-General to report on UNMOT.",
        "General Assembly resolution 55/1 approved the UNMOT strategy.",
        "The mandate of the Boat Unit is contained in the annex to Security Council resolution 1966 (2010).",
        "SCR 2690 (2023) authorized the Secretary-General to prepare the drawdown of UNMOT.",
        "Security Council resolution 1325 (2000) calls on all parties to protect women.",
        "The policy followed Security Council resolution 2272 (2016) and UNMOT was reorganized.",
    ],
)
def test_no_effect_is_guessed(text: str) -> None:
    assert effects(report(text)) == []


def test_a_mandate_rests_on_the_words_that_say_it() -> None:
    skeleton = report("SCR 2640 (2022) authorized UNMOT to assist.")
    (mandate,) = mandates(skeleton, bodies(), ["unmot"], resolutions(skeleton))
    check_quotes(skeleton, mandate.effect.evidence, "SCR 2640 (2022) authorized UNMOT")


def test_effects_are_in_the_third_person() -> None:
    assert all(re_third.split()[0].endswith("s") for re_third in VERBS.values())
