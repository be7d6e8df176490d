"""The converters by name, and which one a file needs: said by the user, or recognised by its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from circledata.convert.mapping.columns import known_headers
from circledata.convert.mapping.model import Mapping, load_mapping
from circledata.convert.mapping.recognise import GENERAL, fits, has_areas, is_shapefile, known_columns
from circledata.convert.mapping.unfit import unknown, unsure
from circledata.convert.model import ConversionError, Draft, SourceFile, SourceTable
from circledata.convert.options import ConvertOptions
from circledata.convert.osm.features import OsmConverter
from circledata.convert.read import Layout, read_tables
from circledata.convert.read.features import feature_rows
from circledata.convert.read.words import refuse
from circledata.convert.records.context import Context
from circledata.convert.records.engine import MappingConverter
from circledata.convert.records.points import with_points
from circledata.convert.records.references import References
from circledata.convert.records.unnamed import name_by_values
from circledata.convert.records.unpack import unpack
from circledata.convert.source_file import plain_source
from circledata.sources.model import Limits
from circledata.standard import Standard
from circledata.standard.model import Text

SOURCES = ("amap", "baidu", "osm", "registry", "wjx", "table", "geojson", "shapefile")
"""What can be converted. All but wjx, geojson and shapefile are mappings in `spec/<version>/mappings/`."""
_OWN_WAYS = ("wjx", "geojson", "shapefile")
_SECOND = re.compile(r"(.+) \([0-9]+\)")
"""As the reader calls a second column of one name; a tag cannot have two values."""
Way = Literal["columns", "shapes"]
"""By what a source is recognised."""


class Converter(Protocol):
    """Converts the tables of one source."""

    def reserve(self) -> None:
        """Keep ids that the source brings along."""

    def day(self) -> date | None:
        """Return the day that the data itself names."""

    def convert(self) -> Draft:
        """Convert all rows."""


@dataclass(frozen=True)
class Settings:
    """What all sources of one conversion share."""

    standard: Standard
    division_code: str
    options: ConvertOptions
    references: References = field(default_factory=References)
    limits: Limits | None = None


@dataclass
class Job:
    """One source of a conversion: its converter, its files, and what its mapping says of the package."""

    name: str
    files: Sequence[SourceFile]
    convert: Callable[[date | None], Draft]
    reserve: Callable[[], None] = lambda: None
    day: Callable[[], date | None] = lambda: None
    mapping: Mapping | None = None
    tables: Sequence[SourceTable] = ()
    recognised: Way | None = None
    """By what it was recognised, where the user did not say what it is."""

    @property
    def label(self) -> str:
        """The mapping's name and version, or the converter's name."""
        return f"{self.mapping.name} {self.mapping.version}" if self.mapping else self.name


def jobs_of(paths: Sequence[Path], source: str | None, mapping: Mapping | None, settings: Settings) -> list[Job]:
    """Return what is to be done: one job for all files when the user says what they are, else one for each kind."""
    for section, name in (("survey", "wjx"), ("boundaries", "geojson")):
        if mapping is not None and section in mapping.raw:
            return [_own_way(name, paths, settings, mapping)]
    if mapping is not None:
        return [_mapped(mapping, _read_all(mapping, paths, settings), settings)]
    if source is not None:
        return [_named(source, paths, settings)]
    groups: dict[str, list[Path]] = {}
    ways: dict[str, Way] = {}
    for path in paths:
        name, ways[name] = _recognise(path, settings)
        groups.setdefault(name, []).append(path)
    # Those that read their files themselves come last: boundaries ask for the circles that a list has named.
    names = sorted(groups, key=lambda name: name in _OWN_WAYS)
    jobs = [_named(name, groups[name], settings) for name in names]
    for name, job in zip(names, jobs, strict=True):
        job.recognised = ways[name]
    return jobs


def _named(source: str, paths: Sequence[Path], settings: Settings) -> Job:
    if source in _OWN_WAYS:
        return _own_way(source, paths, settings)
    try:
        mapping = load_mapping(source, settings.standard.version)
    except KeyError:
        known = "、".join(SOURCES)
        raise ConversionError(
            Text(
                f"不认识来源 {source}。可以是：{known}。",
                f"There is no source {source}. It is one of {known.replace('、', ', ')}.",
            )
        ) from None
    return _mapped(mapping, _read_all(mapping, paths, settings), settings)


def _own_way(source: str, paths: Sequence[Path], settings: Settings, mapping: Mapping | None = None) -> Job:
    def convert(day: date | None) -> Draft:
        common: dict[str, Any] = {
            "standard": settings.standard,
            "division_code": settings.division_code,
            "as_of": day,
            "options": settings.options,
        }
        if source == "wjx":
            from circledata.convert.survey import convert_survey
            from circledata.convert.survey.options import survey_options

            survey = survey_options(mapping.raw["survey"], version=settings.standard.version) if mapping else None
            return convert_survey(list(paths), survey=survey, **common)
        from circledata.convert.boundaries import convert_boundaries
        from circledata.convert.boundaries.options import boundary_options

        said = boundary_options(mapping.raw["boundaries"], version=settings.standard.version) if mapping else None
        return convert_boundaries(list(paths), boundaries=said, **common)

    shipped = load_mapping("wjx" if source == "wjx" else "boundaries", settings.standard.version)
    return Job(source, [plain_source(path) for path in paths], convert, mapping=mapping or shipped)


def layout_of(mapping: Mapping, standard: Standard) -> Layout:
    """Return what a mapping says of a file's layout, with the names by which its header is found."""
    read = mapping.read
    header = read.get("header")
    rows = () if header == "none" else (header,) if isinstance(header, int) else tuple(header) if header else None
    return Layout(
        sheet=read.get("sheet"),
        header=rows,
        columns=tuple(read.get("columns", ())),
        encoding=read.get("encoding"),
        known_headers=known_headers(mapping, standard),
    )


def _read_all(mapping: Mapping, paths: Sequence[Path], settings: Settings) -> list[SourceTable]:
    return [table for path in paths for table in _read(mapping, path, settings)]


def _read(mapping: Mapping, path: Path, settings: Settings) -> list[SourceTable]:
    layout = layout_of(mapping, settings.standard)
    repair = settings.options.repair_mojibake
    tables = read_tables(path, layout, limits=settings.limits, repair_mojibake=repair)
    if "lifecycle" in mapping.raw:
        return [_features(table, mapping) for table in tables]
    tables = [with_points(_prepared(table, mapping)) for table in tables]
    if mapping.raw.get("one_table") and layout.sheet is None:
        # Sheets with other headers are tables of their own: circles beside outlets in one workbook.
        others = [str(more["sheet"]) for table in tables for code, more in table.notes if code == "sheet-not-read"]
        for sheet in dict.fromkeys(others):
            tables += read_tables(path, replace(layout, sheet=sheet), limits=settings.limits, repair_mojibake=repair)
        if others:
            tables = [replace(table, notes=_without(table, "sheet-not-read")) for table in tables]
    return tables


def _prepared(table: SourceTable, mapping: Mapping) -> SourceTable:
    """Return a table with objects in its cells laid flat, and without header with its columns found by their values."""
    read = mapping.read
    if read.get("by_values"):
        places = [rule.raw.get("place", {}) for rule in mapping.tables.values()]
        lat, lon = ([name for place in places for name in place.get(axis, ())] for axis in ("latitude", "longitude"))
        table = name_by_values(table, read.get("columns", ()), lat, lon)
    return unpack(table, read["unpack"]) if "unpack" in read else table


def _without(table: SourceTable, code: str) -> list[tuple[str, MappingType[str, str]]]:
    return [note for note in table.notes if note[0] != code]


def _features(table: SourceTable, mapping: Mapping) -> SourceTable:
    """Return a table of features with the geometry taken out of its column and packed tags laid flat."""
    for name in table.header:
        first = _SECOND.fullmatch(name)
        if first and first.group(1) in table.header:
            raise refuse("header-twice", name=table.file.name, column=first.group(1))
    rows = feature_rows(table, mapping.read)
    header = tuple(dict.fromkeys(key for row in rows for key in row.cells))
    return replace(table, rows=rows, header=header)


def _mapped(mapping: Mapping, tables: Sequence[SourceTable], settings: Settings) -> Job:
    context = Context(settings.standard, mapping, settings.division_code, settings.options, settings.references)
    converter: Converter = (
        OsmConverter(tables, context) if "lifecycle" in mapping.raw else MappingConverter(tables, context)
    )

    def convert(day: date | None) -> Draft:
        context.as_of = day
        return converter.convert()

    files = list(dict.fromkeys(table.file for table in tables))
    return Job(mapping.name, files, convert, converter.reserve, converter.day, mapping, tables)


def _recognise(path: Path, settings: Settings) -> tuple[str, Way]:
    """Return the source of a file and by what it was recognised; ConversionError that says what to do when none is."""
    if path.suffix.lower() == ".shp" or is_shapefile(path):
        return "shapefile", "shapes"
    layout = Layout(known_headers=known_columns(settings.standard))
    tables = read_tables(path, layout, limits=settings.limits, repair_mojibake=settings.options.repair_mojibake)
    found = fits(tables, settings.standard)
    if found and found[0].sure:
        return found[0].mapping.name, "columns"
    if has_areas(tables):
        return "geojson", "shapes"
    mapping = load_mapping(GENERAL, settings.standard.version)
    try:
        _mapped(mapping, _read(mapping, path, settings), settings)
    except ConversionError:
        raise (unsure(path, [fit.mapping.name for fit in found]) if found else unknown(path, tables)) from None
    return GENERAL, "columns"
