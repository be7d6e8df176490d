"""Units of money, area and share: their spellings, their factors, and the unit that a column's header names."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from circledata.values.text import ascii_signs

MONEY: Final[dict[str, Decimal]] = {
    "分": Decimal("0.01"),
    "角": Decimal("0.1"),
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "十万元": Decimal(100_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}
"""Yuan in one of each unit of money."""

AREA: Final[dict[str, Decimal]] = {
    "平方米": Decimal(1),
    "万平方米": Decimal(10_000),
    "亩": Decimal(10_000) / 15,
    "公顷": Decimal(10_000),
    "平方公里": Decimal(1_000_000),
}
"""Square metres in one of each unit of area; 15 亩 are one hectare."""

_SPELLINGS: Final[dict[str, str]] = {
    **{unit: unit for unit in (*MONEY, *AREA)},
    **{
        "块": "元",
        "块钱": "元",
        "圆": "元",
        "元整": "元",
        "rmb": "元",
        "cny": "元",
        "人民币": "元",
        "人民币元": "元",
        "¥": "元",
        "yuan": "元",
    },
    **{
        "千": "千元",
        "万": "万元",
        "萬元": "万元",
        "w": "万元",
        "百万": "百万元",
        "千万": "千万元",
        "亿": "亿元",
        "億元": "亿元",
    },
    **{
        "㎡": "平方米",
        "m²": "平方米",
        "m2": "平方米",
        "m^2": "平方米",
        "平米": "平方米",
        "平": "平方米",
        "平方": "平方米",
        "sqm": "平方米",
    },
    **{
        "万㎡": "万平方米",
        "万m²": "万平方米",
        "万m2": "万平方米",
        "万平米": "万平方米",
        "万平": "万平方米",
        "万平方": "万平方米",
    },
    **{
        "ha": "公顷",
        "hm²": "公顷",
        "hm2": "公顷",
        "km²": "平方公里",
        "km2": "平方公里",
        "㎢": "平方公里",
        "平方千米": "平方公里",
        "市亩": "亩",
    },
    **{"%": "%", "百分比": "%", "‰": "‰"},
    **{
        word: word
        for word in (
            "人",
            "万人",
            "户",
            "万户",
            "家",
            "个",
            "处",
            "间",
            "张",
            "台",
            "条",
            "份",
            "分钟",
            "小时",
            "米",
            "公里",
            "天",
            "年",
            "月",
        )
    },
}
_IN_BRACKETS = re.compile(
    r"[(\[【{<]\s*(?:单位|unit|计量单位)?\s*[::]?\s*([^()\[\]【】{}<>]{1,12}?)\s*[)\]】}>]", re.IGNORECASE
)
_AFTER_SIGN = re.compile(r"(?:单位|unit)\s*[::]\s*(\S{1,12})|[/_|·:,]\s*([^/_|·:,\s]{1,8})$", re.IGNORECASE)
_RATE = re.compile(r"[/每]")
_AT_END = re.compile(r"(?:[十百千]?万元|亿元|[百千]元|万?平方米|万?㎡|公顷|平方公里|%)$")


def canonical_unit(text: str) -> str | None:
    """Return the standard's spelling of a unit: ㎡ and m2 give 平方米, 万 gives 万元; None for any other word."""
    return _SPELLINGS.get(ascii_signs(text).strip().lower().replace(" ", ""))


@lru_cache(maxsize=4_096)
def unit_of_header(text: str) -> str | None:
    """Return the unit that a column's header names, in the standard's spelling: 补贴金额(万元) gives 万元.

    A unit stands in brackets, after 单位：, after a sign at the end (金额/万元, 金额_万元), or at the end as a word
    that means nothing else (金额万元). A rate such as 租金(元/月/㎡) is returned as written, so that a reader of
    amounts refuses its bare numbers instead of taking them for yuan. None when no unit is named.
    """
    plain = ascii_signs(text).strip()
    for found in (*_IN_BRACKETS.finditer(plain), *_AFTER_SIGN.finditer(plain)):
        named = next(group for group in found.groups() if group)
        unit = canonical_unit(named)
        if unit is not None:
            return unit
        if _RATE.search(named) and canonical_unit(_RATE.split(named)[0]) is not None:
            return named
    tail = _AT_END.search(plain)
    return canonical_unit(tail.group()) if tail and tail.start() else None
