"""The HTML report without a browser: what it says, in both languages, exactly, and from nowhere else."""

from __future__ import annotations

import base64
import hashlib
import re
import string
from collections.abc import Callable
from pathlib import Path

import pytest
from html_page import Page, html, place, sentence
from report_sample import CLEAN, FINDINGS, NOTES, POLICY, outlet, sample_report

from circledata import validate
from circledata.findings import fix, message
from circledata.findings.model import Finding
from circledata.findings.report import TableCount
from circledata.reports import Style
from circledata.reports.html.compact import Compact, place_name
from circledata.reports.html.words import SCRIPT, WORDS, raw
from circledata.standard import load_standard
from circledata.standard.cases import Case, write_case
from circledata.standard.model import LANGUAGES, Language, Standard

EXAMPLES = Path(__file__).parents[2] / "examples"
FULL = sample_report(notes=NOTES, policy=POLICY)
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_are_inside_the_chosen_one_first(language: Language) -> None:
    page = Page(html(FULL, language))
    assert ("html", {"lang": "zh-CN" if language == "zh" else "en", "data-lang": language}) == page.elements[0]
    zh = "不通过：凉州区 不符合标准 1.0，有 9 处错误、1 处警告、2 条建议。"
    en = "Failed: 凉州区 does not conform to the standard 1.0: 9 errors, 1 warning, 2 pieces of advice."
    order = (zh, en) if language == "zh" else (en, zh)
    assert page.texts.index(order[0]) < page.texts.index(order[1])
    spans = [attributes["class"] for tag, attributes in page.elements if tag == "span" and "lang" in attributes]
    assert spans.count("l-zh") == spans.count("l-en") > 50


def test_own_words_are_complete_in_both_languages() -> None:
    for key, text in WORDS.items():
        assert text.zh.strip(), key
        assert text.en.strip(), key
        fields = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in (text.zh, text.en)]
        assert fields[0] == fields[1], key
        if key not in {"switch", "switch-label"}:
            assert not HAN.search(text.en), key
    for key in SCRIPT:
        assert raw(key)


def test_script_asks_for_no_word_that_is_not_there() -> None:
    page = Page(html(FULL))
    asked = set(re.findall(r'say\("([a-z-]+[a-z0-9]*)"', "".join(page.scripts)))
    asked |= {str(item[1]["data-say"]) for item in page.having("data-say")}
    asked |= {str(item[1]["data-say-aria-label"]) for item in page.having("data-say-aria-label")}
    assert asked <= set(page.data["words"])


def test_counts_are_exact_and_said() -> None:
    report = sample_report(
        [outlet("CD203", row, "longitude", f"x{row}") for row in range(2, 202)],
        table_counts=[TableCount("outlets", "CD203", 3_000)],
    )
    page = Page(html(report, style=Style(places=None)))
    assert "共 3,000 处，本报告收入 200 处，这里显示 10 处。" in page.texts
    assert len(page.data["findings"]) == 200
    assert page.data["rules"][0]["count"] == 3_000
    assert sum(re.fullmatch("f[0-9]+", str(item[1]["id"])) is not None for item in page.having("id")) == 10
    assert "要看全部，请加上 --max-examples all 再生成一次报告。" in page.texts


def test_a_report_without_examples_still_says_what_to_do() -> None:
    page = Page(html(validate(EXAMPLES / "broken-district", max_examples=0)))
    assert page.data["findings"] == []
    assert page.texts.count("共 1 处，本报告没有收入例子。") == 11
    assert any(text.startswith("从模板的下拉列表里选") for text in page.texts)
    assert not any("{" in text for text in page.texts)


def test_what_to_do_comes_in_order_of_effect() -> None:
    page = Page(html(FULL))
    order = [(rule["level"], rule["count"]) for rule in page.data["rules"]]
    assert order == sorted(order, key=lambda item: (["error", "warning", "advice"].index(item[0]), -item[1]))
    first = [item[1]["href"] for item in page.elements if item[0] == "a" and str(item[1].get("href")).startswith("#CD")]
    assert first == ["#" + rule["code"] for rule in page.data["rules"]]


def test_nothing_to_mend() -> None:
    page = Page(html(sample_report(CLEAN)))
    assert "没有要改的，可以提交了。" in page.texts
    assert not page.having("id", "findings")
    assert page.data["findings"] == []
    unread = Page(html(sample_report(CLEAN, complete=False)))
    assert "没有要改的，可以提交了。" not in unread.texts
    assert "先解决读不出来的内容，否则后面的检查做不了。" in unread.texts


def test_notes_policy_and_versions_are_there() -> None:
    text = html(FULL)
    page = Page(text)
    assert any("旧系统九月停用" in item for item in page.texts)
    assert any("outlets.csv 的表头在第 3 行" in item for item in page.texts)
    assert "5" * 64 in page.texts
    assert "a" * 64 in page.texts
    assert "circledata 0.1.0" in page.texts


def test_every_anchor_exists_once() -> None:
    page = Page(html(FULL))
    ids = [item[1]["id"] for item in page.having("id")]
    assert len(ids) == len(set(ids))
    targets = {str(item[1]["href"]) for item in page.having("href")}
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    named = {name for item in page.having("aria-labelledby") for name in str(item[1]["aria-labelledby"]).split()}
    assert named <= set(ids)


@pytest.mark.parametrize("example", ["broken-district", "demo-district"])
def test_same_input_same_bytes(example: str) -> None:
    report = validate(EXAMPLES / example)
    once = html(report)
    assert once == html(report)
    assert once == html(validate(EXAMPLES / example))


def test_nothing_is_fetched_and_only_this_code_runs() -> None:
    text = html(validate(EXAMPLES / "demo-district"))
    page = Page(text)
    for tag, attributes in page.elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert str(attributes.get("href") or "#").startswith("#")
    assert "url(" not in "".join(page.styles)
    assert "@import" not in "".join(page.styles)
    assert "sourceMappingURL" not in text
    policy = next(item[1]["content"] for item in page.having("http-equiv", "Content-Security-Policy"))
    assert str(policy).startswith("default-src 'none'; ")
    for block in (*page.scripts, *page.styles):
        assert "sha256-" + base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() in str(policy)
    assert "unsafe" not in str(policy)
    # What looks like an address is the name of a vocabulary, or a remark in Leaflet.
    addresses = set(re.findall(r"https?://[^\s\"'<>\\)]+", text))
    assert {address.split("/")[2] for address in addresses} <= {"www.w3.org", "leafletjs.com", "bugzilla.mozilla.org"}


def _example(rule_code: str, standard: Standard) -> Finding:
    rule = standard.rules[rule_code]
    table = next(iter(standard.tables.values())) if rule.table in {"*", "package"} else standard.tables[rule.table]
    column = table.fields[1]
    names = {
        name
        for text in (rule.message, rule.fix)
        for template in (text.zh, text.en)
        for _, name, _, _ in string.Formatter().parse(template)
        if name
    }
    params: dict[str, str | int | float | bool | None] = {}
    for number, name in enumerate(sorted(names - {"value", "column", "table", "file", "column_code"})):
        params[name] = ("甲<b>", 3, 0.5, None, True)[number % 5]
        params |= {f"{name}_zh": "只有中文", f"{name}_en": "English only"} if number % 3 == 0 else {}
    return Finding(rule.code, rule.level, table.name, "甲.csv", None, 12, column.name, 2, "值 </script>", params)


@pytest.mark.parametrize("code", sorted(load_standard().rules))
def test_the_script_says_what_the_other_reports_say(
    code: str, plain_report: Callable[[list[Finding]], Compact]
) -> None:
    standard = load_standard()
    finding = _example(code, standard)
    compact = plain_report([finding])
    record = compact.finding(finding)

    rules = [{"message": compact.texts[code][0], "fix": compact.texts[code][1]}]
    data = {"rules": rules, "pool": list(compact.pool), "places": compact.place_records}
    for language in LANGUAGES:
        assert sentence(data, record, "message", language) == message(finding, standard, language).strip()
        assert sentence(data, record, "fix", language) == fix(finding, standard, language).strip()
        assert place(data, record, language) == place_name(finding, standard, language)


@pytest.fixture
def plain_report() -> Callable[[list[Finding]], Compact]:
    from dataclasses import replace

    def make(findings: list[Finding]) -> Compact:
        report = replace(sample_report([]), standard=load_standard(), findings=findings)
        return Compact(report, [finding.rule for finding in findings])

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_what_the_script_would_write(language: Language) -> None:
    page = Page(html(FULL, language))
    for finding in page.data["findings"]:
        assert sentence(page.data, finding, "message", language) in page.texts
        assert place(page.data, finding, language) in page.texts
    assert len(page.data["findings"]) == len(FINDINGS)


def test_personal_data_is_never_shown(tmp_path: Path) -> None:
    secret = "13912345678"
    places = {"longitude": "102.641200", "latitude": "37.928700"}
    rows = [
        {"name": f"老张 {secret}", "address": f"东大街1号 {secret}", **places},
        {"name": "王五便利店", "address": "东大街2号", **places},
    ]
    case = Case("", "", True, tables={"outlets": rows}, files={}, geojson=None, package={})
    report = validate(write_case(case, load_standard(), tmp_path / "package"))
    text = html(report)
    assert any(load_standard().rules[item.code].family == "privacy" for item in report.rules)
    assert secret not in text
    # The name itself is left out of the map, not just the number in it.
    assert "老张" not in text
    page = Page(text)
    assert [outlet[5] for outlet in page.data["map"]["outlets"]] == ["", "王五便利店"]
    assert "（个人信息，不显示）" in page.texts


def test_advice_that_differs_between_places_is_said_for_each() -> None:
    findings = [
        outlet("CD206", 3, "status", "开", codelist="outlet-statuses"),
        outlet("CD206", 4, "status", "关", codelist="outlet-statuses"),
    ]
    alike = Page(html(sample_report(findings)))
    assert alike.texts.count("怎么改：") == 1
    assert "怎么填" not in alike.texts
    other = outlet("CD206", 5, "name", "甲", codelist="names")
    page = Page(html(sample_report([*findings, other])))
    assert page.texts.count("怎么改（以第一处为例）：") == 1
    assert "从代码表 names 里选一个。" in page.texts
    assert page.texts.count("见“怎么改”") == 2
