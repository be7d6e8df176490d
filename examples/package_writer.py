"""Writes an example package: tables, boundaries and descriptor; the same rows give the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from circledata.standard import Standard, load_standard
from circledata.standard.schemas import table_schema

Row = Mapping[str, object]

CREATED = "2026-11-21T00:00:00+08:00"
"""When the examples were put together. A constant, because the same rows have to give the same bytes."""
PUBLISHER = {"title": "circledata 贡献者", "roles": ["publisher"]}
LICENSE = {"name": "CC-BY-4.0", "title": "知识共享署名 4.0 国际许可"}
EXCHANGE_LICENSE = {"name": "LicenseRef-exchange-only", "title": "仅供机关之间交换"}


@dataclass(frozen=True)
class Example:
    """Everything that an example package holds, before it is written."""

    name: str
    title: str
    description: str
    version: str
    division_code: str
    as_of: str
    tables: Mapping[str, Sequence[Row]]
    synthetic: bool
    sources: Sequence[Mapping[str, str]] = ()
    profile: str = "open"
    coordinate_system: str = "CGCS2000"
    extensions: Mapping[str, str] = field(default_factory=dict)
    boundaries: Mapping[str, Any] | None = None
    documents: Mapping[str, str] = field(default_factory=dict)
    """Texts that lie beside the data and follow from the script too, by path."""


def cell(value: object) -> str:
    """Write one value as the standard wants it: nothing for None, true or false, decimals, lists joined by `;`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ";".join(str(item) for item in value)
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def csv_text(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return the rows as CSV with a header; ValueError when a row has a cell that no column takes."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        if unknown := set(row) - set(columns):
            raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
        writer.writerow([cell(row.get(column)) for column in columns])
    return stream.getvalue()


def local_categories(prefix: str, entries: Sequence[tuple[str, str, str]]) -> list[Row]:
    """Return rows of `categories` for a place's own list: (standard code, local name, local class) each."""
    return [
        {"category": f"{prefix}-{parent}", "name": name, "parent": parent, "class": group}
        for parent, name, group in entries
    ]


def files_of(example: Example) -> dict[str, bytes]:
    """Return every file of the package by its path, the descriptor included."""
    standard = load_standard("1.0", example.extensions)
    files: dict[str, bytes] = {}
    resources = []
    for name in (table for table in standard.tables if table in example.tables):
        path = f"{name}.csv"
        columns = [item.name for item in standard.tables[name].fields]
        files[path] = csv_text(columns, example.tables[name]).encode()
        resources.append(_table_resource(name, standard, set(example.tables), files[path]))
    if example.boundaries is not None:
        files["circles.geojson"] = (json.dumps(example.boundaries, ensure_ascii=False, indent=1) + "\n").encode()
        resources.append(_boundaries_resource(files["circles.geojson"]))
    files["datapackage.json"] = (
        json.dumps(_descriptor(example, resources), ensure_ascii=False, indent=1) + "\n"
    ).encode()
    files |= {path: text.encode() for path, text in example.documents.items()}
    return files


def write(example: Example, folder: Path) -> None:
    """Write the package into `folder`; files that are there and do not belong to it stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in files_of(example).items():
        (folder / path).write_bytes(content)


def _digest(content: bytes) -> dict[str, object]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _table_resource(name: str, standard: Standard, tables: set[str], content: bytes) -> dict[str, Any]:
    table = standard.tables[name]
    return {
        "name": name,
        "type": "table",
        "title": table.title.zh,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_digest(content),
        "schema": table_schema(table, standard, tables),
    }


def _boundaries_resource(content: bytes) -> dict[str, Any]:
    return {
        "name": "circles-geojson",
        "title": "生活圈边界",
        "path": "circles.geojson",
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        **_digest(content),
    }


def _descriptor(example: Example, resources: list[dict[str, Any]]) -> dict[str, Any]:
    circledata: dict[str, Any] = {
        "version": "1.0",
        "division_code": example.division_code,
        "as_of": example.as_of,
        "coordinate_system": example.coordinate_system,
        "profile": example.profile,
        "synthetic": example.synthetic,
    }
    if example.extensions:
        circledata["extensions"] = dict(example.extensions)
    descriptor: dict[str, Any] = {
        "name": example.name,
        "title": example.title,
        "description": example.description,
        "version": example.version,
        "created": CREATED,
        "licenses": [EXCHANGE_LICENSE if example.profile == "exchange" else LICENSE],
        "contributors": [PUBLISHER],
    }
    if example.sources:
        descriptor["sources"] = [dict(source) for source in example.sources]
    return {**descriptor, "circledata": circledata, "resources": resources}
