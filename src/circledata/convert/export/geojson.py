"""Places of a package as GeoJSON (RFC 7946): WGS84, circles by their boundary, everything else by its point."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from circledata.convert.export.json_text import object_sql
from circledata.convert.export.opened import Source, SourceTable
from circledata.convert.export.places import LAT, LON, Places, find_places, points_of
from circledata.engine import sql

_TOLD = ("name", "title", "version", "created", "licenses", "contributors", "sources")


def write_geojson(source: Source, path: Path) -> dict[str, int]:
    """Write one FeatureCollection of all records of tables with coordinates; returns how many of each table.

    The members of a feature's properties are its filled cells with types and `_table`, the name of its table; longitude
    and latitude are in WGS84 like the geometry. A record without a place has the geometry null. The collection's own
    member `package` says what the package is.
    """
    places = find_places(source)
    with path.open("w", encoding="utf-8", newline="") as stream:
        about = json.dumps(_about(places), ensure_ascii=False)
        stream.write(f'{{"type":"FeatureCollection","package":{about},"features":[')
        before = "\n"
        for table in places.tables.values():
            for (feature,) in _features(table):
                stream.write(before + feature)
                before = ",\n"
        stream.write("\n]}\n")
    _note_left(places)
    return located_rows(places)


def _about(places: Places) -> dict[str, Any]:
    """Return what the package says of itself, with the coordinate system that the file has."""
    descriptor = places.source.package.descriptor or {}
    settings = descriptor.get("circledata")
    about = {key: descriptor[key] for key in _TOLD if key in descriptor}
    about["circledata"] = {**(settings if isinstance(settings, dict) else {}), "coordinate_system": "WGS84"}
    if places.shifted:
        about["converted_from"] = places.system
    return about


def _features(table: SourceTable) -> Any:
    """Yield each record as a feature, in the order of its table."""
    columns = [column for column in table.columns if column.name not in {LON, LAT}]
    properties = object_sql(
        columns,
        {"_table": sql.text(json.dumps(table.table.name))},
        {LON: "CAST(__lon AS VARCHAR)", LAT: "CAST(__lat AS VARCHAR)"},
    )
    identity = "''"
    if len(table.table.primary_key) == 1 and (column := table.loaded.by_name.get(table.table.primary_key[0])):
        identity = f"coalesce('\"id\":' || CAST(to_json({column.text}) AS VARCHAR) || ',', '')"
    point = "'{\"type\":\"Point\",\"coordinates\":[' || __lon || ',' || __lat || ']}'"
    geometry, join = f"coalesce({point}, 'null')", ""
    if table.table.name == "circles" and "circle_id" in table.loaded.by_name:
        geometry = f"coalesce(__shape, {point}, 'null')"
        join = 'LEFT JOIN g_shapes ON __circle = "circle_id"'
    parts = ['\'{"type":"Feature",\'', identity, "'\"geometry\":'", geometry, "',\"properties\":'", properties, "'}'"]
    feature = " || ".join(parts)
    return table.select([feature], extra=f"LEFT JOIN {points_of(table)} ON __at = _row {join} ORDER BY _row")


def located_rows(places: Places) -> dict[str, int]:
    """Return the records that were written, and note those without a place."""
    rows = {name: table.loaded.rows for name, table in places.tables.items()}
    for name, table in places.tables.items():
        if missing := table.loaded.rows - places.located[name]:
            if name == "circles" and places.shapes:
                continue
            title = table.table.title
            places.source.notes.add(
                f"{title.zh}（{name}）有 {missing} 条没有能用的坐标，写出时没有位置。",
                f"{missing} records of {title.en} ({name}) have no usable coordinates and are written without a place.",
            )
    return rows


def _note_left(places: Places) -> None:
    left = [name for name in places.source.tables if name not in places.tables]
    if left:
        places.source.notes.add(
            f"没有坐标的表不在文件里：{'、'.join(left)}。",
            f"Tables without coordinates are not in the file: {', '.join(left)}.",
        )
