"""Figures: what an indicator comes to for one place, with all that is needed to add places up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from circledata.findings.model import Level
from circledata.standard.model import Indicator, Standard, Text

Scope = Literal["package", "division", "township", "circle"]
SCOPES: tuple[Scope, ...] = ("package", "division", "township", "circle")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one place.

    Where the indicator has a denominator, `value` is numerator over denominator; two places are added up by adding
    their numerators and denominators, never their values. Units are those of the indicator.
    """

    indicator: str
    """Name of the indicator."""
    place: str | None
    """Circle id or division code; "" for what belongs to no place of the kind; None for the package as a whole."""
    item: str | None
    """Code of the indicator's breakdown, such as a grade; None where there is none."""
    value: float | int | None
    """Rounded as the indicator says; None when it was not computed."""
    numerator: float | int | None
    denominator: float | int | None
    known: int
    """Records that hold what the figure needs."""
    records: int
    """Records that the figure is about: records - known is what nobody filled in."""
    reason: str | None
    """Why there is no value: a code of the list `not-computed`."""


@dataclass(frozen=True, slots=True)
class Place:
    """What figures are about: a circle or a division, with the name that the package or the code list gives it.

    The code is empty for records that belong to no place of the kind: outlets outside circles, for example.
    """

    code: str
    name: str | None


@dataclass(frozen=True)
class Figures:
    """All figures of one package at one scope, with what one must know of the data behind them."""

    label: str
    circledata: str
    standard: Standard
    as_of: date | None
    scope: Scope
    indicators: Sequence[Indicator]
    """Those that were asked for, in the order of the standard."""
    places: Sequence[Place]
    """In the order of their codes; empty at the scope `package`."""
    figures: Sequence[Figure]
    """In the order of indicators, places and items."""
    missing: Mapping[str, Sequence[str]]
    """By circle id: the codes of the guide's categories that it has no open outlet of, basic ones first."""
    package: Mapping[str, str | bool | None]
    """What the package says of itself, as `Report.package`."""
    counts: Mapping[Level, int]
    """Findings of the check by level: figures of a package with errors are to be read with care."""
    valid: bool
    circle_names: Mapping[str, str] = field(default_factory=dict)
    """By circle id: the names of the circles in `missing`."""

    def of(self, indicator: str, place: str | None = None) -> list[Figure]:
        """Return the figures of one indicator for one place, an item each."""
        return list(self._index.get((indicator, place), ()))

    @cached_property
    def _index(self) -> Mapping[tuple[str, str | None], list[Figure]]:
        found: dict[tuple[str, str | None], list[Figure]] = {}
        for item in self.figures:
            found.setdefault((item.indicator, item.place), []).append(item)
        return found


def reason_text(standard: Standard, reason: str) -> Text:
    """Return what a reason means; KeyError when the standard knows no such reason."""
    return standard.codelists["not-computed"].codes[reason].title
