"""What is written of an assessment: text, JSON, the list of needs, a workbook, a page; and the command."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from assess_sample import BASIC, CIRCLE, STANDARD, circle_row, outlets, package, profile_file
from click.testing import CliRunner, Result
from openpyxl import load_workbook

import circledata
from circledata.cli.program import Program
from circledata.convert.export import export_package
from circledata.indicators.assess import assess
from circledata.indicators.assess_model import Assessed
from circledata.indicators.assess_needs import need_rows
from circledata.indicators.assess_profile import REFERENCE
from circledata.reports.assess_formats import BINARY, NAMES, writer
from circledata.reports.assess_words import WORDS
from circledata.standard.model import LANGUAGES, Language

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DEMO = EXAMPLES / "demo-district"
TEXTS = [name for name in NAMES if name not in BINARY]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(Program(), ["assess", *map(str, arguments)], env={"CIRCLEDATA_LANG": "zh"})


@cache
def assessed_of(path: Path, profile: str) -> Assessed:
    return assess(path, profile=profile)


def written(name: str, language: Language, path: Path = DEMO, profile: str = REFERENCE) -> bytes:
    return as_bytes(name, language, assessed_of(path, profile))


def as_bytes(name: str, language: Language, assessed: Assessed) -> bytes:
    if name in BINARY:
        binary = io.BytesIO()
        writer(name)(assessed, language, binary)
        return binary.getvalue()
    text = io.StringIO()
    writer(name)(assessed, language, text)
    return text.getvalue().encode()


@cache
def again() -> Assessed:
    return assess(DEMO)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_same_input_gives_the_same_bytes(name: str, language: Language) -> None:
    assert written(name, language) == as_bytes(name, language, again())


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same(key: str) -> None:
    text = WORDS[key]
    assert text.zh and text.en
    assert set(re.findall(r"\{(\w+)\}", text.zh)) == set(re.findall(r"\{(\w+)\}", text.en)), key
    assert not re.search("[\u4e00-\u9fff，。；：（）]", text.en), key
    assert not re.search("[\u4e00-\u9fff][,;:?!]", text.zh), key


def test_every_word_is_used() -> None:
    folder = Path(circledata.__file__).parent
    code = "".join(
        path.read_text(encoding="utf-8")
        for pattern in ("reports/assess_[!w]*.py", "reports/assess_page/*.j2", "indicators/assess*.py")
        for path in folder.glob(pattern)
    )
    families = ("evidence-", "tile-", "verdict-", "aim-", "codes-", "satisfaction-", "at-least-", "valid-")
    unused = [key for key in WORDS if f'"{key}"' not in code and not key.startswith(families)]
    assert unused == []


@pytest.mark.parametrize("profile", STANDARD.assessments)
@pytest.mark.parametrize("example", ["demo-district", "liangzhou", "lhasa"])
def test_english_has_no_chinese_but_names(example: str, profile: str) -> None:
    assessed = assessed_of(EXAMPLES / example, profile)
    names = "".join(f"{circle.name}" for circle in assessed.circles)
    for name in ("text", "html", "csv"):
        text = written(name, "en", EXAMPLES / example, profile=profile).decode()
        found = set(re.findall("[\u4e00-\u9fff，。；：]", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)))
        assert found <= set(names), name


def test_liangzhou_is_never_said_to_lack_anything() -> None:
    text = written("text", "zh", EXAMPLES / "liangzhou").decode()
    assert "还差" not in text and "还没达到" not in text and "不到" not in text
    assert text.count("数据包里没有商业网点表，判断不了") == 8
    record = json.loads(written("json", "zh", EXAMPLES / "liangzhou"))
    assert record["needs"] == []
    assert {circle["supported"] for circle in record["circles"]} == {None}
    assert {circle["evidence"]["nothing"] for circle in record["circles"]} == {"no-outlets-table"}
    assert all(
        condition["found"] is None
        for circle in record["circles"]
        for grade in circle["grades"]
        for condition in grade["conditions"]
    )


def test_the_text_names_what_is_missing() -> None:
    text = written("text", "zh").decode()
    assert "不是国家规定" in text
    circle = text.partition("620602-C911 示例柳堤")[2].partition("620602-C912")[0].replace("\n    ", "")
    assert "填报 没填 · 目标 基础型 · 数据支持 不到基础型" in circle
    assert "有 6 种，要 8 种，还差 2 种，从数据里没有的这些里补：综合超市、菜市场、洗染店" in circle


def test_the_json_holds_the_evidence() -> None:
    record = json.loads(written("json", "zh"))
    assert record["summary"] == {
        "circles": 12, "closed": 0, "met": 6, "unmet": 0, "unknown": 0, "undeclared": 6,
    }  # fmt: skip
    circle = next(item for item in record["circles"] if item["circle_id"] == "620602-C901")
    assert circle["evidence"]["lists"]["basic"]["kinds"]["convenience-store"] == 8
    assert (circle["declared"], circle["supported"], circle["declared_supported"]) == ("quality", "quality", "met")


def test_the_needs_validate_in_the_package_they_are_for(tmp_path: Path) -> None:
    folder = tmp_path / "district"
    shutil.copytree(DEMO, folder)
    before = circledata.validate(folder)
    names = csv.DictReader((folder / "needs.csv").open(encoding="utf-8-sig")).fieldnames
    assert names is not None
    rows = list(csv.DictReader(io.StringIO(written("csv", "zh").decode("utf-8-sig"))))
    assert len(rows) == 16
    with (folder / "needs.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, names, lineterminator="\n").writerows(rows)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource.pop("bytes", None)
        resource.pop("hash", None)
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    after = circledata.validate(folder)
    assert after.counts["error"] == after.counts["warning"] == before.counts["warning"] == 0
    again = assess(folder)
    assert list(need_rows(again)) == []


def test_the_needs_are_a_file_by_themselves(tmp_path: Path) -> None:
    path = tmp_path / "needs.csv"
    path.write_bytes(written("csv", "en"))
    report = circledata.validate(path, division="620602", as_of=None)
    assert report.counts["error"] == 0
    assert report.tables[0].rows == 16


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_of_needs_can_be_pasted_into_the_template(tmp_path: Path, language: Language) -> None:
    mine = load_workbook(io.BytesIO(written("xlsx", language)))
    title = STANDARD.tables["needs"].title.in_language(language)
    source = mine[title]
    book = tmp_path / "district.xlsx"
    export_package(DEMO, book, form="xlsx", lang=language)
    filled = load_workbook(book)
    target = filled[title]
    heads = [cell.value for cell in target[2]]
    order = {name: heads.index(name) for name in (cell.value for cell in source[2])}
    assert list(order) == [field.name for field in STANDARD.tables["needs"].fields]
    last = target.max_row
    for number, row in enumerate(source.iter_rows(min_row=3, values_only=True), start=1):
        for name, value in zip(order, row, strict=True):
            target.cell(last + number, order[name] + 1, value)
    filled.save(book)
    report = circledata.validate(book)
    assert report.counts["error"] == 0
    assert next(info.rows for info in report.tables if info.name == "needs") == 34 + 16


def test_the_workbook_shows_results_and_kinds() -> None:
    book = load_workbook(io.BytesIO(written("xlsx", "zh")))
    assert book.sheetnames == ["评估结果", "逐种业态", "需求清单", "说明"]
    rows = list(book["评估结果"].iter_rows(values_only=True))
    head = next(row for row in rows if row[0] == "编号")
    circle = dict(zip(head, next(row for row in rows if row[0] == "620602-C911"), strict=True))
    assert (circle["数据支持"], circle["基本保障类（种）"], circle["离目标"]) == ("不到基础型", 6, "基础型：还没达到")
    kinds = list(book["逐种业态"].iter_rows(values_only=True))
    head = next(row for row in kinds if row[0] == "编号")
    circle = dict(zip(head, next(row for row in kinds if row[0] == "620602-C901"), strict=True))
    assert (circle["便利店"], circle["前置仓"]) == (8, 0)
    liangzhou = load_workbook(io.BytesIO(written("xlsx", "zh", EXAMPLES / "liangzhou")))
    row = next(row for row in liangzhou["逐种业态"].iter_rows(values_only=True) if row[0] == "620602-C001")
    assert set(row[2:]) == {None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_nothing_outside(language: Language) -> None:
    page = written("html", language).decode()
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "default-src 'none'; style-src 'sha256-" in html.unescape(page)
    assert page.count('<article class="circle"') == 12
    assert "@media print" in page
    assert len(re.findall(r'href="#(c[0-9]+)"', page)) == len(re.findall(r'<article class="circle" id="c[0-9]+"', page))


def test_names_are_escaped_and_never_formulas(tmp_path: Path) -> None:
    tables = {"circles": [circle_row(name="<b>=1+1</b>\u202e")], "outlets": outlets(BASIC[:7])}
    folder = package(tmp_path, tables)
    page = written("html", "zh", folder).decode()
    assert "<b>=1" not in page and "&lt;b&gt;=1+1" in page and "\u202e" not in page
    assert b"\xe2\x80\xae" not in written("text", "zh", folder)
    book = load_workbook(io.BytesIO(written("xlsx", "zh", folder)))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_command_writes_what_it_is_told(tmp_path: Path) -> None:
    folder = package(tmp_path, {"circles": [circle_row()], "outlets": outlets(BASIC[:7])})
    for name in NAMES:
        target = tmp_path / f"out.{name}"
        done = run(folder, "--format", name, "--output", target, "--circle", CIRCLE)
        assert done.exit_code == 0, done.output
        assert target.stat().st_size
    assert CIRCLE in run(folder, "-q").stdout


def test_profiles_are_listed() -> None:
    lines = run("--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(STANDARD.assessments)
    assert "不是国家规定" in lines[0]


@pytest.mark.parametrize(("kinds", "code"), [(7, 1), (8, 0)])
def test_a_declared_grade_without_evidence_fails_only_when_asked(tmp_path: Path, kinds: int, code: int) -> None:
    tables = {"circles": [circle_row(grade="basic", grade_basis="accepted")], "outlets": outlets(BASIC[:kinds])}
    folder = package(tmp_path, tables)
    assert run(folder).exit_code == 0
    assert run(folder, "--fail-under-declared").exit_code == code


def test_what_nobody_can_tell_does_not_fail(tmp_path: Path) -> None:
    folder = package(tmp_path, {"circles": [circle_row(grade="quality", grade_basis="accepted")]})
    assert run(folder, "--fail-under-declared").exit_code == 0


def test_wrong_use_is_one_sentence(tmp_path: Path) -> None:
    wrong = profile_file(tmp_path, area=62)
    for arguments, sentence in (
        ([], "缺少 路径"),
        ([DEMO, "--profile", "x"], "没有评估方案 x。"),
        ([DEMO, "--profile", wrong], "评估方案 profile.yaml 第 "),
        ([DEMO, "--format", "pdf"], "--format 不能是 pdf"),
        ([DEMO, "--circle", "x"], "没有编号为 x 的生活圈。"),
        ([DEMO, "--output", tmp_path], "是文件夹"),
        ([DEMO, "--profile", wrong, "--output", wrong], "不能覆盖"),
        ([tmp_path / "none"], "找不到"),
        ([DEMO, "--format", "xlsx"], "工作簿要写到文件里"),
    ):
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (2, ""), arguments
        assert sentence in done.stderr, done.stderr


def test_it_is_part_of_the_package() -> None:
    assert circledata.assess is assess


@pytest.mark.parametrize("name", TEXTS)
def test_a_circle_without_id_or_name_stops_nothing(tmp_path: Path, name: str) -> None:
    folder = package(tmp_path, {"circles": [circle_row(circle_id="", name="")], "outlets": outlets(BASIC)})
    assert written(name, "zh", folder)
