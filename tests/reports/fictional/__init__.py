"""Invented audit reports in the real layouts and formats, with the answers known beforehand.

No report, mission, country, town or person in them exists; the formulas are those of the real ones.

    from fictional import EXPECTED, FORMS, names, read, render
    for name in names():
        source = read(name)               # source.key, source.head, source.blocks
        data = render(source, "pdf")      # any of FORMS
        right = EXPECTED / name           # one CSV a query
"""

from pathlib import Path

from fictional.expect import COLUMNS, answers, write
from fictional.formats import FORMATS
from fictional.source import SOURCES, Source, read
from fictional.torn import torn
from fictional.variants import VARIANTS, worn_answer

__all__ = ["COLUMNS", "EXAMPLES", "EXPECTED", "FORMS", "REPORTS", "SUFFIXES", "Source", "answers", "names", "read",
           "render", "text_path", "torn", "worn_answer", "write"]  # fmt: skip

REPORTS = SOURCES.parent
EXAMPLES = REPORTS.parents[1] / "examples"
EXPECTED = REPORTS / "expected"
FORMS = (*VARIANTS, *FORMATS)
SUFFIXES = {"markdown": ".md", "html": ".html", "docx": ".docx", "docx-numbered": ".docx", "pdf": ".pdf"}


def names() -> list[str]:
    """List the invented reports."""
    return sorted(path.stem for path in SOURCES.glob("*.report"))


def text_path(source: Source) -> Path:
    """Return where a report's text form is kept: the examples apart from the rest."""
    return (EXAMPLES if source.head.get("example") else REPORTS) / f"{source.name}.txt"


def render(source: Source, form: str) -> bytes:
    """Return a report in one of `FORMS`."""
    return VARIANTS[form](source).encode() if form in VARIANTS else FORMATS[form](source)
