"""Writes the package of a release: tables, boundaries and descriptor, in one form whatever form they came in.

Only what was checked is published: the tables of the standard, the boundaries with nothing but the circle that each
belongs to, and the descriptor. Other files of the package are left out and named.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from circledata.api import Examined
from circledata.convert.export.opened import Source, SourceTable, opened
from circledata.convert.export.result import Notes
from circledata.convert.export.run import package_directory
from circledata.convert.export.zip_file import add_file
from circledata.convert.output.package import json_bytes
from circledata.convert.output.write import DESCRIPTOR
from circledata.engine import sql
from circledata.feeds.writers_csv import write_csv
from circledata.sources.container import is_ignored
from circledata.sources.model import Meta
from circledata.sources.scan import hashes
from circledata.standard.model import Standard, Table
from circledata.standard.schemas import table_schema

BOUNDARIES = "circles.geojson"
SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"


@contextmanager
def source_of(examined: Examined, package: Path) -> Iterator[Source]:
    """Give the tables of a package that was checked, to be read.

    A workbook is read anew: what it carries on its hidden sheet, and what was mended in reading, is settled there.
    """
    if examined.package.kind == "workbook":
        with package_directory(package) as root, opened(root, str(package)) as source:
            yield source
        return
    yield loaded_source(examined, package)


def loaded_source(examined: Examined, root: Path) -> Source:
    """Return the tables of a package that was checked, as they stand in its session."""
    tables = {}
    for name, loaded in examined.session.tables.items():
        broken = f"SELECT count(*) FROM {sql.name('b_' + name)}"
        tables[name] = SourceTable(examined.session, loaded, examined.session.value(broken) if loaded.raw.staged else 0)
    return Source(examined.package, examined.session, root, tables)


def write_package(source: Source, said: Meta, folder: Path, notes: Notes) -> None:
    """Write the package into `folder`. `said`: what is known of it, options of the command included."""
    standard = source.package.standard
    tables = [source.tables[name] for name in standard.tables if name in source.tables]
    before = _resources(source.package.descriptor or {})
    names = {table.table.name for table in tables}
    resources = []
    for table in tables:
        path = folder / f"{table.table.name}.csv"
        columns = write_csv(table, path)
        resources.append(_table_resource(table.table, columns, path, standard, names, before))
        _note_broken(table, notes)
    if source.package.boundaries is not None:
        path = folder / BOUNDARIES
        path.write_bytes(_boundaries(source.package.boundaries))
        resources.append(_file(before.get("circles-geojson", {}), "circles-geojson", path, "application/geo+json"))
    _note_left_out(source, {str(resource["name"]) for resource in resources}, notes)
    (folder / DESCRIPTOR).write_bytes(json_bytes(_descriptor(source, said, resources)))


def _resources(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the resources of a descriptor by their names."""
    found = descriptor.get("resources")
    given = [item for item in (found if isinstance(found, list) else ()) if isinstance(item, dict)]
    return {str(item.get("name")): item for item in given}


def _table_resource(
    table: Table,
    columns: list[str],
    path: Path,
    standard: Standard,
    names: set[str],
    before: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    schema = table_schema(table, standard, names)
    known = {field["name"] for field in schema["fields"]}
    schema["fields"] += [{"name": name, "type": "string"} for name in columns if name not in known]
    resource = _file({"title": table.title.zh, **before.get(table.name, {})}, table.name, path, "text/csv")
    return {**resource, "schema": schema}


def _file(before: Mapping[str, Any], name: str, path: Path, media_type: str) -> dict[str, Any]:
    """Describe a file; what the publisher said of it stays."""
    kept = {key: before[key] for key in ("title", "description", "licenses", "sources") if key in before}
    kind = path.suffix.removeprefix(".")
    return {
        "name": name,
        **kept,
        "path": path.name,
        "format": kind,
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hashes(path, {'sha256'})['sha256']}",
    }


def _boundaries(path: Path) -> bytes:
    """Return the boundaries with the circle that each belongs to and nothing else: no rule has checked the rest."""
    content = json.loads(path.read_bytes().decode("utf-8-sig"))
    features = content.get("features") if isinstance(content, dict) else None
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "geometry": feature.get("geometry"),
                "properties": {"circle_id": (feature.get("properties") or {}).get("circle_id")},
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for feature in (features if isinstance(features, list) else ())
        if isinstance(feature, dict) and isinstance(feature.get("properties") or {}, dict)
    ]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def _descriptor(source: Source, said: Meta, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the descriptor with what the command was told, and the files as they are here."""
    before = source.package.descriptor or {}
    own = before.get("circledata")
    told = {"division_code": said.division_code, "as_of": said.as_of and said.as_of.isoformat()}
    told |= {"coordinate_system": said.coordinate_system}
    settings = {**(own if isinstance(own, dict) else {}), **{key: value for key, value in told.items() if value}}
    kept = {key: value for key, value in before.items() if key not in {"$schema", "resources", "circledata"}}
    return {"$schema": SCHEMA, **kept, "circledata": settings, "resources": resources}


def _note_broken(table: SourceTable, notes: Notes) -> None:
    if table.broken:
        notes.add(
            f"{table.table.name} 有 {table.broken} 行分不清各列，没有发布。",
            f"{table.broken} rows of {table.table.name} cannot be told apart into columns; they were not published.",
        )


def _note_left_out(source: Source, written: set[str], notes: Notes) -> None:
    """Name the files of the package that are no part of the standard: nobody has checked what is in them."""
    names = [name for name in _resources(source.package.descriptor or {}) if name not in written]
    left = [name for name in names if name not in source.tables and not is_ignored(name)]
    if left:
        notes.add(
            f"标准以外的文件没有检查过，没有发布：{'、'.join(left)}。",
            f"Files that are no part of the standard were not checked and not published: {', '.join(left)}.",
        )


def write_zip(package: Path, target: Path) -> None:
    """Write the package of a release as a ZIP archive; the same files give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(package.iterdir()):
            add_file(archive, path, path.name)
