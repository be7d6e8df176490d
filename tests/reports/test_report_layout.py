"""Text laid out for terminals: Chinese characters are two columns wide, invisible ones become visible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.reports.layout import CLOSING, display_width, pad, shorten, table, visible, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张记 面馆", "张记 面馆"),
        ("a\tb\nc\r", "a\\tb\\nc\\r"),
        ("\x00\x1b\x7f", "\\x00\\x1b\\x7f"),
        ("\u200b\u202e\ufeff\u3000", "\\u200b\\u202e\\ufeff\\u3000"),
        ("\ud800", "\\ud800"),
        ("\U000e0001", "\\U000e0001"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_widths() -> None:
    assert display_width("网点 a") == 6
    assert pad("网", 4) == "网  "
    assert pad("网", 4, right=True) == "  网"
    assert list(table([["表", "1"], ["outlets", "12"]], right=frozenset({1}))) == ["表        1", "outlets  12"]


@given(st.text(max_size=200), st.integers(4, 60))
def test_shortened_text_fits(text: str, columns: int) -> None:
    short = shorten(text, columns)
    assert display_width(short) <= columns
    assert short == visible(text) or short.endswith("…")


@given(st.text(alphabet="网点，。“”（）a b-", max_size=200), st.integers(12, 60))
def test_wrapping_keeps_the_text_and_the_width(text: str, columns: int) -> None:
    lines = list(wrap(text, columns, first="> ", rest="  "))
    assert "".join(lines).replace(" ", "") == ">" + text.replace(" ", "")


def test_no_line_begins_with_closing_punctuation() -> None:
    text = "生活圈的编号，区划代码、连字符、字母和序号。（一经使用，永不改变）" * 5
    for columns in range(12, 60):
        lines = list(wrap(text, columns))
        assert not [line for line in lines if line[0] in CLOSING]
        assert max(map(display_width, lines)) <= columns
