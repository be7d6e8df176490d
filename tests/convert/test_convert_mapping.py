"""A mapping is checked before anything is read, and every mistake is said with its line and what was near."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from circledata.convert import ConversionError
from circledata.convert.mapping.headers import is_personal
from circledata.convert.mapping.model import load_mapping, mapping_names, read_mapping
from circledata.standard import load_standard, spec_root

HEAD = 'mapping: mine\nversion: "1.0"\ntitle: {zh: 我的, en: Mine}\n'
BODY = """tables:
  outlets:
    fields:
      name: [店名]
      status: {constant: open}
"""


def read(tmp_path: Path, text: str) -> Any:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, load_standard())


def mistake(tmp_path: Path, text: str) -> ConversionError:
    with pytest.raises(ConversionError) as caught:
        read(tmp_path, text)
    return caught.value


def test_the_schema_is_sound_and_says_everything_in_both_languages() -> None:
    schema = json.loads((spec_root() / "1.0" / "mapping.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for name, entry in node.get("properties", {}).items():
                if isinstance(entry, dict) and "$ref" not in entry:
                    assert entry.get("title") and entry.get("description"), name
                    assert str(entry.get("$comment", "")).startswith("en: "), name
            for value in node.values():
                walk(value)

    walk(schema)


@pytest.mark.parametrize("name", mapping_names())
def test_every_mapping_that_ships_fits(name: str) -> None:
    mapping = load_mapping(name)
    assert mapping.name == name
    assert mapping.title.zh and mapping.title.en


def test_a_short_rule_is_a_rule(tmp_path: Path) -> None:
    mapping = read(tmp_path, HEAD + BODY)
    rules = mapping.tables["outlets"].fields
    assert rules["name"].columns == ("店名",)
    assert rules["status"].constant == "open"


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("      name: [店名]", "      nam: [店名]"), 7, ("没有字段 nam", "相近的是 name")),
        (("    fields:", "    feilds:"), 6, ("没有这个键 feilds", "相近的是 fields")),
        (("  outlets:", "  outlet:"), 5, ("没有表 outlet", "相近的是 outlets")),
        (("{constant: open}", "{constant: opne}"), 8, ("opne 不是", "相近的是 open")),
        (("{constant: open}", "{constant: yes}"), 8, ("引号",)),
        (("{constant: open}", "{unit: 元}"), 8, ("没有写从哪里取",)),
        (("{constant: open}", "{from: [状态], read: dat}"), 8, ("相近的是 date",)),
        (("      name: [店名]", "      name: []"), 7, ("是空的",)),
        (("tables:", "personal: [店名]\ntables:"), 8, ("绝不转出",)),
        (("tables:", "no_record:\n  - {reason: x, column: 店名, matches: '('}\ntables:"), 5, ("正则表达式",)),
        (("tables:", "no_record:\n  - {reason: x, column: 店名}\ntables:"), 5, ("没有条件", "没有写条件")),
        (("title:", "titel:"), 3, ("没有这个键 titel",)),
    ],
)
def test_mistakes_are_said_with_their_line(
    tmp_path: Path, change: tuple[str, str], line: int, words: tuple[str, ...]
) -> None:
    error = mistake(tmp_path, (HEAD + BODY).replace(*change, 1))
    assert f"第 {line} 行" in error.text.zh, error.text.zh
    assert f"line {line}" in error.text.en
    assert any(word in error.text.zh for word in words), error.text.zh
    assert error.exit_code == 2


def test_all_mistakes_are_said_up_to_five(tmp_path: Path) -> None:
    fields = "".join(f"      feld_{number}: [x]\n" for number in range(8))
    error = mistake(tmp_path, HEAD + BODY + fields)
    assert error.text.zh.count("没有字段") == 5
    assert "还有 3 处" in error.text.zh


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mapping: [", "line 2"),
        (HEAD + BODY + "tables: {}\n", "stands in line 4 already"),
        (HEAD, "tables is missing"),
        ("", "it should be"),
        ("- 1", "it should be"),
    ],
)
def test_files_that_are_no_mapping(tmp_path: Path, text: str, words: str) -> None:
    assert words in mistake(tmp_path, text).text.en


def test_a_mapping_that_is_not_there_or_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    with pytest.raises(ConversionError, match="no mapping file"):
        read_mapping(path, load_standard())
    path.write_bytes((HEAD + BODY).encode("gb18030"))
    with pytest.raises(ConversionError, match="no UTF-8"):
        read_mapping(path, load_standard())


def test_a_column_that_the_file_does_not_have(convert_own: Any) -> None:
    with pytest.raises(ConversionError) as caught:
        convert_own("店名,营业地址\n甲,乙\n", BODY.replace("status:", "address: [经营地址]\n      status:"))
    assert "没有列 经营地址" in caught.value.text.zh
    assert "相近的列是 营业地址" in caught.value.text.zh
    assert "line 8" in caught.value.text.en


def test_an_optional_column_may_be_missing(convert_own: Any) -> None:
    more = BODY.replace("status:", "address: {from: [经营地址], optional: true}\n      status:")
    assert convert_own("店名\n甲\n", more).outlet["name"] == "甲"


def test_columns_are_found_however_they_are_written(convert_own: Any) -> None:
    body = BODY.replace("[店名]", "[店 名]").replace("status:", "floor_area_m2: [面积]\n      status:")
    outlet = convert_own("* 店名 ,面积（亩）\n甲,3\n", body).outlet
    assert (outlet["name"], outlet["floor_area_m2"]) == ("甲", "2000")


@pytest.mark.parametrize(
    ("header", "personal"),
    [
        ("联系方式", True),
        ("联系方式/营业时间", False),
        ("联系方式/手机", True),
        ("法定代表人/电话", True),
        ("企业法人名称", False),
        ("经营者名称", False),
        ("店主", True),
    ],
)
def test_a_header_tells_by_its_words_whether_its_column_is_about_persons(header: str, personal: bool) -> None:
    assert is_personal(header) is personal
