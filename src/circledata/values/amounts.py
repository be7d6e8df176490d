"""Reads amounts of money, plain numbers and shares: 3.5万元, 1,234.5, 三万五千元整, (500), 约20万, 85.5%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from circledata.values.numerals import DIGITS, digits_of, number
from circledata.values.text import ascii_signs, clean
from circledata.values.units import MONEY, canonical_unit, unit_of_header

__all__ = [
    "NOTES",
    "AmountReading",
    "Quantity",
    "quantity",
    "read_amount",
    "read_number",
    "read_share",
    "unit_of_header",
]


@dataclass(frozen=True, slots=True)
class AmountReading:
    """An amount in `yuan`; `unit`: the unit that was applied in the standard's spelling, `own_unit`: the cell named it.

    `certain` is False when the text says that the amount is rough or a limit; `note` then is a key of `NOTES`.
    """

    yuan: Decimal
    unit: str
    certain: bool
    own_unit: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit text behind it, as written; `note` is a key of `NOTES` when it is rough or a limit."""

    value: Decimal
    unit: str
    note: str = ""


NOTES: Final[dict[str, tuple[str, str]]] = {
    "about": ("写的是大概数", "the text gives a rough number"),
    "which-unit": (
        "单元格自带货币符号或“万”“亿”字样，与列的单位可能重复",
        "the cell's own sign or word may stand for the column's unit",
    ),
    "limit": ("写的是上限或下限", "the text gives a limit"),
    "which-area": ("写明了是哪一种面积", "the text says which kind of area"),
    "rounded": ("换算后四舍五入到两位小数", "rounded to two decimals after conversion"),
}
"""What the codes in `note` mean, zh and en."""

_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+"
_PLAIN_NUMBER = re.compile(
    rf"([-+]?)(?:({_GROUPED}|[0-9]{{1,18}})(\.[0-9]{{0,12}})?|(\.[0-9]{{1,12}}))(?:[eE]([-+]?[0-9]{{1,2}}))?"
)
_HEAD = re.compile(rf"(?:{_GROUPED}|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+")
_HAN_HEAD = re.compile(f"[0-9.点十百千万亿拾佰仟萬億{DIGITS}]+")
_ABOUT_BEFORE = re.compile("^(?:大约|大概|约为|约合|约|近|将近|接近|[~≈])")
_ABOUT_AFTER = re.compile(
    "(?:左右|上下|多|余|来|许|\\+)$|(?<=[万亿千百十0-9])(?:余|多|来|几)(?=[万亿]?[元块]?$)|(?:余|多)(?=(?:[万亿千百]*元|平方米|平米|㎡|平|亩|公顷)$)"
)
_LIMIT = re.compile(
    "^(?:不超过|不高于|不低于|不少于|最高|最多|最低|最少|至少|至多|超过|超|逾|上限|下限|[<>≤≥]=?)|(?:以上|以下|以内|之内|内|起)$"
)
_CURRENCY = re.compile(r"^(?:人民币|rmb|cny|¥)\s*|\s*(?:人民币|rmb|cny)$", re.IGNORECASE)
_PARTS = re.compile(r"([0-9.]+)亿([0-9.]+)(万)?元?|([0-9.]+)万([0-9.]+)(千)?元?")
_FORMAL = re.compile(f"([^元圆块角分]+)[元圆块](?:零?([{DIGITS}0-9])[角毛])?(?:零?([{DIGITS}0-9])分)?[整正]?")
_OWN_SIGN = re.compile("[万亿萬億千仟百佰¥￥]|人民币|rmb|cny", re.IGNORECASE)
_SIMPLE = re.compile("(-?[0-9]{1,15}(?:[.][0-9]{1,8})?)(元|万元|万|平方米|平米|㎡|)")
_COUNTER = re.compile("[个家户人名位间处台份条张次项种套栋座幢层所辆件株批期]$")


def quantity(text: str) -> Quantity | None:
    """Split a text into a number and the unit text behind it; None when it does not begin with exactly one number.

    Full width, thousands separators, a minus sign or accounting brackets, Chinese numerals, 约 / 左右 / 余 and limits
    (不超过, 以上) are understood. The unit is not judged here. Never raises.
    """
    simple = _SIMPLE.fullmatch(text)
    if simple:
        return Quantity(Decimal(simple[1]), simple[2])
    plain = ascii_signs(clean(text)).strip(" '").rstrip(".")
    plain = re.sub(r"(?<=[0-9]) (?=[^0-9])|(?<=[^0-9A-Za-z]) ", "", plain)
    if not plain or len(plain) > 48:
        return None
    plain, note = _notes(plain)
    sign = 1
    if plain[:1] == "(" and plain[-1:] == ")":
        sign, plain = -1, plain[1:-1]
    plain = _CURRENCY.sub("", plain)
    if plain[:1] in {"-", "负", "+"}:
        if sign < 0:
            return None
        sign, plain = (1 if plain[0] == "+" else -1), _CURRENCY.sub("", plain[1:])
    read = _leading(plain)
    return None if read is None else Quantity(sign * read[0], read[1].strip(), note)


@lru_cache(maxsize=65_536)
def read_amount(text: str, *, unit: str | None = None) -> AmountReading | None:
    """Read an amount of money in yuan; None for other text, a rate (0.5元/月/平方米), a range or a foreign currency.

    `unit`: the unit of the column (one of `units.MONEY` or its spellings) for cells without their own; without it
    bare numbers are yuan. A cell's own unit always wins. With a `unit` that is no unit of money, such as the rate
    元/月, only cells that name their own unit are read. Bracketed and signed negatives are negative. Never raises.
    """
    found = quantity(text)
    if found is None:
        return None
    own = re.sub("[整正]$", "", found.unit)
    if not own and unit and canonical_unit(unit) not in {None, "元"} and _OWN_SIGN.search(text):
        return AmountReading(_tidy(found.value), "元", False, False, "which-unit")
    scale = canonical_unit(own) if own else canonical_unit(unit) if unit else "元"
    if scale is not None and scale in MONEY:
        return AmountReading(_tidy(found.value * MONEY[scale]), scale, not found.note, bool(own), found.note)
    return None


def read_number(text: str) -> Decimal | None:
    """Read one plain number: full width, thousands separators, brackets for minus, Chinese numerals, 1.2E+05, 3.5万.

    A counter behind it (12家, 35人) is dropped. Rough numbers, limits, ranges, shares and any other unit give None.
    """
    plain = ascii_signs(clean(text)).strip("' ")
    bare = _PLAIN_NUMBER.fullmatch(plain)
    if bare:
        return _plain(bare)
    found = quantity(_COUNTER.sub("", plain))
    if found is None or found.note:
        return None
    scale = {"": 0, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}.get(found.unit)
    return None if scale is None else _tidy(found.value.scaleb(scale))


def read_share(text: str) -> Decimal | None:
    """Read a share as a number from 0 to 1: 85.5%, 百分之八十五, 千分之五, 八成, 八成五, 0.855.

    A bare number above 1 may have lost its percent sign or be no share at all: None. So is anything below 0 or over 1.
    """
    plain = ascii_signs(clean(text)).replace(" ", "")
    found = re.fullmatch(r"(.+)([%‰])|(百分之|千分之)(.+)", plain)
    tenths = re.fullmatch(f"([0-9.]+|[{DIGITS}十])成(?:([{DIGITS}])|半)?", plain)
    value: Decimal | None
    if found:
        value = read_number(found[1] or found[4])
        scale = 2 if found[2] == "%" or found[3] == "百分之" else 3
        value = None if value is None else value.scaleb(-scale)
    elif tenths:
        value = read_number(tenths[1])
        rest = (
            Decimal(digits_of(tenths[2])) / 100
            if tenths[2]
            else Decimal("0.05")
            if plain.endswith("半")
            else Decimal(0)
        )
        value = None if value is None else value.scaleb(-1) + rest
    else:
        bare = _PLAIN_NUMBER.fullmatch(plain)
        value = _plain(bare) if bare else None
    return _tidy(value) if value is not None and 0 <= value <= 1 else None


def _notes(plain: str) -> tuple[str, str]:
    """Take the words off that make a number rough or a limit."""
    bare = _LIMIT.sub("", plain)
    note = "limit" if bare != plain else ""
    rough = _ABOUT_AFTER.sub("", _ABOUT_BEFORE.sub("", bare))
    return rough, note or ("about" if rough != bare else "")


def _leading(plain: str) -> tuple[Decimal, str] | None:
    formal = _FORMAL.fullmatch(plain) if re.search("[角毛分]|[元圆块][整正]", plain) else None
    if formal:
        return _formal(formal)
    mixed = _PARTS.fullmatch(plain)
    if mixed:
        return _mixed(mixed)
    head = _HEAD.match(plain)
    if head and not re.match(f"[0-9.,点十百千{DIGITS}]", plain[head.end() : head.end() + 1]):
        return Decimal(head.group().replace(",", "")), plain[head.end() :]
    if head and plain[head.end() :] in {"百元", "千元", "百万元", "千万元", "百万", "千万", "千", "十万元"}:
        return Decimal(head.group().replace(",", "")), plain[head.end() :]
    han = _HAN_HEAD.match(plain)
    if han is None or "," in plain:
        return None
    value = number(han.group())
    return None if value is None else (value, plain[han.end() :])


def _formal(found: re.Match[str]) -> tuple[Decimal, str] | None:
    """Read 元角分: 壹佰贰拾元伍角整, 12元5角."""
    head = _HEAD.fullmatch(found[1])
    whole = Decimal(found[1].replace(",", "")) if head else number(found[1])
    if whole is None or (head and "." in found[1] and (found[2] or found[3])):
        return None
    tenths, hundredths = (Decimal(digits_of(part)) if part else Decimal(0) for part in (found[2], found[3]))
    return whole + tenths / 10 + hundredths / 100, "元"


def _mixed(found: re.Match[str]) -> tuple[Decimal, str] | None:
    """Read 3亿2000万元, 3万5千元, 3万5000元."""
    high, low, place, scale = (found[1], found[2], found[3], 8) if found[1] else (found[4], found[5], found[6], 4)
    if high.count(".") > 0 or low.count(".") > 0:
        return None
    # 3万5 is 35,000 in speech but may be cut short: digits without a place must fill the places they stand for.
    if place is None and len(low) != scale:
        return None
    lower = Decimal(low) * {"万": 10_000, "千": 1_000, None: 1}[place]
    return (Decimal(high).scaleb(scale) + lower, "元") if lower < 10**scale else None


def _plain(found: re.Match[str]) -> Decimal:
    sign, whole, fraction, only, exponent = found.groups()
    digits = (whole or "0").replace(",", "") + (fraction or only or "")
    value = Decimal(digits.rstrip(".")) * (-1 if sign == "-" else 1)
    return _tidy(value.scaleb(int(exponent))) if exponent else _tidy(value)


def _tidy(value: Decimal) -> Decimal:
    """Return the same number without zeros at its end and without an exponent."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) + 0 if abs(value) < 10**27 else value
    return value.normalize()
