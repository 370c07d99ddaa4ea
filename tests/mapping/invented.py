"""An invented report as a `model.Report`, small but with something of everything."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from auditgraph import model as m

T = TypeVar("T")

SOURCE = """REPORT 2031/007
Audit of fuel in the United Nations Mission in Zubara
The Mission needed to count its dippers
2 May 2031 Assignment No. AP2030-699-01
I. BACKGROUND
1. The United Nations Mission in Zubara (UNMIZ) was established by Security Council resolution 9100 (2029).
2. The Fuel Unit (FU) of UNMIZ is headed by a Chief at the P-4 level who reports to the Director of Mission Support \
(DMS). The DMS reports to the Head of Mission. The budget for 2029/30 was $1.21 million. It follows the Manual on Fuel \
(ST/AI/2028/4).
3. The audit covered the period from July 2029 to 31 December 2030. OIOS conducted it from January to March 2031.
III. AUDIT RESULTS
A. Stock
Need to keep dippers
12. FU lost 3 of its 9 (33 per cent) dippers in Port Amber, worth $2,400. They were listed in Umoja.
(1) UNMIZ should: (a) count its dippers; and (b) lock them up.
UNMIZ accepted recommendation 1 and stated that it would count. Recommendation 1 remains open pending a count.
Pumps worked
13. All pumps worked. The Manual on Fuel was kept to, as resolution 9100 wants.
(2) UNMIZ should paint the pumps.
UNMIZ accepted recommendation 2. Based on the action taken, recommendation 2 has been closed.
(Signed) Jane Doe
ANNEX I
1 | UNMIZ should: (a) count its dippers; and (b) lock them up. | Important | O | Receipt of a count | 31 December 2031
2 | UNMIZ should paint the pumps. | Important | C | Implemented |
APPENDIX I
1 | UNMIZ should: (a) count its dippers; and (b) lock them up. | Critical | Yes | Chief, FU and DMS | Q3 2031 | \
We will count.
2 | UNMIZ should paint the pumps. | Important | No | Chief, FU | | Paint is for show.
"""


def words(quote: str, place: str, source: str = SOURCE, page: int = 0, after: str = "") -> tuple[m.Passage, ...]:
    """Return the first passage of a source that reads `quote`, after some other words."""
    start = source.index(quote, source.index(after))
    return (m.Passage(place, m.Span(start, start + len(quote)), quote, page),)


def said(value: T, quote: str, place: str, *, after: str = "", derived: bool = False) -> m.Said[T]:
    """Return a value that rests on the first such words."""
    return m.Said(value, words(quote, place, after=after), derived)


def text(quote: str, place: str, after: str = "") -> m.Said[str]:
    """Return words that are their own value."""
    return said(quote, quote, place, after=after)


FIRST = "UNMIZ should: (a) count its dippers; and (b) lock them up."
SECOND = "UNMIZ should paint the pumps."
P12 = "FU lost 3 of its 9 (33 per cent) dippers in Port Amber, worth $2,400. They were listed in Umoja."
P13 = "All pumps worked. The Manual on Fuel was kept to, as resolution 9100 wants."


def _recommendations() -> tuple[m.Recommendation, ...]:
    answer = (
        "UNMIZ accepted recommendation 1 and stated that it would count. Recommendation 1 remains open pending a count."
    )
    done = "UNMIZ accepted recommendation 2. Based on the action taken, recommendation 2 has been closed."
    return (
        m.Recommendation(
            "1",
            text(FIRST, "rec 1"),
            (m.Part("a", text("count its dippers", "rec 1")), m.Part("b", text("lock them up", "rec 1"))),
            (
                m.Response(
                    ("1",),
                    text(answer, "rec 1 response"),
                    accepted=said("yes", "UNMIZ accepted recommendation 1", "rec 1 response"),
                    status=said("open", "Recommendation 1 remains open", "rec 1 response"),
                    pending=said("a count", "a count", "rec 1 response", after="open pending"),
                ),
            ),
            paragraph="12",
        ),
        m.Recommendation(
            "2",
            text(SECOND, "rec 2"),
            responses=(
                m.Response(
                    ("2",),
                    text(done, "rec 2 response"),
                    accepted=said("yes", "UNMIZ accepted recommendation 2", "rec 2 response"),
                    status=said("closed", "recommendation 2 has been closed", "rec 2 response"),
                ),
            ),
            paragraph="13",
        ),
    )


def _annex() -> tuple[m.AnnexRow, ...]:
    one, two = "annex I rec 1", "annex I rec 2"
    return (
        m.AnnexRow(
            "annex I", "1", text(FIRST, one, "ANNEX I"), said("important", "Important", one, after="ANNEX I"),
            said("open", "O", one, after="| Important"), None, text("Receipt of a count", one),
            said("2031-12-31", "31 December 2031", one),
        ),
        m.AnnexRow(
            "annex I", "2", text(SECOND, two, "ANNEX I"), said("important", "Important", two, after="\n2 | UNMIZ"),
            said("closed", "C", two, after="pumps. | Important"), said("implemented", "Implemented", two),
            text("Implemented", two),
        ),
    )  # fmt: skip


def _appendix() -> tuple[m.AppendixRow, ...]:
    one, two, start = "appendix I rec 1", "appendix I rec 2", "APPENDIX I"
    return (
        m.AppendixRow(
            "appendix I", "1", text(FIRST, one, start), said("critical", "Critical", one), said("yes", "Yes", one),
            text("Chief, FU and DMS", one), said("2031-Q3", "Q3 2031", one), text("We will count.", one),
        ),
        m.AppendixRow(
            "appendix I", "2", text(SECOND, two, start), said("important", "Important", two, after="APPENDIX I"),
            said("no", "No", two, after="APPENDIX I"), text("Chief, FU", two, "| No"), None,
            text("Paint is for show.", two),
        ),
    )  # fmt: skip


def skeleton() -> m.Skeleton:
    """Return the structure of the invented report."""
    p1 = "The United Nations Mission in Zubara (UNMIZ) was established by Security Council resolution 9100 (2029)."
    area = said("Stock", "Stock", "heading A")
    return m.Skeleton(
        source=SOURCE,
        info=m.SourceInfo("2031-007.txt", "ab" * 32, "text/plain"),
        prose=(),
        number=text("2031/007", "cover"),
        assignment=text("AP2030-699-01", "cover"),
        title=text("Audit of fuel in the United Nations Mission in Zubara", "cover"),
        headline=text("The Mission needed to count its dippers", "cover"),
        issued=said("2031-05-02", "2 May 2031", "cover"),
        paragraphs=(
            m.Paragraph("1", text(p1, "1"), "I. BACKGROUND"),
            m.Paragraph("12", text(P12, "12"), "III. AUDIT RESULTS", "A. Stock"),
            m.Paragraph("13", text(P13, "13"), "III. AUDIT RESULTS", "A. Stock"),
        ),
        findings=(
            m.Finding("Stock", text("Need to keep dippers", "heading A.1"), "12", "12",
                      (said("1", "(1)", "rec 1"),), area),
            m.Finding("Stock", text("Pumps worked", "heading A.2"), "13", "13", (), area),
        ),
        recommendations=_recommendations(),
        annex_rows=_annex(),
        appendix_rows=_appendix(),
        warnings=(m.Warn("4", "paragraphs 4 to 11 are missing"),),
    )  # fmt: skip


def report() -> m.Report:
    """Return the invented report."""
    chief = "Chief at the P-4 level"
    return m.Report(
        family="iad",
        key="2031/007",
        skeleton=skeleton(),
        entities=(said("unmiz", "United Nations Mission in Zubara", "cover"),),
        audit_period=said(m.Period("2029-07", "2030-12-31"), "July 2029 to 31 December 2030", "3"),
        fieldwork=said(m.Period("2031-01", "2031-03"), "from January to March 2031", "3"),
        abbreviations=(
            m.Abbreviation("UNMIZ", said("United Nations Mission in Zubara",
                                         "United Nations Mission in Zubara (UNMIZ)", "1")),
            m.Abbreviation("DMS", said("Director of Mission Support", "Director of Mission Support (DMS)", "2")),
        ),
        organisations=(
            m.Organisation("unmiz", text("United Nations Mission in Zubara", "cover"), text("UNMIZ", "1"),
                           mentions=words("UNMIZ", "1")),
            m.Organisation("fu", text("Fuel Unit", "2"), said("FU", "FU", "2", after="(FU"),
                           said("unmiz", "Fuel Unit (FU) of UNMIZ", "2"), mentions=words("FU", "12", after="\n12.")),
            m.Organisation("sc", text("Security Council", "1"), known="sc"),
        ),
        posts=(
            m.Post("chief", text("Chief", "2"), None,
                   said("fu", "Fuel Unit (FU) of UNMIZ is headed by a Chief", "2"), said("P-4", chief, "2"),
                   (said("dms", "reports to the Director of Mission Support", "2"),)),
            m.Post("dms", text("Director of Mission Support", "2"), text("DMS", "2"), None, None,
                   (said("hom", "The DMS reports to the Head of Mission", "2"),)),
            m.Post("hom", text("Head of Mission", "2")),
        ),
        people=(m.Person(text("Jane Doe", "signature"), said("signatory", "(Signed)", "signature")),),
        responsibilities=(
            m.Responsibility("1", said("Chief, Fuel Unit", "Chief, FU", "appendix I rec 1"), key="chief"),
            m.Responsibility("1", said("Director of Mission Support", "DMS", "appendix I rec 1", after="Chief, FU and"),
                             key="dms"),
            m.Responsibility("2", said("Chief, Fuel Unit", "Chief, FU", "appendix I rec 2", after="| No"), key="chief"),
        ),
        instruments=(
            m.Instrument("manual", text("Manual on Fuel", "2"), text("ST/AI/2028/4", "2"),
                         said("2028", "2028", "2")),
        ),
        citations=(
            m.Citation("1", words("9100 (2029)", "1"), symbol="S/RES/9100 (2029)"),
            m.Citation("13", words("resolution 9100", "13", after=P13), symbol="S/RES/9100 (2029)"),
            m.Citation("2", words("Manual on Fuel", "2"), instrument="manual"),
            m.Citation("13", words("Manual on Fuel", "13", after=P13), instrument="manual"),
        ),
        mandates=(
            m.Mandate(said("S/RES/9100 (2029)", "Security Council resolution 9100 (2029)", "1"), "unmiz",
                      said("establishes", "was established by", "1")),
        ),
        locations=(m.Location(text("Port Amber", "12"), words("Port Amber", "12")),),
        budgets=(m.Budget("unmiz", text("2029/30", "2"), said("1210000", "$1.21 million", "2"), "USD", "fu"),),
        amounts=(
            m.Amount("2", said("1210000", "$1.21 million", "2"), "USD"),
            m.Amount("12", said("2400", "$2,400", "12"), "USD"),
        ),
        figures=(
            m.Figure("12", said("3", "3", "12", after="FU lost"), said("9", "9", "12", after="3 of its"),
                     said("33", "33 per cent", "12"), "dippers"),
        ),
        systems=(m.System(text("Umoja", "12")),),
        discrepancies=(
            m.Discrepancy("importance", "recommendation 1",
                          said("important", "Important", "annex I rec 1", after="ANNEX I"),
                          said("critical", "Critical", "appendix I rec 1")),
        ),
        warnings=(m.Warn("", "no executive summary"),),
    )  # fmt: skip


def without_annexes() -> m.Report:
    """Return the invented report as it reads where annex and appendix are missing, under another number."""
    whole = report()
    bare = replace(whole.skeleton, annex_rows=(), appendix_rows=(), number=None)
    return replace(whole, key="AP2030-699-01", skeleton=bare, responsibilities=(), discrepancies=())
