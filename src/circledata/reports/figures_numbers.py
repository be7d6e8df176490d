"""How figures are written for people: shares in percent, thousands apart, and "not computed" with its reason."""

from __future__ import annotations

import math

from circledata.indicators.model import Figure, reason_text
from circledata.standard.model import Code, Indicator, Standard, Text

NOT_COMPUTED = Text("未计算：{reason}", "not computed: {reason}")


def shown(value: float | int, indicator: Indicator) -> str:
    """Write a value with the decimals of its indicator; a share in percent."""
    if indicator.unit == "share":
        return f"{value:.{max(indicator.decimals - 2, 0)}%}"
    return f"{value:,.{indicator.decimals}f}"


def between(low: float | int, high: float | int, indicator: Indicator) -> Text:
    """Write a range; beyond a thousand without decimals, rounded outwards, since it is no exact number."""
    if indicator.unit != "share" and low >= 1_000:
        first, second = f"{math.floor(low):,}", f"{math.ceil(high):,}"
    else:
        first, second = shown(low, indicator), shown(high, indicator)
    if indicator.unit == "share":
        return Text(f"{first}～{second}", f"{first.removesuffix('%')}–{second}")
    return Text(f"{first}～{second}", f"{first}–{second}")


def difference(value: float | int, indicator: Indicator) -> Text:
    """Write a difference with its sign; of shares in percentage points."""
    if indicator.unit == "share":
        points = f"{value * 100:+,.{max(indicator.decimals - 2, 0)}f}"
        return Text(f"{points} 个百分点", f"{points} percentage points")
    number = f"{value:+,.{indicator.decimals}f}"
    return Text(number, number)


def share_of(part: int, whole: int) -> str:
    """Write what part of a whole something is, in whole percent; never 0 or 100 where it is not quite."""
    if not whole:
        return "–"
    percent = round(100 * part / whole)
    if part:
        percent = max(percent, 1)
    if part < whole:
        percent = min(percent, 99)
    return f"{percent}%"


def reason(figure: Figure, standard: Standard) -> Text:
    """Say that a figure was not computed, and why."""
    why = reason_text(standard, figure.reason or "no-record")
    return Text(NOT_COMPUTED.zh.format(reason=why.zh), NOT_COMPUTED.en.format(reason=why.en))


def unit_of(indicator: Indicator, standard: Standard) -> Text | None:
    """Return the title of an indicator's unit; None for a share, which is written in percent."""
    return None if indicator.unit == "share" else _title("units", indicator.unit, standard)


def item_title(indicator: Indicator, item: str, standard: Standard) -> Text:
    """Return the title of an item of an indicator's breakdown; the code itself where its list does not know it."""
    return _title(indicator.by or "", item, standard)


def group_title(group: str, standard: Standard) -> Text:
    """Return the title of a group of indicators."""
    return _title("indicator-groups", group, standard)


def _title(codelist: str, code: str, standard: Standard) -> Text:
    found: Code | None = None
    if codelist in standard.codelists:
        found = standard.codelists[codelist].codes.get(code)
    return found.title if found else Text(code, code)
