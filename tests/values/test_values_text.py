"""Single texts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.values.text import ascii_signs, clean, half_width, has_han, is_placeholder
from circledata.values.variants import Variant, fold, unify, variant_forms


def test_clean_tidies_blanks_and_drops_what_cannot_be_seen() -> None:
    assert clean(" 东大街\u3000 1\u00a0号\r\n\ufeff二楼\u200b\x00 ") == "东大街 1 号 二楼"
    assert clean("a\tb") == "a b"


def test_half_width_keeps_chinese_punctuation() -> None:
    assert half_width("Ｋ１２（东店），") == "K12（东店），"


def test_has_han() -> None:
    assert has_han("Costa咖啡")
    assert has_han("𠮷野家")
    assert not has_han("Starbucks ラーメン")


def test_placeholders() -> None:
    assert all(is_placeholder(text) for text in ("-", " 无 ", "N/A", "[]", "暂无", "——", "／", "#N/A", "未填写", "{}"))
    assert not any(is_placeholder(text) for text in ("", "无名小店", "0", "-1", "(空)", "(跳过)", "面议"))


def test_ascii_signs_for_numbers_and_dates() -> None:
    assert ascii_signs("（０５１０）８５５５－１２３４") == "(0510)8555-1234"
    assert ascii_signs("￥１，２３４．５") == "¥1,234.5"
    assert ascii_signs("2026—03—01\u3000") == "2026-03-01 "


def test_unify_takes_doubles_for_what_they_stand_for_and_nothing_else() -> None:
    assert unify("⻄湖⾕⼯⻔") == "西湖谷工门"
    assert unify("\uf9dc昌") == "隆昌"
    assert unify("臺州（椒江）①㎡Ａ") == "臺州（椒江）①㎡Ａ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("肯德基（西湖店）", "肯德基(西湖店)"),
        ("【肯德基】西湖店", "[肯德基] 西湖店"),
        ("7-ELEVEN　便利店", "７－Ｅｌｅｖｅｎ便利店"),
        ("玛丽·安妮", "玛丽•安妮"),
        ("⻄湖超市", "西湖超市"),
        ("Starbucks®", "STARBUCKS"),
        ("二○二号店", "二〇二号店"),
        ("Café", "Cafe\u0301"),
    ],
)
def test_names_that_compare_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("臺州小吃", "台州小吃"), ("一店", "二店"), ("Café", "Cafe"), ("A+店", "A店"), ("···", "---")]
)
def test_names_that_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_variant_forms_are_listed_and_nothing_is_changed() -> None:
    assert variant_forms("臺州⻔店") == [Variant(0, "臺", "台"), Variant(2, "⻔", "门")]
    assert variant_forms("台州门店") == []


@given(st.text(max_size=30))
def test_keys_are_stable(text: str) -> None:
    assert fold(text) == fold(text)
    assert unify(unify(text)) == unify(text)
    assert len(unify(text)) == len(text) or any(character >= "\u2f00" for character in text)
    assert unicodedata.normalize("NFKC", unify(text)) == unicodedata.normalize("NFKC", unify(unify(text)))
    variant_forms(text)
    is_placeholder(text)
    assert ascii_signs(ascii_signs(text)) == ascii_signs(text)
