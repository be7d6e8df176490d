"""Points of a GeoJSON that is not from OpenStreetMap, laid into columns that a mapping's place step can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from circledata.convert.model import SourceRow, SourceTable
from circledata.convert.osm.places import place_of

LONGITUDE, LATITUDE = "@longitude", "@latitude"
"""Columns that no file has; the place step takes them where the file has no columns of coordinates of its own."""


def with_points(table: SourceTable) -> SourceTable:
    """Return a table whose rows with a point for a geometry have its degrees as texts in two more columns.

    The numbers are those of the file. Lines and areas have no place of their own here, and points beyond ±180 and ±90
    degrees are none.
    """
    if all(row.geometry is None for row in table.rows):
        return table
    rows = [_with_point(row) for row in table.rows]
    if all(new is old for new, old in zip(rows, table.rows, strict=True)):
        return table
    return replace(table, rows=rows, header=(*table.header, LONGITUDE, LATITUDE))


def _with_point(row: SourceRow) -> SourceRow:
    geometry = row.geometry
    if isinstance(geometry, Mapping):
        pair = geometry.get("coordinates") if geometry.get("type") == "Point" else None
        if not isinstance(pair, list | tuple) or len(pair) < 2:
            return row
        texts = [repr(degrees) if isinstance(degrees, float) else str(degrees) for degrees in pair[:2]]
        place = place_of(None, {LONGITUDE: texts[0], LATITUDE: texts[1]}, (LONGITUDE,), (LATITUDE,))
    else:
        place = place_of(geometry, {}, (), ()) if geometry and "POINT" in geometry.upper() else None
    if place is None or place.kind != "POINT":
        return row
    cells = {**row.cells, LONGITUDE: place.longitude, LATITUDE: place.latitude}
    return SourceRow(row.number, cells, geometry, row.broken)
