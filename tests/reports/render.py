"""Render the invented reports into the forms that readers meet, and write what they must be read as.

    render.py                       write the text forms and expected answers of all reports anew
    render.py NAME FORM FILE        write one report in one form: converted, markdown, html-tables, layout,
                                    paged, worn, html, docx, docx-numbered, pdf
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from expect import write  # noqa: E402
from formats import FORMATS  # noqa: E402
from source import SOURCES, Source, read  # noqa: E402
from variants import VARIANTS, converted, worn_answer  # noqa: E402

__all__ = ["EXAMPLES", "EXPECTED", "FORMS", "names", "read", "render", "worn_answer"]

EXAMPLES = HERE.parents[1] / "examples"
EXPECTED = HERE / "expected"
FORMS = (*VARIANTS, *FORMATS)
SUFFIXES = {"html": ".html", "docx": ".docx", "docx-numbered": ".docx", "pdf": ".pdf", "markdown": ".md"}


def names() -> list[str]:
    """List the invented reports."""
    return sorted(path.stem for path in SOURCES.glob("*.report"))


def render(source: Source, form: str) -> bytes:
    """Return a report in one of `FORMS`."""
    return VARIANTS[form](source).encode() if form in VARIANTS else FORMATS[form](source)


def main(arguments: list[str]) -> None:
    """Write all text forms and answers, or one report in one form."""
    if arguments:
        name, form, target = arguments
        Path(target).write_bytes(render(read(name), form))
        return
    for name in names():
        source = read(name)
        folder = EXAMPLES if source.head.get("example") else HERE
        (folder / f"{name}.txt").write_text(converted(source), encoding="utf-8")
        write(source, EXPECTED / name)


if __name__ == "__main__":
    main(sys.argv[1:])
