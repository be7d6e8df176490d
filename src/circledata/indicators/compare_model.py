"""What a comparison of packages or places holds: sides, rows of figures with their bounds, and what sets two apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from circledata.indicators.compare_bounds import Bounds
from circledata.indicators.model import Figure, Figures, Scope
from circledata.standard.model import Indicator, Standard

Verdict = Literal["same", "stands", "may-be-data", "about-data", "not-comparable"]
VERDICTS: tuple[Verdict, ...] = ("stands", "may-be-data", "about-data", "same", "not-comparable")
"""What can be said of two figures: the difference stands; it may come from the data; the figure is about the data
itself; there is no difference; one of the two was not computed."""

CauseCode = Literal["not-computed", "not-in-standard", "unknown-values", "sample", "listing", "category", "definition"]
"""Why two figures cannot be compared, or why their difference may come from the data."""

CautionCode = Literal["synthetic", "errors", "as-of-unknown", "as-of-differs", "standard-differs", "same-area"]
"""What holds for the whole comparison and not for one indicator."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of those that are compared: a package, or one place of a package."""

    name: str
    """Unlike that of every other side."""
    figures: Figures
    place: str | None
    """Code of the place; None for the package as a whole."""
    place_name: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side has in a row."""

    figure: Figure | None
    """None where the standard of that package does not know the indicator."""
    bounds: Bounds | None
    """Between what the figure lies, whatever the cells say that nobody filled in; None when it was not computed."""

    @property
    def value(self) -> float | int | None:
        """The figure's value."""
        return self.figure.value if self.figure else None


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, with the numbers that it rests on. `sides`: numbers of the sides that it concerns."""

    code: CauseCode
    sides: tuple[int, ...]
    params: Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides compared in one row."""

    first: int
    second: int
    difference: float | int | None
    """Second minus first, rounded as the indicator says; None where one of them was not computed."""
    verdict: Verdict
    causes: Sequence[Cause]


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator, or one item of its breakdown, of all sides."""

    indicator: Indicator
    item: str | None
    cells: Sequence[Cell]
    pairs: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Caution:
    """What to bear in mind throughout. `sides`: numbers of the sides that it concerns."""

    code: CautionCode
    sides: tuple[int, ...]
    params: Mapping[str, str | int]


@dataclass(frozen=True)
class Comparison:
    """Everything that was compared."""

    circledata: str
    standard: Standard
    """That of the first side; its code lists give the titles."""
    scope: Scope
    sides: Sequence[Side]
    rows: Sequence[Row]
    """In the order of the standard, items in that of their code list."""
    cautions: Sequence[Caution]

    def counts(self) -> dict[Verdict, int]:
        """Return how many pairs got each verdict."""
        found = [pair.verdict for row in self.rows for pair in row.pairs]
        return {verdict: found.count(verdict) for verdict in VERDICTS}
