"""Render the invented reports into the forms that readers meet, and write what they must be read as.

render.py                       write the text forms and expected answers of all reports anew
render.py NAME FORM FILE        write one report in one form: converted, markdown, html-tables, layout,
                                paged, pages-on-lines, worn, html, docx, docx-numbered, pdf
"""

from __future__ import annotations

import sys
from pathlib import Path

from fictional import EXPECTED, names, read, render, text_path, write


def main(arguments: list[str]) -> None:
    """Write all text forms and answers, or one report in one form."""
    if arguments:
        name, form, target = arguments
        Path(target).write_bytes(render(read(name), form))
        return
    for name in names():
        source = read(name)
        text_path(source).write_bytes(render(source, "converted"))
        write(source, EXPECTED / name)


if __name__ == "__main__":
    main(sys.argv[1:])
