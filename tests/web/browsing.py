"""A real Chromium for the tests: tabs that reach only what they may and note what goes wrong, and axe-core."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

__all__ = ["DESKTOP", "PHONE", "Watched", "axe", "browser", "violations"]

ARGUMENTS = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
    "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
DESKTOP = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (rules) => (await axe.run(document, {runOnly: rules})).violations.map(each => each.id + ': ' +
    each.nodes.slice(0, 3).map(node => node.html.slice(0, 160) + ' ' +
    (node.any[0] || node.all[0] || node.none[0] || {message: ''}).message).join(' | '))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, for one module: its event loop must not stand in the way of other tests'."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of axe-core as npm gives it; a test tool alone, so it is no part of the package."""
    if shutil.which("npm") is None:
        pytest.skip("axe-core comes by npm")
    folder = tmp_path_factory.mktemp("axe")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), "axe-core@4"]
    got = subprocess.run(command, capture_output=True, timeout=120)
    if got.returncode:
        pytest.skip("npm can't get axe-core")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any, axe: str) -> list[str]:
    """Return what axe-core finds wrong with a page as it stands."""
    page.evaluate(axe)
    found: list[str] = page.evaluate(_RUN, _RULES)
    return found


class Watched:
    """A tab that reaches only addresses that begin as `allowed` do, and what went wrong in it."""

    def __init__(
        self, browser: Any, allowed: str, size: dict[str, int] = DESKTOP, forgiven: str = "", **options: Any
    ) -> None:
        self.context = browser.new_context(viewport=size, **{"reduced_motion": "reduce", **options})
        self.tab = self.context.new_page()
        self.wrong: list[str] = []
        self._allowed = (allowed, "blob:", "data:")
        self._forgiven = forgiven
        self.context.route("**/*", self._route)
        self.tab.on("console", lambda message: self._note(f"{message.type}: {message.text}"))
        self.tab.on("pageerror", lambda error: self._note(f"error: {error}"))
        self.tab.on("dialog", self._dialog)

    def _note(self, message: str) -> None:
        if not self._forgiven or self._forgiven not in message:
            self.wrong.append(message)

    def _route(self, route: Any) -> None:
        if route.request.url.startswith(self._allowed):
            route.continue_()
        else:
            self.wrong.append(f"request: {route.request.url}")
            route.abort()

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def look(self, script: str) -> Any:
        """Return what a script gives."""
        return self.tab.evaluate(script)

    def until(self, script: str) -> None:
        """Wait until a script is true; the page's policy keeps Playwright's own waiting out, which evaluates text."""
        for _ in range(200):
            if self.look(script):
                return
            self.tab.wait_for_timeout(50)
        raise AssertionError(f"never true: {script}")

    def done(self) -> None:
        """Close the tab; nothing may have gone wrong in it."""
        self.context.close()
        assert self.wrong == []
