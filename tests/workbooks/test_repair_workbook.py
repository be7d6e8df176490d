"""`repair` of workbooks: cells are mended inside the file, all else stays; formulas and what they read never change."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from circledata import ConversionError, repair, validate

HEAD = ("项目编号", "项目名称", "项目状态", "计划投资（万元）", "开工日期", "完工日期")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("620602-p000001", " 农贸市场改造 ", "planned", 350, "2026年3月1日", None),
    ("620602-P000002", "早餐网点１", "planned", "1,200.5", 46082, datetime.date(2026, 5, 1)),
    ("620602-P000003", "维修点", "planned", "3万元", "3/1/2026", "2026/5/1"),
)


def book(path: Path, rows: tuple[tuple[Any, ...], ...] = ROWS, head: tuple[str, ...] = HEAD) -> openpyxl.Workbook:
    new = openpyxl.Workbook()
    sheet = new.active
    sheet.title = "项目"
    sheet.append(["2026 年项目清单"])
    for row in (head, *rows):
        sheet.append(row)
    sheet["A3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B3"].comment = Comment("核对过", "张")
    sheet.column_dimensions["B"].width = 33
    check = DataValidation(type="list", formula1='"planned,building"')
    check.add("C3:C99")
    sheet.add_data_validation(check)
    new.create_sheet("其他")["A1"] = " 别的内容 "
    new.save(path)
    return new


def values(path: Path, sheet: str = "项目") -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_cells_and_heads_are_mended_and_all_else_stays(tmp_path: Path) -> None:
    source, out = tmp_path / "p.xlsx", tmp_path / "o.xlsx"
    book(source)
    before = source.read_bytes()
    done = repair(source, out)
    assert source.read_bytes() == before
    assert values(out) == [
        ["2026 年项目清单", None, None, None, None, None],
        ["项目编号", "项目名称", "项目状态", "计划投资（元）", "开工日期", "完工日期"],
        ["620602-P000001", "农贸市场改造", "planned", 3500000, "2026-03-01", None],
        ["620602-P000002", "早餐网点1", "planned", 12005000, "2026-03-01", datetime.datetime(2026, 5, 1)],
        ["620602-P000003", "维修点", "planned", 30000, "3/1/2026", "2026-05-01"],
    ]
    new = openpyxl.load_workbook(out)
    assert new.sheetnames == ["修改清单", "项目", "其他"]
    sheet = new["项目"]
    assert sheet["A3"].fill.fgColor.rgb == "00FFFF00"
    assert sheet["B3"].comment.text == "核对过"
    assert sheet.column_dimensions["B"].width == 33
    assert [item.sqref for item in sheet.data_validations.dataValidation] == ["C3:C99"]
    assert new["其他"]["A1"].value == " 别的内容 "
    assert done.changes == 10
    assert done.sheet == "修改清单"


def test_the_first_sheet_lists_every_change_with_a_link(tmp_path: Path) -> None:
    book(tmp_path / "p.xlsx")
    repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx")["修改清单"]
    rows = [list(row) for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert rows[0][:6] == ["项目!D2", 2, "计划投资（万元）", "计划投资（万元）", "计划投资（元）", "列名"]
    assert ["项目!E3", 3, "开工日期", "2026年3月1日", "2026-03-01", "日期写法"] in [row[:6] for row in rows]
    assert len(rows) == 10
    assert sheet["A5"].hyperlink.location == "'项目'!D2"
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:F14"


def test_what_was_mended_is_not_found_again_and_twice_is_once(tmp_path: Path) -> None:
    source, out, again = (tmp_path / name for name in ("p.xlsx", "o.xlsx", "a.xlsx"))
    book(source)
    repair(source, out)
    assert {item.name for item in validate(source).rules} >= {"value-understood", "not-a-date"}
    after = validate(out)
    assert "value-understood" not in {item.name for item in after.rules}
    assert "not-a-date" in {item.name for item in after.rules}
    assert [table.name for table in after.tables] == ["projects"]
    done = repair(out, again)
    assert done.counts == {}
    assert again.read_bytes() == out.read_bytes()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    book(tmp_path / "p.xlsx")
    for name in ("a.xlsx", "b.xlsx"):
        repair(tmp_path / "p.xlsx", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_formulas_stay_and_so_does_what_they_read(tmp_path: Path) -> None:
    new = book(tmp_path / "p.xlsx")
    new["其他"]["B1"] = "=SUM(项目!D3:D5)"
    new["项目"]["F5"] = "=E5"
    new.save(tmp_path / "p.xlsx")
    done = repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
    rows = values(tmp_path / "o.xlsx")
    assert [row[3] for row in rows[1:]] == ["计划投资（万元）", 350, "1,200.5", "3万元"]
    assert [row[4] for row in rows[2:]] == ["2026年3月1日", 46082, "3/1/2026"]
    assert rows[4][5] == "=E5"
    assert rows[2][0] == "620602-P000001"
    assert [sentence.en.count("Formulas read") for sentence in done.left] == [1, 1]


def test_a_formula_in_a_column_keeps_its_unit(tmp_path: Path) -> None:
    new = book(tmp_path / "p.xlsx")
    new["项目"]["D5"] = "=100+5"
    new.save(tmp_path / "p.xlsx")
    done = repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
    assert [row[3] for row in values(tmp_path / "o.xlsx")[1:]] == ["计划投资（万元）", 350, "1,200.5", "=100+5"]
    assert "计划投资（万元）" in done.left[0].zh


@pytest.mark.parametrize("odd", ["约350", "待定", "3-5"])
def test_a_column_with_a_doubtful_cell_keeps_its_unit(tmp_path: Path, odd: str) -> None:
    rows = (*ROWS[:2], (*ROWS[2][:3], odd, *ROWS[2][4:]))
    book(tmp_path / "p.xlsx", rows)
    repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
    assert [row[3] for row in values(tmp_path / "o.xlsx")[1:]] == ["计划投资（万元）", 350, "1,200.5", odd]


def test_merged_cells_stay(tmp_path: Path) -> None:
    new = book(tmp_path / "p.xlsx")
    new["项目"]["B3"] = " 两行的名称 "
    new["项目"]["B4"] = None
    new["项目"].merge_cells("B3:B4")
    new.save(tmp_path / "p.xlsx")
    repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
    assert [row[1] for row in values(tmp_path / "o.xlsx")[2:4]] == [" 两行的名称 ", None]
    assert [str(item) for item in openpyxl.load_workbook(tmp_path / "o.xlsx")["项目"].merged_cells.ranges] == ["B3:B4"]


def test_a_unit_above_the_table_is_not_converted(tmp_path: Path) -> None:
    head = tuple(name.replace("（万元）", "") for name in HEAD)
    new = book(tmp_path / "p.xlsx", head=head)
    new["项目"]["A1"] = "单位：万元"
    new.save(tmp_path / "p.xlsx")
    repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
    assert [row[3] for row in values(tmp_path / "o.xlsx")[1:]] == ["计划投资", 350, "1,200.5", "3万元"]


def test_english(tmp_path: Path) -> None:
    book(tmp_path / "p.xlsx")
    repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx", language="en")
    new = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert new.sheetnames[0] == "Changes"
    assert [cell.value for cell in new["Changes"][4]][:6] == [
        "Place",
        "Row",
        "Column",
        "Before",
        "After",
        "What was changed",
    ]
    assert validate(tmp_path / "o.xlsx").tables[0].name == "projects"


def test_the_calendar_of_1904(tmp_path: Path) -> None:
    new = book(tmp_path / "p.xlsx", ((*ROWS[1][:4], 44620, None),))
    new.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    new.save(tmp_path / "p.xlsx")
    repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
    assert values(tmp_path / "o.xlsx")[2][4] == "2026-03-01"


@pytest.mark.parametrize("ending", ["xls", "ods"])
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_other_kinds_are_written_as_xlsx(tmp_path: Path, ending: str) -> None:
    book(tmp_path / "p.xlsx")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", ending]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "p.xlsx"], check=True, capture_output=True, timeout=120)
    source, out = tmp_path / f"p.{ending}", tmp_path / "o.xlsx"
    done = repair(source, out)
    rows = values(out)
    assert rows[1][3] == "计划投资（元）"
    assert rows[2][:5] == ["620602-P000001", "农贸市场改造", "planned", 3500000, "2026-03-01"]
    assert values(out, "其他") == [[" 别的内容 "]]
    assert openpyxl.load_workbook(out).sheetnames[0] == "修改清单"
    assert any("XLSX" in sentence.zh for sentence in done.left)
    assert "value-understood" not in {item.name for item in validate(out).rules}
    assert repair(out, tmp_path / "again.xlsx").counts == {}
    with pytest.raises(ConversionError, match=r"Name a \.xlsx file"):
        repair(source, tmp_path / f"o.{ending}")


class TestRefused:
    def test_in_place_and_exists(self, tmp_path: Path) -> None:
        book(tmp_path / "p.xlsx")
        before = (tmp_path / "p.xlsx").read_bytes()
        with pytest.raises(ConversionError, match="never changed"):
            repair(tmp_path / "p.xlsx", tmp_path / "p.xlsx", overwrite=True)
        (tmp_path / "o.xlsx").write_text("mine")
        with pytest.raises(ConversionError, match="exists already"):
            repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
        assert (tmp_path / "p.xlsx").read_bytes() == before
        assert repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx", overwrite=True).changes == 10

    def test_another_ending(self, tmp_path: Path) -> None:
        book(tmp_path / "p.xlsx")
        for name in ("o.csv", "o.xlsm", "o"):
            with pytest.raises(ConversionError, match=r"Name a \.xlsx file"):
                repair(tmp_path / "p.xlsx", tmp_path / name)

    def test_encrypted(self, tmp_path: Path) -> None:
        content = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
        (tmp_path / "p.xlsx").write_bytes(content)
        with pytest.raises(ConversionError, match="password"):
            repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
        assert not (tmp_path / "o.xlsx").exists()

    def test_damaged(self, tmp_path: Path) -> None:
        book(tmp_path / "p.xlsx")
        content = (tmp_path / "p.xlsx").read_bytes()
        for bad in (content[:3000], b"PK\x03\x04", b"no workbook at all"):
            (tmp_path / "bad.xlsx").write_bytes(bad)
            with pytest.raises(ConversionError, match="Nothing was written"):
                repair(tmp_path / "bad.xlsx", tmp_path / "o.xlsx")
            assert not (tmp_path / "o.xlsx").exists()

    def test_no_table(self, tmp_path: Path) -> None:
        new = openpyxl.Workbook()
        new.active["A1"] = "说明"
        new.save(tmp_path / "p.xlsx")
        with pytest.raises(ConversionError, match="othing was written"):
            repair(tmp_path / "p.xlsx", tmp_path / "o.xlsx")
