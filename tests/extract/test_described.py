"""Instruments told by whose they are, decisions by their symbols, and resolutions of organs without symbols."""

from __future__ import annotations

import pytest
from handmade import report

from auditgraph.loaders.extract.citations import citations
from auditgraph.loaders.extract.decisions import decisions
from auditgraph.loaders.extract.described import described
from auditgraph.loaders.extract.instruments import cited_instruments
from auditgraph.loaders.extract.resolutions import resolutions

BODIES = frozenset({"UNMOT", "UNODC", "DFS", "DPKO", "UNEG"})


def found(text: str) -> list[str]:
    return [" | ".join(filter(None, (text[d.start : d.end], d.year))) for d in described(text, BODIES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The UNMOT evaluation policy and the norms and standards of the United Nations Rowing Group (UNRG) apply.",
         ["UNMOT evaluation policy", "norms and standards of the United Nations Rowing Group"]),
        ("The grants policy of UNMOT, issued in 2016, requires reports.", ["grants policy of UNMOT | 2016"]),
        ("under the financial rules of the voluntary funds of UNMOT and General Assembly decisions",
         ["financial rules of the voluntary funds of UNMOT"]),
        ("UNMOT’s revised boat maintenance manual and the Fund’s whistleblower policy say so.",
         ["boat maintenance manual", "whistleblower policy"]),
        ("The DPKO/DFS training policy and the Department of Boats aviation manual apply.",
         ["DPKO/DFS training policy", "Department of Boats aviation manual"]),
        ("See the rules of procedure of the Executive Committee of the Boat Fund and the internal control policy "
         "of the Fund and the Board.",
         ["rules of procedure of the Executive Committee of the Boat Fund", "internal control policy of the Fund"]),
        ("The financial rules for the Conference of the Parties were old.",
         ["financial rules for the Conference of the Parties"]),
        ("The 2014 UNMOT travel policy and the UNMOT rowing guidelines (2015) lapsed.",
         ["UNMOT travel policy | 2014", "UNMOT rowing guidelines | 2015"]),
    ],
)  # fmt: skip
def test_what_is_described_as_a_body_s(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["UNMOT policy requires it.", "UNMOT did not have an evaluation policy and had no procurement guidelines.",
     "UNMOT policies and procedures on travel were followed.", "The ICT security policy and the HR policy were old.",
     "UNMOT should develop the UNMOT travel policy.", "The UNMOT travel policy had not been finalized.",
     "The UNMOT fleet policy was still in draft.", "UNMOT updated procurement guidelines in 2014.",
     "UNMOT internal guidelines were unclear.", "The boat policy of the Government of Lutha was adopted.",
     "The Head of the UNMOT evaluation policy unit left.", "UNMOT travel policy and procedures were weak.",
     "UNMOT issued guidelines; its staff manual tasks were done.", "the staff rules of the United Nations",
     "The policy of UNMOT is clear.", "The evaluation policy of a good organization is short."],
)  # fmt: skip
def test_what_is_no_instrument_of_a_body(text: str) -> None:
    assert found(text) == []


def test_a_described_instrument_is_cited_again_without_whose_it_is() -> None:
    skeleton = report(
        ("5", "The UNODC evaluation policy requires it."),
        ("6", "As the evaluation policy says, boats are to be counted; an evaluation policy is good."),
        ("7", "UNODC should budget in accordance with its evaluation policy."),
        ("8", "The evaluation policy framework is another thing."),
    )
    (one,) = cited_instruments(skeleton)
    assert one.instrument.title.value == "UNODC evaluation policy"
    assert [c.place for c in one.citations] == ["5", "6", "7"]


def test_decisions_are_cited_by_symbol() -> None:
    text = (
        "In decision 27/5 of February 2013 and Decisions 3/CMP.1, 18/CP.7 and BC-10/3, not in decision 5 or decision "
        "14/2012, it was said; decision XXII/14 and decision 522 (LXI) followed decision 2013/28."
    )
    assert [(d.title or "-", d.symbol, d.year) for d in decisions(text)] == [
        ("decision 27/5", "27/5", "2013"), ("-", "3/CMP.1", ""), ("-", "18/CP.7", ""), ("-", "BC-10/3", ""),
        ("decision XXII/14", "XXII/14", ""), ("decision 522 (LXI)", "522 (LXI)", ""),
        ("decision 2013/28", "2013/28", "2013"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("The Governing Council, in its resolution 21/2, adopted a plan.", ["Governing Council resolution 21/2"]),
        ("The Board was renamed the United Nations Environment Assembly by resolution 67/251.", ["A/RES/67/251"]),
        ("Environment Assembly resolutions 2/20 and 3/1 and CND resolution 52/13 apply.",
         ["UNEP/EA.2/Res.20", "UNEP/EA.3/Res.1",
          "Commission on Narcotic Drugs resolution 52/13"]),
        ("By its resolution 71/1, the Commission met; ESCAP resolution 58/2 was cited.", ["ESCAP resolution 58/2"]),
        ("The Commission was established by resolution 60/180.", ["A/RES/60/180"]),
        ("The Economic and Social Council, in its resolution 2009/251, met.", ["E/RES/2009/251"]),
    ],
)  # fmt: skip
def test_resolutions_of_organs_named_beside_them(text: str, symbols: list[str]) -> None:
    skeleton = report(("5", text))
    assert [c.symbol for c in citations(resolutions(skeleton), ())] == symbols


def test_a_treaty_with_the_name_of_its_secretariat_is_cited_where_it_is_meant() -> None:
    name = "United Nations Framework Convention on Climate Change"
    skeleton = report(
        ("5", f"OIOS audited the {name} and its boats."), ("6", f"Article 8 of the {name} founded the secretariat.")
    )
    (one,) = cited_instruments(skeleton)
    assert (one.instrument.title.value, [c.place for c in one.citations]) == (name, ["6"])
