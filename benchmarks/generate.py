"""Write invented reports with known facts: many or large, in any layout and format, the same for one seed.

    python -m benchmarks.generate FOLDER --count 1000                    small ones, as converters write them
    python -m benchmarks.generate FOLDER --count 20 --form pdf --size 30 large ones as PDF

Each report `NAME.ext` has its facts beside it in `NAME.json`: what the queries `reports`, `recommendations`, `figures`
and `amounts` must answer. `size` is the number of recommendations; a small report makes 300 to 600 quads.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "reports"))

from fictional import FORMS, SUFFIXES, Source, render
from fictional.source import parse

__all__ = ["facts", "main", "make", "write"]

_COUNTRIES = ("Vardania", "Merovia", "Ruritania", "Zembla", "Syldavia", "Graustark", "Orsinia", "Florin", "Elbonia")
_KINDS = ("Mission", "Stabilization Mission", "Interim Force", "Assistance Mission", "Transition Mission")
_SUBJECTS = ("fuel management", "rations", "air operations", "property management", "local recruitment",
             "medical services",
             "waste management", "contract management", "quick-impact projects", "information security")  # fmt: skip
_UNITS = ("Fuel Unit", "Rations Unit", "Aviation Section", "Property Management Section", "Human Resources Section",
          "Procurement Section", "Engineering Section", "Transport Section",
          "Security Section", "Budget Unit")  # fmt: skip
_THINGS = (
    "vehicles",
    "contracts",
    "generators",
    "payments",
    "staff members",
    "invoices",
    "flights",
    "sites",
    "projects",
)
_DEEDS = ("review the files of all {things} every quarter", "establish a register of {things} and keep it up to date",
          "recover the cost of {things} that were lost", "train those who approve {things}",
          "report on {things} to the Mission Support Centre each month",
          "carry out a physical count of {things}")  # fmt: skip
_HEADINGS = ("There was a need to monitor {things} more closely", "Controls over {things} needed to be strengthened",
             "The {unit} did not keep adequate records of {things}")  # fmt: skip
_MONTHS = ("January", "March", "June", "September", "December")


def make(number: int, seed: int = 0, size: int = 1) -> Source:
    """Return the report of a number: its year, country, units, sums and counts hang on number and seed only."""
    dice = random.Random(f"{seed} {number} {size}")
    year, serial = 2018 + number // 900, number % 900 + 1
    country, kind, subject = dice.choice(_COUNTRIES), dice.choice(_KINDS), dice.choice(_SUBJECTS)
    mission = f"United Nations {kind} in {country}"
    acronym = "UN" + "".join(word[0] for word in kind.split()) + country[:2].upper()
    title = f"Audit of {subject} in the {mission}"
    key, assignment = f"{year}/{serial:03}", f"AP{year - 1}-{600 + dice.randrange(90)}-{dice.randrange(1, 41):02}"
    issued = f"{dice.randrange(1, 29)} {dice.choice(_MONTHS)} {year}"
    total = dice.randrange(2, 90) * 100_000
    conducted = f"The Office of Internal Oversight Services (OIOS) conducted an audit of {subject} in the {mission}"
    conducted += f" ({acronym})."
    lines = [
        "== EXECUTIVE SUMMARY",
        f"{conducted} The audit covered the period from 1 January {year - 2} to 31 December {year - 1}.",
        f"OIOS made {size} recommendations.",
        "[title]",
        "== I. BACKGROUND",
        f"1. {conducted}",
        f"2. The budget for {subject} was \\${total:,}.",
        f"3. Comments provided by {acronym} are incorporated in italics.",
        "== II. AUDIT RESULTS",
        f"-- A. Management of {subject}",
    ]
    figures: list[list[str]] = []
    recommendations: list[list[str]] = []
    asserted: list[tuple[str, str, str]] = []
    for n in range(1, size + 1):
        things, unit = dice.choice(_THINGS), dice.choice(_UNITS)
        whole = dice.randrange(20, 900)
        part = dice.randrange(2, whole - 1)
        percent = str(100 * part // whole)
        deed = dice.choice(_DEEDS).format(things=things)
        importance, status = dice.choice(("Critical", "Important", "Important")), dice.choice("CO")
        due = f"31 December {year + 1}" if status == "O" else "Implemented"
        paragraph = 2 * n + 2
        lines += [
            f"__ {dice.choice(_HEADINGS).format(things=things, unit=unit)}",
            f"{paragraph}. The {unit} had not reviewed {part} of the {whole} {things} ({percent} per cent).",
            f"{paragraph + 1}. This was because the {unit} had no procedure for it.",
            f"({n}) {acronym} should {deed}.",
            f"> {acronym} accepted recommendation {n} and stated that the {unit} would do so.",
        ]
        figures.append([str(paragraph), str(part), str(whole), percent])
        stands, date = ("open", f"{year + 1}-12-31") if status == "O" else ("closed", "")
        recommendations.append([str(n), f"{acronym} should {deed}.", importance.lower(), stands, date])
        asserted.append((importance, status, due))
    rows = [
        f"{n} | {importance} | {status} | {'Receipt of the evidence' if status == 'O' else 'Action completed'} | {due}"
        for n, (importance, status, due) in enumerate(asserted, 1)
    ]
    head = {"number": key, "assignment": assignment, "title": title, "issued": issued, "entity": acronym,
            "form": "2017",
            "headline": f"The Mission needed to improve its {subject}"}  # fmt: skip
    expected = ["[recommendations]", *(",".join(f'"{c}"' for c in row) for row in recommendations),
                "[figures]", *(",".join(row) for row in figures), "[amounts]", f"2,{total},USD",
                "[reports]", f'"{assignment}","{title}","{acronym}"']  # fmt: skip
    text = "\n".join(
        [*(f"{k}: {v}" for k, v in head.items()), "%%", *lines, "[annex ANNEX I]", *rows, "%% expected", *expected]
    )
    return parse(key.replace("/", "-"), text + "\n")


def facts(source: Source) -> dict[str, Any]:
    """Return what the named queries must answer, by query: rows of text."""
    return {name: [row[:-1] for row in rows] for name, rows in source.expected.items()}


def write(
    folder: Path, count: int, *, seed: int = 0, size: int = 1, forms: tuple[str, ...] = ("converted",)
) -> Iterator[Path]:
    """Write reports into a folder, the forms taken in turn, and yield their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        source = make(number, seed, size)
        form = forms[number % len(forms)]
        path = folder / f"{source.name}{SUFFIXES.get(form, '.txt')}"
        path.write_bytes(render(source, form))
        path.with_suffix(".json").write_text(json.dumps(facts(source)))
        yield path


def main(arguments: list[str] | None = None) -> int:
    """Write reports as the command line says."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--size", type=int, default=1, help="recommendations in each")
    options.add_argument("--form", action="append", choices=FORMS, help="may be given more than once")
    given = options.parse_args(arguments)
    forms = tuple(given.form or ["converted"])
    made = sum(1 for _ in write(given.folder, given.count, seed=given.seed, size=given.size, forms=forms))
    print(f"{made} reports in {given.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
