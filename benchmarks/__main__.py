"""Run the benchmarks: `python -m benchmarks [NAME...]`; without a name, all in their small form.

Each prints ratios against a named peer or limit, measured in the same run.
"""

from __future__ import annotations

import subprocess
import sys

SMALL: dict[str, list[str]] = {
    "bench_loading": [],
    "text_to_store": ["--reports", "100"],
    "store": ["--reports", "20", "100"],
    "scale": ["--reports", "1000"],
    "twins": ["--reports", "5", "400", "1000"],
    "bench_graph": [],
}


def main(names: list[str]) -> int:
    """Run the named ones, or all; return 1 where one failed."""
    unknown = [name for name in names if name not in SMALL]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(SMALL)}", file=sys.stderr)
        return 2
    failed = 0
    for name in names or SMALL:
        print(f"\n== {name}", flush=True)
        failed |= subprocess.call([sys.executable, "-m", f"benchmarks.{name}", *SMALL[name]]) != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
