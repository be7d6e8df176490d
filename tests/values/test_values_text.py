"""Single texts."""

from __future__ import annotations

from circledata.values.text import clean, half_width, has_han, is_placeholder


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
    assert all(is_placeholder(text) for text in ("-", " 无 ", "N/A", "[]", "暂无"))
    assert not any(is_placeholder(text) for text in ("", "无名小店", "0"))
