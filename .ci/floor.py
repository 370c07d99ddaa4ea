"""Fail where the score on a real report fell: recall and precision over all queries, from score.py's last line."""

import re
import sys
from pathlib import Path

FLOOR = 0.97
match = re.search(r"^all: recall ([\d.]+)\s+precision ([\d.]+)", Path(sys.argv[1]).read_text(), re.M)
if match is None or min(float(match[1]), float(match[2])) < FLOOR:
    raise SystemExit(f"the score is below {FLOOR}: {match and match.group()}")
