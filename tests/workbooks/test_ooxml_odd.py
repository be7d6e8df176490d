"""Sheets as odd producers write them: every form that XML and the format allow is changed in the right place."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from ooxml_books import (
    HEAD,
    MAIN,
    REL,
    TYPES,
    by_hand,
    by_openpyxl,
    by_xlsxwriter,
    check_well_formed,
    marked,
    parts,
    sheet,
)

from circledata.convert.model import ConversionError
from circledata.workbooks.ooxml import FIRST_FILLED, BookEdit

ROWS = {
    "plain": '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="4"><c r="B4"><v>42</v></c></row>',
    "no places": "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row/><row><c/><c><v>42</v></c></row>",
    "some places": '<row><c><v>1</v></c><c r="C1"><v>3</v></c></row><row r="4"><c r="B4"><v>42</v></c></row>',
    "empty": '<row r="1"><c r="A1"><v>1</v></c><c r="B1"/><c r="C1"><v>3</v></c></row><row r="2"/>'
    '<row r="4" spans="2:2"><c r="B4"><v>42</v></c></row>',
    "single quotes": "<row r='1'><c r='A1' ><v>1</v></c><c r='C1'><v>3</v></c></row>"
    "<row r='4'><c r='B4'><v>42</v></c></row>",
    "line ends": '<row\n r="1"\n>\n<c\n r="A1"\n><v>1</v>\n</c>\n<c r="C1"><v>3</v></c\n></row\n>\n'
    '<row r="4"><c r="B4"><v>42</v></c></row>\n',
    "comment": '<!-- <row r="3"><c r="A3"/></row> --><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row>'
    '<row r="4"><c r="B4" t="inlineStr"><is><t><![CDATA[</row><row r="9">]]></t></is></c></row>',
    "extension": '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c><extLst/></row>'
    '<row r="4"><c r="B4"><v>42</v></c></row>',
}


def edited(path: Path, target: Path) -> Path:
    with BookEdit(path) as book, target.open("wb") as stream:
        book.set_text("表", 1, 2, "新")
        book.set_number("表", 2, 1, "7")
        book.set_text("表", 4, 4, "尾")
        book.set_text("表", 6, 1, "底")
        book.paint("表", 4, FIRST_FILLED, "error")
        book.note("表", 4, FIRST_FILLED, "整行")
        book.save(stream)
    check_well_formed(target)
    return target


def values(path: Path) -> list[list[object]]:
    rows: list[list[object]] = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    return rows


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("prefix", ["", "x"])
def test_cells_are_found_however_they_are_written(name: str, prefix: str, tmp_path: Path) -> None:
    rows = ROWS[name]
    if prefix:
        for tag in ("row", "c", "v", "is", "t", "extLst"):
            for end in (" ", ">", "/", "\n"):
                rows = rows.replace(f"<{tag}{end}", f"<x:{tag}{end}").replace(f"</{tag}{end}", f"</x:{tag}{end}")
    path = edited(by_hand(tmp_path / "a.xlsx", sheet(rows, prefix=prefix)), tmp_path / "b.xlsx")
    fourth = f'</{prefix and "x:"}row><{prefix and "x:"}row r="9">' if name == "comment" else 42
    found = openpyxl.load_workbook(path)["表"]
    assert [found[cell].value for cell in ("A1", "B1", "C1", "A2", "B4", "D4", "A6")] == [
        1,
        "新",
        3,
        7,
        fourth,
        "尾",
        "底",
    ]
    assert found["B4"].fill.fgColor.rgb == "FFF8C8C0"
    assert found["B4"].comment is not None
    assert found.max_row == 6
    if not (prefix and name == "no places"):
        assert values(path)[5][0] == "底"


@pytest.mark.parametrize("inner", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData />"])
def test_a_sheet_without_rows(inner: str, tmp_path: Path) -> None:
    xml = f'{HEAD}<worksheet xmlns="{MAIN}">{inner}</worksheet>'
    path = edited(by_hand(tmp_path / "a.xlsx", xml), tmp_path / "b.xlsx")
    assert values(path)[0] == ["", "新", "", ""]
    # Without any filled cell, the first one stands for the row.
    assert openpyxl.load_workbook(path)["表"]["A4"].comment is not None


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_other_encodings(encoding: str, tmp_path: Path) -> None:
    name = encoding.removesuffix("-sig")
    xml = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>').replace('"UTF-8"', f'"{name}"')
    path = edited(by_hand(tmp_path / "a.xlsx", xml.encode(encoding)), tmp_path / "b.xlsx")
    assert values(path)[0] == ["甲", "新", "", ""]


def test_new_cells_take_the_style_of_row_or_column(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(by_openpyxl(tmp_path / "x.xlsx"))
    book.save(tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        styles = archive.read("xl/styles.xml")
    xml = sheet('<row r="2" s="1" customFormat="1"/>', before='<cols><col min="3" max="5" style="1" width="9"/></cols>')
    types = TYPES.replace(
        "</Types>",
        '<Override PartName="/xl/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    )
    path = by_hand(tmp_path / "a.xlsx", xml, **{"[Content_Types]_dot_xml": types, "xl__styles_dot_xml": styles})
    links = parts(path)["xl/_rels/workbook.xml.rels"].decode()
    links = links.replace(
        "<Relationship ", f'<Relationship Id="s" Type="{REL}/styles" Target="/xl/styles.xml"/><Relationship ', 1
    )
    path = by_hand(
        tmp_path / "a.xlsx",
        xml,
        **{
            "[Content_Types]_dot_xml": types,
            "xl__styles_dot_xml": styles,
            "xl___rels__workbook_dot_xml_dot_rels": links,
        },
    )
    with BookEdit(path) as edit, (tmp_path / "b.xlsx").open("wb") as stream:
        for row, column in ((1, 4), (2, 1), (1, 1)):
            edit.set_text("表", row, column, "新")
        edit.save(stream)
    found = openpyxl.load_workbook(tmp_path / "b.xlsx")["表"]
    assert [found[cell].font.name for cell in ("D1", "A2")] == ["宋体", "宋体"]
    assert found["A1"].font.name != "宋体"


@pytest.mark.parametrize(
    "styles",
    [
        f'{HEAD}<styleSheet xmlns="{MAIN}"/>',
        f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
        '<cellXfs count="1"><xf/></cellXfs></styleSheet>',
        f'{HEAD}<x:styleSheet xmlns:x="{MAIN}"><x:fills/><x:dxfs count="0"/></x:styleSheet>',
    ],
)
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_styles_with_little_in_them(styles: str, tmp_path: Path) -> None:
    path = by_hand(
        tmp_path / "a.xlsx",
        sheet(ROWS["plain"]),
        xl__styles_dot_xml=styles,
        xl___rels__workbook_dot_xml_dot_rels=_links("styles.xml"),
    )
    found = openpyxl.load_workbook(edited(path, tmp_path / "b.xlsx"))["表"]
    assert found["B4"].fill.fgColor.rgb == "FFF8C8C0"
    assert found["A1"].fill.fill_type is None


def _links(styles: str) -> str:
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{REL}/styles" Target="{styles}"/></Relationships>'
    )


def test_the_drawing_of_notes_stands_where_the_order_wants_it(tmp_path: Path) -> None:
    wrapped = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
    )
    after = (
        f'<pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>{wrapped}<tableParts count="0"/>'
    )
    path = edited(by_hand(tmp_path / "a.xlsx", sheet(ROWS["plain"], after=after)), tmp_path / "b.xlsx")
    text = parts(path)["xl/worksheets/sheet1.xml"].decode()
    assert text.index("<pageMargins") < text.index("<legacyDrawing") < text.index("<mc:AlternateContent")


def test_a_drawing_with_buttons_keeps_them(tmp_path: Path) -> None:
    data = '<x:ClientData ObjectType="Button"><x:Row>3</x:Row></x:ClientData>'
    button = f'<v:shape id="_x0000_s1030" type="#b">{data}</v:shape>'
    drawing = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
        f"</o:shapelayout>{button}</xml>"
    )
    links = (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId7" Type="{REL}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    )
    path = by_hand(
        tmp_path / "a.xlsx",
        sheet(ROWS["plain"], after='<legacyDrawing r:id="rId7"/>'),
        xl__drawings__vmlDrawing1_dot_vml=drawing,
        xl__worksheets___rels__sheet1_dot_xml_dot_rels=links,
    )
    found = parts(marked(path, tmp_path / "b.xlsx", ("表", 4, 2, "error")))
    text = found["xl/drawings/vmlDrawing1.vml"].decode()
    assert button in text and 'data="1,2"' in text and 'id="_x0000_s2049"' in text
    assert found["xl/worksheets/sheet1.xml"].count(b"legacyDrawing") == 1
    again = parts(marked(tmp_path / "b.xlsx", tmp_path / "c.xlsx", listing=False, clear=True))
    assert (
        again["xl/drawings/vmlDrawing1.vml"].decode()
        == text[: text.index("<v:shapetype")].replace("1,2", "1")
        + text[text.index("<v:shapetype") : text.index("</v:shapetype>") + len("</v:shapetype>")]
        + "</xml>"
    )


def test_threaded_comments_and_macros_stay(tmp_path: Path) -> None:
    types = TYPES.replace("spreadsheetml.sheet.main+xml", "x").replace(
        "application/vnd.openxmlformats-officedocument.x", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    path = by_hand(
        tmp_path / "a.xlsm",
        sheet(ROWS["plain"]),
        **{
            "[Content_Types]_dot_xml": types,
            "xl__vbaProject_dot_bin": b"\0macro",
            "xl__threadedComments__t_dot_xml": "<a/>",
        },
    )
    found = parts(marked(path, tmp_path / "b.xlsm", ("表", 4, 2, "error")))
    assert found["xl/vbaProject.bin"] == b"\0macro" and found["xl/threadedComments/t.xml"] == b"<a/>"
    assert b"macroEnabled.main+xml" in found["[Content_Types].xml"]


def test_a_strict_workbook_stays_strict(tmp_path: Path) -> None:
    strict = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        REL: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    found = parts(by_hand(tmp_path / "x.xlsx", sheet(ROWS["plain"])))
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, data in found.items():
            text = data.decode()
            for old, new in strict.items():
                text = text.replace(old, new)
            archive.writestr(name.replace("/", "\\") if name.startswith("xl/worksheets") else name, text)
    found = parts(marked(tmp_path / "a.xlsx", tmp_path / "b.xlsx", ("表", 4, 2, "error")))
    whole = b"".join(found.values()).decode()
    assert MAIN not in whole and f"{REL}/" not in whole
    assert f"{strict[REL]}/comments" in whole


@pytest.mark.parametrize(
    "content", [b"", b"not a zip", b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_workbook_is_refused_plainly(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(ConversionError) as error:
        BookEdit(path)
    assert "坏.xlsx" in error.value.in_language("zh") and "XLSX" in error.value.in_language("en")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
def test_a_damaged_part_is_refused_plainly(part: str, tmp_path: Path) -> None:
    found = parts(by_xlsxwriter(tmp_path / "x.xlsx"))
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, data in found.items():
            archive.writestr(name, data[: len(data) // 2] if name == part else data)
    with pytest.raises(ConversionError):
        BookEdit(tmp_path / "a.xlsx")


def test_a_long_sheet_is_changed_in_the_right_rows(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 60_001) if row % 7)
    with BookEdit(by_hand(tmp_path / "a.xlsx", sheet(rows))) as book, (tmp_path / "b.xlsx").open("wb") as stream:
        for row in range(500, 60_200, 500):
            book.set_text("表", row, 2, f"第{row}")
        book.save(stream)
    found = values(tmp_path / "b.xlsx")
    assert [index + 1 for index, row in enumerate(found) if row[1]] == list(range(500, 60_200, 500))
    assert all(row[0] == (index + 1 if (index + 1) % 7 and index < 60_000 else "") for index, row in enumerate(found))
