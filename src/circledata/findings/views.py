"""What a report can show beside its findings: where circles and outlets lie, and which categories each circle has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from circledata.findings.model import Level

Position = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class OutletPlace:
    """One outlet that has coordinates. Texts are as the file has them, personal data taken out."""

    row: int
    """Physical row in its file, as findings have it."""
    outlet_id: str | None
    name: str | None
    """None too where a finding of personal data points to the name."""
    circle_id: str | None
    category: str | None
    position: Position
    level: Level | None
    """Level of the gravest finding on its row; None without any."""
    findings: int
    """How many findings its row has, exact."""


@dataclass(frozen=True, slots=True)
class CirclePlace:
    """One circle that has a centre or a boundary; `row` is None for a boundary whose circle is not in the table."""

    row: int | None
    circle_id: str | None
    name: str | None
    centre: Position | None
    rings: tuple[Ring, ...]
    """All rings of its boundary, thinned out for display; holes are rings too."""
    level: Level | None
    findings: int
    outlets: int
    """Outlets of the table that name it as their circle, with coordinates or without."""
    faulty_outlets: int
    """Those of them with any finding."""


@dataclass(frozen=True, slots=True)
class Geography:
    """Where things lie. Positions are in WGS84, except where nobody said the coordinate system: then as written."""

    system: str | None
    """The declared coordinate system, None when nobody said it or it is none of the standard's."""
    circles: Sequence[CirclePlace]
    circles_total: int
    outlets: Sequence[OutletPlace]
    """In order of their rows. When there are too many: those with the gravest findings, then a spread of the rest."""
    outlets_total: int
    """Outlets with coordinates."""
    faulty_total: int
    """Those of them with any finding."""
    outlets_without: int
    """Outlets without coordinates that could be read as numbers of a place on Earth."""


@dataclass(frozen=True, slots=True)
class CircleCoverage:
    """How many open outlets one circle has of each category, in the order of `Coverage.categories`."""

    row: int
    circle_id: str | None
    name: str | None
    counts: tuple[int, ...]

    @property
    def kinds(self) -> int:
        """How many of the categories it has at all."""
        return sum(count > 0 for count in self.counts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Categories by circle: the basic and quality ones of the guide of 2021, by code, children counted as parents."""

    categories: tuple[str, ...]
    circles: Sequence[CircleCoverage]
    """Every circle that is not closed, in the order of the file."""


class Views(Protocol):
    """Gives the views of one report; each is computed when it is asked for."""

    def geography(self, most: int) -> Geography | None:
        """Return at most `most` outlets and circles; None when nothing has coordinates."""

    def coverage(self) -> Coverage | None:
        """Return the coverage; None without circles or outlets."""
