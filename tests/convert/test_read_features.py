"""Map features: geometry apart from the tags, packed tags laid flat, a header whose names stand once each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from circledata.convert.model import ConversionError, SourceRow
from circledata.convert.read import read_feature_rows

COLUMNS = {"geometry": ["geometry", "WKT"], "tags": ["other_tags", "tags"], "ignore": ["nodes"]}


def read(folder: Path, text: str, name: str = "features.csv") -> tuple[str, list[SourceRow], frozenset[str]]:
    path = folder / name
    path.write_text(text, "utf-8")
    source, rows, columns = read_feature_rows(path, COLUMNS)
    return source.format, rows, columns


def test_geometry_and_ignored_columns(tmp_path: Path) -> None:
    form, rows, columns = read(tmp_path, "osmid,geometry,nodes,amenity\n1,POINT (1 2),x,cafe\n2,,y,\n3,z\n")
    assert [(row.number, dict(row.cells), row.geometry, row.broken) for row in rows] == [
        (2, {"osmid": "1", "amenity": "cafe"}, "POINT (1 2)", False),
        (3, {"osmid": "2"}, None, False),
        (4, {}, None, True),
    ]
    assert (form, columns) == ("csv", frozenset({"osmid", "amenity"}))


@pytest.mark.parametrize(
    "packed", ['"amenity"=>"cafe","name:en"=>"The \\"Tea\\""', '{"amenity": "cafe", "name:en": "The \\"Tea\\""}']
)
def test_packed_tags(tmp_path: Path, packed: str) -> None:
    cell = packed.replace('"', '""')
    _, rows, _ = read(tmp_path, f'osm_id,name,other_tags\n5,甲,"{cell}"\n')
    assert dict(rows[0].cells) == {"osm_id": "5", "name": "甲", "amenity": "cafe", "name:en": 'The "Tea"'}


def test_features_of_geojson(tmp_path: Path) -> None:
    feature: dict[str, Any] = {
        "type": "Feature",
        "id": 7,
        "properties": {"tags": {"amenity": "cafe", "indoor": True}, "level": 2},
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }
    text = json.dumps({"type": "FeatureCollection", "timestamp": "2024-08-02T03:04:05Z", "features": [feature]})
    form, rows, _ = read(tmp_path, text, "features.geojson")
    assert dict(rows[0].cells) == {
        "@timestamp": "2024-08-02T03:04:05Z",
        "amenity": "cafe",
        "indoor": "yes",
        "level": "2",
        "@id": "7",
    }
    assert (form, rows[0].geometry) == ("geojson", feature["geometry"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,amenity,name\na,cafe,b\n", "called name"),
        ('{"type": "Feature"}', "no GeoJSON FeatureCollection"),
        ('[{"a": 1}]', "no GeoJSON FeatureCollection"),
        ("", "empty"),
    ],
)
def test_faults(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConversionError, match=words):
        read(tmp_path, text, "features.json")
