"""What each kind of change means, on both sides of its border."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from changes_packages import Record, write_package

from circledata import validate
from circledata.feeds.changes import KINDS, ChangeCounts, write_changes
from circledata.standard import load_standard
from circledata.values.geodesy import METRES_PER_DEGREE

SHOP = {
    "outlet_id": "620602-O000001",
    "name": "老张修鞋",
    "category": "shoe-repair",
    "address": "东大街 1 号",
    "status": "open",
    "longitude": "102.64",
    "latitude": "37.928",
}
CIRCLE = {"circle_id": "620602-C001", "name": "东大街", "division_code": "620602001", "status": "accepted"}


def north(metres: float) -> str:
    """Return the latitude so many metres north of the shop."""
    return f"{37.928 + metres / METRES_PER_DEGREE:.8f}"


def compared(
    folder: Path,
    old: Sequence[Record],
    new: Sequence[Record],
    *,
    table: str = "outlets",
    settings: Sequence[Mapping[str, Any]] = ({}, {}),
) -> tuple[list[dict[str, Any]], ChangeCounts]:
    before = write_package(folder / "old", {table: old}, settings={"as_of": "2023-12-31", **settings[0]})
    after = write_package(folder / "new", {table: new}, settings=settings[1])
    stream = io.StringIO()
    counts = write_changes(before, after, stream)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [line for line in lines if line["type"] == "record"], counts


def kinds(folder: Path, changes: Record, **more: Any) -> list[str]:
    """Return the kinds of what happened to the shop."""
    lines, _ = compared(folder, [SHOP], [{**SHOP, **changes}], **more)
    found: list[str] = lines[0]["kinds"] if lines else []
    return found


def test_the_kinds_are_those_of_the_code_list() -> None:
    assert list(load_standard().codelists["change-kinds"].codes) == list(KINDS)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"status": "closed"}, ["closed"]),
        ({"status": "closed", "closed_on": "2024-05-01"}, ["closed"]),
        ({"status": "suspended"}, ["changed"]),
        ({"name": "老张皮具护理"}, ["renamed"]),
        ({"name": "老张 修鞋"}, ["changed"]),
        ({"name": ""}, ["changed"]),
        ({"category": "laundry"}, ["recategorised"]),
        ({"category": ""}, ["changed"]),
        ({"latitude": north(20.5)}, ["moved"]),
        ({"latitude": north(19.5)}, ["changed"]),
        ({"latitude": north(300), "address": "西大街 1 号"}, ["moved"]),
        ({"address": "西大街 1 号"}, ["changed"]),
        ({"latitude": "", "longitude": ""}, ["changed"]),
        ({"phone": "0935-1234567"}, ["changed"]),
        ({"x_note": "新列"}, ["changed"]),
        ({"status": "closed", "name": "新名", "phone": "0935-1"}, ["closed", "renamed", "changed"]),
    ],
)
def test_what_happened_to_an_outlet(changes: Record, expected: list[str], tmp_path: Path) -> None:
    assert kinds(tmp_path, changes) == expected


@pytest.mark.parametrize(
    ("status", "expected"), [("planned", ["opened"]), ("suspended", ["opened"]), ("closed", ["opened"])]
)
def test_an_outlet_opens(status: str, expected: list[str], tmp_path: Path) -> None:
    lines, _ = compared(tmp_path, [{**SHOP, "status": status}], [SHOP])
    assert lines[0]["kinds"] == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"opened_on": "2024-01-01"}, ["opened", "added"]),
        ({"opened_on": "2023-12-31"}, ["added"]),
        ({}, ["added"]),
        ({"opened_on": "2024-01-01", "status": "planned"}, ["added"]),
        ({"status": "closed", "closed_on": "2024-01-01"}, ["closed", "added"]),
        ({"status": "closed", "closed_on": "2023-12-31"}, ["added"]),
    ],
)
def test_a_new_record_is_news_when_its_day_lies_after_the_old_package(
    record: Record, expected: list[str], tmp_path: Path
) -> None:
    new = {**SHOP, "outlet_id": "620602-O000002", "name": "新店", "address": "北大街 9 号", **record}
    lines, _ = compared(tmp_path, [SHOP], [SHOP, new])
    assert [line["kinds"] for line in lines] == [expected]
    assert lines[0]["record"]["name"] == "新店"
    assert lines[0]["row"] == 2


def test_what_is_gone_leaves_its_key_and_name(tmp_path: Path) -> None:
    lines, _ = compared(tmp_path, [SHOP], [])
    key, name = {"outlet_id": "620602-O000001"}, "老张修鞋"
    assert lines == [{"type": "record", "table": "outlets", "kinds": ["removed"], "key": key, "name": name}]


def test_metres_are_told(tmp_path: Path) -> None:
    lines, _ = compared(tmp_path, [SHOP], [{**SHOP, "latitude": north(1234.5)}])
    assert lines[0]["metres"] == pytest.approx(1234.5, abs=0.1)


def test_another_coordinate_system_is_no_move(tmp_path: Path) -> None:
    from circledata.values.coordinates import from_wgs84

    lon, lat = from_wgs84(102.64, 37.928, "GCJ-02")
    moved = {**SHOP, "longitude": f"{lon:.7f}", "latitude": f"{lat:.7f}"}
    both = [{"coordinate_system": "WGS84"}, {"coordinate_system": "GCJ-02"}]
    assert kinds(tmp_path / "a", moved, settings=both) == ["changed"]
    # Whose cells are the same is not told one by one: that the descriptor names another system now says it of all.
    assert kinds(tmp_path / "b", {}, settings=both) == []
    assert kinds(tmp_path / "c", moved, settings=both[:1] * 2) == ["moved"]
    assert kinds(tmp_path / "d", {}, settings=[{"coordinate_system": "CGCS2000"}, both[0]]) == []


OTHER_SHOP = {"name": "阳光药店", "address": "西关街 20 号"}


@pytest.mark.parametrize(
    ("changes", "reused"),
    [
        ({**OTHER_SHOP, "latitude": north(501)}, True),
        ({**OTHER_SHOP, "latitude": north(499)}, False),
        ({**OTHER_SHOP, "latitude": "", "longitude": ""}, True),
        ({"name": "阳光药店", "latitude": north(501)}, False),
        ({"address": "西关街 20 号", "latitude": north(501)}, False),
        ({"name": "老张 修鞋", "address": "西关街 20 号", "latitude": north(501)}, False),
    ],
)
def test_an_id_is_reused_where_rule_cd808_says_so(changes: Record, reused: bool, tmp_path: Path) -> None:
    lines, counts = compared(tmp_path, [SHOP], [{**SHOP, **changes}])
    assert (lines[0]["kinds"] == ["id-reused"]) == reused
    assert counts.errors == reused
    report = validate(tmp_path / "new", previous=tmp_path / "old")
    assert any(finding.rule == "CD808" for finding in report.findings) == reused


def test_cd808_too_knows_the_two_systems(tmp_path: Path) -> None:
    """Name and address differ, and the place is the same in another system: it did not move 500 metres."""
    from circledata.values.coordinates import from_wgs84

    lon, lat = from_wgs84(102.64, 37.928, "BD-09")
    new = {**SHOP, **OTHER_SHOP, "longitude": f"{lon:.7f}", "latitude": f"{lat:.7f}"}
    lines, _ = compared(
        tmp_path, [SHOP], [new], settings=[{"coordinate_system": "WGS84"}, {"coordinate_system": "BD-09"}]
    )
    assert lines[0]["kinds"] == ["renamed", "changed"]
    report = validate(tmp_path / "new", previous=tmp_path / "old")
    assert not any(finding.rule == "CD808" for finding in report.findings)


NEW_ID = {"outlet_id": "620602-O000009"}


@pytest.mark.parametrize(
    ("changes", "twin"),
    [
        ({}, True),
        ({"name": "老张 修鞋（总店）"}, False),
        ({"name": "老张 修鞋"}, True),
        ({"latitude": north(19.5), "address": "别处"}, True),
        ({"latitude": north(20.5), "address": "别处"}, False),
        ({"latitude": north(199)}, True),
        ({"latitude": north(201)}, False),
        ({"latitude": "", "longitude": ""}, True),
        ({"latitude": "", "longitude": "", "address": "别处"}, False),
    ],
)
def test_a_new_id_for_the_same_place(changes: Record, twin: bool, tmp_path: Path) -> None:
    lines, counts = compared(tmp_path, [SHOP], [{**SHOP, **NEW_ID, **changes}])
    gone, came = lines
    assert gone["kinds"] == ["removed"]
    assert ("id-reminted" in came["kinds"]) == twin
    assert counts.warnings == twin
    if twin:
        assert came["twin"] == gone["key"]
        assert gone["twin"] == came["key"]
    else:
        assert "twin" not in came


def test_an_old_row_that_is_closed_and_comes_under_a_new_id(tmp_path: Path) -> None:
    lines, _ = compared(tmp_path, [SHOP], [{**SHOP, "status": "closed"}, {**SHOP, **NEW_ID}])
    assert [line["kinds"] for line in lines] == [["closed"], ["id-reminted", "added"]]


def test_a_second_shop_of_the_name_at_the_place_is_no_new_id(tmp_path: Path) -> None:
    lines, _ = compared(tmp_path, [SHOP], [SHOP, {**SHOP, **NEW_ID}])
    assert [line["kinds"] for line in lines] == [["added"]]


def test_of_two_that_came_the_nearer_is_the_twin(tmp_path: Path) -> None:
    far = {**SHOP, "outlet_id": "620602-O000008", "latitude": north(15)}
    lines, _ = compared(tmp_path, [SHOP], [far, {**SHOP, **NEW_ID}])
    assert [(line["key"]["outlet_id"][-1], "twin" in line) for line in lines] == [
        ("1", True),
        ("8", False),
        ("9", True),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "closed"}, ["closed"]),
        ({"status": "built"}, ["changed"]),
        ({"name": "东关街"}, ["renamed"]),
        ({"population": "12000"}, ["changed"]),
    ],
)
def test_what_happened_to_a_circle(changes: Record, expected: list[str], tmp_path: Path) -> None:
    lines, _ = compared(tmp_path, [CIRCLE], [{**CIRCLE, **changes}], table="circles")
    assert [line["kinds"] for line in lines] == [expected]


@pytest.mark.parametrize(("division", "twin"), [("620602001", True), ("620602002", False)])
def test_a_circle_with_a_new_id(division: str, twin: bool, tmp_path: Path) -> None:
    new = {**CIRCLE, "circle_id": "620602-C009", "division_code": division}
    lines, _ = compared(tmp_path, [CIRCLE], [new], table="circles")
    assert ("id-reminted" in lines[1]["kinds"]) == twin


def test_results_without_a_key_go_and_come(tmp_path: Path) -> None:
    row = {"survey_id": "620602-S1", "question_id": "q1", "option": "满意", "count": "10", "base": "20"}
    lines, counts = compared(tmp_path, [row, row], [row, {**row, "count": "11"}], table="survey_results")
    assert [line["kinds"] for line in lines] == [["removed"], ["added"]]
    assert lines[0]["key"] == row
    assert lines[0]["n"] == 2
    assert counts.records == {"survey_results": 2}
