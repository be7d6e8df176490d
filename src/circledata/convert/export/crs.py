"""Coordinate reference systems as PROJJSON, as GeoParquet wants them; from the EPSG registry and OGC's CRS84.

Coordinates are longitude before latitude in every file, whatever order of axes a system defines: GeoParquet says so.
"""

from __future__ import annotations

from typing import Any

_SCHEMA = "https://proj.org/schemas/v0.7/projjson.schema.json"


def _axis(name: str, short: str, direction: str) -> dict[str, str]:
    return {"name": name, "abbreviation": short, "direction": direction, "unit": "degree"}


_LON = _axis("Geodetic longitude", "Lon", "east")
_LAT = _axis("Geodetic latitude", "Lat", "north")

CRS84: dict[str, Any] = {
    "$schema": _SCHEMA,
    "type": "GeographicCRS",
    "name": "WGS 84 (CRS84)",
    "datum": {
        "type": "GeodeticReferenceFrame",
        "name": "World Geodetic System 1984",
        "ellipsoid": {"name": "WGS 84", "semi_major_axis": 6378137, "inverse_flattening": 298.257223563},
    },
    "coordinate_system": {"subtype": "ellipsoidal", "axis": [_LON, _LAT]},
    "id": {"authority": "OGC", "code": "CRS84"},
}
CGCS2000: dict[str, Any] = {
    "$schema": _SCHEMA,
    "type": "GeographicCRS",
    "name": "China Geodetic Coordinate System 2000",
    "datum": {
        "type": "GeodeticReferenceFrame",
        "name": "China 2000",
        "ellipsoid": {"name": "CGCS2000", "semi_major_axis": 6378137, "inverse_flattening": 298.257222101},
    },
    "coordinate_system": {"subtype": "ellipsoidal", "axis": [_LAT, _LON]},
    "id": {"authority": "EPSG", "code": 4490},
}
