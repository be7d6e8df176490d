"""Values at the ends of what can be written are findings at most: no rule's arithmetic stops the check."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from circledata import validate
from circledata.standard import load_standard
from circledata.standard.model import Field

STANDARD = load_standard()
EXTREMES = {
    "number": ["9" * 300, "-" + "9" * 300, "0." + "0" * 300 + "1", "99999999999999999999", "-0"],
    "integer": ["9223372036854775807", "-9223372036854775808", "9223372036854775808", "-0", "0"],
    "date": ["0001-01-01", "9999-12-31", "2024-02-29"],
    "boolean": ["true", "false"],
    "string": [
        ";",
        ";;;",
        "'",
        "\\",
        "%",
        "x" * 5_000,
        "-O",
        "１",
        "🏪",
        "9" * 18,
        "1" * 19,
        "NULL",
        "{column}",
        ":as_of",
    ],
}


def texts(field: Field, number: int) -> str:
    choices = EXTREMES[field.type]
    return choices[number % len(choices)]


def ring(size: float) -> list[list[float]]:
    return [[size, 0], [0, size], [-size, 0], [size, 0]]


@pytest.mark.parametrize(
    ("profile", "size"),
    [("open", 1), ("exchange", 1), ("open", 1e300), ("open", 1e-300), ("open", 1e9)],
    ids=["open", "exchange", "huge shape", "tiny shape", "large shape"],
)
def test_extreme_values_do_not_stop_the_check(profile: str, size: float, tmp_path: Path) -> None:
    for table in STANDARD.tables.values():
        example = {field.name: field.example for field in table.fields}
        rows = [example]
        # One extreme cell in a good row, and rows in which every cell is one.
        rows += [example | {field.name: text} for field in table.fields for text in EXTREMES[field.type]]
        rows += [
            {field.name: texts(field, place + number) for place, field in enumerate(table.fields)}
            for number in range(20)
        ]
        rows += [
            {field.name: EXTREMES[field.type][0] for field in table.fields if field.type != "string"} | {"name": "x"}
        ]
        with (tmp_path / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(example), restval="", extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"circle_id": STANDARD.tables["circles"].by_name["circle_id"].example},
                "geometry": {"type": "Polygon", "coordinates": [ring(size)]},
            }
        ],
    }
    (tmp_path / "circles.geojson").write_text(json.dumps(collection), encoding="utf-8")
    descriptor = {
        "name": "extremes",
        "title": "extremes",
        "created": "2025-01-10T09:00:00+08:00",
        "licenses": [{"name": "LicenseRef-none"}],
        "contributors": [{"title": "示例", "roles": ["publisher"]}],
        "resources": [
            *({"name": name, "path": f"{name}.csv"} for name in STANDARD.tables),
            {"name": "circles-geojson", "path": "circles.geojson"},
        ],
        "circledata": {
            "version": "1.0",
            "division_code": "620602",
            "as_of": "2024-12-31",
            "coordinate_system": "CGCS2000",
            "profile": profile,
            "synthetic": True,
        },
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    report = validate(tmp_path, max_examples=None)
    assert report.complete
    assert len(list(report.findings)) == sum(report.counts.values())
