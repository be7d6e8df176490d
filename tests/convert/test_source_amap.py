"""AMap: answers of its service in JSON, exports with Chinese and English headers. All places are invented."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from source_samples import AS_OF, Converted, book, csv_text, table
from source_samples import convert as convert_named

from circledata.convert import convert_file, convert_files
from circledata.convert.model import ConversionError

Run = Callable[..., Converted]
STORE = {
    **{
        "id": "B0001",
        "name": "示例便利店(东街店)",
        "type": "购物服务;便民商店/便利店;便民商店/便利店",
        "typecode": "060200",
    },
    **{"biz_type": [], "address": "东大街1号", "location": "102.640001,37.920001", "tel": "0935-2222222;0935-2222223"},
    **{
        "distance": "12",
        "pname": "甘肃省",
        "cityname": "武威市",
        "adname": "凉州区",
        "adcode": "620602",
        "business_area": "东关",
    },
    **{"biz_ext": {"rating": "4.5", "cost": [], "opentime2": "周一至周日 08:00-22:00"}, "tag": [], "photos": []},
}
CHINESE = {
    **{
        "名称": "示例便利店",
        "类型": "购物服务;便民商店/便利店;便民商店/便利店",
        "地址": "东大街1号",
        "经度": "102.64",
        "纬度": "37.92",
    },
    **{"电话": "0935-2222222", "评分": "4.5", "人均消费": "25"},
}


@pytest.fixture
def convert(tmp_path: Path) -> Run:
    def run(content: str | bytes, name: str = "pois.csv", **options: Any) -> Converted:
        settings = {"coordinate_system": "GCJ-02", **options}
        return convert_named(tmp_path, name, content, settings.pop("source", "amap"), **settings)

    return run


def pages(*places: Mapping[str, object]) -> str:
    return json.dumps({"status": "1", "count": str(len(places)), "info": "OK", "infocode": "10000", "pois": places})


def place(**more: object) -> dict[str, object]:
    return {**STORE, **more}


def test_an_answer_of_the_service_becomes_a_valid_package(convert: Run) -> None:
    done = convert(pages(STORE), "page.json")
    assert done.outlet == {
        "outlet_id": "620602-O000001",
        "name": "示例便利店(东街店)",
        "category": "convenience-store",
        "address": "东大街1号",
        "status": "open",
        "chain": "unknown",
        "division_code": "620602",
        "longitude": "102.640001",
        "latitude": "37.920001",
        "opening_hours": "Mo-Su 08:00-22:00",
        "phone": "0935-2222222;0935-2222223",
        "source": "高德地图",
        "x_amap_id": "B0001",
        "x_amap_type": STORE["type"],
        "x_amap_typecode": "060200",
        "x_amap_rating": "4.5",
        "x_amap_business_area": "东关",
    }
    assert done.errors == []
    assert done.conversion.coordinate_system == "GCJ-02"


def test_every_change_is_in_the_log(convert: Run) -> None:
    assert sorted(convert(pages(STORE), "page.json").changes) == [
        ("category", STORE["type"], "convenience-store", "category-class-name"),
        ("longitude+latitude", "102.640001,37.920001", "102.640001 37.920001", "split"),
        ("opening_hours", "周一至周日 08:00-22:00", "Mo-Su 08:00-22:00", "hours-from-chinese"),
        ("outlet_id", "B0001", "620602-O000001", "new-id"),
        ("status", "", "open", "default"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.json", pages(STORE, place(id="B0002", name="示例便利店二"))),
        ("array.json", json.dumps([STORE, place(id="B0002", name="示例便利店二")])),
        ("pages.json", json.dumps([{"pois": [STORE]}, {"pois": [place(id="B0002", name="示例便利店二")]}])),
        ("pages.txt", pages(STORE) + "\n" + pages(place(id="B0002", name="示例便利店二"))),
        ("pages.jsonl", pages(STORE) + "\n" + pages(place(id="B0002", name="示例便利店二"))),
        ("objects.jsonl", json.dumps(STORE) + "\n" + json.dumps(place(id="B0002", name="示例便利店二"))),
    ],
)
def test_pages_arrays_and_lines_are_read_alike(convert: Run, name: str, content: str) -> None:
    done = convert(content, name)
    assert [outlet["x_amap_id"] for outlet in done.outlets] == ["B0001", "B0002"]
    assert done.errors == []


def test_the_file_is_recognised_by_its_columns(convert: Run) -> None:
    assert convert(pages(STORE), "page.json", source=None).summary["mapping"] == "amap 1.0"


@pytest.mark.parametrize("code", ["060200", "60200", "60200.0", "060201", "60200|190000"])
def test_codes_without_their_zero_are_read(convert: Run, code: str) -> None:
    done = convert(table({**CHINESE, "类型": "", "类型编码": code, "名称": "示例商行"}))
    assert done.outlet["category"] == "convenience-store"


def test_several_types_become_other_categories(convert: Run) -> None:
    both = "餐饮服务;中餐厅;中餐厅|购物服务;便民商店/便利店;便民商店/便利店"
    done = convert(pages(place(type=both, typecode="050100|060200", name="示例小馆")), "page.json")
    assert (done.outlet["category"], done.outlet["other_categories"]) == ("restaurant", "convenience-store")
    assert done.decisions["several-categories"] == 1


@pytest.mark.parametrize("missing", ["[]", "{}", "", None, [], {}])
def test_what_says_nothing_is_nothing(convert: Run, missing: object) -> None:
    done = convert(
        pages(place(tel=missing, biz_ext=missing, business_area=missing, address=missing, tag=missing)), "p.json"
    )
    assert not {"phone", "address", "opening_hours", "x_amap_rating", "x_amap_tag", "x_amap_business_area"} & set(
        done.outlet
    )


def test_missing_written_as_text_in_a_table(convert: Run) -> None:
    done = convert(table({**CHINESE, "电话": "[]", "评分": "[]", "人均消费": "{}", "地址": "[]"}))
    assert not {"phone", "address", "x_amap_rating", "x_amap_cost"} & set(done.outlet)
    assert ("phone", "[]", "", "missing") in done.changes


@pytest.mark.parametrize(
    "name",
    [
        "示例超市(入口)",
        "示例超市（出入口）",
        "东大街与西大街(路口)",
        "东大街(公交站)",
        "示例超市(地铁站)",
        "示例超市（停车场）",
    ],
)
def test_entrances_junctions_and_stops_are_no_outlets(convert: Run, name: str) -> None:
    done = convert(pages(STORE, place(id="B0002", name=name)), "page.json")
    assert [(row, reason) for row, reason, _ in done.left_out] == [("2", "not-an-outlet")]
    assert done.left_out[0][2] in {"(入口)", "(出入口)", "(路口)", "(公交站)", "(地铁站)", "(停车场)"}
    assert "no-category" not in done.decisions


@pytest.mark.parametrize(
    "kind",
    [
        *(
            "地名地址信息;交通地名;路口名",
            "道路附属设施;警示信息;摄像头",
            "公共设施;公共厕所;公共厕所",
            "交通设施服务;停车场;公共停车场",
        ),
        *(
            "通行设施;建筑物门;建筑物正门",
            "室内设施;室内设施;室内设施",
            "地名地址信息;门牌信息;门牌信息|通行设施;建筑物门;建筑物正门",
        ),
    ],
)
def test_types_that_are_no_outlets(convert: Run, kind: str) -> None:
    done = convert(table(CHINESE, {**CHINESE, "名称": "示例便民菜市场", "类型": kind}))
    assert done.left_out == [("3", "not-an-outlet", kind.partition(";")[0])]


def test_a_place_that_is_also_an_outlet_stays(convert: Run) -> None:
    kind = f"地名地址信息;标志性建筑物;标志性建筑物|{STORE['type']}"
    assert convert(table({**CHINESE, "类型": kind})).outlet["category"] == "convenience-store"


@pytest.mark.parametrize("code", ["150700", "190302.0", "991000|150904"])
def test_codes_that_are_no_outlets(convert: Run, code: str) -> None:
    done = convert(
        table(
            {**CHINESE, "类型": "", "类型编码": "060200"}, {**CHINESE, "类型": "", "类型编码": code, "名称": "东大街"}
        )
    )
    assert done.left_out == [("3", "not-an-outlet", code[:6])]


def test_types_without_category_are_left_out_and_counted(convert: Run) -> None:
    office = {**CHINESE, "类型": "商务住宅;楼宇;商务写字楼"}
    done = convert(table(CHINESE, {**office, "名称": "示例大厦"}, {**office, "名称": "示例中心"}))
    (reason,) = done.summary["left_out_by_reason"]
    assert (reason["reason"], reason["tags"]) == ("no-category", [{"tag": "商务住宅;楼宇;商务写字楼", "count": 2}])
    assert done.decisions["no-category"] == 2


def test_an_unknown_type_with_a_telling_name(convert: Run) -> None:
    assert (
        convert(table({**CHINESE, "类型": "购物服务;购物相关场所;购物相关场所"})).outlet["category"]
        == "convenience-store"
    )


def test_closed_places_are_left_out(convert: Run) -> None:
    done = convert(table(CHINESE, {**CHINESE, "名称": "示例老店便利店（已停业）"}))
    assert done.left_out == [("3", "closed", "(已停业)")]


def test_the_same_place_of_two_queries_is_taken_once(convert: Run) -> None:
    done = convert(pages(STORE, place(distance="99"), STORE), "page.json")
    assert done.left_out == [("2", "same-id", ""), ("3", "duplicate", "")]
    assert len(done.outlets) == 1


def test_a_district_sheet_with_kinds_in_the_headers(convert: Run) -> None:
    # The headers name the kind of place (药店名称), and the code table's columns stand beside them.
    row = {
        **{
            "id": "B0009",
            "行业类型": "医疗保健服务",
            "药店名称": "示例平价药房",
            "药店大类": "医疗保健服务",
            "药店次类": "医药保健销售店",
        },
        **{"药店小类": "药房", "药店地址": "东大街9号", "联系电话": "0935-2222229", "经度": "102.64", "纬度": "37.92"},
        **{"省份代码": "620000", "省份名称": "甘肃省", "城市代码": "0935", "城市名称": "武威市", "区域代码": "620602"},
        **{"区域名称": "凉州区", "所在商圈": "东关"},
    }
    done = convert(book([list(row), list(row.values())]), "620602.xlsx", source=None)
    outlet = done.outlet
    assert (outlet["name"], outlet["category"], outlet["address"]) == ("示例平价药房", "pharmacy", "东大街9号")
    assert (outlet["phone"], outlet["division_code"], outlet["x_amap_business_area"]) == (
        "0935-2222229",
        "620602",
        "东关",
    )
    unmapped = {item["column"] for item in done.summary["unmapped"]}
    assert unmapped == {"省份代码", "省份名称", "城市代码", "城市名称"}
    assert done.errors == []


def test_an_english_table_with_an_object_in_a_cell(convert: Run) -> None:
    flat = {key: value for key, value in STORE.items() if isinstance(value, str)}
    json_cell = '{"rating":"4.5","cost":"25.00","opentime2":"周一至周日 09:00-21:00"}'
    python_cell = "{'rating': '3.9', 'cost': [], 'open_time': '09:00-21:00'}"
    done = convert(
        table(
            {**flat, "biz_ext": json_cell},
            {**flat, "id": "B0002", "name": "示例便利店二", "biz_ext": python_cell},
            {**flat, "id": "B0003", "name": "示例便利店三", "biz_ext": "[]"},
        )
    )
    first, second, third = done.outlets
    assert (first["x_amap_rating"], first["x_amap_cost"], first["opening_hours"]) == (
        "4.5",
        "25.00",
        "Mo-Su 09:00-21:00",
    )
    assert (second["x_amap_rating"], second["opening_hours"]) == ("3.9", "09:00-21:00")
    assert "x_amap_cost" not in second and "x_amap_rating" not in third


def test_an_answer_of_the_newer_service(convert: Run) -> None:
    business = {
        "tel": "0935-2222222",
        "rating": "4.6",
        "cost": "30",
        "opentime_today": "09:00-20:00",
        "opentime_week": "周一至周日 09:00-21:00",
        "tag": "水果",
        "business_area": "东关",
    }
    new = {key: value for key, value in STORE.items() if key not in {"tel", "biz_ext", "tag", "business_area"}}
    outlet = convert(pages({**new, "business": business}), "page.json").outlet
    assert (outlet["opening_hours"], outlet["phone"]) == ("Mo-Su 09:00-21:00", "0935-2222222")
    assert (outlet["x_amap_rating"], outlet["x_amap_cost"], outlet["x_amap_tag"]) == ("4.6", "30", "水果")


def test_hours_that_cannot_be_read_stay_as_text(convert: Run) -> None:
    done = convert(table({**CHINESE, "营业时间": "以店内公告为准"}))
    assert done.outlet["x_opening_hours_text"] == "以店内公告为准"
    assert done.summary["unread"] == [{"field": "opening_hours", "text": "以店内公告为准", "count": 1}]


def test_a_gbk_table_with_titles_and_totals(convert: Run) -> None:
    rows = [["示例网点"], [], list(CHINESE), list(CHINESE.values()), ["合计", "1", *[""] * 6]]
    done = convert(csv_text(rows).encode("gb18030"))
    assert done.outlet["name"] == "示例便利店"
    assert done.left_out == [("5", "total", "")]


def test_the_coordinate_system_is_never_assumed(convert: Run) -> None:
    with pytest.raises(ConversionError, match="coordinate system"):
        convert(pages(STORE), "page.json", coordinate_system=None)


def test_an_unknown_system_claims_nothing(convert: Run) -> None:
    outlet = convert(pages(STORE), "page.json", coordinate_system="unknown").outlet
    assert (outlet["x_longitude"], outlet["x_latitude"]) == ("102.640001", "37.920001")
    assert "longitude" not in outlet


def test_two_files_are_one_package(tmp_path: Path, convert: Run) -> None:
    (tmp_path / "one.json").write_text(pages(STORE), encoding="utf-8")
    (tmp_path / "two.csv").write_text(table({**CHINESE, "名称": "示例便利店二"}), encoding="utf-8")
    paths = [tmp_path / "one.json", tmp_path / "two.csv"]
    settings: dict[str, Any] = {"division_code": "620602", "coordinate_system": "GCJ-02", "source": "amap"}
    done = Converted(convert_files(paths, to=tmp_path / "package", as_of=AS_OF, **settings))
    assert [outlet["outlet_id"] for outlet in done.outlets] == ["620602-O000001", "620602-O000002"]
    assert done.errors == []


def test_same_input_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "page.json"
    source.write_text(pages(STORE, place(id="B0002", name="示例拉面馆")), encoding="utf-8")
    found = []
    for number in (1, 2):
        settings: dict[str, Any] = {"source": "amap", "division_code": "620602", "coordinate_system": "GCJ-02"}
        done = convert_file(source, to=tmp_path / f"p{number}", as_of=AS_OF, **settings)
        found.append({path.name: path.read_bytes() for folder in (done.to, done.papers) for path in folder.iterdir()})
    assert found[0] == found[1]
