"""Templates that are filled in: by the example, and by a clerk; judged, and opened in LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from circledata import import_package, validate, write_template
from circledata.standard import extension_versions, load_standard

EXAMPLES = Path(__file__).parents[2] / "examples"
OPEN = [
    name
    for name, table in load_standard("1.0", {name: v[-1] for name, v in extension_versions().items()}).tables.items()
    if table.profile is None
]


def found(path: Path) -> list[tuple[object, ...]]:
    return [(item.rule, item.level, item.sheet, item.row, item.column) for item in validate(path).findings]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("tables", [None, OPEN, ["survey_responses", "survey_results"], ["outlets"], ["communities"]])
def test_the_example_has_no_fault_at_all(tables: list[str] | None, lang: Any, tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", example=True, tables=tables, lang=lang)
    report = validate(tmp_path / "t.xlsx")
    assert found(tmp_path / "t.xlsx") == [] and report.valid and report.complete
    assert set(tables or ["circles", "outlets"]) <= {table.name for table in report.tables}


def test_the_example_says_that_it_is_invented(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", example=True)
    package = validate(tmp_path / "t.xlsx").package
    assert package and package["synthetic"] is True
    guide = openpyxl.load_workbook(tmp_path / "t.xlsx")["填写说明"]
    assert "编造" in str(guide["A3"].value)


def fill(sheet: Any, row: int, **cells: object) -> None:
    columns = {cell.value: cell.column for cell in sheet[2]}
    for name, value in cells.items():
        sheet.cell(row, columns[name], value)


@pytest.fixture
def clerk(tmp_path: Path) -> Path:
    """A template that a clerk has filled: entries of the drop-downs, real dates, real numbers, text."""
    path = tmp_path / "填报.xlsx"
    write_template(path, division="620602")
    book = openpyxl.load_workbook(path)
    said = {
        "数据截止日期": date(2024, 12, 31),
        "坐标系": "GCJ-02 坐标",
        "虚构数据": "是",
        "发布单位": "示例区商务局",
        "许可": "CC-BY-4.0",
        "生成时间": date(2025, 1, 10),
    }
    for row in book["基本信息"].iter_rows():
        if row[0].value in said:
            row[1].value = said[row[0].value]
    fill(
        book["生活圈"],
        3,
        circle_id="620602-C901",
        name="示例青禾",
        division_code="620602001",
        status="planned 规划",
        target_grade="quality 品质型",
        planned_completion=date(2025, 6, 30),
        population=13651,
        area_m2=1321224.5,
    )
    fill(book["覆盖社区"], 3, circle_id="620602-C901", name="示例社区", community_code="620602001901")
    fill(book["本地业态"], 3, category="demo-noodle-shop", name="面馆", parent="specialty-restaurant 特色餐饮店")
    for row, category in ((3, "convenience-store 便利店"), (4, "demo-noodle-shop")):
        fill(
            book["商业网点"],
            row,
            outlet_id=f"620602-O90000{row}",
            name=f"示例店{row}",
            category=category,
            address="示例街 1 号",
            status="open 营业",
            circle_id="620602-C901",
            services="parcel 快递代收代发;top-up 充值",
            chain="independent 单体",
            opening_hours="Mo-Su 07:00-22:00",
            accepts_cash="true 是",
            opened_on=date(2021, 5, 1),
            longitude=102.64,
            latitude=37.93 + row / 1000,
            verified_on=date(2024, 12, 1),
        )
    book.save(path)
    return path


def test_a_filled_template_is_found_right_and_read_back(clerk: Path, tmp_path: Path) -> None:
    assert found(clerk) == []
    report = validate(clerk)
    assert report.package and report.as_of == date(2024, 12, 31)
    assert (report.package["division_code"], report.package["coordinate_system"]) == ("620602", "GCJ-02")
    import_package(clerk, tmp_path / "package")
    lines = (tmp_path / "package" / "outlets.csv").read_text("utf-8").splitlines()
    assert "620602-O900003,示例店3,convenience-store,示例街 1 号,open,620602-C901" in lines[1]
    assert ",parcel;top-up," in lines[1] and ",2021-05-01," in lines[1] and ",true," in lines[1]


def test_a_fault_is_named_by_its_cell(clerk: Path) -> None:
    book = openpyxl.load_workbook(clerk)
    fill(book["商业网点"], 4, outlet_id="620602-O900003", circle_id="620602-C999")
    book.save(clerk)
    cells = {(row, column) for _, level, sheet, row, column in found(clerk) if level == "error" and sheet == "商业网点"}
    assert (4, "outlet_id") in cells and (4, "circle_id") in cells


def office(path: Path, form: str, folder: Path) -> Path:
    """Convert a workbook with LibreOffice."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / "out" / f"{path.stem}.{form}"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_prints_and_keeps_it(clerk: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(clerk)
    probe = book.create_sheet("说明_probe")
    formulas = ("ROWS(ids_circles_circle_id)", "INDEX(ids_circles_circle_id,1)", "INDEX(codes_categories_own,59)")
    for row, formula in enumerate(formulas, 1):
        probe.cell(row, 1, f"={formula}")
    asked = tmp_path / "asked.xlsx"
    book.save(asked)
    saved = office(asked, "xlsx", tmp_path)
    assert found(saved) == []
    reckoned = openpyxl.load_workbook(saved, data_only=True)
    assert [row[0].value for row in reckoned["说明_probe"].iter_rows()] == [1, "620602-C901", "demo-noodle-shop"]
    before, after = ({str(r.formula1) for r in b["商业网点"].data_validations.dataValidation} for b in (book, reckoned))
    lists = {name for name in before if name.startswith(("codes_", "ids_"))}
    assert lists and lists <= after
    printed = office(clerk, "pdf", tmp_path)
    assert printed.stat().st_size > 20_000
    if shutil.which("pdftotext"):
        first = subprocess.run(["pdftotext", "-l", "1", str(printed), "-"], check=True, capture_output=True)
        assert "怎么填" in first.stdout.decode() and "代码表" in first.stdout.decode()


def test_the_filled_template_among_the_examples_is_up_to_date() -> None:
    sys.path.insert(0, str(EXAMPLES))
    import build

    assert build.stale(build.TEMPLATE) == [], "run: python examples/build.py template"
    path = EXAMPLES / "template" / "template-filled.xlsx"
    assert found(path) == []
    for ending, words in ((".md", "全部编造"), (".en.md", "All invented")):
        assert words in (EXAMPLES / "template" / f"README{ending}").read_text("utf-8")
        assert f"(template/README{ending})" in (EXAMPLES / f"README{ending}").read_text("utf-8")
