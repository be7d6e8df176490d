"""Reads a table of map features, CSV or GeoJSON, into rows of tags with their geometry apart."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from circledata.convert.model import SourceFile, SourceRow, SourceTable
from circledata.convert.read.flat import flatten
from circledata.convert.read.kinds import kind_of
from circledata.convert.read.layout import Layout
from circledata.convert.read.objects import read_objects
from circledata.convert.read.tables import read_tables
from circledata.convert.read.text import Place
from circledata.convert.read.words import refuse
from circledata.sources.model import Limits

_HSTORE = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_SECOND = re.compile(r"(.+) \([0-9]+\)")

_TRUTH = {"true": "yes", "false": "no"}
"""How tags say what JSON has words of its own for."""
_JSON = frozenset(("json", "jsonl", "geojson"))

Columns = Mapping[str, Sequence[str]]


def read_feature_rows(path: Path, columns: Columns) -> tuple[SourceFile, list[SourceRow], frozenset[str]]:
    """Return the file, its rows in order, and every column or tag that occurs.

    `columns` names, by purpose (geometry, tags, ignore), the columns that are no tags. ConversionError when the file
    cannot be read as text, or is neither CSV with a header nor a GeoJSON FeatureCollection.
    """
    place = Place(path, path.name)
    kind = kind_of(place, Limits())
    if kind == "json":
        table = read_objects(place, Layout(), repair=False)
        if table.file.format != "geojson":
            raise refuse("not-features", name=place.name)
    else:
        table = read_tables(path, Layout(header=(1,)) if kind == "csv" else None)[0]
        _once_each(table)
    rows = feature_rows(table, columns)
    return table.file, rows, frozenset(key for row in rows for key in row.cells)


def feature_rows(table: SourceTable, columns: Columns) -> list[SourceRow]:
    """Return the rows of a table with the geometry taken out of its column, and packed tags laid flat.

    `columns` as for `read_feature_rows`.
    """
    geometry = next((column for column in columns.get("geometry", ()) if column in table.header), None)
    dropped = {column for column in columns.get("ignore", ()) if column in table.header} | {geometry}
    packed = [column for column in columns.get("tags", ()) if column in table.header]
    rows = []
    for row in table.rows:
        shape = row.geometry if geometry is None else row.cells.get(geometry) or row.geometry
        cells = {name: text for name, text in row.cells.items() if name not in dropped}
        if table.file.format in _JSON:
            cells = _tags(cells)
        rows.append(SourceRow(row.number, _unpacked(cells, packed), shape, row.broken))
    return rows


def _tags(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: _TRUTH.get(text, text) for name, text in cells.items()}


def _once_each(table: SourceTable) -> None:
    """Refuse a table in which two columns have one name: a tag cannot have two values."""
    for name in table.header:
        found = _SECOND.fullmatch(name)
        if found and found.group(1) in table.header:
            raise refuse("header-twice", name=table.file.name, column=found.group(1))


def _unpacked(cells: dict[str, str], columns: Sequence[str]) -> dict[str, str]:
    """Lay flat a cell that holds many tags, as JSON or in the form `"key"=>"value"` that GDAL writes."""
    for column in columns:
        text = cells.get(column, "")
        if text[:1] in {'"', "{"}:
            tags = _json_tags(text) if text.startswith("{") else _hstore_tags(text)
            if tags is not None:
                cells = {**tags, **{name: value for name, value in cells.items() if name != column}}
    return cells


def _json_tags(text: str) -> dict[str, str] | None:
    try:
        values: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _tags(flatten(values)) if isinstance(values, dict) else None


def _hstore_tags(text: str) -> dict[str, str]:
    return {_ESCAPE.sub(r"\1", key): _ESCAPE.sub(r"\1", value) for key, value in _HSTORE.findall(text) if value}
