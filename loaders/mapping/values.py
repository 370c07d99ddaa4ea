"""Literals of the graph: dates by the precision printed, numbers as numbers, the rest as plain strings."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from auditgraph.ontology.namespaces import XSD

__all__ = ["count", "dated", "flag", "number", "text"]

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")
_COUNT = re.compile(r"0|[1-9]\d{0,17}")


def text(value: str) -> Literal:
    """Return a plain string."""
    return Literal(value)


def flag() -> Literal:
    """Return true: a flag that is not set is absent."""
    return _TRUE


def dated(value: str) -> Literal:
    """Return an ISO 8601 date typed by its precision; a quarter, or what is no date, as a plain string.

    >>> [dated(d).datatype.value.partition("#")[2] for d in ("2021-04-09", "2018-01", "2018", "2023-Q3")]
    ['date', 'gYearMonth', 'gYear', 'string']
    """
    if _YEAR.fullmatch(value):
        return Literal(value, datatype=XSD.gYear)
    if _MONTH.fullmatch(value):
        return Literal(value, datatype=XSD.gYearMonth)
    try:
        return Literal(date.fromisoformat(value).isoformat(), datatype=XSD.date)
    except ValueError:
        return Literal(value)


def number(value: str) -> Literal:
    """Return a plain number as a decimal without trailing zeros, anything else as a string.

    >>> number("1210000").value, number("33.50").value, number("about 3").datatype.value[-6:]
    ('1210000', '33.5', 'string')
    """
    try:
        plain = Decimal(value)
    except InvalidOperation:
        return Literal(value)
    if not plain.is_finite() or abs(plain) >= _TOO_LARGE:
        return Literal(value)
    shown = format(plain, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return Literal(shown, datatype=XSD.decimal)


def count(value: str) -> Literal:
    """Return a count as an integer, anything else as a number or string.

    >>> count("1496").datatype.value[-7:]
    'integer'
    """
    return Literal(value, datatype=_INTEGER) if _COUNT.fullmatch(value) else number(value)


_INTEGER = XSD.integer
_TRUE = Literal("true", datatype=XSD.boolean)
_TOO_LARGE = Decimal(10) ** 18  # what engines that keep decimals in 128 bits can hold
