"""Make the pictures of the README anew: load the example reports, draw their graph, photograph it in Chromium.

    python docs/make_pictures.py

Needs Debian's Chromium (`CHROMIUM` names another), Playwright for Python and Pillow. Nothing is fetched from a network.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

DOCS = Path(__file__).resolve().parent
EXAMPLES = DOCS.parent / "examples"
PICTURES = DOCS / "pictures"
REPORT = "2019/087"
WIDTH, HEIGHT = 1400, 860
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def main() -> None:
    """Write `graph.png`, a report's graph, and `words.png`, a recommendation with the words it rests on."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        page = draw(Path(folder))
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = running.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        tab = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, offline=True, reduced_motion="reduce"
        ).new_page()
        tab.goto(page.as_uri())
        tab.wait_for_selector("body[data-ready]")
        photograph(tab, "graph.png")
        tab.evaluate(
            "auditgraph.choose((auditgraph.things.find(t => t.marks.includes('critical'))"
            " || auditgraph.things.find(t => t.kind === 'recommendation')).id)"
        )
        tab.wait_for_timeout(500)
        photograph(tab, "words.png")
        browser.close()


def draw(folder: Path) -> Path:
    """Load the examples into a store of their own and write the page of one of them."""
    page = folder / "graph.html"
    for command in (["load", str(EXAMPLES), "--quiet"], ["view", "--report", REPORT, "-o", str(page)]):
        subprocess.run([sys.executable, "-m", "auditgraph", *command, "--store", str(folder / "store")], check=True)
    return page


def photograph(tab: Any, name: str) -> None:
    """Write what the tab shows, without the hint that goes away by itself."""
    tab.evaluate("document.getElementById('hint').hidden = true")
    path = PICTURES / name
    # 256 colours are plenty for a drawing and make the file a quarter as large; this method keeps the rare ones.
    with Image.open(io.BytesIO(tab.screenshot())) as image:
        few = image.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
    print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
