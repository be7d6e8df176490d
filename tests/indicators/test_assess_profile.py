"""Profiles: those of the standard are whole and in both languages; a mistake in one's own is named with its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from assess_sample import CATEGORIES, REFERENCE, STANDARD, profile_file
from jsonschema import Draft202012Validator

from circledata.convert.model import ConversionError
from circledata.indicators.assess_profile import find_profile
from circledata.indicators.assess_profile_check import _schema, mistakes
from circledata.standard import spec_root
from circledata.standard.assessment import GRADES, Thresholds
from circledata.standard.generate import read_yaml
from circledata.standard.model import Text

FILES = sorted((spec_root() / "1.0" / "assessments").glob("*.yaml"))
TEN_LINES = """\
id: gansu-2026
version: "1.0"
title: 某省便民生活圈评价方案
source: 某省商务厅文件
area: "62"
lists: {basic: {guide: basic}, quality: {guide: quality}}
grades:
  basic: {at_least: {basic: 8}}
  improved: {at_least: {basic: 10, quality: 3}}
  quality: {at_least: {basic: 12, quality: 6}, satisfaction: 0.9}
"""


def said(given: str | Path) -> Text:
    with pytest.raises(ConversionError) as refused:
        find_profile(given, STANDARD)
    return refused.value.text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_profile_of_the_standard_is_whole(path: Path) -> None:
    raw = read_yaml(path)
    assert raw["id"] == path.stem
    assert list(mistakes(raw, STANDARD)) == []
    for key in ("description", "own_choice", "evidence", "valid_from", "unknown"):
        assert key in raw, key
    profile = STANDARD.assessments[path.stem]
    assert set(profile.grades) == set(GRADES)
    assert profile.own_choice == (profile.evidence == "own")


def texts(raw: Any) -> list[dict[str, str]]:
    if isinstance(raw, dict):
        if set(raw) == {"zh", "en"}:
            return [raw]
        return [text for value in raw.values() for text in texts(value)]
    return [text for value in raw for text in texts(value)] if isinstance(raw, list) else []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_profile_of_the_standard_speaks_both_languages(path: Path) -> None:
    raw = read_yaml(path)
    for key in ("title", "description", "source"):
        assert set(raw[key]) == {"zh", "en"}
    for text in texts(raw):
        assert not re.search("[\u4e00-\u9fff，。；：（）]", text["en"]), text["en"]
        assert not re.search("[\u4e00-\u9fff][,;:?!(]", text["zh"]), text["zh"]


def test_no_profile_is_called_national() -> None:
    for profile in STANDARD.assessments.values():
        assert "国家" not in profile.title.zh and "national" not in profile.title.en.lower()


def test_shanxi_says_what_was_seen_and_what_was_not() -> None:
    profile = STANDARD.assessments["shanxi-2023"]
    assert {grade: rule.title and rule.title.zh for grade, rule in profile.grades.items()} == {
        "basic": "三星级",
        "improved": "四星级",
        "quality": "五星级",
    }
    assert all(rule.at_least == {"basic": 15, "quality": 20} for rule in profile.grades.values())
    assert all(rule.beyond_data for rule in profile.grades.values())
    assert {name: item.size for name, item in profile.lists.items()} == {"basic": 23, "quality": 30}
    assert all(item.incomplete for item in profile.lists.values())


def test_what_a_rule_may_take_from_a_profile() -> None:
    thresholds = Thresholds(STANDARD.assessments, CATEGORIES)
    assert thresholds.named(f"{REFERENCE.id}.improved.basic", "zh") == "10"
    assert thresholds.named(f"{REFERENCE.id}.title", "en") == REFERENCE.title.en
    assert thresholds.named(f"{REFERENCE.id}.codes.basic", "zh").startswith("'convenience-store', 'supermarket'")
    for name in ("nothing.basic.basic", f"{REFERENCE.id}.best.basic", f"{REFERENCE.id}.basic.none", "x"):
        with pytest.raises(KeyError):
            thresholds.named(name, "zh")


def test_the_numbers_stand_in_the_profile_alone() -> None:
    rule = (spec_root() / "1.0" / "rules" / "advice" / "grade-without-categories.yaml").read_text(encoding="utf-8")
    assert not re.search(r"(?<![-0-9])(8|10|12) (种|basic)", rule.partition("cases:")[0])
    bundled = STANDARD.rule("CD715")
    for grade in GRADES:
        number = REFERENCE.grades[grade].at_least["basic"]
        assert f" {number} 种" in bundled.why.zh
        assert re.search(rf"\b{number}\b", bundled.query or "")


def test_ten_lines_are_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(TEN_LINES, encoding="utf-8")
    assert len(TEN_LINES.splitlines()) == 10
    profile = find_profile(path, STANDARD)
    assert (profile.title, profile.area, profile.own_choice) == (Text(*["某省便民生活圈评价方案"] * 2), "62", False)
    assert profile.grades["quality"].satisfaction == 0.9
    assert [item.title.zh for item in profile.lists.values()] == ["基本保障类", "品质提升类"]


def test_a_byte_order_mark_and_a_bare_date_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "ours.yml"
    path.write_bytes(b"\xef\xbb\xbf" + TEN_LINES.encode() + b"valid_from: 2026-01-01\n")
    assert str(find_profile(path, STANDARD).valid_from) == "2026-01-01"


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"source": None}, "第 1 行：缺少 source。", "line 1: source is missing."),
    ({"titel": "x"}, "第 12 行（titel）：没有这个键 titel。相近的是 title。", "(titel): there is no key titel."),
    ({"version": 1.0}, "（version）：1.0 不对。方案自己的版本，加引号", "(version): 1.0 is wrong. The profile's own"),
    ({"id": "甘肃"}, "（id）：甘肃 不对。小写英文短名", "(id): 甘肃 is wrong. A short name in lower case"),
    ({"title": ""}, "（title）：", "(title):"),
    ({"title": {"zh": "x"}}, "（title）：", "or one in zh and one in en."),
    ({"area": 62}, "（area）：62 不对。行政区划代码或开头几位，加引号", "(area): 62 is wrong. A division code"),
    ({"valid_from": "2026/1/1"}, "（valid_from）：2026/1/1 不对。从哪天起有效", "The first day, in quotes"),
    ({"valid_from": "2026-02-30"}, "（valid_from）：没有 2026-02-30 这一天。", "there is no day 2026-02-30."),
    (
        {"valid_from": "2026-02-01", "valid_to": "2026-01-01"},
        "（valid_to）：早于 valid_from。",
        "(valid_to): it lies before valid_from.",
    ),
    ({"evidence": "D"}, "（evidence）：D 不对，可以是：A、B、C、own。", "it is one of A, B, C, own."),
    ({"lists": {}}, "（lists）：是空的", "(lists): it is empty"),
    (
        {"lists": {"basic": {}}},
        "（lists.basic）：guide、class、codes 至少写一样。",
        "at least one of guide, class, codes",
    ),
    ({"lists": {"基本": {"guide": "basic"}}}, "基本 不对。名称用小写英文字母", "Names are made of small letters"),
    (
        {"lists": {"basic": {"guide": "best"}}},
        "（lists.basic.guide）：best 不对，可以是：basic、quality。",
        "basic, quality",
    ),
    ({"lists": {"basic": {"guide": "basic", "size": 23}}}, "写了 size，还要写 incomplete", "needs incomplete"),
    (
        {"lists": {"basic": {"guide": "basic", "size": 5, "incomplete": "x"}}},
        "已经列了 14 种，总数不能是 5。",
        "names 14 kinds already",
    ),
    (
        {"lists": {"basic": {"codes": ["repair", "便利店"]}}},
        "（lists.basic.codes.2）：业态要写代码：便利店 是 convenience-store。",
        "write the code: 便利店 is convenience-store.",
    ),
    (
        {"lists": {"basic": {"codes": ["repare"]}}},
        "没有业态代码 repare。相近的是 repair。",
        "there is no category repare.",
    ),
    ({"lists": {"basic": {"codes": ["repair", "repair"]}}}, "有重复的", "stands in it twice"),
    (
        {"grades": {"best": {"at_least": {"basic": 2}}}},
        "best 不对，可以是：basic、improved、quality。",
        "best is wrong",
    ),
    ({"grades": {"basic": {}}}, "（grades.basic）：是空的", "(grades.basic): it is empty"),
    ({"grades": {"basic": {"at_least": {"bassic": 2}}}}, "lists 里没有 bassic。相近的是 basic。", "no bassic in lists"),
    ({"grades": {"basic": {"at_least": {"basic": 0}}}}, "（grades.basic.at_least.basic）：0 不对", "0 is wrong"),
    ({"grades": {"basic": {"at_least": {"basic": "八"}}}}, "八 不对", "八 is wrong"),
    ({"grades": {"basic": {"at_least": {"basic": 15}}}}, "要 15 种，名单只有 14 种。", "the list has only 14."),
    (
        {"grades": {"basic": {"at_least": {"basic": 5}}, "quality": {"at_least": {"basic": 4}}}},
        "要 4 种，比低一档的 5 种还少。",
        "fewer than the 5 of the grade below",
    ),
    ({"grades": {"basic": {"satisfaction": 90}}}, "（grades.basic.satisfaction）：90 不对。总体满意", "0 to 1"),
    ({"grades": {"basic": {"all_of": ["nothing"]}}}, "没有业态代码 nothing。", "there is no category nothing."),
    (
        {"grades": {"basic": {"any_of": [["repair", "nix"]]}}},
        "（grades.basic.any_of.1.2）：没有业态代码 nix。",
        "any_of.1.2",
    ),
    ({"grades": {"basic": {"any_of": ["repair"]}}}, "（grades.basic.any_of.1）：repair 不对", "repair is wrong"),
    ({"grades": {"basic": {"groups": ["six"]}}}, "groups 里没有 six。", "there is no six in groups."),
    ({"groups": {"six": {"title": "六个一"}}}, "（groups.six）：all_of、any_of 至少写一样。", "all_of, any_of"),
    ({"own_choice": "yes"}, "（own_choice）：yes 不对。门槛是写方案的人自己定的", "true when the numbers"),
]


@pytest.mark.parametrize(("changes", "zh", "en"), FAULTS, ids=[str(fault[0]) for fault in FAULTS])
def test_a_mistake_is_named_with_what_to_write(tmp_path: Path, changes: dict[str, Any], zh: str, en: str) -> None:
    text = said(profile_file(tmp_path, **changes))
    assert zh in text.zh
    assert en in text.en
    assert text.zh.startswith("评估方案 profile.yaml 第 ")
    assert re.match(r"profile\.yaml, line [0-9]+", text.en)
    assert not re.search("[，。；：（）]", text.en)
    assert text.zh.endswith("。") and text.en.endswith((".", "categories"))


@pytest.mark.parametrize(
    ("content", "zh"),
    [
        (b"id: [a\nb: 1\n", "评估方案 p.yaml 第 2 行不是正确的 YAML。"),
        (b"id: a\nid: b\n", "评估方案 p.yaml 第 2 行：id 在第 1 行已经写过"),
        ("标题".encode("gbk"), "不是 UTF-8 文本"),
        (b"- a\n", "评估方案 p.yaml 第 1 行：要写成这些键：id、version、title"),
        (b"", "要写成这些键"),
        (b"id: &a [*a]\n", "套了自己"),
    ],
)
def test_a_file_that_is_no_profile(tmp_path: Path, content: bytes, zh: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    assert zh in said(path).zh


def test_only_the_first_mistakes_are_told(tmp_path: Path) -> None:
    text = said(profile_file(tmp_path, **{f"key{number}": 1 for number in range(7)}))
    assert len(text.zh.splitlines()) == 6
    assert (text.zh.splitlines()[-1], text.en.splitlines()[-1]) == ("还有 2 处。", "2 more.")


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    text = said("shanxi-2024")
    assert text.zh.startswith("没有评估方案 shanxi-2024。相近的是 shanxi-2023。标准带有：circledata-reference-2021、")
    assert "There is no profile shanxi-2024. The nearest is shanxi-2023." in text.en
    assert said(tmp_path / "none.yaml").zh == f"找不到评估方案 {tmp_path / 'none.yaml'}。"


def test_every_key_of_the_schema_says_in_both_languages_what_to_write() -> None:
    def walk(schema: dict[str, Any]) -> None:
        for key, item in schema.get("properties", {}).items():
            if "$ref" not in item and item is not True:
                assert re.search("[\u4e00-\u9fff]", item["description"]), key
                assert item["$comment"].startswith("en: ") and ". " in item["$comment"], key
                walk(item)
        for inner in schema.get("$defs", {}).values():
            walk(inner)

    walk(dict(_schema("1.0")))
    Draft202012Validator.check_schema(_schema("1.0"))


def test_the_schema_knows_the_grades() -> None:
    assert tuple(_schema("1.0")["properties"]["grades"]["propertyNames"]["enum"]) == GRADES
