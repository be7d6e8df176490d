"""Reads a table of map features, CSV or GeoJSON, into rows of filled cells with their place in the file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from circledata.convert.model import ConversionError, SourceFile, SourceRow
from circledata.standard.model import Text

MAX_BYTES = 1 << 30
"""The file is held in memory; a province's features have about a tenth of this."""
_MAX_CELL = 64 << 20  # characters: the outline of a large area is one cell
_HSTORE = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")

Columns = Mapping[str, Sequence[str]]


def read_features(path: Path, columns: Columns) -> tuple[SourceFile, list[SourceRow], frozenset[str]]:
    """Return the file, its rows in order, and every column or tag that occurs.

    `columns` names, by purpose (geometry, tags, ignore), the columns that are no tags. ConversionError when the file
    cannot be read as text, or is neither CSV with a header nor a GeoJSON FeatureCollection.
    """
    raw = _read(path)
    encoding, text = _decode(raw, path.name)
    is_json = text.lstrip()[:1] == "{"
    rows = list(_geojson_rows(text, path.name) if is_json else _csv_rows(text, path.name, columns))
    rows = [_with_packed_tags(row, columns.get("tags", ())) for row in rows]
    source = SourceFile(path.name, len(raw), hashlib.sha256(raw).hexdigest(), encoding, "geojson" if is_json else "csv")
    return source, rows, frozenset(key for row in rows for key in row.cells)


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise ConversionError(Text(f"找不到文件 {path}。", f"There is no file {path}."))
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ConversionError(
            Text(
                f"{path.name} 有 {size >> 20} MB，超过一次能转换的 {MAX_BYTES >> 20} MB，请拆开再转。",
                f"{path.name} has {size >> 20} MB, more than the {MAX_BYTES >> 20} MB of one conversion. Split it.",
            )
        )
    return path.read_bytes()


def _decode(raw: bytes, name: str) -> tuple[str, str]:
    # The order that the whole project keeps: BOM, strict UTF-8, strict GB18030, refuse.
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    place = 0
    for encoding in candidates:
        try:
            return encoding.removesuffix("-sig"), raw.decode(encoding)
        except UnicodeDecodeError as error:
            place = place or error.start
    line = raw.count(b"\n", 0, place) + 1
    raise ConversionError(
        Text(
            f"{name} 不是 UTF-8 或 GB18030 文本：第 {line} 行、第 {place} 字节读不出来。请另存为 UTF-8 的 CSV。",
            f"{name} is neither UTF-8 nor GB18030 text: byte {place}, line {line}. Save it as UTF-8 CSV.",
        )
    )


def _csv_rows(text: str, name: str, columns: Columns) -> Iterator[SourceRow]:
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_CELL))
    first_line = text.partition("\n")[0]
    delimiter = max(",\t;|", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = [cell.strip() for cell in next(reader, [])]
    _check_header(header, name)
    geometry = next((header.index(column) for column in columns["geometry"] if column in header), None)
    skipped = {header.index(column) for column in columns.get("ignore", ()) if column in header} | {geometry}
    wanted = [(number, column) for number, column in enumerate(header) if number not in skipped and column]
    line = reader.line_num
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise ConversionError(
                Text(
                    f"{name} 从第 {line + 1} 行起读不出来：引号没有成对。请在原文件里修好这一行。",
                    f"{name} cannot be read from line {line + 1} on: quotes are not in pairs. Mend that line.",
                )
            ) from error
        if record is None:
            return
        start, line = line + 1, reader.line_num
        if not record:
            continue
        if len(record) != len(header):
            yield SourceRow(start, {}, broken=True)
            continue
        cells = {column: record[number] for number, column in wanted if record[number]}
        yield SourceRow(start, cells, None if geometry is None else record[geometry] or None)


def _check_header(header: list[str], name: str) -> None:
    filled = [cell for cell in header if cell]
    twice = next((cell for cell in filled if filled.count(cell) > 1), None)
    if twice is not None:
        raise ConversionError(
            Text(
                f"{name} 的表头里有两列都叫 {twice}，分不清用哪一列。",
                f"Two columns of {name} are called {twice}; it is not clear which one counts.",
            )
        )
    if not filled:
        raise ConversionError(Text(f"{name} 是空的，没有表头。", f"{name} is empty: it has no header."))


def _geojson_rows(text: str, name: str) -> Iterator[SourceRow]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f" {error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ConversionError(Text(f"{name} 不是完好的 JSON{place}。", f"{name} is not sound JSON{place}.")) from error
    features = content.get("features") if content.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        raise ConversionError(
            Text(f"{name} 不是 GeoJSON 的 FeatureCollection。", f"{name} is no GeoJSON FeatureCollection.")
        )
    extra = {"@timestamp": content["timestamp"]} if isinstance(content.get("timestamp"), str) else {}
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict):
            yield SourceRow(number, {}, broken=True)
            continue
        geometry = feature.get("geometry")
        yield SourceRow(
            number, {**extra, **_properties(feature)}, geometry if isinstance(geometry, dict) and geometry else None
        )


def _properties(feature: Mapping[str, Any]) -> dict[str, str]:
    properties = feature.get("properties")
    cells = _texts(properties) if isinstance(properties, dict) else {}
    if isinstance(feature.get("id"), str | int) and "@id" not in cells:
        cells["@id"] = str(feature["id"])
    return cells


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Return scalar values as texts; an object of tags is laid flat, other objects and empty values are dropped."""
    texts: dict[str, str] = {}
    for key, value in values.items():
        if isinstance(value, bool):
            texts[key] = "yes" if value else "no"
        elif isinstance(value, str | int | float):
            if value != "":
                texts[key] = str(value)
        elif key in {"tags", "other_tags", "all_tags"} and isinstance(value, dict):
            texts.update(_texts(value))
    return texts


def _with_packed_tags(row: SourceRow, columns: Sequence[str]) -> SourceRow:
    """Lay flat a cell that holds many tags, as JSON or in the form `"key"=>"value"` that GDAL writes."""
    packed = [column for column in columns if row.cells.get(column, "")[:1] in {'"', "{"}]
    if not packed:
        return row
    cells = dict(row.cells)
    for column in packed:
        text = cells[column]
        tags = _json_tags(text) if text.startswith("{") else _hstore_tags(text)
        if tags is not None:
            del cells[column]
            cells = {**tags, **cells}
    return SourceRow(row.number, cells, row.geometry, row.broken)


def _json_tags(text: str) -> dict[str, str] | None:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _texts(values) if isinstance(values, dict) else None


def _hstore_tags(text: str) -> dict[str, str]:
    return {_ESCAPE.sub(r"\1", key): _ESCAPE.sub(r"\1", value) for key, value in _HSTORE.findall(text) if value}
