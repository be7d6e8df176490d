"""`validate --format workbook`: the publisher's own workbook comes back marked, and of other data one is made."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from ooxml_books import check_well_formed, converted, looks, parts

from circledata import validate
from circledata.convert.model import ConversionError
from circledata.findings.report import Report
from circledata.reports import BINARY
from circledata.reports.style import Style
from circledata.standard.model import Language

EXAMPLE = Path(__file__).parents[2] / "examples" / "broken-district"
SHEETS: dict[str, list[list[object]]] = {
    "基本信息": [
        ["项目", "内容"],
        ["数据包短名", "liangzhou"],
        ["数据包名称", "凉州区便民生活圈"],
        ["行政区划代码", "620602"],
        ["数据截止日期", "2024-12-31"],
        ["坐标系", "WGS84"],
        ["发布档", "公开"],
        ["标准版本", "1.0"],
        ["虚构数据（示例）", "是"],
        ["发布单位", "凉州区商务局"],
        ["许可", "CC-BY-4.0"],
        ["生成时间", "2025-01-10"],
    ],
    "网点": [
        ["凉州区商业网点一览"],
        ["网点编号", "网点名称", "业态", "地址", "营业状态", "联系电话"],
        ["620602-O000001", "示例便利店", "convenience-store", "示例路 1 号", "open", ""],
        ["620602-O000002", None, "不知道", "示例路 2 号", "open", ""],
        ["620602-O000002", "示例面包店", "bakery", "示例路 3 号", "关张", ""],
        ["620602-O000004", "张 620602199001011230", "bakery", "示例路 4 号", "open", ""],
    ],
}


def book(path: Path) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in SHEETS.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def marked(target: Path, *paths: Path, language: Language = "zh", most: int | None = 10_000, **more: str) -> Report:
    report = validate(*paths, max_examples=most, **more)  # type: ignore[arg-type]
    with target.open("wb") as stream:
        BINARY["workbook"](report, language, stream, Style())
    check_well_formed(target)
    return report


def listed(path: Path, name: str = "问题清单") -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[name].iter_rows()]


def notes(path: Path) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_every_finding_is_listed_with_a_link_and_a_note(tmp_path: Path) -> None:
    path = book(tmp_path / "上报.xlsx")
    report = marked(tmp_path / "标记.xlsx", path)
    rows = listed(tmp_path / "标记.xlsx")
    assert str(rows[0][0]).startswith("不通过：上报.xlsx 不符合标准 1.0")
    places = [row for row in rows if re.fullmatch(r"(网点|基本信息)!.*", str(row[2]))]
    whole = [finding for finding in report.findings if finding.row is None]
    assert len(places) + len(whole) >= sum(report.counts.values()) - len(whole)
    sheet = openpyxl.load_workbook(tmp_path / "标记.xlsx")["问题清单"]
    links = {cell.value: cell.hyperlink.location for cell in sheet["C"] if cell.hyperlink}
    assert links["网点!B4"] == "'网点'!B4"
    found = notes(tmp_path / "标记.xlsx")
    assert "CD201" in found["网点", "B4"] and "怎么改：" in found["网点", "B4"] and "为什么：" in found["网点", "B4"]
    assert {("网点", "B4"), ("网点", "C4"), ("网点", "A5")} <= found.keys()


def test_counts_by_rule_are_exact_when_examples_are_capped(tmp_path: Path) -> None:
    path = tmp_path / "outlets.csv"
    rows = [f"620602-O{number:06d},,bakery,路,open" for number in range(1, 51)]
    path.write_text("\n".join(["outlet_id,name,category,address,status", *rows]) + "\n", encoding="utf-8")
    report = marked(tmp_path / "b.xlsx", path, most=7)
    rows_listed = listed(tmp_path / "b.xlsx")
    assert report.counts["error"] == 50
    assert ["错误", "共 50 处，下面列出 7 处"] in [[row[0], row[2]] for row in rows_listed]
    assert sum(1 for row in rows_listed if str(row[2]).startswith("outlets!B")) == 7
    shown = sum(min(rule.count, 7) for rule in report.rules)
    assert f"共 {sum(report.counts.values())} 处，下面列出 {shown} 处" in str(rows_listed[2][0])
    assert len([cell for _, cell in notes(tmp_path / "b.xlsx") if cell.startswith("B")]) == 7


def test_the_marked_workbook_gets_the_same_verdict(tmp_path: Path) -> None:
    first = marked(tmp_path / "b.xlsx", book(tmp_path / "a.xlsx"))
    second = marked(tmp_path / "c.xlsx", tmp_path / "b.xlsx")
    assert [(rule.code, rule.count) for rule in first.rules] == [(rule.code, rule.count) for rule in second.rules]
    assert [(item.rule, item.sheet, item.row, item.column, item.value) for item in first.findings] == [
        (item.rule, item.sheet, item.row, item.column, item.value) for item in second.findings
    ]
    for name in SHEETS:
        assert looks(tmp_path / "b.xlsx", name) == looks(tmp_path / "c.xlsx", name)


def test_what_was_mended_is_no_longer_marked(tmp_path: Path) -> None:
    marked(tmp_path / "b.xlsx", book(tmp_path / "a.xlsx"))
    made = openpyxl.load_workbook(tmp_path / "b.xlsx")
    made["网点"]["B4"] = "示例药店"
    made.save(tmp_path / "c.xlsx")
    marked(tmp_path / "d.xlsx", tmp_path / "c.xlsx")
    after = openpyxl.load_workbook(tmp_path / "d.xlsx")["网点"]
    assert after["B4"].comment is None and after["B4"].fill.fill_type is None
    assert after["C4"].comment is not None and after["C4"].fill.fill_type == "solid"


def test_personal_data_is_never_repeated(tmp_path: Path) -> None:
    marked(tmp_path / "b.xlsx", book(tmp_path / "a.xlsx"))
    before, after = (
        {name: data.count(b"620602199001011230") for name, data in parts(tmp_path / file).items()}
        for file in ("a.xlsx", "b.xlsx")
    )
    assert sum(after.values()) == sum(before.values()) == 1
    assert ("网点", "B6") in notes(tmp_path / "b.xlsx")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_english_has_no_chinese_of_ours(language: Language, tmp_path: Path) -> None:
    marked(tmp_path / "b.xlsx", EXAMPLE, language=language)
    name = "问题清单" if language == "zh" else "Findings"
    own = [row for row in listed(tmp_path / "b.xlsx", name)[:5] for row in map(str, row)]
    assert any(re.search("[\u4e00-\u9fff]", text) for text in own) is (language == "zh")


def test_a_package_becomes_one_sheet_a_file_with_rows_as_lines(tmp_path: Path) -> None:
    report = marked(tmp_path / "b.xlsx", EXAMPLE)
    made = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert made.sheetnames == ["问题清单", *(Path(info.file).stem for info in report.tables)]
    for info in report.tables:
        lines = (EXAMPLE / info.file).read_text("utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if '"' not in line:
                row = [cell.value or "" for cell in made[Path(info.file).stem][number]]
                assert row[: line.count(",") + 1] == line.split(",")
    for finding in report.findings:
        if finding.row and finding.column_number and finding.file:
            cell = made[Path(finding.file).stem].cell(finding.row, finding.column_number)
            assert cell.fill.fill_type == "solid" and cell.comment is not None


def test_an_archive_gives_what_its_folder_gives(tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "a"), "zip", EXAMPLE)
    one, two = (marked(tmp_path / f"{number}.xlsx", path) for number, path in enumerate((EXAMPLE, tmp_path / "a.zip")))
    assert [rule.count for rule in one.rules if rule.code != "CD122"] == [
        r.count for r in two.rules if r.code != "CD122"
    ]
    for name in openpyxl.load_workbook(tmp_path / "0.xlsx").sheetnames[1:]:
        assert looks(tmp_path / "0.xlsx", name) == looks(tmp_path / "1.xlsx", name)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv_rows_keep_their_lines(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "outlets.csv"
    text = (
        "outlet_id,name,category,address,status\r\n"
        '620602-O000001,"两行的\n名称",bakery,路,open\r\n'
        "\r\n"
        '620602-O000002,"没有关上,bakery,路,open\r\n'
        "620602-O000003,=1+1,没有,路,open\r\n"
    )
    path.write_bytes(text.encode(encoding))
    report = marked(tmp_path / "b.xlsx", path)
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["outlets"]
    assert sheet["B2"].value == "两行的\n名称"
    assert [sheet.cell(row, 1).value for row in (3, 4)] == [None, None]
    assert sheet["A5"].value == "620602-O000002"
    assert (sheet["A6"].value, sheet["B6"].value, sheet["B6"].data_type) == ("620602-O000003", "=1+1", "s")
    bad = next(finding for finding in report.findings if finding.rule == "CD140")
    assert bad.row == 5 and sheet["A5"].comment is not None
    assert sheet["C6"].comment is not None


def test_an_ods_is_copied_and_that_is_said(tmp_path: Path) -> None:
    path = converted(book(tmp_path / "a.xlsx"), "ods", tmp_path / "lo")
    report = marked(tmp_path / "b.xlsx", path)
    assert report.kind == "workbook"
    made = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert made.sheetnames == ["问题清单", *SHEETS]
    assert made["网点"]["A3"].value == "620602-O000001"
    assert made["网点"]["B4"].comment is not None
    assert "原文件不是 .xlsx" in str(listed(tmp_path / "b.xlsx")[2][0])


def test_a_file_that_cannot_be_read_gives_the_list_alone(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(book(tmp_path / "a.xlsx").read_bytes()[:3000])
    report = marked(tmp_path / "b.xlsx", path)
    assert not report.complete
    assert "没有全部读完" in str(listed(tmp_path / "b.xlsx")[0][0])
    assert any("CD114" in str(row[1]) for row in listed(tmp_path / "b.xlsx"))


def test_merged_cells_are_marked_where_their_value_is_shown(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(book(tmp_path / "a.xlsx"))
    sheet = made["网点"]
    for row in (3, 4, 5):
        sheet.cell(row, 3).value = None
    sheet["C3"] = "不知道"
    sheet.merge_cells("C3:C5")
    made.save(tmp_path / "a.xlsx")
    report = marked(tmp_path / "b.xlsx", tmp_path / "a.xlsx")
    assert any(finding.column == "category" for finding in report.findings)
    columns = {cell for name, cell in notes(tmp_path / "b.xlsx") if name == "网点" and cell.startswith("C")}
    assert columns == {"C3"}


def test_it_is_printed_on_a4_under_a_frozen_header(tmp_path: Path) -> None:
    marked(tmp_path / "b.xlsx", EXAMPLE)
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["问题清单"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "landscape",
        0,
    )
    head = int(str(sheet.freeze_panes)[1:]) - 1
    assert [cell.value for cell in sheet[head]] == [
        "级别",
        "规则",
        "位置（点击跳转）",
        "列",
        "现在的值",
        "问题",
        "怎么改",
    ]
    assert sheet.auto_filter.ref == f"A{head}:G{sheet.max_row}"
    assert sheet.print_title_rows == f"${head}:${head}"
    for cell in sheet["C"]:
        if cell.hyperlink and cell.hyperlink.location.startswith("'问题清单'"):
            target = cell.hyperlink.location.partition("!A")[2]
            assert sheet.cell(int(target), 2).value == sheet.cell(cell.row, 2).value


def test_data_without_faults_says_so(tmp_path: Path) -> None:
    report = marked(tmp_path / "b.xlsx", EXAMPLE.parent / "demo-district")
    assert report.valid
    first = str(listed(tmp_path / "b.xlsx")[0][0])
    assert first.startswith("通过：demo-district")


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx")
    for name in ("b.xlsx", "c.xlsx"):
        marked(tmp_path / name, path)
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()
    for name in ("d.xlsx", "e.xlsx"):
        marked(tmp_path / name, EXAMPLE)
    assert (tmp_path / "d.xlsx").read_bytes() == (tmp_path / "e.xlsx").read_bytes()


def test_a_terminal_is_refused(tmp_path: Path) -> None:
    class Terminal(io.BytesIO):
        def isatty(self) -> bool:
            return True

    with pytest.raises(ConversionError, match="--output"):
        BINARY["workbook"](validate(EXAMPLE), "zh", Terminal(), Style())


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    marked(tmp_path / "b.xlsx", book(tmp_path / "a.xlsx"))
    saved = converted(tmp_path / "b.xlsx", "pdf", tmp_path / "lo")
    assert saved.read_bytes().startswith(b"%PDF")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        assert "xl/comments1.xml" in archive.namelist()
