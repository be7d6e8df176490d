"""Reads numbers written in Chinese characters: 三万五千, 二百零六, 十五, 一点五万, 二〇二六, 壹贰叁."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = "〇○◯零一二三四五六七八九两壹贰叁肆伍陆柒捌玖貳參陸兩幺"
"""Chinese characters for the digits 0 to 9, in everyday and in banker's writing; a class of a regular expression."""

_VALUES = dict(
    zip(DIGITS, (0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 6, 2, 1), strict=True)
)
_TO_ASCII = str.maketrans({character: str(value) for character, value in _VALUES.items()})
_PLAIN = str.maketrans("拾佰仟萬億", "十百千万亿")
_DIGIT = re.compile(f"[0-9{DIGITS}]")
# A section of up to four places. A last digit without 零 takes the place below: 三百五 is 350, 三百零五 is 305.
_SECTION = re.compile("(?:([1-9])千)?(0)?(?:([1-9])百)?(0)?(?:([1-9])?十)?(0)?([1-9])?")


def digits_of(text: str) -> str:
    """Return `text` with Chinese digit characters as 0-9, each by itself: 二〇二六 gives 2026. 十 and 百 stay."""
    return text.translate(_TO_ASCII)


def whole_number(text: str) -> int | None:
    """Return the value of a whole number in Chinese characters, below 10**16, or None when it is not clearly one.

    Places (十 百 千 万 亿) and strings of digits (二〇二六) are read, also with digits 0-9 before a place (3万5千).
    A last digit without its place takes the one below, as in speech: 三万五 is 35000.
    """
    plain = digits_of(text.translate(_PLAIN))
    if not plain or len(plain) > 32:
        return None
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) <= 16 else None
    return _places(plain)


def number(text: str) -> Decimal | None:
    """Return the value of a number in Chinese characters, also with a decimal part: 一点五万, 三点二, 1.5万.

    None when it is not clearly one.
    """
    fraction = re.fullmatch(f"([^点.]+)[点.]([0-9{DIGITS}]+)([万亿萬億]?)", text)
    if fraction is None:
        whole = whole_number(text)
        return None if whole is None else Decimal(whole)
    whole = whole_number(fraction.group(1))
    if whole is None or (fraction.group(3) and whole >= 10_000):
        return None
    scale = {"": 1, "万": 10**4, "亿": 10**8}[fraction.group(3).translate(_PLAIN)]
    return Decimal(f"{whole}.{digits_of(fraction.group(2))}") * scale


def _places(plain: str) -> int | None:
    for sign, scale in (("亿", 10**8), ("万", 10**4)):
        before, found, after = plain.rpartition(sign)
        if not found:
            continue
        high = _places(before)
        if not high or high >= 10**8 // (1 if sign == "亿" else 10**4):
            return None
        low = _below(after, scale)
        return None if low is None else high * scale + low
    return _section(plain)


def _below(after: str, scale: int) -> int | None:
    """Return what stands after 万 or 亿; a single digit takes the place just below."""
    if not after:
        return 0
    if re.fullmatch("[1-9]", after):
        return int(after) * scale // 10
    low = _places(after)
    return low if low is not None and low < scale else None


def _section(plain: str) -> int | None:
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) <= 8 else None
    found = _SECTION.fullmatch(plain)
    if found is None or not plain:
        return None
    thousands, _, hundreds, _, tens, gap, last = found.groups()
    ten = int(tens or 1) if "十" in plain else 0
    value = int(thousands or 0) * 1000 + int(hundreds or 0) * 100 + ten * 10
    if not last:
        return None if plain.endswith("0") else value
    spoken = not ten and not gap and "0" not in plain
    if spoken and hundreds:
        return value + int(last) * 10
    if spoken and thousands:
        return value + int(last) * 100
    return value + int(last)
