"""The texts of the rules, read as the clerk reads them: titles as the headers have them, no jargon, no slips.

How a text reads with a real finding in it is tested where the cases of the rules run: tests/rules/reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from circledata.reports.words import SETTINGS
from circledata.standard import Language, extension_versions, load_standard, spec_root
from circledata.standard.generate import names_of, read_yaml, rule_files
from circledata.standard.names import KEYS, named

SPEC = spec_root()
ROOTS = [SPEC / "1.0", *(path.parent for path in sorted(SPEC.glob("extensions/*/*/extension.yaml")))]
STANDARD = load_standard("1.0", {name: versions[-1] for name, versions in extension_versions().items()})
RULES = [pytest.param(read_yaml(path), id=path.stem) for root in ROOTS for _, path in rule_files(root)]
SHEET = read_yaml(SPEC / "1.0" / "package-sheet.yaml")

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
FILE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\.(?:csv|geojson|json)\b")
COMMAND = re.compile(r"circledata (?:convert|validate|publish|codes townships --find)")
QUOTED = re.compile(r"“([^“”]*)”")
MACHINE = {field.name for table in STANDARD.tables.values() for field in table.fields} | set(STANDARD.tables)
TITLES = {
    title
    for thing in (*STANDARD.tables.values(), *(field for table in STANDARD.tables.values() for field in table.fields))
    for title in (thing.title.zh, re.sub("（[^）]*）$", "", thing.title.zh))
} | {SHEET["sheet"]["zh"], *(key["zh"] for key in SHEET["keys"].values())}
CODES = {
    code for item in STANDARD.codelists.values() if item.name not in {"divisions", "townships"} for code in item.codes
}
WORDS = {"circledata", "night-economy", "true", "false", "overall", "yyyy-mm-dd", "utf-8"}
WORDS |= {"bo", "ug", "en", "zh", "cn", "mn-", "zh-", "en-", "q1"}
"""Words that are typed as they stand, or that a clerk reads on the screen."""
DESCRIPTOR = {"resources", "path", "sources", "hash", "bytes", "encoding", "contributors"}
"""Keys that are met in datapackage.json only, by those who wrote one by hand."""
CELLS = {"万元", "万人", "是", "有", "无", "同上", "号"}
"""Chinese that stands in the cells of which an English text speaks."""
LONGEST: dict[str, dict[Language, int]] = {
    "title": {"zh": 24, "en": 64},
    "message": {"zh": 160, "en": 260},
    "why": {"zh": 130, "en": 330},
    "fix": {"zh": 210, "en": 430},
}
NAMES, EXTENDED = names_of(ROOTS[0]), names_of(ROOTS[0], ROOTS[1])
CSV_ONLY = re.compile(r"encoding-|byte-|nul-|line-ends-|row-|quote-|delimiter-|header-is-title")
"""Rules that only the reader of CSV files can break."""


def texts(rule: dict[str, Any], language: Language) -> Iterator[tuple[str, str]]:
    for key in KEYS:
        yield key, rule[key][language].strip()


def bare(text: str) -> str:
    """A text without what is filled in, names of files and commands to copy."""
    for pattern in (PLACEHOLDER, FILE, COMMAND):
        text = pattern.sub(" ", text)
    return text


@pytest.mark.parametrize("rule", RULES)
def test_names_of_columns_and_tables_come_with_their_titles(rule: dict[str, Any]) -> None:
    for key, text in texts(rule, "zh"):
        words = set(re.findall(r"[A-Za-z_][A-Za-z0-9_]*", bare(text)))
        assert not words & (MACHINE - CODES), f"{key} names {words & MACHINE} without its title; write {{field:…}}"
    for key, text in texts(rule, "en"):
        words = {word for word in re.findall(r"[a-z0-9_]+", bare(text)) if "_" in word}
        assert not words & MACHINE, f"{key} names {words & MACHINE} without its title; write {{field:…}}"


@pytest.mark.parametrize("rule", RULES)
def test_no_title_is_written_twice(rule: dict[str, Any]) -> None:
    for language in ("zh", "en"):
        for key, text in texts(rule, language):
            assert not TITLES & set(QUOTED.findall(text)), f"{key}: a title by hand; write {{field:…}}"
            assert SHEET["sheet"]["zh"] not in text, f"{key}: write {{sheet:package}}"


@pytest.mark.parametrize("rule", RULES)
def test_chinese_reads_as_chinese(rule: dict[str, Any]) -> None:
    for key, text in texts(rule, "zh"):
        text = text.replace("（逗号分隔）(*.csv)", "")  # so WPS and Excel write it
        slip = re.search(r"[\u4e00-\u9fff”）][,;:!?(]|[,;:!?)][\u4e00-\u9fff]|[\u4e00-\u9fff]\.|…$", text)
        assert slip is None, f"{key}: {slip}"
        assert key == "title" or text.endswith("。"), f"{key} does not end"
        foreign = set(re.findall(r"(?<![A-Za-z0-9_*.-])[a-z][a-z0-9_-]*", bare(text)))
        foreign -= {word for word in foreign if word.startswith("x_") or word in CODES | WORDS | DESCRIPTOR}
        assert not foreign, f"{key}: {foreign}"


@pytest.mark.parametrize("rule", RULES)
def test_english_reads_as_english(rule: dict[str, Any]) -> None:
    for key, text in texts(rule, "en"):
        assert not re.search(r"[，。；：、（）【】]", text), key
        assert set(re.findall("[\u4e00-\u9fff]+", text)) <= CELLS, key
        assert key == "title" or text.endswith((".", ".”")), f"{key} does not end"


@pytest.mark.parametrize("rule", RULES)
def test_texts_are_short(rule: dict[str, Any]) -> None:
    filled = EXTENDED.filled(rule)
    for language in ("zh", "en"):
        for key, text in texts(filled, language):
            assert len(text) <= LONGEST[key][language], f"{key} {language}: {len(text)} characters"


@pytest.mark.parametrize("rule", RULES)
def test_mending_is_possible_in_the_file_that_the_clerk_has(rule: dict[str, Any]) -> None:
    for language, csv in (("zh", "CSV 文件"), ("en", "CSV file")):
        for sentence in re.split(r"[。；]|[.;] ", rule["fix"][language]):
            if "CSV UTF-8" in sentence and not CSV_ONLY.match(rule["name"]):
                assert csv in sentence, f"a workbook is not saved as CSV: {sentence}"
            if rule["name"].startswith("workbook-"):
                assert "CSV" not in sentence and "datapackage" not in sentence, sentence


@pytest.mark.parametrize("rule", STANDARD.rules.values(), ids=lambda rule: rule.name)
def test_the_bundle_has_the_names_filled_in(rule) -> None:
    known = {"value", "column", "table", "file", *rule.params}
    for text in (rule.title, rule.message, rule.why, rule.fix):
        for words in (text.zh, text.en):
            for name in re.findall(r"\{([^{}]*)\}", words):
                assert re.fullmatch("[a-z0-9_]+", name), name
                assert rule.form in {"query", "check"} or name in known, name


def test_settings_are_called_as_on_the_sheet() -> None:
    for name, (text, _) in SETTINGS.items():
        if key := SHEET["keys"].get(name):
            assert text.zh == key["zh"]


def test_a_name_is_title_first_and_said_once() -> None:
    assert named("建成日期", "completed_on", "zh") == "建成日期 completed_on"
    assert named("Completed on", "completed_on", "en") == "Completed on"
    assert named("Self-assessed", "self-assessed", "en") == "Self-assessed"
    assert named("Area (m²)", "area_m2", "en") == "Area (m²)"
    assert named("Budget (yuan)", "budget", "en") == "Budget (yuan)"
    assert named("Budget (yuan)", "budget_yuan", "en") == "Budget (yuan)"


def test_in_english_another_machine_name_stands_in_brackets() -> None:
    assert named("Local categories", "categories", "en") == "Local categories (categories)"
    assert named("Circle", "circle_id", "en") == "Circle (circle_id)"
    assert named("Operator's USCC", "operator_uscc", "en") == "Operator's USCC (operator_uscc)"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("“{field:status}”", "“建设状态 status”", "“Status”"),
        ("{field:projects.owner_uscc}", "建设单位统一社会信用代码 owner_uscc", "Owner's USCC (owner_uscc)"),
        ("{table:outlets}", "商业网点 outlets", "Outlets"),
        ("{code:outlet-statuses.open}", "open 营业", "open"),
        ("{key:as_of}", "数据截止日期 circledata.as_of", "As of (circledata.as_of)"),
        ("{sheet:package}", "基本信息", "Package"),
        ("{value} {}", "{value} {}", "{value} {}"),
    ],
)
def test_placeholders(text: str, zh: str, en: str) -> None:
    assert (NAMES.fill(text, "circles", "zh"), NAMES.fill(text, "circles", "en")) == (zh, en)


@pytest.mark.parametrize(
    "text",
    [
        "{field:no_such}",
        "{field:circles.outlet_id}",
        "{field:nowhere.name}",
        "{field:}",
        "{table:nowhere}",
        "{code:grades.best}",
        "{code:no-list.open}",
        "{code:open}",
        "{key:nothing}",
        "{sheet:other}",
    ],
)
def test_a_name_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="there is no"):
        NAMES.fill(text, "circles", "zh")


def test_a_rule_about_every_table_names_the_table_of_a_field() -> None:
    assert NAMES.fill("{field:outlets.phone}", "*", "zh") == "营业电话 phone"
    with pytest.raises(ValueError, match="there is no"):
        NAMES.fill("{field:phone}", "*", "zh")


def test_an_extension_may_name_its_own_fields_and_those_of_the_core() -> None:
    assert EXTENDED.fill("{field:outlets.night_formats}", "night_zones", "zh") == "夜间业态 night_formats"
    assert EXTENDED.fill("{code:zone-kinds.point}", "night_zones", "zh") == "point 示范点"
    assert EXTENDED.fill("{field:outlets.phone}", "night_zones", "en") == "Business phone (phone)"
