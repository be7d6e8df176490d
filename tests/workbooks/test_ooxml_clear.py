"""Marks go away again: colours, notes and the list, also after another program has saved the workbook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from ooxml_books import by_openpyxl, by_xlsxwriter, converted, looks, marked, parts
from openpyxl.comments import Comment
from test_ooxml_unchanged import MAKERS, PLACES

from circledata.workbooks.ooxml import BookEdit
from circledata.workbooks.ooxml.colours import MOST, is_light, number_of, shade


def cleared(path: Path, target: Path) -> Path:
    return marked(path, target, listing=False, clear=True)


def plain(path: Path) -> dict[str, object]:
    """Return what a sheet looks like, without cells that hold nothing but a format."""
    return {key: value for key, value in looks(path, "网点").items() if not key or value[0] is not None}  # type: ignore[index]


@pytest.mark.parametrize("make", MAKERS)
def test_marked_and_cleared_looks_as_before(make: Callable[[Path], Path], tmp_path: Path) -> None:
    before = make(tmp_path / "a.xlsx")
    after = cleared(marked(before, tmp_path / "b.xlsx", *PLACES), tmp_path / "c.xlsx")
    assert plain(after) == plain(before)
    assert openpyxl.load_workbook(after).sheetnames == openpyxl.load_workbook(before).sheetnames
    assert set(parts(after)) == set(parts(before))


def test_cleared_after_openpyxl_has_saved_it(tmp_path: Path) -> None:
    before = by_openpyxl(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(marked(before, tmp_path / "b.xlsx", *PLACES))
    book.save(tmp_path / "c.xlsx")
    after = cleared(tmp_path / "c.xlsx", tmp_path / "d.xlsx")
    assert plain(after) == plain(before)


@pytest.mark.filterwarnings("ignore:.*xtension is not supported")
def test_cleared_after_libreoffice_has_saved_it(tmp_path: Path) -> None:
    before = by_xlsxwriter(tmp_path / "a.xlsx")
    saved = converted(marked(before, tmp_path / "b.xlsx", *PLACES), "xlsx", tmp_path / "lo")
    after = openpyxl.load_workbook(cleared(saved, tmp_path / "c.xlsx"))
    assert after.sheetnames == ["网点", "it's <b> & 图", "藏"]
    old = openpyxl.load_workbook(before)["网点"]
    for row in old.iter_rows(max_row=45):
        for cell in row:
            new = after["网点"][cell.coordinate]
            assert (new.fill.fill_type, new.fill.fgColor.rgb) == (cell.fill.fill_type, cell.fill.fgColor.rgb)
            assert bool(new.comment) == bool(cell.comment)
    comment = after["网点"]["B3"].comment
    assert comment is not None and comment.text == "自己的批注"


def test_rows_that_were_sorted_get_their_own_colours_back(tmp_path: Path) -> None:
    before = by_openpyxl(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(marked(before, tmp_path / "b.xlsx", ("网点", 3, 1, "error"), ("网点", 4, 1, "error")))
    sheet = book["网点"]
    sheet.move_range("A3:A3", rows=40)
    book.save(tmp_path / "c.xlsx")
    after = openpyxl.load_workbook(cleared(tmp_path / "c.xlsx", tmp_path / "d.xlsx"))["网点"]
    assert after["A43"].fill.fgColor.rgb == "FFDDEBF7"
    assert after["A4"].fill.fill_type is None


def test_what_somebody_wrote_below_our_note_stays(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        marked(by_openpyxl(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", ("网点", 5, 2, "error"))
    )
    ours = book["网点"]["B5"].comment
    assert ours is not None
    book["网点"]["B5"].comment = Comment(ours.text + "\n已经问过店主", "李")
    book.save(tmp_path / "c.xlsx")
    after = openpyxl.load_workbook(cleared(tmp_path / "c.xlsx", tmp_path / "d.xlsx"))["网点"]["B5"].comment
    assert after is not None and after.text.strip() == "已经问过店主"


def test_marking_again_replaces_list_notes_and_colours(tmp_path: Path) -> None:
    first = marked(by_xlsxwriter(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", *PLACES)
    again = marked(first, tmp_path / "c.xlsx", PLACES[0], clear=True)
    book = openpyxl.load_workbook(again)
    assert book.sheetnames.count("问题清单") == 1 and len(book.sheetnames) == 4
    notes = {cell.coordinate: cell.comment.text for row in book["网点"].iter_rows() for cell in row if cell.comment}
    assert set(notes) == {"B1", "B3"} and "circledata" not in notes["B3"]
    direct = marked(tmp_path / "a.xlsx", tmp_path / "d.xlsx", PLACES[0])
    assert plain(again) == plain(direct)


def test_marking_again_and_again_does_not_grow(tmp_path: Path) -> None:
    path = marked(by_xlsxwriter(tmp_path / "a.xlsx"), tmp_path / "b0.xlsx", *PLACES)
    sizes = []
    for number in range(1, 5):
        path = marked(path, tmp_path / f"b{number}.xlsx", *PLACES, clear=True)
        sizes.append(path.read_bytes())
    assert sizes[1] == sizes[2] == sizes[3]


def test_a_renamed_list_is_known_again(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(marked(by_openpyxl(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", *PLACES))
    book["问题清单"].title = "要改的"
    book.move_sheet("要改的", 2)
    book.save(tmp_path / "c.xlsx")
    with BookEdit(tmp_path / "c.xlsx") as edit:
        edit.clear()
        assert edit.sheets == ("网点", "第二张")


def test_somebody_elses_sheet_of_that_name_stays(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(by_openpyxl(tmp_path / "a.xlsx"))
    book.create_sheet("问题清单")["A1"] = "我的"
    book.save(tmp_path / "b.xlsx")
    after = openpyxl.load_workbook(marked(tmp_path / "b.xlsx", tmp_path / "c.xlsx", *PLACES, clear=True))
    assert after.sheetnames == ["问题清单 (2)", "网点", "第二张", "问题清单"]
    assert after["问题清单"]["A1"].value == "我的"


def test_light_letters_get_a_dark_ground(tmp_path: Path) -> None:
    after = openpyxl.load_workbook(
        marked(by_xlsxwriter(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", ("网点", 1, 1, "error"))
    )
    assert after["网点"]["A1"].fill.fgColor.rgb == "FFA02021"
    assert after["网点"]["A1"].font.color.rgb == "FFFFFFFF"


@pytest.mark.parametrize("level", ["error", "warning", "advice"])
@pytest.mark.parametrize("dark", [False, True])
def test_a_shade_holds_its_number(level: str, dark: bool) -> None:
    numbers = [number_of("FF" + shade(level, number, dark=dark)) for number in range(MOST + 1)]  # type: ignore[arg-type]
    assert numbers == list(range(MOST + 1))


@pytest.mark.parametrize(
    "colour", ["FFFFC7CE", "FFFFEB9C", "FFC6EFCE", "FFFFFF00", "FFF8CBAD", "FFDDEBF7", "FFD9E1F2", "FFFFF2CC", "red"]
)
def test_colours_that_spreadsheets_offer_are_not_ours(colour: str) -> None:
    assert number_of(colour) is None


@pytest.mark.parametrize(
    ("values", "light"),
    [
        ({"rgb": "FFFFFFFF"}, True),
        ({"rgb": "FF000000"}, False),
        ({"theme": "0"}, True),
        ({"theme": "0", "tint": "-0.5"}, False),
        ({"theme": "1"}, False),
        ({"indexed": "9"}, True),
        ({"indexed": "8"}, False),
        ({"auto": "1"}, False),
    ],
)
def test_which_letters_are_light(values: dict[str, str], light: bool) -> None:
    assert is_light(values) is light


def test_styles_renumbered_by_hand(tmp_path: Path) -> None:
    """A program may put styles in another order; the colour tells all the same."""
    path = marked(by_openpyxl(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", ("网点", 2, 1, "error"))
    found = parts(path)
    styles = found["xl/styles.xml"].decode()
    group = re.search(r"<cellXfs[^>]*>(.*)</cellXfs>", styles, re.DOTALL)
    assert group is not None
    items = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", group[1], re.DOTALL)
    turned = [items[0], *reversed(items[1:])]
    found["xl/styles.xml"] = styles.replace(group[1], "".join(turned)).encode()
    last = len(items)
    for name in [name for name in found if name.startswith("xl/worksheets/sheet")]:
        found[name] = re.sub(
            rb'(<c [^>]*?\bs=")([1-9][0-9]*)"', lambda m: m[1] + str(last - int(m[2])).encode() + b'"', found[name]
        )
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w") as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    assert plain(cleared(tmp_path / "c.xlsx", tmp_path / "d.xlsx")) == plain(tmp_path / "a.xlsx")
