"""Makes a polygon fit for circles.geojson: valid, degrees in the right order, rings in the right direction, rounded."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from circledata.convert.boundaries.options import BoundaryOptions

CHINA = (73.4, 3.8, 135.2, 53.6)
"""West, south, east, north, as the rules on geography have it: degrees of China cannot be mistaken for swapped ones."""


@dataclass
class Shaped:
    """A polygon, or the reason why there is none; `notes` are codes of what was done to it (words.py)."""

    geometry: Any = None
    reason: str = ""
    detail: str = ""
    notes: list[str] = field(default_factory=list)


def shape_of(raw: Mapping[str, Any] | None, options: BoundaryOptions) -> Shaped:
    """Return the polygon of a GeoJSON geometry.

    Heights are dropped, swapped axes put right, open rings closed, and each is noted. An invalid polygon is mended only
    when that changes its area by less than `options.mend_share`; otherwise it is refused with shapely's reason. What is
    no polygon, or lies beyond 180 degrees, is refused too.
    """
    import shapely
    from shapely.errors import GEOSException
    from shapely.geometry import shape

    if raw is None:
        return Shaped(reason="no-shape")
    if raw.get("type") not in {"Polygon", "MultiPolygon"}:
        return Shaped(reason="not-a-polygon", detail=str(raw.get("type", ""))[:40])
    try:
        geometry = shape({"type": raw["type"], "coordinates": raw["coordinates"]})
    except (GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return Shaped(reason="shape-invalid", detail="coordinates")
    if geometry.is_empty:
        return Shaped(reason="no-shape")
    found = Shaped()
    if geometry.has_z or raw.get("height"):
        found.notes.append("height-dropped")
        geometry = shapely.force_2d(geometry)
    if raw["type"] in {"Polygon", "MultiPolygon"} and not _closed(raw):
        found.notes.append("ring-closed")
    geometry = _right_way_round(geometry, found)
    west, south, east, north = geometry.bounds
    if not all(map(math.isfinite, geometry.bounds)) or max(abs(west), abs(east)) > 180 or max(-south, north) > 90:
        return Shaped(reason="off-earth")
    return _valid(geometry, found, options)


def _closed(raw: Mapping[str, Any]) -> bool:
    polygons: Sequence[Any] = [raw["coordinates"]] if raw["type"] == "Polygon" else raw["coordinates"]
    return all(list(ring[0]) == list(ring[-1]) for polygon in polygons for ring in polygon if len(ring))


def _right_way_round(geometry: Any, found: Shaped) -> Any:
    """Swap longitude and latitude where every point is one of China only when swapped."""
    import shapely

    west, south, east, north = CHINA
    x_low, y_low, x_high, y_high = geometry.bounds
    if south <= x_low <= x_high <= north and west <= y_low <= y_high <= east:
        found.notes.append("axes-swapped")
        return shapely.transform(geometry, lambda points: points[:, ::-1])
    return geometry


def _valid(geometry: Any, found: Shaped, options: BoundaryOptions) -> Shaped:
    import shapely
    from shapely.validation import explain_validity

    if not geometry.is_valid:
        reason = explain_validity(geometry)
        mended = polygons_of(shapely.make_valid(geometry))
        before = abs(geometry.area)
        if mended is None or before == 0 or abs(mended.area - before) >= options.mend_share * before:
            return Shaped(reason="shape-invalid", detail=reason)
        geometry = mended
        found.notes.append("shape-mended")
        found.detail = reason
    if geometry.area == 0:
        return Shaped(reason="shape-invalid", detail="no area")
    found.geometry = finished(geometry, options.decimals)
    return found


def polygons_of(geometry: Any) -> Any:
    """Return the polygons of a geometry as one, without the lines and points of no area that mending leaves."""
    import shapely

    parts = [part for part in shapely.get_parts(geometry).tolist() if part.geom_type in {"Polygon", "MultiPolygon"}]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.unary_union(parts)


def finished(geometry: Any, decimals: int) -> Any:
    """Return a polygon with outer rings counter-clockwise and holes clockwise (RFC 7946), its coordinates rounded.

    A polygon that rounding would make invalid keeps two decimals more, or all of them.
    """
    import numpy as np
    import shapely
    from shapely.geometry import MultiPolygon
    from shapely.geometry.polygon import orient

    for digits in (decimals, decimals + 2):
        rounded = shapely.transform(geometry, lambda points, digits=digits: np.round(points, digits))
        if rounded.is_valid and not rounded.is_empty and rounded.area > 0:
            geometry = rounded
            break
    if geometry.geom_type == "Polygon":
        return orient(geometry)
    return MultiPolygon([orient(part) for part in geometry.geoms])


def area_m2(geometry: Any) -> float:
    """Return the area as the rules compute it: on a plane at the latitude of the centroid, in square metres."""
    from circledata.engine.geometry import METRES_PER_DEGREE

    return float(geometry.area * METRES_PER_DEGREE**2 * math.cos(math.radians(geometry.centroid.y)))


def centre_of(geometry: Any) -> tuple[float, float]:
    """Return a point inside the polygon, in degrees: its centroid, or where that lies outside a point well inside."""
    from shapely.geometry import Point

    centroid = geometry.centroid
    for point, digits in ((centroid, 6), (geometry.representative_point(), 6), (geometry.representative_point(), 9)):
        rounded = Point(round(point.x, digits), round(point.y, digits))
        if geometry.contains(rounded):
            return rounded.x, rounded.y
    inside = geometry.representative_point()
    return inside.x, inside.y


def geojson_bytes(features: Sequence[tuple[Mapping[str, str], Any]]) -> bytes:
    """Return circles.geojson: a FeatureCollection, one feature a line."""
    from shapely.geometry import mapping

    lines = [
        json.dumps(
            {"type": "Feature", "properties": dict(properties), "geometry": mapping(geometry)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in features
    ]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()
