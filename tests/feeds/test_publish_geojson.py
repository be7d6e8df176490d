"""The GeoJSON and GeoParquet feeds: WGS84 whatever the package has, RFC 7946 to the letter, read by other programs."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from changes_packages import write_package
from publish_packages import HOLE, SQUARE, boundaries, circle, feed, file_of, outlet, read, small, told

import circledata
from circledata.standard import spec_root
from circledata.values.coordinates import gcj02_to_wgs84

DEMO = spec_root().parent / "examples" / "demo-district"
HINT = spec_root().parent / "build" / "node" / "node_modules" / ".bin" / "geojsonhint"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("demo") / "site"
    circledata.publish(DEMO, site)
    return site


def positions(coordinates: Any) -> Iterator[list[float]]:
    if isinstance(coordinates[0], float | int):
        yield coordinates
    else:
        for item in coordinates:
            yield from positions(item)


def signed_area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def geojson_feeds(site: Path) -> list[dict[str, Any]]:
    return [item for item in told(site)["feeds"] if item["kind"] == "geojson"]


def test_every_feed_keeps_to_rfc_7946(demo: Path) -> None:
    for item in geojson_feeds(demo):
        text = file_of(demo, item["url"]).read_text(encoding="utf-8")
        assert not re.search(r"[0-9]\.[0-9]{8}", re.sub(r'"properties":.*', "", text))
        content = json.loads(text)
        assert content["type"] == "FeatureCollection" and "crs" not in content
        assert len(content["features"]) == item["records"]
        assert len({feature["id"] for feature in content["features"]}) == item["records"]
        for feature in content["features"]:
            shape = feature["geometry"]
            assert shape is None or shape["type"] in {"Point", "Polygon", "MultiPolygon"}
            polygons = {"Polygon": lambda s: [s["coordinates"]], "MultiPolygon": lambda s: s["coordinates"]}
            for polygon in polygons.get(shape and shape["type"], lambda _: [])(shape):
                for place, ring in enumerate(polygon):
                    assert ring[0] == ring[-1] and len(ring) >= 4
                    assert (signed_area(ring) > 0) == (place == 0)


def test_the_head_says_what_the_file_is(demo: Path) -> None:
    content = told(demo)
    assert read(demo, "outlets")["circledata"] == {
        "table": "outlets",
        "division_code": "620602",
        "as_of": "2024-12-31",
        "license": "CC-BY-4.0",
        "release": content["release"],
        "draft": False,
        "synthetic": True,
    }
    assert read(demo, "category-bakery")["circledata"]["category"] == "bakery"


def test_properties_are_the_filled_cells_with_types(tmp_path: Path) -> None:
    tables = {
        "circles": [circle()],
        "outlets": [outlet(1, staff_count="3", accepts_cash="true", services="parcel;printing", floor_area_m2="12.50")],
    }
    site = tmp_path / "site"
    circledata.publish(write_package(tmp_path / "package", tables), site)
    (feature,) = read(site, "outlets")["features"]
    assert feature["id"] == "620602-O000001"
    assert feature["geometry"] == {"type": "Point", "coordinates": [103.100001, 38.06]}
    assert feature["properties"] == {
        "outlet_id": "620602-O000001",
        "circle_id": "620602-C001",
        "name": "店1",
        "category": "convenience-store",
        "category_title_zh": "便利店",
        "category_title_en": "Convenience store",
        "address": "青禾街 1 号",
        "status": "open",
        "longitude": 103.100001,
        "latitude": 38.06,
        "staff_count": 3,
        "accepts_cash": True,
        "services": "parcel;printing",
        "floor_area_m2": 12.5,
    }


def test_an_outlet_without_a_place_is_listed_without_one(tmp_path: Path) -> None:
    tables = {"circles": [circle()], "outlets": [outlet(1, longitude="", latitude=""), outlet(2)]}
    site = tmp_path / "site"
    circledata.publish(write_package(tmp_path / "package", tables), site)
    first, second = read(site, "outlets")["features"]
    assert first["geometry"] is None and second["geometry"]["type"] == "Point"
    assert "longitude" not in first["properties"]


def test_coordinates_of_gcj_02_are_converted_for_maps_and_kept_in_the_package(tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = circledata.publish(small(tmp_path / "package", coordinate_system="GCJ-02"), site, draft=True)
    (point,) = [item["geometry"]["coordinates"] for item in read(site, "outlets")["features"][:1]]
    lon, lat = gcj02_to_wgs84(103.100001, 38.06)
    assert math.dist(point, (lon, lat)) < 1e-6
    corner = read(site, "circles")["features"][0]["geometry"]["coordinates"][0][0]
    assert math.dist(corner, gcj02_to_wgs84(*SQUARE[0])) < 1e-6 < math.dist(corner, SQUARE[0])
    kept = json.loads((done.folder / "package" / "circles.geojson").read_bytes())
    assert kept["features"][0]["geometry"]["coordinates"] == [SQUARE]
    systems = {item["name"]: item["coordinate_system"] for item in told(site)["feeds"]}
    assert systems["outlets"] == systems["category-convenience-store"] == systems["parquet-outlets"] == "WGS84"
    assert systems["csv-outlets"] == systems["package"] == "GCJ-02"
    assert systems["indicators"] is None


def test_rings_are_turned_and_rounded(tmp_path: Path) -> None:
    long = [[lon + 1e-9, lat] for lon, lat in SQUARE]
    shape = boundaries(long[::-1], HOLE)
    site = tmp_path / "site"
    circledata.publish(small(tmp_path / "package", shape=shape), site)
    outer, inner = read(site, "circles")["features"][0]["geometry"]["coordinates"]
    assert signed_area(outer) > 0 > signed_area(inner)
    assert outer[0] in SQUARE


def test_the_parquet_files_are_geoparquet_with_the_same_records(demo: Path) -> None:
    for item in told(demo)["feeds"]:
        if item["kind"] != "parquet":
            continue
        path = file_of(demo, item["url"])
        query = f"SELECT count(*), count(geometry) FROM read_parquet('{path}')"
        ((records, placed),) = duckdb.sql(query).fetchall()
        assert records == item["records"] and placed > 0
        (geo,) = [
            json.loads(bytes(value))
            for key, value in duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{path}')").fetchall()
            if bytes(key) == b"geo"
        ]
        assert geo["version"] == "1.1.0" and geo["columns"]["geometry"]["encoding"] == "WKB"


@pytest.mark.parametrize("name", ["parquet-outlets", "parquet-circles"])
def test_pandas_reads_the_parquet(demo: Path, name: str) -> None:
    import pandas

    item = feed(told(demo), name)
    frame = pandas.read_parquet(file_of(demo, item["url"]))
    assert len(frame) == item["records"]
    assert {"name", "geometry"} <= set(frame.columns) and frame["geometry"].map(bytes).str.len().gt(0).any()


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL is not installed")
@pytest.mark.parametrize("name", ["circles", "outlets", "category-repair"])
def test_gdal_reads_the_feeds(demo: Path, name: str) -> None:
    item = feed(told(demo), name)
    done = subprocess.run(
        ["ogrinfo", "-ro", "-so", "-al", str(file_of(demo, item["url"]))], capture_output=True, text=True, check=True
    )
    assert f"Feature Count: {item['records']}" in done.stdout
    assert "WGS 84" in done.stdout and "Warning" not in done.stderr


@pytest.mark.skipif(not HINT.exists(), reason="geojsonhint is not installed")
def test_geojsonhint_has_nothing_to_say(demo: Path) -> None:
    for item in geojson_feeds(demo):
        done = subprocess.run([str(HINT), str(file_of(demo, item["url"]))], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.strip()) == (0, ""), item["name"]
