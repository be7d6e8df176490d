"""Turns coordinates between the four systems that Chinese data comes in: WGS84, CGCS2000, GCJ-02, BD-09.

All coordinates are decimal degrees, longitude before latitude. WGS84 and CGCS2000 are taken as equal, as the standard's
code list of coordinate systems says: for its purposes the difference can be neglected.

GCJ-02 has no published formula. What stands here is the one that open-source software has used for many years (on the
Krasovsky 1940 ellipsoid). BD-09 is a second shift on top of it.

The shift applies on the mainland only. It is not applied outside the box in which the formula is defined, nor in Hong
Kong, Macau and Taiwan. Those regions stand here as boxes, drawn by hand and well inside (own choice, no official
outline): a place on the mainland shall never fall into one, so a strip along their borders is treated as mainland.
"""

from __future__ import annotations

import math
from typing import Literal

System = Literal["WGS84", "CGCS2000", "GCJ-02", "BD-09"]
SYSTEMS: tuple[System, ...] = ("WGS84", "CGCS2000", "GCJ-02", "BD-09")

_SEMI_MAJOR_AXIS_M = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BD_LON, _BD_LAT = 0.0065, 0.006
_BD_TURN = math.radians(3000.0)

_FORMULA_BOX = (72.004, 0.8293, 137.8347, 55.8271)
_UNSHIFTED_BOXES = (
    (113.85, 22.15, 114.42, 22.44),  # Hong Kong: islands, Kowloon, the south of the New Territories
    (113.99, 22.44, 114.40, 22.495),  # Hong Kong: the middle of the New Territories
    (114.12, 22.495, 114.22, 22.525),  # Hong Kong: Fanling and Sheung Shui
    (113.54, 22.18, 113.56, 22.21),  # Macau: the peninsula
    (113.553, 22.11, 113.605, 22.17),  # Macau: Taipa, Cotai, Coloane
    (120.0, 21.8, 122.1, 25.35),  # Taiwan
    (119.3, 23.1, 120.0, 23.9),  # Penghu
)
_CLOSE_ENOUGH = 1e-11  # degrees: about a thousandth of a millimetre
_MAX_ROUNDS = 30


def is_shifted(lon: float, lat: float) -> bool:
    """Tell whether GCJ-02 differs from WGS84 at this place (degrees, in either system)."""
    if not _inside(lon, lat, _FORMULA_BOX):
        return False
    return not any(_inside(lon, lat, box) for box in _UNSHIFTED_BOXES)


def _inside(lon: float, lat: float, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Return the GCJ-02 coordinates (degrees) of a WGS84 place; unchanged where no shift applies."""
    if not is_shifted(lon, lat):
        return lon, lat
    east_m, north_m = _shift_m(lon - 105.0, lat - 35.0)
    phi = math.radians(lat)
    w = 1.0 - _ECCENTRICITY_SQUARED * math.sin(phi) ** 2
    metres_per_lat = math.radians(_SEMI_MAJOR_AXIS_M * (1.0 - _ECCENTRICITY_SQUARED) / (w * math.sqrt(w)))
    metres_per_lon = math.radians(_SEMI_MAJOR_AXIS_M / math.sqrt(w) * math.cos(phi))
    return lon + east_m / metres_per_lon, lat + north_m / metres_per_lat


def _shift_m(x: float, y: float) -> tuple[float, float]:
    """Return the shift in metres to the east and north, `x` and `y` being degrees east of 105° and north of 35°."""
    root = math.sqrt(abs(x))
    common = 20.0 * math.sin(6.0 * math.pi * x) + 20.0 * math.sin(2.0 * math.pi * x)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (common + 20.0 * math.sin(math.pi * y) + 40.0 * math.sin(math.pi * y / 3.0)) * 2.0 / 3.0
    north += (160.0 * math.sin(math.pi * y / 12.0) + 320.0 * math.sin(math.pi * y / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (common + 20.0 * math.sin(math.pi * x) + 40.0 * math.sin(math.pi * x / 3.0)) * 2.0 / 3.0
    east += (150.0 * math.sin(math.pi * x / 12.0) + 300.0 * math.sin(math.pi * x / 30.0)) * 2.0 / 3.0
    return east, north


def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """Return the WGS84 coordinates (degrees) of a GCJ-02 place, by iteration to far below a centimetre."""
    if not is_shifted(lon, lat):
        return lon, lat
    guess_lon, guess_lat = lon, lat
    for _ in range(_MAX_ROUNDS):
        there_lon, there_lat = wgs84_to_gcj02(guess_lon, guess_lat)
        miss_lon, miss_lat = there_lon - lon, there_lat - lat
        guess_lon, guess_lat = guess_lon - miss_lon, guess_lat - miss_lat
        if abs(miss_lon) < _CLOSE_ENOUGH and abs(miss_lat) < _CLOSE_ENOUGH:
            break
    return guess_lon, guess_lat


def gcj02_to_bd09(lon: float, lat: float) -> tuple[float, float]:
    """Return the BD-09 coordinates (degrees) of a GCJ-02 place."""
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BD_TURN)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BD_TURN)
    return radius * math.cos(angle) + _BD_LON, radius * math.sin(angle) + _BD_LAT


def bd09_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Return the GCJ-02 coordinates (degrees) of a BD-09 place, by iteration to far below a centimetre."""
    guess_lon, guess_lat = lon - _BD_LON, lat - _BD_LAT
    for _ in range(_MAX_ROUNDS):
        there_lon, there_lat = gcj02_to_bd09(guess_lon, guess_lat)
        miss_lon, miss_lat = there_lon - lon, there_lat - lat
        guess_lon, guess_lat = guess_lon - miss_lon, guess_lat - miss_lat
        if abs(miss_lon) < _CLOSE_ENOUGH and abs(miss_lat) < _CLOSE_ENOUGH:
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
