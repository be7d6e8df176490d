"""Tells which known source a file comes from, by its columns or its shapes; never by columns that any list may have.

A source is named in the package as where the data comes from, so it is taken only where that is sure. The same rule
holds for `convert` without --from and for --suggest.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from circledata.convert.mapping.headers import Header
from circledata.convert.mapping.model import Mapping, load_mapping, mapping_names
from circledata.convert.mapping.synonyms import deciding_words
from circledata.convert.model import SourceTable
from circledata.convert.read.features import feature_rows
from circledata.convert.records.unpack import unpack
from circledata.sources.header import key
from circledata.standard import Standard

GENERAL = "table"
"""The mapping of any list; it is tried when no known source is sure."""
_LOOKED_AT = 200


@dataclass(frozen=True)
class Fit:
    """A mapping whose columns a table has. `sure`: the table has columns that no ordinary list has."""

    mapping: Mapping
    header: Header
    sure: bool


def known_columns(standard: Standard) -> frozenset[str]:
    """Return the names of columns by which known sources are recognised."""
    mappings = [load_mapping(name, standard.version) for name in mapping_names(standard.version)]
    return frozenset(column for mapping in mappings for group in mapping.recognise for column in group)


def fits(tables: Sequence[SourceTable], standard: Standard) -> list[Fit]:
    """Return the known sources whose columns one of the tables has, those that are sure first, each once.

    A list headed by the standard's own words (业态, 网点名称) is somebody's own list, whatever else it has.
    """
    found: dict[str, Fit] = {}
    for name in mapping_names(standard.version):
        mapping = load_mapping(name, standard.version)
        if name == GENERAL or not mapping.recognise:
            continue
        for table in tables:
            fit = _fit(mapping, table, standard)
            if fit is not None and (name not in found or (fit.sure and not found[name].sure)):
                found[name] = fit
    return sorted(found.values(), key=lambda fit: not fit.sure)


def _fit(mapping: Mapping, table: SourceTable, standard: Standard) -> Fit | None:
    header = _header(mapping, table)
    groups = [header.all_of(group) for group in mapping.recognise]
    if not all(groups):
        return None
    special = [{key(column) for column in group} - _ordinary(standard.version) for group in groups]
    seldom = deciding_words(standard.version, "seldom")
    sure = bool(set().union(*special) - seldom) or len(special[-1] & seldom) > 1
    if "tables" in mapping.raw and "lifecycle" not in mapping.raw:
        sure = sure and not {key(column) for column in table.header} & _own_titles(standard.version)
    return Fit(mapping, header, sure)


@cache
def _ordinary(version: str) -> frozenset[str]:
    """Return the names of columns that any list may have: the standard's, and those of mappings/table.yaml."""
    return frozenset(map(key, (*_titles(version), *_usual(version))))


def _usual(version: str) -> list[str]:
    found: list[str] = []
    for rule in load_mapping(GENERAL, version).tables.values():
        found += [column for field in rule.fields.values() for column in field.columns]
        found += rule.id_columns
        for section, names in {
            "category": ("from", "names"),
            "brand": ("from",),
            "place": ("longitude", "latitude", "both"),
        }.items():
            found += [column for name in names for column in rule.columns_of(section, name)]
    return found


def _titles(version: str) -> list[str]:
    from circledata.standard import load_standard

    tables = load_standard(version).tables.values()
    return [text for table in tables for field in table.fields for text in (field.name, field.title.zh, field.title.en)]


@cache
def _own_titles(version: str) -> frozenset[str]:
    """Return the Chinese titles of fields that no known source has as a column."""
    from circledata.convert.mapping.columns import known_headers
    from circledata.standard import load_standard

    standard = load_standard(version)
    theirs: set[str] = set()
    for name in mapping_names(version):
        if name != GENERAL:
            theirs.update(map(key, known_headers(load_mapping(name, version), standard)))
    titles = {key(field.title.zh) for table in standard.tables.values() for field in table.fields}
    return frozenset(titles - theirs - deciding_words(version, "anybodys"))


def _header(mapping: Mapping, table: SourceTable) -> Header:
    """Return the columns of the first rows as the mapping would see them."""
    head = replace(table, rows=table.rows[:_LOOKED_AT])
    found = dict.fromkeys((*table.header, *(name for row in head.rows for name in row.cells)))
    if "lifecycle" in mapping.raw:
        found |= dict.fromkeys(name for row in feature_rows(head, mapping.read) for name in row.cells)
    elif "unpack" in mapping.read:
        found |= dict.fromkeys(unpack(head, mapping.read["unpack"]).header)
    return Header(tuple(found))


def has_areas(tables: Sequence[SourceTable]) -> bool:
    """Tell whether the features of a file are areas: boundaries, not outlets."""
    rows = [row for table in tables if table.file.format == "geojson" for row in table.rows[:50]]
    shapes = [row.geometry.get("type") for row in rows if not isinstance(row.geometry, str | None)]
    return bool(shapes) and all(shape in {"Polygon", "MultiPolygon"} for shape in shapes)


def is_shapefile(path: Path) -> bool:
    """Tell whether a file is a shapefile, or a ZIP with one in it."""
    if path.suffix.lower() == ".shp":
        return path.is_file()
    if path.suffix.lower() != ".zip" or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return any(name.lower().endswith(".shp") for name in archive.namelist())
