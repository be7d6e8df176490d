"""Runs a conversion from end to end: read, convert, write the package, its change log and its summary."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from circledata.convert.features import read_features
from circledata.convert.mapping import Mapping as SourceMapping
from circledata.convert.mapping import load_mapping
from circledata.convert.model import Conversion, ConversionError, SourceRow
from circledata.convert.osm import ID_COLUMN, OsmConverter, Outcome
from circledata.convert.readers import read_date
from circledata.convert.summary import summary
from circledata.convert.write import (
    DESCRIPTOR,
    TableContent,
    check_target,
    csv_bytes,
    json_bytes,
    package_files,
    write_directories,
)
from circledata.standard import Standard, load_standard
from circledata.standard.model import Text
from circledata.values.coordinates import SYSTEMS, System

SOURCES = ("osm",)
"""What can be converted; each has a mapping of its name in `spec/<version>/mappings/`."""

CHANGE_LOG, LEFT_OUT, SUMMARY = "conversion.csv", "left_out.csv", "summary.json"
"""The papers of a conversion. They lie beside the package: they are not published, and no resource of it."""
_POSSIBLE_FILES = (DESCRIPTOR, "outlets.csv", "translations.csv", CHANGE_LOG, LEFT_OUT, SUMMARY)
_DIVISION = re.compile(r"[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?")
_FIRST_YEAR = 2004
"""OpenStreetMap began in 2004; an earlier day in its data is a slip."""


def convert_file(
    path: Path,
    *,
    source: str,
    division_code: str,
    to: Path,
    as_of: date | None = None,
    coordinate_system: System | None = None,
    publisher: str | None = None,
    title: str | None = None,
    overwrite: bool = False,
) -> Conversion:
    """Convert the file `path` into a package in the directory `to`, and return what was done.

    `source`: one of SOURCES. `division_code`: 6, 9 or 12 digits, the package's division. `as_of`: the day the data was
    taken; without it the latest day that the data itself names. `coordinate_system`: only when the file's coordinates
    are not in the one that the format defines. The same input and options give the same bytes.

    ConversionError for input or options that allow no conversion; nothing is written then. OSError from the machine.
    """
    standard = load_standard()
    _check_options(source, division_code, coordinate_system, standard)
    mapping = load_mapping(source, standard.version)
    to, papers = _places(to)
    for folder in (to, papers):
        check_target(folder, _POSSIBLE_FILES, overwrite=overwrite)
    file, rows, columns = read_features(path, mapping.columns)
    day = as_of or _latest_day(rows, mapping.raw["as_of"]["from"])
    converter = OsmConverter(mapping, standard, division_code, day)
    if not converter.has_tags(columns):
        raise _no_tags(file.name, mapping)
    outcome = converter.convert(rows)
    undecided = Counter({"as-of-from-data": int(as_of is None), "no-publisher": int(publisher is None)})
    conversion = Conversion(
        source=file,
        mapping=f"{mapping.name} {mapping.version}",
        division_code=division_code,
        as_of=day,
        coordinate_system=coordinate_system or mapping.source["coordinate_system"],
        to=to,
        papers=papers,
        rows_in=len(rows),
        **_counted(outcome, undecided),
    )
    if not outcome.outlets:
        raise _nothing_left(conversion)
    descriptor = _descriptor(conversion, mapping, standard, publisher, title)
    tables = _tables(outcome, standard)
    directories = {to: package_files(descriptor, tables, standard), papers: _paper_files(conversion, standard)}
    write_directories(directories, overwrite=overwrite, replaced=_POSSIBLE_FILES)
    return conversion


def _check_options(source: str, division_code: str, coordinate_system: str | None, standard: Standard) -> None:
    if source not in SOURCES:
        raise ConversionError(Text(f"不认识来源 {source}。", f"There is no source {source}."))
    if not _DIVISION.fullmatch(division_code):
        raise ConversionError(
            Text(
                f"区划代码 {division_code} 不对，应为 6、9 或 12 位数字。",
                f"{division_code} is no division code: 6, 9 or 12 digits are needed.",
            )
        )
    if len(division_code) == 6 and division_code not in standard.codelists["divisions"].codes:
        raise ConversionError(
            Text(
                f"没有区划代码 {division_code}。查代码：circledata codes divisions --find 名称",
                f"There is no division code {division_code}. Look it up: circledata codes divisions --find NAME",
            )
        )
    if coordinate_system is not None and coordinate_system not in SYSTEMS:
        raise ConversionError(
            Text(f"不认识坐标系 {coordinate_system}。", f"There is no coordinate system {coordinate_system}.")
        )


def _places(to: Path) -> tuple[Path, Path]:
    """Return the directory of the package and that of the papers, beside it under the same name with `-conversion`."""
    package = Path(os.path.abspath(to))  # noqa: PTH100  (resolve would follow a link, which check_target refuses)
    return package, package.with_name(f"{package.name}-conversion")


def _latest_day(rows: Sequence[SourceRow], columns: Sequence[str]) -> date:
    days = [
        date.fromisoformat(reading.value)
        for row in rows
        for column in columns
        if column in row.cells and (reading := read_date(row.cells[column][:10])).value
    ]
    days = [day for day in days if day.year >= _FIRST_YEAR]
    if days:
        return max(days)
    raise ConversionError(
        Text(
            "文件里看不出数据是哪一天的。请加上 --as-of，例如 --as-of 2024-12-31（导出数据的日期）。",
            "The file does not tell which day its data is of. Add --as-of with the day of the export, "
            "for example --as-of 2024-12-31.",
        )
    )


def _no_tags(name: str, mapping: SourceMapping) -> ConversionError:
    keys = ", ".join(mapping.raw["category"]["keys"][:4])
    return ConversionError(
        Text(
            f"{name} 不像 OpenStreetMap 的要素表：{keys} 等标签一个也没有。",
            f"{name} does not look like a table of OpenStreetMap features: it has none of the tags {keys} …",
        )
    )


def _nothing_left(conversion: Conversion) -> ConversionError:
    reasons = ", ".join(f"{reason} {count}" for reason, count in reason_counts(conversion).most_common())
    return ConversionError(
        Text(
            f"读入 {conversion.rows_in} 行，没有一行能转成网点（{reasons}），没有写入任何内容。",
            f"None of the {conversion.rows_in} rows is an outlet ({reasons}); nothing was written.",
        )
    )


def reason_counts(conversion: Conversion) -> Counter[str]:
    """Count the rows left out, by reason."""
    return Counter(row.reason for row in conversion.left_out)


def _counted(outcome: Outcome, undecided: Counter[str]) -> dict[str, Any]:
    """Return what came of the rows, as a Conversion holds it.

    A person must decide what the records left open, rows left out for want of something, and options not given.
    """
    reasons = Counter(
        row.reason for row in outcome.left_out if row.reason not in {"not-an-outlet", "duplicate", "gone"}
    )
    return {
        "records_out": len(outcome.outlets),
        "left_out": outcome.left_out,
        "changes": outcome.log.changes,
        "by_category": Counter(record["category"] for record in outcome.outlets),
        "decisions": outcome.log.decisions + reasons + undecided,
        "unread": outcome.log.unread,
    }


def _tables(outcome: Outcome, standard: Standard) -> list[TableContent]:
    outlets = standard.tables["outlets"]
    used = {column for record in outcome.outlets for column in record if column.startswith("x_")}
    order = [ID_COLUMN, *(f"x_{field.name}_text" for field in outlets.fields)]
    tables = [TableContent(outlets, outcome.outlets, tuple(column for column in order if column in used))]
    if outcome.translations:
        tables.append(TableContent(standard.tables["translations"], outcome.translations))
    return tables


def _descriptor(
    conversion: Conversion, mapping: SourceMapping, standard: Standard, publisher: str | None, title: str | None
) -> dict[str, Any]:
    source: Mapping[str, Any] = mapping.source
    division = standard.codelists["divisions"].codes.get(conversion.division_code)
    place = division.title.zh if division else conversion.division_code
    contributors = [{"title": source["publisher"], "roles": ["author"]}]
    if publisher:
        contributors.insert(0, {"title": publisher, "roles": ["publisher"]})
    else:
        contributors[0]["roles"] = ["author", "publisher"]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"{conversion.division_code}-outlets-{mapping.name}",
        "title": title or f"{place}商业网点（由 {source['name']} 转换）",
        "licenses": [source["licence"]],
        "sources": [{"title": source["title"], "path": source["path"]}],
        "contributors": contributors,
        "created": f"{conversion.as_of.isoformat()}T00:00:00Z",
        "circledata": {
            "version": standard.version,
            "division_code": conversion.division_code,
            "as_of": conversion.as_of.isoformat(),
            "coordinate_system": conversion.coordinate_system,
            "profile": "open",
            "synthetic": False,
        },
    }


def _paper_files(conversion: Conversion, standard: Standard) -> dict[str, bytes]:
    file = conversion.source.name
    changes = (
        (file, "", item.row, item.column, item.record, item.field, item.old, item.new, item.rule)
        for item in conversion.changes
    )
    left_out = ((file, "", item.row, item.source_id, item.reason, item.tag, item.name) for item in conversion.left_out)
    columns = ["file", "sheet", "row", "column", "record", "field", "old", "new", "rule"]
    return {
        CHANGE_LOG: csv_bytes(columns, changes),
        LEFT_OUT: csv_bytes(["file", "sheet", "row", "source_id", "reason", "tag", "name"], left_out),
        SUMMARY: json_bytes(summary(conversion, standard)),
    }
