"""Between which two numbers a figure lies, whatever the cells would say that nobody filled in.

The method is our own, because no official text says how to treat what is missing. A figure tells how many records it is
about (`records`) and how many of them hold what it needs (`known`); `unknown` is the difference. What follows:

share          every unknown record may be a yes or a no:
               from value * known / records  to  (value * known + unknown) / records
count          every unknown record counts or does not (circles, outlets, needs, projects, areas):
               from value  to  value + unknown
sum            an unknown record holds nothing at least, and at most LARGEST times the mean of the known ones:
               from value  to  value * (1 + LARGEST * unknown / known)
ratio          likewise, where every record weighs alike:
               from value * known / records  to  value * (known + LARGEST * unknown) / records
sample         a share of people who answered: Wilson's interval at 95 %, were they drawn by chance. They mostly are
               not, so this is the least of what is uncertain.

LARGEST is a convention, since no data tells the size of what is missing: sizes of neighbouring circles, projects or
shops often differ by two or three times and seldom by more. Bounds are rounded outwards, so they never shut out what is
possible.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from circledata.indicators.model import Figure
from circledata.standard.model import Indicator

LARGEST = 3
"""How many times the mean of the known records an unknown one holds at most; a convention of our own."""
COUNTED = frozenset({"circles", "outlets", "needs", "projects", "areas"})
"""Units of figures that count records one by one."""
Z = Fraction(196, 100)
"""Two-sided 95 % of the normal distribution."""
Way = Literal["share", "count", "sum", "ratio", "sample"]
"""Which of the above holds."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a figure can be. Equal to the value where every record is known."""

    low: float | int
    high: float | int
    way: Way

    def meets(self, other: Bounds) -> bool:
        """Tell whether one number lies within both."""
        return self.low <= other.high and other.low <= self.high


def way_of(indicator: Indicator) -> Way:
    """Return how missing records bear on an indicator."""
    if indicator.unit == "share":
        return "share"
    if indicator.denominator is not None:
        return "ratio"
    return "count" if indicator.unit in COUNTED else "sum"


def bounds(indicator: Indicator, figure: Figure) -> Bounds | None:
    """Return the bounds that missing records set; None for a figure that was not computed."""
    if figure.value is None:
        return None
    way = way_of(indicator)
    if figure.known >= figure.records or figure.known <= 0:
        return Bounds(figure.value, figure.value, way)
    low, high = _limits(way, _exact(figure), figure.known, figure.records)
    return Bounds(_down(low, indicator.decimals), _up(high, indicator.decimals), way)


def _limits(way: Way, value: Fraction, known: int, records: int) -> tuple[Fraction, Fraction]:
    unknown = records - known
    if way == "share":
        return value * known / records, (value * known + unknown) / records
    if way == "count":
        return value, value + unknown
    if way == "sum":
        return value, value * (1 + Fraction(LARGEST * unknown, known))
    return value * known / records, value * (known + LARGEST * unknown) / records


def sample_bounds(indicator: Indicator, figure: Figure) -> Bounds | None:
    """Return Wilson's 95 % interval of a share of people who answered; None where it is none or was not computed."""
    if figure.value is None or not sampled(indicator) or not figure.denominator:
        return None
    share, n = _exact(figure), Fraction(figure.denominator)
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    # The square root is the one step that is not exact; it is far finer than any rounding below.
    half = Z / (1 + Z * Z / n) * Fraction(math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)))
    low, high = max(Fraction(0), centre - half), min(Fraction(1), centre + half)
    return Bounds(_down(low, indicator.decimals), _up(high, indicator.decimals), "sample")


def sampled(indicator: Indicator) -> bool:
    """Tell whether a figure is a share of the people who answered a survey."""
    return indicator.unit == "share" and any(need.startswith("survey_results") for need in indicator.needs)


def _exact(figure: Figure) -> Fraction:
    """Return a figure before it was rounded, where numerator and denominator tell it."""
    if figure.numerator is not None and figure.denominator:
        return _fraction(figure.numerator) / _fraction(figure.denominator)
    assert figure.value is not None
    return _fraction(figure.value)


def _fraction(number: float | int) -> Fraction:
    """Return a number as it is written, so that 0.1 is a tenth."""
    return Fraction(Decimal(str(number)))


def _down(number: Fraction, decimals: int) -> float | int:
    return _scaled(math.floor(number * 10**decimals), decimals)


def _up(number: Fraction, decimals: int) -> float | int:
    return _scaled(math.ceil(number * 10**decimals), decimals)


def _scaled(whole: int, decimals: int) -> float | int:
    return float(Decimal(whole).scaleb(-decimals)) if decimals else whole
