"""JSON: lists of objects, pages of interfaces, one object a line, GeoJSON; nested and missing values."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from circledata.convert.model import ConversionError, SourceTable
from circledata.convert.read import read_tables

Read = Callable[..., SourceTable]
POI = {
    "id": "B0",
    "name": "示例店",
    "location": "102.640000,37.920000",
    "tel": [],
    "typecode": "060200",
    "biz_ext": {"rating": "4.5", "cost": []},
    "photos": [{"title": [], "url": "u"}],
    "indoor_data": {},
    "email": None,
    "tag": ["面包", "牛奶"],
    "open": True,
    "level": 5.0,
    "count": 12345678901234567890,
    "lon": 102.6412345678901,
    "blank": " ",
}
CELLS = {
    "id": "B0",
    "name": "示例店",
    "location": "102.640000,37.920000",
    "typecode": "060200",
    "biz_ext.rating": "4.5",
    "photos": '[{"title":[],"url":"u"}]',
    "tag": "面包;牛奶",
    "open": "true",
    "level": "5",
    "count": "12345678901234567890",
    "lon": "102.6412345678901",
}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(content: Any, name: str = "poi.json", **options: Any) -> SourceTable:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
        (table,) = read_tables(path, **options)
        return table

    return run


def cells(table: SourceTable) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.rows]


def test_a_list_of_objects_is_laid_flat(read: Read) -> None:
    table = read([POI, {"name": "乙", "extra": 1}])
    assert cells(table) == [CELLS, {"name": "乙", "extra": "1"}]
    assert table.header == (*CELLS, "extra")
    assert (table.header_row, [row.number for row in table.rows], table.file.format) == (0, [1, 2], "json")


@pytest.mark.parametrize(
    "content",
    [
        {"status": "1", "pois": [POI]},
        {"status": 0, "results": [POI]},
        {"data": {"total": 1, "items": [POI]}},
        [{"status": "1", "pois": [POI]}, {"status": "1", "pois": []}],
        {"count": 1, "网点": [POI]},
    ],
)
def test_the_list_inside_is_found(read: Read, content: Any) -> None:
    assert cells(read(content)) == [CELLS]


def test_pages_are_joined(read: Read) -> None:
    page = {"status": "1", "pois": [POI, {"name": "乙"}]}
    one = json.dumps(page, ensure_ascii=False)
    for content in ([page, page], f"{one}\n{one}", f"{one}{one}", json.dumps(page, indent=1) * 2):
        table = read(content)
        assert [row.number for row in table.rows] == [1, 2, 3, 4]
        assert cells(table)[2] == CELLS


def test_one_object_a_line_with_a_bad_one(read: Read) -> None:
    lines = ['{"name": "甲"}', "", '{"name": "乙"', '{"name": "丙"}\r']
    for name in ("poi.jsonl", "poi.json"):
        table = read("\n".join(lines), name)
        assert [(row.number, row.broken) for row in table.rows] == [(1, False), (3, True), (4, False)]
        assert table.file.format == "jsonl"
        assert ("rows-broken", {"count": "1", "row": "3"}) in table.notes
    assert cells(read('{"name": "甲"}', "one.jsonl")) == [{"name": "甲"}]


def test_items_that_are_no_objects_are_broken(read: Read) -> None:
    assert [row.broken for row in read([POI, 5, {"name": "x"}]).rows] == [False, True, False]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not sound JSON 1:2"),
        ('[{"a": 1},\n {"a": 2},\n]', "not sound JSON"),
        ("[1, 2]", "no list of objects"),
        ("[]", "no list of objects"),
        ('{"a": 1}', "no list of objects"),
        ({"甲": [{"a": 1}], "乙": {"丙": [{"a": 1}]}}, "several lists of objects .甲, 乙.丙"),
        ({"type": "Feature", "properties": {}}, "no GeoJSON FeatureCollection"),
        ({"type": "FeatureCollection"}, "no GeoJSON FeatureCollection"),
        ("[" * 100_000, "not sound JSON"),
    ],
)
def test_faults(read: Read, content: Any, words: str) -> None:
    with pytest.raises(ConversionError, match=words):
        read(content)


def test_other_encodings(read: Read) -> None:
    text = json.dumps([{"name": "示例便民店"}], ensure_ascii=False)
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        assert cells(read(text.encode(encoding))) == [{"name": "示例便民店"}]


def test_nan_is_missing(read: Read) -> None:
    assert cells(read('[{"name": "甲", "lon": NaN, "lat": 1e-7, "big": 1e30}]')) == [
        {"name": "甲", "lat": "0.0000001", "big": "1" + "0" * 30}
    ]


def test_features(read: Read) -> None:
    point = {"type": "Point", "coordinates": [102.64, 37.92]}
    properties = {"name": "甲", "tags": {"amenity": "cafe"}, "address": {"street": "某路"}, "empty": []}
    features = [{"type": "Feature", "id": "way/6", "properties": properties, "geometry": point}, 5]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    table = read({"type": "FeatureCollection", "crs": crs, "features": features}, "a.geojson")
    assert cells(table)[0] == {"name": "甲", "amenity": "cafe", "address.street": "某路", "@id": "way/6"}
    assert (table.rows[0].geometry, table.rows[1].broken, table.file.format) == (point, True, "geojson")
    assert ("geojson-crs", {"crs": "urn:ogc:def:crs:OGC:1.3:CRS84"}) in table.notes


def test_one_feature_a_line(read: Read) -> None:
    feature = {"type": "Feature", "properties": {"name": "甲"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    table = read("\n".join([json.dumps(feature)] * 2), "a.geojsonl")
    assert [(row.number, row.geometry) for row in table.rows] == [(1, feature["geometry"]), (2, feature["geometry"])]
