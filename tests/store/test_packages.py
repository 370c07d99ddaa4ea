"""Every package on disk is declared, or an installation would lack it."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_declared_packages_are_those_on_disk() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folders = {"auditgraph": ROOT / "src/auditgraph"} | {
        f"auditgraph.{name}": ROOT / name for name in ("loaders", "ontology", "queries", "viz")
    }
    found = set()
    for package, folder in folders.items():
        for init in folder.rglob("__init__.py"):
            inside = init.parent.relative_to(folder).parts
            if package != "auditgraph" or not (inside and (folder / inside[0]).is_symlink()):
                found.add(".".join((package, *inside)))
    assert set(settings["packages"]) == found
