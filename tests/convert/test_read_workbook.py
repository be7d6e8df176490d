"""Workbooks as people have them: titles, merged cells, hidden and garbled sheets, numbers, dates, formulas."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from circledata.convert.model import ConversionError, SourceTable
from circledata.convert.read import Layout, read_tables

Sheets = dict[str, Sequence[Sequence[Any]]]
Read = Callable[..., list[SourceTable]]
HEADER = ["序号", "名称", "地址", "电话"]
ROW = [1, "示例店", "某路1号", "0935-1"]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(
        sheets: Sheets,
        layout: Layout | None = None,
        *,
        merges: Sequence[str] = (),
        hidden: Sequence[str] = (),
        name: str = "网点.xlsx",
        **options: Any,
    ) -> list[SourceTable]:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for merge in merges:
                sheet.merge_cells(merge)
            sheet.sheet_state = "hidden" if title in hidden else "visible"
        book.save(tmp_path / "made.xlsx")
        path = (tmp_path / "made.xlsx").rename(tmp_path / name)
        return read_tables(path, layout, **options)

    return run


def cells(table: SourceTable) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.rows]


def notes(table: SourceTable) -> dict[str, dict[str, str]]:
    return {code: dict(params) for code, params in table.notes}


def test_title_rows_and_blank_rows(read: Read) -> None:
    rows = [["某区便民网点一览表"], ["单位：某局", None, None, "2024年12月"], [], HEADER, ROW, [], [2, "乙店"]]
    (table,) = read({"网点": rows}, merges=["A1:D1"])
    assert (table.header, table.header_row, table.sheet) == (tuple(HEADER), 4, "网点")
    assert [row.number for row in table.rows] == [5, 7]
    assert cells(table)[1] == {"序号": "2", "名称": "乙店"}
    assert table.above == (("某区便民网点一览表",), ("单位：某局", "2024年12月"))
    assert notes(table)["blank-rows"] == {"count": "1"}


def test_two_header_rows_with_merged_cells(read: Read) -> None:
    rows = [
        ["一览表"],
        ["序号", "名称", "联系方式", None, "坐标", None],
        [None, None, "电话", "手机", "经度", "纬度"],
        [1, "甲", "0935-1", "139", 102.64, 37.92],
    ]
    (table,) = read({"网点": rows}, merges=["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"])
    assert table.header == ("序号", "名称", "联系方式/电话", "联系方式/手机", "坐标/经度", "坐标/纬度")
    assert (table.header_row, table.rows[0].number) == (3, 4)
    assert cells(table)[0]["坐标/经度"] == "102.64"


def test_three_header_rows(read: Read) -> None:
    rows = [
        ["名称", "营业情况", None, None],
        [None, "人员", None, "面积"],
        [None, "固定", "临时", None],
        ["甲", 1, 2, 3],
    ]
    merges = ["A1:A3", "B1:D1", "B2:C2", "D2:D3"]
    (table,) = read({"网点": rows}, merges=merges)
    assert table.header == ("名称", "营业情况/人员/固定", "营业情况/人员/临时", "营业情况/面积")
    assert table.header_row == 3
    (table,) = read({"网点": rows}, Layout(header=(1, 2, 3)))
    assert table.header == ("名称", "营业情况/人员/固定", "营业情况/人员/临时", "营业情况/面积")


def test_groups_above_a_header_found_by_its_names(read: Read) -> None:
    rows = [
        ["基本情况", None, None, "联系", None],
        ["名称", "地址", "类别", "电话", "手机"],
        ["甲", "乙", "丙", "1", "2"],
    ]
    layout = Layout(known_headers={"名称", "地址", "电话"})
    (table,) = read({"网点": rows}, layout, merges=["A1:C1", "D1:E1"])
    assert table.header == ("基本情况/名称", "基本情况/地址", "基本情况/类别", "联系/电话", "联系/手机")
    assert table.header_row == 2


def test_merged_cells_in_the_data_are_filled_down(read: Read) -> None:
    rows = [
        ["区县", "街道", "名称"],
        ["凉州区", "东大街", "甲"],
        [None, None, "乙"],
        [None, "西大街", "丙"],
        [None, None, "丁"],
    ]
    (table,) = read({"网点": rows}, merges=["A2:A4", "B2:B3"])
    assert [(row.get("区县"), row.get("街道")) for row in cells(table)] == [
        ("凉州区", "东大街"),
        ("凉州区", "东大街"),
        ("凉州区", "西大街"),
        (None, None),
    ]
    assert notes(table)["merged-filled"] == {"count": "3"}


def test_blank_cells_are_filled_down_on_request(read: Read) -> None:
    rows = [["区县", "名称", "地址"], ["凉州区", "甲", "某路"], [None, "乙", "某路"], ["合计", "2", None]]
    (table,) = read({"网点": rows}, Layout(fill_down=("区县",)))
    assert [row.get("区县") for row in cells(table)] == ["凉州区", "凉州区", "合计"]


def test_a_table_that_does_not_begin_in_the_first_column(read: Read) -> None:
    rows = [[None, None, "名称", None, "地址"], [None, None, "甲", "x", "乙"]]
    (table,) = read({"网点": rows})
    assert table.header == ("名称", "column_4", "地址")


def test_cells_as_text(read: Read) -> None:
    header = ["代码", "小数", "日期", "时刻", "时点", "真假", "长号", "比例", "大数"]
    values = [
        310101,
        5.0,
        date(2026, 3, 1),
        time(8, 30),
        datetime(2026, 3, 1, 8),
        True,
        91110000600037341.0,
        0.15,
        120.123456789,
    ]
    (table,) = read({"网点": [header, values]}, Layout(header=(1,)))
    assert list(table.rows[0].cells.values()) == [
        "310101", "5", "2026-03-01", "08:30", "2026-03-01T08:00:00", "true", "91110000600037300", "0.15",
        "120.123456789",
    ]  # fmt: skip
    assert notes(table)["numbers-cut"] == {"count": "1", "cell": "G2"}


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": True})
    sheet = book.add_worksheet("网点")
    sheet.write_row(0, 0, ["名称", "开业", "地址"])
    sheet.write_row(1, 0, ["甲", None, "乙"])
    sheet.write_datetime(1, 1, datetime(2026, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    assert cells(read_tables(path)[0])[0]["开业"] == "2026-03-01"


def test_errors_and_formulas_without_result(read: Read, tmp_path: Path) -> None:
    (table,) = read({"网点": [["名称", "甲列", "乙列"], ["甲", "=1+1", "x"]]})
    assert notes(table)["formula-without-value"] == {"count": "1", "cell": "B2"}
    assert cells(table)[0] == {"名称": "甲", "乙列": "x"}
    path = tmp_path / "e.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("网点")
    sheet.write_row(0, 0, ["名称", "甲列"])
    sheet.write_row(1, 0, ["甲"])
    sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    book.close()
    (table,) = read_tables(path)
    assert cells(table)[0]["甲列"] == "#DIV/0!"
    assert notes(table)["cell-errors"] == {"count": "1", "cell": "B2", "value": "#DIV/0!"}


def test_sheets_that_are_no_data_are_passed_over(read: Read) -> None:
    codes = [["代码", "名称"], *([number, "某"] for number in range(100))]
    tables = read({"填写说明": [["请如实填写"]], "网点": [HEADER, ROW], "字典": codes, "空": []})
    assert [table.sheet for table in tables] == ["网点"]
    assert notes(tables[0])["sheet-ignored"] == {"sheet": "填写说明"}
    assert notes(tables[0])["sheet-not-read"] == {"sheet": "字典", "rows": "100"}


def test_the_sheet_whose_header_is_known_wins(read: Read) -> None:
    wide = [[f"指标{number}" for number in range(10)], *([["x"] * 10] * 50)]
    tables = read({"指标": wide, "表2": [HEADER, ROW]}, Layout(known_headers={"名称", "地址"}))
    assert [table.sheet for table in tables] == ["表2"]


def test_sheets_with_the_same_columns_are_all_read(read: Read) -> None:
    tables = read({"东大街": [HEADER, ROW], "西大街": [["西大街网点"], HEADER, ROW, ROW]})
    assert [(table.sheet, table.header_row, len(table.rows)) for table in tables] == [
        ("东大街", 1, 1),
        ("西大街", 2, 2),
    ]


def test_hidden_sheets_are_read_only_when_they_are_named(read: Read) -> None:
    sheets: Sheets = {"底稿": [HEADER, ROW, ROW], "网点": [HEADER, ROW]}
    (table,) = read(sheets, hidden=["底稿"])
    assert (table.sheet, notes(table)["sheet-hidden"]) == ("网点", {"sheet": "底稿"})
    for wanted in ("底稿", 1):
        (table,) = read(sheets, Layout(sheet=wanted), hidden=["底稿"])
        assert (len(table.rows), notes(table)["sheet-hidden-read"]) == (2, {"sheet": "底稿"})
    with pytest.raises(ConversionError, match=r'no sheet "别的"\. It has: 底稿, 网点'):
        read(sheets, Layout(sheet="别的"))
    with pytest.raises(ConversionError, match="hidden: 底稿"):
        read({"底稿": [HEADER, ROW], "封面": []}, hidden=["底稿"])


def garbled(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    return "".join(
        bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in text.encode("gb18030")
    )


def test_a_garbled_copy_of_a_good_sheet_is_passed_over(read: Read) -> None:
    good = [
        ["编号", "网点名称", "详细地址"],
        *([number, f"示例便民商店{number}", f"某某大街{number}号"] for number in range(9)),
    ]
    copy = [[garbled(cell) for cell in row] for row in good]
    (table,) = read({"Sheet1": copy, "Sheet2": good})
    assert (table.sheet, notes(table)["sheet-mojibake"]) == ("Sheet2", {"sheet": "Sheet1"})
    (table,) = read({"Sheet1": copy}, repair_mojibake=True)
    assert table.header == ("编号", "网点名称", "详细地址")
    assert cells(table)[3] == {"编号": "3", "网点名称": "示例便民商店3", "详细地址": "某某大街3号"}


def test_a_workbook_under_the_name_of_another_kind(read: Read) -> None:
    for name in ("网点.xls", "网点.et", "网点.csv", "网点.ods"):
        (table,) = read({"网点": [HEADER, ROW]}, name=name)
        assert (len(table.rows), table.file.format) == (1, "xlsx")
        assert ("wrong-ending" in notes(table)) == (name != "网点.et")


def test_damaged_protected_and_empty_workbooks(read: Read, tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="empty"):
        read({"网点": [], "乙": []})
    ole = bytes.fromhex("D0CF11E0A1B11AE1")
    faults = {
        "damaged": ole + b"\0" * 600,
        "password": ole + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "text document": ole + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
    }
    for words, data in faults.items():
        (tmp_path / "x.xls").write_bytes(data)
        with pytest.raises(ConversionError, match=words) as caught:
            read_tables(tmp_path / "x.xls")
        assert caught.value.text.zh.endswith("。")
    whole = (tmp_path / "网点.xlsx").read_bytes()
    (tmp_path / "y.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ConversionError, match="damaged"):
        read_tables(tmp_path / "y.xlsx")


def test_a_header_row_that_is_not_there(read: Read) -> None:
    with pytest.raises(ConversionError, match="no row 9"):
        read({"网点": [HEADER, ROW]}, Layout(header=(9,)))


def test_a_sheet_with_a_wrong_dimension(read: Read, tmp_path: Path) -> None:
    read({"网点": [HEADER, ROW, ROW]})
    path = tmp_path / "wps.xlsx"
    with zipfile.ZipFile(tmp_path / "网点.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<dimension ref="A1:D3"', b'<dimension ref="A1"'))
    (table,) = read_tables(path)
    assert (len(table.header), len(table.rows)) == (4, 2)
