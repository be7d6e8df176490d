"""What other programs read of the forms that a package is written in."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from circledata.convert.export import export_package
from circledata.values.coordinates import from_wgs84

EXAMPLES = Path(__file__).parents[2] / "examples"
DEMO = EXAMPLES / "demo-district"
BROKEN = EXAMPLES / "broken-district"


@contextmanager
def database(path: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that may not load anything from anywhere."""
    settings: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    with closing(duckdb.connect(str(path or ":memory:"), read_only=path is not None, config=settings)) as found:
        yield found


def shifted(folder: Path, system: str = "GCJ-02") -> Path:
    """The demo package with its coordinates in another system, boundaries too."""
    shutil.copytree(DEMO, folder)
    with database() as db:
        for table in ("circles", "outlets", "night_zones"):
            rows = db.read_csv(str(DEMO / f"{table}.csv"), header=True, all_varchar=True)
            places = [rows.columns.index(name) for name in ("longitude", "latitude")]
            lines = [",".join(rows.columns)]
            for row in rows.fetchall():
                cells = list(row)
                if cells[places[0]]:
                    moved = from_wgs84(float(cells[places[0]]), float(cells[places[1]]), system)  # type: ignore[arg-type]
                    for place, value in zip(places, moved, strict=True):
                        cells[place] = repr(value)
                lines.append(",".join('"' + (cell or "").replace('"', '""') + '"' for cell in cells))
            (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shapes = json.loads((DEMO / "circles.geojson").read_text(encoding="utf-8"))
    for feature in shapes["features"]:
        feature["geometry"]["coordinates"] = [
            [list(from_wgs84(*position, system)) for position in ring]  # type: ignore[arg-type]
            for ring in feature["geometry"]["coordinates"]
        ]
    (folder / "circles.geojson").write_text(json.dumps(shapes), encoding="utf-8")
    descriptor = json.loads((DEMO / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["circledata"]["coordinate_system"] = system
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def features(path: Path) -> dict[str, dict[str, Any]]:
    content = json.loads(path.read_text(encoding="utf-8"))
    return {feature["id"]: feature for feature in content["features"]}


def test_geojson_follows_rfc_7946(tmp_path: Path) -> None:
    import shapely

    result = export_package(DEMO, tmp_path / "demo.geojson")
    content = json.loads((tmp_path / "demo.geojson").read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection" and "crs" not in content
    assert content["package"]["circledata"]["coordinate_system"] == "WGS84"
    assert content["package"]["circledata"]["synthetic"] is True
    assert len(content["features"]) == sum(result.rows.values()) == 617
    found = features(tmp_path / "demo.geojson")
    circle = found["620602-C901"]
    assert circle["geometry"]["type"] == "Polygon"
    assert shapely.LinearRing(circle["geometry"]["coordinates"][0]).is_ccw
    outlet = found["620602-O900001"]
    assert outlet["geometry"] == {"type": "Point", "coordinates": [103.106234, 38.056149]}
    properties = outlet["properties"]
    assert (properties["_table"], properties["staff_count"], properties["accepts_cash"]) == ("outlets", 2, True)
    assert "other_circles" not in properties


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09"])
def test_shifted_coordinates_are_converted_and_said_so(system: str, tmp_path: Path) -> None:
    package = shifted(tmp_path / "package", system)
    result = export_package(package, tmp_path / "there.geojson")
    assert any(system in note.zh and "WGS84" in note.zh for note in result.notes)
    export_package(DEMO, tmp_path / "demo.geojson")
    plain, converted = features(tmp_path / "demo.geojson"), features(tmp_path / "there.geojson")
    for identity, feature in plain.items():
        import shapely.geometry

        if feature["geometry"] is None:
            continue
        here, there = (shapely.geometry.shape(item[identity]["geometry"]) for item in (plain, converted))
        assert here.hausdorff_distance(there) < 2e-7
    properties = converted["620602-O900001"]["properties"]
    assert properties["longitude"] == pytest.approx(103.106234, abs=1e-7)
    assert json.loads((tmp_path / "there.geojson").read_text())["package"]["converted_from"] == system


def test_geoparquet_is_read_with_its_system(tmp_path: Path) -> None:
    export_package(DEMO, tmp_path / "circles.parquet")
    export_package(shifted(tmp_path / "package"), tmp_path / "outlets.parquet")
    with database() as db:
        one = f"'{tmp_path / 'circles.parquet'}'"
        assert '"code":4490' in str(db.sql(f"SELECT ST_CRS(geometry) FROM {one} LIMIT 1").fetchall())
        many = db.sql(f"SELECT ST_CRS(geometry), ST_AsText(geometry) FROM '{tmp_path / 'outlets.parquet'}'").fetchall()
        assert many[0] == ("OGC:CRS84", "POINT (103.106234 38.056149)")
        (geo,) = db.sql(f"SELECT value FROM parquet_kv_metadata({one}) WHERE key = 'geo'").fetchall()
        told = json.loads(geo[0])
        assert told["version"] == "1.1.0" and told["columns"]["geometry"]["geometry_types"] == ["Polygon"]


def test_geoparquet_in_geopandas(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    export_package(DEMO, tmp_path / "circles.parquet")
    frame = geopandas.read_parquet(tmp_path / "circles.parquet")
    assert frame.crs.to_epsg() == 4490 and set(frame.geom_type) == {"Polygon"}


def test_a_folder_of_parquet_has_typed_columns(tmp_path: Path) -> None:
    result = export_package(BROKEN, tmp_path / "parquet")
    assert {path.stem for path in (tmp_path / "parquet").glob("*.parquet")} == set(result.rows)
    with database() as db:
        table = db.read_parquet(str(tmp_path / "parquet" / "outlets.parquet"))
        types = dict(zip(table.columns, map(str, table.types), strict=True))
        assert (types["opened_on"], types["staff_count"], types["floor_area_m2"]) == ("DATE", "BIGINT", "DOUBLE")
        (odd,) = table.filter("x_opened_on_text IS NOT NULL").select("opened_on, x_opened_on_text").fetchall()
        assert odd[0] is None and odd[1]
    assert any("x_opened_on_text" in note.zh for note in result.notes)


@pytest.mark.parametrize("ending", [".sqlite", ".duckdb"])
def test_databases_have_types_keys_and_the_descriptor(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"demo{ending}"
    rows = export_package(DEMO, path).rows
    count, told = "SELECT count(*) FROM outlets", "SELECT value FROM _package WHERE key = 'datapackage.json'"
    typed = "SELECT typeof(staff_count), typeof(floor_area_m2) FROM outlets LIMIT 1"
    if ending == ".sqlite":
        with closing(sqlite3.connect(path)) as lite:
            answers = [lite.execute(query).fetchone() for query in (count, told, typed)]
            assert answers[2] == ("integer", "real")
            assert lite.execute("PRAGMA foreign_key_check").fetchall() == []
            targets = {row[2] for row in lite.execute("PRAGMA foreign_key_list(outlets)")}
            assert "circles" in targets
    else:
        with database(path) as db:
            answers = [db.execute(query).fetchall()[0] for query in (count, told, typed)]
            assert answers[2] == ("BIGINT", "DOUBLE")
            kinds = db.sql("SELECT DISTINCT constraint_type FROM duckdb_constraints()").fetchall()
            assert {"PRIMARY KEY", "FOREIGN KEY"} <= {kind for (kind,) in kinds}
    assert answers[0][0] == rows["outlets"]
    assert answers[1][0] == (DEMO / "datapackage.json").read_text(encoding="utf-8")


def test_a_broken_key_is_not_set_and_said(tmp_path: Path) -> None:
    result = export_package(BROKEN, tmp_path / "broken.sqlite")
    assert any("outlets" in note.zh and "主键" in note.zh for note in result.notes)


def test_json_lines_have_types_and_the_record_schema(tmp_path: Path) -> None:
    import jsonschema

    from circledata.standard import load_standard

    export_package(DEMO, tmp_path / "demo.jsonl")
    lines = (tmp_path / "demo.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["package"]["name"] == "demo-district"
    records = [json.loads(line) for line in lines[1:]]
    outlet = next(item["record"] for item in records if item["table"] == "outlets")
    assert (outlet["staff_count"], outlet["accepts_cash"], outlet["floor_area_m2"]) == (2, True, 74.1)
    schema = load_standard().root / "records" / "circles.schema.json"
    check = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    for item in records:
        if item["table"] == "circles":
            check.validate(item["record"])


def test_the_workbook_has_no_formula_and_keeps_its_drop_downs(tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(BROKEN, package)
    table = (package / "outlets.csv").read_text(encoding="utf-8").replace("\n", "\n", 1)
    line = table.splitlines()[1]
    (package / "outlets.csv").write_text(table.replace(line.split(",")[1], "=1+1", 1), encoding="utf-8")
    export_package(package, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames[0] == "基本信息" and book["_circledata"].sheet_state == "veryHidden"
    sheet = book["商业网点"]
    assert sheet.freeze_panes == "B3"
    assert (sheet["B1"].value, sheet["B2"].value, sheet["B3"].value) == ("网点名称*", "name", "=1+1")
    assert sheet["B3"].data_type == "s" or sheet["B3"].number_format == "@"
    assert not any(
        cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row if cell.value != "=1+1"
    )
    sources = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert "codes_outlet_statuses" in sources
    (name,) = [item for item in book.defined_names.values() if item.name == "codes_outlet_statuses"]
    shown = {cell.value for row in book["_codes"][name.attr_text.split("!")[1].replace("$", "")] for cell in row}
    assert "open 营业" in shown
    import zipfile

    with zipfile.ZipFile(tmp_path / "book.xlsx") as parts:
        for part in parts.namelist():
            assert b"<f>" not in parts.read(part)


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL is not installed")
@pytest.mark.parametrize("ending", [".geojson", ".sqlite", ".xlsx"])
def test_gdal_reads_it(ending: str, tmp_path: Path) -> None:
    export_package(DEMO, tmp_path / f"demo{ending}")
    done = subprocess.run(
        ["ogrinfo", "-ro", "-so", "-al", f"demo{ending}"], cwd=tmp_path, capture_output=True, check=True
    )
    assert b"Feature Count: 6" in done.stdout and b"ERROR" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_and_saves_the_workbook_without_loss(tmp_path: Path) -> None:
    from circledata.convert.export import import_package

    export_package(EXAMPLES / "demo-exchange", tmp_path / "demo.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "saved"),
        "demo.xlsx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    import_package(tmp_path / "saved" / "demo.xlsx", tmp_path / "back")
    for path in (EXAMPLES / "demo-exchange").iterdir():
        assert (tmp_path / "back" / path.name).read_bytes() == path.read_bytes(), path.name
