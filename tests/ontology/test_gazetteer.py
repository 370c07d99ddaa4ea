from __future__ import annotations

from collections import Counter

from auditgraph.ontology.gazetteer import folded, gazetteer

KNOWN = gazetteer()


def test_ids_are_unique_and_parents_and_successors_known() -> None:
    assert [i for i, n in Counter(b.id for b in KNOWN.bodies).items() if n > 1] == []
    named = {b.parent for b in KNOWN.bodies if b.parent} | {s for b in KNOWN.bodies for s in b.successors}
    assert named <= set(KNOWN.by_id)


def test_no_name_stands_for_two_bodies_or_places() -> None:
    names = Counter(name for body in KNOWN.bodies for name in {folded(n) for n in body.names})
    assert [n for n, count in names.items() if count > 1] == []
    places = Counter(name for place in KNOWN.places for name in {place.name, *place.other_names})
    assert [n for n, count in places.items() if count > 1] == []


def test_nobody_is_older_than_its_end() -> None:
    assert [b.id for b in KNOWN.bodies if b.since and b.until and b.since > b.until] == []


def test_renamed_bodies_lead_to_their_successors() -> None:
    former = KNOWN.body("Department of Peace-keeping Operations")
    assert former is not None
    assert former.acronym == "DPKO"
    assert former.successors == ("dpo",)


def test_names_are_found_whatever_their_spelling() -> None:
    body = KNOWN.body("the United Nations Multidimensional Integrated Stabilisation Mission in Mali")
    assert body is not None
    assert body is KNOWN.body("MINUSMA")


def test_folded() -> None:
    assert folded("The  Côte d’Ivoire – Organisation") == "côte d'ivoire - organization"
