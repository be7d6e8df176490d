"""What nobody asked to change is as it was, in workbooks of several programs."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from ooxml_books import LISTING, by_openpyxl, by_xlsxwriter, converted, looks, marked, parts

from circledata.workbooks.ooxml import BookEdit

PLACES = [
    ("网点", 1, 2, "error"),
    ("网点", 3, 2, "warning"),
    ("网点", 7, 3, "advice"),
    ("网点", 9, 5, "error"),
    ("网点", 12, 4, "warning"),
    ("网点", 60, 2, "error"),
]
CELLS = {"B1", "B3", "C7", "E9", "D12", "B60"}
MAKERS = [by_xlsxwriter, by_openpyxl]


@pytest.mark.parametrize("make", MAKERS)
def test_everything_but_the_marked_cells_is_equal(make: Callable[[Path], Path], tmp_path: Path) -> None:
    before = make(tmp_path / "a.xlsx")
    after = marked(before, tmp_path / "b.xlsx", *PLACES)
    old, new = looks(before, "网点"), looks(after, "网点")
    assert {key: value for key, value in new.items() if key not in CELLS} == {
        key: value for key, value in old.items() if key not in CELLS
    }
    for name in openpyxl.load_workbook(before).sheetnames[1:]:
        assert looks(before, name) == looks(after, name)
    for cell in CELLS & old.keys():
        (value, style, fill, _), (new_value, new_style, new_fill, note) = old[cell], new[cell]  # type: ignore[misc]
        assert (value, style) == (new_value, new_style)
        assert fill != new_fill
        assert "【circledata】第" in note


@pytest.mark.parametrize("make", MAKERS)
def test_parts_that_are_not_concerned_are_copied_byte_for_byte(make: Callable[[Path], Path], tmp_path: Path) -> None:
    before = make(tmp_path / "a.xlsx")
    old, new = parts(before), parts(marked(before, tmp_path / "b.xlsx", *PLACES))
    changed = {name for name in old if old[name] != new.get(name)}
    assert not {
        name for name in changed if re.search("media|chart|theme|sharedStrings|docProps|drawings/drawing", name)
    }
    assert {"xl/theme/theme1.xml"} <= old.keys() - changed
    assert [name for name in new if name in old] == list(old)
    if make is by_xlsxwriter:
        assert {"xl/charts/chart1.xml", "xl/media/image1.png"} <= old.keys() - changed


def test_the_own_note_of_a_cell_stays_above_ours(tmp_path: Path) -> None:
    after = marked(by_xlsxwriter(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", *PLACES)
    comment = openpyxl.load_workbook(after)["网点"]["B3"].comment
    assert comment is not None and comment.author == "王"
    assert comment.text.startswith("自己的批注\n\n【circledata】第 3 行 <有误> & 请改\n怎么改：照填")


def test_nothing_asked_for_means_the_same_parts(tmp_path: Path) -> None:
    before = by_xlsxwriter(tmp_path / "a.xlsx")
    after = marked(before, tmp_path / "b.xlsx", listing=False)
    assert parts(before) == parts(after)


def test_the_same_changes_give_the_same_bytes(tmp_path: Path) -> None:
    before = by_xlsxwriter(tmp_path / "a.xlsx")
    one, two = (marked(before, tmp_path / name, *PLACES) for name in ("b.xlsx", "c.xlsx"))
    assert one.read_bytes() == two.read_bytes()


def test_places_of_sheets_move_with_the_new_first_sheet(tmp_path: Path) -> None:
    after = marked(by_xlsxwriter(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", *PLACES)
    book = openpyxl.load_workbook(after)
    assert book.sheetnames == ["问题清单", "网点", "it's <b> & 图", "藏"]
    assert book.defined_names["全书"].attr_text == "'网点'!$A$1:$A$40" or "网点" in str(
        book.defined_names["全书"].attr_text
    )
    assert "本表" in book["藏"].defined_names
    assert book["藏"].sheet_state == "hidden"
    assert book.active is not None and book.active.title == "问题清单"
    assert [name for name in book.sheetnames if book[name].sheet_view.tabSelected] == ["问题清单"]
    assert book["网点"].auto_filter.ref == "A1:E40"
    first = book["问题清单"]
    assert first.auto_filter.ref == "A2:B3"
    assert first.freeze_panes == "A3"
    assert first["B3"].hyperlink is not None and first["B3"].hyperlink.location == "'网点'!B3"
    assert first.print_title_rows == "$2:$2"


def test_values_and_formulas(tmp_path: Path) -> None:
    before = by_openpyxl(tmp_path / "a.xlsx")
    with BookEdit(before) as book, (tmp_path / "b.xlsx").open("wb") as stream:
        assert book.sheets == ("网点", "第二张")
        assert book.formulas("网点") == {(9, 5)}
        assert book.is_formula("网点", 9, 5) and not book.is_formula("网点", 9, 4)
        assert book.merged("网点") == [(20, 2, 22, 4)]
        book.set_text("网点", 2, 1, "新的 & <值>")
        book.set_number("网点", 3, 3, "12.50")
        book.set_text("第二张", 5, 7, "角落")
        book.save(stream)
    after = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert after["网点"]["A2"].value == "新的 & <值>"
    assert after["网点"]["C3"].value == 12.5
    assert after["网点"]["E9"].value == "=SUM(C1:C8)"
    assert after["第二张"]["G5"].value == "角落"
    old = openpyxl.load_workbook(before)["网点"]
    assert after["网点"]["A3"].fill.fgColor.rgb == old["A3"].fill.fgColor.rgb


def test_a_formula_is_never_replaced(tmp_path: Path) -> None:
    with BookEdit(by_openpyxl(tmp_path / "a.xlsx")) as book, (tmp_path / "b.xlsx").open("wb") as stream:
        book.set_text("网点", 9, 5, "7")
        with pytest.raises(ValueError, match="E9"):
            book.save(stream)


def test_libreoffice_reads_both_alike_and_keeps_the_list(tmp_path: Path) -> None:
    before = by_xlsxwriter(tmp_path / "a.xlsx")
    after = marked(before, tmp_path / "b.xlsx", *PLACES[:5])
    every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    old = {path.name.partition("-")[2]: path for path in _all_csv(before, every, tmp_path / "old")}
    new = {path.name.partition("-")[2]: path for path in _all_csv(after, every, tmp_path / "new")}
    assert set(new) - set(old) == {"问题清单.csv"}
    for name, path in old.items():
        assert path.read_bytes() == new[name].read_bytes()
    rows = list(csv.reader(new["问题清单.csv"].open(encoding="utf-8", newline="")))
    assert rows[0][0] == LISTING.lines[0].items[0].text


def _all_csv(path: Path, kind: str, folder: Path) -> list[Path]:
    converted(path, kind, folder)
    return sorted(folder.glob("*.csv"))
