"""Distances on the sphere and counting of distinct places, with plain Python numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from math import asin, cos, floor, radians, sin, sqrt
from typing import cast

EARTH_RADIUS = 6371008.8
"""Mean radius of the Earth (IUGG) in metres, as in the standard's function distance_m."""

METRES_PER_DEGREE = EARTH_RADIUS * radians(1.0)
SAME_PLACE = 100.0
"""Points closer than this many metres count as one place of a brand; own choice."""


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the distance of two points in metres; degrees of one coordinate system in.

    Source: haversine formula, as in `spec/1.0/functions.yaml` (distance_m); within a county the error is below 0.6 %.
    """
    half = (
        sin(radians(lat2 - lat1) / 2) ** 2
        + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return EARTH_RADIUS * 2 * asin(min(1.0, sqrt(half)))


class Grid:
    """Square cells of at least `size` metres: points closer than that lie in the same cell or in neighbouring ones.

    Rows are of equal height; each row has cells of its own width, so that they never get narrower than `size`.
    """

    def __init__(self, size: float) -> None:
        self.height = max(size, 0.01) / METRES_PER_DEGREE
        self._widths: dict[int, float] = {}

    def cell(self, lon: float, lat: float) -> tuple[int, int]:
        """Return the (row, column) of a point."""
        row = floor(lat / self.height)
        return row, floor(lon / self._width(row))

    def around(self, lon: float, lat: float) -> Iterator[tuple[int, int]]:
        """Yield the cell of a point and all cells that hold points closer than `size`."""
        own = floor(lat / self.height)
        for row in (own - 1, own, own + 1):
            column = floor(lon / self._width(row))
            yield row, column - 1
            yield row, column
            yield row, column + 1

    def _width(self, row: int) -> float:
        width = self._widths.get(row)
        if width is None:
            # The narrowest place of the row and of its neighbours decides.
            edge = max(abs(row - 1), abs(row + 2)) * self.height
            width = self._widths[row] = self.height / max(cos(radians(min(edge, 89.0))), 0.01)
        return width


def is_point(place: object) -> bool:
    """Tell whether `place` is a pair of numbers: (longitude, latitude)."""
    return isinstance(place, tuple) and len(place) == 2 and all(isinstance(value, int | float) for value in place)


def distinct_places(places: Iterable[Hashable], limit: int | None = None) -> int:
    """Count distinct places: points (longitude, latitude) closer than SAME_PLACE are one, anything else by equality.

    With `limit` the count stops there: whoever only asks for ten places need not count a thousand.
    """
    unique = set(places)
    if len(unique) == 1:
        return 1
    points = sorted(cast("tuple[float, float]", place) for place in unique if is_point(place))
    grid = Grid(SAME_PLACE)
    kept: dict[tuple[int, int], list[tuple[float, float]]] = {}
    count = len(unique) - len(points)
    for lon, lat in points:
        near = (point for cell in grid.around(lon, lat) for point in kept.get(cell, ()))
        if not any(distance_m(lon, lat, *point) < SAME_PLACE for point in near):
            kept.setdefault(grid.cell(lon, lat), []).append((lon, lat))
            count += 1
        if limit is not None and count >= limit:
            break
    return count
