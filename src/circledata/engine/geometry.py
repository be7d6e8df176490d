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
OFF_EARTH = "Coordinates beyond 180 degrees"
_SHAPES = (
    "circle_id VARCHAR, feature BIGINT, valid BOOLEAN, reason VARCHAR, "
    "centre_lon DOUBLE, centre_lat DOUBLE, area_m2 DOUBLE"
)
_OVERLAPS = "circle_id VARCHAR, other_circle_id VARCHAR, share DOUBLE"
_PLACES = "_row BIGINT, circle_id VARCHAR, inside BOOLEAN, distance_m DOUBLE"


@dataclass(frozen=True)
class Shape:
    """One feature of circles.geojson that is a polygon; `reason` says in shapely's words why it is not valid."""

    circle_id: str | None
    feature: int
    geometry: Any
    valid: bool
    reason: str | None


def define_derived(session: Session, shapes: Sequence[Shape]) -> None:
    """Make derived.circle_shapes, derived.circle_overlaps and derived.outlet_places from the shapes of circles.geojson.

    Areas and distances are in metres on a local plane (equirectangular at the shape's own latitude), good to 0.1 % at
    the size of a circle. Without shapes the views are empty.
    """
    _store(session, "circle_shapes", _SHAPES, [_shape_row(shape) for shape in shapes])
    good = [shape for shape in shapes if shape.valid and shape.circle_id]
    _store(session, "circle_overlaps", _OVERLAPS, _overlaps(good))
    _store(session, "outlet_places", _PLACES, [])
    if good and "outlets" in session.tables:
        _outlet_places(session, good)


def _store(session: Session, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Make one derived view of `rows`; all of them go over at once, as JSON, which is fast for thousands."""
    session.execute(f"CREATE TABLE derived.{name} ({columns})")
    if not rows:
        return
    session.derived.add(f"derived.{name}")
    names = [column.split()[0] for column in columns.split(", ")]
    path = Path(session.workdir.name) / f"{name}.json"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows)
    types = ", ".join(f"{sql.text(column.split()[0])}: {sql.text(column.split()[1])}" for column in columns.split(", "))
    session.execute(
        f"INSERT INTO derived.{name} SELECT {', '.join(names)} "
        f"FROM read_json({sql.text(str(path))}, format='newline_delimited', columns={{{types}}})"
    )
    path.unlink()


def read_shapes(path: Path | None) -> list[Shape]:
    """Read the polygons of circles.geojson; none without a file."""
    if path is None:
        return []
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
            if not _on_earth(geometry):
                shapes.append(Shape(str(circle_id) if circle_id else None, number, geometry, False, OFF_EARTH))
                continue
            valid, reason = geometry.is_valid, explain_validity(geometry)
        except (GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError):
            continue  # the reader has reported a feature that is no polygon (CD153)
        if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
            continue
        shapes.append(Shape(str(circle_id) if circle_id else None, number, geometry, valid, None if valid else reason))
    return shapes


def _on_earth(geometry: Any) -> bool:
    """Whether every coordinate is at most 180 degrees, so that swapped ones still pass and are told as such."""
    west, south, east, north = geometry.bounds
    return bool(-180 <= west <= east <= 180 and -180 <= south <= north <= 180)


def _scale(latitude: float) -> tuple[float, float]:
    """Metres of one degree of longitude and of latitude."""
    return METRES_PER_DEGREE * math.cos(math.radians(latitude)), METRES_PER_DEGREE


def _shape_row(shape: Shape) -> tuple[Any, ...]:
    if not shape.valid and shape.reason == OFF_EARTH:
        return (shape.circle_id, shape.feature, False, shape.reason, None, None, None)
    centre = shape.geometry.centroid
    across, along = _scale(centre.y)
    area = shape.geometry.area * across * along if shape.valid else None
    return (shape.circle_id, shape.feature, shape.valid, shape.reason, centre.x, centre.y, area)


def _overlaps(shapes: Sequence[Shape]) -> list[tuple[str, str, float]]:
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


def _outlet_places(session: Session, shapes: Sequence[Shape]) -> None:
    """Fill derived.outlet_places, circle by circle. Circles are numbered, so that no text goes back and forth."""
    import numpy as np
    import shapely

    _store(session, "numbered", "number BIGINT, circle_id VARCHAR", [(n, s.circle_id) for n, s in enumerate(shapes)])
    places = session.execute(
        "SELECT n.number, o._row, o.longitude, o.latitude FROM outlets o JOIN derived.numbered n USING (circle_id) "
        "WHERE o.longitude IS NOT NULL AND o.latitude IS NOT NULL ORDER BY n.number, o._row"
    ).fetchnumpy()
    starts = np.searchsorted(places["number"], np.arange(len(shapes) + 1))
    distances = np.zeros(len(places["_row"]))
    for shape, start, end in zip(shapes, starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        if start == end:
            continue
        across, along = _scale(shape.geometry.centroid.y)
        longitude, latitude = places["longitude"][start:end] * across, places["latitude"][start:end] * along
        plane = shapely.transform(shape.geometry, lambda points, a=across, b=along: points * [a, b])
        shapely.prepare(plane)
        out = np.flatnonzero(~shapely.contains_xy(plane, longitude, latitude))
        with np.errstate(all="ignore"):  # a shape of no size divides by zero and is reported as such
            distances[start + out] = shapely.distance(plane, shapely.points(longitude[out], latitude[out]))
    if len(distances):
        session.derived.add("derived.outlet_places")
        batch = {"_row": places["_row"], "number": places["number"], "distance_m": distances}
        circle = "(SELECT n.circle_id FROM derived.numbered n WHERE n.number = batch.number)"
        session.insert_numpy("derived.outlet_places", f"_row, {circle}, distance_m = 0, distance_m", batch)
