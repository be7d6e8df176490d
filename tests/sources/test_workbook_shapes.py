"""Workbooks as people fill them: where the header is, what is merged, hidden, summed up, and what cells may mean."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from circledata import validate
from circledata.findings.wording import location
from circledata.reports.notes import note_texts
from circledata.sources import Options, open_package
from circledata.sources.book_names import is_ignored, table_of_sheet
from circledata.standard import load_standard

from .conftest import HEADER, found, notes_of, staged_rows

NAMES = HEADER.split(",")
TITLES = ["生活圈编号", "社区名称", "社区代码", "圈内户数", "圈内常住人口"]
ROW = ["620602-C001", "东关", "620602001001", 10, 20]
STANDARD = load_standard("1.0")


def write(path: Path, rows: list[list[Any]], more: Any = None, name: str = "覆盖社区", **options: Any) -> Path:
    """Write a sheet from cell A1 on; `more` may change it further."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", **options})
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write(number, column, cell)
    if more:
        more(sheet, book)
    book.close()
    return path


@pytest.fixture
def read(tmp_path: Path, work: Path) -> Any:
    """Write a workbook of one sheet and return its table as it is read, with what was found."""

    def run(rows: list[list[Any]], more: Any = None, name: str = "覆盖社区", **options: Any) -> Any:
        path = write(tmp_path / "book.xlsx", rows, more, name, **options)
        package = open_package([path], workdir=work, options=Options())
        (raw,) = package.tables.values()
        return raw, package

    return run


def faults(package: Any) -> list[tuple[str, int | None]]:
    return [item for item in found(package.findings) if item[0] != "package-sheet-missing"]


def test_two_header_rows_with_groups(read):
    def merge(sheet, book):
        sheet.merge_range("A2:A3", "生活圈编号")
        sheet.merge_range("B2:C2", "社区")
        sheet.merge_range("D2:E2", "规模")
        sheet.merge_range("A1:E1", "凉州区覆盖社区一览表")

    rows = [["", ""], ["", ""], ["", "社区名称", "社区代码", "圈内户数", "圈内常住人口"], ROW]
    raw, package = read(rows, merge)
    assert (raw.header_row, faults(package)) == (3, [])
    assert [column.field for column in raw.columns] == NAMES
    assert staged_rows(raw) == [["4", "", *map(str, ROW)]]
    assert [(note.code, note.params["row"]) for note in package.notes if note.code == "header-row"] == [
        ("header-row", 2)
    ]


def test_groups_without_merged_cells(read):
    raw, package = read([["生活圈编号", "社区", "", "圈内户数", "圈内常住人口"], ["", "社区名称", "社区代码"], ROW])
    assert [column.field for column in raw.columns] == NAMES
    assert (raw.header_row, faults(package)) == (2, [])


def test_a_name_that_only_group_and_column_make_together(read):
    rows = [["项目编号", "项目名称", "项目状态", "投资（万元）", ""], ["", "", "", "计划", "实际"]]
    raw, _ = read([*rows, ["620602-P001", "改造", "building", 12.5, 3]], name="项目清单")
    fields = [column.field for column in raw.columns]
    assert fields == ["project_id", "name", "status", "planned_investment_yuan", "actual_investment_yuan"]
    assert staged_rows(raw)[0][-2:] == ["125000", "30000"]
    assert {note[-1] for note in notes_of(raw)} == {"unit-in-header"}


def test_header_cells_merged_down_end_the_header_where_they_end(read):
    def merge(sheet, book):
        for place, title in enumerate(TITLES[:4]):
            sheet.merge_range(0, place, 1, place, title)
        sheet.write_row("E1", ["其他"])
        sheet.write("E2", "内部说明")

    raw, package = read([[], [], [*ROW[:4], "x"]], merge)
    assert raw.header_row == 2
    assert [item.params.get("as") for item in package.findings] == [None, "x_其他_内部说明"]
    assert [(item.row, item.column_number) for item in package.findings[1:]] == [(2, 5)]
    assert [row[0] for row in staged_rows(raw)] == ["3"]


def test_a_row_of_titles_above_the_machine_names_is_no_surprise(read):
    raw, package = read([[*TITLES, "备注"], NAMES, [*ROW, "x"]])
    assert raw.header_row == 2
    assert [note.code for note in package.notes if note.code == "header-row"] == []
    assert [column.header for column in raw.columns] == [*NAMES, "x_备注"]
    assert [(item.rule, item.row, item.column_number) for item in package.findings[1:]] == [("CD159", 1, 6)]


def test_the_titles_unit_counts_where_a_row_of_machine_names_follows(read):
    rows = [["项目编号", "项目名称", "项目状态", "计划投资（万元）"]]
    rows.append(["project_id", "name", "status", "planned_investment_yuan"])
    raw, _ = read([*rows, ["620602-P001", "改造", "building", 2]], name="项目清单")
    assert staged_rows(raw)[0][-1] == "20000"


def test_a_unit_above_the_table_counts_where_the_column_names_none(read):
    rows = [["", "", "", "单位：万元"], ["项目编号", "项目名称", "项目状态", "计划投资", "实际投资（元）"]]
    raw, _ = read([*rows, ["620602-P001", "改造", "building", 2, 3]], name="项目清单")
    assert staged_rows(raw)[0][-2:] == ["20000", "3"]
    rows[0] = ["填报单位：某区商务局"]
    raw, _ = read([*rows, ["620602-P001", "改造", "building", 2, 3]], name="项目清单")
    assert staged_rows(raw)[0][-2:] == ["2", "3"]


def test_a_record_below_the_header_is_no_second_header(read):
    raw, _ = read([[*TITLES, "备注"], [*ROW, "社区代码"], [*ROW, ""]])
    assert [row[0] for row in staged_rows(raw)] == ["2", "3"]


def test_merged_cells_are_understood_in_every_row(read):
    def merge(sheet, book):
        sheet.merge_range("A2:A5", "620602-C001 ")

    rows = [TITLES, ROW, ["", "西关", "", 1, 2], [], ["", "南关", "", 1, 2], ["620602-C002", "北关", "", 1, 2]]
    raw, _ = read(rows, merge)
    assert [(row[0], row[2]) for row in staged_rows(raw)] == [
        ("2", "620602-C001"), ("3", "620602-C001"), ("5", "620602-C001"), ("6", "620602-C002"),
    ]  # fmt: skip
    assert notes_of(raw) == [
        ("CD157", 2, 1, "620602-C001 ", "620602-C001", "spaces"),
        ("CD157", 3, 1, "", "620602-C001", "merged"),
        ("CD157", 5, 1, "", "620602-C001", "merged"),
    ]


@pytest.mark.parametrize(
    ("row", "left_out"),
    [
        (["合计", "", "", 30, 60], True), (["合  计", "", "", 30], True), (["总计：", "", "", 30], True),
        (["", "小计", "", 30], True), (["共计3个社区", "", "", 30], False), (["620602-C001", "小计", "", 30], True),
        (["Total", "", "", 30], True), (["合计（2024年）", "", "", 30], True),
        (["620602-C001", "合计社区", "", 3], False),
        (["620602-C001", "共计", "620602001001", 3], True), (["620602-C001", "汇总街社区", "", 3], False),
        (["", "３、合计", "", 3], False),
    ],
)  # fmt: skip
def test_rows_of_totals(read, row, left_out):
    raw, _ = read([TITLES, ROW, row])
    assert len(staged_rows(raw)) == (1 if left_out else 2)
    assert [note[:3] for note in notes_of(raw) if note[0] == "CD158"] == ([("CD158", 3, None)] if left_out else [])


def test_a_total_as_group_of_a_survey_is_a_record(read):
    titles = ["survey_id", "group", "question_id", "option", "count", "base", "suppressed"]
    raw, _ = read([titles, ["620602-S001", "合计", "Q1", "5", 3, 10, False]], name="survey_results")
    assert raw.rows == 1


def test_hidden_rows_and_columns_are_read_and_said(tmp_path):
    def hide(sheet, book):
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        book.add_worksheet("首页").activate()
        sheet.hide()

    report = validate(write(tmp_path / "book.xlsx", [TITLES, ROW, ROW], hide))
    assert report.tables[0].rows == 2
    said = " ".join(note_texts(report, "zh"))
    assert "“覆盖社区”是隐藏的" in said
    assert "有 1 行数据是隐藏的" in said
    assert "的 C 列是隐藏的" in said
    assert "hidden" in " ".join(note_texts(report, "en"))


def test_numbers_in_columns_of_text(read):
    rows = [["网点编号", "网点名称", "营业电话", "经营者统一社会信用代码", "区划代码"]]
    cells = ["620602-O000001", 85.0, 9356123456, 914403001922038216, 620602001]
    raw, _ = read([*rows, cells, ["620602-O000002", "乙", 13893512345, "x", "620602"]], name="商业网点")
    assert staged_rows(raw)[0][2:] == ["620602-O000001", "85", "9356123456", "914403001922038000", "620602001"]
    assert notes_of(raw)[:2] == [
        ("CD160", 2, 3, "9356123456", "", ""),
        ("CD161", 2, 4, "914403001922038000", "", ""),
    ]


@pytest.mark.parametrize("base1904", [False, True])
def test_days_counted_from_either_base(read, base1904):
    serial = 45352 - (1462 if base1904 else 0)
    rows = [["生活圈编号", "生活圈名称", "区划代码", "建设状态", "建成日期"]]
    rows += [["620602-C001", "甲", "620602", "built", day] for day in (date(2024, 3, 1), serial, str(serial))]
    raw, _ = read(rows, name="生活圈", date_1904=base1904)
    assert [row[-1] for row in staged_rows(raw)][:2] == ["2024-03-01", "2024-03-01"]
    assert ("CD157", 3, 5, str(serial), "2024-03-01", "date-serial") in notes_of(raw)
    assert not any(note[1] == 2 for note in notes_of(raw))


def test_dates_percentages_and_booleans_as_the_software_keeps_them(read):
    def more(sheet, book):
        chinese = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        sheet.write_datetime("F2", datetime(2024, 3, 1), chinese)
        sheet.write_number("E2", 0.3, book.add_format({"num_format": "0%"}))
        sheet.write_string("E3", "30%")

    rows = [["补助政策编号", "补助政策名称", "制定单位", "规则版本", "补助比例", "生效日期", "补助对象"]]
    rows += [["620602-F001", "甲", "局", "1", "", "", "店"], ["620602-F002", "乙", "局", "1", "", "2024.3.1", "店"]]
    raw, _ = read(rows, more, name="补助政策")
    places = {column.field: place for place, column in enumerate(raw.columns, 2)}
    assert {"rate", "valid_from"} <= set(places)
    for row in staged_rows(raw):
        assert (row[places["rate"]], row[places["valid_from"]]) == ("0.3", "2024-03-01")
    assert {(note[1], note[-1]) for note in notes_of(raw)} == {(3, "percent"), (3, "date-form")}


def test_a_cell_is_found_once_and_where_it_stands(tmp_path):
    titles = ["网点编号", "网点名称", "业态", "营业状态", "地址", "开业日期", "营业电话", "经营者统一社会信用代码"]
    cells = ["620602-O000001", "　便民店１", "便利店", "营业", "东大街1号", "3/1/2020", 13893512345, 914403001922038216]
    report = validate(write(tmp_path / "book.xlsx", [["网点表"], [], titles, cells], name="网点"))
    places: dict[str, list[str]] = {}
    for finding in report.findings:
        if finding.table and finding.row and finding.column_number:
            places.setdefault(location(finding, STANDARD, "zh"), []).append(finding.rule)
    assert {cell: rules for cell, rules in places.items() if cell[3:] in {"B4", "C4", "D4", "F4", "H4"}} == {
        "网点!B4": ["CD157"], "网点!C4": ["CD157"], "网点!D4": ["CD157"], "网点!F4": ["CD204"], "网点!H4": ["CD161"],
    }  # fmt: skip


def test_counts_are_exact_when_examples_are_few(tmp_path):
    rows = [[*ROW[:3], "１０", " 20 "] for _ in range(300)]
    report = validate(write(tmp_path / "book.xlsx", [TITLES, *rows]), max_examples=5)
    counts = {count.code: count.count for count in report.rules}
    assert counts["CD157"] == 600
    findings = [item for item in report.findings if item.rule == "CD157"]
    assert [(item.row, item.column_number) for item in findings] == [(2, 4), (2, 5), (3, 4), (3, 5), (4, 4)]
    assert findings[0].params["as"] == "10"
    assert [item for item in report.findings if item.rule == "CD157"] == findings


def test_what_was_understood_never_shows_personal_numbers(tmp_path):
    titles = ["网点编号", "网点名称", "业态", "营业状态", "地址"]
    cells = ["620602-O000001", " 张三 11010519491231002X", "repair", "open", "东大街 13893512345 "]
    report = validate(write(tmp_path / "book.xlsx", [titles, cells], name="网点"))
    said = [item for item in report.findings if item.rule == "CD157"]
    assert len(said) == 2
    for finding in said:
        for text in (str(finding.value), str(finding.params["as"])):
            assert "***" in text
            assert not re.search("[0-9]{11}", text)


def test_lists_of_findings_are_never_tables(tmp_path, work):
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    for name in ("问题清单", "修改清单", "Findings", "Changes", "业态代码", "填表须知", "覆盖社区"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, TITLES)
        sheet.write_row(1, 0, ROW)
    book.close()
    package = open_package([tmp_path / "book.xlsx"], workdir=work, options=Options())
    assert faults(package) == []
    assert [raw.sheet for raw in package.tables.values()] == ["覆盖社区"]


@pytest.mark.parametrize("name", ["问题清单", "修改清单", "问题清单 (2)", "changes", "下拉选项", "业态代码表"])
def test_sheets_that_are_left_alone(name):
    assert table_of_sheet(name, STANDARD) is None
    assert is_ignored(name, STANDARD)


@pytest.mark.parametrize("name", ["需求清单", "项目清单", "categories", "本地业态", "调查题目"])
def test_sheets_that_only_sound_like_lists(name):
    assert table_of_sheet(name, STANDARD) is not None


def patch(path: Path, change: Any, part: str = "worksheets/sheet1.xml") -> None:
    """Change one part of a workbook."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if part in info.filename else data)
    path.write_bytes(stream.getvalue())


def errors(sheet, book):
    sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
    sheet.write_formula("D3", "=1+1", None, "")


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data,
        lambda data: re.sub(rb'<dimension[^>]*>', b'<dimension ref="A1"/>', data),
        lambda data: re.sub(rb'<dimension[^>]*>', b'<dimension ref="A1:XFD1048576"/>', data),
        lambda data: re.sub(rb'<dimension[^>]*>', b"", data),
        lambda data: re.sub(rb'(<row) r="[0-9]+"', rb"\1", data),
        lambda data: re.sub(rb'(<c) r="[A-Z0-9]+"', rb"\1", data),
        lambda data: re.sub(rb'(<(?:row|c)) r="[A-Z0-9]+"', rb"\1", data),
        lambda data: re.sub(rb"(</?)(?=[a-z])", rb"\1x:", data).replace(b"xmlns=", b"xmlns:x="),
        lambda data: data.replace(b'"', b"'").replace(b"<?xml version='1.0'", b'<?xml version="1.0"'),
        lambda data: data.replace(b"<row ", b"\n  <row\n").replace(b"<c ", b"\n    <c  "),
    ],
    ids=["plain", "small", "huge", "none", "no-rows", "no-cells", "neither", "prefix", "quotes", "blanks"],
)  # fmt: skip
def test_odd_xml_is_read_the_same(tmp_path, work, change):
    rows = [TITLES, ROW, ["620602-C002", "西关", "", "", 3], ROW]
    path = write(tmp_path / "book.xlsx", rows, errors)
    patch(path, change)
    package = open_package([path], workdir=work, options=Options())
    (raw,) = package.tables.values()
    assert staged_rows(raw) == [
        ["2", "", *map(str, ROW)], ["3", "", "620602-C002", "西关", "#DIV/0!", "", "3"], ["4", "", *map(str, ROW)],
    ]  # fmt: skip
    assert notes_of(raw) == [("CD116", 3, 4, "", "", "")]


def test_texts_in_every_way_that_xml_keeps_them(tmp_path, work):
    def more(sheet, book):
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("B3", "东", bold, "关", "社区")
        sheet.write_comment("B2", "批注不是内容")

    path = write(tmp_path / "book.xlsx", [TITLES, ROW, ["620602-C002"]], more)
    inline = '<c r="B2" t="inlineStr"><is><r><t>西</t></r><r><t>关</t></r></is></c>'.encode()
    patch(path, lambda data: re.sub(rb'<c r="B2" t="s"><v>[0-9]+</v></c>', inline, data))
    phonetic = "<si><t>社区代码</t><rPh sb='0' eb='1'><t>カタ</t></rPh><phoneticPr fontId='1'/></si>".encode()
    patch(path, lambda data: data.replace("<si><t>社区代码</t></si>".encode(), phonetic), "sharedStrings.xml")
    package = open_package([path], workdir=work, options=Options())
    (raw,) = package.tables.values()
    assert faults(package) == []
    assert [row[3] for row in staged_rows(raw)] == ["西关", "东关社区"]


def test_the_sheet_of_the_package_as_people_fill_it(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    sheet = book.add_worksheet("基本信息")
    sheet.merge_range("A1:D1", "数据包基本信息")
    rows = [
        ["区划代码", "６２０６０２", "数据截止日期", "2024年12月31日"],
        ["坐标系", "2000国家大地坐标系", "发布档", "公开"],
        ["标准版本", 1, "虚构数据", "是"],
        ["发布单位：示例区商务局"],
        ["数据包短名", "liangzhou", "数据包名称", " 示例区便民生活圈"],
        ["许可", "CC-BY-4.0"],
    ]
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
    sheet.write_row(8, 0, ["生成时间", "2025/1/10"])
    sheet = book.add_worksheet("覆盖社区")
    sheet.write_row(0, 0, TITLES)
    book.close()
    report = validate(tmp_path / "book.xlsx")
    said = {location(item, STANDARD, "zh"): item.params.get("as") for item in report.findings if item.rule == "CD157"}
    assert said == {
        "基本信息!B2": "620602", "基本信息!D2": "2024-12-31", "基本信息!D6": "示例区便民生活圈",
        "基本信息!B9": "2025-01-10",
    }  # fmt: skip
    assert [item.rule for item in report.findings if item.level == "error"] == ["CD118"]
    assert report.package is not None
    assert report.package["division_code"] == "620602"
    assert report.package["as_of"] == "2024-12-31"
