"""Where a report contradicts itself: its parts against each other, its numbers against their sums and quotients."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from auditgraph.loaders.extract.announced import not_found, remaining
from auditgraph.loaders.extract.counts import different_counts
from auditgraph.loaders.extract.dates import last_day
from auditgraph.loaders.extract.ratios import Ratio, ratios
from auditgraph.loaders.extract.same_counts import other_posts, swapped_digits
from auditgraph.loaders.extract.sums import wrong_sums
from auditgraph.loaders.extract.table_counts import other_categories
from auditgraph.loaders.extract.table_sums import wrong_totals
from auditgraph.model import AnnexRow, AppendixRow, Discrepancy, Said, Skeleton

__all__ = ["discrepancies"]


def discrepancies(skeleton: Skeleton) -> tuple[Discrepancy, ...]:
    """Return the places where a report contradicts itself, each once.

    `first` and `second` are what the two places say: importance, ISO date, text, or number.
    """
    checks: tuple[Callable[[Skeleton], Iterator[Discrepancy]], ...] = (
        _importance, _due, _wording, _status, _acceptance,
        wrong_sums, wrong_totals, _percentages, different_counts, swapped_digits,
        other_posts, other_categories, not_found, remaining,
    )  # fmt: skip
    seen: dict[tuple[str, str, str], Discrepancy] = {}
    for check in checks:
        for found in check(skeleton):
            seen.setdefault((found.about, found.first.value, found.second.value), found)
    return tuple(seen.values())


# --- rows of the annex, rows of the appendix, the body --------------------------------------------------


def _pairs(skeleton: Skeleton) -> Iterator[tuple[AnnexRow, AppendixRow]]:
    """Yield the rows of annex and appendix that speak of one recommendation, of one entity where there are several."""
    for row in skeleton.annex_rows:
        others = [other for other in skeleton.appendix_rows if other.number == row.number]
        same = [other for other in others if other.entity == row.entity] if row.entity else others
        same = same or (others if len(others) == 1 else [])
        if len([r for r in skeleton.annex_rows if r.number == row.number and r.entity == row.entity]) == 1 == len(same):
            yield row, same[0]


def _importance(skeleton: Skeleton) -> Iterator[Discrepancy]:
    for row, other in _pairs(skeleton):
        if row.importance and other.importance and row.importance.value != other.importance.value:
            yield Discrepancy("importance", f"rec {row.number} importance", row.importance, other.importance)


def _due(skeleton: Skeleton) -> Iterator[Discrepancy]:
    for row, other in _pairs(skeleton):
        if row.due and other.due and not _compatible(row.due.value, other.due.value):
            yield Discrepancy("due date", f"rec {row.number} due", row.due, other.due)


def _compatible(first: str, second: str) -> bool:
    """Tell whether two due dates are the same, a month, quarter or year meaning its last day.

    >>> _compatible("2021-12", "2021-12-31"), _compatible("2016-Q2", "2016-06"), _compatible("2021", "2021-09-30")
    (True, True, False)
    """
    return _last_day(first) == _last_day(second)


def _last_day(date: str) -> str:
    if "Q" in date:
        date = f"{date[:4]}-{3 * int(date[-1]):02}"
    if len(date) == 4:
        return f"{date}-12-31"
    return date if len(date) > 7 else f"{date}-{last_day(int(date[:4]), int(date[5:7]))}"


def _wording(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield the recommendations whose text differs in words: body against annex, annex against appendix."""
    body = {r.number: r.text for r in skeleton.recommendations}
    for row, other in _pairs(skeleton):
        mine = body.get(row.number)
        # where the appendix agrees with the body, it is the annex that differs: said below
        agrees = mine is not None and other.text is not None and not _differ(mine.value, other.text.value)
        if row.text and other.text and not agrees and _differ(row.text.value, other.text.value):
            yield Discrepancy("wording", f"rec {row.number} wording", row.text, other.text)
    rows: Iterable[AnnexRow | AppendixRow] = skeleton.annex_rows or skeleton.appendix_rows
    for each in rows:
        mine = body.get(each.number)
        if mine and each.text and _differ(mine.value, each.text.value):
            yield Discrepancy("wording", f"rec {each.number} wording", mine, each.text)


def _differ(first: str, second: str) -> bool:
    """Tell whether two texts differ in words; quotes, hyphens, spaces, case and stops are layout.

    A text that is much shorter and stands whole in the other is one that was cut off by layout.
    """
    a, b = _words(first), _words(second)
    if a == b:
        return False
    short, long = sorted((a, b), key=len)
    return not (long.startswith(short) and len(short) < 0.6 * len(long))


def _words(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[‘’'“”\"*_.,;:()\u00ad]", "", text)
    text = re.sub(r"\s*[-‐‑–—/]\s*", "", text)
    return re.sub(r"\s+", "", re.sub(r"\b(?:and|or)$", "", text.strip()))


def _status(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield the recommendations that the body closes and the annex holds open, or the other way about."""
    for recommendation in skeleton.recommendations:
        rows = [row for row in skeleton.annex_rows if row.number == recommendation.number and row.status]
        said = [r.status for r in recommendation.responses if r.status and r.numbers in ((), (recommendation.number,))]
        if (
            len(rows) == 1
            and len({s.value for s in said}) == 1
            and rows[0].status
            and said[0].value != rows[0].status.value
        ):
            yield Discrepancy("status", f"rec {recommendation.number} status", said[0], rows[0].status)


def _acceptance(skeleton: Skeleton) -> Iterator[Discrepancy]:
    for recommendation in skeleton.recommendations:
        rows = [row for row in skeleton.appendix_rows if row.number == recommendation.number and row.accepted]
        said = [
            r.accepted for r in recommendation.responses if r.accepted and r.numbers in ((), (recommendation.number,))
        ]
        if (
            len(rows) == 1
            and len({s.value for s in said}) == 1
            and rows[0].accepted
            and said[0].value != rows[0].accepted.value
        ):
            yield Discrepancy("acceptance", f"rec {recommendation.number} acceptance", said[0], rows[0].accepted)


# --- percentages ----------------------------------------------------------------------------------------


def _percentages(skeleton: Skeleton) -> Iterator[Discrepancy]:
    """Yield the printed percentages that are not the quotient of the numbers beside them, rounding allowed."""
    for ratio in ratios(skeleton):
        total = ratio.number(ratio.total)
        if not ratio.percent or ratio.hedged or not total:
            continue
        quotient = _quotient(ratio, total)
        if quotient is not None:
            evidence = ratio.run.passages(skeleton, *ratio.span)
            printed = Said(ratio.printed_percent, evidence)
            yield Discrepancy(
                "percentage", f"paragraph {ratio.run.place} percentage", printed, Said(quotient, evidence, True)
            )


def _quotient(ratio: Ratio, total: int) -> str | None:
    """Return the quotient at the printed precision where it is another number, or None."""
    printed = Decimal(ratio.printed_percent)
    exact = Decimal(100) * ratio.number(ratio.count) / total
    step = Decimal(1).scaleb(printed.as_tuple().exponent) if "." in ratio.printed_percent else Decimal(1)  # type: ignore[arg-type]
    if abs(exact - printed) <= step / 2:
        return None
    return str(exact.quantize(step, ROUND_HALF_UP))
