"""Files: CSV and GeoJSON in the forms that they come in, and the faults that stop a conversion."""

from __future__ import annotations

import json
from typing import Any

import pytest

from circledata.convert import ConversionError

CSV = "osmid,element_type,geometry,amenity,name\n1,node,POINT (102.64 37.92),cafe,示例茶馆\n"


def collection(*features: dict[str, Any], **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": list(features)}, ensure_ascii=False)


def feature(properties: dict[str, Any], geometry: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [102.64, 37.92]}
    return {"type": "Feature", "properties": properties, "geometry": geometry or point, **more}


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16")]
)
def test_encodings(convert_text: Any, encoding: str, name: str) -> None:
    result = convert_text(CSV.encode(encoding))
    assert result.outlet["name"] == "示例茶馆"
    assert result.summary["source"]["encoding"] == name


@pytest.mark.parametrize("text", [CSV.replace("\n", "\r\n"), CSV.replace("\n", "\r"), CSV.rstrip("\n")])
def test_line_ends(convert_text: Any, text: str) -> None:
    assert convert_text(text).outlet["name"] == "示例茶馆"


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_delimiters(convert_text: Any, delimiter: str) -> None:
    assert convert_text(CSV.replace(",", delimiter)).outlet["longitude"] == "102.64"


def test_rows_are_numbered_by_the_physical_line(convert_text: Any) -> None:
    text = 'name,amenity,lon,lat\n\n"两\n行",cafe,1,2\n下一家,bench,1,2\n'
    result = convert_text(text)
    assert next(row["row"] for row in result.papers("conversion.csv")) == "3"
    assert [row["row"] for row in result.papers("left_out.csv")] == ["5"]
    assert result.outlet["name"] == "两 行"


def test_rows_of_another_width_are_left_out(convert_text: Any) -> None:
    result = convert_text(CSV + "2,node,POINT (1 2),cafe\n3,node,POINT (1 2),cafe,名,多\n")
    assert result.reasons == [("row-broken", ""), ("row-broken", "")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "empty"),
        (b"name,amenity\n\xff\xff\xff,cafe\n", "line 2"),
        ("name,amenity,name\na,cafe,b\n", "called name"),
        ('name,amenity\na,cafe\n"b,cafe\nc,cafe\n', "line 3"),
        ("name,address\na,b\n", "does not look like"),
        ("{", "not sound JSON 1:2"),
        ('{"type": "Feature"}', "no GeoJSON FeatureCollection"),
    ],
)
def test_faults_that_stop_a_conversion(convert_text: Any, tmp_path: Any, text: str | bytes, words: str) -> None:
    with pytest.raises(ConversionError, match=words) as caught:
        convert_text(text)
    assert caught.value.exit_code == 2
    assert caught.value.in_language("zh") != caught.value.in_language("en")
    assert not (tmp_path / "package").exists()


def test_a_missing_file_and_wrong_options(convert: Any, cafe: dict[str, str], tmp_path: Any) -> None:
    for options in ({"division_code": "62"}, {"division_code": "999999"}, {"source": "x"}, {"coordinate_system": "x"}):
        with pytest.raises(ConversionError):
            convert(cafe, **options)
    assert not (tmp_path / "package").exists()


def test_geojson_with_flat_properties(convert_text: Any) -> None:
    properties = {"@id": "node/5", "amenity": "cafe", "name": "示例茶馆", "level": 2, "indoor": True, "x": None}
    outlet = convert_text(collection(feature(properties))).outlet
    assert (outlet["name"], outlet["x_osm_id"], outlet["longitude"]) == ("示例茶馆", "node/5", "102.64")


def test_geojson_with_tags_and_feature_ids(convert_text: Any) -> None:
    tags = {"amenity": "cafe", "name": "示例茶馆"}
    area = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    text = collection(feature({"tags": tags}, area, id="way/6"), timestamp="2024-08-02T03:04:05Z")
    result = convert_text(text, as_of=None)
    assert (result.outlet["x_osm_id"], result.outlet["longitude"]) == ("way/6", "1")
    assert result.descriptor["circledata"]["as_of"] == "2024-08-02"


def test_geojson_rows_are_numbered_by_feature(convert_text: Any) -> None:
    cafe = feature({"amenity": "cafe", "name": "示例茶馆"})
    result = convert_text(collection(cafe, feature({"amenity": "bench"})))
    assert [row["row"] for row in result.papers("left_out.csv")] == ["2"]
    assert result.summary["source"]["format"] == "geojson"


@pytest.mark.parametrize(
    "packed", ['"amenity"=>"cafe","name:en"=>"The \\"Tea\\""', '{"amenity": "cafe", "name:en": "The \\"Tea\\""}']
)
def test_tags_packed_into_one_column(convert_text: Any, packed: str) -> None:
    cell = packed.replace('"', '""')
    result = convert_text(f'osm_id,name,other_tags,lon,lat\n5,示例茶馆,"{cell}",1,2\n')
    assert (result.outlet["category"], result.outlet["x_osm_id"]) == ("tea-coffee", "5")
    assert result.rows("translations.csv")[0]["text"] == 'The "Tea"'


@pytest.mark.parametrize(
    ("geometry", "point"),
    [
        ("POINT (102.641234567 37.92)", ("102.641234567", "37.92")),
        ("point(102.64 -37.92)", ("102.64", "-37.92")),
        ("SRID=4326;POINT (102.64 37.92)", ("102.64", "37.92")),
        ("POINT Z (102.64 37.92 5)", ("102.64", "37.92")),
        ("LINESTRING (0 0, 1 0, 2 0)", ("1", "0")),
        ("POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", ("1", "1")),
        ("MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)))", ("1", "1")),
        ("POINT (500000 4000000)", ("", "")),
        ("POLYGON ((0 0, 2 0", ("", "")),
        ("POINT EMPTY", ("", "")),
        ("", ("", "")),
    ],
)
def test_places(convert: Any, cafe: dict[str, str], geometry: str, point: tuple[str, str]) -> None:
    result = convert({**cafe, "geometry": geometry})
    assert (result.outlet["longitude"], result.outlet["latitude"]) == point
    assert result.conversion.decisions["coordinates-missing"] == (0 if point[0] else 1)


def test_the_point_of_an_area_lies_inside_it_and_is_noted(convert: Any, cafe: dict[str, str]) -> None:
    horseshoe = "POLYGON ((0 0, 3 0, 3 3, 2 3, 2 1, 1 1, 1 3, 0 3, 0 0))"
    result = convert({**cafe, "geometry": horseshoe})
    lon, lat = float(result.outlet["longitude"]), float(result.outlet["latitude"])
    assert not (1 < lon < 2 and lat > 1)
    assert ("longitude+latitude", "POLYGON", f"{lon:g} {lat:g}", "representative-point") in result.changes


def test_coordinate_columns(convert_text: Any) -> None:
    outlet = convert_text("amenity,name,lat,lon\ncafe,示例茶馆,37.92,102.64\n").outlet
    assert (outlet["longitude"], outlet["latitude"]) == ("102.64", "37.92")


def test_wgs84_is_the_definition_of_the_format_unless_told_otherwise(convert: Any, cafe: dict[str, str]) -> None:
    assert convert(cafe).descriptor["circledata"]["coordinate_system"] == "WGS84"
    result = convert(cafe, coordinate_system="GCJ-02")
    assert result.descriptor["circledata"]["coordinate_system"] == "GCJ-02"
    assert result.outlet["longitude"] == "102.64"
