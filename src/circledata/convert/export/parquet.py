"""Tables as Parquet with types; those with coordinates as GeoParquet 1.1 in WGS84, readable wherever that is known."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from circledata.convert.export.crs import CGCS2000, CRS84
from circledata.convert.export.extra import descriptor_bytes
from circledata.convert.export.geojson import located_rows
from circledata.convert.export.opened import Source, SourceTable
from circledata.convert.export.places import LAT, LON, Places, find_places, has_places, points_of
from circledata.convert.export.typed import typed_columns
from circledata.convert.model import ConversionError
from circledata.convert.output.write import DESCRIPTOR
from circledata.engine import sql
from circledata.standard.model import Text

GEOMETRY = "geometry"


def write_one(source: Source, path: Path, table: str | None, stem: str) -> dict[str, int]:
    """Write one table to one file; returns its records. ConversionError when there is no table of that name."""
    located = [name for name, item in source.tables.items() if has_places(item)]
    if table is not None and table not in source.tables:
        known_zh, known_en = "、".join(source.tables), ", ".join(source.tables)
        raise ConversionError(
            Text(
                f"数据包里没有表 {table}。有这些表：{known_zh}。",
                f"The package has no table {table}. It has: {known_en}.",
            )
        )
    order = [stem, "outlets", *located, *source.tables]
    name = table or next(item for item in order if item in source.tables)
    if table is None and len(source.tables) > 1:
        source.notes.add(
            f"一个 .parquet 文件放一张表，写出的是 {name}。要全部的表，写到一个没有后缀的文件夹名。",
            f"A .parquet file holds one table; this one is {name}. For all of them, write to a name without an ending.",
        )
    if name in located:
        places = find_places(source, name)
        write_located(places, source.tables[name], path)
        return located_rows(places)
    _write_plain(source, source.tables[name], path)
    return {name: source.tables[name].loaded.rows}


def write_all(source: Source, folder: Path) -> None:
    """Write every table to a file of its own in `folder`, and the package's descriptor and boundaries beside them.

    Tables with coordinates are GeoParquet in WGS84; when the package does not say its coordinate system they are plain
    Parquet with the numbers as they stand. The boundaries stay as they are in any case.
    """
    places = None
    if source.package.meta.coordinate_system and any(map(has_places, source.tables.values())):
        places = find_places(source)
    for name, table in source.tables.items():
        if places and name in places.tables:
            write_located(places, table, folder / f"{name}.parquet")
        else:
            _write_plain(source, table, folder / f"{name}.parquet")
    descriptor = source.package.descriptor
    if descriptor is not None:
        content = json.dumps(_descriptor(source), ensure_ascii=False, indent=2) + "\n"
        (folder / DESCRIPTOR).write_text(content, encoding="utf-8", newline="")
    if source.package.boundaries_file:
        target = folder / source.package.boundaries_file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.root / source.package.boundaries_file, target)


def _descriptor(source: Source) -> dict[str, Any]:
    """Return the descriptor with the Parquet files as resources."""
    resources: list[Any] = []
    for resource in (source.package.descriptor or {}).get("resources") or []:
        name = resource.get("name") if isinstance(resource, dict) else None
        if name in source.tables:
            kept = {
                key: value for key, value in resource.items() if key not in {"bytes", "hash", "encoding", "dialect"}
            }
            media = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
            resources.append({**kept, "path": f"{name}.parquet", **media})
        elif isinstance(resource, dict) and resource.get("path") == source.package.boundaries_file:
            resources.append(resource)
    return {**(source.package.descriptor or {}), "resources": resources}


def _write_plain(source: Source, table: SourceTable, path: Path) -> None:
    items = [f"{expression} AS {sql.name(name)}" for name, (expression, _) in typed_columns(source, table).items()]
    _copy(source, f"SELECT {', '.join(items)} FROM {table.view} ORDER BY _row", path, {})


def write_located(places: Places, table: SourceTable, path: Path) -> None:
    """Write a table with a column of geometry, WKB in WGS84 (CGCS2000 where the package has that)."""
    columns = typed_columns(places.source, table)
    columns |= {LON: ("__lon", "DOUBLE"), LAT: ("__lat", "DOUBLE")} if places.shifted else {}
    geometry = GEOMETRY
    while any(geometry == name.lower() for name in columns):
        geometry += "_"
    shape, join = "NULL::GEOMETRY", ""
    if table.table.name == "circles" and "circle_id" in table.loaded.by_name:
        shape, join = "ST_GeomFromGeoJSON(__shape)", 'LEFT JOIN g_shapes ON __circle = "circle_id"'
    point = "('POINT(' || __lon || ' ' || __lat || ')')::GEOMETRY"
    items = [f"{expression} AS {sql.name(name)}" for name, (expression, _) in columns.items()]
    query = (
        f"SELECT {', '.join([*items, f'ST_AsWKB(coalesce({shape}, {point})) AS {sql.name(geometry)}'])} "
        f"FROM {table.view} LEFT JOIN {points_of(table)} ON __at = _row {join} ORDER BY _row"
    )
    geo = {"version": "1.1.0", "primary_column": geometry, "columns": {geometry: _geometry(places, table)}}
    _copy(places.source, query, path, {"geo": json.dumps(geo)})


def _geometry(places: Places, table: SourceTable) -> dict[str, Any]:
    """Return what GeoParquet says of a column: encoding, kinds of geometry, the box around all, the system."""
    run, bounded = table.session.connection.execute, "SELECT NULL::BIGINT AS row, NULL::VARCHAR AS circle WHERE false"
    if table.table.name == "circles" and "circle_id" in table.loaded.by_name:
        bounded = f'SELECT _row AS row, __circle AS circle FROM {table.view} JOIN g_shapes ON __circle = "circle_id"'
    circles = run(f"SELECT DISTINCT circle FROM ({bounded}) ORDER BY circle").fetchall()
    shapes = [places.shapes[circle] for (circle,) in circles]
    boxes = [_box(shape["coordinates"]) for shape in shapes]
    kinds = {str(shape["type"]) for shape in shapes}
    (points,) = run(
        f"SELECT min(__lon), min(__lat), max(__lon), max(__lat) FROM {points_of(table)} "
        f"WHERE __at NOT IN (SELECT row FROM ({bounded}))"
    ).fetchall()
    if points[0] is not None:
        boxes.append(points)
        kinds.add("Point")
    told: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(kinds),
        "crs": CGCS2000 if places.system == "CGCS2000" else CRS84,
        "orientation": "counterclockwise",
    }
    if boxes:
        west, south, east, north = zip(*boxes, strict=True)
        told["bbox"] = [min(west), min(south), max(east), max(north)]
    return told


def _box(coordinates: Any) -> tuple[float, float, float, float]:
    if isinstance(coordinates[0], float | int):
        return coordinates[0], coordinates[1], coordinates[0], coordinates[1]
    west, south, east, north = zip(*map(_box, coordinates), strict=True)
    return min(west), min(south), max(east), max(north)


def _copy(source: Source, query: str, path: Path, metadata: dict[str, str]) -> None:
    """Write the rows of a query; the descriptor is in every file, so that none is without its source and licence."""
    told = {**metadata, "datapackage": (descriptor_bytes(source) or b"").decode("utf-8", "replace")}
    pairs = ", ".join(f"{name}: {sql.text(value)}" for name, value in told.items() if value)
    more = f", KV_METADATA {{{pairs}}}" if pairs else ""
    # As written, not through `execute`: the descriptor may hold what looks like a parameter.
    source.session.connection.execute(
        f"COPY ({query}) TO {sql.text(str(path))} (FORMAT parquet, COMPRESSION zstd{more})"
    )
