"""Figures made by hand for the tests of comparisons: small numbers that can be worked out on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from circledata.indicators.model import Figure, Figures, Place, Scope
from circledata.standard import load_standard
from circledata.standard.model import Indicator, Standard

STANDARD = load_standard()


def share(name: str, yes: int, known: int, records: int, place: str | None = None) -> Figure:
    """A share of records that are yes."""
    value = round(yes / known, 4)
    return Figure(name, place, None, value, yes, known, known, records, None)


def amount(
    name: str, value: float, known: int = 1, records: int = 1, item: str | None = None, place: str | None = None
) -> Figure:
    """A sum or a count."""
    return Figure(name, place, item, value, value, None, known, records, None)


def ratio(name: str, part: float, whole: float, known: int, records: int, decimals: int = 1) -> Figure:
    """A quotient of two sums."""
    return Figure(name, None, None, round(part / whole, decimals), part, whole, known, records, None)


def none(name: str, reason: str, place: str | None = None, records: int = 0) -> Figure:
    """A figure that was not computed."""
    return Figure(name, place, None, None, None, None, 0, records, reason)


def package(
    label: str,
    *figures: Figure,
    as_of: date | None = date(2024, 12, 31),
    errors: int = 0,
    scope: Scope = "package",
    places: Sequence[tuple[str, str | None]] = (),
    standard: Standard = STANDARD,
    indicators: Sequence[Indicator] | None = None,
    missing: Mapping[str, Sequence[str]] | None = None,
    **facts: Any,
) -> Figures:
    """The figures of one package, with the indicators that they are of."""
    names = {figure.indicator for figure in figures}
    return Figures(
        label=label,
        circledata="0.1.0",
        standard=standard,
        as_of=as_of,
        scope=scope,
        indicators=indicators or [item for item in standard.indicators.values() if item.name in names],
        places=[Place(code, name) for code, name in places],
        figures=figures,
        missing=missing or {},
        package={"title": None, "division_code": label[:6] if label[:6].isdigit() else None, **facts},
        counts={"error": errors, "warning": 0, "advice": 0},
        valid=not errors,
    )
