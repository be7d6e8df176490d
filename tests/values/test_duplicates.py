"""Duplicates: exact and near, never across branches, the same in any order; merging loses nothing."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.standard import spec_root
from circledata.values.brands import generic_words
from circledata.values.categories import entries_of
from circledata.values.duplicate_likeness import one_edit
from circledata.values.duplicates import REASONS, Group, find, merge
from circledata.values.geodesy import Grid, distance_m

LON, LAT = 102.64, 37.928


@cache
def generic() -> frozenset[str]:
    with (spec_root() / "1.0" / "codelists" / "categories.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(generic_words(entries_of(csv.DictReader(stream))))


def outlet(name: str, north: float | None = 0.0, **cells: Any) -> dict[str, Any]:
    """An outlet `north` metres north of a fixed point; None for one without coordinates."""
    point = {} if north is None else {"longitude": LON, "latitude": LAT + north / 111195.0}
    return {"name": name, **point, **cells}


def groups(*records: dict[str, Any], **options: Any) -> list[Group]:
    return find(records, generic=generic(), **options)


def near(*records: dict[str, Any], **options: Any) -> list[tuple[int, ...]]:
    return [group.rows for group in groups(*records, **options) if group.kind == "near"]


def test_exact_duplicates_are_told_apart_from_near_ones() -> None:
    records = [outlet("老张修鞋", outlet_id="1"), outlet("老张修鞋", outlet_id="2"), outlet("老张修鞋", phone="1")]
    exact, close = groups(*records)
    assert (exact.kind, exact.rows, exact.links[0].reason) == ("exact", (0, 1), "same-cells")
    assert (close.kind, close.rows, close.links[0].reason) == ("near", (0, 2), "same-name-same-place")
    assert groups({}, {}) == []
    assert groups({"name": "甲", "phone": ""}, {"name": "甲"})[0].kind == "exact"


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        (outlet("老张修鞋"), outlet("老张 修鞋", 19), "same-name-same-place"),
        (
            outlet("老张修鞋", address="东大街 1 号"),
            outlet("老张修鞋", 19, address="东大街路口"),
            "same-name-same-place",
        ),
        (outlet("肯德基"), outlet("肯德基餐厅", 5), "like-name-same-place"),
        (outlet("海王星辰大药房"), outlet("海王星晨大药房", 5), "like-name-same-place"),
        (outlet("示例店（东街店）"), outlet("示例店(东街店)", 5), "same-name-same-place"),
        (outlet("示例店(东街店)"), outlet("示例店", 5), "same-name-same-place"),
        (outlet("示例便利(24小时)"), outlet("示例便利", 5), "same-name-same-place"),
        (
            outlet("老张修鞋", address="东大街1号"),
            outlet("老张修鞋", 150, address="东大街 1 号"),
            "same-name-same-address",
        ),
        (
            outlet("老张修鞋", None, address="东大街１号"),
            outlet("老张修鞋", None, address="东大街1号", x="1"),
            "same-name-same-address",
        ),
        (outlet("丰巢快递柜", address="东苑 1 栋"), outlet("丰巢快递柜", 3, address="东苑1栋"), "same-name-same-place"),
    ],
)
def test_near(one: dict[str, Any], two: dict[str, Any], reason: str) -> None:
    (group,) = groups(one, two)
    assert (group.rows, group.links[0].reason) == ((0, 1), reason)
    assert reason in REASONS


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (outlet("老张修鞋"), outlet("老张修鞋", 21)),
        (outlet("老张修鞋", address="东大街"), outlet("老张修鞋", 1000, address="东大街")),
        (outlet("示例店(东街店)"), outlet("示例店(西街店)", 5)),
        (outlet("示例药房一店"), outlet("示例药房二店", 5)),
        (outlet("示例超市 1F"), outlet("示例超市 2F", 0)),
        (outlet("示例超市", address="万达 1 楼"), outlet("示例超市", 0, address="万达 2 楼")),
        (outlet("老李菜摊", address="市场 12 号摊位"), outlet("老李菜摊", 0, address="市场 13 号摊位")),
        (outlet("张记便利店"), outlet("李记便利店", 2)),
        (outlet("张记便利店"), outlet("张记理发店", 2)),
        (outlet("幸福东门菜店"), outlet("幸福西门菜店", 2)),
        (outlet("第一人民便利"), outlet("第二人民便利", 2)),
        (outlet("凉州区张三便利店"), outlet("凉州区李三便利店", 2)),
        (outlet("丰巢快递柜"), outlet("丰巢快递柜", 3)),
        (outlet("丰巢", category="parcel-locker"), outlet("丰巢", 3, category="parcel-locker", x="1")),
        (outlet("丰巢快递柜", address="东苑1栋"), outlet("丰巢快递柜", 3, address="东苑2栋")),
        (outlet("便利店"), outlet("便利店", 3)),
        (outlet("老张修鞋", None), outlet("老张修鞋", None, x="1")),
        (
            outlet("早餐车", None, address="小区门口", circle_id="620602-C001"),
            outlet("早餐车", None, address="小区门口", circle_id="620602-C002"),
        ),
        (outlet("老张修鞋", longitude=0, latitude=0), outlet("老张修鞋", longitude=0, latitude=0, x="1")),
        (outlet("老张修鞋", longitude="nan"), outlet("老张修鞋", longitude="?", x="1")),
        (outlet(""), outlet("", 1)),
    ],
)
def test_not_near(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert near(one, two) == []


def test_the_reason_and_the_distance_are_reported() -> None:
    (group,) = groups(outlet("海王星辰大药房"), outlet("海王星晨大药房", 5))
    (link,) = group.links
    assert (link.row, link.other, link.likeness) == (0, 1, 0.75)
    assert link.distance_m == pytest.approx(5, abs=0.01)


def test_groups_are_transitive_but_never_join_two_branches_or_wander_off() -> None:
    assert near(*(outlet("老张修鞋", north) for north in (0, 15, 30))) == [(0, 1, 2)]
    assert near(outlet("示例店(东店)", 0), outlet("示例店", 4), outlet("示例店(西店)", 10)) == [(0, 1)]
    chain = near(*(outlet("老张修鞋", north) for north in range(0, 190, 19)))
    assert len(chain) > 1


def test_the_distance_is_a_choice() -> None:
    assert near(outlet("老张修鞋"), outlet("老张修鞋", 250), distance=300) == [(0, 1)]
    with pytest.raises(ValueError, match="negative"):
        find([], distance=-1)


def test_a_crowd_at_one_point_with_many_branches_is_no_group() -> None:
    crowd = [outlet(f"示例店({number}栋店)") for number in range(3000)]
    assert near(*crowd) == []
    assert near(*crowd, outlet("示例店(7栋店)", 1)) == [(7, 3000)]


def test_merge_fills_gaps_and_lists_conflicts() -> None:
    records = [
        {
            "name": "老张修鞋",
            "phone": "",
            "longitude": "102.64",
            "latitude": "",
            "address": "东大街 1 号",
            "brand": None,
        },
        {"name": "老张修鞋铺", "phone": "0935-1", "longitude": "102.65", "latitude": "37.9", "status": "open"},
    ]
    merged = merge(records, (0, 1))
    assert merged.row == 1
    assert dict(merged.record) == {
        "name": "老张修鞋铺", "phone": "0935-1", "longitude": "102.65", "latitude": "37.9", "status": "open",
        "address": "东大街 1 号", "brand": "",
    }  # fmt: skip
    assert merged.filled == (("address", 0),)
    assert [(item.field, item.kept, item.others) for item in merged.conflicts] == [
        ("name", "老张修鞋铺", ((0, "老张修鞋"),)),
        ("longitude", "102.65", ((0, "102.64"),)),
    ]


def test_coordinates_are_filled_from_one_record() -> None:
    records = [
        {"name": "甲", "address": "东大街", "phone": "1"},
        {"name": "甲", "longitude": "1"},
        {"name": "甲", "longitude": "2", "latitude": "3"},
    ]
    merged = merge(records, (0, 1, 2))
    assert (merged.record["longitude"], merged.record["latitude"]) == ("2", "3")
    assert merged.filled == (("longitude", 2), ("latitude", 2))
    with pytest.raises(ValueError, match="nothing"):
        merge(records, ())


@pytest.mark.parametrize(
    ("a", "b", "changed"),
    [
        ("abc", "abc", ""),
        ("abc", "adc", "bd"),
        ("abc", "ac", "b"),
        ("abc", "abcd", "d"),
        ("abc", "cab", ""),
        ("", "a", "a"),
    ],
)
def test_one_edit(a: str, b: str, changed: str) -> None:
    assert one_edit(a, b) == changed


RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(
                [
                    "老张修鞋",
                    "老张修鞋铺",
                    "海王星辰药房",
                    "海王星晨药房",
                    "海王星辰药房(东店)",
                    "海王星辰药房(西店)",
                    "丰巢柜",
                    "便利店",
                    "海王星辰 2F",
                ]
            ),
            "address": st.sampled_from(["", "东大街1号", "东大街 1 号", "东大街2号3楼"]),
            "longitude": st.sampled_from([LON, LON + 0.0001, LON + 0.01, ""]),
            "latitude": st.integers(0, 8).map(lambda step: LAT + step * 0.00007),
            "phone": st.sampled_from(["", "1", "2"]),
        }
    ),
    max_size=14,
)


def contents(records: list[dict[str, Any]]) -> list[Any]:
    found = find(records, generic=generic())
    return sorted(
        (group.kind, sorted(str(sorted(records[row].items(), key=str)) for row in group.rows)) for group in found
    )


@given(RECORDS, st.randoms())
def test_the_order_of_records_changes_nothing(records: list[dict[str, Any]], random: Any) -> None:
    mixed = list(records)
    random.shuffle(mixed)
    assert contents(records) == contents(mixed)


@given(RECORDS)
def test_groups_share_no_row_and_hold_one_branch(records: list[dict[str, Any]]) -> None:
    for kind in ("exact", "near"):
        rows = [row for group in find(records, generic=generic()) if group.kind == kind for row in group.rows]
        assert len(rows) == len(set(rows))
    for group in find(records, generic=generic()):
        names = {records[row]["name"] for row in group.rows}
        assert not {"海王星辰药房(东店)", "海王星辰药房(西店)"} <= names
        assert len(group.links) == len(group.rows) - 1


@given(RECORDS.filter(bool), st.randoms())
def test_merging_loses_no_value(records: list[dict[str, Any]], random: Any) -> None:
    rows = list(range(len(records)))
    merged = merge(records, rows)
    for field in ("name", "address", "longitude", "latitude", "phone"):
        given_values = {str(record[field]) for record in records} - {""}
        others = {text for item in merged.conflicts if item.field == field for _, text in item.others}
        assert given_values == others | ({merged.record[field]} - {""})
    random.shuffle(rows)
    assert merge(records, rows).record == merged.record


@given(
    st.floats(-179, 179),
    st.floats(-80, 80),
    st.floats(-60, 60),
    st.floats(-60, 60),
    st.sampled_from([20.0, 50.0, 200.0]),
)
def test_the_grid_misses_no_neighbour(lon: float, lat: float, east: float, north: float, size: float) -> None:
    grid = Grid(size)
    other = lon + east / 1e6, lat + north / 1e6
    if distance_m(lon, lat, *other) <= size:
        assert grid.cell(*other) in set(grid.around(lon, lat))
