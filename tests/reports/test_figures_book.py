"""The yearly workbook: numbers as numbers, reasons as texts, the same bytes, a page that can be printed."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "indicators"))

from compare_sample import amount, none, package, share

from circledata.indicators.compute import figures_of
from circledata.indicators.model import Figures
from circledata.reports.figures_book import write_book
from circledata.reports.figures_book_words import WORDS
from circledata.standard.model import LANGUAGES, Language

EXAMPLES = Path(__file__).parents[2] / "examples"
SHEETS = ["说明", "生活圈按类型", "网点按业态", "业态覆盖", "调查", "资金", "全部指标"]


def written(figures: list[Figures], language: Language = "zh") -> bytes:
    stream = io.BytesIO()
    write_book(figures, language, stream)
    return stream.getvalue()


def opened(figures: list[Figures], language: Language = "zh") -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(figures, language)))


def rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture(scope="module")
def demo() -> list[Figures]:
    return [figures_of(EXAMPLES / "demo-district"), figures_of(EXAMPLES / "demo-district", by="circle")]


@pytest.fixture(scope="module")
def book(demo: list[Figures]) -> Any:
    return opened(demo)


def test_the_sheets_and_what_they_say_of_the_data(book: Any) -> None:
    assert book.sheetnames == SHEETS
    about = {row[0]: row[1] for row in rows(book["说明"]) if row[0]}
    assert about["名称"] == "示例区便民生活圈（虚构数据）" and about["数据截止日期"] == "2024-12-31"
    assert about["检查结果"] == "通过：错误 0，警告 0，建议 0"
    assert "虚构数据：不说明任何真实的地方。" in about
    assert about["连锁化率"].startswith("营业的网点中")


def test_circles_by_grade_and_a_line_a_circle(book: Any) -> None:
    found = rows(book["生活圈按类型"])
    lines = {row[0]: row for row in found if row[0]}
    assert lines["基础型"][1:3] == [2, 5] and lines["没有定型或没有填"][1] == 0
    assert [row[1] for row in found if row[0] == "没有定型或没有填"] == [6, 0]
    assert [row[1] for row in found if row[0] == "合计"] == [12, 12]
    assert lines["示例青禾"][:6] == ["示例青禾", "620602-C901", "已验收", "品质型", "品质型", 54]
    assert lines["示例柳堤"][3] is None and str(lines["示例柳堤"][8]).startswith("未计算：")


def test_outlets_by_category_add_up(book: Any, demo: list[Figures]) -> None:
    sheet = book["网点按业态"]
    total = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    assert total[3].value == f"=SUM(D{sheet.min_row + 5}:D{total[0].row - 1})"
    numbers = [row[3].value for row in sheet.iter_rows() if isinstance(row[3].value, int)]
    outlets = next(figure.value for figure in demo[0].of("outlets"))
    assert sum(numbers) == outlets == 572
    shop = next(row for row in sheet.iter_rows() if row[0].value == "便利店")
    assert (shop[3].value, shop[4].number_format) == (89, "0.0%")
    assert shop[4].value == pytest.approx(89 / 572)
    front = next(row for row in sheet.iter_rows() if row[0].value == "前置仓")
    assert front[3].value == 0 and front[2].value == "列入"


def test_coverage_names_what_every_circle_lacks(book: Any) -> None:
    found = rows(book["业态覆盖"])
    head = next(row for row in found if row[0] == "生活圈")
    line = next(row for row in found if row[0] == "示例青禾")
    assert line[2:4] == [12, 10] and len(head) == 31
    lacks = {title for title, cell in zip(head, line, strict=True) if cell == "缺"}
    assert lacks == set(line[-1].split("、")) == {"洗染店", "前置仓", "旅游服务点", "保健养生店"}
    sums = next(row for row in found if row[0] == "有这一业态的生活圈")
    assert sums[head.index("便利店")] == 12 and sums[head.index("前置仓")] == 0


def test_surveys_and_money_are_numbers(book: Any) -> None:
    whole = next(row for row in book["调查"].iter_rows() if row[0].value == "全部")
    assert (whole[1].number_format, whole[2].value, whole[3].value) == ("0.00%", 1334, 1584)
    assert whole[1].value == pytest.approx(0.8422)
    money = rows(book["资金"])
    lines = {row[0]: row for row in money if row[0]}
    assert lines["全部"][2:4] == [5_381_000, 3_228_600]
    assert lines["填了的记录"][2] == "6 / 12（50%）"
    assert str(lines["示例石桥"][2]) == "未计算：没有填写"


def test_every_figure_is_on_the_last_sheet(book: Any, demo: list[Figures]) -> None:
    found = rows(book["全部指标"])
    head = next(number for number, row in enumerate(found) if row[0] == "分组")
    expected = [
        figure
        for one in demo
        for figure in one.figures
        if figure.reason != "not-at-this-scope" and not (figure.place == "" and figure.value is None)
    ]
    assert len(found) - head - 1 == len(expected)
    assert [row[-1] for row in found[head + 1 :]] == [figure.indicator for figure in expected]
    assert all(row[5] == figure.value for row, figure in zip(found[head + 1 :], expected, strict=True) if figure.value)
    assert book["全部指标"].auto_filter.ref


def test_every_sheet_is_set_up_for_a4_with_its_head_repeated(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.fitToHeight == 0
        assert "&P" in sheet.oddFooter.right.text
    assert all(book[name].print_title_rows for name in SHEETS)
    assert all(book[name].freeze_panes for name in SHEETS[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_figures_give_the_same_bytes(demo: list[Figures], language: Language) -> None:
    assert written(demo, language) == written(demo, language)


def test_the_english_book_is_english(demo: list[Figures]) -> None:
    book = opened(demo, "en")
    assert book.sheetnames == [WORDS[key].en for key in WORDS if key.startswith("sheet-")]
    names = {"示例区便民生活圈（虚构数据）", *(place.name for place in demo[1].places if place.name)}
    for sheet in book.worksheets:
        for row in rows(sheet):
            for text in (str(cell) for cell in row if cell is not None):
                bare = text
                for name in names:
                    bare = bare.replace(name, "")
                assert not re.search("[\u4e00-\u9fff，。：；]", bare), (sheet.title, text)


def test_words_are_there_in_both_languages() -> None:
    for key, word in WORDS.items():
        assert word.zh and word.en, key
        assert set(re.findall(r"{(\w+)}", word.zh)) == set(re.findall(r"{(\w+)}", word.en)), key


def test_without_circles_the_book_is_still_written() -> None:
    book = opened(
        [
            package(
                "p",
                none("outlets-by-category", "table-missing"),
                none("circles-by-grade", "table-missing"),
                none("satisfaction", "table-missing"),
                none("social-investment", "column-empty", records=4),
                errors=7,
            )
        ]
    )
    assert book.sheetnames == SHEETS
    assert [row[0] for row in rows(book["网点按业态"]) if str(row[0]).startswith("未计算")] == ["未计算：没有这张表"]
    assert any("有 7 处错误" in str(cell) for row in rows(book["资金"]) for cell in row)
    grades = next(row for row in rows(book["生活圈按类型"]) if row[0] == "基础型")
    assert grades[1] == "未计算：没有这张表"


def test_several_packages_stand_below_each_other() -> None:
    sides = [
        package(label, amount("social-investment", number), share("satisfaction", 1, 2, 2), title=title)
        for number, (label, title) in enumerate((("a", "东区"), ("b", "西区")), 1)
    ]
    money = [row[0] for row in rows(opened(sides)["资金"])]
    assert money.index("东区") < money.index("西区") and money.count("全部") == 2


def test_a_name_cannot_become_a_formula_or_break_the_file() -> None:
    figures = [amount("social-investment", 5, place="C1")]
    evil = package("p", *figures, scope="circle", places=[("C1", "=cmd|' /c calc'!A1\ufffe")], title="=1+1\x00")
    content = written([evil])
    sheets = zipfile.ZipFile(io.BytesIO(content))
    texts = "".join(sheets.read(name).decode() for name in sheets.namelist() if "sheet" in name)
    assert "<f>" not in texts.replace("<f>SUM", "")
    cells = [cell for sheet in opened([evil]).worksheets for row in rows(sheet) for cell in row]
    assert any(str(cell).startswith("=cmd|") for cell in cells)
