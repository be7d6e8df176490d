"""Turns the day numbers of spreadsheets into days: the 1900 system with its false leap day, and the 1904 system."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

_LAST = 2_958_465  # 9999-12-31 in the 1900 system
_HALF_SECOND = 0.5 / 86_400


@dataclass(frozen=True, slots=True)
class Serial:
    """The day of a serial number; None for 0, which Excel shows as 1900-01-00. `has_time`: there was a time of day."""

    day: date | None
    has_time: bool


def read_serial(text: str, *, base1904: bool = False) -> Serial | None:
    """Return the day of a serial number such as `46082` or `46082.75`; the fraction is the time of day.

    1900 system: 1 is 1900-01-01; 60 is 1900-02-29, a day that never was, and gives None; from 61 on the numbers are
    right. 1904 system (`base1904`): 0 is 1904-01-01. A fraction within half a second of the next midnight counts as
    that midnight, because floating numbers fall short of it. Numbers beyond the year 9999 give None.
    Source: ECMA-376 part 1, 18.17.4.1 (date conversion for serial values).
    """
    try:
        value = float(text)
    except ValueError:
        return None
    if not 0 <= value < _LAST + 1:
        return None
    whole = math.floor(value + _HALF_SECOND)
    has_time = abs(value - whole) > _HALF_SECOND
    if base1904:
        return Serial(date(1904, 1, 1) + timedelta(days=whole), has_time) if whole <= _LAST - 1462 else None
    if whole == 0:
        return Serial(None, has_time)
    if whole == 60 or whole > _LAST:
        return None
    # Lotus 1-2-3 took 1900 for a leap year, and Excel kept that for the sake of its files.
    return Serial(date(1899, 12, 31 if whole < 60 else 30) + timedelta(days=whole), has_time)
