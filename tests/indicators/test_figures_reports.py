"""Figures as text, JSON and CSV: aligned, honest about what is not known, and safe to open."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from vectors import SCOPES, Vector, write_vector

from circledata import figures
from circledata.indicators import Figures
from circledata.reports.figures_csv import COLUMNS, write_csv
from circledata.reports.figures_json import write_json
from circledata.reports.figures_text import write_text
from circledata.reports.layout import display_width
from circledata.standard import LANGUAGES, load_standard, spec_root
from circledata.standard.model import Language

STANDARD = load_standard()
DEMO = spec_root().parent / "examples" / "demo-district"
SCHEMA = json.loads((spec_root() / "1.0" / "indicators.schema.json").read_text(encoding="utf-8"))
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def whole() -> Figures:
    return figures(DEMO)


@pytest.fixture(scope="module")
def circles() -> Figures:
    return figures(DEMO, by="circle")


def text_of(found: Figures, language: Language = "zh", width: int = 80) -> str:
    stream = io.StringIO()
    write_text([found], language, stream, width)
    return stream.getvalue()


def rows_of(*found: Figures, language: Language = "zh") -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_csv(found, language, stream)
    lines = list(csv.reader(io.StringIO(stream.getvalue().removeprefix("\ufeff"), newline="")))
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines[1:]]


def small(tmp_path: Path, **package: object) -> Figures:
    """Return the figures of a package with one outlet in no circle."""
    tables = {"outlets": [{"status": "open", "chain": "unknown"}]}
    vector = Vector("", {"zh": ""}, "package", tables, package, False, ())
    return figures(write_vector(vector, STANDARD, tmp_path))


def test_text_names_the_groups_and_shows_values_with_their_parts(whole: Figures) -> None:
    lines = text_of(whole).splitlines()
    for group in STANDARD.codelists["indicator-groups"].codes.values():
        assert group.title.zh in lines
    rate = next(line for line in lines if line.lstrip().startswith("连锁化率"))
    assert re.fullmatch(r"  连锁化率 +19\.50% +110 ÷ 564；已知 564/572（99%）", rate)
    assert any(re.fullmatch(r"  居民满意度 +84\.22% +1,334 ÷ 1,584", line) for line in lines)
    assert any(re.fullmatch(r"    品质型 +1", line) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_line_up_whatever_the_widths(whole: Figures, language: Language) -> None:
    value = re.compile(r"  +\S.*?  +([0-9,.]+%?|–)(?=  | [^0-9 ]| *$)")
    edges: set[int] = set()
    seen = 0
    for line in text_of(whole, language, 100).split("620602-C", 1)[0].splitlines():
        found = value.match(line)
        if found:
            edges.add(display_width(line[: found.end(1)]))
            seen += 1
        if not line:
            assert len(edges) <= 1, "the values of one group end in one column"
            edges = set()
    assert seen > 60


@pytest.mark.parametrize("width", [60, 80, 100])
def test_lines_are_no_wider_than_the_terminal(whole: Figures, circles: Figures, width: int) -> None:
    for found in (whole, circles):
        for line in text_of(found, "zh", width).splitlines():
            assert display_width(line) <= width, line


def test_english_text_has_no_chinese_but_names(whole: Figures) -> None:
    lines = text_of(whole, "en").splitlines()
    names = {*whole.circle_names.values(), str(whole.package["title"])}
    for line in lines:
        for name in names:
            line = line.replace(name, "")
        assert not HAN.search(line), line


def test_what_was_not_computed_says_why_and_is_never_zero(tmp_path: Path) -> None:
    lines = text_of(small(tmp_path)).splitlines()
    rate = next(line for line in lines if line.lstrip().startswith("连锁化率"))
    assert re.fullmatch(r"  连锁化率 +–  +未计算：没有填写", rate)
    circles = next(line for line in lines if line.lstrip().startswith("建成的生活圈"))
    assert circles.endswith("未计算：没有这张表")
    assert " 0 " not in circles


def test_invented_data_and_errors_are_told(whole: Figures, tmp_path: Path) -> None:
    assert "注意：这是虚构数据" in text_of(whole)
    broken = small(tmp_path, division_code="999999")
    assert broken.counts["error"]
    assert re.search(r"注意：这份数据有 [0-9]+ 处错误没有改正", text_of(broken))
    assert "not mended" in text_of(broken, "en") or "not mended" in text_of(broken, "en").replace("\n", " ")


def test_circles_stand_with_their_names_and_what_they_lack(circles: Figures) -> None:
    text = text_of(circles)
    assert re.search(r"620602-C901 示例青禾 +12\.00 种 +12 ÷ 1", text)
    assert re.search(r"620602-C901 示例青禾  洗染店、前置仓、旅游服务点、保健养生店", text)
    assert "各处都未计算：这一级不计算" in text
    assert re.search(r"不属于任何生活圈 +4 个网点", text)


def test_several_packages_stand_one_after_another(whole: Figures, circles: Figures) -> None:
    stream = io.StringIO()
    write_text([whole, circles], "zh", stream)
    text = stream.getvalue()
    assert text.count("：指标\n") == 2
    assert text.index("；整个数据包；") < text.index("；按生活圈；")


@pytest.mark.parametrize("scope", SCOPES)
def test_json_conforms_to_the_schema(scope) -> None:
    stream = io.StringIO()
    write_json([figures(DEMO, by=scope)], "zh", stream)
    record = json.loads(stream.getvalue())
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(record)] == []
    assert {figure["scope"] for figure in record["figures"]} == {scope}
    assert record["quality"]["counts"]["error"] == 0


def test_json_of_several_packages_is_a_list(whole: Figures, circles: Figures) -> None:
    stream = io.StringIO()
    write_json([whole, circles], "en", stream)
    records = json.loads(stream.getvalue())
    assert len(records) == 2
    assert records[0]["label"] == "demo-district"


def test_csv_has_one_row_a_figure(whole: Figures, circles: Figures) -> None:
    rows = rows_of(whole, circles)
    assert len(rows) == len(whole.figures) + len(circles.figures)
    rate = next(row for row in rows if row["indicator"] == "chain-rate")
    assert (rate["value"], rate["unit"], rate["numerator"], rate["known"]) == ("0.195", "占比", "110", "564")
    missing = [row for row in rows if row["reason"]]
    assert missing
    assert all(row["value"] == "" and row["reason_title"] for row in missing)
    assert {row["synthetic"] for row in rows} == {"true"}


def test_csv_says_its_columns_in_the_language(whole: Figures) -> None:
    for language in LANGUAGES:
        stream = io.StringIO(newline="")
        write_csv([whole], language, stream)
        head = stream.getvalue().split("\r\n", 1)[0]
        assert head.startswith("\ufeff")
        assert bool(HAN.search(head)) == (language == "zh")


def test_csv_never_holds_a_formula(tmp_path: Path) -> None:
    tables = {"circles": [{"circle_id": "620602-C1", "name": "=1+1", "status": "building"}]}
    vector = Vector("", {"zh": ""}, "circle", tables, {}, False, ())
    found = figures(write_vector(vector, STANDARD, tmp_path), by="circle", names=["jobs"])
    assert rows_of(found)[0]["place_name"] == "'=1+1"


def test_no_number_is_written_with_an_exponent(tmp_path: Path) -> None:
    tables = {"circles": [{"status": "building", "total_investment_yuan": "900000000000000"}]}
    vector = Vector("", {"zh": ""}, "package", tables, {}, False, ())
    found = figures(write_vector(vector, STANDARD, tmp_path), names=["total-investment"])
    assert rows_of(found)[0]["value"] == "900000000000000"
    assert "900,000,000,000,000.00 元" in text_of(found)
