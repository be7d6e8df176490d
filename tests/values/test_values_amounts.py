"""Amounts of money, plain numbers, shares, units, Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.values.amounts import NOTES, quantity, read_amount, read_number, read_share
from circledata.values.numerals import number, whole_number
from circledata.values.units import canonical_unit, unit_of_header


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("5万元", "50000"),
        ("50000", "50000"),
        ("50000元", "50000"),
        ("5千元", "5000"),
        ("3百万元", "3000000"),
        ("2百万", "2000000"),
        ("1.2亿元", "120000000"),
        ("5万", "50000"),
        ("5w", "50000"),
        ("5.5 万元", "55000"),
        ("￥1,234.50", "1234.5"),
        ("¥500元", "500"),
        ("人民币500元", "500"),
        ("500元人民币", "500"),
        ("RMB 500", "500"),
        ("１，２３４．５元", "1234.5"),
        ("1,234,567", "1234567"),
        ("三万五千元", "35000"),
        ("三万五", "35000"),
        ("叁万伍仟元整", "35000"),
        ("50000元整", "50000"),
        ("两百", "200"),
        ("一点五万元", "15000"),
        ("十万元", "100000"),
        ("壹拾贰万叁仟肆佰伍拾陆元柒角捌分", "123456.78"),
        ("壹佰元零伍分", "100.05"),
        ("12元5角", "12.5"),
        ("3万5千元", "35000"),
        ("3万5000元", "35000"),
        ("3亿2000万元", "320000000"),
        ("5百元", "500"),
        (".5", "0.5"),
        ("0", "0"),
        ("-500", "-500"),
        ("−500元", "-500"),
        ("(500)", "-500"),
        ("（500元）", "-500"),
        ("￥-500", "-500"),
        ("负500元", "-500"),
        ("(1,234.50)", "-1234.5"),
    ],
)
def test_amounts(text: str, yuan: str) -> None:
    read = read_amount(text)
    assert read is not None and read.certain
    assert read.yuan == Decimal(yuan)


@pytest.mark.parametrize(
    ("text", "yuan", "note"),
    [
        ("约5万元", 50000, "about"),
        ("5万元左右", 50000, "about"),
        ("5万余元", 50000, "about"),
        ("10余万元", 100000, "about"),
        ("三十余万元", 300000, "about"),
        ("5万多元", 50000, "about"),
        ("近 3 万", 30000, "about"),
        ("不超过5万元", 50000, "limit"),
        ("10万元以上", 100000, "limit"),
        ("≤5万元", 50000, "limit"),
    ],
)
def test_rough_amounts_are_not_certain(text: str, yuan: int, note: str) -> None:
    read = read_amount(text)
    assert read is not None
    assert (read.yuan, read.certain, read.note) == (yuan, False, note)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "暂无报价",
        "面议",
        "0.5元/月/平方米",
        "20万元/年",
        "每月500元",
        "5-10万元",
        "5万至10万",
        "3万5",
        "12,34",
        "1,23,456",
        "1.234,5",
        "100美元",
        "$100",
        "500 000",
        "10%",
        "1.2E+05",
        "几万元",
        "近百万元",
        "500元300元",
        "--5",
        "-(5)",
        "10×12",
        "100平方米",
        "9" * 60,
    ],
)
def test_no_amount(text: str) -> None:
    assert read_amount(text) is None


def test_the_cell_s_own_unit_wins_over_the_column_s() -> None:
    bare, own = read_amount("5", unit="万元"), read_amount("50000元", unit="万元")
    assert bare and own
    assert (bare.yuan, bare.unit, bare.own_unit) == (50000, "万元", False)
    assert (own.yuan, own.unit, own.own_unit) == (50000, "元", True)


@pytest.mark.parametrize("text", ["￥5", "三万五", "人民币500"])
def test_a_cell_that_says_yuan_in_another_way_is_not_scaled_again(text: str) -> None:
    read = read_amount(text, unit="万元")
    assert read is not None
    assert (read.certain, read.note, read.unit) == (False, "which-unit", "元")


def test_bare_numbers_under_a_rate_or_another_unit_are_no_amounts() -> None:
    assert read_amount("30", unit="元/月/㎡") is None
    assert read_amount("30", unit="平方米") is None
    assert read_amount("30元", unit="平方米") is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("5.0", "5"),
        ("１２", "12"),
        ("1,234.5", "1234.5"),
        ("-3", "-3"),
        ("(3)", "-3"),
        ("三十五", "35"),
        ("12家", "12"),
        ("35人", "35"),
        ("3.5万", "35000"),
        ("1.2E+05", "120000"),
        ("5.", "5"),
        ("'7", "7"),
        ("007", "7"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "约12", "12以上", "3-5", "12元", "85%", "0x10", "1_000", "12,34", "NaN", "inf", "1e999", "第3"]
)
def test_no_numbers(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("85%", "0.85"),
        ("85.5％", "0.855"),
        ("0.85", "0.85"),
        ("百分之八十五", "0.85"),
        ("千分之五", "0.005"),
        ("5‰", "0.005"),
        ("八成", "0.8"),
        ("八成五", "0.85"),
        ("九成半", "0.95"),
        ("8.5成", "0.85"),
        ("十成", "1"),
        ("100%", "1"),
        ("0", "0"),
        ("1", "1"),
    ],
)
def test_shares(text: str, share: str) -> None:
    assert read_share(text) == Decimal(share)


@pytest.mark.parametrize("text", ["", "85", "120%", "-5%", "1/2", "成", "%", "约85%", "大部分"])
def test_no_shares(text: str) -> None:
    assert read_share(text) is None


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("补贴金额(万元)", "万元"),
        ("补贴金额（万元）", "万元"),
        ("金额(单位：万元)", "万元"),
        ("金额【元】", "元"),
        ("单位：元", "元"),
        ("金额/万元", "万元"),
        ("金额_元", "元"),
        ("投资额：万元", "万元"),
        ("投资金额万元", "万元"),
        ("面积（㎡）", "平方米"),
        ("营业面积[平米]", "平方米"),
        ("面积/平方米", "平方米"),
        ("占比(%)", "%"),
        ("人口（人）", "人"),
        ("奖补资金(元)（2024）", "元"),
        ("租金(元/月/㎡)", "元/月/㎡"),
        ("名称", None),
        ("备注(可空)", None),
        ("状态", None),
        ("单元", None),
        ("", None),
    ],
)
def test_units_of_headers(header: str, unit: str | None) -> None:
    assert unit_of_header(header) == unit


def test_units() -> None:
    assert canonical_unit("㎡") == canonical_unit("M2") == canonical_unit("m²") == "平方米"
    assert canonical_unit("万") == "万元"
    assert canonical_unit("美元") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("一百五", 150),
        ("三千五", 3500),
        ("三千零五", 3005),
        ("一万二", 12000),
        ("一万零二", 10002),
        ("三万五千", 35000),
        ("十二万三千四百五十六", 123456),
        ("一亿二千万", 120000000),
        ("一万亿", 10**12),
        ("二〇二六", 2026),
        ("贰佰", 200),
        ("3万5千", 35000),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert whole_number(text) == value


@pytest.mark.parametrize("text", ["", "百", "万", "十百", "五十百", "三万五万", "一二十", "千万亿亿", "abc", "一" * 40])
def test_no_chinese_numerals(text: str) -> None:
    assert whole_number(text) is None


_FIGURES = "零一二三四五六七八九"


def _spelled(value: int) -> str:
    """Spell a number below 10**8 as Chinese writes it."""
    if value >= 10_000:
        low = value % 10_000
        return _spelled(value // 10_000) + "万" + ("" if not low else ("零" if low < 1000 else "") + _spelled(low))
    text, gap = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = value // place % 10
        if figure:
            text += ("零" if gap and text else "") + _FIGURES[figure] + sign
        gap = not figure
    return text or "零"


@given(st.integers(0, 10**8 - 1))
def test_every_number_that_is_spelled_out_comes_back(value: int) -> None:
    assert whole_number(_spelled(value)) == value
    assert number(_spelled(value)) == value


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["元", "万元", "亿元", ""]))
def test_amounts_come_back(value: Decimal, unit: str) -> None:
    factor = {"元": 1, "": 1, "万元": 10**4, "亿元": 10**8}[unit]
    for text in (f"{value}{unit}", f"{value:,}{unit}", f"￥{value:,}{unit}"):
        read = read_amount(text)
        assert read is not None and read.certain
        assert read.yuan == value * factor
    assert read_number(f"{value:,}") == value


@given(
    st.one_of(
        st.text(max_size=50),
        st.text(alphabet="0123456789.,-+()%万亿千元整约余左右¥一二三十百点成分之eE /", max_size=16),
    )
)
def test_never_raises(text: str) -> None:
    read = read_amount(text)
    assert read is None or not read.note or read.note in NOTES
    read_number(text)
    quantity(text)
    unit_of_header(text)
    share = read_share(text)
    assert share is None or 0 <= share <= 1
