"""Workbooks as different programs write them, and what is compared before and after a change."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from circledata.workbooks.ooxml import BookEdit, Item, Line, Listing

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LISTING = Listing(
    [10, 30],
    [
        Line([Item("不通过：1 处错误 <&>", "title")], height=20, spans=[(1, 2)]),
        Line([Item("级别", "head"), Item("位置", "head")]),
        Line([Item("错误", "error"), Item("网点!B3", "link", "'网点'!B3")]),
    ],
    head=2,
)


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0\0\xff\0" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def by_xlsxwriter(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet, other, hidden = book.add_worksheet("网点"), book.add_worksheet("it's <b> & 图"), book.add_worksheet("藏")
    head = book.add_format({"bg_color": "#1F4E78", "font_color": "#FFFFFF", "bold": True, "border": 1})
    yellow = book.add_format({"bg_color": "#FFFF00", "num_format": "0.00"})
    for place, text in enumerate(["编号", "名称", "面积", "日期", "公式"]):
        sheet.write(0, place, text, head)
    for row in range(1, 40):
        sheet.write(row, 0, f"620602-O{row:06d}")
        sheet.write(row, 1, f"店 {row} <&>")
        sheet.write(row, 2, row * 1.5, yellow)
        sheet.write_formula(row, 4, f"=C{row + 1}*2", None, row * 3)
    sheet.write_comment("B3", "自己的批注", {"author": "王"})
    sheet.data_validation("D2:D100", {"validate": "list", "source": ["甲", "乙"], "input_title": "选"})
    sheet.conditional_format("C2:C40", {"type": "data_bar"})
    sheet.conditional_format("A2:A40", {"type": "duplicate", "format": yellow})
    sheet.merge_range("G2:H5", "合并", head)
    sheet.set_column(1, 1, 33.5)
    sheet.set_row(6, 31)
    sheet.freeze_panes(1, 1)
    sheet.autofilter("A1:E40")
    sheet.protect("密码")
    sheet.write_url("A45", "https://example.org/?a=1&b=2", string="链接")
    sheet.insert_image("J3", "dot.png", {"image_data": io.BytesIO(png())})
    sheet.set_header("&C页眉")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='网点'!$C$2:$C$10"})
    other.insert_chart("B2", chart)
    other.activate()
    hidden.hide()
    book.define_name("全书", "='网点'!$A$1:$A$40")
    book.define_name("'藏'!本表", "='藏'!$A$1")
    book.close()
    return path


def by_openpyxl(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "网点"
    side = Side(style="thin", color="FF00AA00")
    for row in range(1, 30):
        for column in range(1, 6):
            cell = sheet.cell(row, column, f"{row}·{column}" if column != 3 else row / 3)
            if (row + column) % 4 == 0:
                cell.fill = PatternFill("solid", fgColor="FFDDEBF7")
                cell.border = Border(left=side, bottom=side)
                cell.font = Font(name="宋体", size=12, italic=True, color="FFC00000")
                cell.alignment = Alignment(horizontal="center", wrap_text=True)
                cell.protection = Protection(locked=False)
    sheet["B3"].comment = Comment("openpyxl 的批注\n第二行", "李")
    sheet["E9"] = "=SUM(C1:C8)"
    check = DataValidation(type="whole", operator="between", formula1="1", formula2="9", showErrorMessage=True)
    check.add("C2:C50")
    sheet.add_data_validation(check)
    sheet.conditional_formatting.add("C1:C20", CellIsRule(operator="greaterThan", formula=["5"]))
    sheet.merge_cells("B20:D22")
    sheet.column_dimensions["B"].width = 27
    book.create_sheet("第二张")["A1"] = 1
    book.save(path)
    return path


def soffice() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice is not here")
    return found


def converted(path: Path, kind: str, folder: Path) -> Path:
    """Let LibreOffice save a file as another kind."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice(), profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{kind.partition(':')[0]}"


def marked(
    path: Path, target: Path, *places: tuple[str, int, int, str], listing: bool = True, clear: bool = False
) -> Path:
    """Mark cells: sheet, row, column and level; each gets a note too."""
    with BookEdit(path) as book, target.open("wb") as stream:
        if clear:
            book.clear()
        for sheet, row, column, level in places:
            book.paint(sheet, row, column, level)  # type: ignore[arg-type]
            book.note(sheet, row, column, f"第 {row} 行 <有误> & 请改\n怎么改：照填")
        if listing:
            book.add_first_sheet("问题清单", LISTING)
        book.save(stream)
    check_well_formed(target)
    return target


def check_well_formed(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(archive.read(name))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def looks(path: Path, sheet: str, *, fills: bool = True) -> dict[str, object]:
    """Return all that openpyxl knows of a sheet; cells by place."""
    book = openpyxl.load_workbook(path)
    found = book[sheet]
    cells: dict[str, object] = {}
    for row in found.iter_rows():
        for cell in row:
            style = (cell.number_format, cell.font, cell.border, cell.alignment, cell.protection)
            fill = (cell.fill.fill_type, cell.fill.fgColor.rgb) if fills else None
            comment = cell.comment.text if cell.comment else None
            if cell.value is not None or cell.has_style:
                cells[cell.coordinate] = (cell.value, repr(style), fill, comment)
    rules = {str(key.sqref): [rule.type for rule in key.rules] for key in found.conditional_formatting}
    checks = [(str(item.sqref), item.type, item.formula1) for item in found.data_validations.dataValidation]
    sizes = {key: item.width for key, item in found.column_dimensions.items()}
    heights = {key: item.height for key, item in found.row_dimensions.items() if item.height}
    rest = {
        "": (
            rules,
            checks,
            sizes,
            heights,
            sorted(map(str, found.merged_cells.ranges)),
            found.freeze_panes,
            found.auto_filter.ref,
            found.sheet_state,
            found.protection.sheet,
            found.oddHeader.center.text,
        )
    }
    return cells | rest


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELS = (
    f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{{}}</Relationships>'
)


def by_hand(path: Path, sheet: str | bytes, **changed: str | bytes) -> Path:
    """Write the smallest workbook there can be; `changed` names other parts, with `__` for `/` and `_dot_` for `.`."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _RELS.format(f'<Relationship Id="a" Type="{REL}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
            '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _RELS.format(
            f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    found |= {name.replace("__", "/").replace("_dot_", "."): text for name, text in changed.items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in found.items():
            archive.writestr(name, text)
    return path


def sheet(inner: str, *, prefix: str = "", before: str = "", after: str = "") -> str:
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    p = f"{prefix}:" if prefix else ""
    return (
        f'{HEAD}<{p}worksheet {name}="{MAIN}" xmlns:r="{REL}">{before}<{p}sheetData>{inner}</{p}sheetData>{after}'
        f"</{p}worksheet>"
    )
