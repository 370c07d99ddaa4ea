"""Time to a readable picture in a browser, against pyvis's default, as ratios of one run on one machine.

    python benchmarks/bench_graph.py [--things 500 5000 20000] [--store FOLDER] [--patience 60]

Ours: from asking a server that meets the store for the first time (`new`) until the page has drawn things and labels;
the same of a server that was started again (`first`), which has its index; then once more (`again`), as the second
visitor has it. The named peer is pyvis with all that it does unasked: `Network.from_nx` of the same things and links,
until its page's physics have settled; it is given up after the patience, and the ratio is then a lower bound. Meanwhile
a client asks the server for other pages every 50 ms: the slowest but one of a hundred of its requests is printed (p99).
Needs Playwright and /usr/bin/chromium.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import networkx as nx
from many_reports import many_reports

ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]


def ours(browser: Any, url: str, limit: int) -> tuple[float, dict[str, Any]]:
    """Return the seconds until a graph of so many things is drawn, and the graph."""
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    start = time.perf_counter()
    tab.goto(f"{url}/graph?limit={limit}")
    tab.wait_for_selector("body[data-ready]", timeout=300_000)
    took = time.perf_counter() - start
    drawn: dict[str, Any] = tab.evaluate(
        "({things: [...auditgraph.things.keys()], links: auditgraph.links.map(l => [l.from, l.to]),"
        " labels: auditgraph.scene().labels.length})"
    )
    tab.close()
    return took, drawn


def theirs(browser: Any, drawn: dict[str, Any], folder: Path, patience: float) -> tuple[float, bool]:
    """Return the seconds until pyvis's default page has settled, and whether it did."""
    from pyvis.network import Network

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(drawn["things"], label="")
    graph.add_edges_from(drawn["links"])
    start = time.perf_counter()
    network = Network(cdn_resources="in_line")
    network.from_nx(graph)
    page = folder / "pyvis.html"
    page.write_text(network.generate_html(), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    tab = context.new_page()
    settled = False
    try:
        tab.goto(page.as_uri(), timeout=patience * 1000, wait_until="commit")
        tab.wait_for_function(
            "typeof network !== 'undefined' && network.physics.stabilized", timeout=patience * 1000, polling=200
        )
        settled = True
    except Exception as error:
        if "Timeout" not in str(error):
            raise
    took = time.perf_counter() - start
    context.close()
    return took, settled


def main() -> None:
    """Print the ratios."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--things", type=int, nargs="+", default=[500, 5000, 20000])
    parser.add_argument("--store", help="a folder to make the store of invented reports in, or one made before")
    parser.add_argument("--patience", type=float, default=90, help="seconds that pyvis is given")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as running:
        store = many_reports(said.store or f"{scratch}/store", max(said.things))
        browser = running.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for things in said.things:
            cache = Path(scratch) / f"cache-{things}"
            with served(store.location, cache) as url:
                new, _ = ours(browser, url, things)
                indexed(url)
            with served(store.location, cache) as url, others(url) as waits:
                first, drawn = ours(browser, url, things)
                p99 = sorted(waits)[int(len(waits) * 0.99)] if waits else 0.0
                again, _ = ours(browser, url, things)
            slow, settled = theirs(browser, drawn, Path(scratch), said.patience)
            print(
                f"{len(drawn['things']):>6,} things, {len(drawn['links']):>6,} links, {drawn['labels']} labels: "
                f"new {new:.1f} s, first {first:.1f} s (p99 of others {p99 * 1000:.0f} ms), again {again:.1f} s; "
                f"pyvis's default {'settles in' if settled else 'has not settled after'} {slow:.0f} s, "
                f"{'' if settled else 'more than '}{slow / first:.1f} times as long as first",
                flush=True,
            )
        browser.close()


def indexed(url: str) -> None:
    """Wait until the server's index is whole: the start page says so by saying nothing of it."""
    for _ in range(600):
        if b'role="status"' not in urllib.request.urlopen(f"{url}/").read():
            return
        time.sleep(0.5)


@contextmanager
def others(url: str) -> Iterator[list[float]]:
    """Ask for other pages meanwhile; give the seconds that each took."""
    waits: list[float] = []
    over = threading.Event()

    def ask() -> None:
        while not over.wait(0.05):
            start = time.perf_counter()
            urllib.request.urlopen(f"{url}/queries").read()
            waits.append(time.perf_counter() - start)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield waits
    finally:
        over.set()
        thread.join()


class served:
    """A server in a process of its own, with its index in a folder of ours."""

    def __init__(self, store: str, cache: Path) -> None:
        self._store, self._cache = store, cache

    def __enter__(self) -> str:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "auditgraph", "serve", "--store", self._store, "--port", str(port)]
        environment = {**os.environ, "XDG_CACHE_HOME": str(self._cache)}
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
        url = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/static/x/site.css").close()
                break
            except OSError:
                time.sleep(0.1)
        return url

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


if __name__ == "__main__":
    main()
