"""Where things lie and which categories each circle has: positions, levels, samples, and what is not told."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest

from circledata import validate
from circledata.findings.policy import Policy
from circledata.findings.report import PolicyEntry
from circledata.values.coordinates import to_wgs84

EXAMPLES = Path(__file__).parents[2] / "examples"
CENTRE = (102.6412, 37.9287)


def outlet(number: int, **cells: object) -> dict[str, object]:
    return {
        "outlet_id": f"620602-O{number:06d}",
        "circle_id": "620602-C001",
        "name": f"第{number}店",
        "category": "repair",
        "address": f"东大街{number}号",
        "status": "open",
        "longitude": f"{CENTRE[0] + number * 1e-5:.6f}",
        "latitude": f"{CENTRE[1]:.6f}",
        **cells,
    }


CIRCLE = {"circle_id": "620602-C001", "name": "示例", "longitude": str(CENTRE[0]), "latitude": str(CENTRE[1])}


def square(side: float = 0.01) -> dict[str, object]:
    west, south = CENTRE[0] - side / 2, CENTRE[1] - side / 2
    corners = [(0, 0), (0.5, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    ring = [[round(west + x * side, 6), round(south + y * side, 6)] for x, y in corners]
    feature = {
        "type": "Feature",
        "properties": {"circle_id": "620602-C001"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    return {"type": "FeatureCollection", "features": [feature]}


@pytest.mark.parametrize("system", ["WGS84", "CGCS2000", "GCJ-02", "BD-09"])
def test_everything_is_moved_to_wgs84(make_package, system: str) -> None:
    tables = {"circles": [CIRCLE], "outlets": [outlet(1)]}
    geography = validate(make_package(tables, geojson=square(), coordinate_system=system)).geography()
    assert geography is not None
    assert geography.system == system
    (circle,) = geography.circles
    assert circle.centre == pytest.approx(to_wgs84(*CENTRE, system), abs=1e-9)
    corner = to_wgs84(CENTRE[0] - 0.005, CENTRE[1] - 0.005, system)
    assert min(math.dist(corner, position) for position in circle.rings[0]) < 1e-6
    assert geography.outlets[0].position == pytest.approx(to_wgs84(CENTRE[0] + 1e-5, CENTRE[1], system), abs=1e-9)


def test_a_corner_that_changes_nothing_is_thinned_out(make_package) -> None:
    geography = validate(make_package({"circles": [CIRCLE]}, geojson=square())).geography()
    assert geography is not None
    assert [len(ring) for ring in geography.circles[0].rings] == [5]


def test_levels_are_those_of_all_findings_not_of_the_examples(make_package) -> None:
    rows = [outlet(n, status="营业") if n % 2 else outlet(n) for n in range(1, 41)]
    report = validate(make_package({"circles": [CIRCLE], "outlets": rows}), max_examples=1)
    geography = report.geography()
    assert geography is not None
    faulty = {place.row for place in geography.outlets if place.level == "error"}
    assert faulty == {n + 1 for n in range(1, 41) if n % 2}
    assert geography.faulty_total >= 20
    assert geography.circles[0].outlets == 40
    assert geography.circles[0].faulty_outlets == geography.faulty_total


def test_the_policy_decides_the_level(make_package) -> None:
    package = make_package({"circles": [CIRCLE], "outlets": [outlet(1, status="营业")]})
    entry = PolicyEntry("CD206", "advice", "试用", date(2099, 12, 31))
    geography = validate(package, policy=Policy("policy.yaml", (entry,))).geography()
    assert geography is not None
    assert geography.outlets[0].level != "error"
    assert geography.outlets[0].findings >= 1


def test_a_sample_holds_the_faulty_ones_first(make_package) -> None:
    rows = [outlet(n, status="营业" if n > 95 else "open") for n in range(1, 101)]
    report = validate(make_package({"circles": [CIRCLE], "outlets": rows}))
    geography, again = report.geography(20), report.geography(20)
    assert geography is not None
    assert geography == again
    assert len(geography.outlets) == 20
    assert geography.outlets_total == 100
    rows_shown = [place.row for place in geography.outlets]
    assert rows_shown == sorted(rows_shown)
    assert {97, 98, 99, 100, 101} <= set(rows_shown)
    # The rest is spread over the file and is not its beginning.
    assert max(row for row in rows_shown if row < 97) > 60


def test_what_has_no_place_on_earth_is_counted_and_left_out(make_package) -> None:
    rows = [
        outlet(1),
        outlet(2, longitude="", latitude=""),
        outlet(3, longitude="东经"),
        outlet(4, longitude="999"),
        outlet(5, latitude="-91"),
    ]
    geography = validate(make_package({"circles": [CIRCLE], "outlets": rows})).geography()
    assert geography is not None
    assert [place.row for place in geography.outlets] == [2]
    assert (geography.outlets_total, geography.outlets_without) == (1, 4)


def test_personal_data_is_not_in_the_views(make_package) -> None:
    secret = "13912345678"
    tables = {
        "circles": [CIRCLE | {"name": f"示例 {secret}"}],
        "outlets": [outlet(1, name=f"老张 {secret}"), outlet(2)],
    }
    report = validate(make_package(tables))
    geography = report.geography()
    assert geography is not None
    assert [place.name for place in geography.outlets] == [None, "第2店"]
    assert secret not in repr(geography)
    assert secret not in repr(report.coverage())


def test_a_boundary_without_its_circle_and_a_crossing_one_are_shown(make_package) -> None:
    shapes = square()
    crossing = {
        "type": "Polygon",
        "coordinates": [[[102.6, 37.9], [102.61, 37.91], [102.61, 37.9], [102.6, 37.91], [102.6, 37.9]]],
    }
    shapes["features"].append({"type": "Feature", "properties": {"circle_id": "620602-C009"}, "geometry": crossing})
    geography = validate(make_package({"circles": [CIRCLE]}, geojson=shapes)).geography()
    assert geography is not None
    assert [(circle.circle_id, circle.row) for circle in geography.circles] == [
        ("620602-C001", 2),
        ("620602-C009", None),
    ]
    assert len(geography.circles[1].rings[0]) == 5


def test_nothing_with_coordinates(make_package) -> None:
    report = validate(make_package({"needs": [{"description": "早餐店"}]}))
    assert report.geography() is None
    assert report.coverage() is None


def test_coverage_folds_children_and_local_categories(make_package) -> None:
    tables = {
        "circles": [CIRCLE, CIRCLE | {"circle_id": "620602-C002", "name": "另一个", "status": "closed"}],
        "categories": [{"category": "x-noodles", "name": "牛肉面馆", "parent": "breakfast-shop"}],
        "outlets": [
            outlet(1, category="shoe-repair", other_categories="laundry;pharmacy"),
            outlet(2, category="x-noodles"),
            outlet(3, category="repair"),
            outlet(4, category="pharmacy", status="closed", closed_on="2024-01-01"),
            outlet(5, category="car-wash"),
        ],
    }
    coverage = validate(make_package(tables)).coverage()
    assert coverage is not None
    (circle,) = coverage.circles
    counts = dict(zip(coverage.categories, circle.counts, strict=True))
    assert {code: count for code, count in counts.items() if count} == {
        "repair": 2,
        "laundry": 1,
        "pharmacy": 1,
        "breakfast-shop": 1,
    }
    assert circle.kinds == 4
    assert len(coverage.categories) == 26


def test_coverage_of_the_example_agrees_with_its_file() -> None:
    import csv

    coverage = validate(EXAMPLES / "demo-district").coverage()
    assert coverage is not None
    with (EXAMPLES / "demo-district" / "outlets.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["status"] == "open"]
    place = coverage.categories.index("supermarket")
    for circle in coverage.circles:
        own = [row for row in rows if row["circle_id"] == circle.circle_id]
        has = [row for row in own if "supermarket" in (row["category"], *row["other_categories"].split(";"))]
        assert circle.counts[place] == len(has), circle.circle_id


def test_the_views_outlive_the_call(make_package) -> None:
    """The session lives as long as the report, however the report was copied."""
    from dataclasses import replace

    report = replace(validate(make_package({"circles": [CIRCLE], "outlets": [outlet(1)]})), label="anders")
    assert report.geography() == report.geography()
    assert report.coverage() is not None
