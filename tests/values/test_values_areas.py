"""Areas."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.values.areas import read_area


@pytest.mark.parametrize(
    ("text", "m2"),
    [
        ("120平方米", "120"),
        ("1,200㎡", "1200"),
        ("120m2", "120"),
        ("120 M²", "120"),
        ("120平米", "120"),
        ("80平", "80"),
        ("80", "80"),
        ("３．５亩", "2333.33"),
        ("1亩", "666.67"),
        ("15亩", "10000"),
        ("2公顷", "20000"),
        ("1.2万平方米", "12000"),
        ("0.5平方公里", "500000"),
        ("60000平方米", "60000"),
        ("三百平米", "300"),
        ("面积：120平方米", "120"),
        ("0", "0"),
        ("12.345", "12.35"),
    ],
)
def test_areas(text: str, m2: str) -> None:
    read = read_area(text)
    assert read is not None and read.certain
    assert read.m2 == Decimal(m2)


@pytest.mark.parametrize(
    ("text", "m2", "note"),
    [
        ("约80平", 80, "about"),
        ("80平左右", 80, "about"),
        ("80多平", 80, "about"),
        ("100㎡以上", 100, "limit"),
        ("建筑面积120㎡", 120, "which-area"),
    ],
)
def test_not_certain(text: str, m2: int, note: str) -> None:
    read = read_area(text)
    assert read is not None
    assert (read.m2, read.certain, read.note) == (m2, False, note)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "10×12",
        "10*12",
        "100-200㎡",
        "-5",
        "1万",
        "5元",
        "0.5元/月/平方米",
        "两层",
        "120㎡/层",
        "9" * 30 + "亩",
    ],
)
def test_no_area(text: str) -> None:
    assert read_area(text) is None


def test_units_of_the_column() -> None:
    bare, own = read_area("2", unit="亩"), read_area("2平方米", unit="亩")
    assert bare and own
    assert (bare.m2, own.m2) == (Decimal("1333.33"), 2)
    assert read_area("2", unit="万元") is None


@given(st.decimals(0, 10**7, places=2))
def test_areas_come_back(value: Decimal) -> None:
    for text in (f"{value}㎡", f"{value:,}平方米", f"{value}"):
        read = read_area(text)
        assert read is not None and read.m2 == value


@given(st.one_of(st.text(max_size=50), st.text(alphabet="0123456789.,-平方米㎡亩公顷约万面积:", max_size=16)))
def test_never_raises(text: str) -> None:
    read = read_area(text)
    assert read is None or read.m2 >= 0
