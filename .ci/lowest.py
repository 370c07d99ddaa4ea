"""Print a constraints file that pins every dependency to its lower bound in pyproject.toml."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
for requirement in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
    match = re.fullmatch(r"([\w.-]+)(?:\[[\w,]+\])?>=([\w.]+)", requirement)
    if match is None:
        raise SystemExit(f"no lower bound: {requirement}")
    print(f"{match[1]}=={match[2]}")
