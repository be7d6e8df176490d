"""Small packages of districts, all invented, that the tests of aggregation add up."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PLACES = {"620602": (102.64, 37.93), "620621": (103.09, 38.62), "620622": (102.90, 37.43), "620623": (103.14, 36.97)}
"""Four counties of one city, with a point in each: members of one aggregation."""
Row = Mapping[str, object]


def write_district(
    folder: Path,
    code: str = "620602",
    *,
    outlets: Sequence[Row] | None = None,
    communities: Sequence[Row] = (),
    facts: Mapping[str, Any] | None = None,
    more: Mapping[str, Sequence[Row]] | None = None,
    boundary: bool = False,
) -> Path:
    """Write a valid package of one circle and its outlets; `facts` change what it says of itself."""
    lon, lat = PLACES.get(code, PLACES["620602"])
    circle = {
        "circle_id": f"{code}-C001",
        "name": "示例生活圈",
        "division_code": code,
        "status": "building",
        "longitude": f"{lon:.6f}1",
        "latitude": f"{lat:.6f}1",
    }
    shops = outlets if outlets is not None else [shop(code, number) for number in range(1, 4)]
    tables = {
        "circles": [circle],
        "outlets": shops,
        "communities": [{"circle_id": f"{code}-C001", "name": "示例社区", **item} for item in communities],
        **(more or {}),
    }
    folder.mkdir(parents=True)
    resources = []
    for name, rows in tables.items():
        if rows:
            _csv(folder / f"{name}.csv", rows)
            resources.append({"name": name, "path": f"{name}.csv"})
    if boundary:
        _boundary(folder / "circles.geojson", f"{code}-C001", lon, lat)
        resources.append({"name": "circles-geojson", "path": "circles.geojson"})
    own = {"version": "1.0", "division_code": code, "as_of": "2024-12-31", "coordinate_system": "CGCS2000"}
    descriptor = {
        "name": f"district-{code}",
        "title": f"示例数据 {code}",
        "licenses": [{"name": "CC-BY-4.0"}],
        "contributors": [{"title": f"示例商务局 {code}", "roles": ["publisher"]}],
        "created": "2025-01-15T00:00:00Z",
        "resources": resources,
        "circledata": {**own, "profile": "open", "synthetic": True, **(facts or {})},
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return folder


def shop(code: str, number: int, **cells: object) -> Row:
    """Return a valid outlet about 100 m from the one before."""
    lon, lat = PLACES.get(code, PLACES["620602"])
    return {
        "outlet_id": f"{code}-O{number:06d}",
        "circle_id": f"{code}-C001",
        "name": f"示例便利店 {code} {number}",
        "category": "convenience-store",
        "address": f"示例路 {number} 号",
        "status": "open",
        "longitude": f"{lon + number * 0.0011:.6f}",
        "latitude": f"{lat + number * 0.0003:.6f}",
        **cells,
    }


def _csv(path: Path, rows: Sequence[Row]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _boundary(path: Path, circle: str, lon: float, lat: float) -> None:
    ring = [
        [lon - 0.006, lat - 0.005],
        [lon + 0.006, lat - 0.005],
        [lon + 0.006, lat + 0.005],
        [lon - 0.006, lat + 0.005],
    ]
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    feature = {"type": "Feature", "properties": {"circle_id": circle}, "geometry": shape}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file that the tool wrote."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
