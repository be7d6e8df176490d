"""The areas that feeds are of: their names, and the smallest one that several districts lie in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from circledata.standard.model import Standard

WHOLE_COUNTRY = "100000"
"""What a package of the country writes as its division code: the standard's own choice (`whole_country`)."""
COLLECTIVE = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Names of codes that stand for no place of their own."""
_LARGER = (4, 2)
"""Digits of a division code that districts of one city, and of one province, have in common."""


def area_of(division: str, standard: Standard) -> dict[str, Any]:
    """Return a division with its names; the code itself where the standard knows no English name."""
    if division == WHOLE_COUNTRY:
        return {"division_code": division, "name": {"zh": "全国", "en": "China"}}
    found = standard.codelists["divisions"].codes.get(division[:6])
    zh, en = (found.title.zh, found.title.en) if found else ("", "")
    english = en if en and en.isascii() else f"division {division}"
    return {"division_code": division, "name": {"zh": zh or f"区划 {division}", "en": english}}


def common_division(codes: Iterable[str], standard: Standard) -> str | None:
    """Return the smallest division that all of `codes` lie in, the country at last; None when there are no codes."""
    known, distinct = standard.codelists["divisions"].codes, sorted(set(codes))
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    if len({code[:6] for code in distinct}) == 1:
        return distinct[0][:6]
    for digits in _LARGER:
        code = f"{distinct[0][:digits]:0<6}"
        together = all(other.startswith(distinct[0][:digits]) for other in distinct)
        if together and code in known and known[code].title.zh not in COLLECTIVE:
            return code
    return WHOLE_COUNTRY
