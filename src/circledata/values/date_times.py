"""Reads what follows a date: a time of day, a zone, a day of the week."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

ISO_TIME = re.compile(
    r"([0-9]{4}-?[0-9]{2}-?[0-9]{2})[Tt]([0-9]{2}:?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-][0-9]{2}:?(?:[0-9]{2})?)?)"
)
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?")
_CLOCK = re.compile(
    r"(?P<half>上午|下午|中午|凌晨|早上|晚上|早|晚)?\s*(?P<h>[0-9]{1,2})(?:[:时点](?P<m>[0-9]{1,2})分?(?:[:]?(?P<s>[0-9]{1,2})秒?(?:[.,][0-9]{1,9})?)?|[时点](?P<x>半|整)?)"
    r"\s*(?P<pm>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>[Zz]|UTC|(?:GMT|UTC)?[+-][0-9]{1,2}:?(?:[0-9]{2})?)?"
)
_PACKED = re.compile(
    r"(?P<h>[0-9]{2})(?P<m>[0-9]{2})(?P<s>[0-9]{2})?(?:[.,][0-9]{1,9})?(?P<zone>[Zz]|[+-][0-9]{2}:?(?:[0-9]{2})?)?"
)
_DAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in `minutes` after midnight and `seconds`; the zone's offset in minutes east of UTC, if written.

    `weekday`: 0 is Monday; None when none is written.
    """

    minutes: int = 0
    seconds: int = 0
    offset_minutes: int | None = None
    weekday: int | None = None


def read_clock(text: str) -> Clock | None:
    """Read a day of the week, a time with or without zone, or both; None when there is anything else, or no such time.

    24:00 is the end of the day and counts as midnight of the same day.
    """
    plain = text.strip()
    weekday = None
    named = _WEEKDAY.match(plain)
    if named:
        weekday = _DAYS.index(named[1].replace("天", "日"))
        plain = plain[named.end() :].strip()
        if not plain:
            return Clock(weekday=weekday)
    found = _CLOCK.fullmatch(plain) or _PACKED.fullmatch(plain)
    if found is None:
        return None
    parts = found.groupdict()
    hour, minute, second = (int(parts.get(key) or 0) for key in ("h", "m", "s"))
    minute = 30 if parts.get("x") == "半" else minute
    hour = _hour(hour, (parts.get("half") or "")[:2], (parts.get("pm") or "").lower()[:1])
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return None
    offset = _offset(parts.get("zone") or "")
    if offset is not None and abs(offset) > 14 * 60:
        return None
    return Clock((hour % 24) * 60 + minute, second, offset, weekday)


def weekday_differs(day: date, weekday: int) -> bool:
    """Tell whether `day` is another day of the week than `weekday` (0 is Monday)."""
    return day.weekday() != weekday


def _hour(hour: int, half: str, english: str) -> int:
    if (half in {"下午", "晚上", "晚"} or english == "p") and hour < 12:
        return hour + 12
    return 0 if english == "a" and hour == 12 else hour


def _offset(zone: str) -> int | None:
    if not zone:
        return None
    found = re.search(r"([+-])([0-9]{1,2}):?([0-9]{2})?$", zone)
    if found is None:
        return 0
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return -minutes if found[1] == "-" else minutes
