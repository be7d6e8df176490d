"""Writers of a comparison: text at a terminal, JSON by its schema, CSV, a page that asks for nothing, a workbook."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from datetime import date
from pathlib import Path

import jsonschema
import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "indicators"))

from compare_sample import amount, none, package, ratio, share

from circledata.indicators.compare import compare
from circledata.indicators.compare_model import VERDICTS, CauseCode, CautionCode, Comparison
from circledata.reports import compare_book, compare_csv, compare_html, compare_json, compare_text, compare_words
from circledata.reports.figures_html.words import FIGURES
from circledata.reports.layout import display_width
from circledata.standard import spec_root
from circledata.standard.model import LANGUAGES, Language, Text

HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@pytest.fixture(scope="module")
def two() -> Comparison:
    """Every verdict and every cause that two sides can have."""
    return compare(
        [
            package(
                "620602-east",
                share("chain-rate", 16, 40, 100),
                share("satisfaction", 80, 100, 100),
                share("completeness", 7, 10, 10),
                amount("outlets", 500),
                ratio("outlets-per-circle", 500, 5, 5, 5),
                amount("jobs", 9),
                amount("residents-covered", 1_234_567, 4, 6),
                amount("circles-by-grade", 3, 6, 8, "basic"),
                synthetic=True,
                title="东区",
            ),
            package(
                "540102-west",
                share("chain-rate", 57, 95, 100),
                share("satisfaction", 88, 100, 100),
                share("completeness", 9, 10, 10),
                amount("outlets", 40),
                ratio("outlets-per-circle", 40, 5, 5, 5),
                amount("jobs", 9),
                amount("residents-covered", 9_000_000),
                none("circles-by-grade", "column-empty", records=4),
                as_of=date(2023, 12, 31),
                errors=2,
                title="West",
            ),
        ]
    )


@pytest.fixture(scope="module")
def many() -> Comparison:
    places = [(f"620602-C{number}", f"第{number}圈") for number in range(1, 21)]
    figures = [share("chain-rate", number, 40, 50, code) for number, (code, _) in enumerate(places, 1)]
    figures += [amount("circles-by-grade", number % 2, 1, 1, "basic", code) for number, (code, _) in enumerate(places)]
    return compare([package("620602", *figures, scope="circle", places=places)])


def text_of(comparison: Comparison, language: Language, width: int = 80) -> str:
    stream = io.StringIO()
    compare_text.write(comparison, language, stream, width)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_as_it_was(two: Comparison, language: Language, golden) -> None:  # type: ignore[no-untyped-def]
    golden(f"comparison.{language}.txt", text_of(two, language))


def test_every_verdict_and_cause_of_two_sides_is_said(two: Comparison) -> None:
    assert set(two.counts()) == set(VERDICTS) and all(two.counts().values())
    zh = text_of(two, "zh", 400)
    assert "[1]的记录填了 40%（100 条里 40 条），补齐后可能是 16.00%～76.00%" in zh
    assert "[1]平均 100.0 个，[2]平均 8.0 个" in zh
    assert "[2]未计算，原因是没有填写。" in zh
    en = text_of(two, "en", 400)
    assert "100 people answered in [2], and by sampling alone it may be 80.18–93.01%" in en
    assert "Invented data: [1]." in en and "errors (2) in [2]" in en
    assert "from 2023-12-31 to 2024-12-31 (366 days)" in en


def test_columns_line_up_under_their_heads(two: Comparison) -> None:
    lines = text_of(two, "zh", 100).splitlines()
    head = next(line for line in lines if line.startswith("商业网点"))
    row = next(line for line in lines if "营业的网点" in line)
    edges = [display_width(head[: head.index(name) + len(name)]) for name in ("620602-east", "540102-west", "判断")]
    ends = [display_width(row[: match.end()]) for match in re.finditer("500|40|可能来自数据", row)]
    assert ends == edges


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(two: Comparison, many: Comparison, language: Language, width: int) -> None:
    for comparison in (two, many):
        for line in text_of(comparison, language, width).splitlines():
            assert display_width(line) <= max(width, 72), line


def test_many_sides_get_a_line_each_and_breakdowns_one_for_all(many: Comparison) -> None:
    zh = text_of(many, "zh")
    assert "[20] 第20圈" in zh and "超过 12 个，各自只和第一个比较。" in zh
    assert "其余是 0" in zh and len(zh.splitlines()) < 100


def test_english_texts_have_no_chinese_characters(two: Comparison) -> None:
    text = text_of(two, "en").replace("东区", "")
    assert not HAN.search(text)
    for words in (compare_words.WORDS, compare_words.CAUSES, compare_words.CAUTIONS, FIGURES):
        for key, word in words.items():
            assert word.zh and word.en, key
            assert key in {"switch", "switch-label"} or not HAN.search(word.en), key
            assert set(re.findall(r"{(\w+)}", word.zh)) == set(re.findall(r"{(\w+)}", word.en)), key
    for titles in (compare_words.VERDICTS, compare_words.MEANINGS):
        assert set(titles) == set(VERDICTS) and not any(HAN.search(title.en) for title in titles.values())
    assert set(compare_words.CAUSES) == set(CauseCode.__args__)  # type: ignore[attr-defined]
    assert set(compare_words.CAUTIONS) == set(CautionCode.__args__)  # type: ignore[attr-defined]


def test_the_json_keeps_its_schema(two: Comparison, many: Comparison) -> None:
    schema = json.loads((spec_root() / "1.0" / "comparison.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for comparison in (two, many):
        stream = io.StringIO()
        compare_json.write(comparison, stream)
        record = json.loads(stream.getvalue())
        jsonschema.Draft202012Validator(schema).validate(record)
        assert record == json.loads(json.dumps(compare_json.comparison_record(comparison)))
    rates = next(row for row in compare_json.comparison_record(two)["rows"] if row["indicator"] == "chain-rate")
    assert [(cell["low"], cell["value"], cell["high"]) for cell in rates["cells"]] == [
        (0.16, 0.4, 0.76),
        (0.57, 0.6, 0.62),
    ]


def test_a_comparison_without_rows_is_json_too() -> None:
    stream = io.StringIO()
    compare_json.write(compare([package("a"), package("b")]), stream)
    assert json.loads(stream.getvalue())["rows"] == []


def test_the_csv_has_a_line_a_pair(two: Comparison) -> None:
    stream = io.StringIO()
    compare_csv.write(two, "zh", stream)
    assert stream.getvalue().startswith("\ufeff分组,指标英文名,") and "\r\n" in stream.getvalue()
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().removeprefix("\ufeff"))))
    assert len(rows) == len(two.rows)
    rate = next(row for row in rows if row["指标英文名"] == "chain-rate")
    assert (rate["甲"], rate["甲的值"], rate["甲补齐后最大"], rate["差（乙减甲）"]) == (
        "620602-east",
        "0.4",
        "0.76",
        "0.2",
    )
    assert rate["判断"] == "可能来自数据" and "没有登记全" in rate["原因"]
    grade = next(row for row in rows if row["指标英文名"] == "circles-by-grade")
    assert grade["乙的值"] == "" and "未计算" in grade["原因"]


def test_a_name_that_a_spreadsheet_would_run_is_shown() -> None:
    stream = io.StringIO()
    compare_csv.write(compare([package("=1+1", amount("jobs", 1)), package("b", amount("jobs", 2))]), "en", stream)
    assert "'=1+1" in stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_nothing_and_runs_nothing_foreign(two: Comparison, language: Language) -> None:
    evil = compare(
        [
            package("<img src=x onerror=alert(1)>", amount("jobs", 1), title="</script><script>alert(1)</script>"),
            package("b&amp;", amount("jobs", 2)),
        ]
    )
    for comparison in (two, evil):
        stream = io.StringIO()
        compare_html.write(comparison, language, stream)
        page = stream.getvalue()
        assert not re.search(r"(?:src|href)=\"(?!#)", page) and not re.search("https?:", page) and "url(" not in page
        assert "default-src &#39;none&#39;" in page
        assert page.count("<script") == 2 and "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_the_page_draws_bars_and_ranges(two: Comparison) -> None:
    stream = io.StringIO()
    compare_html.write(two, "zh", stream)
    page = stream.getvalue()
    card = page[page.index('id="chain-rate"') : page.index('id="residents-covered"')]
    assert '<rect class="tone-0" width="40.0"' in card and '<path class="range" d="M16.0 6H76.0' in card
    assert '<rect class="tone-1" width="60.0"' in card
    assert "可能来自数据" in card and "may be data" in card
    grades = page[page.index('id="circles-by-grade"') :]
    assert "未计算：没有填写" in grades[: grades.index("</article>")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_numbers_and_reasons(two: Comparison, language: Language) -> None:
    stream = io.BytesIO()
    compare_book.write(two, language, stream)
    book = openpyxl.load_workbook(stream)
    assert len(book.sheetnames) == 3
    rows = list(book.worksheets[0].iter_rows())
    titles = {row[1].value: row for row in rows}
    rate = titles[
        two.rows[[row.indicator.name for row in two.rows].index("chain-rate")].indicator.title.in_language(language)
    ]
    assert (rate[4].value, rate[4].number_format, rate[5].value) == (0.4, "0.00%", 0.6)
    texts = [str(cell.value) for row in rows for cell in row]
    assert any(
        text.startswith({"zh": "未计算：没有填写", "en": "not computed: nothing filled in"}[language]) for text in texts
    )
    assert book.worksheets[1].max_row == 1 + sum(len(row.pairs) for row in two.rows)


def test_the_same_comparison_gives_the_same_bytes(two: Comparison) -> None:
    def written() -> list[str | bytes]:
        found: list[str | bytes] = []
        for language in LANGUAGES:
            for write in (compare_html.write, compare_csv.write, compare_text.write):
                stream = io.StringIO()
                write(two, language, stream)
                found.append(stream.getvalue())
            book = io.BytesIO()
            compare_book.write(two, language, book)
            found.append(book.getvalue())
        return found

    assert written() == written()


def test_texts_hold_the_numbers_of_the_method() -> None:
    assert "3 倍" in compare_words.method("zh") and "3 times" in compare_words.method("en")
    assert isinstance(compare_words.WORDS["method-text"], Text)
