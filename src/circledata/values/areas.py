"""Reads areas in square metres: 120平方米, 1,200㎡, 3.5亩, 2公顷, 1.2万平方米, 约80平."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from circledata.values.amounts import quantity
from circledata.values.text import ascii_signs, clean
from circledata.values.units import AREA, canonical_unit

_CENT = Decimal("0.01")
_KIND = re.compile(r"^((?:总|房屋|门店|店铺|经营|营业|使用|建筑|占地|套内|实用|场地)*面积)(?:为|约为)?[::]?")


@dataclass(frozen=True, slots=True)
class AreaReading:
    """An area in square metres (`m2`); `unit`: the unit that was applied, `own_unit`: the cell named it.

    `certain` is False when the text is rough, a limit, or names another kind of area; `note` is a key of
    `amounts.NOTES`.
    """

    m2: Decimal
    unit: str
    certain: bool
    own_unit: bool
    note: str = ""


@lru_cache(maxsize=65_536)
def read_area(text: str, *, unit: str | None = None) -> AreaReading | None:
    """Read one area in square metres, rounded to 0.01; None for a product (10×12), a range, a rate, or no area.

    `unit`: the unit of the column for cells without their own (a key of `units.AREA` or a spelling); without it bare
    numbers are square metres. 15 亩 are one hectare (10,000 m²). A negative number is no area. Never raises.
    """
    plain = ascii_signs(clean(text)).strip()
    kind = _KIND.match(plain)
    found = quantity(plain[kind.end() :] if kind else plain)
    if found is None or found.value < 0:
        return None
    scale = canonical_unit(found.unit) if found.unit else canonical_unit(unit) if unit else "平方米"
    if found.unit and scale == "万元" and found.unit == "万":
        return None
    if scale is None or scale not in AREA:
        return None
    exact = found.value * AREA[scale]
    if exact >= 10**15:
        return None
    rounded = exact.quantize(_CENT, ROUND_HALF_UP)
    m2 = rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()
    note = found.note or ("which-area" if kind and kind[1] != "面积" else "rounded" if rounded != exact else "")
    return AreaReading(m2, scale, note in {"", "rounded"}, bool(found.unit), note)
