"""One point for a feature: from WKT, a GeoJSON geometry, or two coordinate cells."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NUMBER = r"[-+]?[0-9]+(?:\.[0-9]+)?"
_PLAIN = re.compile(_NUMBER)
_SRID = re.compile(r"\s*SRID=4326;", re.IGNORECASE)
_POINT = re.compile(rf"\s*POINT\s*\(\s*({_NUMBER})\s+({_NUMBER})\s*\)\s*", re.IGNORECASE)
_DECIMALS = 7  # of a degree: one centimetre, which is what OpenStreetMap itself stores


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees as text, and the kind of geometry that it stands for (`POINT`, `POLYGON` …)."""

    longitude: str
    latitude: str
    kind: str


def place_of(
    geometry: str | Mapping[str, Any] | None, cells: Mapping[str, str], lon: Sequence[str], lat: Sequence[str]
) -> Place | None:
    """Return the place of a feature; None when it has none or it cannot be read.

    A point is taken as it is. For lines and areas it is a point on or inside them, by shapely's representative point,
    since the centre of an area may lie outside it. `lon`, `lat`: columns to use when there is no geometry. Coordinates
    beyond ±180 and ±90 degrees are no place (they may be metres of a projection).
    """
    if geometry is None:
        return _checked(_first(cells, lon), _first(cells, lat), "POINT")
    if isinstance(geometry, str):
        geometry = _SRID.sub("", geometry)
        point = _POINT.fullmatch(geometry)
        if point:
            return _checked(point.group(1), point.group(2), "POINT")
    return _representative(geometry)


def _first(cells: Mapping[str, str], columns: Sequence[str]) -> str:
    return next((cells[column].strip() for column in columns if column in cells), "")


def _checked(lon: str, lat: str, kind: str) -> Place | None:
    if not (_PLAIN.fullmatch(lon) and _PLAIN.fullmatch(lat)):
        return None
    if abs(float(lon)) > 180 or abs(float(lat)) > 90:
        return None
    return Place(lon.lstrip("+"), lat.lstrip("+"), kind)


def _representative(geometry: str | Mapping[str, Any]) -> Place | None:
    import shapely
    from shapely.geometry import shape

    try:
        form = shapely.from_wkt(geometry) if isinstance(geometry, str) else shape(geometry)
        if form is None or form.is_empty:
            return None
        point = form.representative_point()
        lon, lat = float(point.x), float(point.y)
    except (shapely.errors.ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return None
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return None
    return _checked(_text(lon), _text(lat), form.geom_type.upper())


def _text(degrees: float) -> str:
    return f"{degrees:.{_DECIMALS}f}".rstrip("0").rstrip(".")
