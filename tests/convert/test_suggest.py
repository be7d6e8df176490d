"""A suggestion finds the table and the fields of a file, says why, and converts at once."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
import suggest_cases as cases
import suggest_samples as samples
import yaml

from circledata.convert import convert_files
from circledata.convert.model import Conversion
from circledata.convert.suggest import suggest, suggest_mapping

DIVISION = "620602"


def write(tmp_path: Path, name: str, rows: list[list[object]] | str) -> Path:
    path = tmp_path / name
    path.write_text(rows if isinstance(rows, str) else samples.text_of(rows), encoding="utf-8")
    return path


def convert(source: Path, text: str, crs: str | None = "unknown") -> tuple[Conversion, dict[str, list[dict[str, str]]]]:
    mapping, folder = source.with_suffix(".yaml"), source.with_name("package")
    mapping.write_text(text, encoding="utf-8")
    made = convert_files(
        [source], mapping=mapping, division_code=DIVISION, to=folder, as_of=date(2024, 12, 31), coordinate_system=crs
    )
    tables = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            tables[path.stem] = list(csv.DictReader(stream))
    return made, tables


@pytest.mark.parametrize("sample", cases.SAMPLES, ids=lambda sample: sample.name)
def test_a_suggestion_converts_at_once_and_fills_what_the_file_has(sample: cases.Sample, tmp_path: Path) -> None:
    source = tmp_path / sample.name
    sample.write(source)
    text = suggest_mapping(source)
    made, tables = convert(source, text, sample.crs)
    assert dict(made.records) == sample.records
    for table, wanted in sample.fields.items():
        filled = {name for row in tables[table] for name, value in row.items() if value}
        filled |= {name[2:-5] for name in filled if name.startswith("x_") and name.endswith("_text")}
        assert wanted <= filled, (table, wanted - filled)


@pytest.mark.parametrize("sample", cases.SAMPLES, ids=lambda sample: sample.name)
def test_every_line_of_fields_says_why_and_the_same_file_gives_the_same_text(
    sample: cases.Sample, tmp_path: Path
) -> None:
    source = tmp_path / sample.name
    sample.write(source)
    text = suggest_mapping(source)
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("    fields:"))
    for line in lines[start + 1 :]:
        if line.startswith("      ") and not line.startswith(("       ", "      #")):
            assert "   # " in line, line
    assert suggest_mapping(source) == text
    english = suggest_mapping(source, language="en")
    assert yaml.safe_load(english) == yaml.safe_load(text)
    assert "存疑" not in "\n".join(english.splitlines()[1:])


def test_a_reason_names_the_header_and_the_share_of_the_values(tmp_path: Path) -> None:
    rows = [["店名", "电话"], *([samples.NAMES[n], samples.PHONES[n] if n else "问老板"] for n in range(8))]
    text = suggest_mapping(write(tmp_path, "a.csv", rows))
    assert "name: [店名]   # 表头“店名”；100% 是文字" in text
    assert "phone: [电话]   # 表头“电话”；88% 是电话" in text
    assert "# 存疑：1 格读不了，例如 问老板" in text


def test_header_and_values_must_not_contradict_each_other(tmp_path: Path) -> None:
    source = write(tmp_path, "a.csv", samples.CONTRADICTING)
    phone = next(item for item in suggest(source).tables[0].fields if item.field == "phone")
    assert not phone.active
    text = suggest_mapping(source)
    assert "# 存疑：表头“联系电话”应是营业电话，内容却像日期" in text
    assert "      # phone: [联系电话]" in text
    _, tables = convert(source, text)
    assert [row["x_联系电话"] for row in tables["outlets"]] == [row[1] for row in samples.CONTRADICTING[1:]]


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("经度", ["2021-01-01", "2021-02-03", "2022-05-06"], "longitude"),
        ("营业时间", ["东大街3号", "西大街5号", "南关街7号"], "opening_hours"),
        ("统一社会信用代码", ["0935-6911001", "0935-6911002", "0935-6911003"], "operator_uscc"),
        ("营业面积", ["便利店", "药店", "超市"], "floor_area_m2"),
        ("开业日期", ["好", "很好", "一般"], "opened_on"),
    ],
)
def test_values_of_another_kind_are_not_carried(tmp_path: Path, header: str, values: list[str], field: str) -> None:
    rows = [["店名", header], *([samples.NAMES[n], value] for n, value in enumerate(values))]
    table = suggest(write(tmp_path, "a.csv", rows)).tables[0]
    assert field not in table.taken
    doubts = [doubt.zh for item in table.fields if item.field == field for doubt in item.doubts]
    assert doubts
    assert f"表头“{header}”" in doubts[0]


def test_swapped_coordinates_are_told(tmp_path: Path) -> None:
    rows = [["店名", "经度", "纬度"], *([samples.NAMES[n], f"37.9{n}123", f"102.6{n}456"] for n in range(6))]
    source = write(tmp_path, "a.csv", rows)
    text = suggest_mapping(source)
    assert "两列像是写反了" in text
    _, tables = convert(source, text, "WGS84")
    assert tables["outlets"][0]["longitude"].startswith("102.6")


def test_the_coordinate_system_is_never_declared_only_told(tmp_path: Path) -> None:
    rows = [["店名", "wgs84_lng", "wgs84_lat"], *([samples.NAMES[n], f"102.6{n}456", f"37.9{n}123"] for n in range(6))]
    source = write(tmp_path, "a.csv", rows)
    made, text = suggest(source), suggest_mapping(source)
    assert made.coordinate_system == "WGS84"
    assert "coordinate_system" not in text
    assert "存疑：表头“wgs84_lng”" in text


def test_unknown_values_are_listed_and_become_a_translation(tmp_path: Path) -> None:
    states = ["正常营业", "装修升级", "装修升级", "停业"]
    rows = [["店名", "营业状态"], *([samples.NAMES[n], state] for n, state in enumerate(states))]
    source = write(tmp_path, "a.csv", rows)
    text = suggest_mapping(source)
    assert '        #   装修升级: ""   # 2' in text
    mended = text.replace("        # values:", "        values:").replace(
        '        #   装修升级: ""', "          装修升级: suspended"
    )
    _, tables = convert(source, mended)
    assert [row["status"] for row in tables["outlets"]] == ["open", "suspended", "suspended", "suspended"]


def test_units_of_title_rows_are_taken_and_small_numbers_doubted(tmp_path: Path) -> None:
    text = suggest_mapping(
        write(tmp_path, "补贴.csv", [["获补单位", "补贴金额"], *([f"甲{n}有限公司", 5 + n] for n in range(6))])
    )
    assert "像是万元" in text
    source = write(
        tmp_path,
        "b.csv",
        [["补贴表"], ["单位：万元"], ["获补单位", "补贴金额"], *([f"甲{n}有限公司", 5 + n] for n in range(6))],
    )
    text = suggest_mapping(source)
    assert "awarded_yuan: {from: [补贴金额], unit: 万元}" in text
    _, tables = convert(source, text)
    assert tables["subsidies"][0]["awarded_yuan"] == "50000"


def test_merged_cells_left_blank_are_filled_but_an_empty_brand_is_not(tmp_path: Path) -> None:
    streets, brands = ["东大街街道", "", "", "西大街街道", "", ""], ["永辉", "", "", "全家", "", ""]
    rows = [["街道", "店名", "品牌"], *([streets[n], samples.NAMES[n], brands[n]] for n in range(6))]
    made = suggest(write(tmp_path, "a.csv", rows))
    assert made.read["fill_down"] == ["街道"]
    rows[1][0] = ""
    assert "fill_down" not in suggest(write(tmp_path, "b.csv", rows)).read


def test_personal_columns_are_named_and_never_shown(tmp_path: Path) -> None:
    persons = [
        [["王小明", "李小红"][n % 2], f"1390000000{n}", f"1380000000{n}", f"11010119900307{n}475"] for n in range(8)
    ]
    rows = [["店名", "负责人", "手机", "备注号码", "证件"], *([samples.NAMES[n], *persons[n]] for n in range(8))]
    source = write(tmp_path, "a.csv", rows)
    made, text = suggest(source), suggest_mapping(source)
    assert {"负责人", "手机", "备注号码"} <= set(made.personal)
    for secret in ("王小明", "李小红", "1390000000", "1380000000", "11010119900307"):
        assert secret not in text
    _, tables = convert(source, text)
    assert not any("王小明" in value or "139000" in value for row in tables["outlets"] for value in row.values())


def test_a_column_of_companies_under_a_personal_header_is_carried_with_a_doubt(tmp_path: Path) -> None:
    rows = [["店名", "经营者"], *([samples.NAMES[n], f"凉州区{samples.STREETS[n]}商贸有限公司"] for n in range(6))]
    made = suggest(write(tmp_path, "a.csv", rows))
    assert "经营者" not in made.personal


def test_required_fields_without_column_are_written_as_comments(tmp_path: Path) -> None:
    rows = [["生活圈名称", "常住人口"], *([f"{street}便民生活圈", 5000] for street in samples.STREETS)]
    text = suggest_mapping(write(tmp_path, "a.csv", rows))
    assert "# 必填：没有“建设状态”这一列" in text
    assert "# status: {constant: planned}" in text


def test_a_sheet_may_be_chosen_and_totals_further_right_are_left_out(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["店名", "地址", "电话", "备注"],
        *([samples.NAMES[n], samples.address(n), samples.PHONES[n], ""] for n in range(6)),
    ]
    rows.append(["汇总行", "六家", "", "合计"])
    source = write(tmp_path, "a.csv", rows)
    made, tables = convert(source, suggest_mapping(source))
    assert len(tables["outlets"]) == 6
    assert [row.reason for row in made.left_out] == ["total"]


def test_a_file_of_more_than_five_thousand_rows_is_judged_by_the_first(tmp_path: Path) -> None:
    rows = [["店名", "状态"], *([f"便利店{n}", "营业" if n < 5000 else "乱写"] for n in range(5200))]
    made = suggest(write(tmp_path, "a.csv", rows))
    status = made.tables[0].taken["status"]
    assert made.rows == 5000
    assert status.share == 1.0


def test_words_of_the_place_for_a_code_are_carried_and_listed_for_translation(tmp_path: Path) -> None:
    rows = [["店名", "是否连锁"], *([samples.NAMES[n], "是否"[n % 2]] for n in range(6))]
    source = write(tmp_path, "a.csv", rows)
    text = suggest_mapping(source)
    assert '        #   是: ""   # 3' in text
    assert "circledata codes chain-kinds" in text
    mended = text.replace("        # values:", "        values:").replace('        #   是: ""', "          是: chain")
    _, tables = convert(source, mended.replace('        #   否: ""', "          否: independent"))
    assert [row["chain"] for row in tables["outlets"]] == ["chain", "independent"] * 3


def test_names_of_persons_in_a_column_of_shops_are_not_published(tmp_path: Path) -> None:
    names = ["王小明", "李小红", "东街便利店", "好邻居超市", "康民大药房"]
    source = write(tmp_path, "a.csv", [["名称", "地址"], *([name, samples.address(n)] for n, name in enumerate(names))])
    text = suggest_mapping(source)
    assert "name: {from: [名称], read: outlet_name}" in text
    assert "王小明" not in text
    _, tables = convert(source, text)
    assert [row["name"] for row in tables["outlets"]] == names[2:]


def test_a_file_that_holds_more_than_a_registration_list_keeps_its_columns(tmp_path: Path) -> None:
    head = ["企业名称", "统一社会信用代码", "注册地址", "登记机关", "营业面积㎡", "从业人员", "营业时间"]
    body = (
        [samples.NAMES[n], samples.USCC[n], samples.address(n), "市场监管局", 40, 3, samples.HOURS[n]] for n in range(6)
    )
    made = suggest(write(tmp_path, "a.csv", [head, *body]))
    assert not made.known_source
    assert any("--from registry" in note.zh and "营业时间" in note.zh for note in made.notes)
    assert {"floor_area_m2", "staff_count", "opening_hours"} <= set(made.tables[0].taken)


def test_what_title_rows_say_of_the_publisher_is_passed_on(tmp_path: Path) -> None:
    rows = [
        ["商业网点表"],
        ["填报单位：凉州区商务局"],
        ["店名", "地址"],
        *([samples.NAMES[n], samples.address(n)] for n in range(4)),
    ]
    assert any("--publisher 凉州区商务局" in note.zh for note in suggest(write(tmp_path, "a.csv", rows)).notes)
