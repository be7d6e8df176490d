"""Turns coordinates between the four systems that Chinese data comes in: WGS84, CGCS2000, GCJ-02, BD-09.

All coordinates are decimal degrees, longitude before latitude. WGS84 and CGCS2000 are taken as equal, as the standard's
code list of coordinate systems says: for its purposes the difference can be neglected.

GCJ-02 has no published formula. What stands here is the one that open-source software has used for many years (on the
Krasovsky 1940 ellipsoid). BD-09 is a second shift on top of it.

The shift applies on the mainland only. It is not applied outside the box in which the formula is defined, nor in Hong
Kong, Macau and Taiwan. Those regions stand here as boxes, drawn by hand and well inside (own choice, no official
outline): a place on the mainland shall never fall into one, so a strip along their borders is treated as mainland.
Whether a place lies in a box is asked of the coordinates as given. Within some 700 m of a box (which is no mainland
either) there and back is therefore not the same place; everywhere else it is, to far below a centimetre.

`convert` in circledata.values.shift does the same for arrays; formulas and boxes stand here only.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal

System = Literal["WGS84", "CGCS2000", "GCJ-02", "BD-09"]
SYSTEMS: tuple[System, ...] = ("WGS84", "CGCS2000", "GCJ-02", "BD-09")
Forward = Callable[[Any, Any, Any], tuple[Any, Any]]

SEMI_MAJOR_AXIS_M = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
BD_LON, BD_LAT = 0.0065, 0.006
_NOT_ZERO = 1e-300  # added to a radius that is divided by: nothing to any but null island's own
_BD_TURN = math.radians(3000.0)

FORMULA_BOX = (72.004, 0.8293, 137.8347, 55.8271)
UNSHIFTED_BOXES = (
    (113.85, 22.15, 114.42, 22.44),  # Hong Kong: islands, Kowloon, the south of the New Territories
    (113.99, 22.44, 114.40, 22.495),  # Hong Kong: the middle of the New Territories
    (114.12, 22.495, 114.22, 22.525),  # Hong Kong: Fanling and Sheung Shui
    (113.54, 22.18, 113.56, 22.21),  # Macau: the peninsula
    (113.553, 22.11, 113.605, 22.17),  # Macau: Taipa, Cotai, Coloane
    (120.0, 21.8, 122.1, 25.35),  # Taiwan
    (119.3, 23.1, 120.0, 23.9),  # Penghu
)
"""West, south, east, north in degrees."""
EARTH_LON, EARTH_LAT = 180.1, 90.1
"""Degrees: ±180 and ±90, with a tenth to spare for shifted ones."""
CLOSE_ENOUGH = 1e-9
"""Degrees by which the last guess of an inverse may miss. It is then corrected once more, which leaves less than a 30th
of that, for neither shift changes by more than a 30th of the way between two places: some thousandths of a millimetre.
"""
MAX_ROUNDS = 30


def is_shifted(lon: float, lat: float) -> bool:
    """Tell whether GCJ-02 differs from WGS84 at this place (degrees, in either system)."""
    if not _inside(lon, lat, FORMULA_BOX):
        return False
    return not any(_inside(lon, lat, box) for box in UNSHIFTED_BOXES)


def is_on_earth(lon: float, lat: float) -> bool:
    """Tell whether these can be degrees of a place, in any of the systems; NaN cannot."""
    return abs(lon) <= EARTH_LON and abs(lat) <= EARTH_LAT


def _inside(lon: float, lat: float, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def shift_forward(lon: Any, lat: Any, xp: Any) -> tuple[Any, Any]:
    """Return GCJ-02 of WGS84 by the bare formula, wherever it is. `xp`: math for floats, numpy for arrays.

    Written for both so that the formula stands once. Sines of three times an angle come from the sine of the angle,
    which is exact and saves a third of the work.
    """
    east_m, north_m = _shift_m(lon - 105.0, lat - 35.0, xp)
    sine = xp.sin(lat * (math.pi / 180.0))
    w = 1.0 - ECCENTRICITY_SQUARED * sine * sine
    root = xp.sqrt(w)
    metres_per_lat = math.radians(SEMI_MAJOR_AXIS_M * (1.0 - ECCENTRICITY_SQUARED)) / (w * root)
    metres_per_lon = math.radians(SEMI_MAJOR_AXIS_M) / root * xp.sqrt(1.0 - sine * sine)
    return lon + east_m / metres_per_lon, lat + north_m / metres_per_lat


def _shift_m(x: Any, y: Any, xp: Any) -> tuple[Any, Any]:
    """Return the shift in metres to the east and north, `x` and `y` being degrees east of 105° and north of 35°."""
    root = xp.sqrt(abs(x))
    double = xp.sin(x * (2.0 * math.pi))
    third_x, third_y = xp.sin(x * (math.pi / 3.0)), xp.sin(y * (math.pi / 3.0))
    common = 20.0 * _of_triple(double) + 20.0 * double
    slow_y = 160.0 * xp.sin(y * (math.pi / 12.0)) + 320.0 * xp.sin(y * (math.pi / 30.0))
    slow_x = 150.0 * xp.sin(x * (math.pi / 12.0)) + 300.0 * xp.sin(x * (math.pi / 30.0))
    north = -100.0 + 2.0 * x + (3.0 + 0.2 * y + 0.1 * x) * y + 0.2 * root
    north = north + (common + 20.0 * _of_triple(third_y) + 40.0 * third_y + slow_y) * (2.0 / 3.0)
    east = 300.0 + x + 2.0 * y + (0.1 * x + 0.1 * y) * x + 0.1 * root
    east = east + (common + 20.0 * _of_triple(third_x) + 40.0 * third_x + slow_x) * (2.0 / 3.0)
    return east, north


def _of_triple(sine: Any) -> Any:
    """Return sin 3a of sin a."""
    return sine * (3.0 - 4.0 * sine * sine)


def turn_forward(lon: Any, lat: Any, xp: Any) -> tuple[Any, Any]:
    """Return BD-09 of GCJ-02: a small turn and stretch about null island, then an offset. `xp` as in shift_forward.

    The angle is at most 3e-6, so that its sine is itself and its cosine 1 − a²/2, both exact in double precision.
    """
    turn = 0.000003 * xp.cos(lon * _BD_TURN)
    radius = xp.sqrt(lon * lon + lat * lat) + _NOT_ZERO
    stretch = 1.0 + 0.00002 * xp.sin(lat * _BD_TURN) / radius
    straight = 1.0 - 0.5 * turn * turn
    return stretch * (lon * straight - lat * turn) + BD_LON, stretch * (lat * straight + lon * turn) + BD_LAT


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Return the GCJ-02 coordinates (degrees) of a WGS84 place; unchanged where no shift applies."""
    return shift_forward(lon, lat, math) if is_shifted(lon, lat) else (lon, lat)


def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """Return the WGS84 coordinates (degrees) of a GCJ-02 place, by iteration to far below a centimetre."""
    return _undo(shift_forward, lon, lat, lon, lat) if is_shifted(lon, lat) else (lon, lat)


def gcj02_to_bd09(lon: float, lat: float) -> tuple[float, float]:
    """Return the BD-09 coordinates (degrees) of a GCJ-02 place; NaN for what is no place on Earth."""
    return turn_forward(lon, lat, math) if is_on_earth(lon, lat) else (math.nan, math.nan)


def bd09_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Return the GCJ-02 coordinates (degrees) of a BD-09 place, to far below a centimetre; NaN as above."""
    if not is_on_earth(lon, lat):
        return math.nan, math.nan
    return _undo(turn_forward, lon, lat, lon - BD_LON, lat - BD_LAT)


def _undo(forward: Forward, lon: float, lat: float, guess_lon: float, guess_lat: float) -> tuple[float, float]:
    for _ in range(MAX_ROUNDS):
        there_lon, there_lat = forward(guess_lon, guess_lat, math)
        miss_lon, miss_lat = there_lon - lon, there_lat - lat
        guess_lon, guess_lat = guess_lon - miss_lon, guess_lat - miss_lat
        if abs(miss_lon) < CLOSE_ENOUGH and abs(miss_lat) < CLOSE_ENOUGH:
            break
    return guess_lon, guess_lat


def to_wgs84(lon: float, lat: float, system: System) -> tuple[float, float]:
    """Return the WGS84 coordinates (degrees) of a place given in `system`; ValueError for an unknown system."""
    if system in {"WGS84", "CGCS2000"}:
        return lon, lat
    if system == "GCJ-02":
        return gcj02_to_wgs84(lon, lat)
    if system == "BD-09":
        return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))
    raise ValueError(f"unknown coordinate system {system!r}")


def from_wgs84(lon: float, lat: float, system: System) -> tuple[float, float]:
    """Return the coordinates in `system` (degrees) of a WGS84 place; ValueError for an unknown system."""
    if system in {"WGS84", "CGCS2000"}:
        return lon, lat
    if system == "GCJ-02":
        return wgs84_to_gcj02(lon, lat)
    if system == "BD-09":
        return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))
    raise ValueError(f"unknown coordinate system {system!r}")
