"""Baidu Maps: tables with and without header, answers of its service. All places are invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from source_samples import Converted, csv_text, table
from source_samples import convert as convert_named

from circledata.convert.model import ConversionError

Run = Callable[..., Converted]
SNACKS = {
    "name": "示例小吃店",
    "address": "东大街1号",
    "lat": "37.920001",
    "lng": "102.640001",
    "tag": "美食;小吃快餐店",
}
PHARMACY = {"name": "示例药房", "address": "东大街2号", "lat": "37.930001", "lng": "102.650001", "tag": "医疗;药店"}
ANSWER = {
    **{
        "name": "示例药房",
        "location": {"lat": 37.920001, "lng": 102.640001},
        "address": "东大街9号",
        "province": "甘肃省",
    },
    **{"city": "武威市", "area": "凉州区", "telephone": "(0935)2222222", "detail": 1, "uid": "a1b2c3"},
    "detail_info": {
        "tag": "医疗;药店",
        "shop_hours": "08:00-22:00",
        "overall_rating": "4.5",
        "price": "",
        "type": "life",
    },
}


@pytest.fixture
def convert(tmp_path: Path) -> Run:
    def run(content: str | bytes, name: str = "places.csv", **options: Any) -> Converted:
        settings = {"coordinate_system": "BD-09", **options}
        return convert_named(tmp_path, name, content, settings.pop("source", "baidu"), **settings)

    return run


def test_a_table_with_header(convert: Run) -> None:
    done = convert(table(SNACKS, PHARMACY))
    assert done.outlets[0] == {
        "outlet_id": "620602-O000001",
        "name": "示例小吃店",
        "category": "restaurant",
        "address": "东大街1号",
        "status": "open",
        "chain": "unknown",
        "longitude": "102.640001",
        "latitude": "37.920001",
        "source": "百度地图",
        "x_baidu_tag": "美食;小吃快餐店",
    }
    assert done.outlets[1]["category"] == "pharmacy"
    assert done.errors == []
    assert done.conversion.coordinate_system == "BD-09"


@pytest.mark.parametrize(
    "order",
    [
        *(["name", "address", "lat", "lng", "tag"], ["name", "address", "lng", "lat", "tag"]),
        *(["name", "lat", "lng", "address", "tag"], ["lng", "lat", "name", "address", "tag"]),
    ],
)
def test_a_table_without_header(convert: Run, order: list[str]) -> None:
    done = convert(csv_text([[row[name] for name in order] for row in (SNACKS, PHARMACY)]))
    assert [(outlet["longitude"], outlet["latitude"]) for outlet in done.outlets] == [
        ("102.640001", "37.920001"),
        ("102.650001", "37.930001"),
    ]
    assert [outlet["category"] for outlet in done.outlets] == ["restaurant", "pharmacy"]
    assert [outlet["name"] for outlet in done.outlets] == ["示例小吃店", "示例药房"]
    assert "axes-swapped" not in done.decisions
    assert done.errors == []


def test_a_table_without_header_says_so(convert: Run) -> None:
    done = convert(csv_text([list(SNACKS.values())]))
    assert any("没有表头" in note["zh"] for note in done.summary["notes"])
    assert [int(row) for row, _, _ in done.left_out] == []


def test_a_row_with_its_axes_swapped(convert: Run) -> None:
    done = convert(table(SNACKS, {**PHARMACY, "lat": PHARMACY["lng"], "lng": PHARMACY["lat"]}))
    assert (done.outlets[1]["longitude"], done.outlets[1]["latitude"]) == ("102.650001", "37.930001")
    assert done.decisions["axes-swapped"] == 1


@pytest.mark.parametrize("name", ["answer.json", "answers.jsonl"])
def test_an_answer_of_the_service(convert: Run, name: str) -> None:
    page = {"status": 0, "message": "ok", "result_type": "poi_type", "total": 1, "results": [ANSWER]}
    done = convert(json.dumps(page, ensure_ascii=False), name, source=None)
    assert done.outlet == {
        "outlet_id": "620602-O000001",
        "name": "示例药房",
        "category": "pharmacy",
        "address": "东大街9号",
        "status": "open",
        "chain": "unknown",
        "division_code": "620602",
        "longitude": "102.640001",
        "latitude": "37.920001",
        "opening_hours": "08:00-22:00",
        "phone": "0935-2222222",
        "source": "百度地图",
        "x_baidu_uid": "a1b2c3",
        "x_baidu_tag": "医疗;药店",
        "x_baidu_rating": "4.5",
    }
    assert done.errors == []
    assert {item["column"] for item in done.summary["unmapped"]} == {"province", "city", "detail", "detail_info.type"}


def test_objects_in_the_cells_of_a_table(convert: Run) -> None:
    row = {**{key: str(value) for key, value in ANSWER.items()}}
    assert convert(table(row)).outlet["longitude"] == "102.640001"


@pytest.mark.parametrize(
    ("tag", "category"),
    [
        *(
            ("美食;中餐厅", "restaurant"),
            ("美食;蛋糕甜品店", "bakery"),
            ("美食;咖啡厅", "tea-coffee"),
            ("购物;超市", "supermarket"),
        ),
        *(("购物;便利店", "convenience-store"), ("生活服务;洗衣店", "laundry"), ("生活服务;维修点", "repair")),
        *(
            ("生活服务;家政服务", "housekeeping"),
            ("丽人;美容", "hairdressing"),
            ("丽人;美甲", "hairdressing"),
            ("医疗;药店", "pharmacy"),
        ),
        *(
            ("生活服务;图文快印店", "photo-print"),
            ("运动健身;健身中心", "fitness"),
            ("生活服务;宠物服务", "pet-service"),
        ),
    ],
)
def test_tags_are_read_from_the_finest(convert: Run, tag: str, category: str) -> None:
    assert convert(table({**SNACKS, "name": "示例", "tag": tag})).outlet["category"] == category


@pytest.mark.parametrize("tag", ["美食", "购物", "生活服务", "丽人", "医疗"])
def test_a_broad_tag_alone_is_not_sure(convert: Run, tag: str) -> None:
    done = convert(table(SNACKS, {**SNACKS, "name": "示例甲", "tag": tag}, {**SNACKS, "name": "示例乙", "tag": tag}))
    (reason,) = done.summary["left_out_by_reason"]
    assert (reason["reason"], reason["tags"]) == ("no-category", [{"tag": tag, "count": 2}])
    assert done.decisions["no-category"] == 2


@pytest.mark.parametrize(("name", "category"), [("示例便民菜店", "fresh-food-store"), ("示例理发店", "hairdressing")])
def test_a_broad_tag_with_a_telling_name(convert: Run, name: str, category: str) -> None:
    assert convert(table({**SNACKS, "name": name, "tag": "生活服务"})).outlet["category"] == category


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("东大街(公交站)", "美食"),
        ("示例超市-停车场", "购物;超市"),
        ("示例小区", "房地产;住宅区"),
        ("东关", "交通设施;公交车站"),
    ],
)
def test_what_is_no_outlet(convert: Run, name: str, tag: str) -> None:
    done = convert(table(SNACKS, {**SNACKS, "name": name, "tag": tag}))
    assert [reason for _, reason, _ in done.left_out] == ["not-an-outlet"]


def test_names_like_serial_numbers_are_doubted(convert: Run) -> None:
    made_up = {"name": "medical-122", "address": "", "lat": "37.91", "lng": "102.61", "tag": "医疗;药店"}
    done = convert(table(SNACKS, made_up, {**made_up, "name": "medical-123", "address": "东大街3号"}))
    assert done.decisions["looks-synthetic"] == 1
    assert ("", "medical-122", "", "looks-synthetic") in done.changes
    (said,) = [item for item in done.summary["decisions"] if item["code"] == "looks-synthetic"]
    assert "编造" in said["zh"] and "made up" in said["en"]
    assert len(done.outlets) == 3


def test_the_coordinate_system_is_never_assumed(convert: Run) -> None:
    with pytest.raises(ConversionError, match="coordinate system"):
        convert(table(SNACKS), coordinate_system=None)


def test_one_place_of_several_queries(convert: Run) -> None:
    row = {**SNACKS, "uid": "a1"}
    done = convert(table(row, {**row, "tag": "美食;中餐厅"}, row))
    assert done.left_out == [("3", "same-id", ""), ("4", "duplicate", "")]
