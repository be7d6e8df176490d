"""The derived views that geography rules read: shapes of circles, their overlaps, and outlets seen from
their circle's shape.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.engine import sql
from circledata.engine.session import Session

METRES_PER_DEGREE = math.pi * 6_371_008.8 / 180
"""Length of one degree of a great circle on the sphere with the Earth's mean radius (IUGG)."""
_SHAPES = (
    "circle_id VARCHAR, feature BIGINT, valid BOOLEAN, reason VARCHAR, "
    "centre_lon DOUBLE, centre_lat DOUBLE, area_m2 DOUBLE"
)
_OVERLAPS = "circle_id VARCHAR, other_circle_id VARCHAR, share DOUBLE"
_PLACES = "_row BIGINT, circle_id VARCHAR, inside BOOLEAN, distance_m DOUBLE"


@dataclass(frozen=True)
class _Shape:
    circle_id: str | None
    feature: int
    geometry: Any
    valid: bool
    reason: str | None


def define_derived(session: Session, boundaries: Path | None) -> None:
    """Make derived.circle_shapes, derived.circle_overlaps and derived.outlet_places from circles.geojson.

    Areas and distances are in metres on a local plane (equirectangular at the shape's own latitude), good to 0.1 % at
    the size of a circle. Without boundaries the views are empty.
    """
    shapes = _read(boundaries) if boundaries else []
    _store(session, "circle_shapes", _SHAPES, [_shape_row(shape) for shape in shapes])
    good = [shape for shape in shapes if shape.valid and shape.circle_id]
    _store(session, "circle_overlaps", _OVERLAPS, _overlaps(good))
    _store(session, "outlet_places", _PLACES, [])
    if good and "outlets" in session.tables:
        _outlet_places(session, good)


def _store(session: Session, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    session.execute(f"CREATE TABLE derived.{name} ({columns})")
    if rows:
        session.derived.add(f"derived.{name}")
        marks = ", ".join("?" for _ in rows[0])
        session.connection.executemany(f"INSERT INTO derived.{name} VALUES ({marks})", [list(row) for row in rows])


def _read(path: Path) -> list[_Shape]:
    from shapely.errors import GEOSException
    from shapely.geometry import shape
    from shapely.validation import explain_validity

    shapes = []
    features = json.loads(path.read_bytes().decode("utf-8-sig")).get("features", [])
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") or {}
        circle_id = properties.get("circle_id")
        try:
            geometry = shape(feature["geometry"])
            valid, reason = geometry.is_valid, explain_validity(geometry)
        except (GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError):
            continue  # the reader has reported a feature that is no polygon (CD153)
        if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
            continue
        shapes.append(_Shape(str(circle_id) if circle_id else None, number, geometry, valid, None if valid else reason))
    return shapes


def _scale(latitude: float) -> tuple[float, float]:
    """Metres of one degree of longitude and of latitude."""
    return METRES_PER_DEGREE * math.cos(math.radians(latitude)), METRES_PER_DEGREE


def _shape_row(shape: _Shape) -> tuple[Any, ...]:
    centre = shape.geometry.centroid
    across, along = _scale(centre.y)
    area = shape.geometry.area * across * along if shape.valid else None
    return (shape.circle_id, shape.feature, shape.valid, shape.reason, centre.x, centre.y, area)


def _overlaps(shapes: Sequence[_Shape]) -> list[tuple[str, str, float]]:
    """Pairs of circles that share ground; the share is of the smaller of the two."""
    if len(shapes) < 2:
        return []
    from shapely import STRtree

    found = []
    geometries = [shape.geometry for shape in shapes]
    left, right = STRtree(geometries).query(geometries, predicate="intersects")
    for one, other in sorted(zip(left.tolist(), right.tolist(), strict=True)):
        if one >= other or shapes[one].circle_id == shapes[other].circle_id:
            continue
        smaller = min(geometries[one].area, geometries[other].area)
        share = geometries[one].intersection(geometries[other]).area / smaller if smaller else 0.0
        if share > 0:
            found.append((str(shapes[one].circle_id), str(shapes[other].circle_id), share))
    return found


def _outlet_places(session: Session, shapes: Sequence[_Shape]) -> None:
    """Fill derived.outlet_places, circle by circle."""
    import numpy as np
    import shapely

    cursor = session.execute(
        "SELECT circle_id, _row, longitude, latitude FROM outlets WHERE circle_id IS NOT NULL "
        "AND longitude IS NOT NULL AND latitude IS NOT NULL ORDER BY circle_id, _row"
    )
    places = cursor.fetchnumpy()
    if not len(places["_row"]):
        return
    ids, starts = np.unique(places["circle_id"].astype(str), return_index=True)
    ends = dict(
        zip(
            ids.tolist(),
            zip(starts.tolist(), [*starts[1:].tolist(), len(places["_row"])], strict=True),
            strict=True,
        )
    )
    for shape in shapes:
        start, end = ends.get(str(shape.circle_id), (0, 0))
        if start == end:
            continue
        longitude = places["longitude"][start:end]
        latitude = places["latitude"][start:end]
        across, along = _scale(shape.geometry.centroid.y)
        plane = shapely.transform(shape.geometry, lambda points, a=across, b=along: points * [a, b])
        shapely.prepare(plane)
        points = shapely.points(longitude * across, latitude * along)
        distance = np.where(
            shapely.contains_xy(plane, longitude * across, latitude * along),
            0.0,
            shapely.distance(plane, points),
        )
        session.derived.add("derived.outlet_places")
        batch = {
            "_row": places["_row"][start:end],
            "inside": distance == 0.0,
            "distance_m": distance,
        }
        session.insert_numpy(
            "derived.outlet_places",
            f"_row, {sql.text(str(shape.circle_id))} AS circle_id, inside, distance_m",
            batch,
        )
