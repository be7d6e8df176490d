"""Turns whole columns of coordinates between WGS84, CGCS2000, GCJ-02 and BD-09, as arrays.

Same formulas, same regions and same results (to 1e-9 degrees) as the scalar functions in circledata.values.coordinates,
where their sources stand. A million points take about a second at most.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from circledata.values.coordinates import (
    BD_LAT,
    BD_LON,
    CLOSE_ENOUGH,
    EARTH_LAT,
    EARTH_LON,
    FORMULA_BOX,
    MAX_ROUNDS,
    SYSTEMS,
    UNSHIFTED_BOXES,
    Forward,
    System,
    shift_forward,
    turn_forward,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[Any]
    Pair = tuple[Floats, Floats]

CHUNK = 8192
"""Points worked on at once: the dozen arrays that a formula needs on the way then stay in the processor's cache."""
_UNDERWAY: dict[System, int] = {"WGS84": 0, "CGCS2000": 0, "GCJ-02": 1, "BD-09": 2}
"""Every system is the one before it, shifted once more."""


def convert(longitude: ArrayLike, latitude: ArrayLike, from_system: System, to_system: System) -> Pair:
    """Return longitudes and latitudes in `to_system`, given those in `from_system`: degrees, float64, shape (n,).

    Where no shift applies (outside the formula's box; Hong Kong, Macau, Taiwan) GCJ-02 equals WGS84. A point with a NaN
    is NaN in both, and so is one that is no place on Earth (beyond ±180 or ±90 degrees). The arrays given are not
    changed. ValueError: unknown system, or arrays that are not of one shape (n,).
    """
    import numpy as np

    steps = _steps(from_system, to_system)
    lon = np.array(longitude, dtype=np.float64)
    lat = np.array(latitude, dtype=np.float64)
    if lon.ndim != 1 or lon.shape != lat.shape:
        raise ValueError(f"longitudes and latitudes must be of one shape (n,), not {lon.shape} and {lat.shape}")
    for start in range(0, lon.size, CHUNK):
        part = slice(start, start + CHUNK)
        _nowhere_to_nan(lon[part], lat[part])
        for step in steps:
            lon[part], lat[part] = step(lon[part], lat[part])
    return lon, lat


def shifted(longitude: ArrayLike, latitude: ArrayLike) -> NDArray[Any]:
    """Tell for each point (degrees, shape (n,)) whether GCJ-02 differs from WGS84 there, as booleans (n,)."""
    import numpy as np

    lon, lat = np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)
    found: NDArray[Any] = _inside(lon, lat, FORMULA_BOX)
    for box in UNSHIFTED_BOXES:
        found &= ~_inside(lon, lat, box)
    return found


def _inside(lon: Floats, lat: Floats, box: tuple[float, float, float, float]) -> Any:
    west, south, east, north = box
    return (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)


def _nowhere_to_nan(lon: Floats, lat: Floats) -> None:
    import numpy as np

    nowhere = ~((np.abs(lon) <= EARTH_LON) & (np.abs(lat) <= EARTH_LAT))
    lon[nowhere] = lat[nowhere] = math.nan


def _steps(from_system: System, to_system: System) -> list[Any]:
    for system in (from_system, to_system):
        if system not in SYSTEMS:
            raise ValueError(f"unknown coordinate system {system!r}")
    begin, end = _UNDERWAY[from_system], _UNDERWAY[to_system]
    if begin <= end:
        return [_wgs84_to_gcj02, _gcj02_to_bd09][begin:end]
    return [_bd09_to_gcj02, _gcj02_to_wgs84][2 - begin : 2 - end]


def _wgs84_to_gcj02(lon: Floats, lat: Floats) -> Pair:
    return _where_shifted(lon, lat, _forward)


def _gcj02_to_wgs84(lon: Floats, lat: Floats) -> Pair:
    return _where_shifted(lon, lat, _backward)


def _where_shifted(lon: Floats, lat: Floats, function: Any) -> Pair:
    there = shifted(lon, lat)
    if there.all():
        return function(lon, lat)  # type: ignore[no-any-return]
    out_lon, out_lat = lon.copy(), lat.copy()
    if there.any():
        out_lon[there], out_lat[there] = function(lon[there], lat[there])
    return out_lon, out_lat


def _forward(lon: Floats, lat: Floats) -> Pair:
    import numpy as np

    return shift_forward(lon, lat, np)


def _backward(lon: Floats, lat: Floats) -> Pair:
    return _undo(shift_forward, lon, lat, 0.0, 0.0)


def _gcj02_to_bd09(lon: Floats, lat: Floats) -> Pair:
    import numpy as np

    return turn_forward(lon, lat, np)


def _bd09_to_gcj02(lon: Floats, lat: Floats) -> Pair:
    return _undo(turn_forward, lon, lat, BD_LON, BD_LAT)


def _undo(forward: Forward, lon: Floats, lat: Floats, offset_lon: float, offset_lat: float) -> Pair:
    """Undo a shift by fixed-point iteration, in every round only for the points that still miss their mark."""
    import numpy as np

    guess_lon, guess_lat = lon - offset_lon, lat - offset_lat
    at_lon, at_lat, mark_lon, mark_lat = guess_lon, guess_lat, lon, lat
    open_points: Any = slice(None)
    for _ in range(MAX_ROUNDS):
        there_lon, there_lat = forward(at_lon, at_lat, np)
        miss_lon, miss_lat = there_lon - mark_lon, there_lat - mark_lat
        at_lon, at_lat = at_lon - miss_lon, at_lat - miss_lat
        guess_lon[open_points], guess_lat[open_points] = at_lon, at_lat
        # A NaN never misses its mark by more than something, so it is done at once.
        far = (np.abs(miss_lon) >= CLOSE_ENOUGH) | (np.abs(miss_lat) >= CLOSE_ENOUGH)
        left = np.flatnonzero(far)
        if left.size == 0:
            break
        if left.size < far.size:
            open_points = left if isinstance(open_points, slice) else open_points[left]
            at_lon, at_lat, mark_lon, mark_lat = at_lon[left], at_lat[left], mark_lon[left], mark_lat[left]
    return guess_lon, guess_lat
