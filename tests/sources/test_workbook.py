from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter

from circledata.findings import message
from circledata.sources import Limits, Options, open_package
from circledata.sources.cells import cell_text
from circledata.sources.workbook import is_ignored, table_of_sheet

from .conftest import HEADER, found, notes_of, staged_rows

META = [
    ["项目", "内容"],
    ["数据包短名", "liangzhou"],
    ["数据包名称", "凉州区便民生活圈"],
    ["行政区划代码", 620602],
    ["数据截止日期", date(2024, 12, 31)],
    ["坐标系", "2000国家大地坐标系"],
    ["发布档", "公开"],
    ["标准版本", 1.0],
    ["虚构数据（示例）", "是"],
    ["发布单位", "凉州区商务局"],
    ["许可", "CC-BY-4.0"],
    ["生成时间", date(2025, 1, 10)],
]
TITLES = ["*生活圈编号", "社区名称", "社区代码", "圈内户数", "圈内常住人口"]
ROWS = [TITLES, ["620602-C001", "东关", 620602001001, 10, 20.5]]


@pytest.fixture
def book(tmp_path, work):
    """Write a workbook, one list of rows a sheet (a dict places rows by number), and open it."""

    def run(sheets, meta=META, name="book.xlsx", **options):
        path = tmp_path / name
        file = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
        for title, rows in [*([("基本信息", meta)] if meta else []), *sheets.items()]:
            sheet = file.add_worksheet(title)
            numbered = rows.items() if isinstance(rows, dict) else enumerate(rows, 1)
            for number, row in numbered:
                for column, cell in enumerate(row):
                    if cell is not None and cell != "":
                        sheet.write(number - 1, column, cell)
        file.close()
        return open_package([path], workdir=work, options=Options(**options))

    return run


def test_a_workbook_is_a_package(book):
    package = book({"2.覆盖社区": ROWS})
    assert (package.kind, package.findings, package.notes, package.complete) == ("workbook", (), (), True)
    meta = package.meta
    assert (meta.version, meta.division_code, meta.as_of) == ("1.0", "620602", date(2024, 12, 31))
    assert (meta.coordinate_system, meta.profile, meta.synthetic) == ("CGCS2000", "open", True)
    assert package.descriptor["created"] == "2025-01-10T00:00:00+08:00"
    assert package.descriptor["contributors"] == [{"title": "凉州区商务局", "roles": ["publisher"]}]
    raw = package.tables["communities"]
    assert (raw.sheet, raw.header_row, raw.staged, raw.rows) == ("2.覆盖社区", 1, True, 1)
    assert [column.field for column in raw.columns] == HEADER.split(",")
    assert staged_rows(raw) == [["2", "", "620602-C001", "东关", "620602001001", "10", "20.5"]]
    assert raw.sha256


def test_rows_and_columns_are_those_of_the_sheet(book):
    rows = {4: [None, None, "凉州区覆盖社区表"], 6: [None, None, *TITLES]}
    rows |= {9: [None, None, "620602-C001", "东关"], 12: [None, None, "620602-C002", "西关", None, 3]}
    package = book({"覆盖社区": rows})
    raw = package.tables["communities"]
    assert raw.header_row == 6
    assert [column.number for column in raw.columns] == [3, 4, 5, 6, 7]
    assert [row[0] for row in staged_rows(raw)] == ["9", "12"]
    assert [(note.code, note.params["row"]) for note in package.notes] == [("header-row", 6)]


def test_a_row_of_machine_names_below_the_titles(book):
    package = book({"覆盖社区": [TITLES, HEADER.split(","), ROWS[1]]})
    assert [row[0] for row in staged_rows(package.tables["communities"])] == ["3"]
    package = book({"覆盖社区": [[*TITLES, "备注"], ["circle_id", "name"], ROWS[1]]})
    assert [row[0] for row in staged_rows(package.tables["communities"])] == ["3"]


def test_faults_of_a_sheets_header(book):
    package = book({"覆盖社区": [["社区名称", "备注", "x_note", "社区名称", None, None], ["东关", 1, 2, 3, 4]]})
    assert found(package.findings) == [
        ("column-extra", 1), ("header-duplicate", 1), ("header-empty", 1), ("column-missing", 1),
    ]  # fmt: skip
    assert package.findings[0].params == {"name": "备注", "as": "x_备注"}
    assert [item.column_number for item in package.findings] == [2, 4, 5, None]
    assert {item.sheet for item in package.findings} == {"覆盖社区"}


def test_sheets_that_are_no_tables(book):
    package = book({
        "填写说明": [["怎样填写"]], "Readme": [["x"]], "代码表": [["x"]], "坐标系": [["WGS84"]], "Sheet3": [],
        "汇总": [["合计", 3]], "覆盖社区": ROWS, "生活圈": [["生活圈编号", "生活圈名称"]],
    })  # fmt: skip
    assert found(package.findings) == [("table-unknown", None)]
    assert package.findings[0].sheet == "汇总"
    assert list(package.tables) == ["communities"]


def test_one_table_on_two_sheets(book):
    package = book({"覆盖社区": ROWS, "communities": ROWS})
    assert found(package.findings) == [("table-twice", None)]
    assert package.tables["communities"].sheet == "覆盖社区"


def test_hidden_sheets_of_codes_are_left_alone(tmp_path, work):
    path = tmp_path / "book.xlsx"
    file = xlsxwriter.Workbook(str(path))
    for name, rows in (("基本信息", META[:4]), ("communities", ROWS)):
        sheet = file.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    file.add_worksheet("_lists").very_hidden()
    other = file.add_worksheet("临时")
    other.write(0, 0, "x")
    other.hide()
    file.close()
    package = open_package([path], workdir=work, options=Options())
    assert {name for name, _ in found(package.findings)} == {"descriptor-invalid"}


def test_problems_of_the_package_sheet_point_to_its_cells(book):
    meta = [row for row in META if row[0] not in {"坐标系", "发布单位"}]
    meta[4] = ["数据截止日期", "去年底"]
    package = book({"覆盖社区": ROWS}, meta=meta)
    problems = {item.params["pointer_zh"]: item for item in package.findings}
    assert set(problems) == {"数据截止日期", "坐标系", "发布单位"}
    assert all(item.sheet == "基本信息" for item in package.findings)
    wrong = problems["数据截止日期"]
    assert (wrong.row, wrong.column_number, wrong.value) == (5, 2, "去年底")
    assert problems["坐标系"].row is None


def test_what_is_missing_points_to_the_empty_cell_beside_its_label(book):
    side = ["区划代码", None, "数据截止日期", None, "备用"]
    meta = [["坐标系"], *META[1:3], side, *META[6:8], ["发布单位"], *META[8:-1]]
    package = book({"communities": ROWS}, meta=meta)
    places = [
        (item.params["pointer_zh"], item.row, item.column_number, item.value)
        for item in package.findings
        if item.rule == "CD103"
    ]
    # 发布单位 is filled in further down, 备用 is what the date says, 生成时间 is not on the sheet at all.
    assert places == [
        ("坐标系", 1, 2, None),
        ("区划代码", 4, 2, None),
        ("数据截止日期", 4, 5, "备用"),
        ("生成时间", None, None, None),
    ]
    assert all(item.sheet == "基本信息" for item in package.findings)


def test_a_value_of_the_package_sheet_that_was_understood_is_called_by_its_title(book):
    meta = [["数据截止日期", "2024年12月31日"] if row[0] == "数据截止日期" else row for row in META]
    package = book({"communities": ROWS}, meta=meta)
    (finding,) = (item for item in package.findings if item.rule == "CD157")
    assert message(finding, package.standard, "zh").startswith("“数据截止日期”填的“2024年12月31日”")
    assert message(finding, package.standard, "en").startswith("“As of” says")


def test_without_a_package_sheet(book):
    package = book({"覆盖社区": ROWS}, meta=None, division="620602")
    assert found(package.findings) == [("package-sheet-missing", None)]
    assert package.meta.division_code == "620602"
    assert list(package.tables) == ["communities"]


def test_without_a_table(book):
    assert found(book({"覆盖社区": [TITLES]}).findings) == [("no-table", None)]


def test_errors_in_cells_keep_their_text(tmp_path, work):
    path = tmp_path / "book.xlsx"
    file = xlsxwriter.Workbook(str(path))
    sheet = file.add_worksheet("communities")
    sheet.write_row(2, 1, HEADER.split(","))
    sheet.write_row(3, 1, ["620602-C001", "东关"])
    sheet.write_formula("E4", "=VLOOKUP(1,A1:A2,1)", None, "#N/A")
    sheet.write_formula("F4", "=1/0", None, "#DIV/0!")
    file.close()
    package = open_package([path], workdir=work, options=Options())
    rows = staged_rows(package.tables["communities"])
    assert rows == [["4", "", "620602-C001", "东关", "", "#N/A", "#DIV/0!"]]


def test_formulas_without_a_stored_value(tmp_path, work):
    path = tmp_path / "book.xlsx"
    file = openpyxl.Workbook()
    sheet = file.active
    sheet.title = "communities"
    sheet.append(HEADER.split(","))
    sheet.append(["620602-C001", "东关", None, "=1+1", "=SUM(A1:A3)"])
    file.save(path)
    package = open_package([path], workdir=work, options=Options())
    assert found(package.findings) == [("package-sheet-missing", None)]
    assert notes_of(package.tables["communities"]) == [("CD116", 2, 4, "", "", ""), ("CD116", 2, 5, "", "", "")]


def test_what_is_no_workbook(tmp_path, work):
    for content in (b"<html><table></table></html>", b"PK\x03\x04 broken", b"", bytes.fromhex("D0CF11E0A1B11AE1")):
        path = tmp_path / "book.xls"
        path.write_bytes(content)
        package = open_package([path], workdir=work, options=Options())
        assert found(package.findings) == [("workbook-damaged", None)]
        assert not package.complete


def test_a_protected_workbook(tmp_path, work):
    path = tmp_path / "book.xlsx"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert found(open_package([path], workdir=work, options=Options()).findings) == [("workbook-protected", None)]


def patched(path, replace):
    """Change the sheets' XML of a workbook."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, replace(data) if "worksheets/sheet" in info.filename else data)
    path.write_bytes(stream.getvalue())


@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_a_workbook_that_would_fill_the_memory(tmp_path, work, quote):
    path = tmp_path / "book.xlsx"
    file = openpyxl.Workbook()
    file.active["A1"] = "x"
    file.active["XFD900000"] = "y"
    file.save(path)
    if quote == b"'":
        patched(path, lambda data: data.replace(b'r="XFD900000"', b"r='XFD900000'"))
    package = open_package([path], workdir=work, options=Options())
    assert found(package.findings) == [("archive-over-limit", None)]
    assert package.findings[0].params["what"] == "cells"


def test_empty_cells_with_a_format_far_away_are_no_bomb(tmp_path, work):
    path = tmp_path / "book.xlsx"
    file = xlsxwriter.Workbook(str(path))
    sheet = file.add_worksheet("communities")
    sheet.write_row(0, 0, HEADER.split(","))
    sheet.write_row(1, 0, ROWS[1])
    sheet.write_blank(1_000_000, 5000, None, file.add_format({"bold": True}))
    file.close()
    package = open_package([path], workdir=work, options=Options())
    assert package.tables["communities"].rows == 1


def test_a_wrong_dimension_is_not_believed(book, tmp_path, work):
    book({"覆盖社区": ROWS})
    path = tmp_path / "book.xlsx"
    import re

    patched(path, lambda data: re.sub(b'<dimension ref="[^"]*"', b'<dimension ref="A1"', data))
    package = open_package([path], workdir=work, options=Options())
    assert staged_rows(package.tables["communities"])[0][3] == "东关"


def test_a_workbook_that_unpacks_to_too_much(book, tmp_path, work):
    book({"覆盖社区": ROWS})
    path = tmp_path / "book.xlsx"
    patched(path, lambda data: data + b" " * 30_000_000)
    package = open_package([path], workdir=work, options=Options())
    assert found(package.findings) == [("archive-over-limit", None)]
    package = open_package([path], workdir=work, options=Options(limits=Limits(max_archive_bytes=1000)))
    assert found(package.findings) == [("archive-over-limit", None)]


def test_an_open_document_sheet(tmp_path, work):
    def row(*cells):
        start, end = '<table:table-cell office:value-type="string"><text:p>', "</text:p></table:table-cell>"
        inner = "".join(f"{start}{cell}{end}" for cell in cells)
        return f"<table:table-row>{inner}</table:table-row>"

    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet><table:table table:name="覆盖社区">'
        + row(*TITLES)
        + '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        + row("620602-C001", "东关")
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "book.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    package = open_package([path], workdir=work, options=Options())
    assert staged_rows(package.tables["communities"]) == [["5", "", "620602-C001", "东关", "", "", ""]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5.0, "5"), (620602001001.0, "620602001001"), (0.1 + 0.2, "0.3"), (1234.5600000000002, "1234.56"),
        (116.40398812, "116.40398812"), (1e21, "1000000000000000000000"), (1e-07, "0.0000001"), (-0.0, "0"), (7, "7"),
        (True, "true"), (False, "false"), (date(2024, 1, 2), "2024-01-02"), (datetime(2024, 1, 2), "2024-01-02"),
        (datetime(2024, 1, 2, 3, 4, 5), "2024-01-02T03:04:05"), (time(8, 30), "08:30"), (time(8, 30, 5), "08:30:05"),
        (timedelta(hours=45, minutes=30), "45:30"), (timedelta(seconds=-61), "-00:01:01"), ("  字 ", "  字 "),
    ],
)  # fmt: skip
def test_cells_become_the_text_of_the_standard(cell, text):
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("商业网点", "outlets"), ("3.网点", "outlets"), ("03-outlets", "outlets"), ("二、生活圈", "circles"),
        ("网点（outlets）", "outlets"), ("Outlets (2)", "outlets"), (" 生活圈 ", "circles"), ("补助", "subsidies"),
        ("补助政策", "programmes"), ("调查", "surveys"), ("survey_results", "survey_results"),
        ("Survey results", "survey_results"),
        ("Sheet1", None), ("汇总", None), ("1", None),
    ],
)  # fmt: skip
def test_how_sheets_may_be_named(standard, name, table):
    found_table = table_of_sheet(name, standard)
    assert (found_table.name if found_table else None) == table


@pytest.mark.parametrize(("name", "ignored"), [("填写说明", True), ("1 说明", True), ("README", True), ("数据", False)])
def test_which_sheets_are_left_alone(standard, name, ignored):
    assert is_ignored(name, standard) is ignored
