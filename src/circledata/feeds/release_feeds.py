"""Writes every file of a release but its discovery file, and says of each what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from circledata.api import Examined
from circledata.convert.export.opened import Source
from circledata.convert.export.places import DECIMALS, Places, find_places, has_places, points_of
from circledata.convert.output.package import json_bytes
from circledata.convert.output.write import DESCRIPTOR
from circledata.feeds import writers_geojson
from circledata.feeds.catalog import Box, catalog
from circledata.feeds.categories import categories_of
from circledata.feeds.changes import write_changes
from circledata.feeds.dataset import dataset
from circledata.feeds.discovery import Feed, Setting, base_of, discovery, entry
from circledata.feeds.licences import expression
from circledata.feeds.writers_package import loaded_source, write_zip
from circledata.findings.report import Report
from circledata.standard.model import Language, Text
from circledata.standard.schemas import BASE
from circledata.values.coordinates import SYSTEMS

GEOJSON = "application/geo+json"
PARQUET = "application/vnd.apache.parquet"
JSON_LINES = "application/x-ndjson"
WriteReport = Callable[[Report, Language, TextIO], None]


@dataclass
class Job:
    """One release on its way: the package that was written and checked, and where the feeds go."""

    name: str
    folder: Path
    examined: Examined
    setting: Setting
    lang: Language
    previous: Path | None
    """The package of the release before."""
    write_report: WriteReport | None

    @property
    def package(self) -> Path:
        """The folder of the package inside the release."""
        return self.folder / "package"

    def schema(self, path: str) -> str:
        """Return the identifier of a JSON Schema of the standard."""
        return f"{BASE}/{self.examined.package.standard.version}/{path}.schema.json"


def write_feeds(job: Job) -> dict[str, Any]:
    """Write all files of a release; returns its discovery file."""
    source = loaded_source(job.examined, job.package)
    package = job.examined.package
    content = discovery(job.name, job.examined.report, package, job.setting)
    base = base_of(job.name, job.setting)

    def add(feeds: Iterable[Feed]) -> None:
        content["feeds"] += [entry(feed, job.folder, base) for feed in feeds]

    add(_package_feeds(job, source))
    places = places_of(source)
    if places is not None:
        add(_geographic_feeds(job, places))
    add(_told_feeds(job))
    add(_described_feeds(job, content, box_of(places) if places else None, base))
    return content


def _package_feeds(job: Job, source: Source) -> Iterator[Feed]:
    """Yield the package as a whole, its descriptor, and its tables."""
    system = job.examined.package.meta.coordinate_system
    write_zip(job.package, job.folder / "package.zip")
    yield Feed(
        "package",
        "package",
        "package.zip",
        Text("整个数据包", "The whole package"),
        "application/zip",
        system,
        records=sum(source.rows.values()),
    )
    yield Feed(
        "descriptor",
        "descriptor",
        f"package/{DESCRIPTOR}",
        Text("数据包描述文件（Data Package）", "Descriptor of the package (Data Package)"),
        "application/json",
    )
    for name, table in source.tables.items():
        yield Feed(
            f"csv-{name}",
            "csv",
            f"package/{name}.csv",
            Text(f"{table.table.title.zh}（CSV）", f"{table.table.title.en} (CSV)"),
            "text/csv",
            system if has_places(table) else None,
            job.schema(f"records/{name}") if table.table.extension is None else None,
            table=name,
            records=table.loaded.rows,
        )


def places_of(source: Source) -> Places | None:
    """Return where everything is; None when the package does not say its coordinate system, as a draft may not."""
    if source.package.meta.coordinate_system not in SYSTEMS or not any(map(has_places, source.tables.values())):
        return None
    return find_places(source)


def _geographic_feeds(job: Job, places: Places) -> Iterator[Feed]:
    """Yield what has places: GeoJSON, the outlets by category too, and GeoParquet."""
    source = places.source
    categories = categories_of(source)
    writers_geojson.define(source, places, categories)
    head = _head(job)
    for name in places.tables:
        title = source.tables[name].table.title
        path = job.folder / f"{name}.geojson"
        found: dict[str, int] = {}
        if name == "outlets":
            count, found = writers_geojson.write_outlets(places, path, job.folder / "categories", head, categories)
        else:
            count = writers_geojson.write_table(places, name, path, head, categories)
        yield Feed(name, "geojson", path.name, title, GEOJSON, "WGS84", table=name, records=count)
        for code, number in found.items():
            yield Feed(
                f"category-{code}",
                "geojson",
                f"categories/{code}.geojson",
                categories.titles[code],
                GEOJSON,
                "WGS84",
                table=name,
                category=code,
                records=number,
            )
    yield from _parquet_feeds(job, places)


def _head(job: Job) -> dict[str, Any]:
    package = job.examined.package
    assert package.meta.as_of is not None
    return {
        "division_code": package.meta.division_code,
        "as_of": package.meta.as_of.isoformat(),
        "license": expression(package.descriptor or {}),
        "release": job.name,
        "draft": job.setting.draft,
        "synthetic": bool(package.meta.synthetic),
    }


def _parquet_feeds(job: Job, places: Places) -> Iterator[Feed]:
    """Yield the tables with places as GeoParquet."""
    from circledata.convert.export.parquet import write_located

    for name, table in places.tables.items():
        write_located(places, table, job.folder / f"{name}.parquet")
        yield Feed(
            f"parquet-{name}",
            "parquet",
            f"{name}.parquet",
            Text(f"{table.table.title.zh}（GeoParquet）", f"{table.table.title.en} (GeoParquet)"),
            PARQUET,
            "CGCS2000" if places.system == "CGCS2000" else "WGS84",
            job.schema(f"records/{name}") if table.table.extension is None else None,
            table=name,
            records=table.loaded.rows,
        )


def _told_feeds(job: Job) -> Iterator[Feed]:
    """Yield what is said of the data: its figures, the report of its check, and what has changed."""
    _write_json(job.folder / "indicators.json", _figures(job.examined))
    yield Feed(
        "indicators",
        "indicators",
        "indicators.json",
        Text("指标", "Indicators"),
        "application/json",
        schema=job.schema("indicators"),
    )
    if job.write_report is not None:
        with _text_file(job.folder / "report.json") as stream:
            job.write_report(job.examined.report, job.lang, stream)
        yield Feed(
            "report",
            "report",
            "report.json",
            Text("检查报告", "Report of the check"),
            "application/json",
            schema=job.schema("report"),
        )
    with _text_file(job.folder / "changes.jsonl") as stream:
        counts = write_changes(job.previous, job.package, stream)
    yield Feed(
        "changes",
        "changes",
        "changes.jsonl",
        Text("与上一期相比的变化", "Changes since the release before"),
        JSON_LINES,
        schema=job.schema("feeds/changes"),
        records=sum(counts.records.values()),
    )


def _figures(examined: Examined) -> dict[str, Any]:
    """Return all indicators of the package at every scope."""
    from circledata.indicators import SCOPES, compute
    from circledata.indicators.record import figures_record

    return figures_record([compute(examined, scope) for scope in SCOPES])


def _described_feeds(job: Job, content: dict[str, Any], box: Box | None, base: str) -> Iterator[Feed]:
    """Yield what catalogues and search engines read; it names the files before it, so it comes last."""
    descriptor = job.examined.package.descriptor or {}
    address = f"{base}catalog.jsonld" if base else ""
    told = {
        "catalog": (catalog(content, descriptor, box, address), Text("数据目录（DCAT-AP）", "Catalogue (DCAT-AP)")),
        "dataset": (dataset(content, descriptor, box), Text("数据集说明（schema.org）", "Dataset (schema.org)")),
    }
    for name, (described, title) in told.items():
        _write_json(job.folder / f"{name}.jsonld", described)
        yield Feed(name, name, f"{name}.jsonld", title, "application/ld+json")


def box_of(places: Places) -> Box | None:
    """Return the box around all points and boundaries in WGS84, rounded to 7 decimals."""
    boxes = [_corners(shape["coordinates"]) for shape in places.shapes.values()]
    for table in places.tables.values():
        query = f"SELECT min(__lon), min(__lat), max(__lon), max(__lat) FROM {points_of(table)}"
        found = table.session.connection.execute(query).fetchone()
        if found and found[0] is not None:
            boxes.append(found)
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    low, high = (min(west), min(south)), (max(east), max(north))
    return (*(round(item, DECIMALS) for item in low), *(round(item, DECIMALS) for item in high))


def _corners(coordinates: Any) -> Box:
    if isinstance(coordinates[0], float | int):
        return coordinates[0], coordinates[1], coordinates[0], coordinates[1]
    west, south, east, north = zip(*map(_corners, coordinates), strict=True)
    return min(west), min(south), max(east), max(north)


def _text_file(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_bytes(json_bytes(content))
