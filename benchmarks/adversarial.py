"""Time strings that make careless patterns slow, inside an invented report, at sizes that double.

`python -m benchmarks.adversarial` prints, for each string and each place of a report, the time at the largest size and
how it grew: 2 is linear, 4 quadratic. What grows by more than 3 and takes more than a second is marked.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from itertools import pairwise

from auditgraph.errors import SourceError
from auditgraph.loaders import parse
from auditgraph.loaders.source import read_bytes

__all__ = ["PLACES", "STRINGS", "main", "seconds"]

# What stands again and again: runs of one kind of character, openers without an end, words that patterns begin with.
STRINGS: dict[str, str] = {
    "spaces": " ",
    "newlines": "\n",
    "tabs": "\t",
    "form feeds": "\f",
    "capital letters": "A",
    "small letters": "a",
    "digits": "7",
    "full stops": ".",
    "brackets": "(",
    "closed brackets": "()",
    "square brackets": "[",
    "angle brackets": "<",
    "open tags": "<td ",
    "pipes": "|",
    "pipe rows": "| a | b |\n",
    "stars": "*",
    "backslashes": "\\",
    "hyphens": "-",
    "quotes": "\u201c",
    "words": "audit ",
    "capital words": "Audit ",
    "acronyms": "UNX ",
    "acronyms in brackets": "Audit Office (UNX) ",
    "broken hyphens": "on- line ",
    "commas": "a, ",
    "names and commas": "Unit, ",
    "and": "and ",
    "of the": "of the ",
    "Section of": "Section of the ",
    "Chief of": "Chief of the Office of ",
    "sums": "$1.2 million ",
    "figures": "468 of the 1,496 ",
    "counts": "12 sites and ",
    "numbers with commas": "1,234,",
    "dates": "1 January 2030 to ",
    "resolutions": "resolution 2364 (2017) and ",
    "document symbols": "A/RES/72/266 B, ",
    "sentences": "The Office did it. ",
    "letters in brackets": "(a) do; ",
    "numbers in brackets": "\n(1) UNX should do so.",
    "numbered lines": "\n1. The Office did.",
    "recommendation lines": "\nRecommendation 1\n",
    "annexes": "\nANNEX I\n",
    "tabbed rows": "\n1\ta\tb\tc",
    "columns": "\nRec.   Recommendation   Critical   Action",
    "spaced columns": "x   y   z   ",
    "entities": "&amp;",
    "ligatures": "\ufb01",
    "right to left": "\u202e",
    "combining": "e\u0301",
    "headings": "\nA. A heading of some kind\n\n",
    "capital headings": "\nI. BACKGROUND\n",
    "policy titles": "the Policy on the Guidelines on the ",
    "periods": "from January 2029 to ",
    "posts": "Chief, ",
    "countries": "Kenya, ",
    "system": "Umoja and the System of ",
    "bullets": "\n\u2022 do it",
    "stacked header": "\nRec. no.\n\nRecommendation\n\nCritical/Important\n\nC/O\n\n1\n\n",
    "contents dots": "I. BACKGROUND ........ 1\n",
    "page markers": "\nPage 1:\n",
    "footnotes": "\n\u00b9 see",
}
_SHELL = """INTERNAL AUDIT DIVISION
REPORT 2030/999
Audit of garden tools in the United Nations Mission in Ruritania{title}
7 May 2030
Assignment No. AP2029-999-01

I. BACKGROUND

1. The Office of Internal Oversight Services (OIOS) carried out an audit of garden tools in the United Nations Mission
in Ruritania (UNMIR). {paragraph}

2. The Tools Unit has 468 of the 1,496 rakes (31 per cent).

II. AUDIT RESULTS

A. Tools{heading}

There was a need to count rakes

3. Rakes were not counted.

(1) UNMIR should count its rakes. {recommendation}

UNMIR accepted recommendation 1 and stated that it would count.

ANNEX I

STATUS OF AUDIT RECOMMENDATIONS

Rec. no.\tRecommendation\tCritical/ Important\tC/ O\tActions needed to close the recommendation\tImplementation date
1\tUNMIR should count its rakes. {cell}\tImportant\tO\tReceipt of the count\t31 March 2031
"""
PLACES = ("title", "paragraph", "heading", "recommendation", "cell")


def seconds(string: str, place: str, size: int, run: Callable[[str], object] | None = None) -> float:
    """Return the processor time that a report takes with `size` characters of a string in a place."""
    filled = dict.fromkeys(PLACES, "") | {place: (string * (size // len(string) + 1))[:size]}
    text = _SHELL.format(**filled)
    begun = time.process_time()
    (run or _parse)(text)
    return time.process_time() - begun


def _parse(text: str) -> None:
    try:
        parse(read_bytes("adversarial.txt", text.encode()))
    except SourceError:
        return


def main(arguments: list[str] | None = None) -> int:
    """Print the table; the exit status is 1 where anything is marked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=16_000, help="characters at the largest size")
    options.add_argument("--doublings", type=int, default=3)
    options.add_argument("--place", choices=PLACES, action="append", default=[])
    options.add_argument("--string", action="append", default=[])
    options.add_argument("--all", action="store_true", help="print what is fast too")
    given = options.parse_args(arguments)
    marked = 0
    seconds("word ", "paragraph", 100)  # imports and the gazetteer
    for name in given.string or STRINGS:
        for place in given.place or PLACES:
            times: list[float] = []
            for doubling in range(given.doublings, -1, -1):
                times.append(seconds(STRINGS[name], place, given.size >> doubling))
                if times[-1] > 30:
                    break
            growth = max((b / a for a, b in pairwise(times) if b > 0.2), default=0.0)
            slow = growth > 3 and times[-1] > 1
            marked += slow
            if slow or given.all or times[-1] > 2:
                shown = " ".join(f"{t:7.3f}" for t in times)
                print(f"{'!' if slow else ' '} {name:22} {place:15} {shown}  x{growth:.1f}", flush=True)
    return 1 if marked else 0


if __name__ == "__main__":
    sys.exit(main())
