"""Brands: their spellings are joined by Wikidata id, within the data, Chinese first."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from circledata.convert import ConversionError, convert_files

CAFE = {"amenity": "cafe", "name": "示例"}
STARBUCKS = {**CAFE, "brand:wikidata": "Q37158"}


def brands(result: Any) -> list[str]:
    return [outlet["brand"] for outlet in result.outlets]


def test_spellings_of_one_id_are_joined(convert: Any) -> None:
    result = convert({**STARBUCKS, "brand": "星巴克"}, {**STARBUCKS, "brand": "Starbucks"}, STARBUCKS)
    assert brands(result) == ["星巴克"] * 3
    assert ("brand", "Starbucks", "星巴克", "brand-joined") in result.changes


def test_the_most_frequent_chinese_spelling_wins(convert: Any) -> None:
    spellings = ["星巴克咖啡", "星巴克", "星巴克", "Starbucks", "Starbucks", "Starbucks"]
    result = convert(*({**STARBUCKS, "brand": spelling} for spelling in spellings))
    assert brands(result) == ["星巴克"] * 6


def test_features_that_are_no_outlets_teach_spellings_too(convert: Any) -> None:
    parking = {"amenity": "parking", "brand:wikidata": "Q37158", "brand:zh": "星巴克"}
    assert brands(convert(parking, {**STARBUCKS, "brand": "Starbucks"})) == ["星巴克"]


def test_a_spelling_without_id_follows_the_one_with_id(convert: Any) -> None:
    result = convert({**STARBUCKS, "brand": "星巴克", "brand:en": "Starbucks"}, {**CAFE, "brand": "STARBUCKS"})
    assert brands(result) == ["星巴克", "星巴克"]


def test_a_spelling_of_two_ids_is_not_joined(convert: Any) -> None:
    first = {**CAFE, "brand:wikidata": "Q1", "brand:zh": "甲", "brand": "Same"}
    second = {**CAFE, "brand:wikidata": "Q2", "brand:zh": "乙", "brand": "Same"}
    assert brands(convert(first, second, {**CAFE, "brand": "Same"})) == ["甲", "乙", "Same"]


def test_without_a_chinese_spelling_the_other_one_stands(convert: Any) -> None:
    assert brands(convert({**CAFE, "brand": "Wagas", "brand:wikidata": "Q9"})) == ["Wagas"]


def test_chain_only_where_a_brand_is_given_and_left_to_a_person(convert: Any) -> None:
    result = convert({**CAFE, "brand": "甲"}, STARBUCKS, CAFE)
    assert [outlet["chain"] for outlet in result.outlets] == ["chain", "chain", "unknown"]
    assert result.conversion.decisions["chain-from-brand"] == 2


def test_the_users_own_brands_count_wherever_a_name_holds_them(tmp_path: Path) -> None:
    source, brands = tmp_path / "list.csv", tmp_path / "brands.txt"
    source.write_text(
        "网点名称,业态,地址\n万达广场示例鸡(凉州店),餐饮店,一路 1 号\n无名小店,便利店,二路 2 号\n", encoding="utf-8"
    )
    brands.write_text("品牌;写法\n示例鸡;EXK\n", encoding="gb18030")
    convert_files(
        [source], division_code="620602", as_of=date(2024, 12, 31), to=tmp_path / "out", source="table", brands=brands
    )
    with (tmp_path / "out" / "outlets.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["brand"], row["chain"]) for row in rows] == [("示例鸡", "chain"), ("", "unknown")]


def test_a_spelling_of_two_brands_is_refused(tmp_path: Path) -> None:
    source, brands = tmp_path / "list.csv", tmp_path / "brands.txt"
    source.write_text("网点名称,业态\n示例鸡,餐饮店\n", encoding="utf-8")
    brands.write_text("示例鸡;EXK\n样板鸡;EXK\n", encoding="utf-8")
    with pytest.raises(ConversionError) as caught:
        convert_files(
            [source], division_code="620602", as_of=date(2024, 12, 31), to=tmp_path / "out", source="table",
            brands=brands,
        )  # fmt: skip
    assert "第 2 行" in caught.value.text.zh
    assert not (tmp_path / "out").exists()
