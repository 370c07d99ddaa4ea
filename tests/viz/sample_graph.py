"""An invented report's graph, as docs/graph.md describes it: about 110 things of a mission that does not exist."""

from __future__ import annotations

import hashlib
import re

import pyoxigraph as ox

from auditgraph.ontology.namespaces import AG, CODE, DCTERMS, FOAF, OA, ORG, RDF, RDFS, SKOS
from auditgraph.store.base import GraphData, LoadRecord
from auditgraph.store.embedded import OxigraphStore, open_memory

BASE = "https://w3id.org/auditgraph/"
MISSION = "organisation/unsmiz"


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


class Builder:
    """Collects the quads of one report."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.report = f"report/{slug(key)}"
        self.graph = ox.NamedNode(BASE + self.report)
        self.quads: set[ox.Quad] = set()
        self.offset = 0

    def node(self, path: str) -> ox.NamedNode:
        return ox.NamedNode(path if path.startswith("http") else BASE + path)

    def add(self, path: str, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal | str) -> None:
        term = ox.Literal(value) if isinstance(value, str) else value
        self.quads.add(ox.Quad(self.node(path), predicate, term, self.graph))

    def link(self, path: str, predicate: ox.NamedNode, other: str) -> None:
        self.add(path, predicate, self.node(other))

    def type(self, path: str, name: ox.NamedNode, place: str = "", quote: str = "") -> str:
        self.add(path, RDF.type, name)
        if quote:
            self.claim(path, RDF.type, name, place, quote)
        return path

    def code(self, path: str, predicate: ox.NamedNode, scheme: str, word: str) -> ox.NamedNode:
        node = CODE[f"{scheme}/{slug(word)}"]
        self.add(path, predicate, node)
        self.add(node.value, SKOS.notation, word)
        return node

    def claim(
        self, path: str, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal | str, place: str, quote: str
    ) -> None:
        term = ox.Literal(value) if isinstance(value, str) else value
        digest = hashlib.sha256(f"{path} {predicate} {term}".encode()).hexdigest()[:12]
        claim, self.offset = f"{self.report}/claim/{digest}", self.offset + 1000
        passage = f"{self.report}/passage/{self.offset}-{self.offset + len(quote)}"
        self.add(claim, RDF.type, AG.Claim)
        self.link(claim, RDF.subject, path)
        self.add(claim, RDF.predicate, predicate)
        self.add(claim, RDF.object, term)
        self.link(claim, AG.evidence, passage)
        self.add(passage, RDF.type, AG.Passage)
        self.add(passage, OA.exact, quote)
        self.add(passage, OA.start, ox.Literal(self.offset))
        self.add(passage, OA.end, ox.Literal(self.offset + len(quote)))
        self.add(passage, AG.place, place)

    def said(self, path: str, predicate: ox.NamedNode, value: str, place: str, quote: str = "") -> None:
        self.add(path, predicate, value)
        self.claim(path, predicate, value, place, quote or value)

    def said_link(self, path: str, predicate: ox.NamedNode, other: str, place: str, quote: str) -> None:
        self.link(path, predicate, other)
        self.claim(path, predicate, self.node(other), place, quote)

    def paragraph(self, number: str, text: str, part_of: str = "", names: tuple[str, ...] = ()) -> str:
        path = self.type(f"{self.report}/paragraph/{number}", AG.Paragraph, number, text)
        self.add(path, AG.place, number)
        self.add(path, AG.text, text)
        self.link(path, DCTERMS.isPartOf, part_of or self.report)
        for name in names:
            self.link(path, AG.mentions, name)
        return path

    def data(self) -> GraphData:
        nquads = ox.serialize(sorted(self.quads, key=str), format=ox.RdfFormat.N_QUADS)
        assert nquads is not None
        return GraphData(LoadRecord(self.graph.value, self.key, "sample.txt", "00"), nquads)


UNITS = {
    "Fuel Management Section": ("FMS", ("Quality Control Unit", "Invoice Verification Unit", "Distribution Unit",
                                        "Planning and Reserves Unit", "Contract Monitoring Unit")),
    "Movement Control Section": ("MovCon", ("Air Operations Unit", "Road Convoy Unit")),
    "Engineering Section": ("", ("Power Generation Unit", "Field Engineering Unit")),
    "Conduct and Discipline Team": ("CDT", ()),
    "Finance and Budget Section": ("FBS", ("Accounts Unit", "Budget Unit")),
    "Environmental Protection Section": ("EPS", ()),
}  # fmt: skip
OTHERS = (
    ("Office of Internal Oversight Services", "OIOS"), ("Department of Operational Support", "DOS"),
    ("Security Council", ""), ("Local Committee on Contracts", "LCC"), ("Regional Service Centre", "RSC"),
    ("Ministry of Energy of Zubara", ""), ("Fuel Task Force", "FTF"), ("Aerodrome Safety Committee", ""),
)  # fmt: skip
FINDINGS = (
    ("Planning and reserves", "Need to base fuel requirements on consumption data", 12, 15),
    ("Planning and reserves", "Strategic reserves were below the levels that the contract requires", 16, 19),
    ("Planning and reserves", "The fuel business continuity plan was adequately tested", 20, 21),
    ("Receipt and distribution", "Deliveries to remote team sites were not independently witnessed", 22, 26),
    ("Receipt and distribution", "Generators drew fuel that no meter recorded", 27, 30),
    ("Receipt and distribution", "Need to follow up on abnormal consumption of vehicles", 31, 34),
    ("Receipt and distribution", "Bulk trucks were calibrated on time", 35, 36),
    ("Contract management", "The contractor’s performance was reviewed late and without its own data", 37, 41),
    ("Contract management", "Invoices were paid after the discount period", 42, 45),
    ("Safety and environment", "Spill kits and bunds were missing at four of the nine sites inspected", 46, 49),
    ("Safety and environment", "Fire inspections covered all bulk storage facilities", 50, 51),
)
RECOMMENDATIONS = (
    (0, "should base its annual fuel requirements on consumption data of the fuel system and have "
        "them approved by the Planning and Reserves Unit.", "important", "open", "2031-12-31",
     ("Chief, Fuel Management Section",)),
    (1, "should restore the strategic reserves to the level that the contract requires and report any shortfall to the "
        "Director of Mission Support without delay.", "critical", "open", "2031-06-30",
     ("Director of Mission Support", "Chief, Fuel Management Section")),
    (3, "should: (a) appoint independent receiving officers at remote team sites; and (b) compare their records with "
        "delivery notes every month.", "important", "open", "2031-09-30", ("Chief, Distribution Unit",)),
    (4, "should install meters on all generators and reconcile them with fuel issued.", "important", "closed",
     "2031-03-31", ("Chief Engineer",)),
    (5, "should investigate cases of abnormal consumption and recover the value of lost fuel.", "critical", "open",
     "2031-12-31", ("Chief, Conduct and Discipline Team",)),
    (7, "should review the contractor’s performance every quarter, using its own measurements.", "important", "open",
     "2032-03-31", ("Chief, Contract Monitoring Unit",)),
    (8, "should set up a calendar that warns certifying officers before a discount period ends.", "important", "closed",
     "2031-04-30", ("Chief Finance and Budget Officer",)),
    (9, "should equip all storage sites with spill kits and bunds, and inspect them twice a year.", "important", "open",
     "2031-12-31", ("Chief, Environmental Protection Section", "Chief Engineer")),
)  # fmt: skip
INSTRUMENTS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("Fuel Operations Manual", "", (0, 1, 3, 4)),
    ("Financial Regulations and Rules of the United Nations", "ST/SGB/2013/4", (8,)),
    ("Procurement Manual", "", (7,)), ("Environmental policy for field missions", "", (9,)),
    ("Guidelines on contractor performance", "", (7,)), ("Aviation fuel quality standard", "ISO 9001", (3,)),
    ("Strategic fuel reserve plan", "", (1, 2)), ("Standard operating procedure on generators", "", (4,)),
    ("Waste management plan", "", (9,)), ("Directive on the use of vehicles", "", (5,)),
)  # fmt: skip
PLACES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("Zubara", (0, 1)), ("Port Amber", (3, 9)), ("Talh", (3,)), ("Qasr el-Milh", (4, 9)), ("Nahr Valley", (5,)),
          ("Wadi Sefira", (9,)))  # fmt: skip
SYSTEMS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("Umoja", (0, 8)), ("Electronic Fuel Management System", (0, 4, 5)), ("CarLog", (5,)),
           ("Field Remote Infrastructure Monitoring", (4,)))  # fmt: skip


def sample(
    key: str = "2031/007", title: str = "Audit of fuel management in the United Nations Stabilization Mission in Zubara"
) -> Builder:
    """Return an invented report of a full graph."""
    b = Builder(key)
    _about(b, title)
    _bodies(b)
    posts = _posts(b)
    findings = [f"{b.report}/finding/{n}" for n in range(1, len(FINDINGS) + 1)]
    _findings(b, findings)
    for number, row in enumerate(RECOMMENDATIONS, 1):
        _recommendation(b, str(number), row, findings, posts)
    _cited(b, findings)
    return b


def _about(b: Builder, title: str) -> None:
    report = b.type(b.report, AG.AuditReport)
    for predicate, value in ((AG.key, b.key), (AG.number, b.key), (DCTERMS.title, title)):
        b.add(report, predicate, value)
    b.claim(report, DCTERMS.title, title, "cover", title)
    b.claim(report, AG.number, b.key, "cover", f"REPORT {b.key}")
    b.said(
        report,
        AG.headline,
        "The Mission needed to keep its reserves and to account for the fuel that it issues",
        "cover",
    )
    b.said(report, DCTERMS.issued, "2031-05-02", "cover", "2 May 2031")
    b.link(report, AG.audit, "audit/ap2030-699-01")
    b.type("audit/ap2030-699-01", AG.Audit)
    b.said("audit/ap2030-699-01", AG.assignment, "AP2030-699-01", "cover", "Assignment No. AP2030-699-01")
    period = "The audit covered the period from July 2028 to June 2030"
    b.said("audit/ap2030-699-01", AG.periodStart, "2028-07", "10", period)
    b.said("audit/ap2030-699-01", AG.periodEnd, "2030-06", "10", period)
    b.said_link(
        report,
        AG.auditedEntity,
        MISSION,
        "1",
        "OIOS conducted an audit of fuel management in the United Nations Stabilization Mission in Zubara (UNSMIZ).",
    )
    b.add(report, AG.sourceName, "sample.txt")
    clash = b.type(f"{b.report}/discrepancy/due-4", AG.Discrepancy)
    b.code(clash, AG.kind, "discrepancy", "due date")
    b.add(clash, AG.topic, "due date of recommendation 5")
    b.said(clash, AG.first, "2031-12-31", "annex I rec 5", "31 December 2031")
    b.said(clash, AG.second, "2031-11-30", "appendix I rec 5", "30 November 2031")


def _body(b: Builder, path: str, name: str, acronym: str, place: str, quote: str, parent: str = "") -> None:
    b.type(path, ORG.OrganizationalUnit if parent else ORG.Organization)
    b.said(path, RDFS.label, name, place, quote)
    if acronym:
        b.said(path, AG.acronym, acronym, place, f"{name} ({acronym})")
    if parent:
        b.said_link(path, ORG.subOrganizationOf, parent, place, quote)


def _bodies(b: Builder) -> None:
    name = "United Nations Stabilization Mission in Zubara"
    _body(b, MISSION, name, "UNSMIZ", "1", f"{name} (UNSMIZ)")
    for section, (acronym, units) in UNITS.items():
        path = f"{MISSION}/{slug(acronym or section)}"
        _body(b, path, section, acronym, "4", f"The Mission’s {section} reports on its work every quarter.", MISSION)
        for unit in units:
            quote = f"{section} has {len(units)} units, the {unit} among them."
            _body(b, f"{path}/{slug(unit)}", unit, "", "5", quote, path)
    for name, acronym in OTHERS:
        _body(b, f"organisation/{slug(acronym or name)}", name, acronym, "6", f"the {name}")
    b.paragraph(
        "6",
        "The Fuel Task Force meets with the Department of Operational Support.",
        "",
        tuple(f"organisation/{slug(acronym or name)}" for name, acronym in OTHERS),
    )
    for symbol, effect in (
        ("S/RES/2991 (2027)", "establishes"),
        ("S/RES/3014 (2028)", "extends"),
        ("S/RES/3077 (2029)", "extends"),
    ):
        path = b.type(f"resolution/{slug(symbol)}", AG.Resolution)
        b.said(path, RDFS.label, symbol, "2", f"Security Council resolution {symbol[6:]}")
        b.add(path, RDFS.seeAlso, b.node(f"https://undocs.org/en/S/RES/{symbol[6:10]}({symbol[12:16]})"))
        mandate = f"{b.report}/mandate/{slug(symbol)}/{effect}/unsmiz"
        b.type(
            mandate,
            AG.Mandate,
            "2",
            f"The Security Council, by resolution {symbol[6:]}, {effect} the mandate of UNSMIZ.",
        )
        b.link(mandate, AG.resolution, path)
        b.link(mandate, AG.entity, MISSION)
        b.code(mandate, AG.effect, "effect", effect)


def _posts(b: Builder) -> dict[str, str]:
    homes = {
        "Chief, Fuel Management Section": "fms", "Chief, Distribution Unit": "fms/distribution-unit",
        "Chief Engineer": "engineering-section", "Chief, Conduct and Discipline Team": "cdt",
        "Chief, Contract Monitoring Unit": "fms/contract-monitoring-unit", "Chief Finance and Budget Officer": "fbs",
        "Chief, Environmental Protection Section": "eps", "Chief, Quality Control Unit": "fms/quality-control-unit",
        "Director of Mission Support": "", "Special Representative of the Secretary-General": "",
        "Fuel Accountant": "fms/invoice-verification-unit",
    }  # fmt: skip
    chiefs = {"Chief, Fuel Management Section", "Chief Engineer", "Chief Finance and Budget Officer",
              "Chief, Environmental Protection Section"}  # fmt: skip
    posts = {title: f"post/unsmiz/{slug(title)}" for title in homes}
    for title, home in homes.items():
        path = b.type(posts[title], ORG.Post)
        b.said(path, RDFS.label, title, "7")
        b.said_link(path, ORG.postIn, f"{MISSION}/{home}".rstrip("/"), "7", f"the {title}, at the D-1 or P-5 level")
        boss = (
            "Director of Mission Support"
            if title in chiefs
            else ("Special Representative of the Secretary-General" if title == "Director of Mission Support" else "")
        )
        if boss:
            b.said_link(path, ORG.reportsTo, posts[boss], "8", f"The {title} reports to the {boss}.")
    b.said(posts["Director of Mission Support"], AG.grade, "D-2", "7", "Director of Mission Support at the D-2 level")
    for name, role in (("Amara Okonjo-Lindqvist", "signatory"), ("Teodor Vasilakis", "addressee")):
        person = b.type(f"person/{slug(name)}", FOAF.Person)
        b.said(person, RDFS.label, name, "signature")
        part = b.type(f"{b.report}/involvement/{role}/{slug(name)}", AG.Involvement, "signature", name)
        b.link(part, AG.agent, person)
        b.code(part, AG.role, "role", role)
        b.add(part, AG.postTitle, "Director, Internal Audit Division" if role == "signatory" else "Head of Mission")
    return posts


def _findings(b: Builder, findings: list[str]) -> None:
    for path, (area, heading, first, last) in zip(findings, FINDINGS, strict=True):
        b.type(path, AG.Finding, str(first), heading)
        b.add(path, AG.area, area)
        b.add(path, AG.heading, heading)
        b.link(path, DCTERMS.isPartOf, b.report)
        for number in range(first, last + 1):
            b.paragraph(str(number), f"{heading}: what the auditors saw at the sites of paragraph {number}.", path)
        b.link(path, AG.firstParagraph, f"{b.report}/paragraph/{first}")
        b.link(path, AG.lastParagraph, f"{b.report}/paragraph/{last}")
    figure = b.type(f"{b.report}/figure/47-4-9", AG.Figure, "47", "four of the nine sites inspected (44 per cent)")
    for predicate, value in ((AG["count"], 4), (AG.total, 9), (AG.percent, 44)):
        b.add(figure, predicate, ox.Literal(value))
    b.link(figure, DCTERMS.isPartOf, f"{b.report}/paragraph/47")


def _recommendation(
    b: Builder,
    number: str,
    row: tuple[int, str, str, str, str, tuple[str, ...]],
    findings: list[str],
    posts: dict[str, str],
) -> None:
    finding, rest, importance, status, due, officials = row
    text, place = f"UNSMIZ {rest}", f"rec {number}"
    path = b.type(f"{b.report}/recommendation/{number}", AG.Recommendation, place, f"({number}) {text}")
    for predicate, value in ((AG.number, number), (AG.text, text), (AG.place, place)):
        b.add(path, predicate, value)
    b.link(path, DCTERMS.isPartOf, b.report)
    b.link(path, AG.mentions, MISSION)
    b.claim(
        path,
        AG.importance,
        b.code(path, AG.importance, "importance", importance),
        f"annex I rec {number}",
        importance.title(),
    )
    b.claim(path, AG.status, b.code(path, AG.status, "status", status), f"annex I rec {number}", status[0].upper())
    b.said(path, AG.due, due, f"annex I rec {number}", due)
    if status == "open":
        b.said(path, AG.action, "Receipt of evidence that it was done.", f"annex I rec {number}")
    last = FINDINGS[finding][3]
    b.said_link(findings[finding], AG.ledTo, path, str(last), f"({number}) {text}")
    for official in officials:
        b.said(path, AG.official, official, f"appendix I rec {number}")
        b.said_link(path, AG.responsible, posts[official], f"appendix I rec {number}", official)
    answer = b.type(f"{path}/appendix-i", AG.ManagementResponse)
    b.link(answer, AG.about, path)
    b.add(answer, AG.place, f"appendix I rec {number}")
    b.claim(answer, AG.accepted, b.code(answer, AG.accepted, "acceptance", "yes"), f"appendix I rec {number}", "Yes")
    b.said(
        answer,
        AG.comments,
        f"The Mission accepts recommendation {number} and will act on it.",
        f"appendix I rec {number}",
    )


def _cited(b: Builder, findings: list[str]) -> None:
    for title, identifier, where in INSTRUMENTS:
        path = b.type(f"instrument/{slug(identifier or title)}", AG.Instrument)
        b.said(path, RDFS.label, title, str(FINDINGS[where[0]][2]), f"as the {title} requires")
        if identifier:
            b.said(path, AG.identifier, identifier, str(FINDINGS[where[0]][2]))
        for at in where:
            place = str(FINDINGS[at][2])
            b.said_link(
                f"{b.report}/paragraph/{place}", AG.cites, path, place, f"as the {title} requires, receipts are kept"
            )
    for folder, kind, rows in (("location", DCTERMS.Location, PLACES), ("system", AG.InformationSystem, SYSTEMS)):
        for name, where in rows:
            path = b.type(f"{folder}/{slug(name)}", kind)
            b.said(path, RDFS.label, name, str(FINDINGS[where[0]][2]), f"in {name}")
            for at in where:
                b.link(f"{b.report}/paragraph/{FINDINGS[at][2]}", AG.mentions, path)
    b.link(f"{b.report}/paragraph/27", AG.mentions, f"{MISSION}/engineering-section/power-generation-unit")
    b.link(f"{b.report}/paragraph/31", AG.mentions, f"{MISSION}/movcon/road-convoy-unit")


def sample_store(*builders: Builder) -> OxigraphStore:
    """Return a store in memory with these reports, or with the sample."""
    store = open_memory()
    store.put([b.data() for b in builders or (sample(),)])
    return store
