"""The mapping engine: what a mapping can say, and what becomes of every row and column."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from circledata.convert import ConversionError
from circledata.convert.output.package import csv_content

OUTLETS = "tables:\n  outlets:\n    fields:\n      name: [店名]\n      status: {constant: open}\n"


def outlets(more: str, top: str = "") -> str:
    """A mapping of the table outlets with further fields, each a line `field: rule`."""
    return top + OUTLETS + "".join(f"      {line}\n" for line in more.splitlines())


@pytest.mark.parametrize(
    ("rule", "header", "cells", "field", "value", "change"),
    [
        ("address: {join: [市, 区]}", "市,区", "武威市,凉州区东街6号", "address", "武威市凉州区东街6号", "joined"),
        ("address: {join: [区, 街]}", "区,街", "凉州区,凉州区东大街", "address", "凉州区东大街", "joined"),
        ("address: {join: [街, 号], with: ' '}", "街,号", "East St,6", "address", "East St 6", "joined"),
        ("brand: {from: [全名], split: '-', part: 1}", "全名", "甲-东街店", "brand", "甲", "tidied"),
        ("brand: {from: [全名], split: '-', part: -1}", "全名", "甲-东街店", "brand", "东街店", "tidied"),
        ("services: {from: [服务], split: '+'}", "服务", "打印+快递代收", "services", "printing;parcel", "translated"),
        ("services: {from: [服务], values: {寄件: parcel}}", "服务", "寄件、打印", "services", "parcel;printing", None),
        ("chain: [连锁]", "连锁", "加盟店", "chain", "franchise", "translated"),
        ("floor_area_m2: [面积]", "面积", "1.5亩", "floor_area_m2", "1000", "read-as-area"),
        ("floor_area_m2: [面积（亩）]", "面积（亩）", "3", "floor_area_m2", "2000", "read-as-area"),
        ("staff_count: [人数]", "人数", "12人", "staff_count", "12", "read-as-integer"),
        ("staff_count: [人数]", "人数", "5.0", "staff_count", "5", "read-as-integer"),
        ("opened_on: [开业]", "开业", "2020年3月1日", "opened_on", "2020-03-01", "read-as-date"),
        ("opening_hours: [时间]", "时间", "每天8点到21点", "opening_hours", "Mo-Su 08:00-21:00", "hours-from-chinese"),
        ("accepts_cash: [现金]", "现金", "√", "accepts_cash", "true", "translated"),
        ("accepts_cash: [现金]", "现金", "无", "accepts_cash", "false", "translated"),
        ("operator_uscc: [代码]", "代码", "91110000600037341l", "operator_uscc", "91110000600037341L", "read-as-uscc"),
        ("division_code: [街道]", "街道", "东大街街道", "division_code", "620602001", "division-by-name"),
        ("division_code: [街道]", "街道", "620602000000", "division_code", "620602", "read-as-division"),
        (
            "division_code: {find: [a]}",
            "a",
            "凉州区东大街街道1号",
            "division_code",
            "620602001",
            "division-from-address",
        ),
        ("mobility: {from: [类], default: fixed}", "类", "", "mobility", "fixed", "default"),
        ("phone: [电话]", "电话", "０９３５-2211111", "phone", "0935-2211111", "read-as-phones"),
        ("phone: [电话]", "电话", "['0935-2211111']", "phone", "0935-2211111", "read-as-phones"),
        (
            "phone: [电话]",
            "电话",
            "0935-2211111/2211112",
            "phone",
            "0935-2211111;0935-2211112",
            "area-code-inherited",
        ),
        ("phone: [电话]", "电话", "0935-2211111转8", "phone", "0935-2211111-8", "read-as-phones"),
    ],
)
def test_rules(
    convert_own: Any, rule: str, header: str, cells: str, field: str, value: str, change: str | None
) -> None:
    result = convert_own(f"店名,{header},备注\n示例,{cells},x\n", outlets(rule))
    assert result.outlet[field] == value
    noted = [found for name, _, new, found in result.changes if name == field and new == value]
    assert noted == [change] if change else noted


@pytest.mark.parametrize(
    ("rule", "cell", "rule_of_change"),
    [
        ("staff_count: [列]", "很多", "unreadable"),
        ("floor_area_m2: [列]", "约200平方米", "unreadable"),
        ("floor_area_m2: [列]", "-5", "unreadable"),
        ("opened_on: [列]", "2020", "unreadable"),
        ("operator_uscc: [列]", "91110000600037341N", "uscc-invalid"),
        ("chain: [列]", "半连锁", "unreadable"),
        ("circle_id: [列]", "没有的生活圈", "reference-unknown"),
        ("division_code: [列]", "999999", "unreadable"),
        ("address: [列]", "很长" * 101, "does-not-fit"),
    ],
)
def test_what_is_not_understood_stays_beside(convert_own: Any, rule: str, cell: str, rule_of_change: str) -> None:
    field = rule.partition(":")[0]
    result = convert_own(f"店名,列\n示例,{cell}\n", outlets(rule))
    assert result.outlet[field] in {"", "unknown"}
    assert result.outlet[f"x_{field}_text"] == cell
    assert (field, cell, "", rule_of_change) in result.changes
    assert result.summary["unread"] == [{"field": field, "text": cell, "count": 1}]


@pytest.mark.parametrize("cell", ["-", "/", "无", "暂无", "[]", "——", "没填"])
def test_texts_that_mean_nothing(convert_own: Any, cell: str) -> None:
    result = convert_own(f"店名,面积\n示例,{cell}\n", outlets("floor_area_m2: [面积]", "read: {missing: [没填]}\n"))
    assert result.outlet["floor_area_m2"] == ""
    assert "x_floor_area_m2_text" not in result.outlet
    assert ("floor_area_m2", cell, "", "missing") in result.changes


def test_the_first_filled_column_counts(convert_own: Any) -> None:
    body = outlets("address: [甲址, 乙址]")
    rows = convert_own("店名,甲址,乙址\n一,A路1号,B路2号\n二,-,B路2号\n三,,B路2号\n", body).outlets
    assert [row["address"] for row in rows] == ["A路1号", "B路2号", "B路2号"]


def test_rows_that_are_no_records(convert_own: Any) -> None:
    top = "no_record:\n  - {reason: entrance, column: 店名, ends: [（入口）]}\n"
    text = (
        "序号,店名,业态,地址\n1,甲,药店,x\n2,甲（入口）,药店,x\n序号,店名,业态,地址\n3,甲,药店,x\n"
        "小计,2,,\n,合　计,,4\n4,,药店,y\n备注：截至年底,,,\n5,乙\n"
    )
    result = convert_own(text, top + OUTLETS)
    assert [row["name"] for row in result.outlets] == ["甲"]
    assert [reason for reason, _ in result.reasons] == [
        "entrance", "header-again", "duplicate", "total", "total", "no-name", "note-row", "row-broken"
    ]  # fmt: skip
    assert result.conversion.rows_in == 9 == result.conversion.rows_used + len(result.reasons)


def test_merged_cells_are_filled_down(convert_own: Any) -> None:
    top = "read: {fill_down: [区, 街道]}\n"
    body = outlets("address: {join: [区, 街道, 店名]}", top)
    text = "区,街道,店名\n东区,一街,甲\n,,乙\n,二街,丙\n西区,,丁\n合计,,4\n"
    result = convert_own(text, body)
    assert [row["address"] for row in result.outlets] == ["东区一街甲", "东区一街乙", "东区二街丙", "西区丁"]
    filled = [row for row in result.papers("conversion.csv") if row["rule"] == "filled-down"]
    assert [(row["row"], row["column"], row["new"]) for row in filled] == [
        ("3", "区", "东区"), ("3", "街道", "一街"), ("4", "区", "东区")
    ]  # fmt: skip


def test_ids_of_the_standard_are_kept_and_others_set_aside(convert_own: Any) -> None:
    body = OUTLETS + "    id: {keep: [编号], as: x_own_id}\n"
    text = "编号,店名\nA1,甲\n620602-O000001,乙\n620602-O000001,丙\n110101-O000001,丁\n,戊\n"
    result = convert_own(text, body)
    assert [(row["outlet_id"], row["x_own_id"]) for row in result.outlets] == [
        ("620602-O000002", "A1"),
        ("620602-O000001", ""),
        ("620602-O000003", "620602-O000001"),
        ("620602-O000004", "110101-O000001"),
        ("620602-O000005", ""),
    ]
    assert result.conversion.decisions["same-id-kept"] == 1


def test_one_row_makes_records_of_several_tables(convert_own: Any) -> None:
    body = """tables:
  circles:
    once: [name]
    fields: {name: [圈], status: {constant: built}}
  projects:
    fields: {name: [项目], status: {constant: completed}, circle_id: {same_row: circles}}
  subsidies:
    fields:
      recipient_name: [单位]
      status: {constant: paid}
      programme_id: {constant: 620602-F001}
      project_id: {same_row: projects}
      awarded_yuan: [补贴（万元）]
"""
    text = "圈,项目,单位,补贴（万元）\n东圈,改造,甲商贸有限公司,1.5\n东圈,新建,乙商贸有限公司,2\n西圈,新建,,\n"
    result = convert_own(text, body)
    assert [row["circle_id"] for row in result.rows("circles.csv")] == ["620602-C001", "620602-C002"]
    assert [row["circle_id"] for row in result.rows("projects.csv")] == ["620602-C001", "620602-C001", "620602-C002"]
    grants = result.rows("subsidies.csv")
    assert [(row["project_id"], row["awarded_yuan"]) for row in grants] == [
        ("620602-P001", "15000"),
        ("620602-P002", "20000"),
    ]
    assert result.conversion.rows_used == 3


def test_a_name_is_found_in_another_file_of_the_conversion(convert_tables: Any) -> None:
    files = {
        "outlets.csv": "网点名称,业态,地址,所属生活圈\n甲,药店,东街1号,东关 生活圈\n乙,药店,东街2号,西关\n",
        "circles.csv": "编号,生活圈名称,建设状态\nS-1,东关生活圈,建成\n",
    }
    result = convert_tables(files)
    assert [row["circle_id"] for row in result.outlets] == ["620602-C001", ""]
    assert result.outlets[1]["x_circle_id_text"] == "西关"
    (circle,) = result.rows("circles.csv")
    assert (circle["x_source_id"], circle["division_code"]) == ("S-1", "620602")
    assert [resource["name"] for resource in result.descriptor["resources"]] == ["circles", "outlets"]


def test_personal_columns_are_counted_and_never_carried(convert_own: Any) -> None:
    body = outlets("phone: [联系电话]", "personal: [经办]\n") + "    keep: rest\n"
    text = (
        "店名,联系电话,法定代表人,手机,经办,备注,法人单位名称\n"
        "示例,0935-2211111,张三丰,13812345678,李四光,请找13987654321,甲公司\n"
    )
    result = convert_own(text, body)
    assert (result.outlet["phone"], result.outlet["x_法人单位名称"]) == ("0935-2211111", "甲公司")
    for path in result.folder.parent.glob("package*/*"):
        content = path.read_text(encoding="utf-8")
        assert not any(secret in content for secret in ("张三丰", "李四光", "13812345678", "13987654321")), path
    decisions = result.conversion.decisions
    assert decisions["personal-column:法定代表人"] == decisions["personal-column:经办"] == 1
    assert decisions["personal-value"] == 1


def test_columns_that_no_field_takes(convert_own: Any) -> None:
    text = "店名,评分,人均\n示例,4.5,30\n二,4,\n"
    assert convert_own(text, OUTLETS).summary["unmapped"] == [
        {"column": "评分", "count": 2},
        {"column": "人均", "count": 1},
    ]
    kept = convert_own(text, OUTLETS + "    keep: [评分]\n")
    assert [row["x_评分"] for row in kept.outlets] == ["4.5", "4"]
    assert kept.summary["unmapped"] == [{"column": "人均", "count": 1}]


@pytest.mark.parametrize(
    ("place", "header", "cells", "point", "rule"),
    [
        ("{longitude: [x], latitude: [y]}", "x,y", "102.64,37.92", ("102.64", "37.92"), None),
        ("{longitude: [x], latitude: [y]}", "x,y", "37.92,102.64", ("102.64", "37.92"), "axes-swapped"),
        ("{both: [坐标]}", "坐标", '"102.64,37.92"', ("102.64", "37.92"), "split"),
        ("{both: [坐标], order: lat-lon}", "坐标", '"37.92,102.64"', ("102.64", "37.92"), "split"),
        ("{longitude: [x], latitude: [y]}", "x,y", "-,-", ("", ""), None),
        ("{longitude: [x], latitude: [y]}", "x,y", "500000,4000000", ("", ""), "position-gauss-kruger"),
    ],
)
def test_places(
    convert_own: Any, place: str, header: str, cells: str, point: tuple[str, str], rule: str | None
) -> None:
    text = f"店名,{header}\n示例,{cells}\n"
    result = convert_own(text, OUTLETS + f"    place: {place}\n", coordinate_system="WGS84")
    assert (result.outlet["longitude"], result.outlet["latitude"]) == point
    assert [found for field, _, _, found in result.changes if field == "longitude+latitude"] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("text", "category", "kept"),
    [
        ("药店", "pharmacy", None),
        ("便利店、早餐店", "convenience-store", None),
        ("奇怪的店", "", "奇怪的店"),
        ("", "", None),
    ],
)
def test_categories(convert_own: Any, text: str, category: str, kept: str | None) -> None:
    body = OUTLETS + "    category: {from: [业态], unsure: empty}\n"
    outlet = convert_own(f"店名,业态,地址\n示例,{text},x\n", body).outlet
    assert outlet["category"] == category
    assert outlet.get("x_category_text") == kept


def test_rows_without_a_sure_category_may_be_left_out(convert_own: Any) -> None:
    body = OUTLETS + "    category: {from: [业态], names: [店名], unsure: leave-out}\n"
    result = convert_own("店名,业态\n老百姓大药房,其他类\n云上,说不清\n东门停车场,设施\n", body)
    assert [row["category"] for row in result.outlets] == ["pharmacy"]
    assert result.reasons == [("no-category", "说不清"), ("not-an-outlet", "设施")]


def test_the_day_comes_from_where_the_mapping_says(convert_own: Any) -> None:
    body = "as_of: {from: [更新]}\n" + OUTLETS
    result = convert_own("店名,更新\n甲,2024/5/1\n乙,2024-06-30\n", body, as_of=None)
    assert result.descriptor["circledata"]["as_of"] == "2024-06-30"
    named = convert_own({"网点20231231.csv": "店名\n甲\n"}, "as_of: {file_name: true}\n" + OUTLETS, as_of=None)
    assert named.conversion.as_of == date(2023, 12, 31)
    with pytest.raises(ConversionError, match="--as-of"):
        convert_own("店名\n甲\n", OUTLETS, as_of=None)


def test_sources_are_recognised_by_their_columns(convert_tables: Any, tmp_path: Any) -> None:
    files = {
        "osm.csv": "osmid,element_type,geometry,amenity,name\n1,node,POINT (102.64 37.92),cafe,示例茶馆\n",
        "list.csv": "网点名称,业态,地址\n甲,药店,东街1号\n",
    }
    result = convert_tables(files, source=None)
    assert [row["name"] for row in result.outlets] == ["示例茶馆", "甲"]
    assert [row["outlet_id"] for row in result.outlets] == ["620602-O000001", "620602-O000002"]
    assert any("osm" in note["zh"] for note in result.summary["notes"])
    with pytest.raises(ConversionError, match="--suggest"):
        convert_tables("甲,乙\n1,2\n", source=None)


def test_a_table_of_other_columns_is_refused(convert_tables: Any, tmp_path: Any) -> None:
    with pytest.raises(ConversionError, match="--suggest"):
        convert_tables("甲,乙\n1,2\n")
    assert not (tmp_path / "package").exists()


def test_titles_and_machine_names_are_known(convert_tables: Any) -> None:
    text = "outlet_id,name,category,address,status,固定或流动,Staff\n620602-O7,甲,pharmacy,东街1号,open,流动,3\n"
    outlet = convert_tables(text).outlet
    assert (outlet["outlet_id"], outlet["mobility"], outlet["staff_count"]) == ("620602-O7", "mobile", "3")


CELLS = ["", "-", "甲", "合计", "药店", "620602-O000001", "2020-01-01", "12", "=1+1", "102.64", "37.92", "东圈", '"']


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=7, max_size=7), max_size=10))
def test_every_row_is_used_or_left_out(convert_tables: Any, rows: list[list[str]]) -> None:
    header = "网点编号,网点名称,业态,开业日期,营业面积,经度,纬度"
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [["", "常在", *[""] * 5], *rows]]
    result = convert_tables("\n".join([header, *lines]) + "\n", coordinate_system="GCJ-02")
    filled = sum(any(cell for cell in row) for row in rows) + 1
    assert result.conversion.rows_in == filled == len(result.outlets) + len(result.reasons)
    ids = [row["outlet_id"] for row in result.outlets]
    assert len(ids) == len(set(ids))


def test_the_number_of_a_person_in_a_column_of_codes_is_neither_kept_nor_shown(convert_own: Any) -> None:
    number = "11010519491231002X"  # the example that is printed in GB 11643-1999
    for written in (number, f"{number[:6]} {number[6:14]} {number[14:]}", f"'{number}"):
        result = convert_own(f"店名,代码\n示例,{written}\n", outlets("operator_uscc: [代码]"))
        assert (result.outlet["operator_uscc"], result.outlet.get("x_operator_uscc_text", "")) == ("", "")
        assert result.conversion.decisions["maybe-personal"] == 1
        papers = [*result.conversion.papers.iterdir(), *result.conversion.to.iterdir()]
        for path in papers:
            content = path.read_text(encoding="utf-8")
            assert number not in content
            assert written not in content


@pytest.mark.parametrize(
    ("hours", "status", "found", "osm", "asked"),
    [
        ("暂停营业", "", "suspended", "", 0),
        ("装修中", "-", "suspended", "", 0),
        ("暂停营业", "营业", "open", "", 1),
        ("暂停营业", "停业", "suspended", "", 0),
        ("每天8:00-21:00", "", "open", "Mo-Su 08:00-21:00", 0),
        ("每天8:00-21:00，暂停营业", "", "suspended", "Mo-Su 08:00-21:00", 0),
    ],
)
def test_hours_that_say_closed_for_now_tell_the_status(
    convert_own: Any, hours: str, status: str, found: str, osm: str, asked: int
) -> None:
    rule = "{from: [状态], values: {营业: open, 停业: suspended}, default: open}"
    mapping = outlets("opening_hours: [时间]").replace("{constant: open}", rule)
    result = convert_own(f"店名,时间,状态\n示例,{hours},{status}\n", mapping)
    assert (result.outlet["status"], result.outlet.get("opening_hours", "")) == (found, osm)
    assert result.conversion.decisions["open-but-paused"] == asked
    by_hours = ("status", hours, "suspended", "closed-for-now") in result.changes
    assert by_hours == (found == "suspended" and status in {"", "-"})
    assert ("default:outlets.status" in result.conversion.decisions) == (found == "open" and not status)


def test_a_comment_on_the_hours_is_kept_beside_them(convert_own: Any) -> None:
    result = convert_own("店名,时间\n示例,每天9:00-18:00（春节除外）\n", outlets("opening_hours: [时间]"))
    assert result.outlet["opening_hours"] == "Mo-Su 09:00-18:00"
    assert "春节" in result.outlet["x_opening_hours_text"]


def test_a_table_of_constants_makes_its_one_record(convert_own: Any) -> None:
    more = (
        "  programmes:\n    once: [name]\n    fields:\n"
        "      name: {constant: 某区便民生活圈补助办法}\n      issuer: {constant: 某区商务局}\n"
    )
    result = convert_own("店名\n甲\n乙\n", OUTLETS + more)
    assert result.conversion.records == {"outlets": 2, "programmes": 1}
    assert "某区便民生活圈补助办法" in (result.folder / "programmes.csv").read_text(encoding="utf-8")


POINTS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"店名": "甲"},
            "geometry": {"type": "Point", "coordinates": [102.64, 37.92]},
        },
        {"type": "Feature", "properties": {"店名": "乙"}, "geometry": None},
    ],
}


def test_a_mapping_reaches_the_points_of_a_geojson(convert_own: Any) -> None:
    result = convert_own(
        {"a.geojson": json.dumps(POINTS, ensure_ascii=False)},
        OUTLETS + "    keep: rest\n",
        coordinate_system="CGCS2000",
    )
    assert [(row["longitude"], row["latitude"]) for row in result.outlets] == [("102.64", "37.92"), ("", "")]
    assert not [column for column in result.outlets[0] if column.startswith("x_")]
    assert result.conversion.coordinate_system == "CGCS2000"
    assert not result.conversion.unmapped


def test_columns_of_coordinates_come_before_the_points(convert_own: Any) -> None:
    content = json.loads(json.dumps(POINTS))
    content["features"][0]["properties"] |= {"经度": "102.61", "纬度": "37.91"}
    result = convert_own(
        {"a.geojson": json.dumps(content, ensure_ascii=False)},
        OUTLETS + "    place: {longitude: [经度], latitude: [纬度]}\n",
        coordinate_system="CGCS2000",
    )
    assert (result.outlets[0]["longitude"], result.outlets[0]["latitude"]) == ("102.61", "37.91")


def test_a_lone_carriage_return_stays_inside_its_cell() -> None:
    stream = io.BytesIO()
    csv_content(["a", "b"], [["x\ry", "z"], ["1", "2"]])(stream)
    text = stream.getvalue().decode("utf-8-sig")
    assert text == 'a,b\n"x\ry",z\n1,2\n'


def test_what_has_a_closing_date_is_closed_where_no_status_is_stated(convert_own: Any) -> None:
    rule = "{from: [状态], default: open, default_with: {closed_on: closed}}"
    mapping = outlets("closed_on: [关]").replace("{constant: open}", rule)
    result = convert_own("店名,关,状态\n甲店,2024-03-01,\n乙店,,\n丙店,2024-03-01,停业\n", mapping)
    assert [row["status"] for row in result.outlets] == ["closed", "open", "suspended"]
    assert ("status", "2024-03-01", "closed", "default-with") in result.changes
    assert result.conversion.decisions["default:outlets.status"] == 1
