"""Where the records of a package are, in WGS84: points of its tables and boundaries of its circles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from circledata.convert.export.opened import Source, SourceTable
from circledata.convert.model import ConversionError
from circledata.engine import sql
from circledata.standard.model import Text
from circledata.values.coordinates import SYSTEMS, System

if TYPE_CHECKING:
    from numpy.typing import NDArray

LON, LAT = "longitude", "latitude"
DECIMALS = 7
"""Of coordinates that were converted: a centimetre, which is how exact the conversion is."""
_SAME: frozenset[str] = frozenset({"WGS84", "CGCS2000"})
"""Systems whose coordinates are WGS84 as they stand: the difference can be neglected (code list of the standard)."""


@dataclass
class Places:
    """Where everything is. `shifted`: the coordinates are not those of the package, but converted to WGS84.

    Each table of `tables` has a database table `g_<name>` with `__at` (the record), `__lon`, `__lat` of its records
    with a place; `g_shapes` has `__circle` and `__shape`, the boundary as a GeoJSON geometry.
    """

    source: Source
    system: System
    shifted: bool
    tables: Mapping[str, SourceTable]
    shapes: dict[str, dict[str, Any]] = field(default_factory=dict)
    located: dict[str, int] = field(default_factory=dict)


def find_places(source: Source, wanted: str | None = None) -> Places:
    """Work out the places of all tables that have coordinates, or of the one `wanted`.

    ConversionError when the package does not say its coordinate system, or no table has coordinates.
    """
    system = source.package.meta.coordinate_system
    tables = {name: table for name, table in source.tables.items() if has_places(table)}
    if not tables:
        raise ConversionError(
            Text(
                "数据包里没有带经纬度的表，没有写入。请换一种格式，例如 .xlsx 或 .sqlite。",
                "No table of the package has coordinates; nothing was written. Choose another form, such as .xlsx.",
            )
        )
    if system not in SYSTEMS:
        raise ConversionError(
            Text(
                "数据包没有写明坐标系，不能转换成 WGS84，没有写入。请在 datapackage.json 里填 coordinate_system。",
                "The package does not say its coordinate system, so nothing can be converted to WGS84; nothing was "
                "written. Fill in coordinate_system in datapackage.json.",
            )
        )
    places = Places(source, system, system not in _SAME, {n: t for n, t in tables.items() if wanted in {None, n}})
    for name, table in places.tables.items():
        places.located[name] = _points(places, table)
    if "circles" in places.tables:
        places.shapes = dict(_shapes(places))
    _define_shapes(places)
    if places.shifted:
        source.notes.add(f"坐标已从 {system} 转换成 WGS84。", f"The coordinates were converted from {system} to WGS84.")
    return places


def has_places(table: SourceTable) -> bool:
    """Tell whether a table has columns of longitude and latitude."""
    return {LON, LAT} <= table.loaded.by_name.keys()


def _points(places: Places, table: SourceTable) -> int:
    """Store the points of a table in WGS84; returns how many there are."""
    import numpy as np

    session = table.session
    target = points_of(table)
    session.execute(f"CREATE TABLE {target} (__at BIGINT, __lon DOUBLE, __lat DOUBLE)")
    rows = session.connection.execute(
        f"SELECT _row, {LON} AS lon, {LAT} AS lat FROM {table.view} WHERE {LON} BETWEEN -180 AND 180 "
        f"AND {LAT} BETWEEN -90 AND 90 ORDER BY _row"
    ).fetchnumpy()
    lon, lat = _converted(np.asarray(rows["lon"], float), np.asarray(rows["lat"], float), places)
    if len(lon):
        session.insert_numpy(target, "row, lon, lat", {"row": np.asarray(rows["_row"]), "lon": lon, "lat": lat})
    return len(lon)


def points_of(table: SourceTable) -> str:
    """Return the database table of a table's points."""
    return sql.name(f"g_{table.table.name}")


def _converted(lon: NDArray[Any], lat: NDArray[Any], places: Places) -> tuple[NDArray[Any], NDArray[Any]]:
    if not places.shifted or not len(lon):
        return lon, lat
    from circledata.values.shift import convert

    east, north = convert(lon, lat, places.system, "WGS84")
    return east.round(DECIMALS), north.round(DECIMALS)


def _shapes(places: Places) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the boundary of each circle that has one that can be drawn; the first where there are several."""
    path = places.source.package.boundaries
    if path is None:
        return
    seen, left = set(), 0
    for feature in json.loads(path.read_bytes().decode("utf-8-sig"))["features"]:
        try:
            circle, geometry = feature["properties"]["circle_id"], feature["geometry"]
            shape = {"type": geometry["type"], "coordinates": _turned(geometry, places)}
        except (KeyError, TypeError, ValueError, IndexError):
            left += 1
            continue
        if isinstance(circle, str) and circle not in seen:
            seen.add(circle)
            yield circle, shape
    if left:
        places.source.notes.add(
            f"有 {left} 条边界不能用，没有写出。", f"{left} boundaries cannot be used; they were not written."
        )


def _turned(geometry: Mapping[str, Any], places: Places) -> list[Any]:
    """Return the coordinates of a polygon or multipolygon in WGS84, outer rings anticlockwise, as RFC 7946 has it."""
    if geometry["type"] not in {"Polygon", "MultiPolygon"}:
        raise ValueError(geometry["type"])
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    turned = [[_ring(ring, place == 0, places) for place, ring in enumerate(polygon)] for polygon in polygons]
    return cast("list[Any]", turned[0]) if geometry["type"] == "Polygon" else turned


def _ring(ring: list[list[float]], outer: bool, places: Places) -> list[list[float]]:
    import numpy as np

    points = np.array([position[:2] for position in ring], float)
    if len(points) < 4 or not np.isfinite(points).all() or (np.abs(points) > (180, 90)).any():
        raise ValueError("ring")
    lon, lat = _converted(points[:, 0], points[:, 1], places)
    # Twice the area: above zero when the ring runs anticlockwise.
    area = float(np.sum(lon[:-1] * lat[1:] - lon[1:] * lat[:-1]))
    positions = np.column_stack([lon, lat]).tolist()
    return cast("list[list[float]]", positions if (area > 0) == outer else positions[::-1])


def _define_shapes(places: Places) -> None:
    connection = places.source.session.connection
    connection.execute("CREATE TABLE g_shapes (__circle VARCHAR, __shape VARCHAR)")
    if places.shapes:
        rows = [[circle, json.dumps(shape, separators=(",", ":"))] for circle, shape in places.shapes.items()]
        connection.executemany("INSERT INTO g_shapes VALUES (?, ?)", rows)
